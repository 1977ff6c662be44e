"""Writer of CTDL-ASN graphs (Credential Engine): the common format whose texts are multilingual by nature."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from openbadges import jsontext
from openbadges.frameworks.alignment import ctid_of
from openbadges.frameworks.case_terms import ITEM_TYPES
from openbadges.frameworks.catalogue import Catalogue
from openbadges.frameworks.document_writer import to_document
from openbadges.frameworks.exporters.exported import Exported
from openbadges.frameworks.exporters.losses import note_uncarried
from openbadges.frameworks.exporters.options import DEFAULT_EXPORT, ExportOptions
from openbadges.frameworks.exporters.strict_case import Losses
from openbadges.frameworks.hierarchy import children_of
from openbadges.frameworks.identifiers import uuid_of
from openbadges.frameworks.importers.ctdl_asn import ALIGNMENTS
from openbadges.frameworks.kinds import is_uri
from openbadges.frameworks.model import Framework, Item

__all__ = ["CTDL_CONTEXT", "write_ctdl_asn"]

CTDL_CONTEXT = "https://credreg.net/ctdlasn/schema/context/json"

_FRAMEWORK = frozenset(
    [
        "format",
        "id",
        "identifier",
        "title",
        "description",
        "languages",
        "license",
        "source",
        "modified",
        "scheme",
        "groups",
        "skills",
        "ctdl",
    ]
)
_RELATIONS = ("broader", "narrower", "related", "exact", "close")
_ITEM = frozenset(
    ("code", "id", "identifier", "kind", "label", "description", "group", "mappings", "ctdl", *_RELATIONS)
)
_TERMS = {relation: term for term, relation in ALIGNMENTS.items()}
_MATCH_TERMS = {
    "exact": "ceasn:exactAlignment",
    "close": "ceasn:majorAlignment",
    "related": "ceasn:minorAlignment",
    "broad": "ceasn:broadAlignment",
    "narrow": "ceasn:narrowAlignment",
}


def write_ctdl_asn(framework: Framework, options: ExportOptions = DEFAULT_EXPORT) -> Exported:
    """The framework as a JSON-LD graph; levels, roles, contexts and what else has no term are listed as losses.

    Args:
        framework: What to write.
        options: ``known`` frameworks give the addresses of items that this one refers to by code.
    """
    losses = Losses()
    note_uncarried(to_document(framework), losses, framework=_FRAMEWORK, level=(), item=_ITEM)
    graph = _Graph(framework, options, losses)
    document = {"@context": CTDL_CONTEXT, "@graph": [graph.root(), *map(graph.competency, framework.items)]}
    return Exported(text=jsontext.dump_pretty(document).decode("utf-8"), losses=losses.all())


class _Graph:
    """One graph being written."""

    def __init__(self, framework: Framework, options: ExportOptions, losses: Losses) -> None:
        self._framework = framework
        self._losses = losses
        self._catalogue = Catalogue((framework, *(each for each in options.known if each.id != framework.id)))
        self._children = children_of(framework.items)
        below = {child.id for children in self._children.values() for child in children}
        self._top = [item.id for item in framework.items if item.id not in below]

    def root(self) -> dict[str, Any]:
        """The node of the framework itself."""
        framework = self._framework
        stated = framework.identifier or ""
        if framework.license is not None and (framework.license.url is None or framework.license.extra):
            self._losses.add("frameworks.loss.member", "license")
        return _filled(
            {
                **_mapping(framework.extra.get("ctdl")),
                "@id": framework.id,
                "@type": "ceasn:CompetencyFramework",
                "ceterms:ctid": stated if stated.startswith("ce-") else f"ce-{uuid_of(framework.id, stated)}",
                "ceasn:name": dict(framework.title),
                "ceasn:description": dict(framework.description),
                "ceasn:inLanguage": list(framework.languages),
                "ceasn:license": framework.license.url if framework.license else None,
                "ceasn:dateModified": framework.modified,
                "ceasn:source": framework.source,
                "ceasn:hasTopChild": self._top,
            }
        )

    def competency(self, item: Item) -> dict[str, Any]:
        """The node of one item."""
        known = ITEM_TYPES.get(item.kind)
        parents = [name for name in item.targets("broader") if self._own(name) is not None]
        return _filled(
            {
                **_mapping(item.extra.get("ctdl")),
                "@id": item.id,
                "@type": "ceasn:Competency",
                "ceterms:ctid": ctid_of(item),
                "ceasn:codedNotation": item.code,
                "ceasn:competencyLabel": dict(item.label) if item.description else None,
                "ceasn:competencyText": dict(item.description or item.label),
                "ceasn:competencyCategory": {"en": known.title if known else item.kind},
                "ceasn:isPartOf": self._framework.id,
                "ceasn:isTopChildOf": self._framework.id if item.id in self._top else None,
                "ceasn:isChildOf": [self._own(name) for name in parents],
                "ceasn:hasChild": [child.id for child in self._children.get(item.id, ())],
                **self._alignments(item),
            }
        )

    def _own(self, reference: str) -> str | None:
        found = self._catalogue.item(reference, self._framework)
        return found[1].id if found is not None and found[0].id == self._framework.id else None

    def _alignments(self, item: Item) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for relation in item.relations:
            term = _TERMS.get(relation.type)
            if term is None or (relation.type == "broader" and self._own(relation.target) is not None):
                continue
            uri = self._address(relation.target)
            if uri is not None:
                found.setdefault(term, []).append(uri)
        for match in item.mappings:
            term = _MATCH_TERMS.get(match.match or "")
            if match.uri is not None and term is not None:
                found.setdefault(term, []).append(match.uri)
            if match.uri is None or term is None or match.label or match.extra:
                self._losses.add("frameworks.loss.mapping", match.scheme)
        return found

    def _address(self, reference: str) -> str | None:
        found = self._catalogue.item(reference, self._framework)
        if found is not None:
            return found[1].id
        if is_uri(reference):
            return reference
        self._losses.add("frameworks.loss.case_unresolved", reference)
        return None


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _filled(record: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in record.items() if value is not None and value not in ({}, [], "")}
