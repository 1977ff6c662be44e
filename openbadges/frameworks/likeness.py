"""When two names look the same to people: codes are read from posters and lists, not compared byte by byte.

Only whole names are compared. A name in Cyrillic or Greek letters is as good as any; it is taken for another one only
if each of its letters is drawn like the letter of that one.
"""

from __future__ import annotations

import unicodedata

__all__ = ["likeness"]

# ASCII letter -> letters of other alphabets that are drawn like it, and the small capitals. Case makes no difference to
# a name, so a letter stands for both of its cases: it is here for what its capital looks like (capital ve is a B,
# capital nu an N), and for its small form where the capital looks like nothing in ASCII.
_DRAWN_LIKE = str.maketrans(
    {
        other: letter
        for letter, others in {
            "a": "\u0430\u03b1\u0251\u1d00",
            "b": "\u0432\u044c\u03b2\u0299",
            "c": "\u0441\u03f2\u03f9\u1d04",
            "d": "\u0501\u1d05",
            "e": "\u0435\u03b5\u1d07",
            "f": "\u03dd\ua730",
            "g": "\u050d\u0261\u0262",
            "h": "\u043d\u04bb\u03b7\u029c",
            "i": "\u0456\u04cf\u03b9\u0131\u0269\u026a",
            "j": "\u0458\u03f3\u1d0a",
            "k": "\u043a\u03ba\u1d0b",
            "l": "\u029f",
            "m": "\u043c\u03bc\u1d0d",
            "n": "\u03bd\u0274",
            "o": "\u043e\u03bf\u1d0f",
            "p": "\u0440\u03c1\u1d18",
            "q": "\u051b",
            "r": "\u0280",
            "s": "\u0455\ua731",
            "t": "\u0442\u03c4\u1d1b",
            "u": "\u1d1c",
            "v": "\u0475\u1d20",
            "w": "\u051d\u1d21",
            "x": "\u0445\u03c7",
            "y": "\u0443\u04af\u03c5\u028f",
            "z": "\u03b6\u1d22",
        }.items()
        for other in others
    }
)


def likeness(name: str) -> str:
    """A key that two names share when they look the same.

    It leaves out what makes no difference to the eye: case, width, blanks, invisible characters, a last slash, and
    which alphabet a letter is from that is drawn like one of ASCII.
    """
    # The lunate sigma is drawn like a c, and the normal form would make another letter of it: so once before, too.
    normal = unicodedata.normalize("NFKC", name.translate(_DRAWN_LIKE))
    seen = (character for character in normal if unicodedata.category(character)[0] not in "ZC")
    return "".join(seen).casefold().translate(_DRAWN_LIKE).rstrip("/#")
