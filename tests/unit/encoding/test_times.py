"""Instants as text: lexical rules of xsd:dateTimeStamp (V-PAR-2)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from time import perf_counter

import pytest

from openbadges.encoding.times import format_instant, parse_date, parse_date_time, parse_instant
from openbadges.errors import LimitError, MalformedError
from openbadges.limits import Limits
from openbadges.messages import MESSAGES


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-01-15T09:00:00Z", datetime(2026, 1, 15, 9, tzinfo=UTC)),
        ("2021-09-07T02:09:59+02:00", datetime(2021, 9, 7, 0, 9, 59, tzinfo=UTC)),
        ("2021-09-07T02:09:59-14:00", datetime(2021, 9, 7, 16, 9, 59, tzinfo=UTC)),
        ("2021-09-07T02:09:59-00:00", datetime(2021, 9, 7, 2, 9, 59, tzinfo=UTC)),
        ("2021-09-07T02:09:59.12Z", datetime(2021, 9, 7, 2, 9, 59, 120000, tzinfo=UTC)),
        ("2021-09-07T02:09:59.123456789Z", datetime(2021, 9, 7, 2, 9, 59, 123456, tzinfo=UTC)),
        ("2024-02-29T00:00:00Z", datetime(2024, 2, 29, tzinfo=UTC)),
        ("0001-01-01T00:00:00Z", datetime(1, 1, 1, tzinfo=UTC)),
        ("9999-12-31T23:59:59Z", datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)),
    ],
)
def test_an_instant_is_read_into_utc(text: str, expected: datetime) -> None:
    found = parse_instant(text)
    assert found == expected
    assert found.utcoffset() == timedelta(0)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2026-01-15T09:00:00", "date.zone_missing"),
        ("2026-01-15 09:00:00Z", "date.syntax"),
        ("2026-01-15t09:00:00Z", "date.syntax"),
        ("2026-01-15T09:00:00z", "date.syntax"),
        ("2026-01-15T09:00Z", "date.syntax"),
        ("2026-01-15T09:00:00.Z", "date.syntax"),
        ("2026-01-15T09:00:00,5Z", "date.syntax"),
        ("2026-01-15T09:00:00+0200", "date.syntax"),
        ("2026-01-15T09:00:00+02:00:30", "date.syntax"),
        ("2026-W03-4T09:00:00Z", "date.syntax"),
        ("20260115T090000Z", "date.syntax"),
        ("2026-01-15T09:00:00Z\n", "date.syntax"),
        (" 2026-01-15T09:00:00Z", "date.syntax"),
        ("٢٠٢٦-01-15T09:00:00Z", "date.syntax"),
        ("2026-01-15", "date.syntax"),
        ("", "date.syntax"),
        ("2026-01-15T24:00:00Z", "date.end_of_day"),
        ("2026-12-31T23:59:60Z", "date.leap_second"),
        ("2026-12-31T23:59:61Z", "date.calendar"),
        ("2026-12-31T23:60:00Z", "date.calendar"),
        ("2026-12-31T25:00:00Z", "date.calendar"),
        ("2026-02-29T00:00:00Z", "date.calendar"),
        ("2026-13-01T00:00:00Z", "date.calendar"),
        ("2026-01-15T09:00:00+14:01", "date.zone_range"),
        ("2026-01-15T09:00:00+01:60", "date.zone_range"),
        ("0000-01-01T00:00:00Z", "date.year"),
        ("-0001-01-01T00:00:00Z", "date.year"),
        ("12026-01-15T09:00:00Z", "date.year"),
        ("0001-01-01T00:00:00+01:00", "date.year"),
        ("9999-12-31T23:59:59-01:00", "date.year"),
    ],
)
def test_v_par_2_what_is_not_a_date_time_stamp_is_refused_with_its_own_code(text: str, code: str) -> None:
    with pytest.raises(MalformedError) as caught:
        parse_instant(text)
    assert caught.value.code == code
    assert code in MESSAGES


def test_v_par_2_length_is_checked_before_anything_else() -> None:
    start = perf_counter()
    with pytest.raises(LimitError) as caught:
        parse_instant("1" * 10_000_000)
    assert caught.value.code == "date.too_long"
    assert perf_counter() - start < 0.05
    assert parse_instant("2026-01-15T09:00:00.00000000000000000000Z", Limits(date_chars=41))
    with pytest.raises(LimitError):
        parse_instant("2026-01-15T09:00:00.00000000000000000000Z")


@pytest.mark.parametrize("value", [None, 5, b"2026-01-15T09:00:00Z", ["x"]])
def test_what_is_not_text_is_refused_and_not_a_type_error(value: object) -> None:
    for parse in (parse_instant, parse_date_time, parse_date, format_instant):
        with pytest.raises(MalformedError):
            parse(value)  # type: ignore[operator]


def test_a_date_time_may_lack_its_zone() -> None:
    assert parse_date_time("2025-12-01T10:00:00.5") == datetime(2025, 12, 1, 10, 0, 0, 500000)  # noqa: DTZ001
    assert parse_date_time("2025-12-01T10:00:00+01:00") == datetime(2025, 12, 1, 9, tzinfo=UTC)
    with pytest.raises(MalformedError) as caught:
        parse_date_time("2025-12-01")
    assert caught.value.code == "date.syntax"


def test_a_date_is_a_calendar_day() -> None:
    assert parse_date("1990-02-28") == date(1990, 2, 28)
    for text, code in (
        ("1990-02-29", "date.calendar"),
        ("1990-2-28", "date.day_syntax"),
        ("0000-01-01", "date.year"),
        ("1990-02-28T00:00:00Z", "date.day_syntax"),
    ):
        with pytest.raises(MalformedError) as caught:
            parse_date(text)
        assert caught.value.code == code


def test_an_instant_is_written_in_utc_without_fraction() -> None:
    east = timezone(timedelta(hours=2))
    assert format_instant(datetime(2026, 1, 15, 9, 0, 0, 999999, tzinfo=east)) == "2026-01-15T07:00:00Z"
    assert format_instant(datetime(1, 1, 1, tzinfo=UTC)) == "0001-01-01T00:00:00Z"


def test_a_datetime_without_zone_names_no_instant() -> None:
    with pytest.raises(MalformedError) as caught:
        format_instant(datetime(2026, 1, 15))  # noqa: DTZ001
    assert caught.value.code == "date.zone_missing"


def test_an_instant_before_the_year_1_in_utc_is_refused() -> None:
    with pytest.raises(MalformedError) as caught:
        format_instant(datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=2))))
    assert caught.value.code == "date.year"
