"""Instants as text: xsd:dateTimeStamp and xsd:dateTime in, ``YYYY-MM-DDThh:mm:ssZ`` out.

The standard library's reader takes week dates, blanks for the ``T`` and seconds in the zone, so the lexical form is
decided here, by one anchored ASCII pattern on text whose length was bounded before.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import lru_cache
from typing import Any

from openbadges.errors import ConfigurationError, LimitError, MalformedError
from openbadges.limits import DEFAULT_LIMITS, Limits

__all__ = ["check_instant", "format_instant", "is_date_time", "parse_date", "parse_date_time", "parse_instant"]

_DATE_TIME = re.compile(
    r"(?P<year>-?[0-9]{4,})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})"
    r"T(?P<hour>[0-9]{2}):(?P<minute>[0-9]{2}):(?P<second>[0-9]{2})(?:\.(?P<fraction>[0-9]+))?"
    r"(?P<zone>Z|(?P<sign>[+-])(?P<zone_hour>[0-9]{2}):(?P<zone_minute>[0-9]{2}))?"
)
# What nearly every badge has: a day that its month has in every year, a time, and Z. The standard library's reader is
# right for these.
_USUAL = re.compile(
    r"(?!0000)[0-9]{4}-(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)"
    r"T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]{3})?Z"
)
_DATE = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})")
_LONGEST_USUAL = 24
_WIDEST_ZONE = timedelta(hours=14)  # XML Schema 1.1 part 2, 3.3.7


def parse_instant(text: str, limits: Limits = DEFAULT_LIMITS) -> datetime:
    """Read an xsd:dateTimeStamp, the DateTimeZ of Open Badges 3.0.

    Args:
        text: ``YYYY-MM-DDThh:mm:ss``, an optional fraction, and ``Z`` or ``±hh:mm``.
        limits: ``date_chars`` bounds the length in characters.

    Returns:
        The instant in UTC; what is finer than a microsecond is cut off.

    Raises:
        MalformedError: ``date.syntax``, ``date.zone_missing``, ``date.zone_range``, ``date.end_of_day`` (24:00:00),
            ``date.leap_second`` (:60), ``date.calendar`` (no such day or time), ``date.year`` (outside 0001 to 9999).
        LimitError: ``date.too_long``.
    """
    usual = _usual(text, limits)
    if usual is not None:
        return usual
    found = _match(_DATE_TIME, text, limits)
    if found["zone"] is None:
        raise MalformedError("date.zone_missing", text=text)
    local = _local(found, text)
    try:
        return local.replace(tzinfo=_zone(found, text)).astimezone(UTC)
    except OverflowError as error:  # 0001-01-01T00:00:00+01:00 is a day of the year 0
        raise MalformedError("date.year", text=text) from error


def parse_date_time(text: str, limits: Limits = DEFAULT_LIMITS) -> datetime:
    """Read an xsd:dateTime, the DateTime of Open Badges, whose zone may be absent.

    Returns:
        The instant in UTC, or a ``datetime`` without zone when the text has none.

    Raises:
        MalformedError: As ``parse_instant``, except ``date.zone_missing``.
        LimitError: ``date.too_long``.
    """
    usual = _usual(text, limits)
    if usual is not None:
        return usual
    found = _match(_DATE_TIME, text, limits)
    return _local(found, text) if found["zone"] is None else parse_instant(text, limits)


def is_date_time(text: str) -> bool:
    """Whether ``parse_date_time`` would read it; quicker where it need not be read."""
    if _usual(text, DEFAULT_LIMITS) is not None:
        return True
    try:
        parse_date_time(text)
    except MalformedError:
        return False
    return True


def parse_date(text: str, limits: Limits = DEFAULT_LIMITS) -> date:
    """Read a Date, ``YYYY-MM-DD``.

    Raises:
        MalformedError: ``date.day_syntax``, ``date.calendar`` or ``date.year``.
        LimitError: ``date.too_long``.
    """
    found = _match(_DATE, text, limits, code="date.day_syntax")
    return _day(text, found["year"], found["month"], found["day"])


def check_instant(instant: object) -> None:
    """Refuse what a caller hands in as an instant and is none.

    Raises:
        ConfigurationError: ``verify.time_kind``, or ``verify.time_without_zone``.
    """
    if not isinstance(instant, datetime):
        raise ConfigurationError("verify.time_kind", kind=type(instant).__name__)
    if instant.utcoffset() is None:
        raise ConfigurationError("verify.time_without_zone")


def format_instant(instant: datetime) -> str:
    """Write an instant as ``YYYY-MM-DDThh:mm:ssZ``; the fraction of a second is cut off.

    Raises:
        MalformedError: ``date.zone_missing`` for a ``datetime`` without zone: it names no instant; ``date.year`` when
            it lies outside the years 0001 to 9999 in UTC.
    """
    if not isinstance(instant, datetime):
        raise MalformedError("date.syntax", text=type(instant).__name__)
    if instant.utcoffset() is None:
        raise MalformedError("date.zone_missing", text=instant.isoformat())
    try:
        in_utc = instant if instant.tzinfo is UTC else instant.astimezone(UTC)
    except OverflowError as error:
        raise MalformedError("date.year", text=instant.isoformat()) from error
    return _written(in_utc)


@lru_cache(maxsize=512)
def _written(in_utc: datetime) -> str:
    """Kept as ``_read_usual`` is; of another zone two instants can be equal that are not the same (``fold``)."""
    return in_utc.replace(microsecond=0, tzinfo=None).isoformat() + "Z"


def _usual(text: object, limits: Limits) -> datetime | None:
    """The instant, if the text has the usual form."""
    if not isinstance(text, str) or len(text) > _LONGEST_USUAL or len(text) > limits.date_chars:
        return None
    return _read_usual(text)


@lru_cache(maxsize=512)
def _read_usual(text: str) -> datetime | None:
    """Kept because the schema, the rules and the window ask for the same dates, and many badges have them."""
    return datetime.fromisoformat(text) if _USUAL.fullmatch(text) else None


def _match(pattern: re.Pattern[str], text: str, limits: Limits, code: str = "date.syntax") -> dict[str, Any]:
    if not isinstance(text, str):
        raise MalformedError(code, text=type(text).__name__)
    if len(text) > limits.date_chars:
        raise LimitError("date.too_long", limit=limits.date_chars)
    found = pattern.fullmatch(text)
    if found is None:
        raise MalformedError(code, text=text)
    return found.groupdict()


def _local(found: dict[str, Any], text: str) -> datetime:
    if found["hour"] == "24":
        raise MalformedError("date.end_of_day", text=text)
    if found["second"] == "60":
        raise MalformedError("date.leap_second", text=text)
    day = _day(text, found["year"], found["month"], found["day"])
    microsecond = int((found["fraction"] or "0")[:6].ljust(6, "0"))
    try:
        moment = time(int(found["hour"]), int(found["minute"]), int(found["second"]), microsecond)
    except ValueError as error:
        raise MalformedError("date.calendar", text=text) from error
    return datetime.combine(day, moment)


def _day(text: str, year: str, month: str, day: str) -> date:
    if len(year) != 4 or year == "0000":
        raise MalformedError("date.year", text=text)
    try:
        return date(int(year), int(month), int(day))
    except ValueError as error:
        raise MalformedError("date.calendar", text=text) from error


def _zone(found: dict[str, Any], text: str) -> timezone:
    if found["zone"] == "Z":
        return UTC
    offset = timedelta(hours=int(found["zone_hour"]), minutes=int(found["zone_minute"]))
    if offset > _WIDEST_ZONE or int(found["zone_minute"]) > 59:
        raise MalformedError("date.zone_range", text=text)
    return timezone(-offset if found["sign"] == "-" else offset)
