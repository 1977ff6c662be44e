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
    """For requests whose use case does not remember them itself: begun before it, finished or dropped after it."""

    tools: Tools

    def begin(self, affiliate_id: str, once: Once) -> RememberedAnswer | None:
        """None for whoever comes first and has to do it now; else what came of it.

        Raises:
            ConflictError: The key was used for another request, or the equal one is not finished.
        """
        with self.tools.store.write() as work:
            kept = first_time(work, self.tools, affiliate_id, once, b"")
        if kept is not None and not kept.status:
            raise ConflictError("idempotency.under_way")
        return kept

    def finish(self, affiliate_id: str, once: Once, status: int, body: bytes) -> None:
        """Keep what came of it for 24 hours; nothing personal may be in it, because erasing does not look here."""
        with self.tools.store.write() as work:
            work.forget_answer(affiliate_id, once.key)
            work.remember(
                RememberedAnswer(
                    affiliate_id=affiliate_id,
                    key=once.key,
                    request_hash=once.request_hash,
                    status=status,
                    body=body,
                    created_at=self.tools.now(),
                )
            )

    def drop(self, affiliate_id: str, once: Once) -> None:
        """Nothing came of it: it may be tried again under the same key."""
        with self.tools.store.write() as work:
            work.forget_answer(affiliate_id, once.key)
