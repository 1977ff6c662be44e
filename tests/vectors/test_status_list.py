"""Known answers for status lists: W3C's printed example and lists made by another encoder."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from openbadges.status import StatusBits, decode

OWN = json.loads(Path(__file__).with_name("status_list.json").read_text(encoding="utf-8"))["cases"]


def assert_known(entries: int, set_indexes: list[int], encoded_list: str) -> None:
    bits = StatusBits.from_encoded(encoded_list)
    assert 8 * len(decode(encoded_list)) == len(bits) == entries
    assert list(bits) == set_indexes
    made = StatusBits(entries)
    for index in set_indexes:
        made[index] = 1
    assert decode(made.encoded()) == decode(encoded_list)


@pytest.mark.parametrize("case", OWN, ids=lambda case: f"{case['entries']}-{case['set']}")
def test_known_lists(case: dict[str, Any]) -> None:
    assert_known(case["entries"], case["set"], case["encodedList"])


def test_the_example_printed_in_the_specification_is_reproduced() -> None:
    """The header is the same as W3C's encoder writes; deflate may differ, so only the inflated bits are compared."""
    text = StatusBits().encoded()
    assert text[:14] == OWN[0]["encodedList"][:14]
    assert decode(text) == decode(OWN[0]["encodedList"])


def test_shared_cases(shared: Path) -> None:
    folder = shared / "vectors" / "bitstring-status-list"
    cases = json.loads((folder / "own-cases.json").read_text(encoding="utf-8"))["cases"]
    assert len(cases) >= 7
    for case in cases:
        assert_known(case["bits"], case["set"], case["encodedList"])


def test_shared_examples_of_the_specification(shared: Path) -> None:
    file = shared / "vectors" / "bitstring-status-list" / "encodedList-spec-examples.json"
    examples = json.loads(file.read_text(encoding="utf-8"))
    assert examples
    for example in examples:
        assert_known(8 * example["bytes"], example["set_indices_msb_first"], example["encodedList"])
