"""Whatever is sent, the answer is a problem and never a breakdown."""

from __future__ import annotations

from typing import Any

import pytest

from issuer_service.web.api.table import OPERATIONS

pytestmark = pytest.mark.sweep

STRANGE = ("%00", "%F0%9F%92%A9", "..%2f..%2f", "a" * 3000, "%ED%A0%80", "'%20OR%201=1", "%252e")
TEXTS = ("\x00", "\u202e", "a" * 100_000, "\ufffe", "=1+1", "<script>", "\n\n", "")
SAMPLES: dict[str, Any] = {
    "recipients": "Ada", "achievement_id": "a" * 32, "reason": "issued_in_error", "scopes": ["awards:read"], "days": 1,
    "valid_days": 1, "undo_minutes": 0, "badge": {}, "levels": [{"name": "x"}], "tags": ["x"], "kind": "email",
    "alignments": [{"targetName": "x", "targetUrl": "https://x.example/"}], "evidence": [{"url": "https://x.example/"}],
    "translations": {"es": {"name": "x"}}, "suspendable": True, "allow_duplicates": True, "visibility": "public",
    "awarded_at": "2026-01-01T00:00:00Z", "recipient": None, "image_id": None,
}  # fmt: skip


def bodies(model: Any) -> list[Any]:
    names = list(model.model_fields)
    good = {name: SAMPLES.get(name, "x") for name in names}
    made: list[Any] = [good, {}, {"recipients": []}]
    for name in names:
        made += [{**good, name: text} for text in TEXTS]
        made += [{**good, name: value} for value in ([], {}, [[]], None, True, -1, 1e308, 10**30, ["\x00"], [{}])]
        made += [{**good, name: [{"recipient": text, "name": text, "url": text}]} for text in TEXTS]
    return made


@pytest.mark.parametrize("one", OPERATIONS, ids=lambda one: one.name)
def test_no_request_breaks_it(program: Any, one: Any) -> None:
    achievement = program.achievement() if "achievement" in str(one.body and one.body.model_fields) else "a" * 32
    start, _, rest = one.rule.partition("<")
    rest = rest.partition(">")[2]
    for strange in STRANGE if "<" in one.rule else ("",):
        answer = program.call(one.method, f"{start}{strange}{rest}", {})
        assert answer.status_code < 500, (one.rule, strange, answer.text)
    for body in bodies(one.body) if one.body is not None else ():
        if body.get("achievement_id") == "a" * 32:
            body["achievement_id"] = achievement
        answer = program.call(one.method, f"{start}{'a' * 32 if rest or '<' in one.rule else ''}{rest}", body)
        assert answer.status_code < 500, (body, answer.text)
    for query in (
        "text=%00",
        "text=%ED%A0%80",
        "limit=1e3",
        "offset=99999999999999999999",
        "alt=%00",
        "limit=1&limit=2",
    ):
        answer = program.call(one.method, f"{start}{'a' * 32 if '<' in one.rule else ''}{rest}?{query}", {})
        assert answer.status_code < 500, (query, answer.text)


@pytest.mark.parametrize("key", ["", " ", "k\u00e9", "x" * 256, "\x7f"])
def test_any_idempotency_key_is_answered(program: Any, key: str) -> None:
    body = {"achievement_id": program.achievement(), "recipients": "Ada"}
    answer = program.call("POST", "/v1/awards", body, headers={"Idempotency-Key": key})
    assert answer.status_code in (201, 422)


@pytest.mark.parametrize("value", ["Bearer \u00e9", "Bearer", "bearer  ", "Bearer a b", "x" * 9000])
def test_any_authorization_is_answered(program: Any, value: str) -> None:
    assert program.call("GET", "/v1/affiliate", headers={"Authorization": value}).status_code == 401
