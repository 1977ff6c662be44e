"""The canonical RDF of a proof configuration: of the usual one it is the same text but for two values.

A proof says who made it, when, for what and in which way. Read with the same contexts, two such proofs differ in the
date and in the verification method alone, and in canonical RDF each of them stands in one place. So that text is worked
out once, by the same code as for any document, and kept with two gaps. Whatever is not of this form goes the long way.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final, NamedTuple

from openbadges.canon import rdf
from openbadges.canon.nquads import escaped
from openbadges.canon.terms import is_absolute_iri
from openbadges.errors import OpenBadgesError
from openbadges.limits import DEFAULT_LIMITS, Limits
from openbadges.ports import ContextLoader

__all__ = ["canonical_configuration"]

_TEXTS: Final = ("type", "cryptosuite", "created", "verificationMethod", "proofPurpose")
_USUAL: Final = frozenset({"@context", *_TEXTS})
_PURPOSES: Final = frozenset({"assertionMethod", "authentication"})
_STARTS: Final = ("did:", "https://")  # of verification methods
_DATE: Final = "2000-01-01T00:00:00Z"
_LINES: Final = 5


class _NoTemplateError(Exception):
    """With these contexts the two values do not stand where they usually do."""


class _Template(NamedTuple):
    """A canonical text in three pieces, and which of the two values comes first."""

    before: str
    between: str
    after: str
    date_first: bool


def canonical_configuration(
    config: Mapping[str, Any], contexts: ContextLoader, hash_name: str, limits: Limits
) -> bytes:
    """The canonical N-Quads in UTF-8 of a proof configuration (VC Data Integrity 1.0, section 4.3, step 6).

    Args:
        config: The proof without ``proofValue``, with ``@context``.
        contexts: Gives the contexts by URL.
        hash_name: For the labels of blank nodes.
        limits: Work budget.

    Raises:
        As ``rdf.canonicalize``.
    """
    quick = _from_template(config, contexts) if limits.quads >= _LINES else None
    if quick is None:
        quick = rdf.canonicalize(config, contexts, hash_name=hash_name, limits=limits)
    return quick.encode("utf-8")


def _from_template(config: Mapping[str, Any], contexts: ContextLoader) -> str | None:
    if config.keys() != _USUAL or any(type(config[name]) is not str for name in _TEXTS):
        return None
    date, method = config["created"], config["verificationMethod"]
    start = next((start for start in _STARTS if method.startswith(start)), None)
    if start is None or not is_absolute_iri(method) or not date.isascii() or escaped(date) != date:
        return None
    names = config["type"], config["cryptosuite"], config["proofPurpose"]
    if names[2] not in _PURPOSES or type(config["@context"]) is not list:
        return None
    try:
        template = _template(tuple(config["@context"]), contexts, names, start)  # type: ignore[arg-type]  # caught
    except (_NoTemplateError, TypeError):  # the latter: a context that is no text, or a loader that cannot be a key
        return None
    first, second = (date, method) if template.date_first else (method, date)
    return f"{template.before}{first}{template.between}{second}{template.after}"


@lru_cache(maxsize=64)
def _template(urls: tuple[str, ...], contexts: ContextLoader, names: tuple[str, str, str], start: str) -> _Template:
    method = start + "issuer.example"
    sample = {"@context": list(urls), "type": names[0], "cryptosuite": names[1], "proofPurpose": names[2],
              "created": _DATE, "verificationMethod": method}  # fmt: skip
    try:
        text = rdf.canonicalize(sample, contexts, limits=DEFAULT_LIMITS)
    except OpenBadgesError as error:
        raise _NoTemplateError from error  # the long way says what is wrong, of the proof itself
    predicates = {line.split(" ", 2)[1] for line in text.splitlines() if line.startswith("_:c14n0 ")}
    places = sorted([(text.find(f'"{_DATE}"'), _DATE), (text.find(f"<{method}>"), method)])
    once = text.count(_DATE) == text.count(method) == 1
    if not once or places[0][0] < 0 or len(predicates) != _LINES or text.count("\n") != _LINES:
        raise _NoTemplateError
    (_, first), (_, second) = places
    before, _, rest = text.partition(first)
    between, _, after = rest.partition(second)
    return _Template(before, between, after, date_first=first == _DATE)
