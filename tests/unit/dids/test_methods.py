"""did:key, did:jwk and did:web: strict names, bounded work, one door (V-KEY-5, V-NET-2)."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from openbadges import jsontext
from openbadges.dids import (
    METHODS,
    DidUrl,
    did_jwk,
    did_key,
    did_key_document,
    did_web_document,
    did_web_from_url,
    did_web_url,
    fetch_document,
    jwks,
    parse_did_url,
    resolve,
)
from openbadges.encoding.base import encode_base58, encode_base64url
from openbadges.encoding.multikey import encode_multikey
from openbadges.errors import (
    ConfigurationError,
    LimitError,
    MalformedError,
    OpenBadgesError,
    RefusedError,
    UnreachableError,
    UnsupportedError,
)
from openbadges.keys import SigningKey
from openbadges.limits import Limits
from openbadges.ports import Fetched, NoNetwork

KEYS = {
    "Ed25519": SigningKey.from_multikey(encode_multikey("Ed25519", b"\x01" * 32, secret=True)),
    "P-256": SigningKey.from_multikey(encode_multikey("P-256", b"\x02" * 32, secret=True)),
    "P-384": SigningKey.from_multikey(encode_multikey("P-384", b"\x03" * 48, secret=True)),
}
ED = KEYS["Ed25519"].public_key
EC = KEYS["P-256"].public_key


def refusal(call: Callable[[], object]) -> OpenBadgesError:
    with pytest.raises(OpenBadgesError) as caught:
        call()
    assert caught.value.code.startswith("network.") or str(caught.value) != caught.value.code, "the code has a sentence"
    return caught.value


class Web:
    """A fetcher that has one answer and remembers what it was asked."""

    def __init__(self, body: bytes = b"", media_type: str = "application/did+json") -> None:
        self.body, self.media_type, self.asked = body, media_type, list[Any]()

    def get(self, url: str, *, accept: str, max_bytes: int, redirects: int | None = None) -> Fetched:
        self.asked.append((url, accept, max_bytes, redirects))
        return Fetched(url=url, body=self.body, media_type=self.media_type)


# --- DID URLs


@pytest.mark.parametrize(
    "text",
    [
        "did:web:a.example#k",
        "did:web:a.example%3A8443:x:y#key-1",
        "did:key:z6Mk#z6Mk",
        "did:jwk:ey_-#0",
        "did:x:y#a/b?c",
    ],
)
def test_did_urls_read_back(text: str) -> None:
    url = parse_did_url(text)
    assert str(url) == text
    assert url == DidUrl(*text.split("#"))


@pytest.mark.parametrize(
    ("text", "kind", "code"),
    [
        ("did:web:a.example", RefusedError, "did_url.no_fragment"),
        ("did:web:a.example#", RefusedError, "did_url.no_fragment"),
        ("did:web:a.example?v=1#k", RefusedError, "did_url.query"),
        ("did:web:a.example/p?v=1#k", RefusedError, "did_url.query"),
        ("did:web:a.example/p#k", RefusedError, "did_url.path"),
        ("did:web:a.example#k#l", MalformedError, "did_url.syntax"),
        ("did:web:a.example##k", MalformedError, "did_url.syntax"),
        ("did:web:a.example#k k", MalformedError, "did_url.syntax"),
        ("did:web:a.example#k\n", MalformedError, "did_url.syntax"),
        ("did:web:a.example\n#k", MalformedError, "did_url.syntax"),
        ("did:web:#k", MalformedError, "did_url.syntax"),
        ("did::a#k", MalformedError, "did_url.syntax"),
        ("DID:web:a#k", MalformedError, "did_url.syntax"),
        ("did:Web:a#k", MalformedError, "did_url.syntax"),
        ("did:web:é#k", MalformedError, "did_url.syntax"),
        ("https://a.example#k", MalformedError, "did_url.syntax"),
        ("https://a.example?q#k", MalformedError, "did_url.syntax"),
        ("#k", MalformedError, "did_url.syntax"),
        ("", MalformedError, "did_url.syntax"),
        (None, MalformedError, "did_url.syntax"),
        (["did:web:a#k"], MalformedError, "did_url.syntax"),
    ],
)
def test_a_key_name_is_a_did_and_one_fragment(text: Any, kind: type[OpenBadgesError], code: str) -> None:
    """V-KEY-1."""
    error = refusal(lambda: parse_did_url(text))
    assert (type(error), error.code) == (kind, code)


def test_did_url_length() -> None:
    limits = Limits(url_chars=30, did_key_rsa_chars=10, did_jwk_chars=10)
    longest = "did:web:" + "a" * 22 + "#" + "k" * 10
    assert parse_did_url(longest, limits).fragment == "k" * 10
    assert refusal(lambda: parse_did_url(longest + "k", limits)).code == "did_url.too_long"
    assert isinstance(refusal(lambda: parse_did_url("did:key:" + "z" * 22, limits)), LimitError)
    assert isinstance(refusal(lambda: parse_did_url("did:jwk:" + "z" * 22, limits)), LimitError)


# --- the door


def test_each_method_of_the_table_is_reached() -> None:
    assert set(METHODS) == {"key", "jwk", "web"}
    for did in (did_key(ED), did_jwk(ED)):
        assert resolve(did).id == did


@pytest.mark.parametrize(
    ("did", "kind", "code"),
    [
        ("did:ethr:0x1", UnsupportedError, "did.unknown_method"),
        ("did:keys:z6Mk", UnsupportedError, "did.unknown_method"),
        (did_key(ED) + "#k", MalformedError, "did.syntax"),
        (did_key(ED) + "?a", MalformedError, "did.syntax"),
        (did_key(ED) + "/a", MalformedError, "did.syntax"),
        (did_key(ED) + "\n", MalformedError, "did.syntax"),
        (" " + did_key(ED), MalformedError, "did.syntax"),
        ("did:key:", MalformedError, "did.syntax"),
        ("did:", MalformedError, "did.syntax"),
        ("", MalformedError, "did.syntax"),
        ("https://a.example", MalformedError, "did.syntax"),
        (7, MalformedError, "did.syntax"),
        ("did:web:" + "a" * 2041, LimitError, "did.too_long"),
    ],
)
def test_only_bare_dids_of_known_methods_resolve(did: Any, kind: type[OpenBadgesError], code: str) -> None:
    error = refusal(lambda: resolve(did))
    assert (type(error), error.code) == (kind, code)


@pytest.mark.parametrize("name", METHODS)
def test_a_resolver_takes_no_foreign_did(name: str) -> None:
    error = refusal(lambda: METHODS[name]("did:other:x", NoNetwork(), Limits()))
    assert (type(error), error.code) == (MalformedError, "did.syntax")


def test_without_a_fetcher_there_is_no_network() -> None:
    error = refusal(lambda: resolve("did:web:a.example"))
    assert (type(error), error.code) == (UnreachableError, "network.offline")


# --- did:key


@pytest.mark.parametrize("kind", KEYS)
def test_did_key_document(kind: str) -> None:
    signer = KEYS[kind]
    document = resolve(signer.did)
    assert document.to_json() == did_key_document(signer.public_key)
    for purpose in ("assertionMethod", "authentication", "capabilityInvocation", "capabilityDelegation"):
        assert document.key_for(signer.verification_method, purpose) == signer.public_key
    assert refusal(lambda: document.key_for(signer.verification_method, "keyAgreement")).code == "key.wrong_purpose"
    assert refusal(lambda: document.key_for(f"{signer.did}#0", "assertionMethod")).code == "key.not_listed"
    read_again = type(document).from_json(document.to_json(), signer.did)
    assert read_again.key_for(signer.verification_method, "assertionMethod") == signer.public_key


@pytest.mark.parametrize(
    ("did", "kind", "code"),
    [
        ("did:key:u7QEBAQ", MalformedError, "multikey.prefix"),
        ("did:key:1.1:" + ED.to_multikey(), MalformedError, "multikey.prefix"),
        ("did:key:" + ED.to_multikey()[1:], MalformedError, "multikey.prefix"),
        ("did:key:z" + encode_base58(b"\xed\x01" + ED.raw + b"\0"), MalformedError, "multikey.length"),
        ("did:key:" + ED.to_multikey() + "1", UnsupportedError, "multikey.unknown"),
        ("did:key:" + ED.to_multikey() + "0", MalformedError, "base58.character"),
        ("did:key:z" + "1" * 256, LimitError, "multikey.too_long"),
        ("did:key:z" + "1" * 1600, LimitError, "did.too_long"),
        ("did:key:" + KEYS["Ed25519"].private_multikey(), RefusedError, "key.secret_published"),
        ("did:key:z" + encode_base58(b"\xed\x01" + b"\0" * 32), RefusedError, "key.small_order"),
        ("did:key:z" + encode_base58(b"\xec\x01" + b"\x09" * 32), UnsupportedError, "multikey.unsupported"),
    ],
)
def test_v_key_5_did_key_is_strict(did: str, kind: type[OpenBadgesError], code: str) -> None:
    """V-KEY-5."""
    error = refusal(lambda: resolve(did))
    assert (type(error), error.code) == (kind, code)


# --- did:jwk


def jwk_did(jwk: Any) -> str:
    return "did:jwk:" + encode_base64url(jwk if isinstance(jwk, bytes) else json.dumps(jwk).encode())


def test_did_jwk_document() -> None:
    did = did_jwk(EC)
    document = resolve(did)
    assert document.key_for(f"{did}#0", "assertionMethod") == EC
    assert document.relationships["keyAgreement"] == {f"{did}#0"}
    assert document.to_json()["verificationMethod"][0]["publicKeyJwk"] == EC.to_jwk()
    for name in (did, f"{did}#", f"{did}#1", f"{did}#00", f"{did}#{EC.thumbprint()}"):
        assert refusal(lambda name=name: document.key_for(name, "assertionMethod")).code == "key.not_listed"


def test_did_jwk_for_signatures_has_no_key_agreement() -> None:
    did = jwk_did({**ED.to_jwk(), "use": "sig"})
    document = resolve(did)
    assert "keyAgreement" not in document.relationships
    assert "keyAgreement" not in document.to_json()
    assert document.key_for(f"{did}#0", "authentication") == ED


@pytest.mark.parametrize(
    ("did", "kind", "code"),
    [
        (jwk_did({**ED.to_jwk(), "d": "AA"}), RefusedError, "jwk.private"),
        (jwk_did({**ED.to_jwk(), "use": "enc"}), RefusedError, "jwk.use"),
        (jwk_did({"kty": "oct", "k": "AA"}), RefusedError, "jwk.symmetric"),
        (jwk_did([]), MalformedError, "json.not_object"),
        (jwk_did(b'{"kty":"OKP","kty":"OKP"}'), MalformedError, "json.duplicate_key"),
        (jwk_did(b"{} {}"), MalformedError, "json.syntax"),
        (jwk_did(b"\xff"), MalformedError, "json.encoding"),
        ("did:jwk:e30%3D", MalformedError, "base64url.character"),
        ("did:jwk:e31", MalformedError, "base64url.trailing_bits"),
        ("did:jwk:" + "A" * 4097, LimitError, "did.too_long"),
    ],
)
def test_v_key_5_did_jwk_is_strict(did: str, kind: type[OpenBadgesError], code: str) -> None:
    """V-KEY-5."""
    error = refusal(lambda: resolve(did))
    assert (type(error), error.code) == (kind, code)


def test_did_jwk_may_have_4096_characters() -> None:
    room = 4096 * 3 // 4 - len(json.dumps({**ED.to_jwk(), "note": ""}))
    did = jwk_did({**ED.to_jwk(), "note": "x" * room})
    assert len(did) == len("did:jwk:") + 4096
    assert resolve(did).id == did


# --- did:web


@pytest.mark.parametrize(
    ("did", "url"),
    [
        ("did:web:w3c-ccg.github.io", "https://w3c-ccg.github.io/.well-known/did.json"),
        ("did:web:w3c-ccg.github.io:user:alice", "https://w3c-ccg.github.io/user/alice/did.json"),
        ("did:web:example.com%3A3000", "https://example.com:3000/.well-known/did.json"),
        ("did:web:example.com%3a3000:user:alice", "https://example.com:3000/user/alice/did.json"),
        ("did:web:Example.COM:Alice", "https://example.com/Alice/did.json"),
        ("did:web:localhost%3A8443", "https://localhost:8443/.well-known/did.json"),
        ("did:web:example.com:z%C3%BCrich", "https://example.com/z%C3%BCrich/did.json"),
        ("did:web:example.com:%41", "https://example.com/A/did.json"),
        ("did:web:example.com:a.b_c-d", "https://example.com/a.b_c-d/did.json"),
        ("did:web:1password.com", "https://1password.com/.well-known/did.json"),
        ("did:web:xn--bcher-kva.example", "https://xn--bcher-kva.example/.well-known/did.json"),
    ],
)
def test_did_web_maps_to_one_url(did: str, url: str) -> None:
    assert did_web_url(did) == url


@pytest.mark.parametrize(
    ("did", "code"),
    [
        ("did:web:127.0.0.1", "did_web.address"),
        ("did:web:127.1", "did_web.address"),
        ("did:web:2130706433", "did_web.address"),
        ("did:web:0x7f.1", "did_web.address"),
        ("did:web:0x7f000001", "did_web.address"),
        ("did:web:10.0.0.1%3A80", "did_web.address"),
        ("did:web:example.0x", "did_web.address"),
        ("did:web:%5B%3A%3A1%5D", "did_web.host"),
        ("did:web::1", "did_web.host"),
        ("did:web:example.com.", "did_web.host"),
        ("did:web:.example.com", "did_web.host"),
        ("did:web:a..b", "did_web.host"),
        ("did:web:-a.example", "did_web.host"),
        ("did:web:a_b.example", "did_web.host"),
        ("did:web:a%2Eexample", "did_web.host"),
        ("did:web:a.example%2Fevil", "did_web.host"),
        ("did:web:user%40a.example", "did_web.host"),
        ("did:web:" + "a" * 64 + ".example", "did_web.host"),
        ("did:web:" + ".".join(["a" * 60] * 5), "did_web.host"),
        ("did:web:a.example%3A", "did_web.port"),
        ("did:web:a.example%3A0", "did_web.port"),
        ("did:web:a.example%3A080", "did_web.port"),
        ("did:web:a.example%3A65536", "did_web.port"),
        ("did:web:a.example%3Ax", "did_web.port"),
        ("did:web:a.example%3A80%3A80", "did_web.port"),
        ("did:web:a.example:", "did_web.path"),
        ("did:web:a.example::b", "did_web.path"),
        ("did:web:a.example:..", "did_web.path"),
        ("did:web:a.example:.", "did_web.path"),
        ("did:web:a.example:%2e%2e", "did_web.path"),
        ("did:web:a.example:a%2Fb", "did_web.path"),
        ("did:web:a.example:a%5Cb", "did_web.path"),
        ("did:web:a.example:a%3Fb", "did_web.path"),
        ("did:web:a.example:a%23b", "did_web.path"),
        ("did:web:a.example:%252e", "did_web.path"),
        ("did:web:a.example:%00", "did_web.path"),
        ("did:web:a.example:%0a", "did_web.path"),
        ("did:web:a.example:%20", "did_web.path"),
        ("did:web:a.example:%FF", "did_web.path"),
        ("did:web:a.example:%", "did_web.path"),
        ("did:web:a.example:%4", "did_web.path"),
        ("did:web:a.example:%zz", "did_web.path"),
    ],
)
def test_v_net_2_did_web_leads_nowhere_else(did: str, code: str) -> None:
    """V-NET-2."""
    web = Web()
    error = refusal(lambda: resolve(did, fetcher=web))
    assert error.code == code
    assert web.asked == []


def test_did_web_is_fetched_once_without_redirects_and_bounded() -> None:
    """V-NET-2."""
    did = "did:web:a.example:issuers:x"
    web = Web(jsontext.dump(did_web_document(did, [ED])))
    document = resolve(did, fetcher=web)
    assert document.key_for(f"{did}#{ED.to_multikey()}", "assertionMethod") == ED
    ((url, accept, max_bytes, redirects),) = web.asked
    assert (url, max_bytes, redirects) == ("https://a.example/issuers/x/did.json", 256 * 1024, 0)
    assert accept.startswith("application/did+json")


def test_did_web_documents_name_the_did_byte_for_byte() -> None:
    """V-NET-2."""
    web = Web(jsontext.dump(did_web_document("did:web:a.example", [ED])))
    error = refusal(lambda: resolve("did:web:A.example", fetcher=web))
    assert (type(error), error.code) == (RefusedError, "did.other_id")


@pytest.mark.parametrize(
    "media_type",
    [
        "",
        "application/json",
        "application/did+json",
        "application/did+ld+json",
        "Application/JSON; charset=utf-8",
        "text/plain",
    ],
)
def test_json_may_come_under_these_media_types(media_type: str) -> None:
    web = Web(jsontext.dump(did_web_document("did:web:a.example", [ED])), media_type)
    assert resolve("did:web:a.example", fetcher=web).id == "did:web:a.example"


@pytest.mark.parametrize("media_type", ["text/html", "image/png", "application/octet-stream", "json"])
def test_other_media_types_are_refused(media_type: str) -> None:
    web = Web(jsontext.dump(did_web_document("did:web:a.example", [ED])), media_type)
    assert refusal(lambda: resolve("did:web:a.example", fetcher=web)).code == "did.media_type"


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "json.empty"),
        (b"<html>", "json.syntax"),
        (b"[]", "json.not_object"),
        (b'{"id":"did:web:a.example","id":"did:web:a.example"}', "json.duplicate_key"),
        (b" " * (256 * 1024 + 1), "json.too_large"),
    ],
)
def test_did_web_documents_are_strict_json(body: bytes, code: str) -> None:
    assert refusal(lambda: resolve("did:web:a.example", fetcher=Web(body))).code == code


def test_a_controlled_identifier_document_is_fetched_by_its_url() -> None:
    url = "https://a.example/issuers/x"
    web = Web(jsontext.dump(did_web_document(url, [EC])), "application/json")
    document = fetch_document(url, expected_id=url, fetcher=web)
    assert document.key_for(f"{url}#{EC.to_multikey()}", "assertionMethod") == EC


def test_retired_keys_stay_published_for_their_badges_only() -> None:
    """S-KEY-2."""
    did = "did:web:a.example"
    published = did_web_document(did, [ED], retired=[EC])
    assert published["@context"] == ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"]
    document = resolve(did, fetcher=Web(jsontext.dump(published)))
    assert document.key_for(f"{did}#{EC.to_multikey()}", "assertionMethod") == EC
    assert document.key_for(f"{did}#{ED.to_multikey()}", "authentication") == ED
    name = f"{did}#{EC.to_multikey()}"
    assert refusal(lambda: document.key_for(name, "authentication")).code == "key.wrong_purpose"
    assert KEYS["P-256"].controlled_by(did).verification_method == name
    assert jwks([EC], controller=did)["keys"][0]["kid"] == name


def test_a_key_is_published_once() -> None:
    error = refusal(lambda: did_web_document("did:web:a.example", [ED], retired=[ED]))
    assert (type(error), error.code) == (ConfigurationError, "did.key_twice")


@pytest.mark.parametrize(
    ("url", "did"),
    [
        ("https://a.example", "did:web:a.example"),
        ("https://a.example/", "did:web:a.example"),
        ("https://a.example:443/", "did:web:a.example"),
        ("https://A.Example:8443/issuers/x/", "did:web:a.example%3A8443:issuers:x"),
        ("https://a.example/issuers/x", "did:web:a.example:issuers:x"),
    ],
)
def test_did_web_of_a_url(url: str, did: str) -> None:
    assert did_web_from_url(url) == did
    assert did_web_url(did).startswith("https://")


@pytest.mark.parametrize(
    "url",
    [
        "http://a.example",
        "a.example",
        "",
        "https://",
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://[::1",
        "https://a.example:99999/",
        "https://u@a.example/",
        "https://a.example/?q",
        "https://a.example/#f",
        "https://a.example/a//b",
        "https://a.example/../b",
        "https://a.example/a:b",
        "https://a.example/%2e%2e",
        "https://a.example/a b",
    ],
)
def test_no_did_web_of_other_urls(url: str) -> None:
    error = refusal(lambda: did_web_from_url(url))
    assert (type(error), error.code) == (ConfigurationError, "did_web.url")
