"""Writer of CASE 1.1 packages.

What CASE has no member for goes into ``extensions`` under the names of this project's own file format, so that reading
the package gives an equal framework; levels, roles and contexts are CFItems of their own types, as other tools show
them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from openbadges import jsontext
from openbadges.errors import ConfigurationError
from openbadges.frameworks.alignment import SCHEMES, level_id
from openbadges.frameworks.case_terms import ADOPTION_STATUS, ASSOCIATIONS, DEFINITIONS, ITEM_TYPES, association_path
from openbadges.frameworks.catalogue import Catalogue
from openbadges.frameworks.document_writer import to_document
from openbadges.frameworks.exporters.exported import Exported
from openbadges.frameworks.exporters.options import DEFAULT_EXPORT, ExportOptions
from openbadges.frameworks.exporters.strict_case import UNKNOWN_TIME, Losses, StrictCase
from openbadges.frameworks.hierarchy import children_of
from openbadges.frameworks.identifiers import uuid_of
from openbadges.frameworks.kinds import is_uri
from openbadges.frameworks.members import RELATION_MEMBERS
from openbadges.frameworks.model import FORMAT, Framework, Item, Match, Record, Relation

__all__ = ["case_package", "write_case"]

_DOCUMENT_MEMBERS = frozenset(
    [
        "format",
        "id",
        "identifier",
        "version",
        "status",
        "creator",
        "publisher",
        "source",
        "modified",
        "scheme",
        "title",
        "description",
        "license",
        "levels",
        "groups",
        "skills",
        "roles",
        "contexts",
        "case",
    ]
)
_ITEM_MEMBERS = frozenset({"id", "identifier", "code", "kind", "label", "description", "group", "relations", "case"})
_RELATION_NAMES = {relation: association for association, relation in ASSOCIATIONS.items()}


def write_case(framework: Framework, options: ExportOptions = DEFAULT_EXPORT) -> Exported:
    """The framework as a CASE 1.1 package (CFPackage).

    Args:
        framework: What to write.
        options: ``known`` frameworks give the addresses of items that this one refers to by code.

    Returns:
        JSON text, and what had to be left out or changed to be strict CASE 1.1.
    """
    losses = Losses()
    package = _Package(framework, options, losses).build()
    return Exported(text=jsontext.dump_pretty(package).decode("utf-8"), losses=losses.all())


def case_package(framework: Framework, options: ExportOptions = DEFAULT_EXPORT) -> dict[str, Any]:
    """The same package as plain JSON, for programs that do not want it as one text."""
    return _Package(framework, options, Losses()).build()


class _Package:
    """One package being written; ``build`` may be called once."""

    def __init__(self, framework: Framework, options: ExportOptions, losses: Losses) -> None:
        self._framework = framework
        self._document = to_document(framework)
        self._left: Mapping[str, Any] = _mapping(framework.extra.get("case"))
        self._changed = framework.modified or options.changed or UNKNOWN_TIME
        self._losses = losses
        self._strict = StrictCase(self._changed, losses)
        others = (each for each in options.known if each.id != framework.id)
        self._catalogue = Catalogue((framework, *others))
        self._types: dict[str, dict[str, Any]] = {}

    def build(self) -> dict[str, Any]:
        if self._changed == UNKNOWN_TIME:
            self._losses.add("frameworks.loss.case_no_time")
        document = self._strict.record("CFDocument", self._cf_document())
        items = self._strict.records("CFItem", self._items())
        associations = self._strict.records("CFAssociation", self._associations())
        package = {
            "CFDocument": document,
            "CFItems": items,
            "CFAssociations": associations,
            "CFDefinitions": self._definitions(),
            "CFRubrics": self._strict.records("CFRubric", _list(self._left.get("CFRubrics"))),
            "extensions": dict(_mapping(self._left.get("extensions"))),
        }
        return {name: value for name, value in package.items() if value}

    def _cf_document(self) -> dict[str, Any]:
        framework, language = self._framework, self._framework.main_language
        extensions = {name: value for name, value in self._document.items() if name not in _DOCUMENT_MEMBERS}
        extensions |= _texts_beside("titles", framework.title, language)
        extensions |= _texts_beside("descriptions", framework.description, language)
        if framework.scheme == "case" and extensions.get("languages") == [language]:
            del extensions["languages"]
        if framework.scheme == "openbadges":
            extensions["format"] = FORMAT
        elif framework.scheme != "case":
            extensions["scheme"] = framework.scheme
        absent = [name for name in ("creator", "modified") if getattr(framework, name) is None]
        if absent:
            extensions["absent"] = absent
        status = _adoption(framework.status)
        if framework.status is not None and framework.status != status:
            extensions["status"] = framework.status
        return _filled(
            {
                **_mapping(self._left.get("CFDocument")),
                "identifier": uuid_of(framework.id, framework.identifier),
                "uri": framework.id,
                "caseVersion": "1.1",
                "title": framework.title.get(language) or framework.name,
                "creator": framework.creator or framework.publisher or framework.owner or framework.name,
                "publisher": framework.publisher,
                "description": framework.description.get(language),
                "officialSourceURL": framework.source,
                "language": language,
                "version": framework.version,
                "adoptionStatus": status,
                "licenseURI": self._license_link(),
                "lastChangeDateTime": self._changed,
                "extensions": extensions,
            }
        )

    def _license_link(self) -> dict[str, Any] | None:
        stated = self._framework.license
        if stated is None:
            return None
        uri = str(stated.extra.get("uri") or stated.url or f"{self._framework.id}/licenses/license")
        return {"title": stated.title, "identifier": uuid_of(uri), "uri": uri}

    def _items(self) -> Iterator[dict[str, Any]]:
        framework = self._framework
        for level, record in zip(framework.levels, self._document.get("levels", ()), strict=True):
            if "rubric" not in level.extra:  # those stand in CFRubrics
                code = f"{framework.code}-L{level.order}" if framework.code else None
                yield self._item({"code": code, **record, "id": level_id(level, framework)}, "level")
        for record in self._document.get("groups", ()):
            yield self._item(record, "group")
        for record in self._document.get("skills", ()):
            yield self._item(record, record.get("kind", "skill"))
        for record in self._document.get("roles", ()):
            yield self._item({"requires": []} | record, "role")
        for record in self._document.get("contexts", ()):
            yield self._item({"adjust": {}} | record, "context")

    def _item(self, record: Mapping[str, Any], kind: str) -> dict[str, Any]:
        label, description = record["label"], record.get("description", {})
        main = self._framework.main_language
        language = main if main in label else next(iter(label))
        relations = (*RELATION_MEMBERS, "relations")
        extensions = {
            name: value for name, value in record.items() if name not in _ITEM_MEMBERS and name not in relations
        }
        extensions |= _texts_beside("labels", label, language)
        extensions |= _texts_beside("descriptions", description, language)
        names = extensions.get("altLabels", {})
        alternative = names[language][0] if list(names) == [language] and len(names[language]) == 1 else None
        if alternative is not None:
            del extensions["altLabels"]
        return _filled(
            {
                **self._type_of(kind),
                **{key: value for key, value in _mapping(record.get("case")).items() if key != "CFAssociation"},
                "identifier": uuid_of(record["id"], record.get("identifier")),
                "uri": record["id"],
                "fullStatement": description.get(language) or label[language],
                "abbreviatedStatement": label[language] if language in description else None,
                "alternativeLabel": alternative,
                "language": language,
                **({"humanCodingScheme": record["code"]} if record.get("code") else {}),
                "extensions": extensions,
            }
        )

    def _type_of(self, kind: str) -> dict[str, Any]:
        known = ITEM_TYPES.get(kind)
        if known is None:
            return {} if kind == "item" else {"CFItemType": kind}
        uri = f"{self._framework.id}/item-types/{known.slug}"
        self._types[uri] = {
            "identifier": uuid_of(uri),
            "uri": uri,
            "title": known.title,
            "description": known.description,
            "hierarchyCode": known.hierarchy_code,
        }
        link = {"title": known.title, "identifier": uuid_of(uri), "uri": uri}
        return {"CFItemType": known.title, "CFItemTypeURI": link}

    def _definitions(self) -> dict[str, Any]:
        left = _mapping(self._left.get("CFDefinitions"))
        found = {
            name: self._strict.records(kind, [*_list(left.get(name)), *self._defined(name)])
            for name, kind in DEFINITIONS.items()
        }
        return {name: records for name, records in found.items() if records}

    def _defined(self, name: str) -> Iterable[dict[str, Any]]:
        if name == "CFItemTypes":
            yield from self._types.values()
        link = self._license_link()
        if name == "CFLicenses" and link is not None:
            stated = self._framework.license
            yield {**link, "licenseText": (stated.url if stated else None) or link["title"]}

    def _associations(self) -> Iterator[dict[str, Any]]:
        yield from self._top_associations()
        children = children_of(self._framework.items)
        places = {(parent, item.id): place for parent, row in children.items() for place, item in enumerate(row, 1)}
        for item in self._framework.items:
            for relation in item.relations:
                yield self._relation(item, relation, places)
            for match in item.mappings:
                if match.uri is not None:
                    yield self._match(item, match, match.uri)
        for role in self._framework.roles:
            for entry in role.requires:
                node, _ = self._node(entry.skill)
                origin = _node_of(role.id, self._title(role.label), None)
                yield self._association("ext:requiresSkill", origin, node, {"notes": f"level {entry.level}"})
        yield from _list(self._left.get("CFAssociations"))

    def _top_associations(self) -> Iterator[dict[str, Any]]:
        framework = self._framework
        root = _node_of(framework.id, framework.name, framework.identifier)
        known = {name for item in framework.items for name in (item.id, item.code)}
        top = [item for item in framework.items if not any(target in known for target in item.targets("broader"))]
        rows: list[tuple[dict[str, Any], Any]] = [
            (_node_of(level_id(level, framework), self._title(level.label), level.identifier), level.extra.get("case"))
            for level in framework.levels
            if "rubric" not in level.extra
        ]
        records: list[Record] = [*top, *framework.roles, *framework.contexts]
        for record in records:
            identifier = record.identifier if isinstance(record, Item) else None
            rows.append((_node_of(record.id, self._title(record.label), identifier), record.extra.get("case")))
        for place, (node, left) in enumerate(rows, 1):
            kept = _mapping(_mapping(left).get("CFAssociation"))
            yield self._association("isChildOf", node, root, {"sequenceNumber": place, **kept})

    def _relation(self, item: Item, relation: Relation, places: Mapping[tuple[str, str], int]) -> dict[str, Any]:
        node, found = self._node(relation.target)
        own = _node_of(item.id, self._title(item.label), item.identifier)
        more: dict[str, Any] = dict(_mapping(relation.extra.get("case")))
        extensions = {name: value for name, value in relation.extra.items() if name != "case"}
        if relation.target != (found or node["uri"]):
            extensions["target"] = relation.target
        name = relation.type
        if name == "close":
            more.setdefault("notes", "SKOS closeMatch")
            extensions["relation"] = "close"
        if name == "broader" and (node["uri"], item.id) in places:
            more["sequenceNumber"] = places[node["uri"], item.id]
        if extensions:
            more["extensions"] = extensions
        if name == "narrower":
            return self._association("isChildOf", node, own, more)
        kind = "isRelatedTo" if name == "close" else _RELATION_NAMES.get(name, name)
        return self._association(kind, own, node, more)

    def _match(self, item: Item, match: Match, uri: str) -> dict[str, Any]:
        scheme = SCHEMES.get(match.scheme)
        target = scheme.target_type if scheme and scheme.target_type.startswith("ext:") else "ext:Mapping"
        node = {"title": self._title(match.label) or uri, "identifier": uri, "uri": uri, "targetType": target}
        own = _node_of(item.id, self._title(item.label), item.identifier)
        kind = "exactMatchOf" if match.match == "exact" else "isRelatedTo"
        notes = {"notes": f"SKOS {match.match}Match"} if match.match else {}
        return self._association(kind, own, node, notes)

    def _association(
        self, kind: str, origin: Mapping[str, Any], destination: Mapping[str, Any], more: Mapping[str, Any]
    ) -> dict[str, Any]:
        path = association_path(kind, origin["uri"], destination["uri"])
        uri = f"{self._framework.id}/associations/{kind.replace(':', '-')}/{uuid_of(path)}"
        return {
            "uri": uri,
            "identifier": uuid_of(str(more.get("uri", uri))),
            "associationType": kind,
            "originNodeURI": dict(origin),
            "destinationNodeURI": dict(destination),
            **more,
        }

    def _node(self, reference: str) -> tuple[dict[str, Any], str | None]:
        """The end of an association, and what reading it gives back for an item of this framework."""
        try:
            found = self._catalogue.item(reference, self._framework)
        except ConfigurationError:  # several of the known frameworks use the code, so it leads nowhere
            found = None
        if found is not None:
            framework, item = found
            node = _node_of(item.id, self._title(item.label), item.identifier)
            return node, item.ref if framework.id == self._framework.id else None
        if is_uri(reference):
            return _node_of(reference, reference, None), None
        self._losses.add("frameworks.loss.case_unresolved", reference)
        uri = f"urn:openbadges-kit:code:{uuid_of('urn:code:' + reference)}"
        return {"title": reference, "identifier": reference, "uri": uri, "targetType": "ext:Code"}, None

    def _title(self, label: Mapping[str, str]) -> str:
        return label.get(self._framework.main_language) or next(iter(label.values()), "")


def _node_of(uri: str, title: str, identifier: str | None) -> dict[str, Any]:
    return {"title": title, "identifier": uuid_of(uri, identifier), "uri": uri}


def _texts_beside(name: str, texts: Mapping[str, str], language: str) -> dict[str, Any]:
    """All languages, where there is more than the one that CASE's own member holds."""
    return {name: dict(texts)} if set(texts) - {language} else {}


def _adoption(status: str | None) -> str | None:
    """The CASE word that a status begins with: ``draft example`` is a Draft."""
    if status is None:
        return None
    return next((word for word in ADOPTION_STATUS if status.casefold().startswith(word.casefold())), None)


def _filled(record: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in record.items() if value is not None and value not in ("", {})}


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _list(value: Any) -> Sequence[Any]:
    return value if isinstance(value, list) else []
