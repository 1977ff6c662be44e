"""What giving badges answers: a batch, what was given, what everybody may see."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from issuer_service.services.errors import NotFoundError
from issuer_service.services.previewing import PreviewRow
from issuer_service.services.records import AchievementVersion, Affiliate, Award, AwardState, Batch

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
    """A batch and how far it is.

    Attributes:
        awards: All of it, or the part that was asked for.
        counts: How many are in each state.
        unsent: How many are signed and have no private link yet.
    """

    batch: Batch
    awards: Sequence[Award]
    counts: Mapping[AwardState, int]
    unsent: int

    @property
    def total(self) -> int:
        """How many awards the batch has."""
        return sum(self.counts.values())

    @property
    def waiting(self) -> int:
        """How many are not signed and not undone."""
        return self.counts.get(AwardState.WAITING, 0)


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
