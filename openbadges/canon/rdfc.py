"""RDF Dataset Canonicalization, RDFC-1.0 (W3C Recommendation), over the quads of ``openbadges.canon.nquads``.

An ordinary badge has no two blank nodes that look alike, so hashing each once and sorting the hashes is all there is to
do. Blank nodes that share a first-degree hash go through the full Hash N-Degree Quads algorithm (section 4.8), whose
work is exponential on hostile graphs; it is counted, and a graph that costs more than ``Limits`` allows is refused.
Counts decide, never the clock: an honest graph passes on every machine, a poisonous one on none.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from itertools import permutations
from math import factorial
from types import MappingProxyType
from typing import Final

from openbadges.canon.nquads import Quad, serialize
from openbadges.errors import ConfigurationError, LimitError, MalformedError
from openbadges.limits import DEFAULT_LIMITS, Limits

__all__ = ["HASHES", "canonical_quads", "canonicalize", "canonicalize_with_map"]

HASHES: Mapping[str, Callable[[bytes], hashlib._Hash]] = MappingProxyType(
    {"sha256": hashlib.sha256, "sha384": hashlib.sha384}
)
_QUADS_PER_CALL: Final = 20  # neighbours looked at, for each allowed call; an ordinary node has fewer than ten
_DEEPEST: Final = 200  # calls within calls: far below the interpreter's own limit, whoever called us

_Issued = dict[str, str]  # blank node term -> issued term, in the order of issue


def canonicalize(quads: Iterable[Quad], *, hash_name: str = "sha256", limits: Limits = DEFAULT_LIMITS) -> str:
    """The canonical N-Quads document of a dataset.

    Args:
        quads: Canonical terms, as ``nquads`` makes them; order and repetition do not matter.
        hash_name: ``"sha256"``, or ``"sha384"`` for suites of 384 bits (P-384).
        limits: Quads, blank nodes, blank nodes alike, calls and permutations.

    Raises:
        LimitError: Over a limit; the code starts with ``canon.``.
        MalformedError: ``canon.lone_surrogate``: a term cannot be written as UTF-8.
        ConfigurationError: ``canon.unknown_hash``.
    """
    dataset, labels = _dataset_and_labels(quads, hash_name, limits)
    return _serialize(dataset, labels)


def canonicalize_with_map(
    quads: Iterable[Quad], *, hash_name: str = "sha256", limits: Limits = DEFAULT_LIMITS
) -> tuple[str, dict[str, str]]:
    """Like ``canonicalize``, with the canonical label of each blank node of the input; labels come without ``_:``."""
    dataset, labels = _dataset_and_labels(quads, hash_name, limits)
    return _serialize(dataset, labels), {old[2:]: new[2:] for old, new in labels.items()}


def canonical_quads(
    quads: Iterable[Quad], *, hash_name: str = "sha256", limits: Limits = DEFAULT_LIMITS
) -> tuple[list[Quad], dict[str, str]]:
    """Like ``canonicalize_with_map``, but the quads as tuples, in the order of the canonical document."""
    dataset, labels = _dataset_and_labels(quads, hash_name, limits)
    lines = [(serialize([quad]), quad) for quad in _relabelled(dataset, labels)]
    lines.sort()
    return [quad for _, quad in lines], {old[2:]: new[2:] for old, new in labels.items()}


def _dataset_and_labels(quads: Iterable[Quad], hash_name: str, limits: Limits) -> tuple[list[Quad], _Issued]:
    digest = HASHES.get(hash_name)
    if digest is None:
        raise ConfigurationError("canon.unknown_hash", name=hash_name)
    dataset = list(dict.fromkeys(quads))
    if len(dataset) > limits.quads:
        raise LimitError("canon.too_many_quads", limit=limits.quads)
    return dataset, _Labelling(dataset, digest, limits).run()


def _serialize(dataset: list[Quad], labels: _Issued) -> str:
    """``nquads.serialize`` of the dataset with canonical labels, without making it: the hottest loop but one."""
    new = labels.get  # only blank nodes are keys
    lines = [
        f"{new(s, s)} {p} {new(o) if o[0] == '_' else o} .\n"
        if not g
        else f"{new(s, s)} {p} {new(o, o)} {new(g, g)} .\n"
        for s, p, o, g in dataset
    ]
    lines.sort()
    text = "".join(lines)
    if not text.isascii():
        _bytes(text)
    return text


def _bytes(text: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        raise MalformedError("canon.lone_surrogate") from error


def _relabelled(dataset: list[Quad], labels: _Issued) -> list[Quad]:
    new = labels.get
    return [(new(s, s), p, new(o, o), new(g, g)) for s, p, o, g in dataset]


class _Labelling:
    """One run of the canonicalization algorithm (section 4.4) over one dataset."""

    def __init__(self, dataset: list[Quad], digest: Callable[[bytes], hashlib._Hash], limits: Limits) -> None:
        self._digest = digest
        self._limits = limits
        self._dataset = dataset
        self._quads_of: dict[str, list[Quad]] = {}  # filled when nodes have to be told apart
        self._first: dict[str, str] = {}  # blank node -> first-degree hash
        self._canonical: _Issued = {}
        self._calls = self._permutations = self._neighbours = 0

    def run(self) -> _Issued:
        """The canonical identifier of each blank node, as terms."""
        lines_of = _first_degree_lines(self._dataset)
        if len(lines_of) > self._limits.blank_nodes:
            raise LimitError("canon.too_many_blank_nodes", limit=self._limits.blank_nodes)
        if len(lines_of) == 1:  # whatever its hash
            return dict.fromkeys(lines_of, "_:c14n0")
        alike: dict[str, list[str]] = {}
        for node, lines in lines_of.items():
            lines.sort()
            hashed = self._first[node] = self._hash("".join(lines))
            alike.setdefault(hashed, []).append(node)
        shared = []
        for hashed in sorted(alike):
            nodes = alike[hashed]
            if len(nodes) == 1:
                self._issue(nodes[0])
            elif len(nodes) > self._limits.blank_nodes_same_hash:
                raise LimitError("canon.too_many_alike", limit=self._limits.blank_nodes_same_hash)
            else:
                shared.append(nodes)
        if shared:
            self._group()
        for nodes in shared:
            self._tell_apart(nodes)
        return self._canonical

    def _group(self) -> None:
        quads_of = self._quads_of
        for quad in self._dataset:
            subject, _, object_, graph = quad
            for node in dict.fromkeys((subject, object_, graph)):  # in this order: the work is counted
                if node and node[0] == "_":
                    quads_of.setdefault(node, []).append(quad)

    def _issue(self, node: str) -> None:
        if node not in self._canonical:
            self._canonical[node] = f"_:c14n{len(self._canonical)}"

    def _hash(self, text: str) -> str:
        return self._digest(_bytes(text)).hexdigest()

    def _tell_apart(self, nodes: list[str]) -> None:
        """Section 4.4.3, step 5: label nodes with equal first-degree hash by the hash of their surroundings."""
        results = [self._n_degree(node, {node: "_:b0"}, 1) for node in nodes if node not in self._canonical]
        results.sort(key=lambda result: result[0])
        for _, issued in results:
            for node in issued:
                self._issue(node)

    def _n_degree(self, node: str, issued: _Issued, depth: int) -> tuple[str, _Issued]:
        """Hash N-Degree Quads (section 4.8): the hash of all paths from ``node``, and the identifiers they issue."""
        self._calls += 1
        if self._calls > self._limits.rdfc_calls or depth > _DEEPEST:
            raise LimitError("canon.too_symmetric", limit=self._limits.rdfc_calls)
        related = self._related(node, issued)
        data = []
        for hashed in sorted(related):
            path, issued = self._best_path(related[hashed], issued, depth)
            data.append(hashed)
            data.append(path)
        return self._hash("".join(data)), issued

    def _related(self, node: str, issued: _Issued) -> dict[str, list[str]]:
        quads = self._quads_of[node]
        self._neighbours += len(quads)
        if self._neighbours > self._limits.rdfc_calls * _QUADS_PER_CALL:
            raise LimitError("canon.too_symmetric", limit=self._limits.rdfc_calls)
        related: dict[str, list[str]] = {}
        for subject, predicate, object_, graph in quads:
            if subject[0] == "_" and subject != node:
                related.setdefault(self._hash(f"s{predicate}{self._name(subject, issued)}"), []).append(subject)
            if object_[0] == "_" and object_ != node:
                related.setdefault(self._hash(f"o{predicate}{self._name(object_, issued)}"), []).append(object_)
            if graph and graph[0] == "_" and graph != node:
                related.setdefault(self._hash(f"g{self._name(graph, issued)}"), []).append(graph)
        return related

    def _name(self, node: str, issued: _Issued) -> str:
        return self._canonical.get(node) or issued.get(node) or self._first[node]

    def _best_path(self, nodes: list[str], issued: _Issued, depth: int) -> tuple[str, _Issued]:
        """The least path through ``nodes`` over all their orders (section 4.8.3, steps 5.1 to 5.6)."""
        self._permutations += factorial(len(nodes)) if len(nodes) < 20 else self._limits.rdfc_permutations + 1
        if self._permutations > self._limits.rdfc_permutations:
            raise LimitError("canon.too_symmetric", limit=self._limits.rdfc_permutations)
        best, chosen = "", issued
        for order in permutations(nodes):
            found = self._path(order, issued, best, depth)
            if found is not None and (not best or found[0] < best):
                best, chosen = found
        return best, chosen

    def _path(self, order: tuple[str, ...], issued: _Issued, best: str, depth: int) -> tuple[str, _Issued] | None:
        """The path for one order, or None as soon as it cannot become less than ``best``."""
        issued = issued.copy()
        open_nodes = []
        path = ""
        for node in order:
            name = self._canonical.get(node)
            if name is None:
                name = issued.get(node)
                if name is None:
                    open_nodes.append(node)
                    name = issued[node] = f"_:b{len(issued)}"
            path += name
            if best and len(path) >= len(best) and path > best:
                return None
        for node in open_nodes:
            hashed, deeper = self._n_degree(node, issued, depth + 1)
            path += f"{issued[node]}<{hashed}>"
            issued = deeper
            if best and len(path) >= len(best) and path > best:
                return None
        return path, issued


def _first_degree_lines(dataset: list[Quad]) -> dict[str, list[str]]:
    """For each blank node the text of Hash First Degree Quads (section 4.6), unsorted.

    The node itself is ``_:a`` there, every other blank node ``_:z``. The forms that most quads have are written out:
    this is the hottest loop of the library.
    """
    lines: defaultdict[str, list[str]] = defaultdict(list)
    for subject, predicate, object_, graph in dataset:
        if graph:
            for node in dict.fromkeys((subject, object_, graph)):
                if node[0] == "_":
                    s, o, g = [_seen_from(node, term) for term in (subject, object_, graph)]
                    lines[node].append(f"{s} {predicate} {o} {g} .\n")
        elif object_[0] != "_":
            if subject[0] == "_":
                lines[subject].append(f"_:a {predicate} {object_} .\n")
        elif subject == object_:
            lines[subject].append(f"_:a {predicate} _:a .\n")
        elif subject[0] == "_":
            lines[subject].append(f"_:a {predicate} _:z .\n")
            lines[object_].append(f"_:z {predicate} _:a .\n")
        else:
            lines[object_].append(f"{subject} {predicate} _:a .\n")
    return lines


def _seen_from(node: str, term: str) -> str:
    if term[0] != "_":
        return term
    return "_:a" if term == node else "_:z"
