"""One's own badges beside what a role asks. Badges are checked on the spot; nothing of them is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from issuer_service.services.held_skills import held_skills
from issuer_service.services.verification import Verdict
from openbadges.frameworks import Catalogue, Profile, Progress, progress
from openbadges.verification.kinds import kind_of

__all__ = ["LookedAt", "compare"]


@dataclass(frozen=True, slots=True)
class LookedAt:
    """A badge that somebody brought.

    Attributes:
        name: What they call it: a file name.
        verdict: What was found about it.
    """

    name: str
    verdict: Verdict

    @property
    def counts(self) -> bool:
        """Whether every required check passed and it is a badge; anything else counts for nothing."""
        document = self.verdict.document
        good = self.verdict.report.outcome == "pass" and document is not None
        return good and document is not None and kind_of(document)[0] == "badge"

    @property
    def title(self) -> str:
        """What the badge calls itself; nothing unless it counts, for then nothing in it is known to be true."""
        return str((self.verdict.report.credential or {}).get("name") or "") if self.counts else ""

    @property
    def issuer(self) -> str:
        """Who gave it; nothing unless it counts."""
        return str((self.verdict.report.issuer or {}).get("name") or "") if self.counts else ""

    @property
    def id(self) -> str:
        """The badge's own id, by which the same badge brought twice is one."""
        return str((self.verdict.report.credential or {}).get("id") or self.name)


def compare(looked_at: Sequence[LookedAt], profile: Profile, catalogue: Catalogue) -> Progress:
    """What is there and what is missing of a profile.

    Args:
        looked_at: The badges; those that do not count are passed over.
        profile: What a role asks.
        catalogue: The frameworks that the profile is of.
    """
    held = [
        skill
        for one in {each.id: each for each in looked_at if each.counts}.values()
        for skill in held_skills(one.verdict.document or {}, catalogue, one.id)
    ]
    return progress(held, profile)
