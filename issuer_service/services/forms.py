"""Reading what somebody filled in: a closed list of fields, each with its bounds, and all problems told at once.

A field that is not on the list is refused, so that nobody sets an id, a state or an owner by naming it (S-AZ-2).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping
from typing import Any
from urllib.parse import urlsplit

from issuer_service.services.errors import InvalidError
from issuer_service.services.sentences import Sentence

__all__ = ["EMAIL", "LANGUAGE", "Form", "clean_text", "is_web_address"]

LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
EMAIL = re.compile(r"[^\s@<>,;:\"()\[\]\\]{1,64}@[^\s@<>,;:\"()\[\]\\.]+(?:\.[^\s@<>,;:\"()\[\]\\.]+)+")
_LONGEST_ADDRESS = 2_048
# Control characters except tab and line end, single surrogates, and the last two code points of each plane.
_LAST_OF_PLANES = "".join(chr((plane << 16) + code) for plane in range(17) for code in (0xFFFE, 0xFFFF))
_NOT_TEXT = re.compile(f"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff{_LAST_OF_PLANES}]")


def clean_text(value: str) -> str | None:
    """The text in NFC with plain line ends and without blanks around it; None when it holds control characters."""
    text = unicodedata.normalize("NFC", value.replace("\r\n", "\n").replace("\r", "\n")).strip()
    return None if _NOT_TEXT.search(text) else text


def is_web_address(text: str) -> bool:
    """Whether it is an absolute http or https address of a host, without blanks or a user name in it."""
    if len(text) > _LONGEST_ADDRESS or not text.isprintable() or any(c in ' "<>\\^`{|}' for c in text):
        return False
    try:
        parts = urlsplit(text)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc
    except ValueError:
        return False


class Form:
    """Reads fields one by one, remembers what is wrong, and says it all at the end.

    Args:
        given: What was filled in: texts from a form, or JSON values.
        known: The names it may have.
    """

    def __init__(self, given: Mapping[str, Any], known: Collection[str]) -> None:
        self._given = given
        self._problems = [(str(name), Sentence("field.unknown", {})) for name in given if name not in known]

    def has(self, field: str) -> bool:
        """Whether the field was filled in at all."""
        return field in self._given

    def raw(self, field: str) -> Any:
        """The value as it came, None when it did not."""
        return self._given.get(field)

    def refuse(self, field: str, code: str, **params: Any) -> None:
        """Remember a problem."""
        self._problems.append((field, Sentence(code, params)))

    def text(self, field: str, *, longest: int, required: bool = False, lines: bool = False) -> str:
        """A text; one line unless ``lines``."""
        value = self._given.get(field)
        if value is None:
            value = ""
        if not isinstance(value, str):
            self.refuse(field, "field.not_text")
            return ""
        text = clean_text(value)
        if text is None or (not lines and ("\n" in text or "\t" in text)):
            self.refuse(field, "field.control")
            return ""
        if len(text) > longest:
            self.refuse(field, "field.too_long", longest=longest, length=len(text))
        elif required and not text:
            self.refuse(field, "field.required")
        return text

    def web_address(self, field: str) -> str:
        """An http or https address, or nothing."""
        text = self.text(field, longest=_LONGEST_ADDRESS)
        if text and not is_web_address(text):
            self.refuse(field, "field.web_address")
        return text

    def email(self, field: str) -> str:
        """An e-mail address, or nothing."""
        text = self.text(field, longest=254)
        if text and not EMAIL.fullmatch(text):
            self.refuse(field, "field.email")
        return text

    def language(self, field: str, default: str = "en") -> str:
        """A language tag such as ``es`` or ``pt-BR``."""
        text = self.text(field, longest=35) or default
        if not LANGUAGE.fullmatch(text):
            self.refuse(field, "field.language")
        return text

    def choice(self, field: str, allowed: Collection[str], default: str) -> str:
        """One of a list."""
        text = self.text(field, longest=100) or default
        if text not in allowed:
            self.refuse(field, "field.choice", allowed=", ".join(filter(None, allowed)))
        return text

    def number(self, field: str, *, least: int, most: int) -> int | None:
        """A whole number as number or text, or nothing."""
        value = self._given.get(field)
        if value is None or value == "":
            return None
        if isinstance(value, str) and re.fullmatch(r"\s*[0-9]{1,9}\s*", value):
            value = int(value)
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            self.refuse(field, "field.number", least=least, most=most)
            return None
        return value

    def finish(self) -> None:
        """Say what was wrong.

        Raises:
            InvalidError: Anything was.
        """
        if self._problems:
            raise InvalidError(self._problems)
