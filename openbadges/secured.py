"""A signed badge as the text it was signed as, and the two things one does with it and a picture."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from openbadges import jsontext
from openbadges.limits import DEFAULT_LIMITS, Limits
from openbadges.proofs.vc_jwt import read_vc_jwt

__all__ = ["SecuredCredential", "bake", "unbake"]

Form = Literal["data-integrity", "vc-jwt"]


@dataclass(frozen=True, slots=True)
class SecuredCredential:
    """A signed credential, exactly as it was issued or received: the text is the truth, all else a view of it.

    Attributes:
        text: JSON with a ``proof``, or a compact JWS.
    """

    text: str

    @property
    def form(self) -> Form:
        """``"data-integrity"`` for JSON, ``"vc-jwt"`` for a token."""
        return "data-integrity" if self.text.lstrip(" \t\r\n").startswith("{") else "vc-jwt"

    @property
    def media_type(self) -> str:
        """What to serve it as."""
        return "application/vc" if self.form == "data-integrity" else "application/vc+jwt"

    @property
    def unverified(self) -> Mapping[str, Any]:
        """The credential inside, NOT verified: for looking, never for deciding.

        Raises:
            MalformedError: The text is not a credential.
        """
        if self.form == "data-integrity":
            return jsontext.parse_object(self.text)
        return read_vc_jwt(self.text.strip()).credential

    def __bytes__(self) -> bytes:
        """The text in UTF-8, for files and answers."""
        return self.text.encode("utf-8")

    def __str__(self) -> str:
        """The text."""
        return self.text


def bake(image: bytes, badge: SecuredCredential | str | bytes, *, limits: Limits = DEFAULT_LIMITS) -> bytes:
    """Put a signed badge into a PNG or SVG picture (Open Badges 3.0, section 5.3).

    Args:
        image: The picture.
        badge: The badge, as ``issue`` gave it.
        limits: Bounds of picture and badge.

    Returns:
        A new picture of the same kind; a badge that was already in it is replaced, everything else is untouched.

    Raises:
        MalformedError: The picture is neither PNG nor SVG or is damaged, or the badge is neither JSON nor a token.
        LimitError: Picture or badge is over a limit.
        RefusedError: The picture carries a badge of another standard.
    """
    from openbadges import baking  # noqa: PLC0415 - signing and verifying text need no pictures

    text = badge.text if isinstance(badge, SecuredCredential) else badge
    return baking.bake(image, text, limits=limits)


def unbake(image: bytes, *, limits: Limits = DEFAULT_LIMITS) -> SecuredCredential:
    """Take the badge out of a PNG or SVG picture. It is not verified.

    Raises:
        MalformedError: No picture, no badge in it, more than one, or a damaged one.
        LimitError: The picture is over a limit.
    """
    from openbadges import baking  # noqa: PLC0415 - as above

    return SecuredCredential(baking.unbake(image, limits=limits).text)
