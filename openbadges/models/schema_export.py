"""Writes the JSON Schemas (draft 2019-09) of the data model into ``schemas/``, from the models' own fields.

``json/`` holds the canonical variant, where whatever may have several values is an array. ``json-ld/`` holds the
variant that also takes what JSON-LD compaction leaves: one value without its array, for ``type``, ``proof``,
``credentialSchema`` and ``termsOfUse``; and several entries in ``credentialStatus``, as readers in the field do.
``python -m openbadges.models.schema_export [--check] [DIR]`` writes or compares them.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any, get_args, get_origin

from openbadges.jsontext import dump_pretty
from openbadges.models.base import Model
from openbadges.models.credential import OpenBadgeCredential
from openbadges.models.markers import Several
from openbadges.models.profile import EndorsementCredential, Profile, Reference
from openbadges.models.types import Exactly, Flag, Kind, Leading, Lexical
from openbadges.models.vcdm1 import VC1_CONTEXT_URL, AchievementCredentialV1p1, EndorsementCredentialV1p1

__all__ = ["BASE_URL", "DRAFT", "VARIANTS", "main", "schema_files"]

Schema = dict[str, Any]

DRAFT = "https://json-schema.org/draft/2019-09/schema"
BASE_URL = "https://purl.imsglobal.org/spec/ob/v3p0/schema/"
VARIANTS: Mapping[str, bool] = MappingProxyType({"json": False, "json-ld": True})  # folder: bare single values?

_URI: Schema = {"type": "string", "format": "uri"}
_NAMES = MappingProxyType({"OpenBadgeCredential": "AchievementCredential"})  # the specification's name of the class

# Name in the file's name, the class for VCDM 2.0, and the variant for VCDM 1.1 where the schema covers both.
_SCHEMAS: tuple[tuple[str, type[Model], type[Model] | None], ...] = (
    ("achievementcredential", OpenBadgeCredential, None),
    ("anyachievementcredential", OpenBadgeCredential, AchievementCredentialV1p1),
    ("endorsementcredential", EndorsementCredential, None),
    ("anyendorsementcredential", EndorsementCredential, EndorsementCredentialV1p1),
    ("profile", Profile, None),
)


def schema_files() -> Iterator[tuple[str, bytes]]:
    """Every generated file: its path below ``schemas/`` and its bytes."""
    for variant, bare in VARIANTS.items():
        for name, current, old in _SCHEMAS:
            path = f"{variant}/ob_v3p0_{name}_schema.json"
            yield path, dump_pretty(_document(BASE_URL + path, _Writer(bare=bare), current, old))


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the schemas, or compare them with what is there.

    Returns:
        0 when written or equal, 1 when ``--check`` finds a difference, 2 when a file cannot be read or written.
    """
    parser = argparse.ArgumentParser(prog="python -m openbadges.models.schema_export", description="JSON Schemas")
    parser.add_argument("--check", action="store_true", help="compare only; exit 1 when a file differs or is missing")
    parser.add_argument("folder", nargs="?", default="schemas", type=Path, help="default: ./schemas")
    chosen = parser.parse_args(arguments)
    try:
        if chosen.check:
            return _check(chosen.folder)
        for path, content in schema_files():
            target = chosen.folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
    except OSError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    return 0


def _check(folder: Path) -> int:
    stale = [path for path, content in schema_files() if _content(folder / path) != content]
    for path in stale:
        sys.stderr.write(f"{folder / path} is not what the models say. Run `make schemas`.\n")
    return 1 if stale else 0


def _content(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def _document(url: str, writer: _Writer, current: type[Model], old: type[Model] | None) -> Schema:
    name = class_name(current)
    head: Schema = {"$schema": DRAFT, "$id": url}
    if old is None:
        body = {
            "title": f"{name} of Open Badges 3.0",
            "description": writer.summary(current),
            **writer.reference(current),
        }
    else:
        is_old = {
            "required": ["@context"],
            "properties": {"@context": {"type": "array", "items": [{"const": VC1_CONTEXT_URL}], "minItems": 1}},
        }
        body = {
            "title": f"{name} of Open Badges 3.0, on either version of the W3C data model",
            "description": writer.summary(current),
            "type": "object",
            "if": is_old,
            "then": writer.reference(old),
            "else": writer.reference(current),
        }
    return {**head, **body, "$defs": dict(sorted(writer.definitions.items()))}


def class_name(cls: type[Model]) -> str:
    """The specification's name of a class."""
    return _NAMES.get(cls.__name__, cls.__name__.replace("V1p1", "v1p1"))


class _Writer:
    """Collects the definitions that a schema needs.

    Args:
        bare: Whether the variant takes single values without their array.
    """

    def __init__(self, *, bare: bool) -> None:
        self._bare = bare
        self.definitions: dict[str, Schema] = {}

    def reference(self, cls: type[Model]) -> Schema:
        """A reference to the definition of a class, which is written when it is first needed."""
        name = class_name(cls)
        if name not in self.definitions:
            self.definitions[name] = {}  # a class may hold itself
            self.definitions[name] = self._definition(cls)
        return {"$ref": f"#/$defs/{name}"}

    def summary(self, cls: type[Model]) -> str:
        """The first sentence of a class's documentation."""
        return (cls.__doc__ or "").partition("\n")[0].partition(". ")[0].removesuffix(".").replace("``", "") + "."

    def _definition(self, cls: type[Model]) -> Schema:
        fields = [(info.alias or name, info) for name, info in cls.model_fields.items()]
        return {
            "description": self.summary(cls),
            "type": "object",
            "properties": {member: self._value(info.annotation, info.metadata) for member, info in fields},
            "required": [member for member, info in fields if info.is_required() or member in ("@context", "type")],
            "additionalProperties": cls.model_config.get("extra") == "allow",
        }

    def _value(self, annotation: Any, facts: Sequence[Any]) -> Schema:
        schema: Schema
        match next(iter(facts), None):
            case Lexical() | Flag() as fact:
                schema = dict(fact.schema)
            case Exactly() as fact:
                schema = {"const": fact.value}
            case Kind() as fact:
                schema = self._types(fact)
            case Leading() as fact:
                schema = self._contexts(fact)
            case Several() as fact:
                schema = self._several(self._plain(get_args(annotation)[0]), fact)
            case Reference():
                schema = _either(_URI, self._plain(annotation))
            case _:
                schema = self.reference(annotation)
        return schema

    def _plain(self, annotation: Any) -> Schema:
        if get_origin(annotation) is Annotated:
            inner, *facts = get_args(annotation)
            return self._value(inner, facts)
        return self._value(annotation, ())

    def _several(self, item: Schema, several: Several) -> Schema:
        array = _array(item, unique=not several.ordered)
        if several.single:
            return _either(item, array) if self._bare else item
        return _either(item, array) if several.bare and self._bare else array

    def _types(self, kind: Kind) -> Schema:
        wanted: list[Schema] = [{"contains": {"const": name}} for name in kind.all_of]
        if kind.one_of:
            wanted.append({"contains": {"enum": list(kind.one_of)}})
        array = _array({"type": "string"}, unique=True)
        array |= wanted[0] if len(wanted) == 1 else {"allOf": wanted}
        return _either({"const": kind.all_of[0]}, array) if self._bare and len(wanted) == 1 else array

    def _contexts(self, leading: Leading) -> Schema:
        self.definitions["Context"] = {
            "description": "The address of a JSON-LD context, or the context itself.",
            "anyOf": [_URI, {"type": "object"}],
        }
        first: list[Schema] = [{"const": leading.first}, {"type": "string", "pattern": leading.second}]
        return {
            "type": "array",
            "items": first,
            "additionalItems": {"$ref": "#/$defs/Context"},
            "minItems": len(first),
        }


def _array(item: Schema, *, unique: bool) -> Schema:
    return {"type": "array", "items": item, "minItems": 1} | ({"uniqueItems": True} if unique else {})


def _either(one: Schema, other: Schema) -> Schema:
    return {"anyOf": [one, other]}


if __name__ == "__main__":
    sys.exit(main())
