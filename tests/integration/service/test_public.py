"""What every program may rely on at the public addresses (the contracts of the service), asked over HTTP."""

from __future__ import annotations

import base64
import io
import json
import zlib
from typing import Any

import pytest
import zxingcpp
from PIL import Image

from openbadges import AnyIssuer, Outcome, TrustedIssuers, Verifier, unbake
from openbadges.net import DocumentsFetcher

JSON, TOKEN = "application/vc", "application/vc+jwt"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        (None, JSON),
        ("*/*", JSON),
        (JSON, JSON),
        ("application/vc+ld+json", "application/vc+ld+json"),
        ("application/ld+json", "application/ld+json"),
        ("application/json", "application/json"),
        (TOKEN, TOKEN),
        ("application/jwt", "application/jwt"),
        ("text/plain", "text/plain"),
        ("image/png", "image/png"),
        ("image/svg+xml", "image/svg+xml"),
        ("image/*", "image/png"),
        ("text/html", "text/html"),
        (BROWSER, "text/html"),
        ("text/*, application/json;q=0.5", "text/plain"),
        ("application/json;q=0.1, image/png", "image/png"),
    ],
)
def test_a_badge_comes_in_the_form_that_is_asked_for(site: Any, award: Any, accept: str | None, kind: str) -> None:
    answer = site.get(f"/b/{award['id']}", **({} if accept is None else {"Accept": accept}))
    assert (answer.status, answer.kind) == (200, kind)
    assert "Accept" in answer.headers["Vary"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    if kind != "text/html":
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        again = site.get(f"/b/{award['id']}", Accept=accept or "*/*", If_None_Match=answer.headers["ETag"])
        assert (again.status, again.body) == (304, b"")


def test_what_it_cannot_be_is_said(site: Any, award: Any) -> None:
    answer = site.get(f"/b/{award['id']}", Accept="application/pdf")
    assert (answer.status, answer.kind) == (406, "application/problem+json")
    assert "Accept" in answer.headers["Vary"]
    assert site.get(f"/b/{award['id']}.pdf").status == 404


def test_every_form_is_the_same_genuine_badge(site: Any, award: Any) -> None:
    path = f"/b/{award['id']}"
    forms = {suffix: site.get(f"{path}.{suffix}", Accept="text/html") for suffix in ("json", "jwt", "png", "svg")}
    assert [one.kind for one in forms.values()] == [JSON, TOKEN, "image/png", "image/svg+xml"]
    assert forms["svg"].headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in forms["svg"].headers["Content-Security-Policy"]
    document = forms["json"].json
    address = status_of(document)["statusListCredential"]
    assert address.startswith(f"{site.base_url}/status/")
    signed_list = site.get(address.removeprefix(site.base_url)).body
    verifier = Verifier(fetcher=Handed({address: signed_list}))
    policy = TrustedIssuers([document["issuer"]["id"]])
    for suffix, one in forms.items():
        badge = unbake(one.body) if suffix in ("png", "svg") else one.text
        report = verifier.check(badge, policy=policy)
        assert report.outcome is Outcome.PASS, (suffix, report.verdict)
        assert report.credential["id"] == award["credential_id"]


def status_of(document: Any) -> Any:
    """The entry that says whether it was withdrawn."""
    found = document["credentialStatus"]
    return found[0] if isinstance(found, list) else found


class Handed:
    """Documents that were handed over, and no network."""

    def __init__(self, documents: dict[str, bytes]) -> None:
        self._documents = documents

    def get(self, url: str, *, accept: str, max_bytes: int, redirects: int | None = None) -> Any:
        from openbadges.ports import Fetched

        return Fetched(url=url, body=self._documents[url], media_type="application/vc")


@pytest.mark.parametrize("form", ["svg", "png"])
def test_the_code_leads_to_the_badge(site: Any, award: Any, form: str) -> None:
    answer = site.get(f"/b/{award['id']}/qr.{form}")
    assert answer.kind == {"svg": "image/svg+xml", "png": "image/png"}[form]
    picture = answer.body
    if form == "svg":
        import resvg_py

        picture = bytes(resvg_py.svg_to_bytes(svg_string=answer.text, width=400))
    (code,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(picture)))
    assert code.text == award["page"] == f"{site.base_url}/b/{award['id']}"


def test_a_badge_is_checked_at_its_own_address(site: Any, award: Any) -> None:
    as_data = site.get(f"/b/{award['id']}/verify", Accept="application/json")
    assert (as_data.json["outcome"], as_data.kind) == ("pass", "application/json")
    assert "Accept" in as_data.headers["Vary"]
    assert site.get(f"/b/{award['id']}/verify", Accept=BROWSER).kind == "text/html"
    asked = site.ask("POST", f"/b/{award['id']}/verify", form={"kind": "username", "recipient": "Ada of the river"})
    assert 'data-recipient="yes"' in asked.text


def test_issuer_and_achievement(site: Any, award: Any) -> None:
    document = site.get("/issuers/riverside/did.json")
    keys = site.get("/issuers/riverside/jwks.json")
    assert (document.kind, keys.kind) == ("application/did+json", "application/jwk-set+json")
    assert document.json["id"] == site.group.issuer_id
    assert {key["kid"] for key in keys.json["keys"]} == {one["id"] for one in document.json["verificationMethod"]}
    assert not [key for key in keys.json["keys"] if "d" in key]
    path = f"/achievements/{award['achievement_id']}"
    assert site.get(path).json["id"] == site.base_url + path
    assert site.get(path, Accept="application/ld+json").kind == "application/ld+json"
    assert site.get(path, Accept=BROWSER).kind == "text/html"
    assert "Accept" in site.get(path).headers["Vary"]
    for address in ("/issuers/nobody", "/issuers/nobody/did.json", "/achievements/none", "/status/none"):
        assert site.get(address).status == 404


def test_a_status_list_is_signed_kept_and_tells_of_a_withdrawal(site: Any, award: Any) -> None:
    withdrawn = site.award(award["achievement_id"], "Withdrawn")
    entry = status_of(site.get(f"/b/{withdrawn['id']}").json)
    path = entry["statusListCredential"].removeprefix(site.base_url)
    before = site.get(path)
    assert before.kind == "application/vc"
    assert "public" in before.headers["Cache-Control"]
    assert before.headers["Last-Modified"]
    assert site.get(path, If_None_Match=before.headers["ETag"]).status == 304
    assert Verifier.offline(profile="vc").check(before.text, policy=AnyIssuer()).outcome is Outcome.PASS
    assert site.api("POST", f"/awards/{withdrawn['id']}/revoke", {"reason": "issued_in_error"}).status == 200
    after = site.get(path, If_None_Match=before.headers["ETag"])
    assert after.status == 200
    bits = [bits_of(one.json) for one in (before, after)]
    place = int(entry["statusListIndex"])
    assert len(bits[1]) * 8 >= 131_072
    assert [one[place // 8] >> (7 - place % 8) & 1 for one in bits] == [0, 1]
    assert site.get(f"/b/{withdrawn['id']}/verify", Accept="application/json").json["outcome"] == "fail"


def bits_of(document: Any) -> bytes:
    encoded = document["credentialSubject"]["encodedList"].removeprefix("u")
    return zlib.decompress(base64.urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4)), 31)


# the recipient's choices


def private(site: Any, award: Any) -> tuple[str, str]:
    """The private address, and the token of its forms."""
    path = site.api("POST", f"/awards/{award['id']}/link").json["link"].removeprefix(site.base_url)
    page = site.get(path, Accept="text/html").text
    return path, page.partition('name="csrf" value="')[2].partition('"')[0]


def test_hidden_unlisted_public_and_erased(site: Any, award: Any) -> None:
    mine = site.award(award["achievement_id"], "Canary Jones")
    path, csrf = private(site, mine)
    public = f"/b/{mine['id']}"
    assert site.get(public, Accept="text/html").headers["X-Robots-Tag"] == "noindex"
    forms = ("", ".json", ".jwt", ".png", ".svg", "/qr.svg", "/qr.png", "/verify")

    def choose(section: str, **form: str) -> None:
        assert site.ask("POST", f"{path}/{section}", form={"csrf": csrf, **form}).status in (200, 303)

    choose("visibility", visibility="hidden")
    for form in forms:
        hidden, absent = site.get(public + form), site.get(f"/b/{'0' * 32}{form}")
        assert (hidden.status, hidden.body) == (absent.status, absent.body) == (404, absent.body)
        assert {name: value for name, value in hidden.headers if name != "Date"} == {
            name: value for name, value in absent.headers if name != "Date"
        }
    assert site.get(f"{path}/badge.png").kind == "image/png"
    choose("visibility", visibility="public")
    shown = site.get(public, Accept="text/html")
    assert (shown.status, "X-Robots-Tag" in shown.headers) == (200, False)
    assert 'property="og:title"' in shown.text
    choose("erase", sure="1")
    for form in forms:
        gone = site.get(public + form, Accept="text/html" if form == "" else "*/*")
        assert gone.status == 410, form
        assert "Canary" not in gone.text
    assert site.get(path).status == 404
    assert site.api("GET", f"/awards/{mine['id']}").json["recipient_value"] is None


def test_the_recipients_page_keeps_to_itself(site: Any, award: Any) -> None:
    mine = site.award(award["achievement_id"], "Cleo")
    path, _ = private(site, mine)
    page = site.get(path, Accept="text/html")
    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert site.ask("POST", f"{path}/visibility", form={"visibility": "hidden"}).status == 400
    for form in ("json", "jwt", "png", "svg"):
        assert site.get(f"{path}/badge.{form}").headers["Content-Disposition"].startswith("attachment")
    assert site.get(f"{path}/data.json").json["recipient"]["value"] == "Cleo"
    secret = path.rpartition("/")[2]
    assert len(base64.urlsafe_b64decode(secret + "=")) >= 16
    assert all(secret not in site.get(f"/b/{mine['id']}{form}").text for form in ("", ".json", "/qr.svg"))


# checking, for badges from anywhere


def check(site: Any, **form: str) -> str:
    answer = site.ask("POST", "/verify", form=form, Accept="text/html")
    return str(answer.text.partition('data-verdict="')[2].partition('"')[0])


def upload(site: Any, name: str, data: bytes) -> Any:
    head = f'--x\r\nContent-Disposition: form-data; name="{name}"; filename="f"\r\n\r\n'.encode()
    body = head + data + b"\r\n--x--\r\n"
    return site.ask("POST", "/verify", body, Content_Type="multipart/form-data; boundary=x", Accept="text/html")


def test_a_badge_is_checked_from_a_file_a_paste_an_address_or_a_photo(site: Any, award: Any) -> None:
    path = f"/b/{award['id']}"
    token = site.get(f"{path}.jwt").text
    assert check(site, text=token) == check(site, url=site.base_url + path) == "verdict.pass"
    assert check(site, text=token[:-4] + "AAAA") in ("verdict.changed", "verdict.bad_signature")
    picture, code = site.get(f"{path}.png").body, site.get(f"{path}/qr.png").body
    for name, data in (("file", picture), ("photo", code), ("file", site.get(f"{path}.svg").body)):
        assert 'data-verdict="verdict.pass"' in upload(site, name, data).text
    assert site.get("/verify").status == site.ask("HEAD", "/verify").status == 200


def test_a_photo_as_large_as_telephones_make_them_is_taken_and_a_larger_one_is_not(site: Any, award: Any) -> None:
    code = site.get(f"/b/{award['id']}/qr.png").body
    noise = Image.effect_noise((2600, 2600), 90).convert("RGB")
    noise.paste(Image.open(io.BytesIO(code)).convert("RGB").resize((1200, 1200)), (600, 600))
    out = io.BytesIO()
    noise.save(out, "JPEG", quality=98)
    assert len(out.getvalue()) > 4_000_000
    assert 'data-verdict="verdict.pass"' in upload(site, "photo", out.getvalue()).text
    assert upload(site, "photo", out.getvalue().ljust(12_600_000, b"x")).status == 413


def test_the_documents_of_this_site_verify_offline_by_the_library_alone(site: Any, award: Any, tmp_path: Any) -> None:
    """As the contract of ``openbadges verify --offline --documents`` has it."""
    document = site.get(f"/b/{award['id']}.json").json
    entry = status_of(document)
    (tmp_path / "list.json").write_bytes(site.get(entry["statusListCredential"].removeprefix(site.base_url)).body)
    (tmp_path / "map.json").write_text(json.dumps({entry["statusListCredential"]: "list.json"}))
    verifier = Verifier(fetcher=DocumentsFetcher.from_file(tmp_path / "map.json"))
    report = verifier.check(
        unbake(site.get(f"/b/{award['id']}.png").body), policy=TrustedIssuers([site.group.issuer_id])
    )
    assert report.outcome is Outcome.PASS


# headers and hosts of a real server


@pytest.mark.parametrize(
    "path", ["/", "/verify", "/about", "/privacy", "/issuers/riverside", "/api/docs", "/desk/sign-in"]
)
def test_every_page_is_there_and_a_head_request_is_like_a_get(site: Any, path: str) -> None:
    page, head = site.get(path, Accept=BROWSER), site.ask("HEAD", path, Accept=BROWSER)
    assert (page.status, page.kind) == (200, "text/html")
    assert (head.status, head.body) == (200, b"")
    assert page.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert "Accept-Language" in page.headers["Vary"]
    assert len(page.body) < 100_000


def test_s_host_1_another_host_is_refused_by_the_running_server(site: Any) -> None:
    for headers in ({"Host": "evil.example"}, {"X_Forwarded_Host": "evil.example"}):
        answer = site.get("/", Accept="text/html", **headers)
        assert answer.status == 400
        assert "evil" not in answer.text
    assert site.get("/healthz", Host="10.0.0.7:8000").status == 200
