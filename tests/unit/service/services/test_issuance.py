"""From the row to a signed badge that verifies without this site."""

from __future__ import annotations

import ast
import json
from pathlib import Path
from typing import Any

import pytest

from issuer_service.services.errors import ConflictError, NotFoundError
from issuer_service.services.records import AffiliateState, AwardState, KeyState
from issuer_service.services.signing import sign_list
from openbadges import Outcome, Recipient, unbake
from openbadges.testing import fixed_key


def test_issued_badge_verifies_and_says_what_the_row_says(kit: Any, riverside: Any) -> None:
    achievement = kit.achievement(
        riverside, tags="wiki, events", levels="New: first steps\nSeasoned", valid_days="365", method="event",
        alignments=[{"targetName": "Facilitation", "targetUrl": "https://skills.example.org/f", "targetType": "CFItem"}],
        translations={"es": {"name": "Anfitriona", "description": "Organiza.", "criteria": "Organizar."}},
    )  # fmt: skip
    award = kit.award(
        riverside, achievement, "Ada_Lovelace", narrative="Hosted it.", level="Seasoned",
        evidence=[{"url": "https://example.org/event", "name": "The event"}],
    )  # fmt: skip
    badge = json.loads(award.signed_json)
    subject = badge["credentialSubject"]
    assert award.state is AwardState.ISSUED
    assert badge["id"] == award.credential_id and badge["id"].startswith("urn:uuid:")
    assert badge["issuer"]["id"] == "did:web:badges.example.org:issuers:riverside-user-group"
    assert badge["issuer"]["name"] == "Riverside User Group"
    assert badge["awardedDate"] == "2026-11-22T12:00:00Z" and badge["validUntil"] == "2027-11-22T12:00:00Z"
    assert subject["narrative"] == "Hosted it."
    assert badge["evidence"][0]["id"] == "https://example.org/event"
    identity = subject["identifier"][0]
    assert identity["identityType"] == "userName" and identity["hashed"] is True
    assert len(identity["salt"]) == 32 and "Ada" not in award.signed_json
    scale = subject["achievement"]["resultDescription"][0]["rubricCriterionLevel"]
    assert [level["name"] for level in scale] == ["New", "Seasoned"]
    assert subject["result"][0]["achievedLevel"] == scale[1]["id"]
    assert subject["achievement"]["related"][0]["inLanguage"] == "es"
    assert subject["achievement"]["tag"] == ["wiki", "events"]
    entry = badge["credentialStatus"]
    assert entry["type"] == "BitstringStatusListEntry" and entry["statusPurpose"] == "revocation"
    assert entry["statusListCredential"].startswith("https://badges.example.org/status/")
    for text in (award.signed_json, award.signed_jwt):
        verdict = kit.services.verification.verify_bytes(text, recipient=Recipient("userName", "Ada Lovelace"))
        assert verdict.report.outcome is Outcome.PASS, verdict.report.verdict
        assert verdict.affiliate == riverside and verdict.is_known
    assert not kit.web.requests


def test_did_recipient_stands_as_subject_id(kit: Any, riverside: Any, host: str) -> None:
    did = fixed_key("Ed25519", 9).did
    award = kit.award(riverside, host, did)
    subject = json.loads(award.signed_json)["credentialSubject"]
    assert subject["id"] == did and "identifier" not in subject
    verdict = kit.services.verification.verify_award(award, recipient=Recipient("id", did))
    assert verdict.report.outcome is Outcome.PASS
