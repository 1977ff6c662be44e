"""V-PAR-2 and V-PAR-3: dates that are none, or that are over."""

from __future__ import annotations

from generator.badges import DI_V1, OB_3_0_0, VC1, badge, badge_v1, claims
from generator.book import Book
from generator.material import ISSUER, embed, token

__all__ = ["add_cases"]

_NOT_DATES = {
    "day": "2026-01-15",
    "no-zone": "2026-01-15T09:00:00",
    "blank": "2026-01-15 09:00:00Z",
    "lower-t": "2026-01-15t09:00:00z",
    "week": "2026-W03-4T09:00:00Z",
    "ordinal": "2026-015T09:00:00Z",
    "compact": "20260115T090000Z",
    "comma": "2026-01-15T09:00:00,5Z",
    "zone-seconds": "2026-01-15T09:00:00+00:00:01",
    "zone-short": "2026-01-15T09:00:00+01",
    "zone-compact": "2026-01-15T09:00:00+0100",
    "zone-name": "2026-01-15T09:00:00 UTC",
    "zone-wide": "2026-01-15T09:00:00+15:00",
    "zone-minutes": "2026-01-15T09:00:00+01:60",
    "month-13": "2026-13-15T09:00:00Z",
    "month-0": "2026-00-15T09:00:00Z",
    "day-32": "2026-01-32T09:00:00Z",
    "february-30": "2026-02-30T09:00:00Z",
    "february-29": "2026-02-29T09:00:00Z",
    "hour-25": "2026-01-15T25:00:00Z",
    "minute-60": "2026-01-15T09:60:00Z",
    "second-61": "2026-01-15T09:00:61Z",
    "no-seconds": "2026-01-15T09:00Z",
    "year-10000": "10000-01-01T00:00:00Z",
    "year-0": "0000-01-01T00:00:00Z",
    "year-minus": "-0001-01-01T00:00:00Z",
    "year-2": "26-01-15T09:00:00Z",
    "plus": "+2026-01-15T09:00:00Z",
    "arabic": "\u0662\u0660\u0662\u0666-\u0660\u0661-\u0661\u0665T\u0660\u0669:\u0660\u0660:\u0660\u0660Z",
    "fullwidth": "\uff12\uff10\uff12\uff16-01-15T09:00:00Z",
    "leading": " 2026-01-15T09:00:00Z",
    "trailing": "2026-01-15T09:00:00Z ",
    "newline": "2026-01-15T09:00:00Z\n",
    "nul": "2026-01-15T09:00:00Z\0",
    "empty": "",
    "words": "next year",
    "epoch": "1768467600",
    "twice": "2026-01-15T09:00:00ZZ",
    "dot": "2026-01-15T09:00:00.Z",
    "range": "2026-01-15T09:00:00Z/2027-01-15T09:00:00Z",
    "slashes": "15/01/2026",
    "rfc": "Thu, 15 Jan 2026 09:00:00 GMT",
    "minus-sign": "2026\u221201\u221215T09:00:00Z",
    "41": "2026-01-15T09:00:00." + "0" * 20 + "Z",
    "long": "2026-01-15T09:00:00." + "9" * 1000 + "Z",
}


def add_cases(book: Book) -> None:
    """Every case about dates."""
    why = "A date that cannot be read is never no date."
    for label, text in _NOT_DATES.items():
        until = badge(validUntil=text)
        book.add(f"date-until-{label}", "V-PAR-2", 1, embed(until, ISSUER, "eddsa-jcs-2022"), why)
        book.add(f"date-until-{label}-jwt", "V-PAR-2", 1, token(until | claims(until), ISSUER), why)
        start = badge(validFrom=text)
        book.add(f"date-from-{label}", "V-PAR-2", 1, embed(start, ISSUER, "eddsa-jcs-2022"), why)
    for label, value in {
        "number": 1893456000,
        "true": True,
        "array": ["2030-01-01T00:00:00Z"],
        "object": {"@value": "2030-01-01T00:00:00Z"},
        "null": None,
        "empty-object": {},
    }.items():
        document = badge() | {"validUntil": value}
        book.add(f"date-until-form-{label}", "V-PAR-2 V-LD-3", (1, 4), embed(document, ISSUER, "eddsa-jcs-2022"), why)
        started = badge() | {"validFrom": value}
        book.add(f"date-from-form-{label}", "V-PAR-2 V-LD-3", (1, 4), embed(started, ISSUER, "eddsa-jcs-2022"), why)
    awarded = badge(awardedDate="last week")
    book.add("date-awarded", "V-PAR-2", 1, embed(awarded, ISSUER, "eddsa-jcs-2022"), "Every date is one.")
    _windows(book)
    _redos(book)


def _windows(book: Book) -> None:
    for label, members, code in (
        ("expired-second", {"validUntil": "2026-06-01T11:59:59Z"}, "validity.expired"),
        ("expired-zone", {"validUntil": "2026-06-01T13:59:59+02:00"}, "validity.expired"),
        ("expired-west", {"validUntil": "2026-06-01T06:59:59-05:00"}, "validity.expired"),
        ("expired-fraction", {"validUntil": "2026-06-01T11:59:59.999Z"}, "validity.expired"),
        ("expired-year", {"validUntil": "2026-02-01T00:00:00Z"}, "validity.expired"),
        ("future-minutes", {"validFrom": "2026-06-01T12:01:01Z"}, "validity.not_yet"),
        ("future-year", {"validFrom": "9999-12-31T23:59:59Z"}, "validity.not_yet"),
        ("future-zone", {"validFrom": "2026-06-01T12:00:00-01:00"}, "validity.not_yet"),
        (
            "reversed",
            {"validFrom": "2026-05-01T00:00:00Z", "validUntil": "2026-04-01T00:00:00Z"},
            "validity.end_before_start",
        ),
    ):
        book.add(
            f"date-window-{label}",
            "V-PAR-2",
            1,
            embed(badge(**members), ISSUER),
            "It is over, or has not begun.",
            check="validity.window",
            code=code,
        )
    valid = embed(badge(validUntil="2026-08-01T00:00:00Z"), ISSUER)
    book.add(
        "date-window-at-later",
        "V-PAR-2",
        1,
        valid,
        "It is over at that time.",
        at="2026-08-01T00:00:01+00:00",
        check="validity.window",
        code="validity.expired",
    )
    book.add(
        "date-window-at-earlier",
        "V-PAR-2",
        1,
        valid,
        "It had not begun at that time.",
        at="2026-01-15T08:00:00+00:00",
        check="validity.window",
        code="validity.not_yet",
    )
    old = {"@context": [VC1, OB_3_0_0, DI_V1]}
    ended = badge_v1(**old, expirationDate="2026-02-01T00:00:00Z")
    book.add(
        "date-window-v1-expired",
        "V-PAR-2",
        1,
        embed(ended, ISSUER),
        "It expired.",
        check="validity.window",
        code="validity.expired",
    )
    later = badge_v1(**(old | {"issuanceDate": "2027-02-01T00:00:00Z"}))
    book.add(
        "date-window-v1-future",
        "V-PAR-2",
        1,
        embed(later, ISSUER),
        "It has not begun.",
        check="validity.window",
        code="validity.not_yet",
    )
    bare = badge_v1(**(old | {"issuanceDate": None}))
    book.add("date-window-v1-without", "V-PAR-2", 1, embed(bare, ISSUER), "A start is required.")


def _redos(book: Book) -> None:
    for label, text in {
        "digits": "1" * 100_000,
        "fraction": "2026-01-15T09:00:00." + "1" * 100_000,
        "years": "9" * 100_000 + "-01-01T00:00:00Z",
        "dashes": "-" * 100_000,
        "zones": "2026-01-15T09:00:00" + "+01:00" * 15_000,
    }.items():
        document = badge(validUntil="@@@")
        before, after = _split(embed(document, ISSUER, "eddsa-jcs-2022"))
        book.add(
            f"date-redos-{label}",
            "V-PAR-3",
            (1, 4),
            {"recipe": {"parts": [[before, 1], [text[:8], len(text) // 8], [after, 1]]}},
            "Bounded first.",
        )
    for label, path, unit in (
        ("iri", "id", "a:"),
        ("url", "id", "https://"),
        ("email", "id", "mailto:a@a"),
        ("hash", "name", "sha256$"),
        ("percent", "id", "urn:%41"),
    ):
        document = badge(**{path: "@@@"})
        before, after = _split(embed(document, ISSUER, "eddsa-jcs-2022"))
        book.add(
            f"date-redos-text-{label}",
            "V-PAR-3",
            (1, 4),
            {"recipe": {"parts": [[before, 1], [unit, 100_000 // len(unit)], [after, 1]]}},
            "No pattern runs away.",
        )


def _split(document: object) -> tuple[str, str]:
    from generator.material import text_of

    before, after = text_of(document).split("@@@")
    return before, after
