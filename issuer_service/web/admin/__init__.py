"""The desk, where staff and operators work: one table of addresses, nothing registers itself."""

from __future__ import annotations

from flask import Blueprint

from issuer_service.web.admin import (
    account,
    achievements,
    awards,
    batches,
    entrance,
    framework_import,
    giving,
    home,
    layer,
    layer_parts,
    members,
    numbers,
    operating,
    settings,
    skills,
    tokens,
    uploads,
)
from issuer_service.web.admin.common import pairs, template_words, translated

__all__ = ["BLUEPRINT", "ROUTES"]

_READ, _SEND, _BOTH = ("GET",), ("POST",), ("GET", "POST")
_GROUP, _BADGE = "/g/<slug>", "/g/<slug>/badges/<achievement_id>"
_BATCH, _AWARD = "/g/<slug>/batches/<batch_id>", "/g/<slug>/given/<award_id>"

# address, name, view, methods
ROUTES = (
    ("/sign-in", "sign_in", entrance.sign_in, _BOTH),
    ("/sign-out", "sign_out", entrance.sign_out, _SEND),
    ("/join/<secret>", "join", entrance.join, _BOTH),
    ("/reset/<secret>", "reset", entrance.reset, _BOTH),
    ("/account", "account", account.account, _BOTH),
    ("/", "home", home.home, _READ),
    ("/new", "new_issuer", settings.new_issuer, _BOTH),
    (f"{_GROUP}/", "group", home.group, _READ),
    (f"{_GROUP}/settings", "settings", settings.settings, _BOTH),
    (f"{_GROUP}/members", "members", members.members, _BOTH),
    (f"{_GROUP}/members/<user_id>", "member", members.member_change, _SEND),
    (f"{_GROUP}/tokens", "tokens", tokens.tokens, _BOTH),
    (f"{_GROUP}/tokens/<token_id>/revoke", "token_revoke", tokens.revoke, _SEND),
    (f"{_GROUP}/badges", "badges", achievements.badges, _READ),
    (f"{_GROUP}/badges/new", "badge_new", achievements.new, _BOTH),
    (_BADGE, "badge", achievements.edit, _BOTH),
    (f"{_BADGE}/state", "badge_state", achievements.state, _SEND),
    (f"{_GROUP}/draw.png", "draw", achievements.drawing, _READ),
    (f"{_GROUP}/give", "give_choose", giving.choose, _READ),
    (f"{_GROUP}/give/<achievement_id>", "give", giving.give, _BOTH),
    (_BATCH, "batch", batches.batch, _READ),
    (f"{_BATCH}/undo", "batch_undo", batches.undo, _SEND),
    (f"{_BATCH}/issue", "batch_issue", batches.issue, _SEND),
    (f"{_BATCH}/links", "batch_links", batches.links, _SEND),
    (f"{_GROUP}/given", "awards", awards.awards, _READ),
    (f"{_GROUP}/given.csv", "awards_csv", numbers.awards_csv, _READ),
    (f"{_GROUP}/withdraw", "withdraw", awards.withdraw, _SEND),
    (_AWARD, "award", awards.award, _READ),
    (f"{_AWARD}/undo", "award_undo", awards.undo, _SEND),
    (f"{_AWARD}/suspend", "award_suspend", awards.suspend, _SEND),
    (f"{_AWARD}/reinstate", "award_reinstate", awards.reinstate, _SEND),
    (f"{_AWARD}/renew", "award_renew", awards.renew, _SEND),
    (f"{_AWARD}/replace", "award_replace", awards.replace, _SEND),
    (f"{_AWARD}/link", "award_link", awards.link, _SEND),
    (f"{_AWARD}/erase", "award_erase", awards.erase, _SEND),
    (f"{_GROUP}/numbers", "numbers", numbers.numbers, _READ),
    (f"{_GROUP}/skills", "skills_own", skills.skills_own, _READ),
    (f"{_GROUP}/skills/local", "layer", layer.layer, _READ),
    (f"{_GROUP}/skills/local/about", "layer_about", layer.about, _BOTH),
    (f"{_GROUP}/skills/local/skill", "layer_item", layer_parts.layer_item, _BOTH),
    (f"{_GROUP}/skills/local/role", "layer_role", layer_parts.layer_role, _BOTH),
    (f"{_GROUP}/skills/local/more", "layer_more", layer_parts.layer_more, _BOTH),
    (f"{_GROUP}/skills/local/words", "layer_words", layer_parts.layer_words, _BOTH),
    (f"{_GROUP}/skills/local/adopt", "layer_adopt", layer.adopt, _BOTH),
    (f"{_GROUP}/skills/local/versions/<int:number>", "layer_restore", layer.restore, _SEND),
    (f"{_GROUP}/skills/import", "import_own", framework_import.import_own, _BOTH),
    (f"{_GROUP}/skills/import/<staged_id>", "staged_own", framework_import.staged_own, _BOTH),
    ("/site", "site", operating.site, _READ),
    ("/site/issuers/<issuer>", "site_issuer", operating.issuer, _SEND),
    ("/site/users", "site_users", operating.users, _BOTH),
    ("/site/users/<user_id>", "site_user", operating.user_change, _SEND),
    ("/site/skills", "skills_shared", skills.skills_shared, _READ),
    ("/site/skills/import", "import_shared", framework_import.import_shared, _BOTH),
    ("/site/skills/import/<staged_id>", "staged_shared", framework_import.staged_shared, _BOTH),
    ("/site/known", "site_known", operating.known, _BOTH),
    ("/site/known/remove", "site_known_remove", operating.known_remove, _SEND),
)

BLUEPRINT = Blueprint("admin", __name__)
for _rule, _name, _view, _methods in ROUTES:
    BLUEPRINT.add_url_rule(_rule, _name, _view, methods=_methods)
BLUEPRINT.before_request(uploads.large_uploads)
BLUEPRINT.context_processor(template_words)
BLUEPRINT.add_app_template_filter(translated)
BLUEPRINT.add_app_template_filter(pairs)
