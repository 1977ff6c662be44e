"""A badge as a token: key of the issuer, signature, claims that mirror the badge (V-JWT-1 to 6, V-KEY-1 to 3)."""

from __future__ import annotations

from openbadges.errors import OpenBadgesError, RefusedError
from openbadges.proofs import jws
from openbadges.proofs.vc_jwt import VcJwt, claim_problems
from openbadges.report import Check, Note, Outcome, passed
from openbadges.verification.checks.keys import key_of_token
from openbadges.verification.checks.proofs import Signed, finding
from openbadges.verification.inquiry import Inquiry

__all__ = ["check_token"]


def check_token(token: VcJwt, issuer: str | None, inquiry: Inquiry) -> tuple[Signed, tuple[Note, ...]]:
    """Check the signature of a token and its registered claims."""
    if issuer is None:
        problem = finding("issuer.binding", RefusedError("binding.issuer_not_text"))
        return Signed(checks=(_skipped(), problem)), ()
    try:
        key = key_of_token(token, issuer, inquiry)
    except OpenBadgesError as error:
        if error.code == "key.wrong_purpose":
            return Signed(checks=(_skipped(), finding("proof.purpose", error))), ()
        return Signed(checks=(_skipped(), finding("issuer.binding", error))), ()
    try:
        jws.verify(token.signed, key.public_key)
    except OpenBadgesError as error:
        binding = Check(id="issuer.binding", outcome=Outcome.SKIPPED, code="proof.not_checked")
        return Signed(checks=(finding("proof.signature", error), binding)), ()
    wrong, absent = claim_problems(token)
    if wrong:
        first = wrong[0]
        claims = Check(id="proof.claims", outcome=Outcome.FAIL, code=first.code, params=first.params)
    else:
        claims = passed("proof.claims", "claims.good")
    algorithm = token.signed.algorithm
    signed = Signed(
        checks=(
            passed("proof.signature", "proof.good", algorithm=algorithm),
            passed("proof.purpose", "proof.purpose_good"),
            claims,
            Check(id="issuer.binding", outcome=Outcome.PASS, code="binding.good", params={"key": key.key_id}),
        ),
        key=key,
        algorithm=algorithm,
    )
    return signed, tuple(Note(code=one.code, pointer=one.pointer, params=one.params) for one in absent)


def _skipped() -> Check:
    return Check(id="proof.signature", outcome=Outcome.SKIPPED, code="proof.not_checked")
