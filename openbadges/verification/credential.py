"""The numbered pipeline: one credential, from what was read to a report.

The numbers are those of docs/reference/checks.md. Proof comes before everything that a stranger could use to make us
work or fetch: status, endorsements, refresh.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from openbadges.canon.statements import Statements
from openbadges.errors import LimitError, MalformedError, OpenBadgesError, UnreachableError, UnsupportedError
from openbadges.messages import render
from openbadges.proofs.data_integrity import check_count, has_rdf_proof
from openbadges.proofs.vc_jwt import expiry
from openbadges.report import Check, Note, Outcome, ReportError, VerificationReport, passed
from openbadges.shape import Shape, check_badge_shape, check_contexts
from openbadges.verification.checks.clr import check_nested_credentials
from openbadges.verification.checks.content import check_content
from openbadges.verification.checks.dates import check_validity, window_members
from openbadges.verification.checks.endorsements import check_endorsements
from openbadges.verification.checks.generic import check_generic_shape
from openbadges.verification.checks.proofs import Signed, check_embedded_proofs, finding
from openbadges.verification.checks.recipient import Recipient, check_recipient
from openbadges.verification.checks.related import check_related_resources
from openbadges.verification.checks.tokens import check_token
from openbadges.verification.inquiry import Inquiry, id_of
from openbadges.verification.kinds import BADGE_KINDS, kind_of, types_of
from openbadges.verification.policy import AnyIssuer, Policy
from openbadges.verification.reading import Source
from openbadges.verification.verdicts import in_words_for, verdict_of

__all__ = ["check_credential", "unreadable"]

_ALWAYS = frozenset(
    {
        "document.format", "document.shape", "document.kind", "contexts.known", "schema.conformance", "proof.signature",
        "proof.purpose", "issuer.binding", "validity.window",
    }
)  # fmt: skip


@dataclass(slots=True)
class _Run:
    """One pass through the pipeline; collects, decides nothing."""

    source: Source
    inquiry: Inquiry
    policy: Policy
    accepts: frozenset[str] | None
    checks: list[Check] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    required: set[str] = field(default_factory=lambda: set(_ALWAYS))
    endorsements: tuple[VerificationReport, ...] = ()
    inside: tuple[VerificationReport, ...] = ()
    signed: Signed = field(default_factory=lambda: Signed(checks=()))
    shape: Shape | None = None
    kind: str = field(init=False)  # as ``kind_of`` gives it
    words: str = field(init=False)

    def __post_init__(self) -> None:
        self.kind, self.words = kind_of(self.document)

    @property
    def document(self) -> Mapping[str, Any]:
        return self.source.document

    @property
    def statements(self) -> Statements | None:
        return None if self.shape is None else self.shape.statements


def unreadable(
    error: OpenBadgesError, inquiry: Inquiry, source: Source | None = None, *, wanted: str = "badge"
) -> VerificationReport:
    """The report on an input that is malformed, over a limit or missing (exit status 4).

    Args:
        error: Why.
        inquiry: The verification under way.
        source: What was read so far.
        wanted: What it is called where it does not say what it is.
    """
    kind = "unknown" if source is None else kind_of(source.document)[0]
    code, params = in_words_for(wanted if kind == "unknown" else kind, "verdict.unreadable", {"reason": error.detail})
    return VerificationReport(
        checks=(Check(id=_malformed_check(error), outcome=Outcome.FAIL, code=error.code, params=error.params),),
        required=_ALWAYS,
        at=inquiry.now,
        verdict_code=code,
        verdict_params=params,
        format=None if source is None else source.form,
        container=None if source is None else source.container,
        error=ReportError(code=error.code, pointer=error.pointer, params=error.params),
    )


def check_credential(
    source: Source,
    inquiry: Inquiry,
    policy: Policy,
    *,
    recipient: Recipient | None = None,
    accepts: frozenset[str] | None = BADGE_KINDS,
) -> VerificationReport:
    """Check one credential in all ways; never raises for what is wrong with it.

    Args:
        source: What was read.
        inquiry: Instant, fetcher, limits, profile.
        policy: Trust, refresh, and whether endorsements decide.
        recipient: Who it should have been given to, if that is asked.
        accepts: Which kinds of document are wanted here; None takes any credential, and no presentation.
    """
    run = _Run(source=source, inquiry=inquiry, policy=policy, accepts=accepts, notes=list(source.notes))
    try:
        if _document(run):
            _signatures(run)
            if run.signed.key is not None:
                _after_the_proof(run, run.signed.key.controller, recipient)
            else:
                _skip_the_rest(run)
    except (MalformedError, LimitError) as error:
        return unreadable(error, inquiry, source, wanted=_wanted(accepts))
    return _report(run)


def _document(run: _Run) -> bool:
    """(1) to (4): form, contexts, shape, kind and content. False when nothing further can be said."""
    document, inquiry = run.document, run.inquiry
    # (1) document.format
    run.checks.append(passed("document.format", "document.read", form=run.source.form, container=run.source.container))
    check_count(document, inquiry.limits)
    # (2) contexts.known: W3C VCDM 2.0 section 4.3; the badge profile takes pinned contexts only
    # (3) document.shape: before anything is read
    try:
        if inquiry.profile == "badge":
            context = check_contexts(document, inquiry.contexts)
            run.shape = check_badge_shape(document, context, with_statements=has_rdf_proof(document))
        else:
            check_generic_shape(document, inquiry)
    except (UnsupportedError, UnreachableError) as error:
        run.checks.append(finding("contexts.known", error))
        return False
    run.checks += (passed("contexts.known", "contexts.good"), passed("document.shape", "shape.good"))
    # (4) document.kind and schema.conformance: OB 3.0 section 9.1 step 1
    kind = run.kind
    if "VerifiableCredential" not in types_of(document) and kind != "presentation":
        raise MalformedError("document.not_credential" if document.get("type") else "document.no_type", pointer="/type")
    run.checks.append(_kind_check(kind, run.words, run.accepts))
    if kind == "presentation":  # its proof is the holder's, who is nobody's issuer
        return False
    checks, notes = check_content(document, kind, inquiry, None if run.shape is None else run.shape.loose)
    run.checks += checks
    run.required |= {check.id for check in checks}
    run.notes += notes
    return True


def _kind_check(kind: str, words: str, accepts: frozenset[str] | None) -> Check:
    code = f"kind.{kind}" if kind in (*BADGE_KINDS, "presentation") else "kind.other"
    # a presentation is the holder's, not an issuer's, and good for one request only
    if kind in accepts if accepts is not None else kind != "presentation":
        return passed("document.kind", code, kind=words)
    wanted = _wanted(accepts)
    if wanted != "badge":  # a badge is good elsewhere, and nothing in the place of an endorsement
        params = {"kind": words, "wanted": render(f"noun.{wanted}", {})}
        return Check(id="document.kind", outcome=Outcome.FAIL, code="kind.not_wanted", params=params)
    return Check(id="document.kind", outcome=Outcome.FAIL, code=code, params={"kind": words})


def _wanted(accepts: frozenset[str] | None) -> str:
    """The kind that has its place here, where there is only one; else a badge."""
    return next(iter(accepts)) if accepts is not None and len(accepts) == 1 else "badge"


def _signatures(run: _Run) -> None:
    """(5) proof.* and issuer.binding: VC Data Integrity 1.0 section 4.4, OB 3.0 section 8."""
    issuer = id_of(run.document.get("issuer"))
    if run.source.token is not None:
        run.signed, notes = check_token(run.source.token, issuer, run.inquiry)
        run.notes += notes
        run.required.add("proof.claims")
        if "proof" in run.document:  # Open Badges 3.0 section 8.1: the embedded proof was made first
            inner = check_embedded_proofs(run.document, issuer, run.inquiry, statements=run.statements)
            run.signed = replace(run.signed, checks=(*run.signed.checks, *inner.checks))
    else:
        run.signed = check_embedded_proofs(run.document, issuer, run.inquiry, statements=run.statements)
    run.checks += run.signed.checks
    if any(check.outcome is not Outcome.PASS for check in run.signed.checks):
        run.signed = replace(run.signed, key=None)


def _after_the_proof(run: _Run, issuer: str, recipient: Recipient | None) -> None:
    document, inquiry = run.document, run.inquiry
    # (6) validity.window
    token_end = None if run.source.token is None else expiry(run.source.token)
    run.checks.append(check_validity(document, inquiry, token_end=token_end))
    # (7) status.*: W3C Bitstring Status List 1.0, 1EdTech revocation list
    if "credentialStatus" in document and (inquiry.depth == 0 or "status_list" not in (run.accepts or ())):
        from openbadges.verification.checks.status import check_status, status_ids  # noqa: PLC0415 - not all have one

        checks, notes = check_status(document, issuer, inquiry, _check_list)
        run.checks += checks
        run.notes += notes
        run.required |= status_ids(checks)
    # (8) endorsements: OB 3.0 section 9.2
    names = None if run.shape is None else run.shape.names
    nested, run.endorsements = check_endorsements(document, inquiry, _check_endorsement, names)
    run.checks += nested
    if run.policy.endorsements_decide:
        run.required |= {check.id for check in nested}
    # (9) the badges inside a Comprehensive Learner Record
    if run.kind == "clr":
        nested, run.inside = check_nested_credentials(document, inquiry, _check_inside)
        run.checks += nested
        run.required |= {check.id for check in nested}
    # (10) linked files
    related = check_related_resources(document, inquiry)
    run.checks += related
    run.required |= {check.id for check in related if check.outcome is not Outcome.SKIPPED}
    # (11) recipient.match, only when asked: OB 3.0 section 9.3
    if recipient is not None:
        run.checks.append(check_recipient(document.get("credentialSubject"), recipient))
        run.required.add("recipient.match")
    # (12) issuer.trust: the caller's policy and nothing else
    _trust(run, issuer)


def _trust(run: _Run, issuer: str) -> None:
    trusted = run.policy.trusts(issuer)
    if trusted is None:
        check = Check(id="issuer.trust", outcome=Outcome.SKIPPED, code="trust.not_asked", params={"issuer": issuer})
    else:
        run.required.add("issuer.trust")
        outcome = Outcome.PASS if trusted else Outcome.FAIL
        code = "trust.trusted" if trusted else "trust.not_trusted"
        check = Check(id="issuer.trust", outcome=outcome, code=code, params={"issuer": issuer})
    run.checks.append(check)


def _skip_the_rest(run: _Run) -> None:
    run.checks.append(Check(id="validity.window", outcome=Outcome.SKIPPED, code="check.skipped"))
    if run.document.get("credentialStatus") is not None:
        run.checks.append(Check(id="status.revocation", outcome=Outcome.SKIPPED, code="check.skipped"))
        run.required.add("status.revocation")


def _report(run: _Run) -> VerificationReport:
    required = frozenset(run.required)
    code, params = verdict_of(run.checks, required, run.kind)
    key = run.signed.key
    return VerificationReport(
        checks=tuple(run.checks),
        required=required,
        at=run.inquiry.now,
        verdict_code=code,
        verdict_params=params,
        format=run.source.form,
        container=run.source.container,
        credential=None if key is None else _credential_facts(run.document),
        issuer=None if key is None else _issuer_facts(run.document, key.controller, run.policy),
        key=None if key is None else {"id": key.key_id, "algorithm": run.signed.algorithm},
        notes=tuple(run.notes),
        endorsements=run.endorsements,
        inside=run.inside,
    )


def _credential_facts(document: Mapping[str, Any]) -> dict[str, Any]:
    starts, ends = window_members(document)
    return {
        "id": document.get("id"),
        "type": list(types_of(document)),
        "name": document.get("name"),
        "valid_from": document.get(starts),
        "valid_until": document.get(ends),
    }


def _issuer_facts(document: Mapping[str, Any], issuer: str, policy: Policy) -> dict[str, Any]:
    profile = document.get("issuer")
    name = profile.get("name") if isinstance(profile, Mapping) else None
    return {"id": issuer, "name": name, "trusted": policy.trusts(issuer)}


def _check_list(source: Source, inquiry: Inquiry) -> VerificationReport:
    return check_credential(source, inquiry, AnyIssuer(), accepts=frozenset({"status_list"}))


def _check_endorsement(source: Source, inquiry: Inquiry) -> VerificationReport:
    return check_credential(source, inquiry, AnyIssuer(), accepts=frozenset({"endorsement"}))


def _check_inside(source: Source, inquiry: Inquiry) -> VerificationReport:
    return check_credential(source, inquiry, AnyIssuer(), accepts=BADGE_KINDS)


def _malformed_check(error: OpenBadgesError) -> str:
    return "document.shape" if error.code.startswith(("shape.", "canon.", "proof.")) else "document.format"
