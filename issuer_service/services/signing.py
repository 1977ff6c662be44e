"""The signer: the only module that opens private keys. It signs what other modules built from rows (S-KEY-3)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from issuer_service.services.errors import ConflictError
from issuer_service.services.ports import UnitOfWork
from issuer_service.services.records import KeyState, SigningKeyRecord
from issuer_service.services.tools import Tools
from openbadges import OpenBadgeCredential, issue
from openbadges.errors import OpenBadgesError

__all__ = ["active_key", "sign_badge", "sign_list"]


def active_key(work: UnitOfWork, owner_id: str) -> SigningKeyRecord:
    """The newest active key of an affiliate (or of another owner of keys).

    Raises:
        ConflictError: It has none.
    """
    keys = [key for key in work.keys_of(owner_id) if key.state is KeyState.ACTIVE]
    if not keys:
        raise ConflictError("affiliate.no_keys")
    return max(keys, key=lambda key: key.created_at)


def sign_badge(tools: Tools, key: SigningKeyRecord, credential: OpenBadgeCredential) -> tuple[str, str]:
    """The badge as JSON with a proof and as a token; ``issue`` has verified both.

    Raises:
        ConflictError: The library refused to sign it; the sentence says why.
    """
    try:
        signer = tools.keystore.signer(key)
        embedded = issue(credential, signer=signer, clock=tools.clock)
        token = issue(credential, signer=signer, form="vc-jwt", clock=tools.clock)
    except OpenBadgesError as error:
        raise ConflictError("award.not_signed", reason=error.detail) from error
    return embedded.text, token.text


def sign_list(tools: Tools, key: SigningKeyRecord, document: Mapping[str, Any]) -> str:
    """A status list credential, signed.

    Raises:
        ConflictError: The library refused to sign it.
    """
    try:
        return issue(document, signer=tools.keystore.signer(key), clock=tools.clock).text
    except OpenBadgesError as error:
        raise ConflictError("status.not_signed", reason=error.detail) from error
