"""1EdTech revocation lists (VCRL 1.0)."""

from __future__ import annotations

from typing import Any

import pytest

from openbadges.errors import ConfigurationError, MalformedError, OpenBadgesError, RefusedError
from openbadges.status import (
    RevocationListEntry,
    Revoked,
    build_revocation_list,
    read_entry,
    read_revocation_list,
)

LIST = "https://issuer.example/revocations/1"
ISSUER = "https://issuer.example/p/1"
BADGE = "urn:uuid:00000000-0000-4000-8000-000000000001"
OTHER = "urn:uuid:00000000-0000-4000-8000-000000000002"


def document(**members: Any) -> dict[str, Any]:
    return {"id": LIST, "issuer": ISSUER} | members


def read(listed: dict[str, Any]) -> Revoked | None:
    return read_revocation_list(listed, ISSUER, BADGE, list_id=LIST)


@pytest.mark.parametrize("spelling", ["revokedCredential", "revokedCredentials"])
@pytest.mark.parametrize(
    ("items", "expected"),
    [
        ([{"id": BADGE, "revoked": True, "revocationReason": "Withdrawn."}], Revoked(reason="Withdrawn.")),
        ([{"id": BADGE}], Revoked()),
        ([{"id": BADGE, "revoked": False}], None),
        ([{"id": BADGE, "revoked": False}, {"id": BADGE}], Revoked()),
        ([{"id": OTHER}, {"id": BADGE, "revocationReason": ""}], Revoked()),
        ([{"id": OTHER}], None),
        ([], None),
        ({"id": BADGE}, Revoked()),
        ([{"id": f" {BADGE.replace(':', '%3A')} "}], Revoked()),
    ],
)
def test_both_spellings_are_read(spelling: str, items: Any, expected: Revoked | None) -> None:
    assert read(document(**{spelling: items})) == expected


def test_both_spellings_together_are_merged() -> None:
    listed = document(revokedCredential=[{"id": OTHER}], revokedCredentials=[{"id": BADGE}])
    assert read(listed) == Revoked()
    listed = document(
        revokedCredential=[{"id": BADGE}], revokedCredentials=[{"id": BADGE, "revocationReason": "Withdrawn."}]
    )
    assert read(listed) == Revoked(reason="Withdrawn.")


def test_an_empty_list_revokes_nothing() -> None:
    assert read(document()) is None


@pytest.mark.parametrize("issuer", [ISSUER, {"id": ISSUER, "type": "Profile"}])
def test_the_issuer_may_be_text_or_object(issuer: Any) -> None:
    assert read(document(issuer=issuer, revokedCredential=[{"id": BADGE}])) == Revoked()


def test_issuer_and_id_may_be_absent() -> None:
    assert read({"revokedCredential": [{"id": BADGE}]}) == Revoked()
    assert read_revocation_list({"id": "urn:x", "revokedCredential": []}, ISSUER, BADGE) is None


@pytest.mark.parametrize(
    ("listed", "error", "code", "pointer"),
    [
        ([], MalformedError, "status.revocation_list", ""),
        ({}, MalformedError, "status.revocation_list", ""),
        ({"error": "not found"}, MalformedError, "status.revocation_list", ""),
        (document(id=LIST + "0"), RefusedError, "status.list_id", ""),
        (document(issuer="https://other.example"), RefusedError, "status.revocation_issuer", ""),
        (document(issuer={"name": "x"}), RefusedError, "status.revocation_issuer", ""),
        (document(issuer=None), RefusedError, "status.revocation_issuer", ""),
        (document(revokedCredential=[BADGE]), MalformedError, "status.revocation_item", "/revokedCredential/0"),
        (document(revokedCredential=[{}]), MalformedError, "status.revocation_item", "/revokedCredential/0"),
        (document(revokedCredential=None), MalformedError, "status.revocation_item", "/revokedCredential/0"),
        (
            document(revokedCredentials=[{"id": OTHER}, {"id": OTHER, "revoked": "true"}]),
            MalformedError,
            "status.revocation_item",
            "/revokedCredentials/1",
        ),
        (
            document(revokedCredentials=[{"id": OTHER, "revocationReason": 7}]),
            MalformedError,
            "status.revocation_item",
            "/revokedCredentials/0",
        ),
    ],
)
def test_lists_that_do_not_answer(listed: Any, error: type[OpenBadgesError], code: str, pointer: str) -> None:
    """V-ST-1: a list that cannot be read never says "not revoked"."""
    with pytest.raises(error) as caught:
        read(listed)
    assert (caught.value.code, caught.value.pointer) == (code, pointer)
    assert caught.value.detail != code


def test_the_entry_is_read_and_asks_the_list() -> None:
    entry = read_entry({"id": LIST, "type": "1EdTechRevocationList"})
    assert isinstance(entry, RevocationListEntry)
    assert (entry.url, entry.purpose, entry.list_is_signed) == (LIST, "revocation", False)
    assert entry.notes == ("status.list_unsigned",)
    listed = document(revokedCredential=[{"id": BADGE, "revocationReason": "Withdrawn."}])
    reading = entry.read(listed, badge_issuer=ISSUER, credential_id=BADGE)
    assert (reading.is_set, reading.message, reading.notes) == (True, "Withdrawn.", ("status.list_unsigned",))
    reading = entry.read(listed, badge_issuer=ISSUER, credential_id=OTHER)
    assert (reading.is_set, reading.message) == (False, None)
    with pytest.raises(MalformedError) as caught:
        entry.read(listed, badge_issuer=ISSUER, credential_id=None)
    assert caught.value.code == "status.badge_without_id"
    with pytest.raises(RefusedError):
        entry.read(document(id=LIST + "0"), badge_issuer=ISSUER, credential_id=BADGE)


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        ({"type": "1EdTechRevocationList"}, "status.entry_url"),
        ({"type": "1EdTechRevocationList", "id": "x"}, "status.entry_url"),
        ({"type": "Other", "id": LIST}, "status.entry_type"),
        ([], "status.entry_object"),
    ],
)
def test_malformed_entries(entry: object, code: str) -> None:
    with pytest.raises(MalformedError) as caught:
        RevocationListEntry.from_document(entry)
    assert caught.value.code == code


def test_a_built_list_has_both_spellings_and_is_read_back() -> None:
    built = build_revocation_list(list_id=LIST, issuer=ISSUER, revoked={BADGE: "Withdrawn.", OTHER: None})
    items = [{"id": BADGE, "revoked": True, "revocationReason": "Withdrawn."}, {"id": OTHER, "revoked": True}]
    assert built == {"id": LIST, "issuer": ISSUER, "revokedCredential": items, "revokedCredentials": items}
    assert read(built) == Revoked(reason="Withdrawn.")
    assert read(build_revocation_list(list_id=LIST, issuer=ISSUER, revoked={})) is None


def test_a_badge_without_id_cannot_be_listed() -> None:
    with pytest.raises(ConfigurationError):
        build_revocation_list(list_id=LIST, issuer=ISSUER, revoked={"": None})
