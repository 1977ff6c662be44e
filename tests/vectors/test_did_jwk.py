"""The two examples of the did:jwk specification."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from openbadges.dids import did_jwk, resolve
from openbadges.errors import UnsupportedError

P256, X25519 = json.loads((Path(__file__).parent / "did_jwk.json").read_text())["documents"]


def without_context(document: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in document.items() if name != "@context"}


def test_p256_document() -> None:
    document = resolve(P256["id"])
    assert without_context(document.to_json()) == P256
    key = document.key_for(P256["id"] + "#0", "assertionMethod")
    assert key.to_jwk() == P256["verificationMethod"][0]["publicKeyJwk"]
    assert resolve(did_jwk(key)).key_for(did_jwk(key) + "#0", "assertionMethod") == key


def test_an_encryption_key_is_refused() -> None:
    with pytest.raises(UnsupportedError) as caught:
        resolve(X25519["id"])
    assert caught.value.code == "jwk.unsupported"
    assert caught.value.params["crv"] == "X25519"


def test_the_extract_is_the_specification(shared: Path) -> None:
    text = (shared / "vectors/did-jwk/spec.md").read_text()
    assert f"{P256['id']}#0" in text
    assert f"{X25519['id']}#0" in text
