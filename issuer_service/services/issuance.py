"""Signing awards: from the row to the badge, and the forms in which a recipient takes it along."""

from __future__ import annotations

import base64
import logging
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from issuer_service.services.achievements import Achievements, level_url, result_url, version_of
from issuer_service.services.affiliates import Affiliates, approved_affiliate
from issuer_service.services.awards import award_of, change, wrong_state
from issuer_service.services.designer import PLAIN, draw
from issuer_service.services.errors import ConflictError, NotFoundError
from issuer_service.services.hashing import fingerprint, new_secret
from issuer_service.services.records import (
    AchievementVersion,
    Affiliate,
    Award,
    AwardState,
    RecipientKind,
    SigningKeyRecord,
)
from issuer_service.services.rubrics import rubric_results
from issuer_service.services.signing import active_key, sign_badge
from issuer_service.services.tools import Tools
from openbadges import Evidence, IdentityObject, OpenBadgeCredential, bake
from openbadges.models import Result
from openbadges.models.plumbing import CredentialStatus
from openbadges.status import BitstringStatusListEntry

__all__ = ["IDENTITY_TYPES", "SHOWN", "Issuance"]

IDENTITY_TYPES: Mapping[RecipientKind, str] = {
    RecipientKind.USERNAME: "userName",
    RecipientKind.EMAIL: "emailAddress",
    RecipientKind.NAME: "name",
}
SHOWN = (AwardState.ISSUED, AwardState.SUSPENDED, AwardState.REVOKED)
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Facts:
    """Everything a badge is made of, read in one transaction."""

    award: Award
    affiliate: Affiliate
    version: AchievementVersion
    key: SigningKeyRecord


@dataclass(frozen=True, slots=True)
class Issuance:
    """Use cases about signing. Only what the rows say is signed (S-KEY-3)."""

    tools: Tools

    def sign(self, award: Award) -> Award | None:
        """Sign a waiting award. None when it is not waiting any more: undone, or signed by another process.

        Raises:
            ConflictError: The affiliate may not issue, or the library refuses the badge.
        """
        with self.tools.store.read() as work:
            fresh = award_of(work, award.affiliate_id, award.id)
            if fresh.state is not AwardState.WAITING:
                return None
            facts = _Facts(
                award=fresh,
                affiliate=approved_affiliate(work, fresh.affiliate_id),
                version=version_of(work, fresh.achievement_id, fresh.version),
                key=active_key(work, fresh.affiliate_id),
            )
        now = self.tools.now()
        days = facts.version.valid_days
        ends = fresh.valid_until or (now + timedelta(days=days) if days else None)
        credential = self._credential(facts, now, ends)
        embedded, token = sign_badge(self.tools, facts.key, credential)
        signed = replace(
            fresh,
            state=AwardState.ISSUED,
            credential_id=credential.id,
            signed_json=embedded,
            signed_jwt=token,
            issued_at=now,
            valid_until=ends,
        )
        with self.tools.store.write() as work:
            return signed if work.update_award(signed, was=AwardState.WAITING) else None

    def sign_all(self, awards: Sequence[Award]) -> int:
        """Sign those that are waiting; how many were. One that cannot be signed does not stop the others."""
        number = 0
        for award in awards:
            if award.state is not AwardState.WAITING:
                continue
            try:
                number += self.sign(award) is not None
            except (ConflictError, NotFoundError) as error:
                _log.warning("An award was not signed: %s", error.code)
        return number

    # links for recipients

    def new_link(self, affiliate_id: str, award_id: str) -> str:
        """The secret of a new private link for the recipient; an older link stops working.

        Raises:
            NotFoundError: Not an award of this affiliate.
            StateError: It is not issued.
        """
        secret = new_secret()
        with self.tools.store.write() as work:
            award = award_of(work, affiliate_id, award_id)
            if award.state not in SHOWN:
                raise wrong_state(award)
            change(work, award, secret_hash=fingerprint(secret))
        return secret

    def new_links(self, affiliate_id: str, batch_id: str, *, seed: str = "") -> Sequence[tuple[Award, str]]:
        """Links for the issued awards of a batch that have none yet, to be handed out or sent.

        Those that were made with the same seed come again: on a slow line nobody saw them the first time (S-IDEM-1).

        Raises:
            NotFoundError: Not a batch of this affiliate.
        """
        made = []
        with self.tools.store.write() as work:
            if work.get_batch(batch_id, affiliate_id) is None:
                raise NotFoundError("batch.not_found")
            for award in work.awards_of_batch(batch_id):
                if award.state not in SHOWN or award.replaced_by is not None:
                    continue
                secret = new_secret(seed and f"{seed} {award.id}")
                if award.secret_hash is None:
                    made.append((change(work, award, secret_hash=fingerprint(secret)), secret))
                elif award.secret_hash == fingerprint(secret):
                    made.append((award, secret))
        return made

    # pictures

    def baked(self, award: Award, form: Literal["png", "svg"]) -> bytes:
        """The badge inside its picture. The SVG is a wrapper of our own around the PNG.

        Raises:
            NotFoundError: There is no signed badge.
        """
        if award.signed_json is None:
            raise NotFoundError("award.not_found")
        with self.tools.store.read() as work:
            version = version_of(work, award.achievement_id, award.version)
            image = work.get_image(version.image_id) if version.image_id else None
        png = image.png if image is not None else draw(PLAIN)
        return bake(png if form == "png" else _wrapped(png), award.signed_json)

    # the badge

    def _credential(self, facts: _Facts, now: datetime, ends: datetime | None) -> OpenBadgeCredential:
        """The badge of an award (Open Badges 3.0), with nothing in it that the row does not say."""
        award, version = facts.award, facts.version
        achievement = Achievements(self.tools).to_model(version, language=award.language)
        issuer = Affiliates(self.tools).profile(facts.affiliate)
        taken = {part.id for part in (achievement, achievement.image, issuer.image) if part is not None}
        return OpenBadgeCredential.award(
            achievement,
            issuer=issuer,
            recipient=_recipient(award),
            description=achievement.description,
            valid_from=now,
            valid_until=ends,
            awarded_date=award.awarded_at,
            narrative=award.narrative or None,
            evidence=[_evidence(item, taken) for item in award.evidence],
            results=[
                *_results(award, version, achievement.id),
                *rubric_results(version, achievement.id, award.level),
            ],
            credential_status=self._status(award),
        )

    def _status(self, award: Award) -> list[CredentialStatus]:
        places = (
            ("revocation", award.revocation_list_id, award.revocation_index),
            ("suspension", award.suspension_list_id, award.suspension_index),
        )
        return [
            CredentialStatus.from_document(
                BitstringStatusListEntry(
                    status_purpose=purpose,
                    status_list_index=index,
                    status_list_credential=self.tools.site.status_url(list_id),
                ).to_document()
            )
            for purpose, list_id, index in places
            if list_id is not None and index is not None
        ]


def _recipient(award: Award) -> str | IdentityObject:
    """A DID as it is; everything else as a salted hash of the exact text staff saw."""
    value = award.recipient_value
    assert value is not None  # only erased awards have none, and they are not waiting
    if award.recipient_kind is RecipientKind.DID:
        return value
    return IdentityObject.hashed_of(IDENTITY_TYPES[award.recipient_kind], value, award.salt)


def _evidence(item: Mapping[str, str], taken: Collection[str]) -> Evidence:
    """One piece of evidence. A page of this very badge's gets a fragment, for two objects may not share an id."""
    url = item.get("url")
    address = f"{url}#evidence" if url in taken else url
    return Evidence(id=address, name=item.get("name"), narrative=item.get("narrative"))


def _results(award: Award, version: AchievementVersion, achievement_url: str) -> list[Result]:
    names = [level["name"] for level in version.levels]
    if award.level is None or award.level not in names:
        return []
    number = names.index(award.level) + 1
    return [
        Result(
            result_description=result_url(achievement_url, version),
            achieved_level=level_url(achievement_url, version, number),
            value=award.level,
        )
    ]


def _wrapped(png: bytes) -> bytes:
    width, height = (int.from_bytes(png[place : place + 4], "big") for place in (16, 20))
    data = base64.b64encode(png).decode("ascii")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}">'
        f'<image width="{width}" height="{height}" href="data:image/png;base64,{data}"/></svg>\n'
    ).encode("ascii")
