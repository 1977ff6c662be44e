"""CASE associations as relations, mappings, requirements and an order of children."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from openbadges.frameworks.alignment import SCHEMES
from openbadges.frameworks.case_terms import ASSOCIATIONS, association_path
from openbadges.frameworks.identifiers import uuid_of
from openbadges.frameworks.importers.case_texts import filled, leftover, mapping, words
from openbadges.frameworks.members import RELATION_MEMBERS
from openbadges.frameworks.problems import ProblemList
from openbadges.jsontext import pointer_to

__all__ = ["Associations"]

_READ = "associationType originNodeURI destinationNodeURI extensions CFDocumentURI"
_EXT = re.compile(r"ext:[A-Za-z0-9._-]+")
_SKOS = re.compile(r"SKOS (exact|close|broad|narrow|related)Match")
_LEVEL = re.compile(r"level (\d{1,3})")
_Row = tuple[str, Mapping[str, Any]]
_LAST = 2**31


class Associations:
    """The associations of a package, sorted by what they mean.

    Args:
        rows: Pointer and record of each.
        framework: Address and identifier of the CFDocument.
        items: Address or identifier of an item to its address and code.
        changed: Date-time of the document, which associations repeat.
        problems: Where unusable ones are noted.
    """

    def __init__(
        self,
        rows: Sequence[_Row],
        *,
        framework: tuple[str, str | None],
        items: Mapping[str, tuple[str, str | None]],
        changed: object,
        problems: ProblemList,
    ) -> None:
        self._framework = framework
        self._items = items
        self._changed = changed
        self._problems = problems
        self._from: dict[str, list[dict[str, Any]]] = {}
        self._tops: dict[str, dict[str, Any]] = {}
        self._sequence: dict[str, int] = {}
        self._requires: dict[str, list[dict[str, Any]]] = {}
        self.unused: list[Mapping[str, Any]] = []
        for pointer, record in rows:
            self._sort(pointer, record)

    def in_top_order(self, items: Sequence[_Row], address: Callable[[Mapping[str, Any]], str | None]) -> list[_Row]:
        """The items with those at the top in the order of their sequence numbers; the others keep their places."""
        places = [index for index, (_, record) in enumerate(items) if (address(record) or "") in self._tops]
        ordered = sorted(places, key=lambda index: (self._sequence.get(address(items[index][1]) or "", _LAST), index))
        found = list(items)
        for place, index in zip(places, ordered, strict=True):
            found[place] = items[index]
        return found

    def requirements(self, uri: str) -> list[dict[str, Any]]:
        """Skills and levels that a role asks by ``ext:requiresSkill``."""
        return self._requires.get(uri, [])

    def top_leftover(self, uri: str) -> dict[str, Any]:
        """What the association with the document says besides that the item is at the top."""
        return self._tops.get(uri, {})

    def of_item(
        self, uri: str, mapped: set[str], language: str
    ) -> tuple[dict[str, Any], dict[str, list[dict[str, Any]]]]:
        """Relations by member name, and mappings by scheme, of one item.

        Args:
            uri: The item.
            mapped: Addresses that its mappings name already.
            language: Language of the titles of mappings.
        """
        relations: dict[str, Any] = {}
        matches: dict[str, list[dict[str, Any]]] = {}
        for row in self._from.get(uri, ()):
            if row["match"] is not None:
                if row["uri"] not in mapped:
                    scheme, record = _match(row, language)
                    matches.setdefault(scheme, []).append(record)
                continue
            kind = row["relation"]
            home = relations if kind in RELATION_MEMBERS else relations.setdefault("relations", {})
            home.setdefault(kind, []).append(row["element"])
        return relations, matches

    def _sort(self, pointer: str, record: Mapping[str, Any]) -> None:
        kind = record.get("associationType")
        origin, destination = (
            self._node(record, "originNodeURI", pointer),
            self._node(record, "destinationNodeURI", pointer),
        )
        if not isinstance(kind, str) or (kind not in ASSOCIATIONS and _EXT.fullmatch(kind) is None):
            self._problems.add(pointer + "/associationType", "frameworks.bad_association_type", value=kind)
            return
        if origin is None or destination is None:
            return
        if kind == "isChildOf" and destination["end"] in self._framework and origin["uri"] is not None:
            self._tops[origin["uri"]] = self._left(record, origin, destination, "sequenceNumber")
            self._sequence[origin["uri"]] = _sequence(record)
        elif kind == "ext:requiresSkill" and origin["local"]:
            level = _LEVEL.fullmatch(str(record.get("notes")))
            skill = destination["code"] or destination["uri"]
            self._requires.setdefault(origin["uri"], []).append(
                {"skill": skill, "level": int(level[1]) if level else 1}
            )
        elif kind == "isChildOf" and not origin["local"] and destination["local"]:
            self._add(record, destination, origin, "narrower")
        elif origin["local"]:
            self._add(record, origin, destination, ASSOCIATIONS.get(kind, kind))
        else:
            self.unused.append(record)

    def _node(self, record: Mapping[str, Any], name: str, pointer: str) -> dict[str, Any] | None:
        value = record.get(name)
        node = {"uri": value} if isinstance(value, str) else mapping(value)
        uri, identifier = words(node.get("uri")), words(node.get("identifier"))
        local = self._items.get(uri or "") or self._items.get(identifier or "")
        if local is not None:
            return {"uri": local[0], "code": local[1], "local": True, "end": local[0], "node": node}
        if uri is None and identifier is None:
            self._problems.add(pointer + pointer_to(name), "frameworks.missing_member", name="uri")
            return None
        address = uri or f"urn:uuid:{identifier}"
        end = self._framework[0] if identifier is not None and identifier == self._framework[1] else address
        return {"uri": address, "code": None, "local": False, "end": end, "node": node}

    def _add(self, record: Mapping[str, Any], own: Mapping[str, Any], other: Mapping[str, Any], kind: str) -> None:
        extensions = dict(mapping(record.get("extensions")))
        target = extensions.pop("target", None)
        reference = target if isinstance(target, str) else other["code"] or other["uri"]
        relation = extensions.pop("relation", kind) if kind == "related" else kind
        notes = record.get("notes")
        dropped = "sequenceNumber" if kind == "broader" else "notes" if relation == "close" else ""
        left = self._left(record, own, other, dropped) if kind != "narrower" else self._left(record, other, own, "")
        more = {**extensions, **filled({"case": left})}
        order = {"order": _sequence(record)} if kind == "broader" and _has_sequence(record) else {}
        self._from.setdefault(own["uri"], []).append(
            {
                "uri": other["uri"],
                "title": words(other["node"].get("title")),
                "relation": relation,
                "match": _matched(other, notes, relation),
                "element": {"target": reference, **order, **more} if order or more else reference,
            }
        )

    def _left(
        self, record: Mapping[str, Any], origin: Mapping[str, Any], destination: Mapping[str, Any], also: str
    ) -> dict[str, Any]:
        """Members of the association that do not follow from its type and its ends."""
        left = leftover(record, f"{_READ} {also}")
        kind = str(record.get("associationType"))
        path = association_path(kind, str(origin["uri"]), str(destination["end"]))
        derived = f"{self._framework[0]}/associations/{kind.replace(':', '-')}/{uuid_of(path)}"
        if left.get("uri") == derived:
            del left["uri"]
            if left.get("identifier") == uuid_of(derived):
                del left["identifier"]
        if left.get("lastChangeDateTime") == self._changed:
            left.pop("lastChangeDateTime", None)
        return left


def _has_sequence(record: Mapping[str, Any]) -> bool:
    value = record.get("sequenceNumber")
    return isinstance(value, int) and not isinstance(value, bool) and value > 0


def _sequence(record: Mapping[str, Any]) -> int:
    return int(record["sequenceNumber"]) if _has_sequence(record) else _LAST


def _matched(other: Mapping[str, Any], notes: Any, relation: str) -> str | None:
    """Which kind of match with another framework an association is; None for a relation."""
    if other["local"] or relation == "close":
        return None
    target = other["node"].get("targetType")
    skos = _SKOS.fullmatch(notes) if isinstance(notes, str) else None
    outside = isinstance(target, str) and target.startswith("ext:") and target != "ext:Code"
    if relation not in ("related", "exact") or not (outside or skos):
        return None
    return skos[1] if skos else relation


def _match(row: Mapping[str, Any], language: str) -> tuple[str, dict[str, Any]]:
    uri = row["uri"]
    scheme = next(
        (name for name, known in SCHEMES.items() if any(uri.startswith(prefix) for prefix in known.prefixes)), "other"
    )
    title = row["title"]
    label = {f"label_{language}": title} if title is not None and title != uri else {}
    return scheme, {"uri": uri, **label, "match": row["match"]}
