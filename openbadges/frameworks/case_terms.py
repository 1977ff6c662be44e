"""The words of CASE (Competencies and Academic Standards Exchange, 1EdTech) 1.0 and 1.1, as tables.

``RECORDS`` says which members a record of a CASE 1.1 package may have; what is not there is never written.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

__all__ = [
    "ADOPTION_STATUS",
    "ASSOCIATIONS",
    "DEFINITIONS",
    "ITEM_TYPES",
    "RECORDS",
    "ItemType",
    "Record",
    "association_path",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """Members of a record by kind of value, and which of them it must have."""

    members: Mapping[str, str]
    required: tuple[str, ...]


def _record(required: str, **members: str) -> Record:
    named = {name: kind for kind, names in members.items() for name in names.split()}
    return Record(members=MappingProxyType({**named, "extensions": "extensions"}), required=tuple(required.split()))


RECORDS: Mapping[str, Record] = MappingProxyType(
    {
        "CFDocument": _record(
            "identifier uri creator title lastChangeDateTime",
            uuid="identifier",
            uri="uri officialSourceURL",
            text="frameworkType creator title publisher description language version adoptionStatus notes",
            version="caseVersion",
            texts="subject",
            links="subjectURI",
            link="licenseURI",
            date="statusStartDate statusEndDate",
            time="lastChangeDateTime",
        ),
        "CFItem": _record(
            "identifier fullStatement uri lastChangeDateTime",
            uuid="identifier",
            uri="uri",
            text="fullStatement alternativeLabel CFItemType humanCodingScheme listEnumeration abbreviatedStatement"
            " notes language",
            texts="conceptKeywords subject educationLevel",
            link="conceptKeywordsURI CFItemTypeURI licenseURI",
            links="subjectURI",
            date="statusStartDate statusEndDate",
            time="lastChangeDateTime",
        ),
        "CFAssociation": _record(
            "identifier associationType uri originNodeURI destinationNodeURI lastChangeDateTime",
            uuid="identifier",
            association="associationType",
            integer="sequenceNumber",
            uri="uri",
            node="originNodeURI destinationNodeURI",
            link="CFAssociationGroupingURI",
            text="notes",
            time="lastChangeDateTime",
        ),
        "CFConcept": _record(
            "identifier uri title hierarchyCode lastChangeDateTime",
            uuid="identifier",
            uri="uri",
            text="title keywords hierarchyCode description",
            time="lastChangeDateTime",
        ),
        "CFSubject": _record(
            "identifier uri title hierarchyCode lastChangeDateTime",
            uuid="identifier",
            uri="uri",
            text="title hierarchyCode description",
            time="lastChangeDateTime",
        ),
        "CFLicense": _record(
            "identifier uri title licenseText lastChangeDateTime",
            uuid="identifier",
            uri="uri",
            text="title description licenseText",
            time="lastChangeDateTime",
        ),
        "CFItemType": _record(
            "identifier uri title description hierarchyCode lastChangeDateTime",
            uuid="identifier",
            uri="uri",
            text="title description hierarchyCode typeCode",
            time="lastChangeDateTime",
        ),
        "CFAssociationGrouping": _record(
            "identifier uri title lastChangeDateTime",
            uuid="identifier",
            uri="uri",
            text="title description",
            time="lastChangeDateTime",
        ),
        "CFRubric": _record(
            "identifier uri lastChangeDateTime",
            uuid="identifier",
            uri="uri",
            text="title description",
            time="lastChangeDateTime",
            CFRubricCriterion="CFRubricCriteria",
        ),
        "CFRubricCriterion": _record(
            "identifier uri lastChangeDateTime",
            uuid="identifier rubricId",
            uri="uri",
            text="category description",
            link="CFItemURI",
            number="weight",
            integer="position",
            time="lastChangeDateTime",
            CFRubricCriterionLevel="CFRubricCriterionLevels",
        ),
        "CFRubricCriterionLevel": _record(
            "identifier uri lastChangeDateTime",
            uuid="identifier rubricCriterionId",
            uri="uri",
            text="description quality feedback",
            number="score",
            integer="position",
            time="lastChangeDateTime",
        ),
    }
)

DEFINITIONS: Mapping[str, str] = MappingProxyType(
    {
        "CFConcepts": "CFConcept",
        "CFSubjects": "CFSubject",
        "CFLicenses": "CFLicense",
        "CFItemTypes": "CFItemType",
        "CFAssociationGroupings": "CFAssociationGrouping",
    }
)

ASSOCIATIONS: Mapping[str, str] = MappingProxyType(
    {
        "isChildOf": "broader",
        "isRelatedTo": "related",
        "exactMatchOf": "exact",
        "precedes": "precedes",
        "replacedBy": "replacedBy",
        "isPartOf": "partOf",
        "isPeerOf": "ext:isPeerOf",
        "exemplar": "ext:exemplar",
        "hasSkillLevel": "ext:hasSkillLevel",
        "isTranslationOf": "ext:isTranslationOf",
    }
)
"""Association type to relation type; ``ext:`` types keep their name on both sides."""

ADOPTION_STATUS = ("Private Draft", "Draft", "Adopted", "Deprecated")


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemType:
    """A kind of CFItem that this library knows, with its definition."""

    title: str
    slug: str
    description: str
    hierarchy_code: str


ITEM_TYPES: Mapping[str, ItemType] = MappingProxyType(
    {
        "group": ItemType(
            title="Skill Group", slug="skill-group", description="A set of related skills", hierarchy_code="1"
        ),
        "skill": ItemType(
            title="Skill",
            slug="skill",
            description="Something a person or group can learn to do and show",
            hierarchy_code="2",
        ),
        "role": ItemType(
            title="Role", slug="role", description="A part that a person or group plays", hierarchy_code="3"
        ),
        "context": ItemType(
            title="Context", slug="context", description="A situation that changes what is asked", hierarchy_code="4"
        ),
        "level": ItemType(
            title="Proficiency Level",
            slug="proficiency-level",
            description="How far the skill is mastered",
            hierarchy_code="5",
        ),
    }
)


def association_path(association_type: str, origin: str, destination: str) -> str:
    """What a derived association address is made of: its type, and both ends."""
    return f"{association_type.replace(':', '-')} {origin} {destination}"
