"""What a refused token says, and what its claims have to mirror to the second (V-JWT-1 to V-JWT-6)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from openbadges.encoding.base import encode_base64url
from openbadges.errors import (
    ConfigurationError,
    IssuingError,
    LimitError,
    MalformedError,
    OpenBadgesError,
    RefusedError,
)
from openbadges.jsontext import dump
from openbadges.limits import Limits
from openbadges.proofs import jws
from openbadges.proofs.vc_jwt import VcJwt, claim_problems, create_vc_jwt, expiry, read_vc_jwt
from openbadges.testing import badge, fixed_key, sign_token

KEY = fixed_key()
V1 = "https://www.w3.org/2018/credentials/v1"
NBF = 1768467600  # 2026-01-15T09:00:00Z
Facts = dict[str, Any]


def compact(header: Any, payload: bytes = b"{}", signature: bytes = b"x") -> str:
    return ".".join(encode_base64url(part) for part in (dump(header), payload, signature))


def refused(call: Callable[[], object], kind: type[OpenBadgesError] = RefusedError) -> tuple[str, Facts]:
    with pytest.raises(kind) as caught:
        call()
    return caught.value.code, caught.value.params


# --- the token's form --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("header", "kind", "code", "facts"),
    [
        ({"alg": "EdDSA", "kid": 1}, MalformedError, "jws.member_text", {"name": "kid"}),
        ({"alg": "EdDSA", "cty": 1}, MalformedError, "jws.member_text", {"name": "cty"}),
        ({"alg": "EdDSA", "crit": []}, RefusedError, "jws.crit", {"name": "crit"}),
        ({"alg": "None"}, RefusedError, "jws.unsigned", {"algorithm": "None", "allowed": jws.ALGORITHMS}),
        ({"alg": "Hs256"}, RefusedError, "jws.symmetric", {"algorithm": "Hs256", "allowed": jws.ALGORITHMS}),
        ({"alg": "ES512"}, RefusedError, "jws.algorithm", {"algorithm": "ES512", "allowed": jws.ALGORITHMS}),
        ({"alg": "EdDSA", "typ": "jwt"}, RefusedError, "jws.type", {"typ": "jwt", "allowed": ("JWT", "vc+jwt")}),
    ],
)
def test_a_header_that_is_refused_says_why(header: Facts, kind: type[OpenBadgesError], code: str, facts: Facts) -> None:
    assert refused(lambda: jws.parse(compact(header)), kind) == (code, facts)


@pytest.mark.parametrize(("text", "found"), [("", 1), ("a", 1), ("a.b", 2), ("a.b.c.d", 4), ("a.b.c.d.e.f", 6)])
def test_the_parts_of_a_token_are_counted(text: str, found: int) -> None:
    assert refused(lambda: jws.parse(text), MalformedError) == ("jws.parts", {"found": found})


@pytest.mark.parametrize(("place", "name"), [(0, "header"), (1, "payload"), (2, "signature")])
def test_a_part_that_is_no_base64url_is_named_with_the_reason(place: int, name: str) -> None:
    parts = compact({"alg": "EdDSA"}).split(".")
    parts[place] = "A"
    code, facts = refused(lambda: jws.parse(".".join(parts)), MalformedError)
    assert (code, facts["part"]) == ("jws.base64url", name)
    assert isinstance(facts["reason"], str)


def test_every_part_of_a_token_has_its_limit() -> None:
    token = compact({"alg": "EdDSA", "kid": "k" * 61}, signature=b"x" * 75)
    header, _, _ = token.partition(".")
    size = len(header) * 3 // 4
    most = Limits(jose_header_bytes=size, jose_signature_bytes=75, document_bytes=len(token), json_string_bytes=4)
    assert jws.parse(token, most).key_id == "k" * 61
    for limits, code, facts in (
        (Limits(jose_header_bytes=size - 1), "jws.part_too_long", {"part": "header", "limit": size - 1}),
        (Limits(jose_signature_bytes=74), "jws.part_too_long", {"part": "signature", "limit": 74}),
        (Limits(document_bytes=len(token) - 1), "jws.too_long", {"limit": len(token) - 1}),
    ):
        assert refused(lambda limits=limits: jws.parse(token, limits), LimitError) == (code, facts)
    deep = compact({"alg": "EdDSA", "x": {"y": 1}})
    assert refused(lambda: jws.parse(deep, Limits(json_depth=1)), LimitError)[0] == "json.too_deep"


class _Signer:
    """A signer whose answers can be chosen."""

    def __init__(self, algorithm: str = "EdDSA", answer: bytes | None = None) -> None:
        self.algorithm, self.public_key, self.verification_method = algorithm, KEY.public_key, KEY.verification_method
        self._answer = answer

    def sign(self, data: bytes) -> bytes:
        return KEY.sign(data) if self._answer is None else self._answer


def test_what_cannot_be_signed_says_why() -> None:
    sign: Any = jws.sign
    call = lambda: sign({}, b"x", _Signer("ES256"))  # noqa: E731 - as below
    facts = {"algorithm": "ES256", "kind": "Ed25519", "allowed": KEY.public_key.algorithms}
    assert refused(call, ConfigurationError) == ("algorithm.wrong_key", facts)
    call = lambda: sign({"alg": "ES256"}, b"x", _Signer())  # noqa: E731
    assert refused(call, ConfigurationError) == ("jws.header_algorithm", {"found": "ES256", "expected": "EdDSA"})
    code, facts = refused(lambda: sign({"crit": []}, b"x", _Signer()), ConfigurationError)
    assert code == "jws.header"
    assert isinstance(facts["reason"], str)
    assert refused(lambda: sign({}, b"", _Signer()), ConfigurationError) == ("jws.detached", {})
    code, facts = refused(lambda: sign({}, b"x", _Signer(answer=b"short")), IssuingError)
    assert code == "jws.signer"
    assert isinstance(facts["reason"], str)


# --- the credential inside ---------------------------------------------------------------------------------------


def flat(**members: Any) -> Facts:
    document = badge()
    claims = {"iss": KEY.did, "jti": document["id"], "sub": document["credentialSubject"]["id"], "nbf": NBF}
    return {name: value for name, value in {**document, **claims, **members}.items() if value is not None}


def wrapped(claims: Facts, **members: Any) -> VcJwt:
    inner = {"@context": [V1], "credentialSubject": {"name": "A"}, **members}
    return read_vc_jwt(
        sign_token({"vc": {name: value for name, value in inner.items() if value is not None}, **claims})
    )


def test_a_flat_token_is_parted_into_claims_and_credential() -> None:
    others = {"exp": NBF + 1, "iat": NBF, "aud": "https://a.example", "cnf": {"kid": "x"}}
    text = sign_token(flat(**others))
    found = read_vc_jwt(text)
    assert found.token == text
    assert found.credential == badge()
    assert found.claims == {name: flat(**others)[name] for name in ("iss", "sub", "jti", "nbf", *others)}
    assert not found.wrapped
    assert found.signed.payload == dump(flat(**others))


def test_a_credential_is_read_within_the_limits() -> None:
    text = sign_token(flat())
    assert refused(lambda: read_vc_jwt(text, Limits(json_depth=2)), LimitError)[0] == "json.too_deep"
    assert refused(lambda: read_vc_jwt(text, Limits(jose_header_bytes=9)), LimitError)[0] == "jws.part_too_long"


def test_the_dialects_are_told_apart_by_the_first_context() -> None:
    for value in ([], "x", None, 1):
        with pytest.raises(MalformedError) as caught:
            wrapped({"vc": value})
        assert (caught.value.code, caught.value.pointer) == ("claims.vc_not_object", "/vc")
    for context in (["https://www.w3.org/ns/credentials/v2", V1], [], None):
        with pytest.raises(RefusedError) as refusal:
            wrapped({}, **{"@context": context})
        assert (refusal.value.code, refusal.value.pointer) == ("claims.vc_member", "/vc")
    assert wrapped({}, **{"@context": V1}).wrapped
    for old in (V1, [V1], [V1, "https://example.org/x"]):
        text = sign_token(flat(**{"@context": old}))
        assert refused(lambda text=text: read_vc_jwt(text)) == ("claims.vc_missing", {})


def test_a_wrapped_credential_is_completed_from_its_claims() -> None:
    claims = {"iss": KEY.did, "jti": "urn:uuid:1", "sub": "did:example:s", "nbf": NBF + 0.9, "exp": NBF + 1.5}
    found = wrapped(claims)
    assert found.wrapped
    assert found.claims == claims
    assert found.credential == {
        "@context": [V1],
        "credentialSubject": {"id": "did:example:s", "name": "A"},
        "issuer": KEY.did,
        "id": "urn:uuid:1",
        "issuanceDate": "2026-01-15T09:00:00Z",
        "expirationDate": "2026-01-15T09:00:01Z",
    }


def test_what_a_wrapped_credential_says_itself_stays() -> None:
    own = {
        "issuer": "did:example:i", "id": "urn:uuid:2", "issuanceDate": "2020-01-01T00:00:00Z",
        "expirationDate": "2021-01-01T00:00:00Z", "credentialSubject": {"id": "did:example:t"},
    }  # fmt: skip
    claims = {"iss": KEY.did, "jti": "urn:uuid:1", "sub": "did:example:s", "nbf": NBF, "exp": NBF}
    assert wrapped(claims, **own).credential == {"@context": [V1], **own}


def test_claims_of_another_type_complete_nothing() -> None:
    claims = {"iss": [KEY.did], "jti": 1, "sub": 2, "nbf": "x", "exp": True}
    assert wrapped(claims).credential == {"@context": [V1], "credentialSubject": {"name": "A"}}
    many = [{"id": "a"}, {"id": "b"}]
    assert wrapped({"sub": "x"}, credentialSubject=many).credential["credentialSubject"] == many


# --- claims and members ------------------------------------------------------------------------------------------


def problems(**members: Any) -> list[tuple[str, str, Facts]]:
    wrong, _ = claim_problems(read_vc_jwt(sign_token(flat(**members))))
    return [(one.pointer, one.code, dict(one.params)) for one in wrong]


def test_a_good_token_has_no_problems() -> None:
    assert claim_problems(read_vc_jwt(sign_token(flat()))) == ([], [])


@pytest.mark.parametrize(
    ("members", "pointer", "facts"),
    [
        ({"iss": "x"}, "/iss", {"claim": "iss", "found": "x", "expected": KEY.did}),
        ({"jti": "x"}, "/jti", {"claim": "jti", "found": "x", "expected": badge()["id"]}),
        ({"jti": 5}, "/jti", {"claim": "jti", "found": "5", "expected": badge()["id"]}),
        ({"id": None}, "/jti", {"claim": "jti", "found": badge()["id"], "expected": "nothing"}),
        ({"sub": "x"}, "/sub", {"claim": "sub", "found": "x", "expected": badge()["credentialSubject"]["id"]}),
        ({"credentialSubject": [{"id": "x"}], "sub": "x"}, "/sub",
         {"claim": "sub", "found": "x", "expected": "nothing"}),
        ({"nbf": NBF - 1}, "/nbf",
         {"claim": "nbf", "found": "2026-01-15T08:59:59Z", "expected": "2026-01-15T09:00:00Z"}),
        ({"validFrom": None}, "/nbf", {"claim": "nbf", "found": "2026-01-15T09:00:00Z", "expected": "nothing"}),
        ({"validUntil": "2026-01-15T09:00:02Z", "exp": NBF + 1.5}, "/exp",
         {"claim": "exp", "found": "2026-01-15T09:00:01Z", "expected": "2026-01-15T09:00:02Z"}),
    ],
)  # fmt: skip
def test_v_jwt_6_a_claim_that_disagrees_is_named_with_both_values(members: Facts, pointer: str, facts: Facts) -> None:
    assert problems(**members) == [(pointer, "claims.mismatch", facts)]


@pytest.mark.parametrize("value", ["1", True, -1, 253402214401, [1]])
@pytest.mark.parametrize("name", ["nbf", "exp"])
def test_v_jwt_6_a_date_claim_is_a_number_of_the_calendar(name: str, value: Any) -> None:
    assert problems(**{name: value}) == [("/" + name, "claims.malformed", {"claim": name})]


def test_v_jwt_6_the_first_and_the_last_instant_are_dates() -> None:
    assert problems(nbf=0, validFrom="1970-01-01T00:00:00Z") == []
    assert problems(exp=253402214400) == []
    assert problems(exp=253402214400, validUntil="9999-12-31T00:00:00Z") == []


@pytest.mark.parametrize("value", ["tomorrow", 1, {}, []])
def test_v_jwt_6_a_member_that_is_no_date_is_not_the_claims_problem(value: Any) -> None:
    assert problems(validFrom=value) == []


def test_v_jwt_6_what_is_absent_is_listed_in_order() -> None:
    _, absent = claim_problems(read_vc_jwt(sign_token(flat(iss=None, jti=None, nbf=None, sub=None))))
    assert [(one.pointer, one.code, one.params) for one in absent] == [
        (f"/{name}", "claims.absent", {"claim": name}) for name in ("iss", "jti", "nbf", "sub")
    ]
    _, absent = claim_problems(read_vc_jwt(sign_token(flat(sub=None, credentialSubject={"type": ["x"]}))))
    assert absent == []


def test_v_jwt_6_old_credentials_mirror_their_own_date_members() -> None:
    own = {"issuanceDate": "2026-01-15T09:00:00Z", "expirationDate": "2026-01-15T09:00:01Z", "issuer": {"id": KEY.did}}
    good = {"iss": KEY.did, "nbf": NBF, "exp": NBF + 1}
    assert claim_problems(wrapped(good, **own))[0] == []
    wrong, _ = claim_problems(wrapped(good | {"nbf": NBF + 1, "exp": NBF}, **own))
    assert [one.pointer for one in wrong] == ["/nbf", "/exp"]


def test_the_end_of_a_token_is_an_instant() -> None:
    assert expiry(read_vc_jwt(sign_token(flat()))) is None
    found = expiry(read_vc_jwt(sign_token(flat(exp=NBF))))
    assert found == datetime(2026, 1, 15, 9, tzinfo=UTC)


# --- new tokens --------------------------------------------------------------------------------------------------


def test_v_jwt_6_a_new_token_mirrors_the_badge() -> None:
    found = read_vc_jwt(
        create_vc_jwt(badge(validFrom="2026-01-15T09:00:00.9Z", validUntil="2026-01-15T09:00:01.9Z"), KEY)
    )
    assert found.claims == {
        "iss": KEY.did, "jti": badge()["id"], "sub": badge()["credentialSubject"]["id"], "nbf": NBF, "exp": NBF + 1,
    }  # fmt: skip
    assert found.signed.header == {"alg": "EdDSA", "typ": "JWT", "kid": KEY.verification_method}
    assert claim_problems(found) == ([], [])
    plain = read_vc_jwt(create_vc_jwt(badge() | {"issuer": KEY.did, "credentialSubject": {"name": "A"}}, KEY))
    assert plain.claims == {"iss": KEY.did, "jti": badge()["id"], "nbf": NBF}


def test_an_algorithm_that_badges_are_not_signed_with_is_named() -> None:
    call = lambda: create_vc_jwt(badge(), fixed_key("P-384"))  # noqa: E731 - as above
    assert refused(call, IssuingError) == ("issue.algorithm", {"algorithm": "ES384"})
