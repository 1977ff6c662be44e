"""Every check that proofs and tokens lead to, with outcome, code and facts (V-LD-5, V-LD-6, V-JWT-6, V-KEY-1)."""

from __future__ import annotations

from typing import Any

import pytest

from openbadges import Outcome
from openbadges.contexts import PinnedContexts
from openbadges.errors import LimitError, MalformedError, UnreachableError, UnsupportedError
from openbadges.limits import DEFAULT_LIMITS, Limits
from openbadges.proofs.vc_jwt import read_vc_jwt
from openbadges.report import Check, Note
from openbadges.testing import FIXED_NOW, FakeWeb, add_proof, badge, fixed_key, sign_token
from openbadges.verification.checks.proofs import Signed, check_embedded_proofs, finding
from openbadges.verification.checks.tokens import check_token
from openbadges.verification.inquiry import Inquiry

KEY, OTHER = fixed_key(), fixed_key("Ed25519", 1)
DID_WEB = "did:web:badges.example.org"
WEB_METHOD = f"{DID_WEB}#{KEY.public_key.to_multikey()}"
NOW = "2026-11-22T12:00:00Z"
NOT_CHECKED, BOUND = "proof.not_checked", "binding.good"


def inquiry(web: FakeWeb | None = None, limits: Limits = DEFAULT_LIMITS, profile: Any = "badge") -> Inquiry:
    return Inquiry(now=FIXED_NOW, fetcher=web or FakeWeb(), contexts=PinnedContexts(), limits=limits, profile=profile)


def line(check: Check) -> tuple[str, str, str, dict[str, Any]]:
    return check.id, check.outcome.value, check.code, dict(check.params)


def lines(signed: Signed) -> list[tuple[str, str, str, dict[str, Any]]]:
    return [line(check) for check in signed.checks]


def good(place: int = 0) -> list[tuple[str, str, str, dict[str, Any]]]:
    return [
        ("proof.signature", "pass", "proof.good", {"algorithm": "EdDSA", "proof": place}),
        ("proof.purpose", "pass", "proof.purpose_good", {"proof": place}),
    ]


def judged(document: dict[str, Any], issuer: str | None = KEY.did, **given: Any) -> Signed:
    return check_embedded_proofs(document, issuer, inquiry(**given))


def bound(place: int) -> tuple[str, str, str, dict[str, Any]]:
    return "issuer.binding", "pass", BOUND, {"key": KEY.verification_method, "proof": place}


BINDING_SKIPPED = ("issuer.binding", "skipped", NOT_CHECKED, {})


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (UnsupportedError("a.b", x=1), Outcome.UNKNOWN),
        (UnreachableError("a.b", x=1), Outcome.UNKNOWN),
        (MalformedError("a.b", x=1), Outcome.FAIL),
        (LimitError("a.b", x=1), Outcome.FAIL),
    ],
)
def test_what_could_not_be_told_is_unknown_and_keeps_its_facts(error: Any, outcome: Outcome) -> None:
    found = finding("some.check", error, y=2)
    assert line(found) == ("some.check", outcome.value, "a.b", {"x": 1, "y": 2})


def test_a_good_proof_is_reported_with_its_place_and_key() -> None:
    signed = judged(add_proof(badge()))
    assert lines(signed) == [*good(), bound(0)]
    assert signed.key is not None
    assert (signed.key.controller, signed.key.public_key) == (KEY.did, KEY.public_key)
    assert signed.algorithm == "EdDSA"


def test_the_issuers_proof_is_found_among_others_and_all_are_numbered() -> None:
    signed = judged(add_proof(add_proof(badge(), OTHER), KEY))
    others = ("proof.signature", "pass", "proof.good_other", {**good(0)[0][3], "controller": OTHER.did})
    assert lines(signed) == [others, good(0)[1], *good(1), bound(1)]
    assert signed.key is not None
    assert signed.key.controller == KEY.did


def test_no_proof_is_said_without_a_key() -> None:
    signed = judged(badge())
    assert lines(signed) == [("proof.signature", "fail", "proof.missing", {}), BINDING_SKIPPED]
    assert (signed.key, signed.algorithm) == (None, None)


def test_the_number_of_proofs_is_bounded() -> None:
    document = add_proof(add_proof(badge()), OTHER)
    with pytest.raises(MalformedError) as caught:
        judged(document, limits=Limits(proofs=1))
    assert caught.value.code == "proof.too_many"


def test_v_key_1_a_good_proof_of_somebody_else_binds_nothing() -> None:
    signed = judged(add_proof(badge(), OTHER))
    foreign = {"issuer": KEY.did, "controller": OTHER.did}
    assert lines(signed) == [*good(), ("issuer.binding", "fail", "binding.foreign", foreign)]
    assert signed.key is None
    nobody = judged(add_proof(badge()), None)
    assert lines(nobody) == [*good(), ("issuer.binding", "fail", "binding.issuer_not_text", {})]
    assert nobody.key is None


def test_a_signature_that_does_not_fit_keeps_its_place() -> None:
    document = add_proof(badge()) | {"name": "Other"}
    assert lines(judged(document)) == [
        ("proof.signature", "fail", "signature.wrong", {"proof": 0}),
        good()[1],
        BINDING_SKIPPED,
    ]


def test_a_purpose_that_is_not_the_one_asked_for_is_named() -> None:
    document = add_proof(badge(), purpose="authentication")
    assert lines(judged(document)) == [
        ("proof.signature", "skipped", NOT_CHECKED, {"proof": 0}),
        ("proof.purpose", "fail", "proof.purpose_wrong", {"purpose": "authentication", "proof": 0}),
        BINDING_SKIPPED,
    ]
    signed = check_embedded_proofs(document, KEY.did, inquiry(), purpose="authentication")
    assert lines(signed)[-1][1:3] == ("pass", BOUND)


def test_a_key_that_is_not_listed_for_the_purpose_is_named() -> None:
    web = FakeWeb()
    document = web.publish_did(DID_WEB, KEY.public_key)
    web.publish("https://badges.example.org/.well-known/did.json", {**document, "assertionMethod": []})
    signed = judged(add_proof(badge(issuer=DID_WEB), KEY.controlled_by(DID_WEB)), DID_WEB, web=web)
    wrong = {"key": WEB_METHOD, "purpose": "assertionMethod", "proof": 0}
    assert lines(signed) == [
        ("proof.signature", "skipped", NOT_CHECKED, {"proof": 0}),
        ("proof.purpose", "fail", "key.wrong_purpose", wrong),
        BINDING_SKIPPED,
    ]


def test_a_key_that_is_not_published_binds_nothing() -> None:
    web = FakeWeb()
    web.publish_did(DID_WEB, OTHER.public_key)
    signed = judged(add_proof(badge(issuer=DID_WEB), KEY.controlled_by(DID_WEB)), DID_WEB, web=web)
    assert lines(signed) == [
        ("proof.signature", "skipped", NOT_CHECKED, {"proof": 0}),
        ("issuer.binding", "fail", "key.not_listed", {"key": WEB_METHOD, "did": DID_WEB}),
    ]


def test_v_key_1_a_strangers_unusable_key_is_not_excused_by_the_issuers_proof() -> None:
    web = FakeWeb()
    web.publish_did(DID_WEB, OTHER.public_key)
    signed = judged(add_proof(add_proof(badge(), KEY.controlled_by(DID_WEB)), KEY), web=web)
    assert lines(signed) == [
        ("proof.signature", "fail", "key.not_listed", {"key": WEB_METHOD, "did": DID_WEB, "proof": 0}),
        *good(1),
        bound(1),
    ]


def test_a_key_that_cannot_be_reached_leaves_the_binding_open() -> None:
    signed = judged(add_proof(badge(issuer=DID_WEB), KEY.controlled_by(DID_WEB)), DID_WEB)
    first, binding = lines(signed)
    assert first[:3] == ("proof.signature", "unknown", "network.status")
    assert first[3]["proof"] == 0
    assert binding == ("issuer.binding", "unknown", "binding.not_checked", {})
    stranger = judged(add_proof(badge(), KEY.controlled_by(DID_WEB)))
    foreign = {"issuer": KEY.did, "controller": DID_WEB}
    assert lines(stranger)[1] == ("issuer.binding", "fail", "binding.foreign", foreign)


def test_a_suite_that_is_not_known_leaves_the_binding_open() -> None:
    document = add_proof(badge())
    document["proof"]["cryptosuite"] = "x"
    assert lines(judged(document)) == [
        ("proof.signature", "unknown", "proof.unknown_suite", {"suite": "x", "proof": 0}),
        ("issuer.binding", "unknown", "binding.not_checked", {}),
    ]


@pytest.mark.parametrize(
    ("method", "code"),
    [("urn:x#k", "binding.no_way"), (KEY.did, "did_url.no_fragment"), ("did:key:z6Mk%#x", "did_key.form")],
)
def test_a_method_that_names_no_key_is_the_bindings_problem(method: str, code: str) -> None:
    document = add_proof(badge())
    document["proof"]["verificationMethod"] = method
    first, binding = lines(judged(document))
    assert first == ("proof.signature", "skipped", NOT_CHECKED, {"proof": 0})
    assert binding[:2] == ("issuer.binding", "fail")
    if code != "did_key.form":
        assert binding[2] == code


@pytest.mark.parametrize(
    ("members", "code", "facts"),
    [
        ({"created": "yesterday"}, "proof.date_wrong", {"text": "yesterday"}),
        ({"created": None, "expires": "x"}, "proof.date_wrong", {"text": "x"}),
        ({"expires": "2026-11-22T11:59:59Z"}, "proof.expired", {"expires": "2026-11-22T11:59:59Z"}),
        ({"created": None, "expires": "2026-11-22T11:59:59Z"}, "proof.expired", {"expires": "2026-11-22T11:59:59Z"}),
    ],
)
def test_dates_of_a_proof_are_checked(members: dict[str, Any], code: str, facts: dict[str, Any]) -> None:
    document = add_proof(badge())
    made = {**document["proof"], **members}
    document["proof"] = {name: value for name, value in made.items() if value is not None}
    assert lines(judged(document)) == [
        ("proof.signature", "fail", code, {**facts, "proof": 0}),
        BINDING_SKIPPED,
    ]


def test_a_proof_is_good_until_the_instant_it_ends_and_may_be_of_tomorrow() -> None:
    assert judged(add_proof(badge(), expires=NOW)).key is not None
    assert judged(add_proof(badge(), created="2027-01-01T00:00:00Z")).key is not None
    assert judged(add_proof(badge(), created=None)).key is not None
    long = judged(add_proof(badge()), limits=Limits(date_chars=5))
    assert lines(long)[0][1] == "fail"


def test_v_ld_6_a_badge_keeps_the_contexts_that_were_signed_and_a_credential_may_add() -> None:
    document = add_proof(badge(), suite="eddsa-jcs-2022")
    assert judged(document).key is not None
    longer = document | {"@context": [*document["@context"], "https://w3id.org/security/data-integrity/v2"]}
    assert lines(judged(longer))[0] == ("proof.signature", "fail", "proof.context_changed", {"proof": 0})
    assert judged(longer, profile="vc").key is not None


def test_v_key_1_what_is_wrong_with_a_strangers_proof_does_not_hide_that_it_is_a_strangers() -> None:
    foreign = ("issuer.binding", "fail", "binding.foreign", {"issuer": KEY.did, "controller": OTHER.did})
    badly_signed = add_proof(badge(), OTHER) | {"name": "Other"}
    assert lines(judged(badly_signed))[-1] == foreign
    web = FakeWeb()
    document = web.publish_did(DID_WEB, KEY.public_key)
    web.publish("https://badges.example.org/.well-known/did.json", {**document, "assertionMethod": []})
    wrong_purpose = judged(add_proof(badge(), KEY.controlled_by(DID_WEB)), web=web)
    assert lines(wrong_purpose)[-1] == (*foreign[:3], {"issuer": KEY.did, "controller": DID_WEB})


def test_a_key_is_asked_for_by_the_purpose_of_the_proof() -> None:
    web = FakeWeb()
    document = web.publish_did(DID_WEB, KEY.public_key)
    web.publish("https://badges.example.org/.well-known/did.json", {**document, "assertionMethod": []})
    shown = add_proof(badge(), KEY.controlled_by(DID_WEB), purpose="authentication")
    signed = check_embedded_proofs(shown, DID_WEB, inquiry(web), purpose="authentication")
    assert signed.key is not None
    assert signed.key.key_id == WEB_METHOD


def test_a_document_without_a_canonical_form_ends_the_check() -> None:
    document = add_proof(badge()) | {"nobodyDefinesThis": 1}
    with pytest.raises(MalformedError) as caught:
        judged(document)
    assert caught.value.code.startswith("canon.")


def test_work_that_is_too_much_ends_the_check() -> None:
    with pytest.raises(LimitError):
        judged(add_proof(badge()), limits=Limits(quads=3))


# --- tokens ------------------------------------------------------------------------------------------------------


def token_checks(
    text: str, issuer: str | None = KEY.did, web: FakeWeb | None = None
) -> tuple[Signed, tuple[Note, ...]]:
    return check_token(read_vc_jwt(text), issuer, inquiry(web))


def payload(**members: Any) -> dict[str, Any]:
    document = badge()
    claims = {"iss": KEY.did, "jti": document["id"], "sub": document["credentialSubject"]["id"], "nbf": 1768467600}
    return {name: value for name, value in {**document, **claims, **members}.items() if value is not None}


SIGNATURE_SKIPPED = ("proof.signature", "skipped", NOT_CHECKED, {})


def test_a_good_token_is_reported_with_its_key() -> None:
    signed, notes = token_checks(sign_token(payload()))
    assert lines(signed) == [
        ("proof.signature", "pass", "proof.good", {"algorithm": "EdDSA"}),
        ("proof.purpose", "pass", "proof.purpose_good", {}),
        ("proof.claims", "pass", "claims.good", {}),
        ("issuer.binding", "pass", BOUND, {"key": KEY.verification_method}),
    ]
    assert signed.key is not None
    assert (signed.key.key_id, signed.algorithm, notes) == (KEY.verification_method, "EdDSA", ())


def test_a_claim_that_is_wrong_or_absent_is_reported_with_its_facts() -> None:
    signed, notes = token_checks(sign_token(payload(iss=None, jti="x", sub="y")))
    expected = {"claim": "jti", "found": "x", "expected": badge()["id"]}
    assert lines(signed)[2] == ("proof.claims", "fail", "claims.mismatch", expected)
    assert notes == (Note(code="claims.absent", pointer="/iss", params={"claim": "iss"}),)


def test_a_token_whose_key_is_not_the_issuers_is_not_verified() -> None:
    signed, notes = token_checks(sign_token(payload()), OTHER.did)
    foreign = {"issuer": OTHER.did, "controller": KEY.did}
    assert lines(signed) == [SIGNATURE_SKIPPED, ("issuer.binding", "fail", "binding.foreign", foreign)]
    assert (signed.key, signed.algorithm, notes) == (None, None, ())
    signed, notes = token_checks(sign_token(payload()), None)
    assert lines(signed) == [SIGNATURE_SKIPPED, ("issuer.binding", "fail", "binding.issuer_not_text", {})]
    assert notes == ()


def test_a_token_that_is_badly_signed_has_no_binding() -> None:
    signed, notes = token_checks(sign_token(payload(), OTHER, kid=KEY.verification_method))
    assert lines(signed) == [("proof.signature", "fail", "signature.wrong", {}), BINDING_SKIPPED]
    assert (signed.key, notes) == (None, ())


def test_a_token_signed_with_a_key_for_another_purpose() -> None:
    web = FakeWeb()
    document = web.publish_did(DID_WEB, KEY.public_key)
    web.publish("https://badges.example.org/.well-known/did.json", {**document, "assertionMethod": []})
    signed, notes = token_checks(sign_token(payload(), KEY.controlled_by(DID_WEB)), DID_WEB, web)
    wrong = {"key": WEB_METHOD, "purpose": "assertionMethod"}
    assert lines(signed) == [SIGNATURE_SKIPPED, ("proof.purpose", "fail", "key.wrong_purpose", wrong)]
    assert (signed.key, notes) == (None, ())
