"""What programs send and are answered about skill frameworks, local layers and roles."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from pydantic import Field

from issuer_service.services.framework_keeping import Imported
from issuer_service.services.framework_records import FrameworkVersion
from issuer_service.services.framework_search import Hit
from issuer_service.services.framework_views import FrameworkView, ItemPage, ItemView
from issuer_service.services.site import Site
from issuer_service.web.api.sent import PageQuery, Sent
from issuer_service.web.api.shown import Shown
from openbadges.frameworks import IMPORTERS, Framework, Profile, Role, mapping_alignments, to_alignment

__all__ = [
    "FrameworkDocumentOut",
    "FrameworkOut",
    "FrameworksQuery",
    "HitOut",
    "ImportQuery",
    "ImportedOut",
    "ItemDetailOut",
    "ItemOut",
    "ItemQuery",
    "ItemsQuery",
    "LayerIn",
    "ProfileOut",
    "ProfileQuery",
    "RoleOut",
    "SearchQuery",
    "VersionOut",
    "VersionsQuery",
]

_FORMATS = tuple(IMPORTERS)
Format = Literal[_FORMATS]  # type: ignore[valid-type]  # the keys of one visible table
_LANGUAGE = Field("en", max_length=35, description="Language of names and alignments, such as “fr”.")


class FrameworksQuery(PageQuery):
    """Which frameworks: those of the whole site and the issuer's own."""

    mine: bool = Field(False, description="Only the issuer's own.")


class VersionsQuery(PageQuery):
    """Which part of the versions, newest first."""


class ImportQuery(Sent):
    """What the file leaves open."""

    format: Format | None = Field(None, description="Found by content where it is left out.")
    language: str = Field("en", max_length=35, description="Of texts that carry none.")
    framework_id: str | None = Field(None, max_length=2_048, description="Address, where the file has none (tables).")
    title: str | None = Field(None, max_length=200)
    version: str | None = Field(None, max_length=100)


class ItemsQuery(PageQuery):
    """Which items: those on top, or those under one."""

    parent: str | None = Field(None, max_length=200, description="The key of the item above.")
    language: str = _LANGUAGE


class ItemQuery(Sent):
    """In which language the alignments are made."""

    language: str = _LANGUAGE


class SearchQuery(PageQuery):
    """What is looked for; typing errors are forgiven."""

    q: str = Field(max_length=200)
    language: str = _LANGUAGE
    framework: str | None = Field(None, max_length=200, description="Only in the framework with this slug.")
    limit: int = Field(20, ge=1, le=100)


class LayerIn(Sent):
    """The whole local layer."""

    document: dict[str, Any] = Field(description="A document of this project's framework format.")


class ProfileQuery(Sent):
    """A role, and where."""

    role: str = Field(max_length=2_048, description="Code or address of a role.")
    context: str | None = Field(None, max_length=2_048, description="Code or address of a context.")
    language: str = _LANGUAGE


class FrameworkOut(Shown):
    """A framework without its items."""

    slug: str
    uri: str
    title: dict[str, str]
    description: dict[str, str]
    scheme: str
    languages: list[str]
    version: int = Field(description="Number of the version here.")
    stated_version: str | None = Field(description="What the framework itself calls its version.")
    digest: str = Field(description="Of its content; of a local layer it is the ETag, too.")
    source_format: str
    items: int
    roles: int
    levels: list[dict[str, Any]]
    is_layer: bool
    owner: str | None = Field(description="Slug of the issuer it belongs to; none for the whole site.")
    imported_at: datetime
    page: str

    @classmethod
    def of(cls, view: FrameworkView, site: Site) -> FrameworkOut:
        """From its records."""
        head, version = view.head, view.version
        return cls(
            slug=view.slug,
            uri=head.id,
            title=dict(head.title),
            description=dict(head.description),
            scheme=head.scheme,
            languages=list(head.languages),
            version=version.number,
            stated_version=head.version,
            digest=version.digest,
            source_format=version.source_format,
            items=version.item_count,
            roles=len(head.roles),
            levels=[{"order": level.order, "key": level.key, "label": dict(level.label)} for level in head.levels],
            is_layer=view.record.layer,
            owner=view.owner.slug if view.owner else None,
            imported_at=version.imported_at,
            page=f"{site.base_url}/frameworks/{view.slug}",
        )


class VersionOut(Shown):
    """A version of a framework and what it changed."""

    number: int
    digest: str
    source_format: str
    items: int
    changes: dict[str, Any] = Field(description="Counts, and the records that came, went or differ; empty at first.")
    imported_by: str
    imported_at: datetime

    @classmethod
    def of(cls, version: FrameworkVersion) -> VersionOut:
        """From its record."""
        return cls(
            number=version.number,
            digest=version.digest,
            source_format=version.source_format,
            items=version.item_count,
            changes=dict(version.changes),
            imported_by=version.imported_by,
            imported_at=version.imported_at,
        )


class FrameworkDocumentOut(Shown):
    """A whole framework, or a local layer, as a document of this project's format."""

    document: dict[str, Any]


class ImportedOut(Shown):
    """What became of a file."""

    framework: FrameworkOut
    is_new: bool
    is_changed: bool = Field(description="False where the content is the same as before.")
    changes: dict[str, Any]

    @classmethod
    def of(cls, imported: Imported, site: Site) -> ImportedOut:
        """From what the use case gives back."""
        changes = dict(imported.view.version.changes) if imported.is_changed else {}
        shown = FrameworkOut.of(imported.view, site)
        return cls(framework=shown, is_new=imported.is_new, is_changed=imported.is_changed, changes=changes)


class ItemOut(Shown):
    """A group or skill, and how a badge cites it."""

    framework: str
    key: str
    uri: str
    code: str | None
    kind: str
    label: dict[str, str]
    description: dict[str, str]
    is_gone: bool = Field(description="Whether newer versions do not have it any more.")
    alignment: dict[str, Any] = Field(description="An Open Badges Alignment, for an achievement.")
    page: str

    @classmethod
    def of(cls, view: ItemView, site: Site, language: str) -> ItemOut:
        """From its row."""
        item = view.item
        return cls(
            framework=view.framework.slug,
            key=view.key,
            uri=item.id,
            code=item.code,
            kind=item.kind,
            label=dict(item.label),
            description=dict(item.description),
            is_gone=view.is_gone,
            alignment=to_alignment(item, language, framework=view.framework.head),
            page=f"{site.base_url}/frameworks/{view.framework.slug}/items/{view.key}",
        )


class ItemDetailOut(Shown):
    """An item and what is around it."""

    item: ItemOut
    alt_labels: dict[str, list[str]]
    suggested: list[dict[str, Any]] = Field(description="Alignments to the same skill in other frameworks.")
    parents: list[ItemOut]
    children: list[ItemOut]
    relations: list[dict[str, Any]]
    used_by: list[dict[str, str]]

    @classmethod
    def of(cls, page: ItemPage, site: Site, language: str) -> ItemDetailOut:
        """From what is shown of it."""
        item = page.item.item
        return cls(
            item=ItemOut.of(page.item, site, language),
            alt_labels={tag: list(names) for tag, names in item.alt_labels.items()},
            suggested=mapping_alignments(item, language),
            parents=[ItemOut.of(one, site, language) for one in page.parents],
            children=[ItemOut.of(one, site, language) for one in page.children],
            relations=[{"type": one.type, "target": one.target, "inwards": one.inwards} for one in page.neighbours],
            used_by=[
                {
                    "achievement": site.achievement_url(one.held.achievement.id),
                    "name": one.held.version.name,
                    "issuer": one.affiliate.slug,
                }
                for one in page.used_by
            ],
        )


class HitOut(Shown):
    """An item that was found."""

    item: ItemOut
    label: str
    found_as: str | None = Field(description="Another name, or the name in another language, where that was found.")

    @classmethod
    def of(cls, hit: Hit, site: Site, language: str) -> HitOut:
        """From what searching gives back."""
        return cls(item=ItemOut.of(hit.item, site, language), label=hit.label, found_as=hit.found_as)


class RoleOut(Shown):
    """A role: what it asks is in its profile."""

    code: str
    uri: str
    framework: str
    label: dict[str, str]
    description: dict[str, str]
    based_on: str | None

    @classmethod
    def of(cls, framework: Framework, role: Role) -> RoleOut:
        """From the model."""
        return cls(
            code=role.code,
            uri=role.id,
            framework=framework.id,
            label=dict(role.label),
            description=dict(role.description),
            based_on=role.based_on,
        )


class ProfileOut(Shown):
    """What a role asks here: each skill with its level and where the number comes from."""

    role: str
    context: str | None
    levels: dict[str, int]
    skills: list[dict[str, Any]]
    evidence: dict[str, bool]
    assessment: str | None

    @classmethod
    def of(cls, profile: Profile, language: str) -> ProfileOut:
        """From what the library computes."""
        skills = [
            {
                "skill": entry.skill,
                "level": entry.level,
                "reasons": [str(reason) for reason in entry.reasons],
                "alignment": to_alignment(entry.item, language, framework=entry.framework)
                if entry.item is not None and entry.framework is not None
                else None,
            }
            for entry in profile.entries
        ]
        return cls(
            role=profile.role,
            context=profile.context,
            levels=dict(profile.levels),
            skills=skills,
            evidence=dict(profile.evidence),
            assessment=profile.assessment,
        )
