"""Reading any document of the data model: the class is found by ``type`` and by the version of the W3C data model."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from openbadges.errors import MalformedError, UnsupportedError
from openbadges.models.achievement import Achievement
from openbadges.models.base import Model
from openbadges.models.credential import OpenBadgeCredential
from openbadges.models.profile import EndorsementCredential, Profile, VerifiableCredential
from openbadges.models.rules import types_of
from openbadges.models.vcdm1 import (
    VC1_CONTEXT_URL,
    AchievementCredentialV1p1,
    EndorsementCredentialV1p1,
    VerifiableCredentialV1p1,
)

__all__ = ["read_model"]

# The first type that a document has decides; the second class is the variant for VCDM 1.1.
_CLASSES: Mapping[str, tuple[type[Model], type[Model]]] = MappingProxyType(
    {
        "OpenBadgeCredential": (OpenBadgeCredential, AchievementCredentialV1p1),
        "AchievementCredential": (OpenBadgeCredential, AchievementCredentialV1p1),
        "EndorsementCredential": (EndorsementCredential, EndorsementCredentialV1p1),
        "VerifiableCredential": (VerifiableCredential, VerifiableCredentialV1p1),
        "Achievement": (Achievement, Achievement),
        "Profile": (Profile, Profile),
    }
)


def read_model(document: Mapping[str, Any]) -> Model:
    """Read a credential, an endorsement, an achievement or a profile.

    Args:
        document: A plain JSON object.

    Returns:
        An instance of the class its ``type`` names: for a badge ``OpenBadgeCredential``, or
        ``AchievementCredentialV1p1`` when its first context is that of VCDM 1.1; for any other credential
        ``VerifiableCredential`` or its variant.

    Raises:
        MalformedError: ``model.invalid`` or ``model.not_document``.
        UnsupportedError: ``model.unknown_type``.
    """
    if not isinstance(document, Mapping):
        raise MalformedError("model.not_document")
    types = types_of(document)
    for type_, (current, old) in _CLASSES.items():
        if type_ in types:
            return (old if _is_vcdm1(document) else current).from_document(document)
    raise UnsupportedError("model.unknown_type", pointer="/type", types=types[:5])


def _is_vcdm1(document: Mapping[str, Any]) -> bool:
    contexts = document.get("@context")
    return isinstance(contexts, (list, tuple)) and VC1_CONTEXT_URL in contexts[:1]
