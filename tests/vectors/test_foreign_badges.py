"""Badges that other implementations signed, kept as they were made: honest ones pass, a changed byte is noticed.

``make interop`` makes them anew with the implementations themselves.
"""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from openbadges import unbake
from openbadges.report import Outcome
from openbadges.verification import AnyIssuer, Verifier

OWN = json.loads((Path(__file__).parent / "foreign_badges.json").read_text("utf-8"))
AT = datetime(2027, 1, 1, tzinfo=UTC)

each_badge = pytest.mark.parametrize("row", OWN["badges"], ids=lambda row: f"{row['made_by']} {row['form']}")


def outcome(badge: str | bytes) -> Outcome:
    return Verifier.offline().check(badge, policy=AnyIssuer(), at=AT).outcome


def given(row: dict[str, Any]) -> str | bytes:
    return base64.b64decode(row["base64"]) if "base64" in row else row["text"]


@each_badge
def test_it_passes_or_is_known_to_be_wrongly_made(row: dict[str, Any]) -> None:
    """The JCS proofs of openvc-core lack the ``@context`` that they hashed."""
    assert outcome(given(row)) is (Outcome.PASS if row["passes"] else Outcome.FAIL)


@each_badge
def test_another_recipient_is_refused(row: dict[str, Any]) -> None:
    badge = given(row)
    text = unbake(badge).text if isinstance(badge, bytes) else badge
    if text.startswith("{"):
        assert outcome(text.replace("did:example:recipient", "did:example:stranger")) is Outcome.FAIL
        return
    head, payload, signature = text.split(".")
    claims = base64.urlsafe_b64decode(payload + "==").replace(b"did:example:recipient", b"did:example:stranger")
    changed = base64.urlsafe_b64encode(claims).rstrip(b"=").decode()
    assert changed != payload
    assert outcome(f"{head}.{changed}.{signature}") is Outcome.FAIL
