"""Documents of the Open Badges 3.0 API: what a service answers, and how it describes itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated, Literal

from pydantic import ConfigDict

from openbadges.models import enums
from openbadges.models.base import Model, member_name
from openbadges.models.credential import OpenBadgeCredential
from openbadges.models.markers import ABSENT, EMPTY, Many, Maybe
from openbadges.models.types import CompactJws, Exactly, NormalizedString, String, Uri, term

__all__ = [
    "GetOpenBadgeCredentialsResponse",
    "ImsxCodeMinor",
    "ImsxCodeMinorField",
    "ImsxStatusInfo",
    "OpenApiComponents",
    "OpenApiInfo",
    "OpenApiOAuth2SecurityScheme",
    "OpenApiSecuritySchemes",
    "ServiceDescriptionDocument",
]


def _named(names: Mapping[str, str], *, extra: Literal["allow", "forbid"] = "allow") -> ConfigDict:
    """A configuration for members whose names are not the attribute's in camelCase."""
    return ConfigDict(alias_generator=_namer(dict(names)), extra=extra)


def _namer(names: Mapping[str, str]) -> Callable[[str], str]:
    return lambda name: names.get(name) or member_name(name)


class GetOpenBadgeCredentialsResponse(Model):
    """What ``GET credentials`` answers. Closed.

    Attributes:
        credential: Badges with an embedded proof.
        compact_jws_string: Badges as VC-JWT.
    """

    model_config = ConfigDict(extra="forbid")

    credential: Many[OpenBadgeCredential] = EMPTY
    compact_jws_string: Many[CompactJws] = EMPTY


class OpenApiInfo(Model):
    """Who runs the service and under which terms."""

    model_config = _named(
        {
            "privacy_policy_url": "x-imssf-privacyPolicyUrl",
            "image": "x-imssf-image",
        }
    )

    title: String
    version: String
    terms_of_service: Uri
    privacy_policy_url: Uri
    image: Maybe[Uri] = ABSENT


class OpenApiOAuth2SecurityScheme(Model):
    """How to get an OAuth 2.0 token; the standard ``flows`` are kept as they are."""

    model_config = _named({"registration_url": "x-imssf-registrationUrl"})

    type: Annotated[str, Exactly("oauth2")] = "oauth2"
    description: Maybe[String] = ABSENT
    registration_url: Uri


class OpenApiSecuritySchemes(Model):
    """The security schemes of the service."""

    model_config = _named({"oauth2_acg": "OAuth2ACG"})

    oauth2_acg: Maybe[OpenApiOAuth2SecurityScheme] = ABSENT


class OpenApiComponents(Model):
    """The components of the service description."""

    security_schemes: OpenApiSecuritySchemes


class ServiceDescriptionDocument(Model):
    """What ``GET discovery`` answers: an OpenAPI 3.0 document."""

    openapi: String
    info: OpenApiInfo
    components: OpenApiComponents


class ImsxCodeMinorField(Model):
    """One system's reason. Closed."""

    model_config = _named(
        {
            "imsx_code_minor_field_name": "imsx_codeMinorFieldName",
            "imsx_code_minor_field_value": "imsx_codeMinorFieldValue",
        },
        extra="forbid",
    )

    imsx_code_minor_field_name: NormalizedString
    imsx_code_minor_field_value: Annotated[str, term(enums.ImsxCodeMinorFieldValue)]


class ImsxCodeMinor(Model):
    """The reasons of an answer. Closed."""

    model_config = _named({"imsx_code_minor_field": "imsx_codeMinorField"}, extra="forbid")

    imsx_code_minor_field: Many[ImsxCodeMinorField]


class ImsxStatusInfo(Model):
    """An answer that is not a document: how the request ended and why. Closed."""

    model_config = _named(
        {
            "imsx_code_major": "imsx_codeMajor",
            "imsx_severity": "imsx_severity",
            "imsx_description": "imsx_description",
            "imsx_code_minor": "imsx_codeMinor",
        },
        extra="forbid",
    )

    imsx_code_major: Annotated[str, term(enums.ImsxCodeMajor)]
    imsx_severity: Annotated[str, term(enums.ImsxSeverity)]
    imsx_description: Maybe[String] = ABSENT
    imsx_code_minor: Maybe[ImsxCodeMinor] = ABSENT
