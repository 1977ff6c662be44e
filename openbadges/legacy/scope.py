"""Which addresses belong to an issuer: by parsed origin, because a text that starts alike may be somebody else's host.

``https://example.org.evil.example/`` starts with ``https://example.org``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from openbadges.errors import RefusedError, UnsupportedError
from openbadges.legacy.model import Issuer, items

__all__ = ["Address", "check_scope", "parse_address"]

_ADDRESS = re.compile(r"https://([A-Za-z0-9.-]{1,253})(?::([0-9]{1,5}))?(/[^?#]*)?(\?[^#]*)?(?:#.*)?")
_HOST = re.compile(r"[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})+(?::[0-9]{1,5})?")
_UNSAFE = re.compile(r"[\x00-\x20\x7f\\]")
_DOTS = re.compile(r"/(?:\.|%2e){1,2}(?:/|\Z)", re.IGNORECASE)
_HTTPS_PORT = 443


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """An https address in parts: ``origin`` decides whose it is, ``rest`` is path and query."""

    host: str
    port: int
    rest: str

    @property
    def origin(self) -> tuple[str, int]:
        """Host and port; the scheme is https always."""
        return self.host, self.port


def parse_address(text: str | None) -> Address | None:
    """The parts of an https address, or None when it is not a plain one (other scheme, user name, no ASCII host)."""
    found = _ADDRESS.fullmatch(text or "")
    if found is None or text is None or _UNSAFE.search(text):
        return None
    host, port, path, query = found.groups()
    return Address(host=host.lower(), port=int(port or _HTTPS_PORT), rest=(path or "/") + (query or ""))


def check_scope(url: str, issuer: Issuer) -> None:
    """Check that a hosted object's address belongs to the issuer (Open Badges 2.0, hosted verification).

    Both rules that the issuer states have to hold: ``startsWith`` (same origin, and path and query start alike) and
    ``allowedOrigins`` (host names or origins). Without them the address has to have the origin of the issuer's id.

    Raises:
        RefusedError: ``legacy.out_of_scope``.
        UnsupportedError: The rules are of a form that is not known (``legacy.scope_unreadable``).
    """
    address = parse_address(url)
    if address is None or _DOTS.search(address.rest.partition("?")[0]):
        raise RefusedError("legacy.out_of_scope", url=url, issuer=issuer.id)
    rules = issuer.verification
    prefixes, origins = list(items(rules.get("startsWith"))), list(items(rules.get("allowedOrigins")))
    verdicts = []
    if prefixes:
        verdicts.append(any(_starts(address, prefix, issuer) for prefix in prefixes))
    if origins:
        verdicts.append(any(_of_origin(address, origin, issuer) for origin in origins))
    if not verdicts:
        home = parse_address(issuer.id)
        verdicts.append(home is not None and home.origin == address.origin)
    if not all(verdicts):
        raise RefusedError("legacy.out_of_scope", url=url, issuer=issuer.id)


def _starts(address: Address, prefix: object, issuer: Issuer) -> bool:
    start = parse_address(prefix) if isinstance(prefix, str) else None
    if start is None:
        raise UnsupportedError("legacy.scope_unreadable", issuer=issuer.id)
    return address.origin == start.origin and address.rest.startswith(start.rest)


def _of_origin(address: Address, origin: object, issuer: Issuer) -> bool:
    text = origin if isinstance(origin, str) else ""
    start = parse_address(f"https://{text}" if _HOST.fullmatch(text) else text)
    if start is None or start.rest != "/":
        raise UnsupportedError("legacy.scope_unreadable", issuer=issuer.id)
    return address.origin == start.origin
