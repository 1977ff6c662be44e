"""Embedded proofs: made, read strictly, and checked with a key that is known to be the right one (V-LD-5, V-LD-6)."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from openbadges.canon.statements import Statements
from openbadges.contexts import PinnedContexts
from openbadges.errors import IssuingError, LimitError, MalformedError, RefusedError, UnsupportedError
from openbadges.limits import Limits
from openbadges.proofs.data_integrity import (
    create_proof,
    has_rdf_proof,
    read_proofs,
    suite_of,
    verify_proof,
    with_proofs,
    without_proofs,
)
from openbadges.shape import check_badge_shape, check_contexts
from openbadges.testing import add_proof, badge, fixed_key

CONTEXTS = PinnedContexts()
KEY, OTHER, P256 = fixed_key(), fixed_key("Ed25519", 1), fixed_key("P-256")


def verify(document: Any, key: Any = KEY, index: int = 0) -> str:
    return verify_proof(document, read_proofs(document)[index], key.public_key, contexts=CONTEXTS)


def test_a_proof_is_made_and_verified_and_the_document_stays() -> None:
    document = badge()
    before = copy.deepcopy(document)
    proof = create_proof(
        document, KEY, suite="eddsa-rdfc-2022", created=None, contexts=CONTEXTS, options={"nonce": "n"}
    )
    assert document == before
    assert list(proof) == ["type", "cryptosuite", "verificationMethod", "proofPurpose", "nonce", "proofValue"]
    signed = with_proofs(document, [proof])
    assert without_proofs(signed) == document
    assert verify(signed) == "EdDSA"
    with pytest.raises(RefusedError) as caught:
        verify(signed, OTHER)
    assert caught.value.code == "signature.wrong"
    with pytest.raises(RefusedError) as caught:
        verify(signed, P256)
    assert caught.value.code == "proof.suite_wrong_key"


def test_v_ld_5_a_signature_is_bound_to_everything_in_the_proof() -> None:
    signed = add_proof(
        badge(), suite="eddsa-jcs-2022", challenge="c", domain=["a", "b"], expires="2030-01-01T00:00:00Z"
    )
    assert verify(signed) == "EdDSA"
    for name in ("challenge", "domain", "expires", "created", "verificationMethod", "proofPurpose", "@context"):
        changed = copy.deepcopy(signed)
        changed["proof"][name] = "other" if name != "@context" else badge()["@context"][:1]
        with pytest.raises(RefusedError):
            verify(changed)
    bare = copy.deepcopy(signed)
    del bare["proof"]["@context"]
    with pytest.raises(RefusedError):
        verify(bare)


def test_a_jcs_proof_lets_contexts_be_appended_only() -> None:
    signed = add_proof(badge(), suite="eddsa-jcs-2022")
    assert verify({**signed, "@context": [*signed["@context"], "https://example.org/x"]}) == "EdDSA"
    with pytest.raises(RefusedError) as caught:
        verify({**signed, "@context": ["https://example.org/x", *signed["@context"]]})
    assert caught.value.code == "proof.context_changed"
    text = add_proof({**badge(), "@context": badge()["@context"][0]}, suite="eddsa-jcs-2022")
    assert verify({**text, "@context": [text["@context"], "https://example.org/x"]}) == "EdDSA"


@pytest.mark.parametrize(
    ("proof", "found"),
    [
        ({"type": "DataIntegrityProof", "cryptosuite": "eddsa-rdfc-2022"}, "eddsa-rdfc-2022"),
        ({"type": "Ed25519Signature2020"}, "Ed25519Signature2020"),
        ({"type": "Ed25519Signature2020", "cryptosuite": "x"}, "Ed25519Signature2020"),
        ({"type": "DataIntegrityProof"}, None),
        ({"type": "DataIntegrityProof", "cryptosuite": "Ed25519Signature2020"}, None),
        ({"type": "eddsa-rdfc-2022"}, None),
        ({"type": "RsaSignature2018"}, None),
    ],
)
def test_v_ld_5_the_suite_is_chosen_from_a_list(proof: dict[str, Any], found: str | None) -> None:
    if found is None:
        with pytest.raises(UnsupportedError):
            suite_of(proof)
    else:
        assert suite_of(proof).name == found


def test_v_ld_6_the_form_of_proofs_is_strict() -> None:
    good = add_proof(badge())["proof"]
    cases: list[tuple[Any, str]] = [
        (None, "proof.missing"),
        ([], "proof.missing"),
        (5, "proof.not_object"),
        ({**good, "x": 1}, "proof.unknown_member"),
        ({**good, "id": ""}, "proof.member_not_text"),
        ({**good, "domain": [5]}, "proof.member_not_text"),
        ({name: value for name, value in good.items() if name != "proofPurpose"}, "proof.member_missing"),
        ([good, good], "shape.repeated"),
        ([{**good, "nonce": str(n)} for n in range(9)], "proof.too_many"),
        ([{**good, "id": "urn:a"}, {**good, "id": "urn:a", "nonce": "x"}], "proof.same_id"),
        ({**good, "previousProof": ["urn:a", "urn:b"]}, "proof.previous_missing"),
        ({**good, "id": "urn:a", "previousProof": "urn:a"}, "proof.previous_circle"),
    ]
    for proof, code in cases:
        with pytest.raises(MalformedError) as caught:
            read_proofs({**badge(), "proof": proof})
        assert caught.value.code == code
    assert len(read_proofs({**badge(), "proof": [{**good, "nonce": str(n)} for n in range(8)]})) == 8


def test_a_long_chain_is_followed() -> None:
    document: Any = add_proof(badge(), id="urn:p:0")
    for number in range(1, 5):
        document = add_proof(document, id=f"urn:p:{number}", previousProof=f"urn:p:{number - 1}")
    for index in range(5):
        assert verify(document, index=index) == "EdDSA"
    both = add_proof(document, previousProof=["urn:p:0", "urn:p:3"])
    assert verify(both, index=5) == "EdDSA"


def test_statements_that_are_known_already_are_used_where_they_are_those_that_are_signed() -> None:
    first = add_proof(badge(), id="urn:p:0")
    said = check_badge_shape(first, check_contexts(first, CONTEXTS), with_statements=True).statements

    def made(document: Any, given: Any, **options: str) -> Any:
        return create_proof(
            document, KEY, suite="eddsa-rdfc-2022", created=None, contexts=CONTEXTS, options=options, statements=given
        )

    less = Statements(said.quads[1:])
    assert made(badge(), said) == made(badge(), None)
    assert made(first, said, previousProof="urn:p:0") == made(first, None, previousProof="urn:p:0")
    assert made(badge(), less) != made(badge(), None)  # they are used
    assert made(first, less, previousProof="urn:p:0") == made(first, None, previousProof="urn:p:0")


@pytest.mark.parametrize(
    ("suite", "key", "document", "code"),
    [
        ("nonsense", KEY, badge(), "issue.suite_not_offered"),
        ("eddsa-2022", KEY, badge(), "issue.suite_not_offered"),
        ("ecdsa-jcs-2019", KEY, badge(), "issue.suite_wrong_key"),
        ("eddsa-jcs-2022", fixed_key("RSA"), badge(), "issue.suite_wrong_key"),
        ("Ed25519Signature2020", KEY, badge(), "issue.context_needed"),
    ],
)
def test_what_cannot_be_signed_is_said(suite: str, key: Any, document: Any, code: str) -> None:
    with pytest.raises(IssuingError) as caught:
        create_proof(document, key, suite=suite, created=None, contexts=CONTEXTS)
    assert caught.value.code == code


def test_the_work_is_bounded_v_ld_4() -> None:
    signed = add_proof(badge())
    with pytest.raises(LimitError):
        verify_proof(signed, signed["proof"], KEY.public_key, contexts=CONTEXTS, limits=Limits(quads=3))


@pytest.mark.parametrize(
    ("proof", "said"),
    [
        ({"type": "DataIntegrityProof", "cryptosuite": "eddsa-rdfc-2022"}, True),
        ({"type": "Ed25519Signature2020"}, True),
        ([{"type": "DataIntegrityProof", "cryptosuite": "eddsa-jcs-2022"}, {"cryptosuite": "ecdsa-rdfc-2019"}], True),
        ([None, 7, {"cryptosuite": ["x"], "type": "Ed25519Signature2020"}], True),
        ({"type": "DataIntegrityProof", "cryptosuite": "eddsa-jcs-2022"}, False),
        ([{"cryptosuite": {}, "type": None}, {"cryptosuite": "bbs-2023"}], False),
        (None, False),
    ],
)
def test_a_proof_over_canonical_rdf_is_known_by_its_name(proof, said):
    assert has_rdf_proof({"proof": proof, "cryptosuite": "eddsa-rdfc-2022"}) is said
