"""Bit order and length of status lists: index 0 is the leftmost bit."""

from __future__ import annotations

import json
import zlib
from pathlib import Path
from typing import Any

import pytest

from openbadges.encoding.base import decode_multibase
from openbadges.encoding.bits import bit_at, set_indexes, with_bits

OWN = json.loads((Path(__file__).parent / "bits.json").read_text())["cases"]


def check(case: dict[str, Any]) -> None:
    data = zlib.decompress(decode_multibase(case["encodedList"], max_chars=1000), wbits=31)
    assert len(data) * 8 == case["bits"]
    assert list(set_indexes(data)) == case["set"]
    assert with_bits(case["bits"], case["set"]) == data
    for index in case["set"]:
        assert bit_at(data, index)
        assert not any(
            bit_at(data, near)
            for near in (index - 1, index + 1)
            if 0 <= near < case["bits"] and near not in case["set"]
        )


@pytest.mark.parametrize("case", OWN, ids=lambda case: f"{case['bits']}-{case['set']}")
def test_own_cases(case: dict[str, Any]) -> None:
    check(case)


def test_shared_cases(shared: Path) -> None:
    folder = shared / "vectors/bitstring-status-list"
    for case in json.loads((folder / "own-cases.json").read_text())["cases"]:
        check(case)
    for example in json.loads((folder / "encodedList-spec-examples.json").read_text()):
        check({"bits": 8 * example["bytes"], "set": example["set_indices_msb_first"], **example})
