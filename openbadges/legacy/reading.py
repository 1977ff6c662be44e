"""From a document, a token or a bare address to a badge that can be checked; nothing is fetched here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from openbadges.errors import MalformedError
from openbadges.jsontext import parse_object
from openbadges.legacy.model import HOSTED, Assertion, is_legacy, types_of
from openbadges.legacy.scope import parse_address
from openbadges.limits import DEFAULT_LIMITS, Limits
from openbadges.proofs import jws

__all__ = ["LegacyBadge", "read_document", "read_token", "read_url"]


@dataclass(frozen=True, slots=True, kw_only=True)
class LegacyBadge:
    """An Open Badges 2.0 badge as it was handed over.

    Attributes:
        format: How it says it is verified.
        id: The assertion's id. It is all that is taken from a hosted badge; the rest is fetched from there.
        assertion: The assertion as handed over, unverified; None when only the address is known.
        token: The parsed signature of a signed badge; None when a document says that it is signed and has none.
    """

    format: Literal["ob2-hosted", "ob2-signed"]
    id: str
    assertion: Assertion | None = None
    token: jws.Jws | None = None


def read_url(url: str) -> LegacyBadge:
    """A badge known by its address alone, as the oldest baked images carry it.

    Raises:
        MalformedError: Not an https address (``legacy.bare_url``).
    """
    text = url.strip()
    if parse_address(text) is None or "#" in text:
        raise MalformedError("legacy.bare_url", url=text)
    return LegacyBadge(format="ob2-hosted", id=text)


def read_document(document: Mapping[str, Any]) -> LegacyBadge:
    """A badge handed over as JSON; ask ``is_legacy`` first.

    A revoked badge may have lost everything but its id.

    Raises:
        MalformedError: Not an Assertion, or not of its shape (``legacy.*``).
        UnsupportedError: Verified in a way that is not known, or a context of its own.
    """
    assertion = Assertion(document)
    if "Assertion" not in types_of(document) and not assertion.revoked:
        raise MalformedError("legacy.not_assertion", pointer="/type", types=types_of(document))
    hosted = assertion.revoked or assertion.verification_kind == HOSTED
    if not assertion.revoked:
        assertion.check_shape()
    return LegacyBadge(format="ob2-hosted" if hosted else "ob2-signed", id=assertion.id, assertion=assertion)


def read_token(token: str | bytes, limits: Limits = DEFAULT_LIMITS) -> LegacyBadge | None:
    """A badge handed over as a compact JWS, or None when what was signed is not of Open Badges 2.0.

    Raises:
        MalformedError: Not a compact JWS, not JSON inside, or not of an Assertion's shape.
        RefusedError: A forbidden header.
        UnsupportedError: Verified in a way that is not known, or a context of its own.
    """
    parsed = jws.parse(token, limits)
    payload = parse_object(parsed.payload, limits)
    if not is_legacy(payload):
        return None
    assertion = Assertion(payload)
    assertion.check_shape()
    return LegacyBadge(format="ob2-signed", id=assertion.id, assertion=assertion, token=parsed)
