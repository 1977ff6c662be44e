"""The statements of a document under secret names, and which of them a choice of members stands for.

Blank nodes have no names that survive leaving parts of the document out, so for the length of a computation each node
object without an id gets one (skolemization, ECDSA Cryptosuites 1.0, section 3.4). Unlike there, the ids are put into
the document as it is written, not into one expanded and compacted again, because compaction may change what pointers
point at; that nothing else changes is checked.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any, Final

from openbadges.canon import rdf, rdfc
from openbadges.canon.nquads import Quad, serialize
from openbadges.encoding.base import encode_base64url
from openbadges.errors import MalformedError, UnsupportedError
from openbadges.limits import Limits
from openbadges.ports import ContextLoader
from openbadges.proofs.selective.pointers import choose, pick

__all__ = ["Statements", "labelled_lines", "secret_label"]

_ID: Final = "urn:bnid:"
_NAMED, _PART = "_:n", "_:p"  # our nodes; what has no id in a part (list cells, graphs), unlike anything in the whole
_NOT_NODES: Final = frozenset({"@value", "@list", "@set"})


def secret_label(key: bytes, canonical: str) -> str:
    """The label that stands for a canonical one, both without ``_:``."""
    return "u" + encode_base64url(hmac.digest(key, canonical.encode("ascii"), hashlib.sha256))


def labelled_lines(quads: Iterable[Quad], labels: Mapping[str, str]) -> list[str]:
    """Sorted N-Quads, each with its line feed, with other labels for the blank nodes.

    Raises:
        KeyError: A blank node has no label.
    """
    renamed = [
        (_labelled(subject, labels), predicate, _labelled(value, labels), _labelled(graph, labels))
        for subject, predicate, value, graph in quads
    ]
    return sorted(serialize([quad]) for quad in dict.fromkeys(renamed))


class Statements:
    """A document taken apart with the issuer's secret.

    Attributes:
        lines: Its statements as N-Quads with secret labels, sorted. Their positions are what proofs count with.
    """

    def __init__(self, document: dict[str, Any], key: bytes, contexts: ContextLoader, limits: Limits) -> None:
        """Take a document apart.

        Args:
            document: Plain JSON without proof.
            key: 32 bytes.
            contexts: For the statements.
            limits: Work budget.

        Raises:
            UnsupportedError: ``selective.not_divisible``, or a context is not known.
            MalformedError: The document cannot be canonicalized without loss.
        """
        self._document, self._contexts, self._limits = document, contexts, limits
        self._marked, self._quads = self._skolemized()
        canonical, names = rdfc.canonicalize_with_map(self._quads, limits=limits)
        if canonical != rdf.canonicalize(document, contexts, limits=limits):
            raise UnsupportedError("selective.not_divisible")
        self._labels = {old: secret_label(key, new) for old, new in names.items()}
        self.lines = labelled_lines(self._quads, self._labels)
        self._index = {line: index for index, line in enumerate(self.lines)}

    def indexes(self, pointers: Sequence[str]) -> frozenset[int]:
        """The positions of the statements that the members at these places make; no pointers, no statements.

        Raises:
            MalformedError: A pointer that is none or points nowhere; ``selective.part`` where a value that only has a
                meaning as a whole (a list, a JSON value, a text with its language) is not chosen as a whole.
            LimitError: Too many pointers.
        """
        return self._indexes(self._part(pointers), pointers)

    def disclosed(self, pointers: Sequence[str]) -> tuple[frozenset[int], dict[str, str]]:
        """Like ``indexes``, with the label of each blank node: the canonical one in that part -> the secret one."""
        quads = self._part(pointers)
        _, names = rdfc.canonicalize_with_map(quads, limits=self._limits)
        positions = self._indexes(quads, pointers)
        return positions, {new: self._labels[old] for old, new in names.items()}

    def _skolemized(self) -> tuple[dict[str, Any], list[Quad]]:
        """The document with an id for each node, and its quads; what does not come out as a node was none."""
        everywhere = _Marker(None).marked(self._document)
        quads = rdf.dataset(everywhere, self._contexts, limits=self._limits)
        terms = {term for quad in quads for term in quad}
        marked = _Marker(terms).marked(self._document)
        if marked != everywhere:
            quads = rdf.dataset(marked, self._contexts, limits=self._limits)
        return marked, [_deskolemized(quad, str) for quad in quads]

    def _part(self, pointers: Sequence[str]) -> list[Quad]:
        if not pointers:
            return []
        part = pick(self._marked, choose(self._document, pointers))
        quads = rdf.dataset(part, self._contexts, limits=self._limits)
        return _matched([_deskolemized(quad, _as_part) for quad in quads], self._quads)

    def _indexes(self, quads: Iterable[Quad], pointers: Sequence[str]) -> frozenset[int]:
        try:
            return frozenset(self._index[line] for line in labelled_lines(quads, self._labels))
        except KeyError as error:
            raise MalformedError("selective.part", pointers=list(pointers)) from error


class _Marker:
    """Copies a document and gives node objects an id: all that may be nodes, or those whose id is one of ``terms``."""

    def __init__(self, terms: AbstractSet[str] | None) -> None:
        self._terms = terms
        self._count = 0

    def marked(self, value: Any) -> Any:
        """The copy; ids are numbered in the order of the document, so that they are the same each time."""
        if isinstance(value, list):
            return [self.marked(item) for item in value]
        if not isinstance(value, dict):
            return value
        own = self._own_id(value)
        return {name: item if name == "@context" else self.marked(item) for name, item in value.items()} | own

    def _own_id(self, members: dict[str, Any]) -> dict[str, str]:
        name = next((name for name in ("id", "@id") if name in members), "@id")
        present = members.get(name, "_:")
        if not _NOT_NODES.isdisjoint(members) or not isinstance(present, str) or not present.startswith("_:"):
            return {}
        self._count += 1
        text = f"{_ID}{self._count}"
        return {name: text} if self._terms is None or f"<{text}>" in self._terms else {}


def _as_part(term: str) -> str:
    return _PART + term[2:] if term.startswith("_:") else term


def _deskolemized(quad: Quad, others: Callable[[str], str]) -> Quad:
    subject, predicate, value, graph = (
        _NAMED + term[len(_ID) + 1 : -1] if term.startswith(f"<{_ID}") else others(term) for term in quad
    )
    return subject, predicate, value, graph


def _labelled(term: str, labels: Mapping[str, str]) -> str:
    return "_:" + labels[term[2:]] if term.startswith("_:") else term


def _matched(part: list[Quad], whole: list[Quad]) -> list[Quad]:
    """Give list cells and graphs of a part the labels they have in the whole.

    Each is the value of exactly one quad, so labels spread from the nodes that have ids. What finds no counterpart
    keeps a label that the whole does not have.
    """
    index = _Index(part, whole)
    names: dict[str, str] = {}
    taken: set[str] = set()
    pending = [quad for quad in reversed(part) if quad[2].startswith(_PART)]  # what is inside was written first
    while pending:
        left = []
        for quad in pending:
            candidates = [name for name in index.candidates(_renamed(quad, names)) if name not in taken]
            if len(candidates) > 1:
                candidates = [name for name in candidates if index.fits(quad[2], name, names)]
            if candidates:
                names[quad[2]] = candidates[0]
                taken.add(candidates[0])
            else:
                left.append(quad)
        if len(left) == len(pending):
            break
        pending = left
    return [_renamed(quad, names) for quad in part]


class _Index:
    """What is said about list cells and graphs, in a part and in the whole."""

    def __init__(self, part: list[Quad], whole: list[Quad]) -> None:
        self._known = set(whole)
        self._values: dict[tuple[str, str, str], list[str]] = {}
        for subject, predicate, value, graph in dict.fromkeys(whole):
            if value.startswith("_:") and not value.startswith(_NAMED):
                self._values.setdefault((subject, predicate, graph), []).append(value)
        self._about: dict[str, list[Quad]] = {}
        for quad in part:
            for term in {quad[0], quad[3]}:
                self._about.setdefault(term, []).append(quad)

    def candidates(self, quad: Quad) -> list[str]:
        """The labels in the whole that may be meant by the value of a quad."""
        return self._values.get((quad[0], quad[1], quad[3]), [])

    def fits(self, value: str, name: str, names: Mapping[str, str]) -> bool:
        """Whether the whole says of ``name`` all that the part says of ``value``, as far as labels are certain."""
        certain = {**names, value: name}
        pending = [value]
        while pending:
            for quad in self._about.get(pending.pop(), ()):
                found = _renamed(quad, certain)
                candidates = self.candidates(found)
                if found[0].startswith(_PART):
                    continue  # of a list inside a graph; looked at when its own label is certain
                if found not in self._known and not (found[2].startswith(_PART) and candidates):
                    return False
                if found[2].startswith(_PART) and len(candidates) == 1:
                    certain[found[2]] = candidates[0]
                    pending.append(found[2])
        return True


def _renamed(quad: Quad, names: Mapping[str, str]) -> Quad:
    subject, predicate, value, graph = quad
    return names.get(subject, subject), predicate, names.get(value, value), names.get(graph, graph)
