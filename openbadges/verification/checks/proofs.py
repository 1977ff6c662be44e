"""Embedded proofs: every one has to pass, and at least one has to be the issuer's (V-LD-5, V-LD-6)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from openbadges.canon.statements import Statements
from openbadges.encoding.times import parse_instant
from openbadges.errors import (
    LimitError,
    MalformedError,
    OpenBadgesError,
    RefusedError,
    UnreachableError,
    UnsupportedError,
)
from openbadges.proofs.data_integrity import read_proofs, suite_of, verify_proof
from openbadges.report import Check, Outcome, passed
from openbadges.verification.checks.keys import FoundKey, controller_of, key_of_method
from openbadges.verification.inquiry import Inquiry

__all__ = ["Signed", "check_embedded_proofs", "finding"]

_CANNOT_TELL = (UnsupportedError, UnreachableError)


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """What is known of the signatures.

    Attributes:
        checks: ``proof.signature`` and ``proof.purpose`` for each proof, and one ``issuer.binding``.
        key: The issuer's key, when the binding passed.
        algorithm: The signature algorithm of that key's proof.
    """

    checks: tuple[Check, ...]
    key: FoundKey | None = None
    algorithm: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _One:
    """One proof, judged."""

    checks: tuple[Check, ...]
    controller: str | None = None
    key: FoundKey | None = None
    algorithm: str | None = None
    binding_problem: OpenBadgesError | None = None

    @property
    def good(self) -> bool:
        return self.algorithm is not None

    @property
    def undecided(self) -> bool:
        return any(check.outcome is Outcome.UNKNOWN for check in self.checks)


def finding(check_id: str, error: OpenBadgesError, **facts: Any) -> Check:
    """A check that did not pass, said by an error: UNKNOWN where it could not be told, FAIL otherwise."""
    outcome = Outcome.UNKNOWN if isinstance(error, _CANNOT_TELL) else Outcome.FAIL
    return Check(id=check_id, outcome=outcome, code=error.code, params=error.params | facts)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is the same for all proofs of a document."""

    document: Mapping[str, Any]
    inquiry: Inquiry
    purpose: str
    statements: Statements | None


def check_embedded_proofs(
    document: Mapping[str, Any],
    issuer: str | None,
    inquiry: Inquiry,
    *,
    purpose: str = "assertionMethod",
    statements: Statements | None = None,
) -> Signed:
    """Check all proofs of a document against the issuer's keys.

    Args:
        document: The document with its proofs.
        issuer: Id of the issuer (of the holder, for a presentation).
        inquiry: The verification under way.
        purpose: What the proofs have to be for.
        statements: What the document says without its proofs, where the closed-shape check has found it already.

    Raises:
        MalformedError: The proofs are not of the form proofs have, or the document has no canonical form.
    """
    try:
        proofs = read_proofs(document, inquiry.limits)
    except MalformedError as error:
        if error.code != "proof.missing":
            raise
        return Signed(checks=(finding("proof.signature", error), _binding_skipped()))
    asked = _Asked(document, inquiry, purpose, statements)
    judged = [_judge(asked, proof, index) for index, proof in enumerate(proofs)]
    binding, chosen = _bind(judged, issuer)
    if chosen is None:
        return Signed(checks=(*(check for one in judged for check in one.checks), binding))
    checks: list[Check] = []
    for index, one in enumerate(judged):
        if one.binding_problem is not None:  # a stranger's key cannot be used: the issuer's proof does not excuse it
            checks.append(finding("proof.signature", one.binding_problem, proof=index))
        else:
            checks += one.checks if one.controller == issuer else [_of_a_stranger(one, check) for check in one.checks]
    return Signed(checks=(*checks, binding), key=chosen.key, algorithm=chosen.algorithm)


def _judge(asked: _Asked, proof: Mapping[str, Any], index: int) -> _One:
    place = {"proof": index}
    try:
        suite_of(proof)
        if proof["proofPurpose"] != asked.purpose:
            wrong = RefusedError("proof.purpose_wrong", purpose=proof["proofPurpose"])
            return _One(checks=(_skipped(place), finding("proof.purpose", wrong, **place)))
        _check_dates(proof, asked.inquiry)
        _check_stored_context(asked.document, proof, asked.inquiry)
        controller = controller_of(proof["verificationMethod"], asked.inquiry)
    except OpenBadgesError as error:
        problem = error if error.code in ("binding.no_way",) or error.code.startswith("did") else None
        check = _skipped(place) if problem else finding("proof.signature", error, **place)
        return _One(checks=(check,), binding_problem=problem)
    return _judge_signature(asked, proof, place, controller)


def _judge_signature(asked: _Asked, proof: Mapping[str, Any], place: Mapping[str, int], controller: str) -> _One:
    inquiry = asked.inquiry
    try:
        key = key_of_method(proof["verificationMethod"], inquiry, purpose=asked.purpose)
    except _CANNOT_TELL as error:
        return _One(checks=(finding("proof.signature", error, **place),), controller=controller)
    except OpenBadgesError as error:
        if error.code == "key.wrong_purpose":
            return _One(checks=(_skipped(place), finding("proof.purpose", error, **place)), controller=controller)
        return _One(checks=(_skipped(place),), binding_problem=error)
    good_purpose = passed("proof.purpose", "proof.purpose_good", **place)
    try:
        algorithm = verify_proof(
            asked.document,
            proof,
            key.public_key,
            contexts=inquiry.contexts,
            limits=inquiry.limits,
            statements=asked.statements,
        )
    except OpenBadgesError as error:
        if isinstance(error, LimitError) or error.code.startswith("canon."):
            raise
        return _One(checks=(finding("proof.signature", error, **place), good_purpose), controller=controller)
    good = passed("proof.signature", "proof.good", algorithm=algorithm, **place)
    return _One(checks=(good, good_purpose), controller=controller, key=key, algorithm=algorithm)


def _bind(judged: list[_One], issuer: str | None) -> tuple[Check, _One | None]:
    if issuer is None:
        return finding("issuer.binding", RefusedError("binding.issuer_not_text")), None
    own = next((one for one in judged if one.good and one.controller == issuer), None)
    if own is not None and own.key is not None:
        params = {"key": own.key.key_id, "proof": judged.index(own)}
        return Check(id="issuer.binding", outcome=Outcome.PASS, code="binding.good", params=params), own
    problem = next((one.binding_problem for one in judged if one.binding_problem is not None), None)
    if problem is not None:
        return finding("issuer.binding", problem), None
    if any(one.controller in (issuer, None) for one in judged):
        undecided = any(one.undecided for one in judged)
        if undecided:
            return Check(id="issuer.binding", outcome=Outcome.UNKNOWN, code="binding.not_checked"), None
        return _binding_skipped(), None
    foreign = RefusedError("binding.foreign", issuer=issuer, controller=judged[0].controller)
    return finding("issuer.binding", foreign), None


def _of_a_stranger(one: _One, check: Check) -> Check:
    """A good proof beside the issuer's is reported as what it is: somebody else's (V-LD-6)."""
    if check.code != "proof.good":
        return check
    return replace(check, code="proof.good_other", params={**check.params, "controller": one.controller})


def _check_dates(proof: Mapping[str, Any], inquiry: Inquiry) -> None:
    for name in ("created", "expires"):
        if name not in proof:
            continue
        try:
            instant = parse_instant(proof[name], inquiry.limits)
        except MalformedError as error:
            raise RefusedError("proof.date_wrong", text=proof[name]) from error
        if name == "expires" and instant < inquiry.now:
            raise RefusedError("proof.expired", expires=proof[name])


def _check_stored_context(document: Mapping[str, Any], proof: Mapping[str, Any], inquiry: Inquiry) -> None:
    """A badge has one list of contexts; W3C lets what follows a JCS proof append to it, this profile does not."""
    if inquiry.profile == "badge" and "@context" in proof and proof["@context"] != document.get("@context"):
        raise RefusedError("proof.context_changed")


def _skipped(place: Mapping[str, Any]) -> Check:
    return Check(id="proof.signature", outcome=Outcome.SKIPPED, code="proof.not_checked", params=place)


def _binding_skipped() -> Check:
    return Check(id="issuer.binding", outcome=Outcome.SKIPPED, code="proof.not_checked")
