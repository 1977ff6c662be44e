"""What the guarded fetcher refuses before a connection is made; the connections are in tests/integration."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator

import pytest

from openbadges.errors import ConfigurationError, UnreachableError
from openbadges.limits import Limits
from openbadges.net import FetchSession, GuardedFetcher
from openbadges.net.wire import Deadline
from openbadges.ports import Fetched


@pytest.fixture(autouse=True)
def no_connection(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[object]]:
    made: list[object] = []

    def connect(*args: object, **_: object) -> None:
        made.append(args)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "create_connection", connect)
    yield made
    assert made == [], "nothing here may connect"


def code_of(fetcher: GuardedFetcher, url: str, **options: object) -> str:
    with pytest.raises((UnreachableError, ConfigurationError)) as caught:
        fetcher.get(url, accept=str(options.get("accept", "*/*")), max_bytes=1000)
    return caught.value.code


def test_v_net_1_a_name_with_one_internal_address_is_refused() -> None:
    asked: list[tuple[str, int]] = []

    def resolver(host: str, port: int) -> list[str]:
        asked.append((host, port))
        return ["93.184.215.14", "169.254.169.254"]

    assert code_of(GuardedFetcher(resolver=resolver), "https://a.example/latest/meta-data") == "network.address"
    assert asked == [("a.example", 443)]


@pytest.mark.parametrize(
    "url", ["http://a.example/", "https://u:p@a.example/", "https://a.example:22/", "https://[::1]/"]
)
def test_v_net_1_a_refused_url_is_not_even_looked_up(url: str) -> None:
    def resolver(host: str, port: int) -> list[str]:
        raise AssertionError(host)

    assert code_of(GuardedFetcher(resolver=resolver), url).startswith("network.")


@pytest.mark.parametrize("accept", ["", "a\r\nX-Evil: 1", "text/plain\x00", "ü", "x" * 1001])
def test_an_accept_value_that_cannot_be_sent_is_the_callers_mistake(accept: str) -> None:
    assert code_of(GuardedFetcher(resolver=lambda _h, _p: ["1.1.1.1"]), "https://a.example/", accept=accept) == (
        "network.accept"
    )


@pytest.mark.parametrize("what", ["names", "certificates"])
def test_tls_settings_that_check_nothing_are_refused(what: str) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    if what == "certificates":
        context.verify_mode = ssl.CERT_NONE
    with pytest.raises(ConfigurationError) as caught:
        GuardedFetcher(ssl_context=context)
    assert caught.value.code == "network.unsafe_tls"


def test_a_time_that_is_up_before_the_name_is_asked_is_a_timeout() -> None:
    times = iter([0.0, 99.0])
    fetcher = GuardedFetcher(resolver=lambda _h, _p: ["1.1.1.1"], timer=lambda: next(times))
    assert code_of(fetcher, "https://a.example/") == "network.timeout"


def test_a_deadline_gives_what_is_left_and_no_more() -> None:
    now = 100.0
    deadline = Deadline(lambda: now, 10.0)
    assert deadline.remaining() == 10.0
    assert deadline.remaining(3.0) == 3.0
    now = 108.0
    assert deadline.remaining(3.0) == 2.0
    now = 110.0
    with pytest.raises(TimeoutError):
        deadline.remaining()


class Web:
    def __init__(self) -> None:
        self.asked: list[tuple[str, int | None]] = []

    def get(self, url: str, *, accept: str, max_bytes: int, redirects: int | None = None) -> Fetched:
        self.asked.append((url, redirects))
        raise UnreachableError("network.gone", url=url)


def test_v_net_1_a_session_passes_on_ten_requests_even_failed_ones() -> None:
    web = Web()
    session = FetchSession(web)
    for number in range(10):
        with pytest.raises(UnreachableError, match="410"):
            session.get(f"https://a.example/{number}", accept="*/*", max_bytes=1, redirects=0)
    with pytest.raises(UnreachableError) as caught:
        session.get("https://a.example/10", accept="*/*", max_bytes=1)
    assert caught.value.code == "network.too_many_fetches"
    assert caught.value.params == {"limit": 10}
    assert session.made == len(web.asked) == 10
    assert web.asked[0] == ("https://a.example/0", 0)


def test_the_fetchers_own_session_takes_the_limit_from_limits() -> None:
    session = GuardedFetcher(limits=Limits(fetches=1), resolver=lambda _h, _p: []).session()
    codes = []
    for _ in range(2):
        with pytest.raises(UnreachableError) as caught:
            session.get("https://a.example/", accept="*/*", max_bytes=1)
        codes.append(caught.value.code)
    assert codes == ["network.name", "network.too_many_fetches"]
