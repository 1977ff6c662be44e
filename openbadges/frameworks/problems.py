"""What is wrong with a framework file: every problem with its place in one error, so that one mending is enough."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from openbadges.errors import MalformedError, RefusedError
from openbadges.messages import render, safe_text

__all__ = ["ImportProblems", "OverlayRefused", "Problem", "ProblemList"]

_ROW = re.compile(r"row (\d+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing that is wrong.

    Attributes:
        place: JSON Pointer (RFC 6901), ``row 7`` of a table (the header is row 1), or a code of an item.
        code: A key of ``openbadges.messages.MESSAGES``.
        params: The facts of the sentence.
    """

    place: str
    code: str
    params: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def detail(self) -> str:
        """The English sentence."""
        return render(self.code, self.params)

    def __str__(self) -> str:
        return f"{safe_text(self.place)}: {self.detail}" if self.place else self.detail

    def as_document(self) -> dict[str, Any]:
        """Place, code and facts as plain JSON values."""
        return {"place": self.place, "code": self.code, "params": dict(self.params)}


class ImportProblems(MalformedError):  # noqa: N818 - it is caught and read as the list it is
    """A framework file was not imported; nothing of it was kept.

    Attributes:
        problems: The problems in the order of the file, at most ``FrameworkLimits.problems``.
    """

    def __init__(self, problems: Iterable[Problem], *, total: int) -> None:
        self.problems = tuple(problems)
        first = self.problems[0]
        super().__init__(
            "frameworks.import_problems",
            pointer=first.place if first.place.startswith("/") else "",
            count=total,
            first=str(first),
            problems=[problem.as_document() for problem in self.problems],
        )


class OverlayRefused(RefusedError):  # noqa: N818 - named after what happened, like its base class
    """A local layer was not laid over its base, because the two contradict each other.

    Attributes:
        problems: Every conflict; each names the local and the global side.
    """

    def __init__(self, problems: Iterable[Problem], *, total: int) -> None:
        self.problems = tuple(problems)
        super().__init__(
            "frameworks.overlay_refused",
            count=total,
            first=str(self.problems[0]),
            problems=[problem.as_document() for problem in self.problems],
        )


class ProblemList:
    """Collects problems while a file is read; what exceeds the limit is counted only."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._found: list[Problem] = []
        self._total = 0

    def add(self, place: str, code: str, /, **params: Any) -> None:
        """Note one problem."""
        self._total += 1
        if len(self._found) < self._most:
            self._found.append(Problem(place=place, code=code, params=MappingProxyType(params)))

    def stop(self, error: type[ImportProblems] | type[OverlayRefused] = ImportProblems) -> None:
        """Raise everything noted so far as one error, if there is anything.

        Raises:
            ImportProblems: There are problems (or ``error``, where that is asked for).
        """
        if self._found:
            raise error(sorted(self._found, key=_row), total=self._total)


def _row(problem: Problem) -> int:
    """The row of a table that a problem is in; whole files and JSON Pointers keep their order before all rows."""
    found = _ROW.match(problem.place)
    return int(found[1]) if found is not None else 0
