"""What giving badges answers: a batch, what was given, what everybody may see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from issuer_service.services.errors import NotFoundError
from issuer_service.services.previewing import PreviewRow
from issuer_service.services.records import AchievementVersion, Affiliate, Award, Batch

__all__ = ["BatchView", "ErasedError", "Given", "PublicBadge"]


class ErasedError(NotFoundError):
    """There was a badge, and its recipient had it erased: the answer is 410, without a name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What was given.

    Attributes:
        left_out: Rows without a badge, each with its reason.
        replayed: Whether this answers a request that was done before.
    """

    batch: Batch
    awards: tuple[Award, ...]
    left_out: tuple[PreviewRow, ...] = ()
    replayed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchView:
    """A batch and its awards."""

    batch: Batch
    awards: Sequence[Award]


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicBadge:
    """What everybody may see of an award.

    Attributes:
        replaced_by: The public id of the badge that took its place, when it is the same person's under the same name.
    """

    award: Award
    affiliate: Affiliate
    version: AchievementVersion
    replaced_by: str | None = None
