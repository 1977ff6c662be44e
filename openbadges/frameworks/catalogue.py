"""Several frameworks side by side: finding an item, role or context by code or id, and its name in a language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TypeVar

from openbadges.errors import ConfigurationError
from openbadges.frameworks.hierarchy import children_of
from openbadges.frameworks.kinds import is_uri
from openbadges.frameworks.model import Context, Framework, Item, Level, Role, Texts, text

__all__ = ["Catalogue", "Unresolved"]

Record = TypeVar("Record", Item, Role, Context)
_Index = Mapping[str, tuple[tuple[Framework, Record], ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unresolved:
    """A reference that leads nowhere in a catalogue."""

    framework: str
    source: str
    relation: str
    target: str


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Frameworks that refer to each other.

    Attributes:
        frameworks: In the order given; the local layer, when there is one, is the last.
        local: The local layer that ``overlay`` laid over the others.

    Raises:
        ConfigurationError: Two frameworks have the same id.
    """

    frameworks: tuple[Framework, ...]
    local: Framework | None = None
    _items: _Index[Item] = field(init=False, repr=False, compare=False)
    _roles: _Index[Role] = field(init=False, repr=False, compare=False)
    _contexts: _Index[Context] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        ids = [framework.id for framework in self.frameworks]
        for name in ids:
            if ids.count(name) > 1:
                raise ConfigurationError("frameworks.framework_twice", id=name)
        object.__setattr__(self, "_items", _indexed((each, each.items) for each in self.frameworks))
        object.__setattr__(self, "_roles", _indexed((each, each.roles) for each in self.frameworks))
        object.__setattr__(self, "_contexts", _indexed((each, each.contexts) for each in self.frameworks))

    def item(self, reference: str, within: Framework | None = None) -> tuple[Framework, Item] | None:
        """The item with this code or id and its framework.

        Args:
            reference: A code or an id.
            within: The framework that the reference stands in; its own codes come first.

        Raises:
            ConfigurationError: Several frameworks use the code.
        """
        return _only(self._items, reference, within)

    def role(self, reference: str, within: Framework | None = None) -> tuple[Framework, Role] | None:
        """The role with this code or id and its framework.

        Raises:
            ConfigurationError: Several frameworks use the code.
        """
        return _only(self._roles, reference, within)

    def context(self, reference: str, within: Framework | None = None) -> tuple[Framework, Context] | None:
        """The context with this code or id and its framework.

        Raises:
            ConfigurationError: Several frameworks use the code.
        """
        return _only(self._contexts, reference, within)

    def codes(self, kind: str) -> tuple[str, ...]:
        """All codes of ``"roles"`` or ``"contexts"``, sorted."""
        return tuple(sorted(record.code for framework in self.frameworks for record in getattr(framework, kind)))

    def framework(self, framework_id: str) -> Framework | None:
        """The framework with this id."""
        return next((each for each in self.frameworks if each.id == framework_id), None)

    def levels(self, framework: Framework) -> tuple[Level, ...]:
        """The levels of a framework; a local layer without its own has those of the framework below."""
        if framework.levels:
            return framework.levels
        below = (self.framework(each) for each in (*framework.extends, *framework.uses))
        return next((each.levels for each in below if each is not None and each.levels), ())

    def children(self, framework: Framework) -> Mapping[str, tuple[Item, ...]]:
        """Children in order, by the id of the parent, within one framework."""
        return MappingProxyType({parent: tuple(found) for parent, found in children_of(framework.items).items()})

    def label(self, reference: str, language: str) -> str:
        """What an item is called here: its local name, else its own, else the reference itself."""
        found = self.item(reference)
        if found is None:
            return reference
        return (
            text(self.local_name(found[1]), language, fallback=language) or text(found[1].label, language) or reference
        )

    def local_name(self, item: Item) -> Texts:
        """What the local layer calls a global item, per language; empty where it says nothing."""
        names = self.local.local_names if self.local is not None else ()
        found = {
            tag: name for entry in names if entry.item in (item.code, item.id) for tag, name in entry.label.items()
        }
        return MappingProxyType(found)

    def unresolved(self) -> tuple[Unresolved, ...]:
        """References by code that no framework here answers, and by id into a framework here that lacks the item.

        A URI outside the frameworks of the catalogue is another framework's business.
        """
        return tuple(
            Unresolved(framework=framework.id, source=source, relation=relation, target=target)
            for framework in self.frameworks
            for source, relation, target in _references(framework)
            if self._leads_nowhere(relation, target)
        )

    def _leads_nowhere(self, relation: str, target: str) -> bool:
        index = {"basedOn": self._roles, "context": self._contexts}.get(relation, self._items)
        if target in index:
            return False
        return not is_uri(target) or any(target.startswith(each.id.rstrip("/#") + "/") for each in self.frameworks)


def _indexed(rows: Iterable[tuple[Framework, Iterable[Record]]]) -> Mapping[str, tuple[tuple[Framework, Record], ...]]:
    found: dict[str, list[tuple[Framework, Record]]] = {}
    for framework, records in rows:
        for record in records:
            for name in dict.fromkeys(filter(None, (record.id, record.code))):
                found.setdefault(name, []).append((framework, record))
    return MappingProxyType({name: tuple(entries) for name, entries in found.items()})


def _only(
    index: Mapping[str, tuple[tuple[Framework, Record], ...]], reference: str, within: Framework | None
) -> tuple[Framework, Record] | None:
    entries = index.get(reference, ())
    own = [entry for entry in entries if within is not None and entry[0].id == within.id]
    if own:
        return own[0]
    if len(entries) > 1:
        raise ConfigurationError(
            "frameworks.ambiguous", name=reference, frameworks=[framework.name for framework, _ in entries]
        )
    return entries[0] if entries else None


def _references(framework: Framework) -> Iterable[tuple[str, str, str]]:
    for item in framework.items:
        yield from ((item.ref, relation.type, relation.target) for relation in item.relations)
    for role in framework.roles:
        yield from ((role.code, "requires", entry.skill) for entry in role.requires)
        yield from ((role.code, "basedOn", name) for name in (role.based_on,) if name is not None)
        yield from ((role.code, "context", name) for name in (role.context,) if name is not None)
    for context in framework.contexts:
        adjust = context.adjust
        asked = {**adjust.level_delta, **adjust.require, **adjust.relax}
        yield from ((context.code, "adjust", skill) for skill in asked)
