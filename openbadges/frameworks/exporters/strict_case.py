"""CASE 1.1 records exactly as the specification lists them: members that it does not know are dropped and noted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime
from types import MappingProxyType
from typing import Any

from openbadges.frameworks.alignment import last_segment
from openbadges.frameworks.case_terms import ASSOCIATIONS, RECORDS
from openbadges.frameworks.exporters.exported import Loss
from openbadges.frameworks.identifiers import is_uuid, uuid_of
from openbadges.frameworks.kinds import is_uri

__all__ = ["UNKNOWN_TIME", "Losses", "StrictCase"]

UNKNOWN_TIME = "1970-01-01T00:00:00+00:00"
"""Written as ``lastChangeDateTime``, which CASE requires, where a framework does not say when it was changed."""

_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)", re.ASCII)
_EXT = re.compile(r"ext:[A-Za-z0-9._-]+")


class Losses:
    """Counts what is lost, by kind and subject."""

    def __init__(self) -> None:
        self._counts: Counter[tuple[str, str]] = Counter()

    def add(self, code: str, subject: str = "", count: int = 1) -> None:
        """Note a loss that happened ``count`` times."""
        self._counts[code, subject] += count

    def all(self) -> tuple[Loss, ...]:
        """Every kind of loss, in the order it was first met."""
        return tuple(Loss(code=code, subject=subject, count=count) for (code, subject), count in self._counts.items())


class StrictCase:
    """Turns records that may hold anything into records that CASE 1.1 allows.

    Args:
        changed: Date-time for records without a usable ``lastChangeDateTime``.
        losses: Where what is dropped is noted.
    """

    def __init__(self, changed: str, losses: Losses) -> None:
        self._losses = losses
        self._changed = UNKNOWN_TIME
        self._changed = self._time(changed)

    def records(self, name: str, values: Iterable[Any]) -> list[dict[str, Any]]:
        """The records of one kind; those that lack a required member are dropped."""
        return [record for value in values if (record := self.record(name, value)) is not None]

    def record(self, name: str, value: Any) -> dict[str, Any] | None:
        """One record, or None where it lacks a required member."""
        terms = RECORDS[name]
        if not isinstance(value, Mapping):
            self._losses.add("frameworks.loss.case_record", name)
            return None
        uri = value.get("uri")
        given = {
            **({"identifier": uuid_of(uri)} if isinstance(uri, str) and "identifier" not in value else {}),
            "lastChangeDateTime": self._changed,
            **value,
        }
        found: dict[str, Any] = {}
        for member, content in given.items():
            kind = terms.members.get(member)
            clean = self._value(kind, content, str(uri)) if kind is not None else None
            if clean is None:
                self._losses.add("frameworks.loss.case_member", f"{name}.{member}")
            else:
                found[member] = clean
        if any(member not in found for member in terms.required):
            self._losses.add("frameworks.loss.case_record", name)
            return None
        return found

    def _value(self, kind: str, value: Any, uri: str) -> Any:
        if kind == "uuid":
            return self._uuid(value, uri)
        if kind == "time":
            return self._time(value)
        if kind in _SIMPLE:
            return _SIMPLE[kind](value)
        return self.records(kind, value) if isinstance(value, list) else None

    def _uuid(self, value: Any, uri: str) -> str:
        if not is_uuid(value):
            self._losses.add("frameworks.loss.case_identifier")
        return uuid_of(uri, value if isinstance(value, str) else None)

    def _time(self, value: Any) -> str:
        if isinstance(value, str) and _TIME.fullmatch(value) is not None:
            return value
        try:
            moment = datetime.fromisoformat(value)
        except (TypeError, ValueError):
            self._losses.add("frameworks.loss.case_time", str(value))
            return self._changed
        if moment.tzinfo is not None:
            return moment.isoformat(timespec="seconds")
        self._losses.add("frameworks.loss.case_time_zone")
        return moment.replace(tzinfo=UTC).isoformat(timespec="seconds")


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None


def _texts(value: Any) -> list[str] | None:
    if isinstance(value, str):
        return [value]
    return [str(element) for element in value if isinstance(element, str)] if isinstance(value, list) else None


def _uri(value: Any) -> str | None:
    return value if is_uri(value) else None


def _date(value: Any) -> str | None:
    try:
        return date.fromisoformat(value[:10]).isoformat()
    except (TypeError, ValueError):
        return None


def _integer(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**31 else None


def _number(value: Any) -> float | None:
    return value if isinstance(value, (int, float)) and not isinstance(value, bool) else None


def _link(value: Any) -> dict[str, Any] | None:
    """A link of title, UUID and address; real files also have the address alone."""
    link = {"uri": value} if isinstance(value, str) else value
    if not isinstance(link, Mapping) or not is_uri(link.get("uri")):
        return None
    uri = link["uri"]
    return {
        "title": _text(link.get("title")) or last_segment(uri),
        "identifier": uuid_of(uri, link.get("identifier") if isinstance(link.get("identifier"), str) else None),
        "uri": uri,
    }


def _links(value: Any) -> list[dict[str, Any]] | None:
    values = value if isinstance(value, list) else [value]
    return [link for each in values if (link := _link(each)) is not None]


def _node(value: Any) -> dict[str, Any] | None:
    link = _link(value)
    if link is None or isinstance(value, str):
        return link
    target = value.get("targetType")
    stated = _text(value.get("identifier"))
    if target is not None and (target == "CASE" or _is_ext(target)):
        return {**link, "identifier": stated or link["identifier"], "targetType": target}
    return {**link, "identifier": stated or link["identifier"]}


def _is_ext(value: Any) -> bool:
    return isinstance(value, str) and _EXT.fullmatch(value) is not None


def _association(value: Any) -> str | None:
    return value if isinstance(value, str) and (value in ASSOCIATIONS or _is_ext(value)) else None


def _version(value: Any) -> str | None:
    return "1.1" if isinstance(value, str) else None


def _extensions(value: Any) -> dict[str, Any] | None:
    return dict(value) if isinstance(value, Mapping) else None


_SIMPLE: Mapping[str, Callable[[Any], Any]] = MappingProxyType(
    {
        "text": _text,
        "texts": _texts,
        "uri": _uri,
        "date": _date,
        "integer": _integer,
        "number": _number,
        "link": _link,
        "links": _links,
        "node": _node,
        "association": _association,
        "version": _version,
        "extensions": _extensions,
    }
)
