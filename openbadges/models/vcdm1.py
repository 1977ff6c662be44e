"""The VCDM 1.1 variants of Open Badges 3.0: read, because such badges are in the field, and never made.

They differ in the base context, in ``issuanceDate`` and ``expirationDate``, in an issuer that is always an object, and
in a badge name that is required. ``openbadges.issue`` refuses them.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, ClassVar

from openbadges.models.achievement import AchievementMembers
from openbadges.models.base import Model
from openbadges.models.credential import BADGE_TYPES, SubjectMembers
from openbadges.models.lexical import OB_CONTEXT
from openbadges.models.markers import ABSENT, EMPTY, Compacted, From, Many, Maybe, MaybeFrom, SingleOrMany
from openbadges.models.new import OB_CONTEXT_URL
from openbadges.models.parts import Evidence, Image
from openbadges.models.plumbing import CredentialSchema, CredentialStatus, Proof, RefreshService, TermsOfUse
from openbadges.models.profile import CredentialSubject, EndorsementSubject, ProfileMembers
from openbadges.models.types import CompactJws, ContextItem, DateTimeZ, Kind, Leading, String, Uri

__all__ = [
    "VC1_CONTEXT_URL",
    "AchievementCredentialV1p1",
    "AchievementSubjectV1p1",
    "AchievementV1p1",
    "EndorsementCredentialV1p1",
    "ProfileV1p1",
    "VerifiableCredentialV1p1",
]

VC1_CONTEXT_URL = "https://www.w3.org/2018/credentials/v1"


class ProfileV1p1(ProfileMembers):
    """A person or organisation in a VCDM 1.1 badge."""

    endorsement: Many[EndorsementCredentialV1p1] = EMPTY
    parent_org: Maybe[ProfileV1p1] = ABSENT


class CredentialMembersV1p1(Model):
    """What every credential of VCDM 1.1 has."""

    context: Annotated[tuple[ContextItem, ...], Leading(VC1_CONTEXT_URL)] = (VC1_CONTEXT_URL,)
    id: Any = ABSENT
    type: Annotated[tuple[str, ...], Kind(("VerifiableCredential",))] = ("VerifiableCredential",)
    issuer: ProfileV1p1
    issuance_date: From[DateTimeZ, datetime]
    expiration_date: MaybeFrom[DateTimeZ, datetime] = ABSENT
    credential_subject: Any
    proof: Compacted[Proof] = EMPTY
    credential_schema: Compacted[CredentialSchema] = EMPTY
    credential_status: SingleOrMany[CredentialStatus] = EMPTY
    refresh_service: Maybe[RefreshService] = ABSENT
    terms_of_use: Compacted[TermsOfUse] = EMPTY


class VerifiableCredentialV1p1(CredentialMembersV1p1):
    """Any W3C credential of VCDM 1.1, as far as Open Badges looks at it."""

    id: Maybe[Uri] = ABSENT
    credential_subject: CredentialSubject


class EndorsementCredentialV1p1(CredentialMembersV1p1):
    """An endorsement on VCDM 1.1."""

    ORDER: ClassVar[tuple[str, ...]] = ("context", "id", "type", "name", "description")

    context: Annotated[tuple[ContextItem, ...], Leading(VC1_CONTEXT_URL, OB_CONTEXT)] = (
        VC1_CONTEXT_URL,
        OB_CONTEXT_URL,
    )
    id: Uri
    type: Annotated[tuple[str, ...], Kind(("VerifiableCredential", "EndorsementCredential"))] = (
        "VerifiableCredential",
        "EndorsementCredential",
    )
    name: String
    description: Maybe[String] = ABSENT
    credential_subject: EndorsementSubject
    awarded_date: MaybeFrom[DateTimeZ, datetime] = ABSENT


class AchievementV1p1(AchievementMembers):
    """An achievement in a VCDM 1.1 badge."""

    RULES: ClassVar[str] = "Achievement"

    creator: Maybe[ProfileV1p1] = ABSENT
    endorsement: Many[EndorsementCredentialV1p1] = EMPTY


class AchievementSubjectV1p1(SubjectMembers):
    """The subject of a VCDM 1.1 badge."""

    achievement: AchievementV1p1
    source: Maybe[ProfileV1p1] = ABSENT


class AchievementCredentialV1p1(CredentialMembersV1p1):
    """A badge on VCDM 1.1."""

    ORDER: ClassVar[tuple[str, ...]] = ("context", "id", "type", "name", "description", "image", "awarded_date")

    context: Annotated[tuple[ContextItem, ...], Leading(VC1_CONTEXT_URL, OB_CONTEXT)] = (
        VC1_CONTEXT_URL,
        OB_CONTEXT_URL,
    )
    id: Uri
    type: Annotated[tuple[str, ...], Kind(("VerifiableCredential",), BADGE_TYPES)] = (
        "VerifiableCredential",
        "OpenBadgeCredential",
    )
    name: String
    description: Maybe[String] = ABSENT
    image: Maybe[Image] = ABSENT
    awarded_date: MaybeFrom[DateTimeZ, datetime] = ABSENT
    credential_subject: AchievementSubjectV1p1
    endorsement: Many[EndorsementCredentialV1p1] = EMPTY
    endorsement_jwt: Many[CompactJws] = EMPTY
    evidence: Many[Evidence] = EMPTY


for _class in (ProfileV1p1, EndorsementCredentialV1p1):
    _class.model_rebuild()
