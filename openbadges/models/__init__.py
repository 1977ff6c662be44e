"""The data model of Open Badges 3.0: typed, immutable views of documents.

Names are loaded when first used, so that ``openbadges.models.rules`` and ``.identity``, which a verifier needs, do not
bring Pydantic along.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from openbadges.models.achievement import Achievement
    from openbadges.models.api import (
        GetOpenBadgeCredentialsResponse,
        ImsxCodeMinor,
        ImsxCodeMinorField,
        ImsxStatusInfo,
        OpenApiComponents,
        OpenApiInfo,
        OpenApiOAuth2SecurityScheme,
        OpenApiSecuritySchemes,
        ServiceDescriptionDocument,
    )
    from openbadges.models.base import Model
    from openbadges.models.credential import AchievementCredential, AchievementSubject, OpenBadgeCredential
    from openbadges.models.enums import (
        AchievementType,
        AlignmentTargetType,
        IdentifierType,
        ResultStatusType,
        ResultType,
    )
    from openbadges.models.identifiers import IdentifierEntry, IdentityObject
    from openbadges.models.identity import identity_hash
    from openbadges.models.keydocuments import Jwk, Jwks, Multikey
    from openbadges.models.parts import Alignment, Criteria, Evidence, Image, Related
    from openbadges.models.plumbing import (
        BitstringStatusListEntry,
        CredentialSchema,
        CredentialStatus,
        Proof,
        RefreshService,
        TermsOfUse,
    )
    from openbadges.models.profile import (
        Address,
        CredentialSubject,
        EndorsementCredential,
        EndorsementSubject,
        GeoCoordinates,
        Profile,
        VerifiableCredential,
    )
    from openbadges.models.reading import read_model
    from openbadges.models.results import Result, ResultDescription, RubricCriterionLevel
    from openbadges.models.rules import Problem, cross_field_problems
    from openbadges.models.vcdm1 import (
        AchievementCredentialV1p1,
        AchievementSubjectV1p1,
        AchievementV1p1,
        EndorsementCredentialV1p1,
        ProfileV1p1,
        VerifiableCredentialV1p1,
    )

__all__ = [
    "Achievement",
    "AchievementCredential",
    "AchievementCredentialV1p1",
    "AchievementSubject",
    "AchievementSubjectV1p1",
    "AchievementType",
    "AchievementV1p1",
    "Address",
    "Alignment",
    "AlignmentTargetType",
    "BitstringStatusListEntry",
    "CredentialSchema",
    "CredentialStatus",
    "CredentialSubject",
    "Criteria",
    "EndorsementCredential",
    "EndorsementCredentialV1p1",
    "EndorsementSubject",
    "Evidence",
    "GeoCoordinates",
    "GetOpenBadgeCredentialsResponse",
    "IdentifierEntry",
    "IdentifierType",
    "IdentityObject",
    "Image",
    "ImsxCodeMinor",
    "ImsxCodeMinorField",
    "ImsxStatusInfo",
    "Jwk",
    "Jwks",
    "Model",
    "Multikey",
    "OpenApiComponents",
    "OpenApiInfo",
    "OpenApiOAuth2SecurityScheme",
    "OpenApiSecuritySchemes",
    "OpenBadgeCredential",
    "Problem",
    "Profile",
    "ProfileV1p1",
    "Proof",
    "RefreshService",
    "Related",
    "Result",
    "ResultDescription",
    "ResultStatusType",
    "ResultType",
    "RubricCriterionLevel",
    "ServiceDescriptionDocument",
    "TermsOfUse",
    "VerifiableCredential",
    "VerifiableCredentialV1p1",
    "cross_field_problems",
    "identity_hash",
    "read_model",
]

_NAMES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "achievement": ("Achievement",),
        "api": (
            "GetOpenBadgeCredentialsResponse",
            "ImsxCodeMinor",
            "ImsxCodeMinorField",
            "ImsxStatusInfo",
            "OpenApiComponents",
            "OpenApiInfo",
            "OpenApiOAuth2SecurityScheme",
            "OpenApiSecuritySchemes",
            "ServiceDescriptionDocument",
        ),
        "base": ("Model",),
        "credential": ("AchievementCredential", "AchievementSubject", "OpenBadgeCredential"),
        "enums": ("AchievementType", "AlignmentTargetType", "IdentifierType", "ResultStatusType", "ResultType"),
        "identifiers": ("IdentifierEntry", "IdentityObject"),
        "identity": ("identity_hash",),
        "keydocuments": ("Jwk", "Jwks", "Multikey"),
        "parts": ("Alignment", "Criteria", "Evidence", "Image", "Related"),
        "plumbing": (
            "BitstringStatusListEntry",
            "CredentialSchema",
            "CredentialStatus",
            "Proof",
            "RefreshService",
            "TermsOfUse",
        ),
        "profile": (
            "Address",
            "CredentialSubject",
            "EndorsementCredential",
            "EndorsementSubject",
            "GeoCoordinates",
            "Profile",
            "VerifiableCredential",
        ),
        "reading": ("read_model",),
        "results": ("Result", "ResultDescription", "RubricCriterionLevel"),
        "rules": ("Problem", "cross_field_problems"),
        "vcdm1": (
            "AchievementCredentialV1p1",
            "AchievementSubjectV1p1",
            "AchievementV1p1",
            "EndorsementCredentialV1p1",
            "ProfileV1p1",
            "VerifiableCredentialV1p1",
        ),
    }
)
_MODULES = MappingProxyType({name: module for module, names in _NAMES.items() for name in names})


def __getattr__(name: str) -> Any:
    """Load a public name's module (PEP 562)."""
    module = _MODULES.get(name)
    if module is None:
        # The one foreign exception here: PEP 562 wants it, and hasattr() lives by it.
        raise AttributeError(name, name=name, obj=__name__)
    return getattr(import_module(f"{__name__}.{module}"), name)


def __dir__() -> list[str]:
    """The public names, loaded or not."""
    return sorted([*__all__, *globals()])
