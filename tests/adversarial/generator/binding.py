"""V-KEY-1 to V-KEY-6: the key comes from the issuer, never from the message."""

from __future__ import annotations

from typing import Any

from generator.badges import badge, claims
from generator.book import Book
from generator.material import EVE, ISSUER, OTHER, P256, RSA, STRANGER, Key, b64, embed, text_of, token

__all__ = ["WEB", "add_cases", "did_document", "key_set"]

WEB = "did:web:issuer.example"
WEB_URL = "https://issuer.example/.well-known/did.json"
HTTPS = "https://issuer.example/profile"
JWKS_URL = "https://issuer.example/.well-known/jwks.json"


def did_document(did: str = WEB, key: Key = ISSUER, **members: Any) -> dict[str, Any]:
    """An honest DID document with one key, ``#key-1``; ``members`` replace, None removes."""
    method = {"id": f"{did}#key-1", "type": "Multikey", "controller": did, "publicKeyMultibase": key.multikey}
    document: dict[str, Any] = {
        "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
        "id": did,
        "verificationMethod": [method],
        "assertionMethod": [f"{did}#key-1"],
    }
    return {name: value for name, value in (document | members).items() if value is not None}


def key_set(*keys: Key, **members: Any) -> dict[str, Any]:
    """A JWK Set with ``kid`` key-1, key-2 ..."""
    return {"keys": [key.jwk | {"kid": f"key-{number}"} | members for number, key in enumerate(keys, 1)]}


def _badge(issuer: str, **members: Any) -> dict[str, Any]:
    return badge(issuer={"id": issuer, "type": ["Profile"], "name": "Riverside User Group"}, **members)


def _token(issuer: str, key: Key, header: dict[str, Any]) -> str:
    document = _badge(issuer)
    return token(document | claims(document), key, {"kid": None} | header)


def add_cases(book: Book) -> None:
    """Every case about whose key it is."""
    _foreign(book)
    _methods(book)
    _hints(book)
    _web(book)
    _https(book)
    _keys_in_dids(book)


def _foreign(book: Book) -> None:
    for label, issuer in {
        "did-key": ISSUER.did,
        "did-jwk": ISSUER.did_jwk,
        "did-web": WEB,
        "https": HTTPS,
        "urn": "urn:uuid:1",
        "mailto": "mailto:a@issuer.example",
        "upper": EVE.did.replace("did:", "DID:"),
        "slash": EVE.did + "/",
        "fragment": EVE.method,
        "query": EVE.did + "?x=1",
        "prefix": EVE.did[:-1],
        "longer": EVE.did + "a",
    }.items():
        documents = {WEB_URL: did_document(), JWKS_URL: key_set(ISSUER), HTTPS: did_document(HTTPS)}
        why = "Signed well, by somebody who is not the issuer that the badge names."
        name = f"proof-issuer-not-signer-{label}"
        book.add(name, "V-KEY-1", 1, embed(_badge(issuer), EVE), why, documents=documents)
        book.add(f"{name}-jcs", "V-KEY-1", 1, embed(_badge(issuer), EVE, "eddsa-jcs-2022"), why, documents=documents)
        book.add(f"{name}-jwt", "V-KEY-1", 1, _token(issuer, EVE, {"kid": EVE.method}), why, documents=documents)
    text = embed(badge(), EVE, verificationMethod=ISSUER.method)
    book.add(
        "key-binding-borrowed-name",
        "V-KEY-1",
        1,
        text,
        "Eve's signature under the issuer's key id.",
        check="proof.signature",
        code="signature.wrong",
    )
    borrowed = _token(ISSUER.did, EVE, {"kid": ISSUER.method})
    book.add("key-binding-borrowed-kid", "V-KEY-1", 1, borrowed, "Eve's signature under the issuer's key id.")
    renamed = embed(badge(EVE), EVE)
    renamed["issuer"] = badge()["issuer"]
    book.add("key-binding-issuer-swapped", "V-KEY-1", 1, renamed, "The issuer was exchanged after signing.")
    for label, value in {"array": [ISSUER.did], "number": 5, "nothing": None}.items():
        document = badge(issuer=value)
        book.add(
            f"key-binding-issuer-{label}", "V-KEY-1", (1, 4), embed(document, ISSUER, "eddsa-jcs-2022"), "No issuer."
        )
    empty = badge(issuer={"type": ["Profile"], "name": "No id"})
    book.add(
        "key-binding-issuer-without-id",
        "V-KEY-1",
        (1, 4),
        embed(empty, ISSUER, "eddsa-jcs-2022"),
        "An issuer has an id.",
    )
    blank = badge(issuer={"id": "_:b0", "type": ["Profile"], "name": "Blank"})
    text = embed(blank, ISSUER, "eddsa-jcs-2022")
    book.add("key-binding-issuer-blank", "V-KEY-1 V-LD-2", (1, 4), text, "A blank node is nobody.")


def _methods(book: Book) -> None:
    did, key = ISSUER.did, ISSUER.multikey
    for label, method in {
        "no-fragment": did,
        "empty-fragment": f"{did}#",
        "other-fragment": f"{did}#key-1",
        "two-hashes": f"{did}#{key}#{key}",
        "query": f"{did}?versionId=1#{key}",
        "path": f"{did}/x#{key}",
        "service": f"{did}?service=x&relativeRef=y#{key}",
        "foreign-fragment": f"{did}#{EVE.multikey}",
        "bare-key": key,
        "fragment-only": f"#{key}",
        "blank": f" {ISSUER.method}",
        "trailing": f"{ISSUER.method} ",
        "percent": ISSUER.method.replace("z6", "%7a6"),
        "javascript": "javascript:alert(1)",
        "data": f"data:application/json,{key}#{key}",
        "http": f"http://issuer.example/k#{key}",
        "file": f"file:///etc/passwd#{key}",
        "newline": f"{did}#{key}\n",
        "upper": ISSUER.method.upper(),
        "empty-did": f"did:key:#{key}",
        "nul": f"{did}#{key}\0",
        "didkey-short": "did:key:z6Mk#z6Mk",
        "userinfo": f"https://issuer.example@evil.example/k#{key}",
    }.items():
        text = embed(badge(), ISSUER, "eddsa-jcs-2022", verificationMethod=method)
        why = "The method is one DID URL with the fragment of a key that is published there."
        book.add(f"proof-vm-{label}", "V-KEY-1", 1, text, why)
        book.add(f"proof-vm-kid-{label}", "V-KEY-1", 1, _token(did, ISSUER, {"kid": method}), why)
    for label, method in {
        "method": f"did:example:123#{key}",
        "ion": f"did:ion:EiD#{key}",
        "webvh": f"did:webvh:x:issuer.example#{key}",
    }.items():
        issuer = method.partition("#")[0]
        text = embed(_badge(issuer), ISSUER, "eddsa-jcs-2022", verificationMethod=method)
        why = "A DID method that is not known makes the answer unknown."
        book.add(
            f"proof-vm-unknown-{label}", "V-KEY-1", 3, text, why, check="proof.signature", code="did.unknown_method"
        )
        book.add(f"proof-vm-unknown-{label}-jwt", "V-KEY-1", 3, _token(issuer, ISSUER, {"kid": method}), why)
    for label, value in {
        "object": {"id": ISSUER.method, "type": "Multikey"},
        "list": [ISSUER.method],
        "null": ...,
        "number": 5,
    }.items():
        proof = embed(badge(), ISSUER, "eddsa-jcs-2022")
        proof["proof"]["verificationMethod"] = None if value is ... else value
        book.add(f"proof-vm-form-{label}", "V-KEY-4", (1, 4), proof, "The method is named, never carried in the proof.")
    carried = embed(badge(), ISSUER, "eddsa-jcs-2022", publicKeyMultibase=EVE.multikey)
    book.add("proof-vm-key-in-proof", "V-KEY-4", (1, 4), carried, "A key in the proof is not the issuer's.")


def _hints(book: Book) -> None:
    for label, jwk, exits in (
        ("eve", EVE.jwk, 1),
        ("eve-named", EVE.jwk | {"kid": ISSUER.method}, 1),
        ("p256", P256.jwk, 1),
        ("rsa", RSA.jwk, 1),
    ):
        signer = {"p256": P256, "rsa": RSA}.get(label, EVE)
        why = "Whoever made the token put his own key into it: that says nothing about the issuer."
        book.add(f"bind-jwk-{label}", "V-KEY-2", exits, _token(ISSUER.did, signer, {"jwk": jwk}), why)
        book.add(
            f"bind-jwk-{label}-https",
            "V-KEY-2 V-KEY-3",
            1,
            _token(HTTPS, signer, {"jwk": jwk}),
            why,
            documents={JWKS_URL: key_set(ISSUER)},
        )
        book.add(
            f"bind-jwk-{label}-web",
            "V-KEY-2",
            1,
            _token(WEB, signer, {"jwk": jwk}),
            why,
            documents={WEB_URL: did_document()},
        )
    both = _token(ISSUER.did, ISSUER, {"kid": ISSUER.method, "jwk": EVE.jwk})
    book.add("bind-jwk-beside-kid", "V-KEY-2", 1, both, "kid and jwk are two different keys.")
    crossed = _token(ISSUER.did, EVE, {"kid": ISSUER.method, "jwk": EVE.jwk})
    book.add("bind-jwk-crossed", "V-KEY-2", 1, crossed, "Eve signs, names the issuer's key and carries hers.")
    private = ISSUER.jwk | {"d": b64(b"\x01" * 32)}
    book.add(
        "bind-jwk-private", "V-KEY-2", 1, _token(ISSUER.did, ISSUER, {"jwk": private}), "A private key in a token."
    )
    for member in ("p", "q", "dp", "dq", "qi", "oth"):
        jwk = RSA.jwk | {member: "AQAB"}
        book.add(f"bind-jwk-private-{member}", "V-KEY-2", 1, _token(RSA.did, RSA, {"jwk": jwk}), "Private members.")
    secret = {"kty": "oct", "k": b64(b"secret")}
    book.add(
        "jose-jwk-oct", "V-JWT-1 V-KEY-2", 1, _token(ISSUER.did, ISSUER, {"jwk": secret}), "A symmetric key is no key."
    )
    book.add("jose-jwk-oct-hs", "V-JWT-1", 1, _token(ISSUER.did, ISSUER, {"jwk": secret, "alg": "HS256"}), "Symmetric.")
    book.add(
        "bind-jwk-enc",
        "V-KEY-2",
        1,
        _token(ISSUER.did, ISSUER, {"jwk": ISSUER.jwk | {"use": "enc"}}),
        "For encryption.",
    )
    for label, value in {"text": "x", "list": [ISSUER.jwk], "empty": {}, "null": ...}.items():
        header = {"jwk": value}
        text = _token(ISSUER.did, ISSUER, header if value is not ... else {"jwk": {"kty": None}})
        book.add(f"bind-jwk-form-{label}", "V-KEY-2", (1, 4), text, "jwk is a key.")
    x509 = _token(ISSUER.did, EVE, {"jwk": EVE.jwk | {"x5u": "https://evil.example/c", "x5c": ["MIIB"]}})
    book.add("bind-jwk-x5u", "V-KEY-2 V-NET-3", 1, x509, "Certificates are never fetched.", asks=[])
    book.add("bind-nothing", "V-KEY-2", 1, _token(ISSUER.did, ISSUER, {}), "Neither kid nor jwk: whose key?")
    book.add(
        "bind-jku-kid",
        "V-KEY-2 V-NET-3",
        1,
        _token(HTTPS, EVE, {"jku": "https://evil.example/jwks.json", "kid": "key-1"}),
        "The token says where its key is.",
        documents={"https://evil.example/jwks.json": key_set(EVE)},
        asks=[],
    )


def _web(book: Book) -> None:
    signed = embed(_badge(WEB), ISSUER, verificationMethod=f"{WEB}#key-1")
    method = did_document()["verificationMethod"][0]

    def add(label: str, document: Any, why: str, exits: Any = 1, requirement: str = "V-KEY-4") -> None:
        book.add(f"did-web-{label}", requirement, exits, signed, why, documents={WEB_URL: document}, asks=[WEB_URL])
        text = _token(WEB, ISSUER, {"kid": f"{WEB}#key-1"})
        book.add(f"did-web-{label}-jwt", requirement, exits, text, why, documents={WEB_URL: document}, asks=[WEB_URL])

    add("other-key", did_document(key=EVE), "The published key is another one.")
    add("other-id", did_document() | {"id": "did:web:evil.example"}, "The document is somebody else's.", 1, "V-NET-2")
    add("no-id", did_document(id=None), "The document says not whose it is.", 1, "V-NET-2")
    add("authentication-only", did_document(assertionMethod=None, authentication=[f"{WEB}#key-1"]), "Not for badges.")
    add("nothing-listed", did_document(assertionMethod=[]), "The key is listed for nothing.")
    add("agreement-only", did_document(assertionMethod=None, keyAgreement=[f"{WEB}#key-1"]), "Not for badges.")
    add("deactivated", did_document(deactivated=True), "The DID was given up.")
    add(
        "revoked",
        did_document(verificationMethod=[method | {"revoked": "2026-02-01T00:00:00Z"}]),
        "The key was revoked.",
    )
    add("revoked-bool", did_document(verificationMethod=[method | {"revoked": True}]), "The key was revoked.")
    add(
        "expired", did_document(verificationMethod=[method | {"expires": "2026-02-01T00:00:00Z"}]), "The key has ended."
    )
    add(
        "expires-garbage",
        did_document(verificationMethod=[method | {"expires": "soon"}]),
        "An end that cannot be read.",
    )
    add(
        "foreign-controller",
        did_document(verificationMethod=[method | {"controller": EVE.did}]),
        "Somebody else's key.",
    )
    add(
        "twice",
        did_document(verificationMethod=[method, method | {"publicKeyMultibase": EVE.multikey}]),
        "Two keys, one id.",
    )
    embedded = method | {"publicKeyMultibase": EVE.multikey}
    add("embedded-twice", did_document(assertionMethod=[embedded]), "Two keys, one id.")
    add(
        "foreign-id", did_document(verificationMethod=[method | {"id": f"{EVE.did}#key-1"}]), "Not this document's key."
    )
    add("secret", did_document(verificationMethod=[method | {"secretKeyMultibase": "z3u2"}]), "A secret was published.")
    add("two-forms", did_document(verificationMethod=[method | {"publicKeyJwk": EVE.jwk}]), "Two keys in one entry.")
    add(
        "x25519",
        did_document(
            verificationMethod=[method | {"publicKeyMultibase": "z6LSbysY2xFMRpGMhb7tFTLMpeuPRaqaWM1yECx2AtzE3KCc"}]
        ),
        "A key for encryption.",
        (1, 3),
    )
    add(
        "unknown-type",
        did_document(verificationMethod=[method | {"type": "FutureKey2031"}]),
        "A kind that is not known.",
        3,
    )
    add("no-methods", did_document(verificationMethod=None, assertionMethod=None), "There is no key.")
    add("array", "[]", "Not an object.", 1, "V-NET-2")
    add("html", "<html>not found</html>", "Not JSON.", 1, "V-NET-2")
    add(
        "too-many",
        did_document(verificationMethod=[method | {"id": f"{WEB}#key-{n}"} for n in range(60)]),
        "Too many.",
        1,
    )
    for label, did in {
        "address": "did:web:127.0.0.1",
        "address-long": "did:web:169.254.169.254:latest",
        "ipv6": "did:web:%5B%3A%3A1%5D",
        "localhost-port": "did:web:localhost%3A22x",
        "traversal": "did:web:issuer.example:..:evil",
        "slash": "did:web:issuer.example%2F..",
        "slash-segment": "did:web:issuer.example:a%2Fb",
        "empty-segment": "did:web:issuer.example::a",
        "at": "did:web:issuer.example%40evil.example",
        "double": "did:web:issuer.example%253A8443",
        "nul": "did:web:issuer.example:%00",
        "number": "did:web:2130706433",
        "hex": "did:web:0x7f000001",
        "port-zero": "did:web:issuer.example%3A0",
        "port-big": "did:web:issuer.example%3A65536",
        "hash": "did:web:issuer.example%23",
        "dot": "did:web:.",
        "trailing-dot": "did:web:issuer.example.:a:.",
        "query": "did:web:issuer.example:%3Fx",
    }.items():
        text = embed(_badge(did), ISSUER, "eddsa-jcs-2022", verificationMethod=f"{did}#key-1")
        why = "No such host or path: nothing is asked for."
        book.add(f"ssrf-did-web-{label}", "V-NET-2 V-NET-1", 1, text, why, asks=[])
    offline = embed(_badge(WEB), ISSUER, verificationMethod=f"{WEB}#key-1")
    book.add(
        "did-web-offline",
        "V-KEY-3 V-NET-1",
        3,
        offline,
        "The document could not be had: unknown, never valid.",
        check="proof.signature",
    )
    book.add("did-web-offline-jwt", "V-KEY-3", 3, _token(WEB, ISSUER, {"kid": f"{WEB}#key-1"}), "It could not be had.")


def _https(book: Book) -> None:
    def add(
        label: str, kid: Any, key: Key, documents: Any, why: str, exits: Any = 1, issuer: str = HTTPS, **more: Any
    ) -> None:
        text = _token(issuer, key, {"kid": kid} if isinstance(kid, str) else kid)
        book.add(f"key-binding-https-{label}", "V-KEY-3", exits, text, why, documents=documents, **more)

    own = {JWKS_URL: key_set(ISSUER)}
    evil = {"https://evil.example/jwks.json": key_set(EVE), JWKS_URL: key_set(ISSUER)}
    add("other-origin", "https://evil.example/jwks.json#key-1", EVE, evil, "The key lies at another origin.", asks=[])
    add("other-host", "https://issuer.example.evil.example/k", EVE, {}, "Starts alike, and is another host.", asks=[])
    add("other-port", "https://issuer.example:8443/k", EVE, {}, "Another port is another origin.", asks=[])
    add("userinfo", "https://issuer.example@evil.example/k", EVE, {}, "Another host in disguise.", asks=[])
    add("backslash", "https://evil.example\\.issuer.example/k", EVE, {}, "Another host in disguise.")
    add("http", "http://issuer.example/k", EVE, own, "Not https.")
    fragment = f"{JWKS_URL}#key-1"
    add("set-fragment", fragment, ISSUER, own, "The fragment names the key in the set.", 0, code="binding.good")
    add("set-fragment-other", f"{JWKS_URL}#key-9", ISSUER, own, "The set has no such key.")
    add("set-fragment-wrong-key", fragment, EVE, own, "Not the published key.")
    add(
        "set-fragment-shadowed",
        fragment,
        EVE,
        {JWKS_URL: key_set(ISSUER, kid=fragment)},
        "The whole name counts first.",
    )
    add("not-in-set", "key-9", ISSUER, own, "The set has no such key.")
    add("wrong-key", "key-1", EVE, own, "Not the published key.")
    add(
        "other-issuer",
        "key-1",
        ISSUER,
        {JWKS_URL: key_set(ISSUER, iss="https://issuer.example/other")},
        "Another tenant's key.",
    )
    add(
        "kid-twice",
        "key-1",
        ISSUER,
        {JWKS_URL: {"keys": [ISSUER.jwk | {"kid": "key-1"}, EVE.jwk | {"kid": "key-1"}]}},
        "Two keys.",
    )
    add("set-private", "key-1", ISSUER, {JWKS_URL: key_set(ISSUER, d="AQ")}, "The set holds a private key.")
    add(
        "set-oct",
        "key-1",
        ISSUER,
        {JWKS_URL: {"keys": [{"kty": "oct", "k": "AQ", "kid": "key-1"}]}},
        "A symmetric key.",
    )
    add("set-array", "key-1", ISSUER, {JWKS_URL: "[]"}, "Not a key set.")
    add("set-html", "key-1", ISSUER, {JWKS_URL: "<html>"}, "Not a key set.")
    add("offline", "key-1", ISSUER, {}, "The keys could not be had.", 3, asks=[JWKS_URL])
    add("offline-url", "https://issuer.example/keys/1", ISSUER, {}, "The key could not be had.", 3)
    add("offline-jwk", {"jwk": ISSUER.jwk}, ISSUER, {}, "The keys could not be had.", 3, asks=[JWKS_URL])
    add(
        "http-issuer",
        "key-1",
        ISSUER,
        {},
        "An http address can be anybody's.",
        1,
        issuer="http://issuer.example/profile",
        asks=[],
    )
    add(
        "key-other-kid",
        "https://issuer.example/keys/1",
        ISSUER,
        {"https://issuer.example/keys/1": ISSUER.jwk | {"kid": "https://issuer.example/keys/2"}},
        "It goes by another name.",
    )
    add(
        "key-other-iss",
        "https://issuer.example/keys/1",
        ISSUER,
        {"https://issuer.example/keys/1": ISSUER.jwk | {"iss": "https://issuer.example/other"}},
        "Another tenant's key.",
    )
    controller = did_document("https://issuer.example/other")
    add(
        "controller-other",
        "https://issuer.example/other#key-1",
        ISSUER,
        {"https://issuer.example/other": controller},
        "Same host, another issuer's document.",
    )
    embedded = embed(_badge(HTTPS), EVE, verificationMethod="https://evil.example/p#key-1")
    book.add(
        "key-binding-https-embedded",
        "V-KEY-1 V-KEY-3",
        1,
        embedded,
        "Another origin's key.",
        documents={"https://evil.example/p": did_document("https://evil.example/p", EVE)},
    )
    fragment = embed(_badge(HTTPS), EVE, verificationMethod=f"{HTTPS}#{EVE.multikey}")
    book.add(
        "key-binding-https-fragment",
        "V-KEY-1",
        1,
        fragment,
        "A key as a fragment proves nothing about the address.",
        documents={HTTPS: did_document(HTTPS)},
    )
    book.add("key-binding-https-fragment-offline", "V-KEY-1 V-KEY-3", 3, fragment, "Nobody asked the issuer.")


def _keys_in_dids(book: Book) -> None:
    for label, identifier in {
        "short": "z6Mkf5rGMoatrSj1f4CyvuHBeXJELe9RPdzo2PKGNCKVt",
        "base64": "uAQID",
        "flickr": "Z6Mk",
        "empty": "z",
        "zero": "z0OIl",
        "x25519": "z6LSbysY2xFMRpGMhb7tFTLMpeuPRaqaWM1yECx2AtzE3KCc",
        "leading-ones": "z1111" + ISSUER.multikey[1:],
        "secp256k1": "zQ3shokFTS3brHcDQrn82RUDfCZESWL1ZdCEJwekUDPQiYBme",
        "off-curve": "zDnaeTHfhmSaQKBc7CmdLM9jQdcJtZxYHgRWxXQ4TnHdUGVjf",
        "long": "z" + "6" * 300,
        "longer": "z" + "6" * 1500,
        "huge": "z" + "6" * 5000,
    }.items():
        did = f"did:key:{identifier}"
        text = embed(_badge(did), ISSUER, "eddsa-jcs-2022", verificationMethod=f"{did}#{identifier}")
        exits = (1, 4) if label in ("base64", "flickr", "zero", "long", "longer", "huge") else (1, 3)
        book.add(f"key-binding-did-key-{label}", "V-KEY-5", exits, text, "Not a key that a badge can be signed with.")
    good = ISSUER.jwk
    for label, value in {
        "private": good | {"d": b64(b"\1" * 32)},
        "oct": {"kty": "oct", "k": "AQ"},
        "enc": good | {"use": "enc"},
        "text": "x",
        "short": good | {"x": good["x"][:-4]},
        "padded": good | {"x": good["x"] + "="},
        "curve": good | {"crv": "P-256"},
        "alg": good | {"alg": "RS256"},
        "off-curve": P256.jwk | {"y": P256.jwk["x"]},
        "ops": good | {"key_ops": ["encrypt"]},
        "empty": {},
        "trailing": good | {"x": good["x"][:-1] + "B"},
        "ed448": good | {"crv": "Ed448"},
        "extra": good | {"k": "AQ"},
    }.items():
        did = f"did:jwk:{b64(text_of(value))}"
        document = _badge(did)
        exits = (1, 3) if label in ("ed448", "curve") else 1
        text = token(document | claims(document), ISSUER, {"kid": f"{did}#0"})
        book.add(f"key-binding-did-jwk-{label}", "V-KEY-5", exits, text, "Not a key that a badge can be signed with.")
    honest = ISSUER.did_jwk
    for fragment in ("1", "00", "key", ISSUER.multikey):
        text = embed(_badge(honest), ISSUER, verificationMethod=f"{honest}#{fragment}")
        book.add(f"key-binding-did-jwk-fragment-{fragment[:4]}", "V-KEY-5", 1, text, "A did:jwk has the one key #0.")
    long = f"did:jwk:{b64(text_of(good | {'kid': 'x' * 4000}))}"
    text = embed(_badge(long), ISSUER, "eddsa-jcs-2022", verificationMethod=f"{long}#0")
    book.add("key-binding-did-jwk-long", "V-KEY-5", (1, 4), text, "Over the limit before decoding.")
    trust = embed(badge(), ISSUER)
    why = "A good signature of somebody whom the caller does not trust."
    for label, issuers in {
        "other": [OTHER.did],
        "none": [],
        "prefix": [ISSUER.did[:-1]],
        "method": [ISSUER.method],
        "name": ["Riverside User Group"],
        "upper": [ISSUER.did.upper()],
    }.items():
        book.add(
            f"key-binding-trust-{label}",
            "V-KEY-6",
            1,
            trust,
            why,
            issuers=issuers,
            check="issuer.trust",
            code="trust.not_trusted",
        )
    stranger = token(badge(STRANGER) | claims(badge(STRANGER)), STRANGER)
    book.add(
        "key-binding-trust-jwt",
        "V-KEY-6",
        1,
        stranger,
        why,
        issuers=[ISSUER.did],
        check="issuer.trust",
        code="trust.not_trusted",
    )
