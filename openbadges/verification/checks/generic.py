"""The generic profile: what W3C VCDM 2.0 (and 1.1) asks of any credential, for those who ask for it by name.

Inline contexts are allowed here and protected terms are respected; nothing is dropped silently, because the canonical
form is made by the same rules.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from openbadges.canon import rdf
from openbadges.canon.active_context import is_absolute_iri
from openbadges.encoding.times import parse_instant
from openbadges.errors import MalformedError
from openbadges.jsontext import pointer_to
from openbadges.shape import VC_V1, VC_V2
from openbadges.verification.inquiry import Inquiry
from openbadges.verification.kinds import types_of

__all__ = ["check_generic_shape"]

_TYPED = ("credentialStatus", "credentialSchema", "termsOfUse", "evidence", "refreshService")
_DATES = ("validFrom", "validUntil", "issuanceDate", "expirationDate")
_LANGUAGE_MEMBERS = frozenset({"@value", "@language", "@direction"})


def check_generic_shape(document: Mapping[str, Any], inquiry: Inquiry) -> None:
    """Refuse what is not a credential or presentation by the W3C data model (VCDM 2.0, section 4).

    Raises:
        MalformedError: ``generic.*``, or ``canon.*`` for an undefined term or a relative IRI.
        UnsupportedError: A context is not known; nothing is fetched.
    """
    _check_contexts(document)
    types = document.get("type")
    listed = types if isinstance(types, list) else [types]
    names = types_of(document)
    if len(names) != len(listed) or not {"VerifiableCredential", "VerifiablePresentation"} & set(names):
        raise MalformedError("generic.type", pointer="/type")
    if "id" in document:
        _check_id(document["id"], "id", ())
    if "VerifiableCredential" in names:
        _check_credential(document)
    elif "holder" in document:
        _check_issuer(document["holder"], "holder")
    rdf.dataset(
        {key: item for key, item in document.items() if key != "proof"}, inquiry.contexts, limits=inquiry.limits
    )


def _check_contexts(document: Mapping[str, Any]) -> None:
    value = document.get("@context")
    listed = value if isinstance(value, list) else [value]
    if not listed or listed[0] not in (VC_V2, VC_V1):
        raise MalformedError("generic.context", pointer="/@context", expected=VC_V2)
    if not all(isinstance(item, (str, dict)) for item in listed):
        raise MalformedError("generic.context_form", pointer="/@context")


def _check_credential(document: Mapping[str, Any]) -> None:
    issuer = document.get("issuer")
    _check_issuer(issuer, "issuer")
    _check_subjects(document.get("credentialSubject"))
    for name in _DATES:
        if name in document:
            _check_date(document[name], name)
    for name in _TYPED:
        if name in document:
            _check_typed(document[name], name)
    _check_language_texts(document, ())
    if isinstance(issuer, Mapping):
        _check_language_texts(issuer, ("issuer",))
    for name in ("vc", "vp"):
        if name in document:
            raise MalformedError("generic.claim", pointer=f"/{name}", name=name)


def _check_subjects(value: Any) -> None:
    listed = value if isinstance(value, list) else [value]
    if not listed or not all(isinstance(subject, dict) and subject for subject in listed):
        raise MalformedError("generic.subject", pointer="/credentialSubject")
    for subject in listed:
        if "id" in subject:
            _check_id(subject["id"], "id", ("credentialSubject",))


def _check_id(value: Any, name: str, path: tuple[str | int, ...]) -> None:
    if not isinstance(value, str) or not is_absolute_iri(value):
        raise MalformedError("generic.id", pointer=pointer_to(*path, name), name=name)


def _check_issuer(value: Any, name: str) -> None:
    identifier = value.get("id") if isinstance(value, Mapping) else value
    if not isinstance(identifier, str) or not is_absolute_iri(identifier):
        raise MalformedError("generic.issuer", pointer=f"/{name}")


def _check_date(value: Any, name: str) -> None:
    try:
        if not isinstance(value, str):
            raise MalformedError("date.not_text")
        parse_instant(value)
    except MalformedError as error:
        raise MalformedError("generic.date", pointer=f"/{name}", name=name) from error


def _check_typed(value: Any, name: str) -> None:
    for index, item in enumerate(value) if isinstance(value, list) else [(0, value)]:
        path = (name, index) if isinstance(value, list) else (name,)
        if not isinstance(item, dict):
            raise MalformedError("generic.object", pointer=pointer_to(*path), name=name)
        if not types_of(item):
            raise MalformedError("generic.object_type", pointer=pointer_to(*path), name=name)
        if "id" in item:
            _check_id(item["id"], "id", path)
        elif name == "credentialSchema":
            raise MalformedError("generic.object_id", pointer=pointer_to(*path), name=name)


def _check_language_texts(members: Mapping[str, Any], path: tuple[str, ...]) -> None:
    for name in ("name", "description"):
        if name in members:
            _check_language_text(members[name], name, path)


def _check_language_text(value: Any, name: str, path: tuple[str, ...]) -> None:
    for item in value if isinstance(value, list) else [value]:
        plain = isinstance(item, str)
        tagged = isinstance(item, dict) and isinstance(item.get("@value"), str) and _LANGUAGE_MEMBERS.issuperset(item)
        if not plain and not tagged:
            raise MalformedError("generic.language_text", pointer=pointer_to(*path, name), name=name)
