"""The formats that can be read: one table, ``IMPORTERS``.

To add one: a file with its reader, a line in the table, a test with a small file of that format.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from openbadges.errors import ConfigurationError, LimitError, MalformedError, UnsupportedError
from openbadges.frameworks.importers.case import read_case
from openbadges.frameworks.importers.ctdl_asn import read_ctdl_asn
from openbadges.frameworks.importers.esco import read_esco, read_esco_files, read_esco_release
from openbadges.frameworks.importers.native import read_native
from openbadges.frameworks.importers.options import DEFAULT_OPTIONS, ImportOptions
from openbadges.frameworks.importers.plain_csv import read_csv
from openbadges.frameworks.model import Framework

__all__ = [
    "IMPORTERS",
    "ImportOptions",
    "Importer",
    "detect_format",
    "read_case",
    "read_csv",
    "read_ctdl_asn",
    "read_esco",
    "read_esco_files",
    "read_esco_release",
    "read_framework",
    "read_native",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Importer:
    """One format.

    Attributes:
        title: Its name for people.
        read: Reads a file of the format.
        mark: What stands in every file of the format (a regular expression); the mark that stands first in a file
            decides.
        is_json: Whether files of the format are JSON objects; the others are tables, whose mark is in the first line.
    """

    title: str
    read: Callable[[bytes, ImportOptions], Framework]
    mark: str
    is_json: bool


IMPORTERS: Mapping[str, Importer] = MappingProxyType(
    {
        "json": Importer(
            title="framework file of this project",
            read=read_native,
            mark=r'"format"\s*:\s*"openbadges-framework/',
            is_json=True,
        ),
        "case": Importer(title="CASE 1.0 or 1.1 package", read=read_case, mark='"CFDocument"', is_json=True),
        "ctdl-asn": Importer(
            title="CTDL-ASN graph (JSON-LD)",
            read=read_ctdl_asn,
            mark=r'"ceasn:|purl\.org/ctdlasn/|credreg\.net/ctdlasn/',
            is_json=True,
        ),
        "esco": Importer(
            title="ESCO skills table (CSV)", read=read_esco, mark="conceptUri.*preferredLabel", is_json=False
        ),
        "csv": Importer(title="plain table (CSV)", read=read_csv, mark="[,;\t]", is_json=False),
    }
)


def detect_format(data: bytes) -> str | None:
    """The key of ``IMPORTERS`` that a file's content looks like, None for none."""
    words = data.decode("utf-8", "replace").removeprefix("\ufeff").lstrip()
    is_json = words.startswith("{")
    if words.startswith(("[", "<")):
        return None
    searched = words if is_json else words.split("\n", 1)[0]
    found = {
        name: place.start()
        for name, importer in IMPORTERS.items()
        if importer.is_json == is_json and (place := re.search(importer.mark, searched)) is not None
    }
    if not is_json:
        return next(iter(found), None)
    return min(found, key=lambda name: found[name], default=None)


def read_framework(
    data: bytes, *, file_format: str | None = None, options: ImportOptions = DEFAULT_OPTIONS
) -> Framework:
    """Read a framework of any format in ``IMPORTERS``.

    Args:
        data: The file's content.
        file_format: A key of ``IMPORTERS``; None finds it by content.
        options: What the file may leave open.

    Raises:
        ImportProblems: The content is wrong; every problem is listed with its row or JSON Pointer, and nothing is
            imported.
        MalformedError: The bytes are not JSON or a table.
        LimitError: Over a limit.
        UnsupportedError: No format is recognised, or ``file_format`` is not known.
        ConfigurationError: ``data`` is a path or another value.
    """
    if not isinstance(data, (bytes, bytearray)):
        raise ConfigurationError("frameworks.kind", kind=type(data).__name__)
    if len(data) > options.limits.file_bytes:
        raise LimitError("json.too_large", limit=options.limits.file_bytes)
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):  # what spreadsheets call "Unicode text"
        raise MalformedError("json.encoding")
    data = data.removeprefix(codecs.BOM_UTF8)
    name = detect_format(data) if file_format is None else file_format
    if name is None:
        raise UnsupportedError("frameworks.no_format", known=list(IMPORTERS))
    importer = IMPORTERS.get(name)
    if importer is None:
        raise UnsupportedError("frameworks.unknown_format", name=name, known=list(IMPORTERS))
    return importer.read(data, options)
