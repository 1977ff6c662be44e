"""Skill frameworks: what a badge stands for, in the words of whoever defined it.

Read a framework (``read_framework``, ``starter_frameworks``), lay a local layer over it (``overlay``), ask what a role
asks in a context (``effective_profile``), cite a skill in a badge (``to_alignment``, ``result_description``), and see
what verified badges show of it (``progress``). Everything here is pure: no network, no clock, no storage.
"""

from __future__ import annotations

from openbadges.frameworks.alignment import SCHEMES, Scheme, level_alignment, mapping_alignments, to_alignment
from openbadges.frameworks.catalogue import Catalogue, Unresolved
from openbadges.frameworks.comparing import Changes, MemberChange, RecordChange, compare
from openbadges.frameworks.document import framework_from_document, restore_framework, restore_item
from openbadges.frameworks.document_writer import item_document, to_document
from openbadges.frameworks.effective import effective_profile
from openbadges.frameworks.exporters import (
    EXPORTERS,
    Exported,
    Exporter,
    ExportOptions,
    Loss,
    case_package,
    write_framework,
)
from openbadges.frameworks.hierarchy import children_of, walk
from openbadges.frameworks.importers import (
    IMPORTERS,
    Importer,
    ImportOptions,
    detect_format,
    read_esco_files,
    read_esco_release,
    read_framework,
)
from openbadges.frameworks.limits import DEFAULT_FRAMEWORK_LIMITS, FrameworkLimits
from openbadges.frameworks.model import (
    FORMAT,
    METHODS,
    RELATION_TYPES,
    Adjust,
    Context,
    Framework,
    Item,
    Level,
    License,
    LocalName,
    Match,
    Provenance,
    Relation,
    Requirement,
    Role,
    Stricter,
    Texts,
    Translation,
    text,
)
from openbadges.frameworks.overlay import adopt, overlay
from openbadges.frameworks.problems import ImportProblems, OverlayRefused, Problem
from openbadges.frameworks.profile import Profile, ProfileEntry, Reason, explanation_json, profile_json
from openbadges.frameworks.progress import HeldSkill, Progress, SkillProgress, progress
from openbadges.frameworks.rubric import related_translation, result, result_description
from openbadges.frameworks.starter import starter_frameworks

__all__ = [
    "DEFAULT_FRAMEWORK_LIMITS",
    "EXPORTERS",
    "FORMAT",
    "IMPORTERS",
    "METHODS",
    "RELATION_TYPES",
    "SCHEMES",
    "Adjust",
    "Catalogue",
    "Changes",
    "Context",
    "ExportOptions",
    "Exported",
    "Exporter",
    "Framework",
    "FrameworkLimits",
    "HeldSkill",
    "ImportOptions",
    "ImportProblems",
    "Importer",
    "Item",
    "Level",
    "License",
    "LocalName",
    "Loss",
    "Match",
    "MemberChange",
    "OverlayRefused",
    "Problem",
    "Profile",
    "ProfileEntry",
    "Progress",
    "Provenance",
    "Reason",
    "RecordChange",
    "Relation",
    "Requirement",
    "Role",
    "Scheme",
    "SkillProgress",
    "Stricter",
    "Texts",
    "Translation",
    "Unresolved",
    "adopt",
    "case_package",
    "children_of",
    "compare",
    "detect_format",
    "effective_profile",
    "explanation_json",
    "framework_from_document",
    "item_document",
    "level_alignment",
    "mapping_alignments",
    "overlay",
    "profile_json",
    "progress",
    "read_esco_files",
    "read_esco_release",
    "read_framework",
    "related_translation",
    "restore_framework",
    "restore_item",
    "result",
    "result_description",
    "starter_frameworks",
    "text",
    "to_alignment",
    "to_document",
    "walk",
    "write_framework",
]
