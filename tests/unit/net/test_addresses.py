from __future__ import annotations

import socket
import threading
from ipaddress import ip_address

import pytest

from openbadges.errors import UnreachableError
from openbadges.net.addresses import is_global_unicast, public_addresses, resolve, system_resolver

REFUSED = [
    "0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255", "100.64.0.1", "100.100.100.200", "100.127.255.255", "127.0.0.1",
    "127.255.0.1", "168.63.129.16", "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.192", "192.0.2.1",
    "192.31.196.1", "192.52.193.1", "192.88.99.1", "192.168.1.1", "192.175.48.1", "198.18.0.1", "198.19.255.255",
    "198.51.100.7", "203.0.113.9", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255",
    "::", "::1", "::ffff:127.0.0.1", "::ffff:93.184.215.14", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::1", "100::1",
    "2001::1", "2001:0:53aa:64c:0:0:0:1", "2001:2::1", "2001:10::1", "2001:20::1", "2001:db8::1", "2002:7f00:1::",
    "2002:5db8:d70e::1", "2620:4f:8000::1", "3fff::1", "5f00::1", "fc00::1", "fd00:ec2::254", "fe80::1", "fe80::1%eth0",
    "fec0::1", "ff02::1", "ff0e::1",
]  # fmt: skip
ALLOWED = [
    "1.1.1.1", "9.255.255.255", "11.0.0.0", "93.184.215.14", "100.63.255.255", "100.128.0.0", "126.255.255.255",
    "168.63.129.15", "169.253.255.255", "172.15.255.255", "172.32.0.0", "192.0.1.0", "192.167.255.255",
    "198.17.255.255",
    "198.20.0.0", "223.255.255.255", "2001:200::1", "2001:4860:4860::8888", "2003::1", "2606:4700::1", "2a00::1",
    "3ffe::1",
]  # fmt: skip


@pytest.mark.parametrize("text", REFUSED)
def test_v_net_1_an_address_that_is_not_global_unicast_is_refused(text: str) -> None:
    assert not is_global_unicast(ip_address(text))
    with pytest.raises(UnreachableError) as caught:
        public_addresses("badges.example", ["93.184.215.14", text])
    assert caught.value.code == "network.address"
    assert text not in str(caught.value), "the answer is no map of an internal network"


@pytest.mark.parametrize("text", ALLOWED)
def test_a_neighbour_of_a_refused_block_is_allowed(text: str) -> None:
    assert is_global_unicast(ip_address(text))
    assert public_addresses("badges.example", [text]) == [ip_address(text)]


def test_the_same_address_twice_is_tried_once() -> None:
    assert public_addresses("a.example", ["1.1.1.1", "1.1.1.1"]) == [ip_address("1.1.1.1")]


@pytest.mark.parametrize("text", ["127.0.0.1", "::1"])
def test_loopback_is_allowed_only_by_the_switch_for_tests(text: str) -> None:
    assert public_addresses("localhost", [text], allow_loopback=True) == [ip_address(text)]


@pytest.mark.parametrize("text", ["10.0.0.1", "169.254.169.254", "::ffff:127.0.0.1", "0.0.0.0", "::"])
def test_the_switch_for_tests_allows_nothing_but_loopback(text: str) -> None:
    with pytest.raises(UnreachableError):
        public_addresses("localhost", [text], allow_loopback=True)


@pytest.mark.parametrize(("found", "code"), [([], "network.name"), (["badges.example"], "network.address")])
def test_a_resolver_without_a_usable_answer_is_refused(found: list[str], code: str) -> None:
    with pytest.raises(UnreachableError) as caught:
        public_addresses("badges.example", found)
    assert caught.value.code == code


def test_every_address_of_the_system_resolver_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    def answer(host: str, port: int, **_: object) -> list[tuple[object, ...]]:
        assert (host, port) == ("badges.example", 443)
        return [(2, 1, 6, "", ("1.1.1.1", 443)), (10, 1, 6, "", ("2606:4700::1", 443, 0, 0))]

    monkeypatch.setattr(socket, "getaddrinfo", answer)
    assert system_resolver("badges.example", 443) == ["1.1.1.1", "2606:4700::1"]


@pytest.mark.parametrize("failure", [socket.gaierror(-2, "unknown"), UnicodeError("label too long")])
def test_a_name_that_cannot_be_resolved_is_unreachable(failure: Exception) -> None:
    def resolver(host: str, port: int) -> list[str]:
        raise failure

    with pytest.raises(UnreachableError) as caught:
        resolve(resolver, "nowhere.example", 443, seconds=5)
    assert caught.value.code == "network.name"


def test_a_mistake_in_a_handed_in_resolver_is_not_hidden() -> None:
    def resolver(host: str, port: int) -> list[str]:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        resolve(resolver, "a.example", 443, seconds=5)


def test_a_resolver_that_hangs_is_left_behind() -> None:
    release = threading.Event()

    def resolver(host: str, port: int) -> list[str]:
        release.wait(5)
        return ["1.1.1.1"]

    with pytest.raises(UnreachableError) as caught:
        resolve(resolver, "slow.example", 443, seconds=0.05)
    release.set()
    assert caught.value.code == "network.timeout"
