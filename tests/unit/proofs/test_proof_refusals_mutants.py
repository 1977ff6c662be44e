"""What a refused proof says, and what exactly a good one secures (Data Integrity 1.0, sections 2.1, 4.3 to 4.5)."""

from __future__ import annotations

from typing import Any

import pytest

from openbadges.contexts import PinnedContexts
from openbadges.errors import IssuingError, LimitError, MalformedError, OpenBadgesError, RefusedError, UnsupportedError
from openbadges.limits import DEFAULT_LIMITS, Limits
from openbadges.proofs.data_integrity import create_proof, read_proofs, suite_of, verify_proof, with_proofs
from openbadges.proofs.selective import derive
from openbadges.testing import badge, fixed_key

KEY = fixed_key()
CONTEXTS = PinnedContexts()
METHOD = KEY.verification_method
CREATED = "2026-11-22T12:00:00Z"
ID_1, ID_2 = "urn:uuid:1", "urn:uuid:2"


def proof(**members: Any) -> dict[str, Any]:
    made = {
        "type": "DataIntegrityProof",
        "cryptosuite": "eddsa-jcs-2022",
        "verificationMethod": METHOD,
        "proofPurpose": "assertionMethod",
        "proofValue": "z1",
        **members,
    }
    return {name: value for name, value in made.items() if value is not None}


def made(document: dict[str, Any], suite: str = "eddsa-jcs-2022", **options: Any) -> dict[str, Any]:
    return create_proof(document, KEY, suite=suite, created=CREATED, contexts=CONTEXTS, options=options)


def checked(document: dict[str, Any], one: dict[str, Any], limits: Limits = DEFAULT_LIMITS) -> str:
    return verify_proof(document, one, KEY.public_key, contexts=CONTEXTS, limits=limits)


def refused(call: Any, kind: type[OpenBadgesError] = MalformedError) -> tuple[str, str, dict[str, Any]]:
    with pytest.raises(kind) as caught:
        call()
    return caught.value.code, caught.value.pointer, caught.value.params


@pytest.mark.parametrize(
    ("value", "code", "pointer", "facts"),
    [
        (None, "proof.missing", "/proof", {}),
        ([], "proof.missing", "/proof", {}),
        ([proof(id=str(n)) for n in range(9)], "proof.too_many", "/proof", {"limit": 8}),
        ("x", "proof.not_object", "/proof", {}),
        ([proof(), "x"], "proof.not_object", "/proof/1", {}),
        ([proof(), proof()], "shape.repeated", "/proof/1", {}),
        (proof(jws="x"), "proof.unknown_member", "/proof/jws", {"name": "jws"}),
        ([proof(jws="x")], "proof.unknown_member", "/proof/0/jws", {"name": "jws"}),
        (proof(type=None), "proof.member_missing", "/proof/type", {"name": "type"}),
        (proof(verificationMethod=None), "proof.member_missing", "/proof/verificationMethod",
         {"name": "verificationMethod"}),
        (proof(proofPurpose=None), "proof.member_missing", "/proof/proofPurpose", {"name": "proofPurpose"}),
        (proof(proofValue=None), "proof.member_missing", "/proof/proofValue", {"name": "proofValue"}),
        (proof(nonce=1), "proof.member_not_text", "/proof/nonce", {"name": "nonce"}),
        (proof(nonce=""), "proof.member_not_text", "/proof/nonce", {"name": "nonce"}),
        (proof(domain=[]), "proof.member_not_text", "/proof/domain", {"name": "domain"}),
        (proof(domain=["a", ""]), "proof.member_not_text", "/proof/domain", {"name": "domain"}),
        (proof(domain=["a", 1]), "proof.member_not_text", "/proof/domain", {"name": "domain"}),
        (proof(domain=["a", "a"]), "proof.member_not_text", "/proof/domain", {"name": "domain"}),
        ([proof(id=ID_1), proof(id=ID_1, nonce="n")], "proof.same_id", "/proof", {}),
        ([proof(id=ID_1), proof(id=ID_2, previousProof=[ID_1, "urn:uuid:3"])], "proof.previous_missing", "/proof",
         {"id": "urn:uuid:3"}),
        (proof(id=ID_1, previousProof=ID_1), "proof.previous_circle", "/proof", {"id": ID_1}),
        ([proof(id=ID_1, previousProof=ID_2), proof(id=ID_2, previousProof=ID_1)], "proof.previous_circle", "/proof",
         {"id": ID_1}),
    ],
)  # fmt: skip
def test_proofs_of_another_form_are_refused_with_the_place(
    value: Any, code: str, pointer: str, facts: dict[str, Any]
) -> None:
    assert refused(lambda: read_proofs({"proof": value})) == (code, pointer, facts)


@pytest.mark.parametrize("name", ["type", "cryptosuite", "created", "verificationMethod", "proofPurpose", "proofValue"])
@pytest.mark.parametrize("value", ["", 1, ["x"], None])
def test_a_proof_with_the_usual_members_has_a_text_in_each(name: str, value: Any) -> None:
    usual = proof(cryptosuite="eddsa-rdfc-2022", created=CREATED)
    assert read_proofs({"proof": usual}) == (usual,)
    for stands in ({**usual, name: value}, [{**usual, name: value}]):
        code, pointer, facts = refused(lambda stands=stands: read_proofs({"proof": stands}))
        assert (code, facts) == ("proof.member_not_text", {"name": name})
        assert pointer == (f"/proof/{name}" if isinstance(stands, dict) else f"/proof/0/{name}")


def test_no_proof_at_all_may_be_the_limit() -> None:
    assert refused(lambda: read_proofs({"proof": proof(created=CREATED)}, Limits(proofs=0)))[0] == "proof.too_many"


def test_as_many_proofs_as_the_limit_says_are_read() -> None:
    proofs = [proof(id=str(n)) for n in range(8)]
    assert read_proofs({"proof": proofs}) == tuple(proofs)
    code, _, facts = refused(lambda: read_proofs({"proof": proofs}, Limits(proofs=7)))
    assert (code, facts) == ("proof.too_many", {"limit": 7})


def test_a_chain_of_proofs_that_meets_again_is_no_circle() -> None:
    ids = ["urn:uuid:a", "urn:uuid:b", "urn:uuid:c", "urn:uuid:d"]
    first, second, third = ids[:3]
    proofs = [
        proof(id=first),
        proof(id=second, previousProof=first),
        proof(id=third, previousProof=[first]),
        proof(id=ids[3], previousProof=[second, third]),
    ]
    assert read_proofs({"proof": proofs}) == tuple(proofs)
    proofs[0] = proof(id=first, previousProof=ids[3])
    assert refused(lambda: read_proofs({"proof": proofs}))[0] == "proof.previous_circle"


@pytest.mark.parametrize(
    ("members", "suite"),
    [
        ({"cryptosuite": "x"}, "x"),
        ({"cryptosuite": None}, "DataIntegrityProof"),
        ({"cryptosuite": ["eddsa-jcs-2022"]}, ["eddsa-jcs-2022"]),
        ({"type": "eddsa-jcs-2022", "cryptosuite": None}, "eddsa-jcs-2022"),
        ({"cryptosuite": "Ed25519Signature2020"}, "Ed25519Signature2020"),
    ],
)
def test_an_unknown_suite_is_named(members: dict[str, Any], suite: Any) -> None:
    code, _, facts = refused(lambda: suite_of(proof(**members)), UnsupportedError)
    assert (code, facts) == ("proof.unknown_suite", {"suite": suite})


def test_a_key_of_another_kind_is_named_with_the_suite() -> None:
    key = fixed_key("RSA").public_key
    call = lambda: verify_proof(badge(), proof(), key, contexts=CONTEXTS)  # noqa: E731 - as below
    assert refused(call, RefusedError) == ("proof.suite_wrong_key", "", {"suite": "eddsa-jcs-2022", "kind": "RSA"})


@pytest.mark.parametrize("value", ["u" + "1" * 8, "1", "Z1", "z" + "1" * 133])
def test_a_proof_value_is_base58_of_bounded_length(value: str) -> None:
    call = lambda: checked(badge(), proof(proofValue=value))  # noqa: E731 - as below
    assert refused(call) == ("proof.value_form", "/proof/proofValue", {})


def test_the_length_of_a_proof_value_is_a_limit() -> None:
    document = badge()
    one = made(document)
    length = len(one["proofValue"])
    assert checked(document, one, Limits(proof_value_chars=length)) == "EdDSA"
    code, _, _ = refused(lambda: checked(document, one, Limits(proof_value_chars=length - 1)))
    assert code == "proof.value_form"


def test_the_work_of_canonicalization_is_bounded_for_signing_and_checking() -> None:
    document = badge()
    one = made(document, "eddsa-rdfc-2022")
    assert checked(document, one) == "EdDSA"
    tight = Limits(quads=3)
    assert refused(lambda: checked(document, one, tight), LimitError)[0].startswith("canon.")
    with pytest.raises(LimitError):
        create_proof(document, KEY, suite="eddsa-rdfc-2022", created=None, contexts=CONTEXTS, limits=tight)


def test_a_context_stands_in_a_proof_only_where_the_suite_keeps_it() -> None:
    document = badge()
    one = made(document, "eddsa-rdfc-2022")
    assert "@context" not in one
    call = lambda: checked(document, {**one, "@context": document["@context"]})  # noqa: E731 - as below
    assert refused(call) == ("proof.context_not_allowed", "/proof/@context", {})


def test_a_stored_context_has_to_begin_the_documents() -> None:
    document = badge()
    one = made(document)
    assert one["@context"] == document["@context"]
    longer = document | {"@context": [*document["@context"], "https://w3id.org/security/data-integrity/v2"]}
    assert checked(longer, one) == "EdDSA"
    for contexts in (document["@context"][::-1], document["@context"][:1], document["@context"][0]):
        call = lambda contexts=contexts: checked(document | {"@context": contexts}, one)  # noqa: E731
        assert refused(call, RefusedError) == ("proof.context_changed", "", {})
    single = document | {"@context": document["@context"][0]}
    assert checked(document, made(single)) == "EdDSA"


def test_a_proof_has_the_members_asked_for_and_no_others() -> None:
    document = badge()
    one = create_proof(
        document, KEY, suite="eddsa-rdfc-2022", created=None, contexts=CONTEXTS, purpose="authentication",
        options={"challenge": "c"},
    )  # fmt: skip
    value = one.pop("proofValue")
    assert one == {
        "type": "DataIntegrityProof", "cryptosuite": "eddsa-rdfc-2022", "verificationMethod": METHOD,
        "proofPurpose": "authentication", "challenge": "c",
    }  # fmt: skip
    assert value.startswith("z")
    assert made(document)["created"] == CREATED
    assert made(document)["proofPurpose"] == "assertionMethod"


def test_what_nobody_can_sign_with_is_said_with_the_choice() -> None:
    def ask(suite: str, key: Any = KEY, document: Any = None) -> tuple[str, str, dict[str, Any]]:
        call = lambda: create_proof(document or badge(), key, suite=suite, created=None, contexts=CONTEXTS)  # noqa: E731
        return refused(call, IssuingError)

    code, _, facts = ask("x")
    assert (code, facts["suite"]) == ("issue.suite_not_offered", "x")
    assert "eddsa-rdfc-2022" in facts["suites"]
    assert ask("eddsa-rdfc-2022", fixed_key("P-256"))[::2] == (
        "issue.suite_wrong_key", {"suite": "eddsa-rdfc-2022", "kind": "P-256", "kinds": ["Ed25519"]},
    )  # fmt: skip
    code, _, facts = ask("Ed25519Signature2020")
    assert code == "issue.context_needed"
    assert facts == {"suite": "Ed25519Signature2020", "url": "https://w3id.org/security/suites/ed25519-2020/v1"}
    bare = {name: value for name, value in badge().items() if name != "@context"}
    assert ask("Ed25519Signature2020", document=bare)[0] == "issue.context_needed"


def test_a_proof_secures_the_proofs_that_it_says_came_before_it_and_no_others() -> None:
    document = badge()
    first, other = made(document, id=ID_1), made(document, id=ID_2)
    second = made(with_proofs(document, [first, other]), previousProof=ID_1)
    listed = made(with_proofs(document, [first]), previousProof=[ID_1])
    assert checked(with_proofs(document, [first, other, second, listed]), second) == "EdDSA"
    assert checked(with_proofs(document, [first, second]), second) == "EdDSA"
    assert checked(with_proofs(document, [first]), listed) == "EdDSA"
    changed = first | {"created": "2026-11-22T12:00:01Z"}
    for proofs in ([changed, second], [other, second], [second]):
        call = lambda proofs=proofs: checked(with_proofs(document, proofs), second)  # noqa: E731
        assert refused(call, RefusedError)[0] == "signature.wrong"
    alone = document | {"proof": first}
    assert checked(alone, made(alone, previousProof=ID_1)) == "EdDSA"


def test_documents_are_given_back_with_one_proof_or_a_list() -> None:
    one, two = proof(id=ID_1), proof(id=ID_2)
    assert with_proofs({"a": 1, "proof": "old"}, [one]) == {"a": 1, "proof": one}
    assert with_proofs({"a": 1, "proof": "old"}, [one, two]) == {"a": 1, "proof": [one, two]}


# --- selective disclosure ----------------------------------------------------------------------------------------


def test_a_selective_proof_is_made_with_all_that_was_asked_for() -> None:
    key = fixed_key("P-256")
    given: dict[str, Any] = {"suite": "ecdsa-sd-2023", "created": CREATED, "contexts": CONTEXTS}
    one = create_proof(
        badge(), key, **given, purpose="authentication", options={"nonce": "n"}, mandatory_pointers=("/issuer",)
    )
    assert {name: one[name] for name in ("created", "proofPurpose", "nonce", "verificationMethod")} == {
        "created": CREATED, "proofPurpose": "authentication", "nonce": "n",
        "verificationMethod": key.verification_method,
    }  # fmt: skip
    with pytest.raises(LimitError):
        create_proof(badge(), key, **given, limits=Limits(quads=3))


def test_a_shown_part_is_checked_within_the_limits() -> None:
    key = fixed_key("P-256")
    document = badge()
    base = create_proof(
        document, key, suite="ecdsa-sd-2023", created=CREATED, contexts=CONTEXTS, mandatory_pointers=("/issuer",)
    )
    shown = derive(with_proofs(document, [base]), ["/name"], contexts=CONTEXTS)
    (one,) = read_proofs(shown)
    assert verify_proof(shown, one, key.public_key, contexts=CONTEXTS) == "ES256"
    with pytest.raises(LimitError):
        verify_proof(shown, one, key.public_key, contexts=CONTEXTS, limits=Limits(quads=1))


def test_a_proof_after_one_that_is_not_there_fits_no_document_that_has_it() -> None:
    document = badge()
    first = made(document, id=ID_1)
    after_nothing = made(document, previousProof=ID_1)
    assert checked(with_proofs(document, [after_nothing]), after_nothing) == "EdDSA"
    assert refused(lambda: checked(with_proofs(document, [first, after_nothing]), after_nothing), RefusedError)[0] == (
        "signature.wrong"
    )


@pytest.mark.parametrize("names", [("nonce", "id", "created", "challenge"), ("challenge", "created", "id", "nonce")])
def test_of_several_wrong_members_the_first_of_the_document_is_named_in_every_run(names: tuple[str, ...]) -> None:
    for first in range(len(names)):
        turned = names[first:] + names[:first]
        document = {"proof": proof() | dict.fromkeys(turned, 1)}
        assert refused(lambda document=document: read_proofs(document))[1] == f"/proof/{turned[0]}"
