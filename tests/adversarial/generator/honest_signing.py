"""Honest badges: suites, issuers, tokens and contexts."""

from __future__ import annotations

from typing import Any

from generator.badges import (
    BADGE_ID,
    DI_V1,
    ED_2020,
    EXTENSIONS,
    OB,
    OB_3_0_0,
    OB_3_0_1,
    OB_3_0_2,
    VC1,
    VC2,
    badge,
    badge_v1,
    claims,
)
from generator.binding import HTTPS, JWKS_URL, WEB, did_document, key_set
from generator.book import Book
from generator.material import (
    EVE,
    HOLDER,
    ISSUER,
    OTHER,
    P256,
    P384,
    RSA,
    STRANGER,
    embed,
    proof_for,
    token,
)

__all__ = ["add_cases"]


def add_cases(book: Book) -> None:
    """All of these have to pass."""

    def add(name: str, requirement: str, text: Any, why: str, **more: Any) -> None:
        book.add(f"honest-{name}", requirement, 0, text, why, **more)

    for part in (_suites, _issuers, _tokens, _contexts):
        part(add)


def _by(issuer: str, **members: Any) -> dict[str, Any]:
    return badge(issuer={"id": issuer, "type": ["Profile"], "name": "Riverside User Group"}, **members)


def _suites(add: Any) -> None:
    for suite, key in (
        ("eddsa-rdfc-2022", ISSUER),
        ("eddsa-jcs-2022", ISSUER),
        ("eddsa-2022", ISSUER),
        ("ecdsa-rdfc-2019", P256),
        ("ecdsa-rdfc-2019", P384),
        ("ecdsa-jcs-2019", P256),
        ("ecdsa-jcs-2019", P384),
    ):
        add(
            f"suite-{suite}-{key.kind}".lower(),
            "V-LD-5",
            embed(badge(key), key, suite),
            f"{suite} with {key.kind}.",
            check="proof.signature",
            code="proof.good",
        )
    add(
        "suite-2020",
        "V-LD-5",
        embed(badge(**{"@context": [VC2, OB, ED_2020]}), ISSUER, "Ed25519Signature2020"),
        "The suite before Data Integrity.",
    )
    document = badge()
    one, two = proof_for(document, ISSUER), proof_for(document, ISSUER, "eddsa-jcs-2022")
    add("proofs-two-suites", "V-LD-6", document | {"proof": [one, two]}, "Two proofs of the issuer.")
    add("proofs-list-of-one", "V-LD-6", document | {"proof": [one]}, "One proof in a list.")
    stranger = proof_for(document, STRANGER)
    for label, proofs in {"last": [one, stranger], "first": [stranger, one]}.items():
        add(
            f"proofs-stranger-{label}",
            "V-LD-6 V-KEY-6",
            document | {"proof": proofs},
            "A stranger's good proof beside the issuer's.",
            issuers=[ISSUER.did],
        )
    eight = [proof_for(document, ISSUER, created=f"2026-01-15T09:00:0{second}Z") for second in range(8)]
    add("proofs-eight", "V-LD-6", document | {"proof": eight}, "As many proofs as are allowed.")
    first = proof_for(document, OTHER, id="urn:uuid:p1")
    for label, previous in {"text": "urn:uuid:p1", "list": ["urn:uuid:p1"]}.items():
        after = proof_for(document | {"proof": [first]}, ISSUER, id="urn:uuid:p2", previousProof=previous)
        add(
            f"proofs-chain-{label}",
            "V-LD-6",
            document | {"proof": [first, after]},
            "A chain: the issuer signs after a witness.",
        )
    add(
        "proof-expires-later",
        "V-LD-5",
        embed(document, ISSUER, expires="2030-01-01T00:00:00Z"),
        "The proof ends later.",
    )
    add("proof-no-created", "V-LD-5", embed(document, ISSUER, created=None), "created may be absent.")
    add(
        "proof-challenge",
        "V-LD-5",
        embed(document, ISSUER, challenge="abc", domain="https://x.example", nonce="n"),
        "Members that a proof may have.",
    )


def _issuers(add: Any) -> None:
    for key in (ISSUER, P256, P384):
        suite = "eddsa-rdfc-2022" if key is ISSUER else "ecdsa-rdfc-2019"
        add(
            f"did-jwk-{key.kind}".lower(),
            "V-KEY-5",
            embed(_by(key.did_jwk), key, suite, verificationMethod=f"{key.did_jwk}#0"),
            "did:jwk.",
        )
    for key in (ISSUER, P256, P384, RSA):
        for label, did, kid in (("key", key.did, key.method), ("jwk", key.did_jwk, f"{key.did_jwk}#0")):
            document = _by(did)
            add(
                f"jwt-did-{label}-{key.kind}".lower(),
                "V-KEY-5 V-JWT-1",
                token(document | claims(document), key, {"kid": kid}),
                f"did:{label} with {key.kind}.",
            )
    method = did_document()["verificationMethod"][0]
    forms: dict[str, dict[str, Any]] = {
        "multikey": method,
        "ed25519-2020": method | {"type": "Ed25519VerificationKey2020"},
        "jwk": {n: v for n, v in method.items() if n != "publicKeyMultibase"}
        | {"type": "JsonWebKey", "publicKeyJwk": ISSUER.jwk},
        "jwk-2020": {n: v for n, v in method.items() if n != "publicKeyMultibase"}
        | {"type": "JsonWebKey2020", "publicKeyJwk": ISSUER.jwk},
        "relative": method | {"id": "#key-1"},
        "expires-later": method | {"expires": "2030-01-01T00:00:00Z"},
    }
    url = "https://issuer.example/.well-known/did.json"
    for label, form in forms.items():
        add(
            f"did-web-{label}",
            "V-KEY-4 V-NET-2",
            embed(_by(WEB), ISSUER, verificationMethod=f"{WEB}#key-1"),
            "did:web.",
            documents={url: did_document(verificationMethod=[form])},
            asks=[url],
        )
    embedded = did_document(verificationMethod=None, assertionMethod=[method])
    add(
        "did-web-embedded",
        "V-KEY-4",
        embed(_by(WEB), ISSUER, verificationMethod=f"{WEB}#key-1"),
        "The method stands under assertionMethod.",
        documents={url: embedded},
    )
    many = did_document(verificationMethod=[{"id": f"{WEB}#odd", "type": "FutureKey2031", "controller": WEB}, method])
    add(
        "did-web-odd-neighbour",
        "V-KEY-4",
        embed(_by(WEB), ISSUER, verificationMethod=f"{WEB}#key-1"),
        "Another key that is not known spoils nothing.",
        documents={url: many},
    )
    for did, where in {
        "did:web:issuer.example%3A8443:users:river": "https://issuer.example:8443/users/river/did.json",
        "did:web:badges.issuer.example:a": "https://badges.issuer.example/a/did.json",
    }.items():
        add(
            f"did-web-{len(did)}",
            "V-NET-2",
            embed(_by(did), ISSUER, verificationMethod=f"{did}#key-1"),
            "did:web with port or path.",
            documents={where: did_document(did)},
            asks=[where],
        )
    document = _by(WEB)
    add(
        "did-web-jwt",
        "V-KEY-1",
        token(document | claims(document), ISSUER, {"kid": f"{WEB}#key-1"}),
        "did:web in a token.",
        documents={url: did_document()},
    )
    add(
        "https-embedded",
        "V-KEY-3",
        embed(_by(HTTPS), ISSUER, verificationMethod=f"{HTTPS}#key-1"),
        "An https issuer with a controller document.",
        documents={HTTPS: did_document(HTTPS)},
    )
    add(
        "trusted",
        "V-KEY-6",
        embed(badge(), ISSUER),
        "A trusted issuer.",
        issuers=[OTHER.did, ISSUER.did],
        check="issuer.trust",
        code="trust.trusted",
    )
    add("issuer-text", "V-KEY-1", embed(badge(issuer=ISSUER.did), ISSUER), "The issuer as an id alone.")


def _tokens(add: Any) -> None:
    document = badge()
    good = document | claims(document)
    for label, header in {
        "typ-none": {"typ": None},
        "typ-vc": {"typ": "vc+jwt"},
        "cty": {"typ": "vc+jwt", "cty": "vc"},
        "jwk-beside": {"jwk": ISSUER.jwk},
        "jwk-only": {"kid": None, "jwk": ISSUER.jwk},
    }.items():
        add(f"jwt-{label}", "V-JWT-3 V-KEY-2", token(good, ISSUER, header), "A header that is allowed.")
    for label, extra in {
        "iat": {"iat": 1768467600},
        "aud": {"aud": "https://x.example"},
        "float": {"nbf": 1768467600.0},
        "no-sub": {"sub": None},
        "no-jti": {"jti": None},
        "no-nbf": {"nbf": None},
        "no-iss": {"iss": None},
    }.items():
        add(f"jwt-claims-{label}", "V-JWT-6", token(good | extra, ISSUER), "Claims that are absent or beside.")
    add("jwt-plain", "V-JWT-6", token(document, ISSUER, {"typ": "vc+jwt"}), "VC-JOSE-COSE: no registered claims.")
    until = badge(validUntil="2030-01-01T00:00:00Z")
    add(
        "jwt-exp",
        "V-JWT-6",
        token(until | claims(until) | {"exp": 1893456000}, ISSUER),
        "exp says what validUntil says.",
    )
    add("jwt-ps256", "V-JWT-1", token(badge(RSA) | claims(badge(RSA)), RSA, {"alg": "PS256"}), "RSA with PSS.")
    https = _by(HTTPS)
    body = https | claims(https)
    add(
        "jwt-https",
        "V-KEY-3",
        token(body, RSA, {"kid": "key-1"}),
        "An https issuer with a key set.",
        documents={JWKS_URL: key_set(RSA)},
        asks=[JWKS_URL],
    )
    add(
        "jwt-https-iss",
        "V-KEY-3",
        token(body, RSA, {"kid": "key-1"}),
        "A key set of many issuers.",
        documents={JWKS_URL: key_set(RSA, iss=HTTPS)},
    )
    add(
        "jwt-https-jwk",
        "V-KEY-2",
        token(body, RSA, {"kid": None, "jwk": RSA.jwk}),
        "The key in the header is in the set.",
        documents={JWKS_URL: key_set(EVE, RSA)},
    )
    key_url = "https://issuer.example/keys/1"
    add(
        "jwt-https-key",
        "V-KEY-3",
        token(body, RSA, {"kid": key_url}),
        "kid leads to one key.",
        documents={key_url: RSA.jwk | {"kid": key_url}},
        asks=[key_url],
    )
    add(
        "jwt-https-set-url",
        "V-KEY-3",
        token(body, RSA, {"kid": f"{JWKS_URL}#key-1"}),
        "kid leads into a key set.",
        documents={JWKS_URL: {"keys": [RSA.jwk | {"kid": f"{JWKS_URL}#key-1"}]}},
    )
    old = badge_v1()
    old_claims = {"iss": ISSUER.did, "jti": BADGE_ID, "nbf": 1768467600, "sub": HOLDER.did}
    add("jwt-v1", "V-JWT-6", token({"vc": old} | old_claims, ISSUER), "VCDM 1.1 in vc.")
    bare = {name: value for name, value in old.items() if name not in ("id", "issuanceDate")}
    add(
        "jwt-v1-claims-only",
        "V-JWT-6",
        token({"vc": bare} | old_claims | {"exp": 1893456000}, ISSUER),
        "Id and dates stand only in the claims.",
    )
    envelope = {
        "@context": VC2,
        "type": "EnvelopedVerifiableCredential",
        "id": f"data:application/vc+jwt,{token(good, ISSUER, {'typ': 'vc+jwt'})}",
    }
    add("jwt-enveloped", "V-JWT-1", envelope, "A token in an envelope.")
    add(
        "jwt-enveloped-list",
        "V-JWT-1",
        envelope | {"@context": [VC2], "type": ["EnvelopedVerifiableCredential"]},
        "A token in an envelope.",
    )
    add("jwt-newline", "V-JWT-4", token(good, ISSUER) + "\n", "A file ends with a newline.")


def _contexts(add: Any) -> None:
    for label, url in {"3.0.2": OB_3_0_2, "3.0.3": OB}.items():
        for suite in ("eddsa-rdfc-2022", "eddsa-jcs-2022"):
            add(
                f"context-{label}-{suite[6:9]}",
                "V-LD-1",
                embed(badge(**{"@context": [VC2, url]}), ISSUER, suite),
                "VCDM 2.0 and this edition.",
            )
    for label, url in {"3.0.0": OB_3_0_0, "3.0.1": OB_3_0_1, "3.0.2": OB_3_0_2, "3.0.3": OB}.items():
        add(
            f"context-v1-{label}",
            "V-LD-1",
            embed(badge_v1(**{"@context": [VC1, url, DI_V1]}), ISSUER),
            "VCDM 1.1 and this edition.",
        )
    extended = badge(
        **{"@context": [VC2, OB, EXTENSIONS]},
        refreshService={"id": "https://x.example/r", "type": "1EdTechCredentialRefresh"},
    )
    add("context-extensions", "V-LD-1", embed(extended, ISSUER), "With the extensions' context.")
    schema = {
        "id": "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json",
        "type": "1EdTechJsonSchemaValidator2019",
    }
    add(
        "context-schema",
        "V-NET-3",
        embed(badge(**{"@context": [VC2, OB, EXTENSIONS]}, credentialSchema=[schema]), ISSUER),
        "The official schema is built in.",
        asks=[],
    )
    for label, contexts, suite in (
        ("di", [VC1, OB_3_0_0, DI_V1], "eddsa-2022"),
        ("2020", [VC1, OB_3_0_0, ED_2020], "Ed25519Signature2020"),
        ("rdfc", [VC1, OB_3_0_1, DI_V1], "eddsa-rdfc-2022"),
    ):
        add(f"v1-{label}", "V-LD-1", embed(badge_v1(**{"@context": contexts}), ISSUER, suite), "VCDM 1.1.")
    ending = badge_v1(**{"@context": [VC1, OB_3_0_0, DI_V1]}, expirationDate="2030-01-01T00:00:00Z")
    add("v1-expiration", "V-PAR-2", embed(ending, ISSUER), "VCDM 1.1 with an end.")
