from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta

import pytest

from openbadges.errors import ConfigurationError, LimitError, OpenBadgesError, UnreachableError
from openbadges.net import CachedAnswer, CachingFetcher
from openbadges.ports import Fetched, Rememberer

URL = "https://a.example/status/1"


class Clock:
    def __init__(self) -> None:
        self.time = datetime(2026, 11, 22, 12, tzinfo=UTC)

    def now(self) -> datetime:
        return self.time

    def wait(self, **span: int) -> None:
        self.time += timedelta(**span)


class Web:
    def __init__(self) -> None:
        self.bodies: dict[str, bytes | OpenBadgesError] = {URL: b"one"}
        self.asked: list[str] = []

    def get(self, url: str, *, accept: str, max_bytes: int, redirects: int | None = None) -> Fetched:
        self.asked.append(url)
        body = self.bodies[url]
        if isinstance(body, OpenBadgesError):
            raise body
        return Fetched(url=url, body=body, media_type="application/vc")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def web() -> Web:
    return Web()


def ask(cache: CachingFetcher, url: str = URL, *, accept: str = "*/*", max_bytes: int = 100) -> CachedAnswer:
    return cache.get(url, accept=accept, max_bytes=max_bytes)


def test_v_st_4_an_answer_is_used_for_its_time_and_shows_age_and_digest(web: Web, clock: Clock) -> None:
    cache = CachingFetcher(web, clock=clock, ttl=timedelta(minutes=10))
    first = ask(cache)
    assert (first.body, first.media_type, first.age_seconds, first.stale) == (b"one", "application/vc", 0, False)
    assert first.sha256 == hashlib.sha256(b"one").hexdigest()
    web.bodies[URL] = b"two"
    clock.wait(seconds=599)
    assert (ask(cache).body, ask(cache).age_seconds) == (b"one", 599)
    clock.wait(seconds=1)
    second = ask(cache)
    assert (second.body, second.age_seconds) == (b"two", 0)
    assert second.sha256 != first.sha256
    assert len(web.asked) == 2


def test_v_st_4_no_time_to_live_is_longer_than_a_day(web: Web, clock: Clock) -> None:
    cache = CachingFetcher(web, clock=clock, ttl=timedelta(days=30))
    ask(cache)
    clock.wait(hours=23, minutes=59)
    ask(cache)
    assert len(web.asked) == 1
    clock.wait(minutes=1)
    ask(cache)
    assert len(web.asked) == 2


def test_a_failure_is_neither_hidden_nor_remembered(web: Web, clock: Clock) -> None:
    cache = CachingFetcher(web, clock=clock)
    ask(cache)
    clock.wait(minutes=5)
    web.bodies[URL] = UnreachableError("network.timeout", host="a.example")
    for _ in range(2):
        with pytest.raises(UnreachableError):
            ask(cache)
    assert len(web.asked) == 3


def test_v_st_4_a_stale_answer_is_given_only_when_asked_for_and_says_so(web: Web, clock: Clock) -> None:
    cache = CachingFetcher(web, clock=clock, keep_stale=True)
    ask(cache)
    web.bodies[URL] = UnreachableError("network.timeout", host="a.example")
    clock.wait(hours=23)
    stale = ask(cache)
    assert (stale.body, stale.stale, stale.age_seconds) == (b"one", True, 23 * 3600)
    clock.wait(hours=1)
    with pytest.raises(UnreachableError):
        ask(cache)


def test_v_st_4_a_document_can_say_itself_how_long_it_may_be_used(web: Web, clock: Clock) -> None:
    cache = CachingFetcher(web, clock=clock, keep_stale=True)
    assert isinstance(cache, Rememberer)
    ask(cache)
    ask(cache, accept="text/plain")
    cache.limit_age("https://a.example/other", 0)
    cache.limit_age(URL, 1e300)
    cache.limit_age(URL, 60)
    cache.limit_age(URL, 90)  # the shorter one stays
    clock.wait(seconds=59)
    assert (ask(cache).age_seconds, ask(cache, accept="text/plain").stale) == (59, False)
    assert len(web.asked) == 2
    web.bodies[URL] = b"two"
    clock.wait(seconds=1)
    assert ask(cache).body == b"two"
    cache.limit_age(URL, -5)
    web.bodies[URL] = UnreachableError("network.timeout", host="a.example")
    assert (ask(cache).body, ask(cache).stale) == (b"two", True)
    assert len(web.asked) == 5


def test_gone_ends_even_a_stale_answer(web: Web, clock: Clock) -> None:
    cache = CachingFetcher(web, clock=clock, keep_stale=True)
    ask(cache)
    clock.wait(minutes=6)
    web.bodies[URL] = UnreachableError("network.gone", url=URL)
    with pytest.raises(UnreachableError):
        ask(cache)
    web.bodies[URL] = UnreachableError("network.timeout", host="a.example")
    with pytest.raises(UnreachableError):
        ask(cache)


def test_a_clock_that_was_set_back_makes_no_answer_fresh(web: Web, clock: Clock) -> None:
    cache = CachingFetcher(web, clock=clock)
    ask(cache)
    clock.wait(seconds=-1)
    assert ask(cache).age_seconds == 0
    assert len(web.asked) == 2


def test_another_question_about_the_same_url_is_asked_again(web: Web, clock: Clock) -> None:
    cache = CachingFetcher(web, clock=clock)
    ask(cache)
    ask(cache, accept="application/json")
    cache.get(URL, accept="*/*", max_bytes=100, redirects=0)
    assert len(web.asked) == 3


def test_a_remembered_body_is_held_to_the_limit_of_each_caller(web: Web, clock: Clock) -> None:
    cache = CachingFetcher(web, clock=clock)
    assert ask(cache, max_bytes=3).body == b"one"
    with pytest.raises(LimitError) as caught:
        ask(cache, max_bytes=2)
    assert caught.value.code == "network.body_too_large"


def test_forgetting_a_url_forgets_all_questions_about_it(web: Web, clock: Clock) -> None:
    web.bodies["https://b.example/"] = b"b"
    cache = CachingFetcher(web, clock=clock)
    for _ in range(2):
        ask(cache)
        ask(cache, accept="x/y")
        ask(cache, "https://b.example/")
        cache.forget(URL)
    assert web.asked.count(URL) == 4
    assert web.asked.count("https://b.example/") == 1


def test_the_longest_unused_answer_goes_first(web: Web, clock: Clock) -> None:
    urls = [f"https://a.example/{number}" for number in range(3)]
    web.bodies |= dict.fromkeys(urls, b"x")
    cache = CachingFetcher(web, clock=clock, max_entries=2)
    for url in (urls[0], urls[1], urls[0], urls[2], urls[0], urls[1]):
        ask(cache, url)
    assert web.asked == [urls[0], urls[1], urls[2], urls[1]]


def test_the_bytes_are_bounded_and_a_larger_body_is_passed_on(web: Web, clock: Clock) -> None:
    web.bodies = {"https://a.example/1": b"12345", "https://a.example/2": b"123456", "https://a.example/3": b"x" * 11}
    cache = CachingFetcher(web, clock=clock, max_bytes=10)
    ask(cache, "https://a.example/1")
    ask(cache, "https://a.example/2")
    ask(cache, "https://a.example/2")
    assert ask(cache, "https://a.example/3").body == b"x" * 11
    ask(cache, "https://a.example/3")
    ask(cache, "https://a.example/2")
    ask(cache, "https://a.example/1")
    assert [url[-1] for url in web.asked] == ["1", "2", "3", "3", "1"]


@pytest.mark.parametrize("numbers", [{"ttl": timedelta(0)}, {"max_entries": 0}, {"max_bytes": 0}])
def test_a_cache_without_time_or_room_is_the_callers_mistake(
    web: Web, clock: Clock, numbers: dict[str, object]
) -> None:
    with pytest.raises(ConfigurationError) as caught:
        CachingFetcher(web, clock=clock, **numbers)  # type: ignore[arg-type]  # wrong on purpose
    assert caught.value.code == "network.lifetime"


def test_a_session_counts_what_memory_answers_too(web: Web, clock: Clock) -> None:
    session = CachingFetcher(web, clock=clock).session(2)
    for _ in range(2):
        session.get(URL, accept="*/*", max_bytes=10)
    with pytest.raises(UnreachableError) as caught:
        session.get(URL, accept="*/*", max_bytes=10)
    assert caught.value.code == "network.too_many_fetches"
