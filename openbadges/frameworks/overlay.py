"""A local layer over shared frameworks: it adds, translates, names and asks for more; it never redefines.

This is subsidiarity as code: nobody above has to agree, and nothing above changes its meaning.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from openbadges.errors import ConfigurationError
from openbadges.frameworks.catalogue import Catalogue
from openbadges.frameworks.kinds import is_uri
from openbadges.frameworks.likeness import likeness
from openbadges.frameworks.model import (
    Framework,
    Item,
    Provenance,
    Record,
    Relation,
    Requirement,
    Role,
    Stricter,
    Texts,
    Translation,
)
from openbadges.frameworks.problems import OverlayRefused, ProblemList
from openbadges.frameworks.profile import levels_asked

__all__ = ["adopt", "overlay"]

_MOST_PROBLEMS = 1_000
_ANCHORS = ("broader", "related", "exact", "close", "partOf")


def overlay(base: Framework | Sequence[Framework], local: Framework, *, complete: bool = False) -> Catalogue:
    """Lay a local layer over the frameworks it extends.

    A local layer may add items, roles and contexts, ask stricter levels of global roles (``stricter``), add missing
    languages (``translations``) and say what global items are called here (``localNames``). A local item states a
    broader, related, exact, close or containing item of another framework, itself or through a broader local item, or
    says ``onlyLocal``.

    Args:
        base: The framework or frameworks below; they are not changed.
        local: The local layer.
        complete: Whether ``base`` has to hold every framework that the layer says it extends. What is not there cannot
            be contradicted, so whoever takes a layer in asks for it; whoever only reads one may have a part.

    Returns:
        The catalogue of ``base`` (with the added languages) and ``local``.

    Raises:
        OverlayRefused: The layer contradicts the base, or, with ``complete``, extends what is not in it; every conflict
            is listed and names both sides.
        ConfigurationError: The same framework was given twice in ``base``.
    """
    below = Catalogue((base,) if isinstance(base, Framework) else tuple(base))
    problems = ProblemList(_MOST_PROBLEMS)
    if complete:
        for name in dict.fromkeys(local.extends):
            if below.framework(name) is None:
                problems.add(local.id, "frameworks.overlay_base_missing", name=name, local=local.name)
    _check_names(below, local, problems)
    _check_anchors(below, local, problems)
    _check_translations(below, local, problems)
    _check_local_names(below, local, problems)
    problems.stop(OverlayRefused)
    whole = Catalogue((*(_translated(each, below, local) for each in below.frameworks), local), local)
    _check_levels(below, whole, problems)
    problems.stop(OverlayRefused)
    return whole


def adopt(item: Item, source: Framework, *, into: str, code: str) -> Item:
    """Another affiliate's item as an own local one, with its provenance and an exact match to where it came from.

    Args:
        item: The item to adopt.
        source: Its framework.
        into: Id of the own framework.
        code: The code it gets there.

    Returns:
        A new item with the texts of the old one; its relations within the old framework are not carried over.
    """
    kept = tuple(relation for relation in item.relations if relation.type == "related" and is_uri(relation.target))
    return replace(
        item,
        id=f"{into.rstrip('/#')}/items/{code.casefold()}",
        code=code,
        identifier=None,
        relations=(*kept, Relation(type="exact", target=item.id)),
        adopted_from=Provenance(framework=source.id, item=item.id, version=source.version, owner=source.owner),
    )


def _check_names(below: Catalogue, local: Framework, problems: ProblemList) -> None:
    taken = _taken_names(below)
    own = {likeness(name) for name in (local.id, local.code) if name is not None}
    owner = next((each for each in below.frameworks if own & {likeness(each.id), likeness(each.code or each.id)}), None)
    if owner is not None:
        problems.add(local.id, "frameworks.overlay_same_framework", local=local.name, base=owner.name)
    for record in _records(local):
        for name in dict.fromkeys(filter(None, (record.code, record.id))):
            owner_of = taken.get(likeness(name))
            if owner_of is not None:
                problems.add(name, "frameworks.overlay_redefines", name=name, local=local.name, base=owner_of.name)


def _records(framework: Framework) -> list[Record]:
    return [*framework.items, *framework.roles, *framework.contexts]


def _taken_names(below: Catalogue) -> Mapping[str, Framework]:
    """Codes and ids as people see them: ``ms-f2`` beside ``MS-F2`` would be taken for the same skill."""
    found: dict[str, Framework] = {}
    for framework in below.frameworks:
        for record in _records(framework):
            found.update((likeness(name), framework) for name in filter(None, (record.code, record.id)))
    return found


def _check_anchors(below: Catalogue, local: Framework, problems: ProblemList) -> None:
    own = {name: item for item in local.items for name in filter(None, (item.code, item.id))}
    complete = _is_complete(below, local)
    for item in local.items:
        if complete:
            for relation in item.relations:
                known = relation.target in own or below.item(relation.target) is not None or is_uri(relation.target)
                if not known:
                    problems.add(
                        item.ref,
                        "frameworks.overlay_unknown_item",
                        name=item.ref,
                        target=relation.target,
                        local=local.name,
                    )
        if not (item.only_local or _anchored(item, own)):
            problems.add(item.ref, "frameworks.overlay_not_anchored", name=item.ref, local=local.name)


def _is_complete(below: Catalogue, local: Framework) -> bool:
    """Whether everything that the layer builds on was given; else a code may lead into what was not."""
    return all(below.framework(each) is not None for each in (*local.extends, *local.uses))


def _anchored(item: Item, own: Mapping[str, Item]) -> bool:
    """Whether the item, or a local item above it, points out of the local layer or is itself only local."""
    seen, waiting = {item.id}, [item]
    while waiting:
        current = waiting.pop()
        targets = [relation.target for relation in current.relations if relation.type in _ANCHORS]
        if current.only_local or any(target not in own for target in targets):
            return True
        above = [own[target] for target in current.targets("broader")]
        waiting.extend(each for each in above if each.id not in seen)
        seen.update(each.id for each in above)
    return False


def _check_translations(below: Catalogue, local: Framework, problems: ProblemList) -> None:
    for entry in local.translations:
        found = below.item(entry.item)
        if found is None:
            _unknown(below, local, entry.item, problems)
            continue
        framework, item = found
        present = [tag for tag in entry.label if tag in item.label]
        present += [tag for tag in entry.description if tag in item.description]
        for tag in dict.fromkeys(present):
            problems.add(
                entry.item,
                "frameworks.overlay_translation_exists",
                name=entry.item,
                language=tag,
                local=local.name,
                base=framework.name,
            )


def _check_local_names(below: Catalogue, local: Framework, problems: ProblemList) -> None:
    named: set[tuple[str, str]] = set()
    for entry in local.local_names:
        found = below.item(entry.item)
        if found is None:
            _unknown(below, local, entry.item, problems)
            continue
        twice = [tag for tag in entry.label if (found[1].id, tag) in named]
        if twice:
            problems.add(
                entry.item, "frameworks.overlay_named_twice", name=entry.item, language=twice[0], local=local.name
            )
        named.update((found[1].id, tag) for tag in entry.label)


def _unknown(below: Catalogue, local: Framework, target: str, problems: ProblemList) -> None:
    problems.add(target, "frameworks.overlay_unknown_global", name=target, local=local.name, base=_names(below))


def _names(below: Catalogue) -> list[str]:
    return [framework.name for framework in below.frameworks]


def _check_levels(below: Catalogue, whole: Catalogue, problems: ProblemList) -> None:
    """A layer may ask more than what it builds on, never less."""
    local = whole.frameworks[-1]
    _check_asked(whole, local, problems, complete=_is_complete(below, local))
    for entry in local.stricter:
        if below.role(entry.role) is None:
            _unknown(below, local, entry.role, problems)
        elif entry.context is not None and whole.context(entry.context, local) is None:
            _unknown(below, local, entry.context, problems)
        else:
            _check_stricter(below, whole, entry, problems)
    for role in local.roles:
        _check_role(whole, local, role, problems)


def _check_asked(whole: Catalogue, local: Framework, problems: ProblemList, *, complete: bool) -> None:
    """What the layer asks for exists, and at that level."""
    rows = [(role.code, entry.skill, entry.level) for role in local.roles for entry in role.requires]
    rows += [(stricter.role, entry.skill, entry.level) for stricter in local.stricter for entry in stricter.requires]
    rows += [(each.code, skill, level) for each in local.contexts for skill, level in each.adjust.require.items()]
    for place, skill, level in rows:
        found = whole.item(skill, local)
        if found is None and complete and not is_uri(skill):
            problems.add(place, "frameworks.overlay_unknown_item", name=place, target=skill, local=local.name)
            continue
        levels = whole.levels(found[0] if found else local)
        if levels and level > levels[-1].order:
            problems.add(place, "frameworks.bad_level", value=level, highest=levels[-1].order)


def _check_stricter(below: Catalogue, whole: Catalogue, entry: Stricter, problems: ProblemList) -> None:
    found = below.role(entry.role)
    assert found is not None
    asked = levels_asked(replace(whole, local=None), *found, context=entry.context)
    _compare(whole, (entry.role, entry.role), entry.requires, asked, problems)


def _check_role(whole: Catalogue, local: Framework, role: Role, problems: ProblemList) -> None:
    if role.based_on is None:
        return
    try:
        asked = levels_asked(whole, local, replace(role, requires=()))
    except ConfigurationError as error:
        problems.add(role.code, error.code, **error.params)
        return
    _compare(whole, (role.code, role.based_on), role.requires, asked, problems)


def _compare(
    whole: Catalogue,
    roles: tuple[str, str],
    requires: Sequence[Requirement],
    asked: Mapping[str, int],
    problems: ProblemList,
) -> None:
    """Note each level of the first role that is lower than what the second one asks."""
    local = whole.frameworks[-1]
    for requirement in requires:
        found = whole.item(requirement.skill, local)
        name = found[1].ref if found else requirement.skill
        if requirement.level < asked.get(name, 0):
            problems.add(
                roles[0],
                "frameworks.overlay_lower_level",
                local=local.name,
                role=roles[0],
                base=roles[1],
                skill=name,
                level=requirement.level,
                asked=asked[name],
            )


def _translated(framework: Framework, below: Catalogue, local: Framework) -> Framework:
    """The framework with the languages that the local layer adds to its items."""
    wanted: dict[str, list[Translation]] = {}
    for entry in local.translations:
        found = below.item(entry.item)
        if found is not None and found[0].id == framework.id:
            wanted.setdefault(found[1].id, []).append(entry)
    if not wanted:
        return framework
    return replace(framework, items=tuple(_with_texts(item, wanted.get(item.id, ())) for item in framework.items))


def _with_texts(item: Item, entries: Iterable[Translation]) -> Item:
    for entry in entries:
        item = replace(
            item, label=_merged(entry.label, item.label), description=_merged(entry.description, item.description)
        )
    return item


def _merged(added: Texts, own: Texts) -> Texts:
    return MappingProxyType({**own, **{tag: words for tag, words in added.items() if tag not in own}})
