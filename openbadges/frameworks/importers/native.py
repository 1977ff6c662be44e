"""Reader of this project's own file format (``schemas/framework.json``)."""

from __future__ import annotations

from openbadges import jsontext
from openbadges.frameworks.document import framework_from_document
from openbadges.frameworks.importers.options import DEFAULT_OPTIONS, ImportOptions
from openbadges.frameworks.model import Framework

__all__ = ["read_native"]


def read_native(data: bytes | str, options: ImportOptions = DEFAULT_OPTIONS) -> Framework:
    """Read a framework file or a local layer.

    Raises:
        ImportProblems: Something is wrong with the content; every problem is listed with its JSON Pointer.
        MalformedError: Not strict JSON.
        LimitError: Over a limit.
    """
    limits = options.limits
    document = jsontext.parse_object(data, limits.json_limits(), max_bytes=limits.file_bytes)
    return framework_from_document(document, limits=limits)
