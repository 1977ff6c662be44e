"""The lexical forms of the specification's derived types, as plain predicates (Open Badges 3.0, derived types).

Every pattern is anchored, ASCII where the type is, and without nested quantifiers.
"""

from __future__ import annotations

import re

__all__ = [
    "COMPACT_JWS",
    "COUNTRY_CODE",
    "EXTENSION_TERM",
    "LANGUAGE_CODE",
    "OB_CONTEXT",
    "is_normalized",
    "is_uri",
    "matches",
]

# These go into the published JSON Schemas as they stand: each is valid ECMA-262 and Python.
COMPACT_JWS = r"^[a-zA-Z0-9_-]+\.[a-zA-Z0-9_-]*\.[a-zA-Z0-9_-]+$"
COUNTRY_CODE = r"^[A-Z]{2}$"
EXTENSION_TERM = r"^ext:[A-Za-z0-9._-]"
LANGUAGE_CODE = r"^[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*$"
OB_CONTEXT = r"^https:\/\/purl\.imsglobal\.org\/spec\/ob\/v3p0\/context(-3\.[0-9]\.[0-9])*\.json$"

_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20\x7f-\x9f<>\"{}|\\^`\s]+")
_NOT_NORMALIZED = re.compile(r"[\t\r\n]")


def is_uri(text: str) -> bool:
    """Whether ``text`` is an absolute URI or IRI: a scheme, a colon, and then nothing that must be escaped."""
    return _URI.fullmatch(text) is not None


def is_normalized(text: str) -> bool:
    """Whether ``text`` is a NormalizedString: no tab, carriage return or line feed."""
    return _NOT_NORMALIZED.search(text) is None


def matches(pattern: str, text: str) -> bool:
    """Whether ``text`` matches one of the patterns above; a final line feed does not slip through ``$``."""
    return not text.endswith("\n") and re.search(pattern, text, re.ASCII) is not None
