"""The page that checks a badge from anywhere."""

from __future__ import annotations

import io
import json
from html import unescape
from typing import Any

import pytest
from PIL import Image

from openbadges import (
    Achievement,
    EndorsementCredential,
    IdentityObject,
    OpenBadgeCredential,
    Profile,
    bake,
    issue,
    testing,
)
from openbadges.testing import FixedClock, fixed_key

EVIL = '<script>alert(1)</script>"><img src=x onerror=alert(2)>\u202egpj'


HOLDER = "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK"


def stranger(recipient: Any = HOLDER, **changes: Any) -> str:
    """A well signed badge of an issuer that this site does not know."""
    key = fixed_key("Ed25519", 7)
    issuer = Profile(id=key.did, name=changes.pop("issuer", "Ministry of Everything"))
    members = {
        "id": "https://elsewhere.example/a",
        "name": "Grand Master",
        "description": "Very grand.",
        "criteria": "Be grand.",
        **changes,
    }
    badge = OpenBadgeCredential.award(
        Achievement(**members), issuer=issuer, recipient=recipient,
        valid_from=FixedClock().now(),
    )  # fmt: skip
    return issue(badge, signer=key).text


@pytest.mark.parametrize("suffix", ["json", "jwt", "png", "svg"])
def test_a_file_of_any_form_is_checked(house: Any, award: Any, read: Any, suffix: str) -> None:
    data = house.get(f"/b/{award.id}.{suffix}").data
    page = read(house.post("/verify", {"file": (io.BytesIO(data), f"badge.{suffix}")}))
    assert (page.verdict, page.look) == ("verdict.pass", "pass")
    assert "Edit-a-thon host" in page.words
    assert "This site knows the issuer" in page.words


def test_a_pasted_badge_and_a_pasted_address_are_checked(house: Any, award: Any, read: Any) -> None:
    for text in (award.signed_json, f"  {award.signed_jwt}\n", f"https://badges.example.org/b/{award.id}"):
        assert read(house.post("/verify", {"text": text})).verdict == "verdict.pass"
    address = f"https://badges.example.org/b/{award.id}"
    assert read(house.post("/verify", {"url": address})).verdict == "verdict.pass"


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_photo_of_a_qr_code_is_read_on_the_server(house: Any, award: Any, read: Any, kind: str) -> None:
    photo = io.BytesIO()
    with Image.open(io.BytesIO(house.get(f"/b/{award.id}/qr.png").data)) as code:
        scene = Image.new("RGB", (1200, 1600), "#b5a58f")
        scene.paste(code.convert("RGB").resize((700, 700)), (250, 500))
        scene.rotate(4, fillcolor="#b5a58f").save(photo, kind)
    page = read(house.post("/verify", {"photo": (io.BytesIO(photo.getvalue()), "photo")}))
    assert page.verdict == "verdict.pass"
    assert read(house.post("/verify", {"file": (io.BytesIO(photo.getvalue()), "photo")})).verdict == "verdict.pass"


def test_a_photo_without_a_code_says_how_to_take_a_better_one(house: Any) -> None:
    photo = io.BytesIO()
    Image.new("RGB", (300, 300), "white").save(photo, "JPEG")
    answer = house.post("/verify", {"photo": (io.BytesIO(photo.getvalue()), "p.jpg")})
    assert answer.status_code == 422
    assert "No QR code was found in this picture" in answer.text


def test_the_qr_code_that_this_site_offers_as_svg_is_read_like_a_photo_of_it(house: Any, award: Any, read: Any) -> None:
    code = house.get(f"/b/{award.id}/qr.svg").data
    for name in ("file", "photo"):
        assert read(house.post("/verify", {name: (io.BytesIO(code), "badge-qr.svg")})).verdict == "verdict.pass"
    wide = code.replace(b"<svg ", b'<svg width="100mm" height="100mm" ')  # as another program saves it
    assert read(house.post("/verify", {"file": (io.BytesIO(wide), "code.svg")})).verdict == "verdict.pass"


@pytest.mark.parametrize(
    "content",
    [
        '<rect width="9" height="9"/>',
        # what a picture says beside what it shows is no code: a reader of the paper would see another one
        "<desc>https://badges.example.org/b/{award}</desc><title>https://badges.example.org/b/{award}</title>",
        '<image href="https://elsewhere.example/code.png" width="9" height="9"/>',
        "<script>alert(1)</script>",
        '<g id="a"><use href="#a"/><use href="#a"/></g>',
    ],
)
def test_an_svg_without_badge_and_code_says_what_to_send_instead(house: Any, award: Any, content: str) -> None:
    text = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{content.format(award=award.id)}</svg>'
    answer = house.post("/verify", {"file": (io.BytesIO(text.encode()), "picture.svg")})
    assert answer.status_code == 422
    assert "Send it as PNG, send a photo of the code, or scan the code with the camera." in answer.text


def _uploaded(house: Any, path: str, size: int) -> int:
    head = b'--x\r\nContent-Disposition: form-data; name="file"; filename="b.json"\r\n\r\n{'
    body = io.BytesIO(head + b" " * size + b"\r\n--x--\r\n")
    kind = "multipart/form-data; boundary=x"
    return house.client.post(
        path, base_url="https://badges.example.org", input_stream=body, content_type=kind,
        content_length=len(body.getvalue()), headers={"Accept": "text/html"},
    ).status_code  # fmt: skip


def _still(house: Any, data: bytes) -> Any:
    return house.post("/verify/code", {"photo": (io.BytesIO(data), "still.jpg")}, Accept="application/json")


def test_a_still_of_a_camera_is_read_and_nothing_more(house: Any, award: Any) -> None:
    code = house.get(f"/b/{award.id}/qr.png").data
    assert _still(house, code).json == {"code": f"https://badges.example.org/b/{award.id}"}
    wall = io.BytesIO()
    Image.new("RGB", (300, 300), "white").save(wall, "JPEG")
    assert _still(house, wall.getvalue()).json == {"code": ""}
    for data in (b"", b"GIF89a"):
        answer = _still(house, data)
        assert (answer.status_code, answer.mimetype) == (422, "application/problem+json")
        assert "cannot be read" in answer.json["problems"][0]["detail"]
    assert _uploaded(house, "/verify/code", 1 << 20) == 413


def test_s_rate_1_stills_are_limited_apart_from_checks(house: Any) -> None:
    assert {_still(house, b"").status_code for _ in range(240)} == {422}
    assert _still(house, b"").status_code == 429
    assert house.post("/verify", {"text": "x"}).status_code == 200


def test_a_photo_of_several_megabytes_fits_and_more_than_twelve_do_not(house: Any) -> None:
    assert _uploaded(house, "/verify", 5 << 20) == 200
    assert _uploaded(house, "/verify", 13 << 20) == 413


def test_what_could_not_be_checked_is_checked_again_with_one_button(house: Any, read: Any) -> None:
    web, listed = house.web, "https://elsewhere.example/status/1"
    badge = testing.sign(testing.badge(credentialStatus=testing.status_entry(listed))).text
    page = read(house.post("/verify", {"file": (io.BytesIO(badge.encode()), "b.json")}))
    assert page.verdict == "verdict.unknown_status"
    again = page.words.index("Check again")
    assert again < page.words.index("What was checked")
    (carried,) = {found["value"] for found in page.all("input", type="hidden", name="text")}
    web.publish_status_list(listed)
    page = read(house.post("/verify", {"text": unescape(carried)}))
    assert page.verdict == "verdict.pass"
    assert "Check again" not in page.words


def test_a_broken_badge_shows_only_that(house: Any, award: Any, read: Any) -> None:
    badge = json.loads(award.signed_json)
    badge["credentialSubject"]["achievement"]["name"] = "King of the world"
    badge["issuer"]["name"] = "Royal Court"
    page = read(house.post("/verify", {"text": json.dumps(badge)}))
    assert (page.verdict, page.look) == ("verdict.changed", "fail")
    for text in ("King", "Royal", "Riverside", "Given to", "What it took", "Issued by"):
        assert text not in page.words.split("What was checked")[0]
    assert "Do not rely on it" in page.words


def test_what_is_no_badge_blames_nobody(house: Any, read: Any) -> None:
    page = read(house.post("/verify", {"text": "hello"}))
    assert (page.verdict, page.look) == ("verdict.unreadable", "plain")
    assert "Not a badge" in page.words


def test_an_unknown_issuer_looks_neither_like_success_nor_like_fraud(house: Any, read: Any) -> None:
    page = read(house.post("/verify", {"text": stranger()}))
    assert (page.verdict, page.look) == ("verdict.pass", "unknown")
    assert "The signature is right, but this site does not know the issuer" in page.words
    assert "anyone can make a key" in page.words
    assert "Genuine and valid" not in page.words


def test_an_issuer_the_operator_knows_is_named_as_the_operator_named_it(house: Any, read: Any) -> None:
    house.services.known_issuers.add(fixed_key("Ed25519", 7).did, "The real Ministry", "Met them", user_id="op")
    page = read(house.post("/verify", {"text": stranger()}))
    assert page.look == "pass"
    assert "This site knows the issuer as \u2068The real Ministry\u2069." in page.words


def test_what_could_not_be_checked_looks_like_neither(house: Any, award: Any, read: Any) -> None:
    badge = json.loads(award.signed_json)
    badge["proof"]["cryptosuite"] = "eddsa-from-the-future"
    page = read(house.post("/verify", {"text": json.dumps(badge)}))
    assert (page.verdict, page.look) == ("verdict.unknown_signature", "unknown")
    assert "Could not be checked" in page.words
    assert "does not know (eddsa-from-the-future)" in page.words


def test_a_status_list_is_not_a_badge(house: Any, award: Any, read: Any) -> None:
    text = house.get(f"/status/{award.revocation_list_id}").text
    assert read(house.post("/verify", {"text": text})).verdict == "verdict.not_a_badge"


@pytest.mark.parametrize(
    "url", ["http://elsewhere.example/b", "ftp://x", "https://elsewhere.example/none", "javascript:alert(1)"]
)
def test_an_address_that_cannot_be_used_says_why_on_the_form(house: Any, read: Any, url: str) -> None:
    answer = house.post("/verify", {"url": url})
    assert answer.status_code == 422
    assert read(answer).all("div", id="problem")


def test_what_was_typed_stands_in_its_field_again(house: Any) -> None:
    sent = {"url": "https://nowhere.example/x", "recipient": "Ada <3", "kind": "email"}
    page = house.post("/verify", sent)
    assert page.status_code == 422
    for part in ('value="https://nowhere.example/x"', 'value="Ada &lt;3"', 'value="email" selected', '="fold" open'):
        assert part in page.text


def test_an_address_is_read_as_it_is_printed(house: Any, award: Any, read: Any) -> None:
    for field in ("url", "text"):
        page = read(house.post("/verify", {field: f" Badges.example.org/b/{award.id}"}))
        assert page.verdict == "verdict.pass", field
    elsewhere = house.post("/verify", {"url": "nowhere.example/badge"})
    assert "nowhere.example" in elsewhere.text
    assert "This is not a web address" not in elsewhere.text
    assert "This is not a web address" in house.post("/verify", {"url": "Ada of the river"}).text


def test_why_a_badge_of_this_site_was_withdrawn_is_said_of_a_copy_too(house: Any, award: Any, read: Any) -> None:
    house.services.status_changes.revoke(award.affiliate_id, award.id, "issuer_decision")
    for given in (award.signed_json, award.signed_jwt):
        page = read(house.post("/verify", {"text": given}))
        assert page.verdict == "verdict.withdrawn"
        assert "Reason: decision of the issuer." in page.words


def test_nothing_filled_in_says_what_to_do(house: Any) -> None:
    answer = house.post("/verify", {"text": "  "})
    assert answer.status_code == 422
    assert "There is nothing to check yet" in answer.text


def test_an_address_in_the_link_fills_the_form_and_fetches_nothing(house: Any, read: Any) -> None:
    page = house.page("/verify?url=https://elsewhere.example/x")
    assert page.all("input", id="url", value="https://elsewhere.example/x")
    assert house.web.requests == []


def test_the_person_can_be_asked_about_together_with_the_badge_and_afterwards(
    house: Any, award: Any, read: Any
) -> None:
    data = {"file": (io.BytesIO(house.get(f"/b/{award.id}.png").data), "b.png"), "kind": "username", "recipient": "Ada"}
    page = read(house.post("/verify", data))
    assert page.all("div", data_recipient="yes")
    carried = unescape(page.all("input", type="hidden", name="text")[0]["value"])
    assert carried == award.signed_json
    page = read(house.post("/verify", {"text": carried, "kind": "username", "recipient": "Grace"}))
    assert page.all("div", data_recipient="no")
    assert page.verdict == "verdict.not_recipient"
    assert house.post("/verify", {"text": carried, "kind": "did", "recipient": "x"}).status_code == 422


def test_nothing_that_is_checked_is_kept(house: Any, award: Any) -> None:
    before = house.services.store.read
    answer = house.post("/verify", {"text": stranger()})
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in answer.headers
    assert before == house.services.store.read
    assert "Grand Master" not in house.get("/").text


def test_s_xss_1_what_a_stranger_wrote_is_text(house: Any, read: Any) -> None:
    text = stranger(
        issuer=EVIL,
        name=EVIL,
        description=EVIL,
        criteria=f"{EVIL}\n\n[x](javascript:alert(1)) ![y](https://z.example/t.png)",
    )
    page = read(house.post("/verify", {"text": text}))
    assert [found["src"] for found in page.all("script")] == ["/static/site.js"]
    assert not any(name.startswith("on") for _, found in page.tags for name in found)
    assert not any("javascript:" in found.get("href", "") for found in page.all("a"))
    assert all(found["src"].startswith("/static/") for found in page.all("img"))
    assert "\u202e" not in page.words.split("What was checked")[0]


def test_s_xss_1_pictures_from_elsewhere_are_not_loaded(house: Any, read: Any) -> None:
    page = read(house.post("/verify", {"text": stranger(image="https://elsewhere.example/tracker.png")}))
    assert "tracker.png" not in " ".join(found.get("src", "") for _, found in page.tags)


def test_s_rate_1_checking_is_limited_to_thirty_a_minute(house: Any, award: Any) -> None:
    codes = [house.post("/verify", {"text": "x"}).status_code for _ in range(30)]
    assert set(codes) == {200}
    answer = house.post("/verify", {"text": "x"})
    assert answer.status_code == 429
    assert 1 <= int(answer.headers["Retry-After"]) <= 60
    assert house.get(f"/b/{award.id}/verify").status_code == 429
    assert house.get("/verify").status_code == 200


def test_a_badge_baked_elsewhere_can_be_asked_about_again(house: Any, read: Any) -> None:
    from issuer_service.services.designer import PLAIN, draw

    png = bake(draw(PLAIN), stranger())
    page = read(house.post("/verify", {"file": (io.BytesIO(png), "b.png")}))
    assert page.all("input", type="hidden", name="text")
    assert not read(house.post("/verify", {"file": (io.BytesIO(b"\x00\x01"), "b")})).all(
        "input", type="hidden", name="text"
    )


@pytest.mark.parametrize(("typed", "answer"), [("User:Foo_Bar", "yes"), ("Foo Bar", "no"), ("User:Foo_Baz", "no")])
def test_names_that_others_wrote_in_their_own_way_are_found_as_typed(
    house: Any, read: Any, typed: str, answer: str
) -> None:
    text = stranger(IdentityObject.hashed_of("userName", "User:Foo_Bar", "0123456789abcdef0123456789abcdef"))
    page = read(house.post("/verify", {"text": text, "kind": "username", "recipient": typed}))
    assert page.all("div", data_recipient=answer)
    assert not read(house.post("/verify", {"text": "{}", "kind": "username", "recipient": "a_b"})).all("article")


def test_an_endorsement_is_told_by_its_report(house: Any, read: Any) -> None:
    key = fixed_key("Ed25519", 7)
    endorsement = EndorsementCredential.from_document(
        {
            "@context": [
                "https://www.w3.org/ns/credentials/v2",
                "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
            ],
            "id": "urn:uuid:5d7a0b0a-7c0e-4b0e-9d6e-0f6a3b0c1d2e",
            "type": ["VerifiableCredential", "EndorsementCredential"],
            "name": "We stand behind it",
            "issuer": {"id": key.did, "type": ["Profile"], "name": "Endorsers"},
            "validFrom": "2020-01-01T00:00:00Z",
            "credentialSubject": {
                "id": "https://x.example/a",
                "type": ["EndorsementSubject"],
                "endorsementComment": "Good.",
            },
        }
    )
    page = read(house.post("/verify", {"text": issue(endorsement, signer=key).text}))
    assert page.verdict == "verdict.pass_other"
    assert "We stand behind it" in page.words
    assert "Endorsers" in page.words
