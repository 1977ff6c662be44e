"""One HTTPS request over one pinned address: TLS for the name, one deadline for every byte, bounded headers.

The standard library parses the answer (``http.client``); what it lacks is added underneath, where the bytes come in:
its timeouts are per read, so a server that sends a byte a second would hold the line for ever.
"""

from __future__ import annotations

import io
import socket
import ssl
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPException, HTTPResponse
from typing import TYPE_CHECKING, cast

from openbadges.errors import LimitError, UnreachableError
from openbadges.net.addresses import Address
from openbadges.net.targets import Target

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

__all__ = ["Answer", "Deadline", "default_tls", "request", "tls_socket"]

_HEADER_BYTES = 64 * 1024  # status line and headers, with what is read ahead of the body
_FRAMING = 8  # a body in one-byte chunks needs six bytes on the wire for each of its own
_PIECE = 64 * 1024
_ATTEMPTS = 4  # addresses of one name that are tried


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A complete answer: ``body`` is empty unless ``status`` is a success."""

    status: int
    body: bytes
    media_type: str
    locations: list[str]


class Deadline:
    """An instant after which nothing is waited for.

    Args:
        timer: Monotonic seconds.
        seconds: From now.
    """

    def __init__(self, timer: Callable[[], float], seconds: float) -> None:
        self._timer = timer
        self._end = timer() + seconds

    def remaining(self, most: float | None = None) -> float:
        """Seconds left, positive and at most ``most``.

        Raises:
            TimeoutError: None left.
        """
        left = self._end - self._timer()
        if left <= 0:
            raise TimeoutError
        return left if most is None else min(left, most)


def default_tls() -> ssl.SSLContext:
    """TLS 1.2 or newer with the machine's certificate authorities, names checked."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_default_certs()
    return context


def tls_socket(
    target: Target, addresses: Sequence[Address], context: ssl.SSLContext, deadline: Deadline
) -> ssl.SSLSocket:
    """Connect to one of ``addresses`` and do the handshake for the name; nothing is looked up again.

    Raises:
        UnreachableError: ``network.connection``, ``network.timeout``, ``network.certificate`` or ``network.tls``.
    """
    with _typed_errors(target.host):
        plain = _connected(target.port, addresses[:_ATTEMPTS], deadline)
        try:
            plain.settimeout(deadline.remaining())
            return context.wrap_socket(plain, server_hostname=target.host, suppress_ragged_eofs=False)
        except BaseException:
            plain.close()
            raise


def request(line: ssl.SSLSocket, target: Target, *, accept: str, max_bytes: int, deadline: Deadline) -> Answer:
    """Send a GET and read the whole answer.

    Raises:
        UnreachableError: Too slow, broken off, not HTTP, compressed, or too much around the body.
        LimitError: The body is longer than ``max_bytes`` (``network.body_too_large``).
    """
    with _typed_errors(target.host):
        line.settimeout(deadline.remaining())
        line.sendall(_request_head(target, accept))
        stream = _TimedStream(line, deadline, target.host)
        with HTTPResponse(cast("socket.socket", stream), method="GET") as response:  # it only calls makefile
            response.begin()
            stream.allow(_HEADER_BYTES + _FRAMING * max_bytes)
            body = _body(response, target, max_bytes) if 200 <= response.status < 300 else b""
            return Answer(
                status=response.status,
                body=body,
                media_type=_media_type(response.headers.get("Content-Type", "")),
                locations=response.headers.get_all("Location", []),
            )


class _TimedStream(io.RawIOBase):
    """The incoming side of a socket under one deadline, with a bound on the bytes taken."""

    def __init__(self, line: socket.socket, deadline: Deadline, host: str) -> None:
        self._line = line
        self._deadline = deadline
        self._host = host
        self.allow(_HEADER_BYTES)

    def allow(self, count: int) -> None:
        """From now on ``count`` more bytes may come."""
        self._limit = self._left = count

    def makefile(self, _mode: str) -> io.BufferedReader:
        """What ``http.client`` asks a socket for."""
        return io.BufferedReader(self)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        self._line.settimeout(self._deadline.remaining())
        count = self._line.recv_into(buffer)
        self._left -= count
        if self._left < 0:
            raise UnreachableError("network.overhead", host=self._host, limit=self._limit)
        return count


@contextmanager
def _typed_errors(host: str) -> Iterator[None]:
    try:
        yield
    except TimeoutError as error:
        raise UnreachableError("network.timeout", host=host) from error
    except ssl.SSLCertVerificationError as error:
        raise UnreachableError("network.certificate", host=host) from error
    except ssl.SSLEOFError as error:
        raise UnreachableError("network.truncated", host=host) from error
    except ssl.SSLError as error:
        raise UnreachableError("network.tls", host=host) from error
    except OSError as error:
        raise UnreachableError("network.connection", host=host) from error
    except (HTTPException, ValueError) as error:
        raise UnreachableError("network.answer", host=host) from error


def _connected(port: int, addresses: Sequence[Address], deadline: Deadline) -> socket.socket:
    """A TCP connection to the first address that takes one; the time left is shared among those not yet tried."""
    *others, last = addresses
    for waiting, address in zip(range(len(addresses), 1, -1), others, strict=True):
        with suppress(OSError):
            return socket.create_connection((str(address), port), timeout=deadline.remaining() / waiting)
    return socket.create_connection((str(last), port), timeout=deadline.remaining())


def _request_head(target: Target, accept: str) -> bytes:
    lines = (
        f"GET {target.path} HTTP/1.1",
        f"Host: {target.authority}",
        f"Accept: {accept}",
        "Accept-Encoding: identity",
        "Connection: close",
        "User-Agent: openbadges-kit",
    )
    return "".join(f"{line}\r\n" for line in (*lines, "")).encode("ascii")


def _body(response: HTTPResponse, target: Target, max_bytes: int) -> bytes:
    encoding = response.headers.get("Content-Encoding", "identity").strip().lower()
    if encoding not in ("", "identity"):
        raise UnreachableError("network.encoding", host=target.host, encoding=encoding)
    if response.length is not None and response.length > max_bytes:
        raise LimitError("network.body_too_large", url=target.url, limit=max_bytes)
    body = bytearray()
    while piece := response.read(min(_PIECE, max_bytes + 1 - len(body))):
        body += piece
        if len(body) > max_bytes:
            raise LimitError("network.body_too_large", url=target.url, limit=max_bytes)
    if response.length:  # fewer bytes than announced: http.client leaves the rest unread without a word
        raise UnreachableError("network.truncated", host=target.host)
    return bytes(body)


def _media_type(content_type: str) -> str:
    return content_type.partition(";")[0].strip().lower()
