"""Making award rows: shared by giving, renewing, replacing and claiming. Nothing here signs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType
from typing import Any

from issuer_service.services.achievements import Held
from issuer_service.services.errors import ConflictError, InvalidError, NotFoundError, StateError
from issuer_service.services.forms import clean_text, is_web_address
from issuer_service.services.hashing import new_id
from issuer_service.services.ports import UnitOfWork
from issuer_service.services.records import Award, AwardState, Batch
from issuer_service.services.sentences import Sentence
from issuer_service.services.status_lists import take_entries
from openbadges.models.identity import new_salt

__all__ = [
    "Evidence",
    "Succession",
    "add_awards",
    "award_of",
    "change",
    "read_evidence",
    "read_narrative",
    "succeed",
    "take_back",
    "wrong_state",
]

Evidence = tuple[Mapping[str, str], ...]
_MOST_EVIDENCE = 10
# what an award is now, said to whoever wants to change it into something else or into the same once more
_NOW: Mapping[AwardState, str] = MappingProxyType(
    {
        AwardState.WAITING: "award.is_waiting",
        AwardState.UNDONE: "award.is_undone",
        AwardState.ISSUED: "award.is_issued",
        AwardState.SUSPENDED: "award.is_suspended",
        AwardState.REVOKED: "award.is_withdrawn",
        AwardState.ERASED: "award.is_erased",
    }
)
_EVIDENCE_MEMBERS = {"url": 2_048, "name": 200, "narrative": 5_000}


def award_of(work: UnitOfWork, affiliate_id: str | None, award_id: str) -> Award:
    """The award, inside a transaction; of any affiliate when None is named.

    Raises:
        NotFoundError: There is none.
    """
    award = work.get_award(award_id, affiliate_id)
    if award is None:
        raise NotFoundError("award.not_found")
    return award


def change(work: UnitOfWork, award: Award, **changes: Any) -> Award:
    """Write a changed award.

    Raises:
        ConflictError: Its state is no longer what it was when it was read.
    """
    changed = replace(award, **changes)
    if not work.update_award(changed, was=award.state):
        raise ConflictError("award.changed")
    return changed


def wrong_state(award: Award) -> StateError:
    """Why something cannot be done with an award: what it is now, and since when."""
    code = "award.is_replaced" if award.replaced_by else _NOW[award.state]
    return StateError(code, state=award.state.value, since=award.changed_at)


def take_back(work: UnitOfWork, award: Award, now: datetime) -> Award:
    """End an award that is not signed yet, as if it had never been given.

    Raises:
        StateError: It is undone, withdrawn or erased already.
        ConflictError: It is signed.
    """
    if award.state in (AwardState.ISSUED, AwardState.SUSPENDED):
        raise ConflictError("award.too_late")
    if award.state is not AwardState.WAITING:
        raise wrong_state(award)
    return change(work, award, state=AwardState.UNDONE, changed_at=now)


def add_awards(
    work: UnitOfWork, affiliate_id: str, awards: Sequence[Award], *, suspendable: bool, now: datetime
) -> tuple[Award, ...]:
    """Write new awards with their places in the status lists, taken in the same transaction (S-RACE-1)."""
    placed = tuple(awards)
    for purpose in ("revocation", "suspension") if suspendable else ("revocation",):
        entries = take_entries(work, now, affiliate_id, purpose, [award.id for award in placed])
        placed = tuple(
            _placed(award, purpose, list_id, index) for award, (list_id, index) in zip(placed, entries, strict=True)
        )
    work.add_awards(placed)
    return placed


def _placed(award: Award, purpose: str, list_id: str, index: int) -> Award:
    if purpose == "revocation":
        return replace(award, revocation_list_id=list_id, revocation_index=index)
    return replace(award, suspension_list_id=list_id, suspension_index=index)


@dataclass(frozen=True, slots=True, kw_only=True)
class Succession:
    """Who takes an award's place, and why. With the same seed it is done once (S-IDEM-1)."""

    held: Held
    version: int
    user_id: str
    now: datetime
    reason: str = "replaced"
    seed: str = ""


def succeed(work: UnitOfWork, award: Award, by: Succession, **changes: Any) -> Award:
    """End an award in favour of a new one that is waiting to be signed; the recipient's link moves to the new one.

    The new one keeps the date of the award and everything that is not among ``changes``.

    Raises:
        StateError: The award is not in a state that can be succeeded.
        ConflictError: It changed meanwhile.
    """
    if by.seed and award.replaced_by == new_id(by.seed):
        return award_of(work, award.affiliate_id, award.replaced_by)
    if award.state not in (AwardState.ISSUED, AwardState.SUSPENDED):
        raise wrong_state(award)
    achievement = by.held.achievement
    batch = Batch(
        id=new_id(),
        affiliate_id=award.affiliate_id,
        achievement_id=award.achievement_id,
        version=by.version,
        created_by=by.user_id,
        created_at=by.now,
        send_at=by.now,
    )
    work.save_batch(batch)
    successor = replace(
        award,
        id=new_id(by.seed),
        batch_id=batch.id,
        version=by.version,
        salt=new_salt(),
        state=AwardState.WAITING,
        credential_id=None,
        signed_json=None,
        signed_jwt=None,
        issued_at=None,
        valid_until=None,
        reason=None,
        changed_at=None,
        replaced_by=None,
        revocation_list_id=None,
        revocation_index=None,
        suspension_list_id=None,
        suspension_index=None,
    )
    successor = replace(successor, **changes)
    change(
        work,
        award,
        state=AwardState.REVOKED,
        reason=by.reason,
        changed_at=by.now,
        replaced_by=successor.id,
        secret_hash=None,
    )
    placed = add_awards(work, award.affiliate_id, [successor], suspendable=achievement.suspendable, now=by.now)
    return placed[0]


def read_evidence(given: Sequence[Any]) -> Evidence:
    """Evidence from a form or from JSON: each an address, or a mapping with ``url``, ``name`` and ``narrative``.

    Raises:
        InvalidError: Not such a list, an address that is none, a text that is too long.
    """
    if len(given) > _MOST_EVIDENCE:
        raise InvalidError.of("evidence", "field.too_many", most=_MOST_EVIDENCE)
    read: list[Mapping[str, str]] = []
    for item in given:
        members = {"url": item} if isinstance(item, str) else item
        if not isinstance(members, Mapping) or set(members) - set(_EVIDENCE_MEMBERS):
            raise InvalidError.of("evidence", "evidence.form")
        texts = {name: _clean(members.get(name), longest) for name, longest in _EVIDENCE_MEMBERS.items()}
        if None in texts.values() or (texts["url"] and not is_web_address(str(texts["url"]))):
            raise InvalidError.of("evidence", "evidence.form")
        filled = {name: text for name, text in texts.items() if text}
        if filled and (not filled.get("url") or filled["url"] not in {one.get("url") for one in read}):
            read.append(filled)
    return tuple(read)


def _clean(value: Any, longest: int) -> str | None:
    text = clean_text("" if value is None else value) if value is None or isinstance(value, str) else None
    return text if text is not None and len(text) <= longest else None


def read_narrative(text: str) -> str:
    """A narrative for a badge.

    Raises:
        InvalidError: It is too long or holds control characters.
    """
    clean = clean_text(text)
    if clean is None or len(clean) > 5_000:
        raise InvalidError([("narrative", Sentence("row.narrative", {"longest": 5_000}))])
    return clean
