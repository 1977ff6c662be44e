from __future__ import annotations

import hashlib
from typing import Any

import pytest

from openbadges.legacy import Assertion, check_recipient
from openbadges.messages import MESSAGES

EMAIL = "a@example.com"


def recipient(**members: object) -> Assertion:
    return Assertion({"recipient": members})


def answer(assertion: Assertion, kind: str = "email", value: str = EMAIL) -> str:
    check = check_recipient(assertion, kind, value)
    assert check.id == "recipient.match"
    assert check.code in MESSAGES
    assert "{" not in check.detail
    assert (check.outcome.value == "pass") is check.code.startswith("legacy.recipient_match")
    return check.code


def digest(algorithm: str, text: str) -> str:
    return f"{algorithm}${hashlib.new(algorithm, text.encode(), usedforsecurity=False).hexdigest()}"


@pytest.mark.parametrize("kind", ["email", "emailAddress"])
def test_a_salted_hash_matches_under_both_names_of_its_type(world: Any, kind: str) -> None:
    assert answer(Assertion(world.assertion), kind) == "legacy.recipient_match"


def test_hexadecimal_digits_may_be_large(world: Any) -> None:
    shouted = world.assertion["recipient"]["identity"].upper().replace("SHA256", "sha256")
    assert answer(recipient(type="email", hashed=True, salt="Kosher", identity=shouted)) == "legacy.recipient_match"


def test_small_letters_are_tried_and_reported(world: Any) -> None:
    assert answer(Assertion(world.assertion), value="A@Example.com") == "legacy.recipient_match_folded"


def test_somebody_else_does_not_match(world: Any) -> None:
    assert answer(Assertion(world.assertion), value="b@example.com") == "legacy.recipient_other"


@pytest.mark.parametrize("kind", ["url", "telephone", "", "ext:url"])
def test_another_kind_of_identity_does_not_match(world: Any, kind: str) -> None:
    assert answer(Assertion(world.assertion), kind) == "legacy.recipient_type"


def test_plain_text_matches_exactly() -> None:
    plain = recipient(type=["telephone"], hashed=False, identity="+1 555 0100")
    assert answer(plain, "ext:telephone", "+1 555 0100") == "legacy.recipient_match"
    assert answer(plain, "telephone", "+1 555 0101") == "legacy.recipient_other"


@pytest.mark.parametrize(
    ("identity", "salt"),
    [
        (digest("md5", EMAIL + "s"), "s"),
        (digest("md5", EMAIL), None),
        (digest("sha256", EMAIL), None),
        (digest("sha256", EMAIL), ""),
        (digest("sha1", EMAIL + "s"), "s"),
        (EMAIL, "s"),
    ],
)
def test_v_rec_1_a_weak_hash_never_matches(identity: str, salt: str | None) -> None:
    members = {"type": "email", "hashed": True, "identity": identity} | ({} if salt is None else {"salt": salt})
    assert answer(recipient(**members)) == "legacy.recipient_weak"
