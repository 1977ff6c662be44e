"""JCS on I-JSON (V-LD-7)."""

from __future__ import annotations

import pytest

from openbadges.canon import jcs
from openbadges.errors import LimitError, MalformedError


def test_members_are_sorted_by_utf_16_code_units():
    # U+FB33 is above the surrogates that U+1F600 is written with in UTF-16
    assert jcs.canonicalize({"\ufb33": 1, "\U0001f600": 2, "a": 3}) == '{"a":3,"\U0001f600":2,"\ufb33":1}'.encode()


def test_no_unicode_normalisation():
    assert jcs.canonicalize("A\u030a") == '"A\u030a"'.encode()


def test_largest_integers_pass():
    assert jcs.canonicalize([2**53 - 1, -(2**53) + 1, 1e30, -0.0]) == b"[9007199254740991,-9007199254740991,1e+30,0]"


@pytest.mark.parametrize(
    ("value", "code", "pointer"),
    [
        ({"a": [1, {"b/c": 2**53}]}, "canon.integer_too_large", "/a/1/b~1c"),
        ([-(2**53)], "canon.integer_too_large", "/0"),
        pytest.param(10**5000, "canon.integer_too_large", "", id="5001 digits"),
        ({"a": float("nan")}, "canon.not_a_number", "/a"),
        ({"a": float("-inf")}, "canon.not_a_number", "/a"),
        ({"a": "\ud800"}, "canon.lone_surrogate", "/a"),
        ({"a": {"\udfff": 1}}, "canon.lone_surrogate", "/a"),
        ({"a": {1: 1}}, "json.not_writable", "/a"),
        ({"a": (1.5, True, None, b"x")}, "json.not_writable", "/a/3"),
        (object(), "json.not_writable", ""),
    ],
)
def test_v_ld_7_what_is_not_i_json_is_refused_with_its_place(value, code, pointer):
    with pytest.raises(MalformedError) as caught:
        jcs.canonicalize(value)
    assert (caught.value.code, caught.value.pointer) == (code, pointer)


def test_a_cycle_is_a_limit():
    value = []
    value.append(value)
    with pytest.raises(LimitError) as caught:
        jcs.canonicalize(value)
    assert caught.value.code == "canon.too_deep"


def test_what_only_the_library_refuses_is_still_ours(monkeypatch):
    def refuse(_value):
        raise ValueError

    monkeypatch.setattr(jcs.rfc8785, "dumps", refuse)
    with pytest.raises(MalformedError) as caught:
        jcs.canonicalize({"a": 1.5})
    assert caught.value.code == "json.not_writable"


def test_what_badges_are_made_of_needs_no_reference(monkeypatch):
    def refuse(_value):
        raise AssertionError

    monkeypatch.setattr(jcs.rfc8785, "dumps", refuse)
    value = {"b": [True, None, '\u00e9\u2028\x7f\x01"\\/\n'], "a": {"Z": -7, "_": 2**53 - 1, "a": {}}, "B": []}
    text = '{"B":[],"a":{"Z":-7,"_":9007199254740991,"a":{}},"b":[true,null,"\u00e9\u2028\x7f\\u0001\\"\\\\/\\n"]}'
    assert jcs.canonicalize(value) == text.encode()
