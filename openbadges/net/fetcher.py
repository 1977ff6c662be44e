"""The guarded fetcher: the one place where an address a stranger wrote becomes a connection."""

from __future__ import annotations

import re
import ssl
import time
from collections.abc import Callable, Collection

from openbadges.errors import ConfigurationError, UnreachableError
from openbadges.limits import DEFAULT_LIMITS, Limits
from openbadges.net import wire
from openbadges.net.addresses import Resolver, public_addresses, resolve, system_resolver
from openbadges.net.session import FetchSession
from openbadges.net.targets import HTTPS_PORT, Target, read_target, redirect_target
from openbadges.ports import Fetched

__all__ = ["GuardedFetcher"]

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_GONE = 410
_PARTIAL = 206  # never asked for, so never the whole document
_ACCEPT = re.compile(r"[\x20-\x7e]{1,1000}")


class GuardedFetcher:
    """Fetches https documents from the public internet and from nowhere else.

    Every address of the name is looked at before the connection is made to that very address, so a name that changes
    its answer in between gains nothing. No environment variable steers it, no cookie or credential is ever sent.

    Args:
        limits: Time, redirects, URL length and fetches a session.
        resolver: Gives the addresses of a name.
        ssl_context: Trusted certificate authorities; must check certificates and names. Default: the machine's.
        allow_ports: Ports that may be asked.
        allow_loopback: For tests against a server on this machine only: also ask 127.0.0.0/8 and ::1.
        timer: Monotonic seconds.

    Raises:
        ConfigurationError: ``ssl_context`` does not check certificates or names (``network.unsafe_tls``).
    """

    def __init__(  # noqa: PLR0913 - settings and seams, by keyword
        self,
        *,
        limits: Limits = DEFAULT_LIMITS,
        resolver: Resolver = system_resolver,
        ssl_context: ssl.SSLContext | None = None,
        allow_ports: Collection[int] = (HTTPS_PORT,),
        allow_loopback: bool = False,
        timer: Callable[[], float] = time.monotonic,
    ) -> None:
        context = ssl_context or wire.default_tls()
        if context.verify_mode is not ssl.CERT_REQUIRED or not context.check_hostname:
            raise ConfigurationError("network.unsafe_tls")
        self._limits = limits
        self._resolver = resolver
        self._tls = context
        self._ports = frozenset(allow_ports)
        self._allow_loopback = allow_loopback
        self._timer = timer

    def session(self) -> FetchSession:
        """A view of this fetcher for one verification, bounded by ``limits.fetches``."""
        return FetchSession(self, self._limits.fetches)

    def get(self, url: str, *, accept: str, max_bytes: int, redirects: int | None = None) -> Fetched:
        """Fetch ``url``; see ``ports.Fetcher.get``. The media type is handed back for the caller to judge.

        ``redirects`` lowers ``limits.redirects`` and never raises it. All of it, redirects and looking up the name
        included, has to be done within ``limits.fetch_seconds``.

        Raises:
            UnreachableError: Codes ``network.*``: a refused address, no answer, or an answer that is not the document.
            LimitError: The body is longer than ``max_bytes`` (``network.body_too_large``).
            ConfigurationError: ``accept`` cannot be sent (``network.accept``).
        """
        if not _ACCEPT.fullmatch(accept):
            raise ConfigurationError("network.accept")
        most = self._limits.redirects if redirects is None else min(max(redirects, 0), self._limits.redirects)
        deadline = wire.Deadline(self._timer, self._limits.fetch_seconds)
        target = read_target(url, ports=self._ports, max_chars=self._limits.url_chars)
        for _ in range(most + 1):
            answer = self._ask(target, accept, max_bytes, deadline)
            if answer.status not in _REDIRECTS:
                return _document(target, answer)
            if most > 0:
                target = redirect_target(target, answer.locations, ports=self._ports, max_chars=self._limits.url_chars)
        if most == 0:
            raise UnreachableError("network.redirect", url=url)
        raise UnreachableError("network.too_many_redirects", url=url, limit=most)

    def _ask(self, target: Target, accept: str, max_bytes: int, deadline: wire.Deadline) -> wire.Answer:
        try:
            connecting = wire.Deadline(self._timer, deadline.remaining(self._limits.connect_seconds))
            found = resolve(self._resolver, target.host, target.port, seconds=connecting.remaining())
        except TimeoutError as error:
            raise UnreachableError("network.timeout", host=target.host) from error
        addresses = public_addresses(target.host, found, allow_loopback=self._allow_loopback)
        with wire.tls_socket(target, addresses, self._tls, connecting) as line:
            return wire.request(line, target, accept=accept, max_bytes=max_bytes, deadline=deadline)


def _document(target: Target, answer: wire.Answer) -> Fetched:
    if answer.status == _GONE:
        raise UnreachableError("network.gone", url=target.url)
    if not 200 <= answer.status < 300 or answer.status == _PARTIAL:
        raise UnreachableError("network.status", url=target.url, status=answer.status)
    return Fetched(url=target.url, body=answer.body, media_type=answer.media_type, status=answer.status)
