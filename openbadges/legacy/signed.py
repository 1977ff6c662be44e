"""Signed verification (Open Badges 2.0): a JWS by a key that the issuer lists and that names the issuer as owner."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from openbadges.errors import MalformedError, RefusedError, UnsupportedError
from openbadges.jsontext import pointer_to
from openbadges.keys import PublicKey
from openbadges.legacy.common import check_dates, refuse_revoked
from openbadges.legacy.findings import BINDING, PROOF, SHAPE, STATUS, VALIDITY, Findings, LegacyResult
from openbadges.legacy.model import SIGNED, Assertion, BadgeClass, Issuer, Link, shown
from openbadges.legacy.sources import Sources
from openbadges.limits import DEFAULT_LIMITS, Limits
from openbadges.ports import Fetcher
from openbadges.proofs import jws
from openbadges.report import Outcome

__all__ = ["check_signed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Bound:
    badge_class: BadgeClass
    issuer: Issuer
    key_id: str
    key: PublicKey


def check_signed(
    assertion: Assertion,
    token: jws.Jws | None,
    *,
    fetcher: Fetcher,
    now: datetime,
    limits: Limits = DEFAULT_LIMITS,
) -> LegacyResult:
    """Check a signed badge.

    Args:
        assertion: The payload of ``token``, its shape checked.
        token: The parsed JWS; None when the badge says that it is signed and carries no signature.
        fetcher: Gives the badge class, the issuer's profile, the key and the list of revoked badges.
        now: The instant that dates are compared with.
        limits: Sizes.

    Returns:
        The checks; never raises for a bad badge.
    """
    findings = Findings("legacy.format_signed")
    sources = Sources(fetcher, limits)
    findings.file(SHAPE, Outcome.PASS, "legacy.shape_good")
    findings.ask(VALIDITY, "legacy.valid_now", lambda: check_dates(assertion, now, limits))
    if token is None or assertion.verification_kind != SIGNED:
        code = "legacy.no_signature" if token is None else "legacy.hosted_in_token"
        findings.file(PROOF, Outcome.FAIL, code)
        return LegacyResult(format="ob2-signed", checks=findings.checks())
    bound = findings.ask(
        BINDING,
        "legacy.key_owned",
        lambda: _bound(assertion, sources),
        facts=lambda found: {"key": found.key_id, "issuer": found.issuer.id},
    )
    if bound is not None:
        findings.ask(
            PROOF,
            "legacy.signed",
            lambda: jws.verify(token, bound.key),
            facts=lambda _: {"key": bound.key_id},
        )
    if bound is None or not findings.passed(PROOF):
        return LegacyResult(format="ob2-signed", checks=findings.checks())
    _check_status(findings, assertion, bound.issuer, sources, limits)
    return LegacyResult(
        format="ob2-signed",
        checks=findings.checks(),
        assertion=assertion,
        badge_class=bound.badge_class,
        issuer=bound.issuer,
        key_id=bound.key_id,
        algorithm=token.algorithm,
    )


def _bound(assertion: Assertion, sources: Sources) -> _Bound:
    badge_class = sources.badge_class(assertion)
    issuer = sources.issuer(assertion, badge_class)
    listed = _listed_key(assertion, issuer)
    key_id = listed.id or ""
    document = listed.embedded if listed.embedded is not None else sources.part(key_id)
    return _Bound(badge_class=badge_class, issuer=issuer, key_id=key_id, key=_owned_key(document, key_id, issuer))


def _listed_key(assertion: Assertion, issuer: Issuer) -> Link:
    """The one key that counts: the badge's ``creator`` if the issuer's own profile lists it, or the only one listed."""
    listed = [link for link in issuer.links("publicKey") if link.id is not None]
    if not listed:
        raise RefusedError("legacy.no_key", issuer=issuer.id)
    creator = assertion.verification.get("creator")
    if creator is None:
        if len(listed) > 1:
            raise UnsupportedError("legacy.key_ambiguous", issuer=issuer.id)
        return listed[0]
    key_id = creator.get("id") if isinstance(creator, Mapping) else creator
    for link in listed:
        if link.id == key_id:
            return link
    raise RefusedError("legacy.key_not_listed", key=shown(key_id), issuer=issuer.id)


def _owned_key(document: Mapping[str, Any], key_id: str, issuer: Issuer) -> PublicKey:
    owner = document.get("owner")
    owner_id = owner.get("id") if isinstance(owner, Mapping) else owner
    if owner_id != issuer.id:
        raise RefusedError("legacy.key_owner", key=key_id, owner=shown(owner_id), issuer=issuer.id)
    pem = document.get("publicKeyPem")
    if not isinstance(pem, str):
        member = "publicKeyPem"
        raise MalformedError(
            "legacy.member_missing", pointer=pointer_to(member), kind="CryptographicKey", member=member
        )
    return PublicKey.from_pem(pem.encode("utf-8"))


def _check_status(findings: Findings, assertion: Assertion, issuer: Issuer, sources: Sources, limits: Limits) -> None:
    """Ask the badge itself and the issuer's list. A list that cannot be used leaves the status unknown."""
    findings.ask(STATUS, "legacy.not_revoked", lambda: refuse_revoked(assertion))
    if not findings.passed(STATUS):
        return
    if issuer.document.get("revocationList") is None:
        findings.file(STATUS, Outcome.SKIPPED, "legacy.no_revocation_list")
        return
    reason = findings.ask(
        STATUS, "legacy.not_revoked", lambda: _listed_reason(assertion, issuer, sources, limits), doubtful=True
    )
    if reason:
        findings.file(STATUS, Outcome.FAIL, "legacy.revoked", reason=reason)


def _listed_reason(assertion: Assertion, issuer: Issuer, sources: Sources, limits: Limits) -> str:
    """Why the issuer's list revokes the assertion, ``"-"`` without a reason, ``""`` when it does not."""
    url = issuer.revocation_list
    document = sources.document(url, max_bytes=limits.status_document_bytes)
    if document.get("id", url) != url:
        raise RefusedError("legacy.not_own_address", url=url, found=shown(document["id"]))
    owner = document.get("issuer", issuer.id)
    owner_id = owner.get("id") if isinstance(owner, Mapping) else owner
    if owner_id != issuer.id:
        raise RefusedError("legacy.list_issuer", url=url, found=shown(owner_id), issuer=issuer.id)
    entries = document.get("revokedAssertions")
    if not isinstance(entries, list):
        raise _malformed_list()
    names = {name for name in (assertion.id, assertion.document.get("uid")) if isinstance(name, str)}
    reasons = [_entry_reason(entry, names) for entry in entries]  # all of them are read: a broken list proves nothing
    return next(filter(None, reasons), "")


def _entry_reason(entry: object, names: set[str]) -> str:
    if isinstance(entry, str):
        return "-" if entry in names else ""
    if not isinstance(entry, Mapping):
        raise _malformed_list()
    named = {value for value in (entry.get("id"), entry.get("uid")) if isinstance(value, str)}
    if not named:
        raise _malformed_list()
    if entry.get("revoked", True) is False or not named & names:
        return ""
    return shown(entry.get("revocationReason"))


def _malformed_list() -> MalformedError:
    member = "revokedAssertions"
    return MalformedError("legacy.member_form", pointer=pointer_to(member), kind="RevocationList", member=member)
