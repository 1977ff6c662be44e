"""The badge itself: OpenBadgeCredential (alias AchievementCredential) and its subject."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any, ClassVar, Self

from openbadges.errors import MalformedError
from openbadges.models.achievement import Achievement
from openbadges.models.base import Model
from openbadges.models.identifiers import IdentityObject
from openbadges.models.lexical import OB_CONTEXT, is_uri
from openbadges.models.markers import ABSENT, EMPTY, Many, Maybe, MaybeFrom
from openbadges.models.new import OB_CONTEXT_URL, VC_CONTEXT_URL, fresh_dates, fresh_id
from openbadges.models.parts import Evidence, Image
from openbadges.models.plumbing import CredentialSchema, CredentialStatus, RefreshService, TermsOfUse
from openbadges.models.profile import CredentialMembers, EndorsementCredential, Profile
from openbadges.models.results import Result
from openbadges.models.types import CompactJws, ContextItem, DateTime, DateTimeZ, Kind, Leading, Number, String, Uri
from openbadges.ports import Clock

__all__ = ["BADGE_TYPES", "AchievementCredential", "AchievementSubject", "OpenBadgeCredential", "SubjectMembers"]

BADGE_TYPES = (
    "AchievementCredential",
    "OpenBadgeCredential",
)  # two names of one class: the contexts map both to one IRI


class SubjectMembers(Model):
    """What the subject of a badge has in either version of the W3C data model."""

    RULES: ClassVar[str] = "Subject"

    id: Maybe[Uri] = ABSENT
    type: Annotated[tuple[str, ...], Kind(("AchievementSubject",))] = ("AchievementSubject",)
    activity_start_date: MaybeFrom[DateTime, datetime] = ABSENT
    activity_end_date: MaybeFrom[DateTime, datetime] = ABSENT
    credits_earned: Maybe[Number] = ABSENT
    achievement: Any
    identifier: Many[IdentityObject] = EMPTY
    image: MaybeFrom[Image, str] = ABSENT
    license_number: Maybe[String] = ABSENT
    narrative: Maybe[String] = ABSENT
    result: Many[Result] = EMPTY
    role: Maybe[String] = ABSENT
    source: Maybe[Any] = ABSENT
    term: Maybe[String] = ABSENT


class AchievementSubject(SubjectMembers):
    """Who earned what: the recipient by ``id`` or by at least one ``identifier``, and the achievement.

    Attributes:
        activity_start_date: When the activity began; the zone may be absent.
        image: The image made for this recipient, not the achievement's own.
        source: Who assessed on the issuer's behalf.
    """

    achievement: Achievement
    source: MaybeFrom[Profile, str] = ABSENT


class OpenBadgeCredential(CredentialMembers):
    """A badge: an achievement, awarded by an issuer to a recipient (Open Badges 3.0 on VCDM 2.0)."""

    ORDER: ClassVar[tuple[str, ...]] = ("context", "id", "type", "name", "description", "image", "awarded_date")

    context: Annotated[tuple[ContextItem, ...], Leading(VC_CONTEXT_URL, OB_CONTEXT)] = (VC_CONTEXT_URL, OB_CONTEXT_URL)
    id: Uri
    type: Annotated[tuple[str, ...], Kind(("VerifiableCredential",), BADGE_TYPES)] = (
        "VerifiableCredential",
        "OpenBadgeCredential",
    )
    name: Maybe[String] = ABSENT
    description: Maybe[String] = ABSENT
    image: MaybeFrom[Image, str] = ABSENT
    awarded_date: MaybeFrom[DateTimeZ, datetime] = ABSENT
    credential_subject: AchievementSubject
    endorsement: Many[EndorsementCredential] = EMPTY
    endorsement_jwt: Many[CompactJws] = EMPTY
    evidence: Many[Evidence] = EMPTY

    @classmethod
    def award(  # noqa: PLR0913 - one keyword for each thing the specification lets an award say
        cls,
        achievement: Achievement,
        *,
        issuer: Profile | str,
        recipient: str | IdentityObject | Sequence[IdentityObject],
        identifier: IdentityObject | Sequence[IdentityObject] = (),
        id: str | None = None,  # noqa: A002 - the specification's word
        name: str | None = None,
        description: str | None = None,
        image: Image | str | None = None,
        valid_from: datetime | str | None = None,
        valid_until: datetime | str | None = None,
        awarded_date: datetime | str | None = None,
        evidence: Evidence | Sequence[Evidence] = (),
        narrative: str | None = None,
        results: Result | Sequence[Result] = (),
        activity_start_date: datetime | str | None = None,
        activity_end_date: datetime | str | None = None,
        credits_earned: float | None = None,
        license_number: str | None = None,
        role: str | None = None,
        source: Profile | str | None = None,
        term: str | None = None,
        credential_status: CredentialStatus | Sequence[CredentialStatus] = (),
        credential_schema: CredentialSchema | Sequence[CredentialSchema] = (),
        refresh_service: RefreshService | None = None,
        terms_of_use: TermsOfUse | Sequence[TermsOfUse] = (),
        endorsement: EndorsementCredential | Sequence[EndorsementCredential] = (),
        endorsement_jwt: str | Sequence[str] = (),
        clock: Clock | None = None,
    ) -> Self:
        """A badge that is ready to be signed with ``openbadges.issue``.

        Args:
            achievement: What was earned.
            issuer: Who awards it; its ``id`` has to be the signer's.
            recipient: Who earned it: a DID or other URI of theirs, or one or more ``IdentityObject``.
            identifier: More identities of a recipient that is given by URI, e.g. a name they want shown.
            id: A random ``urn:uuid`` by default.
            name: The achievement's name by default.
            description: What wallets show beside the name.
            image: What wallets show.
            valid_from: Start of validity, aware ``datetime`` or text; now by default.
            valid_until: End of validity; none by default.
            awarded_date: When it was first awarded; ``valid_from`` by default.
            evidence: What shows that it was earned.
            narrative: Markdown that connects the evidence.
            results: Grades, levels or statuses that were reached.
            activity_start_date: When the activity began.
            activity_end_date: When the activity ended.
            credits_earned: Number of credits.
            license_number: Number of the licence that comes with it.
            role: What the recipient was or did.
            source: Who assessed on the issuer's behalf.
            term: Academic term.
            credential_status: Where revocation can be looked up.
            credential_schema: JSON Schemas that the badge follows.
            refresh_service: Where a newer edition can be had.
            terms_of_use: Terms it is issued under.
            endorsement: Signed endorsements of the badge.
            endorsement_jwt: The same as compact JWS.
            clock: Tells the time; the system's clock by default.

        Raises:
            MalformedError: ``model.invalid``, or ``model.recipient`` when the recipient is neither URI nor identity.
        """
        start, awarded = fresh_dates(valid_from, awarded_date, clock)
        recipient_id, identities = _recipient(recipient, identifier)
        subject = AchievementSubject(
            id=recipient_id,
            identifier=identities,
            achievement=achievement,
            narrative=narrative,
            result=results,
            activity_start_date=activity_start_date,
            activity_end_date=activity_end_date,
            credits_earned=credits_earned,
            license_number=license_number,
            role=role,
            source=source,
            term=term,
        )
        return cls(
            id=fresh_id() if id is None else id,
            name=subject.achievement.name if name is None else name,
            description=description,
            image=image,
            awarded_date=awarded,
            issuer=issuer,
            valid_from=start,
            valid_until=valid_until,
            credential_subject=subject,
            credential_status=credential_status,
            credential_schema=credential_schema,
            refresh_service=refresh_service,
            terms_of_use=terms_of_use,
            endorsement=endorsement,
            endorsement_jwt=endorsement_jwt,
            evidence=evidence,
        )


def _recipient(
    recipient: str | IdentityObject | Sequence[IdentityObject], more: IdentityObject | Sequence[IdentityObject]
) -> tuple[str | None, tuple[IdentityObject, ...]]:
    others = (more,) if isinstance(more, IdentityObject) else tuple(more)
    if isinstance(recipient, str) and is_uri(recipient):
        return recipient, others
    if isinstance(recipient, IdentityObject):
        return None, (recipient, *others)
    if isinstance(recipient, str) or not isinstance(recipient, Sequence):
        raise MalformedError("model.recipient", recipient=str(recipient))
    return None, (*recipient, *others)


AchievementCredential = OpenBadgeCredential
