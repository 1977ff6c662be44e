"""Words as searching compares them: without case and accents, in every script alike on every database."""

from __future__ import annotations

import re
import unicodedata
from types import MappingProxyType

__all__ = ["words"]

# Forms of one letter that people write for each other; the long stroke of Arabic (tatweel) means nothing.
_SAME = MappingProxyType(
    {"ٱ": "ا", "ى": "ي", "ة": "ه", "ـ": None, "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i"}
)
_SIGN = re.compile(r"([\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff])")
_LONGEST_WORD = 40
# Marks that change the letter itself (nukta, voicing, virama) stay; accents and short vowels go.
_KEPT_MARKS = frozenset({0, 7, 8, 9})


class _Letters(dict[int, str | None]):
    """What becomes of each letter, found out when it is met for the first time."""

    def __missing__(self, code: int) -> str | None:
        sign = chr(code)
        if sign in _SAME:
            found = _SAME[sign]
        elif unicodedata.combining(sign) not in _KEPT_MARKS:
            found = None
        else:
            found = sign if unicodedata.category(sign)[0] in "LMN" else " "
        self[code] = found
        return found


_LETTERS = _Letters()


def words(text: str) -> list[str]:
    """The words of a text in small letters without accents, short vowels and such forms as people mix up.

    Punctuation only parts them. In scripts that put no blanks between words each sign is a word.
    """
    apart = unicodedata.normalize("NFKD", text).casefold().translate(_LETTERS)
    whole = unicodedata.normalize("NFC", apart)
    if not whole.isascii():
        whole = _SIGN.sub(r" \1 ", whole)
    return [word[:_LONGEST_WORD] for word in whole.split()]
