"""What a page shows of a badge, read from the signed document and from nothing else.

Documents come from strangers: every part may be missing or of another kind, and nothing here raises.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from issuer_service.web.spoken import Spoken
from issuer_service.web.words import clean, web_link
from openbadges import VerificationReport
from openbadges.encoding.times import parse_instant
from openbadges.errors import OpenBadgesError

__all__ = ["BadgeView", "Evidence", "Level", "Skill", "read_badge", "read_report"]

_MOST = 30  # items of a list that a page shows
_IMAGE_DATA = ("data:image/png;base64,", "data:image/jpeg;base64,")
_LONGEST_IMAGE_DATA = 400_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Something that shows the work."""

    name: str
    narrative: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """The level that was reached, on its scale from low to high; ``place`` counts from 1, 0 when it is not on it."""

    name: str
    description: str
    place: int
    scale: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Skill:
    """What the achievement is aligned to, and how far it goes where the badge says so.

    The last three are of this site and of no signature: where it is explained here, its name and its framework's in the
    reader's language (``skill_chips``).
    """

    name: str
    framework: str = ""
    code: str = ""
    description: str = ""
    url: str = ""
    level: Level | None = None
    page: str = ""
    label: Spoken | None = None
    home: Spoken | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BadgeView:
    """A badge as a page shows it. Texts are clean, not escaped; addresses are http or https, or empty."""

    id: str = ""
    name: str = ""
    description: str = ""
    criteria: str = ""
    criteria_url: str = ""
    image_url: str = ""
    image_alt: str = ""
    language: str = ""
    issuer_id: str = ""
    issuer_name: str = ""
    issuer_url: str = ""
    issuer_host: str = ""
    issuer_about: str = ""
    recipient: str = ""
    recipient_id: str = ""
    recipient_hashed: bool = False
    identity_type: str = ""
    awarded: datetime | None = None
    ends: datetime | None = None
    narrative: str = ""
    evidence: Sequence[Evidence] = ()
    level: Level | None = None
    skills: Sequence[Skill] = ()
    tags: Sequence[str] = field(default=())


def read_badge(document: Mapping[str, Any], own_address: str = "") -> BadgeView:
    """The view of an Open Badges 3.0 document.

    Args:
        document: A credential whose proof and issuer were found good.
        own_address: The base URL of this site; only its pictures, and those inside the badge, are shown, because a page
            here fetches nothing from elsewhere.
    """
    subject = _object(document.get("credentialSubject"))
    achievement = _object(subject.get("achievement"))
    issuer = document.get("issuer")
    profile = _object(issuer) if not isinstance(issuer, str) else {"id": issuer}
    criteria = _object(achievement.get("criteria"))
    issuer_url = web_link(profile.get("url")) or web_link(profile.get("id"))
    identity = _identity(subject)
    return BadgeView(
        id=_text(document.get("id"), 300),
        name=_text(achievement.get("name"), 300) or _text(document.get("name"), 300),
        description=_text(achievement.get("description")) or _text(document.get("description")),
        criteria=_text(criteria.get("narrative"), 50_000),
        criteria_url=web_link(criteria.get("id")),
        image_url=_image(achievement.get("image"), own_address) or _image(document.get("image"), own_address),
        image_alt=_text(_object(achievement.get("image")).get("caption"), 300),
        language=_text(achievement.get("inLanguage"), 35),
        issuer_id=_text(profile.get("id"), 300),
        issuer_name=_text(profile.get("name"), 300),
        issuer_url=issuer_url,
        issuer_host=_host(issuer_url),
        issuer_about=_text(profile.get("description"), 1_000),
        recipient="" if identity.get("hashed") is True else _text(identity.get("identityHash"), 300),
        recipient_id=_text(subject.get("id"), 300),
        recipient_hashed=identity.get("hashed") is True,
        identity_type=_text(identity.get("identityType"), 60),
        awarded=_first_instant(document, "awardedDate", "validFrom", "issuanceDate"),
        ends=_first_instant(document, "validUntil", "expirationDate"),
        narrative=_text(subject.get("narrative"), 20_000),
        evidence=_evidence(document),
        level=_level(subject, achievement),
        skills=_skills(subject, achievement),
        tags=[_text(tag, 60) for tag in _list(achievement.get("tag")) if isinstance(tag, str)],
    )


def read_report(report: VerificationReport) -> BadgeView:
    """The little that a report says of a good badge whose document has another form (Open Badges 2.0)."""
    credential, issuer = report.credential or {}, report.issuer or {}
    address = web_link(issuer.get("id"))
    return BadgeView(
        id=_text(credential.get("id"), 300),
        name=_text(credential.get("name"), 300),
        issuer_id=_text(issuer.get("id"), 300),
        issuer_name=_text(issuer.get("name"), 300),
        issuer_url=address,
        issuer_host=_host(address),
        awarded=_first_instant(credential, "valid_from"),
        ends=_first_instant(credential, "valid_until"),
    )


def _object(value: Any) -> Mapping[str, Any]:
    """An object, or the first of several."""
    found = next(iter(value), None) if isinstance(value, (list, tuple)) else value
    return found if isinstance(found, Mapping) else {}


def _list(value: Any) -> Sequence[Any]:
    if value is None:
        return ()
    return value[:_MOST] if isinstance(value, (list, tuple)) else (value,)


def _objects(value: Any) -> Sequence[Mapping[str, Any]]:
    return [item for item in _list(value) if isinstance(item, Mapping)]


def _text(value: Any, longest: int = 5_000) -> str:
    return clean(value, longest).strip() if isinstance(value, str) else ""


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def _image(value: Any, own_address: str) -> str:
    url = value if isinstance(value, str) else _object(value).get("id")
    if not isinstance(url, str):
        return ""
    if own_address and url.startswith(f"{own_address}/images/"):
        return url
    return url if url.startswith(_IMAGE_DATA) and len(url) <= _LONGEST_IMAGE_DATA else ""


def _identity(subject: Mapping[str, Any]) -> Mapping[str, Any]:
    """The plain identifier if there is one, else the first."""
    found = _objects(subject.get("identifier"))
    return next((one for one in found if one.get("hashed") is False), found[0] if found else {})


def _first_instant(values: Mapping[str, Any], *names: str) -> datetime | None:
    for name in names:
        text = values.get(name)
        if isinstance(text, str):
            try:
                return parse_instant(text)
            except OpenBadgesError:
                continue
    return None


def _evidence(document: Mapping[str, Any]) -> Sequence[Evidence]:
    found = []
    for item in _list(document.get("evidence")):
        if isinstance(item, str):
            found.append(Evidence(name="", narrative="", url=web_link(item)))
        elif isinstance(item, Mapping):
            text = _text(item.get("narrative"), 20_000) or _text(item.get("description"))
            found.append(Evidence(name=_text(item.get("name"), 300), narrative=text, url=web_link(item.get("id"))))
    return [one for one in found if one.name or one.narrative or one.url]


def _skills(subject: Mapping[str, Any], achievement: Mapping[str, Any]) -> Sequence[Skill]:
    scales = {
        _text(alignment.get("targetUrl"), 2_048): scale
        for scale in _objects(achievement.get("resultDescription"))
        for alignment in _objects(scale.get("alignment"))
    }
    return [
        Skill(
            name=_text(item.get("targetName"), 300),
            framework=_text(item.get("targetFramework"), 300),
            code=_text(item.get("targetCode"), 100),
            description=_text(item.get("targetDescription"), 1_000),
            url=web_link(item.get("targetUrl")),
            level=_reached(scales.get(_text(item.get("targetUrl"), 2_048), {}), subject),
        )
        for item in _objects(achievement.get("alignment"))
        if _text(item.get("targetName"))
    ]


def _level(subject: Mapping[str, Any], achievement: Mapping[str, Any]) -> Level | None:
    """The level of the badge as a whole: on the first scale that is not the scale of one of its skills."""
    scales = _objects(achievement.get("resultDescription"))
    of_skills = [scale.get("id") for scale in scales if _objects(scale.get("alignment"))]
    for scale in scales:
        found = None if scale.get("id") in of_skills else _reached(scale, subject)
        if found is not None:
            return found
    results = [one for one in _objects(subject.get("result")) if one.get("resultDescription") not in of_skills]
    value = next(filter(None, (_text(result.get("value"), 100) for result in results)), "")
    return Level(name=value, description="", place=0, scale=()) if value else None


def _reached(scale: Mapping[str, Any], subject: Mapping[str, Any]) -> Level | None:
    """The level on a scale that a result names; else the one that the badge asks at least, for that was reached too."""
    levels = _objects(scale.get("rubricCriterionLevel"))
    results = [one for one in _objects(subject.get("result")) if one.get("resultDescription") == scale.get("id")]
    wanted = [result.get("achievedLevel") for result in results] or [scale.get("requiredLevel")]
    reached = next((one for one in levels if one.get("id") and one.get("id") in wanted), None)
    if reached is None:
        return None
    return Level(
        name=_text(reached.get("name"), 100),
        description=_text(reached.get("description"), 1_000),
        place=levels.index(reached) + 1,
        scale=[_text(one.get("name"), 100) for one in levels],
    )
