"""What an importer has to be told, because some formats do not say it."""

from __future__ import annotations

from dataclasses import dataclass

from openbadges.frameworks.limits import DEFAULT_FRAMEWORK_LIMITS, FrameworkLimits

__all__ = ["DEFAULT_OPTIONS", "ImportOptions"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportOptions:
    """Answers for what a file leaves open.

    Attributes:
        language: Language of texts that carry none (BCP 47).
        framework_id: Id of a framework whose file has none (a plain table).
        title: Its title.
        version: Its version.
        scheme: How badges cite its items, see ``SCHEMES``; None for what the format implies.
        limits: How large a file may be.
    """

    language: str = "en"
    framework_id: str | None = None
    title: str | None = None
    version: str | None = None
    scheme: str | None = None
    limits: FrameworkLimits = DEFAULT_FRAMEWORK_LIMITS


DEFAULT_OPTIONS = ImportOptions()
