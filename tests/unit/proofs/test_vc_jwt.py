"""Tokens that hold credentials: read strictly, completed by the 1.1 rules, compared claim by claim (V-JWT-6)."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from openbadges.encoding.base import decode_base64url
from openbadges.errors import IssuingError, MalformedError, RefusedError
from openbadges.proofs import jws
from openbadges.proofs.vc_jwt import claim_problems, create_vc_jwt, expiry, read_vc_jwt
from openbadges.testing import badge, fixed_key, sign_token

KEY = fixed_key()
NBF = 1768467600
VC1 = "https://www.w3.org/2018/credentials/v1"


def old(**members: Any) -> dict[str, Any]:
    return {"@context": [VC1], "type": ["VerifiableCredential"], "credentialSubject": {"name": "x"}, **members}


def test_a_flat_token_is_the_credential_and_its_claims() -> None:
    found = read_vc_jwt(create_vc_jwt(badge(validUntil="2030-01-01T00:00:00Z"), KEY))
    assert found.credential == badge(validUntil="2030-01-01T00:00:00Z")
    assert dict(found.claims) == {
        "iss": KEY.did, "sub": badge()["credentialSubject"]["id"], "jti": badge()["id"], "nbf": NBF, "exp": 1893456000,
    }  # fmt: skip
    assert not found.wrapped
    assert claim_problems(found) == ([], [])
    assert expiry(found) == datetime(2030, 1, 1, tzinfo=UTC)
    assert expiry(read_vc_jwt(create_vc_jwt(badge(), KEY))) is None


def test_claims_are_written_only_for_what_is_there() -> None:
    bare = {"@context": badge()["@context"], "issuer": {"id": KEY.did}, "credentialSubject": [{"id": "urn:x:1"}]}
    body = json.loads(decode_base64url(create_vc_jwt(bare, KEY).split(".")[1]))
    assert {name for name in body if name not in bare} == {"iss"}
    with pytest.raises(IssuingError):
        create_vc_jwt(badge(), fixed_key("P-384"))
    with pytest.raises(MalformedError):
        create_vc_jwt(badge(validFrom="soon"), KEY)


def test_an_old_token_is_completed_from_its_claims() -> None:
    claims = {"iss": KEY.did, "jti": "urn:x:1", "sub": "urn:x:2", "nbf": NBF, "exp": NBF + 60.5}
    found = read_vc_jwt(sign_token({"vc": old(), **claims}))
    assert found.wrapped
    assert found.credential == {
        **old(), "issuer": KEY.did, "id": "urn:x:1", "issuanceDate": "2026-01-15T09:00:00Z",
        "expirationDate": "2026-01-15T09:01:00Z", "credentialSubject": {"id": "urn:x:2", "name": "x"},
    }  # fmt: skip
    assert claim_problems(found) == ([], [])


def test_what_an_old_credential_says_itself_is_kept_and_compared() -> None:
    own = old(issuer="did:x:1", id="urn:own", issuanceDate="2026-01-15T09:00:01Z", credentialSubject={"id": "urn:s"})
    found = read_vc_jwt(sign_token({"vc": own, "iss": KEY.did, "jti": "urn:x:1", "sub": "urn:x:2", "nbf": NBF}))
    assert found.credential == own
    wrong, _ = claim_problems(found)
    assert [problem.pointer for problem in wrong] == ["/iss", "/jti", "/sub", "/nbf"]


@pytest.mark.parametrize("claims", [{"nbf": "x"}, {"iss": 5}, {"jti": []}, {"sub": 1}, {"exp": True}])
def test_malformed_claims_are_not_read_back(claims: dict[str, Any]) -> None:
    found = read_vc_jwt(sign_token({"vc": old(), **claims}))
    assert found.credential == old()
    assert claim_problems(found)[0]


def test_subjects_of_another_form_are_left_alone() -> None:
    subjects = old(credentialSubject=[{"name": "a"}, {"name": "b"}])
    assert read_vc_jwt(sign_token({"vc": subjects, "sub": "urn:x:1"})).credential == subjects


@pytest.mark.parametrize(
    ("payload", "error", "code"),
    [
        ({"vc": badge()}, RefusedError, "claims.vc_member"),
        ({"vc": {"@context": []}}, RefusedError, "claims.vc_member"),
        ({"vc": [old()]}, MalformedError, "claims.vc_not_object"),
        (old(), RefusedError, "claims.vc_missing"),
        ({**old(), "@context": VC1}, RefusedError, "claims.vc_missing"),
    ],
)
def test_each_dialect_has_its_place(payload: dict[str, Any], error: type[Exception], code: str) -> None:
    with pytest.raises(error) as caught:
        read_vc_jwt(sign_token(payload))
    assert caught.value.code == code  # type: ignore[attr-defined]  # both kinds have it


@pytest.mark.parametrize(
    ("claims", "pointers"),
    [
        ({"nbf": NBF + 0.9}, []),
        ({"nbf": NBF - 1}, ["/nbf"]),
        ({"nbf": None}, []),
        ({"exp": NBF}, []),
        ({"validUntil": "2030-01-01T00:00:00Z", "exp": 1893456000.2}, []),
        ({"validUntil": 5, "exp": 1893456000}, []),
        ({"validFrom": "soon", "nbf": NBF}, []),
        ({"validFrom": None, "nbf": NBF}, ["/nbf"]),
        ({"exp": 253402300801}, ["/exp"]),
        ({"sub": None}, ["/sub"]),
    ],
)
def test_dates_are_compared_as_instants(claims: dict[str, Any], pointers: list[str]) -> None:
    """What is no date at all is for ``validity.window`` to say."""
    found = read_vc_jwt(sign_token({**badge(), "nbf": NBF, **claims}))
    assert [problem.pointer for problem in claim_problems(found)[0]] == pointers


def test_a_payload_that_is_no_object_is_malformed() -> None:
    for payload in (b"[]", b"5", b'"x"'):
        with pytest.raises(MalformedError) as caught:
            read_vc_jwt(jws.sign({"typ": "JWT"}, payload, KEY))
        assert caught.value.code == "claims.payload_not_object"
