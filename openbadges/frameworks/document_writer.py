"""From the model to the JSON document of the file format; reading what is written gives an equal value."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from openbadges.frameworks.hierarchy import stated_narrower
from openbadges.frameworks.members import RELATION_MEMBERS
from openbadges.frameworks.model import (
    FORMAT,
    Context,
    Framework,
    Item,
    Level,
    Match,
    Provenance,
    Relation,
    Requirement,
    Role,
)

__all__ = ["item_document", "to_document"]


def to_document(framework: Framework) -> dict[str, Any]:
    """The document of the file format that describes ``framework``; reading it gives an equal framework."""
    narrower = stated_narrower(framework.items)
    groups = {item.ref for item in framework.items if item.kind == "group"}
    records = [
        (item, item_document(item, groups=groups, narrower=narrower.get(item.id, ()))) for item in framework.items
    ]
    return _filled(
        format=FORMAT,
        id=framework.id,
        code=framework.code,
        identifier=framework.identifier,
        version=framework.version,
        status=framework.status,
        scope=framework.scope,
        owner=framework.owner,
        creator=framework.creator,
        publisher=framework.publisher,
        source=framework.source,
        modified=framework.modified,
        scheme=None if framework.scheme == "openbadges" else framework.scheme,
        title=dict(framework.title),
        description=dict(framework.description),
        license=framework.license
        and (_filled(title=framework.license.title, url=framework.license.url) | dict(framework.license.extra)),
        languages=list(framework.languages),
        extends=list(framework.extends),
        uses=list(framework.uses),
        levels=[_level_document(level) for level in framework.levels],
        groups=[record for item, record in records if item.kind == "group"],
        skills=[record for item, record in records if item.kind != "group"],
        roles=[_role_document(role) for role in framework.roles],
        contexts=[_context_document(context) for context in framework.contexts],
        stricter=[
            _filled(role=entry.role, context=entry.context)
            | {"requires": _requirement_documents(entry.requires), **entry.extra}
            for entry in framework.stricter
        ],
        translations=[
            _filled(item=entry.item, label=dict(entry.label), description=dict(entry.description)) | dict(entry.extra)
            for entry in framework.translations
        ],
        localNames=[
            _filled(item=entry.item, label=dict(entry.label)) | dict(entry.extra) for entry in framework.local_names
        ],
        resolution=framework.resolution,
    ) | dict(framework.extra)


def _filled(**members: Any) -> dict[str, Any]:
    """The members that hold something, in the order given."""
    return {name: value for name, value in members.items() if value is not None and value not in ("", [], {}, ())}


def _level_document(level: Level) -> dict[str, Any]:
    return _filled(
        order=level.order,
        key=level.key,
        label=dict(level.label),
        description=dict(level.description),
        id=level.id,
        identifier=level.identifier,
    ) | dict(level.extra)


def item_document(item: Item, *, groups: Iterable[str] = (), narrower: Iterable[Any] = ()) -> dict[str, Any]:
    """One item as a record of the file format.

    Args:
        item: The item.
        groups: The references of the groups of its framework, to name the one it is shown under.
        narrower: The references of its children in the same framework.
    """
    known = set(groups)
    relations: dict[str, list[Any]] = {}
    for relation in item.relations:
        relations.setdefault(relation.type, []).append(_relation_document(relation))
    relations["narrower"] = [*narrower, *relations.get("narrower", ())]
    return _filled(
        code=item.code,
        id=item.id,
        identifier=item.identifier,
        slug=item.slug,
        kind=None if item.kind in ("group", "skill") else item.kind,
        status=item.status,
        group=next((target for target in item.targets("broader") if target in known and item.kind != "group"), None),
        label=dict(item.label),
        description=dict(item.description),
        altLabels={tag: list(names) for tag, names in item.alt_labels.items()},
        levels=list(item.levels),
        **{name: relations.get(name) for name in RELATION_MEMBERS},
        relations={name: found for name, found in relations.items() if name not in RELATION_MEMBERS},
        evidenceExamples=list(item.evidence_examples),
        methods=list(item.methods),
        mappings=_match_documents(item.mappings),
        onlyLocal=item.only_local or None,
        adoptedFrom=item.adopted_from and _provenance_document(item.adopted_from),
    ) | dict(item.extra)


def _relation_document(relation: Relation) -> Any:
    if relation.order is None and not relation.extra:
        return relation.target
    return _filled(target=relation.target, order=relation.order) | dict(relation.extra)


def _match_documents(matches: Iterable[Match]) -> dict[str, Any]:
    found: dict[str, list[dict[str, Any]]] = {}
    for match in matches:
        record = _filled(uri=match.uri, code=match.code) | {f"label_{tag}": name for tag, name in match.label.items()}
        found.setdefault(match.scheme, []).append(record | _filled(match=match.match) | dict(match.extra))
    return {
        scheme: records[0] if len(records) == 1 and "uri" not in records[0] else records
        for scheme, records in found.items()
    }


def _provenance_document(provenance: Provenance) -> dict[str, Any]:
    return _filled(
        framework=provenance.framework,
        item=provenance.item,
        version=provenance.version,
        owner=provenance.owner,
    ) | dict(provenance.extra)


def _requirement_documents(requirements: Iterable[Requirement]) -> list[dict[str, Any]]:
    return [{"skill": entry.skill, "level": entry.level, **entry.extra} for entry in requirements]


def _role_document(role: Role) -> dict[str, Any]:
    return _filled(
        code=role.code,
        id=role.id,
        label=dict(role.label),
        description=dict(role.description),
        basedOn=role.based_on,
        context=role.context,
        requires=_requirement_documents(role.requires),
    ) | dict(role.extra)


def _context_document(context: Context) -> dict[str, Any]:
    adjust = context.adjust
    return _filled(
        code=context.code,
        id=context.id,
        label=dict(context.label),
        description=dict(context.description),
        adjust=_filled(
            levelDelta=dict(adjust.level_delta),
            require=dict(adjust.require),
            relax=dict(adjust.relax),
            evidence=dict(adjust.evidence),
            assessment=adjust.assessment,
        )
        | dict(adjust.extra),
    ) | dict(context.extra)
