"""Reader of competency frameworks in CTDL-ASN (Credential Engine), as JSON-LD.

The terms are read as the registry writes them (``ceasn:`` and ``ceterms:`` prefixes, or their full addresses); no
JSON-LD processing takes place and nothing is fetched. Members that the model has no place for are kept under ``ctdl``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from openbadges import jsontext
from openbadges.frameworks.alignment import SCHEMES
from openbadges.frameworks.case_terms import ITEM_TYPES
from openbadges.frameworks.document import framework_from_document
from openbadges.frameworks.identifiers import uuid_of
from openbadges.frameworks.importers.options import DEFAULT_OPTIONS, ImportOptions
from openbadges.frameworks.kinds import is_language
from openbadges.frameworks.model import FORMAT, Framework
from openbadges.frameworks.problems import ProblemList
from openbadges.jsontext import pointer_to

__all__ = ["ALIGNMENTS", "read_ctdl_asn"]

ALIGNMENTS: Mapping[str, str] = MappingProxyType(
    {
        "ceasn:exactAlignment": "exact",
        "ceasn:majorAlignment": "close",
        "ceasn:minorAlignment": "related",
        "ceasn:broadAlignment": "broader",
        "ceasn:narrowAlignment": "narrower",
    }
)
"""CTDL-ASN alignment property to relation type."""

_VOCABULARIES = (
    ("https://purl.org/ctdlasn/terms/", "ceasn:"),
    ("https://purl.org/ctdl/terms/", "ceterms:"),
    ("http://purl.org/ctdlasn/terms/", "ceasn:"),
    ("http://purl.org/ctdl/terms/", "ceterms:"),
)
_KINDS = {known.title: kind for kind, known in ITEM_TYPES.items() if kind in ("group", "skill")}
_MATCHES = {"broader": "broad", "narrower": "narrow"}
_READ_ITEM = frozenset(
    [
        "@id",
        "@type",
        "@context",
        "ceterms:ctid",
        "ceasn:competencyLabel",
        "ceasn:competencyText",
        "ceasn:codedNotation",
        "ceasn:competencyCategory",
        "ceasn:isPartOf",
        "ceasn:isTopChildOf",
        "ceasn:isChildOf",
        "ceasn:hasChild",
    ]
) | set(ALIGNMENTS)
_READ_FRAMEWORK = frozenset(
    [
        "@id",
        "@type",
        "@context",
        "ceterms:ctid",
        "ceasn:name",
        "ceasn:description",
        "ceasn:hasTopChild",
        "ceasn:inLanguage",
        "ceasn:license",
        "ceasn:dateModified",
        "ceasn:source",
    ]
)


def read_ctdl_asn(data: bytes | str, options: ImportOptions = DEFAULT_OPTIONS) -> Framework:
    """Read a graph with one ``ceasn:CompetencyFramework`` and its ``ceasn:Competency`` nodes.

    Raises:
        ImportProblems: Something is wrong with the content; every problem is listed with its JSON Pointer.
        MalformedError: Not strict JSON.
        LimitError: Over a limit.
    """
    limits = options.limits
    document = jsontext.parse_object(data, limits.json_limits(), max_bytes=limits.file_bytes)
    problems = ProblemList(limits.problems)
    nodes = [(pointer, _plain_terms(node)) for pointer, node in _nodes(document, problems)]
    frameworks = [entry for entry in nodes if _is_a(entry[1], "ceasn:CompetencyFramework")]
    if len(frameworks) != 1:
        problems.add("/@graph", "frameworks.not_one_framework", count=len(frameworks))
        problems.stop()
    reader = _Reader(
        frameworks[0], [entry for entry in nodes if _is_a(entry[1], "ceasn:Competency")], options, problems
    )
    return framework_from_document(reader.document(), limits=limits, places=reader.place, problems=problems)


def _nodes(document: Mapping[str, Any], problems: ProblemList) -> Iterable[tuple[str, Mapping[str, Any]]]:
    graph = document.get("@graph")
    if graph is None:
        yield "", document
        return
    if not isinstance(graph, list):
        problems.add("/@graph", "frameworks.not_list")
        return
    for index, node in enumerate(graph):
        if isinstance(node, dict):
            yield pointer_to("@graph", index), node
        else:
            problems.add(pointer_to("@graph", index), "frameworks.not_object")


def _plain_terms(node: Mapping[str, Any]) -> dict[str, Any]:
    return {_plain_term(name): value for name, value in node.items()}


def _plain_term(name: str) -> str:
    for address, prefix in _VOCABULARIES:
        if name.startswith(address):
            return prefix + name.removeprefix(address)
    return name


def _is_a(node: Mapping[str, Any], wanted: str) -> bool:
    return wanted in [_plain_term(name) for name in _values(node.get("@type")) if isinstance(name, str)]


def _values(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _references(value: Any) -> list[str]:
    """Addresses, written bare or as ``{"@id": ...}``."""
    found = (element.get("@id") if isinstance(element, dict) else element for element in _values(value))
    return [element for element in found if isinstance(element, str) and element]


class _Reader:
    """One graph being turned into a document of the file format."""

    def __init__(
        self,
        framework: tuple[str, Mapping[str, Any]],
        competencies: list[tuple[str, Mapping[str, Any]]],
        options: ImportOptions,
        problems: ProblemList,
    ) -> None:
        self._root_place, self._root = framework
        self._problems = problems
        self._competencies = competencies
        languages = [tag for tag in _values(self._root.get("ceasn:inLanguage")) if is_language(tag)]
        self._languages = languages
        self._language = str(languages[0]) if languages else options.language
        self._scheme = options.scheme or "ctdl-asn"
        self._places: dict[str, str] = {}
        self._names: dict[str, str] = {}
        for _, node in competencies:
            uri, code = node.get("@id"), self._one_text(node.get("ceasn:codedNotation"))
            if isinstance(uri, str):
                self._names[uri] = code or uri

    def place(self, pointer: str) -> str:
        """Where a place of the document was read from."""
        prefix = "/".join(pointer.split("/")[:3])
        found = self._places.get(prefix)
        return self._root_place + pointer if found is None else found + pointer[len(prefix) :]

    def document(self) -> dict[str, Any]:
        """The whole framework."""
        root = self._root
        uri = str(root.get("@id", ""))
        licenses = _references(root.get("ceasn:license"))
        rows: dict[str, list[dict[str, Any]]] = {"groups": [], "skills": []}
        for pointer, node in self._in_order():
            record = self._item(pointer, node)
            collection = "groups" if record.get("kind") == "group" else "skills"
            self._places[pointer_to(collection, len(rows[collection]))] = pointer
            rows[collection].append(
                {name: value for name, value in record.items() if (name, value) != ("kind", "group")}
            )
        header = {
            "id": uri,
            "identifier": _ctid(root, uri),
            "title": self._texts(root.get("ceasn:name")),
            "description": self._texts(root.get("ceasn:description")),
            "languages": self._languages,
            "license": {"title": licenses[0], "url": licenses[0]} if licenses else None,
            "modified": self._one_text(root.get("ceasn:dateModified")),
            "source": next(iter(_references(root.get("ceasn:source"))), None),
            "scheme": self._scheme,
            "ctdl": {name: value for name, value in root.items() if name not in _READ_FRAMEWORK},
        }
        return {"format": FORMAT, **_filled(header), **_filled(rows)}

    def _in_order(self) -> list[tuple[str, Mapping[str, Any]]]:
        """The competencies, those at the top as the framework lists them."""
        top = {uri: place for place, uri in enumerate(_references(self._root.get("ceasn:hasTopChild")))}
        places = [index for index, (_, node) in enumerate(self._competencies) if str(node.get("@id")) in top]
        ordered = sorted(places, key=lambda index: top[str(self._competencies[index][1]["@id"])])
        found = list(self._competencies)
        for place, index in zip(places, ordered, strict=True):
            found[place] = self._competencies[index]
        return found

    def _item(self, pointer: str, node: Mapping[str, Any]) -> dict[str, Any]:
        uri = node.get("@id")
        if not isinstance(uri, str):
            self._problems.add(pointer, "frameworks.missing_member", name="@id")
            uri = "urn:missing:" + pointer
        label, words = self._texts(node.get("ceasn:competencyLabel")), self._texts(node.get("ceasn:competencyText"))
        if not label and not words:
            self._problems.add(pointer, "frameworks.missing_member", name="ceasn:competencyText")
        category = self._one_text(node.get("ceasn:competencyCategory"))
        kind = _KINDS.get(category or "Skill", category)
        record = {
            "id": uri,
            "code": self._one_text(node.get("ceasn:codedNotation")),
            "identifier": _ctid(node, uri),
            "kind": None if kind == "skill" else kind,
            "label": label or words or {self._language: "?"},
            "description": words if label else None,
            "broader": [self._names.get(name, name) for name in _references(node.get("ceasn:isChildOf"))],
            "narrower": [self._names.get(name, name) for name in _references(node.get("ceasn:hasChild"))],
            "ctdl": {name: value for name, value in node.items() if name not in _READ_ITEM},
        }
        self._align(node, record)
        return _filled(record)

    def _align(self, node: Mapping[str, Any], record: dict[str, Any]) -> None:
        for term, kind in ALIGNMENTS.items():
            for uri in _references(node.get(term)):
                scheme = next(
                    (name for name, known in SCHEMES.items() if any(uri.startswith(each) for each in known.prefixes)),
                    None,
                )
                if scheme is None or uri in self._names:
                    record.setdefault(kind, []).append(self._names.get(uri, uri))
                else:
                    matches = record.setdefault("mappings", {}).setdefault(scheme, [])
                    matches.append({"uri": uri, "match": _MATCHES.get(kind, kind)})

    def _texts(self, value: Any) -> dict[str, str]:
        """A language map; a bare text is in the framework's language, several texts of one language become lines."""
        found: dict[str, str] = {}
        for element in _values(value):
            if isinstance(element, str):
                element = {self._language: element}  # noqa: PLW2901 - the same value in its full form
            if isinstance(element, dict) and "@value" in element:
                element = {str(element.get("@language", self._language)): element["@value"]}  # noqa: PLW2901
            for tag, words in element.items() if isinstance(element, dict) else ():
                lines = [line for line in _values(words) if isinstance(line, str) and line.strip()]
                if lines:
                    found[str(tag)] = "\n".join(lines)
        return found

    def _one_text(self, value: Any) -> str | None:
        texts = self._texts(value)
        return texts.get(self._language) or next(iter(texts.values()), None)


def _ctid(node: Mapping[str, Any], uri: str) -> str | None:
    ctid = node.get("ceterms:ctid")
    return ctid if isinstance(ctid, str) and ctid != f"ce-{uuid_of(uri)}" else None


def _filled(record: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in record.items() if value is not None and value not in ({}, [], "")}
