"""Reader of ESCO's tables of relations: the hierarchy of the skill pillar, and what skills are needed for others.

``broaderRelationsSkillPillar_xx.csv`` has the columns ``conceptUri`` and ``broaderUri``, ``skillSkillRelations_xx.csv``
has ``originalSkillUri``, ``relationType`` (``essential`` or ``optional``) and ``relatedSkillUri``, both beside others
that repeat types and names. Addresses are the same in every language, so one file of each is enough.
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from types import MappingProxyType

from openbadges.frameworks.importers.tables import Table
from openbadges.frameworks.kinds import is_uri
from openbadges.frameworks.model import Relation
from openbadges.frameworks.problems import ProblemList

__all__ = ["RELATION_TABLES", "EscoRelations"]

RELATION_TABLES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {"broaderUri": ("conceptUri", "broader"), "relatedSkillUri": ("originalSkillUri", "related")}
)
"""The column that only such a table has: the column of the other end, and the relation it states."""


class EscoRelations:
    """The relations of all tables, in the order of their rows."""

    def __init__(self) -> None:
        self._rows: dict[tuple[str, str, str], str] = {}

    def read(self, name: str, table: Table, problems: ProblemList) -> None:
        """Take over one table; ``name`` is that of its file."""
        target = next(column for column in RELATION_TABLES if column in table.header)
        source, kind = RELATION_TABLES[target]
        if source not in table.header:
            problems.add(f"{name} row 1", "frameworks.missing_columns", names=[source])
            return
        places = {column: place for place, column in enumerate(table.header)}
        for number, cells in table.rows:
            place = f"{name} row {number}"
            if len(cells) != len(table.header):
                problems.add(place, "frameworks.wrong_columns", found=len(cells), wanted=len(table.header))
                continue
            ends = cells[places[source]].strip(), cells[places[target]].strip()
            wrong = [end for end in ends if not is_uri(end)]
            if wrong:
                problems.add(place, "frameworks.bad_uri", value=wrong[0])
                continue
            how = cells[places["relationType"]].strip() if "relationType" in places else ""
            self._rows.setdefault((ends[0], kind, ends[1]), how)

    def of(self, known: Container[str]) -> Mapping[str, list[Relation]]:
        """The relations of the concepts that are known, by concept; the other end may be somewhere else."""
        found: dict[str, list[Relation]] = {}
        for (source, kind, target), how in sorted(self._rows.items(), key=lambda row: row[0][1]):  # hierarchy first
            if source in known:
                extra = {"relationType": how} if how else {}
                found.setdefault(source, []).append(Relation(type=kind, target=target, extra=MappingProxyType(extra)))
        return found
