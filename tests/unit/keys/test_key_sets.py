"""JWK Sets: what is published reads back; ambiguity and secrets are refused (V-KEY-3)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from openbadges.encoding.multikey import encode_multikey
from openbadges.errors import LimitError, MalformedError, OpenBadgesError, RefusedError, UnsupportedError
from openbadges.keys import KeySet, SigningKey, jwks
from openbadges.limits import Limits

ED = SigningKey.from_multikey(encode_multikey("Ed25519", b"\x01" * 32, secret=True)).public_key
EC = SigningKey.from_multikey(encode_multikey("P-256", b"\x02" * 32, secret=True)).public_key


def refusal(call: Callable[[], object]) -> OpenBadgesError:
    with pytest.raises(OpenBadgesError) as caught:
        call()
    assert str(caught.value) != caught.value.code, "the code has a sentence"
    return caught.value


def test_published_sets_read_back() -> None:
    published = jwks([ED, EC], controller="did:web:a.example")
    assert [key["kid"] for key in published["keys"]] == [f"did:web:a.example#{key.to_multikey()}" for key in (ED, EC)]
    assert [(key["use"], key["alg"]) for key in published["keys"]] == [("sig", "EdDSA"), ("sig", "ES256")]
    assert not any("d" in key for key in published["keys"])
    read = KeySet.from_json(published)
    assert read.key_for(f"did:web:a.example#{EC.to_multikey()}") == EC
    assert read.holds(ED)


def test_without_controller_keys_are_named_by_thumbprint() -> None:
    assert KeySet.from_json(jwks([EC])).key_for(EC.thumbprint()) == EC


@pytest.mark.parametrize(
    ("document", "kind", "code"),
    [
        (None, MalformedError, "key_set.form"),
        ([], MalformedError, "key_set.form"),
        ({}, MalformedError, "key_set.form"),
        ({"keys": {}}, MalformedError, "key_set.form"),
        ({"keys": ["x"]}, MalformedError, "jwk.not_object"),
        ({"keys": [{**ED.to_jwk(), "kid": 1}]}, MalformedError, "jwk.member_text"),
        ({"keys": [{**ED.to_jwk(), "iss": []}]}, MalformedError, "jwk.member_text"),
        ({"keys": [{**ED.to_jwk(), "d": "AA"}]}, RefusedError, "jwk.private"),
        ({"keys": [ED.to_jwk(), {"kty": "oct", "k": "AA"}]}, RefusedError, "jwk.symmetric"),
        ({"keys": [{**ED.to_jwk(), "kid": "a"}, {**EC.to_jwk(), "kid": "a"}]}, RefusedError, "key_set.duplicate_kid"),
    ],
)
def test_a_set_that_cannot_be_trusted_is_refused_as_a_whole(
    document: Any, kind: type[OpenBadgesError], code: str
) -> None:
    error = refusal(lambda: KeySet.from_json(document))
    assert (type(error), error.code) == (kind, code)


def test_number_of_keys_is_limited() -> None:
    document = {"keys": [EC.to_jwk()] * 3}
    assert len(KeySet.from_json(document, Limits(did_document_methods=3)).entries) == 3
    assert isinstance(refusal(lambda: KeySet.from_json(document, Limits(did_document_methods=2))), LimitError)


def test_a_key_that_cannot_be_used_does_not_spoil_the_others() -> None:
    unusable = {"kty": "OKP", "crv": "X25519", "x": "AA", "kid": "agreement", "use": "enc"}
    read = KeySet.from_json(
        {"keys": [unusable, {**EC.to_jwk(), "kid": "k", "use": "enc"}, {**ED.to_jwk(), "kid": "good"}]}
    )
    assert read.key_for("good") == ED
    error = refusal(lambda: read.key_for("agreement"))
    assert (type(error), error.code) == (UnsupportedError, "jwk.unsupported")
    error = refusal(lambda: read.key_for("k"))
    assert (type(error), error.code, error.pointer) == (RefusedError, "jwk.use", "/keys/1/use")
    assert not read.holds(EC)
    assert refusal(lambda: read.key_for("absent")).code == "key_set.not_found"


def test_keys_of_another_issuer_are_refused() -> None:
    read = KeySet.from_json({"keys": [{**EC.to_jwk(), "kid": "k", "iss": "https://a.example"}]})
    assert read.key_for("k") == read.key_for("k", issuer="https://a.example") == EC
    assert refusal(lambda: read.key_for("k", issuer="https://b.example")).code == "key_set.other_issuer"
    assert read.holds(EC, issuer="https://a.example")
    assert not read.holds(EC, issuer="https://b.example")
