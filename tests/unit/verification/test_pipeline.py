"""The pipeline as a whole: which checks are made, which decide, and what is shown (P2, P3, P6, V-KEY-6)."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from openbadges import AnyIssuer, NotVerifiedError, Outcome, Recipient, TrustedIssuers, Verifier, bake
from openbadges.errors import ConfigurationError
from openbadges.models import OpenBadgeCredential
from openbadges.testing import (
    FIXED_NOW,
    FixedClock,
    add_proof,
    badge,
    endorsement,
    fixed_key,
    sign,
    sign_token,
    status_list,
)

OFFLINE = Verifier.offline(clock=FixedClock())
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"/>'
REQUIRED = {
    "document.format", "document.shape", "document.kind", "contexts.known", "schema.conformance", "proof.signature",
    "proof.purpose", "issuer.binding", "validity.window",
}  # fmt: skip


def test_a_good_badge_passes_every_required_check(check: Any) -> None:
    report = check(sign(badge()))
    assert report.outcome is Outcome.PASS
    assert report.verdict == "This badge is genuine and valid today."
    assert report.required == REQUIRED
    assert [one.id for one in report.checks if one.outcome is Outcome.PASS] == [
        "document.format", "contexts.known", "document.shape", "document.kind", "schema.conformance",
        "proof.signature", "proof.purpose", "issuer.binding", "validity.window",
    ]  # fmt: skip
    assert report.format == "data-integrity"
    assert report.container == "json"
    assert report.at == FIXED_NOW


def test_v_key_6_the_report_names_issuer_key_and_algorithm(check: Any) -> None:
    key = fixed_key()
    report = check(sign(badge()))
    assert report.issuer == {"id": key.did, "name": "Riverside User Group", "trusted": None}
    assert report.key == {"id": key.verification_method, "algorithm": "EdDSA"}
    assert dict(report.credential) == {
        "id": badge()["id"],
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": "Edit-a-thon host",
        "valid_from": "2026-01-15T09:00:00Z",
        "valid_until": None,
    }
    assert report.of("proof.signature")[0].params == {"algorithm": "EdDSA", "proof": 0}


def test_nothing_is_shown_of_a_changed_badge(check: Any) -> None:
    report = check(sign(badge()).text.replace("Edit-a-thon host", "Professor"))
    assert report.outcome is Outcome.FAIL
    assert report.verdict == "Changed after it was signed."
    assert (report.credential, report.issuer, report.key) == (None, None, None)
    assert [one.code for one in report.of("validity.window")] == ["check.skipped"]


def test_status_and_endorsements_are_not_looked_at_without_a_good_proof(check: Any, web: Any, found: Any) -> None:
    document = badge(credentialStatus={"id": "https://x.example/1", "type": "1EdTechRevocationList"})
    document["@context"].append("https://purl.imsglobal.org/spec/ob/v3p0/extensions.json")
    report = check(sign(document).text.replace("Plans", "Planned"))
    assert web.requests == []
    assert found(report, "status.revocation") == [("skipped", "check.skipped")]
    assert "status.revocation" in report.required


def test_an_unsigned_badge_says_so(check: Any) -> None:
    report = check(badge())
    assert report.outcome is Outcome.FAIL
    assert report.verdict == "This badge is not signed, so nobody vouches for it."


@pytest.mark.parametrize(
    ("document", "kind"),
    [
        (status_list("https://x.example/1"), "a status list"),
        (badge(type=["VerifiableCredential"]), "some other signed credential"),
    ],
)
def test_what_is_well_signed_but_no_badge_is_not_valid_here(document: dict[str, Any], kind: str, check: Any) -> None:
    signed = add_proof(document)
    report = check(signed)
    assert report.outcome is Outcome.FAIL
    assert report.error is None
    assert report.verdict == f"This is {kind}, not a badge."
    assert check(signed, profile="vc").outcome is Outcome.PASS


def test_an_endorsement_and_its_words(check: Any) -> None:
    report = check(sign(endorsement(about="https://x.example/a"), fixed_key("Ed25519", 1)))
    assert report.outcome is Outcome.PASS
    assert report.verdict == "This endorsement is genuine and valid today."


@pytest.mark.parametrize(
    ("document", "code"),
    [
        ({"type": ["Profile"], "name": "Somebody"}, "document.not_credential"),
        ({"name": "Somebody"}, "document.no_type"),
        ({**badge(), "type": ["OpenBadgeCredential"]}, "shape.undefined_member"),
    ],
)
def test_what_is_no_credential_at_all(document: dict[str, Any], code: str, check: Any) -> None:
    report = check({"@context": badge()["@context"], "id": "urn:x:1", **document})
    assert report.outcome is Outcome.FAIL
    assert report.error is not None
    assert report.error.code == code


def test_a_presentation_is_not_a_badge(check: Any) -> None:
    document = {"@context": badge()["@context"][:1], "type": ["VerifiablePresentation"], "holder": fixed_key().did}
    signed = add_proof(document)
    for report in (check(signed), check(signed, profile="vc")):
        assert report.verdict == "This is a presentation, not a badge."
        assert (
            report.reason == "It is a presentation, which a holder signs for one request. Check it as one, with the "
            "challenge you gave."
        )
        assert (report.outcome, report.key, report.of("proof.purpose")) == (Outcome.FAIL, None, ())
    both = {**document, "type": ["VerifiablePresentation", "VerifiableCredential"], "issuer": fixed_key().did}
    both |= {"credentialSubject": {"id": "urn:x:2"}, "holder": None}
    both = {name: value for name, value in both.items() if value is not None}
    assert check(add_proof(both), profile="vc").outcome is Outcome.FAIL


def test_every_container_is_found_by_content(check: Any) -> None:
    signed = sign(badge())
    token = sign(badge(), form="vc-jwt")
    for given, container, form in (
        (signed, "json", "data-integrity"),
        (signed.text, "json", "data-integrity"),
        (b" \n" + bytes(signed) + b"\n", "json", "data-integrity"),
        (dict(signed.unverified), "json", "data-integrity"),
        (token, "jwt", "vc-jwt"),
        (bytes(token), "jwt", "vc-jwt"),
        (f" {token.text}\n", "jwt", "vc-jwt"),
        (bake(SVG, signed), "svg", "data-integrity"),
        (bake(SVG, token), "svg", "vc-jwt"),
    ):
        report = check(given)
        assert (report.outcome, report.container, report.format) == (Outcome.PASS, container, form)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (b"", "document.too_short"),
        (" \n", "document.too_short"),
        (b"\x00\xffhello", "document.not_recognised"),
        (b"\xff\xfe{}", "json.encoding"),
        ('{"a": 1}'.encode("utf-16-le"), "json.encoding"),
        ('{"a": 1}'.encode("utf-16-be"), "json.encoding"),
        (b' {"a": "\xe4"}', "json.encoding"),
        ("hello", "document.not_recognised"),
        (b"%PDF-1.4 with. some. dots. in. it", "document.not_recognised"),
        ("See you at ~7. Bring. A. Friend.", "document.not_recognised"),
        (b"\n<!DOCTYPE html>\n<title>A badge</title>", "document.web_page"),
        ("<html lang=en>", "document.web_page"),
        (b"-----BEGIN PRIVATE KEY-----\nMC4.CA.QA\n-----END PRIVATE KEY-----\n", "document.key_file"),
        (b"<htmlish/>", "image.not_svg"),
        ("[1]", "json.not_object"),
        ('{"a": NaN}', "json.not_a_number"),
        (b" " * (1 << 20) + b"x", "json.too_large"),
        (b"\xef\xbb\xbf{}", "json.byte_order_mark"),
        ("{}", "shape.context_missing"),
    ],
)
def test_what_cannot_be_read_ends_in_an_error_with_a_sentence(given: Any, code: str, check: Any) -> None:
    report = check(given)
    assert report.error is not None
    assert report.error.code == code
    assert report.outcome is Outcome.FAIL
    assert report.verdict.startswith("This could not be read as a badge.")
    assert report.to_json()["error"]["code"] == code


def test_v_jwt_1_a_forbidden_token_fails_and_is_not_malformed(check: Any, found: Any) -> None:
    head, payload, signature = sign(badge(), form="vc-jwt").text.split(".")
    report = check(f"eyJhbGciOiJub25lIn0.{payload}.")
    assert report.error is None
    assert found(report, "proof.signature") == [("fail", "jws.unsigned")]
    assert report.outcome is Outcome.FAIL
    assert check(f"eyJhbGciOiJIUzI1NiJ9.{payload}.{signature}").of("proof.signature")[0].code == "jws.symmetric"
    assert head


def test_verify_gives_what_was_signed_and_nothing_else() -> None:
    signed = sign(badge())
    verified = OFFLINE.verify(signed, policy=AnyIssuer())
    assert verified.document == json.loads(signed.text)
    assert verified.secured == signed
    assert verified.report.outcome is Outcome.PASS
    assert isinstance(verified.model, OpenBadgeCredential)


def test_verify_raises_for_everything_but_a_pass() -> None:
    signed = sign(badge(issuer="did:web:badges.example.org"), fixed_key().controlled_by("did:web:badges.example.org"))
    with pytest.raises(NotVerifiedError) as caught:
        OFFLINE.verify(signed, policy=AnyIssuer())
    assert caught.value.report.outcome is Outcome.UNKNOWN
    assert caught.value.code == "verdict.unknown_signature"
    with pytest.raises(NotVerifiedError, match="could not be read"):
        OFFLINE.verify(b"", policy=AnyIssuer())


def test_the_instant_can_be_given_and_needs_a_zone(check: Any) -> None:
    later = FIXED_NOW + timedelta(days=365 * 10)
    report = check(sign(badge(validUntil="2030-01-01T00:00:00Z")), at=later)
    assert report.at == later
    assert report.verdict == "Genuine, but it expired on 1 January 2030."
    with pytest.raises(ConfigurationError, match="time zone"):
        check(sign(badge()), at=datetime(2026, 1, 1))  # noqa: DTZ001 - that is the point


def test_trust_is_the_callers_and_a_fact_of_its_own(check: Any) -> None:
    signed = sign(badge())
    trusted = check(signed, policy=TrustedIssuers([fixed_key().did]))
    assert trusted.outcome is Outcome.PASS
    assert trusted.issuer is not None
    assert trusted.issuer["trusted"] is True
    stranger = check(signed, policy=TrustedIssuers([]))
    assert stranger.outcome is Outcome.FAIL
    assert stranger.key is not None
    assert "is not one of those you trust" in stranger.verdict
    assert check(signed).of("issuer.trust")[0].outcome is Outcome.SKIPPED


def test_a_single_issuer_may_be_given_as_text_and_is_compared_whole() -> None:
    assert TrustedIssuers("did:key:a").trusts("did:key:a")
    assert not TrustedIssuers("did:key:a").trusts("d")
    assert AnyIssuer().trusts("did:key:a") is None


def test_the_recipient_decides_when_asked(check: Any) -> None:
    signed = sign(badge())
    assert check(signed, recipient=Recipient("id", badge()["credentialSubject"]["id"])).outcome is Outcome.PASS
    other = check(signed, recipient=Recipient("id", "did:example:other"))
    assert other.outcome is Outcome.FAIL
    assert other.verdict == "Genuine, but it was not given to this person."


def test_an_unknown_context_makes_the_outcome_unknown_v_ld_1(check: Any) -> None:
    document = badge()
    document["@context"].append("https://example.org/context")
    report = check({**document, "proof": json.loads(sign(badge()).text)["proof"]})
    assert report.outcome is Outcome.UNKNOWN
    assert report.verdict.startswith("We could not check this badge, because it uses words we do not know.")


def test_members_that_the_model_does_not_list_are_noted(check: Any) -> None:
    document = badge()
    document["credentialSubject"]["name"] = "Ana"
    notes = check(sign(document)).notes
    assert [(note.code, note.pointer) for note in notes] == [("note.unlisted_member", "/credentialSubject/name")]
    assert notes[0].detail == "Open Badges 3.0 does not list “name” here. It is signed, and not interpreted."


def test_the_notes_of_the_strict_schema_do_not_decide(check: Any) -> None:
    document = badge()
    document["issuer"]["type"] = "Profile"
    report = check(sign(document))
    assert report.outcome is Outcome.PASS
    assert [note.code for note in report.notes] == ["note.canonical_schema"]


def test_a_graph_that_costs_too_much_is_a_limit_v_ld_4(check: Any) -> None:
    from openbadges import Limits

    report = check(sign(badge()), limits=Limits(quads=5))
    assert report.error is not None
    assert report.error.code == "canon.too_many_quads"
    assert report.checks[0].id == "document.shape"


def test_a_token_of_another_credential_kind_is_named(check: Any) -> None:
    token = sign_token({**status_list("https://x.example/1"), "iss": fixed_key().did})
    assert check(token).verdict == "This is a status list, not a badge."


@pytest.mark.parametrize("given", [5, [1], Path("badge.json"), memoryview(b"{}")])
def test_what_is_no_kind_of_badge_at_all_is_the_callers_mistake(given: Any, check: Any) -> None:
    with pytest.raises(ConfigurationError, match=f"of the type {type(given).__name__}"):
        check(given)
    with pytest.raises(ConfigurationError, match="of the type"):
        Verifier.offline().check_presentation(given, policy=AnyIssuer())
