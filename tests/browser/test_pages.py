"""Every main page: nothing that axe-core finds, in light and dark; no sideways scrolling on a small telephone."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pytest


@dataclass(frozen=True)
class Scene:
    """What the pages show, and who looks at the desk's ones."""

    addresses: Mapping[str, str]
    owner: object
    operator: object


def _waiting(site, user, affiliate=None) -> str:
    """A list that somebody has read and not kept yet."""
    framework = site.services.frameworks.whole("movement-skills")
    held = {"user_id": user.id, "affiliate_id": affiliate and affiliate.id}
    return site.services.framework_staging.stage(framework, source_format="json", **held)


@pytest.fixture(scope="module")
def scene(site) -> Scene:
    site.services.framework_imports.init_starters()
    group = site.group()
    desk = f"/desk/g/{group.slug}"
    good, withdrawn = site.issued(group, "Ada of the river bank", "ben@example.org")
    site.services.status_changes.revoke(group.affiliate.id, withdrawn.id, "issued_in_error")
    site.services.tokens.create(group.affiliate.id, "Wiki bot", ["awards:read"], 30)
    waiting = site.services.awarding.give(
        group.affiliate.id, group.achievement_id, "Cleo\nDora", user_id=group.owner.id, undo_minutes=60
    )
    secret = site.link(good).rpartition("/")[2]
    pending, operator = site.user("founder"), site.user("operator", operator=True)
    site.services.affiliates.create({"name": "Waiting Group", "slug": "waiting-group"}, owner_id=pending.id)
    invitation = site.services.accounts.invite(group.affiliate.id, "viewer")
    addresses = {
        "home": "/",
        "about": "/about",
        "privacy": "/privacy",
        "verify": "/verify",
        "badge": f"/b/{good.id}",
        "withdrawn badge": f"/b/{withdrawn.id}",
        "check of a badge": f"/b/{good.id}/verify",
        "issuer": f"/issuers/{group.slug}",
        "achievement": f"/achievements/{group.achievement_id}",
        "recipient": f"/r/{secret}",
        "erase": f"/r/{secret}/erase",
        "lists of skills": "/frameworks",
        "skills found": "/frameworks?q=event",
        "list of skills": "/frameworks/movement-skills",
        "list with roles": "/frameworks/leadership",
        "versions of a list": "/frameworks/leadership/versions",
        "changes of a list": "/frameworks/leadership/versions/1",
        "skill": "/frameworks/movement-skills/items/ms-p4",
        "roles": "/roles",
        "role": "/roles?role=LR-organiser&context=LX-high-risk",
        "role and own badge": f"/r/{secret}/roles?role=LR-organiser",
        "sign-in": "/desk/sign-in",
        "join": f"/desk/join/{invitation}",
        "reset": f"/desk/reset/{site.services.accounts.reset_link(pending.id)}",
        "interface": "/api/docs",
        "groups": "/desk/",
        "desk": f"{desk}/",
        "skills": f"{desk}/skills",
        "bring in": f"{desk}/skills/import",
        "look first": f"{desk}/skills/import/{_waiting(site, group.owner, group.affiliate)}",
        "local layer": f"{desk}/skills/local",
        "name of the layer": f"{desk}/skills/local/about",
        "own skill": f"{desk}/skills/local/skill",
        "own role": f"{desk}/skills/local/role",
        "ask more": f"{desk}/skills/local/more",
        "words": f"{desk}/skills/local/words?item=MS-O2",
        "take over": f"{desk}/skills/local/adopt",
        "shared lists": "/desk/site/skills",
        "bring in for all": "/desk/site/skills/import",
        "look first for all": f"/desk/site/skills/import/{_waiting(site, operator)}",
        "settings": f"{desk}/settings",
        "members": f"{desk}/members",
        "tokens": f"{desk}/tokens",
        "badges": f"{desk}/badges",
        "new badge": f"{desk}/badges/new",
        "badge form": f"{desk}/badges/{group.achievement_id}",
        "choose": f"{desk}/give",
        "give": f"{desk}/give/{group.achievement_id}",
        "batch": f"{desk}/batches/{waiting.batch.id}",
        "awards": f"{desk}/given",
        "award": f"{desk}/given/{good.id}",
        "numbers": f"{desk}/numbers",
        "account": "/desk/account",
        "new group": "/desk/new",
        "desk of the operator": "/desk/",
        "site": "/desk/site",
        "accounts": "/desk/site/users",
        "known issuers": "/desk/site/known",
    }
    return Scene(addresses, group.owner, operator)


PUBLIC = (
    "home", "about", "privacy", "verify", "badge", "withdrawn badge", "check of a badge", "issuer", "achievement",
    "recipient", "erase", "sign-in", "join", "lists of skills", "skills found", "list of skills", "list with roles",
    "versions of a list", "changes of a list", "skill", "roles", "role", "role and own badge", "reset", "interface",
)  # fmt: skip
OWNER = (
    "desk", "settings", "members", "tokens", "badges", "new badge", "badge form", "choose", "give", "batch", "awards",
    "award", "numbers", "account", "new group", "skills", "bring in", "look first", "local layer", "name of the layer",
    "own skill", "own role", "ask more", "words", "take over", "groups",
)  # fmt: skip
OPERATOR = (
    "desk of the operator", "site", "accounts", "known issuers", "shared lists", "bring in for all",
    "look first for all",
)  # fmt: skip
# What answers a look with something else than a page.
NO_PAGES = {
    "static", "pages.accent_css", "pages.badge_file", "pages.badge_qr", "pages.recipient_data", "pages.recipient_file",
    "pages.issuer_did", "pages.issuer_jwks", "pages.framework_file", "pages.image", "pages.status_list",
    "pages.healthz", "pages.readyz", "pages.metrics", "admin.draw", "admin.awards_csv", "api.openapi",
}  # fmt: skip


@pytest.fixture
def look(axe, too_wide) -> Callable[..., None]:
    """Look at a page as it is, then with everything unfolded, in light and in dark."""

    def look_at(page) -> None:
        assert page.locator("h1").count() >= 1 or page.locator("[data-verdict]").count() == 1
        assert too_wide(page) == []
        assert axe(page) == []
        page.emulate_media(color_scheme="dark")
        assert axe(page, "color-contrast", "link-in-text-block") == []

    return look_at


def test_every_page_of_the_site_is_looked_at(site, scene) -> None:
    """A page that somebody adds has to get a line above."""
    from issuer_service.app import create_app
    from issuer_service.config import Settings

    settings = Settings(base_url=site.base_url, secret_key=secrets.token_urlsafe(48), key_passphrase="p" * 48)
    rules = create_app(settings, site.services).url_map
    shown = {name for name in scene.addresses if name in (*PUBLIC, *OWNER, *OPERATOR)}
    assert shown == set(scene.addresses)
    where = rules.bind("127.0.0.1")
    seen = {where.match(scene.addresses[name].partition("?")[0])[0] for name in shown}
    programs = ("case.", "vc_api.", "api.")
    looks = {rule.endpoint for rule in rules.iter_rules() if "GET" in rule.methods}
    pages = {name for name in looks - NO_PAGES if not name.startswith(programs) or name == "api.docs"}
    assert pages == seen


@pytest.mark.parametrize("name", PUBLIC)
def test_public_page_is_accessible(name, scene, visitor, look) -> None:
    page = visitor()
    assert page.goto(scene.addresses[name]).status == 200
    look(page)


@pytest.mark.parametrize(
    "name",
    [
        "home",
        "verify",
        "badge",
        "issuer",
        "achievement",
        "recipient",
        "sign-in",
        "list of skills",
        "skill",
        "role",
    ],
)
def test_public_page_is_accessible_in_arabic(name, scene, visitor, look) -> None:
    page = visitor()
    address = scene.addresses[name]
    assert page.goto(f"{address}{'&' if '?' in address else '?'}lang=ar").status == 200
    assert page.evaluate("[document.documentElement.lang, document.documentElement.dir]") == ["ar", "rtl"]
    look(page)


@pytest.mark.parametrize("name", OWNER)
def test_page_of_the_desk_is_accessible(name, scene, visitor, look) -> None:
    page = visitor(scene.owner)
    assert page.goto(scene.addresses[name]).status == 200
    look(page)


@pytest.mark.parametrize("name", OPERATOR)
def test_page_of_the_operator_is_accessible(name, scene, visitor, look) -> None:
    page = visitor(scene.operator)
    assert page.goto(scene.addresses[name]).status == 200
    look(page)


def test_preview_of_a_list_is_accessible(scene, visitor, look) -> None:
    page = visitor(scene.owner)
    page.goto(scene.addresses["give"])
    page.locator("[name=recipients]").fill("Ada of the river bank\nEve\ndid:nothing")
    page.locator("[name=do][value=preview]").click()
    page.locator("table.preview-rows").wait_for()
    look(page)


def _show_links(page) -> None:
    page.locator("form[action$='/links'] [value=show]").click()
    page.locator("table.links").wait_for()


def _withdraw(page) -> None:
    page.locator("[name=award]").first.check()
    page.locator("form[action$='/withdraw'] button").click()
    page.get_by_role("heading", name="Withdraw 1 badge?").wait_for()


def _make_token(page) -> None:
    page.locator("[name=name]").fill("Wiki bot")
    page.locator("[name=scopes]").first.check()
    page.get_by_role("button", name="Make the token").click()
    page.locator("[role=status]").first.wait_for()


def _invite(page) -> None:
    page.get_by_role("button", name="Make an invitation link").click()
    page.locator("[role=status]").first.wait_for()


def _refuse(page) -> None:
    page.locator("form:has([name=criteria]) [name=do][value=save]").first.click()
    page.locator(".error").first.wait_for()


@pytest.mark.parametrize(
    ("path", "act"),
    [
        ("batches/{batch}", _show_links),
        ("given", _withdraw),
        ("tokens", _make_token),
        ("members", _invite),
        ("badges/new", _refuse),
    ],
)
def test_page_after_a_form_of_the_desk_is_accessible(path, act, site, visitor, watch, look) -> None:
    watch.expect_status(422)
    group = site.group()
    (award,) = site.issued(group, "Fay")
    page = visitor(group.owner)
    page.goto(f"/desk/g/{group.slug}/{path.format(batch=award.batch_id)}")
    page.evaluate("for (const form of document.forms) form.noValidate = true")
    act(page)
    look(page)


@pytest.mark.parametrize("path", ["", "badges", "give", "given", "numbers", "tokens", "skills"])
def test_empty_page_of_the_desk_is_accessible(path, site, visitor, look) -> None:
    owner = site.user("owner")
    slug = f"empty-{secrets.token_hex(4)}"
    site.services.affiliates.approve(
        site.services.affiliates.create({"name": "Hillside", "slug": slug}, owner_id=owner.id).id
    )
    page = visitor(owner)
    assert page.goto(f"/desk/g/{slug}/{path}").status == 200
    look(page)


def test_result_of_a_check_is_accessible(site, scene, visitor, look) -> None:
    page = visitor()
    page.goto("/verify")
    page.locator("#url").fill(site.base_url + scene.addresses["badge"])
    page.locator("#check button[type=submit]").click()
    page.locator("[data-verdict='verdict.pass']").wait_for()
    look(page)


def test_refused_form_is_accessible(scene, visitor, watch, look) -> None:
    watch.expect_status(422)
    page = visitor()
    page.goto("/verify")
    page.locator("#check button[type=submit]").click()
    page.locator("#problem").wait_for()
    look(page)


def test_page_that_is_not_there_is_accessible(visitor, watch, look) -> None:
    watch.expect_status(404)
    page = visitor()
    assert page.goto("/b/00000000-0000-0000-0000-000000000000").status == 404
    look(page)
