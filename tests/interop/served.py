"""A badge of the issuer service, made as its staff make it, with the signed list that says whether it was withdrawn."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from issuer_service.config import Settings
from issuer_service.services.designer import Design
from issuer_service.services.drafts import read_draft
from issuer_service.wiring import build_services
from openbadges import PublicKey

RECIPIENT = "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK"


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """What the service gives out.

    Attributes:
        forms: ``json``, ``jwt``, ``png`` and ``svg``.
        key: The issuer's public key, as peers want it.
        documents: The status list by its address; ``withdrawn`` is the same after the badge was withdrawn.
    """

    forms: Mapping[str, str | bytes]
    key: Mapping[str, Any]
    documents: Mapping[str, str]
    withdrawn: Mapping[str, str]


@cache
def served() -> Served:
    """The badge of one group, given to a key, with a level, evidence and an end."""
    with tempfile.TemporaryDirectory(prefix="interop-") as folder:
        services = build_services(Settings.for_demo(Path(folder)))
        group = services.affiliates.approve(services.affiliates.create({"name": "Riverside User Group"}).id)
        design = Design(shape="hexagon", colour="teal", symbol="people", text="", alt="A hexagon with people in it")
        draft = {
            "name": "Edit-a-thon host", "description": "Plans and hosts an editing event.",
            "criteria": "Host *one* event and publish its summary.", "levels": "Bronze: one\nSilver: five",
            "image_id": services.images.add_design(group.id, design).id, "valid_days": 3_650, "tags": "events",
            "translations": {"ar": {"name": "مضيف لقاءات التحرير"}},
        }  # fmt: skip
        held = services.achievements.create(group.id, read_draft(draft))
        services.achievements.publish(group.id, held.achievement.id)
        given = services.awarding.give(
            group.id, held.achievement.id, RECIPIENT, user_id="staff", level="Silver", undo_minutes=0,
            narrative="Hosted five.", evidence=[{"url": "https://example.org/events/5", "name": "The fifth"}],
        )  # fmt: skip
        services.awarding.issue_now(group.id, given.batch.id)
        award = services.awarding.get(group.id, given.awards[0].id)
        address = services.site.status_url(str(award.revocation_list_id))
        before = services.status_lists.current(str(award.revocation_list_id)).text
        forms = {
            "json": str(award.signed_json), "jwt": str(award.signed_jwt),
            "png": services.issuance.baked(award, "png"), "svg": services.issuance.baked(award, "svg"),
        }  # fmt: skip
        services.status_changes.revoke(group.id, award.id, "issued_in_error")
        after = services.status_lists.current(str(award.revocation_list_id)).text
        services.checker.close()
        services.store.close()
    return Served(
        forms=forms,
        key=_described(str(group.issuer_id)),
        documents={address: before},
        withdrawn={address: after},
    )


def _described(did: str) -> Mapping[str, Any]:
    key = PublicKey.from_multikey(did.removeprefix("did:key:"))
    pem = key.cryptography_key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
    return {
        "id": f"{did}#{did.removeprefix('did:key:')}",
        "controller": did,
        "algorithm": "EdDSA",
        "public_jwk": key.to_jwk(),
        "public_pem": pem,
    }
