"""S-AZ-1: every address of the whole site, made from its URL map, tried by everybody. An address without a row fails.

People come with the cookie of a session, programs with a token. The rows of the desk are those of ``test_matrix.py``,
which asks more of it.
"""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

import pytest

from issuer_service.config import Settings
from issuer_service.services.tokens import SCOPES, VC_API_SCOPE
from issuer_service.storage.tables import METADATA
from issuer_service.web.table import BLUEPRINTS

pytestmark = pytest.mark.sweep

BASE = "https://badges.example.org"
OPEN, VIEWER, AWARDER, OWNER, SIGNED_IN, OPERATOR = "open", "viewer", "awarder", "owner", "signed in", "operator"
ANY_TOKEN = "any token"
_MATRIX = runpy.run_path(str(Path(__file__).with_name("test_matrix.py")))

# endpoint: method -> who may; a word with a colon is the scope that a token needs
ROWS: dict[str, dict[str, str]] = {
    "static": {"GET": OPEN},
    **{
        f"admin.{name}": {method: least for method, least in (("GET", get), ("POST", post)) if least is not None}
        for name, (get, post) in _MATRIX["ROWS"].items()
    },
    **{
        f"pages.{name}": {"GET": OPEN}
        for name in (
            "home", "about", "privacy", "accent_css", "badge", "badge_file", "badge_qr", "recipient", "recipient_data",
            "recipient_file", "issuer", "issuer_did", "issuer_jwks", "achievement", "frameworks", "framework",
            "framework_versions", "framework_changes", "framework_file", "framework_item", "image",
            "status_list", "healthz", "readyz", "metrics",
        )
    },
    **{
        f"pages.{name}": {"GET": OPEN, "POST": OPEN}
        for name in ("verify", "badge_verify", "recipient_erase", "recipient_roles", "roles")
    },
    **{f"pages.{name}": {"POST": OPEN} for name in ("recipient_visibility", "recipient_name", "recipient_claim")},
    "pages.verify_code": {"POST": OPEN},
    **{
        f"case.{name}": {"GET": OPEN} for name in ("documents", "document", "package", "item", "item_associations")
    },
    "api.openapi": {"GET": OPEN},
    "api.docs": {"GET": OPEN},
    "api.getAffiliate": {"GET": "profile:read"},
    "api.updateAffiliate": {"PATCH": "profile:write"},
    "api.setLogo": {"PUT": "profile:write"},
    "api.listMembers": {"GET": "profile:read"},
    "api.inviteMember": {"POST": "members:write"},
    "api.changeMember": {"PATCH": "members:write"},
    "api.removeMember": {"DELETE": "members:write"},
    "api.listTokens": {"GET": "profile:read"},
    "api.createToken": {"POST": "profile:write"},
    "api.revokeToken": {"DELETE": "profile:write"},
    "api.getStatistics": {"GET": "awards:read"},
    "api.listAchievements": {"GET": "achievements:read"},
    "api.createAchievement": {"POST": "achievements:write"},
    "api.getAchievement": {"GET": "achievements:read"},
    "api.updateAchievement": {"PUT": "achievements:write"},
    "api.publishAchievement": {"POST": "achievements:write"},
    "api.archiveAchievement": {"POST": "achievements:write"},
    "api.uploadImage": {"POST": "achievements:write"},
    "api.designImage": {"POST": "achievements:write"},
    "api.getImage": {"GET": "achievements:read"},
    "api.previewAwards": {"POST": "awards:read"},
    "api.giveAwards": {"POST": "awards:write"},
    "api.listAwards": {"GET": "awards:read"},
    "api.exportAwards": {"GET": "awards:read"},
    "api.getAward": {"GET": "awards:read"},
    **{
        f"api.{name}": {"POST": "awards:write"}
        for name in (
            "undoAward", "revokeAward", "suspendAward", "reinstateAward", "renewAward", "replaceAward",
            "makeRecipientLink", "undoBatch", "issueBatchNow", "makeBatchLinks",
        )
    },
    "api.eraseAward": {"POST": "awards:erase"},
    "api.getBatch": {"GET": "awards:read"},
    "api.verifyBadge": {"POST": ANY_TOKEN},
    **{
        f"api.{name}": {"GET": "frameworks:read"}
        for name in (
            "listFrameworks", "searchSkills", "getFramework", "getFrameworkDocument", "listFrameworkVersions",
            "getFrameworkVersion", "listItems", "getItem", "getLocalLayer", "listRoles", "getProfile",
        )
    },
    "api.importFramework": {"POST": "frameworks:write"},
    "api.updateLocalLayer": {"PUT": "frameworks:write"},
    **{
        f"vc_api.{name}": {"POST": VC_API_SCOPE}
        for name in ("issue", "verify_credential", "verify_presentation", "derive", "verify_proof")
    },
    "vc_api.resolve": {"GET": VC_API_SCOPE},
}  # fmt: skip
PEOPLE = ("anonymous", "stranger", "viewer", "awarder", "owner", "operator")
PROGRAMS = ("token", "token without scope", "stranger's token", "revoked token", "old token", "vc-api token")
_RANK = [VIEWER, AWARDER, OWNER]
# got past the guard; what happens there is tested elsewhere
_IN = {200, 201, 204, 302, 303, 304, 400, 404, 406, 409, 410, 422, 429}


@pytest.fixture
def whole(desk: Any, get_app: Any) -> Any:
    """The desk's group and people, on an application that serves everything there is."""
    settings = Settings(base_url=BASE, secret_key="s" * 20 + "ecret", key_passphrase="p" * 20 + "hrase", vc_api=True)
    desk.app = get_app(settings, desk.services, BLUEPRINTS)
    return desk


@pytest.fixture
def tokens(whole: Any) -> dict[str, str]:
    create, mine = whole.services.tokens.create, whole.group.id
    other = whole.services.affiliates.by_slug("hilltop").id
    found = {
        "token": create(mine, "all", list(SCOPES), 30)[0],
        "stranger's token": create(other, "all", list(SCOPES), 30)[0],
        "vc-api token": create(mine, "vc", [VC_API_SCOPE], 30)[0],
        "old token": create(mine, "old", list(SCOPES), 1)[0],
    }
    found["revoked token"], revoked = create(mine, "revoked", list(SCOPES), 30)
    found["id of the revoked token"] = revoked.id
    whole.services.tokens.revoke(mine, revoked.id)
    for scope in {least for row in ROWS.values() for least in row.values() if ":" in least}:
        rest = [one for one in SCOPES if one != scope]
        found[f"without {scope}"] = create(mine, "rest", rest, 30)[0]
    whole.later(days=2)
    return found


@pytest.fixture
def requests(whole: Any, tokens: dict[str, str]) -> list[tuple[str, str, str, str]]:
    """Every address and method of the URL map, with who may and things of the group in it."""
    achievement_id = whole.achievement()
    award = whole.give(achievement_id).awards[0]
    picture = whole.services.images.add_design(whole.group.id, _design())
    held = whole.award(award.id)
    whole.services.framework_imports.init_starters()
    staged = {who: _MATRIX["_waiting"](whole, who) for who in ("owner", "operator")}
    values = {
        "slug": whole.group.slug, "achievement_id": achievement_id, "batch_id": award.batch_id, "award_id": award.id,
        "user_id": whole.people["viewer"].id, "token_id": tokens["id of the revoked token"], "secret": "x" * 43,
        "issuer": whole.group.slug, "image_id": picture.id, "list_id": held.revocation_list_id, "colour": "2a4b8d",
        "form": "svg", "filename": "site.css", "suite": "vc-jwt", "did": whole.group.issuer_id, "number": 1,
        "staged_id": staged["owner"],
    }  # fmt: skip
    found = []
    adapter = whole.app.url_map.bind("badges.example.org", url_scheme="https")
    for rule in whole.app.url_map.iter_rules():
        wanted = {name: values.get(name, "none") for name in rule.arguments}
        if rule.endpoint == "admin.staged_shared":
            wanted["staged_id"] = staged["operator"]
        if rule.endpoint == "pages.framework_file":
            wanted["form"] = next(iter(rule._converters["form"].items))
        path = adapter.build(rule.endpoint, wanted, method=min(rule.methods - {"HEAD", "OPTIONS"}))
        found += [(rule.endpoint, method, path, least) for method, least in ROWS[rule.endpoint].items()]
    return found


def _design() -> Any:
    from issuer_service.services.designer import Design

    return Design(shape="circle", colour="blue", symbol="none", text="", alt="A circle")


def test_s_az_1_every_address_and_method_of_the_site_has_a_row_and_every_row_an_address(whole: Any) -> None:
    mapped: dict[str, set[str]] = {}
    for rule in whole.app.url_map.iter_rules():
        mapped.setdefault(rule.endpoint, set()).update(rule.methods - {"HEAD", "OPTIONS"})
    assert mapped == {endpoint: set(row) for endpoint, row in ROWS.items()}


def _expected(least: str, method: str, who: str) -> set[int]:
    if least == OPEN:
        return _IN
    if ":" in least or least in (ANY_TOKEN, VC_API_SCOPE):
        return _expected_of_programs(least, who)
    if who not in PEOPLE or who == "anonymous":  # a token opens nothing at the desk
        return {302} if method == "GET" else {401}
    if least == SIGNED_IN:
        return _IN
    if least == OPERATOR:
        return _IN if who == "operator" else {404}
    if who in ("stranger", "operator"):
        return {404}
    return _IN if _RANK.index(who) >= _RANK.index(least) else {403}


def _expected_of_programs(least: str, who: str) -> set[int]:
    if who in PEOPLE or who in ("revoked token", "old token"):  # a cookie is no token
        return {401}
    if least == VC_API_SCOPE:
        return _IN if who == "vc-api token" else {403}
    if who == "vc-api token" or (who == "token without scope" and least != ANY_TOKEN):
        return {403}
    return _IN


@pytest.mark.parametrize("who", [*PEOPLE, *PROGRAMS])
def test_s_az_1_every_address_lets_in_only_who_may(
    whole: Any, requests: list[tuple[str, str, str, str]], tokens: dict[str, str], who: str
) -> None:
    ours = {whole.group.id, *(path.split("/")[-1] for endpoint, _, path, _ in requests if endpoint == "api.getAward")}
    for _, method, path, least in requests:
        answer = _ask(whole, tokens, who, method, path, least)
        assert answer.status_code in _expected(least, method, who), (who, method, path, answer.status_code)
        if who == "stranger's token" and path.startswith("/api/"):
            assert not [one for one in ours if one in answer.text], (method, path)


def _ask(whole: Any, tokens: dict[str, str], who: str, method: str, path: str, least: str) -> Any:
    if who in PEOPLE:
        browser = whole.browser(None if who == "anonymous" else who)
        sent = {"data": {"csrf": browser.csrf}} if method == "POST" else {"json": {}} if method != "GET" else {}
        answer = browser.client.open(path, method=method, base_url=BASE, **sent)
    else:
        name = f"without {least}" if who == "token without scope" and f"without {least}" in tokens else who
        headers = {"Authorization": f"Bearer {tokens.get(name, tokens['token'])}"}
        body = None if method == "GET" else {}
        answer = whole.app.test_client().open(path, method=method, base_url=BASE, json=body, headers=headers)
    answer.get_data()  # read to its end, so that files are closed
    answer.close()
    return answer


def _kept(whole: Any) -> dict[str, list[Any]]:
    """Everything in the database but who is signed in, when a token was seen last, and the lists signed on demand."""
    with whole.store.read() as work:
        return {
            table.name: sorted(map(repr, work._db.execute(table.select())))
            for table in METADATA.sorted_tables
            if table.name not in ("sessions", "tokens", "status_lists")
        }


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_s_csrf_1_looking_at_anything_changes_nothing(
    whole: Any, requests: list[tuple[str, str, str, str]], method: str
) -> None:
    """Even with a form in it: HEAD is a look, too."""
    secret = whole.services.issuance.new_link(whole.group.id, requests_award(requests))
    people = {name: whole.browser(name) for name in ("owner", "operator")}
    before = _kept(whole)
    forms = (
        {"sure": "1", "do": "close"},
        {"do": "approve", "visibility": "hidden", "kind": "username", "value": "Eve"},
    )
    for endpoint, _, path, _ in requests:
        for form in forms:
            browser = people["operator" if "site" in endpoint else "owner"]
            place = path.replace("x" * 43, secret)
            answer = browser.client.open(place, method=method, base_url=BASE, data={"csrf": browser.csrf, **form})
            answer.get_data()
            answer.close()
            assert answer.status_code < 500, (method, path)
    assert _kept(whole) == before


def requests_award(requests: list[tuple[str, str, str, str]]) -> str:
    return next(path.rpartition("/")[2] for endpoint, _, path, _ in requests if endpoint == "pages.badge")


def test_s_hdr_1_every_answer_of_the_site_has_the_headers(
    whole: Any, requests: list[tuple[str, str, str, str]], tokens: dict[str, str]
) -> None:
    for endpoint, method, path, least in requests:
        for who in ("anonymous", "owner", "token"):
            answer = _ask(whole, tokens, who, method, path, least)
            policy = answer.headers["Content-Security-Policy"]
            assert policy.startswith("default-src 'none'"), path
            assert "unsafe" not in policy, path
            assert "frame-ancestors 'none'" in policy, path
            if answer.mimetype == "text/html":
                for rule in ("script-src 'self'", "style-src 'self'", "form-action 'self'", "base-uri 'none'"):
                    assert rule in policy, path
                assert "Cookie" in answer.vary, path
            else:
                assert "sandbox" in policy, path
            assert answer.headers["X-Content-Type-Options"] == "nosniff", path
            assert answer.headers["Referrer-Policy"] == "no-referrer", path
            assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin", path
            assert answer.headers["Strict-Transport-Security"].startswith("max-age="), path
            if answer.mimetype == "image/svg+xml" and endpoint in ("pages.badge_file", "pages.recipient_file"):
                assert answer.headers["Content-Disposition"].startswith("attachment"), path
