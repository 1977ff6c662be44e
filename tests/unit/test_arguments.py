"""What a developer hands in by mistake is said at once, in one sentence, and never decides anything."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from openbadges import AnyIssuer, Outcome, TrustedIssuers, Verifier, bake, issue, present, unbake, verify_many
from openbadges.errors import ConfigurationError
from openbadges.frameworks import FrameworkLimits, read_framework
from openbadges.limits import DEFAULT_LIMITS, Limits
from openbadges.proofs.selective.limits import SelectiveLimits
from openbadges.status import build_list
from openbadges.testing import FIXED_NOW, badge, fixed_key, sign

KEY = fixed_key()
PICTURE = b'<svg xmlns="http://www.w3.org/2000/svg"/>'


def refused(call: Any) -> str:
    with pytest.raises(ConfigurationError) as caught:
        call()
    return caught.value.code


@pytest.mark.parametrize("policy", [None, "did:key:z6Mk", ["did:key:z6Mk"], AnyIssuer, TrustedIssuers])
def test_what_is_no_policy_is_refused_by_whatever_checks(policy: Any) -> None:
    verifier = Verifier.offline()
    assert refused(lambda: verifier.check(sign(badge()), policy=policy)) == "verify.policy"
    assert refused(lambda: verifier.verify(sign(badge()), policy=policy)) == "verify.policy"
    assert refused(lambda: verifier.check_presentation(b"{}", policy=policy)) == "verify.policy"
    assert refused(lambda: list(verify_many([("1", b"{}")], policy=policy, jobs=1))) == "verify.policy"


def test_a_policy_of_ones_own_needs_no_base_class() -> None:
    class Own:
        refresh = False
        endorsements_decide = False

        def trusts(self, issuer: str) -> bool:
            return issuer == KEY.did

    assert Verifier.offline().check(sign(badge()), policy=Own(), at=FIXED_NOW).outcome is Outcome.PASS


@pytest.mark.parametrize("instant", ["2026-01-01T00:00:00Z", date(2026, 1, 1), 1])
def test_an_instant_is_a_datetime_with_a_zone(instant: Any) -> None:
    assert refused(lambda: Verifier.offline().check(b"{}", policy=AnyIssuer(), at=instant)) == "verify.time_kind"
    assert refused(lambda: issue(badge(), signer=KEY, created=instant)) == "verify.time_kind"
    naive = datetime(2026, 1, 1)  # noqa: DTZ001 - that is the mistake
    assert refused(lambda: issue(badge(), signer=KEY, created=naive)) == "verify.time_without_zone"
    assert issue(badge(), signer=KEY, created=datetime(2026, 1, 1, tzinfo=UTC)).text


@pytest.mark.parametrize("signer", [None, b"key", "key", KEY.public_key, type(KEY)])
def test_what_cannot_sign_is_refused(signer: Any) -> None:
    assert refused(lambda: issue(badge(), signer=signer)) == "issue.signer"
    assert refused(lambda: present([], signer=signer, challenge="x")) == "issue.signer"


@pytest.mark.parametrize("shown", [sign(badge()), "text", {"a": 1}, None])
def test_badges_to_show_are_a_list(shown: Any) -> None:
    assert refused(lambda: present(shown, signer=KEY, challenge="x")) == "presentation.badges"


def test_who_is_meant_is_a_recipient() -> None:
    call: Any = Verifier.offline().check
    assert refused(lambda: call(sign(badge()), policy=AnyIssuer(), recipient="name:Ana")) == "verify.recipient"


@pytest.mark.parametrize("value", [None, [], 0, Path("badge.json")])
def test_what_is_no_badge_at_all_is_not_called_a_bad_one(value: Any) -> None:
    assert refused(lambda: Verifier.offline().check(value, policy=AnyIssuer())) == "verify.input"


@pytest.mark.parametrize("picture", [None, "picture.png", Path("picture.png")])
def test_pictures_are_handed_in_as_bytes(picture: Any) -> None:
    assert refused(lambda: bake(picture, sign(badge()))) == "image.kind"
    assert refused(lambda: unbake(picture)) == "image.kind"


@pytest.mark.parametrize("file", [None, "skills.json", Path("skills.json")])
def test_framework_files_are_handed_in_as_bytes(file: Any) -> None:
    assert refused(lambda: read_framework(file)) == "frameworks.kind"


@pytest.mark.parametrize("value", [None, {"a": 1}, badge()])
def test_what_is_baked_was_signed_before(value: Any) -> None:
    assert refused(lambda: bake(PICTURE, value)) == "image.badge_kind"


@pytest.mark.parametrize(
    ("pair", "code"),
    [
        (bytes(sign(badge())), "bulk.pair"),
        ("text", "bulk.pair"),
        (("1", b"{}", 3), "bulk.pair"),
        (None, "bulk.pair"),
        (b"{}", "verify.input"),  # two bytes are a pair to Python, of which the second is no badge
    ],
)
def test_many_badges_come_as_pairs(pair: Any, code: str) -> None:
    assert refused(lambda: list(verify_many([pair], policy=AnyIssuer(), jobs=1))) == code


@pytest.mark.parametrize("jobs", [0, -1, "2", 1.5])
def test_jobs_are_a_number(jobs: Any) -> None:
    assert refused(lambda: list(verify_many([], policy=AnyIssuer(), jobs=jobs))) == "bulk.jobs"


@pytest.mark.parametrize(
    ("members", "code"),
    [
        ({"set_indexes": [5, "7"]}, "status.build_index_kind"),
        ({"set_indexes": {5: 1, 7.0: 1}}, "status.build_index_kind"),
        ({"set_indexes": iter([None])}, "status.build_index_kind"),
        ({"set_indexes": [False, True]}, "status.build_index_kind"),  # a flag for each place
        ({"set_indexes": ["7"], "status_size": 2}, "status.build_index_kind"),
        ({"set_indexes": "57"}, "status.build_index_kind"),
        ({"set_indexes": None}, "status.build_indexes"),
        ({"set_indexes": 57}, "status.build_indexes"),
        ({"set_indexes": {5: "1"}}, "status.build_value"),
        ({"set_indexes": {5: []}}, "status.build_value"),
        ({"length": 2.0**20}, "status.build_length"),
        ({"status_size": "1"}, "status.build_size"),
        ({"ttl": "1"}, "status.build_ttl"),
    ],
)
def test_status_lists_are_made_of_whole_numbers(members: Any, code: str) -> None:
    given = {"list_id": "https://a.example/l", "issuer": KEY.did, "purpose": "revocation", "set_indexes": ()} | members
    assert refused(lambda: build_list(valid_from=FIXED_NOW, **given)) == code


@pytest.mark.parametrize("value", ["8", None, -1, True, 8.0, float("inf"), [8]])
def test_limits_are_counts(value: Any) -> None:
    for make in (
        lambda: Limits(proofs=value),
        lambda: FrameworkLimits(items=value),
        lambda: SelectiveLimits(pointers=value),
        lambda: replace(DEFAULT_LIMITS, redirects=value),
    ):
        assert refused(make) == "limits.count"


@pytest.mark.parametrize("value", ["5", None, -0.5, True, float("inf"), float("nan")])
def test_limits_of_time_are_seconds_that_end(value: Any) -> None:
    assert refused(lambda: Limits(connect_seconds=value)) == "limits.seconds"


def test_a_limit_may_be_nothing_and_seconds_may_be_whole() -> None:
    assert (Limits(redirects=0).redirects, Limits(fetch_seconds=3).fetch_seconds) == (0, 3)


@pytest.mark.parametrize("controller", ["x", "a.example", "http://a.example/", "did:web", "did:WEB:a", None, KEY])
def test_a_key_speaks_for_a_did_or_an_https_address(controller: Any) -> None:
    assert refused(lambda: KEY.controlled_by(controller)) == "signing_key.controller"
