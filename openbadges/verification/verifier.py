"""The verifier: everything it uses is handed in, and whom to trust is asked every time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from openbadges import jsontext
from openbadges.encoding.times import check_instant
from openbadges.errors import ConfigurationError, MalformedError, OpenBadgesError
from openbadges.limits import DEFAULT_LIMITS, Limits
from openbadges.ports import Clock, ContextLoader, Fetcher, NoNetwork, SystemClock
from openbadges.report import Outcome, VerificationReport
from openbadges.secured import SecuredCredential
from openbadges.verification.checks.proofs import finding
from openbadges.verification.checks.recipient import Recipient
from openbadges.verification.credential import check_credential, unreadable
from openbadges.verification.inquiry import CONTEXTS, CountedFetcher, Inquiry, Profile
from openbadges.verification.kinds import BADGE_KINDS
from openbadges.verification.policy import Policy
from openbadges.verification.presentation import check_presentation
from openbadges.verification.reading import BadgeInput, Source, read_source
from openbadges.verification.refresh import refreshed

__all__ = ["NotVerifiedError", "VerifiedCredential", "Verifier"]


class NotVerifiedError(OpenBadgesError):
    """The badge is not known to be good. ``report`` says why."""

    def __init__(self, report: VerificationReport) -> None:
        self.report = report
        super().__init__(report.verdict_code, **report.verdict_params)

    @property
    def detail(self) -> str:
        """The verdict and its reason."""
        return self.report.summary


@dataclass(frozen=True, slots=True)
class VerifiedCredential:
    """A credential that passed. Only ``Verifier.verify`` makes one, so whoever holds one may show it as true.

    Attributes:
        report: What was checked.
        secured: The signed text.
        document: The credential as plain JSON, the same that was signed.
    """

    report: VerificationReport
    secured: SecuredCredential
    document: dict[str, Any]

    @property
    def model(self) -> Any:
        """The credential as a typed value of ``openbadges.models``."""
        from openbadges.models import read_model  # noqa: PLC0415 - verifying needs no models

        return read_model(self.document)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verifier:
    """Checks badges from anywhere: JSON, tokens, baked pictures, Open Badges 3.0 and 2.0.

    Args:
        fetcher: The only way to DID documents, key sets and status lists. The default has no network.
        clock: Read once in each verification.
        contexts: JSON-LD contexts; by default those pinned in this library.
        limits: Bounds of all work.
        profile: ``"badge"``, the closed profile, or ``"vc"`` for any W3C credential.
    """

    fetcher: Fetcher = field(default_factory=NoNetwork)
    clock: Clock = field(default_factory=SystemClock)
    contexts: ContextLoader | None = None
    limits: Limits = DEFAULT_LIMITS
    profile: Profile = "badge"

    @classmethod
    def offline(
        cls, *, clock: Clock | None = None, profile: Profile = "badge", limits: Limits = DEFAULT_LIMITS
    ) -> Verifier:
        """A verifier without network: what would have to be fetched is UNKNOWN."""
        return cls(clock=clock or SystemClock(), profile=profile, limits=limits)

    def check(
        self, badge: BadgeInput, *, policy: Policy, recipient: Recipient | None = None, at: datetime | None = None
    ) -> VerificationReport:
        """Check a badge and say what was found. Never raises for a bad badge.

        Args:
            badge: Bytes or text of JSON, a token, a PNG or an SVG; a ``SecuredCredential``; or a JSON object.
            policy: ``TrustedIssuers([...])`` or ``AnyIssuer()``.
            recipient: Who it should have been given to, if that is asked.
            at: The instant to judge by; the clock's by default.

        Raises:
            ConfigurationError: An argument is not of the kind that it has to be, or ``at`` has no time zone.
        """
        return self._checked(badge, policy, recipient, at).report

    def verify(
        self, badge: BadgeInput, *, policy: Policy, recipient: Recipient | None = None, at: datetime | None = None
    ) -> VerifiedCredential:
        """Check a badge and return it only if everything that is required passed.

        Raises:
            NotVerifiedError: Anything else, UNKNOWN included; its ``report`` says why.
            ConfigurationError: As ``check``.
        """
        checked = self._checked(badge, policy, recipient, at)
        if checked.report.outcome is not Outcome.PASS or checked.document is None:
            raise NotVerifiedError(checked.report)
        return VerifiedCredential(checked.report, SecuredCredential(checked.text), dict(checked.document))

    def check_presentation(
        self,
        presentation: BadgeInput,
        *,
        policy: Policy,
        challenge: str | None = None,
        domain: str | None = None,
        at: datetime | None = None,
    ) -> VerificationReport:
        """Check a W3C presentation: its holder's proof, challenge and domain, and every badge inside.

        Args:
            presentation: A signed VerifiablePresentation as JSON.
            policy: Trust in the issuers of the badges inside.
            challenge: The value given to the holder; when given it has to be in the proof.
            domain: Who asked; when given it has to be in the proof.
            at: The instant to judge by.

        Raises:
            ConfigurationError: ``challenge`` is blank, which nobody was given; or as ``check`` does.
        """
        _check_arguments(policy, None)
        if challenge is not None and not challenge.strip():
            raise ConfigurationError("presentation.challenge_blank")
        inquiry = self._inquiry(at)
        try:
            source = read_source(presentation, inquiry.limits)
            return check_presentation(source, inquiry, policy, challenge=challenge, domain=domain)
        except ConfigurationError:
            raise
        except OpenBadgesError as error:
            return _unread(error, inquiry)

    def _inquiry(self, at: datetime | None) -> Inquiry:
        now = self.clock.now() if at is None else at
        check_instant(now)
        contexts = self.contexts or CONTEXTS["badge" if self.profile == "badge" else "vc"]
        fetcher = CountedFetcher(self.fetcher, self.limits)
        return Inquiry(now=now, fetcher=fetcher, contexts=contexts, limits=self.limits, profile=self.profile)

    def _checked(self, badge: BadgeInput, policy: Policy, recipient: Recipient | None, at: datetime | None) -> _Checked:
        _check_arguments(policy, recipient)
        inquiry = self._inquiry(at)
        try:
            source = read_source(badge, inquiry.limits)
            if source.standard == "ob2":
                return _legacy(source, inquiry, policy, recipient)
        except ConfigurationError:
            raise
        except OpenBadgesError as error:
            return _Checked(_unread(error, inquiry))
        accepts = BADGE_KINDS if self.profile == "badge" else None

        def check(one: Source) -> VerificationReport:
            return check_credential(one, inquiry, policy, recipient=recipient, accepts=accepts)

        report = check(source)
        if report.key is not None and source.document.get("refreshService") is not None:
            report, source = refreshed(report, source, inquiry, policy, check)
        return _Checked(report, source.text, source.document)


@dataclass(frozen=True, slots=True)
class _Checked:
    """A report and what it is about: the refreshed copy, or the assertion that was fetched, where there is one."""

    report: VerificationReport
    text: str = ""
    document: Mapping[str, Any] | None = None


def _check_arguments(policy: object, recipient: object) -> None:
    """Said before anything is done: a policy that is left out or mistaken for another value must not decide."""
    if isinstance(policy, type) or not callable(getattr(policy, "trusts", None)):
        raise ConfigurationError("verify.policy", kind=type(policy).__name__)
    if recipient is not None and not isinstance(recipient, Recipient):
        raise ConfigurationError("verify.recipient", kind=type(recipient).__name__)


def _legacy(source: Source, inquiry: Inquiry, policy: Policy, recipient: Recipient | None) -> _Checked:
    from openbadges.verification.legacy import check_legacy  # noqa: PLC0415 - Open Badges 2.0 is rarely met

    verdict = check_legacy(source, inquiry, policy, recipient)
    if verdict.document is None or verdict.report.format == "ob2-signed":
        return _Checked(verdict.report, source.text, verdict.document)
    return _Checked(verdict.report, jsontext.dump(dict(verdict.document)).decode("utf-8"), verdict.document)


def _unread(error: OpenBadgesError, inquiry: Inquiry) -> VerificationReport:
    """The report on what is malformed, or forbidden before anything of it is looked at: alg none, an unsafe header."""
    if isinstance(error, MalformedError):
        return unreadable(error, inquiry)
    check = finding("proof.signature", error)
    unknown = check.outcome is Outcome.UNKNOWN
    return VerificationReport(
        checks=(check,),
        required=frozenset({check.id}),
        at=inquiry.now,
        verdict_code="verdict.unknown_signature" if unknown else "verdict.bad_signature",
        verdict_params={"reason": error.detail},
        format=None if error.code.startswith("legacy.") else "vc-jwt",
        container=None if error.code.startswith("legacy.") else "jwt",
    )
