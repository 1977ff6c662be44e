"""Operations about skill frameworks, the issuer's local layer, and what roles ask there."""

from __future__ import annotations

from flask import request

from issuer_service.services.errors import NotFoundError
from issuer_service.services.framework_content import content_digest
from issuer_service.services.framework_imports import SourceFile
from issuer_service.web.api.framework_models import (
    FrameworkDocumentOut,
    FrameworkOut,
    HitOut,
    ImportedOut,
    ItemDetailOut,
    ItemOut,
    ProfileOut,
    RoleOut,
    VersionOut,
)
from issuer_service.web.api.operations import Asked, Part
from issuer_service.web.api.preconditions import check_if_match
from issuer_service.web.limits import count_export
from openbadges.frameworks import ImportOptions, to_document

__all__ = [
    "change_layer",
    "document",
    "framework",
    "frameworks",
    "import_framework",
    "item",
    "items",
    "layer",
    "profile",
    "roles",
    "search",
    "version",
    "versions",
]


def frameworks(asked: Asked) -> Part:
    """Those of the whole site, and the issuer's own."""
    found = asked.services.frameworks.all(asked.affiliate_id)
    chosen = [one for one in found if one.owner is not None or not asked.query.mine]
    start, limit = asked.query.offset, asked.query.limit
    shown = [FrameworkOut.of(one, asked.services.site) for one in chosen[start : start + limit]]
    return Part(items=shown, total=len(chosen), limit=limit, offset=start)


def import_framework(asked: Asked) -> ImportedOut:
    """Keep a framework for the issuer; the same content again makes no new version."""
    query = asked.query
    options = ImportOptions(
        language=query.language, framework_id=query.framework_id, title=query.title, version=query.version
    )
    imported = asked.services.framework_imports.import_files(
        _files(), user_id=asked.user_id, affiliate_id=asked.affiliate_id, file_format=query.format, options=options
    )
    return ImportedOut.of(imported, asked.services.site)


def _files() -> list[SourceFile]:
    """The body itself, or the files of a form: those of an ESCO release come together."""
    if request.mimetype != "multipart/form-data":
        data = request.get_data()
        return [SourceFile(data=data)] if data else []
    return [SourceFile(data=one.read(), name=one.filename or "") for one in request.files.getlist("file")]


def framework(asked: Asked) -> FrameworkOut:
    """One framework, without its items."""
    return FrameworkOut.of(asked.services.frameworks.get(asked.path["slug"]), asked.services.site)


def document(asked: Asked) -> FrameworkDocumentOut:
    """One framework whole."""
    slug = asked.path["slug"]
    count_export(asked.services.frameworks.get(slug).version.item_count)
    return FrameworkDocumentOut(document=to_document(asked.services.frameworks.whole(slug)))


def versions(asked: Asked) -> Part:
    """Its versions, newest first."""
    found = asked.services.frameworks.versions(asked.path["slug"])
    start, limit = asked.query.offset, asked.query.limit
    shown = [VersionOut.of(one) for one in found[start : start + limit]]
    return Part(items=shown, total=len(found), limit=limit, offset=start)


def version(asked: Asked) -> VersionOut:
    """One of its versions.

    Raises:
        NotFoundError: There is no such version.
    """
    number = asked.path["number"]
    if not (number.isascii() and number.isdigit() and len(number) < 9):
        raise NotFoundError("framework.not_found")
    return VersionOut.of(asked.services.frameworks.get(asked.path["slug"], int(number)).version)


def items(asked: Asked) -> Part:
    """Its items: those on top, or those under one."""
    start, limit, slug = asked.query.offset, asked.query.limit, asked.path["slug"]
    if asked.query.parent is None:
        found = asked.services.frameworks.top(slug, offset=start, limit=limit)
        shown, total = list(found.items), found.total
    else:
        below = asked.services.frameworks.children(asked.services.frameworks.item(slug, asked.query.parent))
        shown, total = list(below[start : start + limit]), len(below)
    items_shown = [ItemOut.of(one, asked.services.site, asked.query.language) for one in shown]
    return Part(items=items_shown, total=total, limit=limit, offset=start)


def item(asked: Asked) -> ItemDetailOut:
    """One item with what is around it."""
    page = asked.services.frameworks.page(asked.path["slug"], asked.path["key"])
    return ItemDetailOut.of(page, asked.services.site, asked.query.language)


def search(asked: Asked) -> Part:
    """The items that fit best, in the site's frameworks and the issuer's own."""
    query = asked.query
    found = asked.services.framework_search.find(
        query.q,
        language=query.language,
        affiliate_id=asked.affiliate_id,
        framework=query.framework,
        offset=query.offset,
        limit=query.limit,
    )
    shown = [HitOut.of(hit, asked.services.site, query.language) for hit in found.items]
    return Part(items=shown, total=found.total, limit=query.limit, offset=query.offset)


def layer(asked: Asked) -> FrameworkDocumentOut:
    """The issuer's local layer; one with nothing in it where there is none yet."""
    return FrameworkDocumentOut(document=to_document(asked.services.local_layers.get(asked.affiliate_id)))


def change_layer(asked: Asked) -> ImportedOut:
    """Keep a local layer, if it fits the shared frameworks."""
    kept = asked.services.local_layers.save(
        asked.affiliate_id,
        asked.body.document,
        user_id=asked.user_id,
        before=lambda there: check_if_match(content_digest(to_document(there))),
    )
    return ImportedOut.of(kept, asked.services.site)


def roles(asked: Asked) -> Part:
    """The roles there are, local ones last."""
    found = asked.services.local_layers.roles(asked.affiliate_id)
    start, limit = asked.query.offset, asked.query.limit
    shown = [RoleOut.of(framework, role) for framework, role in found[start : start + limit]]
    return Part(items=shown, total=len(found), limit=limit, offset=start)


def profile(asked: Asked) -> ProfileOut:
    """What a role asks in a context, at this issuer."""
    query = asked.query
    found = asked.services.local_layers.profile(query.role, query.context, asked.affiliate_id)
    return ProfileOut.of(found, query.language)
