"""From the JSON document of the file format to the model; ``document_writer`` goes the other way.

Other formats are read by turning them into this document, so that there is one reader, one set of checks and one way to
say what is wrong; ``places`` translates a place in the document back to the place in the file that was read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from types import MappingProxyType
from typing import Any

from openbadges.frameworks.checks import check_framework
from openbadges.frameworks.hierarchy import settle_hierarchy
from openbadges.frameworks.kinds import Checker, is_uri
from openbadges.frameworks.limits import DEFAULT_FRAMEWORK_LIMITS, FrameworkLimits
from openbadges.frameworks.members import RECORDS, RELATION_MEMBERS
from openbadges.frameworks.model import (
    Adjust,
    Context,
    Framework,
    Item,
    Level,
    License,
    LocalName,
    Match,
    Provenance,
    Relation,
    Requirement,
    Role,
    Stricter,
    Translation,
)
from openbadges.frameworks.problems import ProblemList

__all__ = ["Places", "derived_id", "framework_from_document", "restore_framework", "restore_item"]

Places = Callable[[str], str]
_KNOWN = MappingProxyType({name: frozenset(member.name for member in members) for name, members in RECORDS.items()})
_FOLDERS = MappingProxyType({"groups": "groups", "skills": "items", "roles": "roles", "contexts": "contexts"})
_COLLECTIONS = ("levels", "groups", "skills", "roles", "contexts")
_IN_A_RECORD = re.compile(r"/(?:groups|skills|roles|contexts)/\d+(?:/|$)")


def framework_from_document(
    document: Any,
    *,
    limits: FrameworkLimits = DEFAULT_FRAMEWORK_LIMITS,
    places: Places = str,
    problems: ProblemList | None = None,
) -> Framework:
    """The framework that a document of the file format describes.

    Args:
        document: A parsed JSON value; it is not changed.
        limits: How large it may be.
        places: Translates a JSON Pointer into the document to the place that a person looks for.
        problems: What an importer has found already; raised together with what is found here.

    Raises:
        ImportProblems: Something is wrong; every problem is listed and nothing is returned.
    """
    found = _Placed(problems or ProblemList(limits.problems), places)
    Checker(RECORDS, found, limits).record("framework", document, "")
    if not all(map(_IN_A_RECORD.match, found.pointers)):  # nothing can be compared with what stands on this
        found.stop()
    if sum(len(document.get(name, ())) for name in _COLLECTIONS) > limits.items:
        found.add("", "frameworks.too_many_items", limit=limits.items)
        found.stop()
    _check_ids(document, found)
    framework = _framework(_readable(document, found.pointers))
    check_framework(framework, found, limits)
    found.stop()
    return framework


def restore_framework(document: Mapping[str, Any]) -> Framework:
    """The framework that ``to_document`` wrote, or a part of it; nothing is checked a second time.

    For whoever keeps frameworks: a document that was checked when it came need not be checked at every reading, and
    its head may be kept apart from its items. What comes from outside goes through ``framework_from_document``.
    """
    return _framework(document)


def restore_item(document: Mapping[str, Any], *, framework_id: str, group: bool = False) -> Item:
    """The item that ``item_document`` wrote; nothing is checked a second time.

    Args:
        document: One record of ``groups`` or ``skills``.
        framework_id: Id of its framework.
        group: Whether it is of ``groups``.
    """
    return _item(document, framework_id, "groups" if group else "skills")


class _Placed(ProblemList):
    """A list that notes each problem at its translated place, into the list that the importer began."""

    def __init__(self, inner: ProblemList, places: Places) -> None:
        self._inner = inner
        self._places = places
        self.pointers: set[str] = set()

    def add(self, place: str, code: str, /, **params: Any) -> None:
        self.pointers.add(place)
        if "first" in params:  # the place of a name that stands twice
            params["first"] = self._places(params["first"])
        self._inner.add(self._places(place), code, **params)

    def stop(self, error: Any = None) -> None:  # noqa: ARG002 - the inner list raises its own error
        self._inner.stop()


def _check_ids(document: Mapping[str, Any], problems: ProblemList) -> None:
    for name in ("groups", "skills"):
        for index, record in enumerate(document.get(name, ())):
            if isinstance(record, dict) and "id" not in record and "code" not in record:
                problems.add(f"/{name}/{index}", "frameworks.no_id_no_code")


def _readable(document: Mapping[str, Any], wrong: Collection[str]) -> Mapping[str, Any]:
    """The document with each wrong record reduced to its names, so that the others can be compared with it."""
    rest = {**document, **{name: list(document.get(name, ())) for name in _FOLDERS}}
    for pointer in wrong:
        _, name, index, *_ = pointer.split("/")
        record = rest[name][int(index)]
        named = record if isinstance(record, dict) else {}
        code, address = named.get("code"), named.get("id")
        rest[name][int(index)] = {
            "id": address if is_uri(address) else f"urn:wrong:{name}:{index}",
            "code": code if isinstance(code, str) and code.strip() else f"{name}/{index}",
            "label": {"en": "?"},
        }
    return rest


def derived_id(framework_id: str, folder: str, code: str) -> str:
    """The id of a record that states only a code: under the framework's id, in small letters."""
    word = re.sub(r"[^a-z0-9._~-]+", "-", code.casefold()).strip("-") or code.encode().hex()
    return f"{framework_id.rstrip('/#')}/{folder}/{word}"


def _framework(document: Mapping[str, Any]) -> Framework:
    items = [_item(record, document["id"], "groups") for record in document.get("groups", ())]
    items += [_item(record, document["id"], "skills") for record in document.get("skills", ())]
    single = {
        name: document.get(name)
        for name in (
            "code",
            "identifier",
            "version",
            "status",
            "scope",
            "owner",
            "creator",
            "publisher",
            "source",
            "modified",
            "resolution",
        )
    }
    return Framework(
        **single,
        id=document["id"],
        scheme=document.get("scheme", "openbadges"),
        title=_frozen(document["title"]),
        description=_frozen(document.get("description", {})),
        license=_license(document["license"]) if "license" in document else None,
        languages=tuple(document.get("languages", ())),
        extends=tuple(document.get("extends", ())),
        uses=tuple(document.get("uses", ())),
        levels=tuple(sorted(map(_level, document.get("levels", ())), key=lambda level: level.order)),
        items=settle_hierarchy(items),
        roles=tuple(_role(record, document["id"]) for record in document.get("roles", ())),
        contexts=tuple(_context(record, document["id"]) for record in document.get("contexts", ())),
        stricter=tuple(map(_stricter, document.get("stricter", ()))),
        translations=tuple(map(_translation, document.get("translations", ()))),
        local_names=tuple(map(_local_name, document.get("localNames", ()))),
        extra=_extra("framework", document),
    )


def _extra(record: str, document: Mapping[str, Any]) -> Mapping[str, Any]:
    return _frozen({name: value for name, value in document.items() if name not in _KNOWN[record]})


def _frozen(value: Mapping[str, Any]) -> Mapping[str, Any]:
    return MappingProxyType(dict(value))


def _license(document: Mapping[str, Any]) -> License:
    return License(title=document["title"], url=document.get("url"), extra=_extra("license", document))


def _level(document: Mapping[str, Any]) -> Level:
    return Level(
        key=document["key"],
        order=document["order"],
        label=_frozen(document["label"]),
        description=_frozen(document.get("description", {})),
        id=document.get("id"),
        identifier=document.get("identifier"),
        extra=_extra("level", document),
    )


def _item(document: Mapping[str, Any], framework_id: str, collection: str) -> Item:
    code = document.get("code")
    return Item(
        id=document.get("id") or derived_id(framework_id, _FOLDERS[collection], str(code)),
        code=code,
        identifier=document.get("identifier"),
        kind="group" if collection == "groups" else document.get("kind", "skill"),
        slug=document.get("slug"),
        status=document.get("status"),
        label=_frozen(document["label"]),
        description=_frozen(document.get("description", {})),
        alt_labels=_frozen({tag: tuple(names) for tag, names in document.get("altLabels", {}).items()}),
        levels=tuple(document.get("levels", ())),
        relations=tuple(_relations(document)),
        evidence_examples=tuple(document.get("evidenceExamples", ())),
        methods=tuple(document.get("methods", ())),
        mappings=tuple(_matches(document.get("mappings", {}))),
        only_local=document.get("onlyLocal", False),
        adopted_from=_provenance(document["adoptedFrom"]) if "adoptedFrom" in document else None,
        extra=_extra("item", document),
    )


def _relations(document: Mapping[str, Any]) -> Iterable[Relation]:
    group = document.get("group")
    broader = [element["target"] if isinstance(element, dict) else element for element in document.get("broader", ())]
    if group is not None and group not in broader:
        yield Relation(type="broader", target=group)
    kinds = {name: document.get(name, ()) for name in RELATION_MEMBERS} | document.get("relations", {})
    for kind, elements in kinds.items():
        for element in elements:
            yield _relation(kind, element)


def _relation(kind: str, element: Any) -> Relation:
    if not isinstance(element, dict):
        return Relation(type=kind, target=element)
    return Relation(type=kind, target=element["target"], order=element.get("order"), extra=_extra("relation", element))


def _matches(document: Mapping[str, Any]) -> Iterable[Match]:
    for scheme, value in document.items():
        for record in [value] if isinstance(value, dict) else value:
            extra = dict(_extra("mapping", record))
            labels = {
                name.removeprefix("label_"): extra.pop(name)
                for name in tuple(extra)
                if name.startswith("label_") and isinstance(extra[name], str)
            }
            yield Match(
                scheme=scheme,
                uri=record.get("uri"),
                code=record.get("code"),
                match=record.get("match"),
                label=_frozen(labels),
                extra=_frozen(extra),
            )


def _provenance(document: Mapping[str, Any]) -> Provenance:
    return Provenance(
        framework=document["framework"],
        item=document["item"],
        version=document.get("version"),
        owner=document.get("owner"),
        extra=_extra("provenance", document),
    )


def _requirements(records: Iterable[Mapping[str, Any]]) -> tuple[Requirement, ...]:
    return tuple(
        Requirement(skill=record["skill"], level=record["level"], extra=_extra("requirement", record))
        for record in records
    )


def _role(document: Mapping[str, Any], framework_id: str) -> Role:
    return Role(
        code=document["code"],
        id=document.get("id") or derived_id(framework_id, "roles", document["code"]),
        label=_frozen(document["label"]),
        description=_frozen(document.get("description", {})),
        based_on=document.get("basedOn"),
        context=document.get("context"),
        requires=_requirements(document.get("requires", ())),
        extra=_extra("role", document),
    )


def _context(document: Mapping[str, Any], framework_id: str) -> Context:
    adjust = document.get("adjust", {})
    return Context(
        code=document["code"],
        id=document.get("id") or derived_id(framework_id, "contexts", document["code"]),
        label=_frozen(document["label"]),
        description=_frozen(document.get("description", {})),
        adjust=Adjust(
            level_delta=_frozen(adjust.get("levelDelta", {})),
            require=_frozen(adjust.get("require", {})),
            relax=_frozen(adjust.get("relax", {})),
            evidence=_frozen(adjust.get("evidence", {})),
            assessment=adjust.get("assessment"),
            extra=_extra("adjust", adjust),
        ),
        extra=_extra("context", document),
    )


def _stricter(document: Mapping[str, Any]) -> Stricter:
    return Stricter(
        role=document["role"],
        context=document.get("context"),
        requires=_requirements(document["requires"]),
        extra=_extra("stricter", document),
    )


def _translation(document: Mapping[str, Any]) -> Translation:
    return Translation(
        item=document["item"],
        label=_frozen(document.get("label", {})),
        description=_frozen(document.get("description", {})),
        extra=_extra("translation", document),
    )


def _local_name(document: Mapping[str, Any]) -> LocalName:
    return LocalName(item=document["item"], label=_frozen(document["label"]), extra=_extra("local_name", document))
