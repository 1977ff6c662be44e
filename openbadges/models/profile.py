"""People and organisations (Profile), and what they say about others (EndorsementCredential).

The two stand in one file because each holds the other. ``...Members`` classes hold what the VCDM 2.0 class and its
VCDM 1.1 variant have in common; the variants, which are only read, are in ``vcdm1``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any, ClassVar, Self

from pydantic_core import core_schema

from openbadges.jsontext import JsonObject
from openbadges.models.base import Model
from openbadges.models.identifiers import IdentifierEntry
from openbadges.models.lexical import OB_CONTEXT
from openbadges.models.markers import ABSENT, EMPTY, Compacted, From, Many, Maybe, MaybeFrom, SingleOrMany
from openbadges.models.new import OB_CONTEXT_URL, VC_CONTEXT_URL, fresh_dates, fresh_id, with_extensions
from openbadges.models.parts import Image
from openbadges.models.plumbing import CredentialSchema, CredentialStatus, Proof, RefreshService, TermsOfUse
from openbadges.models.types import (
    CompactJws,
    ContextItem,
    CountryCode,
    Date,
    DateTimeZ,
    Exactly,
    Kind,
    Leading,
    NormalizedString,
    Number,
    String,
    Uri,
)
from openbadges.ports import Clock

__all__ = [
    "Address",
    "CredentialMembers",
    "CredentialSubject",
    "EndorsementCredential",
    "EndorsementSubject",
    "GeoCoordinates",
    "Profile",
    "ProfileMembers",
    "Reference",
    "VerifiableCredential",
]

_Types = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """A profile that may be given by its URI alone (ProfileRef)."""

    def __get_pydantic_core_schema__(self, source: Any, handler: Callable[[Any], Any]) -> core_schema.CoreSchema:
        """Read a bare URI as a profile with that ``id``."""
        return core_schema.no_info_before_validator_function(_as_profile, handler(source))


def _as_profile(value: Any) -> Any:
    return {"id": value, "type": ["Profile"]} if isinstance(value, str) else value


class GeoCoordinates(Model):
    """A place on earth, in degrees (WGS84)."""

    type: Annotated[str, Exactly("GeoCoordinates")] = "GeoCoordinates"
    latitude: Number
    longitude: Number


class Address(Model):
    """A postal address.

    Attributes:
        address_country_code: ISO 3166-1 alpha-2, e.g. ``"DE"``.
    """

    type: Annotated[_Types, Kind(("Address",))] = ("Address",)
    address_country: Maybe[String] = ABSENT
    address_country_code: Maybe[CountryCode] = ABSENT
    address_region: Maybe[String] = ABSENT
    address_locality: Maybe[String] = ABSENT
    street_address: Maybe[String] = ABSENT
    post_office_box_number: Maybe[String] = ABSENT
    postal_code: Maybe[String] = ABSENT
    geo: Maybe[GeoCoordinates] = ABSENT


class ProfileMembers(Model):
    """What a profile has in either version of the W3C data model."""

    SHORTHAND: ClassVar[str] = "id"

    id: Uri
    type: Annotated[_Types, Kind(("Profile",))] = ("Profile",)
    name: Maybe[String] = ABSENT
    url: Maybe[Uri] = ABSENT
    phone: Maybe[NormalizedString] = ABSENT
    description: Maybe[String] = ABSENT
    endorsement: Many[Any] = EMPTY
    endorsement_jwt: Many[CompactJws] = EMPTY
    image: MaybeFrom[Image, str] = ABSENT
    email: Maybe[NormalizedString] = ABSENT
    address: Maybe[Address] = ABSENT
    other_identifier: Many[IdentifierEntry] = EMPTY
    official: Maybe[String] = ABSENT
    parent_org: Maybe[Any] = ABSENT
    family_name: Maybe[String] = ABSENT
    given_name: Maybe[String] = ABSENT
    additional_name: Maybe[String] = ABSENT
    patronymic_name: Maybe[String] = ABSENT
    honorific_prefix: Maybe[String] = ABSENT
    honorific_suffix: Maybe[String] = ABSENT
    family_name_prefix: Maybe[String] = ABSENT
    date_of_birth: MaybeFrom[Date, date] = ABSENT


class Profile(ProfileMembers):
    """A person or organisation. In Python a plain text stands for its ``id``.

    Attributes:
        id: A DID or URL; an issuer's is what verifiers trust.
        endorsement_jwt: Endorsements as compact JWS.
    """

    endorsement: Many[EndorsementCredential] = EMPTY
    parent_org: Maybe[Profile] = ABSENT


class CredentialSubject(Model):
    """Whom or what a credential is about."""

    id: Maybe[Uri] = ABSENT


class EndorsementSubject(Model):
    """What is endorsed: a person, organisation, credential or achievement.

    Attributes:
        endorsement_comment: Markdown.
    """

    id: Uri
    type: Annotated[_Types, Kind(("EndorsementSubject",))] = ("EndorsementSubject",)
    endorsement_comment: Maybe[String] = ABSENT


class CredentialMembers(Model):
    """What every credential of VCDM 2.0 has."""

    context: Annotated[tuple[ContextItem, ...], Leading(VC_CONTEXT_URL)] = (VC_CONTEXT_URL,)
    id: Any = ABSENT
    type: Annotated[_Types, Kind(("VerifiableCredential",))] = ("VerifiableCredential",)
    issuer: From[Annotated[Profile, Reference()], str]
    valid_from: From[DateTimeZ, datetime]
    valid_until: MaybeFrom[DateTimeZ, datetime] = ABSENT
    credential_subject: Any
    proof: Compacted[Proof] = EMPTY
    credential_schema: Compacted[CredentialSchema] = EMPTY
    credential_status: SingleOrMany[CredentialStatus] = EMPTY
    refresh_service: Maybe[RefreshService] = ABSENT
    terms_of_use: Compacted[TermsOfUse] = EMPTY

    @classmethod
    def completed(cls, members: JsonObject) -> JsonObject:
        """Adds the 1EdTech extension context where its types are used."""
        return with_extensions(members, cls.model_fields["context"].default)


class VerifiableCredential(CredentialMembers):
    """Any W3C credential (VCDM 2.0), as far as Open Badges looks at it."""

    id: Maybe[Uri] = ABSENT
    credential_subject: CredentialSubject


class EndorsementCredential(CredentialMembers):
    """A signed good word for a person, organisation, credential or achievement."""

    ORDER: ClassVar[tuple[str, ...]] = ("context", "id", "type", "name", "description")

    context: Annotated[tuple[ContextItem, ...], Leading(VC_CONTEXT_URL, OB_CONTEXT)] = (VC_CONTEXT_URL, OB_CONTEXT_URL)
    id: Uri
    type: Annotated[_Types, Kind(("VerifiableCredential", "EndorsementCredential"))] = (
        "VerifiableCredential",
        "EndorsementCredential",
    )
    name: String
    description: Maybe[String] = ABSENT
    credential_subject: EndorsementSubject
    awarded_date: MaybeFrom[DateTimeZ, datetime] = ABSENT

    @classmethod
    def endorse(  # noqa: PLR0913 - one keyword for each thing the specification lets an endorsement say
        cls,
        subject: str,
        *,
        issuer: Profile | str,
        name: str,
        comment: str | None = None,
        id: str | None = None,  # noqa: A002 - the specification's word
        valid_from: datetime | str | None = None,
        valid_until: datetime | str | None = None,
        awarded_date: datetime | str | None = None,
        clock: Clock | None = None,
    ) -> Self:
        """An endorsement that is ready to be signed.

        Args:
            subject: ``id`` of what is endorsed.
            issuer: Who endorses.
            name: What the endorsement is called, e.g. ``"Endorsed by Example Foundation"``.
            comment: Markdown.
            id: A random ``urn:uuid`` by default.
            valid_from: Now by default.
            valid_until: No end by default.
            awarded_date: ``valid_from`` by default.
            clock: Tells the time; the system's clock by default.

        Raises:
            MalformedError: ``model.invalid``.
        """
        start, awarded = fresh_dates(valid_from, awarded_date, clock)
        return cls(
            id=id or fresh_id(),
            name=name,
            issuer=issuer,
            valid_from=start,
            valid_until=valid_until,
            awarded_date=awarded,
            credential_subject=EndorsementSubject(id=subject, endorsement_comment=comment),
        )


Profile.model_rebuild()
