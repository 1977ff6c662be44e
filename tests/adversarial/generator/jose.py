"""V-JWT-1 to V-JWT-6: tokens. A token that was signed with the right key, and is forbidden or wrong all the same."""

from __future__ import annotations

import base64
import hashlib
import hmac
from typing import Any

from generator.badges import NOT_BEFORE, VC1, badge, badge_v1, claims
from generator.book import Book
from generator.material import EVE, ISSUER, P256, P384, RSA, RSA_WEAK, Key, b64, jws, sign_with, text_of, token

__all__ = ["add_cases"]

_P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
_ED_ORDER = 2**252 + 27742317777372353535851937790883648493


def add_cases(book: Book) -> None:
    """Every JOSE case."""
    _algorithms(book)
    _headers(book)
    _encoding(book)
    _signatures(book)
    _claims(book)
    _dates(book)


def _payload(key: Key = ISSUER) -> dict[str, Any]:
    document = badge(key)
    return document | claims(document)


def _with(header: dict[str, Any], key: Key = ISSUER) -> str:
    return token(_payload(key), key, header)


def _raw(header: Any, payload: Any, signature: bytes) -> str:
    head = header if isinstance(header, str) else text_of(header)
    body = payload if isinstance(payload, str) else text_of(payload)
    return f"{b64(head)}.{b64(body)}.{b64(signature)}"


def _algorithms(book: Book) -> None:
    payload = _payload()
    for spelling in ("none", "None", "NONE", "nOnE"):
        header = {"alg": spelling, "typ": "JWT", "kid": ISSUER.method}
        why = "An unsigned token proves nothing, however none is spelled."
        book.add(f"jose-alg-none-{spelling}-empty", "V-JWT-1", 1, _raw(header, payload, b""), why)
        book.add(f"jose-alg-none-{spelling}-signed", "V-JWT-1", 1, _with({"alg": spelling}), why)
    public = ISSUER.public.to_pem()
    for number in (256, 384, 512):
        for label, secret in (("pem", public), ("raw", ISSUER.public.raw), ("empty", b"")):
            header = {"alg": f"HS{number}", "typ": "JWT", "kid": ISSUER.method}
            signing_input = f"{b64(text_of(header))}.{b64(text_of(payload))}"
            digest = hmac.new(secret, signing_input.encode(), getattr(hashlib, f"sha{number}")).digest()
            why = "A public key is no secret: whoever can read it could make this."
            book.add(f"jose-hs{number}-{label}", "V-JWT-1", 1, f"{signing_input}.{b64(digest)}", why)
    others = (
        "RS1",
        "RS384",
        "RS512",
        "PS384",
        "PS512",
        "ES512",
        "ES256K",
        "Ed25519",
        "Ed448",
        "EdDSA ",
        "eddsa",
        "A128KW",
        "dir",
        "RSA-OAEP",
        "",
        "HS",
        "ES256\u0000",
    )
    for number, name in enumerate(others):
        why = "The algorithm is not on the list, whatever key it is named with."
        book.add(f"jose-alg-other-{number:02d}", "V-JWT-1", 1, _with({"alg": name}), why)
    for number, value in enumerate((5, True, ["EdDSA"], {"a": 1})):
        book.add(f"jose-alg-form-{number}", "V-JWT-1", 4, _with({"alg": value}), "alg is text.")
    book.add("jose-alg-missing", "V-JWT-1", 4, _with({"alg": None}), "A token without alg is not a JWS.")
    for key in (ISSUER, P256, P384, RSA):
        for name in ("EdDSA", "ES256", "ES384", "RS256", "PS256"):
            fits = {"Ed25519": ("EdDSA",), "P-256": ("ES256",), "P-384": ("ES384",), "RSA": ("RS256", "PS256")}[
                key.kind
            ]
            if name not in fits:
                why = "The algorithm has to fit the kind of key, not only be on the list."
                book.add(f"jose-alg-key-{key.kind}-{name}".lower(), "V-JWT-1", 1, _with({"alg": name}, key), why)


def _headers(book: Book) -> None:
    for label, header in {
        "exp": {"crit": ["exp"], "exp": 1},
        "b64": {"crit": ["b64"], "b64": True},
        "empty": {"crit": []},
        "unknown": {"crit": ["x"], "x": 1},
        "alg": {"crit": ["alg"]},
        "text": {"crit": "x"},
    }.items():
        book.add(f"jose-crit-{label}", "V-JWT-2", 1, _with(header), "What is marked critical is refused, known or not.")
    for number, kind in enumerate(
        (
            "at+jwt",
            "JWE",
            "dpop+jwt",
            "id_token",
            "vp+jwt",
            "secevent+jwt",
            "application/jwt",
            "jwt",
            "vc+sd-jwt",
            "JOSE+JSON",
            "",
        )
    ):
        book.add(f"jose-typ-{number:02d}", "V-JWT-3", 1, _with({"typ": kind}), "A token of another kind is no badge.")
    book.add("jose-typ-number", "V-JWT-3", 4, _with({"typ": 5}), "typ is text.")
    for name, value in {
        "jku": "https://evil.example/jwks.json",
        "x5u": "https://evil.example/cert.pem",
        "x5c": ["MIIB"],
        "zip": "DEF",
        "enc": "A256GCM",
        "b64": False,
    }.items():
        requirement = "V-KEY-2" if name[0] in "jx" else "V-JWT-1"
        label = f"bind-{name}" if name[0] in "jx" else f"jose-header-{name}"
        book.add(
            label, requirement, 1, _with({name: value}), f"{name} changes what is signed or where the key comes from."
        )
    book.add("jose-kid-number", "V-JWT-1", 4, _with({"kid": 5}), "kid is text.")
    twice = '{"alg":"EdDSA","alg":"none","kid":"' + ISSUER.method + '"}'
    book.add("jose-header-twice", "V-JWT-1 V-PAR-1", 4, jws(twice, _payload(), ISSUER), "A member stands twice.")
    book.add("jose-header-array", "V-JWT-1", 4, jws("[]", _payload(), ISSUER), "The header is an object.")
    book.add("jose-header-text", "V-JWT-1", 4, jws("nonsense", _payload(), ISSUER), "The header is JSON.")
    book.add(
        "jose-header-bom", "V-JWT-1", 4, jws("\ufeff" + '{"alg":"EdDSA"}', _payload(), ISSUER), "No byte order mark."
    )


def _encoding(book: Book) -> None:
    good = _with({})
    head, body, signature = good.split(".")
    padded = ".".join(part + "=" * (-len(part) % 4) for part in (head, body, signature))
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    last = alphabet[alphabet.index(signature[-1]) | 1]
    for label, text in {
        "padded": padded,
        "padded-signature": f"{head}.{body}.{signature}==",
        "plus": f"{head}.{body}.{signature[:-2]}+/",
        "blank": f"{head}.{body} .{signature}",
        "newline": f"{head}.\n{body}.{signature}",
        "nul": f"{head}.{body}\0.{signature}",
        "two-parts": f"{head}.{body}",
        "four-parts": f"{good}.AAAA",
        "six-parts": f"{good}.AAAA.AAAA.AAAA",
        "trailing-bits": f"{head}.{body}.{signature[:-1]}{last}",
        "empty-payload": f"{head}..{signature}",
        "length-1": f"{head}.{body}.{signature}A" if len(signature) % 4 == 0 else f"{head}.{body}.{signature[:85]}",
        "unicode": f"{head}.{body}.{signature[:-1]}é",
        "dots": "..",
        "cyrillic": f"{head}.{body}.{signature[:-1]}\u0430",
        "fullwidth-dot": f"{head}\uff0e{body}\uff0e{signature}",
    }.items():
        book.add(f"jose-b64-{label}", "V-JWT-4", 4, text, "Three parts of strict base64url, and nothing else.")
    standard = base64.b64encode(b'{"alg":"none","x":"???>>>"}').decode()
    book.add("jose-b64-standard", "V-JWT-4", 4, f"{standard}.{body}.{signature}", "Not the URL alphabet.")
    book.add("jose-jwe", "V-JWT-1", 1, f"{head}.AAAA.AAAA.{body}.AAAA", "An encrypted token is not a badge.")
    for label, tail in (("sd", "~WyJhIl0~"), ("sd-empty", "~"), ("sd-kb", f"~{good}")):
        book.add(f"jose-{label}", "V-JWT-1", 1, good + tail, "Selective disclosure is not one of the forms.")
    flat = {"protected": head, "payload": body, "signature": signature}
    book.add("jose-json-flat", "V-JWT-1", 4, flat, "The JSON serialization is not one of the forms.")
    general = {"payload": body, "signatures": [{"protected": head, "signature": signature}]}
    book.add("jose-json-general", "V-JWT-1", 4, general, "The JSON serialization is not one of the forms.")
    for label, text in {
        "text": "hello",
        "array": "[1]",
        "number": "5",
        "null": "null",
        "bom": "\ufeff{}",
        "two": "{}{}",
    }.items():
        badge_of_text = jws({"alg": "EdDSA", "kid": ISSUER.method}, text, ISSUER)
        book.add(f"jose-payload-{label}", "V-JWT-4 V-PAR-1", 4, badge_of_text, "The payload is one JSON object.")
    before = f"{b64(text_of({'alg': 'EdDSA', 'kid': ISSUER.method}))}."
    header_parts = [["eyJhbGciOiJFZERTQSIsIngiOiI", 1], ["AAAA", 4096], ["IifQ", 1], [f".{body}.{signature}", 1]]
    for label, parts in {
        "payload": [[before, 1], ["AAAA", 400_000], [f".{signature}", 1]],
        "signature": [[before + body + ".", 1], ["AAAA", 1000]],
        "header": header_parts,
        "dots": [[".", 1_000_000]],
        "all": [["A", 6_000_000], [".AAAA.AAAA", 1]],
    }.items():
        book.add(
            f"jose-huge-{label}", "V-JWT-4", 4, {"recipe": {"parts": parts}}, "Lengths are checked before decoding."
        )


def _signatures(book: Book) -> None:
    payload = _payload(P256)
    header = {"alg": "ES256", "typ": "JWT", "kid": P256.method}
    signing_input = f"{b64(text_of(header))}.{b64(text_of(payload))}"
    good = sign_with(P256, signing_input.encode())
    r, s = int.from_bytes(good[:32], "big"), int.from_bytes(good[32:], "big")
    n = _P256_ORDER
    for label, (one, two) in {
        "zero": (0, 0),
        "r-zero": (0, s),
        "s-zero": (r, 0),
        "r-order": (n, s),
        "s-order": (r, n),
        "ones": (1, 1),
        "max": (2**256 - 1, 2**256 - 1),
    }.items():
        text = f"{signing_input}.{b64(one.to_bytes(32, 'big') + two.to_bytes(32, 'big'))}"
        book.add(f"jose-ecdsa-{label}", "V-JWT-5", 1, text, "r and s lie between 1 and the order of the curve.")
    der = P256.private.sign(signing_input.encode(), _ecdsa())
    for label, signature in {
        "der": der,
        "short": good[:-1],
        "long": good + b"\0",
        "empty": b"",
        "zeros": bytes(63),
    }.items():
        book.add(f"jose-ecdsa-{label}", "V-JWT-5", 1, f"{signing_input}.{b64(signature)}", "64 bytes, r then s.")
    _ed_signatures(book)
    _rsa_signatures(book)


def _ecdsa() -> Any:
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec

    return ec.ECDSA(hashes.SHA256(), deterministic_signing=True)


def _ed_signatures(book: Book) -> None:
    good = _with({})
    start, _, encoded = good.rpartition(".")
    signature = base64.urlsafe_b64decode(encoded + "==")
    big = int.from_bytes(signature[32:], "little") + _ED_ORDER
    for label, changed in {
        "s-plus-order": signature[:32] + big.to_bytes(32, "little"),
        "short": signature[:63],
        "long": signature + b"\0",
        "zero": bytes(64),
        "flipped": bytes([signature[0] ^ 1]) + signature[1:],
        "empty": b"",
    }.items():
        book.add(
            f"jose-ed-{label}", "V-JWT-5", 1, f"{start}.{b64(changed)}", "Only the one form of a signature counts."
        )
    for number, point in enumerate(_SMALL_ORDER):
        raw = bytes.fromhex(point)
        multikey = _ed_multikey(raw)
        did = f"did:key:{multikey}"
        document = badge(ISSUER, issuer={"id": did, "type": ["Profile"], "name": "Nobody"})
        body = document | claims(document)
        header = {"alg": "EdDSA", "typ": "JWT", "kid": f"{did}#{multikey}"}
        # R = the key itself, S = 0: it fits every message under a key of small order
        book.add(
            f"weak-key-{number}", "V-JWT-5", 1, _raw(header, body, raw + bytes(32)), "A key of small order fits all."
        )


def _ed_multikey(raw: bytes) -> str:
    from openbadges.encoding.base import encode_base58

    return "z" + encode_base58(b"\xed\x01" + raw)


_SMALL_ORDER = (
    "0100000000000000000000000000000000000000000000000000000000000000",
    "0000000000000000000000000000000000000000000000000000000000000000",
    "0000000000000000000000000000000000000000000000000000000000000080",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
)


def _rsa_signatures(book: Book) -> None:
    good = _with({}, RSA)
    start, _, encoded = good.rpartition(".")
    signature = base64.urlsafe_b64decode(encoded + "==")
    for label, changed in {
        "short": signature[:-1],
        "long": b"\0" + signature,
        "zero": bytes(256),
        "empty": b"",
        "flipped": signature[:-1] + bytes([signature[-1] ^ 1]),
    }.items():
        book.add(f"jose-rsa-{label}", "V-JWT-5", 1, f"{start}.{b64(changed)}", "As long as the modulus, and right.")
    public = RSA_WEAK.private.public_key().public_numbers()
    weak = {"kty": "RSA", "n": b64(public.n.to_bytes(128, "big")), "e": "AQAB"}
    strong = RSA.jwk
    for label, jwk, key in (
        ("1024", weak, RSA_WEAK),
        ("e-1", strong | {"e": "AQ"}, RSA),
        ("e-even", strong | {"e": "AQAA"}, RSA),
        ("e-3-zero", strong | {"e": "AA"}, RSA),
        ("n-even", strong | {"n": strong["n"][:-2] + "gA"}, RSA),
        ("16384", strong | {"n": b64(b"\xff" * 2048)}, RSA),
    ):
        did = "did:jwk:" + b64(text_of(jwk))
        document = badge(ISSUER, issuer={"id": did, "type": ["Profile"], "name": "Nobody"})
        text = token(document | claims(document), key, {"kid": f"{did}#0"})
        book.add(f"jose-rsa-key-{label}", "V-JWT-5", 1, text, "2048 to 8192 bits, an odd exponent of 3 or more.")


def _claims(book: Book) -> None:
    base = badge(validUntil="2030-01-01T00:00:00Z")
    good = claims(base) | {"exp": 1893456000}
    wrong: dict[str, dict[str, Any]] = {
        "iss-other": {"iss": EVE.did},
        "iss-number": {"iss": 5},
        "iss-object": {"iss": base["issuer"]},
        "iss-empty": {"iss": ""},
        "iss-array": {"iss": [ISSUER.did]},
        "jti-other": {"jti": "urn:uuid:other"},
        "jti-number": {"jti": 1},
        "sub-other": {"sub": EVE.did},
        "sub-array": {"sub": [base["credentialSubject"]["id"]]},
        "sub-empty": {"sub": ""},
        "nbf-later": {"nbf": NOT_BEFORE + 1},
        "nbf-earlier": {"nbf": NOT_BEFORE - 1},
        "nbf-text": {"nbf": str(NOT_BEFORE)},
        "nbf-bool": {"nbf": True},
        "nbf-zero": {"nbf": 0},
        "nbf-negative": {"nbf": -1},
        "nbf-huge": {"nbf": 10**18},
        "nbf-array": {"nbf": [NOT_BEFORE]},
        "exp-earlier": {"exp": 1893455999},
        "exp-later": {"exp": 1893456001},
        "exp-text": {"exp": "1893456000"},
        "exp-bool": {"exp": True},
        "exp-past": {"exp": 1000},
        "exp-huge": {"exp": 1e300},
        "exp-negative": {"exp": -5},
        "exp-array": {"exp": []},
    }
    for label, changed in wrong.items():
        why = "A claim that is there says the same as the badge, or the token is wrong."
        book.add(f"claims-{label}", "V-JWT-6", 1, token(base | good | changed, ISSUER), why)
    no_end = badge()
    for label, value in {"past": 1770000000, "day-before": 1780228800}.items():
        text = token(no_end | claims(no_end) | {"exp": value}, ISSUER)
        book.add(f"claims-exp-alone-{label}", "V-JWT-6", 1, text, "The end of the token ends the badge too.")
    nameless = badge()
    del nameless["credentialSubject"]["id"]
    text = token(nameless | claims(nameless) | {"sub": EVE.did}, ISSUER)
    book.add("claims-sub-invented", "V-JWT-6", 1, text, "sub names somebody whom the badge does not name.")
    nan = text_of(base | good).replace('"nbf":1768467600', '"nbf":NaN')
    book.add(
        "claims-nbf-nan", "V-JWT-6 V-PAR-1", 4, jws({"alg": "EdDSA", "kid": ISSUER.method}, nan, ISSUER), "Not JSON."
    )
    _wrapped(book, base, good)


def _wrapped(book: Book, base: dict[str, Any], good: dict[str, Any]) -> None:
    version_2 = {"vc": base} | good
    book.add("claims-vc-v2", "V-JWT-6", 1, token(version_2, ISSUER), "A version 2.0 credential does not stand in vc.")
    book.add(
        "claims-vc-beside", "V-JWT-6", 1, token(base | good | {"vc": base}, ISSUER), "Two credentials in one token."
    )
    old = badge_v1()
    old_claims = {"iss": ISSUER.did, "jti": old["id"], "nbf": NOT_BEFORE, "sub": old["credentialSubject"]["id"]}
    book.add("claims-v1-flat", "V-JWT-6", 1, token(old | old_claims, ISSUER), "A version 1.1 credential stands in vc.")
    for label, changed in {
        "iss": {"iss": EVE.did},
        "nbf": {"nbf": NOT_BEFORE + 5},
        "jti": {"jti": "urn:x:y"},
        "sub": {"sub": EVE.did},
    }.items():
        book.add(f"claims-v1-{label}", "V-JWT-6", 1, token({"vc": old} | old_claims | changed, ISSUER), "It disagrees.")
    expired = token({"vc": old} | old_claims | {"exp": 1770000000}, ISSUER)
    book.add("claims-v1-exp-only", "V-JWT-6", 1, expired, "The end stands only in the claim, and is over.")
    for label, value in {"text": "x", "array": [old], "null": None, "number": 5}.items():
        body = {"vc": value} | old_claims
        text = jws({"alg": "EdDSA", "kid": ISSUER.method}, body, ISSUER)
        book.add(f"claims-vc-{label}", "V-JWT-6", (1, 4), text, "vc holds one object.")
    both = dict(old, **{"@context": [VC1]}) | {"type": ["VerifiableCredential"]}
    book.add(
        "claims-vc-plain", "V-JWT-6 V-LD-3", (1, 4), token({"vc": both} | old_claims, ISSUER), "Signed, but no badge."
    )
    identity = {"iss": ISSUER.did, "sub": "user", "aud": "client", "exp": 1893456000, "iat": NOT_BEFORE, "nonce": "n"}
    for label, header in {"typ": {}, "none": {"typ": None}, "vc": {"typ": "vc+jwt"}}.items():
        book.add(f"claim-idtoken-{label}", "V-JWT-3", 4, token(identity, ISSUER, header), "An ID token is no badge.")


def _dates(book: Book) -> None:
    ended = badge(validUntil="2026-05-03T00:00:00Z")
    text = token(ended | claims(ended) | {"exp": 1777766400}, ISSUER)
    book.add(
        "date-jwt-expired", "V-PAR-2 V-JWT-6", 1, text, "It expired.", check="validity.window", code="validity.expired"
    )
    book.add(
        "date-jwt-expired-no-exp",
        "V-PAR-2",
        1,
        token(ended | claims(ended), ISSUER),
        "validUntil rules without exp.",
        check="validity.window",
        code="validity.expired",
    )
    later = badge(validFrom="2027-01-01T00:00:00Z")
    text = token(later | claims(later) | {"nbf": 1798761600}, ISSUER)
    book.add(
        "date-jwt-not-yet", "V-PAR-2", 1, text, "It has not begun.", check="validity.window", code="validity.not_yet"
    )
