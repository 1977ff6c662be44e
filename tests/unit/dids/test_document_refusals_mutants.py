"""A refused DID document says where and why: the place, and the facts its sentence is made of."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from openbadges.dids import DidDocument
from openbadges.errors import MalformedError, OpenBadgesError, RefusedError
from openbadges.testing import fixed_key

DID = "did:web:a.example"
METHOD = DID + "#k"
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
KEY = fixed_key().public_key


def document(**method: Any) -> dict[str, Any]:
    listed = {"id": METHOD, "type": "Multikey", "controller": DID, "publicKeyMultibase": KEY.to_multikey(), **method}
    return {"id": DID, "verificationMethod": [listed], "assertionMethod": [METHOD]}


@pytest.mark.parametrize(
    ("change", "kind", "code", "pointer", "facts"),
    [
        ({"id": None}, MalformedError, "did.member_text", "/id", {"name": "id"}),
        ({"id": DID + "x"}, RefusedError, "did.other_id", "/id", {"found": DID + "x", "expected": DID}),
        ({"deactivated": True}, RefusedError, "did.deactivated", "/deactivated", {"did": DID}),
    ],
)
def test_a_document_that_is_refused_says_where_and_why(
    change: dict[str, Any], kind: type[OpenBadgesError], code: str, pointer: str, facts: dict[str, Any]
) -> None:
    with pytest.raises(kind) as caught:
        DidDocument.from_json(document() | change, DID)
    assert (caught.value.code, caught.value.pointer, caught.value.params) == (code, pointer, facts)


@pytest.mark.parametrize(
    ("method", "asked", "purpose", "code", "facts"),
    [
        ({}, DID + "#other", "assertionMethod", "key.not_listed", {"key": DID + "#other", "did": DID}),
        (
            {"controller": "did:web:b.example"},
            METHOD,
            "assertionMethod",
            "key.foreign_controller",
            {"key": METHOD, "controller": "did:web:b.example", "did": DID},
        ),
        ({}, METHOD, "authentication", "key.wrong_purpose", {"key": METHOD, "purpose": "authentication"}),
        (
            {"revoked": "2026-11-22T12:00:00Z"},
            METHOD,
            "assertionMethod",
            "key.revoked",
            {"key": METHOD, "since": "2026-11-22T12:00:00+00:00"},
        ),
        (
            {"expires": "2026-11-22T12:00:00Z"},
            METHOD,
            "assertionMethod",
            "key.expired",
            {"key": METHOD, "since": "2026-11-22T12:00:00+00:00"},
        ),
    ],
)
def test_a_key_that_is_refused_is_named_with_the_reason(
    method: dict[str, Any], asked: str, purpose: str, code: str, facts: dict[str, Any]
) -> None:
    with pytest.raises(RefusedError) as caught:
        DidDocument.from_json(document(**method), DID).key_for(asked, purpose, NOW)
    assert (caught.value.code, caught.value.params) == (code, facts)
