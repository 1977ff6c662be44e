from __future__ import annotations

import pytest

from openbadges.errors import RefusedError, UnsupportedError
from openbadges.legacy import Issuer
from openbadges.legacy.scope import check_scope, parse_address

ID = "https://example.org/issuer"


def in_scope(url: str, **rules: object) -> bool:
    try:
        check_scope(url, Issuer({"id": ID, "type": "Issuer", "verification": rules}))
    except RefusedError:
        return False
    return True


@pytest.mark.parametrize("url", ["https://example.org/a", "https://EXAMPLE.org/a", "https://example.org:443/a"])
def test_by_default_the_origin_of_the_issuers_id_counts(url: str) -> None:
    assert in_scope(url)


OUTSIDE = [
    "https://example.org.evil.example/a", "https://example.organic/a", "https://evil.example/https://example.org/a",
    "https://example.org@evil.example/a", "https://example.org:8443/a", "http://example.org/a", "https://sub.example.org/a",
    "https://example.org\\@evil.example/a", "//example.org/a", "https://evil.example?https://example.org/",
    "https://example.org/a b", "https://example.org/\n", "https://exämple.org/a", "", "urn:uuid:1", "https:///a",
]  # fmt: skip


@pytest.mark.parametrize("url", OUTSIDE)
@pytest.mark.parametrize(
    "rules", [{}, {"startsWith": "https://example.org"}, {"allowedOrigins": "example.org"}], ids=str
)
def test_v_net_4_an_address_that_only_looks_alike_is_outside(url: str, rules: dict[str, object]) -> None:
    assert not in_scope(url, **rules)


@pytest.mark.parametrize(
    "path", ["/badges/../evil", "/badges/./x", "/badges/%2e%2E/evil", "/badges/.%2e", "/badges/.."]
)
def test_an_address_with_dot_segments_is_outside(path: str) -> None:
    assert not in_scope(f"https://example.org{path}", startsWith="https://example.org/badges/")


def test_starts_with_compares_path_and_query_on_the_same_origin() -> None:
    rules = {"startsWith": ["https://example.org/badges/", "https://other.example/b?id="]}
    assert in_scope("https://example.org/badges/1", **rules)
    assert in_scope("https://other.example/b?id=1", **rules)
    assert not in_scope("https://example.org/evil/badges/1", **rules)
    assert not in_scope("https://other.example/badges/1", **rules)
    assert in_scope("https://example.org/badges/a..b", **rules)


def test_allowed_origins_are_hosts_or_origins() -> None:
    rules = {"allowedOrigins": ["one.example", "https://two.example/", "three.example:8443"]}
    assert in_scope("https://one.example/1", **rules)
    assert in_scope("https://two.example/1", **rules)
    assert in_scope("https://three.example:8443/1", **rules)
    assert not in_scope("https://three.example/1", **rules)
    assert not in_scope("https://example.org/1", **rules)


def test_both_rules_have_to_hold() -> None:
    rules = {"startsWith": "https://example.org/badges/", "allowedOrigins": "other.example"}
    assert not in_scope("https://example.org/badges/1", **rules)
    assert not in_scope("https://other.example/badges/1", **rules)


@pytest.mark.parametrize(
    "rules",
    [{"startsWith": "http://example.org/"}, {"startsWith": 7}, {"allowedOrigins": "*"}, {"allowedOrigins": [None]},
     {"allowedOrigins": "https://example.org/badges"}, {"allowedOrigins": "localhost"}],
    ids=str,
)  # fmt: skip
def test_rules_of_an_unknown_form_are_not_guessed(rules: dict[str, object]) -> None:
    with pytest.raises(UnsupportedError) as caught:
        in_scope("https://example.org/1", **rules)
    assert caught.value.code == "legacy.scope_unreadable"


def test_an_issuer_without_https_address_covers_nothing() -> None:
    with pytest.raises(RefusedError) as caught:
        check_scope("https://example.org/1", Issuer({"id": "urn:x:y"}))
    assert caught.value.code == "legacy.out_of_scope"


def test_an_address_is_read_in_parts() -> None:
    address = parse_address("https://Example.org:8443/a?b#c")
    assert address is not None
    assert (address.origin, address.rest) == (("example.org", 8443), "/a?b")
    assert parse_address(None) is None
