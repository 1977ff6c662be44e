"""What all cryptosuites of this library share: canonicalize, hash twice, sign the two hashes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from openbadges.canon import rdf
from openbadges.canon.rdfc import HASHES
from openbadges.canon.statements import Statements
from openbadges.limits import Limits
from openbadges.ports import ContextLoader
from openbadges.proofs.suites.configuration import canonical_configuration

__all__ = ["Canonicalize", "Cryptosuite", "jcs_bytes", "rdfc_bytes"]

Canonicalize = Callable[[Mapping[str, Any], ContextLoader, str, Limits], bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cryptosuite:
    """One way to secure a document (Verifiable Credential Data Integrity 1.0, section 3).

    Attributes:
        name: The ``cryptosuite`` of a DataIntegrityProof, or the proof's ``type`` for suites older than that.
        canonicalize: Turns a document into bytes that do not depend on how it was written.
        keys: Kind of key -> (JOSE name of the signature algorithm, hash).
        proof_type: ``type`` of the proof.
        stores_context: Whether the proof keeps the ``@context`` that was hashed (the JCS suites do).
        creates: Whether new proofs are made with it; the others are read only.
        needs_context: A context the document has to name, or None.
        selective: Whether the signature is over single statements, so that a holder can show a part. Such a suite has
            its own algorithms (``proofs.selective``) and ``canonicalize`` is only one step of them.
    """

    name: str
    canonicalize: Canonicalize
    keys: Mapping[str, tuple[str, str]]
    proof_type: str = "DataIntegrityProof"
    stores_context: bool = False
    creates: bool = True
    needs_context: str | None = None
    selective: bool = False

    @property
    def is_rdf(self) -> bool:
        """Whether the signature is over the canonical RDF of the whole document."""
        return self.canonicalize is rdfc_bytes and not self.selective

    def signed_bytes(  # noqa: PLR0913, PLR0917 - two callers, every argument of its own type
        self,
        document: Mapping[str, Any],
        config: Mapping[str, Any],
        hash_name: str,
        contexts: ContextLoader,
        limits: Limits,
        statements: Statements | None = None,
    ) -> bytes:
        """What the signature is over: hash of the proof configuration, then hash of the document (section 4.4).

        Args:
            document: The document without the proof being made or checked.
            config: The proof without ``proofValue``, with ``@context``.
            hash_name: ``"sha256"`` or ``"sha384"``.
            contexts: For the canonical RDF forms.
            limits: Work budget of canonicalization.
            statements: What the document says, where that is known: a suite of canonical RDF need not ask again.
        """
        digest = HASHES[hash_name]
        if statements is not None and self.is_rdf:
            secured = statements.digest(hash_name, limits)
        else:
            secured = digest(self.canonicalize(document, contexts, hash_name, limits)).digest()
        of_config = canonical_configuration if self.is_rdf else self.canonicalize
        options = of_config(config, contexts, hash_name, limits)
        return digest(options).digest() + secured


def rdfc_bytes(document: Mapping[str, Any], contexts: ContextLoader, hash_name: str, limits: Limits) -> bytes:
    """Canonical N-Quads in UTF-8; the labels of blank nodes use the suite's own hash."""
    return rdf.canonicalize(document, contexts, hash_name=hash_name, limits=limits).encode("utf-8")


def jcs_bytes(document: Mapping[str, Any], contexts: ContextLoader, hash_name: str, limits: Limits) -> bytes:  # noqa: ARG001 - suites share one shape
    """Canonical JSON (RFC 8785)."""
    from openbadges.canon import jcs  # noqa: PLC0415 - most badges do not need it

    return jcs.canonicalize(document)
