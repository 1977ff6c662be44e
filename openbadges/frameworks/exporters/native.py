"""Writer of this project's own file format: nothing is lost."""

from __future__ import annotations

from openbadges import jsontext
from openbadges.frameworks.document_writer import to_document
from openbadges.frameworks.exporters.exported import Exported
from openbadges.frameworks.exporters.options import DEFAULT_EXPORT, ExportOptions
from openbadges.frameworks.model import Framework

__all__ = ["write_native"]


def write_native(framework: Framework, options: ExportOptions = DEFAULT_EXPORT) -> Exported:  # noqa: ARG001 - as all exporters
    """The framework as JSON, readable for people; reading it gives an equal framework."""
    return Exported(text=jsontext.dump_pretty(to_document(framework)).decode("utf-8"))
