"""Refreshing: after a good proof, only if asked, once; a failure keeps the original and never decides (V-NET-3)."""

from __future__ import annotations

import json
from typing import Any

import pytest

from openbadges import AnyIssuer, Outcome, Verifier
from openbadges.testing import FixedClock, badge, fixed_key, sign

URL = "https://badges.example.org/refresh/1"
EXTENSIONS = "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"
REFRESH = AnyIssuer(refresh=True)
SERVICE = {"id": URL, "type": "1EdTechCredentialRefresh"}


def refreshable(**members: Any) -> dict[str, Any]:
    document = badge(**{"refreshService": SERVICE, **members})
    document["@context"].append(EXTENSIONS)
    return document


def newer(**members: Any) -> dict[str, Any]:
    return refreshable(validFrom="2026-06-01T00:00:00Z", name="Newer", **members)


def test_it_has_to_be_asked_for(check: Any, web: Any, found: Any) -> None:
    web.publish(URL, sign(newer()))
    report = check(sign(refreshable()))
    assert report.outcome is Outcome.PASS
    assert found(report, "refresh") == [("skipped", "refresh.not_asked")]
    assert web.requests == []


@pytest.mark.parametrize("form", ["data-integrity", "vc-jwt"])
def test_a_newer_copy_takes_the_place_of_the_original(form: Any, check: Any, web: Any, found: Any) -> None:
    web.publish(URL, sign(newer(), form=form))
    report = check(sign(refreshable()), policy=REFRESH)
    assert report.outcome is Outcome.PASS
    assert found(report, "refresh") == [("pass", "refresh.done")]
    assert report.credential is not None
    assert report.credential["name"] == "Newer"
    assert web.requests == [URL]
    verified = Verifier(fetcher=web, clock=FixedClock()).verify(sign(refreshable()), policy=REFRESH)
    assert verified.document["name"] == "Newer"
    assert verified.secured == sign(newer(), form=form)


def test_a_newer_copy_that_has_ended_rules(check: Any, web: Any) -> None:
    web.publish(URL, sign(newer(validUntil="2026-07-01T00:00:00Z")))
    assert check(sign(refreshable()), policy=REFRESH).verdict == "Genuine, but it expired on 1 July 2026."


def test_the_same_or_an_older_copy_changes_nothing(check: Any, web: Any, found: Any) -> None:
    for copy in (refreshable(), refreshable(validFrom="2025-01-01T00:00:00Z", name="Older")):
        web.publish(URL, sign(copy))
        report = check(sign(refreshable()), policy=REFRESH)
        assert found(report, "refresh") == [("pass", "refresh.current")]
        assert report.credential is not None
        assert report.credential["name"] == "Edit-a-thon host"


def test_v_net_3_a_failure_keeps_the_original(check: Any, web: Any, found: Any) -> None:
    signed = sign(refreshable())
    cases: list[tuple[Any, tuple[str, str]]] = [
        (None, ("unknown", "network.status")),
        ("gibberish", ("fail", "document.not_recognised")),
        (sign(newer(id="urn:uuid:2")), ("fail", "refresh.other_badge")),
        (sign(newer(issuer=fixed_key("Ed25519", 1).did), fixed_key("Ed25519", 1)), ("fail", "refresh.other_badge")),
        (sign(newer()).text.replace("Plans", "Planned"), ("fail", "refresh.not_good")),
        (json.dumps(newer()), ("fail", "refresh.not_good")),
    ]
    for served, expected in cases:
        if served is not None:
            web.publish(URL, served)
        report = check(signed, policy=REFRESH)
        assert report.outcome is Outcome.PASS, expected
        assert found(report, "refresh") == [expected]
        assert report.credential is not None
        assert report.credential["name"] == "Edit-a-thon host"


def test_a_copy_that_is_signed_but_does_not_conform_is_not_taken(check: Any, web: Any, found: Any) -> None:
    from openbadges.testing import add_proof

    bare = newer()
    del bare["credentialSubject"]["achievement"]["criteria"]
    web.publish(URL, add_proof(bare))
    report = check(sign(refreshable()), policy=REFRESH)
    assert report.outcome is Outcome.PASS
    assert found(report, "refresh") == [("fail", "refresh.not_good")]


def test_nothing_is_fetched_without_a_good_proof(check: Any, web: Any) -> None:
    web.publish(URL, sign(newer()))
    assert check(sign(refreshable()).text.replace("Plans", "Planned"), policy=REFRESH).outcome is Outcome.FAIL
    assert web.requests == []


def test_an_unknown_service_is_said(check: Any, found: Any) -> None:
    report = check(sign(badge(refreshService={"id": URL, "type": "https://example.org/types#Refresh"})), policy=REFRESH)
    assert found(report, "refresh") == [("skipped", "refresh.unknown_type")]
    several = badge(refreshService=[{"id": URL, "type": "https://example.org/types#R"}])
    from openbadges.testing import add_proof

    report = check(add_proof({**several, "type": ["VerifiableCredential"]}), profile="vc", policy=REFRESH)
    assert found(report, "refresh") == [("skipped", "refresh.unknown_type")]


def test_percent_encoding_and_blanks_do_not_make_another_badge(check: Any, web: Any, found: Any) -> None:
    web.publish(URL, sign(newer(id="https://badges.example.org/b/%31")))
    report = check(sign(refreshable(id="https://badges.example.org/b/1")), policy=REFRESH)
    assert found(report, "refresh") == [("pass", "refresh.done")]


def test_a_copy_whose_start_cannot_be_read_is_older(check: Any, web: Any, found: Any) -> None:
    """No schema looks at the dates of a record before they are compared."""
    from openbadges.testing import add_proof

    def record(**members: Any) -> dict[str, Any]:
        document = refreshable(awardedDate=None, credentialSubject={"id": "urn:x:1", "type": ["ClrSubject"]}, **members)
        document["@context"].insert(1, "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json")
        return add_proof({**document, "type": ["VerifiableCredential", "ClrCredential"]})

    for start in ("2026-13-01T00:00:00Z", None):
        web.publish(URL, record(validFrom=start))
        report = check(record(), policy=REFRESH)
        assert report.outcome is Outcome.PASS
        assert found(report, "refresh") == [("pass", "refresh.current")]
