"""What a document says: its quads, and their canonical form, which is made once for all proofs over it."""

from __future__ import annotations

from collections.abc import Sequence

from openbadges.canon import rdfc
from openbadges.canon.nquads import Quad
from openbadges.limits import Limits

__all__ = ["Statements"]


class Statements:
    """The quads of a document without its proofs.

    Args:
        quads: Canonical terms, as ``nquads`` makes them; they must not change from here.
    """

    __slots__ = ("_canonical", "quads")

    def __init__(self, quads: Sequence[Quad]) -> None:
        self.quads = quads
        self._canonical: dict[tuple[str, Limits], bytes] = {}

    def canonical(self, hash_name: str, limits: Limits) -> bytes:
        """The canonical N-Quads in UTF-8; raises as ``rdfc.canonicalize``."""
        found = self._canonical.get((hash_name, limits))
        if found is None:
            text = rdfc.canonicalize(self.quads, hash_name=hash_name, limits=limits)
            found = self._canonical[hash_name, limits] = text.encode("utf-8")
        return found

    def are(self, quads: Sequence[Quad]) -> bool:
        """Whether these are the same quads, in any order, with the same names for blank nodes."""
        return self.quads == quads or set(self.quads) == set(quads)  # two walks nearly always go the same way
