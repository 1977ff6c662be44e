"""Embedded proofs (W3C Verifiable Credential Data Integrity 1.0): make one, read them strictly, check one.

Which key a proof has to be checked with is not decided here: the key comes from the issuer, never from the proof.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from openbadges.canon.statements import Statements
from openbadges.encoding.base import decode_multibase, encode_multibase
from openbadges.errors import IssuingError, MalformedError, RefusedError, UnsupportedError
from openbadges.jsontext import pointer_to
from openbadges.keys.public import PublicKey
from openbadges.keys.signer import Signer
from openbadges.limits import DEFAULT_LIMITS, Limits
from openbadges.ports import ContextLoader
from openbadges.proofs.suites import OFFERED, SUITES, Cryptosuite

__all__ = [
    "check_count", "create_proof", "has_rdf_proof", "read_proofs", "suite_of", "verify_proof", "with_proofs",
    "without_proofs",
]  # fmt: skip

_TEXT_MEMBERS = frozenset(
    {
        "id", "type", "cryptosuite", "created", "expires", "verificationMethod", "proofPurpose", "proofValue",
        "challenge", "nonce",
    }
)  # fmt: skip
_TEXTS_MEMBERS = frozenset({"domain", "previousProof"})  # one text or a list of them
_MEMBERS = _TEXT_MEMBERS | _TEXTS_MEMBERS | {"@context"}
_USUAL = frozenset({"type", "cryptosuite", "created", "verificationMethod", "proofPurpose", "proofValue"})
_REQUIRED = ("type", "verificationMethod", "proofPurpose", "proofValue")


def read_proofs(document: Mapping[str, Any], limits: Limits = DEFAULT_LIMITS) -> tuple[Mapping[str, Any], ...]:
    """The proofs of a document, each of the plain form that the members of a proof have.

    Raises:
        MalformedError: No proof, or one with an unknown, missing or wrongly written member (``proof.*``).
    """
    value = document.get("proof")
    if value is None:
        raise MalformedError("proof.missing", pointer="/proof")
    if limits.proofs and _is_usual(value):
        return (value,)
    proofs = value if isinstance(value, list) else [value]
    if not proofs:
        raise MalformedError("proof.missing", pointer="/proof")
    check_count(document, limits)
    for index, proof in enumerate(proofs):
        _check_form(proof, ("proof", index) if isinstance(value, list) else ("proof",))
        if proof in proofs[:index]:
            raise MalformedError("shape.repeated", pointer=pointer_to("proof", index))
    _check_chain(proofs)
    return tuple(proofs)


def check_count(document: Mapping[str, Any], limits: Limits = DEFAULT_LIMITS) -> None:
    """Refuse more proofs than there may be; to be asked before anything is done with any of them (V-LD-6).

    Raises:
        MalformedError: ``proof.too_many``.
    """
    if len(_listed(document.get("proof"))) > limits.proofs:
        raise MalformedError("proof.too_many", pointer="/proof", limit=limits.proofs)


def suite_of(proof: Mapping[str, Any]) -> Cryptosuite:
    """The cryptosuite a proof says it was made with.

    Raises:
        UnsupportedError: ``proof.unknown_suite``; the outcome is unknown then.
    """
    kind = proof["type"]
    name = proof.get("cryptosuite") if kind == "DataIntegrityProof" else kind
    suite = SUITES.get(name) if isinstance(name, str) else None
    if suite is None or suite.proof_type != kind:
        raise UnsupportedError("proof.unknown_suite", suite=name or kind)
    return suite


def has_rdf_proof(document: Mapping[str, Any]) -> bool:
    """Whether a proof says that it is over the canonical RDF of the document; the proofs need not be good."""
    for proof in _listed(document.get("proof")):
        named = [proof.get("cryptosuite"), proof.get("type")] if isinstance(proof, Mapping) else []
        if any(isinstance(name, str) and name in SUITES and SUITES[name].is_rdf for name in named):
            return True
    return False


def verify_proof(  # noqa: PLR0913 - by keyword
    document: Mapping[str, Any],
    proof: Mapping[str, Any],
    key: PublicKey,
    *,
    contexts: ContextLoader,
    limits: Limits = DEFAULT_LIMITS,
    statements: Statements | None = None,
) -> str:
    """Check one proof of a document with a key that is known to be the right one (section 4.4, 4.5).

    Args:
        document: The whole document, proofs included.
        proof: One of its proofs, as ``read_proofs`` gave it.
        key: The key of the verification method, from its controller.
        contexts: For the canonical RDF forms.
        limits: Work budget.
        statements: What the document says without its proofs, where the closed-shape check has found it already.

    Returns:
        The name of the signature algorithm.

    Raises:
        RefusedError: The signature does not fit, or the key is not one for this suite.
        UnsupportedError: The suite or a context is not known.
        MalformedError: The document or the proof value cannot be canonicalized or decoded.
    """
    suite = suite_of(proof)
    if suite.selective:
        from openbadges.proofs import selective  # noqa: PLC0415 - rarely met

        return selective.verify_derived(document, proof, key, contexts=contexts, limits=limits)
    algorithm, hash_name = _algorithm(suite, key)
    signature = _signature(proof["proofValue"], limits)
    config = {name: value for name, value in proof.items() if name != "proofValue"}
    secured = _input_document(document, proof)
    if suite.stores_context:
        secured = _with_stored_context(secured, proof)
    else:
        if "@context" in proof:
            raise MalformedError("proof.context_not_allowed", pointer="/proof/@context")
        config["@context"] = document.get("@context")
    if "proof" in secured:
        statements = None  # those do not know the proofs that came before
    key.verify(signature, suite.signed_bytes(secured, config, hash_name, contexts, limits, statements), algorithm)
    return algorithm


def create_proof(  # noqa: PLR0913 - by keyword, one for each thing the specification lets a proof say
    document: Mapping[str, Any],
    signer: Signer,
    *,
    suite: str,
    created: str | None,
    contexts: ContextLoader,
    limits: Limits = DEFAULT_LIMITS,
    purpose: str = "assertionMethod",
    options: Mapping[str, Any] | None = None,
    mandatory_pointers: Sequence[str] = (),
    statements: Statements | None = None,
) -> dict[str, Any]:
    """Make a proof for a document; the document itself is not changed (section 4.3).

    Args:
        document: The document, with the proofs it already has.
        signer: Who signs, and with which verification method.
        suite: A name from ``SUITES``.
        created: When, as an XML Schema dateTimeStamp, or None to leave it out.
        contexts: For the canonical RDF forms.
        limits: Work budget.
        purpose: ``proofPurpose``.
        options: Further members: ``id``, ``expires``, ``challenge``, ``domain``, ``nonce``, ``previousProof``.
        mandatory_pointers: For a selective suite: JSON Pointers to what a holder cannot leave out.
        statements: As for ``verify_proof``.

    Raises:
        IssuingError: The suite is not one to sign with, does not fit the key, or lacks a context in the document.
        MalformedError: The document cannot be canonicalized without loss.
    """
    found = SUITES.get(suite)
    if found is None or not found.creates:
        raise IssuingError("issue.suite_not_offered", suite=suite, suites=list(OFFERED))
    if signer.public_key.kind not in found.keys or found.keys[signer.public_key.kind][0] != signer.algorithm:
        raise IssuingError("issue.suite_wrong_key", suite=suite, kind=signer.public_key.kind, kinds=list(found.keys))
    if found.needs_context and found.needs_context not in document.get("@context", ()):
        raise IssuingError("issue.context_needed", suite=suite, url=found.needs_context)
    if found.selective:
        from openbadges.proofs import selective  # noqa: PLC0415 - rarely asked for

        return selective.create_base_proof(
            document,
            signer,
            created=created,
            contexts=contexts,
            mandatory_pointers=mandatory_pointers,
            limits=limits,
            purpose=purpose,
            options=options,
        )
    proof: dict[str, Any] = {"type": found.proof_type}
    if found.proof_type == "DataIntegrityProof":
        proof["cryptosuite"] = found.name
    if created is not None:
        proof["created"] = created
    proof |= {"verificationMethod": signer.verification_method, "proofPurpose": purpose} | dict(options or {})
    if found.stores_context:
        proof = {"@context": document.get("@context")} | proof
    config = proof | {"@context": document.get("@context")}
    secured = _input_document(document, proof)
    _, hash_name = found.keys[signer.public_key.kind]
    if "proof" in secured:
        statements = None
    signature = signer.sign(found.signed_bytes(secured, config, hash_name, contexts, limits, statements))
    return proof | {"proofValue": encode_multibase(signature)}


def without_proofs(document: Mapping[str, Any]) -> dict[str, Any]:
    """The document without its ``proof`` member; a new value."""
    return {name: value for name, value in document.items() if name != "proof"}


def with_proofs(document: Mapping[str, Any], proofs: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The document with these proofs: one as an object, several as a list; a new value."""
    proof = dict(proofs[0]) if len(proofs) == 1 else [dict(one) for one in proofs]
    return without_proofs(document) | {"proof": proof}


def _is_usual(proof: Any) -> bool:
    """Whether a proof stands alone and is as nearly all are: nothing that is asked after this can be wrong with it."""
    if type(proof) is not dict or proof.keys() != _USUAL:
        return False
    for text in proof.values():  # noqa: SIM110 - of all badges
        if type(text) is not str or not text:
            return False
    return True


def _check_form(proof: Any, path: tuple[str | int, ...]) -> None:
    if not isinstance(proof, Mapping):
        raise MalformedError("proof.not_object", pointer=pointer_to(*path))
    for name in proof:
        if name not in _MEMBERS:
            raise MalformedError("proof.unknown_member", pointer=pointer_to(*path, name), name=name)
    for name in (*_REQUIRED, "cryptosuite") if proof.get("type") == "DataIntegrityProof" else _REQUIRED:
        if name not in proof:
            raise MalformedError("proof.member_missing", pointer=pointer_to(*path, name), name=name)
    for name in filter(_TEXT_MEMBERS.__contains__, proof):  # in the order of the document, not of a set
        if not isinstance(proof[name], str) or not proof[name]:
            raise MalformedError("proof.member_not_text", pointer=pointer_to(*path, name), name=name)
    for name in filter(_TEXTS_MEMBERS.__contains__, proof):
        value = proof[name] if isinstance(proof[name], list) else [proof[name]]
        if not value or not all(isinstance(text, str) and text for text in value) or len(set(value)) != len(value):
            raise MalformedError("proof.member_not_text", pointer=pointer_to(*path, name), name=name)


def _check_chain(proofs: Sequence[Mapping[str, Any]]) -> None:
    """Ids are unique, previous proofs exist, and nothing comes before itself (section 2.1.2)."""
    before = {proof["id"]: _previous(proof) for proof in proofs if "id" in proof}
    if len(before) != sum("id" in proof for proof in proofs):
        raise MalformedError("proof.same_id", pointer="/proof")
    for proof in proofs:
        missing = [name for name in _previous(proof) if name not in before]
        if missing:
            raise MalformedError("proof.previous_missing", pointer="/proof", id=missing[0])
    for start, earlier_ones in before.items():
        seen: set[str] = set()
        reached = set(earlier_ones)
        while reached - seen:
            seen |= reached
            reached = {earlier for name in reached for earlier in before[name]}
        if start in seen:
            raise MalformedError("proof.previous_circle", pointer="/proof", id=start)


def _previous(proof: Mapping[str, Any]) -> list[str]:
    value = proof.get("previousProof", [])
    return [value] if isinstance(value, str) else value


def _input_document(document: Mapping[str, Any], proof: Mapping[str, Any]) -> dict[str, Any]:
    """What a proof secures: the document without proofs, but with those it says came before it (section 4.5)."""
    secured = without_proofs(document)
    wanted = _previous(proof)
    if wanted:
        value = document.get("proof", [])
        present = value if isinstance(value, list) else [value]
        secured["proof"] = [dict(other) for other in present if other.get("id") in wanted]
    return secured


def _with_stored_context(document: dict[str, Any], proof: Mapping[str, Any]) -> dict[str, Any]:
    """The JCS suites hash with the context that the proof keeps; the document may have appended to it since."""
    if "@context" not in proof:
        return document
    stored, present = _listed(proof["@context"]), _listed(document.get("@context"))
    if present[: len(stored)] != stored:
        raise RefusedError("proof.context_changed")
    return document | {"@context": proof["@context"]}


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _algorithm(suite: Cryptosuite, key: PublicKey) -> tuple[str, str]:
    found = suite.keys.get(key.kind)
    if found is None:
        raise RefusedError("proof.suite_wrong_key", suite=suite.name, kind=key.kind)
    return found


def _signature(text: str, limits: Limits) -> bytes:
    if len(text) > limits.proof_value_chars or not text.startswith("z"):
        raise MalformedError("proof.value_form", pointer="/proof/proofValue")
    return decode_multibase(text, max_chars=limits.proof_value_chars)
