"""Honest badges: contents and texts of all kinds, and their recipients."""

from __future__ import annotations

import json
from typing import Any

from generator.badges import (
    MAIL,
    VC2,
    at,
    badge,
    claims,
    hashed,
)
from generator.book import Book
from generator.material import (
    HOLDER,
    ISSUER,
    Key,
    embed,
    text_of,
    token,
)

__all__ = ["add_cases"]


def add_cases(book: Book) -> None:
    """All of these have to pass."""

    def add(name: str, requirement: str, text: Any, why: str, **more: Any) -> None:
        book.add(f"honest-{name}", requirement, 0, text, why, **more)

    for part in (_quirks, _recipients):
        part(add)


def _sri() -> str:
    import base64

    from openbadges.contexts import PINNED

    return base64.b64encode(bytes.fromhex(PINNED[VC2].sha384[0])).decode()


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
