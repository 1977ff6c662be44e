"""RFC 8785: the reference implementation's files and the numbers of the RFC's appendix B."""

from __future__ import annotations

import json
import struct
from pathlib import Path

import pytest

from openbadges import jsontext
from openbadges.canon import jcs
from openbadges.errors import MalformedError

CASES = json.loads((Path(__file__).parent / "jcs.json").read_text("utf-8"))["cases"]

NUMBERS = {
    "0000000000000000": "0",
    "8000000000000000": "0",
    "0000000000000001": "5e-324",
    "8000000000000001": "-5e-324",
    "7fefffffffffffff": "1.7976931348623157e+308",
    "ffefffffffffffff": "-1.7976931348623157e+308",
    "4340000000000000": "9007199254740992",
    "c340000000000000": "-9007199254740992",
    "4430000000000000": "295147905179352830000",
    "44b52d02c7e14af5": "9.999999999999997e+22",
    "44b52d02c7e14af6": "1e+23",
    "44b52d02c7e14af7": "1.0000000000000001e+23",
    "444b1ae4d6e2ef4e": "999999999999999700000",
    "444b1ae4d6e2ef4f": "999999999999999900000",
    "444b1ae4d6e2ef50": "1e+21",
    "3eb0c6f7a0b5ed8c": "9.999999999999997e-7",
    "3eb0c6f7a0b5ed8d": "0.000001",
    "41b3de4355555553": "333333333.3333332",
    "41b3de4355555554": "333333333.33333325",
    "41b3de4355555555": "333333333.3333333",
    "41b3de4355555556": "333333333.3333334",
    "41b3de4355555557": "333333333.33333343",
    "becbf647612f3696": "-0.0000033333333333333333",
    "43143ff3c1cb0959": "1424953923781206.2",
}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_canonical_bytes(case):
    assert jcs.canonicalize(jsontext.parse(case["input"])).hex() == case["utf8_hex"]


@pytest.mark.parametrize(("bits", "text"), NUMBERS.items())
def test_numbers_as_ecmascript_writes_them(bits, text):
    (number,) = struct.unpack(">d", bytes.fromhex(bits))
    assert jcs.canonicalize(number) == text.encode()


@pytest.mark.parametrize("bits", ["7fffffffffffffff", "7ff0000000000000", "fff0000000000000"])
def test_what_is_no_number_is_refused(bits):
    (number,) = struct.unpack(">d", bytes.fromhex(bits))
    with pytest.raises(MalformedError) as caught:
        jcs.canonicalize({"a": [number]})
    assert (caught.value.code, caught.value.pointer) == ("canon.not_a_number", "/a/0")


def test_the_copy_is_the_original(shared):
    folder = shared / "vectors/jcs-rfc8785/testdata"
    for case in CASES:
        assert case["input"] == (folder / "input" / f"{case['name']}.json").read_text("utf-8")
        assert bytes.fromhex(case["utf8_hex"]) == (folder / "output" / f"{case['name']}.json").read_bytes()
