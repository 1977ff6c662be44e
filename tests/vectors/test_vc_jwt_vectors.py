"""Tokens of RFC 7515 and of another implementation: verified here, and made alike byte for byte."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from openbadges import issue
from openbadges.errors import RefusedError
from openbadges.keys import PublicKey, SigningKey
from openbadges.proofs import jws
from openbadges.proofs.vc_jwt import claim_problems, create_vc_jwt, read_vc_jwt
from openbadges.report import Outcome
from openbadges.verification import TrustedIssuers, Verifier

OWN = json.loads((Path(__file__).parent / "vc_jwt.json").read_text("utf-8"))

each_token = pytest.mark.parametrize("row", OWN["jose"], ids=lambda row: row["name"])


def test_rfc_7515_a_2_verifies_and_no_other_payload_does() -> None:
    row = OWN["rfc"]
    key = PublicKey.from_jwk(row["jwk"])
    signed = jws.parse(row["token"])
    jws.verify(signed, key)
    assert signed.payload == b'{"iss":"joe",\r\n "exp":1300819380,\r\n "http://example.com/is_root":true}'
    head, payload, signature = row["token"].split(".")
    with pytest.raises(RefusedError):
        jws.verify(jws.parse(f"{head}.{payload[:-3]}AfQ.{signature}"), key)


@each_token
def test_the_token_made_here_is_the_one_that_jose_makes(row: dict[str, Any]) -> None:
    """Ed25519 and RSA PKCS#1 have one signature for each text, so the whole token has to agree."""
    key = SigningKey.from_jwk(row["jwk"])
    assert create_vc_jwt(row["credential"], key) == row["token"]
    assert issue(row["credential"], signer=key, form="vc-jwt").text == row["token"]


@each_token
def test_header_and_claims(row: dict[str, Any]) -> None:
    """V-JWT-6: iss, jti, nbf always, sub because the subject has an id, exp because the badge ends."""
    key = SigningKey.from_jwk(row["jwk"])
    found = read_vc_jwt(row["token"])
    assert found.credential == row["credential"]
    assert found.signed.algorithm == row["name"]
    assert found.signed.key_id == key.verification_method
    assert found.claims == {
        "iss": key.did,
        "sub": row["credential"]["credentialSubject"]["id"],
        "jti": row["credential"]["id"],
        "nbf": 1714557600,
        "exp": 4102444799,
    }
    assert claim_problems(found) == ([], [])


@each_token
def test_the_verifier_passes_it(row: dict[str, Any]) -> None:
    issuer = row["credential"]["issuer"]["id"]
    report = Verifier.offline().check(
        row["token"], policy=TrustedIssuers([issuer]), at=datetime(2026, 1, 1, tzinfo=UTC)
    )
    assert report.outcome is Outcome.PASS
    assert report.key is not None
    assert report.key["algorithm"] == row["name"]
