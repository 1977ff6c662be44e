"""Presentations: a holder shows badges and proves, for this once, to hold the key (VCDM 2.0 section 4.13)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from openbadges.errors import LimitError, MalformedError, OpenBadgesError
from openbadges.proofs.data_integrity import check_count, read_proofs
from openbadges.report import Check, Outcome, VerificationReport
from openbadges.shape import check_badge_shape, check_contexts
from openbadges.verification.checks.generic import check_generic_shape
from openbadges.verification.checks.nested import read_nested, sum_up, unreadable_nested
from openbadges.verification.checks.proofs import check_embedded_proofs
from openbadges.verification.credential import check_credential
from openbadges.verification.inquiry import Inquiry, id_of
from openbadges.verification.kinds import BADGE_KINDS, kind_of
from openbadges.verification.policy import Policy
from openbadges.verification.reading import Source
from openbadges.verification.verdicts import verdict_of

__all__ = ["check_presentation"]

_REQUIRED = frozenset(
    {"document.kind", "document.shape", "proof.signature", "proof.purpose", "issuer.binding", "credentials"}
)
_OF_A_HOLDER = MappingProxyType(
    {
        "proof.purpose_good": "presentation.purpose_good",
        "proof.purpose_wrong": "presentation.purpose_wrong",
        "binding.good": "presentation.holder_good",
        "binding.foreign": "presentation.holder_other",
    }
)


def check_presentation(
    source: Source,
    inquiry: Inquiry,
    policy: Policy,
    *,
    challenge: str | None = None,
    domain: str | None = None,
) -> VerificationReport:
    """Check a presentation that is secured with embedded proofs.

    Args:
        source: What was read.
        inquiry: The verification under way.
        policy: Trust in the issuers of the credentials inside.
        challenge: What the holder was given to sign; when given, every proof has to carry exactly it.
        domain: Who asked; when given, every proof has to name it.

    Raises:
        MalformedError, LimitError: It is not of the form presentations have.
    """
    document = source.document
    kind, _ = kind_of(document)
    if kind != "presentation":
        raise MalformedError("presentation.kind", pointer="/type")
    check_count(document, inquiry.limits)
    if inquiry.profile == "badge":
        check_badge_shape(document, check_contexts(document, inquiry.contexts))
    check_generic_shape(document, inquiry)
    checks = [
        Check(id="document.kind", outcome=Outcome.PASS, code="presentation.is_one"),
        Check(id="document.shape", outcome=Outcome.PASS, code="shape.good"),
    ]
    required = set(_REQUIRED)
    holder = _holder(document, inquiry)
    signed = check_embedded_proofs(document, holder, inquiry, purpose="authentication")
    checks += map(_of_a_holder, signed.checks)
    if challenge is not None or domain is not None:
        checks.append(_check_challenge(document, inquiry, challenge, domain))
        required.add("proof.challenge")
    reports = _inside(document, inquiry, policy)
    checks.append(sum_up("credentials", "clr", reports))
    code, params = verdict_of(checks, frozenset(required), kind)
    good = signed.key is not None
    return VerificationReport(
        checks=tuple(checks),
        required=frozenset(required),
        at=inquiry.now,
        verdict_code=code,
        verdict_params=params,
        format=source.form,
        container=source.container,
        issuer={"id": holder, "name": None, "trusted": None} if good else None,
        key={"id": signed.key.key_id, "algorithm": signed.algorithm} if signed.key is not None else None,
        inside=reports,
    )


def _of_a_holder(check: Check) -> Check:
    """What is said of issuers and claims elsewhere is said of a holder and of showing here."""
    return replace(check, code=_OF_A_HOLDER.get(check.code, check.code))


def _holder(document: Mapping[str, Any], inquiry: Inquiry) -> str | None:
    """Who presents: the ``holder``, or, where it is left out, whoever the first proof belongs to."""
    if "holder" in document:
        return id_of(document["holder"])
    try:
        proof = read_proofs(document, inquiry.limits)[0]
    except MalformedError:
        return None
    return str(proof["verificationMethod"]).partition("#")[0]


def _check_challenge(document: Mapping[str, Any], inquiry: Inquiry, challenge: str | None, domain: str | None) -> Check:
    for proof in read_proofs(document, inquiry.limits):
        if challenge is not None and proof.get("challenge") != challenge:
            return Check(id="proof.challenge", outcome=Outcome.FAIL, code="presentation.challenge")
        named = proof.get("domain")
        if domain is not None and (named if isinstance(named, list) else [named]) != [domain]:
            return Check(id="proof.challenge", outcome=Outcome.FAIL, code="presentation.domain")
    return Check(id="proof.challenge", outcome=Outcome.PASS, code="presentation.challenge_good")


def _inside(document: Mapping[str, Any], inquiry: Inquiry, policy: Policy) -> tuple[VerificationReport, ...]:
    value = document.get("verifiableCredential", [])
    listed = value if isinstance(value, list) else [value]
    if len(listed) > inquiry.limits.endorsements:
        raise LimitError("presentation.too_many", limit=inquiry.limits.endorsements)
    accepts = BADGE_KINDS if inquiry.profile == "badge" else None
    reports = []
    for item in listed:  # objects: the shape check and the canonical form let nothing else stand here
        source = read_nested(item, document, inquiry)
        if isinstance(source, OpenBadgesError):
            reports.append(unreadable_nested(source, inquiry, "badge"))
        else:
            reports.append(check_credential(source, inquiry.deeper(), policy, accepts=accepts))
    return tuple(reports)
