"""How much a form of the desk may send: more where a file belongs to it, so that a file too large is answered in words.

The form comes back then with everything that was typed, and says at the file what is wrong (S-UP-1).
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from flask import g, request

from issuer_service.web import resuming
from openbadges.frameworks import DEFAULT_FRAMEWORK_LIMITS

__all__ = ["large_uploads"]

_MIB = 1024 * 1024
_PHOTO = 12 * _MIB  # straight from a telephone: more than a picture may have, and it goes into a file, not into memory
_FRAMEWORK = DEFAULT_FRAMEWORK_LIMITS.file_bytes + _MIB
_LARGEST: Mapping[str, int] = MappingProxyType(
    {
        "admin.badge_new": _PHOTO,
        "admin.badge": _PHOTO,
        "admin.settings": _PHOTO,
        "admin.import_own": _FRAMEWORK,
        "admin.import_shared": _FRAMEWORK,
    }
)


def large_uploads() -> None:
    """Let those who are signed in, or were when they opened the form, send large files to the pages that take them."""
    largest = _LARGEST.get(request.endpoint or "")
    if largest is None or (g.user is None and not (largest == _PHOTO and resuming.can_resume())):
        return
    request.max_content_length = largest
    if largest == _FRAMEWORK:
        request.max_form_memory_size = largest
