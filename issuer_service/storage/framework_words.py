"""Full text over the words of items: FTS5 on SQLite, ``tsvector`` on PostgreSQL, behind the same methods.

The words were folded and parted before (``services.folding``), so that neither database folds or parts anything: both
find the same. The table ``framework_words`` is made by the migration and is not among ``tables``, because each database
has one of its own kind.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Protocol

from sqlalchemy import Connection, text

from issuer_service.services.framework_records import FrameworkText
from issuer_service.services.framework_words import Asked, Match, Wanted

__all__ = ["engine_of"]


class Engine(Protocol):
    """What a database has to be able to do with words."""

    def forget(self, framework_id: str) -> None:
        """Forget the words of a framework; called before its texts are removed."""
        ...

    def learn(self, texts: Sequence[FrameworkText]) -> None:
        """Take up the words of texts that were just added."""
        ...

    def find(self, asked: Asked, limit: int) -> Sequence[Match]:
        """The first texts that fit: their numbers begin with the length of the name."""
        ...


def engine_of(connection: Connection) -> Engine:
    """The engine of a connection's database."""
    return _ENGINES[connection.dialect.name](connection)


class Fts5:
    """SQLite: an FTS5 index beside ``framework_texts``, which holds the words."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def forget(self, framework_id: str) -> None:
        """An index beside a table has to be told what it held."""
        self._db.execute(
            text("""
                INSERT INTO framework_words (framework_words, rowid, label, names, more, marks)
                SELECT 'delete', id, label, names, more, marks FROM framework_texts WHERE framework_id = :framework_id
            """),
            {"framework_id": framework_id},
        )

    def learn(self, texts: Sequence[FrameworkText]) -> None:
        """One entry for each text."""
        statement = text("""
            INSERT INTO framework_words (rowid, label, names, more, marks)
            VALUES (:id, :label, :names, :more, :marks)
        """)
        members = ("id", "label", "names", "more", "marks")
        self._db.execute(statement, [{name: getattr(one, name) for name in members} for one in texts])

    def find(self, asked: Asked, limit: int) -> Sequence[Match]:
        """In the order of the index, so that the first ones are found without looking at the others."""
        statement = text("""
            SELECT t.item_id, t.language, t.label, t.names
            FROM (
                SELECT rowid AS id FROM framework_words WHERE framework_words MATCH :asked ORDER BY rowid LIMIT :limit
            ) AS found JOIN framework_texts t ON t.id = found.id ORDER BY t.id
        """)
        words = _combined(asked, _fts5_word, " AND ", " OR ")
        words = f"({words})" if asked.everywhere else f"{{label names}} : ({words})"
        marks = [f"marks : ({' OR '.join(group)})" for group in asked.marks()]
        facts = {"asked": " AND ".join([words, *marks]), "limit": limit}
        return [Match(**row) for row in self._db.execute(statement, facts).mappings()]


class TsVector:
    """PostgreSQL: a vector for each text, with its weights, under a GIN index."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def forget(self, framework_id: str) -> None:
        """Remove the vectors."""
        held = "SELECT id FROM framework_texts WHERE framework_id = :framework_id"
        statement = f"DELETE FROM framework_words WHERE text_id IN ({held})"  # noqa: S608 - no outside text
        self._db.execute(text(statement), {"framework_id": framework_id})

    def learn(self, texts: Sequence[FrameworkText]) -> None:
        """One vector for each text, written out here: PostgreSQL's own parser would part words by its locale."""
        statement = "INSERT INTO framework_words (text_id, words) VALUES (:text_id, CAST(:words AS tsvector))"
        self._db.execute(text(statement), [{"text_id": one.id, "words": _vector(one)} for one in texts])

    def find(self, asked: Asked, limit: int) -> Sequence[Match]:
        """By the index, then the first ones."""
        statement = text("""
            SELECT t.item_id, t.language, t.label, t.names
            FROM framework_words w JOIN framework_texts t ON t.id = w.text_id
            WHERE w.words @@ CAST(:asked AS tsquery) ORDER BY t.id LIMIT :limit
        """)
        weights = "ABD" if asked.everywhere else "AB"
        words = _combined(asked, lambda one: f"'{one.word}':{'*' if one.begins else ''}{weights}", " & ", " | ")
        marks = [f"({' | '.join(f'{mark}:C' for mark in group)})" for group in asked.marks()]
        facts = {"asked": " & ".join([f"({words})", *marks]), "limit": limit}
        return [Match(**row) for row in self._db.execute(statement, facts).mappings()]


def _combined(asked: Asked, written: Callable[[Wanted], str], every: str, some: str) -> str:
    """The question in the database's own notation."""
    groups = [f"({some.join(map(written, group))})" for group in asked.groups]
    return (every if asked.every else some).join(groups)


def _fts5_word(wanted: Wanted) -> str:
    """Words are letters, marks and digits only: nothing in them can be notation."""
    return f'"{wanted.word}"*' if wanted.begins else f'"{wanted.word}"'


def _vector(of: FrameworkText) -> str:
    """Names before other names before descriptions, with their places."""
    parts = [(word, weight) for words, weight in ((of.label, "A"), (of.names, "B"), (of.more, "D"), (of.marks, "C"))
             for word in words.split() if word != "|"]  # fmt: skip
    return " ".join(f"'{word}':{place}{weight}" for place, (word, weight) in enumerate(parts, start=1))


_ENGINES: Mapping[str, type[Fts5] | type[TsVector]] = MappingProxyType({"sqlite": Fts5, "postgresql": TsVector})
