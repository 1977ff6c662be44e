"""Whatever the bytes: the strict parser raises only our errors, and a check ends in a report (P6, V-PAR-1)."""

from __future__ import annotations

import json
import math
from typing import Any

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from openbadges import AnyIssuer, Outcome, VerificationReport, Verifier, jsontext
from openbadges.encoding.base import encode_base64url
from openbadges.errors import MalformedError
from openbadges.messages import MESSAGES
from openbadges.testing import FakeWeb, FixedClock, badge, fixed_key, sign, sign_token

VERIFIERS = (
    Verifier(fetcher=FakeWeb(), clock=FixedClock()),
    Verifier(fetcher=FakeWeb(), clock=FixedClock(), profile="vc"),
)
POLICY = AnyIssuer(refresh=True, endorsements_decide=True)
BADGE = json.loads(sign(badge()).text)
TOKEN = sign(badge(), form="vc-jwt").text
VALUES: Any = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=12,
)


def reports(data: Any) -> None:
    for verifier in VERIFIERS:
        report = verifier.check(data, policy=POLICY)
        assert isinstance(report, VerificationReport)
        assert report.verdict
        json.dumps(report.to_json())
        assert isinstance(verifier.check_presentation(data, policy=POLICY, challenge="x"), VerificationReport)


@settings(max_examples=500)
@given(data=st.one_of(st.binary(), st.text().map(lambda text: text.encode("utf-8", "surrogatepass")), st.text()))
@example(data=b"\xef\xbb\xbf{}")
@example(data="[" * 40)
@example(data='{"a":1,"a":2}')
@example(data='"\\ud800"')
@example(data="1e999")
@example(data="9" * 5000)
@example(data="\ud800")
def test_the_strict_parser_raises_nothing_but_ours(data: bytes | str) -> None:
    code, value = "", None
    try:
        value = jsontext.parse(data)
    except MalformedError as error:
        code = error.code
    assert code == "" or (code.startswith("json.") and code in MESSAGES)
    if code:
        return
    assert jsontext.parse(jsontext.dump(value)) == value
    assert json.loads(data) == value


@settings(max_examples=500)
@given(value=VALUES)
def test_what_is_written_reads_back(value: Any) -> None:
    try:
        text = jsontext.dump(value)
        again = jsontext.parse(text)
    except MalformedError:
        assert not _is_plain(value)
        return
    assert again == value


def _is_plain(value: Any) -> bool:
    """Whether the strict parser has to take it: finite numbers of at most 20 digits, no lone surrogates."""
    if isinstance(value, dict):
        return all(_is_plain(part) for pair in value.items() for part in pair)
    if isinstance(value, list):
        return all(map(_is_plain, value))
    if isinstance(value, float):
        return math.isfinite(value)
    if isinstance(value, int):
        return len(str(abs(value))) <= 20
    return not isinstance(value, str) or not any(0xD800 <= ord(char) < 0xE000 for char in value)


@settings(max_examples=200)
@given(data=st.one_of(st.binary(), st.text(), st.just(b"\x89PNG\r\n\x1a\n"), st.just(b"<svg"), st.just("")))
def test_a_check_of_any_bytes_ends_in_a_report(data: bytes | str) -> None:
    reports(data)


@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow])
@given(value=VALUES)
def test_a_check_of_any_json_ends_in_a_report(value: Any) -> None:
    reports(json.dumps(value))
    reports(json.dumps({"@context": "https://w3id.org/openbadges/v2", "type": "Assertion", "id": value}))


def _paths(value: Any, path: tuple[Any, ...] = ()) -> Any:
    yield path
    if isinstance(value, dict | list):
        for step, item in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _paths(item, (*path, step))


PATHS = [path for path in _paths(BADGE) if path]


@settings(max_examples=300)
@given(path=st.sampled_from(PATHS), value=VALUES, index=st.integers(0, 10_000), byte=st.integers(0, 255))
def test_a_check_of_a_damaged_badge_ends_in_a_report(path: tuple[Any, ...], value: Any, index: int, byte: int) -> None:
    changed = json.loads(json.dumps(BADGE))
    place = changed
    for step in path[:-1]:
        place = place[step]
    same = place[path[-1]] == value
    place[path[-1]] = value
    reports(json.dumps(changed))
    if not same:
        assert VERIFIERS[0].check(json.dumps(changed), policy=POLICY).outcome is not Outcome.PASS
    text = bytearray(json.dumps(BADGE).encode())
    text[index % len(text)] = byte
    reports(bytes(text))


@settings(max_examples=200)
@given(
    name=st.sampled_from(["iss", "sub", "jti", "nbf", "exp", "vc", "@context", "issuer", "credentialSubject", "proof"]),
    value=VALUES,
)
def test_a_check_of_a_strange_but_signed_token_ends_in_a_report(name: str, value: Any) -> None:
    try:
        token = sign_token({**badge(), name: value})
    except MalformedError:
        return
    reports(token)


@settings(max_examples=200)
@given(header=VALUES, payload=VALUES)
def test_a_check_of_any_token_ends_in_a_report(header: Any, payload: Any) -> None:
    parts = [encode_base64url(json.dumps(part).encode()) for part in (header, payload)]
    reports(".".join([*parts, TOKEN.rpartition(".")[2]]))
    if isinstance(header, dict):
        merged = {"alg": "EdDSA", "kid": fixed_key().verification_method} | header
        reports(".".join([encode_base64url(json.dumps(merged).encode()), *TOKEN.split(".")[1:]]))
