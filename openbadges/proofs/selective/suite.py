"""The three roles of ecdsa-sd-2023: the issuer makes a base proof, the holder derives, the verifier verifies."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from openbadges import jsontext
from openbadges.canon import rdf, rdfc
from openbadges.canon.numbers import check_numbers
from openbadges.errors import ConfigurationError, IssuingError, MalformedError, RefusedError, UnsupportedError
from openbadges.keys.public import PublicKey
from openbadges.keys.signer import Signer
from openbadges.keys.signing import SigningKey
from openbadges.limits import DEFAULT_LIMITS, Limits
from openbadges.ports import ContextLoader
from openbadges.proofs.selective.limits import SELECTIVE_LIMITS
from openbadges.proofs.selective.pointers import choose, pick
from openbadges.proofs.selective.proof_value import (
    BaseValue,
    DerivedValue,
    key_bytes,
    read_base,
    read_derived,
    write_base,
    write_derived,
)
from openbadges.proofs.selective.statements import Statements, labelled_lines

__all__ = ["NAME", "create_base_proof", "derive", "verify_derived"]

NAME: Final = "ecdsa-sd-2023"
_KIND: Final = "P-256"
_ALGORITHM: Final = "ES256"


def create_base_proof(  # noqa: PLR0913 - by keyword; the last two are seams for known answers
    document: Mapping[str, Any],
    signer: Signer,
    *,
    created: str | None,
    contexts: ContextLoader,
    mandatory_pointers: Sequence[str] = (),
    limits: Limits = DEFAULT_LIMITS,
    purpose: str = "assertionMethod",
    options: Mapping[str, Any] | None = None,
    hmac_key: bytes | None = None,
    ephemeral: SigningKey | None = None,
) -> dict[str, Any]:
    """Make a base proof for a document; the document itself is not changed (section 3.4, Create Base Proof).

    Args:
        document: The document; proofs that it has are left out of account.
        signer: Whose key, P-256.
        created: When, as an XML Schema dateTimeStamp, or None to leave it out.
        contexts: For the statements.
        mandatory_pointers: JSON Pointers to what the holder cannot leave out. Whatever a verifier needs belongs here:
            issuer, dates, status.
        limits: Work budget.
        purpose: ``proofPurpose``.
        options: Further members: ``id``, ``expires``, ``challenge``, ``domain``, ``nonce``.
        hmac_key: 32 secret bytes, fresh for each proof; None makes them.
        ephemeral: A P-256 key, fresh for each proof; None makes one.

    Returns:
        The proof object with ``proofValue``.

    Raises:
        IssuingError: Not a P-256 key, ``previousProof``, or more statements than a proof may hold.
        MalformedError: A pointer is none or points nowhere, or the document cannot be canonicalized without loss.
        UnsupportedError: A context is not known, or the document cannot be divided.
        ConfigurationError: ``hmac_key`` or ``ephemeral`` is not what it has to be.
    """
    if (signer.public_key.kind, signer.algorithm) != (_KIND, _ALGORITHM):
        raise IssuingError("issue.suite_wrong_key", suite=NAME, kind=signer.public_key.kind, kinds=[_KIND])
    if "previousProof" in (options or {}):
        raise IssuingError("selective.chain")
    secret = secrets.token_bytes(32) if hmac_key is None else hmac_key
    once = SigningKey.generate(_KIND) if ephemeral is None else ephemeral
    if len(secret) != 32 or once.kind != _KIND:
        raise ConfigurationError("selective.secrets")
    config: dict[str, Any] = {"type": "DataIntegrityProof", "cryptosuite": NAME}
    if created is not None:
        config["created"] = created
    config |= {"verificationMethod": signer.verification_method, "proofPurpose": purpose} | dict(options or {})
    secured = _secured(document, limits)
    statements = Statements(secured, secret, contexts, limits)
    mandatory = statements.indexes(mandatory_pointers)
    kept, others = _divided(statements.lines, mandatory)
    head = _config_hash(config, secured, contexts, limits)
    value = BaseValue(
        signature=signer.sign(_signed_bytes(head, once.public_key, kept)),
        public_key=once.public_key,
        hmac_key=secret,
        signatures=tuple(once.sign(line.encode("utf-8")) for line in others),
        mandatory_pointers=tuple(mandatory_pointers),
    )
    text = write_base(value)
    if len(text) > SELECTIVE_LIMITS.proof_value_chars:
        raise IssuingError("selective.too_many_statements", statements=len(statements.lines))
    return config | {"proofValue": text}


def derive(
    document_with_base_proof: Mapping[str, Any],
    selective_pointers: Sequence[str],
    *,
    contexts: ContextLoader,
    limits: Limits = DEFAULT_LIMITS,
) -> dict[str, Any]:
    """The document that shows what is mandatory and what is chosen, with its derived proof (section 3.4, Add Derived).

    Args:
        document_with_base_proof: With exactly one proof of this suite; other proofs are left out, they could not fit.
        selective_pointers: JSON Pointers into the document. ``""`` shows everything.
        contexts: For the statements.
        limits: Work budget.

    Returns:
        A new document. The base proof is not checked: a verifier will.

    Raises:
        MalformedError: No base proof, or that of another document; a pointer that is none or points nowhere; nothing
            to show.
        RefusedError: The proof is a derived one already.
        UnsupportedError: A context is not known, or the document cannot be divided.
    """
    secured = _secured(document_with_base_proof, limits)
    proof = _base_proof(document_with_base_proof)
    base = read_base(proof.get("proofValue"))
    pointers = [*base.mandatory_pointers, *selective_pointers]
    if not pointers:
        raise MalformedError("selective.nothing_chosen")
    tree = choose(secured, pointers)
    statements = Statements(secured, base.hmac_key, contexts, limits)
    mandatory = statements.indexes(base.mandatory_pointers)
    shown, labels = statements.disclosed(pointers)
    signed = [index for index in range(len(statements.lines)) if index not in mandatory]
    if len(signed) != len(base.signatures):
        raise MalformedError("selective.other_document", pointer="/proof/proofValue")
    value = DerivedValue(
        signature=base.signature,
        public_key=base.public_key,
        signatures=tuple(one for index, one in zip(signed, base.signatures, strict=True) if index in shown),
        labels=labels,
        mandatory_indexes=tuple(place for place, index in enumerate(sorted(shown)) if index in mandatory),
    )
    text = write_derived(value)
    revealed: dict[str, Any] = pick(secured, tree)
    return revealed | {"proof": {**proof, "proofValue": text}}


def verify_derived(
    document: Mapping[str, Any],
    proof: Mapping[str, Any],
    key: PublicKey,
    *,
    contexts: ContextLoader,
    limits: Limits = DEFAULT_LIMITS,
) -> str:
    """Check a derived proof with a key that is known to be the right one (section 3.4, Verify Derived Proof).

    Args:
        document: The whole document, proofs included.
        proof: One of its proofs, as ``data_integrity.read_proofs`` gave it.
        key: The key of the verification method, from its controller.
        contexts: For the statements.
        limits: Work budget.

    Returns:
        ``"ES256"``, the signature algorithm.

    Raises:
        RefusedError: A signature does not fit, the proof does not fit the document, the key is not one for this suite,
            or the proof is a base proof, which is for the holder alone.
        MalformedError: The document or ``proofValue`` cannot be read.
        UnsupportedError: A context is not known, or the proof builds on another one.
    """
    if key.kind != _KIND:
        raise RefusedError("proof.suite_wrong_key", suite=NAME, kind=key.kind)
    if "previousProof" in proof:
        raise UnsupportedError("selective.chain")
    if "@context" in proof:
        raise MalformedError("proof.context_not_allowed", pointer="/proof/@context")
    value = read_derived(proof.get("proofValue"))
    secured = _secured(document, limits)
    lines = _lines_shown(secured, value, contexts, limits)
    if not all(index < len(lines) for index in value.mandatory_indexes):
        raise RefusedError("selective.indexes", pointer="/proof/proofValue")
    mandatory, others = _divided(lines, value.mandatory_indexes)
    if len(others) != len(value.signatures):
        raise RefusedError(
            "selective.count", pointer="/proof/proofValue", expected=len(others), found=len(value.signatures)
        )
    config = jsontext.parse_object(
        jsontext.dump({name: member for name, member in proof.items() if name != "proofValue"}), limits
    )
    head = _config_hash(config, secured, contexts, limits)
    key.verify(value.signature, _signed_bytes(head, value.public_key, mandatory), _ALGORITHM)
    for line, signature in zip(others, value.signatures, strict=True):
        value.public_key.verify(signature, line.encode("utf-8"), _ALGORITHM)
    return _ALGORITHM


def _secured(document: Mapping[str, Any], limits: Limits) -> dict[str, Any]:
    """A plain copy without proofs, with every limit of JSON checked."""
    members = {name: member for name, member in document.items() if name != "proof"}
    check_numbers(members)
    return jsontext.parse_object(jsontext.dump(members), limits)


def _config_hash(
    config: Mapping[str, Any], document: Mapping[str, Any], contexts: ContextLoader, limits: Limits
) -> bytes:
    options = {**config, "@context": document.get("@context")}
    return hashlib.sha256(rdf.canonicalize(options, contexts, limits=limits).encode("utf-8")).digest()


def _signed_bytes(config_hash: bytes, ephemeral: PublicKey, mandatory: Iterable[str]) -> bytes:
    """What the issuer signs (section 3.4, Base Proof Serialization)."""
    return config_hash + key_bytes(ephemeral) + hashlib.sha256("".join(mandatory).encode("utf-8")).digest()


def _divided(lines: Sequence[str], indexes: Iterable[int]) -> tuple[list[str], list[str]]:
    """Mandatory statements and the others, both in order."""
    chosen = frozenset(indexes)
    mandatory = [line for index, line in enumerate(lines) if index in chosen]
    return mandatory, [line for index, line in enumerate(lines) if index not in chosen]


def _lines_shown(document: dict[str, Any], value: DerivedValue, contexts: ContextLoader, limits: Limits) -> list[str]:
    """The statements as the issuer signed them. Each blank node needs a label of its own: two must not become one."""
    quads, names = rdfc.canonical_quads(rdf.dataset(document, contexts, limits=limits), limits=limits)
    if set(names.values()) != set(value.labels):
        raise RefusedError("selective.labels", pointer="/proof/proofValue")
    return labelled_lines(quads, value.labels)


def _base_proof(document: Mapping[str, Any]) -> Mapping[str, Any]:
    value = document.get("proof")
    proofs = value if isinstance(value, list) else [value]
    found = [proof for proof in proofs if isinstance(proof, Mapping) and proof.get("cryptosuite") == NAME]
    if len(found) != 1:
        raise MalformedError("selective.no_base_proof", pointer="/proof")
    return found[0]
