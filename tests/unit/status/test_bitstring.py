"""Entries and lists: V-ST-2, V-ST-3 and Bitstring Status List 1.0 sections 2 and 3."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openbadges.errors import LimitError, MalformedError, OpenBadgesError, RefusedError, UnsupportedError
from openbadges.limits import Limits
from openbadges.status import (
    LEAST_ENTRIES,
    STATUS_TYPES,
    BitstringStatusListEntry,
    StatusBits,
    StatusList,
    encode,
    read_entry,
    read_list,
)

LIST = "https://issuer.example/status/3"
MESSAGES = [
    {"status": "0x0", "message": "fine"},
    {"status": "0x1", "message": "under review"},
    {"status": "0x2", "message": "moved"},
    {"status": "0x3", "message": "gone"},
]


def entry_document(**members: Any) -> dict[str, Any]:
    document = {
        "id": f"{LIST}#94567",
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": "94567",
        "statusListCredential": LIST,
    } | members
    return {name: value for name, value in document.items() if value is not ...}


def entry(**members: Any) -> BitstringStatusListEntry:
    return BitstringStatusListEntry.from_document(entry_document(**members))


def list_document(set_indexes: tuple[int, ...] = (), **subject: Any) -> dict[str, Any]:
    bits = StatusBits()
    for index in set_indexes:
        bits[index] = 1
    members = {"type": "BitstringStatusList", "statusPurpose": "revocation", "encodedList": bits.encoded()} | subject
    return {
        "id": LIST,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "credentialSubject": {name: value for name, value in members.items() if value is not ...},
    }


def test_entry_is_read() -> None:
    found = entry(statusReference="https://issuer.example/about")
    assert (found.status_purpose, found.status_list_index, found.status_list_credential) == ("revocation", 94567, LIST)
    assert (found.status_size, found.status_message, found.notes) == (1, {}, ())
    assert found.status_reference == ("https://issuer.example/about",)
    assert (found.id, found.url, found.purpose, found.list_is_signed) == (f"{LIST}#94567", LIST, "revocation", True)
    assert "application/vc" in found.accept


def test_entry_survives_writing_and_reading() -> None:
    for members in ({}, {"statusSize": 2, "statusMessage": MESSAGES}, {"statusReference": ["urn:a", "urn:b"]}):
        assert entry(**members).to_document() == entry_document(**members)
    assert entry(id=...).to_document() == entry_document()


def test_index_as_a_number_is_read_noted_and_written_as_text() -> None:
    found = entry(statusListIndex=23)
    assert (found.status_list_index, found.notes) == (23, ("status.index_number",))
    assert found.to_document()["statusListIndex"] == "23"


@pytest.mark.parametrize("index", ["0", "9999999999", 0, 9_999_999_999])
def test_indexes_at_the_edge_are_read(index: object) -> None:
    assert entry(statusListIndex=index).status_list_index == int(str(index))


@pytest.mark.parametrize(
    ("members", "code", "pointer"),
    [
        ({"type": "StatusList2021Entry"}, "status.entry_type", "/type"),
        ({"type": ...}, "status.entry_type", "/type"),
        ({"type": [7]}, "status.entry_type", "/type"),
        ({"statusPurpose": ...}, "status.purpose", "/statusPurpose"),
        ({"statusPurpose": ""}, "status.purpose", "/statusPurpose"),
        ({"statusPurpose": ["revocation"]}, "status.purpose", "/statusPurpose"),
        *[
            ({"statusListIndex": index}, "status.index", "/statusListIndex")
            for index in (..., "", "-1", "+1", "01", "1.0", " 1", "1\n", "0x1", "1e3", "١", "10000000000")
        ],
        *[
            ({"statusListIndex": index}, "status.index", "/statusListIndex")
            for index in (-1, 1.0, True, False, None, ["1"], 10**10, 10**5000)
        ],
        ({"statusListCredential": ...}, "status.entry_url", "/statusListCredential"),
        ({"statusListCredential": "status/3"}, "status.entry_url", "/statusListCredential"),
        ({"statusListCredential": "https://a.example/ b"}, "status.entry_url", "/statusListCredential"),
        ({"statusListCredential": "https://" + "a" * 2048}, "status.entry_url", "/statusListCredential"),
        ({"statusListCredential": {"id": LIST}}, "status.entry_url", "/statusListCredential"),
        ({"id": LIST}, "status.entry_id", "/id"),
        ({"id": 7}, "status.entry_id", "/id"),
        ({"statusSize": 0}, "status.size", "/statusSize"),
        ({"statusSize": "1"}, "status.size", "/statusSize"),
        ({"statusSize": True}, "status.size", "/statusSize"),
        ({"statusSize": 1.0}, "status.size", "/statusSize"),
        ({"statusSize": None}, "status.size", "/statusSize"),
        ({"statusSize": 2}, "status.messages", "/statusMessage"),
        ({"statusSize": 2, "statusMessage": MESSAGES[:3]}, "status.messages", "/statusMessage"),
        ({"statusSize": 2, "statusMessage": [*MESSAGES[:3], MESSAGES[0]]}, "status.messages", "/statusMessage"),
        (
            {"statusSize": 2, "statusMessage": [*MESSAGES[:3], {"status": "0x4", "message": "x"}]},
            "status.messages",
            "/statusMessage",
        ),
        ({"statusMessage": MESSAGES}, "status.messages", "/statusMessage"),
        ({"statusMessage": {"status": "0x0", "message": "x"}}, "status.messages", "/statusMessage"),
        ({"statusMessage": [MESSAGES[0], "x"]}, "status.message", "/statusMessage/1"),
        ({"statusMessage": [{"status": "0"} | {"message": ""}, MESSAGES[1]]}, "status.message", "/statusMessage/0"),
        ({"statusMessage": [{"status": 0, "message": ""}, MESSAGES[1]]}, "status.message", "/statusMessage/0"),
        ({"statusMessage": [{"status": "0x0"}, MESSAGES[1]]}, "status.message", "/statusMessage/0"),
        ({"statusReference": 7}, "status.reference", "/statusReference"),
        ({"statusReference": ["nowhere"]}, "status.reference", "/statusReference"),
    ],
)
def test_malformed_entries(members: dict[str, Any], code: str, pointer: str) -> None:
    with pytest.raises(MalformedError) as caught:
        entry(**members)
    assert (caught.value.code, caught.value.pointer) == (code, pointer)
    assert caught.value.detail != code


def test_size_is_bounded_before_messages_are_counted() -> None:
    with pytest.raises(LimitError) as caught:
        entry(statusSize=10**9)
    assert caught.value.code == "status.size_limit"
    messages = [{"status": hex(value), "message": ""} for value in range(1 << 16)]
    assert entry(statusSize=16, statusMessage=messages).status_size == 16


def test_an_entry_is_an_object() -> None:
    for document in (None, [], "x"):
        with pytest.raises(MalformedError, match="object") as caught:
            BitstringStatusListEntry.from_document(document)
        assert caught.value.code == "status.entry_object"


@pytest.mark.parametrize("index", [0, 7, 8, 94567, LEAST_ENTRIES - 1])
def test_exactly_the_set_bit_is_set(index: int) -> None:
    """list-neighbour: the bits beside the revoked badge's stay as they are."""
    document = list_document((index,))
    for place in {max(index - 1, 0), index, min(index + 1, LEAST_ENTRIES - 1)}:
        reading = read_list(document, entry(statusListIndex=str(place)))
        assert (reading.value, reading.is_set, reading.purpose) == (int(place == index), place == index, "revocation")


def test_one_list_is_read_for_many_badges() -> None:
    opened = StatusList.from_document(list_document((3,), ttl=300_000, statusPurpose=["revocation", "suspension"]))
    assert opened.read(entry(statusListIndex="3")).is_set
    assert not opened.read(entry(statusListIndex="4", statusPurpose="suspension")).is_set
    assert (opened.purposes, opened.ttl_ms, opened.notes) == (("revocation", "suspension"), 300_000, ())
    assert "bits" not in repr(opened)


def test_messages_are_given_by_value() -> None:
    bits = StatusBits(size=2)
    bits[10] = 2
    asked = {"statusSize": 2, "statusMessage": MESSAGES, "statusPurpose": "message"}
    document = list_document(encodedList=bits.encoded(), statusPurpose="message")
    reading = read_list(document, entry(statusListIndex="10", **asked))
    assert (reading.value, reading.message) == (2, "moved")
    assert read_list(document, entry(statusListIndex="11", **asked)).message == "fine"


def test_notes_of_entry_and_list_are_kept() -> None:
    for ttl in (-1, "300000", 1.5, True):
        reading = read_list(list_document(ttl=ttl), entry(statusListIndex=1))
        assert (reading.ttl_ms, reading.notes) == (None, ("status.index_number", "status.ttl_ignored"))


def test_a_subject_in_a_list_of_one_is_read() -> None:
    document = list_document((5,))
    document["credentialSubject"] = [document["credentialSubject"]]
    assert read_list(document, entry(statusListIndex="5")).is_set


@pytest.mark.parametrize(
    ("document", "error", "code"),
    [
        ([], MalformedError, "status.list_object"),
        (list_document() | {"credentialSubject": "x"}, MalformedError, "status.list_subject"),
        (list_document() | {"credentialSubject": [{}, {}]}, MalformedError, "status.list_subject"),
        (list_document() | {"type": ["VerifiableCredential"]}, RefusedError, "status.list_type"),
        (list_document() | {"type": "OpenBadgeCredential"}, RefusedError, "status.list_type"),
        (list_document(type="StatusList2021"), RefusedError, "status.list_type"),
        (list_document(encodedList=...), MalformedError, "status.list_missing"),
        (list_document(encodedList=["u"]), MalformedError, "status.list_missing"),
        (list_document(encodedList="uAAAA"), MalformedError, "status.list_gzip"),
        (list_document(statusPurpose=...), MalformedError, "status.purpose"),
        (list_document(statusPurpose=["revocation", 7]), MalformedError, "status.purpose"),
        (list_document(statusPurpose=[]), RefusedError, "status.list_purpose"),
        (list_document(statusPurpose="suspension"), RefusedError, "status.list_purpose"),
        ({k: v for k, v in list_document().items() if k != "id"}, MalformedError, "status.list_without_id"),
        (list_document() | {"id": LIST + "0"}, RefusedError, "status.list_id"),
    ],
)
def test_lists_that_do_not_answer(document: Any, error: type[OpenBadgesError], code: str) -> None:
    """V-ST-1, V-ST-2: whatever is wrong with the list, it never says "not revoked"."""
    with pytest.raises(error) as caught:
        read_list(document, entry())
    assert caught.value.code == code
    assert caught.value.detail != code


def test_index_outside_the_list_is_refused() -> None:
    assert not read_list(list_document(), entry(statusListIndex=str(LEAST_ENTRIES - 1))).is_set
    with pytest.raises(RefusedError) as caught:
        read_list(list_document(), entry(statusListIndex=str(LEAST_ENTRIES)))
    assert caught.value.code == "status.index_range"
    assert caught.value.params == {"index": LEAST_ENTRIES, "entries": LEAST_ENTRIES}


def test_a_list_too_short_for_wide_entries_is_refused() -> None:
    wide = entry(statusSize=2, statusMessage=MESSAGES)
    with pytest.raises(MalformedError) as caught:
        read_list(list_document(encodedList=encode(bytes(2 * 16384 - 1))), wide)
    assert caught.value.code == "status.list_length"
    assert not read_list(list_document(encodedList=encode(bytes(2 * 16384))), wide).is_set


def test_entries_are_read_by_their_type() -> None:
    found = read_entry(entry_document(type=["BitstringStatusListEntry"]))
    assert isinstance(found, BitstringStatusListEntry)
    reading = found.read(list_document((94567,)), badge_issuer="urn:i", credential_id=None, limits=Limits())
    assert reading.is_set
    assert set(STATUS_TYPES) == {"BitstringStatusListEntry", "1EdTechRevocationList"}


@pytest.mark.parametrize(
    ("document", "error", "code"),
    [
        (entry_document(type="StatusList2021Entry"), UnsupportedError, "status.type_unknown"),
        (entry_document(type=["A", "B"]), UnsupportedError, "status.type_unknown"),
        (entry_document(type=...), MalformedError, "status.type_missing"),
        (entry_document(type=[]), MalformedError, "status.type_missing"),
        (entry_document(type=list(STATUS_TYPES)), MalformedError, "status.type_ambiguous"),
        ("x", MalformedError, "status.entry_object"),
    ],
)
def test_unknown_kinds_of_status_are_never_good(document: object, error: type[OpenBadgesError], code: str) -> None:
    """V-ST-1."""
    with pytest.raises(error) as caught:
        read_entry(document)
    assert caught.value.code == code
    assert caught.value.detail != code


json_values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text(max_size=8)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=8), inner, max_size=3)),
    max_leaves=6,
)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.sampled_from(["entry", "list"]), st.data())
def test_any_member_ends_in_our_error_or_a_reading(which: str, data: st.DataObject) -> None:
    changed_entry, changed_list = entry_document(statusSize=1, statusMessage=MESSAGES[:2]), list_document()
    if which == "entry":
        changed_entry[data.draw(st.sampled_from([*changed_entry, "statusReference"]))] = data.draw(json_values)
    else:
        holder = data.draw(st.sampled_from([changed_list, changed_list["credentialSubject"]]))
        holder[data.draw(st.sampled_from([*holder, "ttl"]))] = data.draw(json_values)
    try:
        reading = read_list(changed_list, BitstringStatusListEntry.from_document(changed_entry))
    except OpenBadgesError:
        return
    assert reading.value == 0
