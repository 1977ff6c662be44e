"""Public keys: every form reads back, every unsafe or ambiguous one is refused (V-JWT-1, V-JWT-5, V-KEY-2)."""

from __future__ import annotations

import json
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from openbadges.encoding.base import encode_base64url
from openbadges.encoding.multikey import encode_multikey
from openbadges.errors import LimitError, MalformedError, OpenBadgesError, RefusedError, UnsupportedError
from openbadges.keys import PublicKey, SigningKey
from openbadges.keys.public import MAX_PEM_BYTES

VECTORS = Path(__file__).parents[2] / "vectors"
RSA_JWK = json.loads((VECTORS / "jose.json").read_text())["signed"][0]["key"]
KEYS = {
    "Ed25519": SigningKey.from_multikey(encode_multikey("Ed25519", b"\x01" * 32, secret=True)),
    "P-256": SigningKey.from_multikey(encode_multikey("P-256", b"\x02" * 32, secret=True)),
    "P-384": SigningKey.from_multikey(encode_multikey("P-384", b"\x03" * 48, secret=True)),
    "RSA": SigningKey.from_jwk(RSA_JWK),
}
ALGORITHMS = {"Ed25519": ("EdDSA",), "P-256": ("ES256",), "P-384": ("ES384",), "RSA": ("RS256", "PS256")}

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
ORDER_256 = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


def refusal(call: Callable[[], object]) -> OpenBadgesError:
    with pytest.raises(OpenBadgesError) as caught:
        call()
    assert str(caught.value) != caught.value.code, "the code has a sentence"
    return caught.value


def rsa_jwk(n: int, e: int = 65537) -> dict[str, str]:
    return {"kty": "RSA", "n": number(n), "e": number(e)}


def number(value: int) -> str:
    return encode_base64url(value.to_bytes((value.bit_length() + 7) // 8, "big"))


@pytest.mark.parametrize("kind", KEYS)
def test_every_form_reads_back_as_the_same_key(kind: str) -> None:
    key = KEYS[kind].public_key
    assert key.kind == kind
    assert PublicKey.from_multikey(key.to_multikey()) == key
    assert PublicKey.from_jwk(key.to_jwk()) == key
    assert PublicKey.from_pem(key.to_pem()) == key
    assert PublicKey.from_cryptography(key.cryptography_key) == key
    assert pickle.loads(pickle.dumps(key)) == key
    assert hash(PublicKey.from_jwk(key.to_jwk())) == hash(key)
    assert key.to_multikey() in repr(key)
    assert key.algorithms == ALGORITHMS[kind]


def test_different_keys_differ() -> None:
    assert len({key.public_key for key in KEYS.values()}) == 4
    assert len({key.public_key.thumbprint() for key in KEYS.values()}) == 4


@pytest.mark.parametrize("kind", KEYS)
def test_signature_fits_only_its_data_and_key(kind: str) -> None:
    signer = KEYS[kind]
    signature = signer.sign(b"badge")
    signer.public_key.verify(signature, b"badge", signer.algorithm)
    assert refusal(lambda: signer.public_key.verify(signature, b"Badge", signer.algorithm)).code == "signature.wrong"
    changed = signature[:5] + bytes([signature[5] ^ 1]) + signature[6:]
    error = refusal(lambda: signer.public_key.verify(changed, b"badge", signer.algorithm))
    assert (type(error), error.code) == (RefusedError, "signature.wrong")


def test_pss_signatures_verify_with_the_salt_of_rfc_7518_only() -> None:
    private = KEYS["RSA"]._private
    for salt, good in ((32, True), (20, False), (0, False)):
        scheme = padding.PSS(mgf=padding.MGF1(hashes.SHA256()), salt_length=salt)
        signature = private.sign(b"badge", scheme, hashes.SHA256())
        if good:
            KEYS["RSA"].public_key.verify(signature, b"badge", "PS256")
        else:
            error = refusal(lambda signature=signature: KEYS["RSA"].public_key.verify(signature, b"badge", "PS256"))
            assert error.code == "signature.wrong"


@pytest.mark.parametrize("kind", KEYS)
@pytest.mark.parametrize(
    "algorithm", ["EdDSA", "ES256", "ES384", "ES512", "RS256", "RS1", "PS256", "HS256", "none", "", "es256"]
)
def test_every_pair_of_algorithm_and_key_outside_the_table_is_refused(kind: str, algorithm: str) -> None:
    """V-JWT-1."""
    if algorithm not in ALGORITHMS[kind]:
        signature = KEYS[kind].sign(b"badge")
        error = refusal(lambda: KEYS[kind].public_key.verify(signature, b"badge", algorithm))
        assert (type(error), error.code) == (RefusedError, "algorithm.wrong_key")


@pytest.mark.parametrize("kind", KEYS)
def test_v_jwt_5_signature_length_is_exact(kind: str) -> None:
    """V-JWT-5."""
    signer = KEYS[kind]
    signature = signer.sign(b"badge")
    for wrong in (b"", signature[:-1], signature + b"\0", b"\0" + signature, signature * 2):
        error = refusal(lambda wrong=wrong: signer.public_key.verify(wrong, b"badge", signer.algorithm))
        assert (type(error), error.code) == (RefusedError, "signature.length")


# --- Ed25519


def on_curve(y: int) -> tuple[int, int]:
    """A point with this y (RFC 8032 section 5.1.3), computed independently of the code under test."""
    d = -121665 * pow(121666, P - 2, P) % P
    square = (y * y - 1) * pow(d * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    assert (x * x - square) % P == 0
    return x, y


def doubled(point: tuple[int, int]) -> tuple[int, int]:
    d = -121665 * pow(121666, P - 2, P) % P
    x, y = point
    t = d * x * x * y * y % P
    return 2 * x * y * pow(1 + t, P - 2, P) % P, (y * y + x * x) * pow(1 - t, P - 2, P) % P


SMALL_ORDER = [
    bytes.fromhex("00" * 32),
    bytes.fromhex("01" + "00" * 31),
    bytes.fromhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"),
    bytes.fromhex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"),
    bytes.fromhex("ec" + "ff" * 30 + "7f"),
]


@pytest.mark.parametrize("encoded", SMALL_ORDER, ids=bytes.hex)
@pytest.mark.parametrize("sign", [0, 0x80])
def test_small_order_ed25519_keys_are_refused(encoded: bytes, sign: int) -> None:
    """V-JWT-5: OpenSSL takes them, and one signature then fits every message."""
    point = on_curve(int.from_bytes(encoded, "little"))
    assert doubled(doubled(doubled(point))) == (0, 1)
    raw = encoded[:31] + bytes([encoded[31] | sign])
    error = refusal(lambda: PublicKey("Ed25519", raw))
    assert (type(error), error.code) == (RefusedError, "key.small_order")
    for text in (encode_multikey("Ed25519", raw),):
        assert refusal(lambda text=text: PublicKey.from_multikey(text)).code == "key.small_order"
    signature = raw + b"\0" * 32
    assert refusal(lambda: KEYS["Ed25519"].public_key.verify(signature, b"", "EdDSA")).code == "signature.form"


@pytest.mark.parametrize("extra", range(19))
@pytest.mark.parametrize("sign", [0, 2**255])
def test_non_canonical_ed25519_points_are_refused(extra: int, sign: int) -> None:
    """V-JWT-5: y from p on."""
    raw = (P + extra + sign).to_bytes(32, "little")
    assert refusal(lambda: PublicKey("Ed25519", raw)).code == "key.not_canonical"
    assert refusal(lambda: KEYS["Ed25519"].public_key.verify(raw + b"\0" * 32, b"", "EdDSA")).code == "signature.form"


def test_ed25519_points_off_the_curve_are_refused() -> None:
    error = refusal(lambda: PublicKey("Ed25519", b"\x02" + b"\0" * 31))
    assert (type(error), error.code) == (RefusedError, "key.not_on_curve")


def test_ed25519_s_stays_below_the_order() -> None:
    """V-JWT-5: S + L would be a second signature for the same message."""
    signature = KEYS["Ed25519"].sign(b"badge")
    s = int.from_bytes(signature[32:], "little")
    malleable = signature[:32] + (s + L).to_bytes(32, "little")
    assert refusal(lambda: KEYS["Ed25519"].public_key.verify(malleable, b"badge", "EdDSA")).code == "signature.form"
    exactly = signature[:32] + L.to_bytes(32, "little")
    assert refusal(lambda: KEYS["Ed25519"].public_key.verify(exactly, b"badge", "EdDSA")).code == "signature.form"
    largest = signature[:32] + (L - 1).to_bytes(32, "little")
    assert refusal(lambda: KEYS["Ed25519"].public_key.verify(largest, b"badge", "EdDSA")).code == "signature.wrong"


# --- ECDSA


@pytest.mark.parametrize(
    ("r", "s", "code"),
    [
        (0, 1, "signature.form"),
        (1, 0, "signature.form"),
        (0, 0, "signature.form"),
        (ORDER_256, 1, "signature.form"),
        (1, ORDER_256, "signature.form"),
        (2**256 - 1, 1, "signature.form"),
        (1, 1, "signature.wrong"),
        (ORDER_256 - 1, ORDER_256 - 1, "signature.wrong"),
    ],
)
def test_ecdsa_numbers_are_from_1_to_n_minus_1(r: int, s: int, code: str) -> None:
    """V-JWT-5 (CVE-2022-21449)."""
    signature = r.to_bytes(32, "big") + s.to_bytes(32, "big")
    assert refusal(lambda: KEYS["P-256"].public_key.verify(signature, b"badge", "ES256")).code == code


@pytest.mark.parametrize(("kind", "size"), [("P-256", 32), ("P-384", 48)])
def test_ec_points_are_compressed_and_on_their_curve(kind: Any, size: int) -> None:
    """V-JWT-5."""
    raw = KEYS[kind].public_key.raw
    for first in (0, 1, 4, 5, 6, 255):
        error = refusal(lambda first=first: PublicKey(kind, bytes([first]) + raw[1:]))
        assert (type(error), error.code) == (MalformedError, "key.not_compressed")
    assert refusal(lambda: PublicKey(kind, b"\x02" + b"\xff" * size)).code == "key.not_on_curve"
    assert refusal(lambda: PublicKey(kind, b"\x02" + b"\0" * (size - 1) + b"\x01")).code == "key.not_on_curve"
    assert refusal(lambda: PublicKey(kind, raw[:-1])).code == "key.length"
    jwk = KEYS[kind].public_key.to_jwk()
    assert refusal(lambda: PublicKey.from_jwk({**jwk, "y": jwk["x"]})).code == "key.not_on_curve"


def test_ed25519_length() -> None:
    assert refusal(lambda: PublicKey("Ed25519", b"\x05" * 31)).code == "key.length"


# --- RSA


@pytest.mark.parametrize(
    ("n", "e", "code"),
    [
        (2**2047 - 1, 65537, "key.rsa_size"),
        (2**8192 - 1, 1, "key.rsa_exponent"),
        (2**2048 - 1, 2, "key.rsa_exponent"),
        (2**2048 - 1, 65536, "key.rsa_exponent"),
        (2**2048 - 1, 2**32 - 1, None),
        (2**2048 - 1, 3, None),
        (2**2048 - 2, 65537, "key.rsa_modulus"),
        (2**8192 - 1, 65537, None),
    ],
)
def test_rsa_size_and_exponent(n: int, e: int, code: str | None) -> None:
    """V-JWT-5: just under and just over."""
    if code is None:
        assert PublicKey.from_jwk(rsa_jwk(n, e)).to_jwk() == rsa_jwk(n, e)
    else:
        error = refusal(lambda: PublicKey.from_jwk(rsa_jwk(n, e)))
        assert (type(error), error.code) == (RefusedError, code)


def test_rsa_numbers_over_the_limit_are_not_even_decoded() -> None:
    error = refusal(lambda: PublicKey.from_jwk(rsa_jwk(2**8200, 65537)))
    assert (type(error), error.code, error.pointer) == (LimitError, "jwk.member_too_long", "/n")
    assert refusal(lambda: PublicKey.from_jwk(rsa_jwk(2**2048 - 1, 2**32 + 1))).pointer == "/e"


def test_rsa_multikey_has_the_same_rules() -> None:
    small = rsa.RSAPublicNumbers(65537, 2**2047 - 1).public_key().public_bytes(Encoding.DER, PublicFormat.PKCS1)
    assert refusal(lambda: PublicKey("RSA", small)).code == "key.rsa_size"
    good = KEYS["RSA"].public_key.raw
    spki = KEYS["RSA"].public_key.cryptography_key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    foreign = KEYS["P-256"].public_key.cryptography_key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    for wrong in (b"", good[:-1], good + b"\0", spki, foreign, b"\x30" * 300):
        error = refusal(lambda wrong=wrong: PublicKey("RSA", wrong))
        assert (type(error), error.code) == (MalformedError, "key.rsa_bytes")


def test_rsa_keys_of_weak_smart_cards_are_refused() -> None:
    """CVE-2017-15361; the key is Wycheproof's."""
    extract = json.loads((VECTORS / "wycheproof.json").read_text())["tokens"]
    group = next(group for group in extract if group["tests"][0]["comment"] == "rejectsKeyWithRocaVulnerability")
    error = refusal(lambda: PublicKey.from_jwk(rsa_jwk(_modulus(group["keys"]["keys"][0]["n"]))))
    assert (type(error), error.code) == (RefusedError, "key.rsa_modulus")


def _modulus(text: str) -> int:
    import base64

    return int.from_bytes(base64.urlsafe_b64decode(text + "=="), "big")


def test_rsa_signatures_stay_below_the_modulus() -> None:
    signature = (2**2048 - 1).to_bytes(256, "big")
    assert refusal(lambda: KEYS["RSA"].public_key.verify(signature, b"badge", "RS256")).code == "signature.form"


# --- JWK


@pytest.mark.parametrize("member", ["d", "p", "q", "dp", "dq", "qi", "oth", "k"])
@pytest.mark.parametrize("kind", KEYS)
def test_private_members_are_refused_and_not_repeated(kind: str, member: str) -> None:
    """V-KEY-2."""
    error = refusal(lambda: PublicKey.from_jwk({**KEYS[kind].public_key.to_jwk(), member: "c2VjcmV0"}))
    assert (type(error), error.code, error.pointer) == (RefusedError, "jwk.private", f"/{member}")
    assert "c2VjcmV0" not in str(error)


ED = KEYS["Ed25519"].public_key.to_jwk()
EC = KEYS["P-256"].public_key.to_jwk()


@pytest.mark.parametrize(
    ("jwk", "kind", "code"),
    [
        ({"kty": "oct", "k": "AAAA"}, RefusedError, "jwk.symmetric"),
        ({**ED, "use": "enc"}, RefusedError, "jwk.use"),
        ({**ED, "use": 1}, MalformedError, "jwk.member_text"),
        ({**ED, "kid": 1}, MalformedError, "jwk.member_text"),
        ({**ED, "key_ops": ["sign"]}, RefusedError, "jwk.operation"),
        ({**ED, "key_ops": []}, RefusedError, "jwk.operation"),
        ({**ED, "key_ops": "verify"}, MalformedError, "jwk.key_ops"),
        ({**ED, "key_ops": ["verify", 1]}, MalformedError, "jwk.key_ops"),
        ({**ED, "alg": "ES256"}, RefusedError, "jwk.algorithm"),
        ({**EC, "alg": "ES384"}, RefusedError, "jwk.algorithm"),
        ({**EC, "alg": "Ed25519"}, RefusedError, "jwk.algorithm"),
        ({**EC, "alg": "HS256"}, RefusedError, "jwk.algorithm"),
        ({**ED, "crv": "X25519"}, UnsupportedError, "jwk.unsupported"),
        ({**ED, "crv": "Ed448"}, UnsupportedError, "jwk.unsupported"),
        ({**EC, "crv": "secp256k1"}, UnsupportedError, "jwk.unsupported"),
        ({**EC, "crv": "P-521"}, UnsupportedError, "jwk.unsupported"),
        ({**EC, "kty": "OKP"}, UnsupportedError, "jwk.unsupported"),
        ({**EC, "kty": "ec"}, UnsupportedError, "jwk.unsupported"),
        ({"kty": "EC"}, UnsupportedError, "jwk.unsupported"),
        ({**EC, "crv": None}, UnsupportedError, "jwk.unsupported"),
        ({**EC, "crv": ["P-256"]}, MalformedError, "jwk.member_text"),
        ({**EC, "crv": "P-384"}, MalformedError, "jwk.member_length"),
        ({**EC, "kty": "RSA"}, MalformedError, "jwk.member_missing"),
        ({}, MalformedError, "jwk.member_missing"),
        ({"kty": ["OKP"]}, MalformedError, "jwk.member_text"),
        ({"kty": "OKP", "crv": "Ed25519"}, MalformedError, "jwk.member_missing"),
        ({**ED, "x": 5}, MalformedError, "jwk.member_text"),
        ({**ED, "x": ED["x"] + "="}, LimitError, "jwk.member_too_long"),
        ({**ED, "x": ED["x"][:-1] + "="}, MalformedError, "base64url.padding"),
        ({**ED, "x": ED["x"][:-1]}, MalformedError, "base64url.trailing_bits"),
        ({**ED, "x": ED["x"][:-3]}, MalformedError, "jwk.member_length"),
        ({**ED, "x": ED["x"] + "AA"}, LimitError, "jwk.member_too_long"),
        ({**ED, "x": "A" * 10**6}, LimitError, "jwk.member_too_long"),
        ({**EC, "x": encode_base64url(b"\x01" * 31)}, MalformedError, "jwk.member_length"),
        ({"kty": "RSA", "n": "AA" + number(2**2048 - 1), "e": "AQAB"}, MalformedError, "jwk.member_number"),
        ({"kty": "RSA", "n": "", "e": "AQAB"}, MalformedError, "jwk.member_number"),
        ([], MalformedError, "jwk.not_object"),
        (None, MalformedError, "jwk.not_object"),
        ("{}", MalformedError, "jwk.not_object"),
    ],
)
def test_jwk_is_strict(jwk: Any, kind: type[OpenBadgesError], code: str) -> None:
    error = refusal(lambda: PublicKey.from_jwk(jwk))
    assert (type(error), error.code) == (kind, code)


def test_jwk_members_that_fit_are_taken() -> None:
    key = PublicKey.from_jwk({**ED, "use": "sig", "key_ops": ("verify",), "alg": "EdDSA", "kid": "k", "x5t": "x"})
    assert key == KEYS["Ed25519"].public_key
    assert key.to_jwk() == ED


def test_a_jwk_with_alg_binds_the_key_to_it() -> None:
    bound = PublicKey.from_jwk({**KEYS["RSA"].public_key.to_jwk(), "alg": "PS256"})
    assert bound == KEYS["RSA"].public_key
    assert pickle.loads(pickle.dumps(bound)).algorithms == bound.algorithms == ("PS256",)
    signature = KEYS["RSA"].sign(b"badge")
    assert refusal(lambda: bound.verify(signature, b"badge", "RS256")).code == "algorithm.wrong_key"


# --- PEM, Multikey, other kinds


def test_a_secret_multikey_is_not_a_public_key() -> None:
    error = refusal(lambda: PublicKey.from_multikey(KEYS["P-256"].private_multikey()))
    assert (type(error), error.code) == (RefusedError, "key.secret_published")
    assert KEYS["P-256"].private_multikey() not in str(error)


def test_pem_is_public_bounded_and_of_a_known_kind() -> None:
    assert refusal(lambda: PublicKey.from_pem(KEYS["P-256"].to_pem())).code == "key.secret_published"
    for wrong in (b"", b"-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n", b"\xff\x00", b"{}"):
        error = refusal(lambda wrong=wrong: PublicKey.from_pem(wrong))
        assert (type(error), error.code) == (MalformedError, "key.pem")
    padded = KEYS["P-256"].public_key.to_pem().ljust(MAX_PEM_BYTES, b"\n")
    assert PublicKey.from_pem(padded) == KEYS["P-256"].public_key
    assert isinstance(refusal(lambda: PublicKey.from_pem(padded + b"\n")), LimitError)
    curve = ec.derive_private_key(5, ec.SECP521R1()).public_key()
    for foreign, name in ((curve, "secp521r1"), (X25519PrivateKey.generate().public_key(), "X25519PublicKey")):
        pem = foreign.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        error = refusal(lambda pem=pem: PublicKey.from_pem(pem))
        assert (type(error), error.code, error.params["kind"]) == (UnsupportedError, "key.kind", name)


def test_pkcs1_pem_is_read_too() -> None:
    pem = KEYS["RSA"].public_key.cryptography_key.public_bytes(Encoding.PEM, PublicFormat.PKCS1)
    assert PublicKey.from_pem(pem) == KEYS["RSA"].public_key


def test_an_unknown_kind_is_unsupported() -> None:
    kind: Any = "P-521"
    error = refusal(lambda: PublicKey(kind, b""))
    assert (type(error), error.code) == (UnsupportedError, "key.kind")


@pytest.mark.parametrize("kind", KEYS)
def test_a_private_key_object_is_not_taken_for_a_public_one(kind: str) -> None:
    assert refusal(lambda: PublicKey.from_cryptography(KEYS[kind]._private)).code == "key.kind"


def test_ed25519_may_be_named_as_rfc_9864_names_it() -> None:
    key = PublicKey.from_jwk({**ED, "alg": "Ed25519"})
    assert key == PublicKey.from_jwk(ED)
    assert key.algorithms == ("EdDSA",)
