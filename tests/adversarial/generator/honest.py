"""What has to pass, so that refusing everything fails: every form that honest badges in the field have."""

from __future__ import annotations

import json
from typing import Any

from generator.badges import (
    BADGE_ID,
    DI_V1,
    ED_2020,
    EXTENSIONS,
    MAIL,
    OB,
    OB_3_0_0,
    OB_3_0_1,
    OB_3_0_2,
    VC1,
    VC2,
    at,
    badge,
    badge_v1,
    claims,
    clr,
    endorsement,
    hashed,
)
from generator.binding import HTTPS, JWKS_URL, WEB, did_document, key_set
from generator.book import Book
from generator.legacy import (
    CLASS,
    HERE,
    PROFILE,
    REVOKED,
    assertion,
    badge_class,
    hosted,
    profile,
    signed_assertion,
    signed_documents,
)
from generator.legacy import KEY as OB2_KEY
from generator.material import (
    EVE,
    HOLDER,
    ISSUER,
    OTHER,
    P256,
    P384,
    RSA,
    STRANGER,
    Key,
    embed,
    proof_for,
    text_of,
    token,
)
from generator.pictures import NAMESPACE, chunk, itxt, png, svg
from generator.status import LIST, VCRL, encoded, entry, revocations, status_list

__all__ = ["add_cases"]


def add_cases(book: Book) -> None:
    """Every honest badge."""

    def add(name: str, requirement: str, text: Any, why: str, **more: Any) -> None:
        book.add(f"honest-{name}", requirement, 0, text, why, **more)

    for part in (_suites, _issuers, _tokens, _contexts, _pictures, _statuses, _nested, _old, _quirks, _recipients):
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


def _pictures(add: Any) -> None:
    text = text_of(embed(badge(), ISSUER))
    document = badge()
    jwt = token(document | claims(document), ISSUER)
    add("png-json", "V-IMG-1", png(itxt(text)), "Baked into a PNG.")
    add("png-jwt", "V-IMG-1", png(itxt(jwt)), "A token in a PNG.")
    add(
        "png-neighbours",
        "V-IMG-1",
        png(chunk(b"tEXt", b"Software\0x"), itxt("hello", b"Comment"), itxt(text), chunk(b"pHYs", bytes(9))),
        "Other chunks around it.",
    )
    add("png-tail", "V-IMG-1", png(itxt(text), tail=b"tail"), "Bytes after the end are not read.")
    add("png-language", "V-IMG-1", png(itxt(text, rest=b"en\0Badge\0")), "With a language and a translated keyword.")
    cdata = f"<openbadges:credential><![CDATA[{text}]]></openbadges:credential>"
    add("svg-json", "V-IMG-2", svg(cdata), "Baked into an SVG.")
    add("svg-jwt", "V-IMG-2", svg(f'<openbadges:credential verify="{jwt}"/>'), "A token in an SVG.")
    add(
        "svg-prefix",
        "V-IMG-2",
        svg(
            f'<b:credential xmlns:b="{NAMESPACE}"><![CDATA[{text}]]></b:credential>',
            root='xmlns="http://www.w3.org/2000/svg"',
        ),
        "Another prefix.",
    )
    doctype = '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">\n'
    add("svg-doctype", "V-IMG-2", svg(cdata, before=doctype), "A bare DOCTYPE, never loaded.", asks=[])
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    add(
        "svg-escaped",
        "V-IMG-2",
        svg(f"<openbadges:credential>{escaped}</openbadges:credential>"),
        "Escaped in place of CDATA.",
    )
    add("svg-bom", "V-IMG-2", "\ufeff" + svg(cdata), "A byte order mark before XML is allowed.")
    add("svg-utf-16", "V-IMG-2", ('<?xml version="1.0" encoding="UTF-16"?>' + svg(cdata)).encode("utf-16"), "UTF-16.")


def _statuses(add: Any) -> None:
    def listed(**more: Any) -> dict[str, Any]:
        return {LIST: embed(status_list(**more), ISSUER)}

    text = embed(badge(credentialStatus=entry()), ISSUER)
    add(
        "status-clear",
        "V-ST-2",
        text,
        "Not withdrawn.",
        documents=listed(),
        asks=[LIST],
        check="status.revocation",
        code="status.not_revoked",
    )
    add("status-clear-jwt-list", "V-ST-2", text, "The list is a token.", documents={LIST: token(status_list(), ISSUER)})
    add(
        "status-clear-jcs-list",
        "V-ST-2",
        text,
        "The list has canonical JSON.",
        documents={LIST: embed(status_list(), ISSUER, "eddsa-jcs-2022")},
    )
    add(
        "status-neighbours",
        "V-ST-3",
        text,
        "Its neighbours are withdrawn.",
        documents=listed(subject={"encodedList": encoded(4, 6)}),
    )
    add(
        "status-list-array",
        "V-ST-2",
        embed(badge(credentialStatus=[entry()]), ISSUER),
        "One entry in a list.",
        documents=listed(),
    )
    add(
        "status-number",
        "V-ST-3",
        embed(badge(credentialStatus=entry(5)), ISSUER),
        "The index as a number.",
        documents=listed(),
    )
    add(
        "status-last",
        "V-ST-3",
        embed(badge(credentialStatus=entry("131071")), ISSUER),
        "The last place.",
        documents=listed(),
    )
    add(
        "status-valid-until",
        "V-ST-2",
        text,
        "The list ends later.",
        documents=listed(validUntil="2026-06-08T00:00:00Z"),
    )
    add("status-ttl", "V-ST-4", text, "With a lifetime.", documents=listed(subject={"ttl": 300000}))
    add(
        "status-issuer-object",
        "V-ST-2",
        text,
        "The list's issuer is an object.",
        documents=listed(issuer={"id": ISSUER.did, "name": "Riverside"}),
    )
    both = [entry(), entry("6", id=f"{LIST}#6", statusPurpose="suspension")]
    add(
        "status-two-purposes",
        "V-ST-2",
        embed(badge(credentialStatus=both), ISSUER),
        "Revocation and suspension.",
        documents=listed(subject={"statusPurpose": ["revocation", "suspension"]}),
    )
    suspended = entry(statusPurpose="suspension")
    add(
        "status-suspension",
        "V-ST-2",
        embed(badge(credentialStatus=suspended), ISSUER),
        "Not suspended.",
        documents=listed(subject={"statusPurpose": "suspension"}),
        check="status.suspension",
    )
    message = entry(
        statusPurpose="message",
        statusSize=2,
        statusMessage=[{"status": f"0x{n}", "message": f"m{n}"} for n in range(4)],
    )
    add(
        "status-message",
        "V-ST-1",
        embed(badge(credentialStatus=message), ISSUER, "eddsa-jcs-2022"),
        "A message is reported.",
        documents=listed(subject={"statusPurpose": "message", "encodedList": encoded(10, size=32768)}),
    )
    add(
        "status-large",
        "V-ST-3",
        text,
        "A list of eight times the size.",
        documents=listed(subject={"encodedList": encoded(9, size=131072)}),
    )
    document = badge(credentialStatus=entry())
    add(
        "status-jwt", "V-ST-2", token(document | claims(document), ISSUER), "A token with a status.", documents=listed()
    )
    web = _by(WEB, credentialStatus=entry())
    signed = embed(web, ISSUER, verificationMethod=f"{WEB}#key-1")
    documents = {
        LIST: embed(status_list(issuer=WEB), ISSUER, verificationMethod=f"{WEB}#key-1"),
        "https://issuer.example/.well-known/did.json": did_document(),
    }
    add("status-web", "V-ST-2", signed, "The list of a did:web.", documents=documents, asks=list(documents))
    old = {"id": VCRL, "type": "1EdTechRevocationList"}
    https = _by(HTTPS, credentialStatus=old) | {"@context": [VC2, OB, EXTENSIONS]}
    jwt = token(https | claims(https), ISSUER, {"kid": "key-1"})
    for label, found in {
        "empty": revocations(),
        "others": revocations("urn:uuid:1", "urn:uuid:2"),
        "plural": {"id": VCRL, "issuer": HTTPS, "revokedCredentials": [{"id": "urn:uuid:1"}]},
        "revoked-false": revocations(revokedCredential=[{"id": BADGE_ID, "revoked": False}]),
        "no-issuer": revocations("urn:uuid:1", issuer=None),
    }.items():
        add(
            f"status-1edtech-{label}",
            "V-ST-1",
            jwt,
            "Not on the issuer's list.",
            documents={JWKS_URL: key_set(ISSUER), VCRL: found},
        )
    web_old = _by(WEB, credentialStatus=old) | {"@context": [VC2, OB, EXTENSIONS]}
    add(
        "status-1edtech-web",
        "V-ST-1",
        embed(web_old, ISSUER, verificationMethod=f"{WEB}#key-1"),
        "The origin of a did:web.",
        documents={"https://issuer.example/.well-known/did.json": did_document(), VCRL: revocations(issuer=WEB)},
    )


def _nested(add: Any) -> None:
    good = embed(endorsement(), OTHER)
    decide = {"endorsements_decide": True}
    for suite in ("eddsa-rdfc-2022", "eddsa-jcs-2022"):
        add(
            f"endorsement-{suite}",
            "V-END-1",
            embed(badge(endorsement=[good]), ISSUER, suite),
            "An endorsement of the badge.",
            policy=decide,
            check="endorsements",
            code="endorsements.good",
        )
    about = at(
        badge(),
        "credentialSubject/achievement/endorsement",
        [embed(endorsement(about="https://badges.example/achievements/7"), OTHER)],
    )
    add(
        "endorsement-achievement",
        "V-END-1",
        embed(about, ISSUER),
        "An endorsement of the achievement.",
        policy=decide,
        check="endorsements",
        code="endorsements.good",
    )
    issuer = at(badge(), "issuer/endorsement", [embed(endorsement(about=ISSUER.did), OTHER)])
    add(
        "endorsement-issuer",
        "V-END-1",
        embed(issuer, ISSUER),
        "An endorsement of the issuer.",
        policy=decide,
        check="endorsements",
        code="endorsements.good",
    )
    text = endorsement()
    jwt = token(text | claims(text) | {"nbf": 1768554000}, OTHER)
    add(
        "endorsement-jwt",
        "V-END-1",
        embed(badge(endorsementJwt=[jwt]), ISSUER),
        "An endorsement as a token.",
        policy=decide,
        check="endorsements",
        code="endorsements.good",
    )
    document = badge(endorsement=[good], endorsementJwt=[jwt])
    add(
        "endorsement-both-in-jwt",
        "V-END-1",
        token(document | claims(document), ISSUER),
        "Both kinds in a token.",
        policy=decide,
        check="endorsements",
        code="endorsements.good",
    )
    add(
        "endorsement-alone",
        "V-END-1",
        good,
        "An endorsement by itself.",
        check="document.kind",
        code="kind.endorsement",
    )
    add("endorsement-alone-jwt", "V-END-1", jwt, "An endorsement by itself, as a token.")
    inside = embed(badge(), ISSUER)
    add("clr", "V-LD-6", embed(clr([inside]), ISSUER), "A record with a badge.", check="credentials", code="clr.good")
    add(
        "clr-two",
        "V-LD-6",
        embed(clr([inside, embed(badge(P256, id="urn:uuid:two"), P256, "ecdsa-rdfc-2019")]), ISSUER, "eddsa-jcs-2022"),
        "A record with two badges.",
    )
    record = clr([inside])
    add("clr-jwt", "V-JWT-6", token(record | claims(record) | {"nbf": 1768899600}, ISSUER), "A record as a token.")


def _old(add: Any) -> None:
    add("ob2-hosted", "V-NET-4", assertion(), "A hosted badge.", documents=hosted(), asks=[HERE, CLASS, PROFILE])
    add(
        "ob2-hosted-embedded",
        "V-NET-4",
        assertion(),
        "The class is embedded.",
        documents=hosted(assertion=assertion(badge=badge_class())),
    )
    add(
        "ob2-hosted-old-name",
        "V-NET-4",
        assertion(verification=None, verify={"type": "hosted"}),
        "The old name of verification.",
        documents=hosted(),
    )
    add(
        "ob2-hosted-scope",
        "V-NET-4",
        assertion(),
        "The issuer says where its badges are.",
        documents=hosted(
            issuer=profile(verification={"startsWith": "https://issuer.example/", "allowedOrigins": ["issuer.example"]})
        ),
    )
    add(
        "ob2-hosted-recipient",
        "V-NET-4 V-REC-1",
        assertion(),
        "The right person.",
        documents=hosted(),
        recipient="emailAddress:a@example.org",
        issuers=[PROFILE],
    )
    add(
        "ob2-hosted-expires",
        "V-NET-4",
        assertion(),
        "It ends later.",
        documents=hosted(assertion=assertion(expires="2030-01-01T00:00:00Z")),
    )
    add(
        "ob2-png",
        "V-NET-4 V-IMG-1",
        png(itxt(text_of(assertion()), b"openbadges")),
        "Baked into a PNG.",
        documents=hosted(),
    )
    add(
        "ob2-png-link",
        "V-NET-4 V-IMG-1",
        png(chunk(b"tEXt", b"openbadges\0" + HERE.encode())),
        "Only the link, as the oldest pictures have it.",
        documents=hosted(),
    )
    add(
        "ob2-svg-link",
        "V-NET-4 V-IMG-2",
        svg(f'<o:assertion xmlns:o="http://openbadges.org" verify="{HERE}"/>'),
        "Only the link.",
        documents=hosted(),
    )
    add(
        "ob2-signed",
        "V-NET-4",
        signed_assertion(),
        "A signed badge.",
        documents=signed_documents(),
        check="proof.signature",
        code="legacy.signed",
    )
    add(
        "ob2-signed-recipient",
        "V-NET-4 V-REC-1",
        signed_assertion(),
        "The right person.",
        documents=signed_documents(),
        recipient="emailAddress:a@example.org",
    )
    listed = {
        "@context": "https://w3id.org/openbadges/v2",
        "type": "RevocationList",
        "id": REVOKED,
        "issuer": PROFILE,
        "revokedAssertions": [{"id": "https://issuer.example/assertions/2"}],
    }
    add(
        "ob2-signed-list",
        "V-NET-4",
        signed_assertion(),
        "Not on the list.",
        documents=signed_documents(issuer=profile(publicKey=OB2_KEY, revocationList=REVOKED), revoked=listed),
    )
    add(
        "ob2-signed-png",
        "V-NET-4 V-IMG-1",
        png(itxt(signed_assertion(), b"openbadges")),
        "Signed and baked.",
        documents=signed_documents(),
    )
    add(
        "ob2-signed-svg",
        "V-NET-4 V-IMG-2",
        svg(f'<o:assertion xmlns:o="http://openbadges.org" verify="{signed_assertion()}"/>'),
        "Signed and baked.",
        documents=signed_documents(),
    )


def _quirks(add: Any) -> None:
    def both(name: str, document: dict[str, Any], why: str, requirement: str = "V-LD-3") -> None:
        add(f"quirk-{name}", requirement, embed(document, ISSUER), why)
        add(f"quirk-{name}-jwt", requirement, token(document | claims(document), ISSUER), why)

    subject, achievement = "credentialSubject", "credentialSubject/achievement"
    both("plain", badge(), "The plainest badge.")
    both("alias", badge(type=["VerifiableCredential", "AchievementCredential"]), "The other name of the type.")
    single = at(
        at(at(badge(), "issuer/type", "Profile"), f"{subject}/type", "AchievementSubject"),
        f"{achievement}/type",
        "Achievement",
    )
    both("single-types", single, "One type without a list.")
    both(
        "subject-name",
        at(badge(), f"{subject}/name", "River Person"),
        "A defined term that the model does not list there.",
    )
    both(
        "unlisted",
        badge(relatedResource={"id": "https://x.example/r", "digestSRI": "sha384-" + "A" * 64}),
        "A defined member of VCDM 2.0.",
    )
    both(
        "extension-types",
        at(badge(), f"{achievement}/type", ["Achievement", "https://x.example/vocab#Course"]),
        "A second type as an IRI.",
    )
    both("awarded", badge(awardedDate="2026-01-10T12:00:00Z"), "With the date of the award.")
    both("until", badge(validUntil="2026-06-01T12:00:00Z"), "It ends this very second.", "V-PAR-2")
    add(
        "quirk-clock",
        "V-PAR-2",
        embed(badge(validFrom="2026-06-01T12:00:59Z"), ISSUER),
        "The issuer's clock runs ahead by less than a minute.",
    )
    for label, value in {
        "zone": "2026-01-15T10:00:00+01:00",
        "fraction": "2026-01-15T09:00:00.123Z",
        "west": "2026-01-15T01:00:00-08:00",
    }.items():
        document = badge(validFrom=value)
        add(f"quirk-date-{label}", "V-PAR-2", embed(document, ISSUER), "A date with a zone or a fraction.")
        add(
            f"quirk-date-{label}-jwt",
            "V-PAR-2 V-JWT-6",
            token(document | claims(document), ISSUER),
            "The same instant in nbf.",
        )
    for label, text in {
        "rtl": "\u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627",
        "emoji": "Host \U0001f3c5\U0001f469\u200d\U0001f4bb",
        "bidi": "\u2067\u0645\u0631\u062d\u0628\u0627\u2069",
        "nfd": "Cafe\u0301",
        "cjk": "\u7de8\u96c6\u8005",
        "astral": "\U00020000\U0001d11e",
        "quotes": "\"'\\ / <b>&amp;",
        "lines": "one\ntwo\ttab\r\n",
        "control": "a\u0001\u0008\u000b\u000c\u001f\u007fb",
        "nul": "a\u0000b",
        "c1": "a\u0085\u009fb",
        "separators": "a\u2028b\u2029c",
        "bom-inside": "a\ufeffb",
        "blank": " ",
        "long": "x" * 20_000,
    }.items():
        both(
            f"text-{label}",
            at(badge(name="Host"), f"{achievement}/description", text),
            "Texts of all kinds.",
            "V-LD-3 V-PAR-4",
        )
    same = [
        {"type": ["Alignment"], "targetName": f"Skill {number}", "targetUrl": f"https://skills.example/{number}"}
        for number in range(60)
    ]
    both("60-alignments", at(badge(), f"{achievement}/alignment", same), "Sixty alignments of one type.", "V-LD-4")
    results = at(
        at(
            badge(),
            f"{achievement}/resultDescription",
            [
                {
                    "id": "urn:x:rd",
                    "type": ["ResultDescription"],
                    "name": "Points",
                    "resultType": "RawScore",
                    "valueMin": "0",
                    "valueMax": "10",
                }
            ],
        ),
        f"{subject}/result",
        [{"type": ["Result"], "resultDescription": "urn:x:rd", "value": "8"}],
    )
    both("results", results, "With results.")
    levels = [
        {"id": f"urn:x:level{n}", "type": ["RubricCriterionLevel"], "name": f"Level {n}", "level": str(n)}
        for n in range(4)
    ]
    rubric = at(
        at(
            badge(),
            f"{achievement}/resultDescription",
            [
                {
                    "id": "urn:x:rd",
                    "type": ["ResultDescription"],
                    "name": "Rubric",
                    "resultType": "RubricCriterionLevel",
                    "rubricCriterionLevel": levels,
                    "allowedValue": ["a", "b", "a"],
                }
            ],
        ),
        f"{subject}/result",
        [{"type": ["Result"], "resultDescription": "urn:x:rd", "achievedLevel": "urn:x:level2"}],
    )
    both("rubric", rubric, "With a rubric, in order.")
    both(
        "evidence",
        badge(
            evidence=[
                {"id": "https://x.example/e", "type": ["Evidence"], "name": "Page"},
                {"type": ["Evidence"], "narrative": "Did it."},
            ]
        ),
        "With evidence.",
    )
    both(
        "numbers",
        at(at(badge(), f"{subject}/creditsEarned", 2.5), f"{achievement}/creditsAvailable", 42),
        "With numbers.",
        "V-LD-7",
    )
    both(
        "image",
        badge(image={"id": "data:image/png;base64,iVBORw0KGgo=", "type": "Image", "caption": "A star"}),
        "A picture in the badge.",
    )
    full = at(
        at(badge(), "issuer/parentOrg", {"id": "https://parent.example", "type": ["Profile"], "name": "Parent"}),
        "issuer/address",
        {
            "type": ["Address"],
            "addressCountryCode": "DE",
            "addressLocality": "Berlin",
            "geo": {"type": "GeoCoordinates", "latitude": 52.5, "longitude": 13.4},
        },
    )
    both("profile", full, "An issuer with address and parent.")
    both(
        "creator",
        at(badge(), f"{achievement}/creator", badge()["issuer"]),
        "The issuer made the achievement: one id in two places.",
    )
    selfmade = at(badge(), f"{subject}/id", ISSUER.did)
    both("self", selfmade, "A badge for oneself.")
    both("terms", badge(termsOfUse=[{"type": "https://x.example/Terms"}]), "With terms of use.")
    both(
        "related",
        at(badge(), f"{achievement}/related", [{"id": "urn:x:de", "type": ["Related"], "inLanguage": "de"}]),
        "A translation elsewhere.",
    )
    nobody = badge()
    del nobody["credentialSubject"]["id"]
    both("no-subject-id", nobody, "Only an identifier.")
    no_identifier = badge()
    del no_identifier["credentialSubject"]["identifier"]
    both("no-identifier", no_identifier, "Only an id.")
    both("nested-name", badge(description="Same as the name"), "With a description.")
    signed = embed(badge(), ISSUER)
    add("quirk-pretty", "V-PAR-1", json.dumps(signed, indent=4), "Indented JSON.")
    add(
        "quirk-escapes",
        "V-PAR-1",
        json.dumps(signed, ensure_ascii=True).replace("Edit-a-thon", "\\u0045dit-a-thon"),
        "Escaped letters.",
    )
    add("quirk-blanks", "V-PAR-1", f"\n  {text_of(signed)} \r\n", "Blanks around.")
    add("quirk-order", "V-LD-3", dict(reversed(signed.items())), "Members in another order.")
    shuffled = signed | {"type": list(reversed(signed["type"]))}
    add("quirk-type-order", "V-LD-3", shuffled, "Types are a set: their order is not signed.")
    digest = {"id": VC2, "digestSRI": "sha384-" + _sri()}
    add(
        "quirk-digest",
        "V-LD-1",
        embed(badge(relatedResource=digest), ISSUER),
        "The right digest of a context.",
        check="related.digest",
        code="related.good",
    )


def _sri() -> str:
    import base64

    from openbadges.contexts import PINNED

    return base64.b64encode(bytes.fromhex(PINNED[VC2].sha384[0])).decode()


def _recipients(add: Any) -> None:
    def person(name: str, identity: Any, recipient: str, key: Key = ISSUER) -> None:
        document = badge(key) if identity is None else at(badge(key), "credentialSubject/identifier", identity)
        add(
            f"recipient-{name}",
            "V-REC-1",
            embed(document, key),
            "The right person.",
            recipient=recipient,
            check="recipient.match",
        )

    person("hashed", None, f"emailAddress:{MAIL}")
    person("hashed-upper", None, f"emailAddress:{MAIL.upper()}")
    person(
        "hex-upper",
        [hashed() | {"identityHash": "sha256$" + hashed()["identityHash"][7:].upper()}],
        f"emailAddress:{MAIL}",
    )
    person(
        "plain",
        [{"type": "IdentityObject", "hashed": False, "identityType": "emailAddress", "identityHash": MAIL}],
        f"emailAddress:{MAIL}",
    )
    person("second", [hashed("other@example.org"), hashed()], f"emailAddress:{MAIL}")
    person("user", [hashed("River", kind="userName")], "userName:River")
    person(
        "name",
        [{"type": "IdentityObject", "hashed": False, "identityType": "name", "identityHash": "\u00c9lo\u00efse"}],
        "name:\u00c9lo\u00efse",
    )
    person("id", None, f"id:{HOLDER.did}")
    person("did", None, HOLDER.did)
