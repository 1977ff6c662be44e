"""From an Open Badges 2.0 badge to the unsigned Open Badges 3.0 credential that stands in its place.

A 2.0 badge cannot be converted, because nobody but the issuer can sign: it is issued again, under the issuer's new
identifier, and the old badge becomes evidence of the new one (Open Badges 3.0 implementation guide, migrating).
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

from openbadges.encoding.times import format_instant, parse_instant
from openbadges.errors import RefusedError
from openbadges.legacy.model import Assertion, BadgeClass, Issuer, View, items, shown, types_of
from openbadges.legacy.recipient import IDENTITY_TYPES, weakness
from openbadges.models.lexical import is_uri
from openbadges.report import Note

__all__ = ["not_carried", "upgrade", "upgrade_profile"]

_CONTEXTS = ("https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json")
_VOCABULARY = "https://w3id.org/openbadges#"  # the classes of 2.0
_OLD_VERSION = "Open Badges v2p0"
_EVIDENCE_NAME = "Open Badges 2.0 badge"
_EVIDENCE_TEXT = "The badge that this one was issued in place of."

_COMMON = frozenset({"@context", "@language", "description", "id", "image", "name", "type"})
_ASSERTION = {"badge", "evidence", "expires", "issuedOn", "issuer", "narrative", "recipient", "revoked", "uid"}
_CARRIED: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        Assertion.kind: _COMMON - {"name", "description"} | _ASSERTION | {"verification", "verify"},
        BadgeClass.kind: _COMMON | {"alignment", "criteria", "issuer", "related", "tags", "version"},
        Issuer.kind: _COMMON | {"email", "publicKey", "revocationList", "telephone", "url", "verification"},
    }
)

Document = dict[str, Any]


def upgrade(  # noqa: PLR0913 - ids are named by keyword
    assertion: Assertion,
    badge_class: BadgeClass,
    issuer_profile: Issuer,
    *,
    new_issuer: Mapping[str, Any],
    now: datetime,
    credential_id: str | None = None,
    achievement_id: str | None = None,
    recipient_id: str | None = None,
) -> Document:
    """The unsigned Open Badges 3.0 credential for a verified Open Badges 2.0 badge; the arguments are not changed.

    Args:
        assertion: The old badge, of which every check passed.
        badge_class: Its badge class.
        issuer_profile: Its issuer.
        new_issuer: The issuer's Profile (3.0) with its new id, a DID or https address: see ``upgrade_profile``.
        now: The instant of issuing, ``validFrom``. The old ``issuedOn`` becomes ``awardedDate``.
        credential_id: Id of the new credential; a random ``urn:uuid`` by default.
        achievement_id: Id of the new achievement; by default a ``urn:uuid`` made from the new issuer's and the old
            badge class's id, so that all badges of one class get the same.
        recipient_id: The recipient's new id, e.g. a DID, in place of the old identity.

    Raises:
        RefusedError: Revoked, expired, documents that do not belong together, or a recipient whose hash can never match
            (``legacy.upgrade_*``).
        MalformedError: A member of the old badge is of a form that is not known.
    """
    _check_together(assertion, badge_class, issuer_profile, new_issuer, now)
    issuer = _with_old_id(new_issuer, issuer_profile.id)
    achievement = _achievement(badge_class, achievement_id or _stable_id(str(new_issuer["id"]), badge_class.id))
    subject = {
        "type": ["AchievementSubject"],
        **_recipient(assertion, recipient_id),
        **_renamed(assertion, {"narrative": "narrative"}),
        **_image(assertion),
        "achievement": achievement,
    }
    credential: Document = {
        "@context": list(_CONTEXTS),
        "id": credential_id or f"urn:uuid:{uuid.uuid4()}",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": achievement["name"],
        "issuer": issuer,
        "validFrom": format_instant(now),
        "awardedDate": assertion.issued_on,
        "credentialSubject": subject,
        "evidence": [*_evidence(assertion), _old_badge(assertion)],
    }
    if assertion.expires is not None:
        credential["validUntil"] = assertion.expires
    return credential


def upgrade_profile(profile: Issuer, *, new_id: str) -> Document:
    """The issuer's Profile (3.0) under its new id, with the old id among ``otherIdentifier``.

    Raises:
        MalformedError: A member is of a form that is not known.
    """
    names = {"name": "name", "url": "url", "email": "email", "telephone": "phone", "description": "description"}
    new = {"id": new_id, "type": ["Profile"], **_renamed(profile, names), **_image(profile)}
    return _with_old_id(new, profile.id)


def not_carried(*views: View) -> tuple[Note, ...]:
    """The members that ``upgrade`` leaves behind, such as endorsements and extensions."""
    return tuple(
        Note(code="legacy.not_carried", pointer=f"/{member}", params={"member": f"{view.kind}.{member}"})
        for view in views
        for member in view.document
        if member not in _CARRIED.get(view.kind, frozenset())
    )


def _check_together(
    assertion: Assertion, badge_class: BadgeClass, profile: Issuer, new_issuer: Mapping[str, Any], now: datetime
) -> None:
    for view in (assertion, badge_class, profile):
        view.check_shape()
    new_id, types = new_issuer.get("id"), list(items(new_issuer.get("type")))
    if not isinstance(new_id, str) or not new_id.startswith(("did:", "https://")) or "Profile" not in types:
        raise RefusedError("legacy.upgrade_new_issuer")
    if assertion.revoked:
        raise RefusedError("legacy.upgrade_revoked")
    if assertion.badge.id != badge_class.id:
        raise RefusedError("legacy.upgrade_badge", found=shown(assertion.badge.id), badge=badge_class.id)
    if badge_class.issuer.id != profile.id:
        raise RefusedError("legacy.upgrade_issuer", found=shown(badge_class.issuer.id), issuer=profile.id)
    parse_instant(assertion.issued_on)
    if assertion.expires is not None and parse_instant(assertion.expires) <= now:
        raise RefusedError("legacy.upgrade_expired", expires=assertion.expires)


def _with_old_id(profile: Mapping[str, Any], old_id: str) -> Document:
    entry = {"type": "IdentifierEntry", "identifier": old_id, "identifierType": "identifier"}
    known = list(items(profile.get("otherIdentifier")))
    if old_id == profile["id"] or any(isinstance(item, Mapping) and item.get("identifier") == old_id for item in known):
        return dict(profile)
    return {**profile, "otherIdentifier": [*known, entry]}


def _stable_id(new_issuer_id: str, badge_class_id: str) -> str:
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'{new_issuer_id} {badge_class_id}')}"


def _achievement(badge_class: BadgeClass, achievement_id: str) -> Document:
    old = {"id": badge_class.id, "type": ["Related", f"{_VOCABULARY}BadgeClass"], "version": _OLD_VERSION}
    names = {"name": "name", "description": "description", "version": "version", "@language": "inLanguage"}
    achievement: Document = {
        "id": achievement_id,
        "type": ["Achievement"],
        **_renamed(badge_class, names),
        "criteria": _criteria(badge_class),
        **_image(badge_class),
        "related": [*_related(badge_class), old],
    }
    tags = list(items(badge_class.document.get("tags")))
    if not all(isinstance(tag, str) for tag in tags):
        raise badge_class.malformed("tags")
    alignments = list(_alignments(badge_class))
    return {
        **achievement,
        **({"tag": tags} if tags else {}),
        **({"alignment": alignments} if alignments else {}),
    }


def _criteria(badge_class: BadgeClass) -> Document:
    criteria = badge_class.document.get("criteria")
    if isinstance(criteria, str):
        return {"id": criteria} if is_uri(criteria) else {"narrative": criteria}
    if isinstance(criteria, Mapping):
        found = _renamed(View(criteria), {"id": "id", "narrative": "narrative"})
        if found:
            return found
    raise badge_class.malformed("criteria")


def _alignments(badge_class: BadgeClass) -> Iterator[Document]:
    names = {name: name for name in ("targetDescription", "targetFramework", "targetCode")}
    for item in items(badge_class.document.get("alignment")):
        if not isinstance(item, Mapping):
            raise badge_class.malformed("alignment")
        part = View(item)
        required = {"targetName": part.text("targetName"), "targetUrl": part.text("targetUrl")}
        yield {"type": ["Alignment"], **required, **_renamed(part, names)}


def _related(badge_class: BadgeClass) -> Iterator[Document]:
    for link in badge_class.links("related"):
        if link.id is None:
            raise badge_class.malformed("related")
        more = _renamed(View(link.embedded or {}), {"@language": "inLanguage", "version": "version"})
        yield {"id": link.id, "type": ["Related"], **more}


def _recipient(assertion: Assertion, recipient_id: str | None) -> Document:
    if recipient_id is not None:
        return {"id": recipient_id}
    reason = weakness(assertion)
    if reason is not None:
        raise RefusedError("legacy.upgrade_recipient", reason=reason)
    recipient = assertion.recipient
    identity, hashed = recipient["identity"], recipient["hashed"]
    if not hashed and identity.startswith("did:"):
        return {"id": identity}
    types = [IDENTITY_TYPES.get(name, "identifier") for name in types_of(recipient)]
    entry = {"type": "IdentityObject", "hashed": hashed, "identityHash": identity, "identityType": types[0]}
    return {"identifier": [{**entry, "salt": recipient["salt"]} if hashed else entry]}


def _evidence(assertion: Assertion) -> Iterator[Document]:
    names = {name: name for name in ("narrative", "name", "description", "genre", "audience")}
    for link in assertion.links("evidence"):
        found = {} if link.id is None else {"id": link.id}
        yield {**found, "type": ["Evidence"], **_renamed(View(link.embedded or {}), names)}


def _old_badge(assertion: Assertion) -> Document:
    types = ["Evidence", f"{_VOCABULARY}Assertion"]
    return {"id": assertion.id, "type": types, "name": _EVIDENCE_NAME, "description": _EVIDENCE_TEXT}


def _image(view: View) -> Document:
    """The ``image`` member as an Image, from an address, a data URI or an object."""
    links = list(view.links("image"))
    if not links:
        return {}
    image = links[0]
    if len(links) > 1 or image.id is None:
        raise view.malformed("image")
    return {"image": {"id": image.id, "type": "Image", **_renamed(View(image.embedded or {}), {"caption": "caption"})}}


def _renamed(view: View, names: Mapping[str, str]) -> Document:
    """The texts of ``view`` that are there, under their new names.

    Raises:
        MalformedError: One of them is not text.
    """
    found = {new: view.optional_text(old) for old, new in names.items()}
    return {new: value for new, value in found.items() if value}
