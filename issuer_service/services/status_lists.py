"""Status lists: an index for each badge, and the signed list, always built from what the rows say (S-RACE-1)."""

from __future__ import annotations

import hashlib
from collections.abc import Container, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from issuer_service.services.errors import NotFoundError
from issuer_service.services.hashing import new_id
from issuer_service.services.ports import UnitOfWork
from issuer_service.services.records import SigningKeyRecord, StatusListRecord
from issuer_service.services.signing import active_key, sign_list
from issuer_service.services.tools import Tools
from openbadges import jsontext
from openbadges.encoding.times import parse_instant
from openbadges.limits import Limits
from openbadges.status import LEAST_ENTRIES, StatusBits, allot, build_list

__all__ = ["LIST_LIFETIME", "SignedList", "StatusLists", "take_entries"]

LIST_LIFETIME = timedelta(days=7)
_SIGN_AGAIN = timedelta(days=3, hours=12)  # left of it: a copy that somebody keeps is good for at least so long
_LIMITS = Limits(document_bytes=Limits().status_document_bytes, json_string_bytes=Limits().status_document_bytes)


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedList:
    """A status list as it is served.

    Attributes:
        etag: Without quotes; the same text has the same.
        valid_until: After it verifiers refuse this copy; it is signed again long before.
    """

    text: str
    etag: str
    signed_at: datetime
    valid_until: datetime
    media_type: str = "application/vc"


def take_entries(
    work: UnitOfWork, now: datetime, owner_id: str, purpose: str, award_ids: Sequence[str]
) -> Sequence[tuple[str, int]]:
    """For each award a list and a random unused index in it, taken in the caller's transaction.

    Args:
        work: The transaction.
        now: For a list that is begun.
        owner_id: The affiliate, or another owner of keys; its key signs the list.
        purpose: ``"revocation"`` or ``"suspension"``.
        award_ids: Whose status it will be.
    """
    taken: list[tuple[str, int]] = []
    while len(taken) < len(award_ids):
        record = work.open_status_list(owner_id, purpose) or _begun(work, now, owner_id, purpose)
        length = record.length
        room = max(1, length // 2 - record.used)  # a list is closed when it is half full
        some = award_ids[len(taken) : len(taken) + room]

        def choose(used: Container[int], length: int = length) -> int:
            return allot(used, length)

        taken += [(record.id, index) for index in work.take_indexes(record.id, some, choose)]
    return taken


def _begun(work: UnitOfWork, now: datetime, owner_id: str, purpose: str) -> StatusListRecord:
    record = StatusListRecord(
        id=new_id(), affiliate_id=owner_id, purpose=purpose, length=LEAST_ENTRIES, used=0, changed_at=now
    )
    work.save_status_list(record)
    return record


@dataclass(frozen=True, slots=True)
class StatusLists:
    """Use cases about status lists."""

    tools: Tools

    def current(self, list_id: str) -> SignedList:
        """The list as it is now. It is signed again only when a bit or the key changed or its end comes near.

        Whether a bit changed is seen by comparing the signed list with the rows, not by a mark that somebody has to
        set: so no change can be lost between two processes.

        Raises:
            NotFoundError: No such list.
            ConflictError: Its owner has no key.
        """
        now = self.tools.now()
        with self.tools.store.read() as work:
            record = _record(work, list_id)
            key = active_key(work, record.affiliate_id)
            found = _kept(record, key, work.set_indexes(list_id), now)
        return found or self._signed_again(list_id, now)

    def _signed_again(self, list_id: str, now: datetime) -> SignedList:
        with self.tools.store.write() as work:
            record = _record(work, list_id)
            key = active_key(work, record.affiliate_id)
            indexes = work.set_indexes(list_id)
            found = _kept(record, key, indexes, now)  # another process may have been faster
            if found is not None:
                return found
            document = build_list(
                list_id=self.tools.site.status_url(list_id),
                issuer=key.verification_method.partition("#")[0],
                purpose=record.purpose,
                set_indexes=indexes,
                valid_from=now,
                valid_until=now + LIST_LIFETIME,
                length=record.length,
            )
            text = sign_list(self.tools, key, document)
            work.save_status_list(replace(record, changed_at=now, signed_at=now, signed_text=text))
        return _served(text, now, now + LIST_LIFETIME)


def _record(work: UnitOfWork, list_id: str) -> StatusListRecord:
    record = work.get_status_list(list_id)
    if record is None:
        raise NotFoundError("status.not_found")
    return record


def _kept(record: StatusListRecord, key: SigningKeyRecord, indexes: Any, now: datetime) -> SignedList | None:
    """The kept text, if it still says the truth and will for a while."""
    if record.signed_text is None or record.signed_at is None:
        return None
    document = jsontext.parse_object(record.signed_text, _LIMITS)
    ends = parse_instant(document["validUntil"])
    proof = document["proof"]
    if ends - now < _SIGN_AGAIN or record.signed_at > now or proof["verificationMethod"] != key.verification_method:
        return None
    if set(StatusBits.from_encoded(document["credentialSubject"]["encodedList"])) != set(indexes):
        return None
    return _served(record.signed_text, record.signed_at, ends)


def _served(text: str, signed_at: datetime, valid_until: datetime) -> SignedList:
    etag = hashlib.sha256(text.encode("utf-8")).hexdigest()[:32]
    return SignedList(text=text, etag=etag, signed_at=signed_at, valid_until=valid_until)
