"""Who stands under whom: one truth (``broader``), an order of children, and the tree for showing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from openbadges.frameworks.model import Item, Relation

__all__ = ["children_of", "index_of", "settle_hierarchy", "stated_narrower", "walk"]


def index_of(items: Iterable[Item]) -> dict[str, Item]:
    """Items by id and by code; an id wins over a code."""
    found: dict[str, Item] = {}
    for item in items:
        if item.code is not None:
            found.setdefault(item.code, item)
    found.update((item.id, item) for item in items)
    return found


def settle_hierarchy(items: Sequence[Item]) -> tuple[Item, ...]:
    """Groups first, and the hierarchy stated at one end only: as ``broader``, with an order where that matters.

    A file may state the hierarchy at one end or at both; afterwards equal hierarchies are equal values.
    """
    ordered = [item for item in items if item.kind == "group"] + [item for item in items if item.kind != "group"]
    index = index_of(ordered)
    listed = {item.id: _listed_children(item, index) for item in ordered}
    additions: dict[str, list[Relation]] = {}
    for parent in ordered:
        for child in listed[parent.id]:
            if parent.id not in {found.id for found in _parents(child, index)}:
                additions.setdefault(child.id, []).append(Relation(type="broader", target=parent.ref))
    with_parents = [
        replace(
            item,
            relations=(
                *additions.get(item.id, ()),
                *(relation for relation in item.relations if not _is_listed_child(relation, index)),
            ),
        )
        if item.id in additions or listed[item.id]
        else item
        for item in ordered
    ]
    return tuple(_with_orders(with_parents, listed))


def _is_listed_child(relation: Relation, index: Mapping[str, Item]) -> bool:
    return relation.type == "narrower" and relation.target in index


def _listed_children(item: Item, index: Mapping[str, Item]) -> list[Item]:
    return [index[target] for target in item.targets("narrower") if target in index]


def _parents(item: Item, index: Mapping[str, Item]) -> list[Item]:
    return [index[target] for target in item.targets("broader") if target in index]


def _with_orders(items: Sequence[Item], listed: Mapping[str, Sequence[Item]]) -> Iterator[Item]:
    """Keep an order among siblings only where it is not the order of the file."""
    index = index_of(items)
    places = {parent: {child.id: place for place, child in enumerate(found, 1)} for parent, found in listed.items()}
    family: dict[str, list[tuple[int, int, str]]] = {}
    for position, item in enumerate(items):
        for relation in item.relations:
            if relation.type == "broader" and relation.target in index:
                parent = index[relation.target].id
                order = relation.order or places[parent].get(item.id, len(places[parent]) + 1)
                family.setdefault(parent, []).append((order, position, item.id))
    orders: dict[tuple[str, str], int] = {}
    for parent, children in family.items():
        wanted = [name for _, _, name in sorted(children)]
        if wanted != [name for _, _, name in children]:
            orders |= {(parent, name): place for place, name in enumerate(wanted, 1)}
    for item in items:
        yield _reordered(item, index, orders)


def _reordered(item: Item, index: Mapping[str, Item], orders: Mapping[tuple[str, str], int]) -> Item:
    def settled(relation: Relation) -> Relation:
        if relation.type != "broader" or relation.target not in index:
            return relation
        order = orders.get((index[relation.target].id, item.id))
        return relation if relation.order == order else replace(relation, order=order)

    relations = tuple(map(settled, item.relations))
    return item if relations == item.relations else replace(item, relations=relations)


def children_of(items: Sequence[Item]) -> dict[str, list[Item]]:
    """Children in order, by the id of the parent."""
    index = index_of(items)
    found: dict[str, list[tuple[int, int, Item]]] = {}
    for position, item in enumerate(items):
        for relation in item.relations:
            if relation.type == "broader" and relation.target in index:
                found.setdefault(index[relation.target].id, []).append((relation.order or 0, position, item))
    return {parent: [item for _, _, item in sorted(rows, key=lambda row: row[:2])] for parent, rows in found.items()}


def stated_narrower(items: Sequence[Item]) -> dict[str, list[str]]:
    """The references of the children, by the id of the parent, as the file format lists them."""
    return {parent: [child.ref for child in children] for parent, children in children_of(items).items()}


def walk(items: Sequence[Item]) -> Iterator[tuple[int, Item]]:
    """Every item with its depth (0 at the top), parents before children; an item with two parents comes twice."""
    children = children_of(items)
    index = index_of(items)
    stack = [(0, item) for item in reversed(items) if not _parents(item, index)]
    while stack:
        depth, item = stack.pop()
        yield depth, item
        stack.extend((depth + 1, child) for child in reversed(children.get(item.id, ())))
