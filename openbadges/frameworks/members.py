"""The file format: which members each record has.

One table, ``RECORDS``, is the truth for the reader and for the generated JSON schema (``schema_export``).
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from openbadges.frameworks.kinds import (
    CODE,
    DELTA_MAP,
    EXT_RELATIONS,
    FLAG,
    FLAGS,
    FORMAT_NAME,
    LANGUAGE_LISTS,
    LANGUAGE_MAP,
    LANGUAGES,
    LEVEL,
    LEVEL_MAP,
    MAPPINGS,
    MATCH,
    ORDER,
    RELATIONS,
    TEXT,
    TEXTS,
    URI,
    URIS,
    Member,
    record,
    records,
)

__all__ = ["RECORDS", "RELATION_MEMBERS"]

RELATION_MEMBERS: Mapping[str, str] = MappingProxyType(
    {
        "broader": "What this item is a part or a case of.",
        "narrower": "Parts or cases of this item that are not in this file, and the order of those that are.",
        "related": "Items that have to do with this one.",
        "exact": "Items elsewhere that mean the same.",
        "close": "Items elsewhere that mean almost the same.",
        "precedes": "Items that one learns after this one.",
        "replacedBy": "Items to use instead.",
        "partOf": "Wholes that contain this item.",
    }
)

_NAMED = (
    Member("label", LANGUAGE_MAP, "Name, per language.", required=True),
    Member("description", LANGUAGE_MAP, "Explanation, per language."),
)
_ITEM = (
    Member("code", TEXT, "Short name that people cite."),
    Member("id", URI, "Its address; follows from the framework's id and the code where it is left out."),
    Member("identifier", TEXT, "UUID in CASE or CTID in CTDL-ASN."),
    Member("slug", TEXT, "Word for addresses."),
    Member("kind", TEXT, "Another word than skill, where the source has one."),
    Member("status", TEXT, "State of the item at its source."),
    *_NAMED,
    Member("altLabels", LANGUAGE_LISTS, "Other names, per language."),
    Member("group", TEXT, "The group it is shown under; the same as a broader group."),
    Member("levels", TEXTS, "Keys of the levels that apply; all where left out."),
    *(Member(name, RELATIONS, about) for name, about in RELATION_MEMBERS.items()),
    Member("relations", EXT_RELATIONS, "Relations of other kinds, by kind (ext:name)."),
    Member("evidenceExamples", TEXTS, "What may show the skill."),
    Member("methods", TEXTS, "Ways in which it is learned."),
    Member("mappings", MAPPINGS, "The same or similar skills elsewhere, by framework."),
    Member("onlyLocal", FLAG, "A local item without a global counterpart."),
    Member("adoptedFrom", record("provenance"), "Where an adopted item comes from."),
)

RECORDS: Mapping[str, tuple[Member, ...]] = MappingProxyType(
    {
        "framework": (
            Member("format", FORMAT_NAME, "The name of this format.", required=True),
            Member("id", URI, "Address of the framework.", required=True),
            Member("code", TEXT, "Short name; usually the beginning of its codes."),
            Member("identifier", TEXT, "UUID in CASE or CTID in CTDL-ASN."),
            Member("version", TEXT, "Version."),
            Member("status", TEXT, "State: draft, adopted ..."),
            Member("scope", TEXT, "global, affiliate ..."),
            Member("owner", URI, "Who may change it."),
            Member("creator", TEXT, "Who wrote it."),
            Member("publisher", TEXT, "Who publishes it."),
            Member("source", URI, "Where the original is."),
            Member("modified", TEXT, "Date-time of the last change."),
            Member("scheme", TEXT, "Where the items' identity comes from; openbadges where left out."),
            Member("title", LANGUAGE_MAP, "Name, per language.", required=True),
            Member("description", LANGUAGE_MAP, "Explanation, per language."),
            Member("license", record("license"), "Terms of use."),
            Member("languages", LANGUAGES, "Languages of the texts, the main one first."),
            Member("extends", URIS, "Frameworks that this is a local layer of."),
            Member("uses", URIS, "Frameworks whose items this one refers to."),
            Member("levels", records("level"), "The levels of every skill, lowest first."),
            Member("groups", records("item"), "Groups of skills."),
            Member("skills", records("item"), "Skills."),
            Member("roles", records("role"), "Roles and the levels they ask."),
            Member("contexts", records("context"), "Situations that change what is asked."),
            Member("stricter", records("stricter"), "Higher levels that a local layer asks of global roles."),
            Member("translations", records("translation"), "Missing languages of global items."),
            Member("localNames", records("local_name"), "What global items are called here."),
            Member("resolution", TEXT, "The rule by which levels are found, in words."),
        ),
        "level": (
            Member("key", TEXT, "Name of the level in this file.", required=True),
            Member("order", LEVEL, "1 is the lowest.", required=True),
            *_NAMED,
            Member("id", URI, "Its address."),
            Member("identifier", TEXT, "UUID in CASE."),
        ),
        "item": _ITEM,
        "relation": (
            Member("target", TEXT, "Code or address of the other item.", required=True),
            Member("order", ORDER, "Place among the children of the target."),
        ),
        "mapping": (
            Member("uri", URI, "Its address there."),
            Member("code", CODE, "Its code there."),
            Member("match", MATCH, "How near it is."),
        ),
        "provenance": (
            Member("framework", URI, "The framework it was adopted from.", required=True),
            Member("item", URI, "The item it was adopted from.", required=True),
            Member("version", TEXT, "The version of that framework."),
            Member("owner", TEXT, "Who owned it."),
        ),
        "role": (
            Member("code", TEXT, "Short name that people cite.", required=True),
            Member("id", URI, "Its address."),
            *_NAMED,
            Member("basedOn", TEXT, "The role it starts from."),
            Member("context", TEXT, "The context in which it starts from that role."),
            Member("requires", records("requirement"), "Skills and levels."),
        ),
        "requirement": (
            Member("skill", TEXT, "Code or address of the skill.", required=True),
            Member("level", LEVEL, "The order of the level.", required=True),
        ),
        "context": (
            Member("code", TEXT, "Short name that people cite.", required=True),
            Member("id", URI, "Its address."),
            *_NAMED,
            Member("adjust", record("adjust"), "What it changes."),
        ),
        "adjust": (
            Member("levelDelta", DELTA_MAP, "Skill to levels more or fewer, where the role asks for the skill."),
            Member("require", LEVEL_MAP, "Skill to the least level; adds the skill."),
            Member("relax", LEVEL_MAP, "Skill to the highest level asked, where the role asks for the skill."),
            Member("evidence", FLAGS, "What may be shown."),
            Member("assessment", TEXT, "A sentence for assessors."),
        ),
        "license": (
            Member("title", TEXT, "Name of the licence.", required=True),
            Member("url", URI, "Its address."),
        ),
        "stricter": (
            Member("role", TEXT, "Code of a global role.", required=True),
            Member("context", TEXT, "Only in this context."),
            Member("requires", records("requirement"), "Skills and levels.", required=True),
        ),
        "translation": (
            Member("item", TEXT, "Code or address of a global item.", required=True),
            Member("label", LANGUAGE_MAP, "Name, per language."),
            Member("description", LANGUAGE_MAP, "Explanation, per language."),
        ),
        "local_name": (
            Member("item", TEXT, "Code or address of a global item.", required=True),
            Member("label", LANGUAGE_MAP, "Name here, per language.", required=True),
        ),
    }
)
