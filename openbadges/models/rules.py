"""Rules that hold between members, on plain documents (Open Badges 3.0, data model).

A JSON Schema sees one member at a time; these rules see two or more. They need no Pydantic, never raise for any JSON,
and look only at the places where the data model has its classes: an extension's own members are not judged.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from openbadges.encoding.times import parse_instant
from openbadges.errors import MalformedError
from openbadges.jsontext import Path, pointer_of, pointer_to
from openbadges.messages import render
from openbadges.models.identity import is_identity_hash

__all__ = ["Problem", "class_of", "cross_field_problems", "types_of"]

Document = Mapping[str, Any]
_MOST_PROBLEMS = 20
_DEEPEST = 32  # nested objects; jsontext's default is the same


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing that is wrong at one place.

    Attributes:
        pointer: JSON Pointer of the place.
        code: Key of ``openbadges.messages.MESSAGES``.
        params: The facts of the sentence.
    """

    pointer: str
    code: str
    params: Mapping[str, Any] = field(default_factory=dict)

    @property
    def detail(self) -> str:
        """The English sentence."""
        return render(self.code, self.params)

    def as_dict(self) -> dict[str, Any]:
        """The problem as JSON: ``pointer``, ``code``, ``params``, ``detail``."""
        return {"pointer": self.pointer, "code": self.code, "params": dict(self.params), "detail": self.detail}


def cross_field_problems(document: Document, kind: str | None = None) -> list[Problem]:
    """What breaks a rule between members, in document order, at most 20.

    Args:
        document: A credential, profile, achievement or one of their parts, as plain JSON.
        kind: Name of the class the document is of, e.g. ``"Criteria"``; found by ``type`` when absent.

    Returns:
        An empty list when all rules hold, and for a document of a class without rules.
    """
    problems: list[Problem] = []
    for where, part, rules in _parts(document, kind or class_of(document)):
        for rule in rules:
            for path, code, params in rule(part):
                problems.append(Problem(pointer=pointer_of(where) + pointer_to(*path), code=code, params=params))
                if len(problems) == _MOST_PROBLEMS:
                    return problems
    return problems


def types_of(document: object) -> tuple[str, ...]:
    """The values of ``type`` that are text, whether it is an array or a bare value; none for what is not an object."""
    if not isinstance(document, (dict, Mapping)):
        return ()
    value = document.get("type")
    found = value if isinstance(value, (list, tuple)) else (value,)
    return tuple([item for item in found if isinstance(item, str)])


def class_of(document: object) -> str:
    """The name of the class with rules that ``document`` is of by its ``type``, or ``""``."""
    types = types_of(document)
    return next((kind for type_, kind in _KIND_BY_TYPE.items() if type_ in types), "")


def _parts(document: Document, kind: str) -> Iterator[tuple[Path, Document, Sequence[Rule]]]:
    """The document and every part of it that has rules, outermost first, with its place."""
    stack: list[tuple[Path, Any, str, int]] = [(None, document, kind, 0)] if kind in _RULES else []
    while stack:
        where, part, part_kind, depth = stack.pop()
        if not isinstance(part, (dict, Mapping)):
            continue
        rules = _RULES[part_kind]
        if rules:
            yield where, part, rules
        if depth < _DEEPEST:
            for member, child_kind in _CHILDREN_BACKWARDS[part_kind]:
                value = part.get(member)
                if isinstance(value, (list, tuple)):
                    items = [
                        (((where, member), index), item, child_kind, depth + 1) for index, item in enumerate(value)
                    ]
                    stack += reversed(items)
                elif value is not None:
                    stack.append(((where, member), value, child_kind, depth + 1))


Step = tuple[str | int, ...]
Finding = tuple[Step, str, dict[str, Any]]


def _values(document: Document, member: str) -> Iterable[tuple[Step, Any]]:
    """The values of a member with their paths: each item of an array, or the bare value."""
    value = document.get(member)
    if isinstance(value, (list, tuple)):
        return [((member, index), item) for index, item in enumerate(value)]
    return () if value is None else [((member,), value)]


def _objects(document: Document, member: str) -> list[tuple[Step, Document]]:
    return [(path, value) for path, value in _values(document, member) if isinstance(value, (dict, Mapping))]


def _text(document: Document, member: str) -> str | None:
    value = document.get(member)
    return value if isinstance(value, str) else None


def _validity(credential: Document) -> Iterator[Finding]:
    for start, end in (("validFrom", "validUntil"), ("issuanceDate", "expirationDate")):
        if start not in credential or end not in credential:
            continue
        try:
            reversed_ = parse_instant(credential[start]) > parse_instant(credential[end])
        except MalformedError:  # unreadable: said elsewhere
            continue
        if reversed_:
            yield (end,), "rule.validity_reversed", {"start": start, "end": end}


def _endorsement_name(credential: Document) -> Iterator[Finding]:
    if "EndorsementCredential" in types_of(credential) and not credential.get("name"):
        yield ("name",), "rule.endorsement_name_missing", {}


def _recipient(subject: Document) -> Iterator[Finding]:
    if _is_achievement_subject(subject) and not subject.get("id") and not subject.get("identifier"):
        yield (), "rule.recipient_missing", {}


def _is_achievement_subject(subject: Document) -> bool:
    return "achievement" in subject or "AchievementSubject" in types_of(subject)


def _criteria_content(criteria: Document) -> Iterator[Finding]:
    if not criteria.get("id") and not criteria.get("narrative"):
        yield (), "rule.criteria_empty", {}


def _identity(identity: Document) -> Iterator[Finding]:
    hashed = identity.get("hashed")
    looks_hashed = is_identity_hash(identity.get("identityHash"))
    if hashed is True and not looks_hashed:
        yield ("identityHash",), "rule.identity_hash_form", {}
    if hashed is False and looks_hashed:
        yield ("identityHash",), "rule.identity_hash_unexpected", {}
    if hashed is False and identity.get("salt"):
        yield ("salt",), "rule.salt_without_hash", {}


def _results(subject: Document) -> Iterator[Finding]:
    if "result" not in subject:
        return
    achievement = subject.get("achievement")
    descriptions: dict[str, Document] = {}
    if isinstance(achievement, (dict, Mapping)):
        found = [description for _, description in _objects(achievement, "resultDescription")]
        descriptions = {identifier: item for item in found if (identifier := _text(item, "id")) is not None}
    levels = {identifier: _level_ids(item) for identifier, item in descriptions.items()}
    every_level = frozenset().union(*levels.values())
    for path, result in _objects(subject, "result"):
        link = _text(result, "resultDescription")
        if link is not None and link not in descriptions:
            yield (*path, "resultDescription"), "rule.result_description_unknown", {"id": link}
            continue
        allowed = every_level if link is None else levels[link]
        level = _text(result, "achievedLevel")
        if level is not None and level not in allowed:
            yield (*path, "achievedLevel"), "rule.achieved_level_unknown", {"id": level}
        if link is not None:
            yield from ((path + inner, code, params) for inner, code, params in _described(result, descriptions[link]))


def _level_ids(description: Document) -> frozenset[str]:
    levels = (_text(level, "id") for _, level in _objects(description, "rubricCriterionLevel"))
    return frozenset(identifier for identifier in levels if identifier is not None)


def _described(result: Document, description: Document) -> Iterator[Finding]:
    """One result against its own description: status, allowed values, range."""
    if description.get("resultType") == "Status" and not result.get("status"):
        yield ("status",), "rule.status_missing", {}
    value = _text(result, "value")
    if value is None:
        return
    allowed = [item for _, item in _values(description, "allowedValue")]
    if allowed and value not in allowed:
        yield ("value",), "rule.value_not_allowed", {"value": value}
    number, low, high = _number(value), _number(description.get("valueMin")), _number(description.get("valueMax"))
    if number is not None and ((low is not None and number < low) or (high is not None and number > high)):
        params = {"value": value, "low": description.get("valueMin", "-"), "high": description.get("valueMax", "-")}
        yield ("value",), "rule.value_out_of_range", params


_NUMBER = re.compile(r"[+-]?[0-9]{1,30}(?:\.[0-9]{1,30})?")


def _number(text: object) -> Decimal | None:
    """The number a value stands for, "85%" included; None for letters and the like, which have no order to check."""
    plain = text.removesuffix("%").strip() if isinstance(text, str) else ""
    return Decimal(plain) if _NUMBER.fullmatch(plain) else None


Rule = Callable[[Document], Iterator[Finding]]

_RULES: Mapping[str, tuple[Rule, ...]] = MappingProxyType(
    {
        "Credential": (_validity, _endorsement_name),
        "Subject": (_recipient, _results),
        "Achievement": (),
        "Profile": (),
        "Criteria": (_criteria_content,),
        "IdentityObject": (_identity,),
    }
)
_CHILDREN: Mapping[str, Sequence[tuple[str, str]]] = MappingProxyType(
    {
        "Credential": (("issuer", "Profile"), ("credentialSubject", "Subject"), ("endorsement", "Credential")),
        "Subject": (("achievement", "Achievement"), ("identifier", "IdentityObject"), ("source", "Profile")),
        "Achievement": (("criteria", "Criteria"), ("creator", "Profile"), ("endorsement", "Credential")),
        "Profile": (("parentOrg", "Profile"), ("endorsement", "Credential")),
    }
)
_CHILDREN_BACKWARDS: Mapping[str, Sequence[tuple[str, str]]] = MappingProxyType(
    {kind: tuple(reversed(_CHILDREN.get(kind, ()))) for kind in _RULES}
)
_KIND_BY_TYPE: Mapping[str, str] = MappingProxyType(
    {
        "VerifiableCredential": "Credential",
        "AchievementSubject": "Subject",
        "Achievement": "Achievement",
        "Profile": "Profile",
        "IdentityObject": "IdentityObject",
    }
)
