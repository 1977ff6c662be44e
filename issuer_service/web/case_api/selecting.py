"""Which records, in which order, and what of them: the query parameters of 1EdTech's REST bindings."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from werkzeug.datastructures import MultiDict

from openbadges.frameworks.case_terms import RECORDS

__all__ = ["BadQueryError", "Selection", "chosen_fields"]

_DEFAULT_LIMIT, _MOST = 100, 500
_LONGEST = 1_000
_FIELDS = frozenset({*RECORDS["CFDocument"].members, "CFPackageURI"})
_TERM = re.compile(r"\s*([A-Za-z]+)\s*(!=|>=|<=|=|>|<|~)\s*'([^']*)'\s*")
_TESTS: Mapping[str, Callable[[str, str], bool]] = MappingProxyType(
    {
        "=": lambda held, asked: held.casefold() == asked.casefold(),
        "!=": lambda held, asked: held.casefold() != asked.casefold(),
        ">": lambda held, asked: held > asked,
        ">=": lambda held, asked: held >= asked,
        "<": lambda held, asked: held < asked,
        "<=": lambda held, asked: held <= asked,
        "~": lambda held, asked: asked.casefold() in held.casefold(),
    }
)


class BadQueryError(Exception):
    """A parameter cannot be used.

    Attributes:
        code: The minor code of CASE.
    """

    def __init__(self, code: str, sentence: str) -> None:
        self.code = code
        super().__init__(sentence)


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """What was asked for in the query."""

    limit: int
    offset: int
    sort: str
    descending: bool
    terms: tuple[tuple[str, str, str], ...]
    every: bool
    fields: str
    query: tuple[tuple[str, str], ...]

    @classmethod
    def asked(cls, given: MultiDict[str, str]) -> Selection:
        """Read the query.

        Raises:
            BadQueryError: A parameter cannot be used.
        """
        sort, order = given.get("sort", ""), given.get("orderBy", "asc")
        if (sort and sort not in _FIELDS) or order not in ("asc", "desc"):
            raise BadQueryError("invalid_sort_field", "Sort by a member of CFDocument, “orderBy” is asc or desc.")
        terms, every = _terms(given.get("filter", ""))
        return cls(
            limit=_number(given, "limit", _DEFAULT_LIMIT, least=1),
            offset=_number(given, "offset", 0, least=0),
            sort=sort,
            descending=order == "desc",
            terms=terms,
            every=every,
            fields=given.get("fields", ""),
            query=tuple((name, value) for name, value in given.items(multi=True) if name not in ("limit", "offset")),
        )

    def chosen(self, records: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
        """The records that pass the filter, in order."""
        found = [record for record in records if self._passes(record)]
        if self.sort:
            found.sort(key=lambda record: str(record.get(self.sort, "")).casefold(), reverse=self.descending)
        return found

    def part(self, records: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
        """The records of this part, with the members that were asked for."""
        return [chosen_fields(record, self.fields) for record in records[self.offset : self.offset + self.limit]]

    def places(self, total: int) -> list[tuple[str, int]]:
        """The names of the other parts and where they begin."""
        last = max(total - 1, 0) // self.limit * self.limit
        found = [("first", 0), ("prev", max(self.offset - self.limit, 0))] if self.offset else []
        return (
            [*found, ("next", self.offset + self.limit), ("last", last)] if self.offset + self.limit < total else found
        )

    def at(self, offset: int) -> list[tuple[str, Any]]:
        """The same question about another part."""
        return [*self.query, ("limit", self.limit), ("offset", offset)]

    def _passes(self, record: Mapping[str, Any]) -> bool:
        results = [_TESTS[test](str(record.get(name, "")), asked) for name, test, asked in self.terms]
        return not results or (all(results) if self.every else any(results))


def chosen_fields(record: Mapping[str, Any], fields: str) -> Mapping[str, Any]:
    """The members that were asked for, all of them for nothing.

    Raises:
        BadQueryError: None of these is there.
    """
    wanted = [name.strip() for name in fields[:_LONGEST].split(",") if name.strip()]
    found = {name: value for name, value in record.items() if name in wanted}
    if wanted and not found:
        raise BadQueryError("invalid_selection_field", "None of the fields is there.")
    return found if wanted else record


def _number(given: MultiDict[str, str], name: str, default: int, *, least: int) -> int:
    text = given.get(name, "") or str(default)
    if not (text.isascii() and text.isdigit() and len(text) <= 9 and int(text) >= least):
        raise BadQueryError("invalid_selection_field", f"“{name}” is a whole number of at least {least}.")
    return min(int(text), _MOST) if name == "limit" else int(text)


def _terms(text: str) -> tuple[tuple[tuple[str, str, str], ...], bool]:
    """``title~'skill' AND language='en'``: terms, and whether each of them has to hold."""
    if not text.strip():
        return (), True
    parts = re.split(r"(?<=') +(AND|OR) +", text[:_LONGEST])
    words, found = set(parts[1::2]), [_TERM.fullmatch(part) for part in parts[::2]]
    if len(words) > 1 or any(one is None or one[1] not in _FIELDS for one in found):
        raise BadQueryError(
            "invalid_selection_field",
            "Write a filter like title~'skill' AND language='en', with members of CFDocument.",
        )
    return tuple((one[1], one[2], one[3]) for one in found if one is not None), "OR" not in words
