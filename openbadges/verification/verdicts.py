"""The one sentence for everybody, chosen from the checks: the gravest finding speaks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from openbadges.messages import render
from openbadges.report import Check, Outcome, outcome_of

__all__ = ["in_words_for", "verdict_of"]

_Verdict = tuple[str, Mapping[str, Any]]
_OF_SOMEBODY_ELSE = frozenset(
    {
        "binding.foreign", "binding.jwk_not_bound", "binding.other_origin", "key.foreign_controller", "key.not_listed",
        "key_set.not_found", "key_set.other_issuer", "legacy.key_not_listed", "legacy.key_owner", "legacy.out_of_scope",
        "presentation.holder_other",
    }
)  # fmt: skip

# what names the badge -> what names the kind of document instead
_OF_ANOTHER_KIND: Mapping[str, str] = MappingProxyType(
    {
        "verdict.pass": "verdict.pass_other",
        "verdict.unreadable": "verdict.unreadable_other",
        "verdict.not_signed": "verdict.not_signed_other",
        "verdict.not_conforming": "verdict.not_conforming_other",
        "verdict.bad_endorsement": "verdict.bad_endorsement_other",
        "verdict.unknown_context": "verdict.unknown_context_other",
    }
)


def verdict_of(checks: Sequence[Check], required: frozenset[str], kind: str) -> _Verdict:
    """Code and facts of the verdict for these checks.

    Args:
        checks: All checks that were made.
        required: Ids of those that decide.
        kind: What the document is, as ``kind_of`` gives it.
    """
    return in_words_for(kind, *_gravest(checks, required))


def in_words_for(kind: str, code: str, params: Mapping[str, Any]) -> _Verdict:
    """The same verdict with its sentence speaking of this kind of document; unchanged for a badge."""
    other = _OF_ANOTHER_KIND.get(code)
    if kind == "badge" or other is None:
        return code, params
    return other, {**params, "kind": render(f"thing.{kind}", {})}


def _gravest(checks: Sequence[Check], required: frozenset[str]) -> _Verdict:
    if outcome_of(checks, required) is Outcome.PASS:
        return "verdict.pass", {}
    deciding = [check for check in checks if check.id in required]
    for outcome, table in ((Outcome.FAIL, _WHEN_FAILED), (Outcome.UNKNOWN, _WHEN_UNKNOWN)):
        for check_id, choose in table:
            check = next((one for one in deciding if one.id == check_id and one.outcome is outcome), None)
            if check is not None:
                return choose(check)
    return "verdict.unknown", {"reason": render("check.not_made", {})}


def _because(code: str) -> Callable[[Check], _Verdict]:
    return lambda check: (code, {"reason": check.detail})


def _kind(check: Check) -> _Verdict:
    if check.code == "kind.presentation":
        return "verdict.not_a_badge", {**check.params, "reason": check.detail}
    if check.code == "kind.not_wanted":
        return "verdict.not_wanted", check.params
    return "verdict.not_a_badge", check.params


def _signature(check: Check) -> _Verdict:
    if check.code == "proof.missing":
        return "verdict.not_signed", {}
    if check.code == "signature.wrong":
        return "verdict.changed", {"reason": check.detail}
    return "verdict.bad_signature", {"reason": check.detail}


def _binding(check: Check) -> _Verdict:
    """Only what is known is said: a key that cannot be read or found out is nobody's."""
    code = "verdict.not_by_issuer" if check.code in _OF_SOMEBODY_ELSE else "verdict.bad_signature"
    return code, {"reason": check.detail}


def _window(check: Check) -> _Verdict:
    if check.code == "validity.expired":
        return "verdict.expired", check.params
    if check.code == "validity.not_yet":
        return "verdict.not_yet", check.params
    if check.code == "legacy.expired":
        return "verdict.expired", {"end": check.params["expires"]}
    if check.code == "legacy.not_yet":
        return "verdict.not_yet", {"start": check.params["issued_on"]}
    return "verdict.bad_dates", {"reason": check.detail}


def _status(check: Check) -> _Verdict:
    if check.code == "status.revoked_reason":
        return "verdict.withdrawn", {"reason": check.detail}
    if check.code in ("status.revoked", "legacy.revoked", "legacy.gone"):
        return "verdict.withdrawn", {}
    if check.code == "status.suspended":
        return "verdict.suspended", {}
    return "verdict.bad_status", {"reason": check.detail}


_WHEN_FAILED: tuple[tuple[str, Callable[[Check], _Verdict]], ...] = (
    ("document.kind", _kind),
    ("proof.signature", _signature),
    ("issuer.binding", _binding),
    ("proof.purpose", _because("verdict.bad_signature")),
    ("proof.claims", _because("verdict.bad_signature")),
    ("schema.conformance", _because("verdict.not_conforming")),
    ("status.revocation", _status),
    ("status.suspension", _status),
    ("validity.window", _window),
    ("recipient.match", lambda _: ("verdict.not_recipient", {})),
    ("issuer.trust", lambda check: ("verdict.not_trusted", check.params)),
    ("endorsements", lambda _: ("verdict.bad_endorsement", {})),
    ("schema.declared", _because("verdict.not_conforming")),
    ("related.digest", _because("verdict.other_file")),
    ("proof.challenge", _because("verdict.bad_signature")),
    ("credentials", _because("verdict.bad_inside")),
)
_WHEN_UNKNOWN: tuple[tuple[str, Callable[[Check], _Verdict]], ...] = (
    ("contexts.known", _because("verdict.unknown_context")),
    ("proof.signature", _because("verdict.unknown_signature")),
    ("issuer.binding", _because("verdict.unknown_signature")),
    ("status.revocation", _because("verdict.unknown_status")),
    ("status.suspension", _because("verdict.unknown_status")),
    ("schema.conformance", _because("verdict.unknown")),
    ("recipient.match", _because("verdict.unknown")),
    ("issuer.trust", _because("verdict.unknown")),
    ("endorsements", _because("verdict.unknown")),
    ("schema.declared", _because("verdict.unknown")),
    ("related.digest", _because("verdict.unknown_file")),
    ("credentials", _because("verdict.unknown_inside")),
)
