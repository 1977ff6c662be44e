"""What is fuzzed: one function for each parser, from bytes to nothing.

A target may raise nothing: every error of the library is caught, every other exception is a finding. So is an input
that takes longer than a second of processor time, and a badge that passes and is none of those that were signed.
"""

from __future__ import annotations

import json
import time
import zlib
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from openbadges import AnyIssuer, Outcome, Verifier, baking, jsontext, unbake
from openbadges.canon import rdf
from openbadges.contexts import PinnedContexts
from openbadges.dids import resolver, urls
from openbadges.dids.web import did_web_url
from openbadges.encoding import base, multikey, times
from openbadges.errors import OpenBadgesError
from openbadges.keys import PublicKey
from openbadges.ports import Fetched, NoNetwork
from openbadges.proofs import jws, vc_jwt
from openbadges.shape import check_badge_shape, check_contexts
from openbadges.status import StatusList, decode, read_entry, read_revocation_list

__all__ = ["SEEDS", "TARGETS", "Target", "run_once", "seeds_of"]

SEEDS = Path(__file__).resolve().parent / "seeds"
SLOWEST = 1.0  # seconds of processor time; without instrumentation the slowest honest badge needs a tenth of it
LONGEST = 64 * 1024  # bytes; larger inputs meet the limits, which have tests of their own

_NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
_CONTEXTS = PinnedContexts()


class FindingError(AssertionError):
    """Something a target found that is not an exception of the library: too slow, or a forgery."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One parser. ``seeds`` names the folder of its seeds, ``is_json`` whether inputs are mutated as JSON too."""

    run: Callable[[bytes], object]
    seeds: str
    is_json: bool = False
    longest: int = LONGEST


def parse_json(data: bytes) -> None:
    """Strict JSON: what is read can be written again and reads the same."""
    value = jsontext.parse(data)
    again = jsontext.parse(jsontext.dump(value))
    if again != value:
        raise FindingError("JSON changed on the way through")


def parse_jws(data: bytes) -> None:
    """Compact JWS, and a credential inside."""
    with suppress(OpenBadgesError):
        jws.parse(data)
    found = vc_jwt.read_vc_jwt(data.decode("latin-1"))
    vc_jwt.claim_problems(found)
    if "exp" in found.claims:
        with suppress(OpenBadgesError):
            problems, _ = vc_jwt.claim_problems(found)
            if not problems:
                vc_jwt.expiry(found)


def parse_did(data: bytes) -> None:
    """DIDs, DID URLs, and did:web documents made of the same bytes."""
    text = data.decode("utf-8", "replace")
    for read in (urls.parse_did_url, did_web_url):
        with suppress(OpenBadgesError):
            read(text)
    head, _, body = data.partition(b"\n")
    resolver.resolve(head.decode("utf-8", "replace"), fetcher=_Answer(body))


def parse_multibase(data: bytes) -> None:
    """Multibase, multikeys, base64url."""
    text = data.decode("utf-8", "replace")
    for read in (
        lambda: base.decode_base64url(text, max_chars=4096),
        lambda: base.decode_multibase(text, max_chars=128),
        lambda: multikey.decode_multikey(text),
    ):
        with suppress(OpenBadgesError):
            read()
    key = PublicKey.from_multikey(text)
    if key.to_multikey() != text:
        raise FindingError("two texts for one key")


def parse_png(data: bytes) -> None:
    """PNG, as it stands and with its checksums put right, so that the text chunks are reached."""
    for image in (data, _with_checksums(data)):
        with suppress(OpenBadgesError):
            baking.unbake(image)
        with suppress(OpenBadgesError):
            again = baking.unbake(baking.bake(image, '{"type":"x"}'))
            if again.text != '{"type":"x"}':
                raise FindingError("baked text did not come back")


def parse_svg(data: bytes) -> None:
    """SVG."""
    with suppress(OpenBadgesError):
        baking.unbake(data)
    again = baking.unbake(baking.bake(data, '{"type":"]]>&<x"}'))
    if again.text != '{"type":"]]>&<x"}':
        raise FindingError("baked text did not come back")


def parse_date(data: bytes) -> None:
    """Dates and instants: what is read can be written, and reads the same."""
    text = data.decode("utf-8", "replace")
    for read in (times.parse_date, times.parse_date_time):
        with suppress(OpenBadgesError):
            read(text)
    instant = times.parse_instant(text)
    if times.parse_instant(times.format_instant(instant)) != instant.replace(microsecond=0):
        raise FindingError("an instant changed on the way through")


def parse_status(data: bytes) -> None:
    """Encoded lists, list credentials, entries, revocation lists."""
    with suppress(OpenBadgesError):
        decode(data.decode("utf-8", "replace"))
    document = jsontext.parse_object(data)
    for read in (
        lambda: StatusList.from_document(document),
        lambda: read_entry(document),
        lambda: read_revocation_list(document, "https://a.example", "urn:x:1"),
    ):
        with suppress(OpenBadgesError):
            read()


def canonicalize(data: bytes) -> None:
    """JSON-LD: shape, then canonical RDF."""
    document = jsontext.parse_object(data)
    with suppress(OpenBadgesError):
        check_badge_shape(document, check_contexts(document, _CONTEXTS))
    rdf.canonicalize({name: item for name, item in document.items() if name != "proof"}, _CONTEXTS)


def verify(data: bytes) -> None:
    """The whole verifier. Whatever passes has to be one of the badges that were signed."""
    for profile in ("badge", "vc"):
        verifier = Verifier(fetcher=NoNetwork(), profile=profile)  # type: ignore[arg-type] - the two names it takes
        report = verifier.check(data, policy=AnyIssuer(), at=_NOW)
        shown = json.dumps(report.to_json())
        if any(ord(character) < 0x20 for character in shown + report.verdict):
            raise FindingError("a control character in the report")
        if report.outcome is Outcome.PASS and profile == "badge" and _content(data) not in _signed():
            raise FindingError("a badge passed that nobody signed")


TARGETS: Mapping[str, Target] = MappingProxyType(
    {
        "json": Target(run=parse_json, seeds="json"),
        "jws": Target(run=parse_jws, seeds="jws"),
        "did": Target(run=parse_did, seeds="did", longest=8192),
        "multibase": Target(run=parse_multibase, seeds="multibase", longest=2048),
        "png": Target(run=parse_png, seeds="png"),
        "svg": Target(run=parse_svg, seeds="svg"),
        "date": Target(run=parse_date, seeds="date", longest=256),
        "status": Target(run=parse_status, seeds="status"),
        "canonical": Target(run=canonicalize, seeds="verify", is_json=True),
        "verify": Target(run=verify, seeds="verify", is_json=True),
    }
)


def seeds_of(target: Target) -> list[bytes]:
    """The seeds of a target, in the order of their names."""
    return [path.read_bytes() for path in sorted((SEEDS / target.seeds).iterdir())]


def run_once(target: Target, data: bytes, *, slowest: float = SLOWEST) -> None:
    """Run a target on one input.

    Raises:
        FindingError: Too slow, or a wrong answer.
        Exception: Whatever the library let out that is not its own.
    """
    before = time.process_time()
    with suppress(OpenBadgesError):
        target.run(data)
    used = time.process_time() - before
    if used > slowest:
        raise FindingError(f"{used:.2f} s of processor time")


class _Answer:
    """Answers every address with the same bytes."""

    def __init__(self, body: bytes) -> None:
        self._body = body

    def get(self, url: str, *, accept: str, max_bytes: int, redirects: int | None = None) -> Fetched:
        return Fetched(url=url, body=self._body[:max_bytes])


def _with_checksums(data: bytes) -> bytes:
    """The chunks of a PNG with right checksums; what is no chunk stays as it is."""
    parts, position = [data[:8]], 8
    while len(data) - position >= 12:
        length = int.from_bytes(data[position : position + 4], "big")
        if length > len(data) - position - 12:
            break
        body = data[position + 4 : position + 8 + length]
        parts.append(data[position : position + 4] + body + zlib.crc32(body).to_bytes(4, "big"))
        position += 12 + length
    return b"".join([*parts, data[position:]])


def _content(data: bytes) -> str:
    """What a badge says, in one spelling.

    A set of values has no order, so arrays are sorted; one proof may stand bare or in a list. An envelope is not
    signed, and its context may stand bare or in a list: what it says is the token inside. Of a picture only what it
    carries is signed.
    """
    with suppress(OpenBadgesError):
        data = unbake(data).text.encode("utf-8")
    try:
        document = jsontext.parse(data.strip(b" \t\r\n"))
    except OpenBadgesError:
        return data.strip(b" \t\r\n").decode("latin-1")
    if isinstance(document, dict):
        if "EnvelopedVerifiableCredential" in str(document.get("type")):
            return str(document.get("id"))
        if isinstance(document.get("proof"), dict):
            document["proof"] = [document["proof"]]
    return json.dumps(_sorted(document), sort_keys=True)


def _sorted(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _sorted(item) for name, item in value.items()}
    if isinstance(value, list):
        return sorted((_sorted(item) for item in value), key=lambda item: json.dumps(item, sort_keys=True))
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value


@cache
def _signed() -> frozenset[str]:
    return frozenset(_content(seed) for seed in seeds_of(TARGETS["verify"]))
