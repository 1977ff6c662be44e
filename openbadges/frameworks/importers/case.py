"""Reader of CASE 1.0 and 1.1 packages: lenient with what real servers write, exact about what it cannot understand.

Let pass: ``CFDocumentURI`` and ``CFPackageURI`` inside a package, the misspelt ``educationalLevel``, date-times without
zone, UUIDs of other forms, ``null`` for an empty list, items without any association, codes and identifiers that
several items share, a missing ``uri`` beside an identifier, a missing ``fullStatement`` beside an abbreviated one.
Members that the model has no place for are kept under ``case``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from openbadges import jsontext
from openbadges.frameworks.case_terms import ITEM_TYPES
from openbadges.frameworks.document import framework_from_document
from openbadges.frameworks.identifiers import uuid_of
from openbadges.frameworks.importers.case_links import Associations
from openbadges.frameworks.importers.case_texts import (
    filled,
    language_map,
    leftover,
    mapping,
    record_list,
    rubric_levels,
    words,
)
from openbadges.frameworks.importers.options import DEFAULT_OPTIONS, ImportOptions
from openbadges.frameworks.kinds import is_language
from openbadges.frameworks.model import FORMAT, Framework
from openbadges.frameworks.problems import ProblemList
from openbadges.jsontext import pointer_to

__all__ = ["read_case"]

_TYPES = {known.title: kind for kind, known in ITEM_TYPES.items()}
_COLLECTIONS = {"group": "groups", "skill": "skills", "role": "roles", "context": "contexts", "level": "levels"}
_DOCUMENT_READ = (
    "identifier uri caseVersion title creator publisher description officialSourceURL language version adoptionStatus"
    " licenseURI lastChangeDateTime extensions CFPackageURI"
)
_ITEM_READ = (
    "identifier uri fullStatement abbreviatedStatement alternativeLabel language humanCodingScheme CFItemType"
    " extensions CFDocumentURI educationalLevel"
)


def read_case(data: bytes | str, options: ImportOptions = DEFAULT_OPTIONS) -> Framework:
    """Read a CASE package (the answer of ``GET /ims/case/v1p0/CFPackages/{id}`` or ``v1p1``).

    Raises:
        ImportProblems: Something is wrong with the content; every problem is listed with its JSON Pointer.
        MalformedError: Not strict JSON.
        LimitError: Over a limit.
    """
    limits = options.limits
    package = jsontext.parse_object(data, limits.json_limits(), max_bytes=limits.file_bytes)
    problems = ProblemList(limits.problems)
    if not isinstance(package.get("CFDocument"), dict):
        problems.add("/CFDocument", "frameworks.missing_member", name="CFDocument")
        problems.stop()
    reader = _Reader(package, options, problems)
    document = reader.document()
    return framework_from_document(document, limits=limits, places=reader.place, problems=problems)


class _Reader:
    """One package being turned into a document of the file format."""

    def __init__(self, package: Mapping[str, Any], options: ImportOptions, problems: ProblemList) -> None:
        self._package = package
        self._problems = problems
        self._root = mapping(package.get("CFDocument"))
        self._options = options
        language = self._root.get("language")
        self._language = str(language) if is_language(language) else options.language
        self._id = _address(self._root) or ""
        self._changed = self._root.get("lastChangeDateTime")
        self._places: dict[str, str] = {}
        self._items = list(self._records("CFItems"))
        codes = Counter(words(record.get("humanCodingScheme")) for _, record in self._items)
        self._shared_codes = {code for code, count in codes.items() if code is not None and count > 1}
        places = Counter((words(record.get("identifier")), _address(record)) for _, record in self._items)
        times = Counter(identifier for identifier, _ in places)
        self._shared_identifiers = {name for name, count in times.items() if name is not None and count > 1}

    def place(self, pointer: str) -> str:
        """Where a place of the document was read from."""
        for length in (3, 2):
            prefix = "/".join(pointer.split("/")[:length])
            if prefix in self._places:
                return self._places[prefix] + pointer[len(prefix) :]
        return "/CFDocument" + pointer

    def document(self) -> dict[str, Any]:
        """The whole framework."""
        ends = [(_address(record), record) for _, record in self._items]
        links = Associations(
            list(self._records("CFAssociations")),
            framework=(self._id, words(self._root.get("identifier"))),
            items={
                name: (uri, self._code(record))
                for uri, record in ends
                if uri is not None
                for name in (uri, words(record.get("identifier")))
                if name is not None and name not in self._shared_identifiers
            },
            changed=self._changed,
            problems=self._problems,
        )
        found: dict[str, list[dict[str, Any]]] = {
            name: [] for name in ("groups", "skills", "roles", "contexts", "levels")
        }
        for pointer, record in links.in_top_order(self._items, _address):
            kind, member = self._item(record, links, pointer)
            collection = _COLLECTIONS.get(kind, "skills")
            self._places[pointer_to(collection, len(found[collection]))] = pointer
            found[collection].append(member)
        self._number_levels(found["levels"])
        rubrics = record_list(self._package.get("CFRubrics"))
        if not found["levels"]:
            found["levels"] = rubric_levels(rubrics, self._language)
        left = {
            "CFDocument": leftover(self._root, _DOCUMENT_READ),
            "CFDefinitions": self._definitions(),
            "CFRubrics": rubrics,
            "CFAssociations": links.unused,
            "extensions": dict(mapping(self._package.get("extensions"))),
        }
        return {
            **self._header(),
            **{name: rows for name, rows in found.items() if rows},
            **filled({"case": filled(left)}),
        }

    def _records(self, name: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
        values = self._package.get(name)
        if values is None:  # some servers write null for a list without elements
            return
        if not isinstance(values, list):
            self._problems.add(pointer_to(name), "frameworks.not_list")
            return
        for index, value in enumerate(values):
            if isinstance(value, dict):
                yield pointer_to(name, index), value
            else:
                self._problems.add(pointer_to(name, index), "frameworks.not_object")

    def _header(self) -> dict[str, Any]:
        root, extensions = self._root, dict(mapping(self._root.get("extensions")))
        own = extensions.pop("format", None)
        scheme = extensions.pop("scheme", "openbadges" if own is not None else "case")
        absent = extensions.pop("absent", [])
        identifier = words(root.get("identifier"))
        header = {
            "id": self._id,
            "identifier": None if identifier == uuid_of(self._id) else identifier,
            "title": language_map(extensions.pop("titles", None), self._language, words(root.get("title"))),
            "description": language_map(
                extensions.pop("descriptions", None), self._language, words(root.get("description"))
            ),
            "creator": words(root.get("creator")),
            "publisher": words(root.get("publisher")),
            "source": words(root.get("officialSourceURL")),
            "version": words(root.get("version")),
            "status": extensions.pop("status", words(root.get("adoptionStatus"))),
            "modified": words(self._changed),
            "license": self._license(),
            "scheme": None if scheme == "openbadges" else scheme,
            "languages": [self._language] if own is None and "languages" not in extensions else None,
        }
        header = {name: value for name, value in header.items() if name not in _texts(absent)}
        own_words = {name: value for name, value in extensions.items() if name not in _COLLECTIONS.values()}
        return {**own_words, **filled(header), "format": FORMAT}

    def _license(self) -> dict[str, Any] | None:
        link = mapping(self._root.get("licenseURI"))
        title, uri = words(link.get("title")), words(link.get("uri"))
        if uri is None:
            return None
        definitions = mapping(self._package.get("CFDefinitions"))
        stated = next(
            (
                words(each.get("licenseText"))
                for each in record_list(definitions.get("CFLicenses"))
                if each.get("uri") == uri
            ),
            None,
        )
        if uri == f"{self._id}/licenses/license":
            return {"title": title or uri}
        url = stated if stated is not None and stated.startswith(("http://", "https://")) else uri
        return filled({"title": title or uri, "url": url, "uri": None if url == uri else uri})

    def _definitions(self) -> dict[str, Any]:
        """The definitions that are not derived from the framework itself."""
        given = mapping(self._package.get("CFDefinitions"))
        license_uri = mapping(self._root.get("licenseURI")).get("uri")
        kept = {
            name: [each for each in record_list(value) if not self._is_derived(name, each, license_uri)]
            for name, value in given.items()
            if isinstance(value, list)
        }
        return {name: records for name, records in kept.items() if records}

    def _is_derived(self, name: str, record: Mapping[str, Any], license_uri: object) -> bool:
        uri = str(record.get("uri"))
        if name == "CFItemTypes":
            return uri.startswith(f"{self._id}/item-types/")
        return name == "CFLicenses" and uri == license_uri

    def _code(self, record: Mapping[str, Any]) -> str | None:
        code = words(record.get("humanCodingScheme"))
        return None if code in self._shared_codes else code

    def _item(self, record: Mapping[str, Any], links: Associations, pointer: str) -> tuple[str, dict[str, Any]]:
        extensions = dict(mapping(record.get("extensions")))
        uri = _address(record)
        if uri is None:
            self._problems.add(pointer, "frameworks.missing_member", name="uri")
            uri = "urn:missing:" + pointer
        kind = self._kind(record, extensions, links.requirements(uri))
        member = {
            **self._own_members(kind, uri, extensions, links),
            "id": uri,
            **self._names(record, pointer),
        }
        left = leftover(record, _ITEM_READ)
        if str(mapping(left.get("CFItemTypeURI")).get("uri")).startswith(f"{self._id}/item-types/"):
            del left["CFItemTypeURI"]
        if left.get("lastChangeDateTime") == self._changed:
            left.pop("lastChangeDateTime", None)
        if "educationalLevel" in record:
            left.setdefault("educationLevel", record["educationalLevel"])
        if words(record.get("humanCodingScheme")) in self._shared_codes:
            left["humanCodingScheme"] = record["humanCodingScheme"]
        if words(record.get("identifier")) in self._shared_identifiers:
            left["identifier"] = record["identifier"]
        left |= filled({"CFAssociation": links.top_leftover(uri)})
        member |= filled({"case": left})
        return kind, filled({**member, **({"kind": kind} if kind not in ITEM_TYPES else {})})

    def _kind(self, record: Mapping[str, Any], extensions: Mapping[str, Any], requirements: object) -> str:
        """A role is what says what it requires, a context what says what it adjusts; the word alone is not enough."""
        stated = words(record.get("CFItemType"))
        kind = _TYPES.get(stated or "", stated or "item")
        if kind == "role" and not ("requires" in extensions or requirements):
            return "Role"
        if kind == "context" and "adjust" not in extensions:
            return "Context"
        return kind

    def _names(self, record: Mapping[str, Any], pointer: str) -> dict[str, Any]:
        extensions = mapping(record.get("extensions"))
        language = record.get("language")
        tag = str(language) if is_language(language) else self._language
        full, short = words(record.get("fullStatement")), words(record.get("abbreviatedStatement"))
        if full is None and short is None:
            self._problems.add(pointer, "frameworks.missing_member", name="fullStatement")
        identifier = words(record.get("identifier"))
        alternative = words(record.get("alternativeLabel"))
        return {
            "code": self._code(record),
            "identifier": None
            if identifier in {uuid_of(_address(record) or ""), *self._shared_identifiers}
            else identifier,
            "label": language_map(extensions.get("labels"), tag, short or full) or {tag: "?"},
            "description": language_map(extensions.get("descriptions"), tag, full if short is not None else None),
            **({"altLabels": {tag: [alternative]}} if alternative is not None else {}),
        }

    def _own_members(self, kind: str, uri: str, extensions: dict[str, Any], links: Associations) -> dict[str, Any]:
        for name in ("labels", "descriptions", "kind", "case"):
            extensions.pop(name, None)
        if kind == "level":
            return {**_level_key(uri), **extensions}
        if kind == "role":
            return {"requires": links.requirements(uri), **extensions}
        if kind == "context":
            return extensions
        mapped = {
            str(each.get("uri")) for value in mapping(extensions.get("mappings")).values() for each in _each(value)
        }
        relations, matches = links.of_item(uri, mapped, self._language)
        for scheme, found in matches.items():
            stated = extensions.setdefault("mappings", {})
            if isinstance(stated, dict):
                stated[scheme] = [*_each(stated.get(scheme)), *found]
        return {**extensions, **relations}

    def _number_levels(self, levels: list[dict[str, Any]]) -> None:
        prefix = mapping(self._root.get("extensions")).get("code")
        for place, level in enumerate(levels, 1):
            level.setdefault("order", place)
            code = level.pop("code", None)
            if isinstance(code, str) and code != f"{prefix}-L{level['order']}":
                level["code"] = code
            if level["id"] == f"{self._id}/levels/{level['key']}":
                del level["id"]


def _address(record: Mapping[str, Any]) -> str | None:
    """The ``uri``; a record with an identifier alone is addressed by it."""
    identifier = words(record.get("identifier"))
    return words(record.get("uri")) or (f"urn:uuid:{identifier}" if identifier is not None else None)


def _level_key(uri: str) -> dict[str, Any]:
    return {"key": uri.rstrip("/").rsplit("/", 1)[-1]}


def _each(value: Any) -> list[Any]:
    found = value if isinstance(value, list) else [value]
    return [element for element in found if isinstance(element, dict)]


def _texts(value: Any) -> list[str]:
    return [element for element in value if isinstance(element, str)] if isinstance(value, list) else []
