"""Operations about awards: preview, give, look, and what is done to them afterwards."""

from __future__ import annotations

from collections import Counter
from typing import Any

from flask import request

from issuer_service.services.idempotency import Once
from issuer_service.services.records import Award
from issuer_service.services.status_changes import Correction
from issuer_service.web.api.operations import Asked, Part, request_digest
from issuer_service.web.api.shown import (
    AwardOut,
    BatchOut,
    CountOut,
    GivenOut,
    IssuedOut,
    LinkOut,
    LinksOut,
    PreviewOut,
    RowOut,
)

__all__ = [
    "award",
    "awards",
    "batch",
    "batch_links",
    "erase",
    "export",
    "give",
    "issue_now",
    "link",
    "preview",
    "reinstate",
    "renew",
    "replace",
    "revoke",
    "suspend",
    "undo_award",
    "undo_batch",
]


def preview(asked: Asked) -> PreviewOut:
    """Say for each row what would happen; nothing is kept."""
    body = asked.body
    found = asked.services.awarding.preview(
        asked.affiliate_id, body.achievement_id, _rows(body), allow_duplicates=body.allow_duplicates
    )
    rows = [RowOut.of(row) for row in found.rows]
    return PreviewOut(rows=rows, good=found.good, bad=found.bad, duplicates=found.duplicates)


def give(asked: Asked) -> GivenOut:
    """Give a badge to everybody whose row is good; signed when the undo window is over (S-IDEM-1)."""
    body = asked.body
    given = asked.services.awarding.give(
        asked.affiliate_id,
        body.achievement_id,
        _rows(body),
        user_id=asked.user_id,
        narrative=body.narrative,
        evidence=[item.model_dump() for item in body.evidence],
        level=body.level,
        awarded_at=body.awarded_at,
        undo_minutes=body.undo_minutes,
        language=body.language,
        visibility=body.visibility,
        allow_duplicates=body.allow_duplicates,
        idempotency=_once(),
    )
    counts = Counter(one.state for one in given.awards)
    return GivenOut(
        batch=BatchOut.of(given.batch, given.awards, counts, asked.services.site),
        left_out=[RowOut.of(row) for row in given.left_out],
        replayed=given.replayed,
    )


def awards(asked: Asked) -> Part:
    """Newest first."""
    query = asked.query
    page = asked.services.awarding.find(
        asked.affiliate_id,
        achievement_id=query.achievement_id,
        batch_id=query.batch_id,
        states=() if query.state is None else (query.state,),
        text=query.text,
        offset=query.offset,
        limit=query.limit,
    )
    shown = [_shown(asked, one) for one in page.items]
    return Part(items=shown, total=page.total, limit=query.limit, offset=query.offset)


def award(asked: Asked) -> AwardOut:
    """One award."""
    return _shown(asked, asked.services.awarding.get(asked.affiliate_id, asked.path["award_id"]))


def undo_award(asked: Asked) -> AwardOut:
    """Take back one that is not signed yet."""
    return _shown(asked, asked.services.awarding.undo_one(asked.affiliate_id, asked.path["award_id"]))


def revoke(asked: Asked) -> AwardOut:
    """Withdraw for good."""
    changes = asked.services.status_changes
    return _shown(asked, changes.revoke(asked.affiliate_id, asked.path["award_id"], asked.body.reason))


def suspend(asked: Asked) -> AwardOut:
    """Withdraw for a time."""
    changes = asked.services.status_changes
    return _shown(asked, changes.suspend(asked.affiliate_id, asked.path["award_id"], asked.body.reason))


def reinstate(asked: Asked) -> AwardOut:
    """End a suspension."""
    return _shown(asked, asked.services.status_changes.reinstate(asked.affiliate_id, asked.path["award_id"]))


def renew(asked: Asked) -> AwardOut:
    """The new award, of the same content with a new validity."""
    renewed = asked.services.status_changes.renew(
        asked.affiliate_id, asked.path["award_id"], user_id=asked.user_id, valid_days=asked.body.valid_days
    )
    return _shown(asked, renewed)


def replace(asked: Asked) -> AwardOut:
    """The new award, with what was corrected."""
    correction = Correction(**asked.body.model_dump())
    replaced = asked.services.status_changes.replace(
        asked.affiliate_id, asked.path["award_id"], correction, user_id=asked.user_id
    )
    return _shown(asked, replaced)


def erase(asked: Asked) -> AwardOut:
    """Forget the person for good."""
    award_id = asked.path["award_id"]
    asked.services.receiving.erase_award(asked.affiliate_id, award_id)
    return _shown(asked, asked.services.awarding.get(asked.affiliate_id, award_id))


def export(asked: Asked) -> str:
    """Every award; cells that a spreadsheet would run are shown instead (S-CSV-1)."""
    table: str = asked.services.statistics.export_csv(asked.affiliate_id)
    return table


def link(asked: Asked) -> LinkOut:
    """A new private link for the recipient; an older one stops working."""
    award_id = asked.path["award_id"]
    secret = asked.services.issuance.new_link(asked.affiliate_id, award_id)
    return LinkOut(award_id=award_id, link=asked.services.site.recipient_url(secret))


def batch(asked: Asked) -> BatchOut:
    """A batch, how far it is, and a part of its awards."""
    query = asked.query
    view = asked.services.awarding.batch(
        asked.affiliate_id, asked.path["batch_id"], offset=query.offset, limit=query.limit
    )
    return BatchOut.of(view.batch, view.awards, view.counts, asked.services.site)


def undo_batch(asked: Asked) -> CountOut:
    """Take back all that is not signed yet."""
    return CountOut(count=asked.services.awarding.undo(asked.affiliate_id, asked.path["batch_id"]))


def issue_now(asked: Asked) -> IssuedOut:
    """End the undo window and sign the first of it."""
    affiliate_id, batch_id = asked.affiliate_id, asked.path["batch_id"]
    count = asked.services.awarding.issue_now(affiliate_id, batch_id)
    return IssuedOut(count=count, waiting=asked.services.awarding.batch(affiliate_id, batch_id, limit=0).waiting)


def batch_links(asked: Asked) -> LinksOut:
    """Private links for the badges of a batch that have none yet."""
    made = asked.services.issuance.new_links(asked.affiliate_id, asked.path["batch_id"])
    site = asked.services.site
    return LinksOut(links=[LinkOut(award_id=one.id, link=site.recipient_url(secret)) for one, secret in made])


def _rows(body: Any) -> Any:
    if isinstance(body.recipients, str):
        return body.recipients
    return [row.model_dump(exclude_defaults=True) for row in body.recipients]


def _once() -> Once | None:
    key = request.headers.get("Idempotency-Key")
    if key is None:
        return None
    return Once(key=key, request_hash=request_digest())


def _shown(asked: Asked, found: Award) -> AwardOut:
    return AwardOut.of(found, asked.services.site)
