from __future__ import annotations

import pytest

from openbadges.errors import UnreachableError
from openbadges.net.targets import Target, read_target, redirect_target


def code_of(url: str, ports: tuple[int, ...] = (443,)) -> str:
    with pytest.raises(UnreachableError) as caught:
        read_target(url, ports=ports, max_chars=2048)
    return caught.value.code


@pytest.mark.parametrize(
    ("url", "host", "path"),
    [
        ("https://badges.example", "badges.example", "/"),
        ("https://badges.example/", "badges.example", "/"),
        ("HTTPS://Badges.Example/A?b=%20c", "badges.example", "/A?b=%20c"),
        ("https://badges.example:443/a", "badges.example", "/a"),
        ("https://badges.example?x=/y?z", "badges.example", "/?x=/y?z"),
        ("https://xn--bcher-kva.example/", "xn--bcher-kva.example", "/"),
        ("https://a-b.c0.example/x@y:z", "a-b.c0.example", "/x@y:z"),
    ],
)
def test_a_plain_https_url_is_read(url: str, host: str, path: str) -> None:
    target = read_target(url, max_chars=2048)
    assert (target.host, target.port, target.path) == (host, 443, path)
    assert target.url == f"https://{host}{path}"


def test_another_port_is_read_only_when_it_is_listed() -> None:
    target = read_target("https://a.example:8443/x", ports=(443, 8443), max_chars=2048)
    assert (target.authority, target.url) == ("a.example:8443", "https://a.example:8443/x")
    assert code_of("https://a.example:8443/x") == "network.port"
    assert code_of("https://a.example/", ports=(8443,)) == "network.port"


@pytest.mark.parametrize("port", ["", "0", "0443", "+443", "443x", "65536", "99999", "443:443", " 443"])
def test_a_strange_port_is_refused(port: str) -> None:
    assert code_of(f"https://a.example:{port}/") in {"network.port", "network.url"}


@pytest.mark.parametrize(
    "url",
    ["http://a.example/", "ftp://a.example/", "file:///etc/passwd", "//a.example/", "a.example", "",
     "https:/a.example/",
     "data:text/plain,x", "gopher://a.example/", " https://a.example/"],
)  # fmt: skip
def test_v_net_1_only_https(url: str) -> None:
    assert code_of(url) == "network.scheme"


@pytest.mark.parametrize(
    "url",
    ["https://a.example/ x", "https://a.example/\r\nX: y", "https://a.example\\@b.example/", "https://a.example/#f",
     "https://a.example/\x00", "https://a.example/ü", "https://bücher.example/", "https://a.example/%zz",
     "https://a\t.b/",
     "https://。example/", "https://a.example/\n"],
)  # fmt: skip
def test_a_character_that_no_url_has_is_refused(url: str) -> None:
    assert code_of(url) == "network.url"


@pytest.mark.parametrize(
    "url", ["https://u@a.example/", "https://u:p@a.example/", "https://good.example@evil.example/"]
)
def test_v_net_1_no_user_information(url: str) -> None:
    assert code_of(url) == "network.userinfo"


@pytest.mark.parametrize(
    "host",
    ["", "127.0.0.1", "2130706433", "0x7f000001", "127.1", "0177.0.0.1", "[::1]", "a..example", ".example",
     "a.example.",
     "-a.example", "a-.example", "a_b.example", "%61.example", "a" * 64 + ".example", "a." * 127 + "example",
     "ab--c.example",
     "93.184.215.14", "a.example,b"],
)  # fmt: skip
def test_v_net_1_the_host_is_a_strict_ascii_name(host: str) -> None:
    assert code_of(f"https://{host}/") in {"network.host", "network.port"}


def test_the_length_is_bounded_before_anything_is_read() -> None:
    base = "https://a.example/"
    assert read_target(base + "x" * (2048 - len(base)), max_chars=2048)
    assert code_of(base + "x" * (2049 - len(base))) == "network.url_too_long"


BASE = Target(host="a.example", port=443, path="/dir/one?x")


@pytest.mark.parametrize(
    ("location", "url"),
    [
        ("/two", "https://a.example/two"),
        ("two", "https://a.example/dir/two"),
        ("//b.example/z", "https://b.example/z"),
        ("https://b.example/#part", "https://b.example/"),
    ],
)
def test_where_an_answer_sends_on_to(location: str, url: str) -> None:
    assert redirect_target(BASE, [location], ports=(443,), max_chars=2048).url == url


@pytest.mark.parametrize(
    ("locations", "code"),
    [
        ([], "network.redirect_location"),
        (["/a", "/b"], "network.redirect_location"),
        (["https://[/"], "network.redirect_location"),
        (["/" + "x" * 2048], "network.redirect_location"),
        (["http://a.example/"], "network.scheme"),
        (["https://a.example:8443/"], "network.port"),
        (["https://127.0.0.1/"], "network.host"),
        (["https://u@b.example/"], "network.userinfo"),
        (["/ü"], "network.url"),
    ],
)
def test_v_net_1_every_redirect_is_read_as_strictly(locations: list[str], code: str) -> None:
    with pytest.raises(UnreachableError) as caught:
        redirect_target(BASE, locations, ports=(443,), max_chars=2048)
    assert caught.value.code == code
