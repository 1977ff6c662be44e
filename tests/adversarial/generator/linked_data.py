"""V-LD-1 to V-LD-3: what is read has to be what was signed, in one spelling, under contexts that are known.

Each rewrite is tried three ways: on a badge that was signed before (the RDF is unchanged, so the signature still fits),
and signed as it stands, over canonical JSON and as a token, by an issuer who wants to mislead.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

from generator.badges import (
    ACHIEVEMENT,
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
    at,
    badge,
    claims,
)
from generator.book import Book
from generator.material import ISSUER, embed, text_of, token

__all__ = ["add_cases"]

_CRED = "https://www.w3.org/2018/credentials#"
_VOCAB = "https://purl.imsglobal.org/spec/vc/ob/vocab.html#"
_SCHEMA = "https://schema.org/"
_STATUS = {
    "id": "https://issuer.example/status/3#5",
    "type": "BitstringStatusListEntry",
    "statusPurpose": "revocation",
    "statusListIndex": "5",
    "statusListCredential": "https://issuer.example/status/3",
}

_Rewrite = Callable[[dict[str, Any]], dict[str, Any]]


def _base() -> dict[str, Any]:
    """Expired and with a status, so that hiding either of them would pay."""
    document = badge(validUntil="2026-05-01T00:00:00Z", credentialStatus=_STATUS)
    achievement = document["credentialSubject"]["achievement"]
    achievement["tag"] = ["a", "b"]
    achievement["alignment"] = [
        {"type": ["Alignment"], "targetName": "Hosting", "targetUrl": "https://skills.example/1"},
        {"type": ["Alignment"], "targetName": "Planning", "targetUrl": "https://skills.example/2"},
    ]
    return document


def _rename(path: str, new: str) -> _Rewrite:
    """Another name for a member, at its old place."""
    *steps, old = path.split("/")

    def change(document: dict[str, Any]) -> dict[str, Any]:
        changed = copy.deepcopy(document)
        place: Any = changed
        for step in steps:
            place = place[int(step) if isinstance(place, list) else step]
        members = [(new if name == old else name, value) for name, value in place.items()]
        place.clear()
        place.update(members)
        return changed

    return change


def _put(path: str, value: Any) -> _Rewrite:
    return lambda document: at(document, path, value)


def _wrap(path: str, how: Callable[[Any], Any]) -> _Rewrite:
    def change(document: dict[str, Any]) -> dict[str, Any]:
        place: Any = document
        for step in path.split("/"):
            place = place[int(step) if isinstance(place, list) else step]
        return at(document, path, how(copy.deepcopy(place)))

    return change


_SUBJECT = "credentialSubject"
_ACH = "credentialSubject/achievement"

# The RDF of these is that of the badge that was signed, or what a naive reader takes for it.
REWRITES: dict[str, tuple[_Rewrite, Any]] = {
    "until-iri": (_rename("validUntil", f"{_CRED}validUntil"), 4),
    "from-iri": (_rename("validFrom", f"{_CRED}validFrom"), 4),
    "status-iri": (_rename("credentialStatus", f"{_CRED}credentialStatus"), 4),
    "subject-iri": (_rename(_SUBJECT, f"{_CRED}credentialSubject"), 4),
    "issuer-iri": (_rename("issuer", f"{_CRED}issuer"), 4),
    "name-iri": (_rename("name", f"{_SCHEMA}name"), 4),
    "achievement-iri": (_rename(_ACH, f"{_VOCAB}achievement"), 4),
    "criteria-iri": (_rename(f"{_ACH}/criteria", f"{_VOCAB}Criteria"), 4),
    "tag-iri": (_rename(f"{_ACH}/tag", f"{_VOCAB}tag"), 4),
    "identifier-iri": (_rename(f"{_SUBJECT}/identifier", f"{_VOCAB}identifier"), 4),
    "id-keyword": (_rename("id", "@id"), 4),
    "type-keyword": (_rename("type", "@type"), 4),
    "subject-id-keyword": (_rename(f"{_SUBJECT}/id", "@id"), 4),
    "achievement-id-keyword": (_rename(f"{_ACH}/id", "@id"), 4),
    "achievement-type-keyword": (_rename(f"{_ACH}/type", "@type"), 4),
    "issuer-id-keyword": (_rename("issuer/id", "@id"), 4),
    "type-iri": (_put("type", ["VerifiableCredential", f"{_VOCAB}OpenBadgeCredential"]), 4),
    "type-vc-iri": (_put("type", [f"{_CRED}VerifiableCredential", "OpenBadgeCredential"]), 4),
    "achievement-type-iri": (_put(f"{_ACH}/type", [f"{_VOCAB}Achievement"]), (1, 4)),
    "status-type-iri": (
        _put("credentialStatus/type", "https://www.w3.org/ns/credentials/status#BitstringStatusListEntry"),
        4,
    ),
    "name-value": (_wrap("name", lambda value: {"@value": value}), (1, 4)),
    "until-value": (
        _wrap("validUntil", lambda value: {"@value": value, "@type": "http://www.w3.org/2001/XMLSchema#dateTime"}),
        (1, 4),
    ),
    "name-language": (_wrap("name", lambda value: {"@value": value, "@language": "en"}), (1, 4)),
    "name-direction": (_wrap("name", lambda value: {"@value": value, "@direction": "rtl"}), (1, 4)),
    "name-array": (_wrap("name", lambda value: [value]), (1, 4)),
    "from-array": (_wrap("validFrom", lambda value: [value]), (1, 4)),
    "until-array": (_wrap("validUntil", lambda value: [value]), (1, 4)),
    "issuer-array": (_wrap("issuer", lambda value: [value]), (1, 4)),
    "subject-array": (_wrap(_SUBJECT, lambda value: [value]), (1, 4)),
    "achievement-array": (_wrap(_ACH, lambda value: [value]), (1, 4)),
    "id-array": (_wrap("id", lambda value: [value]), (1, 4)),
    "criteria-array": (_wrap(f"{_ACH}/criteria", lambda value: [value]), (1, 4)),
    "narrative-array": (_wrap(f"{_ACH}/criteria/narrative", lambda value: [value]), (1, 4)),
    "status-url-array": (_wrap("credentialStatus/statusListCredential", lambda value: [value]), (1, 4)),
    "name-set": (_wrap("name", lambda value: {"@set": [value]}), (1, 4)),
    "tag-set": (_wrap(f"{_ACH}/tag", lambda value: {"@set": value}), (1, 4)),
    "until-set": (_wrap("validUntil", lambda value: {"@set": [value]}), (1, 4)),
    "name-list": (_wrap("name", lambda value: {"@list": [value]}), (1, 4)),
    "nested-array": (_wrap(f"{_ACH}/tag", lambda value: [value]), (1, 4)),
    "empty-array": (_put(f"{_ACH}/inLanguage", []), (1, 4)),
    "empty-evidence": (_put("evidence", []), (1, 4)),
    "empty-set": (_put("evidence", {"@set": []}), (1, 4)),
    "null": (_put("description", None), (1, 4)),
    "null-keyword": (_put("@index", None), 4),
    "null-in-array": (_put(f"{_ACH}/tag", ["a", None, "b"]), (1, 4)),
    "index": (_put("@index", "x"), 4),
    "index-inside": (_put(f"{_ACH}/@index", "x"), 4),
    "reverse": (_put("@reverse", {}), 4),
    "reverse-achievement": (_put(f"{_ACH}/@reverse", {f"{_VOCAB}achievement": {"id": "urn:x:other"}}), 4),
    "included": (_put("@included", [{"id": "urn:x:1", "type": "Profile"}]), 4),
    "included-empty": (_put("@included", []), 4),
    "graph": (
        lambda document: {
            "@context": document["@context"],
            "@graph": [{n: v for n, v in document.items() if n != "@context"}],
        },
        4,
    ),
    "nest": (_put("@nest", {"name": "Other"}), 4),
    "value-beside": (_put("@value", "x"), 4),
    "language": (_put("@language", "en"), 4),
    "keyword-like": (_put("@ignoreMe", "x"), 4),
    "keyword-like-inside": (_put(f"{_ACH}/@foo", "x"), 4),
    "context-inside": (_put(f"{_ACH}/@context", []), 4),
    "context-inside-null": (_put(f"{_ACH}/@context", None), 4),
    "context-inside-object": (_put(f"{_ACH}/@context", {}), 4),
    "context-inside-url": (_put(f"{_ACH}/@context", OB), 4),
    "context-inside-alias": (_put(f"{_ACH}/@context", {"title": f"{_SCHEMA}name"}), 4),
    "context-in-subject": (_put(f"{_SUBJECT}/@context", [VC2]), 4),
    "context-in-issuer": (_put("issuer/@context", [OB]), 4),
    "context-in-status": (_put("credentialStatus/@context", [VC2]), 4),
    "tag-repeated": (_put(f"{_ACH}/tag", ["a", "b", "a"]), (1, 4)),
    "type-repeated": (_put("type", ["VerifiableCredential", "OpenBadgeCredential", "OpenBadgeCredential"]), (1, 4)),
    "alignment-repeated": (_wrap(f"{_ACH}/alignment", lambda value: [*value, value[0]]), (1, 4)),
    "compact-iri": (_rename("name", "schema:name"), 4),
    "blank-property": (_put("_:b0", "x"), 4),
    "id-relative": (_put("id", "badge-1"), (1, 4)),
    "id-empty": (_put("id", ""), (1, 4)),
    "id-blank": (_put("id", "_:b0"), (1, 4)),
    "achievement-id-relative": (_put(f"{_ACH}/id", "/achievements/7"), (1, 4)),
    "moved-member": (
        lambda document: at(
            at(document, f"{_ACH}/description", ...),
            "evidence",
            [
                {
                    "id": ACHIEVEMENT,
                    "type": ["Achievement", "Evidence"],
                    "description": "Plans and hosts an editing event.",
                }
            ],
        ),
        (1, 4),
    ),
    "moved-until": (
        lambda document: at(
            at(document, "validUntil", ...),
            "evidence",
            [{"id": BADGE_ID, "type": ["Evidence"], "validUntil": "2026-05-01T00:00:00Z"}],
        ),
        (1, 4),
    ),
    "moved-status": (
        lambda document: at(
            at(document, "credentialStatus", ...),
            "evidence",
            [{"id": BADGE_ID, "type": ["Evidence"], "credentialStatus": _STATUS}],
        ),
        (1, 4),
    ),
    "self-reference": (_put("evidence", [{"id": BADGE_ID, "type": ["Evidence"], "name": "Other name"}]), (1, 4)),
    "undefined-top": (_put("grade", "A+"), 4),
    "undefined-subject": (_put(f"{_SUBJECT}/grade", "A+"), 4),
    "undefined-achievement": (_put(f"{_ACH}/grade", "A+"), 4),
    "undefined-issuer": (_put("issuer/verified", True), 4),
    "undefined-nested": (_put(f"{_ACH}/criteria/passed", True), 4),
    "undefined-null": (_put("grade", None), 4),
    "undefined-type": (_put("type", ["VerifiableCredential", "OpenBadgeCredential", "GoldBadge"]), 4),
    "undefined-type-inside": (_put(f"{_ACH}/type", ["Achievement", "Gold"]), 4),
    "issuance-date": (_put("issuanceDate", "2020-01-01T00:00:00Z"), 4),
    "expiration-date": (_put("expirationDate", "2030-01-01T00:00:00Z"), 4),
    "homoglyph": (_rename("validUntil", "v\u0430lidUntil"), 4),
    "zero-width": (_rename("validUntil", "validUntil\u200b"), 4),
    "blank-in-name": (_rename("validUntil", "validUntil "), 4),
    "upper-case": (_rename("validUntil", "ValidUntil"), 4),
    "empty-name": (_put("", "x"), 4),
    "proto": (_put("__proto__", {"x": 1}), 4),
    "name-number": (_put("name", 5), 1),
    "name-true": (_put("name", True), 1),
    "name-object": (_put("name", {"en": "x"}), (1, 4)),
    "name-empty-object": (_put("name", {}), (1, 4)),
    "description-number": (_put(f"{_ACH}/description", 5), 1),
    "description-missing": (_put(f"{_ACH}/description", ...), 1),
    "criteria-missing": (_put(f"{_ACH}/criteria", ...), 1),
    "criteria-empty": (_put(f"{_ACH}/criteria", {}), (1, 4)),
    "achievement-missing": (_put(_ACH, ...), 1),
    "achievement-text": (_put(_ACH, ACHIEVEMENT), 1),
    "subject-text": (_put(_SUBJECT, "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK"), 1),
    "subject-two": (_wrap(_SUBJECT, lambda value: [value, {"id": "urn:x:2", "type": ["AchievementSubject"]}]), (1, 4)),
    "subject-nobody": (lambda document: at(at(document, f"{_SUBJECT}/id", ...), f"{_SUBJECT}/identifier", ...), 1),
    "from-missing": (_put("validFrom", ...), 1),
    "id-missing": (_put("id", ...), 1),
    "tag-text": (_put(f"{_ACH}/tag", "a"), (1, 4)),
    "hashed-text": (_put(f"{_SUBJECT}/identifier/0/hashed", "true"), (1, 4)),
    "image-text": (_put("image", "https://badges.example/i.png"), 1),
}


def add_cases(book: Book) -> None:
    """Every case about spelling, shape and contexts."""
    _rewrites(book)
    _changes(book)
    _contexts(book)


def _rewrites(book: Book) -> None:
    base = _base()
    signed = embed(base, ISSUER)
    for label, (rewrite, exits) in REWRITES.items():
        requirement = "V-LD-2 V-LD-3" if "undefined" in label or "relative" in label else "V-LD-3"
        why = "One spelling for each statement: what is read by name has to be what was signed."
        wanted = exits if exits != 1 else (1, 4)
        book.add(f"jsonld-unsigned-{label}", requirement, wanted, rewrite(signed), why)
        again = rewrite(base)
        if again.get("@context") and "@graph" not in again:
            resigned = embed(again, ISSUER, "eddsa-jcs-2022")
            book.add(f"jsonld-unsigned-{label}-jcs", requirement, exits, resigned, why)
        if label not in ("graph", "id-missing", "issuer-iri", "subject-iri", "id-keyword", "issuer-id-keyword"):
            text = token(again | {"iss": ISSUER.did}, ISSUER)
            if "null" not in label:  # the helper leaves null members out
                book.add(f"jsonld-unsigned-{label}-jwt", requirement, exits, text, why)


def _changes(book: Book) -> None:
    signed = embed(badge(), ISSUER)
    for label, change in {
        "name": _put("name", "Master host"),
        "until": _put("validUntil", "2030-01-01T00:00:00Z"),
        "from": _put("validFrom", "2020-01-01T00:00:00Z"),
        "id": _put("id", "urn:uuid:1b8f0c1e-7d0a-4a57-9a1e-2f0f2a6c8a11"),
        "recipient": _put(f"{_SUBJECT}/id", "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK"),
        "description": _put(f"{_ACH}/description", "Everything."),
        "case": _put("name", "Edit-a-thon Host"),
        "blank": _put("name", "Edit-a-thon host "),
        "achievement": _put(f"{_ACH}/id", "https://badges.example/achievements/8"),
        "issuer-name": _put("issuer/name", "Wikimedia Foundation"),
        "added": _put("description", "Signed by nobody."),
        "removed": _put("name", ...),
        "hash": _put(f"{_SUBJECT}/identifier/0/salt", "x"),
        "role": _put(f"{_SUBJECT}/role", "Admin"),
        "swapped": lambda d: at(
            at(d, "name", d["credentialSubject"]["achievement"]["description"]), f"{_ACH}/description", d["name"]
        ),
        "nfd": _put("name", "e\u0301"),
        "type": _put("type", ["VerifiableCredential", "AchievementCredential", "https://x.example/T"]),
        "context-3.0.0": _put("@context", [VC2, OB_3_0_0]),
        "no-status": _put("termsOfUse", [{"type": "https://x.example/T"}]),
    }.items():
        wanted = (1, 4) if label in ("context-3.0.0", "type") else 1
        book.add(
            f"jsonld-unsigned-changed-{label}", "V-LD-3 V-LD-5", wanted, change(signed), "It was changed after signing."
        )
    moved = embed(badge(), ISSUER)
    moved["proof"]["created"] = "2026-02-01T00:00:00Z"
    book.add("jsonld-unsigned-changed-created", "V-LD-5", 1, moved, "The proof's own date is signed too.")
    none = badge()
    book.add(
        "jsonld-unsigned-no-proof",
        "V-LD-3",
        1,
        none,
        "Nobody signed it.",
        check="proof.signature",
        code="proof.missing",
    )
    book.add("jsonld-unsigned-empty-proof", "V-LD-6", (1, 4), badge(proof=[]), "Nobody signed it.")
    book.add("jsonld-unsigned-placeholder", "V-LD-6", (1, 4), badge(proof={}), "Nobody signed it.")


def _contexts(book: Book) -> None:
    alias = {"validUntil": "https://x.example/ignored"}
    inline: dict[str, Any] = {
        "alias": alias,
        "empty": {},
        "vocab": {"@vocab": "https://x.example/"},
        "base": {"@base": "https://x.example/"},
        "import": {"@import": "https://x.example/c"},
        "null-term": {"name": None},
        "propagate": {"@propagate": False},
        "version": {"@version": 1.1},
        "protected": {"@protected": True, "x": "https://x.example/x"},
        "language": {"@language": "en"},
        "lookalike": {"description": "https://schema.org/name", "name": "https://schema.org/description"},
        "keyword-alias": {"ident": "@id"},
    }
    for label, context in inline.items():
        for where, contexts in (("end", [VC2, OB, context]), ("between", [VC2, context, OB])):
            document = badge(**{"@context": contexts})
            why = "A context inside the badge gives words another meaning."
            book.add(f"jsonld-context-{label}-{where}", "V-LD-1", 4, embed(document, ISSUER, "eddsa-jcs-2022"), why)
            book.add(
                f"jsonld-context-{label}-{where}-jwt", "V-LD-1", 4, token(document | claims(document), ISSUER), why
            )
        appended = at(embed(badge(), ISSUER), "@context", [VC2, OB, context])
        book.add(f"jsonld-context-{label}-appended", "V-LD-1", 4, appended, "A context was appended to a signed badge.")
    for label, contexts, exits in (
        ("unknown", [VC2, OB, "https://x.example/context.jsonld"], 3),
        ("unknown-second", [VC2, "https://x.example/ob.json"], 3),
        ("unknown-first", ["https://x.example/context.jsonld", VC2, OB], (3, 4)),
        ("http", [VC2, OB.replace("https", "http")], 3),
        ("query", [VC2, OB + "?x"], 3),
        ("fragment", [VC2, OB + "#x"], 3),
        ("slash", [VC2 + "/", OB], (3, 4)),
        ("upper", [VC2, OB.upper()], 3),
        ("future", [VC2, OB.replace("3.0.3", "3.1.0")], 3),
        ("examples", [VC2, OB, "https://www.w3.org/ns/credentials/examples/v2"], 3),
        ("undefined-terms", [VC2, OB, "https://www.w3.org/ns/credentials/undefined-terms/v2"], 3),
        ("file", [VC2, "file:///etc/passwd"], (3, 4)),
        ("relative", [VC2, "context.json"], (3, 4)),
        ("empty-text", [VC2, OB, ""], (3, 4)),
        ("data", [VC2, "data:application/json,{}"], (3, 4)),
        ("ob-first", [OB, VC2], 4),
        ("ob-only", [OB], 4),
        ("vc-only", [VC2], 4),
        ("twice", [VC2, OB, OB], 4),
        ("vc-twice", [VC2, VC2, OB], 4),
        ("both-versions", [VC2, VC1, OB], 4),
        ("null", [VC2, None, OB], 4),
        ("null-alone", None, 4),
        ("empty", [], 4),
        ("number", [VC2, 5], 4),
        ("nested", [VC2, [OB]], 4),
        ("text", VC2, 4),
        ("object", {"@vocab": "https://x.example/"}, 4),
        ("true", True, 4),
        ("two-editions", [VC2, OB, OB_3_0_0], 4),
        ("two-editions-1", [VC2, OB_3_0_1, OB], 4),
        ("two-editions-2", [VC2, OB_3_0_2, OB], 4),
        ("vc1-with-v2-dates", [VC1, OB], (1, 4)),
        ("extra-vc1-suites", [VC2, OB, DI_V1, ED_2020, EXTENSIONS, VC1], 4),
    ):
        document: dict[str, Any] = badge() | {"@context": contexts}
        why = "Known contexts only, the W3C one first, the Open Badges one next."
        book.add(f"ld-context-{label}", "V-LD-1", exits, embed(document, ISSUER, "eddsa-jcs-2022"), why, asks=[])
        text = token(document | claims(badge()), ISSUER) if contexts is not None else ""
        if text:
            book.add(f"ld-context-{label}-jwt", "V-LD-1", exits, text, why, asks=[])
        kept = embed(badge(), ISSUER)
        book.add(
            f"ld-context-{label}-changed", "V-LD-1", (1, 3, 4), text_of(kept | {"@context": contexts}), why, asks=[]
        )
    missing = {name: value for name, value in embed(badge(), ISSUER).items() if name != "@context"}
    book.add("ld-context-missing", "V-LD-1", 4, missing, "Without a context words mean nothing.")
