"""Endorsements: credentials of others about something in the badge, each with a verdict of its own (V-END-1)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from openbadges.errors import LimitError, OpenBadgesError
from openbadges.report import Check, Outcome, VerificationReport
from openbadges.verification.checks.nested import CheckNested, read_nested, sum_up, unreadable_nested
from openbadges.verification.inquiry import Inquiry, id_of

__all__ = ["check_endorsements"]


def check_endorsements(
    document: Mapping[str, Any], inquiry: Inquiry, check: CheckNested, names: frozenset[str] | None = None
) -> tuple[tuple[Check, ...], tuple[VerificationReport, ...]]:
    """Verify every endorsement, embedded or as a token, anywhere in the badge.

    Args:
        document: The badge.
        inquiry: The verification under way.
        check: Verifies one of them.
        names: The names of all members that hold more than a text, where they are known.

    Raises:
        LimitError: More than ``limits.endorsements``.
    """
    found: list[Any] = []
    if names is None or not names.isdisjoint(_MAY_HOLD_ONE):
        _collect(document, found)
    if not found:
        return (), ()
    if len(found) > inquiry.limits.endorsements:
        raise LimitError("endorsements.too_many", limit=inquiry.limits.endorsements)
    if inquiry.depth >= inquiry.limits.endorsement_depth:
        params = {"limit": inquiry.limits.endorsement_depth}
        return (Check(id="endorsements", outcome=Outcome.UNKNOWN, code="endorsements.too_deep", params=params),), ()
    known = frozenset(_ids(document))
    reports = tuple(_one(value, document, known, inquiry, check) for value in found)
    return (sum_up("endorsements", "endorsements", reports),), reports


def _one(
    value: Any, outer: Mapping[str, Any], known: frozenset[str], inquiry: Inquiry, check: CheckNested
) -> VerificationReport:
    source = read_nested(value, outer, inquiry)
    if isinstance(source, OpenBadgesError):
        return unreadable_nested(source, inquiry, "endorsement")
    report = check(source, inquiry.deeper())
    subject = id_of(source.document.get("credentialSubject"))
    if report.error is not None or report.key is None:
        return report
    fits = subject in known
    about = Check(
        id="endorsement.subject",
        outcome=Outcome.PASS if fits else Outcome.FAIL,
        code="endorsements.subject" if fits else "endorsements.other_subject",
        params={} if fits else {"subject": str(subject)},
    )
    changed = replace(report, checks=(*report.checks, about), required=report.required | {about.id})
    if fits or report.outcome is not Outcome.PASS:
        return changed
    return replace(changed, verdict_code="verdict.other_subject", verdict_params={"reason": about.detail})


_NAMES = frozenset({"endorsement", "endorsementJwt"})
_MAY_HOLD_ONE = _NAMES | {"@json"}


def _collect(value: Mapping[str, Any] | list[Any], found: list[Any], *, inside: bool = False) -> None:
    """Every item of ``endorsement`` and ``endorsementJwt`` of this badge; those of endorsements are theirs."""
    if isinstance(value, list):
        for item in value:
            if isinstance(item, (dict, list)):
                _collect(item, found, inside=True)
        return
    for name, item in value.items():
        if name in _NAMES:
            found += [one for one in (item if isinstance(item, list) else [item]) if _is_credential(one)]
        elif isinstance(item, (dict, list)) and not (inside and name == "verifiableCredential"):
            _collect(item, found, inside=True)


def _is_credential(value: Any) -> bool:
    return isinstance(value, (str, Mapping))


def _ids(value: Any) -> Iterator[str]:
    """Every id in the badge, outside its endorsements and its proof: what an endorsement may be about."""
    if isinstance(value, list):
        for item in value:
            yield from _ids(item)
    elif isinstance(value, Mapping):
        if isinstance(value.get("id"), str):
            yield value["id"]
        if isinstance(value.get("issuer"), str):
            yield value["issuer"]
        for name, item in value.items():
            if name not in ("endorsement", "proof"):
                yield from _ids(item)
