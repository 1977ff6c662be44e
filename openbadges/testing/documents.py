"""Documents to sign, and signing them, with and without the checks of ``issue``."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from openbadges.contexts import PinnedContexts
from openbadges.issuing import Form, issue
from openbadges.jsontext import dump
from openbadges.keys import Signer
from openbadges.proofs import jws
from openbadges.proofs.data_integrity import create_proof, read_proofs, with_proofs
from openbadges.secured import SecuredCredential
from openbadges.status import build_list
from openbadges.testing.clock import FIXED_NOW
from openbadges.testing.keys import fixed_key

__all__ = ["add_proof", "badge", "endorsement", "sign", "sign_token", "status_entry", "status_list"]

_VC_CONTEXT = "https://www.w3.org/ns/credentials/v2"
_OB_CONTEXT = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"


def badge(*, issuer: str | None = None, **members: Any) -> dict[str, Any]:
    """An unsigned badge as JSON, a new object each time.

    Args:
        issuer: Its issuer's id; that of the default ``fixed_key()`` when absent.
        members: Replace members of the credential by name; None takes one away.
    """
    issuer = issuer or fixed_key().did
    document = {
        "@context": [_VC_CONTEXT, _OB_CONTEXT],
        "id": "urn:uuid:0b8f0c1e-7d0a-4a57-9a1e-2f0f2a6c8a11",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": "Edit-a-thon host",
        "issuer": {"id": issuer, "type": ["Profile"], "name": "Riverside User Group"},
        "validFrom": "2026-01-15T09:00:00Z",
        "awardedDate": "2026-01-10T12:00:00Z",
        "credentialSubject": {
            "id": fixed_key("Ed25519", 9).did,
            "type": ["AchievementSubject"],
            "achievement": {
                "id": "https://badges.example.org/achievements/host",
                "type": ["Achievement"],
                "name": "Edit-a-thon host",
                "description": "Plans and hosts an editing event.",
                "criteria": {"narrative": "Host one event and publish its summary."},
            },
        },
    }
    return _changed(document, members)


def endorsement(*, about: str, issuer: str | None = None, **members: Any) -> dict[str, Any]:
    """An unsigned endorsement of what has the id ``about``; by default of ``fixed_key("Ed25519", 1)``."""
    document = {
        "@context": [_VC_CONTEXT, _OB_CONTEXT],
        "id": "urn:uuid:7d0a0c1e-7d0a-4a57-9a1e-2f0f2a6c8a11",
        "type": ["VerifiableCredential", "EndorsementCredential"],
        "name": "Endorsed by the foundation",
        "issuer": {"id": issuer or fixed_key("Ed25519", 1).did, "type": ["Profile"], "name": "Foundation"},
        "validFrom": "2026-01-15T09:00:00Z",
        "credentialSubject": {"id": about, "type": ["EndorsementSubject"], "endorsementComment": "Good work."},
    }
    return _changed(document, members)


def status_list(
    list_id: str,
    *,
    issuer: str | None = None,
    purpose: str = "revocation",
    set_indexes: Iterable[int] = (),
    **members: Any,
) -> dict[str, Any]:
    """An unsigned Bitstring status list credential, valid from a day before ``FIXED_NOW``."""
    document = build_list(
        list_id=list_id,
        issuer=issuer or fixed_key().did,
        purpose=purpose,
        set_indexes=set_indexes,
        valid_from=FIXED_NOW - timedelta(days=1),
    )
    return _changed(document, members)


def status_entry(list_id: str, index: int = 7, *, purpose: str = "revocation") -> dict[str, Any]:
    """A ``credentialStatus`` that points into a Bitstring status list."""
    return {
        "id": f"{list_id}#{index}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": purpose,
        "statusListIndex": str(index),
        "statusListCredential": list_id,
    }


def sign(
    document: Mapping[str, Any], key: Signer | None = None, *, form: Form = "data-integrity", suite: str | None = None
) -> SecuredCredential:
    """Sign as ``openbadges.issue`` does, on the day of ``FIXED_NOW``; the signer is ``fixed_key()`` by default.

    Raises:
        IssuingError: As ``issue`` does.
    """
    return issue(document, signer=key or fixed_key(), form=form, suite=suite, created=FIXED_NOW)


def add_proof(
    document: Mapping[str, Any],
    key: Signer | None = None,
    *,
    suite: str = "eddsa-rdfc-2022",
    purpose: str = "assertionMethod",
    created: str | None = "2026-11-22T12:00:00Z",
    **options: Any,
) -> dict[str, Any]:
    """Add a proof to whatever it is, without the checks of ``issue``: for what no issuer would sign.

    Args:
        document: A JSON object with any contexts that are pinned; proofs it has stay.
        key: By default ``fixed_key()``.
        suite: A name from ``openbadges.proofs.suites.SUITES``.
        purpose: ``proofPurpose``.
        created: The date of the proof, or None.
        options: Further members of the proof, e.g. ``previousProof``.
    """
    proof = create_proof(
        document,
        key or fixed_key(),
        suite=suite,
        created=created,
        contexts=PinnedContexts(generic=True),
        purpose=purpose,
        options=options,
    )
    before = read_proofs(document) if "proof" in document else ()
    return with_proofs(document, [*before, proof])


def sign_token(payload: Mapping[str, Any], key: Signer | None = None, **header: Any) -> str:
    """Sign any payload as a compact JWS, without the checks of ``issue``.

    Args:
        payload: With the registered claims it shall have.
        key: By default ``fixed_key()``.
        header: Members of the header; ``typ`` and ``kid`` are there by default, and None takes one away.
    """
    signer = key or fixed_key()
    members = {"typ": "JWT", "kid": signer.verification_method} | header
    return jws.sign({name: value for name, value in members.items() if value is not None}, dump(dict(payload)), signer)


def _changed(document: Mapping[str, Any], members: Mapping[str, Any]) -> dict[str, Any]:
    """A deep copy with members replaced; None takes one away."""
    changed = {**document, **members}
    return {name: copy.deepcopy(value) for name, value in changed.items() if value is not None}
