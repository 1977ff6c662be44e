"""Digests of linked files (``relatedResource``, VCDM 2.0 section 5.3): compared with what is at hand, never fetched."""

from __future__ import annotations

import base64
import binascii
import hmac
from collections.abc import Mapping
from typing import Any

from openbadges.contexts import PINNED
from openbadges.encoding.base import decode_multibase
from openbadges.errors import MalformedError, OpenBadgesError
from openbadges.report import Check, Outcome

__all__ = ["check_related_resources"]

_LONGEST_DIGEST = 256  # characters
_MULTIHASH = {b"\x12\x20": 32, b"\x20\x30": 48}  # sha2-256 and sha2-384 with their lengths


def check_related_resources(document: Mapping[str, Any]) -> tuple[Check, ...]:
    """``related.digest``: every digest of a pinned context is compared with the published bytes.

    Other files are not fetched to be compared; the report says so.

    Raises:
        MalformedError: ``related.malformed``.
    """
    value = document.get("relatedResource")
    if value is None:
        return ()
    listed = value if isinstance(value, list) else [value]
    seen: set[str] = set()
    compared = 0
    for resource in listed:
        url = resource.get("id") if isinstance(resource, Mapping) else None
        if not isinstance(url, str) or url in seen:
            raise MalformedError("related.malformed", pointer="/relatedResource")
        seen.add(url)
        digests = [*_texts(resource.get("digestSRI")), *_texts(resource.get("digestMultibase"))]
        if not digests:
            raise MalformedError("related.malformed", pointer="/relatedResource")
        if url not in PINNED:
            continue
        compared += 1
        pinned = PINNED[url]
        published = [bytes.fromhex(digest) for digest in (*pinned.sha256, *pinned.sha384)]
        if not all(any(hmac.compare_digest(_digest(text), known) for known in published) for text in digests):
            return (_check(Outcome.FAIL, "related.changed", url=url),)
    if compared < len(listed):
        return (_check(Outcome.SKIPPED, "related.not_fetched"),)
    return (_check(Outcome.PASS, "related.good"),)


def _digest(text: Any) -> bytes:
    """The bytes of a digest: SRI ``sha384-...``, multibase of a multihash, or multibase of the bare digest."""
    if not isinstance(text, str) or len(text) > _LONGEST_DIGEST:
        raise MalformedError("related.malformed", pointer="/relatedResource")
    algorithm, dash, encoded = text.partition("-")
    try:
        if dash and algorithm in ("sha256", "sha384"):
            return base64.b64decode(encoded, validate=True)
        raw = decode_multibase(text, max_chars=_LONGEST_DIGEST)
    except (binascii.Error, ValueError, OpenBadgesError) as error:
        raise MalformedError("related.malformed", pointer="/relatedResource") from error
    return raw[2:] if _MULTIHASH.get(raw[:2]) == len(raw) - 2 else raw


def _texts(value: Any) -> list[Any]:
    return [] if value is None else value if isinstance(value, list) else [value]


def _check(outcome: Outcome, code: str, **params: Any) -> Check:
    return Check(id="related.digest", outcome=outcome, code=code, params=params)
