"""Hashed and plain identities."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from openbadges.errors import MalformedError
from openbadges.models import IdentityObject, identity_hash
from openbadges.models.identity import is_identity_hash, new_salt


def test_known_answers(root: Path) -> None:
    cases = json.loads((root / "tests/vectors/identity-hash.json").read_text(encoding="utf-8"))["cases"]
    assert cases
    for case in cases:
        assert identity_hash(case["value"], case["salt"]) == case["hash"]


def test_a_hash_has_a_form() -> None:
    assert is_identity_hash("sha256$" + "aB" * 32)
    assert is_identity_hash("md5$" + "0" * 32)
    for text in ("sha256$" + "a" * 63, "sha256$" + "g" * 64, "sha1$" + "a" * 40, "sha256$" + "a" * 64 + "\n", 5, None):
        assert not is_identity_hash(text)


def test_v_rec_1_a_salt_has_sixteen_random_bytes() -> None:
    salts = {new_salt() for _ in range(100)}
    assert len(salts) == 100
    assert all(re.fullmatch("[0-9a-f]{32}", salt) for salt in salts)


def test_hashed_of_hides_the_identifier() -> None:
    identity = IdentityObject.hashed_of("emailAddress", "a@example.com")
    document = identity.to_document()
    assert "a@example.com" not in json.dumps(document)
    assert document == {
        "type": "IdentityObject",
        "hashed": True,
        "identityHash": identity_hash("a@example.com", document["salt"]),
        "identityType": "emailAddress",
        "salt": document["salt"],
    }
    assert len(document["salt"]) == 32


def test_hashed_of_takes_a_salt_and_an_empty_one_is_none() -> None:
    assert IdentityObject.hashed_of("emailAddress", "a@example.com", salt="Kosher").salt == "Kosher"
    unsalted = IdentityObject.hashed_of("ext:wiki", "mayze", salt="")
    assert unsalted.salt is None
    assert unsalted.identity_hash == identity_hash("mayze")


def test_plain_is_plain() -> None:
    assert IdentityObject.plain("name", "Ana").to_document() == {
        "type": "IdentityObject",
        "hashed": False,
        "identityHash": "Ana",
        "identityType": "name",
    }


@pytest.mark.parametrize("value", ["\ud800", None, 5])
def test_what_is_not_text_is_refused(value: str) -> None:
    with pytest.raises(MalformedError) as caught:
        identity_hash(value)
    assert caught.value.code == "identity.not_text"


def test_an_unknown_identity_type_is_refused() -> None:
    with pytest.raises(MalformedError) as caught:
        IdentityObject.plain("email", "a@example.com")
    assert caught.value.pointer == "/identityType"
