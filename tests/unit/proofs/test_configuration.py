"""The canonical form of a proof configuration: from the template or not, the same bytes as for any document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openbadges.canon import rdf
from openbadges.contexts import PinnedContexts
from openbadges.errors import LimitError, MalformedError, OpenBadgesError, UnsupportedError
from openbadges.limits import DEFAULT_LIMITS
from openbadges.proofs.suites import configuration
from openbadges.proofs.suites.configuration import canonical_configuration

CONTEXTS = PinnedContexts()
V2 = "https://www.w3.org/ns/credentials/v2"
OB = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
V1 = "https://www.w3.org/2018/credentials/v1"
USUAL: dict[str, Any] = {
    "type": "DataIntegrityProof",
    "cryptosuite": "eddsa-rdfc-2022",
    "created": "2026-05-03T10:00:00Z",
    "verificationMethod": "did:key:z6MkqpeiBeE2zmPFNBnphMZHdSkMcb1NYVXYHTwcewVFs27y#z6Mkqpei",
    "proofPurpose": "assertionMethod",
    "@context": [V2, OB],
}
TEXTS = st.one_of(st.text(max_size=12), st.sampled_from(['"', "\\", "\x7f", "\ufffe", "é", "\ud800", "", "a b", "<"]))
METHODS = st.one_of(
    st.builds(
        lambda start, rest: start + rest, st.sampled_from(["did:", "did://", "https://", "urn:", "cred:", ""]), TEXTS
    ),
    st.sampled_from(
        ["did:web:a.example#key-1", "https://a.example/x#y#z", "https://a.example/a b", "did:", "https://"]
    ),
)
CONFIGS = st.fixed_dictionaries(
    {
        "type": st.sampled_from(["DataIntegrityProof", ["DataIntegrityProof"], "Ed25519Signature2020", "Nothing", 1]),
        "cryptosuite": st.one_of(st.sampled_from(["eddsa-rdfc-2022", "ecdsa-rdfc-2019", ["x"], 1, None]), TEXTS),
        "created": st.one_of(st.sampled_from([USUAL["created"], "2000-01-01T00:00:00Z", 1, None, {}]), TEXTS),
        "verificationMethod": st.one_of(METHODS, st.sampled_from([1, None, {"id": "did:x:y"}])),
        "proofPurpose": st.sampled_from(["assertionMethod", "authentication", "keyAgreement", "x", 1, []]),
        "@context": st.sampled_from([[V2, OB], [V2], [V1, OB], V2, [OB], [], [V2, {"did": "urn:"}], None]),
    },
    optional={"id": st.just("urn:uuid:1"), "nonce": TEXTS, "domain": st.just(["a", "b"]), "x": st.just(1)},
)


def outcome(config: Mapping[str, Any], *, quick: bool, contexts: PinnedContexts = CONTEXTS) -> object:
    try:
        if quick:
            return canonical_configuration(config, contexts, "sha256", DEFAULT_LIMITS)
        return rdf.canonicalize(config, contexts).encode("utf-8")
    except OpenBadgesError as error:
        return type(error), error.code, error.pointer, error.params


@given(CONFIGS)
def test_it_is_what_it_is_for_any_document(config: dict[str, Any]) -> None:
    assert outcome(config, quick=True) == outcome(config, quick=False)


@pytest.mark.parametrize(
    "changed",
    [
        *({"created": date} for date in ('"', "\\", "\x7f", "\n", "\ufffe", "\ud800", "é", "")),
        {"verificationMethod": "did:web:bücher.example#ß"},
        {"verificationMethod": "https://\ufffe.example/"},
        {"proofPurpose": "keyAgreement"},
        {"@context": [V2, {"@vocab": "urn:x:"}]},
        {"@context": [V2, ["a"]]},
        {"type": ["DataIntegrityProof"]},
    ],
)
def test_with_values_that_few_proofs_have(changed: dict[str, Any]) -> None:
    assert outcome(USUAL | changed, quick=True) == outcome(USUAL | changed, quick=False)


def test_what_strangers_write_is_not_kept() -> None:
    before = configuration._template.cache_info().currsize
    for number in range(5):
        outcome(USUAL | {"proofPurpose": f"https://purpose.example/{number}"}, quick=True)
        outcome(USUAL | {"verificationMethod": f"scheme{number}:x"}, quick=True)
        outcome(USUAL | {"@context": [V2, f"https://nowhere.example/{number}"]}, quick=True)
    assert configuration._template.cache_info().currsize == before


class _Listed(PinnedContexts):
    """A loader that cannot be the key of a table."""

    __hash__ = None  # type: ignore[assignment]


def test_a_loader_that_cannot_be_a_key() -> None:
    assert outcome(USUAL, quick=True, contexts=_Listed()) == outcome(USUAL, quick=False)


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"created": "2031-12-31T23:59:59+02:00"},
        {"created": "no date: nobody has looked yet"},
        {"verificationMethod": "did:web:badges.example:groups:river#key-2"},
        {"verificationMethod": "https://badges.example/keys/1"},
        {"proofPurpose": "authentication"},
        {"cryptosuite": "ecdsa-rdfc-2019"},
        {"@context": [V2]},
    ],
)
def test_usual_proofs_are_filled_into_a_template(changed: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    config = USUAL | changed
    expected = outcome(config, quick=False)
    canonical_configuration(config, CONTEXTS, "sha256", DEFAULT_LIMITS)  # the template is there now
    monkeypatch.delattr(configuration.rdf, "canonicalize")
    assert canonical_configuration(config, CONTEXTS, "sha256", DEFAULT_LIMITS) == expected


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"verificationMethod": "https://a.example/#b#c"}, "canon.relative_iri"),
        ({"verificationMethod": "did:a b"}, "canon.relative_iri"),
        ({"@context": [V2, "https://nowhere.example/context"]}, "context.unknown"),
    ],
)
def test_what_is_wrong_is_said_of_the_proof_itself(changed: dict[str, Any], code: str) -> None:
    with pytest.raises((MalformedError, UnsupportedError)) as caught:
        canonical_configuration(USUAL | changed, CONTEXTS, "sha256", DEFAULT_LIMITS)
    assert caught.value.code == code
    assert "issuer.example" not in str(caught.value.params)


def test_the_limit_of_quads_holds() -> None:
    canonical_configuration(USUAL, CONTEXTS, "sha256", replace(DEFAULT_LIMITS, quads=5))
    with pytest.raises(LimitError):
        canonical_configuration(USUAL, CONTEXTS, "sha256", replace(DEFAULT_LIMITS, quads=4))


SEC = "https://w3id.org/security#"
WORDS = {
    "DataIntegrityProof": SEC + "DataIntegrityProof",
    "type": "@type",
    "cryptosuite": SEC + "cryptosuite",
    "proofPurpose": SEC + "purpose",
    "created": {"@id": SEC + "created"},
    "verificationMethod": {"@id": SEC + "method", "@type": "@id"},
}


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"verificationMethod": SEC + "created"},  # two members under one name: the values decide their order
        {"verificationMethod": {"@id": SEC + "created", "@type": "@id"}},
        {"verificationMethod": {"@id": SEC + "method"}},  # a literal
        {"created": {"@id": SEC + "created", "@type": "@id"}},
        {"created": SEC + "z"},  # after the method
        {"cryptosuite": SEC + "created"},  # here, too, the values decide
        {"created": "@id"},
        {"verificationMethod": "@id"},
        {"did": {"@id": "https://words.example/", "@prefix": True}},  # "did:" is short for something else
        {"cryptosuite": None},
        {"created": {"@id": SEC + "created", "@type": "@json"}},
        {"created": {"@id": SEC + "created", "@container": "@list"}},
        {"proofPurpose": {"@id": SEC + "purpose", "@container": "@graph"}},
    ],
)
@pytest.mark.parametrize("date", [USUAL["created"], "a:b", "zz:9"])
def test_with_words_of_the_callers_own(changed: dict[str, Any], date: str) -> None:
    url = "https://words.example/context"
    contexts = PinnedContexts(extra={url: {"@context": WORDS | changed}})
    for method in (USUAL["verificationMethod"], "https://a.example/key", "did:a#b#c"):
        for suite in ("a", configuration._DATE):
            config = USUAL | {"@context": [url], "cryptosuite": suite, "created": date, "verificationMethod": method}
            assert outcome(config, quick=True, contexts=contexts) == outcome(config, quick=False, contexts=contexts)
