"""DID documents and controlled identifier documents: which key, for what, since when (V-KEY-1, V-KEY-4)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

import pytest

from openbadges.dids import ControllerDocument, DidDocument
from openbadges.encoding.multikey import encode_multikey
from openbadges.errors import (
    ConfigurationError,
    LimitError,
    MalformedError,
    OpenBadgesError,
    RefusedError,
    UnsupportedError,
)
from openbadges.keys import SigningKey
from openbadges.limits import Limits

DID = "did:web:a.example"
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
ED = SigningKey.from_multikey(encode_multikey("Ed25519", b"\x01" * 32, secret=True)).public_key
EC = SigningKey.from_multikey(encode_multikey("P-256", b"\x02" * 32, secret=True)).public_key


def refusal(call: Callable[[], object]) -> OpenBadgesError:
    with pytest.raises(OpenBadgesError) as caught:
        call()
    assert str(caught.value) != caught.value.code, "the code has a sentence"
    return caught.value


def method(fragment: str = "k", **change: Any) -> dict[str, Any]:
    entry = {"id": f"{DID}#{fragment}", "type": "Multikey", "controller": DID, "publicKeyMultibase": ED.to_multikey()}
    return {name: value for name, value in {**entry, **change}.items() if value is not None}


def document(*methods: Any, **change: Any) -> dict[str, Any]:
    listed = [entry["id"] for entry in methods]
    return {"id": DID, "verificationMethod": list(methods), "assertionMethod": listed, **change}


def read(value: Mapping[str, Any], limits: Limits | None = None) -> DidDocument:
    return DidDocument.from_json(value, DID, limits or Limits())


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"type": "Ed25519VerificationKey2020"},
        {"type": "JsonWebKey", "publicKeyMultibase": None, "publicKeyJwk": ED.to_jwk()},
        {"type": "JsonWebKey2020", "publicKeyMultibase": None, "publicKeyJwk": {**ED.to_jwk(), "kid": "k"}},
        {"revoked": None, "expires": "2026-11-22T12:00:01Z"},
        {"revoked": "2026-11-22T12:00:01Z", "deactivated": False},
        {"revoked": False},
    ],
)
def test_each_type_of_method_gives_its_key(change: dict[str, Any]) -> None:
    assert read(document(method(**change))).key_for(f"{DID}#k", "assertionMethod", NOW) == ED


def test_the_right_key_is_taken_of_several() -> None:
    found = read(document(method("a"), method("b", publicKeyMultibase=EC.to_multikey())))
    assert found.key_for(f"{DID}#a", "assertionMethod") == ED
    assert found.key_for(f"{DID}#b", "assertionMethod") == EC


def test_a_controlled_identifier_document_is_named_by_its_url() -> None:
    url = "https://a.example/issuers/1"
    value = document(method(id=f"{url}#k", controller=url), id=url, assertionMethod=f"{url}#k")
    found = ControllerDocument.from_json(value, url)
    assert found.key_for(f"{url}#k", "assertionMethod", NOW) == ED


def test_relative_ids_are_completed() -> None:
    found = read(document(method(id="#k"), assertionMethod=["#k"]))
    assert found.key_for(f"{DID}#k", "assertionMethod") == ED
    assert refusal(lambda: found.key_for("#k", "assertionMethod")).code == "key.not_listed"


def test_embedded_methods_count_for_their_relationship_only() -> None:
    found = read({"id": DID, "assertionMethod": [method("a")], "authentication": method("b")})
    assert found.key_for(f"{DID}#a", "assertionMethod") == ED
    assert found.key_for(f"{DID}#b", "authentication") == ED
    assert refusal(lambda: found.key_for(f"{DID}#b", "assertionMethod")).code == "key.wrong_purpose"


@pytest.mark.parametrize(
    ("change", "purpose", "code"),
    [
        ({}, "authentication", "key.wrong_purpose"),
        ({}, "invented", "key.wrong_purpose"),
        ({"controller": "did:web:evil.example"}, "assertionMethod", "key.foreign_controller"),
        ({"controller": f"{DID}:"}, "assertionMethod", "key.foreign_controller"),
        ({"revoked": "2026-11-22T12:00:00Z"}, "assertionMethod", "key.revoked"),
        ({"revoked": True}, "assertionMethod", "key.revoked"),
        ({"expires": "2026-11-22T12:00:00Z"}, "assertionMethod", "key.expired"),
        ({"deactivated": True}, "assertionMethod", "key.deactivated"),
    ],
)
def test_keys_that_must_not_be_used_are_refused(change: dict[str, Any], purpose: str, code: str) -> None:
    """V-KEY-4."""
    found = read(document(method(**change)))
    error = refusal(lambda: found.key_for(f"{DID}#k", purpose, NOW))
    assert (type(error), error.code) == (RefusedError, code)


def test_a_method_of_another_did_is_foreign_even_when_listed() -> None:
    found = read(document(method(id="did:web:evil.example#k")))
    assert refusal(lambda: found.key_for("did:web:evil.example#k", "assertionMethod")).code == "key.foreign_controller"
    near = read(document(method(id=f"{DID}.evil#k")))
    assert refusal(lambda: near.key_for(f"{DID}.evil#k", "assertionMethod")).code == "key.foreign_controller"


@pytest.mark.parametrize("name", ["", DID, f"{DID}#K", f"{DID}#k ", f"{DID}#absent", f"{DID}?v=1#k"])
def test_ids_are_compared_byte_for_byte(name: str) -> None:
    """V-KEY-1."""
    assert refusal(lambda: read(document(method())).key_for(name, "assertionMethod")).code == "key.not_listed"


def test_a_listed_id_without_method_has_no_key() -> None:
    found = read(document(assertionMethod=[f"{DID}#k"]))
    assert refusal(lambda: found.key_for(f"{DID}#k", "assertionMethod")).code == "key.not_listed"


@pytest.mark.parametrize(("name", "code"), [("expires", "key.expired"), ("revoked", "key.revoked")])
def test_without_a_time_an_end_counts_as_reached(name: str, code: str) -> None:
    found = read(document(method(**{name: "2999-01-01T00:00:00Z"})))
    assert refusal(lambda: found.key_for(f"{DID}#k", "assertionMethod")).code == code
    assert found.key_for(f"{DID}#k", "assertionMethod", NOW) == ED


def test_a_time_has_a_zone() -> None:
    error = refusal(lambda: read(document(method())).key_for(f"{DID}#k", "assertionMethod", datetime(2026, 1, 1)))  # noqa: DTZ001 - the point
    assert isinstance(error, ConfigurationError)
    assert error.code == "did.now_without_zone"


@pytest.mark.parametrize(
    ("change", "kind", "code", "pointer"),
    [
        ({"type": "EcdsaSecp256k1VerificationKey2019"}, UnsupportedError, "did.method_type", "/type"),
        ({"publicKeyMultibase": None}, MalformedError, "did.member_text", "/publicKeyMultibase"),
        ({"publicKeyMultibase": 5}, MalformedError, "did.member_text", "/publicKeyMultibase"),
        ({"publicKeyMultibase": "u7QE"}, MalformedError, "multikey.prefix", ""),
        (
            {"type": "Ed25519VerificationKey2020", "publicKeyMultibase": EC.to_multikey()},
            RefusedError,
            "did.key_of_other_kind",
            "/publicKeyMultibase",
        ),
        ({"publicKeyJwk": ED.to_jwk()}, RefusedError, "did.two_keys", ""),
        ({"type": "JsonWebKey", "publicKeyMultibase": None}, MalformedError, "jwk.not_object", "/publicKeyJwk"),
        (
            {"type": "JsonWebKey", "publicKeyMultibase": None, "publicKeyJwk": {**ED.to_jwk(), "d": "AA"}},
            RefusedError,
            "jwk.private",
            "/publicKeyJwk/d",
        ),
        ({"secretKeyMultibase": "z1"}, RefusedError, "key.secret_published", "/secretKeyMultibase"),
        ({"privateKeyJwk": {}}, RefusedError, "key.secret_published", "/privateKeyJwk"),
        ({"expires": "tomorrow"}, MalformedError, "date.syntax", "/expires"),
        ({"expires": 5}, MalformedError, "date.syntax", "/expires"),
        ({"revoked": "2026-11-22"}, MalformedError, "date.syntax", "/revoked"),
    ],
)
def test_a_key_that_cannot_be_used_says_why_and_does_not_spoil_the_others(
    change: dict[str, Any], kind: type[OpenBadgesError], code: str, pointer: str
) -> None:
    found = read(document(method("good"), method("bad", **change)))
    assert found.key_for(f"{DID}#good", "assertionMethod", NOW) == ED
    for _ in range(2):  # each call raises an error of its own
        error = refusal(lambda: found.key_for(f"{DID}#bad", "assertionMethod", NOW))
        assert (type(error), error.code, error.pointer) == (kind, code, "/verificationMethod/1" + pointer)


@pytest.mark.parametrize(
    ("value", "kind", "code"),
    [
        ([], MalformedError, "did.not_object"),
        ({}, MalformedError, "did.member_text"),
        ({"id": [DID]}, MalformedError, "did.member_text"),
        ({"id": "did:web:b.example"}, RefusedError, "did.other_id"),
        ({"id": DID + "#"}, RefusedError, "did.other_id"),
        ({"id": DID, "deactivated": True}, RefusedError, "did.deactivated"),
        ({"id": DID, "deactivated": "yes"}, RefusedError, "did.deactivated"),
        (document(method(), method()), RefusedError, "did.duplicate_id"),
        (document(method(), method(id="#k")), RefusedError, "did.duplicate_id"),
        (document(method(), authentication=[method()]), RefusedError, "did.duplicate_id"),
        ({"id": DID, "verificationMethod": [f"{DID}#k"]}, MalformedError, "did.method_object"),
        ({"id": DID, "assertionMethod": [5]}, MalformedError, "did.method_object"),
        ({"id": DID, "assertionMethod": 5}, MalformedError, "did.method_object"),
        ({"id": DID, "verificationMethod": [method(id=None)]}, MalformedError, "did.member_text"),
        ({"id": DID, "verificationMethod": [method(controller=None)]}, MalformedError, "did.member_text"),
        ({"id": DID, "verificationMethod": [method(controller=[DID])]}, MalformedError, "did.member_text"),
        ({"id": DID, "verificationMethod": [method(type=None)]}, MalformedError, "did.member_text"),
        ({"id": DID, "verificationMethod": [method(type=["Multikey"])]}, MalformedError, "did.member_text"),
    ],
)
def test_documents_that_cannot_be_trusted_are_refused_as_a_whole(
    value: Any, kind: type[OpenBadgesError], code: str
) -> None:
    """V-KEY-4."""
    error = refusal(lambda: read(value))
    assert (type(error), error.code) == (kind, code)


def test_number_of_methods_is_limited() -> None:
    three = [method(name) for name in "abc"]
    assert len(read(document(*three), Limits(did_document_methods=3)).methods) == 3
    for value in (
        document(*three),
        {"id": DID, "assertionMethod": three[:2], "authentication": [three[2]]},
        {"id": DID, "assertionMethod": ["#a"] * 3},
    ):
        error = refusal(lambda value=value: read(value, Limits(did_document_methods=2)))
        assert (type(error), error.code) == (LimitError, "did.too_many_methods")


def test_the_json_is_kept_and_handed_out_as_a_copy() -> None:
    value = document(method(), alsoKnownAs=["https://a.example"])
    found = read(value)
    copy = found.to_json()
    assert copy == value
    copy["verificationMethod"].clear()
    assert found.to_json() == value
    assert found == read(document(method()))
    assert hash(found) == hash(read(value))
