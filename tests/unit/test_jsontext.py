"""Strict JSON in, plain JSON out (V-PAR-1, V-PAR-3). Every limit has a case just under and just over it."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest

from openbadges.errors import LimitError, MalformedError
from openbadges.jsontext import dump, dump_pretty, parse, parse_object, pointer_to
from openbadges.limits import Limits


def code(data: bytes | str, limits: Limits | None = None, **more: Any) -> str:
    with pytest.raises(MalformedError) as caught:
        parse(data, *([limits] if limits else []), **more)
    return caught.value.code


@pytest.mark.parametrize(
    "text",
    [
        "null",
        "true",
        "0",
        "-1.5e3",
        '"x"',
        "[]",
        "{}",
        ' {"a": [1, {"b": "\\u00e9"}]}\n',
        '"\\ud83d\\ude00"',
        '"[{\\"["',
    ],
)
def test_what_is_json_is_read_as_the_standard_reader_does(text: str) -> None:
    assert parse(text) == json.loads(text)
    assert parse(text.encode()) == json.loads(text)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "json.empty"),
        (" \n", "json.empty"),
        (b"\xef\xbb\xbf{}", "json.byte_order_mark"),
        (b"\xff", "json.encoding"),
        (b'"\xed\xa0\x80"', "json.encoding"),
        ('"\ud800"', "json.encoding"),
        ('{"a":1,"a":2}', "json.duplicate_key"),
        ('{"a":1,"\\u0061":2}', "json.duplicate_key"),
        ("NaN", "json.not_a_number"),
        ("[-Infinity]", "json.not_a_number"),
        ("1e999", "json.number_overflow"),
        ('"\\ud800"', "json.lone_surrogate"),
        ('"\\uDFFF x"', "json.lone_surrogate"),
        ('{"\\ud800": 1}', "json.lone_surrogate"),
        ("{} {}", "json.syntax"),
        ("{'a': 1}", "json.syntax"),
        ("[1,]", "json.syntax"),
        ('"a\nb"', "json.syntax"),
        ('"never closed', "json.syntax"),
        ('"\\', "json.syntax"),
        ("// no", "json.syntax"),
        ("[01]", "json.syntax"),
        ("]", "json.syntax"),
    ],
)
def test_v_par_1_what_a_lax_reader_takes_is_refused(data: bytes | str, expected: str) -> None:
    assert code(data) == expected


def test_v_par_1_every_limit_just_under_and_just_over() -> None:
    limits = Limits(
        document_bytes=600,
        json_depth=4,
        json_values=20,
        json_object_members=3,
        json_string_bytes=8,
        json_integer_digits=5,
    )
    under = [
        "[[[[]]]]",
        "[" + ",".join("1" * 19) + "]",
        '{"a":1,"b":2,"c":3}',
        '"12345678"',
        '"éééé"',
        "12345",
        "-12345",
    ]
    for text in under:
        assert parse(text, limits) == json.loads(text)
    assert code("[[[[[]]]]]", limits) == "json.too_deep"
    assert code('{"a":{"a":{"a":{"a":{}}}}}', limits) == "json.too_deep"
    assert code("[" + ",".join("1" * 22) + "]", limits) == "json.too_many_values"
    assert code('{"a":1,"b":2,"c":3,"d":4}', limits) == "json.too_many_members"
    assert code('"123456789"', limits) == "json.string_too_long"
    assert code('"ééééé"', limits) == "json.string_too_long"
    assert code('{"123456789":1}', limits) == "json.string_too_long"
    assert code("123456", limits) == "json.integer_too_long"
    assert parse(" " * 598 + "{}", limits) == {}
    assert code(" " * 599 + "{}", limits) == "json.too_large"
    assert code(b" " * 599 + b"{}", limits) == "json.too_large"


def test_brackets_inside_strings_do_not_count() -> None:
    assert parse('"' + "[" * 100 + '"') == "[" * 100
    assert parse('["\\"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[", "\\\\"]')[1] == "\\"


def test_larger_documents_are_allowed_by_name() -> None:
    limits = Limits(document_bytes=10, json_string_bytes=5)
    assert code('"123456789"', limits) == "json.too_large"
    assert parse('"123456789"', limits, max_bytes=11) == "123456789"
    assert code('"1234567890"', limits, max_bytes=11) == "json.too_large"


def test_v_par_3_hostile_text_costs_little() -> None:
    hostile = [
        '"' * 900_000,
        '"\\' * 450_000,
        "[" * 900_000,
        '"' + "\\\\" * 450_000,
        '["' + '","' * 40_000,
        "{" * 500_000,
    ]
    started = time.perf_counter()
    for text in hostile:
        with pytest.raises(MalformedError):
            parse(text)
    assert time.perf_counter() - started < 5


def test_an_object_is_asked_for() -> None:
    assert parse_object("{}") == {}
    for text in ("[]", "1", '"x"', "null"):
        with pytest.raises(MalformedError, match="object"):
            parse_object(text)


def test_writing_keeps_order_and_is_utf_8() -> None:
    value = {"b": [1, 2.5, None, True], "a": "é\u2028"}
    assert dump(value) == '{"b":[1,2.5,null,true],"a":"é\u2028"}'.encode()
    assert dump_pretty({"a": [1]}) == b'{\n  "a": [\n    1\n  ]\n}\n'
    assert parse(dump(value)) == value


def test_what_cannot_be_written_is_our_error() -> None:
    loop: list[Any] = []
    loop.append(loop)
    for value in (float("nan"), "\ud800", object(), {1, 2}, loop, {"a": b"x"}):
        with pytest.raises(MalformedError) as caught:
            dump(value)
        assert caught.value.code == "json.not_writable"


def test_pointers_are_escaped() -> None:
    assert pointer_to() == ""
    assert pointer_to("a/b", 0, "m~n") == "/a~1b/0/m~0n"


def test_limits_are_limits() -> None:
    with pytest.raises(LimitError):
        parse("[[[[[[]]]]]]", Limits(json_depth=2))


def test_a_long_document_is_written_for_people_as_a_short_one_is() -> None:
    document = {"rows": [{"number": number, "word": "é" * (number % 3), "none": None} for number in range(5_000)]}
    assert dump_pretty(document).decode() == json.dumps(document, indent=2, ensure_ascii=False) + "\n"
    for bad in (float("nan"), "\ud800", object()):
        with pytest.raises(MalformedError, match="cannot be written"):
            dump_pretty({**document, "last": bad})
