"""One recipient as somebody wrote it: what kind of name it is, and its canonical form, the text that is hashed."""

from __future__ import annotations

import ipaddress
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from urllib.parse import unquote

from issuer_service.services.forms import EMAIL
from issuer_service.services.identifiers import is_did
from issuer_service.services.records import RecipientKind
from issuer_service.services.sentences import Sentence

__all__ = ["LONGEST_RECIPIENT", "Recognised", "recognise"]

LONGEST_RECIPIENT = 255
_LONGEST_DID = 2_048
_LONGEST_CELL = 4_096

_MARKS = "\u00ad\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
_INVISIBLE = dict.fromkeys(map(ord, _MARKS))  # direction marks and blanks without width, copied along from pages
_LIST_MARK = re.compile(r"(?:[*•·‣–—#-]+|\(?[0-9]{1,5}[.)])\s+|[*•‣#]+(?=\S)")
_WIKI_LINK = re.compile(r"\[\[:?([^\]|]+)(?:\|[^\]]*)?\]\]")
_WIKI_PAGE = re.compile(r"https?://[^/\s]+/(?:wiki/|w/index\.php\?title=)([^?#&\s]+)", re.IGNORECASE)
_NAMED = re.compile(r"[^<>]*<\s*([^<>\s]+)\s*>")
_MAILTO = re.compile("mailto:", re.IGNORECASE)
_USER_SPACE = re.compile(
    r"(?:[a-z-]{1,12}:){0,2}(?:user|user talk|usuario|usuaria|usuário|usuária|utilizador|utilizadora|utilisateur|"
    r"utilisatrice|مستخدم|مستخدمة|benutzer|benutzerin|utente|gebruiker|wikipedysta|wikipedystka|användare|bruger|bruker|"
    r"käyttäjä|uživatel|kullanıcı|pengguna|участник|участница|користувач|सदस्य|mtumiaji|ব্যবহারকারী|用户|利用者|사용자|משתמש|کاربر)"
    r"\s*:\s*(?=\S)",
    re.IGNORECASE,
)
# addresses of other systems, which no badge can be sent to or proved with; user names with a colon in them stay
_PHONE_SCHEMES = frozenset({"callto", "facetime", "fax", "mms", "sms", "smsto", "tel", "viber", "whatsapp"})
_OTHER_SCHEMES = frozenset(
    {
        "acct", "blob", "data", "file", "ftp", "geo", "http", "https", "im", "irc", "ircs", "javascript", "magnet",
        "matrix", "msteams", "sgnl", "sip", "sips", "skype", "ssh", "tg", "threema", "urn", "xmpp",
    }
)  # fmt: skip
_SCHEME = re.compile(r"([a-z]{2,12}):(?=\S)", re.IGNORECASE)
_PHONE = re.compile(r"(?<!\w)\+(?:[\s./()-]*[0-9]){8,}")  # as it is dialled from anywhere; other numbers can be names
_TEMPORARY = re.compile(r"~[0-9]{4}-[0-9-]+")  # accounts that wikis give to people who did not sign in
_FORBIDDEN = re.compile(r"[#<>\[\]|{}\x00-\x1f\x7f]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognised:
    """What a cell or line turned out to be.

    Attributes:
        kind: How the recipient is named.
        value: The canonical form; what could be made of it when there is a problem.
        problem: Why nobody can be given a badge under this name.
    """

    kind: RecipientKind
    value: str
    problem: Sentence | None = None


def recognise(text: str, *, prefix: str = "", kind: RecipientKind | None = None) -> Recognised:
    """Recognise an address, a DID or a user name.

    The canonical form is NFC, without blanks around it, with single blanks for underscores; user names get the
    affiliate's prefix. A verifier has to be given exactly this text.

    Args:
        text: A cell or line; list marks, wiki links and "User:" are taken off.
        prefix: Put before user names, e.g. ``"https://meta.wikimedia.org/wiki/User:"``.
        kind: What it is, when that was said and need not be guessed.
    """
    if len(text) > _LONGEST_CELL or "\n" in text.strip():
        cut = " ".join(text[:LONGEST_RECIPIENT].split())
        return _recognised(kind or RecipientKind.USERNAME, cut, "recipient.too_long")
    bare = unicodedata.normalize("NFC", text).translate(_INVISIBLE).replace("\u00a0", " ").strip()
    if kind is RecipientKind.DID or (kind is None and bare[:4].lower() == "did:"):
        good = len(bare) <= _LONGEST_DID and is_did(bare)
        return _recognised(RecipientKind.DID, bare, None if good else "recipient.did")
    other = _other_system(_LIST_MARK.sub("", bare, count=1))
    if other is not None:
        return Recognised(kind=kind or RecipientKind.USERNAME, value=bare, problem=other)
    address = _address(bare)
    if kind is RecipientKind.EMAIL or (kind is None and address is not None):
        found = (address or bare).lower()
        good = len(found) <= LONGEST_RECIPIENT and EMAIL.fullmatch(found) is not None
        return _recognised(RecipientKind.EMAIL, found, None if good else "recipient.email")
    if kind is RecipientKind.NAME:
        name = " ".join(bare.split())
        return _recognised(RecipientKind.NAME, name, _name_problem(name))
    name = _user_name(bare, prefix)
    problem = _name_problem(name)
    return _recognised(RecipientKind.USERNAME, name if problem else prefix + name, problem)


def _other_system(text: str) -> Sentence | None:
    """Why an address of another system is refused; None for everything else, and for pages, of which users may be."""
    named = _NAMED.fullmatch(text)
    found = _SCHEME.match(named[1] if named else text)
    scheme = found[1].lower() if found else ""
    if scheme in _PHONE_SCHEMES or _PHONE.search(text):
        return Sentence("recipient.phone", {})
    if scheme in _OTHER_SCHEMES and not text.lower().startswith(("http://", "https://")):
        return Sentence("recipient.scheme", {"scheme": scheme})
    return None


def _recognised(kind: RecipientKind, value: str, code: str | None) -> Recognised:
    problem = None if code is None else Sentence(code, {"longest": LONGEST_RECIPIENT})
    return Recognised(kind=kind, value=value, problem=problem)


def _address(text: str) -> str | None:
    """The e-mail address in ``Name <a@example.org>``, ``mailto:a@example.org`` or ``a@example.org``."""
    named = _NAMED.fullmatch(text)
    bare = (named[1] if named else _LIST_MARK.sub("", text, count=1)).strip("<> ,;")
    link = _MAILTO.match(bare)
    if link:  # what stands after the question mark is about a letter
        return unquote(bare[link.end() :].partition("?")[0])
    return bare if "@" in bare[1:] and not bare.startswith("@") and " " not in bare else None


def _user_name(text: str, prefix: str) -> str:
    name = text
    if prefix and name.startswith(prefix):
        name = name[len(prefix) :]
    name = _LIST_MARK.sub("", name, count=1) if _LIST_MARK.match(name) else name
    link = _WIKI_LINK.search(name)
    page = _WIKI_PAGE.fullmatch(name)
    if link:
        name = link[1]
    elif page:
        name = unquote(page[1])
    name = " ".join(name.replace("_", " ").split())
    name = _USER_SPACE.sub("", name, count=1) if _USER_SPACE.match(name) else name
    return unicodedata.normalize("NFC", name).removeprefix("@").strip()


def _name_problem(name: str) -> str | None:
    if not name:
        return "recipient.empty"
    if len(name) > LONGEST_RECIPIENT:
        return "recipient.too_long"
    return next((code for code, is_so in _NO_NAMES.items() if is_so(name)), None)


def _is_ip_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


def _has_other_characters(text: str) -> bool:
    return _FORBIDDEN.search(text) is not None or not all(c.isprintable() or c in _JOINERS for c in text)


_JOINERS = "\u200c\u200d"  # part of words in Persian, Hindi and others
_NO_NAMES: Mapping[str, Callable[[str], bool]] = MappingProxyType(
    {
        "recipient.temporary": lambda name: _TEMPORARY.fullmatch(name) is not None,
        "recipient.ip_address": _is_ip_address,
        "recipient.page": lambda name: "://" in name,
        "recipient.characters": _has_other_characters,
    }
)
