"""The public test kit: fixed keys and clock, documents, and a web in memory that can be told to fail."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from openbadges import AnyIssuer, Outcome, Verifier
from openbadges.errors import ConfigurationError, UnreachableError
from openbadges.ports import Clock, Fetcher
from openbadges.proofs.vc_jwt import read_vc_jwt
from openbadges.testing import (
    FIXED_NOW,
    KEY_KINDS,
    FakeWeb,
    FixedClock,
    add_proof,
    badge,
    endorsement,
    fixed_key,
    sign,
    sign_token,
    status_entry,
    status_list,
)

LIST = "https://badges.example.org/status/1"
OLD_LIST = "https://badges.example.org/revoked"


def get(web: Fetcher, url: str, **more: Any) -> Any:
    return web.get(url, accept="*/*", max_bytes=1_000_000, **more)


def test_keys_are_fixed_and_different() -> None:
    assert fixed_key().did == "did:key:z6Mkue4DLS1jumiyvR3p9KbD3cgf3mw8XQ5g2sfTnXAMfWHV"
    made = [fixed_key(kind, number) for kind in KEY_KINDS for number in (0, 1)]
    assert [key.kind for key in made] == [kind for kind in KEY_KINDS for _ in (0, 1)]
    assert len({key.did for key in made}) == 8
    for key in made:
        assert key.public_key.verify(key.sign(b"x"), b"x", key.algorithm) is None
    for kind, number in (("RSA", 2), ("secp256k1", 0)):
        with pytest.raises(ConfigurationError, match="no fixed key"):
            fixed_key(kind, number)  # type: ignore[arg-type]


def test_the_clock_stands_until_it_is_moved() -> None:
    clock: Any = FixedClock()
    port: Clock = clock
    assert port.now() == FIXED_NOW
    clock.move(timedelta(days=1))
    assert port.now() == FIXED_NOW + timedelta(days=1)


def test_documents_are_new_each_time_and_members_can_be_replaced() -> None:
    first = badge()
    first["issuer"]["name"] = "changed"
    assert badge()["issuer"]["name"] == "Riverside User Group"
    shared = {"id": "urn:x:1", "type": ["Profile"]}
    assert badge(issuer=None, evidence=[shared])["evidence"][0] is not shared
    assert "awardedDate" not in badge(awardedDate=None)
    assert endorsement(about="urn:x:1")["credentialSubject"]["id"] == "urn:x:1"
    assert status_list(LIST, ttl=None)["id"] == LIST
    assert status_entry(LIST, 5, purpose="suspension")["statusListIndex"] == "5"


def test_signing_with_and_without_the_checks_of_issue() -> None:
    verifier = Verifier.offline(clock=FixedClock())
    for signed in (sign(badge()), sign(badge(), form="vc-jwt"), add_proof(badge())):
        assert verifier.check(signed, policy=AnyIssuer()).outcome is Outcome.PASS
    broken = add_proof(badge(name="x", validFrom="never"), created=None, nonce="n")
    assert "created" not in broken["proof"]
    assert broken["proof"]["nonce"] == "n"
    assert len(add_proof(broken, fixed_key("Ed25519", 1))["proof"]) == 2
    token = read_vc_jwt(sign_token({"a": 1}, typ=None, x="y"))
    assert dict(token.signed.header) == {"alg": "EdDSA", "kid": fixed_key().verification_method, "x": "y"}


def test_the_web_serves_what_was_published_and_counts() -> None:
    web = FakeWeb()
    for number, content in enumerate((b"x", "x", {"a": 1}, [1], sign(badge()))):
        web.publish(f"https://x.example/{number}", content, media_type="text/x")
        assert get(web, f"https://x.example/{number}").media_type == "text/x"
    assert get(web, "https://x.example/2").body == b'{"a": 1}'
    assert json.loads(get(web, "https://x.example/4").body)["type"]
    assert web.requests[:2] == ["https://x.example/0", "https://x.example/1"]
    assert len(web.requests) == 7


def test_the_web_fails_like_one() -> None:
    web = FakeWeb()
    web.publish("http://x.example/", b"x")
    web.publish("https://x.example/", b"x", final_url="https://y.example/")
    for url, redirects in (("http://x.example/", None), ("https://x.example/", 0), ("https://z.example/", None)):
        with pytest.raises(UnreachableError):
            get(web, url, redirects=redirects)
    assert get(web, "https://x.example/", redirects=1).url == "https://y.example/"
    web.fail("https://x.example/")
    with pytest.raises(UnreachableError, match="503"):
        get(web, "https://x.example/")
    web.fail("https://x.example/", UnreachableError("network.gone", url="https://x.example/"))
    with pytest.raises(UnreachableError, match="gone"):
        get(web, "https://x.example/")
    web.publish("https://x.example/", b"back")
    assert get(web, "https://x.example/").body == b"back"


def test_dids_and_key_sets() -> None:
    web = FakeWeb()
    document = web.publish_did(
        "did:web:badges.example.org:a", fixed_key().public_key, retired=[fixed_key("P-256").public_key]
    )
    assert json.loads(get(web, "https://badges.example.org/a/did.json").body) == document
    keys = web.publish_key_set("https://badges.example.org/issuer", fixed_key().public_key)
    assert json.loads(get(web, "https://badges.example.org/.well-known/jwks.json").body) == keys


@pytest.mark.parametrize("form", ["data-integrity", "vc-jwt"])
def test_badges_can_be_revoked_and_suspended(form: Any) -> None:
    web = FakeWeb()
    web.publish_status_list(LIST, form=form)
    web.publish_status_list(LIST + "s", purpose="suspension", form=form)
    web.publish_revocation_list(OLD_LIST, issuer=fixed_key().did)
    old = {"id": OLD_LIST, "type": "1EdTechRevocationList"}
    entries = [status_entry(LIST), status_entry(LIST + "s", purpose="suspension")]
    signed = sign(badge(credentialStatus=entries), form=form)
    before = get(web, LIST + "s").body
    web.revoke(signed, purpose="suspension")
    assert get(web, LIST + "s").body != before
    before = get(web, LIST).body
    web.revoke(signed)
    assert get(web, LIST).body != before
    web.revoke(badge(credentialStatus=old))
    assert json.loads(get(web, OLD_LIST).body)["revokedCredential"][0]["id"] == badge()["id"]
    for document in (
        badge(),
        badge(credentialStatus=status_entry("https://other.example/1")),
        badge(credentialStatus=old),
    ):
        with pytest.raises(ConfigurationError, match="names no list"):
            web.revoke(document, purpose="message")


def test_the_kit_needs_no_pytest(root: Path) -> None:
    script = "import sys, openbadges.testing; print('pytest' in sys.modules, 'hypothesis' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]
