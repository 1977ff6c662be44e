"""The closed shape: one spelling for each statement, checked before anything is read (V-LD-1, V-LD-3).

tests/property/test_edits.py tries every edit of every node; here each rule stands alone, with the pointer it gives.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

import pytest

from openbadges.canon import rdf
from openbadges.contexts import PinnedContexts
from openbadges.errors import MalformedError, OpenBadgesError, UnsupportedError
from openbadges.shape import check_badge_shape, check_contexts
from openbadges.shape import closed as shape_module
from openbadges.testing import badge, endorsement

CONTEXTS = PinnedContexts()
VC, OB = badge()["@context"]
VOCABULARY = "https://purl.imsglobal.org/spec/vc/ob/vocab.html#"
CLR = "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json"
STATUS = "https://www.w3.org/ns/credentials/status/v1"
ISSUER = badge()["issuer"]["id"]


def check(document: Mapping[str, Any], contexts: Any = CONTEXTS) -> frozenset[str]:
    return check_badge_shape(document, check_contexts(document, contexts)).loose


def refusal(document: Mapping[str, Any], contexts: Any = CONTEXTS) -> tuple[str, str]:
    with pytest.raises(OpenBadgesError) as caught:
        check(document, contexts)
    return caught.value.code, caught.value.pointer


def edited(path: str, value: Any) -> dict[str, Any]:
    document = badge()
    *steps, last = path.strip("/").split("/")
    place: Any = document
    for step in steps:
        place = place[step]
    place[last] = value
    return document


SUBJECT = "/credentialSubject"
ACHIEVEMENT = "/credentialSubject/achievement"


def test_a_badge_has_the_shape() -> None:
    assert check(badge()) == frozenset()
    assert check({**badge(), "proof": {"anything": [None]}}) == frozenset()


@pytest.mark.parametrize(
    ("contexts", "code"),
    [
        (None, "shape.context_missing"),
        (VC, "shape.context_not_list"),
        ({}, "shape.context_not_list"),
        ([], "shape.context_order"),
        ([OB, VC], "shape.context_order"),
        ([VC, OB, VC], "shape.context_repeated"),
        ([VC, OB, "https://www.w3.org/2018/credentials/v1"], "shape.context_order"),
        ([VC, OB, OB], "shape.context_repeated"),
        ([VC, {"name": "https://schema.org/name"}], "shape.context_inline"),
        ([VC, None], "shape.context_inline"),
        ([VC, OB, "https://example.org/unknown"], "context.unknown"),
        ([VC, OB, "https://www.w3.org/ns/credentials/undefined-terms/v2"], "context.unknown"),
    ],
)
def test_v_ld_1_contexts_are_pinned_urls_in_order(contexts: Any, code: str) -> None:
    assert refusal({**badge(), "@context": contexts})[0] == code


@pytest.mark.parametrize(
    ("path", "value", "code", "pointer"),
    [
        ("/surprise", 1, "shape.undefined_member", "/surprise"),
        ("/https:~1~1schema.org~1name".replace("~1", "|"), 1, "shape.not_plain_name", None),
        ("/schema:name", "x", "shape.not_plain_name", "/schema:name"),
        ("/@id", "urn:x", "shape.keyword", "/@id"),
        ("/issuer/@type", "Profile", "shape.keyword", "/issuer/@type"),
        ("/issuer/@context", [VC, OB], "shape.keyword", "/issuer/@context"),
        ("/name", None, "shape.null", "/name"),
        ("/name", {}, "shape.empty_object", "/name"),
        ("/name", {"@value": "x"}, "shape.keyword", "/name/@value"),
        ("/evidence", [], "shape.empty_array", "/evidence"),
        ("/evidence", [[{"id": "urn:x"}]], "shape.nested_array", "/evidence/0"),
        ("/evidence", [None], "shape.null", "/evidence/0"),
        ("/id", "relative", "shape.not_iri", "/id"),
        ("/id", ["urn:x"], "shape.not_iri", "/id"),
        ("/type", [], "shape.type_not_text", "/type"),
        ("/type", [5], "shape.type_not_text", "/type"),
        ("/type", ["VerifiableCredential", "VerifiableCredential"], "shape.repeated", "/type"),
        ("/type", ["VerifiableCredential", "Undefined"], "shape.undefined_type", "/type"),
        ("/type", ["VerifiableCredential", "id"], "shape.undefined_type", "/type"),
        ("/issuer/type", [VOCABULARY + "Profile"], "shape.not_plain_name", "/issuer/type"),
        (f"{ACHIEVEMENT}/tag", "events", "shape.not_array", f"{ACHIEVEMENT}/tag"),
        (f"{ACHIEVEMENT}/tag", ["a", "a"], "shape.repeated", f"{ACHIEVEMENT}/tag/1"),
        (f"{ACHIEVEMENT}/creditsAvailable", "5", "shape.wrong_kind", f"{ACHIEVEMENT}/creditsAvailable"),
        ("/validFrom", 5, "shape.wrong_kind", "/validFrom"),
        (f"{SUBJECT}/identifier", [{"type": "IdentityObject", "hashed": "false"}], "shape.wrong_kind",
         f"{SUBJECT}/identifier/0/hashed"),
        ("/credentialSchema", "x y", "shape.not_iri", None),
        ("/endorsement", "urn:x", None, None),
    ],
)  # fmt: skip
def test_v_ld_3_each_statement_has_one_form(path: str, value: Any, code: str | None, pointer: str | None) -> None:
    document = (
        edited(path.replace("|", "/"), value) if "|" not in path else {**badge(), "https://schema.org/name": value}
    )
    if code is None:
        return
    found = refusal(document)
    assert found[0] == code, found
    assert pointer in (None, found[1])


def test_what_was_kept_of_other_badges_excuses_nothing() -> None:
    """The mapper takes an object without types, or with one twice; the closed shape has to look for itself."""
    document = {**badge(), "evidence": [{"narrative": "x"}]}
    rdf.canonicalize(document, CONTEXTS)
    assert refusal({**document, "evidence": [{"type": [], "narrative": "x"}]})[0] == "shape.type_not_text"
    for types in ([], ["Evidence", "Evidence"], [["Evidence"]], [{}], {}, None, 7):
        twice = {**document, "evidence": [{"type": types, "narrative": "x"}]}
        with suppress(MalformedError):
            rdf.canonicalize(twice, CONTEXTS)
        assert refusal(twice)[0].startswith("shape."), types


def test_values_of_terms_whose_values_are_terms() -> None:
    terms = {
        "kind": {"@id": "urn:kind", "@type": "@vocab"},
        "Known": "urn:Known",
        "off": None,
        "ex": "https://example.org/",
        "key": "@id",
        "free": {"@id": "urn:free", "@type": "@json"},
    }
    context = {"@context": terms}
    contexts = PinnedContexts(extra={"https://example.org/c": context})
    document = {**badge(), "@context": [VC, OB, "https://example.org/c"]}
    assert check({**document, "kind": "Known"}, contexts) == frozenset()
    assert check({**document, "free": [None, {"@value": [[]]}]}, contexts) == frozenset()
    assert refusal({**document, "kind": "Unknown"}, contexts)[0] == "shape.undefined_type"
    assert refusal({**document, "kind": "urn:Known"}, contexts)[0] == "shape.not_plain_name"
    assert refusal({**document, "kind": "ex:Other"}, contexts)[0] == "shape.not_plain_name"
    assert refusal({**document, "kind": 5}, contexts)[0] == "shape.type_not_text"
    assert refusal({**document, "key": "urn:x:1"}, contexts)[0] == "shape.keyword"
    assert refusal({**document, "key": ["urn:x:1"]}, contexts)[0] == "shape.keyword"
    assert refusal({**document, "off": "x"}, contexts)[0] == "shape.undefined_member"
    assert refusal({**document, "id": "ex:badge"}, contexts)[0] == "shape.not_iri"


def test_contexts_that_only_the_generic_profile_covers_make_the_outcome_unknown() -> None:
    for late in ({"@base": "urn:x"}, {"T": {"@id": "urn:T", "@context": {"@base": "urn:x"}}}):
        contexts = PinnedContexts(extra={"https://example.org/c": {"@context": late}})
        document = {**badge(), "@context": [VC, OB, "https://example.org/c"]}
        document["type"] = [*document["type"], "T"] if "T" in late else document["type"]
        with pytest.raises(UnsupportedError):
            check(document, contexts)


def test_lists_of_one_text_are_pointed_out() -> None:
    assert check(edited(f"{SUBJECT}/name", ["Ana"])) == {f"{SUBJECT}/name"}
    assert check(edited("/termsOfUse", [{"id": "urn:x:1", "type": "https://example.org/T"}])) == frozenset()


def test_no_thing_stands_twice_in_a_list() -> None:
    evidence = {"id": "urn:x:1", "type": ["Evidence"], "name": "x"}
    assert refusal(edited("/evidence", [evidence, evidence]))[0] == "shape.repeated"
    assert refusal(edited("/evidence", [evidence, {"id": "urn:x:1", "type": ["Evidence"]}]))[0] == "shape.repeated"
    blank = {"type": ["Evidence"], "name": "x"}
    assert refusal(edited("/evidence", [blank, dict(reversed(blank.items()))]))[0] == "shape.repeated"
    assert check(edited("/evidence", [blank, {**blank, "name": "y"}, evidence])) == frozenset()
    texts = edited(
        f"{ACHIEVEMENT}/resultDescription", [{"type": ["ResultDescription"], "allowedValue": ["a", "a", "b"]}]
    )
    assert check(texts) == frozenset()
    numbers = edited(f"{SUBJECT}/name", [1, 1.0])
    assert refusal(numbers) == ("shape.repeated", f"{SUBJECT}/name/1")
    related = {"@context": {"link": {"@id": "urn:link", "@type": "@id"}}}
    contexts = PinnedContexts(extra={"https://example.org/c": related})
    document = {**badge(), "@context": [VC, OB, "https://example.org/c"]}
    assert refusal({**document, "link": ["urn:a:1", {"id": "urn:a:1", "name": "x"}]}, contexts)[0] == "shape.repeated"


# --- one id in several places ------------------------------------------------------------------------------------


def with_creator(**members: Any) -> dict[str, Any]:
    return edited(f"{ACHIEVEMENT}/creator", {"id": ISSUER, "type": ["Profile"], **members})


@pytest.mark.parametrize(
    ("document", "good"),
    [
        (with_creator(), True),
        (with_creator(name="Riverside User Group"), True),
        (with_creator(name="Somebody else"), False),
        (with_creator(url="https://x.example"), False),  # the issuer is told in full at the issuer
        (with_creator(type=["Profile", "https://example.org/types#Club"]), False),
        (with_creator(type=["https://example.org/types#Club"]), False),
        (edited(f"{ACHIEVEMENT}/id", ISSUER), False),
        (edited(f"{SUBJECT}/id", ISSUER), True),
        (edited("/id", ISSUER), False),
        (edited("/image", {"id": ISSUER, "type": "Image"}), False),
        (edited("/evidence", [{"id": ISSUER, "type": ["Evidence"]}]), False),
        (edited("/evidence", [{"id": ISSUER}]), True),
    ],
)
def test_objects_with_one_id_may_not_lend_each_other_members(document: dict[str, Any], good: bool) -> None:
    if good:
        check(document)
    else:
        assert refusal(document)[0] == "shape.shared_id"


def test_pictures_and_profiles_may_be_told_in_short() -> None:
    picture = {"id": "urn:i:1", "type": "Image"}
    document = edited("/image", {**picture, "caption": "A table"})
    document["issuer"]["image"] = picture
    document["credentialSubject"]["image"] = {**picture, "caption": "A table"}
    check(document)
    document["credentialSubject"]["image"]["caption"] = "Another"
    assert refusal(document)[0] == "shape.shared_id"
    source = {"id": "urn:o:1", "type": ["Profile"], "otherIdentifier": [{"type": "IdentifierEntry", "identifier": "1"}]}
    longer = {**source, "otherIdentifier": [*source["otherIdentifier"], {"type": "IdentifierEntry", "identifier": "2"}]}
    told = edited(f"{SUBJECT}/source", longer)
    told["issuer"]["parentOrg"] = source
    check(told)


def test_a_badge_for_oneself_tells_of_the_profile_at_the_profile() -> None:
    own = edited(f"{SUBJECT}/id", ISSUER)
    own["credentialSubject"]["name"] = "Riverside User Group"
    check(own)
    own["credentialSubject"]["name"] = "Another"
    assert refusal(own)[0] == "shape.shared_id"
    two = badge(credentialSubject=[{"id": "urn:x:1", "type": ["AchievementSubject"], "role": "a"},
                                   {"id": "urn:x:1", "type": ["AchievementSubject"], "role": "b"}])  # fmt: skip
    assert refusal(two)[0] == "shape.repeated"
    elsewhere = edited("/issuer/parentOrg", {"id": badge()["credentialSubject"]["id"], "type": ["AchievementSubject"]})
    assert refusal(elsewhere)[0] == "shape.shared_id"


def inner(**members: Any) -> dict[str, Any]:
    return {**endorsement(about=ISSUER), **members}


def test_embedded_credentials_keep_their_members_by_their_own_proofs() -> None:
    document = badge(endorsement=[inner(), inner(id="urn:uuid:2", credentialSubject={
        "id": ISSUER, "type": ["EndorsementSubject"], "endorsementComment": "Other"})])  # fmt: skip
    check(document)
    named = inner(credentialSubject={"id": ISSUER, "type": ["EndorsementSubject"], "name": "Somebody else"})
    assert refusal(badge(endorsement=[named]))[0] == "shape.shared_id"
    own = inner(issuer={"id": ISSUER, "type": ["Profile"], "url": "https://x.example"})
    assert refusal(badge(endorsement=[own]))[0] == "shape.shared_id"
    record = {
        **badge(awardedDate=None), "@context": [VC, CLR, OB], "type": ["VerifiableCredential", "ClrCredential"],
        "credentialSubject": {"id": "urn:x:1", "type": ["ClrSubject"], "verifiableCredential": [
            badge(id="urn:b:1"),
            {**badge(id="urn:b:2"), "issuer": {"id": ISSUER, "type": ["Profile"], "url": "https://x.example"}},
        ]},
    }  # fmt: skip
    check(record)


def test_embedded_credentials_name_contexts_again_and_nothing_else_does() -> None:
    check(badge(endorsement=[inner()]))
    check(badge(endorsement=[{name: value for name, value in inner().items() if name != "@context"}]))
    assert refusal(badge(endorsement=[inner(**{"@context": {}})]))[0] == "shape.context_not_list"
    assert (
        refusal(badge(endorsement=[inner(**{"@context": [VC, OB, "https://example.org/x"]})]))[0] == "context.unknown"
    )
    assert refusal(badge(endorsement=[inner(type="EndorsementCredential")]))[0] == "shape.keyword"
    check(badge(endorsement=[inner(type="VerifiableCredential", credentialSubject={"id": ISSUER})]))


def test_graphs_hold_objects() -> None:
    document = {"@context": [VC], "type": ["VerifiablePresentation"], "verifiableCredential": "urn:x:1"}
    assert refusal(document) == ("shape.not_object", "/verifiableCredential")
    document["verifiableCredential"] = [badge(), badge(name="Other")]
    assert refusal(document)[0] == "shape.repeated"
    document["verifiableCredential"] = [badge(), badge(id="urn:x:2", name="Other")]
    check(document)


def test_many_tellings_of_one_id_cost_little() -> None:
    many = [{"id": "urn:o:1", "type": ["Profile"], "name": str(number)} for number in range(400)]
    document = badge()
    place = document["issuer"]
    for profile in many[:25]:
        place["parentOrg"] = profile
        place = profile
    started = time.perf_counter()
    assert refusal(document)[0] == "shape.shared_id"
    assert time.perf_counter() - started < 1


def test_at_most_twenty_tellings_of_one_id(monkeypatch: pytest.MonkeyPatch) -> None:
    from openbadges.shape import shared_ids

    monkeypatch.setattr(shared_ids, "_MOST_TELLINGS", 1)
    document = badge()
    document["issuer"]["image"] = {"id": "urn:i:1", "type": "Image"}
    document["image"] = {"id": "urn:i:1", "type": "Image", "caption": "x"}
    check(document)
    document["credentialSubject"]["image"] = {"id": "urn:i:1", "type": "Image", "caption": "x"}
    assert refusal(document)[0] == "shape.shared_id"
    assert shape_module.VC_V2 == VC


def test_terms_of_other_pinned_contexts_are_known() -> None:
    entry = {"id": "urn:s:1", "type": "BitstringStatusListEntry", "statusPurpose": "revocation", "statusListIndex": "1",
             "statusListCredential": "https://x.example/1", "statusSize": 1}  # fmt: skip
    check(badge(credentialStatus=entry))
    with pytest.raises(MalformedError):
        check(badge(credentialStatus={**entry, "statusSize": "1"}))
    check({**badge(credentialStatus=entry), "@context": [VC, OB, STATUS]})


def test_what_is_told_in_short_may_hold_things_told_in_short() -> None:
    document = with_creator(image={"id": "urn:i:1", "type": "Image"})
    document["issuer"]["image"] = {"id": "urn:i:1", "type": "Image", "caption": "A logo"}
    check(document)
    document["issuer"]["image"], creator = (
        {"id": "urn:i:1", "type": "Image"},
        document["credentialSubject"]["achievement"],
    )
    creator["creator"]["image"]["caption"] = "A logo"
    assert refusal(document)[0] == "shape.shared_id"


def test_old_contexts_give_numbers_the_datatype_of_texts() -> None:
    """Open Badges 3.0.0 says ``xsd:string`` of latitudes, which are numbers; the schema decides there."""
    old = {
        **badge(validFrom=None, awardedDate=None),
        "@context": ["https://www.w3.org/2018/credentials/v1", "https://purl.imsglobal.org/spec/ob/v3p0/context.json"],
        "issuanceDate": "2026-01-15T09:00:00Z",
    }
    geo = {"type": "GeoCoordinates", "latitude": 41.15, "longitude": -8}
    old["issuer"]["address"] = {"type": ["Address"], "geo": geo}
    check(old)
