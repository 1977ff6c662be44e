"""Reading the URL of a document strictly, before any name is looked up."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import urldefrag, urljoin

from openbadges.errors import UnreachableError

__all__ = ["HTTPS_PORT", "Target", "read_target", "redirect_target"]

HTTPS_PORT = 443
_HOST_CHARS = 253  # RFC 1035 section 2.3.4
_SCHEME = "https://"
_URI_CHARACTERS = re.compile(r"(?:[A-Za-z0-9\-._~:/?\[\]@!$&'()*+,;=]|%[0-9A-Fa-f]{2})+")  # RFC 3986, no fragment
_PARTS = re.compile(r"([^/?]*)(/[^?]*)?(\?.*)?")
_PORT = re.compile(r"[1-9][0-9]{0,4}")
_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Where one request goes: a lower-case ASCII host name, a port, and path with query as they are sent."""

    host: str
    port: int
    path: str

    @property
    def authority(self) -> str:
        """The value of the Host header."""
        return self.host if self.port == HTTPS_PORT else f"{self.host}:{self.port}"

    @property
    def url(self) -> str:
        """The URL again, normalised."""
        return f"{_SCHEME}{self.authority}{self.path}"


def read_target(url: str, *, ports: Collection[int] = (HTTPS_PORT,), max_chars: int) -> Target:
    """Read an https URL.

    Args:
        url: Absolute, ASCII (RFC 3986), without user information and fragment. An international name is in its A-label
            form: turning Unicode into a name is where two programs disagree, so it is left to whoever writes the URL.
        ports: The ports that may be asked.
        max_chars: Longest URL that is read.

    Raises:
        UnreachableError: ``network.url_too_long``, ``network.scheme``, ``network.url``, ``network.userinfo``,
            ``network.host`` or ``network.port``.
    """
    if len(url) > max_chars:
        raise UnreachableError("network.url_too_long", limit=max_chars)
    if url[: len(_SCHEME)].lower() != _SCHEME:
        raise UnreachableError("network.scheme", url=url)
    if not _URI_CHARACTERS.fullmatch(url):
        raise UnreachableError("network.url", url=url)
    parts = _PARTS.fullmatch(url[len(_SCHEME) :])
    assert parts is not None  # every text has this form
    authority, path, query = parts[1], parts[2] or "/", parts[3] or ""
    if "@" in authority:
        raise UnreachableError("network.userinfo", url=url)
    host, colon, port_text = authority.partition(":")
    port = HTTPS_PORT
    if colon:
        port = int(port_text) if _PORT.fullmatch(port_text) else 0
    _check_host(host)
    if port not in ports:
        raise UnreachableError("network.port", url=url, port=port_text or port)
    return Target(host=host.lower(), port=port, path=path + query)


def redirect_target(base: Target, locations: list[str], *, ports: Collection[int], max_chars: int) -> Target:
    """Where an answer sends on to: exactly one Location (RFC 9110 section 10.2.2), relative ones resolved.

    Raises:
        UnreachableError: ``network.redirect_location``, or what ``read_target`` raises for the new address.
    """
    if len(locations) != 1 or len(locations[0]) > max_chars:
        raise UnreachableError("network.redirect_location", url=base.url)
    try:
        joined = urldefrag(urljoin(base.url, locations[0])).url
    except ValueError as error:
        raise UnreachableError("network.redirect_location", url=base.url) from error
    return read_target(joined, ports=ports, max_chars=max_chars)


def _check_host(host: str) -> None:
    labels = host.lower().split(".")
    good = len(host) <= _HOST_CHARS and all(_LABEL.fullmatch(label) for label in labels)
    # a last label that starts like a number is how the system's resolver takes 127.1, 0x7f000001 or 2130706433
    if not good or labels[-1][0].isdigit() or any(label[2:4] == "--" and label[:2] != "xn" for label in labels):
        raise UnreachableError("network.host", host=host)
