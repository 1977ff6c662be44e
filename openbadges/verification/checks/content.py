"""Whether the content is what Open Badges 3.0 asks for: the official schema and the rules between members."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from openbadges.errors import MalformedError, UnsupportedError
from openbadges.jsontext import Path, pointer_of
from openbadges.models.rules import Problem, cross_field_problems
from openbadges.report import Check, Note, Outcome, passed
from openbadges.schema import FOREIGN_CLASSES, SCHEMAS, conformance, load_schema, ordinary_notes, schema_for
from openbadges.verification.checks.clr import record_problems
from openbadges.verification.inquiry import Inquiry

__all__ = ["check_content", "unlisted_members"]

_WITH_SCHEMA = frozenset({"badge", "endorsement"})
_OFFICIAL_TYPE = "1EdTechJsonSchemaValidator2019"
_CLR_CONTEXT = "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json"


def check_content(
    document: Mapping[str, Any], kind: str, inquiry: Inquiry, loose: frozenset[str] | None = None
) -> tuple[tuple[Check, ...], tuple[Note, ...]]:
    """``schema.conformance``, and ``schema.declared`` when the badge names schemas of its own.

    Args:
        document: The credential.
        kind: What it is.
        inquiry: The verification under way.
        loose: What the closed-shape check found; None where members that the model does not list are not asked about.

    Raises:
        MalformedError: As ``unlisted_members``.
    """
    if kind == "clr" and inquiry.profile == "badge":
        problems = record_problems(document)
        if problems:
            return (_failed(problems),), ()
    if kind not in _WITH_SCHEMA:
        notes = () if loose is None else unlisted_members(document, loose)
        return (passed("schema.conformance", "schema.other_kind"),), notes
    judged = _as_if_alone(document) if inquiry.depth else document
    notes, problems, remarks = (), [], ordinary_notes(judged)
    if remarks is None:
        notes = () if loose is None else unlisted_members(document, loose)
        problems, remarks = conformance(judged)
    problems = problems or cross_field_problems(judged)
    notes += tuple(
        [
            Note(code="note.canonical_schema", pointer=one.pointer, params={"problem": one.detail})
            for one in remarks
            if not one.pointer.endswith("/proof")  # Data Integrity itself lets a single proof stand without a list
        ]
    )
    if problems:
        return (_failed(problems),), notes
    good = passed("schema.conformance", "schema.good")
    return (good, *_declared(document)), notes


def _failed(problems: Sequence[Problem]) -> Check:
    first = problems[0]
    params = {
        "problem": first.detail,
        "pointer": first.pointer or "/",
        "problems": [problem.as_dict() for problem in problems],
    }
    return Check(id="schema.conformance", outcome=Outcome.FAIL, code="schema.first_problem", params=params)


def _as_if_alone(document: Mapping[str, Any]) -> Mapping[str, Any]:
    """A badge inside a record may stand under the record's contexts, where that of CLR 2.0 comes before Open Badges."""
    contexts = document.get("@context")
    if not isinstance(contexts, list) or contexts[1:2] != [_CLR_CONTEXT]:
        return document
    return {**document, "@context": [contexts[0], *contexts[2:], _CLR_CONTEXT]}


def _declared(document: Mapping[str, Any]) -> tuple[Check, ...]:
    """Schemas are built in, by their official address; none is fetched (V-NET-3)."""
    value = document.get("credentialSchema", [])
    entries = value if isinstance(value, list) else [value]
    named = [entry["id"] for entry in entries if _OFFICIAL_TYPE in _texts(entry.get("type"))]
    if not named:
        return ()
    unknown = next((url for url in named if url not in SCHEMAS), None)
    if unknown is not None:
        params = {"url": unknown}
        return (Check(id="schema.declared", outcome=Outcome.UNKNOWN, code="schema.declared_unknown", params=params),)
    return (passed("schema.declared", "schema.declared_good"),)


def unlisted_members(document: Mapping[str, Any], loose: frozenset[str]) -> tuple[Note, ...]:
    """Notes on members that a context defines and the Open Badges model does not list: kept, not interpreted.

    Args:
        document: A badge or endorsement whose shape is good; other kinds have no list of members.
        loose: What ``check_badge_shape`` returned.

    Raises:
        MalformedError: ``shape.one_item_list``: an unlisted member in a form that is not the plain one.
    """
    try:
        url = schema_for(document)
    except UnsupportedError:  # no schema for this kind, so no list of members either
        return ()
    root = "AchievementCredential" if "achievement" in url else "EndorsementCredential"
    classes = _classes(url)
    notes: list[Note] = []
    _note_unlisted(document, root, classes, None, notes)
    for note in notes:
        if note.pointer in loose:
            raise MalformedError("shape.one_item_list", pointer=note.pointer, name=note.params["name"])
    return tuple(notes)


def _note_unlisted(
    value: Mapping[str, Any], class_name: str, classes: Mapping[str, _Class], path: Path, notes: list[Note]
) -> None:
    listed = classes[class_name]
    for name, item in value.items():
        where = (path, name)
        if name not in listed.names:
            notes.append(Note(code="note.unlisted_member", pointer=pointer_of(where), params={"name": name}))
            continue
        inner = listed.objects.get(name)
        for index, one in enumerate(item) if isinstance(item, list) else [(None, item)]:
            if inner is not None and isinstance(one, dict):
                _note_unlisted(one, inner, classes, where if index is None else (where, index), notes)


@dataclass(frozen=True, slots=True)
class _Class:
    """One class of the Open Badges model: the names of its members, and the classes of those that are objects."""

    names: frozenset[str]
    objects: Mapping[str, str]


@cache
def _classes(url: str) -> Mapping[str, _Class]:
    """Every class by name, out of the schema."""
    definitions = load_schema(url)["$defs"]
    found = {
        name: {member: _class_of(rule) for member, rule in definition.get("properties", {}).items()}
        for name, definition in definitions.items()
    }
    for name in ("AchievementCredential", "EndorsementCredential"):  # the schema for both versions of VCDM
        found[name] = found.get(name + "v1p1", {}) | found.get(name, {})
    return {
        name: _Class(
            names=frozenset(members),
            objects={
                member: inner for member, inner in members.items() if inner is not None and inner not in FOREIGN_CLASSES
            },
        )
        for name, members in found.items()
    }


def _class_of(rule: Any) -> str | None:
    if isinstance(rule, dict):
        if "$ref" in rule:
            return str(rule["$ref"]).rpartition("/")[2].removesuffix("v1p1")
        rule = list(rule.values())
    if isinstance(rule, list):
        return next((name for name in map(_class_of, rule) if name is not None), None)
    return None


def _texts(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
