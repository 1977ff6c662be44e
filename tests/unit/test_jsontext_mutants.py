"""Strict JSON and its bounds: each limit at its last good and its first bad value, and what the refusal says."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from openbadges import jsontext
from openbadges.errors import LimitError, MalformedError, OpenBadgesError
from openbadges.limits import Limits


def refused(call: Callable[[], object], kind: type[OpenBadgesError] = MalformedError) -> tuple[str, dict[str, Any]]:
    with pytest.raises(kind) as caught:
        call()
    assert type(caught.value) is kind
    assert caught.value.detail != caught.value.code, "the code has a sentence"
    return caught.value.code, caught.value.params


def parse(data: bytes | str, *, max_bytes: int | None = None, **limits: int) -> Any:
    return jsontext.parse(data, Limits(**limits), max_bytes=max_bytes)


@pytest.mark.parametrize(
    ("data", "value"),
    [
        (b"null", None),
        (b" \t\r\n[1, -2, 1.5, true] \n", [1, -2, 1.5, True]),
        ('{"a": {"b": "\u00e9"}}', {"a": {"b": "\u00e9"}}),
        (b'"\\ud83d\\ude00"', "\U0001f600"),
        (b'"\\\\ud83d"', "\\ud83d"),
        (b"[]", []),
    ],
)
def test_plain_json_is_read(data: bytes | str, value: Any) -> None:
    assert jsontext.parse(data) == value
    assert jsontext.parse(data if isinstance(data, str) else data.decode()) == value


@pytest.mark.parametrize(
    ("data", "code", "facts"),
    [
        (b"", "json.empty", {}),
        (b" \t\r\n", "json.empty", {}),
        ("", "json.empty", {}),
        (b"\xff", "json.encoding", {}),
        ('"\ud800"', "json.encoding", {}),
        (b"\xef\xbb\xbf{}", "json.byte_order_mark", {}),
        ("\ufeff{}", "json.byte_order_mark", {}),
        (b"[1,\n  x]", "json.syntax", {"line": 2, "column": 3}),
        (b"{} {}", "json.syntax", {"line": 1, "column": 4}),
        (b"X", "json.syntax", {"line": 1, "column": 1}),
        (b"\xc2\xa0", "json.syntax", {"line": 1, "column": 1}),
        (b"NaN", "json.not_a_number", {"text": "NaN"}),
        (b"[-Infinity]", "json.not_a_number", {"text": "-Infinity"}),
        (b"1e999", "json.number_overflow", {}),
        (b"-1e999", "json.number_overflow", {}),
        (b'{"b": 1, "a": 1, "a": 2}', "json.duplicate_key", {"name": "a"}),
        (b'{"a": 1, "b": 1, "c": 3, "b": 2, "a": 1}', "json.duplicate_key", {"name": "a"}),
        (b'"\\ud800"', "json.lone_surrogate", {}),
        (b'"\\uDFFF"', "json.lone_surrogate", {}),
        (b'["x", {"a": "\\udC00"}]', "json.lone_surrogate", {}),
        (b'[{"\\uDabc": 1}, "x"]', "json.lone_surrogate", {}),
        (b'[["\\ud800x"]]', "json.lone_surrogate", {}),
    ],
)
def test_what_is_no_strict_json_is_refused(data: bytes | str, code: str, facts: dict[str, Any]) -> None:
    assert refused(lambda: jsontext.parse(data)) == (code, facts)


def test_the_size_is_bounded() -> None:
    assert parse(b"[10]", document_bytes=4) == [10]
    assert refused(lambda: parse(b"[10]", document_bytes=3), LimitError) == ("json.too_large", {"limit": 3})
    assert parse(b"[10]", document_bytes=1, max_bytes=4) == [10]
    assert refused(lambda: parse(b"[10]", max_bytes=3), LimitError) == ("json.too_large", {"limit": 3})
    assert refused(lambda: parse("[10]", max_bytes=0), LimitError) == ("json.too_large", {"limit": 0})


@pytest.mark.parametrize(
    ("data", "depth"),
    [
        (b"1", 0),
        (b"[]", 1),
        (b"[[], [], {}]", 2),
        (b'{"a": [{}]}', 3),
        (b'[[[]], [[[]]]]', 4),
        (b"[[[], [[]]]]", 4),
        (b'["[[[[", "{{{{"]', 1),
        (rb'["\"[[[[", "\\", "[[[["]', 1),
        (rb'["\\\"[[["]', 1),
    ],
)  # fmt: skip
def test_the_depth_is_bounded_and_brackets_in_texts_do_not_count(data: bytes, depth: int) -> None:
    parse(data, json_depth=depth)
    if depth:
        call = lambda: parse(data, json_depth=depth - 1)  # noqa: E731 - read once
        assert refused(call, LimitError) == ("json.too_deep", {"limit": depth - 1})


def test_very_deep_text_never_reaches_the_parser() -> None:
    for text in ("[" * 100_000, '{"a":' * 100_000, "[" * 33 + "]" * 33):
        assert refused(lambda text=text: jsontext.parse(text), LimitError)[0] in {
            "json.too_deep",
            "json.too_many_values",
        }


@pytest.mark.parametrize(
    ("data", "values"),
    [(b"[1, 2, 3]", 3), (b'{"a": 1, "b": [2]}', 3), (b'["a,b,[{", 1]', 2), (b"[{}, {}]", 4)],
)
def test_the_number_of_values_is_bounded(data: bytes, values: int) -> None:
    parse(data, json_values=values)
    call = lambda: parse(data, json_values=values - 1)  # noqa: E731 - read once
    assert refused(call, LimitError) == ("json.too_many_values", {"limit": values - 1})


def test_the_number_of_members_is_bounded() -> None:
    assert parse(b'{"a": 1, "b": 2}', json_object_members=2) == {"a": 1, "b": 2}
    call = lambda: parse(b'[{"a": 1, "b": 2}]', json_object_members=1)  # noqa: E731 - read once
    assert refused(call, LimitError) == ("json.too_many_members", {"limit": 1})


def test_the_digits_of_a_whole_number_are_bounded() -> None:
    for data in (b"123", b"-123"):
        assert parse(data, json_integer_digits=3) == int(data)
        call = lambda data=data: parse(data, json_integer_digits=2)  # noqa: E731 - read once
        assert refused(call, LimitError) == ("json.integer_too_long", {"limit": 2})
    assert parse(b"1.5e3", json_integer_digits=1) == 1500.0


@pytest.mark.parametrize("data", ['"{}"', '["x", "{}"]', '{{"a": "{}"}}', '{{"{}": 1}}', '[1, {{"a": [["{}"]]}}]'])
@pytest.mark.parametrize("text", ["abcdef", "ab\u20acd", "\u00e9\u00e9\u00e9"])
def test_the_length_of_every_text_and_name_is_bounded_in_bytes(data: str, text: str) -> None:
    whole = data.format(text)
    assert len(text.encode()) == 6
    parse(whole, json_string_bytes=6)
    for bound in (5, 1):
        call = lambda bound=bound: parse(whole, json_string_bytes=bound)  # noqa: E731 - read once
        assert refused(call, LimitError) == ("json.string_too_long", {"limit": bound})


def test_a_larger_kind_of_document_may_have_longer_texts() -> None:
    data = b'"' + b"a" * 20 + b'"'
    assert parse(data, json_string_bytes=4, max_bytes=22) == "a" * 20
    assert parse(data.decode().replace("a", "\u00e9", 1), json_string_bytes=4, max_bytes=22)[0] == "\u00e9"
    text = '"' + "\u00e9" * 12 + '"'
    assert refused(lambda: parse(text, max_bytes=23), LimitError) == ("json.string_too_long", {"limit": 23})


def test_an_object_is_asked_for_with_the_same_limits() -> None:
    assert jsontext.parse_object(b'{"a": 1}') == {"a": 1}
    for data in (b"[]", b"null", b'"x"', b"1"):
        assert refused(lambda data=data: jsontext.parse_object(data)) == ("json.not_object", {})
    assert refused(lambda: jsontext.parse_object(b"{}", Limits(json_depth=0)), LimitError)[0] == "json.too_deep"
    assert refused(lambda: jsontext.parse_object(b"{}", max_bytes=1), LimitError) == ("json.too_large", {"limit": 1})


def test_json_is_written_compact_or_for_people() -> None:
    value = {"b": [1, 2.5, None], "a": "\u00e9"}
    assert jsontext.dump(value) == '{"b":[1,2.5,null],"a":"\u00e9"}'.encode()
    pretty = '{\n  "b": [\n    1,\n    2.5,\n    null\n  ],\n  "a": "\u00e9"\n}\n'
    assert jsontext.dump_pretty(value) == pretty.encode()


def test_what_json_cannot_say_is_not_written() -> None:
    circle: list[Any] = []
    circle.append(circle)
    deep: list[Any] = []
    for _ in range(100_000):
        deep = [deep]
    for value in (float("nan"), float("inf"), "\ud800", {1, 2}, b"x", circle, deep):
        for write in (jsontext.dump, jsontext.dump_pretty):
            assert refused(lambda value=value, write=write: write(value)) == ("json.not_writable", {})


@pytest.mark.parametrize(
    ("steps", "pointer"),
    [
        (("a",), "/a"),
        (("a", 0, "b"), "/a/0/b"),
        (("",), "/"),
        (("a/b",), "/a~1b"),
        (("a/b/c",), "/a~1b~1c"),
        (("a~b", 1), "/a~0b/1"),
        (("~1", "/~/"), "/~01/~1~0~1"),
        (("/", "a"), "/~1/a"),
    ],
)
def test_pointers_are_escaped(steps: tuple[Any, ...], pointer: str) -> None:
    assert jsontext.pointer_to(*steps) == pointer
