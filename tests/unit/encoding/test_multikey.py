"""Multikey: exact prefixes and lengths, bounded before decoding (V-KEY-5)."""

from __future__ import annotations

from typing import Any

import pytest

from openbadges.encoding.base import encode_base58
from openbadges.encoding.multikey import KEY_CODES, KeyCode, decode_multikey, encode_multikey
from openbadges.errors import ConfigurationError, LimitError, MalformedError, OpenBadgesError, UnsupportedError
from openbadges.limits import Limits


def refusal(text: Any, limits: Limits | None = None) -> OpenBadgesError:
    with pytest.raises(OpenBadgesError) as caught:
        decode_multikey(text, limits or Limits())
    assert str(caught.value) != caught.value.code, "the code has a sentence"
    return caught.value


def text_of(code: KeyCode, length: int | None = None) -> str:
    size = length if length is not None else (code.length or 300)
    return "z" + encode_base58(code.prefix + b"\x02" * size)


@pytest.mark.parametrize("code", KEY_CODES, ids=lambda code: f"{code.kind}-{'secret' if code.secret else 'public'}")
def test_each_kind_has_its_prefix_and_exact_length(code: KeyCode) -> None:
    if not code.supported:
        error = refusal(text_of(code))
        assert (type(error), error.code, error.params) == (
            UnsupportedError, "multikey.unsupported", {"kind": code.kind},
        )  # fmt: skip
    else:
        found = decode_multikey(text_of(code))
        assert (found.kind, found.secret, len(found.key)) == (code.kind, code.secret, code.length or 300)
        assert encode_multikey(found.kind, found.key, secret=found.secret) == text_of(code)
    if code.length is not None:
        for length in (0, code.length - 1, code.length + 1):
            assert refusal(text_of(code, length)).code == "multikey.length"


@pytest.mark.parametrize(("kind", "start"), [("Ed25519", "z6Mk"), ("P-256", "zDn"), ("P-384", "z82")])
def test_texts_start_as_the_specification_prints_them(kind: str, start: str) -> None:
    code = next(code for code in KEY_CODES if code.kind == kind)
    assert text_of(code).startswith(start)


@pytest.mark.parametrize("text", ["", "u7QE", "6Mk", "Z6Mk", "m7QE", None, 7, ["z"]])
def test_only_z(text: Any) -> None:
    error = refusal(text)
    assert (type(error), error.code) == (MalformedError, "multikey.prefix")


def test_unknown_prefix_is_named() -> None:
    error = refusal("z" + encode_base58(b"\x12\x34" + b"\0" * 32))
    assert (type(error), error.code, error.params) == (UnsupportedError, "multikey.unknown", {"prefix": "1234"})
    assert refusal("z").code == "multikey.unknown"


def test_limits_just_under_and_just_over() -> None:
    rsa = next(code for code in KEY_CODES if code.kind == "RSA")
    text = text_of(rsa)
    assert decode_multikey(text, Limits(did_key_rsa_chars=len(text))).kind == "RSA"
    error = refusal(text, Limits(did_key_rsa_chars=len(text) - 1))
    assert (type(error), error.code) == (LimitError, "multikey.too_long")
    ed25519 = text_of(KEY_CODES[0])
    assert decode_multikey(ed25519, Limits(did_key_chars=len(ed25519))).kind == "Ed25519"
    assert refusal(ed25519, Limits(did_key_chars=len(ed25519) - 1)).code == "multikey.too_long"
    assert refusal("z" + "2" * 300).code == "multikey.too_long"


def test_secrets_are_not_in_the_repr() -> None:
    assert "key=" not in repr(decode_multikey(encode_multikey("Ed25519", b"\x07" * 32, secret=True)))


@pytest.mark.parametrize(("kind", "length", "secret"), [("Ed25519", 31, False), ("RSA", 9, True), ("P-999", 3, False)])
def test_there_is_no_form_for_anything_else(kind: str, length: int, secret: bool) -> None:
    with pytest.raises(ConfigurationError, match="There is no Multikey"):
        encode_multikey(kind, b"\0" * length, secret=secret)
