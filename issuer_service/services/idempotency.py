"""Requests that may come twice and are done once (S-IDEM-1)."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import timedelta

from issuer_service.services.errors import ConflictError, InvalidError
from issuer_service.services.ports import UnitOfWork
from issuer_service.services.records import RememberedAnswer
from issuer_service.services.tools import Tools

__all__ = ["Idempotency", "Once", "first_time"]

KEPT_FOR = timedelta(hours=24)
_LONGEST_KEY = 255


@dataclass(frozen=True, slots=True, kw_only=True)
class Once:
    """What a caller sends to be able to ask again.

    Attributes:
        key: The Idempotency-Key.
        request_hash: A digest of the request: the same key with another request is a mistake.
    """

    key: str
    request_hash: str

    def __post_init__(self) -> None:
        if not 1 <= len(self.key) <= _LONGEST_KEY or not self.key.isprintable():
            raise InvalidError.of("Idempotency-Key", "idempotency.key", longest=_LONGEST_KEY)


def first_time(work: UnitOfWork, tools: Tools, affiliate_id: str, once: Once, body: bytes) -> RememberedAnswer | None:
    """Keep ``body`` under the key in the caller's transaction; what is already kept when the request came before.

    Raises:
        ConflictError: The key was used for another request.
    """
    now = tools.now()
    work.forget_remembered(now - KEPT_FOR)
    answer = RememberedAnswer(
        affiliate_id=affiliate_id,
        key=once.key,
        request_hash=once.request_hash,
        status=0,
        body=body,
        created_at=now,
    )
    if work.remember(answer):
        return None
    kept = work.remembered(affiliate_id, once.key)
    if kept is None or not hmac.compare_digest(kept.request_hash, once.request_hash):
        raise ConflictError("idempotency.other_request")
    return kept


@dataclass(frozen=True, slots=True)
class Idempotency:
    """Remembered answers, for requests whose use case does not remember itself."""

    tools: Tools

    def replay(self, affiliate_id: str, key: str, request_hash: str) -> RememberedAnswer | None:
        """The answer to an earlier equal request of the last 24 hours.

        Raises:
            ConflictError: The key was used for another request.
        """
        once = Once(key=key, request_hash=request_hash)
        with self.tools.store.read() as work:
            kept = work.remembered(affiliate_id, once.key)
        if kept is None or kept.created_at <= self.tools.now() - KEPT_FOR:
            return None
        if not hmac.compare_digest(kept.request_hash, once.request_hash):
            raise ConflictError("idempotency.other_request")
        return kept

    def keep(self, affiliate_id: str, key: str, request_hash: str, status: int, body: bytes) -> bool:
        """Remember an answer; False when an equal request was answered at the same moment."""
        once = Once(key=key, request_hash=request_hash)
        now = self.tools.now()
        with self.tools.store.write() as work:
            work.forget_remembered(now - KEPT_FOR)
            return work.remember(
                RememberedAnswer(
                    affiliate_id=affiliate_id,
                    key=once.key,
                    request_hash=once.request_hash,
                    status=status,
                    body=body,
                    created_at=now,
                )
            )
