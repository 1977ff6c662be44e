"""What can happen to a badge: by whoever holds it (the signature stays), and by an issuer who signs odd things."""

from __future__ import annotations

import base64
import copy
import json
import random
from collections.abc import Callable, Iterator
from types import MappingProxyType
from typing import Any

import badges

Document = dict[str, Any]
Edit = Callable[[Document, random.Random], Document | str | None]

CRED = "https://www.w3.org/2018/credentials#"
OB_VOCAB = "https://purl.imsglobal.org/spec/vc/ob/vocab.html#"


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every container outside the proof with each of its keys or indexes."""
    if isinstance(value, dict):
        for name, item in value.items():
            if name not in ("proof", "@context"):
                yield value, name
                yield from _places(item)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield value, index
            yield from _places(item)


def _pick(document: Document, chance: random.Random, wanted: Callable[[Any, Any], bool]) -> tuple[Any, Any] | None:
    found = [(place, name) for place, name in _places(document) if wanted(place, name)]
    return chance.choice(found) if found else None


def _subject(document: Document) -> Document:
    return document["credentialSubject"]


def value_changed(document: Document, chance: random.Random) -> Document | None:
    found = _pick(document, chance, lambda place, name: isinstance(place[name], str) and name != "type")
    if found is None or isinstance(found[0], list):
        return None
    place, name = found
    place[name] = place[name] + "x"
    return document


def number_changed(document: Document, chance: random.Random) -> Document | None:
    found = _pick(document, chance, lambda place, name: isinstance(place[name], (int, float)))
    if found is None:
        return None
    found[0][found[1]] += 1
    return document


def member_removed(document: Document, chance: random.Random) -> Document | None:
    found = _pick(
        document, chance, lambda place, name: isinstance(place, dict) and name in ("url", "role", "tag", "humanCode")
    )
    if found is None:
        return None
    del found[0][found[1]]
    return document


def member_added(document: Document, chance: random.Random) -> Document:
    _subject(document)["licenseNumber"] = "A-1"
    return document


def undefined_member_added(document: Document, chance: random.Random) -> Document:
    chance.choice([document, _subject(document), document["issuer"]])["colour"] = "blue"
    return document


def end_hidden(document: Document, chance: random.Random) -> Document | None:
    """The attack that renames validUntil to its full IRI."""
    if "validUntil" not in document:
        return None
    document[f"{CRED}validUntil"] = {
        "@type": "http://www.w3.org/2001/XMLSchema#dateTime",
        "@value": document.pop("validUntil"),
    }
    return document


def member_renamed(document: Document, chance: random.Random) -> Document:
    achievement = _subject(document)["achievement"]
    achievement["https://schema.org/name"] = achievement.pop("name")
    return document


def value_wrapped(document: Document, chance: random.Random) -> Document:
    document["name"] = {"@value": document["name"]}
    return document


def set_wrapped(document: Document, chance: random.Random) -> Document:
    document["name"] = {"@set": [document["name"]]}
    return document


def included(document: Document, chance: random.Random) -> Document:
    document["@included"] = [{"id": "did:example:somebody", "name": "Somebody"}]
    return document


def null_added(document: Document, chance: random.Random) -> Document:
    document["description"] = None
    return document


def empty_array_added(document: Document, chance: random.Random) -> Document:
    document["evidence"] = []
    return document


def member_moved(document: Document, chance: random.Random) -> Document:
    """The name of the issuer's profile is said in another place that has the same id."""
    issuer = document["issuer"]
    _subject(document)["achievement"]["creator"] = {"id": issuer["id"], "type": ["Profile"], "name": issuer.pop("name")}
    return document


def issuer_without_name(document: Document, chance: random.Random) -> Document:
    document["issuer"] = document["issuer"]["id"]
    return document


def type_added(document: Document, chance: random.Random) -> Document:
    document["type"].append("VerifiablePresentation")
    return document


def type_removed(document: Document, chance: random.Random) -> Document:
    document["type"] = ["VerifiableCredential"]
    return document


def recipient_removed(document: Document, chance: random.Random) -> Document:
    del _subject(document)["id"]
    return document


def recipient_other(document: Document, chance: random.Random) -> Document:
    _subject(document)["id"] = "did:example:mallory"
    return document


def second_subject(document: Document, chance: random.Random) -> Document:
    second = copy.deepcopy(_subject(document)) | {"id": "did:example:mallory"}
    document["credentialSubject"] = [_subject(document), second]
    return document


def repeated_item(document: Document, chance: random.Random) -> Document | None:
    tags = _subject(document)["achievement"].get("tag")
    if not tags:
        return None
    tags.append(tags[0])
    return document


def inline_context_appended(document: Document, chance: random.Random) -> Document:
    document["@context"].append({"colour": "https://example.org/colour"})
    return document


def inline_context_in_front(document: Document, chance: random.Random) -> Document:
    document["@context"].insert(0, {"colour": "https://example.org/colour"})
    return document


def context_appended(document: Document, chance: random.Random) -> Document:
    document["@context"].append("https://purl.imsglobal.org/spec/ob/v3p0/extensions.json")
    return document


def context_unknown(document: Document, chance: random.Random) -> Document:
    document["@context"].append("https://example.org/context.json")
    return document


def context_removed(document: Document, chance: random.Random) -> Document:
    document["@context"] = document["@context"][:1]
    return document


def contexts_swapped(document: Document, chance: random.Random) -> Document:
    document["@context"].reverse()
    return document


def older_context(document: Document, chance: random.Random) -> Document:
    document["@context"][1] = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json"
    return document


def scoped_context(document: Document, chance: random.Random) -> Document:
    _subject(document)["@context"] = {"name": "https://example.org/other"}
    return document


def _proof_member(name: str, value: Any) -> Edit:
    def edit(document: Document, chance: random.Random) -> Document:
        document["proof"][name] = value
        return document

    return edit


def proof_removed(document: Document, chance: random.Random) -> Document:
    del document["proof"]
    return document


def proof_twice(document: Document, chance: random.Random) -> Document:
    document["proof"] = [document["proof"], dict(document["proof"])]
    return document


def proof_without_suite(document: Document, chance: random.Random) -> Document:
    del document["proof"]["cryptosuite"]
    return document


def proof_without_purpose(document: Document, chance: random.Random) -> Document:
    del document["proof"]["proofPurpose"]
    return document


def proof_cut(document: Document, chance: random.Random) -> Document:
    document["proof"]["proofValue"] = document["proof"]["proofValue"][:-4]
    return document


def proof_character(document: Document, chance: random.Random) -> Document:
    text = document["proof"]["proofValue"]
    place = chance.randrange(5, len(text) - 5)
    document["proof"]["proofValue"] = text[:place] + ("a" if text[place] != "a" else "b") + text[place + 1 :]
    return document


def proof_of_stranger(document: Document, chance: random.Random) -> Document:
    document["proof"]["verificationMethod"] = badges.signing_key("Ed25519", "mallory").verification_method
    return document


def members_reordered(document: Document, chance: random.Random) -> Document:
    return dict(reversed(list(document.items())))


def unordered_items_reordered(document: Document, chance: random.Random) -> Document | None:
    items = _subject(document)["achievement"].get("tag", [])
    if len(items) < 2:
        return None
    items.reverse()
    return document


def one_item_form(document: Document, chance: random.Random) -> Document:
    document["issuer"]["type"] = "Profile"
    return document


def proof_in_list(document: Document, chance: random.Random) -> Document:
    document["proof"] = [document["proof"]]
    return document


def number_written_otherwise(document: Document, chance: random.Random) -> str | None:
    text = json.dumps(document, ensure_ascii=False)
    found = text.replace('"creditsEarned": 40', '"creditsEarned": 4e1').replace(
        '"creditsAvailable": 3,', '"creditsAvailable": 3.0,'
    )
    return found if found != text else None


def escaped_otherwise(document: Document, chance: random.Random) -> str:
    return json.dumps(document, ensure_ascii=True, indent=3)


def other_normal_form(document: Document, chance: random.Random) -> str | None:
    """é as two characters instead of one: looks the same, is another text."""
    text = json.dumps(document, ensure_ascii=False)
    found = text.replace("\u00e9", "e\u0301")
    return found if found != text else None


def member_twice(document: Document, chance: random.Random) -> str:
    """Two members of one name: parsers differ in which they keep."""
    text = json.dumps(document, ensure_ascii=False)
    return '{"name": "Doctor of Everything", ' + text[1:]


def not_a_number(document: Document, chance: random.Random) -> str:
    text = json.dumps(document, ensure_ascii=False)
    return text[:-1] + ', "creditsEarned": NaN}'


def text_after(document: Document, chance: random.Random) -> str:
    return json.dumps(document, ensure_ascii=False) + " {}"


SAME = MappingProxyType(
    {
        edit.__name__: edit
        for edit in (
            members_reordered,
            unordered_items_reordered,
            one_item_form,
            proof_in_list,
            number_written_otherwise,
            escaped_otherwise,
        )
    }
)
"""Edits that say the same thing again; under RDF canonicalization the signature still fits."""

EDITS = MappingProxyType(
    {
        edit.__name__: edit
        for edit in (
            value_changed,
            number_changed,
            member_removed,
            member_added,
            undefined_member_added,
            end_hidden,
            member_renamed,
            value_wrapped,
            set_wrapped,
            included,
            null_added,
            empty_array_added,
            member_moved,
            issuer_without_name,
            type_added,
            type_removed,
            recipient_removed,
            recipient_other,
            second_subject,
            repeated_item,
            inline_context_appended,
            inline_context_in_front,
            context_appended,
            context_unknown,
            context_removed,
            contexts_swapped,
            older_context,
            scoped_context,
            proof_removed,
            proof_twice,
            proof_without_suite,
            proof_without_purpose,
            proof_cut,
            proof_character,
            proof_of_stranger,
            other_normal_form,
            member_twice,
            not_a_number,
            text_after,
        )
    }
    | {
        "proof_purpose_other": _proof_member("proofPurpose", "authentication"),
        "proof_created_other": _proof_member("created", "2020-01-01T00:00:00Z"),
        "proof_created_not_a_date": _proof_member("created", "yesterday"),
        "proof_expires_added": _proof_member("expires", "2000-01-01T00:00:00Z"),
        "proof_member_undefined": _proof_member("colour", "blue"),
        "proof_domain_added": _proof_member("domain", "example.org"),
        "proof_suite_other": _proof_member("cryptosuite", "eddsa-jcs-2022"),
        "proof_suite_unknown": _proof_member("cryptosuite", "eddsa-rdfc-2042"),
        "proof_type_other": _proof_member("type", "Ed25519Signature2020"),
        "proof_value_empty": _proof_member("proofValue", ""),
        "proof_value_base64": _proof_member("proofValue", "u" + "A" * 86),
    }
)
"""Edits by somebody who has no key."""


def _with(**changes: Any) -> Edit:
    def edit(document: Document, chance: random.Random) -> Document:
        return document | changes

    return edit


def control_character(document: Document, chance: random.Random) -> Document:
    document["name"] = "bell\x07and\x1fseparator\x7f"
    return document


def line_breaks(document: Document, chance: random.Random) -> Document:
    document["name"] = "two\nlines\rand\ta tab\f"
    return document


def long_text(document: Document, chance: random.Random) -> Document:
    document["description"] = "event " * 2000
    return document


def no_subject(document: Document, chance: random.Random) -> Document:
    del document["credentialSubject"]
    return document


def no_issuer(document: Document, chance: random.Random) -> Document:
    del document["issuer"]
    return document


def no_start(document: Document, chance: random.Random) -> Document:
    del document["validFrom"]
    return document


def no_criteria(document: Document, chance: random.Random) -> Document:
    del _subject(document)["achievement"]["criteria"]
    return document


def relative_id(document: Document, chance: random.Random) -> Document:
    _subject(document)["achievement"]["id"] = "achievements/host"
    return document


def somebody_elses_name(document: Document, chance: random.Random) -> Document:
    """A good signature of Mallory under the issuer's name."""
    document["issuer"]["id"] = badges.signing_key("Ed25519", "victim").did
    return document


SIGNED = MappingProxyType(
    {
        edit.__name__: edit
        for edit in (
            control_character,
            line_breaks,
            long_text,
            no_subject,
            no_issuer,
            no_start,
            no_criteria,
            relative_id,
            somebody_elses_name,
            undefined_member_added,
            inline_context_appended,
            context_appended,
            older_context,
            recipient_removed,
            type_removed,
            empty_array_added,
            one_item_form,
        )
    }
    | {
        "expired": _with(validUntil="2024-05-02T00:00:00Z"),
        "not_yet_valid": _with(validFrom="2098-01-01T00:00:00Z"),
        "ends_before_it_starts": _with(validFrom="2024-05-03T00:00:00Z", validUntil="2024-05-02T00:00:00Z"),
        "date_without_zone": _with(validFrom="2024-05-01T10:00:00"),
        "date_wrong": _with(validFrom="2024-02-30T10:00:00Z"),
        "date_with_offset": _with(validFrom="2024-05-01T12:00:00+02:00"),
        "date_with_fraction": _with(validFrom="2024-05-01T10:00:00.123456Z"),
        "id_not_an_address": _with(id="badge 1"),
        "unknown_term_type": _with(type=["VerifiableCredential", "OpenBadgeCredential", "GoldBadge"]),
    }
)
"""What an issuer with a good key may sign, and should not always have."""


def apply(edit: Edit, document: Document, chance: random.Random) -> str | None:
    """The edited badge as text, or None where there is nothing to edit."""
    found = edit(copy.deepcopy(document), chance)
    return found if found is None or isinstance(found, str) else json.dumps(found, ensure_ascii=False)


def base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
