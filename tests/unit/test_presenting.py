"""Making presentations: what is made passes the check, with every kind of key, and what cannot be shown is refused."""

from __future__ import annotations

from typing import Any

import pytest

from openbadges import AnyIssuer, Outcome, SecuredCredential, Verifier, present
from openbadges.errors import ConfigurationError, IssuingError
from openbadges.testing import FixedClock, add_proof, badge, fixed_key, sign

ASKED = {"challenge": "c-1", "domain": "badges.example.org"}


def check(shown: SecuredCredential, **asked: str) -> Any:
    verifier = Verifier.offline(clock=FixedClock())
    return verifier.check_presentation(shown, policy=AnyIssuer(), **{**ASKED, **asked})


@pytest.mark.parametrize("kind", ["Ed25519", "P-256", "P-384"])
def test_a_holder_proves_a_key_for_this_once(kind: str) -> None:
    holder = fixed_key(kind, 9)
    shown = present(signer=holder, clock=FixedClock(), **ASKED)
    report = check(shown)
    assert report.outcome is Outcome.PASS, [one.detail for one in report.checks]
    assert report.issuer["id"] == holder.did
    assert check(shown, challenge="c-2").outcome is Outcome.FAIL
    assert check(shown, domain="other.example").outcome is Outcome.FAIL


def test_badges_go_along_as_json_and_as_tokens() -> None:
    badges = [sign(badge()), sign(badge(id="urn:uuid:2"), form="vc-jwt")]
    report = check(present(badges, signer=fixed_key("Ed25519", 9), suite="eddsa-jcs-2022", clock=FixedClock(), **ASKED))
    assert report.outcome is Outcome.PASS, [one.detail for one in report.checks]
    assert [one.outcome for one in report.inside] == [Outcome.PASS, Outcome.PASS]


def test_a_domain_is_named_only_when_it_is_given() -> None:
    shown = present(signer=fixed_key(), challenge="c-1")
    assert "domain" not in shown.unverified["proof"]
    assert Verifier.offline().check_presentation(shown, policy=AnyIssuer(), challenge="c-1").outcome is Outcome.PASS


@pytest.mark.parametrize(
    ("badges", "more"),
    [
        ([SecuredCredential("{")], {}),
        ([SecuredCredential('{"@context": []}')], {}),
        ([], {"suite": "unheard-of"}),
        ([], {"signer": fixed_key("RSA")}),
    ],
)
def test_what_cannot_be_shown_is_said(badges: Any, more: Any) -> None:
    with pytest.raises(IssuingError, match="The presentation was not signed: ") as caught:
        present(badges, **{"signer": fixed_key(), "challenge": "c-1", **more})
    assert caught.value.code == "issue.not_presented"


@pytest.mark.parametrize("challenge", ["", " "])
def test_a_challenge_that_nobody_made_up_is_refused_on_both_sides(challenge: str) -> None:
    with pytest.raises(ConfigurationError, match="The challenge is blank"):
        present(signer=fixed_key(), challenge=challenge)
    with pytest.raises(ConfigurationError, match="The challenge is blank"):
        check(present(signer=fixed_key(), **ASKED), challenge=challenge)


def test_a_report_speaks_of_who_shows_and_not_of_an_issuer() -> None:
    good = check(present(signer=fixed_key(), clock=FixedClock(), **ASKED))
    said = {one.code: one.detail for one in good.checks}
    assert said["presentation.purpose_good"] == "The signature was made to show badges to who asks."
    assert said["presentation.holder_good"].startswith("It was signed with a key of who shows it, did:key:")
    unsigned = {"@context": badge()["@context"][:1], "type": ["VerifiablePresentation"], "holder": fixed_key().did}
    wrong = check(add_proof(unsigned, purpose="assertionMethod"))
    assert wrong.reason.startswith("The signature was made for another purpose (assertionMethod), not to show badges")
