"""How large a framework file may be, in one frozen value. Counts decide, never the clock."""

from __future__ import annotations

from dataclasses import dataclass

from openbadges.limits import MIB, Limits, check_numbers

__all__ = ["DEFAULT_FRAMEWORK_LIMITS", "FrameworkLimits"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameworkLimits:
    """Bounds for reading one framework; ESCO, the largest in use, has 14,000 skills in 28 languages."""

    file_bytes: int = 32 * MIB  # one file; ESCO is one file a language
    items: int = 50_000  # groups, skills, roles, contexts and levels together
    languages: int = 64
    depth: int = 16  # steps from a top item to the deepest one below it, and of roles based on roles
    problems: int = 1_000  # how many are listed; the rest is counted
    json_depth: int = 32
    json_values: int = 4_000_000
    json_object_members: int = 5_000

    def __post_init__(self) -> None:
        check_numbers(self)

    def json_limits(self) -> Limits:
        """The same bounds in the words of ``openbadges.jsontext``."""
        return Limits(
            document_bytes=self.file_bytes,
            json_depth=self.json_depth,
            json_values=self.json_values,
            json_object_members=self.json_object_members,
        )


DEFAULT_FRAMEWORK_LIMITS = FrameworkLimits()
