"""Checking badges from anywhere, with the library's verdict and what this site knows of the issuer."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from issuer_service.services.checking import Checked, InThisProcess, Question
from issuer_service.services.documents import LocalDocuments
from issuer_service.services.errors import InvalidError, NotFoundError
from issuer_service.services.forms import is_web_address
from issuer_service.services.pictures import is_svg
from issuer_service.services.ports import Checker, UnitOfWork
from issuer_service.services.records import Affiliate, AffiliateState, Award, KnownIssuer
from issuer_service.services.tools import Tools
from openbadges import Recipient, VerificationReport, unbake
from openbadges.errors import OpenBadgesError
from openbadges.limits import DEFAULT_LIMITS

__all__ = ["Verdict", "Verification"]

_ACCEPT = (
    "application/vc, application/vc+jwt, application/ld+json, application/json;q=0.9, image/png;q=0.8, "
    "image/svg+xml;q=0.8, text/plain;q=0.5"
)
_BADGE_PAGE = re.compile(r"/b/[A-Za-z0-9_-]+")
_STATUS_LIST = re.compile(r"/status/([A-Za-z0-9_-]+)")
_WITHOUT_SCHEME = re.compile(r"[\w-]+(?:\.[\w-]+)+(?::[0-9]+)?(?:/\S*)?")
_LONGEST_INDEX = 9  # digits


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What was found about a badge.

    Attributes:
        report: The library's report; its outcome does not depend on whether the issuer is known.
        known: The operator's entry for an issuer from elsewhere.
        affiliate: The approved affiliate of this site that issued it.
        document: The badge's content, only when its proof and its issuer are good: nothing else is shown as true.
        reason: Why it was withdrawn or suspended, from the short list; None when that is not known here.
    """

    report: VerificationReport
    known: KnownIssuer | None = None
    affiliate: Affiliate | None = None
    document: Mapping[str, Any] | None = None
    reason: str | None = None

    @property
    def is_known(self) -> bool:
        """Whether this site knows the issuer. A good signature alone does not say who somebody is."""
        return self.known is not None or self.affiliate is not None


@dataclass(frozen=True, slots=True)
class Verification:
    """Use cases of people who check a badge. Nothing that is checked is kept."""

    tools: Tools
    documents: LocalDocuments
    checker: Checker

    def verify_bytes(self, data: bytes | str, *, recipient: Recipient | None = None) -> Verdict:
        """Check a badge: JSON, a token, a baked PNG or SVG, Open Badges 3.0 or 2.0. Never raises for a bad badge.

        Raises:
            InvalidError: It took more work than a badge ever needs.
            BusyError: Too many are checked at this moment.
        """
        return self._known(self.checker.check(data, self._question(recipient), self.documents))

    def verify_other(
        self,
        data: bytes | str,
        *,
        presented: bool = False,
        challenge: str | None = None,
        domain: str | None = None,
    ) -> VerificationReport:
        """Check any W3C credential, or a presentation, by the generic profile.

        Raises:
            InvalidError: It took more work than a credential ever needs.
            BusyError: Too many are checked at this moment.
        """
        asked = Question(
            now=self.tools.clock.now(), profile="vc", presented=presented, challenge=challenge, domain=domain
        )
        return self.checker.check(data, asked, self.documents).report

    def _question(self, recipient: Recipient | None) -> Question:
        return Question(now=self.tools.clock.now(), recipient=recipient)

    def _known(self, found: Checked) -> Verdict:
        """With what this site knows of the issuer."""
        report = found.report
        issuer_id = str((report.issuer or {}).get("id") or "")
        if not issuer_id:
            return Verdict(report=report)
        with self.tools.store.read() as work:
            known = work.known_issuer(issuer_id)
            affiliate = work.affiliate_by_issuer(issuer_id)
            reason = self._reason(work, found.document) if affiliate is not None else None
        if affiliate is not None and affiliate.state is AffiliateState.PENDING:
            affiliate = None
        return Verdict(report=report, known=known, affiliate=affiliate, document=found.document, reason=reason)

    def _reason(self, work: UnitOfWork, document: Mapping[str, Any] | None) -> str | None:
        """What the issuer chose; the award of a file is found by its place in a status list of ours."""
        given = (document or {}).get("credentialStatus")
        for entry in given if isinstance(given, list) else [given] if given else []:
            address, index = (str(entry.get(name)) for name in ("statusListCredential", "statusListIndex"))
            found = _STATUS_LIST.fullmatch(self.tools.site.path_of(address) or "")
            if found and index.isascii() and index.isdigit() and len(index) <= _LONGEST_INDEX:
                award = work.award_at(found[1], int(index))
                if award is not None and award.reason is not None:
                    return award.reason
        return None

    def verify_award(self, award: Award, *, recipient: Recipient | None = None) -> Verdict:
        """Check a badge of this site from the bytes that were signed. They are our own, so it is done right here.

        Raises:
            NotFoundError: It is not signed, or erased.
        """
        if award.signed_json is None:
            raise NotFoundError("award.not_found")
        return self._known(InThisProcess().check(award.signed_json, self._question(recipient), self.documents))

    def verify_url(self, url: str, *, recipient: Recipient | None = None) -> Verdict:
        """Fetch a badge from its address and check it.

        Raises:
            InvalidError: Not an address, or nothing could be had there.
        """
        address = self._with_scheme(url.strip())
        if not is_web_address(address):
            raise InvalidError.of("url", "field.web_address")
        own = self.tools.site.path_of(address)
        if own is None and not address.startswith("https://"):
            raise InvalidError.of("url", "verify.not_https")
        bare = address.partition("#")[0]
        page = _BADGE_PAGE.match(own) if own is not None else None
        if page:  # the badge page, whatever lies under it
            bare = self.tools.site.base_url + page[0]
        try:
            answer = self.documents.get(bare, accept=_ACCEPT, max_bytes=DEFAULT_LIMITS.png_bytes)
        except OpenBadgesError as error:
            if own is not None:  # one sentence for all that is not to be had here (S-PRIV-1)
                raise InvalidError.of("url", "verify.nothing_here") from error
            raise InvalidError.of("url", "verify.unreachable", reason=error.detail) from error
        return self.verify_bytes(answer.body, recipient=recipient)

    def verify_text(self, text: str, *, recipient: Recipient | None = None) -> Verdict:
        """Check what was pasted or read from a QR code: a badge, or the address of one.

        Raises:
            InvalidError: Nothing could be had at the address.
        """
        bare = self._own_with_scheme(text.strip())
        if is_web_address(bare):
            return self.verify_url(bare, recipient=recipient)
        return self.verify_bytes(bare, recipient=recipient)

    def _own_with_scheme(self, text: str) -> str:
        """An address of this site as it is printed, without what stands before the host."""
        scheme, _, place = self.tools.site.base_url.partition("://")
        return f"{scheme}://{text}" if text.lower().startswith(f"{place.lower()}/") else text

    def _with_scheme(self, text: str) -> str:
        """What is meant when somebody types an address as one reads it."""
        own = self._own_with_scheme(text)
        return f"https://{text}" if own == text and _WITHOUT_SCHEME.fullmatch(text) else own

    def verify_file(self, data: bytes, *, recipient: Recipient | None = None) -> Verdict:
        """Check a file: a badge in any form, or a picture of a QR code.

        Raises:
            InvalidError: A photo in which no code is found, or nothing could be had at the address in it.
        """
        if not _is_photo(data):
            return self.verify_bytes(data, recipient=recipient)
        return self.verify_text(self.checker.read_code(data), recipient=recipient)

    def find_code(self, still: bytes) -> str:
        """The text of the QR code in one picture of a camera that films, or nothing while none is to be seen.

        Raises:
            InvalidError: Not a picture that can be read.
            BusyError: Too many are checked at this moment.
        """
        try:
            return self.checker.read_code(still)
        except InvalidError as error:
            if any(one.sentence.code != "photo.no_code" for one in error.problems):
                raise
            return ""


def _is_photo(data: bytes) -> bool:
    """A picture without a badge in it."""
    if data.startswith(b"\xff\xd8\xff") or (data[:4] == b"RIFF" and data[8:12] == b"WEBP"):
        return True
    if not data.startswith(b"\x89PNG\r\n\x1a\n") and not is_svg(data):
        return False
    try:
        unbake(data)
    except OpenBadgesError as error:
        return error.code == "image.no_badge"
    return False
