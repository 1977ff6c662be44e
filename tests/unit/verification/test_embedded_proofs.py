"""Embedded proofs: whose, what for, and that all have to pass (V-LD-5, V-LD-6, V-KEY-1, V-KEY-4)."""

from __future__ import annotations

import copy
import dataclasses
import json
from collections.abc import Mapping
from typing import Any

import pytest

from openbadges import AnyIssuer, Outcome
from openbadges.contexts import PinnedContexts
from openbadges.errors import MalformedError
from openbadges.limits import DEFAULT_LIMITS
from openbadges.ports import NoNetwork
from openbadges.proofs.selective import derive
from openbadges.testing import FIXED_NOW, add_proof, badge, fixed_key, sign
from openbadges.verification.credential import check_credential
from openbadges.verification.inquiry import Inquiry
from openbadges.verification.presentation import check_presentation
from openbadges.verification.reading import Source

KEY, OTHER = fixed_key(), fixed_key("Ed25519", 1)
DID_WEB = "did:web:badges.example.org"
ED2020 = "https://w3id.org/security/suites/ed25519-2020/v1"


def old_badge(**members: Any) -> dict[str, Any]:
    contexts = [
        "https://www.w3.org/2018/credentials/v1",
        "https://purl.imsglobal.org/spec/ob/v3p0/context.json",
        ED2020,
    ]
    document = badge(validFrom=None, awardedDate=None, **members)
    return {**document, "@context": contexts, "issuanceDate": "2026-01-15T09:00:00Z"}


def changed_proof(signed: Any, index: int | None = None, **members: Any) -> dict[str, Any]:
    document = json.loads(signed.text) if hasattr(signed, "text") else copy.deepcopy(signed)
    proof = document["proof"] if index is None else document["proof"][index]
    for name, value in members.items():
        if value is None:
            del proof[name]
        else:
            proof[name] = value
    return document


@pytest.mark.parametrize(
    ("kind", "suite"),
    [
        ("Ed25519", "eddsa-rdfc-2022"), ("Ed25519", "eddsa-jcs-2022"), ("P-256", "ecdsa-rdfc-2019"),
        ("P-384", "ecdsa-rdfc-2019"), ("P-256", "ecdsa-jcs-2019"), ("P-384", "ecdsa-jcs-2019"),
    ],
)  # fmt: skip
def test_every_suite_that_signs_verifies(kind: Any, suite: str, check: Any) -> None:
    key = fixed_key(kind)
    assert check(sign(badge(issuer=key.did), key, suite=suite)).outcome is Outcome.PASS


def test_old_badges_of_vcdm_1_1_verify(check: Any) -> None:
    signed = add_proof(old_badge(), suite="Ed25519Signature2020")
    report = check(signed)
    assert report.outcome is Outcome.PASS
    assert report.credential is not None
    assert report.credential["valid_from"] == "2026-01-15T09:00:00Z"
    assert check({**signed, "name": "Professor"}).outcome is Outcome.FAIL
    expired = add_proof(old_badge(expirationDate="2026-02-01T00:00:00Z"), suite="Ed25519Signature2020")
    assert check(expired).verdict == "Genuine, but it expired on 1 February 2026."


def test_eddsa_2022_is_read(check: Any) -> None:
    from openbadges.encoding.base import encode_multibase
    from openbadges.proofs.suites import SUITES

    proof = {
        "type": "DataIntegrityProof", "cryptosuite": "eddsa-2022", "created": "2026-01-15T09:00:00Z",
        "verificationMethod": KEY.verification_method, "proofPurpose": "assertionMethod",
    }  # fmt: skip
    from openbadges.limits import DEFAULT_LIMITS

    config = {**proof, "@context": badge()["@context"]}
    data = SUITES["eddsa-2022"].signed_bytes(badge(), config, "sha256", PinnedContexts(), DEFAULT_LIMITS)
    signed = badge(proof={**proof, "proofValue": encode_multibase(KEY.sign(data))})
    assert check(signed).outcome is Outcome.PASS


def test_a_derived_badge_verifies_and_a_base_proof_does_not(check: Any, found: Any) -> None:
    key = fixed_key("P-256")
    signed = sign(badge(issuer=key.did), key, suite="ecdsa-sd-2023")
    assert found(check(signed), "proof.signature")[0][0] == "fail"
    shown = derive(signed.unverified, ["/name", "/credentialSubject", "/type"], contexts=PinnedContexts())
    report = check(shown)
    assert report.outcome is Outcome.PASS
    assert "awardedDate" in shown
    assert check({**shown, "name": "Professor"}).outcome is Outcome.FAIL


def test_an_unknown_suite_makes_the_outcome_unknown(check: Any, found: Any) -> None:
    for members in (
        {"cryptosuite": "bbs-2023"},
        {"type": "RsaSignature2018", "cryptosuite": None},
        {"type": "Ed25519Signature2018", "cryptosuite": None},
        {"type": "eddsa-2022"},
    ):
        report = check(changed_proof(sign(badge()), **members))
        assert report.outcome is Outcome.UNKNOWN, members
        assert found(report, "proof.signature") == [("unknown", "proof.unknown_suite")]
        assert report.verdict.startswith("We could not check the signature.")
    without = check(changed_proof(sign(badge()), cryptosuite=None))
    assert without.error is not None
    assert (without.error.code, without.error.pointer) == ("proof.member_missing", "/proof/cryptosuite")


@pytest.mark.parametrize(
    ("members", "code"),
    [
        ({"cryptosuite": "eddsa-jcs-2022"}, "signature.wrong"),
        ({"cryptosuite": "ecdsa-rdfc-2019"}, "proof.suite_wrong_key"),
        ({"proofValue": "z" + "1" * 200}, "proof.value_form"),
        ({"proofValue": "u" + "A" * 86}, "proof.value_form"),
        ({"proofValue": "z0"}, "base58.character"),
        ({"proofValue": "z11"}, "signature.length"),
        ({"created": "yesterday"}, "proof.date_wrong"),
        ({"created": "2026-01-15T09:00:00"}, "proof.date_wrong"),
        ({"created": "2026-01-15T09:00:01Z"}, "signature.wrong"),
        ({"expires": "2026-01-15T09:00:00Z"}, "proof.expired"),
        ({"expires": "soon"}, "proof.date_wrong"),
        ({"expires": "2036-01-15T09:00:00Z"}, "signature.wrong"),
        ({"@context": badge()["@context"]}, "proof.context_not_allowed"),
        ({"@context": badge()["@context"][:1]}, "proof.context_changed"),
        ({"nonce": "1"}, "signature.wrong"),
    ],
)
def test_v_ld_5_a_proof_with_another_label_value_or_date_fails(
    members: Mapping[str, Any], code: str, check: Any
) -> None:
    report = check(changed_proof(sign(badge()), **members))
    assert report.outcome is Outcome.FAIL
    assert [one.code for one in report.of("proof.signature")] == [code]


@pytest.mark.parametrize(
    ("proof", "code"),
    [
        ([], "proof.missing"),
        ("x", "proof.not_object"),
        ([1], "proof.not_object"),
        ({"type": "DataIntegrityProof"}, "proof.member_missing"),
        ({"jws": "x"}, "proof.unknown_member"),
    ],
)
def test_a_proof_of_another_form_is_malformed(proof: Any, code: str, check: Any) -> None:
    report = check({**badge(), "proof": proof})
    assert report.outcome is Outcome.FAIL
    assert code in (report.checks[-1].code, report.error and report.error.code, *(one.code for one in report.checks))


@pytest.mark.parametrize(
    ("members", "code"),
    [
        ({"proofValue": ""}, "proof.member_not_text"),
        ({"created": 1}, "proof.member_not_text"),
        ({"domain": []}, "proof.member_not_text"),
        ({"domain": ["a", "a"]}, "proof.member_not_text"),
        ({"verificationMethod": {"id": "x"}}, "proof.member_not_text"),
        ({"previousProof": "urn:x"}, "proof.previous_missing"),
        ({"capability": "x"}, "proof.unknown_member"),
    ],
)
def test_members_of_a_proof_have_their_plain_form(members: Mapping[str, Any], code: str, check: Any) -> None:
    report = check(changed_proof(sign(badge()), **members))
    assert report.error is not None
    assert report.error.code == code


def test_v_key_4_the_purpose_is_assertion_and_the_key_is_for_it(check: Any, web: Any, found: Any) -> None:
    report = check(add_proof(badge(), purpose="authentication"))
    assert found(report, "proof.purpose") == [("fail", "proof.purpose_wrong")]
    assert report.verdict.startswith("The signature cannot be relied on.")
    key = KEY.controlled_by(DID_WEB)
    document = web.publish_did(DID_WEB, KEY.public_key)
    signed = sign(badge(issuer=DID_WEB), key)
    assert check(signed).outcome is Outcome.PASS
    web.publish("https://badges.example.org/.well-known/did.json", {**document, "assertionMethod": []})
    assert found(check(signed), "proof.purpose") == [("fail", "key.wrong_purpose")]
    method = document["verificationMethod"][0]
    for change, code in (
        ({"revoked": "2026-01-01T00:00:00Z"}, "key.revoked"),
        ({"expires": "2026-01-01T00:00:00Z"}, "key.expired"),
        ({"controller": "did:web:other.example"}, "key.foreign_controller"),
        ({"id": f"{DID_WEB}#other"}, "key.not_listed"),
    ):
        web.publish(
            "https://badges.example.org/.well-known/did.json",
            {**document, "verificationMethod": [{**method, **change}]},
        )
        report = check(signed)
        assert report.outcome is Outcome.FAIL
        assert found(report, "issuer.binding")[0] == ("fail", code)


def test_v_key_1_a_key_of_somebody_else_never_speaks_for_the_issuer(check: Any, found: Any) -> None:
    forged = add_proof(badge(), OTHER)
    report = check(forged)
    assert found(report, "proof.signature") == [("pass", "proof.good")]
    assert found(report, "issuer.binding") == [("fail", "binding.foreign")]
    assert report.verdict.startswith("Not signed by who it says.")
    assert report.key is None
    assert report.issuer is None


@pytest.mark.parametrize(
    ("method", "outcome"),
    [
        (KEY.did, "fail"),
        (KEY.did + "?a=b#x", "fail"),
        (KEY.did + "/path#x", "fail"),
        (KEY.verification_method + "#x", "fail"),
        (KEY.did + "#key-1", "fail"),
        ("did:key:zzz#zzz", "fail"),
        ("did:unknown:1#a", "fail"),
        ("urn:key:1", "fail"),
        ("http://badges.example.org/keys#1", "fail"),
        ("https://badges.example.org/keys", "fail"),
        ("https://[bad#1", "fail"),
        ("https://badges.example.org/" + "k" * 3000 + "#1", "fail"),
    ],
)
def test_v_key_1_only_a_key_id_in_the_issuers_document_counts(method: str, outcome: str, check: Any) -> None:
    report = check(changed_proof(sign(badge()), verificationMethod=method))
    assert report.outcome.value == outcome
    assert report.key is None


def test_a_key_under_an_https_issuer_is_looked_up_there(check: Any, web: Any, found: Any) -> None:
    issuer = "https://badges.example.org/issuer"
    key = KEY.controlled_by(issuer)
    signed = sign(badge(issuer=issuer), key)
    assert check(signed).outcome is Outcome.UNKNOWN
    web.publish(issuer, web.publish_did(DID_WEB, KEY.public_key) | {"id": "https://other.example"})
    assert check(signed).outcome is Outcome.FAIL
    method = {
        "id": key.verification_method, "type": "Multikey", "controller": issuer,
        "publicKeyMultibase": KEY.public_key.to_multikey(),
    }  # fmt: skip
    web.publish(issuer, {"id": issuer, "verificationMethod": [method], "assertionMethod": [method["id"]]})
    assert check(signed).outcome is Outcome.PASS
    assert found(check(signed), "issuer.binding") == [("pass", "binding.good")]


def test_v_ld_6_every_proof_of_a_set_has_to_verify(check: Any, found: Any) -> None:
    both = add_proof(json.loads(sign(badge()).text), KEY, suite="eddsa-jcs-2022")
    report = check(both)
    assert report.outcome is Outcome.PASS
    assert [one[0] for one in found(report, "proof.signature")] == ["pass", "pass"]
    for index in (0, 1):
        broken = changed_proof(both, index, created="2026-01-01T00:00:00Z")
        assert check(broken).outcome is Outcome.FAIL, index
        assert check(changed_proof(both, index, cryptosuite="bbs-2023")).outcome is Outcome.UNKNOWN, index
        assert check(broken).key is None


def test_v_ld_6_a_strangers_proof_is_reported_and_never_names_the_issuer(check: Any, found: Any) -> None:
    both = add_proof(json.loads(sign(badge()).text), OTHER)
    report = check(both)
    assert report.outcome is Outcome.PASS
    assert report.key is not None
    assert report.key["id"] == KEY.verification_method
    assert found(report, "proof.signature") == [("pass", "proof.good"), ("pass", "proof.good_other")]
    assert report.of("proof.signature")[1].detail.startswith(f"{OTHER.did} signed exactly this content as well (EdDSA)")
    turned = {**both, "proof": both["proof"][::-1]}
    assert check(turned).key == report.key
    assert check(changed_proof(both, 1, created="2026-01-01T00:00:00Z")).outcome is Outcome.FAIL
    unlisted = changed_proof(both, 1, verificationMethod=OTHER.did + "#other")
    report = check(unlisted)
    assert report.outcome is Outcome.FAIL
    assert found(report, "proof.signature") == [("pass", "proof.good"), ("fail", "key.not_listed")]
    unreachable = add_proof(json.loads(sign(badge()).text), OTHER.controlled_by("did:web:stranger.example"))
    assert check(unreachable).outcome is Outcome.UNKNOWN


def test_an_undecided_proof_of_the_issuer_leaves_the_binding_open(check: Any, found: Any) -> None:
    signed = sign(badge(issuer=DID_WEB), KEY.controlled_by(DID_WEB))
    report = check(signed)
    assert found(report, "issuer.binding") == [("unknown", "binding.not_checked")]
    assert report.outcome is Outcome.UNKNOWN


def test_v_ld_6_too_many_same_or_chained_proofs(check: Any) -> None:
    document = json.loads(sign(badge()).text)
    proof = document["proof"]
    assert check({**document, "proof": [{**proof, "nonce": str(n)} for n in range(9)]}).error.code == "proof.too_many"
    assert check({**document, "proof": [proof, proof]}).error.code == "shape.repeated"
    twins = [{**proof, "id": "urn:a", "nonce": "1"}, {**proof, "id": "urn:a", "nonce": "2"}]
    assert check({**document, "proof": twins}).error.code == "proof.same_id"
    loop = [{**proof, "id": "urn:a", "previousProof": "urn:b"}, {**proof, "id": "urn:b", "previousProof": ["urn:a"]}]
    assert check({**document, "proof": loop}).error.code == "proof.previous_circle"
    assert check({**document, "proof": {**proof, "id": "urn:a", "previousProof": "urn:a"}}).error.code == (
        "proof.previous_circle"
    )


@pytest.mark.parametrize("suite", ["eddsa-rdfc-2022", "eddsa-jcs-2022"])
def test_v_ld_6_a_chained_proof_covers_the_one_before(suite: str, check: Any) -> None:
    first = add_proof(badge(), KEY, suite=suite, id="urn:uuid:11111111-1111-4111-8111-111111111111")
    chain = add_proof(first, OTHER, suite=suite, previousProof="urn:uuid:11111111-1111-4111-8111-111111111111")
    assert check(chain).outcome is Outcome.PASS
    assert check({**chain, "proof": chain["proof"][::-1]}).outcome is Outcome.PASS
    for index in (0, 1):
        assert check(changed_proof(chain, index, created="2026-01-01T00:00:00Z")).outcome is Outcome.FAIL
    alone = {**chain, "proof": chain["proof"][1]}
    assert check(alone).error.code == "proof.previous_missing"
    other = add_proof(badge(), KEY, suite=suite, id="urn:uuid:11111111-1111-4111-8111-111111111111", nonce="2")
    swapped = {**chain, "proof": [other["proof"], chain["proof"][1]]}
    assert check(swapped).outcome is Outcome.FAIL


def test_the_badge_profile_takes_no_appended_context_after_a_jcs_proof(check: Any, found: Any) -> None:
    signed = json.loads(sign(badge(), suite="eddsa-jcs-2022").text)
    longer = {**signed, "@context": [*signed["@context"], "https://w3id.org/security/multikey/v1"]}
    assert found(check(longer), "proof.signature") == [("fail", "proof.context_changed")]
    assert check(longer, profile="vc").outcome is Outcome.PASS
    other = {**signed, "@context": signed["@context"][::-1]}
    assert check(other, profile="vc").outcome is Outcome.FAIL
    none = changed_proof(signed, **{"@context": None})
    assert check(none).outcome is Outcome.FAIL


def test_an_issuer_without_an_id_binds_no_key(check: Any, found: Any) -> None:
    document = {**json.loads(sign(badge()).text), "issuer": {"type": ["Profile"], "name": "Nobody"}}
    assert found(check(document), "issuer.binding") == [("fail", "binding.issuer_not_text")]


def test_an_issuer_of_an_unknown_did_method_is_unknown(check: Any, found: Any) -> None:
    report = check(sign(badge(issuer="did:other:1"), KEY.controlled_by("did:other:1")))
    assert found(report, "proof.signature") == [("unknown", "did.unknown_method")]
    assert report.outcome is Outcome.UNKNOWN


class CountedOnly(list[Any]):
    """Says how many it holds, and gives none of them away."""

    def __iter__(self) -> Any:
        raise AssertionError("a proof was looked at")

    def __getitem__(self, index: Any) -> Any:
        raise AssertionError("a proof was looked at")


def test_v_ld_6_proofs_are_counted_before_one_of_them_is_looked_at() -> None:
    inquiry = Inquiry(now=FIXED_NOW, fetcher=NoNetwork(), contexts=PinnedContexts(), limits=DEFAULT_LIMITS)
    proofs = CountedOnly([{}] * 10_000)
    for profile in ("badge", "vc"):
        asked = dataclasses.replace(inquiry, profile=profile)
        report = check_credential(
            Source(container="json", text="", document={**badge(), "proof": proofs}), asked, AnyIssuer()
        )
        assert report.error is not None
        assert (report.error.code, report.error.pointer) == ("proof.too_many", "/proof")
        shown = Source(container="json", text="", document={"type": "VerifiablePresentation", "proof": proofs})
        with pytest.raises(MalformedError) as caught:
            check_presentation(shown, asked, AnyIssuer())
        assert caught.value.code == "proof.too_many"
