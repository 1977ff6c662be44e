"""The formats that can be written: one table, ``EXPORTERS``.

To add one: a file with its writer, a line in the table, a test that reads back what was written.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from openbadges.errors import UnsupportedError
from openbadges.frameworks.exporters.case import case_package, write_case
from openbadges.frameworks.exporters.ctdl_asn import write_ctdl_asn
from openbadges.frameworks.exporters.exported import Exported, Loss
from openbadges.frameworks.exporters.native import write_native
from openbadges.frameworks.exporters.options import DEFAULT_EXPORT, ExportOptions
from openbadges.frameworks.exporters.plain_csv import write_csv
from openbadges.frameworks.model import Framework

__all__ = [
    "EXPORTERS",
    "ExportOptions",
    "Exported",
    "Exporter",
    "Loss",
    "case_package",
    "write_case",
    "write_csv",
    "write_ctdl_asn",
    "write_framework",
    "write_native",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exporter:
    """One format: its name for people, how it is written, its media type and usual file ending."""

    title: str
    write: Callable[[Framework, ExportOptions], Exported]
    media_type: str
    ending: str


EXPORTERS: Mapping[str, Exporter] = MappingProxyType(
    {
        "json": Exporter(
            title="framework file of this project",
            write=write_native,
            media_type="application/json",
            ending=".json",
        ),
        "case": Exporter(
            title="CASE 1.1 package", write=write_case, media_type="application/json", ending=".case.json"
        ),
        "ctdl-asn": Exporter(
            title="CTDL-ASN graph (JSON-LD)", write=write_ctdl_asn, media_type="application/ld+json", ending=".jsonld"
        ),
        "csv": Exporter(title="plain table (CSV)", write=write_csv, media_type="text/csv", ending=".csv"),
    }
)


def write_framework(framework: Framework, file_format: str, *, options: ExportOptions = DEFAULT_EXPORT) -> Exported:
    """Write a framework in a format of ``EXPORTERS``.

    Raises:
        UnsupportedError: The format is not known.
    """
    exporter = EXPORTERS.get(file_format)
    if exporter is None:
        raise UnsupportedError("frameworks.unknown_format", name=file_format, known=list(EXPORTERS))
    return exporter.write(framework, options)
