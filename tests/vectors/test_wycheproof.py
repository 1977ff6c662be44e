"""Wycheproof (C2SP, Apache-2.0): every "invalid" case is refused, every "valid" one accepted; the rest is counted.

``wycheproof.json`` beside this file is an extract of the cases that found bugs elsewhere, so that the suite is complete
without the shared material; the full files are read from there.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from openbadges.errors import OpenBadgesError
from openbadges.keys import KeySet, PublicKey
from openbadges.proofs import jws

HERE = Path(__file__).parent
FOLDER = "vectors/wycheproof/testvectors_v1"

# file, algorithm, (valid, invalid, acceptable) as published
SIGNATURES = [
    ("ed25519_test.json", "EdDSA", (88, 63, 0)),
    ("ecdsa_secp256r1_sha256_p1363_test.json", "ES256", (173, 89, 0)),
    ("ecdsa_secp384r1_sha384_p1363_test.json", "ES384", (193, 87, 0)),
    ("rsa_signature_2048_sha256_test.json", "RS256", (9, 249, 1)),
    ("rsa_pss_2048_sha256_mgf1_32_test.json", "PS256", (63, 45, 0)),
]
# Valid for Wycheproof and refused here on purpose: no content, or an algorithm outside the table.
STRICTER_TOKENS = frozenset({259, 264, 265, 266, 267, 268, 269, 270, 271, 272, 320, 321, 322, 323, 325, 326, 327, 328})
STRICTER_TOKENS |= {346, 347, 350, 351}


def accepts(key: PublicKey, signature: bytes, data: bytes, algorithm: str) -> bool:
    try:
        key.verify(signature, data, algorithm)
    except OpenBadgesError:
        return False
    return True


def group_key(group: Mapping[str, Any]) -> PublicKey:
    return PublicKey.from_pem(group["publicKeyPem"].encode("ascii"))


def cases(document: Mapping[str, Any]) -> Iterator[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    for group in document["testGroups"]:
        for case in group["tests"]:
            yield group, case


@pytest.mark.parametrize(("name", "algorithm", "published"), SIGNATURES)
def test_signatures(shared: Path, name: str, algorithm: str, published: tuple[int, int, int]) -> None:
    document = json.loads((shared / FOLDER / name).read_text())
    seen: Counter[str] = Counter()
    wrong = []
    acceptable = 0
    for group in document["testGroups"]:
        key = group_key(group)
        for case in group["tests"]:
            seen[case["result"]] += 1
            accepted = accepts(key, bytes.fromhex(case["sig"]), bytes.fromhex(case["msg"]), algorithm)
            if case["result"] == "acceptable":
                acceptable += accepted
            elif accepted != (case["result"] == "valid"):
                wrong.append((case["tcId"], case["result"], case["comment"]))
    print(f"{name}: {dict(seen)}, acceptable ones accepted: {acceptable}")
    assert wrong == []
    assert (seen["valid"], seen["invalid"], seen["acceptable"]) == published


@pytest.mark.parametrize(
    ("name", "algorithm", "size"),
    [("ecdsa_secp256r1_sha256_test.json", "ES256", 32), ("ecdsa_secp384r1_sha384_test.json", "ES384", 48)],
)
def test_der_signatures_are_refused_as_they_are_and_judged_alike_when_converted(
    shared: Path, name: str, algorithm: str, size: int
) -> None:
    document = json.loads((shared / FOLDER / name).read_text())
    converted = 0
    for group in document["testGroups"]:
        key = group_key(group)
        for case in group["tests"]:
            der, data = bytes.fromhex(case["sig"]), bytes.fromhex(case["msg"])
            assert not accepts(key, der, data, algorithm), case["tcId"]
            try:
                numbers = decode_dss_signature(der)
                plain = b"".join(number.to_bytes(size, "big") for number in numbers)
            except (ValueError, OverflowError):
                assert case["result"] != "valid", case["tcId"]
                continue
            converted += 1
            assert accepts(key, plain, data, algorithm) == (case["result"] == "valid"), (case["tcId"], case["comment"])
    assert converted > 200


def test_keys_of_other_kinds_are_named_not_used(shared: Path) -> None:
    for name in ("ed448_test.json", "ecdsa_secp521r1_sha512_p1363_test.json"):
        document = json.loads((shared / FOLDER / name).read_text())
        for group in document["testGroups"]:
            with pytest.raises(OpenBadgesError) as caught:
                group_key(group)
            assert caught.value.code == "key.kind"


def public_form(key: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in key.items() if name not in ("d", "p", "q", "dp", "dq", "qi")}


def token_accepted(keys: Mapping[str, Any], token: str) -> bool:
    """Take the key from the set by kid when there is a set, else use the key; types of token are not asked."""
    try:
        parsed = jws.parse(token, types=None)
        if "keys" in keys:
            listed = KeySet.from_json({"keys": [public_form(key) for key in keys["keys"]]})
            key = listed.key_for(parsed.key_id or "")
        else:
            key = PublicKey.from_jwk(public_form(keys))
        jws.verify(parsed, key)
    except OpenBadgesError:
        return False
    return True


@pytest.mark.parametrize(
    ("name", "accepted", "refused"),
    [("json_web_signature_test.json", 14, 355), ("json_web_key_test.json", 1, 21)],
)
def test_tokens_and_json_web_keys(shared: Path, name: str, accepted: int, refused: int) -> None:
    document = json.loads((shared / FOLDER / name).read_text())
    good = bad = 0
    for group, case in cases(document):
        token = case["jws"] if isinstance(case["jws"], str) else json.dumps(case["jws"])
        keys = group.get("public") or group["private"]
        found = token_accepted(keys, token)
        if case["result"] == "invalid":
            assert not found, (case["tcId"], case["comment"])
            bad += 1
        else:
            stricter = '"oct"' in json.dumps(keys) or case["tcId"] in STRICTER_TOKENS
            assert found != stricter, (case["tcId"], case["comment"])
            good += found
    assert (good, bad) == (accepted, refused)


EXTRACT = json.loads((HERE / "wycheproof.json").read_text())


@pytest.mark.parametrize("part", EXTRACT["signatures"], ids=lambda part: part["algorithm"])
def test_extract_of_signatures(part: Mapping[str, Any]) -> None:
    results: Counter[str] = Counter()
    for group, case in cases(part):
        accepted = accepts(group_key(group), bytes.fromhex(case["sig"]), bytes.fromhex(case["msg"]), part["algorithm"])
        assert accepted == (case["result"] == "valid"), (case["tcId"], case["comment"])
        results[case["result"]] += 1
    assert min(results["valid"], results["invalid"]) >= 3


def test_extract_of_tokens() -> None:
    accepted = refused = 0
    for group in EXTRACT["tokens"]:
        for case in group["tests"]:
            token = case["jws"] if isinstance(case["jws"], str) else json.dumps(case["jws"])
            found = token_accepted(group["keys"], token)
            assert found <= (case["result"] == "valid"), (case["tcId"], case["comment"])
            accepted, refused = accepted + found, refused + (not found)
    assert accepted >= 2
    assert refused >= 40
