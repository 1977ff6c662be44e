"""What an exporter may be told."""

from __future__ import annotations

from dataclasses import dataclass

from openbadges.frameworks.model import Framework

__all__ = ["DEFAULT_EXPORT", "ExportOptions"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportOptions:
    """Answers for what a framework leaves open.

    Attributes:
        known: Other frameworks, in which the addresses of references by code are found.
        changed: When the framework came to be as it is, as a date-time with zone, for formats that require one; used
            where the framework does not say it itself.
    """

    known: tuple[Framework, ...] = ()
    changed: str | None = None


DEFAULT_EXPORT = ExportOptions()
