"""Checks documents against the JSON Schemas of Open Badges 3.0, by their official URL. Nothing is ever fetched.

The schemas are this project's own, generated from its models and equal in meaning to the published ones; they lie in
``schemas/`` of a checkout and in the installed package.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from itertools import islice
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, cast

from openbadges.encoding.times import parse_date, parse_date_time
from openbadges.errors import LimitError, MalformedError, UnsupportedError
from openbadges.jsontext import JsonObject, parse_object, pointer_to
from openbadges.limits import DEFAULT_LIMITS
from openbadges.models.lexical import is_uri, matches
from openbadges.models.rules import Problem, types_of
from openbadges.schema_compiled import BareValues, CompiledSchema, closed, is_unique

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError
    from jsonschema.protocols import Validator

__all__ = [
    "FOREIGN_CLASSES", "SCHEMAS", "conformance", "load_schema", "ordinary_notes", "schema_for", "schema_problems",
]  # fmt: skip

_BASE = "https://purl.imsglobal.org/spec/ob/v3p0/schema/"
_NAMES = (
    "achievementcredential",
    "anyachievementcredential",
    "endorsementcredential",
    "anyendorsementcredential",
    "profile",
)


def _url(variant: str, name: str) -> str:
    return f"{_BASE}{variant}/ob_v3p0_{name}_schema.json"


SCHEMAS: Mapping[str, str] = MappingProxyType(
    {
        url: url.removeprefix(_BASE)
        for url in (_url(variant, name) for variant in ("json", "json-ld") for name in _NAMES)
    }
)  # official URL: path below schemas/
_STRICT = MappingProxyType({_url("json-ld", name): _url("json", name) for name in _NAMES})

_VC1_CONTEXT = "https://www.w3.org/2018/credentials/v1"
# The first type that a document has decides; for VCDM 1.1 the "any" form of the schema is used.
_SCHEMA_OF_TYPE: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "OpenBadgeCredential": ("achievementcredential", "anyachievementcredential"),
        "AchievementCredential": ("achievementcredential", "anyachievementcredential"),
        "EndorsementCredential": ("endorsementcredential", "anyendorsementcredential"),
        "Profile": ("profile", "profile"),
    }
)
# Classes whose members belong to other specifications than Open Badges.
FOREIGN_CLASSES = frozenset(
    {"CredentialStatus", "CredentialSchema", "RefreshService", "TermsOfUse", "Proof", "Context"}
)
_PROOF = ("proof",)
_BARE_PROOF = Problem(pointer="/proof", code="schema.array_needed")
_MOST_PROBLEMS = 20
_MOST_ERRORS = 200  # looked at before sorting; a hostile document could have one a value
_LONGEST_NAME = 100


def conformance(document: Mapping[str, Any]) -> tuple[list[Problem], list[Problem]]:
    """Check a badge, an endorsement or a profile against the schema for its type and version of the W3C data model.

    The json-ld variant decides: single values may be bare where JSON-LD compaction may leave them so.

    Args:
        document: A plain JSON object, as ``jsontext.parse`` gives it.

    Returns:
        What is wrong, and notes: what only the canonical variant refuses. At most 20 each, by pointer.

    Raises:
        UnsupportedError: ``schema.none_for_type``: not a class that Open Badges 3.0 has a schema for.
        MalformedError: ``model.not_document``.
        LimitError: Nested too deep.
    """
    url = schema_for(document)
    strict_url = _STRICT[url]
    notes = _quick_notes(document, url, strict_url, _compiled)
    if notes is not None:
        return [], notes
    problems = schema_problems(document, url)
    return problems, [] if problems else schema_problems(document, strict_url)


def ordinary_notes(document: Mapping[str, Any]) -> list[Problem] | None:
    """The notes on a document that conforms and has no member that its classes do not list, as nearly all badges.

    Returns:
        As the notes of ``conformance``; None for any other document, which is then looked at more closely.

    Raises:
        UnsupportedError, MalformedError: As ``schema_for``.
    """
    url = schema_for(document)
    return _quick_notes(document, url, _STRICT[url], _closed)


def _quick_notes(
    document: Mapping[str, Any], url: str, strict_url: str, compiled: Callable[[str], CompiledSchema]
) -> list[Problem] | None:
    """The notes on a document that conforms, by the compiled schemas; None where the reference has to be asked.

    The json-ld variant takes all that the canonical one takes (tests/unit/test_schema_fast.py compares them rule by
    rule), so it is asked only about what the canonical one refuses: nothing, or the bare proof that nearly all have.
    """
    try:
        bare = _bare_values(compiled(strict_url), document)
        if bare is None or len(bare) > _MOST_PROBLEMS:
            return None
        if bare == [_PROOF]:  # nearly always
            return [_BARE_PROOF] if compiled(url).accepts_member(document, *_PROOF) else None
        accepted = not bare or compiled(url).accepts(document)
    except RecursionError:  # the reference says it in its own words
        return None
    pointers = sorted(pointer_to(*path) for path in bare)
    return [Problem(pointer=pointer, code="schema.array_needed") for pointer in pointers] if accepted else None


def _bare_values(compiled: CompiledSchema, document: Mapping[str, Any]) -> list[tuple[str | int, ...]] | None:
    """As ``BareValues.arrays_needed``, quickly for a badge that is good but for its proof."""
    others = {name: item for name, item in document.items() if name not in _PROOF}
    if compiled.accepts(others):
        bare = BareValues(compiled).arrays_needed(document, "proof") if "proof" in document else []
        if bare is not None:
            return bare
    return BareValues(compiled).arrays_needed(document)  # a profile has no rule for a proof


def schema_for(document: Mapping[str, Any], *, variant: str = "json-ld") -> str:
    """The official URL of the schema for a document.

    Args:
        document: A plain JSON object.
        variant: ``"json-ld"`` or ``"json"``, the canonical one.

    Raises:
        UnsupportedError: ``schema.none_for_type``.
        MalformedError: ``model.not_document``.
    """
    if not isinstance(document, (dict, Mapping)):
        raise MalformedError("model.not_document")
    types = types_of(document)
    for type_, (current, either) in _SCHEMA_OF_TYPE.items():
        if type_ in types:
            contexts = document.get("@context")
            old = isinstance(contexts, list) and contexts[:1] == [_VC1_CONTEXT]
            return _url(variant, either if old else current)
    if not types:
        raise UnsupportedError("schema.none_without_type", pointer="/type")
    raise UnsupportedError("schema.none_for_type", types=types[:5])


def load_schema(url: str) -> JsonObject:
    """The schema with this official URL, as a new object.

    Raises:
        UnsupportedError: ``schema.unknown``; nothing is fetched.
    """
    path = SCHEMAS.get(url)
    if path is None:
        raise UnsupportedError("schema.unknown", url=url)
    return parse_object(_file(path).read_bytes())


def schema_problems(document: object, url: str) -> list[Problem]:
    """What a schema refuses in a document, sorted by pointer, at most 20.

    Raises:
        UnsupportedError: ``schema.unknown``.
        LimitError: Nested too deep.
    """
    validator = _validator(url)
    try:
        errors = list(islice(_leaves(validator.iter_errors(cast("Any", document))), _MOST_ERRORS))
    except RecursionError as error:
        raise LimitError("json.too_deep", limit=DEFAULT_LIMITS.json_depth) from error
    problems = {(problem.pointer, problem.code, problem.detail): problem for problem in map(_problem, errors)}
    return [problems[key] for key in sorted(problems)][:_MOST_PROBLEMS]


def _file(path: str) -> Path:
    installed = Path(__file__).with_name("schemas") / path
    return installed if installed.is_file() else Path(__file__).parent.parent / "schemas" / path


@cache
def _validator(url: str) -> Validator:
    import jsonschema  # noqa: PLC0415 - heavy, and a service may start without ever needing it
    from jsonschema.validators import extend  # noqa: PLC0415 - as above

    formats = jsonschema.FormatChecker(formats=())
    for name, check in _FORMATS.items():
        formats.checks(name, raises=MalformedError)(check)
    keywords = {keyword: _keyword(check, jsonschema.ValidationError) for keyword, check in _KEYWORDS.items()}
    strict: Any = extend(jsonschema.Draft201909Validator, keywords)  # type: ignore[no-untyped-call]  # as published
    made: Validator = strict(load_schema(url), format_checker=formats)
    return made


@cache
def _compiled(url: str) -> CompiledSchema:
    return CompiledSchema(load_schema(url))


@cache
def _closed(url: str) -> CompiledSchema:
    """As ``_compiled``, of a schema that refuses what a class of Open Badges does not list."""
    return CompiledSchema(closed(load_schema(url), but_for=FOREIGN_CLASSES))


def _parses(parse: Callable[[str], object]) -> Callable[[object], bool]:
    return lambda value: not isinstance(value, str) or bool(parse(value))


_FORMATS: Mapping[str, Callable[[object], bool]] = MappingProxyType(
    {"date-time": _parses(parse_date_time), "date": _parses(parse_date), "uri": _parses(is_uri)}
)


def _keyword(check: Callable[[Any, Any], Iterator[str]], error: Callable[[str], ValidationError]) -> Callable[..., Any]:
    def validate(_validator: object, value: Any, instance: Any, _schema: object) -> Iterator[ValidationError]:
        return map(error, check(value, instance))

    return validate


def _required(names: Sequence[str], instance: object) -> Iterator[str]:
    """As the standard keyword, but the message is the missing name alone."""
    return (name for name in names if name not in instance) if isinstance(instance, dict) else iter(())


def _unique_items(wanted: bool, instance: object) -> Iterator[str]:
    """As the standard keyword, in linear time: jsonschema compares every two objects, which a large array abuses."""
    if wanted and isinstance(instance, list) and not is_unique(instance):
        yield "repeated"


def _pattern(pattern: str, instance: object) -> Iterator[str]:
    """As the standard keyword, but ``$`` does not let a final line feed pass."""
    if isinstance(instance, str) and not matches(pattern, instance):
        yield "pattern"


_KEYWORDS: Mapping[str, Callable[[Any, Any], Iterator[str]]] = MappingProxyType(
    {"required": _required, "uniqueItems": _unique_items, "pattern": _pattern}
)


def _leaves(errors: Iterator[ValidationError]) -> Iterator[ValidationError]:
    """The errors that say something: of alternatives, those of the one that was meant, when that can be told."""
    for error in errors:
        meant = _meant(error) if error.validator == "anyOf" else []
        if meant:
            yield from _leaves(iter(meant))
        else:
            yield error


def _meant(error: ValidationError) -> list[ValidationError]:
    """The errors of the only alternative that fits the value's kind, e.g. the object where a text may be as well."""
    branches: dict[Any, list[ValidationError]] = {}
    for inner in error.context or ():
        branches.setdefault(inner.schema_path[0], []).append(inner)
    fitting = [found for found in branches.values() if not any(_misfit(inner) for inner in found)]
    return fitting[0] if len(fitting) == 1 else []


def _misfit(error: ValidationError) -> bool:
    return not error.relative_path and error.validator in ("type", "const", "enum", "pattern")


def _problem(error: ValidationError) -> Problem:
    path = list(error.absolute_path)
    code, params = _sentence(error, path)
    if code == "schema.member_missing":
        path.append(params["member"])
    return Problem(pointer=pointer_to(*path), code=code, params=params)


_EXPECTED = MappingProxyType(
    {"string": "text", "object": "an object", "number": "a number", "boolean": "true or false"}
)
_CODES: Mapping[str, str] = MappingProxyType(
    {
        "required": "schema.member_missing",
        "additionalProperties": "schema.member_not_allowed",
        "type": "schema.wrong_type",
        "format": "schema.wrong_format",
        "contains": "schema.type_missing",
        "const": "schema.not_listed",
        "enum": "schema.not_listed",
        "anyOf": "schema.not_listed",
        "pattern": "schema.wrong_form",
        "minItems": "schema.empty",
        "uniqueItems": "schema.repeated",
    }
)
_FACTS: Mapping[str, Callable[[Any], dict[str, Any]]] = MappingProxyType(
    {
        "required": lambda error: {"member": error.message},
        "additionalProperties": lambda error: {"member": _foreign(error)},
        "type": lambda error: {"expected": _EXPECTED[error.validator_value]},
        "format": lambda error: {"format": error.validator_value},
        "contains": lambda error: {"type": _wanted(error.validator_value)},
    }
)


def _sentence(error: ValidationError, path: Sequence[str | int]) -> tuple[str, dict[str, Any]]:
    """Code and facts; nothing of the value itself, which may be long, private or hostile."""
    rule = str(error.validator)
    if path[:1] == ["@context"] and rule in ("const", "pattern", "minItems"):
        return "schema.context", {}
    if rule == "type" and error.validator_value == "array":
        return "schema.array_needed", {}
    return _CODES[rule], _FACTS[rule](error) if rule in _FACTS else {}


def _foreign(error: Any) -> list[str]:
    names = (name for name in error.instance if name not in error.schema["properties"])
    return [str(name)[:_LONGEST_NAME] for name in islice(names, 5)]


def _wanted(contains: Mapping[str, Any]) -> str:
    return contains["const"] if "const" in contains else " or ".join(contains["enum"])
