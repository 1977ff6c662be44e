"""What every DID method owes: the document of the DID that was asked, typed errors, no network of its own."""

from __future__ import annotations

from typing import Any

import pytest

from openbadges.dids import METHODS, resolve
from openbadges.encoding.base import encode_base64url
from openbadges.errors import OpenBadgesError
from openbadges.jsontext import dump
from openbadges.testing import FIXED_NOW, KEY_KINDS, FakeWeb, fixed_key


def did_of(method: str, kind: Any, web: FakeWeb) -> str:
    key = fixed_key(kind)
    if method == "key":
        return key.did
    if method == "jwk":
        return "did:jwk:" + encode_base64url(dump(key.public_key.to_jwk()))
    did = f"did:web:badges.example.org:{kind.lower()}"
    web.publish_did(did, key.public_key)
    return did


@pytest.mark.parametrize("kind", KEY_KINDS)
@pytest.mark.parametrize("method", METHODS)
def test_it_gives_the_key_for_assertions(method: str, kind: Any) -> None:
    web = FakeWeb()
    did = did_of(method, kind, web)
    document = resolve(did, fetcher=web)
    assert document.id == did
    assert document.to_json()["id"] == did
    keys = [document.key_for(found.id, "assertionMethod", FIXED_NOW) for found in document.methods]
    assert fixed_key(kind).public_key in keys
    assert all(found.id.startswith(f"{did}#") for found in document.methods)
    assert web.requests == ([] if method != "web" else ["https://badges.example.org/" + kind.lower() + "/did.json"])


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize(
    "rest", ["", "x", "..", "%", "a b", "\x00", "é", "z" * 5000, "z6Mk" + "1" * 60, "#a", "?a", "/a", "a:b:c"]
)
def test_whatever_the_identifier_the_error_is_ours(method: str, rest: str) -> None:
    with pytest.raises(OpenBadgesError):
        resolve(f"did:{method}:{rest}", fetcher=FakeWeb())
    with pytest.raises(OpenBadgesError):
        resolve(f"did:{method}:{rest}")
