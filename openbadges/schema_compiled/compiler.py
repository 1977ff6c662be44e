"""A JSON Schema made into plain functions that say yes or no, for the schemas of this project.

``jsonschema`` walks the schema anew for each document; that took more than half of a verification. Here each schema is
walked once, and what stays is one small function for each place. It covers the keywords that the schemas in
``schemas/`` use; where it says no, or meets anything else, the reference decides and finds the words (see
``openbadges.schema``). So a mistake here can only be a wrong yes, and that is what ``tests/equality`` looks for.

One refusal is common enough to be found here as well: a single value where the canonical form has an array. Nearly
every badge has its only proof that way.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from openbadges.schema_compiled.keywords import (
    KINDS,
    Test,
    all_of,
    always,
    any_of,
    at_least,
    containing,
    each,
    matching,
    never,
    of_type,
    one_of,
    remembering,
    with_members,
    without_others,
)
from openbadges.schema_compiled.values import FORMATS, is_unique

__all__ = ["CompiledSchema", "closed"]


_Path = tuple[str | int, ...]

_SAYS_NOTHING: Final = frozenset({"$schema", "$id", "$defs", "title", "description"})
_DEFINITION: Final = "#/$defs/"


def _is_any_text(node: Any) -> bool:
    return isinstance(node, Mapping) and node.keys() - _SAYS_NOTHING == {"type"} and node["type"] == "string"


def _is_plain_array(node: Mapping[str, Any]) -> bool:
    return isinstance(node.get("items"), Mapping) and node.get("uniqueItems", True) is True


_PLAIN_OBJECT: Final = frozenset({"type", "required", "properties", "additionalProperties"})
_ALTERNATIVE: Final = frozenset({"type", "if", "then", "else"})
_ITEMS_ALONE: Final = frozenset({"type", "items", "minItems", "uniqueItems"})
_PLAIN_ARRAY: Final = frozenset({"type", "items", "minItems", "uniqueItems", "contains", "allOf"})


def closed(schema: dict[str, Any], *, but_for: frozenset[str]) -> dict[str, Any]:
    """The schema whose classes, but for those named, refuse members that they do not list."""
    definitions = {
        name: one | {"additionalProperties": False}
        if "properties" in one and name.removesuffix("v1p1") not in but_for
        else one
        for name, one in schema["$defs"].items()
    }
    return schema | {"$defs": definitions}


class _OtherwiseWrongError(Exception):
    """The refusal has more reasons than bare values."""


class CompiledSchema:
    """The tests of one schema.

    Args:
        root: A JSON Schema of draft 2019-09 whose references are all ``#/$defs/...``. It is kept, and must not change.
        formats: What a text has to be for each ``format``; another format is refused.
        unique: Whether no two items of an array are equal.
    """

    def __init__(
        self,
        root: Mapping[str, Any],
        formats: Mapping[str, Callable[[str], bool]] = FORMATS,
        unique: Callable[[list[Any]], bool] = is_unique,
    ) -> None:
        self._definitions = root.get("$defs", {})
        self._formats = formats
        self._unique = unique
        self._named: dict[str, Test] = {}
        self._tests: dict[int, Test] = {}  # by id of the schema object; they all live as long as the root
        self._keywords: Mapping[str, Callable[[Any, Mapping[str, Any]], Test]] = {
            "$ref": self._ref,
            "type": of_type,
            "const": lambda value, _: one_of([value]),
            "enum": lambda values, _: one_of(values),
            "pattern": lambda pattern, _: matching(pattern),
            "format": self._format,
            "required": lambda names, _: with_members(names),
            "properties": self._properties,
            "additionalProperties": without_others,
            "items": self._items,
            "additionalItems": self._additional_items,
            "contains": lambda inner, _: containing(self.test(inner)),
            "minItems": lambda least, _: at_least(least),
            "uniqueItems": self._unique_items,
            "anyOf": lambda inner, _: any_of([self.test(one) for one in inner]),
            "allOf": lambda inner, _: all_of([self.test(one) for one in inner]),
            "if": self._if,
            "then": lambda _, node: always if "if" in node else never,
            "else": lambda _, node: always if "if" in node else never,
        }
        self._without_items: dict[int, Test] = {}
        self._root = root
        self.accepts: Test = self.test(root)

    def accepts_member(self, value: Mapping[str, Any], name: str) -> bool:
        """Whether one member of an object is as its rule wants it; false where there is no such rule."""
        rule = self._rule_of(value, name)
        return rule is not None and self.test(rule)(value[name])

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
                self._find_inside(self._root, value, (), found)
            else:
                self._find_bare(self._rule_of(value, member), value[member], (member,), found)
        except _OtherwiseWrongError:
            return None
        return found

    def _rule_of(self, value: Mapping[str, Any], name: str) -> Any:
        """The rule for one member of an object; None where there is no such rule."""
        node = self._resolved(self._root)
        if "if" in node:
            node = self._resolved(node["then" if self.test(node["if"])(value) else "else"])
        return node.get("properties", {}).get(name)

    def _find_bare(self, node: Any, value: Any, path: _Path, found: list[_Path]) -> None:
        if not self.test(node)(value):
            self._find_inside(node, value, path, found)

    def _find_inside(self, node: Any, value: Any, path: _Path, found: list[_Path]) -> None:
        """Follow the refusal inwards; each kind of schema that is followed here refuses for its parts' sake alone."""
        if not isinstance(node, Mapping):
            raise _OtherwiseWrongError
        node = self._resolved(node)
        keywords = node.keys() - _SAYS_NOTHING
        if keywords <= _PLAIN_ARRAY and node.get("type") == "array":
            self._find_in_array(node, value, path, found)
        elif keywords <= _PLAIN_OBJECT and node.get("type") == "object":
            self._find_in_object(node, value, path, found)
        elif keywords == _ALTERNATIVE and node["type"] == "object" and isinstance(value, dict):
            self._find_inside(node["then" if self.test(node["if"])(value) else "else"], value, path, found)
        elif keywords == {"anyOf"}:
            self._find_inside(self._meant(node["anyOf"], value), value, path, found)
        else:
            raise _OtherwiseWrongError

    def _find_in_array(self, node: Mapping[str, Any], value: Any, path: _Path, found: list[_Path]) -> None:
        if not self._but_for_items(node)(value):
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

    def _but_for_items(self, node: Mapping[str, Any]) -> Test:
        found = self._without_items.get(id(node))
        if found is None:
            rest = all_of([self._keyword(name, node) for name in node.keys() - _SAYS_NOTHING - {"type", "items"}])
            found = self._without_items.setdefault(id(node), rest)
        return found

    def _resolved(self, node: Mapping[str, Any]) -> Mapping[str, Any]:
        while node.keys() - _SAYS_NOTHING == {"$ref"}:
            node = self._definitions[node["$ref"].removeprefix(_DEFINITION)]
        return node

    def _meant(self, alternatives: Sequence[Mapping[str, Any]], value: Any) -> Mapping[str, Any]:
        """The only alternative for this kind of value; the others would not take it whatever it held."""
        kinds = [self._resolved(one).get("type") for one in alternatives]
        fitting = [one for one, kind in zip(alternatives, kinds, strict=True) if of_type(kind, None)(value)]
        if len(fitting) != 1 or not KINDS.keys() >= set(kinds):
            raise _OtherwiseWrongError
        return fitting[0]

    def test(self, node: Any) -> Test:
        """The test for one schema object; all its keywords have to hold."""
        found = self._tests.get(id(node))
        if found is None:
            found = self._tests.setdefault(id(node), self._make(node))
        return found

    def _make(self, node: Any) -> Test:
        if not isinstance(node, Mapping):
            return always if node is True else never
        keywords = node.keys() - _SAYS_NOTHING
        if node.get("type") == "object" and keywords <= _PLAIN_OBJECT:
            return self._object(node)
        if node.get("type") == "array" and keywords <= _ITEMS_ALONE and _is_plain_array(node):
            return self._array(node)
        if node.get("type") == "string" and keywords == {"type", "format"}:
            return self._text(node["format"])
        whole = all_of([self._keyword(name, node) for name in node if name not in _SAYS_NOTHING])
        return remembering(whole) if keywords & {"contains", "allOf"} else whole

    def _keyword(self, name: str, node: Mapping[str, Any]) -> Test:
        make = self._keywords.get(name)
        return never if make is None else make(node[name], node)

    def _object(self, node: Mapping[str, Any]) -> Test:
        """The commonest schema in one function instead of four: nearly all time goes here."""
        required = frozenset(node.get("required", ()))
        properties = node.get("properties", {})
        others = self.test(node.get("additionalProperties", True))
        texts = frozenset(name for name, inner in properties.items() if _is_any_text(inner))
        rules: dict[str, Test] = {}  # of the members met so far

        def test(value: Any) -> bool:
            if not isinstance(value, dict) or not value.keys() >= required:
                return False
            for name, item in value.items():
                if type(item) is str and name in texts:
                    continue
                rule = rules.get(name)
                if rule is None:
                    if name not in properties:
                        rule = others
                    else:
                        rule = rules[name] = self.test(self._followed(properties[name]))
                if not rule(item):
                    return False
            return True

        return test

    def _array(self, node: Mapping[str, Any]) -> Test:
        """The commonest array in one function instead of four."""
        least, inner, unique = node.get("minItems", 0), node["items"], self._unique if "uniqueItems" in node else None
        of_item: list[Test] = []  # worked out when there is one: definitions refer to each other

        def test(value: Any) -> bool:
            if not isinstance(value, list) or len(value) < least:
                return False
            if unique is not None and len(value) > 1 and not unique(value):
                return False
            if not of_item:
                of_item.append(self.test(self._followed(inner)))
            passes = of_item[0]
            for item in value:  # noqa: SIM110 - a generator would cost a quarter more
                if not passes(item):
                    return False
            return True

        return test

    def _followed(self, node: Any) -> Any:
        """What a reference refers to, if it is one that is covered, so that it need not be followed each time."""
        seen = 0
        while isinstance(node, Mapping) and node.keys() - _SAYS_NOTHING == {"$ref"} and seen <= len(self._definitions):
            target = self._definitions.get(str(node["$ref"]).removeprefix(_DEFINITION))
            if target is None or not str(node["$ref"]).startswith(_DEFINITION):
                break
            node, seen = target, seen + 1
        return node

    def _text(self, name: Any) -> Test:
        check = self._formats.get(name)
        return never if check is None else lambda value: isinstance(value, str) and check(value)

    def _ref(self, target: Any, _node: object) -> Test:
        """A definition, compiled when it is first needed: definitions refer to each other, and most are rarely used."""
        name = str(target).removeprefix(_DEFINITION)
        if name not in self._definitions or target != _DEFINITION + name:
            return never
        named = self._named

        def test(value: Any) -> bool:
            found = named.get(name)
            if found is None:
                found = named[name] = self.test(self._definitions[name])
            return found(value)

        return test

    def _format(self, name: Any, _node: object) -> Test:
        check = self._formats.get(name)
        return never if check is None else lambda value: not isinstance(value, str) or check(value)

    def _properties(self, properties: Mapping[str, Any], _node: object) -> Test:
        rules = {name: self.test(inner) for name, inner in properties.items()}

        def test(value: Any) -> bool:
            return not isinstance(value, dict) or all(rules[name](value[name]) for name in rules.keys() & value.keys())

        return test

    def _items(self, items: Any, _node: object) -> Test:
        if isinstance(items, list):
            tests = [self.test(one) for one in items]
            return lambda value: (
                not isinstance(value, list) or all(test(item) for test, item in zip(tests, value, strict=False))
            )
        return each(self.test(items))

    def _additional_items(self, inner: Any, node: Mapping[str, Any]) -> Test:
        if not isinstance(node.get("items"), list):
            return never
        first, others = len(node["items"]), each(self.test(inner))
        return lambda value: not isinstance(value, list) or others(value[first:])

    def _unique_items(self, wanted: Any, _node: object) -> Test:
        unique = self._unique
        if wanted is not True:
            return never
        return lambda value: not isinstance(value, list) or len(value) < 2 or unique(value)

    def _if(self, condition: Any, node: Mapping[str, Any]) -> Test:
        decides = self.test(condition)
        met, not_met = self.test(node.get("then", True)), self.test(node.get("else", True))
        return lambda value: met(value) if decides(value) else not_met(value)
