"""Tokens and thumbprints printed in RFC 7515, 7520, 7638 and 8037."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from openbadges.errors import OpenBadgesError, RefusedError
from openbadges.keys import PublicKey, SigningKey
from openbadges.proofs import jws

OWN = json.loads((Path(__file__).parent / "jose.json").read_text())


def public_members(jwk: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in jwk.items() if name not in ("d", "p", "q", "dp", "dq", "qi")}


def check_signed(key: dict[str, Any], payload: str, compact: str) -> None:
    parsed = jws.parse(compact)
    assert parsed.payload == payload.encode("utf-8")
    jws.verify(parsed, PublicKey.from_jwk(public_members(key)))
    with pytest.raises(RefusedError, match="does not fit"):
        jws.verify(jws.parse(compact.replace(".", ".AAAA", 1)), PublicKey.from_jwk(public_members(key)))


@pytest.mark.parametrize("row", OWN["signed"], ids=lambda row: row["name"])
def test_signed_examples_verify_and_deterministic_ones_are_made_alike(row: dict[str, Any]) -> None:
    check_signed(row["key"], row["payload"], row["compact"])
    signer = SigningKey.from_jwk(row["key"])
    header = {name: value for name, value in row["protected"].items() if name != "alg"}
    made = jws.sign(header, row["payload"].encode("utf-8"), signer)
    if signer.algorithm == "ES256":  # the example used a random nonce
        jws.verify(jws.parse(made), signer.public_key)
    else:
        assert made == row["compact"]


@pytest.mark.parametrize("row", OWN["refused"], ids=lambda row: row["name"])
def test_forbidden_algorithms_are_refused(row: dict[str, str]) -> None:
    with pytest.raises(RefusedError) as caught:
        jws.parse(row["token"])
    assert caught.value.code == row["code"]


@pytest.mark.parametrize("row", OWN["thumbprints"], ids=lambda row: row["name"])
def test_thumbprints(row: dict[str, Any]) -> None:
    assert PublicKey.from_jwk(row["jwk"]).thumbprint() == row["thumbprint"]


def test_published_cookbook(shared: Path) -> None:
    folder = shared / "vectors/jose-rfc7520-8037"
    for name in ("jws/4_1.rsa_v15_signature.json", "curve25519/jws.json"):
        example = json.loads((folder / name).read_text())
        check_signed(example["input"]["key"], example["input"]["payload"], example["output"]["compact"])
        with pytest.raises(RefusedError, match="compact form"):
            jws.parse(json.dumps(example["output"]["json"]))
    public = json.loads((folder / "jwk/3_3.rsa_public_key.json").read_text())
    private = json.loads((folder / "jwk/3_4.rsa_private_key.json").read_text())
    assert SigningKey.from_jwk(private).public_key == PublicKey.from_jwk(public)


def test_published_symmetric_and_p521_keys_are_refused(shared: Path) -> None:
    folder = shared / "vectors/jose-rfc7520-8037/jwk"
    codes = {
        "3_1.ec_public_key.json": "jwk.unsupported",
        "3_2.ec_private_key.json": "jwk.private",
        "3_4.rsa_private_key.json": "jwk.private",
        "3_5.symmetric_key_mac_computation.json": "jwk.symmetric",
        "3_6.symmetric_key_encryption.json": "jwk.symmetric",
    }
    for name, code in codes.items():
        with pytest.raises(OpenBadgesError) as caught:
            PublicKey.from_jwk(json.loads((folder / name).read_text()))
        assert caught.value.code == code, name
