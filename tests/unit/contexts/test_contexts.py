"""Pinned contexts: known by URL, immutable, chosen by edition and profile (V-LD-1)."""

from __future__ import annotations

import hashlib
import json

import pytest

from openbadges.contexts import EDITIONS, PINNED, PinnedContexts, context_defining
from openbadges.errors import ConfigurationError, UnsupportedError

V2 = "https://www.w3.org/ns/credentials/v2"
OB_300 = "https://purl.imsglobal.org/spec/ob/v3p0/context.json"
OB_303 = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
EXAMPLES = "https://www.w3.org/ns/credentials/examples/v2"


def thawed(value):
    if hasattr(value, "items"):
        return {name: thawed(item) for name, item in value.items()}
    return [thawed(item) for item in value] if isinstance(value, tuple) else value


@pytest.mark.parametrize("pin", EDITIONS.values(), ids=lambda pin: pin.edition)
def test_every_copy_has_the_digest_of_its_index(pin):
    text = json.dumps(thawed(pin.document()), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert hashlib.sha256(text.encode()).hexdigest() == pin.json_sha256
    assert {len(digest) for digest in pin.sha256} == {64}
    assert {len(digest) for digest in pin.sha384} == {96}
    assert pin.licence
    assert pin.profile in ("badge", "generic")


def test_each_url_has_one_default_edition():
    defaults = [pin.url for pin in EDITIONS.values() if pin.default]
    assert len(defaults) == len(set(defaults)) == len({pin.url for pin in EDITIONS.values()})


def test_a_context_is_read_once_and_cannot_be_changed():
    document = PinnedContexts().load(V2)
    assert document is PinnedContexts().load(V2)
    with pytest.raises(TypeError):
        document["@context"]["name"] = "https://evil.example/name"
    with pytest.raises(TypeError):
        document["@context"]["VerifiableCredential"]["@context"]["issuer"]["@id"] = "urn:x"


def test_v_ld_1_an_unknown_context_is_unsupported_and_named():
    contexts = PinnedContexts()
    with pytest.raises(UnsupportedError) as caught:
        contexts.load("https://evil.example/context")
    assert caught.value.code == "context.unknown"
    assert caught.value.params == {"url": "https://evil.example/context"}
    assert not contexts.known("https://evil.example/context")


@pytest.mark.parametrize("url", [EXAMPLES, "https://www.w3.org/ns/credentials/undefined-terms/v2"])
def test_contexts_of_examples_are_known_in_the_generic_profile_only(url):
    assert not PinnedContexts().known(url)
    assert PinnedContexts(generic=True).known(url)
    with pytest.raises(UnsupportedError):
        PinnedContexts().load(url)


def test_the_newer_edition_is_used_unless_the_older_one_is_asked_for():
    assert "endorsementJwt" in str(PinnedContexts().load(OB_303))
    assert "endorsementJwt" not in str(PinnedContexts(editions={OB_303: "ob-3.0.3"}).load(OB_303))


def test_an_edition_that_does_not_exist_is_refused():
    with pytest.raises(ConfigurationError, match="no edition"):
        PinnedContexts(editions={OB_303: "ob-9"})


def test_the_old_address_of_the_first_badge_context_means_the_same():
    alias = "https://purl.imsglobal.org/spec/ob/v3p0/context/ob_v3p0.jsonld"
    assert PINNED[alias] is PINNED[OB_300]
    assert PinnedContexts().load(alias) is PinnedContexts().load(OB_300)


def test_further_contexts_are_copied_when_registered():
    mine = {"@context": {"pet": "https://example.org/pet", "kinds": {"@container": ["@graph", "@id"]}}}
    contexts = PinnedContexts(extra={"https://example.org/c": mine})
    mine["@context"]["pet"] = "urn:changed"
    found = contexts.load("https://example.org/c")
    assert contexts.known("https://example.org/c")
    assert found["@context"]["pet"] == "https://example.org/pet"
    assert found["@context"]["kinds"]["@container"] == ("@graph", "@id")


@pytest.mark.parametrize(
    ("extra", "code"),
    [
        ({V2: {"@context": {}}}, "context.already_pinned"),
        ({EXAMPLES: {"@context": {}}}, "context.already_pinned"),
        ({"https://example.org/c": {"name": "urn:n"}}, "context.not_a_context"),
        ({"https://example.org/c": ["@context"]}, "context.not_a_context"),
    ],
)
def test_what_cannot_be_registered(extra, code):
    with pytest.raises(ConfigurationError) as caught:
        PinnedContexts(extra=extra)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("term", "url"),
    [
        ("1EdTechJsonSchemaValidator2019", "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"),
        ("StatusList2021Entry", "https://w3id.org/vc/status-list/2021/v1"),
        ("BitstringStatusListEntry", "https://www.w3.org/ns/credentials/status/v1"),  # not the one it starts with
        ("SomethingElse", None),
        ("@version", None),
    ],
)
def test_which_context_would_define_a_term(term, url):
    assert context_defining(term) == url
