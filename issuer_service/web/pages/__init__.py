"""Public pages and the recipients' pages: one table of addresses, nothing registers itself."""

from __future__ import annotations

from flask import Blueprint

from issuer_service.web.pages import (
    achievements,
    badge,
    checking,
    frameworks,
    home,
    issuers,
    operation,
    recipient,
    roles,
    skills,
)

__all__ = ["BLUEPRINT", "ROUTES"]

_FORMATS = '<any(json,case,"ctdl-asn",csv):form>'
_READ, _SEND, _BOTH = ("GET",), ("POST",), ("GET", "POST")

# address, name, view, methods
ROUTES = (
    ("/", "home", home.home, _READ),
    ("/about", "about", home.about, _READ),
    ("/privacy", "privacy", home.privacy, _READ),
    ("/look/<colour>.css", "accent_css", home.accent_css, _READ),
    ("/verify", "verify", checking.verify, _BOTH),
    ("/verify/code", "verify_code", checking.verify_code, _SEND),
    ("/b/<award_id>", "badge", badge.badge, _READ),
    ("/b/<award_id>.<any(json,jwt,png,svg):form>", "badge_file", badge.badge_file, _READ),
    ("/b/<award_id>/qr.<any(svg,png):form>", "badge_qr", badge.badge_qr, _READ),
    ("/b/<award_id>/verify", "badge_verify", badge.badge_verify, _BOTH),
    ("/r/<secret>", "recipient", recipient.page, _READ),
    ("/r/<secret>/visibility", "recipient_visibility", recipient.visibility, _SEND),
    ("/r/<secret>/name", "recipient_name", recipient.name, _SEND),
    ("/r/<secret>/claim", "recipient_claim", recipient.claim, _SEND),
    ("/r/<secret>/erase", "recipient_erase", recipient.erase, _BOTH),
    ("/r/<secret>/roles", "recipient_roles", recipient.roles, _BOTH),
    ("/r/<secret>/data.json", "recipient_data", recipient.data, _READ),
    ("/r/<secret>/badge.<any(json,jwt,png,svg):form>", "recipient_file", recipient.file, _READ),
    ("/issuers/<slug>", "issuer", issuers.issuer, _READ),
    ("/issuers/<slug>/did.json", "issuer_did", issuers.did_document, _READ),
    ("/issuers/<slug>/jwks.json", "issuer_jwks", issuers.key_set, _READ),
    ("/achievements/<achievement_id>", "achievement", achievements.achievement, _READ),
    ("/frameworks", "frameworks", frameworks.frameworks, _READ),
    ("/frameworks/<slug>", "framework", frameworks.framework, _READ),
    ("/frameworks/<slug>/versions", "framework_versions", frameworks.framework_versions, _READ),
    ("/frameworks/<slug>/versions/<int:number>", "framework_changes", frameworks.framework_changes, _READ),
    (f"/frameworks/<slug>/files/{_FORMATS}", "framework_file", frameworks.framework_file, _READ),
    ("/frameworks/<slug>/items/<key>", "framework_item", skills.framework_item, _READ),
    ("/roles", "roles", roles.roles, _BOTH),
    ("/images/<image_id>.png", "image", achievements.image, _READ),
    ("/status/<list_id>", "status_list", issuers.status_list, _READ),
    ("/healthz", "healthz", operation.healthz, _READ),
    ("/readyz", "readyz", operation.readyz, _READ),
    ("/metrics", "metrics", operation.metrics, _READ),
)

BLUEPRINT = Blueprint("pages", __name__)
for _rule, _name, _view, _methods in ROUTES:
    BLUEPRINT.add_url_rule(_rule, _name, _view, methods=_methods)
