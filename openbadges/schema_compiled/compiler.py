"""A JSON Schema made into plain functions that say yes or no, for the schemas of this project.

``jsonschema`` walks the schema anew for each document; that took more than half of a verification. Here each schema is
walked once, and what stays is one small function for each place. It covers the keywords that the schemas in
``schemas/`` use; where it says no, or meets anything else, the reference decides and finds the words (see
``openbadges.schema``). So a mistake here can only be a wrong yes, and that is what ``tests/equality`` looks for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from openbadges.schema_compiled.keywords import (
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
    text_matching,
    with_members,
    without_others,
)
from openbadges.schema_compiled.values import FORMATS, is_unique

__all__ = ["CompiledSchema", "closed"]


SAYS_NOTHING: Final = frozenset({"$schema", "$id", "$defs", "title", "description"})
_DEFINITION: Final = "#/$defs/"


def _is_any_text(node: Any) -> bool:
    return isinstance(node, Mapping) and node.keys() - SAYS_NOTHING == {"type"} and node["type"] == "string"


def _is_plain_array(node: Mapping[str, Any]) -> bool:
    return isinstance(node.get("items"), Mapping) and node.get("uniqueItems", True) is True


PLAIN_OBJECT: Final = frozenset({"type", "required", "properties", "additionalProperties"})
_OF_TEXTS: Final = frozenset({"type", "format", "pattern", "const", "enum"})
_KEPT: Final = frozenset({"contains", "allOf", "additionalItems"})  # arrays whose items are of a few kinds everywhere
_ITEMS_ALONE: Final = frozenset({"type", "items", "minItems", "uniqueItems"})


def closed(schema: dict[str, Any], *, but_for: frozenset[str]) -> dict[str, Any]:
    """The schema whose classes, but for those named, refuse members that they do not list."""
    definitions = {
        name: one | {"additionalProperties": False}
        if "properties" in one and name.removesuffix("v1p1") not in but_for
        else one
        for name, one in schema["$defs"].items()
    }
    return schema | {"$defs": definitions}


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
        self._members: dict[str, Any] = {}  # rules of the root's members, where these do not depend on the value
        self.root = root
        self.accepts: Test = self.test(root)

    def rule_of(self, value: Mapping[str, Any], name: str) -> Any:
        """The schema of one member of an object; None where there is none."""
        found = self._members.get(name)
        if found is not None:
            return found
        node = self.resolved(self.root)
        if "if" in node:
            node = self.resolved(node["then" if self.test(node["if"])(value) else "else"])
            return node.get("properties", {}).get(name)
        rule = node.get("properties", {}).get(name)
        return None if rule is None else self._members.setdefault(name, rule)

    def accepts_member(self, value: Mapping[str, Any], name: str) -> bool:
        """Whether one member of an object is as its rule wants it; false where there is no such rule."""
        rule = self.rule_of(value, name)
        return rule is not None and self.test(rule)(value[name])

    def but_for_items(self, node: Mapping[str, Any]) -> Test:
        """The test of an array's schema without what it says of kind and items."""
        found = self._without_items.get(id(node))
        if found is None:
            rest = all_of([self._keyword(name, node) for name in node.keys() - SAYS_NOTHING - {"type", "items"}])
            found = self._without_items.setdefault(id(node), rest)
        return found

    def resolved(self, node: Mapping[str, Any]) -> Mapping[str, Any]:
        """The schema that a reference leads to."""
        while node.keys() - SAYS_NOTHING == {"$ref"}:
            node = self._definitions[node["$ref"].removeprefix(_DEFINITION)]
        return node

    def test(self, node: Any) -> Test:
        """The test for one schema object; all its keywords have to hold."""
        found = self._tests.get(id(node))
        if found is None:
            found = self._tests.setdefault(id(node), self._make(node))
        return found

    def _make(self, node: Any) -> Test:
        if not isinstance(node, Mapping):
            return always if node is True else never
        keywords = node.keys() - SAYS_NOTHING
        if node.get("type") == "object" and keywords <= PLAIN_OBJECT:
            return self._object(node)
        if node.get("type") == "array" and keywords <= _ITEMS_ALONE and _is_plain_array(node):
            return self._array(node)
        if node.get("type") == "string" and keywords == {"type", "format"}:
            return self._text(node["format"])
        whole = all_of([self._keyword(name, node) for name in node if name not in SAYS_NOTHING])
        return remembering(whole) if keywords & _KEPT else whole

    def _keyword(self, name: str, node: Mapping[str, Any]) -> Test:
        make = self._keywords.get(name)
        return never if make is None else make(node[name], node)

    def _object(self, node: Mapping[str, Any]) -> Test:  # noqa: C901 - in one function, as it says
        """The commonest schema in one function instead of four: nearly all time goes here."""
        required = frozenset(node.get("required", ()))
        properties = node.get("properties", {})
        others = self.test(node.get("additionalProperties", True))
        texts = frozenset(name for name, inner in properties.items() if _is_any_text(inner))
        of_texts = {name: check for name, inner in properties.items() if (check := self._check_of_text(inner))}
        rules: dict[str, Test] = {}  # of the members met so far

        def test(value: Any) -> bool:
            if not isinstance(value, dict) or not value.keys() >= required:
                return False
            for name, item in value.items():
                if type(item) is str:
                    if name in texts:
                        continue
                    check = of_texts.get(name)
                    if check is not None:
                        if check(item):
                            continue
                        return False
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

    def _check_of_text(self, node: Any) -> Callable[[str], bool] | None:
        """What decides about a text, where few looks do: its format, its pattern, a list of values, or one of these."""
        node = self._followed(node)
        keywords = node.keys() - SAYS_NOTHING if isinstance(node, Mapping) else set()
        if keywords == {"anyOf"}:
            checks = [self._check_of_text(one) for one in node["anyOf"] if not self._is_no_text(one)]
            return None if None in checks else any_of([check for check in checks if check is not None])
        if not keywords or not keywords <= _OF_TEXTS or node.get("type", "string") != "string":
            return None
        return all_of([self._look(name, node[name]) for name in sorted(keywords - {"type"})])

    def _look(self, keyword: str, rule: Any) -> Callable[[str], bool]:
        if keyword == "format":
            return self._formats.get(rule, never)
        return text_matching(rule) if keyword == "pattern" else one_of([rule] if keyword == "const" else rule)

    def _is_no_text(self, node: Any) -> bool:
        node = self._followed(node)
        return isinstance(node, Mapping) and node.get("type") in ("object", "array")

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
        while isinstance(node, Mapping) and node.keys() - SAYS_NOTHING == {"$ref"} and seen <= len(self._definitions):
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
