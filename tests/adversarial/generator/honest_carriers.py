"""Honest badges: in pictures, with a status, with credentials inside, and of Open Badges 2.0."""

from __future__ import annotations

from typing import Any

from generator.badges import (
    BADGE_ID,
    EXTENSIONS,
    OB,
    VC2,
    at,
    badge,
    claims,
    clr,
    endorsement,
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
    ISSUER,
    OTHER,
    P256,
    embed,
    text_of,
    token,
)
from generator.pictures import NAMESPACE, chunk, itxt, png, svg
from generator.status import LIST, VCRL, encoded, entry, revocations, status_list

__all__ = ["add_cases"]


def add_cases(book: Book) -> None:
    """All of these have to pass."""

    def add(name: str, requirement: str, text: Any, why: str, **more: Any) -> None:
        book.add(f"honest-{name}", requirement, 0, text, why, **more)

    for part in (_pictures, _statuses, _nested, _old):
        part(add)


def _by(issuer: str, **members: Any) -> dict[str, Any]:
    return badge(issuer={"id": issuer, "type": ["Profile"], "name": "Riverside User Group"}, **members)


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
    envelope = {
        "@context": VC2,
        "type": "EnvelopedVerifiableCredential",
        "id": f"data:application/vc+jwt,{token(badge() | claims(badge()), ISSUER)}",
    }
    for label, context in (("text", VC2), ("list", [VC2])):
        add(
            f"clr-enveloped-{label}",
            "V-LD-6",
            embed(clr([envelope | {"@context": context}]), ISSUER),
            "A record with a token in an envelope, as W3C writes it.",
            check="credentials",
            code="clr.good",
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
