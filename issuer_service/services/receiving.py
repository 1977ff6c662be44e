"""What a recipient does with the private link: see, show, hide, claim, take along, erase."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from issuer_service.services.achievements import held_of
from issuer_service.services.affiliates import affiliate_of, approved_affiliate
from issuer_service.services.awards import Succession, award_of, change, succeed, wrong_state
from issuer_service.services.errors import ConflictError, InvalidError, NotFoundError
from issuer_service.services.hashing import fingerprint
from issuer_service.services.issuance import IDENTITY_TYPES, SHOWN, Issuance
from issuer_service.services.ports import UnitOfWork
from issuer_service.services.records import Award, AwardState, RecipientKind, Visibility
from issuer_service.services.status_changes import renamed
from issuer_service.services.tools import Tools
from issuer_service.services.verification import Verification
from openbadges import Outcome, VerificationReport

__all__ = ["Receiving"]

_PAGE = 1_000


@dataclass(frozen=True, slots=True)
class Receiving:
    """Use cases of recipients. The secret of the private link is all they need."""

    tools: Tools
    verification: Verification

    def by_secret(self, secret: str) -> Award:
        """The award this link is for.

        Raises:
            NotFoundError: No such link, or it was replaced by another.
        """
        with self.tools.store.read() as work:
            return _own(work, secret)

    def set_visibility(self, secret: str, visibility: Visibility) -> Award:
        """Who can open the badge's page.

        Raises:
            NotFoundError: No such link.
        """
        with self.tools.store.write() as work:
            return change(work, _own(work, secret), visibility=visibility)

    def show_name(self, secret: str, show: bool) -> Award:
        """Whether the badge's page says the name the badge was given to. The signed badge does not change.

        Raises:
            NotFoundError: No such link.
        """
        with self.tools.store.write() as work:
            return change(work, _own(work, secret), show_name=show)

    def claim_did(self, secret: str, presentation: str, *, challenge: str, domain: str) -> Award:
        """Have the badge issued to the recipient's own key instead; the link and the choices move to the new badge.

        Args:
            secret: Of the private link.
            presentation: Signed with the key for this occasion: whoever cannot sign with a key gets no badge for it.
            challenge: What the recipient was given to sign.
            domain: Who asked.

        Raises:
            NotFoundError: No such link.
            InvalidError: The presentation does not prove that the recipient has the key.
            ConflictError: The badge is withdrawn, or the issuer cannot issue now.
            BusyError: Too many are checked at this moment.
        """
        with self.tools.store.read() as work:
            _own(work, secret)  # before any work is done for somebody who only guesses
        report = self.verification.verify_other(presentation, presented=True, challenge=challenge, domain=domain)
        if report.outcome is not Outcome.PASS:
            raise InvalidError.of("presentation", "claim.not_proved", reason=_first_problem(report))
        return self._claim(secret, str((report.issuer or {}).get("id")), RecipientKind.DID)

    def claim_username(self, secret: str, name: str) -> Award:
        """Have the badge issued to a user name instead; the link and the choices move to the new badge.

        Raises:
            NotFoundError: No such link.
            InvalidError: Not a name that can be used.
            ConflictError: The badge is withdrawn, or the issuer cannot issue now.
        """
        return self._claim(secret, name, RecipientKind.USERNAME)

    def _claim(self, secret: str, name: str, kind: RecipientKind) -> Award:
        with self.tools.store.write() as work:
            award = _own(work, secret)
            if award.state is not AwardState.ISSUED:
                raise ConflictError("award.not_issued")
            affiliate = approved_affiliate(work, award.affiliate_id)
            held = held_of(work, award.affiliate_id, award.achievement_id)
            changes = {**renamed(award, name, kind, affiliate), "valid_until": award.valid_until}
            by = Succession(held=held, version=award.version, user_id="recipient", now=self.tools.now())
            successor = succeed(work, award, by, **changes)
        Issuance(self.tools).sign_all([successor])
        with self.tools.store.read() as work:
            return award_of(work, successor.affiliate_id, successor.id)

    def export(self, secret: str) -> Mapping[str, Any]:
        """Everything kept about the recipient's badge, as plain JSON.

        Raises:
            NotFoundError: No such link.
        """
        with self.tools.store.read() as work:
            award = _own(work, secret)
            affiliate = affiliate_of(work, award.affiliate_id)
        site = self.tools.site
        return {
            "badge": site.award_url(award.id),
            "issuer": {"name": affiliate.name, "id": affiliate.issuer_id},
            "achievement": site.achievement_url(award.achievement_id),
            "recipient": {
                "kind": award.recipient_kind.value,
                "value": award.recipient_value,
                "identityType": IDENTITY_TYPES.get(award.recipient_kind, "id"),
                "salt": award.salt,
            },
            "narrative": award.narrative,
            "evidence": [dict(item) for item in award.evidence],
            "level": award.level,
            "language": award.language,
            "state": award.state.value,
            "reason": award.reason,
            "visibility": award.visibility.value,
            "nameShown": award.show_name,
            "awarded": award.awarded_at.isoformat(),
            "issued": award.issued_at.isoformat() if award.issued_at else None,
            "validUntil": award.valid_until.isoformat() if award.valid_until else None,
            "signed": {"json": award.signed_json, "jwt": award.signed_jwt},
        }

    def erase(self, secret: str) -> None:
        """Delete what is personal. The page answers "gone", the badge counts as withdrawn, and no name is left here.

        Raises:
            NotFoundError: No such link.
        """
        with self.tools.store.write() as work:
            _erase(work, _own(work, secret), self.tools)

    def erase_award(self, affiliate_id: str, award_id: str) -> None:
        """The same for a person who asks the issuer.

        Raises:
            NotFoundError: Not an award of this affiliate.
            StateError: It is erased already.
        """
        with self.tools.store.write() as work:
            award = award_of(work, affiliate_id, award_id)
            if award.state is AwardState.ERASED:
                raise wrong_state(award)
            _erase(work, award, self.tools)


def _first_problem(report: VerificationReport) -> str:
    """Why a presentation did not pass, as the library says it."""
    found = [one for one in report.checks if one.outcome in (Outcome.FAIL, Outcome.UNKNOWN)]
    return report.error.detail if report.error is not None else found[0].detail if found else report.verdict


def _own(work: UnitOfWork, secret: str) -> Award:
    award = work.award_by_secret(fingerprint(secret))
    if award is None or award.state not in SHOWN:
        raise NotFoundError("link.not_found")
    return award


def _erase(work: UnitOfWork, award: Award, tools: Tools) -> None:
    """Empty the award and those it took the place of, which were the same person's."""
    for former in _former(work, award):
        _erase(work, former, tools)
    _empty(work, award, tools)


def _former(work: UnitOfWork, award: Award) -> Sequence[Award]:
    found: list[Award] = []
    offset, total = 0, 1
    while offset < total:
        page = work.find_awards(
            award.affiliate_id,
            achievement_id=award.achievement_id,
            states=[AwardState.REVOKED],
            offset=offset,
            limit=_PAGE,
        )
        found += [one for one in page.items if one.replaced_by == award.id]
        offset, total = offset + _PAGE, page.total
    return found


def _empty(work: UnitOfWork, award: Award, tools: Tools) -> None:
    """The row stays for its index, which is never given again, and for its bit; nothing in it is about a person."""
    change(
        work,
        award,
        state=AwardState.ERASED,
        recipient_value=None,
        salt="",
        level=None,
        narrative="",
        evidence=(),
        show_name=False,
        visibility=Visibility.HIDDEN,
        credential_id=None,
        signed_json=None,
        signed_jwt=None,
        secret_hash=None,
        reason="holder_request",
        replaced_by=None,
        changed_at=tools.now(),
    )
