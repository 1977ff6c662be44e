"""Words as searching compares them: without case and accents, in every script alike on every database."""

from __future__ import annotations

import re
import unicodedata
from types import MappingProxyType

__all__ = ["fold", "words"]

# Forms of one Arabic letter that people write for each other; the long stroke (tatweel) means nothing.
_ARABIC = MappingProxyType(str.maketrans({"آ": "ا", "أ": "ا", "إ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ـ": None}))
# Marks that change the letter itself (nukta, voicing, virama) stay; accents and short vowels go.
_KEPT_MARKS = frozenset({0, 7, 8, 9})
# Scripts without blanks between words: each sign is a word.
_SIGN = re.compile(r"[\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_APART = MappingProxyType({"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i"})
_LONGEST_WORD = 40


def fold(text: str) -> str:
    """The text in small letters without accents, short vowels and such forms of letters as people mix up."""
    apart = unicodedata.normalize("NFKD", text.translate(_ARABIC)).casefold()
    bare = "".join(sign for sign in apart if unicodedata.combining(sign) in _KEPT_MARKS)
    return unicodedata.normalize("NFC", "".join(_APART.get(sign, sign) for sign in bare))


def words(text: str) -> list[str]:
    """The folded words of a text, in order; punctuation only parts them."""
    found, word = [], ""
    for sign in fold(text):
        kind = unicodedata.category(sign)[0]
        if _SIGN.match(sign):
            found += [word, sign]
            word = ""
        elif kind in "LMN":
            word += sign
        else:
            found.append(word)
            word = ""
    return [each[:_LONGEST_WORD] for each in (*found, word) if each]
