"""What status entries and lists that are refused say, and the bounds they are read within (V-ST-1, V-ST-3)."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from typing import Any

import pytest

from openbadges.encoding.base import encode_base64url
from openbadges.errors import ConfigurationError, LimitError, MalformedError, OpenBadgesError, RefusedError
from openbadges.limits import Limits
from openbadges.status import (
    LEAST_ENTRIES,
    BitstringStatusListEntry,
    StatusBits,
    StatusList,
    build_revocation_list,
    decode,
    encode,
    read_list,
    read_revocation_list,
)
from openbadges.status.onedtech import RevocationListEntry

LIST = "https://issuer.example/status/3"
ISSUER = "https://issuer.example"
BADGE = "urn:uuid:1"
TWO = [{"status": "0x0", "message": "fine"}, {"status": "0x1", "message": "gone"}]
FOUR = [{"status": hex(value), "message": str(value)} for value in range(4)]
Facts = dict[str, Any]


def entry_document(**members: Any) -> Facts:
    document = {
        "type": "BitstringStatusListEntry", "statusPurpose": "revocation", "statusListIndex": "7",
        "statusListCredential": LIST,
    }  # fmt: skip
    return document | members


def entry(limits: Limits | None = None, **members: Any) -> BitstringStatusListEntry:
    return BitstringStatusListEntry.from_document(entry_document(**members), limits or Limits())


def list_document(**subject: Any) -> Facts:
    members = {"type": "BitstringStatusList", "statusPurpose": "revocation", "encodedList": StatusBits().encoded()}
    return {"id": LIST, "type": ["BitstringStatusListCredential"], "credentialSubject": members | subject}


def refused(call: Callable[[], object], kind: type[OpenBadgesError] = MalformedError) -> tuple[str, str, Facts]:
    with pytest.raises(kind) as caught:
        call()
    return caught.value.code, caught.value.pointer, caught.value.params


# --- entries -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        ({"type": "x"}, ("status.entry_type", "/type", {"wanted": "BitstringStatusListEntry"})),
        ({"statusSize": 17}, ("status.size_limit", "/statusSize", {"limit": 16})),
        ({"statusSize": 2}, ("status.messages", "/statusMessage", {"count": 4})),
        ({"statusMessage": FOUR}, ("status.messages", "/statusMessage", {"count": 2})),
        ({"statusMessage": [TWO[0], TWO[0]]}, ("status.messages", "/statusMessage", {"count": 2})),
        ({"statusMessage": [TWO[0], FOUR[2]]}, ("status.messages", "/statusMessage", {"count": 2})),
        ({"statusMessage": [TWO[0], "x"]}, ("status.message", "/statusMessage/1", {})),
        ({"statusMessage": [TWO[0], {"status": "0x1", "message": 1}]}, ("status.message", "/statusMessage/1", {})),
        ({"statusMessage": [TWO[0], {"status": 1, "message": ""}]}, ("status.message", "/statusMessage/1", {})),
        ({"id": LIST}, ("status.entry_id", "/id", {"limit": 2048})),
        ({"id": "x"}, ("status.entry_id", "/id", {"limit": 2048})),
        ({"statusListCredential": "x"}, ("status.entry_url", "/statusListCredential", {"limit": 2048})),
        ({"statusReference": "x"}, ("status.reference", "/statusReference", {"limit": 2048})),
        ({"statusPurpose": 1}, ("status.purpose", "/statusPurpose", {})),
        ({"statusListIndex": "x"}, ("status.index", "/statusListIndex", {})),
    ],
)
def test_an_entry_that_is_refused_says_where_and_why(members: Facts, expected: tuple[str, str, Facts]) -> None:
    assert refused(lambda: entry(**members)) == expected


def test_a_whole_entry_is_read_and_written() -> None:
    whole = entry_document(
        id=LIST + "#7", statusSize=2, statusMessage=FOUR, statusReference=[ISSUER + "/a", ISSUER + "/b"],
        statusListIndex=7,
    )  # fmt: skip
    found = BitstringStatusListEntry.from_document(whole)
    assert (found.id, found.status_size, found.status_reference) == (LIST + "#7", 2, (ISSUER + "/a", ISSUER + "/b"))
    assert dict(found.status_message) == {0: "0", 1: "1", 2: "2", 3: "3"}
    assert (found.notes, found.url, found.purpose) == (("status.index_number",), LIST, "revocation")
    assert found.to_document() == whole | {"statusListIndex": "7"}
    assert entry(statusReference=ISSUER).status_reference == (ISSUER,)
    plain = entry()
    assert (plain.id, plain.status_size, dict(plain.status_message), plain.status_reference) == (None, 1, {}, ())
    assert plain.to_document() == {"id": LIST + "#7"} | entry_document()
    assert entry(statusListIndex=0).status_list_index == 0
    assert entry(statusListIndex=10**10 - 1).status_list_index == 10**10 - 1


def test_every_address_of_an_entry_is_bounded() -> None:
    long = LIST + "#12345"
    tight = Limits(url_chars=len(LIST))
    assert entry(tight).url == LIST
    assert refused(lambda: entry(Limits(url_chars=len(LIST) - 1)))[0] == "status.entry_url"
    assert refused(lambda: entry(tight, id=long)) == ("status.entry_id", "/id", {"limit": len(LIST)})
    assert refused(lambda: entry(tight, id=LIST))[2] == {"limit": len(LIST)}
    facts = {"limit": len(LIST)}
    assert refused(lambda: entry(tight, statusReference=[long])) == ("status.reference", "/statusReference", facts)
    old = {"id": long, "type": "1EdTechRevocationList"}
    assert refused(lambda: RevocationListEntry.from_document(old, tight)) == ("status.entry_url", "/id", facts)
    assert RevocationListEntry.from_document(old, Limits(url_chars=len(long))).id == long
    assert refused(lambda: RevocationListEntry.from_document({"type": "x"}))[1:] == (
        "/type", {"wanted": "1EdTechRevocationList"},
    )  # fmt: skip


# --- lists -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("document", "kind", "expected"),
    [
        ([], MalformedError, ("status.list_object", "", {})),
        ({}, MalformedError, ("status.list_subject", "/credentialSubject", {})),
        (list_document() | {"credentialSubject": [{}, {}]}, MalformedError,
         ("status.list_subject", "/credentialSubject", {})),
        (list_document() | {"type": ["A"]}, RefusedError,
         ("status.list_type", "", {"found": ["A", "BitstringStatusList"]})),
        (list_document(type="B"), RefusedError,
         ("status.list_type", "", {"found": ["BitstringStatusListCredential", "B"]})),
        (list_document(encodedList=1), MalformedError, ("status.list_missing", "/credentialSubject/encodedList", {})),
        (list_document(statusPurpose=1), MalformedError, ("status.purpose", "/credentialSubject/statusPurpose", {})),
        (list_document() | {"id": "x"}, MalformedError, ("status.list_without_id", "/id", {"limit": 2048})),
        (list_document() | {"id": LIST + "0"}, RefusedError,
         ("status.list_id", "", {"id": LIST + "0", "wanted": LIST})),
        (list_document(statusPurpose=["a", "b"]), RefusedError,
         ("status.list_purpose", "", {"wanted": "revocation", "found": ("a", "b")})),
    ],
)  # fmt: skip
def test_a_list_that_is_refused_says_where_and_why(
    document: Any, kind: type[OpenBadgesError], expected: tuple[str, str, Facts]
) -> None:
    assert refused(lambda: read_list(document, entry()), kind) == expected


def test_a_list_too_short_for_its_entries_says_how_short() -> None:
    wide = entry(statusSize=2, statusMessage=FOUR)
    assert refused(lambda: read_list(list_document(), wide)) == (
        "status.list_length", "", {"entries": LEAST_ENTRIES // 2, "least": LEAST_ENTRIES},
    )  # fmt: skip
    long = list_document(encodedList=encode(bytes(LEAST_ENTRIES // 4)))
    outside = entry(statusSize=2, statusMessage=FOUR, statusListIndex=str(LEAST_ENTRIES))
    facts = {"index": LEAST_ENTRIES, "entries": LEAST_ENTRIES}
    assert refused(lambda: read_list(long, outside), RefusedError) == ("status.index_range", "", facts)


def test_a_reading_says_what_the_list_says() -> None:
    bits = StatusBits()
    bits[7] = 1
    document = list_document(encodedList=bits.encoded(), ttl=0)
    reading = read_list(document, entry(statusMessage=TWO, statusListIndex=7))
    assert (reading.purpose, reading.value, reading.message, reading.ttl_ms) == ("revocation", 1, "gone", 0)
    assert reading.notes == ("status.index_number",)
    opened = StatusList.from_document(document)
    assert (opened.id, opened.ttl_ms, opened.notes) == (LIST, 0, ())
    assert StatusList.from_document(list_document(ttl=None)).notes == ("status.ttl_ignored",)
    assert read_list(list_document(), entry()).ttl_ms is None


def test_a_list_is_read_within_the_limits() -> None:
    for limits, code in (
        (Limits(status_list_bytes=9), "status.list_too_large"),
        (Limits(url_chars=9), "status.list_without_id"),
    ):
        assert refused(lambda limits=limits: read_list(list_document(), entry(), limits))[0] == code
        assert refused(lambda limits=limits: StatusList.from_document(list_document(), limits))[0] == code
        call = lambda limits=limits: entry().read(  # noqa: E731 - as above
            list_document(), badge_issuer="x", credential_id=None, limits=limits
        )
        assert refused(call)[0] == code


# --- bits --------------------------------------------------------------------------------------------------------


def test_bits_that_are_refused_say_by_how_much() -> None:
    text = StatusBits().encoded()
    assert refused(lambda: decode(text, Limits(status_document_bytes=9)), LimitError) == (
        "status.list_text_too_large", "", {"limit": 9},
    )  # fmt: skip
    assert refused(lambda: decode(text, Limits(status_list_bytes=9)), LimitError)[2] == {"limit": 9}
    short = encode(bytes(10))
    assert refused(lambda: decode(short)) == ("status.list_length", "", {"entries": 80, "least": LEAST_ENTRIES})
    wide = encode(bytes(LEAST_ENTRIES // 8 + 1))
    for size, entries in ((1, None), (3, (LEAST_ENTRIES + 8) // 3)):
        if entries is None:
            assert len(StatusBits.from_encoded(wide, size=size)) == LEAST_ENTRIES + 8
            continue
        call = lambda size=size: StatusBits.from_encoded(wide, size=size)  # noqa: E731 - as above
        assert refused(call) == ("status.list_length", "", {"entries": entries, "least": LEAST_ENTRIES})
    for size in (0, 17):
        facts = {"size": size, "most": 16}
        made = lambda size=size: StatusBits(size=size)  # noqa: E731
        read = lambda size=size: StatusBits.from_encoded(text, size=size)  # noqa: E731
        assert refused(made, ConfigurationError) == ("status.build_size", "", facts)
        assert refused(read, ConfigurationError) == ("status.build_size", "", facts)
    limits = Limits(status_list_bytes=LEAST_ENTRIES // 8)
    assert len(StatusBits(LEAST_ENTRIES, limits=limits)) == LEAST_ENTRIES
    for length in (LEAST_ENTRIES + 8, LEAST_ENTRIES - 8):
        call = lambda length=length: StatusBits(length, limits=limits)  # noqa: E731
        facts = {"length": length, "least": LEAST_ENTRIES, "most": LEAST_ENTRIES}
        assert refused(call, ConfigurationError) == ("status.build_length", "", facts)
    assert refused(lambda: StatusBits.from_encoded(wide, limits=limits), LimitError)[0] == "status.list_too_large"


def test_places_and_values_that_are_refused_are_named() -> None:
    bits = StatusBits(size=2)
    facts = {"index": LEAST_ENTRIES, "length": LEAST_ENTRIES}
    assert refused(lambda: bits[LEAST_ENTRIES], ConfigurationError) == ("status.build_index", "", facts)

    def put(value: int) -> None:
        bits[0] = value

    for value in (4, -1):
        facts = {"value": value, "size": 2}
        assert refused(lambda value=value: put(value), ConfigurationError) == ("status.build_value", "", facts)
    one = StatusBits()
    facts = {"index": LEAST_ENTRIES, "length": LEAST_ENTRIES}
    assert refused(lambda: one.update({LEAST_ENTRIES: 1}), ConfigurationError) == ("status.build_index", "", facts)
    assert refused(lambda: one.update({-1: 1}), ConfigurationError)[0] == "status.build_index"


@pytest.mark.parametrize("size", [1, 2, 3, 5, 16])
def test_entries_of_any_size_hold_what_was_written_beside_others(size: int) -> None:
    bits = StatusBits(LEAST_ENTRIES, size=size)
    most = (1 << size) - 1
    bits.update(dict.fromkeys((0, 1, 2, 3, 7, 8, 9, LEAST_ENTRIES - 1), most))
    bits.update({1: 0, 8: most - 1 if size > 1 else 0})
    again = StatusBits.from_encoded(bits.encoded(), size=size)
    for found in (bits, again):
        assert [found[index] for index in range(11)] == [
            most, 0, most, most, 0, 0, 0, most, most - 1 if size > 1 else 0, most, 0,
        ]  # fmt: skip
        expected = [0, 2, 3, 7, *([8] if size > 1 else []), 9, LEAST_ENTRIES - 1]
        assert list(found) == expected
        assert (len(found), found.length, found.size) == (LEAST_ENTRIES, LEAST_ENTRIES, size)


def test_entries_of_one_bit_are_set_together() -> None:
    bits = StatusBits()
    bits.update(dict.fromkeys((0, 7, 8, 15, LEAST_ENTRIES - 1), 1))
    assert list(bits) == [0, 7, 8, 15, LEAST_ENTRIES - 1]


def test_the_text_form_is_what_other_programs_write() -> None:
    bits = bytes(range(256)) * 100
    text = encode(bits)
    from openbadges.encoding.base import decode_base64url

    packed = decode_base64url(text[1:])
    assert text[0] == "u"
    assert packed[:10] == b"\x1f\x8b\x08\0\0\0\0\0\0\x03"
    assert packed[-8:-4] == zlib.crc32(bits).to_bytes(4, "little")
    assert packed[-4:] == len(bits).to_bytes(4, "little")
    deflater = zlib.compressobj(9, zlib.DEFLATED, -15)
    assert packed[10:-8] == deflater.compress(bits) + deflater.flush()
    assert decode(text) == bits
    assert decode("u" + encode_base64url(packed)) == bits


# --- 1EdTech revocation lists ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("document", "kind", "expected"),
    [
        ({}, MalformedError, ("status.revocation_list", "", {})),
        ({"id": "x"}, RefusedError, ("status.list_id", "", {"id": "x", "wanted": LIST})),
        ({"id": LIST, "issuer": "x"}, RefusedError, ("status.revocation_issuer", "", {"found": "x", "wanted": ISSUER})),
        ({"id": LIST, "issuer": {"id": "x"}}, RefusedError,
         ("status.revocation_issuer", "", {"found": "x", "wanted": ISSUER})),
        ({"revokedCredentials": [{"id": 1}]}, MalformedError,
         ("status.revocation_item", "/revokedCredentials/0", {})),
        ({"revokedCredential": ["x"]}, MalformedError, ("status.revocation_item", "/revokedCredential/0", {})),
        ({"revokedCredential": [{"id": "x", "revoked": None}]}, MalformedError,
         ("status.revocation_item", "/revokedCredential/0", {})),
    ],
)  # fmt: skip
def test_a_revocation_list_that_is_refused_says_where_and_why(
    document: Facts, kind: type[OpenBadgesError], expected: tuple[str, str, Facts]
) -> None:
    assert refused(lambda: read_revocation_list(document, ISSUER, BADGE, list_id=LIST), kind) == expected


def test_a_revocation_list_is_compared_after_decoding_and_gives_the_first_reason() -> None:
    items = [
        {"id": "urn:uuid:2", "revocationReason": "no"},
        {"id": BADGE, "revoked": False, "revocationReason": "no"},
        {"id": BADGE},
        {"id": " urn%3Auuid:1 ", "revocationReason": "first"},
        {"id": BADGE, "revocationReason": "second"},
    ]
    for name in ("revokedCredential", "revokedCredentials"):
        found = read_revocation_list({name: items}, ISSUER, "urn:uuid%3A1 ")
        assert found is not None
        assert found.reason == "first"
        alone = read_revocation_list({name: items[2]}, ISSUER, BADGE)
        assert alone is not None
        assert alone.reason is None
    old = RevocationListEntry(id=LIST)
    reading = old.read({"revokedCredential": items}, badge_issuer=ISSUER, credential_id=BADGE)
    assert (reading.purpose, reading.value, reading.message, reading.ttl_ms) == ("revocation", 1, "first", None)
    assert reading.notes == ("status.list_unsigned",)
    reading = old.read({"revokedCredential": items}, badge_issuer=ISSUER, credential_id="urn:uuid:3")
    assert (reading.value, reading.message) == (0, None)


def test_a_built_revocation_list_has_the_plain_form() -> None:
    assert build_revocation_list(list_id=LIST, issuer=ISSUER, revoked={}) == {"id": LIST, "issuer": ISSUER}
    items = [{"id": BADGE, "revoked": True, "revocationReason": "left"}, {"id": "b", "revoked": True}]
    assert build_revocation_list(list_id=LIST, issuer=ISSUER, revoked={BADGE: "left", "b": None}) == {
        "id": LIST, "issuer": ISSUER, "revokedCredential": items, "revokedCredentials": items,
    }  # fmt: skip
    call = lambda: build_revocation_list(list_id=LIST, issuer=ISSUER, revoked={"": None})  # noqa: E731 - as above
    assert refused(call, ConfigurationError) == ("status.build_badge_id", "", {})


def test_an_entry_that_the_list_holds_only_in_part_is_outside() -> None:
    words = [{"status": hex(value), "message": str(value)} for value in range(8)]
    document = list_document(encodedList=encode(bytes(LEAST_ENTRIES * 3 // 8 + 1)))
    last = LEAST_ENTRIES + 1
    assert read_list(document, entry(statusSize=3, statusMessage=words, statusListIndex=str(last))).value == 0
    outside = entry(statusSize=3, statusMessage=words, statusListIndex=str(last + 1))
    facts = {"index": last + 1, "entries": last + 1}
    assert refused(lambda: read_list(document, outside), RefusedError) == ("status.index_range", "", facts)


def test_set_entries_are_found_once_whatever_their_bits() -> None:
    for index in (0, 1, 2):
        bits = StatusBits()
        bits[index] = 1
        assert list(bits) == [index]
        wide = StatusBits(size=3)
        wide[index] = 3
        assert list(wide) == [index]
    two = StatusBits(size=2)
    two.update({5: 1})
    assert (list(two), two[5]) == ([5], 1)


def test_a_list_may_be_as_long_as_the_limits_say() -> None:
    assert len(StatusBits.from_encoded(StatusBits().encoded())) == LEAST_ENTRIES
    size = Limits().status_list_bytes + 1
    long = StatusBits.from_encoded(encode(bytes(size)), limits=Limits(status_list_bytes=size))
    assert len(long) == 8 * size
    facts = {"length": 1, "least": LEAST_ENTRIES, "most": 8 * Limits().status_list_bytes // 3}
    assert refused(lambda: StatusBits(1, size=3), ConfigurationError) == ("status.build_length", "", facts)
