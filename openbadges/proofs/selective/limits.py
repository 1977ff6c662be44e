"""Bounds that only proofs over single statements need; everything else is in ``openbadges.limits``."""

from __future__ import annotations

from dataclasses import dataclass

from openbadges.limits import check_numbers

__all__ = ["SELECTIVE_LIMITS", "SelectiveLimits"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SelectiveLimits:
    """Bounds for ecdsa-sd-2023. Each statement costs 88 characters, so 64 KiB are some 740 statements."""

    proof_value_chars: int = 64 * 1024  # the full Open Badges example needs a third of it
    pointers: int = 500  # mandatory and chosen ones together
    pointer_chars: int = 1_000

    def __post_init__(self) -> None:
        check_numbers(self)


SELECTIVE_LIMITS = SelectiveLimits()
