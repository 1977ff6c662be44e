"""What must hold within one framework: unique names, references that lead somewhere, a hierarchy without circles."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from openbadges.frameworks.hierarchy import index_of
from openbadges.frameworks.kinds import is_uri
from openbadges.frameworks.limits import FrameworkLimits
from openbadges.frameworks.model import Framework, Item
from openbadges.frameworks.problems import ProblemList
from openbadges.jsontext import pointer_to

__all__ = ["check_depth", "check_framework"]


def check_framework(framework: Framework, problems: ProblemList, limits: FrameworkLimits) -> None:
    """Note everything that contradicts itself within ``framework``, with places in the document of the file format.

    References to other frameworks are left to ``Catalogue``. Only a framework of this project's own kind that neither
    extends nor uses another one has to be complete in itself; what was imported from elsewhere refers to what it likes.
    """
    places = _places(framework)
    _check_unique(framework, places, problems)
    _check_levels(framework, problems)
    _check_item_levels(framework, places, problems)
    _check_asked_once(framework, problems)
    _check_asked_levels(framework, problems)
    if framework.scheme == "openbadges" and not (framework.extends or framework.uses):
        _check_references(framework, places, problems)
    check_depth(framework.items, places, problems, limits.depth)


def _places(framework: Framework) -> dict[int, str]:
    """The JSON Pointer of each item, by identity: ids may not be unique yet."""
    counts = {"groups": 0, "skills": 0}
    found: dict[int, str] = {}
    for item in framework.items:
        collection = "groups" if item.kind == "group" else "skills"
        found[id(item)] = pointer_to(collection, counts[collection])
        counts[collection] += 1
    return found


def _check_unique(framework: Framework, places: Mapping[int, str], problems: ProblemList) -> None:
    seen: dict[str, str] = {}
    rows: list[tuple[str, Iterable[str]]] = [
        (places[id(item)], filter(None, (item.id, item.code))) for item in framework.items
    ]
    rows += [(pointer_to("roles", index), (role.id, role.code)) for index, role in enumerate(framework.roles)]
    rows += [(pointer_to("contexts", index), (each.id, each.code)) for index, each in enumerate(framework.contexts)]
    for place, names in rows:
        taken = [name for name in dict.fromkeys(names) if seen.setdefault(name, place) != place]
        if taken:
            problems.add(place, "frameworks.twice", name=taken[-1], first=seen[taken[-1]])


def _check_levels(framework: Framework, problems: ProblemList) -> None:
    for attribute in ("key", "order"):
        values = [getattr(level, attribute) for level in framework.levels]
        for value in sorted({str(value) for value in values if values.count(value) > 1}):
            problems.add("/levels", "frameworks.level_twice", attribute=attribute, value=value)


def _check_item_levels(framework: Framework, places: Mapping[int, str], problems: ProblemList) -> None:
    keys = {level.key for level in framework.levels}
    if not keys and framework.extends:
        return  # the levels are those of the framework below
    for item in framework.items:
        for index, key in enumerate(item.levels):
            if key not in keys:
                problems.add(places[id(item)] + pointer_to("levels", index), "frameworks.unknown_level", name=key)


def _check_asked_once(framework: Framework, problems: ProblemList) -> None:
    for name in ("roles", "stricter"):
        for index, asking in enumerate(getattr(framework, name)):
            skills = [entry.skill for entry in asking.requires]
            for position, skill in enumerate(skills):
                if skill in skills[:position]:
                    place = pointer_to(name, index, "requires", position, "skill")
                    problems.add(place, "frameworks.asked_twice", name=skill)


def _check_asked_levels(framework: Framework, problems: ProblemList) -> None:
    highest = max((level.order for level in framework.levels), default=None)
    if highest is None:
        return

    def check(level: int, place: str) -> None:
        if level > highest:
            problems.add(place, "frameworks.bad_level", value=level, highest=highest)

    for index, role in enumerate(framework.roles):
        for position, entry in enumerate(role.requires):
            check(entry.level, pointer_to("roles", index, "requires", position, "level"))
    for index, context in enumerate(framework.contexts):
        for skill, level in context.adjust.require.items():
            check(level, pointer_to("contexts", index, "adjust", "require", skill))
        for skill, level in context.adjust.relax.items():
            check(level, pointer_to("contexts", index, "adjust", "relax", skill))


def _check_references(framework: Framework, places: Mapping[int, str], problems: ProblemList) -> None:
    items = set(index_of(framework.items))
    roles = {role.code for role in framework.roles}
    contexts = {context.code for context in framework.contexts}
    for item in framework.items:
        for relation in item.relations:
            _check_known(relation.target, items, places[id(item)] + pointer_to(relation.type), problems)
    for index, role in enumerate(framework.roles):
        place = pointer_to("roles", index)
        for position, entry in enumerate(role.requires):
            _check_known(entry.skill, items, place + pointer_to("requires", position, "skill"), problems)
        _check_known(role.based_on, roles, place + "/basedOn", problems)
        _check_known(role.context, contexts, place + "/context", problems)
    for index, context in enumerate(framework.contexts):
        adjust = context.adjust
        for name, asked in (("levelDelta", adjust.level_delta), ("require", adjust.require), ("relax", adjust.relax)):
            for skill in asked:
                _check_known(skill, items, pointer_to("contexts", index, "adjust", name, skill), problems)


def _check_known(target: str | None, known: Collection[str], place: str, problems: ProblemList) -> None:
    if target is not None and target not in known and not is_uri(target):
        problems.add(place, "frameworks.unknown_reference", name=target)


def check_depth(items: Iterable[Item], places: Mapping[int, str], problems: ProblemList, most: int) -> None:
    """Note circles, and what stands deeper than ``most`` steps, with the place of an item by its identity."""
    # items whose parents are gone are taken away, level by level: what never goes stands in a circle
    items = tuple(items)
    index = index_of(items)
    left = {item.id: {index[name].id for name in item.targets("broader") if name in index} for item in items}
    children: dict[str, list[str]] = {}
    for child, parents in left.items():
        for parent in parents:
            children.setdefault(parent, []).append(child)
    level = [name for name, parents in left.items() if not parents]
    depth, gone = 0, set(level)
    while level:
        depth += 1
        if depth == most + 1:
            problems.add(places[id(index[level[0]])], "frameworks.too_deep", limit=most)
        below = dict.fromkeys(child for parent in level for child in children.get(parent, ()))
        level = []
        for child in below:
            left[child] -= gone
            if not left[child]:
                level.append(child)
        gone.update(level)
    circle = [name for name in left if name not in gone]
    if circle:
        problems.add(places[id(index[circle[0]])], "frameworks.circle", names=[index[name].ref for name in circle[:10]])
