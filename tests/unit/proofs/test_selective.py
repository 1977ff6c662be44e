"""ecdsa-sd-2023: what a holder can show, and what a verifier refuses."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import Any

import cbor2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from openbadges.contexts import PinnedContexts
from openbadges.encoding.base import decode_multibase, encode_multibase
from openbadges.errors import (
    ConfigurationError,
    IssuingError,
    LimitError,
    MalformedError,
    OpenBadgesError,
    RefusedError,
    UnsupportedError,
)
from openbadges.keys import SigningKey
from openbadges.messages import MESSAGES
from openbadges.messages import selective as messages
from openbadges.proofs import selective
from openbadges.proofs.selective import proof_value as values

CONTEXTS = PinnedContexts(generic=True)
ISSUER = SigningKey.from_multikey("z42twTcNeSYcnqg1FLuSFs2bsGH3ZqbRHFmvS9XMsYhjxvHN")
EPHEMERAL = SigningKey.from_multikey("z42tqvNGyzyXRzotAYn43UhcFtzDUVdxJ7461fwrfhBPLmfY")
HMAC_KEY = bytes(range(32))
CREATED = "2026-01-01T00:00:00Z"
NAMES = ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"]
MANDATORY = ("/issuer", "/validFrom")

PROOFS = [
    {
        "type": "DataIntegrityProof",
        "cryptosuite": "eddsa-rdfc-2022",
        "verificationMethod": f"did:example:peer#{number}",
        "proofPurpose": "assertionMethod",
        "proofValue": f"z{number}",
    }
    for number in (1, 2)
]
LEVELS = [
    {"id": "urn:level:1", "type": ["RubricCriterionLevel"], "name": "One", "level": "1"},
    {"type": ["RubricCriterionLevel"], "name": "Two"},
]
BADGE: dict[str, Any] = {
    "@context": NAMES,
    "id": "urn:uuid:c0ffee00-0000-4000-8000-000000000001",
    "type": ["VerifiableCredential", "OpenBadgeCredential"],
    "issuer": {"id": "did:example:issuer", "type": ["Profile"], "name": "Issuer"},
    "validFrom": "2026-01-01T00:00:00Z",
    "name": "First aid",
    "credentialSubject": {
        "type": ["AchievementSubject"],
        "achievement": {
            "id": "urn:achievement:1",
            "type": ["Achievement"],
            "name": "First aid",
            "description": "Helps.",
            "criteria": {"narrative": "Did it."},
            "alignment": [
                {"type": ["Alignment"], "targetName": "One", "targetUrl": "https://example.org/1"},
                {"type": ["Alignment"], "targetName": "Two", "targetUrl": "https://example.org/2"},
            ],
            "resultDescription": [
                {
                    "id": "urn:result:1",
                    "type": ["ResultDescription"],
                    "name": "Grade",
                    "resultType": "RubricCriterionLevel",
                    "allowedValue": ["A", "B", "A"],
                    "rubricCriterionLevel": LEVELS,
                }
            ],
        },
    },
    "evidence": [
        {"type": ["Evidence"], "narrative": "same"},
        {"type": ["Evidence"], "narrative": "same"},
        {"type": ["Evidence"], "narrative": "other"},
    ],
    "endorsement": [
        {
            "@context": NAMES,
            "id": "urn:endorsement:1",
            "type": ["VerifiableCredential", "EndorsementCredential"],
            "issuer": {"id": "did:example:peer", "type": ["Profile"]},
            "validFrom": "2026-01-01T00:00:00Z",
            "name": "Well done",
            "credentialSubject": {"id": "urn:achievement:1", "type": ["EndorsementSubject"]},
            "proof": PROOFS,
        }
    ],
}

# Contexts inside the document, a JSON value, a text with its language, a list of lists: the reference path of JSON-LD.
LICENCE: dict[str, Any] = {
    "@context": [
        NAMES[0],
        {
            "@protected": True,
            "Licence": {
                "@id": "urn:example:Licence",
                "@context": {
                    "@protected": True,
                    "number": "urn:example:number",
                    "born": "urn:example:born",
                    "extra": {"@id": "urn:example:extra", "@type": "@json"},
                    "rows": {"@id": "urn:example:rows", "@container": "@list"},
                    "boxes": {"@id": "urn:example:boxes"},
                    "knows": {"@id": "urn:example:knows", "@type": "@id"},
                    "says": {"@id": "urn:example:says", "@container": "@graph"},
                },
            },
            "licence": {"@id": "urn:example:licence", "@type": "@id"},
        },
    ],
    "type": ["VerifiableCredential"],
    "issuer": "did:example:issuer",
    "name": {"@value": "Licence", "@language": "en"},
    "credentialSubject": {
        "licence": {
            "type": "Licence",
            "number": "T21",
            "born": "1990",
            "extra": {"colour": {"hair": "red"}, "shoes": [{"size": 40}]},
            "rows": [["a", "b"], ["a", "c"]],
            "boxes": [{"@list": ["x"]}, {"@list": ["y"]}],
        }
    },
}


def base_proof(document: Mapping[str, Any], mandatory: tuple[str, ...] = MANDATORY, **more: Any) -> dict[str, Any]:
    secrets = {"hmac_key": HMAC_KEY, "ephemeral": EPHEMERAL}
    return selective.create_base_proof(
        document, ISSUER, created=CREATED, contexts=CONTEXTS, mandatory_pointers=mandatory, **(secrets | more)
    )


@cache
def _signed_badge() -> dict[str, Any]:
    return BADGE | {"proof": base_proof(BADGE)}


def signed_badge() -> dict[str, Any]:
    return copy.deepcopy(_signed_badge())


def derive(document: Mapping[str, Any], *pointers: str) -> dict[str, Any]:
    return selective.derive(document, pointers, contexts=CONTEXTS)


def verify(document: Mapping[str, Any], key: SigningKey = ISSUER) -> str:
    return selective.verify_derived(document, document["proof"], key.public_key, contexts=CONTEXTS)


def shown(document: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in document.items() if name != "proof"}


def refusal(document: Mapping[str, Any], key: SigningKey = ISSUER) -> str:
    with pytest.raises(OpenBadgesError) as caught:
        verify(document, key)
    assert not isinstance(caught.value, ConfigurationError)
    return caught.value.code


def with_value(document: Mapping[str, Any], **changes: Any) -> dict[str, Any]:
    value = replace(values.read_derived(document["proof"]["proofValue"]), **changes)
    return {**document, "proof": document["proof"] | {"proofValue": values.write_derived(value)}}


# --- showing ---------------------------------------------------------------------------------------------------------


def test_only_what_is_mandatory_and_what_is_chosen_is_shown_and_it_verifies() -> None:
    document = derive(signed_badge(), "/credentialSubject/achievement/alignment/1/targetName")
    assert shown(document) == {
        "@context": NAMES,
        "id": BADGE["id"],
        "type": BADGE["type"],
        "issuer": BADGE["issuer"],
        "validFrom": BADGE["validFrom"],
        "credentialSubject": {
            "type": ["AchievementSubject"],
            "achievement": {
                "id": "urn:achievement:1",
                "type": ["Achievement"],
                "alignment": [{"type": ["Alignment"], "targetName": "Two"}],
            },
        },
    }
    assert verify(document) == "ES256"
    assert document["proof"] | {"proofValue": ""} == {
        "type": "DataIntegrityProof",
        "cryptosuite": "ecdsa-sd-2023",
        "created": CREATED,
        "verificationMethod": ISSUER.verification_method,
        "proofPurpose": "assertionMethod",
        "proofValue": "",
    }


@pytest.mark.parametrize(
    "pointers",
    [
        (),
        ("",),
        ("/type", "/@context/0", "/credentialSubject/type/0"),
        ("/credentialSubject/achievement", "/credentialSubject/achievement/name"),
        ("/credentialSubject/achievement/name", "/credentialSubject/achievement"),
        ("/evidence/2",),
        ("/evidence/0", "/evidence/1"),
        ("/endorsement/0/proof/1",),
        ("/endorsement/0/proof/1", "/endorsement/0/proof/0/proofValue"),
        ("/endorsement/0/proof/0/cryptosuite",),
        ("/credentialSubject/achievement/resultDescription/0/allowedValue",),
        ("/credentialSubject/achievement/resultDescription/0/rubricCriterionLevel",),
    ],
)
def test_a_derived_document_verifies(pointers: tuple[str, ...]) -> None:
    assert verify(derive(signed_badge(), *pointers)) == "ES256"


def test_the_empty_pointer_shows_everything() -> None:
    assert shown(derive(signed_badge(), "")) == BADGE


POINTERS = [
    "/name",
    "/evidence/0/narrative",
    "/evidence/1",
    "/evidence/2/narrative",
    "/credentialSubject/achievement/criteria",
    "/credentialSubject/achievement/criteria/narrative",
    "/credentialSubject/achievement/alignment/0/targetName",
    "/credentialSubject/achievement/alignment/1",
    "/credentialSubject/achievement/resultDescription/0/allowedValue",
    "/credentialSubject/achievement/resultDescription/0/rubricCriterionLevel",
    "/credentialSubject/achievement/resultDescription/0/name",
    "/endorsement/0/name",
    "/endorsement/0/proof/0/proofPurpose",
    "/endorsement/0/proof/1",
]


@pytest.mark.sweep
@given(st.lists(st.sampled_from(POINTERS), unique=True))
def test_every_choice_verifies_and_has_only_statements_of_the_whole(pointers: list[str]) -> None:
    document = derive(signed_badge(), *pointers)
    assert verify(document) == "ES256"
    for name, value in shown(document).items():
        if name not in ("evidence", "endorsement", "credentialSubject"):
            assert value == BADGE[name]


def test_documents_for_the_reference_path_of_json_ld_can_be_divided() -> None:
    signed = LICENCE | {"proof": base_proof(LICENCE, ("/issuer",))}
    assert verify(derive(signed)) == "ES256"
    document = derive(signed, "/credentialSubject/licence/born", "/name")
    assert shown(document)["credentialSubject"] == {"licence": {"type": "Licence", "born": "1990"}}
    assert verify(document) == "ES256"
    for whole in ("extra", "extra/colour", "rows", "boxes", "boxes/1"):
        pointers = ["/credentialSubject/licence/" + whole]
        if whole == "extra/colour":
            pointers.append("/credentialSubject/licence/extra/shoes")
        assert verify(derive(signed, *pointers)) == "ES256"


@pytest.mark.parametrize("boxes", [["x", "x"], ["xy", "xz"], ["xz", "xy", "x", "xyz"]])
def test_lists_that_are_alike_are_told_apart(boxes: list[str]) -> None:
    licence = copy.deepcopy(LICENCE)
    licence["credentialSubject"]["licence"]["boxes"] = [{"@list": list(box)} for box in boxes]
    licence["proof"] = base_proof(licence, ("/issuer",))
    for index in range(len(boxes)):
        assert verify(derive(licence, f"/credentialSubject/licence/boxes/{index}")) == "ES256"
    assert verify(derive(licence, "")) == "ES256"


def test_graphs_that_are_alike_are_told_apart() -> None:
    badge = copy.deepcopy(BADGE)
    badge["endorsement"][0]["proof"] = [PROOFS[0], PROOFS[0] | {"domain": ["a", "b"]}, PROOFS[1]]
    badge["proof"] = base_proof(badge)
    for pointers in (["0"], ["1"], ["1/domain"], ["2"], ["0", "1"], ["2/type", "1/proofValue"]):
        assert verify(derive(badge, *[f"/endorsement/0/proof/{pointer}" for pointer in pointers])) == "ES256"


def test_graphs_with_lists_inside_are_told_apart() -> None:
    licence = copy.deepcopy(LICENCE)
    rows = [["a", "b"], ["a", "c"], [["a", "b"], ["a"]], [["a", "b"], ["b"]]]
    licence["credentialSubject"]["licence"]["says"] = [{"type": "Licence", "number": "1", "rows": row} for row in rows]
    licence["proof"] = base_proof(licence, ("/issuer",))
    for pointers in (["0"], ["1"], ["2"], ["3"], ["1", "0/number"], ["0/number", "1/number"], ["3/rows", "1/rows"]):
        document = derive(licence, *[f"/credentialSubject/licence/says/{pointer}" for pointer in pointers])
        assert verify(document) == "ES256"


@pytest.mark.parametrize(
    "pointer",
    [
        "/credentialSubject/licence/rows/1",
        "/credentialSubject/licence/rows/0/0",
        "/credentialSubject/licence/extra/colour",
        "/credentialSubject/licence/boxes/0/@list/0",
        "/name/@value",
    ],
)
def test_values_that_only_have_a_meaning_as_a_whole_are_not_cut(pointer: str) -> None:
    licence = copy.deepcopy(LICENCE)
    licence["credentialSubject"]["licence"]["boxes"][0]["@list"].append("z")
    licence["proof"] = base_proof(licence, ("/issuer",))
    with pytest.raises(MalformedError) as caught:
        derive(licence, pointer)
    assert caught.value.code == "selective.part"


def test_part_of_a_list_cannot_be_made_mandatory() -> None:
    with pytest.raises(MalformedError) as caught:
        base_proof(BADGE, ("/credentialSubject/achievement/resultDescription/0/allowedValue/1",))
    assert caught.value.code == "selective.part"


def test_names_of_blank_nodes_do_not_outlive_the_document() -> None:
    subject = {**LICENCE["credentialSubject"]["licence"], "id": "_:mine"}
    signed = LICENCE | {"credentialSubject": {"licence": subject}}
    signed["proof"] = base_proof(signed, ("/issuer",))
    document = derive(signed, "/credentialSubject/licence/born")
    assert document["credentialSubject"]["licence"] == {"type": "Licence", "born": "1990"}
    assert verify(document) == "ES256"


@pytest.mark.parametrize(
    "subject",
    [
        {"id": "_:mine", "type": "Licence", "knows": "_:mine"},
        {"id": "did:example:x", "type": "Licence", "knows": "urn:bnid:1"},
    ],
)
def test_what_cannot_be_divided_is_not_signed(subject: dict[str, Any]) -> None:
    with pytest.raises(UnsupportedError) as caught:
        base_proof(LICENCE | {"credentialSubject": {"licence": subject}}, ())
    assert caught.value.code == "selective.not_divisible"


# --- making ----------------------------------------------------------------------------------------------------------


def test_every_base_proof_has_secrets_of_its_own() -> None:
    made = [values.read_base(base_proof(BADGE, hmac_key=None, ephemeral=None)["proofValue"]) for _ in range(2)]
    assert made[0].hmac_key != made[1].hmac_key
    assert made[0].public_key != made[1].public_key
    assert str(made[0].hmac_key) not in repr(made[0])


def test_further_members_of_the_proof_are_signed() -> None:
    proof = base_proof(BADGE, options={"expires": "2027-01-01T00:00:00Z"}, purpose="authentication")
    document = derive(BADGE | {"proof": proof})
    assert (document["proof"]["expires"], document["proof"]["proofPurpose"]) == (
        "2027-01-01T00:00:00Z",
        "authentication",
    )
    assert verify(document) == "ES256"
    document["proof"]["expires"] = "2028-01-01T00:00:00Z"
    assert refusal(document) == "signature.wrong"


def test_the_date_may_be_left_out_and_nothing_need_be_mandatory() -> None:
    proof = selective.create_base_proof(BADGE, ISSUER, created=None, contexts=CONTEXTS)
    assert "created" not in proof
    signed = BADGE | {"proof": proof}
    assert verify(derive(signed, "/name")) == "ES256"
    with pytest.raises(MalformedError) as caught:
        derive(signed)
    assert caught.value.code == "selective.nothing_chosen"


@pytest.mark.parametrize(
    "secrets", [{"hmac_key": b"short"}, {"ephemeral": SigningKey.generate("P-384")}], ids=["hmac", "ephemeral"]
)
def test_secrets_of_the_wrong_kind_are_a_mistake_of_the_caller(secrets: dict[str, Any]) -> None:
    with pytest.raises(ConfigurationError) as caught:
        base_proof(BADGE, **secrets)
    assert caught.value.code == "selective.secrets"


def test_only_p256_keys_sign() -> None:
    with pytest.raises(IssuingError) as caught:
        selective.create_base_proof(BADGE, SigningKey.generate(), created=None, contexts=CONTEXTS)
    assert caught.value.code == "issue.suite_wrong_key"


def test_proof_chains_are_not_made_and_not_verified() -> None:
    with pytest.raises(IssuingError, match="previousProof"):
        base_proof(BADGE, options={"previousProof": "urn:1"})
    document = derive(signed_badge())
    document["proof"]["previousProof"] = "urn:1"
    assert refusal(document) == "selective.chain"


def test_more_statements_than_a_proof_may_hold_are_refused_when_signing() -> None:
    crowd = BADGE | {"evidence": [{"type": ["Evidence"], "narrative": str(number)} for number in range(300)]}
    with pytest.raises(IssuingError) as caught:
        base_proof(crowd)
    assert caught.value.code == "selective.too_many_statements"


@pytest.mark.parametrize("pointer", ["issuer", "/~", "/~2", "/name/~", "#/name", 7, None, "/" + "a" * 1000])
def test_what_is_no_json_pointer_is_refused(pointer: Any) -> None:
    with pytest.raises(MalformedError) as caught:
        derive(signed_badge(), pointer)
    assert caught.value.code == "selective.pointer_form"


@pytest.mark.parametrize(
    "pointer",
    [
        "/nothing", "/", "/evidence/3", "/evidence/-", "/evidence/00", "/evidence/+1", "/evidence/²", "/name/0",
        "/proof", "/@id", "/evidence/9999999999", "/issuer~1name",
    ],
)  # fmt: skip
def test_an_unknown_place_is_refused_with_the_pointer(pointer: str) -> None:
    with pytest.raises(MalformedError) as caught:
        derive(signed_badge(), pointer)
    assert (caught.value.code, caught.value.pointer) == ("selective.pointer_unknown", pointer)
    with pytest.raises(MalformedError):
        base_proof(BADGE, (pointer,))


def test_escapes_of_json_pointers_are_read() -> None:
    extra = {"a/b": 1, "m~n": 2}
    document = copy.deepcopy(LICENCE)
    document["credentialSubject"]["licence"]["extra"] = extra
    document["proof"] = base_proof(document, ("/issuer",))
    at = "/credentialSubject/licence/extra/"
    assert derive(document, at + "a~1b", at + "m~0n")["credentialSubject"]["licence"]["extra"] == extra


def test_too_many_pointers_are_refused() -> None:
    with pytest.raises(LimitError) as caught:
        derive(signed_badge(), *["/name"] * 501)
    assert caught.value.code == "selective.too_many_pointers"


@pytest.mark.parametrize(
    "change",
    [
        lambda document: document.pop("proof"),
        lambda document: document.update(proof=[document["proof"], document["proof"]]),
        lambda document: document.update(proof=["text", PROOFS[0]]),
    ],
)
def test_deriving_needs_exactly_one_base_proof(change: Any) -> None:
    document = signed_badge()
    change(document)
    with pytest.raises(MalformedError) as caught:
        derive(document, "/name")
    assert caught.value.code == "selective.no_base_proof"


def test_deriving_leaves_other_proofs_out() -> None:
    document = signed_badge()
    document["proof"] = [PROOFS[0], document["proof"]]
    assert verify(derive(document, "/name")) == "ES256"


def test_deriving_from_what_is_derived_already_is_refused() -> None:
    with pytest.raises(RefusedError) as caught:
        derive(derive(signed_badge(), "/name"), "/name")
    assert caught.value.code == "selective.derived_proof"


def test_deriving_from_a_changed_document_is_refused_where_it_shows() -> None:
    with pytest.raises(MalformedError) as caught:
        derive(shown(signed_badge()) | {"awardedDate": CREATED, "proof": signed_badge()["proof"]}, "/name")
    assert caught.value.code == "selective.other_document"
    assert refusal(derive(signed_badge() | {"name": "Forged"}, "/name")) == "signature.wrong"


# --- refusing --------------------------------------------------------------------------------------------------------


def test_a_base_proof_is_refused_with_a_clear_sentence() -> None:
    with pytest.raises(RefusedError, match="holder’s own copy") as caught:
        verify(signed_badge())
    assert caught.value.code == "selective.base_proof"


def derived() -> dict[str, Any]:
    return derive(signed_badge(), "/name", "/evidence/0", "/evidence/2", "/credentialSubject/achievement/name")


def test_the_document_that_the_attacks_start_from_is_good() -> None:
    assert verify(derived()) == "ES256"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda document: document.update(name="Forged"), "signature.wrong"),
        (lambda document: document.update(validFrom="2020-01-01T00:00:00Z"), "signature.wrong"),
        (lambda document: document["issuer"].update(name="Forged"), "signature.wrong"),
        (lambda document: document.update(awardedDate=CREATED), "selective.count"),
        (lambda document: document.pop("name"), "selective.count"),
        (lambda document: document["evidence"].pop(), "selective.labels"),
        (lambda document: document["evidence"].append({"type": ["Evidence"]}), "selective.labels"),
        (lambda document: document["proof"].update(created="2020-01-01T00:00:00Z"), "signature.wrong"),
        (lambda document: document["proof"].pop("created"), "signature.wrong"),
        (lambda document: document["proof"].update({"@context": NAMES}), "proof.context_not_allowed"),
        (lambda document: document["proof"].update(proofValue="z6Mk"), "selective.value_form"),
        (lambda document: document["proof"].update(proofValue=7), "selective.value_form"),
        (lambda document: document["proof"].update(proofValue="u"), "selective.value_content"),
        (lambda document: document["proof"].update(proofValue="u" * 65_537), "multibase.too_long"),
        (lambda document: document["proof"].update(proofValue="u2V0B="), "base64url.padding"),
        (lambda document: document.update(undefined="x"), "canon.undefined_term"),
        (lambda document: document.update(name={1, 2}), "json.not_writable"),
    ],
)  # fmt: skip
def test_a_changed_document_or_proof_is_refused(change: Any, code: str) -> None:
    document = derived()
    change(document)
    assert refusal(document) == code


def test_another_key_is_refused() -> None:
    assert refusal(derived(), EPHEMERAL) == "signature.wrong"
    assert refusal(derived(), SigningKey.generate("P-384")) == "proof.suite_wrong_key"


def test_an_ephemeral_key_that_the_issuer_did_not_sign_is_refused() -> None:
    forger = SigningKey.generate("P-256")
    forged = base_proof(BADGE | {"name": "Forged"}, ephemeral=forger)
    honest = values.read_base(signed_badge()["proof"]["proofValue"])
    mixed = replace(values.read_base(forged["proofValue"]), signature=honest.signature)
    document = derive(BADGE | {"name": "Forged", "proof": forged | {"proofValue": values.write_base(mixed)}}, "/name")
    assert refusal(document) == "signature.wrong"


def test_signatures_belong_to_their_statements() -> None:
    document = derived()
    value = values.read_derived(document["proof"]["proofValue"])
    assert refusal(with_value(document, signatures=value.signatures[::-1])) == "signature.wrong"
    assert refusal(with_value(document, signatures=value.signatures[1:])) == "selective.count"
    assert refusal(with_value(document, signatures=(*value.signatures, value.signatures[0]))) == "selective.count"


def test_blank_nodes_keep_the_labels_that_the_issuer_signed() -> None:
    document = derived()
    labels = values.read_derived(document["proof"]["proofValue"]).labels
    names = list(labels)
    swapped = dict(zip(names, [labels[name] for name in reversed(names)], strict=True))
    assert refusal(with_value(document, labels=swapped)) == "signature.wrong"
    assert refusal(with_value(document, labels=labels | {"c14n99": "u" + "A" * 43})) == "selective.labels"
    fewer = {name: label for name, label in labels.items() if name != names[0]}
    assert refusal(with_value(document, labels=fewer)) == "selective.labels"


def test_two_blank_nodes_do_not_become_one() -> None:
    document = derived()
    labels = values.read_derived(document["proof"]["proofValue"]).labels
    same = dict.fromkeys(labels, next(iter(labels.values())))
    assert refusal(with_value(document, labels=same)) == "selective.value_content"


def test_mandatory_statements_are_the_ones_that_the_issuer_signed() -> None:
    document = derived()
    indexes = values.read_derived(document["proof"]["proofValue"]).mandatory_indexes
    assert refusal(with_value(document, mandatory_indexes=(*indexes[1:], 999))) == "selective.indexes"
    assert refusal(with_value(document, mandatory_indexes=indexes[1:])) == "selective.count"
    others = tuple(index for index in range(50) if index not in indexes)[: len(indexes)]
    assert refusal(with_value(document, mandatory_indexes=others)) == "signature.wrong"


# --- proof values ----------------------------------------------------------------------------------------------------

HEADER = b"\xd9\x5d\x01"


def parts() -> list[Any]:
    content: list[Any] = cbor2.loads(decode_multibase(derived()["proof"]["proofValue"], max_chars=65_536)[3:])
    return content


def base_parts() -> list[Any]:
    content: list[Any] = cbor2.loads(decode_multibase(signed_badge()["proof"]["proofValue"], max_chars=65_536)[3:])
    return content


def read(content: bytes, header: bytes = HEADER) -> values.DerivedValue:
    return values.read_derived(encode_multibase(header + content, "u"))


def test_values_are_read_as_they_were_written() -> None:
    for write, read_back, text in (
        (values.write_derived, values.read_derived, derived()["proof"]["proofValue"]),
        (values.write_base, values.read_base, signed_badge()["proof"]["proofValue"]),
    ):
        assert write(read_back(text)) == text  # type: ignore[operator]


def changed(place: int, value: Any) -> bytes:
    return cbor2.dumps([value if index == place else part for index, part in enumerate(parts())])


@pytest.mark.parametrize(
    "content",
    [
        cbor2.dumps([]),
        cbor2.dumps(parts()[:4]),
        cbor2.dumps([*parts(), 0]),
        cbor2.dumps(dict(enumerate(parts()))),
        changed(0, b"short"),
        changed(0, "x" * 64),
        changed(1, b"\x81\x24" + bytes(33)),
        changed(1, b""),
        changed(2, {}),
        changed(2, [b"short"]),
        changed(3, []),
        changed(3, {"c14n0": bytes(32)}),
        changed(3, {0: bytes(31)}),
        changed(3, {0: bytes(32), 1: bytes(32)}),
        changed(4, {}),
        changed(4, ["0"]),
        changed(4, [b"0"]),
        changed(4, [0, 0]),
        changed(4, [-1]),
        changed(4, [True]),
        changed(4, [1.0]),
        changed(4, [[[0]]]),
        changed(4, cbor2.CBORTag(2, b"\x01")),
        cbor2.dumps(parts())[:-1],
        cbor2.dumps(parts()) + b"\x00",
        cbor2.dumps(parts()).replace(b"\x85", b"\x98\x05", 1),  # a longer form of the same number
        cbor2.dumps(parts()).replace(b"\x85", b"\x9f", 1) + b"\xff",  # indefinite length
        changed(3, {}).replace(b"\xa0", b"\xa2\x00\x40\x00\x40"),  # the same member twice
        b"\x9b" + b"\xff" * 8,
        b"\x5b" + b"\xff" * 8,
        b"\x99\x00",
        b"\x1c",
        b"\x81\x62\xff\xff",  # no UTF-8
        b"\xa1\x80\x00",
        b"",
    ],
)
def test_only_the_one_form_of_a_proof_value_is_read(content: bytes) -> None:
    with pytest.raises(MalformedError) as caught:
        read(content)
    assert (caught.value.code, caught.value.pointer) == ("selective.value_content", "/proof/proofValue")


@pytest.mark.parametrize("place", range(5))
def test_a_base_value_is_checked_part_by_part(place: int) -> None:
    for wrong in (7, [7], b"short", {}):
        content = cbor2.dumps([wrong if index == place else part for index, part in enumerate(base_parts())])
        with pytest.raises(MalformedError):
            values.read_base(encode_multibase(b"\xd9\x5d\x00" + content, "u"))


def test_deep_values_do_not_reach_the_decoder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cbor2, "loads", lambda content: pytest.fail("decoded"))
    with pytest.raises(MalformedError):
        read(b"\x81" * 4 + b"\x00")


def test_an_ephemeral_key_has_to_be_on_its_curve() -> None:
    with pytest.raises(RefusedError) as caught:
        read(changed(1, b"\x80\x24\x02" + b"\xff" * 32))
    assert caught.value.code == "key.not_on_curve"


def test_an_unknown_header_is_refused() -> None:
    with pytest.raises(MalformedError) as caught:
        read(cbor2.dumps(parts()), b"\xd9\x5d\x02")
    assert caught.value.code == "selective.value_content"


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.binary(max_size=70) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.integers(0, 9), inner, max_size=3),
    max_leaves=10,
)  # fmt: skip


@given(st.binary(max_size=200) | PLAIN.map(cbor2.dumps) | st.lists(PLAIN, min_size=5, max_size=5).map(cbor2.dumps))
def test_any_bytes_end_in_an_error_of_ours(content: bytes) -> None:
    for header, reader in ((HEADER, values.read_derived), (b"\xd9\x5d\x00", values.read_base)):
        with pytest.raises(OpenBadgesError):
            reader(encode_multibase(header + content, "u"))


@given(st.data())
def test_any_changed_byte_of_a_good_proof_is_refused(data: st.DataObject) -> None:
    document = derived()
    content = bytearray(decode_multibase(document["proof"]["proofValue"], max_chars=65_536))
    place = data.draw(st.integers(0, len(content) - 1))
    content[place] ^= data.draw(st.integers(1, 255))
    document["proof"]["proofValue"] = encode_multibase(bytes(content), "u")
    with pytest.raises(OpenBadgesError):
        verify(document)


@given(st.text(max_size=60))
def test_any_text_as_proof_value_ends_in_an_error_of_ours(text: str) -> None:
    for reader in (values.read_derived, values.read_base):
        with pytest.raises(OpenBadgesError):
            reader(text)


def test_the_sentences_are_part_of_all_sentences() -> None:
    assert messages.MESSAGES.items() <= MESSAGES.items()
