"""did:key vectors: identifier and public key agree in both directions; other kinds of key are refused by name."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from openbadges.dids import did_key, resolve
from openbadges.encoding.base import decode_base58
from openbadges.encoding.multikey import encode_multikey
from openbadges.errors import UnsupportedError
from openbadges.keys import PublicKey, SigningKey

OWN = json.loads((Path(__file__).parent / "did_key.json").read_text())


def check_jwk(did: str, jwk: dict[str, Any]) -> None:
    document = resolve(did)
    key = document.key_for(f"{did}#{did.removeprefix('did:key:')}", "assertionMethod")
    assert key.to_jwk() == {name: jwk[name] for name in key.to_jwk()}
    assert did_key(PublicKey.from_jwk({name: jwk[name] for name in key.to_jwk()})) == did


def check_base58(did: str, base58: str, seed: str) -> None:
    key = resolve(did).methods[0].public_key
    assert key is not None
    assert key.raw == decode_base58(base58, max_chars=50)
    assert SigningKey.from_multikey(_secret(seed)).did == did


def _secret(seed: str) -> str:
    return encode_multikey("Ed25519", bytes.fromhex(seed), secret=True)


@pytest.mark.parametrize("row", OWN["keys"], ids=lambda row: row["kind"])
def test_extract(row: dict[str, Any]) -> None:
    if "jwk" in row:
        check_jwk(row["did"], row["jwk"])
    else:
        check_base58(row["did"], row["base58"], row["seed"])
    if "private" in row:
        assert SigningKey.from_jwk(row["private"]).did == row["did"]


@pytest.mark.parametrize("did", OWN["unsupported"])
def test_other_kinds_of_key_are_refused_by_name(did: str) -> None:
    with pytest.raises(UnsupportedError) as caught:
        resolve(did)
    assert caught.value.code == "multikey.unsupported"
    assert caught.value.params["kind"]


def test_published_ed25519(shared: Path) -> None:
    rows = json.loads((shared / "vectors/did-key/test-vectors/ed25519-x25519.json").read_text())
    for did, row in rows.items():
        pair = row["verificationKeyPair"]
        if "publicKeyJwk" in pair:
            check_jwk(did, pair["publicKeyJwk"])
            assert SigningKey.from_jwk(pair["privateKeyJwk"]).did == did
        else:
            check_base58(did, pair["publicKeyBase58"], row["seed"])
    assert len(rows) >= 4


@pytest.mark.parametrize("name", ["nist-curves.json", "rsa.json"])
def test_published_jwks(shared: Path, name: str) -> None:
    rows = json.loads((shared / "vectors/did-key/test-vectors" / name).read_text())
    checked = 0
    for did, row in rows.items():
        jwk = row.get("publicKeyJwk") or row["verificationMethod"].get("publicKeyJwk")
        if jwk and jwk.get("crv") != "P-521":
            check_jwk(did, jwk)
            checked += 1
    assert checked >= 2


@pytest.mark.parametrize(
    ("path", "public", "secret"),
    [
        ("vc-di-ecdsa/TestVectors/p256KeyPair.json", "publicKeyMultibase", "secretKeyMultibase"),
        ("vc-di-ecdsa/TestVectors/p384KeyPair.json", "publicKeyMultibase", "secretKeyMultibase"),
        ("vc-di-eddsa/TestVectors/keyPair.json", "publicKeyMultibase", "privateKeyMultibase"),
    ],
)
def test_secret_multikeys_of_the_w3c_suites(shared: Path, path: str, public: str, secret: str) -> None:
    pair = json.loads((shared / "vectors" / path).read_text())
    key = SigningKey.from_multikey(pair[secret])
    assert key.public_key.to_multikey() == pair[public]
    assert key.private_multikey() == pair[secret]
