"""The guarded fetcher against a real TLS server on the loopback interface, which counts who connects."""

from __future__ import annotations

import contextlib
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from openbadges.errors import LimitError, UnreachableError
from openbadges.limits import Limits
from openbadges.net import GuardedFetcher

pytestmark = pytest.mark.integration

HOST = "badges.example"
OK = b"HTTP/1.1 200 OK\r\nContent-Type: application/vc; charset=utf-8\r\nContent-Length: 2\r\n\r\n{}"

Respond = Callable[[ssl.SSLSocket, bytes], None]


@dataclass
class Server:
    port: int
    context: ssl.SSLContext
    authority: Path
    respond: Respond = lambda line, _request: line.sendall(OK)
    accepted: int = 0
    requests: list[bytes] = field(default_factory=list)

    def url(self, path: str = "/a", host: str = HOST) -> str:
        return f"https://{host}:{self.port}{path}"

    def answers(self, *pieces: bytes) -> None:
        def respond(line: ssl.SSLSocket, _request: bytes) -> None:
            for piece in pieces:
                line.sendall(piece)

        self.respond = respond

    def redirects(self, table: dict[str, str]) -> None:
        def respond(line: ssl.SSLSocket, request: bytes) -> None:
            location = table.get(request.split()[1].decode())
            line.sendall(OK if location is None else redirect(location))

        self.respond = respond

    def client_context(self) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.load_verify_locations(self.authority)
        return context

    def handle(self, plain: socket.socket) -> None:
        with contextlib.suppress(OSError, ValueError), plain:  # the client may be gone
            plain.settimeout(5)
            with self.context.wrap_socket(plain, server_side=True) as line:
                request = b""
                while not request.endswith(b"\r\n\r\n"):
                    request += line.recv(4096)
                self.requests.append(request)
                self.respond(line, request)
                line.unwrap()


def redirect(location: str) -> bytes:
    return f"HTTP/1.1 302 Found\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n".encode()


def certificate(folder: Path) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "test authority")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(
            x509.SubjectAlternativeName([x509.DNSName(HOST), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]),
            critical=False,
        )
        .sign(key, hashes.SHA256())
    )
    path = folder / "both.pem"
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(secret + made.public_bytes(serialization.Encoding.PEM))
    return path


@pytest.fixture(scope="module")
def pem(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return certificate(tmp_path_factory.mktemp("tls"))


@pytest.fixture
def server(pem: Path) -> Iterator[Server]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        served = Server(port=listener.getsockname()[1], context=context, authority=pem)
        threads: list[threading.Thread] = []

        def serve() -> None:
            with contextlib.suppress(OSError):
                while True:
                    plain, _ = listener.accept()
                    served.accepted += 1
                    threads.append(threading.Thread(target=served.handle, args=(plain,), daemon=True))
                    threads[-1].start()

        acceptor = threading.Thread(target=serve, daemon=True)
        acceptor.start()
        yield served
        listener.shutdown(socket.SHUT_RDWR)
        acceptor.join(5)
        for thread in threads:
            thread.join(5)


def guarded(server: Server, **changes: object) -> GuardedFetcher:
    options: dict[str, object] = {
        "resolver": lambda _host, _port: ["127.0.0.1"],
        "ssl_context": server.client_context(),
        "allow_ports": (server.port,),
        "allow_loopback": True,
        "limits": Limits(fetch_seconds=5, connect_seconds=3),
    }
    return GuardedFetcher(**(options | changes))  # type: ignore[arg-type]  # a table of options


def code_of(fetcher: GuardedFetcher, url: str, *, max_bytes: int = 1000, redirects: int | None = None) -> str:
    with pytest.raises((UnreachableError, LimitError)) as caught:
        fetcher.get(url, accept="*/*", max_bytes=max_bytes, redirects=redirects)
    assert str(caught.value) != caught.value.code, "the code has a sentence"
    return caught.value.code


def test_a_document_comes_with_its_address_and_media_type(server: Server) -> None:
    fetched = guarded(server).get(server.url("/a?b=c"), accept="application/vc, */*;q=0.1", max_bytes=2)
    assert (fetched.body, fetched.media_type, fetched.status) == (b"{}", "application/vc", 200)
    assert fetched.url == server.url("/a?b=c")
    head = server.requests[0].decode().split("\r\n")
    assert head[0] == "GET /a?b=c HTTP/1.1"
    assert f"Host: {HOST}:{server.port}" in head
    assert "Accept: application/vc, */*;q=0.1" in head
    assert "Accept-Encoding: identity" in head


def test_v_net_1_refused_addresses_see_no_connection(server: Server) -> None:
    fetcher = guarded(server, allow_loopback=False)
    assert code_of(fetcher, server.url()) == "network.address"
    for found in (["::ffff:127.0.0.1"], ["1.1.1.1", "127.0.0.1"], ["0.0.0.0"], ["64:ff9b::7f00:1"], ["2002:7f00:1::"]):
        assert code_of(guarded(server, allow_loopback=False, resolver=lambda _h, _p, f=found: f), server.url()) == (
            "network.address"
        )
    for url in (
        f"https://127.0.0.1:{server.port}/",
        f"https://2130706433:{server.port}/",
        f"https://user@{HOST}:{server.port}/",
        f"http://{HOST}:{server.port}/",
        f"https://{HOST}:{server.port + 1}/",
    ):
        assert code_of(guarded(server), url).startswith("network.")
    assert server.accepted == 0


def test_v_net_1_a_name_is_looked_up_once_and_that_address_is_asked(server: Server) -> None:
    answers = iter([["127.0.0.1"], ["169.254.169.254"]])
    fetcher = guarded(server, resolver=lambda _h, _p: next(answers))
    assert fetcher.get(server.url(), accept="*/*", max_bytes=2).body == b"{}"
    assert code_of(fetcher, server.url()) == "network.address"
    assert server.accepted == 1


def test_v_net_1_a_redirect_is_looked_up_again(server: Server) -> None:
    server.redirects({"/a": "/b"})
    answers = iter([["127.0.0.1"], ["10.0.0.1"]])
    assert code_of(guarded(server, resolver=lambda _h, _p: next(answers)), server.url()) == "network.address"
    assert server.accepted == 1


def test_the_certificate_has_to_be_for_the_name(server: Server) -> None:
    assert code_of(guarded(server), server.url(host="other.example")) == "network.certificate"
    assert code_of(guarded(server, ssl_context=None), server.url()) == "network.certificate"
    assert server.requests == []


def test_three_redirects_are_followed_and_no_fourth(server: Server) -> None:
    server.redirects({"/4": "/3", "/3": "2", "/2": server.url("/1"), "/1": "/0#part"})
    assert guarded(server).get(server.url("/3"), accept="*/*", max_bytes=2).url == server.url("/0")
    assert code_of(guarded(server), server.url("/4")) == "network.too_many_redirects"
    assert code_of(guarded(server), server.url("/3"), redirects=2) == "network.too_many_redirects"
    assert code_of(guarded(server), server.url("/4"), redirects=99) == "network.too_many_redirects"


def test_v_net_1_no_redirect_is_followed_where_none_is_allowed(server: Server) -> None:
    server.redirects({"/a": "/b"})
    assert code_of(guarded(server), server.url(), redirects=0) == "network.redirect"
    assert server.accepted == 1


@pytest.mark.parametrize(
    ("location", "code"),
    [
        ("http://badges.example/", "network.scheme"),
        ("https://badges.example/", "network.port"),
        ("https://127.0.0.1/", "network.host"),
        ("https://user:password@badges.example/", "network.userinfo"),
        ("file:///etc/passwd", "network.scheme"),
    ],
)
def test_v_net_1_a_redirect_to_a_refused_address_is_not_followed(server: Server, location: str, code: str) -> None:
    server.redirects({"/a": location})
    assert code_of(guarded(server), server.url()) == code
    assert server.accepted == 1


def test_no_cookie_and_no_credential_is_carried(server: Server) -> None:
    server.answers(OK.replace(b"\r\n\r\n", b"\r\nSet-Cookie: a=b\r\n\r\n", 1))
    fetcher = guarded(server)
    for _ in range(2):
        fetcher.get(server.url(), accept="*/*", max_bytes=2)
    assert len(server.requests) == 2
    assert not any(b"cookie" in request.lower() or b"authorization" in request.lower() for request in server.requests)


def test_v_net_1_a_proxy_in_the_environment_is_ignored(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1/")
    assert guarded(server).get(server.url(), accept="*/*", max_bytes=2).body == b"{}"


def test_410_has_a_code_of_its_own(server: Server) -> None:
    server.answers(b"HTTP/1.1 410 Gone\r\nContent-Length: 0\r\n\r\n")
    assert code_of(guarded(server), server.url()) == "network.gone"


@pytest.mark.parametrize("status", ["204 No Content", "206 Partial Content", "304 Not Modified", "403 No", "500 Oh"])
def test_an_answer_that_is_not_the_document_is_refused(server: Server, status: str) -> None:
    server.answers(f"HTTP/1.1 {status}\r\nContent-Length: 0\r\n\r\n".encode())
    if status.startswith("204"):
        assert guarded(server).get(server.url(), accept="*/*", max_bytes=2).body == b""
    else:
        assert code_of(guarded(server), server.url()) == "network.status"


def test_an_announced_length_over_the_limit_is_refused_before_the_body(server: Server) -> None:
    server.answers(b"HTTP/1.1 200 OK\r\nContent-Length: 1001\r\n\r\n")
    assert code_of(guarded(server), server.url()) == "network.body_too_large"


@pytest.mark.parametrize("chunked", [True, False])
def test_a_body_without_length_is_cut_off_at_the_limit(server: Server, *, chunked: bool) -> None:
    def answer(count: int) -> None:
        head = b"HTTP/1.1 200 OK\r\n"
        if chunked:
            server.answers(head + b"Transfer-Encoding: chunked\r\n\r\n", *[b"1\r\nx\r\n"] * count, b"0\r\n\r\n")
        else:
            server.answers(head + b"\r\n", b"x" * count)

    answer(1000)
    assert guarded(server).get(server.url(), accept="*/*", max_bytes=1000).body == b"x" * 1000
    answer(1001)
    assert code_of(guarded(server), server.url()) == "network.body_too_large"


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{}", "network.truncated"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\n{}", "network.answer"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}", "network.answer"),
        (b"SSH-2.0-OpenSSH_9.9\r\n", "network.answer"),
        (b"", "network.connection"),
        (b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n\x1f\x8b", "network.encoding"),
        (b"HTTP/1.1 200 OK\r\nContent-Encoding: br, identity\r\n\r\n{}", "network.encoding"),
        (b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 101 + b"\r\n{}", "network.answer"),
        (b"HTTP/1.1 200 OK\r\nX: " + b"y" * 66_000 + b"\r\n\r\n{}", "network.overhead"),
        (b"HTTP/1.1 100 Continue\r\n\r\n" * 3000, "network.overhead"),
        (b"HTTP/1.1 302 Found\r\n\r\n", "network.redirect_location"),
        (b"HTTP/1.1 302 Found\r\nLocation: /a\r\nLocation: /b\r\n\r\n", "network.redirect_location"),
    ],
)
def test_an_answer_that_is_no_proper_http_is_a_typed_error(server: Server, answer: bytes, code: str) -> None:
    server.answers(answer)
    assert code_of(guarded(server), server.url()) == code


def test_chunk_extensions_do_not_carry_more_than_the_limit_foresees(server: Server) -> None:
    extension = b"1;" + b"e" * 60_000 + b"\r\nx\r\n"
    server.answers(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", *[extension] * 5)
    assert code_of(guarded(server), server.url()) == "network.overhead"


def test_a_connection_cut_without_a_proper_end_is_not_a_whole_body(server: Server) -> None:
    def respond(line: ssl.SSLSocket, _request: bytes) -> None:
        line.sendall(b"HTTP/1.1 200 OK\r\n\r\n{}")
        line.shutdown(socket.SHUT_RDWR)  # TCP ends, TLS does not: an attacker in between can do as much

    server.respond = respond
    assert code_of(guarded(server), server.url()) == "network.truncated"


@pytest.mark.parametrize("part", ["header", "body"])
def test_v_net_1_a_server_that_drips_bytes_meets_the_deadline(server: Server, part: str) -> None:
    def respond(line: ssl.SSLSocket, _request: bytes) -> None:
        if part == "body":
            line.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n")
        else:
            line.sendall(b"HTTP/1.1 200 OK\r\nX: ")
        for _ in range(60):
            line.sendall(b"x")
            time.sleep(0.05)

    server.respond = respond
    began = time.monotonic()
    fetcher = guarded(server, limits=Limits(fetch_seconds=0.4, connect_seconds=0.4))
    assert code_of(fetcher, server.url()) == "network.timeout"
    assert time.monotonic() - began < 2


def test_a_server_that_never_shakes_hands_meets_the_connect_time() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        fetcher = GuardedFetcher(
            resolver=lambda _h, _p: ["127.0.0.1"],
            allow_ports=(port,),
            allow_loopback=True,
            limits=Limits(connect_seconds=0.2),
        )
        began = time.monotonic()
        assert code_of(fetcher, f"https://{HOST}:{port}/") == "network.timeout"
        assert time.monotonic() - began < 2


def test_a_server_that_speaks_no_tls_is_refused() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]

        def serve() -> None:
            plain, _ = listener.accept()
            with plain:
                plain.recv(4096)
                plain.sendall(OK)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        fetcher = GuardedFetcher(resolver=lambda _h, _p: ["127.0.0.1"], allow_ports=(port,), allow_loopback=True)
        assert code_of(fetcher, f"https://{HOST}:{port}/") == "network.tls"
        thread.join(5)


def test_the_next_address_is_tried_when_one_takes_no_connection(server: Server) -> None:
    """The server listens on 127.0.0.1 only."""
    fetcher = guarded(server, resolver=lambda _h, _p: ["::1", "127.0.0.1"])
    assert fetcher.get(server.url(), accept="*/*", max_bytes=2).body == b"{}"
    unused = guarded(server, resolver=lambda _h, _p: ["::1"])
    assert code_of(unused, server.url()) == "network.connection"
    assert server.accepted == 1


def test_a_session_makes_no_connection_over_its_budget(server: Server) -> None:
    session = guarded(server, limits=Limits(fetches=2)).session()
    for _ in range(2):
        session.get(server.url(), accept="*/*", max_bytes=2)
    with pytest.raises(UnreachableError) as caught:
        session.get(server.url(), accept="*/*", max_bytes=2)
    assert caught.value.code == "network.too_many_fetches"
    assert server.accepted == 2
