"""Items as OB 3.0 Alignments: how a badge says which skill it stands for, in the words of each kind of framework.

``SCHEMES`` is the one table: what a framework of each kind writes as ``targetType``, ``targetCode`` and
``targetFramework``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from openbadges.frameworks.identifiers import uuid_of
from openbadges.frameworks.model import Framework, Item, Level, Match, text

__all__ = ["SCHEMES", "Scheme", "ctid_of", "level_alignment", "mapping_alignments", "to_alignment"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheme:
    """How items of one kind of framework are cited (OB 3.0, Alignment).

    Attributes:
        target_type: Value of ``targetType``.
        name: Name of the framework where every framework of this kind has the same one, else None.
        version: How a version is added to the name; None leaves it out.
        code: Item to ``targetCode``.
        prefixes: How the URIs of such items begin, to know them in mappings.
    """

    target_type: str
    name: str | None = None
    version: str | None = None
    code: Callable[[Item], str | None]
    prefixes: tuple[str, ...] = ()


def _own_code(item: Item) -> str | None:
    return item.code


def _uuid(item: Item) -> str | None:
    return uuid_of(item.id, item.identifier)


def _last_segment(item: Item) -> str | None:
    return item.code or last_segment(item.id)


def last_segment(uri: str) -> str:
    """What stands after the last slash, colon or number sign of a URI."""
    return re.split(r"[/#:]", uri.rstrip("/#:"))[-1]


def ctid_of(item: Item) -> str:
    """The Credential Transparency Identifier: ``ce-`` and a UUID."""
    if item.identifier is not None and item.identifier.startswith("ce-"):
        return item.identifier
    return f"ce-{uuid_of(item.id, item.identifier)}"


SCHEMES: Mapping[str, Scheme] = MappingProxyType(
    {
        "openbadges": Scheme(target_type="CFItem", code=_own_code),
        "case": Scheme(target_type="CFItem", version=" ({})", code=_uuid),
        "esco": Scheme(
            target_type="ext:ESCOAlignment",
            name="ESCO",
            version=" v{}",
            code=_last_segment,
            prefixes=("http://data.europa.eu/esco/",),
        ),
        "ctdl-asn": Scheme(
            target_type="ceasn:Competency",
            code=ctid_of,
            prefixes=("https://credentialengineregistry.org/resources/ce-",),
        ),
        "onet": Scheme(
            target_type="ext:ONETElement",
            name="O*NET-SOC",
            version=" {}",
            code=_own_code,
            prefixes=("https://www.onetonline.org/",),
        ),
        "digcomp": Scheme(target_type="ext:DigCompCompetence", name="DigComp", version=" {}", code=_own_code),
        "lightcast": Scheme(
            target_type="ext:LightcastSkill",
            name="Lightcast Open Skills",
            code=_last_segment,
            prefixes=("https://lightcast.io/open-skills/skills/",),
        ),
        "wikidata": Scheme(
            target_type="ext:WikidataItem",
            name="Wikidata",
            code=_last_segment,
            prefixes=("https://www.wikidata.org/entity/", "http://www.wikidata.org/entity/"),
        ),
    }
)


def to_alignment(item: Item, language: str, *, framework: Framework) -> dict[str, Any]:
    """The OB 3.0 Alignment that cites ``item``, as a plain document.

    Args:
        item: A skill or group.
        language: BCP 47 tag of the badge; texts fall back to the main language, then English, then any.
        framework: The framework of the item; its ``scheme`` decides the form.

    Returns:
        ``type``, ``targetType``, ``targetCode`` (if there is one), ``targetName``, ``targetDescription`` (if there is
        one), ``targetFramework`` and ``targetUrl``.
    """
    scheme = SCHEMES.get(framework.scheme, SCHEMES["openbadges"])
    return _filled(
        scheme.target_type,
        code=scheme.code(item),
        name=text(item.label, language) or item.ref,
        description=text(item.description, language),
        framework=_framework_name(scheme, framework, language),
        url=item.id,
    )


def level_alignment(level: Level, language: str, *, framework: Framework) -> dict[str, Any]:
    """The OB 3.0 Alignment that cites a level as a CASE rubric criterion level.

    Args:
        level: A level of ``framework``.
        language: BCP 47 tag.
        framework: The framework whose levels these are.
    """
    url = level_id(level, framework)
    return _filled(
        "CFRubricCriterionLevel",
        code=uuid_of(url, level.identifier),
        name=text(level.label, language) or level.key,
        description=text(level.description, language),
        framework=text(framework.title, language),
        url=url,
    )


def level_id(level: Level, framework: Framework) -> str:
    """The address of a level: the stated one, else one under the framework's."""
    return level.id or f"{framework.id.rstrip('/#')}/levels/{level.key}"


def mapping_alignments(
    item: Item, language: str, *, matches: Collection[str] = ("exact", "close")
) -> list[dict[str, Any]]:
    """Alignments to the same skill in other frameworks (ESCO, Wikidata ...), to stand beside the item's own.

    Args:
        item: The item whose mappings are used.
        language: BCP 47 tag.
        matches: Which kinds of match count; the default leaves out what is merely broader, narrower or related.
    """
    return [
        _mapping_alignment(match, language)
        for match in item.mappings
        if match.uri is not None and match.match in matches and match.label
    ]


def _mapping_alignment(match: Match, language: str) -> dict[str, Any]:
    uri = match.uri or ""
    scheme = SCHEMES.get(match.scheme) or next(
        (each for each in SCHEMES.values() if any(uri.startswith(prefix) for prefix in each.prefixes)), None
    )
    return _filled(
        scheme.target_type if scheme else None,
        code=str(match.code) if match.code is not None else last_segment(uri),
        name=text(match.label, language),
        description=None,
        framework=(scheme.name if scheme else None) or match.scheme,
        url=uri,
    )


def _framework_name(scheme: Scheme, framework: Framework, language: str) -> str | None:
    name = scheme.name or text(framework.title, language)
    if name is None or scheme.version is None or framework.version is None:
        return name
    return name + scheme.version.format(framework.version.removeprefix("v"))


def _filled(target_type: str | None, **members: str | None) -> dict[str, Any]:
    """The members that hold something, in the order of the specification's examples."""
    named = {"type": ["Alignment"], "targetType": target_type}
    named |= {f"target{name.capitalize()}": value for name, value in members.items()}
    return {member: value for member, value in named.items() if value}
