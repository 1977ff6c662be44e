"""Words as searching compares them, and what somebody may have meant."""

from __future__ import annotations

import pytest

from issuer_service.services.folding import words
from issuer_service.services.framework_index import address_key
from issuer_service.services.spelling import (
    allowed_errors,
    near_numbers,
    pack,
    steps_between,
    trigram_index,
    trigrams,
    unpack,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Événements & “Fêtes”", ["evenements", "fetes"]),
        ("ÜBER straße Æsop ŁÓDŹ ıŞIK", ["uber", "strasse", "aesop", "lodz", "isik"]),
        ("إدارة الـمـيزانيّة", ["اداره", "الميزانيه"]),
        ("أآٱى ؤئ", ["اااي", "وي"]),
        ("रिपोर्ट लिखना", ["रिपोर्ट", "लिखना"]),
        ("撰写报告 OK", ["撰", "写", "报", "告", "ok"]),
        ("がか", ["が", "か"]),
        ("MS-T2 (x_y)", ["ms", "t2", "x", "y"]),
        ("ﬁle ①", ["file", "1"]),
        ("e\u0301 = é", ["e", "e"]),
        ("\x00\ud800\u202e '\"*", []),
        ("x" * 100, ["x" * 40]),
    ],
)
def test_words_are_folded_alike_in_every_script(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    ("one", "other", "steps"),
    [
        ("same", "same", 0), ("", "", 0), ("same", "sane", 1), ("same", "smae", 1), ("same", "sam", 1),
        ("same", "samme", 1), ("abcd", "badc", 2), ("same", "other", 3), ("same", "samesame", 3), ("ab", "ba", 1),
        ("ca", "abc", 3),
    ],
)  # fmt: skip
def test_steps_between_words_count_a_swap_as_one(one: str, other: str, steps: int) -> None:
    assert steps_between(one, other, 2) == min(steps, 3) == steps_between(other, one, 2)


def test_short_words_may_not_differ_and_long_ones_in_two_places() -> None:
    assert [allowed_errors("x" * length) for length in (3, 4, 7, 8, 20)] == [0, 1, 1, 2, 2]


def test_near_words_are_found_by_what_they_share() -> None:
    terms = ["management", "mangement", "garden", "manage", "x"]
    index = trigram_index(terms)
    assert trigrams("ab") == ["^ab", "ab$"]
    assert trigrams("x") == ["^x$"]
    packed = [index[gram] for gram in trigrams("managment") if gram in index]
    found = [terms[number] for number in near_numbers(packed, "managment")]
    assert found[0] in ("management", "mangement")
    assert "garden" not in found


def test_numbers_are_packed_the_same_on_every_machine() -> None:
    assert pack([1, 256, 70_000]) == b"\x01\0\0\0\0\x01\0\0\x70\x11\x01\0"
    assert unpack(pack([1, 256, 70_000])) == (1, 256, 70_000)


def test_addresses_that_an_index_cannot_hold_are_known_by_their_digest() -> None:
    assert address_key("https://x.example/1") == "https://x.example/1"
    assert address_key("é" * 251).startswith("sha256:")
    assert address_key("é" * 250) == "é" * 250
