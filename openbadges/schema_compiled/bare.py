"""The one refusal that is found without the reference: a single value where the canonical form has an array.

Nearly every badge has its only proof that way.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from openbadges.schema_compiled.compiler import PLAIN_OBJECT, SAYS_NOTHING, CompiledSchema
from openbadges.schema_compiled.keywords import KINDS, of_type

__all__ = ["BareValues"]

_Path = tuple[str | int, ...]
_ALTERNATIVE: Final = frozenset({"type", "if", "then", "else"})
_PLAIN_ARRAY: Final = frozenset({"type", "items", "minItems", "uniqueItems", "contains", "allOf"})


class _OtherwiseWrongError(Exception):
    """The refusal has more reasons than bare values."""


class BareValues:
    """Finds single values that a schema wants in an array."""

    def __init__(self, schema: CompiledSchema) -> None:
        self._schema = schema

    def arrays_needed(self, value: Any, member: str | None = None) -> list[_Path] | None:
        """Where a value has a single value instead of an array, if that is all that the schema refuses in it.

        Args:
            value: Any JSON; an object when a member is named.
            member: Look at this member alone.

        Returns:
            The places in no particular order, none for a value that is accepted; None when something else is wrong as
            well, or might be.
        """
        found: list[_Path] = []
        try:
            if member is None:
                self._find_inside(self._schema.root, value, (), found)
            else:
                self._find_bare(self._schema.rule_of(value, member), value[member], (member,), found)
        except _OtherwiseWrongError:
            return None
        return found

    def _find_bare(self, node: Any, value: Any, path: _Path, found: list[_Path]) -> None:
        if not self._schema.test(node)(value):
            self._find_inside(node, value, path, found)

    def _find_inside(self, node: Any, value: Any, path: _Path, found: list[_Path]) -> None:
        """Follow the refusal inwards; each kind of schema that is followed here refuses for its parts' sake alone."""
        if not isinstance(node, Mapping):
            raise _OtherwiseWrongError
        node = self._schema.resolved(node)
        keywords = node.keys() - SAYS_NOTHING
        if keywords <= _PLAIN_ARRAY and node.get("type") == "array":
            self._find_in_array(node, value, path, found)
        elif keywords <= PLAIN_OBJECT and node.get("type") == "object":
            self._find_in_object(node, value, path, found)
        elif keywords == _ALTERNATIVE and node["type"] == "object" and isinstance(value, dict):
            self._find_inside(node["then" if self._schema.test(node["if"])(value) else "else"], value, path, found)
        elif keywords == {"anyOf"}:
            self._find_inside(self._meant(node["anyOf"], value), value, path, found)
        else:
            raise _OtherwiseWrongError

    def _find_in_array(self, node: Mapping[str, Any], value: Any, path: _Path, found: list[_Path]) -> None:
        if not self._schema.but_for_items(node)(value):
            raise _OtherwiseWrongError
        if not isinstance(value, list):
            found.append(path)
            return
        for index, item in enumerate(value):
            self._find_bare(node["items"], item, (*path, index), found)

    def _find_in_object(self, node: Mapping[str, Any], value: Any, path: _Path, found: list[_Path]) -> None:
        rules, others = node.get("properties", {}), node.get("additionalProperties", True)
        if not isinstance(value, dict) or any(name not in value for name in node.get("required", ())):
            raise _OtherwiseWrongError
        if others is not True and not value.keys() <= rules.keys():
            raise _OtherwiseWrongError
        for name, item in value.items():
            if name in rules:
                self._find_bare(rules[name], item, (*path, name), found)

    def _meant(self, alternatives: Sequence[Mapping[str, Any]], value: Any) -> Mapping[str, Any]:
        """The only alternative for this kind of value; the others would not take it whatever it held."""
        kinds = [self._schema.resolved(one).get("type") for one in alternatives]
        fitting = [one for one, kind in zip(alternatives, kinds, strict=True) if of_type(kind, None)(value)]
        if len(fitting) != 1 or not KINDS.keys() >= set(kinds):
            raise _OtherwiseWrongError
        return fitting[0]
