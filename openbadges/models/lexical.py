"""The lexical forms of the specification's derived types, as plain predicates (Open Badges 3.0, derived types).

Every pattern is anchored, ASCII where the type is, and without nested quantifiers.
"""

from __future__ import annotations

import re
from functools import lru_cache

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

# White space is written out: \s in a class of characters takes twice as long.
_BLANKS = r"\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
_URI = re.compile(rf"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20\x7f-\x9f<>\"{{}}|\\^`{_BLANKS}]+")
_LONGEST_KEPT = 256  # characters: what strangers write is not kept without a bound
_NOT_NORMALIZED = re.compile(r"[\t\r\n]")


def is_uri(text: str) -> bool:
    """Whether ``text`` is an absolute URI or IRI: a scheme, a colon, and then nothing that must be escaped."""
    return _is_uri(text) if len(text) <= _LONGEST_KEPT else _URI.fullmatch(text) is not None


@lru_cache(maxsize=2_048)
def _is_uri(text: str) -> bool:
    """Kept because most of them stand in many badges: those of the issuer, the achievement, its images."""
    return _URI.fullmatch(text) is not None


def is_normalized(text: str) -> bool:
    """Whether ``text`` is a NormalizedString: no tab, carriage return or line feed."""
    return _NOT_NORMALIZED.search(text) is None


def matches(pattern: str, text: str) -> bool:
    """Whether ``text`` matches one of the patterns above; a final line feed does not slip through ``$``."""
    return not text.endswith("\n") and re.search(pattern, text, re.ASCII) is not None
