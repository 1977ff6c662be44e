"""Rich badges to sign, every way to edit one in a single place, and which edits leave what is said as it was."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from typing import Any

import pytest
from hypothesis import strategies as st

from openbadges.contexts import PINNED
from openbadges.testing import add_proof, badge, endorsement, fixed_key, sign

Path = tuple[str | int, ...]
EXTENSIONS = "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"
CLR = "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json"
VC, OB = badge()["@context"]
VC1 = "https://www.w3.org/2018/credentials/v1"
OB1 = "https://purl.imsglobal.org/spec/ob/v3p0/context.json"
PERSON = fixed_key("Ed25519", 9).did
GROUP = fixed_key().did


# --- documents ---------------------------------------------------------------------------------------------------


def _identity(value: str = "a@example.org") -> dict[str, Any]:
    return {"type": "IdentityObject", "hashed": False, "identityHash": value, "identityType": "emailAddress"}


def full_badge() -> dict[str, Any]:
    """Every class of the data model at least once, and profiles that stand in two places under one id."""
    foundation = fixed_key("Ed25519", 1)
    parts = badge()
    achievement = parts["credentialSubject"]["achievement"]
    level = "urn:uuid:22222222-2222-4222-8222-222222222222"
    described = "urn:uuid:11111111-1111-4111-8111-111111111111"
    alignment = {
        "type": ["Alignment"],
        "targetName": "Plan an event",
        "targetUrl": "https://badges.example.org/f/o1",
        "targetType": "CFItem",
    }
    achievement |= {
        "achievementType": "Badge",
        "alignment": [alignment, alignment | {"targetName": "Welcome people", "targetCode": "O2"}],
        "creator": {"id": GROUP, "type": ["Profile"], "url": "https://badges.example.org"},  # in full: the issuer
        "creditsAvailable": 2.5,
        "criteria": {"id": "https://badges.example.org/c", "narrative": "Host one."},
        "image": {"id": "https://badges.example.org/i.png", "type": "Image", "caption": "A table"},
        "inLanguage": "pt-BR",
        "otherIdentifier": [{"type": "IdentifierEntry", "identifier": "42", "identifierType": "ext:wikidata"}],
        "related": [{"id": "https://badges.example.org/fr", "type": ["Related"], "inLanguage": "fr"}],
        "resultDescription": [
            {
                "id": described,
                "type": ["ResultDescription"],
                "name": "Level",
                "resultType": "RubricCriterionLevel",
                "rubricCriterionLevel": [
                    {"id": level, "type": ["RubricCriterionLevel"], "name": "Mastered", "level": "3", "points": "10"}
                ],
            },
            {
                "id": "urn:uuid:33333333-3333-4333-8333-333333333333",
                "type": ["ResultDescription"],
                "name": "Score",
                "resultType": "Percent",
                "allowedValue": ["50", "75", "75", "100"],
            },
        ],
        "tag": ["events", "hosting"],
    }
    parts["credentialSubject"] |= {
        "activityStartDate": "2025-12-01T10:00:00Z",
        "creditsEarned": 42,
        "identifier": [_identity(), _identity("b@example.org")],
        "image": {"id": "https://badges.example.org/i.png", "type": "Image"},
        "narrative": "Hosted *one* event with café and \u0007 bell.",
        "result": [{"type": ["Result"], "achievedLevel": level, "resultDescription": described}],
        "source": {"id": foundation.did, "type": ["Profile"], "name": "Foundation", "official": "Q1"},
    }
    parts["issuer"] |= {
        "url": "https://badges.example.org",
        "address": {
            "type": ["Address"],
            "addressCountryCode": "PT",
            "geo": {"type": "GeoCoordinates", "latitude": 41.15, "longitude": -8},
        },
        "image": {"id": "https://badges.example.org/logo.svg", "type": "Image"},
        "parentOrg": {"id": foundation.did, "type": ["Profile"], "name": "Foundation"},
        "endorsement": [json.loads(sign(endorsement(about=GROUP), foundation).text)],
    }
    return parts | {
        "@context": [VC, OB, EXTENSIONS],
        "validUntil": "2030-01-15T09:00:00Z",
        "image": {"id": "https://badges.example.org/b.png", "type": "Image"},
        "endorsementJwt": [sign(endorsement(about=parts["id"]), foundation, form="vc-jwt").text],
        "credentialSchema": [
            {
                "id": "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json",
                "type": "1EdTechJsonSchemaValidator2019",
            }
        ],
        "refreshService": {"id": "https://badges.example.org/r", "type": "1EdTechCredentialRefresh"},
        "evidence": [
            {"id": "https://badges.example.org/e/1", "type": ["Evidence"], "name": "Page", "genre": "web page"},
            {"type": ["Evidence"], "narrative": "Seen."},
        ],
        "termsOfUse": [{"id": "https://badges.example.org/t", "type": "https://badges.example.org/terms#Terms"}],
    }


def own_badge() -> dict[str, Any]:
    """Somebody's badge for themselves: issuer and subject are one node to the signature."""
    document = badge(validUntil="2027-01-01T00:00:00Z")
    document["credentialSubject"]["id"] = GROUP
    document["issuer"]["image"] = {"id": "https://badges.example.org/i.png", "type": "Image"}
    return document


def record() -> dict[str, Any]:
    """A Comprehensive Learner Record with a badge of somebody else inside."""
    other = fixed_key("Ed25519", 3)
    return {
        "@context": [VC, CLR, OB],
        "id": "urn:uuid:99999999-9999-4999-8999-999999999999",
        "type": ["VerifiableCredential", "ClrCredential"],
        "name": "Record",
        "issuer": {"id": GROUP, "type": ["Profile"], "name": "Riverside User Group"},
        "validFrom": "2026-01-15T09:00:00Z",
        "credentialSubject": {
            "id": PERSON,
            "type": ["ClrSubject"],
            "verifiableCredential": [json.loads(sign(badge(issuer=other.did), other).text)],
        },
    }


def old_badge() -> dict[str, Any]:
    """VCDM 1.1 with Open Badges 3.0.0, as it was issued before version 2.0."""
    document = badge(validFrom=None, awardedDate=None)
    return document | {
        "@context": [VC1, OB1, "https://w3id.org/security/suites/ed25519-2020/v1"],
        "issuanceDate": "2026-01-15T09:00:00Z",
        "expirationDate": "2030-01-15T09:00:00Z",
    }


DOCUMENTS: Mapping[str, Callable[[], dict[str, Any]]] = {
    "full badge": full_badge,
    "own badge": own_badge,
    "endorsement": lambda: endorsement(about=PERSON, issuer=GROUP, validUntil="2030-01-01T00:00:00Z"),
    "record": record,
    "old badge": old_badge,
}


SUITES = {"old badge": ("Ed25519Signature2020",)}  # by document; the others: both suites of Ed25519
CASES = [(name, suite) for name in DOCUMENTS for suite in SUITES.get(name, ("eddsa-rdfc-2022", "eddsa-jcs-2022"))]


@pytest.fixture(scope="session", params=CASES, ids=" ".join)
def signed_case(request: pytest.FixtureRequest) -> tuple[dict[str, Any], str]:
    """A signed rich document and its cryptosuite."""
    name, suite = request.param
    return add_proof(DOCUMENTS[name](), suite=suite), suite


@pytest.fixture(scope="session")
def rich_badge() -> dict[str, Any]:
    return full_badge()


# --- edits -------------------------------------------------------------------------------------------------------


@cache
def long_names() -> Mapping[str, tuple[str, ...]]:
    """The full IRIs that any pinned context gives to a name."""
    found: dict[str, set[str]] = {}

    def look(context: Any) -> None:
        for part in context if isinstance(context, (list, tuple)) else [context]:
            for name, meaning in part.items() if isinstance(part, Mapping) else []:
                iri = meaning.get("@id") if isinstance(meaning, Mapping) else meaning
                if isinstance(iri, str) and ":" in iri:
                    found.setdefault(name, set()).add(iri)
                if isinstance(meaning, Mapping) and "@context" in meaning:
                    look(meaning["@context"])

    for pin in PINNED.values():
        look(pin.document()["@context"])
    return {name: tuple(sorted(iris)) for name, iris in found.items()}


def nodes(value: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    yield path, value
    if isinstance(value, dict):
        for name, item in value.items():
            yield from nodes(item, (*path, name))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from nodes(item, (*path, index))


def at(document: Any, path: Path) -> Any:
    for step in path:
        document = document[step]
    return document


def with_value(document: Any, path: Path, value: Any) -> Any:
    if not path:
        return copy.deepcopy(value)
    changed = copy.deepcopy(document)
    at(changed, path[:-1])[path[-1]] = copy.deepcopy(value)
    return changed


def _other_values(value: Any) -> Iterator[tuple[str, Any]]:
    """Other values in a value's place, and other ways to write it."""
    yield "null", None
    yield "empty object", {}
    yield "empty list", []
    yield "in a list", [value]
    yield "in a list of two", [value, value]
    yield "@value", {"@value": value}
    yield "@value with language", {"@value": value, "@language": "en"}
    yield "@id", {"@id": value}
    yield "id", {"id": value}
    yield "@set", {"@set": [value]}
    yield "@list", {"@list": [value]}
    yield "@graph", {"@graph": value}
    if isinstance(value, str):
        yield "longer", value + "x"
        yield "shorter", value[:-1]
        yield "capitals", value.swapcase()
        yield "blank after", value + " "
        yield "composed otherwise", value.replace("é", "e\u0301")
        yield "number", 1
        yield "true", True
        yield "typed", {"@value": value, "@type": "http://www.w3.org/2001/XMLSchema#string"}
        yield "typed date", {"@value": value, "@type": "http://www.w3.org/2001/XMLSchema#dateTime"}
        yield "https date", {"@value": value, "@type": "https://www.w3.org/2001/XMLSchema#date"}
    elif isinstance(value, bool):
        yield "opposite", not value
        yield "as text", json.dumps(value)
        yield "as number", int(value)
    elif isinstance(value, (int, float)):
        yield "more", value + 1
        yield "float", float(value)
        yield "as text", str(value)
        yield "as text of a double", f"{float(value):E}"
        yield "typed", {"@value": value, "@type": "https://www.w3.org/2001/XMLSchema#float"}
        yield "negative", -value
    elif isinstance(value, list):
        yield "only item", value[0]
        yield "without the last", value[:-1]
        yield "turned round", value[::-1]
        yield "first twice", [*value, value[0]]
        yield "with null", [*value, None]
        yield "nested", [value]
        yield "with empty list", [*value, []]
        yield "with text", [*value, "more"]
    else:
        yield "turned round", dict(reversed(value.items()))
        if "id" in value:
            yield "reference", value["id"]
            yield "reference object", {"id": value["id"]}


def _new_members(value: dict[str, Any], named: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The object with a member that it does not have, or under another name."""
    added = {
        "surprise": 1, "@id": "urn:x", "@type": "Profile", "@index": "x", "@language": "en", "@context": {},
        "@reverse": {}, "@nest": {}, "@included": [], "https://example.org/x": "y", "id": "urn:x",
        "type": ["Profile"], "name": "Somebody else", "description": "Other", "validUntil": "2040-01-01T00:00:00Z",
        "issuer": "did:example:x", "image": {"id": "urn:x", "type": "Image"}, "@json": 1, "_:x": 1,
        "credentialSubject": {"id": "urn:x"}, "proof": {"type": "x"}, "vc": {}, "exp": 1, "iss": "did:example:x",
    }  # fmt: skip
    for name, item in added.items():
        if name not in value:
            yield f"+{name}", {**value, name: item}
    yield "+@context url", {**value, "@context": VC}
    yield "+@context alias", {**value, "@context": {"titel": {"@id": "https://schema.org/name"}}}
    for name, item in value.items():
        rest = {key: one for key, one in value.items() if key != name}
        yield f"-{name}", rest
        for other in (*long_names().get(name, ()), "@" + name, name.upper(), f"schema:{name}", name + " "):
            yield f"{name} -> {other}", {**rest, other: item}
    for name, item in named.items():
        if value.get(name) != item:
            yield f"{name} of the other place", {**value, name: item}


Edit = tuple[str, Callable[[], dict[str, Any]]]


def edits(document: dict[str, Any]) -> Iterator[Edit]:
    """Every single edit of every node: a label, and what makes the edited document."""
    members: dict[str, dict[str, Any]] = {}
    for _, value in nodes(document):
        if isinstance(value, dict) and isinstance(value.get("id"), str):
            members[value["id"]] = {**value, **members.get(value["id"], {})}
    for path, value in nodes(document):
        where = "/" + "/".join(map(str, path))
        if isinstance(value, dict):
            for label, changed in _new_members(value, members.get(value.get("id", ""), {})):
                yield f"{where} {label}", partial(with_value, document, path, changed)
        if path:
            for label, changed in (*_other_values(value), *_other_names(value, path, members)):
                yield f"{where} {label}", partial(with_value, document, path, changed)
        if path and isinstance(path[-1], int):
            yield f"{where} taken out", partial(_without, document, path)
    yield from _moved(document)
    yield from _other_contexts(document)


def _without(document: dict[str, Any], path: Path) -> dict[str, Any]:
    rest = copy.deepcopy(document)
    del at(rest, path[:-1])[path[-1]]
    return rest


def _other_names(value: Any, path: Path, members: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """A type or id written in full."""
    if isinstance(value, str):
        for iri in long_names().get(value, ()):
            yield f"-> {iri}", iri
        if value in members and path[-1] != "id":
            yield "in full", members[value]


def _moved(document: dict[str, Any]) -> Iterator[Edit]:
    """Each member moved to another place with the same id."""
    places = [(path, value) for path, value in nodes(document) if isinstance(value, dict) and "id" in value]
    for path, value in places:
        for other_path, other in places:
            if path == other_path or value["id"] != other["id"]:
                continue
            for name in value:
                if other_path[: len(path) + 1] == (*path, name):
                    continue
                if name not in ("id", *other):
                    yield f"{path} {name} moved to {other_path}", partial(_move, document, path, other_path, name)
                elif name == "type":
                    both = list(dict.fromkeys([*_texts(other[name]), *_texts(value[name])]))
                    lent = partial(with_value, document, (*other_path, name), both)
                    yield f"{path} types lent to {other_path}", lent


def _texts(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _move(document: dict[str, Any], path: Path, other_path: Path, name: str) -> dict[str, Any]:
    changed = copy.deepcopy(document)
    at(changed, other_path)[name] = at(changed, path).pop(name)
    return changed


def _other_contexts(document: dict[str, Any]) -> Iterator[Edit]:
    contexts = document["@context"]
    path = ("@context",)
    for url in (*PINNED, "https://example.org/context", {"titel": "https://schema.org/name"}, {"@vocab": "urn:x#"}):
        if url not in contexts:
            yield f"@context + {url}", partial(with_value, document, path, [*contexts, url])
            yield f"@context[1] = {url}", partial(with_value, document, path, [contexts[0], url, *contexts[2:]])
    yield "@context of one", partial(with_value, document, path, contexts[0])


# --- edits that say the same -------------------------------------------------------------------------------------

_COMPACTABLE_TYPE = frozenset(
    {
        "Achievement", "AchievementCredential", "OpenBadgeCredential", "AchievementSubject", "Address", "Alignment",
        "EndorsementCredential", "EndorsementSubject", "Evidence", "Profile", "Related", "Result", "ResultDescription",
        "RubricCriterionLevel", "VerifiableCredential", "ClrCredential", "ClrSubject",
    }
)  # fmt: skip
_COMPACTABLE = frozenset({"credentialSchema", "proof", "termsOfUse"})  # Open Badges 3.0, serialisation rules


def same_bytes(document: dict[str, Any]) -> Any:
    """Equal for documents of which canonical JSON sees no difference, and the bare form of ``proof``."""
    proof = document.get("proof")
    one = proof[0] if isinstance(proof, list) and len(proof) == 1 else proof
    return _numbers(document | {"proof": one})


def same_statements(document: dict[str, Any]) -> Any:
    """Equal for documents that state the same, by the exceptions that docs/decisions/0017 lists."""
    told: dict[str, dict[str, Any]] = {}
    shape = _statements(document, (), told, frozenset(_issuers(document)))
    return shape, _unordered(told)


def _numbers(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _numbers(value[name]) for name in sorted(value)}
    if isinstance(value, list):
        return [_numbers(item) for item in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _issuers(document: dict[str, Any]) -> Iterator[str]:
    if isinstance(document.get("issuer"), dict):
        yield json.dumps(document["issuer"].get("id"))


def _statements(value: Any, path: Path, told: dict[str, dict[str, Any]], issuers: frozenset[str]) -> Any:
    """Objects and free arrays in one order; what is said of a profile or picture somewhere, said of it everywhere."""
    if isinstance(value, list):
        items = [_statements(item, (*path, index), told, issuers) for index, item in enumerate(value)]
        return items if path[-1:] == ("allowedValue",) else sorted(items, key=repr)
    if path[-1:] == ("issuer",) and path != ("issuer",) and isinstance(value, str):
        value = {"id": value, "type": ["Profile"]}
    if not isinstance(value, dict):
        return _numbers(value)
    members = {name: _statements(item, (*path, name), told, issuers) for name, item in sorted(value.items())}
    _make_lists(members)
    if all(isinstance(item, str) and item in PINNED for item in members.get("@context", ())):
        members["@context"] = (
            "pinned"  # one more pinned context gives no word another meaning: the statements are equal
        )
    members["type"] = [_ALIASES.get(name, name) for name in members.get("type", ()) or ()] or None
    own = path[-2:] == ("credentialSubject",) or path[-1:] == ("credentialSubject",)
    if own and json.dumps(members.get("id")) in issuers:
        shared = {name: members.pop(name) for name in _PROFILE_MEMBERS if name in members}
        told.setdefault(members["id"], {}).update(shared)
    if path != ("issuer",) and {"Profile", "Image", "Related"} & set(members["type"] or ()):
        told.setdefault(str(members.get("id")), {}).update(members)
        return {"id": members.get("id"), "type": members["type"]}
    if path == ("issuer",):
        told.setdefault(str(members.get("id")), {}).update(members)
    return members


_PROFILE_MEMBERS = ("name", "image", "description", "url", "phone", "address", "parentOrg")
_ALIASES = {"OpenBadgeCredential": "AchievementCredential"}


def _unordered(told: Mapping[str, Any]) -> Any:
    return {name: told[name] for name in sorted(told)}


def _make_lists(members: dict[str, Any]) -> None:
    types = members.get("type")
    if isinstance(types, str) and types in _COMPACTABLE_TYPE:
        members["type"] = [types]
    elif isinstance(types, str):
        members["type"] = ["only text", types]
    for name in _COMPACTABLE & members.keys():
        members[name] = members[name] if isinstance(members[name], list) else [members[name]]


class Editing:
    """What test files need of this one."""

    edits = staticmethod(edits)
    same_bytes = staticmethod(same_bytes)
    same_statements = staticmethod(same_statements)


@pytest.fixture(scope="session")
def editing() -> type[Editing]:
    return Editing


# --- generated badges --------------------------------------------------------------------------------------------

_TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\ufffe\uffff"), min_size=1, max_size=30)
_NUMBER = st.one_of(st.integers(-(2**53) + 1, 2**53 - 1), st.floats(-1e6, 1e6).map(lambda value: round(value, 2) + 0.0))
_DATE = st.datetimes().map(lambda value: f"{value.year:04}-{value:%m-%dT%H:%M:%S}Z")


def _iri(draw: st.DrawFn) -> str:
    return "https://badges.example.org/" + draw(st.uuids()).hex


def _maybe(draw: st.DrawFn, value: Callable[[], Any], members: dict[str, Any], name: str) -> None:
    if draw(st.booleans()):
        members[name] = value()


def _list(draw: st.DrawFn, make: Callable[[st.DrawFn], Any]) -> list[Any]:
    return [make(draw) for _ in range(draw(st.integers(1, 3)))]


def _identifier(draw: st.DrawFn) -> dict[str, Any]:
    return {
        "type": "IdentityObject",
        "hashed": False,
        "identityHash": draw(_TEXT),
        "identityType": f"ext:{draw(st.uuids()).hex}",
    }


def _entry(draw: st.DrawFn) -> dict[str, Any]:
    return {"type": "IdentifierEntry", "identifier": draw(_TEXT), "identifierType": f"ext:{draw(st.uuids()).hex}"}


def _image(draw: st.DrawFn) -> dict[str, Any]:
    image = {"id": _iri(draw), "type": "Image"}
    _maybe(draw, lambda: draw(_TEXT), image, "caption")
    return image


def _alignment(draw: st.DrawFn) -> dict[str, Any]:
    alignment = {"type": ["Alignment"], "targetName": draw(_TEXT), "targetUrl": _iri(draw)}
    for name in ("targetCode", "targetDescription", "targetFramework"):
        _maybe(draw, lambda: draw(_TEXT), alignment, name)
    return alignment


def _profile(draw: st.DrawFn, depth: int = 0) -> dict[str, Any]:
    profile = {"id": _iri(draw), "type": ["Profile", "https://example.org/types#Club"][: draw(st.integers(1, 2))]}
    for name in ("name", "description", "official", "familyName", "phone"):
        _maybe(draw, lambda: draw(_TEXT), profile, name)
    _maybe(draw, lambda: _image(draw), profile, "image")
    _maybe(draw, lambda: _list(draw, _entry), profile, "otherIdentifier")
    geo = {"type": "GeoCoordinates", "latitude": draw(_NUMBER), "longitude": draw(_NUMBER)}
    _maybe(draw, lambda: {"type": ["Address"], "addressLocality": draw(_TEXT), "geo": geo}, profile, "address")
    if depth < 3:
        _maybe(draw, lambda: _profile(draw, depth + 1), profile, "parentOrg")
    return profile


def _result_description(draw: st.DrawFn) -> dict[str, Any]:
    return {
        "id": _iri(draw),
        "type": ["ResultDescription"],
        "name": draw(_TEXT),
        "resultType": "Percent",
        "allowedValue": _list(draw, lambda draw: draw(_TEXT)),
    }


def _evidence(draw: st.DrawFn) -> dict[str, Any]:
    evidence = {"id": _iri(draw), "type": ["Evidence"]}
    for name in ("name", "narrative", "genre", "audience"):
        _maybe(draw, lambda: draw(_TEXT), evidence, name)
    return evidence


@st.composite
def badges(draw: st.DrawFn) -> dict[str, Any]:
    """Badges with any part of the data model, any characters and numbers."""
    document = badge(name=draw(_TEXT), id=f"urn:uuid:{draw(st.uuids())}")
    subject = document["credentialSubject"]
    achievement = subject["achievement"]
    achievement |= {"name": draw(_TEXT), "description": draw(_TEXT), "criteria": {"narrative": draw(_TEXT)}}
    document["issuer"] |= {name: item for name, item in _profile(draw).items() if name not in ("id", "type")}
    _maybe(draw, lambda: _list(draw, _alignment), achievement, "alignment")
    _maybe(draw, lambda: _profile(draw), achievement, "creator")
    _maybe(draw, lambda: _image(draw), achievement, "image")
    _maybe(draw, lambda: draw(_NUMBER), achievement, "creditsAvailable")
    _maybe(draw, lambda: draw(st.lists(_TEXT, min_size=1, max_size=4, unique=True)), achievement, "tag")
    _maybe(draw, lambda: _list(draw, _result_description), achievement, "resultDescription")
    for described in achievement.get("resultDescription", [])[:1]:
        result = {"type": ["Result"], "resultDescription": described["id"], "value": described["allowedValue"][0]}
        _maybe(draw, lambda result=result: [result], subject, "result")
    _maybe(draw, lambda: _list(draw, _identifier), subject, "identifier")
    _maybe(draw, lambda: draw(_DATE), subject, "activityStartDate")
    _maybe(draw, lambda: draw(_TEXT), subject, "narrative")
    _maybe(draw, lambda: _profile(draw), subject, "source")
    _maybe(draw, lambda: _list(draw, _evidence), document, "evidence")
    other = fixed_key("Ed25519", 1)
    praise = endorsement(about=GROUP, id=f"urn:uuid:{draw(st.uuids())}", name=draw(_TEXT))
    _maybe(draw, lambda: [json.loads(sign(praise, other).text)], document, "endorsement")
    _maybe(draw, lambda: [sign(praise, other, form="vc-jwt").text], document, "endorsementJwt")
    terms = {"id": _iri(draw), "type": "https://example.org/types#Terms"}
    _maybe(draw, lambda: [terms], document, "termsOfUse")
    if draw(st.booleans()):
        document["@context"].append(EXTENSIONS)
        document["refreshService"] = {"id": _iri(draw), "type": "1EdTechCredentialRefresh"}
    return document


@pytest.fixture(scope="session")
def generated_badges() -> st.SearchStrategy[dict[str, Any]]:
    return badges()
