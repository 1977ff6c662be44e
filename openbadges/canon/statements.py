"""What a document says: its quads, and the hash of their canonical form, made once for all proofs over it."""

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

    __slots__ = ("_digests", "quads")

    def __init__(self, quads: Sequence[Quad]) -> None:
        self.quads = quads
        self._digests: dict[tuple[str, Limits], bytes] = {}

    def digest(self, hash_name: str, limits: Limits) -> bytes:
        """The hash of the canonical N-Quads in UTF-8, which names their blank nodes too; raises as ``rdfc``."""
        found = self._digests.get((hash_name, limits))
        if found is None:
            text = rdfc.canonicalize(self.quads, hash_name=hash_name, limits=limits)
            found = self._digests[hash_name, limits] = rdfc.HASHES[hash_name](text.encode("utf-8")).digest()
        return found

    def are(self, quads: Sequence[Quad]) -> bool:
        """Whether these are the same quads, in any order, with the same names for blank nodes."""
        return self.quads == quads or set(self.quads) == set(quads)  # two walks nearly always go the same way
