"""Two versions of a framework side by side: what came, what went, and what reads differently."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from openbadges.frameworks.document_writer import item_document, to_document
from openbadges.frameworks.model import Framework, Texts

__all__ = ["Changes", "MemberChange", "RecordChange", "compare"]

_HEAD = "framework"
_COLLECTIONS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "levels": ("key",),
        "items": ("id", "code"),
        "roles": ("id", "code"),
        "contexts": ("id", "code"),
        "stricter": ("role context",),
        "translations": ("item",),
        "localNames": ("item",),
    }
)
"""The records of a framework, and by which members two of them are taken for the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberChange:
    """One member that differs.

    Attributes:
        member: Its name in the file format: ``label``, ``broader``, ``levels`` ...
        key: What differs within it: a language, a skill, or names parted by slashes; ``""`` for the whole of it.
        before: What it was. Of a list only what is not there any more; None where there was nothing.
        after: What it is now, in the same way.
    """

    member: str
    key: str = ""
    before: Any = None
    after: Any = None

    def as_document(self) -> dict[str, Any]:
        """As plain JSON values."""
        return {"member": self.member, "key": self.key, "before": self.before, "after": self.after}


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordChange:
    """One record that came, went or differs.

    Attributes:
        kind: ``framework`` for what is said of the framework itself; else the collection: ``levels``, ``items`` (groups
            and skills), ``roles``, ``contexts``, ``stricter``, ``translations`` or ``localNames``.
        what: ``added``, ``removed`` or ``changed``.
        ref: Its code, key or id.
        label: Its name: the new one, or the last one it had.
        members: What differs, where it was changed.
    """

    kind: str
    what: str
    ref: str
    label: Texts = field(default_factory=lambda: MappingProxyType({}))
    members: tuple[MemberChange, ...] = ()

    def as_document(self) -> dict[str, Any]:
        """As plain JSON values."""
        return {
            "kind": self.kind,
            "what": self.what,
            "ref": self.ref,
            "label": dict(self.label),
            "members": [member.as_document() for member in self.members],
        }


@dataclass(frozen=True, slots=True)
class Changes:
    """Everything that differs: the framework itself first, then record by record, in the order of the files.

    Attributes:
        records: Empty where both say the same.
    """

    records: tuple[RecordChange, ...] = ()

    def of(self, kind: str, what: str | None = None) -> tuple[RecordChange, ...]:
        """The changes of one kind of record, e.g. ``("items", "added")``."""
        return tuple(one for one in self.records if one.kind == kind and what in (None, one.what))

    @property
    def counts(self) -> Mapping[str, Mapping[str, int]]:
        """Kind -> ``added``, ``removed``, ``changed`` -> how many; only what there is."""
        found: dict[str, dict[str, int]] = {}
        for one in self.records:
            row = found.setdefault(one.kind, {})
            row[one.what] = row.get(one.what, 0) + 1
        return MappingProxyType(found)

    def as_document(self, most: int | None = None) -> dict[str, Any]:
        """As plain JSON values.

        Args:
            most: At most so many records; ``left_off`` says how many more there are.
        """
        shown = self.records if most is None else self.records[:most]
        return {
            "counts": {kind: dict(row) for kind, row in self.counts.items()},
            "records": [one.as_document() for one in shown],
            "left_off": len(self.records) - len(shown),
        }


def compare(old: Framework, new: Framework) -> Changes:
    """What is different in ``new``.

    Records are the same where their ids are, else where their codes are: a skill that got another name or place is
    changed, not removed and added. The order of records says nothing; that of children is told by their parents.

    Args:
        old: The earlier version.
        new: The later version.
    """
    before, after = _parts(old), _parts(new)
    head = _members(before[_HEAD], after[_HEAD])
    found = [RecordChange(kind=_HEAD, what="changed", ref=new.id, label=new.title, members=head)] if head else []
    for kind, names in _COLLECTIONS.items():
        found += _records(kind, names, before.get(kind, ()), after.get(kind, ()))
    return Changes(tuple(found))


def _parts(framework: Framework) -> dict[str, Any]:
    """The document in parts; groups and skills together, the hierarchy only as ``broader``."""
    document = to_document(framework)
    items = [item_document(item) | ({"kind": "group"} if item.kind == "group" else {}) for item in framework.items]
    parts = {kind: document.pop(kind, ()) for kind in _COLLECTIONS if kind != "items"}
    head = {name: value for name, value in document.items() if name not in ("groups", "skills")}
    return {**parts, "items": items, _HEAD: head}


def _records(
    kind: str, names: Sequence[str], before: Iterable[Mapping[str, Any]], after: Iterable[Mapping[str, Any]]
) -> list[RecordChange]:
    left = list(before)
    pairs: list[tuple[Mapping[str, Any] | None, Mapping[str, Any]]] = [(None, record) for record in after]
    for name in names:
        known = {_name(record, name): record for record in left if _name(record, name)}
        pairs = [(known.pop(_name(new, name), None) if old is None else old, new) for old, new in pairs]
        taken = {id(old) for old, _ in pairs}
        left = [record for record in left if id(record) not in taken]
    found = [_change(kind, names, old, new) for old, new in pairs if old is None or old != new]
    return [*found, *(_record(kind, "removed", names, record) for record in left)]


def _change(kind: str, names: Sequence[str], old: Mapping[str, Any] | None, new: Mapping[str, Any]) -> RecordChange:
    if old is None:
        return _record(kind, "added", names, new)
    return _record(kind, "changed", names, new, _members(old, new))


def _record(
    kind: str, what: str, names: Sequence[str], record: Mapping[str, Any], members: tuple[MemberChange, ...] = ()
) -> RecordChange:
    ref = _name(record, names[-1]) or _name(record, names[0])
    return RecordChange(kind=kind, what=what, ref=ref, label=record.get("label", {}), members=members)


def _name(record: Mapping[str, Any], names: str) -> str:
    """What a record is known by; of several members all that are there."""
    return " ".join(str(record[name]) for name in names.split() if name in record)


def _members(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[MemberChange, ...]:
    names = dict.fromkeys((*before, *after))
    return tuple(change for name in names for change in _differences(name, (), before.get(name), after.get(name)))


def _differences(member: str, path: tuple[str, ...], before: Any, after: Any) -> Iterable[MemberChange]:
    """Objects are gone into, of lists only what differs is told."""
    before, after = _levels_by_skill(before), _levels_by_skill(after)
    if before == after:
        return
    if _is_object(before, after):
        old, new = before or {}, after or {}
        for name in dict.fromkeys((*old, *new)):
            yield from _differences(member, (*path, name), old.get(name), new.get(name))
        return
    if isinstance(before, list) and isinstance(after, list):
        gone, come = [one for one in before if one not in after], [one for one in after if one not in before]
        if gone or come:  # else only the order differs, and both are told whole
            before, after = gone, come
    yield MemberChange(member=member, key="/".join(path), before=before, after=after)


def _is_object(before: Any, after: Any) -> bool:
    return all(isinstance(one, dict) for one in (before, after) if one is not None)


def _levels_by_skill(value: Any) -> Any:
    """What a role asks reads best skill by skill."""
    if isinstance(value, list) and value and all(isinstance(one, dict) and "skill" in one for one in value):
        return {str(one["skill"]): one.get("level") for one in value}
    return value
