"""Digests of linked files (``relatedResource``, VCDM 2.0 section 5.3): compared with what is at hand, never fetched."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from openbadges.contexts import PINNED
from openbadges.encoding.base import decode_multibase
from openbadges.errors import MalformedError, OpenBadgesError
from openbadges.report import Check, Outcome
from openbadges.verification.inquiry import Inquiry

__all__ = ["check_related_resources"]

_LONGEST_DIGEST = 256  # characters
_ACCEPT = "*/*"
_HASHES: Mapping[str, Callable[[bytes], Any]] = MappingProxyType(
    {"sha256": hashlib.sha256, "sha384": hashlib.sha384, "sha512": hashlib.sha512}
)
_LENGTHS: Mapping[str, int] = MappingProxyType({"sha256": 32, "sha384": 48, "sha512": 64})
_OF_LENGTH: Mapping[int, str] = MappingProxyType({length: name for name, length in _LENGTHS.items()})
_MULTIHASH: Mapping[int, str] = MappingProxyType({0x12: "sha256", 0x20: "sha384", 0x13: "sha512"})  # multicodec table


@dataclass(frozen=True, slots=True)
class _Digest:
    """A digest as it was signed; ``algorithm`` is None when it is of a kind that is not known here."""

    algorithm: str | None
    value: bytes


def check_related_resources(document: Mapping[str, Any], inquiry: Inquiry) -> tuple[Check, ...]:
    """``related.digest``: all digests of each linked file that is at hand, a pinned context or a file handed over.

    Others are not fetched to be compared, because that would tell their host who verifies what; the report says so.

    Raises:
        MalformedError: ``related.malformed``.
    """
    value = document.get("relatedResource")
    if value is None:
        return ()
    resources = list(_resources(value))
    findings = [_compared(url, digests, media_type, inquiry) for url, digests, media_type in resources]
    for outcome in (Outcome.FAIL, Outcome.UNKNOWN):
        worst = next((check for check in findings if check is not None and check.outcome is outcome), None)
        if worst is not None:
            return (worst,)
    left = findings.count(None)
    if left:
        return (_check(Outcome.SKIPPED, "related.not_fetched", count=left),)
    return (_check(Outcome.PASS, "related.good"),)


def _resources(value: Any) -> Iterator[tuple[str, list[_Digest], str]]:
    seen: set[str] = set()
    for resource in value if isinstance(value, list) else [value]:
        url = resource.get("id") if isinstance(resource, Mapping) else None
        if not isinstance(url, str) or url in seen:
            raise _malformed()
        seen.add(url)
        digests = [_integrity(text) for text in _texts(resource.get("digestSRI"))]
        digests += [_multibase(text) for text in _texts(resource.get("digestMultibase"))]
        media_type = resource.get("mediaType", _ACCEPT)
        if not digests or not isinstance(media_type, str):
            raise _malformed()
        yield url, digests, media_type


def _compared(url: str, digests: list[_Digest], media_type: str, inquiry: Inquiry) -> Check | None:
    """What came of one file; None when it is not at hand."""
    known = [digest for digest in digests if digest.algorithm is not None]
    if url in PINNED:
        pin = PINNED[url]
        published = {"sha256": pin.sha256, "sha384": pin.sha384}
        known = [digest for digest in known if digest.algorithm in published]
        if not known:
            return None
        return _judged(url, all(digest.value.hex() in published[str(digest.algorithm)] for digest in known))
    if not inquiry.has_at_hand(url):
        return None
    if not known:
        return _check(Outcome.UNKNOWN, "related.algorithm", url=url)
    try:
        body = inquiry.fetcher.get(url, accept=media_type, max_bytes=inquiry.limits.png_bytes).body
    except OpenBadgesError as error:
        return _check(Outcome.UNKNOWN, error.code, **error.params)
    return _judged(url, all(_fits(digest, body) for digest in known))


def _fits(digest: _Digest, body: bytes) -> bool:
    return hmac.compare_digest(_HASHES[str(digest.algorithm)](body).digest(), digest.value)


def _judged(url: str, good: bool) -> Check:
    return _check(Outcome.PASS, "related.good") if good else _check(Outcome.FAIL, "related.changed", url=url)


def _integrity(text: Any) -> _Digest:
    """Subresource Integrity, section 3.5: ``sha256-``, ``sha384-`` or ``sha512-``, and base64."""
    algorithm, _, encoded = _short(text).partition("-")
    try:
        value = base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError) as error:
        raise _malformed() from error
    if len(value) != _LENGTHS.get(algorithm):
        raise _malformed()
    return _Digest(algorithm, value)


def _multibase(text: Any) -> _Digest:
    """Multibase of a multihash, or of the bare digest, as the W3C test suite writes it."""
    try:
        raw = decode_multibase(_short(text), max_chars=_LONGEST_DIGEST)
    except OpenBadgesError as error:
        raise _malformed() from error
    if len(raw) > 2 and raw[1] == len(raw) - 2:
        algorithm = _MULTIHASH.get(raw[0])
        value = raw[2:]
        if len(value) != _LENGTHS.get(algorithm or "", len(value)):
            raise _malformed()
        return _Digest(algorithm, value)
    if len(raw) not in _OF_LENGTH:
        raise _malformed()
    return _Digest(_OF_LENGTH[len(raw)], raw)


def _short(text: Any) -> str:
    if not isinstance(text, str) or len(text) > _LONGEST_DIGEST:
        raise _malformed()
    return text


def _texts(value: Any) -> list[Any]:
    return [] if value is None else value if isinstance(value, list) else [value]


def _malformed() -> MalformedError:
    return MalformedError("related.malformed", pointer="/relatedResource")


def _check(outcome: Outcome, code: str, **params: Any) -> Check:
    return Check(id="related.digest", outcome=outcome, code=code, params=params)
