"""Whoever edits a signed badge in one place loses the signature, unless the edit says the same.

What is allowed: members in another order, numbers of the same value, the bare form of ``proof``; and where RDF is
signed, what docs/decisions/0017-what-a-signature-over-meaning-cannot-see.md lists. Every node of rich documents is
edited in every way (V-LD-1, V-LD-2, V-LD-3).
"""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from openbadges import AnyIssuer, Outcome, Verifier
from openbadges.encoding.base import decode_base64url, encode_base64url
from openbadges.testing import FixedClock, sign

VERIFIER = Verifier.offline(clock=FixedClock())
POLICY = AnyIssuer()


def passes(document: Any) -> bool:
    return VERIFIER.check(document, policy=POLICY).outcome is Outcome.PASS


def test_every_single_edit_of_every_node_is_refused(signed_case: tuple[dict[str, Any], str], editing: Any) -> None:
    document, suite = signed_case
    normal = editing.same_bytes if "jcs" in suite else editing.same_statements
    assert passes(document)
    same = normal(document)
    made, accepted = 0, []
    for label, edit in editing.edits(document):
        made += 1
        edited = edit()
        if edited != document and passes(edited) and normal(edited) != same:
            accepted.append(label)
    assert accepted == []
    assert made > 500


def test_edits_are_seen_and_not_all_refused(signed_case: tuple[dict[str, Any], str], editing: Any) -> None:
    """The test above could not fail if nothing ever passed: what says the same still passes."""
    document, suite = signed_case
    turned = dict(reversed(document.items()))
    assert passes(turned)
    assert passes(document | {"proof": [document["proof"]]})
    if "jcs" not in suite:
        assert passes(document | {"type": document["type"][::-1]})
        assert passes(document | {"@context": [*document["@context"], "https://w3id.org/security/multikey/v1"]})


@pytest.mark.parametrize("suite", ["eddsa-rdfc-2022", "eddsa-jcs-2022"])
@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_random_edits_of_generated_badges_are_refused(
    suite: str, data: Any, generated_badges: Any, editing: Any
) -> None:
    document = json.loads(sign(data.draw(generated_badges), suite=suite).text)
    normal = editing.same_bytes if "jcs" in suite else editing.same_statements
    same = normal(document)
    choices = list(editing.edits(document))
    for index in data.draw(st.lists(st.integers(0, len(choices) - 1), min_size=20, max_size=20, unique=True)):
        label, edit = choices[index]
        edited = edit()
        assert edited == document or not passes(edited) or normal(edited) == same, label


def test_every_edit_of_a_token_is_refused(rich_badge: dict[str, Any], editing: Any) -> None:
    token = sign(rich_badge, form="vc-jwt").text
    header, payload, signature = token.split(".")
    assert passes(token)
    claims = json.loads(decode_base64url(payload))
    accepted = []
    for label, edit in list(editing.edits(claims))[::7]:
        if passes(f"{header}.{encode_base64url(json.dumps(edit()).encode())}.{signature}"):
            accepted.append(label)
    assert accepted == []


def test_tokens_are_not_malleable() -> None:
    """V-JWT-4: another spelling of the same bytes is another token."""
    token = sign({**_minimal()}, form="vc-jwt").text
    parts = token.split(".")
    for index in range(3):
        for other in (
            parts[index] + "=",
            parts[index] + "A",
            parts[index][:-1],
            parts[index][:1] + "\n" + parts[index][1:],
            parts[index] + ".",
        ):
            changed = ".".join([*parts[:index], other, *parts[index + 1 :]])
            assert not passes(changed), changed[:20]
    for index in range(0, len(token), 11):
        flipped = token[:index] + ("A" if token[index] != "A" else "B") + token[index + 1 :]
        assert not passes(flipped), index


def test_what_numbers_say_is_what_counts(editing: Any) -> None:
    document = _minimal()
    document["credentialSubject"]["creditsEarned"] = 42
    for suite in ("eddsa-rdfc-2022", "eddsa-jcs-2022"):
        signed = json.loads(sign(document, suite=suite).text)
        for number, good in (
            (42.0, True),
            (42.000001, False),
            (42.00000000000001, False),
            ("42", False),
            (4.2e1, True),
            (43, False),
            (True, False),
        ):
            edited = copy.deepcopy(signed)
            edited["credentialSubject"]["creditsEarned"] = number
            assert passes(edited) is good, (suite, number)


def _minimal() -> dict[str, Any]:
    from openbadges.testing import badge

    return badge()
