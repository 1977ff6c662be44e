"""Multibase vectors: ``z`` and ``u`` decode and encode, every other encoding is refused by name."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from openbadges.encoding.base import decode_multibase, encode_multibase
from openbadges.errors import UnsupportedError

OWN = json.loads((Path(__file__).parent / "multibase.json").read_text())["cases"]
READ = ("base58btc", "base64url")


def check(encoding: str, text: str, decoded: str) -> None:
    if encoding in READ:
        assert decode_multibase(text, max_chars=100) == decoded.encode("utf-8")
        assert encode_multibase(decoded.encode("utf-8"), text[0]) == text
    else:
        with pytest.raises(UnsupportedError) as caught:
            decode_multibase(text, max_chars=100)
        assert caught.value.code == "multibase.unsupported"
        assert caught.value.params["name"]


@pytest.mark.parametrize("case", OWN, ids=lambda case: f"{case['file']}-{case['encoding']}")
def test_extract(case: dict[str, str]) -> None:
    check(case["encoding"], case["text"], case["decoded"])


@pytest.mark.parametrize("name", ["basic.csv", "case_insensitivity.csv", "leading_zero.csv", "two_leading_zeros.csv"])
def test_published_files(shared: Path, name: str) -> None:
    with (shared / "vectors/multibase/tests" / name).open(encoding="utf-8", newline="") as file:
        (_, text), *rows = [row for row in csv.reader(file, skipinitialspace=True) if row]
    decoded = text.replace("\\x00", "\0")
    for encoding, encoded in rows:
        check(encoding, encoded, decoded)
    assert len(rows) > 10
