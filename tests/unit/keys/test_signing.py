"""Signing keys: forms, names, and secrets that stay inside (S-KEY-1)."""

from __future__ import annotations

import copy
import json
import pickle
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.ed448 import Ed448PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from openbadges.encoding.base import encode_base64url
from openbadges.encoding.multikey import encode_multikey
from openbadges.errors import ConfigurationError, KeyMaterialError, OpenBadgesError, UnsupportedError
from openbadges.keys import PublicKey, Signer, SigningKey, ecdsa
from openbadges.keys.public import MAX_PEM_BYTES

RSA_JWK = json.loads((Path(__file__).parents[2] / "vectors" / "jose.json").read_text())["signed"][0]["key"]
SEED = bytes(range(32))
KEYS = {
    "Ed25519": SigningKey.from_multikey(encode_multikey("Ed25519", SEED, secret=True)),
    "P-256": SigningKey.from_multikey(encode_multikey("P-256", SEED, secret=True)),
    "P-384": SigningKey.from_multikey(encode_multikey("P-384", SEED + SEED[:16], secret=True)),
    "RSA": SigningKey.from_jwk(RSA_JWK),
}


def refusal(call: Callable[[], object]) -> OpenBadgesError:
    with pytest.raises(OpenBadgesError) as caught:
        call()
    assert str(caught.value) != caught.value.code, "the code has a sentence"
    return caught.value


@pytest.mark.parametrize("kind", KEYS)
def test_every_secret_form_reads_back(kind: str) -> None:
    key = KEYS[kind]
    assert key.kind == kind
    assert SigningKey.from_pem(key.to_pem()) == key
    assert SigningKey.from_pem(key.to_pem("Zürich"), "Zürich") == key
    assert SigningKey.from_pem(key.to_pem(b"\x00\xff"), b"\x00\xff") == key
    assert SigningKey.from_jwk(key.private_jwk()) == key
    if kind != "RSA":
        assert SigningKey.from_multikey(key.private_multikey()) == key


@pytest.mark.parametrize("kind", KEYS)
def test_a_key_is_a_signer_and_its_own_did_key(kind: str) -> None:
    key = KEYS[kind]
    assert isinstance(key, Signer)
    multikey = key.public_key.to_multikey()
    assert key.did == f"did:key:{multikey}"
    assert key.verification_method == f"did:key:{multikey}#{multikey}"
    key.public_key.verify(key.sign(b"x"), b"x", key.algorithm)


@pytest.mark.parametrize("kind", KEYS)
def test_signatures_are_deterministic(kind: str) -> None:
    """RFC 6979 for ECDSA: no random source can leak the key."""
    assert KEYS[kind].sign(b"x") == KEYS[kind].sign(b"x")
    assert KEYS[kind].sign(b"x") != KEYS[kind].sign(b"y")


def test_without_deterministic_nonces_random_ones_do(monkeypatch: pytest.MonkeyPatch) -> None:
    def old_openssl(digest: Any, deterministic_signing: bool = False) -> ec.ECDSA:
        if deterministic_signing:
            raise UnsupportedAlgorithm("old")
        return ec.ECDSA(digest)

    # Not in cryptography itself, which looks its own class up once in a process, and would keep this one.
    monkeypatch.setattr(ecdsa, "ec", SimpleNamespace(**vars(ec) | {"ECDSA": old_openssl}))
    key = KEYS["P-256"]
    key.public_key.verify(key.sign(b"x"), b"x", "ES256")
    assert key.sign(b"x") != key.sign(b"x")


@pytest.mark.parametrize("kind", ["Ed25519", "P-256", "P-384"])
def test_generated_keys_work_and_differ(kind: Any) -> None:
    first, second = SigningKey.generate(kind), SigningKey.generate(kind)
    assert first.kind == kind
    assert first.did != second.did
    first.public_key.verify(first.sign(b"x"), b"x", first.algorithm)


def test_generated_rsa_keys_have_the_size_that_was_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    sizes: list[int] = []

    def instead(*, public_exponent: int, key_size: int) -> object:
        assert public_exponent == 65537
        sizes.append(key_size)
        return KEYS["RSA"]._private

    monkeypatch.setattr(rsa, "generate_private_key", instead)
    SigningKey.generate("RSA")
    SigningKey.generate("RSA", bits=2048)
    assert sizes == [3072, 2048]
    for bits in (1024, 2047, 2049, 8200):
        error = refusal(lambda bits=bits: SigningKey.generate("RSA", bits=bits))
        assert (type(error), error.code) == (ConfigurationError, "key.rsa_size")


def test_another_kind_is_not_generated() -> None:
    kind: Any = "secp256k1"
    assert isinstance(refusal(lambda: SigningKey.generate(kind)), UnsupportedError)


def test_controlled_by_names_the_key_without_changing_the_original() -> None:
    key = KEYS["Ed25519"]
    default = key.verification_method
    multikey = key.public_key.to_multikey()
    named = key.controlled_by("did:web:a.example")
    assert named.verification_method == f"did:web:a.example#{multikey}"
    assert key.controlled_by("https://a.example/i", "key-1").verification_method == "https://a.example/i#key-1"
    assert key.verification_method == default
    assert named != key
    assert named.public_key == key.public_key
    assert named.sign(b"x") == key.sign(b"x")


@pytest.mark.parametrize(
    ("controller", "fragment"),
    [("", None), ("did:web:a#b", None), ("did:web:a b", None), *(("did:web:a", name) for name in ("", "#k", 1))],
)
def test_a_key_name_is_a_controller_and_a_fragment(controller: str, fragment: Any) -> None:
    error = refusal(lambda: KEYS["Ed25519"].controlled_by(controller, fragment))
    assert (type(error), error.code) == (ConfigurationError, "signing_key.controller")


@pytest.mark.parametrize("kind", KEYS)
def test_secrets_are_not_shown(kind: str) -> None:
    """S-KEY-1."""
    key = KEYS[kind]
    shown = f"{key!r} {key} {key:} {[key]} {vars(type(key)).get('__dict__')}"
    for secret in key.private_jwk().keys() & {"d", "p", "q"}:
        assert key.private_jwk()[secret] not in shown
    assert SEED.hex() not in shown
    assert not hasattr(key, "__dict__")


def test_a_key_is_immutable_hashable_and_not_pickled() -> None:
    key = KEYS["P-256"]
    other: Any = key
    for call in (
        lambda: setattr(other, "_verification_method", "did:web:evil#k"),
        lambda: setattr(other, "new", 1),
        lambda: delattr(other, "_private"),
    ):
        assert refusal(call).code == "signing_key.immutable"
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        error = refusal(lambda protocol=protocol: pickle.dumps(key, protocol))
        assert (type(error), error.code) == (ConfigurationError, "signing_key.not_picklable")
    assert copy.copy(key) is key
    assert copy.deepcopy([key]) == [key]
    assert len({key, SigningKey.from_pem(key.to_pem())}) == 1
    assert key != "key"


def test_passphrases() -> None:
    key = KEYS["P-256"]
    sealed = key.to_pem("right")
    assert b"ENCRYPTED PRIVATE KEY" in sealed
    cases: list[tuple[Callable[[], object], str]] = [
        (lambda: SigningKey.from_pem(sealed), "signing_key.passphrase_needed"),
        (lambda: SigningKey.from_pem(sealed, "wrong"), "signing_key.passphrase_wrong"),
        (lambda: SigningKey.from_pem(sealed, ""), "signing_key.passphrase_empty"),
        (lambda: SigningKey.from_pem(key.to_pem(), "right"), "signing_key.not_encrypted"),
        (lambda: key.to_pem(""), "signing_key.passphrase_empty"),
        (lambda: key.to_pem("\ud800"), "signing_key.passphrase_text"),
        (lambda: key.to_pem("x" * 2000), "signing_key.passphrase_text"),
    ]
    for call, code in cases:
        error = refusal(call)
        assert (type(error), error.code) == (KeyMaterialError, code)


def test_older_pem_forms_are_read() -> None:
    for kind in ("P-256", "RSA"):
        pem = KEYS[kind]._private.private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption())
        assert SigningKey.from_pem(pem) == KEYS[kind]


@pytest.mark.parametrize(
    ("pem", "code"),
    [
        (b"", "signing_key.pem"),
        (b"{}", "signing_key.pem"),
        (b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", "signing_key.pem"),
        (b"-----BEGIN PRIVATE KEY-----", "signing_key.pem"),
        (b"-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----\n", "signing_key.pem"),
        (b"x" * (MAX_PEM_BYTES + 1), "key.pem_too_long"),
    ],
)
def test_unreadable_pem(pem: bytes, code: str) -> None:
    error = refusal(lambda: SigningKey.from_pem(pem))
    assert (type(error), error.code) == (KeyMaterialError, code)


def test_public_forms_do_not_sign() -> None:
    key = KEYS["Ed25519"].public_key
    assert refusal(lambda: SigningKey.from_pem(key.to_pem())).code == "signing_key.pem"
    assert refusal(lambda: SigningKey.from_multikey(key.to_multikey())).code == "signing_key.public_only"
    error = refusal(lambda: SigningKey.from_jwk(key.to_jwk()))
    assert (type(error), error.code) == (KeyMaterialError, "signing_key.unusable")
    assert "“d”" in str(error)


@pytest.mark.parametrize(
    "handle",
    [
        ec.derive_private_key(5, ec.SECP521R1()),
        ec.derive_private_key(5, ec.SECP256K1()),
        Ed448PrivateKey.generate(),
        KEYS["P-256"].public_key.cryptography_key,
        None,
    ],
    ids=["P-521", "secp256k1", "Ed448", "public", "None"],
)
def test_other_private_keys_cannot_be_used(handle: object) -> None:
    error = refusal(lambda: SigningKey(handle))
    assert (type(error), error.code) == (KeyMaterialError, "signing_key.unusable")


@pytest.mark.parametrize(
    ("kind", "change", "code"),
    [
        ("Ed25519", {"x": KEYS["P-256"].public_key.to_jwk()["x"]}, "signing_key.mismatch"),
        ("P-256", {"d": encode_base64url(b"\x07" * 32)}, "signing_key.mismatch"),
        ("P-256", {"d": encode_base64url(b"\0" * 32)}, "signing_key.unusable"),
        ("P-256", {"d": encode_base64url(b"\xff" * 32)}, "signing_key.unusable"),
        ("P-256", {"d": "AAAA"}, "signing_key.unusable"),
        ("P-256", {"use": "enc"}, "signing_key.unusable"),
        ("P-256", {"key_ops": ["verify"]}, "signing_key.unusable"),
        ("P-256", {"alg": "RS256"}, "signing_key.unusable"),
        ("P-256", {"kty": "oct"}, "signing_key.unusable"),
        ("RSA", {"p": "Aw"}, "signing_key.unusable"),
        ("RSA", {"qi": None}, "signing_key.unusable"),
        ("RSA", {"n": encode_base64url(b"\xff" * 256)}, "signing_key.unusable"),
    ],
)
def test_a_private_jwk_is_of_one_piece(kind: str, change: dict[str, Any], code: str) -> None:
    error = refusal(lambda: SigningKey.from_jwk({**KEYS[kind].private_jwk(), **change}))
    assert (type(error), error.code) == (KeyMaterialError, code)
    for secret in ("d", "p", "q"):
        assert str(KEYS[kind].private_jwk().get(secret)) not in str(error)


def test_a_private_jwk_is_an_object() -> None:
    jwk: Any = ["kty"]
    assert refusal(lambda: SigningKey.from_jwk(jwk)).code == "jwk.not_object"


def test_a_secret_multikey_is_in_range_and_well_formed() -> None:
    for text in (
        encode_multikey("P-256", b"\0" * 32, secret=True),
        encode_multikey("P-384", b"\xff" * 48, secret=True),
        "zzz",
    ):
        error = refusal(lambda text=text: SigningKey.from_multikey(text))
        assert (type(error), error.code) == (KeyMaterialError, "signing_key.unusable")


def test_rsa_has_no_secret_multikey() -> None:
    assert refusal(KEYS["RSA"].private_multikey).code == "signing_key.no_rsa_multikey"


def test_raw_secrets_of_the_wrong_length_are_refused() -> None:
    """``open_private`` is reached with exact lengths through Multikey; it does not rely on it."""
    from openbadges.keys.kinds import KINDS

    for kind in ("Ed25519", "P-256"):
        assert refusal(lambda kind=kind: KINDS[kind].open_private(b"\1" * 31)).code == "key.length"
    assert refusal(lambda: KINDS["RSA"].open_private(b"")).code == "signing_key.no_rsa_multikey"


def test_a_key_service_is_a_signer() -> None:
    class Service:
        algorithm = "ES256"
        public_key: PublicKey = KEYS["P-256"].public_key
        verification_method = "did:web:a.example#hsm"

        def sign(self, data: bytes) -> bytes:
            return KEYS["P-256"].sign(data)

    assert isinstance(Service(), Signer)
    assert not isinstance(object(), Signer)
