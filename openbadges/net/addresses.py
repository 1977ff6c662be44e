"""Which addresses may be asked: global unicast only, decided on the numbers the name resolves to.

The tables are the IANA special-purpose address registries (RFC 6890 and successors) written out, because
``ipaddress.is_global`` differs between Python versions.
"""

from __future__ import annotations

import queue
import socket
import threading
from collections.abc import Callable, Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

from openbadges.errors import UnreachableError

__all__ = ["Address", "Resolver", "is_global_unicast", "public_addresses", "resolve", "system_resolver"]

Address = IPv4Address | IPv6Address
Resolver = Callable[[str, int], Sequence[str]]
"""Gives every IP address of a host name, as text; raises ``OSError`` when there is none."""

_REFUSED_V4 = tuple(
    IPv4Network(block)
    for block in (
        "0.0.0.0/8",  # this network
        "10.0.0.0/8",  # private
        "100.64.0.0/10",  # carrier-grade NAT, and one cloud's metadata service
        "127.0.0.0/8",  # loopback
        "168.63.129.16/32",  # a cloud's host agent on an otherwise public number
        "169.254.0.0/16",  # link-local, metadata services
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # protocol assignments
        "192.0.2.0/24",  # documentation
        "192.31.196.0/24",  # AS112
        "192.52.193.0/24",  # automatic multicast tunnelling
        "192.88.99.0/24",  # 6to4 relays
        "192.168.0.0/16",  # private
        "192.175.48.0/24",  # AS112
        "198.18.0.0/15",  # benchmarking
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, broadcast
    )
)
_GLOBAL_V6 = IPv6Network("2000::/3")  # v4-mapped, NAT64, unique local, link-local and multicast all lie outside
_REFUSED_V6 = tuple(
    IPv6Network(block)
    for block in (
        "2001::/23",  # protocol assignments: Teredo, benchmarking, ORCHID
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4: an IPv4 address inside
        "2620:4f:8000::/48",  # AS112
        "3fff::/20",  # documentation
    )
)
_LOOPBACK = (IPv4Network("127.0.0.0/8"), IPv6Network("::1/128"))


def is_global_unicast(address: Address) -> bool:
    """Whether ``address`` is a number of one machine on the public internet."""
    if isinstance(address, IPv4Address):
        return not any(address in block for block in _REFUSED_V4)
    return address in _GLOBAL_V6 and not any(address in block for block in _REFUSED_V6)


def public_addresses(host: str, found: Sequence[str], *, allow_loopback: bool = False) -> list[Address]:
    """The addresses of ``host``, if every one of them may be asked.

    One bad address among good ones refuses the host: which of them a later connection uses is not in our hands.

    Raises:
        UnreachableError: No address (``network.name``) or a refused one (``network.address``; the number is not shown,
            so that nobody maps an internal network through the answers).
    """
    if not found:
        raise UnreachableError("network.name", host=host)
    addresses: list[Address] = []
    for text in found:
        try:
            address = ip_address(text)
        except ValueError as error:
            raise UnreachableError("network.address", host=host) from error
        loopback = allow_loopback and any(address in block for block in _LOOPBACK)
        if not loopback and not is_global_unicast(address):
            raise UnreachableError("network.address", host=host)
        if address not in addresses:
            addresses.append(address)
    return addresses


def system_resolver(host: str, port: int) -> list[str]:
    """Every address the machine's resolver has for ``host``."""
    return [str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def resolve(resolver: Resolver, host: str, port: int, *, seconds: float) -> Sequence[str]:
    """Ask ``resolver`` for at most ``seconds``.

    The system's resolver cannot be interrupted, so it runs in a thread of its own that is left behind when it is too
    slow; the thread ends with the resolver's own timeout and never keeps the process alive.

    Raises:
        UnreachableError: No answer in time (``network.timeout``) or no address (``network.name``).
    """
    answers: queue.SimpleQueue[Sequence[str] | BaseException] = queue.SimpleQueue()

    def ask() -> None:
        try:
            answers.put(resolver(host, port))
        except BaseException as error:  # raised again in the caller's thread
            answers.put(error)

    threading.Thread(target=ask, name="openbadges-resolver", daemon=True).start()
    try:
        answer = answers.get(timeout=seconds)
    except queue.Empty as error:
        raise UnreachableError("network.timeout", host=host) from error
    if isinstance(answer, (OSError, UnicodeError)):
        raise UnreachableError("network.name", host=host) from answer
    if isinstance(answer, BaseException):
        raise answer
    return answer
