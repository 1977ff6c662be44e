"""Changing a local layer piece by piece. Everything here is pure: a layer comes in, another one goes out.

Whether the outcome fits the shared frameworks is for ``LocalLayers.save`` to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from openbadges.frameworks import (
    Framework,
    Item,
    LocalName,
    Relation,
    Requirement,
    Role,
    Stricter,
    Texts,
    Translation,
    adopt,
)

__all__ = [
    "adopted",
    "free_code",
    "with_code",
    "with_item",
    "with_local_name",
    "with_role",
    "with_stricter",
    "with_title",
    "with_translation",
    "without_item",
    "without_role",
]


def with_code(layer: Framework, name: str) -> Framework:
    """The layer with a short name of its own, made of ``name`` where it has none: codes of its items begin with it."""
    if layer.code is not None:
        return layer
    words = re.findall(r"[a-z0-9]+", name.casefold())
    code = "".join(word[0] for word in words[:4]) if len(words) > 1 else "".join(words)[:3]
    return replace(layer, code=(code or "loc").upper())


def free_code(layer: Framework, *, role: bool = False) -> str:
    """A code that nothing in the layer has: ``RUG-1``, and ``RUG-R1`` for a role."""
    taken = {item.code for item in layer.items} | {one.code for one in layer.roles}
    prefix = f"{layer.code or 'LOC'}-{'R' if role else ''}"
    return next(code for number in range(1, len(taken) + 2) if (code := f"{prefix}{number}") not in taken)


def with_title(layer: Framework, title: Texts, description: Texts) -> Framework:
    """Its title and what it is about."""
    languages = tuple(dict.fromkeys((*layer.languages, *title)))
    return replace(layer, title=title, description=description, languages=languages)


def with_item(layer: Framework, item: Item) -> Framework:
    """The item in the place of the one with its id, else at the end; groups stay first.

    A new one that says the same as one that is there adds nothing: the form was sent twice (S-IDEM-1).
    """
    if any(one.id == item.id for one in layer.items):
        items: Sequence[Item] = [item if one.id == item.id else one for one in layer.items]
    elif any(replace(item, id=one.id, code=one.code) == one for one in layer.items):
        return layer
    else:
        items = [*layer.items, item]
    ordered = sorted(items, key=lambda one: one.kind != "group")
    return _speaking(replace(layer, items=tuple(ordered)), (item.label, item.description))


def without_item(layer: Framework, item_id: str) -> Framework:
    """The layer without the item, and without what its own roles and items say of it."""
    gone = {name for one in layer.items if one.id == item_id for name in (one.id, one.code) if name is not None}
    items = tuple(_unrelated(one, gone) for one in layer.items if one.id != item_id)
    roles = tuple(replace(role, requires=_others(role.requires, gone)) for role in layer.roles)
    stricter = [replace(entry, requires=_others(entry.requires, gone)) for entry in layer.stricter]
    return replace(layer, items=items, roles=roles, stricter=tuple(one for one in stricter if one.requires))


def with_role(layer: Framework, role: Role) -> Framework:
    """The role in the place of the one with its id, else at the end; one that is there already adds nothing."""
    if any(one.id == role.id for one in layer.roles):
        roles: Sequence[Role] = [role if one.id == role.id else one for one in layer.roles]
    elif any(replace(role, id=one.id, code=one.code) == one for one in layer.roles):
        return layer
    else:
        roles = [*layer.roles, role]
    return _speaking(replace(layer, roles=tuple(roles)), (role.label, role.description))


def without_role(layer: Framework, role_id: str) -> Framework:
    """The layer without the role."""
    return replace(layer, roles=tuple(one for one in layer.roles if one.id != role_id))


def with_stricter(layer: Framework, role: str, context: str | None, requires: Iterable[Requirement]) -> Framework:
    """What is asked of a shared role here, everywhere or in one context; nothing takes the entry away."""
    others = [one for one in layer.stricter if (one.role, one.context) != (role, context)]
    asked = tuple(requires)
    entry = [Stricter(role=role, context=context, requires=asked)] if asked else []
    return replace(layer, stricter=(*others, *entry))


def with_local_name(layer: Framework, item: str, label: Texts) -> Framework:
    """What people here call a shared item; no text takes the name away."""
    others = [one for one in layer.local_names if one.item != item]
    entry = [LocalName(item=item, label=label)] if label else []
    return _speaking(replace(layer, local_names=(*others, *entry)), (label,))


def with_translation(layer: Framework, item: str, label: Texts, description: Texts) -> Framework:
    """Texts of a shared item in languages that it lacks; no texts take the translation away."""
    others = [one for one in layer.translations if one.item != item]
    entry = [Translation(item=item, label=label, description=description)] if label or description else []
    return _speaking(replace(layer, translations=(*others, *entry)), (label, description))


def adopted(layer: Framework, item: Item, source: Framework, *, broader: str | None = None) -> tuple[Framework, Item]:
    """The layer with another group's item as its own, which keeps where it comes from; and the new item.

    Args:
        layer: The layer.
        item: The item to take over.
        source: Its framework.
        broader: Where it belongs among the shared items, by code or address.
    """
    new = adopt(item, source, into=layer.id, code=free_code(layer))
    kept = [relation for relation in new.relations if relation.type != "broader"]
    above = [Relation(type="broader", target=broader)] if broader is not None else []
    new = replace(new, relations=(*above, *kept), levels=(), only_local=False, slug=None)
    return with_item(layer, new), new


def _speaking(layer: Framework, texts: Iterable[Texts]) -> Framework:
    """The layer with the languages of these texts among its own."""
    used = (tag for one in texts for tag in one)
    return replace(layer, languages=tuple(dict.fromkeys((*layer.languages, *used))))


def _others(requires: Sequence[Requirement], gone: set[str]) -> tuple[Requirement, ...]:
    return tuple(one for one in requires if one.skill not in gone)


def _unrelated(item: Item, gone: set[str]) -> Item:
    kept = tuple(relation for relation in item.relations if relation.target not in gone)
    return item if kept == item.relations else replace(item, relations=kept)
