"""The compiled schemas, keyword by keyword; tests/equality compares them with jsonschema on whole documents."""

from __future__ import annotations

from typing import Any

import pytest

from openbadges import schema as room
from openbadges.schema import SCHEMAS, load_schema
from openbadges.schema_compiled import BareValues, CompiledSchema, keywords
from openbadges.testing import badge

FORMATS = {"uri": lambda text: ":" in text}


def compiled(schema: dict[str, Any]) -> CompiledSchema:
    return CompiledSchema(schema, FORMATS, lambda items: len(set(map(repr, items))) == len(items))


OBJECT = {"type": "object", "properties": {"a": {"type": "string"}}, "required": ["a"], "additionalProperties": False}


@pytest.mark.parametrize(
    ("schema", "good", "bad"),
    [
        ({}, [1, "a", None], []),
        ({"type": "object"}, [{}], [[], "a"]),
        ({"type": "array"}, [[]], [{}, "a"]),
        ({"type": "number"}, [1, 1.5], [True, "1"]),
        ({"type": "boolean"}, [True], [1, "true"]),
        ({"const": "a"}, ["a"], ["b", ["a"]]),
        ({"enum": ["a", "b"]}, ["a"], ["c", {}]),
        ({"pattern": "^[a-z]+$"}, ["a", 7], ["A", "a\n"]),
        ({"format": "uri"}, ["a:b", 7], ["a"]),
        ({"type": "string", "format": "uri"}, ["a:b"], ["a", 7]),
        ({"required": ["a"]}, [{"a": 1}, 7], [{}]),
        ({"properties": {"a": {"type": "string"}}}, [{"a": "x"}, {"b": 1}, 7], [{"a": 1}]),
        ({"properties": {"a": {}}, "additionalProperties": False}, [{"a": 1}, 7], [{"b": 1}]),
        ({"properties": {"a": {}}, "additionalProperties": True}, [{"b": 1}], []),
        (OBJECT, [{"a": "x"}], [{}, {"a": 1}, {"a": "x", "b": 1}, "a"]),
        ({"items": {"type": "string"}}, [["a"], [], 7], [[1]]),
        (
            {"items": [{"const": "a"}], "additionalItems": {"type": "number"}},
            [["a", 1], ["a"], [], 7],
            [["b"], ["a", "b"]],
        ),
        ({"contains": {"const": "a"}}, [["b", "a"], ["b", {}, "a"], 7], [["b"], [], [{}], [1, True]]),
        (
            {"type": "object", "properties": {"a": {"type": "string", "format": "uri", "pattern": "^x"}}},
            [{"a": "x:y"}],
            [{"a": "y:x"}, {"a": "xy"}, {"a": "x:y\n"}, {"a": 7}],
        ),
        (
            {
                "type": "object",
                "properties": {"a": {"anyOf": [{"enum": ["A", "B"]}, {"type": "string", "pattern": "^e:"}]}},
            },
            [{"a": "A"}, {"a": "B"}, {"a": "e:b"}],
            [{"a": "C"}, {"a": "e"}, {"a": "e:\n"}, {"a": 1}, {"a": ["A"]}],
        ),
        (
            {
                "type": "object",
                "properties": {"a": {"anyOf": [{"type": "string", "format": "uri"}, {"$ref": "#/$defs/x"}]}},
                "$defs": {"x": OBJECT},
            },
            [{"a": "a:b"}, {"a": {"a": "x"}}],
            [{"a": "b"}, {"a": {}}, {"a": 1}],
        ),
        (
            {"type": "object", "properties": {"a": {"anyOf": [{"type": "number"}, {"const": "x"}]}}},
            [{"a": 1}, {"a": "x"}],
            [{"a": "1"}, {"a": True}],
        ),
        ({"type": "object", "properties": {"a": {"type": "string", "format": "odd"}}}, [], [{"a": "x"}]),
        ({"type": "object", "properties": {"a": {"format": "uri"}}}, [{"a": "x:y"}, {"a": 1}], [{"a": "x"}]),
        ({"type": "object", "properties": {"a": {"const": 1}}}, [], [{"a": "1"}, {"a": 1}]),
        ({"minItems": 2}, [[1, 2], 7], [[1]]),
        ({"uniqueItems": True}, [[1, 2], [1], 7], [[1, 1]]),
        ({"anyOf": [{"type": "string"}, {"type": "number"}]}, ["a", 1], [[]]),
        ({"allOf": [{"contains": {"const": "a"}}, {"contains": {"const": "b"}}]}, [["a", "b"]], [["a"]]),
        ({"if": {"type": "string"}, "then": {"const": "a"}, "else": {"type": "number"}}, ["a", 1], ["b", []]),
        ({"if": {"type": "string"}, "then": {"const": "a"}}, ["a", 1], ["b"]),
        ({"$ref": "#/$defs/x", "$defs": {"x": {"type": "string"}}}, ["a", "a"], [1]),
        (
            {"items": {"$ref": "#/$defs/x"}, "$defs": {"x": {"items": {"$ref": "#/$defs/x"}, "type": "array"}}},
            [[[[]]]],
            [[[1]]],
        ),
    ],
)
def test_keyword(schema, good, bad):
    accepts = compiled(schema).accepts
    assert [value for value in good if not accepts(value)] == []
    assert [value for value in bad if accepts(value)] == []


@pytest.mark.parametrize(
    "schema",
    [
        {"multipleOf": 2}, {"type": ["string", "null"]}, {"type": "integer"}, {"const": 1}, {"enum": ["a", None]},
        {"format": "email"}, {"type": "string", "format": "email"}, {"additionalProperties": {"type": "string"}},
        {"uniqueItems": False}, {"additionalItems": {}}, {"then": {}}, {"else": {}}, {"$ref": "#/$defs/none"},
        {"$ref": "other.json"}, False, {"type": "object", "properties": {"a": {"$ref": "#/$defs/none"}}},
    ],
)  # fmt: skip
def test_what_is_not_covered_is_left_to_the_reference(schema):
    inside = compiled({"items": schema}).accepts
    assert not any(inside([value]) for value in ([1], {"a": "x"}, "a@b.c:2"))


ARRAY = {"type": "array", "items": {"type": "string"}, "minItems": 1}


@pytest.mark.parametrize(
    ("schema", "value", "found"),
    [
        (ARRAY, ["a"], []),
        (ARRAY, "a", [()]),
        (ARRAY, [], None),
        (ARRAY, [1], None),
        ({"type": "array", "items": ARRAY}, ["a", ["b"], "c"], [(0,), (2,)]),
        ({"type": "object", "properties": {"a": ARRAY, "b": ARRAY}}, {"a": "x", "b": ["y"], "c": 1}, [("a",)]),
        (OBJECT, {"a": "x", "b": 1}, None),
        (OBJECT, {}, None),
        (OBJECT, [], None),
        ({"type": "object", "properties": {"a": False}}, {"a": "x"}, None),
        ({"anyOf": [{"type": "string"}, {"type": "object", "properties": {"a": ARRAY}}]}, {"a": "x"}, [("a",)]),
        ({"anyOf": [{"type": "object"}, {"type": "object"}]}, {"a": "x"}, None),
        ({"anyOf": [{"type": "string"}, {"const": "a"}]}, {"a": "x"}, None),
        (
            {
                "type": "object",
                "if": {"required": ["a"]},
                "then": {"type": "object", "properties": {"a": ARRAY}},
                "else": {},
            },
            {"a": "x"},
            [("a",)],
        ),
        (
            {
                "type": "object",
                "if": {"required": ["b"]},
                "then": {},
                "else": {"type": "object", "properties": {"a": ARRAY}},
            },
            {"a": "x"},
            [("a",)],
        ),
        ({"$ref": "#/$defs/x", "$defs": {"x": ARRAY}}, "a", [()]),
    ],
)
def test_arrays_needed(schema, value, found):
    assert BareValues(compiled(schema)).arrays_needed(value) == found


def test_the_rule_of_one_member():
    either = {
        "type": "object",
        "if": {"required": ["old"]},
        "then": {"type": "object", "properties": {"a": {"type": "string"}}},
        "else": {"$ref": "#/$defs/new"},
        "$defs": {"new": {"type": "object", "properties": {"a": {"type": "number"}}}},
    }
    made = compiled(either)
    assert made.accepts_member({"old": 1, "a": "x"}, "a")
    assert made.accepts_member({"a": 1}, "a")
    assert not made.accepts_member({"a": "x"}, "a")
    assert not made.accepts_member({"b": "x"}, "b")


# The json-ld variant takes whatever the canonical one takes: the reason why only one of them is walked.

NOTES = {"description", "$id", "$defs", "title", "$schema"}


def covers(loose: Any, strict: Any, loose_root: Any, strict_root: Any, seen: frozenset[str] = frozenset()) -> bool:
    """Whether every value that ``strict`` accepts, ``loose`` accepts: same rules, or alternatives that hold them."""
    if isinstance(strict, dict) and set(strict) - NOTES == {"$ref"} and isinstance(loose, dict) and "$ref" in loose:
        name = strict["$ref"]
        if loose["$ref"] != name:
            return False
        if name in seen:
            return True
        target = name.removeprefix("#/$defs/")
        return covers(loose_root["$defs"][target], strict_root["$defs"][target], loose_root, strict_root, seen | {name})
    if loose == strict and not isinstance(loose, (dict, list)):
        return True
    if not isinstance(loose, dict) or not isinstance(strict, dict):
        return False
    if "anyOf" in loose and "anyOf" not in strict:
        return any(covers(one, strict, loose_root, strict_root, seen) for one in loose["anyOf"])
    keys = (set(loose) | set(strict)) - NOTES
    return all(
        key in loose and key in strict and same(key, loose[key], strict[key], loose_root, strict_root, seen)
        for key in keys
    )


def same(key: str, loose: Any, strict: Any, loose_root: Any, strict_root: Any, seen: frozenset[str]) -> bool:
    if key == "properties":
        return loose.keys() == strict.keys() and all(
            covers(loose[name], strict[name], loose_root, strict_root, seen) for name in loose
        )
    if key in ("anyOf", "allOf") or (key == "items" and isinstance(loose, list)):
        return len(loose) == len(strict) and all(
            covers(one, other, loose_root, strict_root, seen) for one, other in zip(loose, strict, strict=True)
        )
    if key in ("items", "then", "else", "additionalItems") and isinstance(loose, dict):
        return covers(loose, strict, loose_root, strict_root, seen)
    return bool(loose == strict)


@pytest.mark.parametrize("url", [url for url in SCHEMAS if "/json-ld/" in url])
def test_the_json_ld_variant_takes_whatever_the_canonical_one_takes(url):
    loose, strict = load_schema(url), load_schema(url.replace("/json-ld/", "/json/"))
    assert covers(loose, strict, loose, strict)
    assert not covers(strict, loose, strict, loose)


def test_a_date_that_is_too_long_is_a_problem_and_no_exception():
    document = {"@context": [], "type": ["Profile"], "id": "urn:x", "dateOfBirth": "2" * 50}
    problems, notes = room.conformance(document)
    assert [problem.pointer for problem in problems] == ["/dateOfBirth"]
    assert notes == []


def test_an_answer_for_a_long_text_is_given_again_and_not_kept():
    asked = []

    def inner(value: Any) -> bool:
        asked.append(value)
        return True

    test = keywords.remembering(inner)
    short, long = ["Profile"], ["x" * 10_000]
    assert [test(short), test(short), test(long), test(long)] == [True] * 4
    assert asked == [short, long, long]


def test_answers_are_kept_for_few_arrays_of_texts_and_for_nothing_else():
    asked = []

    def inner(value: Any) -> bool:
        asked.append(value)
        return value != ["b"]

    test = keywords.remembering(inner)
    for _ in range(2):
        assert [test(["a", "b"]), test(["b"]), test([]), test("a"), test([1]), test([True])] == [
            True, False, True, True, True, True,
        ]  # fmt: skip
    assert asked == [["a", "b"], ["b"], [], "a", [1], [True], "a", [1], [True]]
    many = [[str(number)] for number in range(200)]
    asked.clear()
    for array in many + many:
        test(array)
    assert len(asked) == 400 - 97  # three places were taken


def test_a_badge_without_a_proof_of_its_own_is_judged_in_one_pass(monkeypatch):
    """As in a token: what conforms is not searched for bare values."""

    def search(*_):
        raise AssertionError

    monkeypatch.setattr(BareValues, "arrays_needed", search)
    assert room.ordinary_notes(badge()) == []


def test_a_profile_whose_schema_says_nothing_of_proofs_needs_no_reference(monkeypatch):
    monkeypatch.setattr(room, "schema_problems", None)
    profile = {"type": ["Profile"], "id": "https://a.example/", "proof": {"type": "DataIntegrityProof"}}
    assert room.conformance({"@context": badge()["@context"], **profile}) == ([], [])
