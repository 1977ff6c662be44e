"""Compact JWS: what is not expected is refused (V-JWT-1 to V-JWT-5, V-KEY-2)."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jwt as pyjwt
import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from hypothesis import given, settings
from hypothesis import strategies as st

from openbadges.encoding.base import encode_base64url
from openbadges.encoding.multikey import encode_multikey
from openbadges.errors import (
    ConfigurationError,
    IssuingError,
    LimitError,
    MalformedError,
    OpenBadgesError,
    RefusedError,
    UnsupportedError,
)
from openbadges.keys import PublicKey, SigningKey
from openbadges.limits import Limits
from openbadges.proofs import jws

RSA_JWK = json.loads((Path(__file__).parents[2] / "vectors" / "jose.json").read_text())["signed"][0]["key"]
KEYS = {
    "EdDSA": SigningKey.from_multikey(encode_multikey("Ed25519", b"\x01" * 32, secret=True)),
    "ES256": SigningKey.from_multikey(encode_multikey("P-256", b"\x02" * 32, secret=True)),
    "ES384": SigningKey.from_multikey(encode_multikey("P-384", b"\x03" * 48, secret=True)),
    "RS256": SigningKey.from_jwk(RSA_JWK),
}
KEY = KEYS["EdDSA"]
PAYLOAD = b'{"id":"urn:uuid:1"}'


def refusal(call: Callable[[], object]) -> OpenBadgesError:
    with pytest.raises(OpenBadgesError) as caught:
        call()
    assert str(caught.value) != caught.value.code, "the code has a sentence"
    return caught.value


def token(header: Any, payload: bytes = PAYLOAD, signer: SigningKey = KEY) -> str:
    """A token with any header, truly signed."""
    data = header if isinstance(header, bytes) else json.dumps(header).encode()
    signing_input = f"{encode_base64url(data)}.{encode_base64url(payload)}"
    return f"{signing_input}.{encode_base64url(signer.sign(signing_input.encode()))}"


@pytest.mark.parametrize("algorithm", KEYS)
def test_signed_tokens_verify_here_and_with_pyjwt(algorithm: str) -> None:
    signer = KEYS[algorithm].controlled_by("did:web:a.example")
    made = jws.sign({"typ": "JWT", "kid": signer.verification_method}, PAYLOAD, signer)
    parsed = jws.parse(made)
    jws.verify(parsed, signer.public_key)
    signer.public_key.verify(parsed.signature, parsed.signing_input, algorithm)
    assert (parsed.algorithm, parsed.key_id, parsed.payload) == (algorithm, signer.verification_method, PAYLOAD)
    assert list(parsed.header) == ["alg", "typ", "kid"]
    assert jws.parse(made.encode()) == parsed
    claims = pyjwt.decode(made, signer.public_key.cryptography_key, algorithms=[algorithm])
    assert claims == json.loads(PAYLOAD)


def test_tokens_of_pyjwt_verify() -> None:
    for algorithm, signer in {**KEYS, "PS256": KEYS["RS256"]}.items():
        made = pyjwt.encode({"id": "x"}, signer._private, algorithm=algorithm)
        jws.verify(jws.parse(made), signer.public_key)


@pytest.mark.parametrize("algorithm", KEYS)
@pytest.mark.parametrize("other", KEYS)
def test_only_the_signing_key_verifies(algorithm: str, other: str) -> None:
    parsed = jws.parse(token({"alg": algorithm}, signer=KEYS[algorithm]))
    if algorithm == other:
        jws.verify(parsed, KEYS[other].public_key)
    else:
        error = refusal(lambda: jws.verify(parsed, KEYS[other].public_key))
        assert (type(error), error.code) == (RefusedError, "algorithm.wrong_key")


@given(st.integers(0, 10_000))
@settings(derandomize=True, max_examples=60, deadline=None)
def test_any_changed_character_is_refused(position: int) -> None:
    made = jws.sign({"typ": "JWT"}, PAYLOAD, KEY)
    place = position % len(made)
    changed = made[:place] + ("A" if made[place] != "A" else "B") + made[place + 1 :]

    def read() -> None:
        jws.verify(jws.parse(changed), KEY.public_key)

    refusal(read)


def test_the_algorithm_in_the_header_does_not_choose_the_padding() -> None:
    """A PS256 signature under RS256, and the reverse, are wrong."""
    made = token({"alg": "PS256"}, signer=KEYS["RS256"])
    error = refusal(lambda: jws.verify(jws.parse(made), KEYS["RS256"].public_key))
    assert error.code == "signature.wrong"


# --- header


@pytest.mark.parametrize(
    ("header", "kind", "code"),
    [
        ({"alg": "none"}, RefusedError, "jws.unsigned"),
        ({"alg": "None"}, RefusedError, "jws.unsigned"),
        ({"alg": "HS256"}, RefusedError, "jws.symmetric"),
        ({"alg": "HS512"}, RefusedError, "jws.symmetric"),
        ({"alg": "hs256"}, RefusedError, "jws.symmetric"),
        ({"alg": "RS1"}, RefusedError, "jws.algorithm"),
        ({"alg": "RS384"}, RefusedError, "jws.algorithm"),
        ({"alg": "ES512"}, RefusedError, "jws.algorithm"),
        ({"alg": "ES256K"}, RefusedError, "jws.algorithm"),
        ({"alg": "eddsa"}, RefusedError, "jws.algorithm"),
        ({"alg": ""}, RefusedError, "jws.algorithm"),
        ({"alg": "EdDSA "}, RefusedError, "jws.algorithm"),
        ({}, MalformedError, "jws.no_algorithm"),
        ({"alg": None}, MalformedError, "jws.member_text"),
        ({"alg": ["EdDSA"]}, MalformedError, "jws.member_text"),
        ({"alg": "EdDSA", "crit": ["b64"]}, RefusedError, "jws.crit"),
        ({"alg": "EdDSA", "crit": []}, RefusedError, "jws.crit"),
        ({"alg": "EdDSA", "crit": None}, RefusedError, "jws.crit"),
        ({"alg": "EdDSA", "b64": False}, RefusedError, "jws.b64"),
        ({"alg": "EdDSA", "b64": True}, RefusedError, "jws.b64"),
        ({"alg": "EdDSA", "jku": "https://evil.example"}, RefusedError, "jws.remote_key"),
        ({"alg": "EdDSA", "x5u": "https://evil.example"}, RefusedError, "jws.remote_key"),
        ({"alg": "EdDSA", "x5c": []}, RefusedError, "jws.certificate"),
        ({"alg": "EdDSA", "zip": "DEF"}, RefusedError, "jws.encryption_member"),
        ({"alg": "EdDSA", "enc": "A256GCM"}, RefusedError, "jws.encryption_member"),
        ({"alg": "EdDSA", "typ": "at+jwt"}, RefusedError, "jws.type"),
        ({"alg": "EdDSA", "typ": "jwt"}, RefusedError, "jws.type"),
        ({"alg": "EdDSA", "typ": "vp+jwt"}, RefusedError, "jws.type"),
        ({"alg": "EdDSA", "typ": ""}, RefusedError, "jws.type"),
        ({"alg": "EdDSA", "typ": 1}, MalformedError, "jws.member_text"),
        ({"alg": "EdDSA", "kid": 1}, MalformedError, "jws.member_text"),
        ({"alg": "EdDSA", "cty": None}, MalformedError, "jws.member_text"),
        ([], MalformedError, "json.not_object"),
        (b"", MalformedError, "json.empty"),
        (b'{"alg":"EdDSA","alg":"none"}', MalformedError, "json.duplicate_key"),
        (b'{"alg":"EdDSA"}\x00', MalformedError, "json.syntax"),
        (b'{"alg":"EdDSA","n":NaN}', MalformedError, "json.not_a_number"),
        (b'\xef\xbb\xbf{"alg":"EdDSA"}', MalformedError, "json.byte_order_mark"),
        (b'{"alg":"EdDSA\xff"}', MalformedError, "json.encoding"),
        (b"[" * 3000, LimitError, "json.too_deep"),
    ],
)
def test_v_jwt_2_headers_are_strict(header: Any, kind: type[OpenBadgesError], code: str) -> None:
    """V-JWT-1, V-JWT-2, V-JWT-3."""
    error = refusal(lambda: jws.parse(token(header)))
    assert (type(error), error.code) == (kind, code)


def test_types_are_the_callers() -> None:
    """V-JWT-3."""
    for typ in ("JWT", "vc+jwt"):
        jws.parse(token({"alg": "EdDSA", "typ": typ}))
    legacy = token({"alg": "EdDSA", "typ": "vc+ld+jwt"})
    assert refusal(lambda: jws.parse(legacy)).code == "jws.type"
    assert jws.parse(legacy, types=("vc+ld+jwt",)).header["typ"] == "vc+ld+jwt"
    assert jws.parse(legacy, types=None).header["typ"] == "vc+ld+jwt"
    assert "typ" not in jws.parse(token({"alg": "EdDSA"}), types=()).header


def test_the_key_in_the_header_is_only_a_hint() -> None:
    """V-KEY-2."""
    stranger = KEYS["ES256"].public_key
    parsed = jws.parse(token({"alg": "EdDSA", "jwk": stranger.to_jwk()}))
    assert parsed.hint == stranger
    jws.verify(parsed, KEY.public_key)
    assert jws.parse(token({"alg": "EdDSA"})).hint is None


@pytest.mark.parametrize(
    ("jwk", "kind", "code"),
    [
        (KEY.private_jwk(), RefusedError, "jwk.private"),
        ({"kty": "oct", "k": "AA"}, RefusedError, "jwk.symmetric"),
        ({**KEY.public_key.to_jwk(), "x": encode_base64url(b"\0" * 32)}, RefusedError, "key.small_order"),
        ({"kty": "EC", "crv": "secp256k1"}, UnsupportedError, "jwk.unsupported"),
        ("jwk", MalformedError, "jwk.not_object"),
        (None, MalformedError, "jwk.not_object"),
    ],
)
def test_an_unsafe_key_in_the_header_is_refused(jwk: Any, kind: type[OpenBadgesError], code: str) -> None:
    """V-KEY-2."""
    error = refusal(lambda: jws.parse(token({"alg": "EdDSA", "jwk": jwk})))
    assert (type(error), error.code) == (kind, code)


def test_unknown_harmless_members_are_kept() -> None:
    assert jws.parse(token({"alg": "EdDSA", "iss": "did:web:a", "x5t": "x"})).header["iss"] == "did:web:a"


# --- form

GOOD = token({"alg": "EdDSA", "typ": "JWT"})
HEADER, BODY, SIGNATURE = GOOD.split(".")


@pytest.mark.parametrize(
    ("text", "kind", "code"),
    [
        ("", MalformedError, "jws.parts"),
        (HEADER, MalformedError, "jws.parts"),
        (f"{HEADER}.{BODY}", MalformedError, "jws.parts"),
        (f"{GOOD}.", MalformedError, "jws.parts"),
        (f"{GOOD}.AA.AA.AA", MalformedError, "jws.parts"),
        (f"{GOOD}.AA.AA", RefusedError, "jws.encrypted"),
        (f"{GOOD}~", RefusedError, "jws.selective_disclosure"),
        (f"{GOOD}~WyJhIl0~", RefusedError, "jws.selective_disclosure"),
        (
            json.dumps({"payload": BODY, "protected": HEADER, "signature": SIGNATURE}),
            RefusedError,
            "jws.json_serialization",
        ),
        ("  {}", RefusedError, "jws.json_serialization"),
        (f"{HEADER}..{SIGNATURE}", MalformedError, "jws.detached"),
        (f".{BODY}.{SIGNATURE}", MalformedError, "json.empty"),
        (f" {GOOD}", MalformedError, "jws.character"),
        (f"{GOOD}\n", MalformedError, "jws.character"),
        (f"{HEADER}.{BODY}. {SIGNATURE}", MalformedError, "jws.character"),
        (f"{HEADER}.{BODY}.{SIGNATURE[:-1]}+", MalformedError, "jws.character"),
        (f"{HEADER}.{BODY}.{SIGNATURE[:-1]}é", MalformedError, "jws.character"),
        (f"{HEADER}=.{BODY}.{SIGNATURE}", MalformedError, "jws.base64url"),
        (f"{HEADER}.{BODY}==.{SIGNATURE}", MalformedError, "jws.base64url"),
        (f"{HEADER}.{BODY}.{SIGNATURE}==", MalformedError, "jws.base64url"),
        (f"{HEADER}.A.{SIGNATURE}", MalformedError, "jws.base64url"),
        (f"{HEADER}.e31.{SIGNATURE}", MalformedError, "jws.base64url"),
        (f"{HEADER}.{BODY}.{SIGNATURE[:-1]}B", MalformedError, "jws.base64url"),
    ],
)
def test_v_jwt_4_the_form_is_strict(text: str, kind: type[OpenBadgesError], code: str) -> None:
    """V-JWT-4."""
    for given_as in (text, text.encode("utf-8")):
        error = refusal(lambda given_as=given_as: jws.parse(given_as))
        assert (type(error), error.code) == (kind, code)


@pytest.mark.parametrize("value", [None, 5, ["a.b.c"], {"jws": "a.b.c"}])
def test_only_text_is_read(value: Any) -> None:
    error = refusal(lambda: jws.parse(value))
    assert (type(error), error.code) == (MalformedError, "jws.character")


def test_an_empty_signature_is_refused() -> None:
    parsed = jws.parse(f"{HEADER}.{BODY}.")
    assert refusal(lambda: jws.verify(parsed, KEY.public_key)).code == "signature.length"


def test_limits_just_under_and_just_over() -> None:
    """V-JWT-4: before anything is decoded."""
    assert jws.parse(GOOD, Limits(document_bytes=len(GOOD))).payload == PAYLOAD
    error = refusal(lambda: jws.parse("?" * 11, Limits(document_bytes=10)))
    assert (type(error), error.code) == (LimitError, "jws.too_long")
    size = len(HEADER) * 3 // 4
    assert jws.parse(GOOD, Limits(jose_header_bytes=size)).payload == PAYLOAD
    error = refusal(lambda: jws.parse(GOOD, Limits(jose_header_bytes=size - 1)))
    assert (type(error), error.code, error.params["part"]) == (LimitError, "jws.part_too_long", "header")
    assert jws.parse(GOOD, Limits(jose_signature_bytes=64)).payload == PAYLOAD
    error = refusal(lambda: jws.parse(GOOD, Limits(jose_signature_bytes=63)))
    assert (type(error), error.code, error.params["part"]) == (LimitError, "jws.part_too_long", "signature")
    assert isinstance(refusal(lambda: jws.parse("A" * 2**21)), LimitError)


# --- signing


def test_signing_refuses_what_reading_would_refuse() -> None:
    cases: list[tuple[dict[str, Any], bytes, str]] = [
        ({"alg": "none"}, PAYLOAD, "jws.header"),
        ({"alg": "ES256"}, PAYLOAD, "jws.header_algorithm"),
        ({"crit": ["x"]}, PAYLOAD, "jws.header"),
        ({"b64": False}, PAYLOAD, "jws.header"),
        ({"kid": 5}, PAYLOAD, "jws.header"),
        ({"n": float("nan")}, PAYLOAD, "jws.header"),
        ({}, b"", "jws.detached"),
    ]
    for header, payload, code in cases:
        error = refusal(lambda header=header, payload=payload: jws.sign(header, payload, KEY))
        assert (type(error), error.code) == (ConfigurationError, code)
    assert jws.parse(jws.sign({"alg": "EdDSA"}, PAYLOAD, KEY)).algorithm == "EdDSA"


class Service:
    """A signer outside, with an answer of its own."""

    verification_method = "did:web:a.example#hsm"

    def __init__(self, algorithm: str, key: PublicKey, answer: Callable[[bytes], bytes]) -> None:
        self.algorithm, self.public_key, self._answer = algorithm, key, answer

    def sign(self, data: bytes) -> bytes:
        return self._answer(data)


def test_a_service_that_answers_der_is_found_out() -> None:
    def der(data: bytes) -> bytes:
        plain = KEYS["ES256"].sign(data)
        return encode_dss_signature(int.from_bytes(plain[:32], "big"), int.from_bytes(plain[32:], "big"))

    error = refusal(lambda: jws.sign({}, PAYLOAD, Service("ES256", KEYS["ES256"].public_key, der)))
    assert (type(error), error.code) == (IssuingError, "jws.signer")


def test_a_service_may_sign_with_ps256() -> None:
    scheme = padding.PSS(mgf=padding.MGF1(hashes.SHA256()), salt_length=32)
    service = Service(
        "PS256",
        KEYS["RS256"].public_key,
        lambda data: KEYS["RS256"]._private.sign(data, scheme, hashes.SHA256()),
    )
    jws.verify(jws.parse(jws.sign({"typ": "JWT"}, PAYLOAD, service)), service.public_key)


@pytest.mark.parametrize("algorithm", ["ES256", "HS256", "none", "ES512"])
def test_a_service_names_an_algorithm_of_its_key(algorithm: str) -> None:
    error = refusal(lambda: jws.sign({}, PAYLOAD, Service(algorithm, KEY.public_key, KEY.sign)))
    assert (type(error), error.code) == (ConfigurationError, "algorithm.wrong_key")


@pytest.mark.parametrize("kind", ["Ed25519", "P-256", "RSA"])
def test_pyjwt_accepts_what_is_made_here_and_refuses_a_changed_one(kind: str) -> None:
    key = SigningKey.generate(kind)
    token = jws.sign({"typ": "JWT"}, b'{"name":"badge"}', key)
    jws.verify_independently(token, key.public_key, key.algorithm)
    header, _, signature = token.split(".")
    changed = f"{header}.{encode_base64url(b'{}')}.{signature}"
    with pytest.raises(RefusedError) as caught:
        jws.verify_independently(changed, key.public_key, key.algorithm)
    assert caught.value.code == "signature.wrong"
