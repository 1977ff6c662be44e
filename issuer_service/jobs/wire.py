"""How a question about a badge, and its answer, travel to another process and back: as JSON, never as objects.

A message is four bytes of length and that many bytes of JSON; bytes inside are base64.
"""

from __future__ import annotations

import base64
import json
import struct
from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime
from typing import Any, BinaryIO

from issuer_service.services.checking import Checked, Question
from openbadges import Check, Outcome, Recipient, VerificationReport
from openbadges.messages import Said, render
from openbadges.report import Note, ReportError

__all__ = [
    "ClosedError",
    "answer_of",
    "bytes_of",
    "plain_answer",
    "plain_bytes",
    "plain_question",
    "question_of",
    "receive",
    "send",
]

_SENTENCE = "sentence of the library"
_NESTED = ("endorsements", "inside")
_LENGTH = struct.Struct(">I")
_LONGEST = 64 * 1024 * 1024  # a photo of 12 MiB, or a fetched list of 8 MiB, and room


class ClosedError(Exception):
    """The other side is gone, or says something that is no message."""


def send(stream: BinaryIO, message: Mapping[str, Any]) -> None:
    """Write one message.

    Raises:
        ClosedError: The other side is gone.
    """
    data = json.dumps(message).encode("ascii")
    try:
        stream.write(_LENGTH.pack(len(data)) + data)
        stream.flush()
    except (OSError, ValueError) as error:
        raise ClosedError from error


def receive(stream: BinaryIO) -> dict[str, Any]:
    """Read one message.

    Raises:
        ClosedError: The other side is gone, or says something that is no message.
    """
    try:
        (length,) = _LENGTH.unpack(stream.read(_LENGTH.size))
        data = stream.read(length) if length <= _LONGEST else b""
        message = json.loads(data) if len(data) == length else None
    except (OSError, ValueError, RecursionError, struct.error) as error:
        raise ClosedError from error
    if not isinstance(message, dict):
        raise ClosedError
    return message


def plain_bytes(data: bytes | str) -> dict[str, str]:
    """Bytes or a text as a member of a message."""
    return {"text": data} if isinstance(data, str) else {"bytes": base64.b64encode(data).decode("ascii")}


def bytes_of(plain: Mapping[str, str]) -> bytes | str:
    """The other way round."""
    return plain["text"] if "text" in plain else base64.b64decode(plain["bytes"])


def plain_question(asked: Question) -> dict[str, Any]:
    """A question as a member of a message."""
    recipient = asked.recipient
    return {
        **{field.name: getattr(asked, field.name) for field in fields(asked)},
        "now": asked.now.isoformat(),
        "recipient": None if recipient is None else [recipient.identity_type, recipient.value],
    }


def question_of(plain: Mapping[str, Any]) -> Question:
    """The other way round."""
    recipient = plain["recipient"]
    return Question(
        **{
            **plain,
            "now": datetime.fromisoformat(plain["now"]),
            "recipient": None if recipient is None else Recipient(*recipient),
        }
    )


def plain_answer(found: Checked) -> dict[str, Any]:
    """An answer as a message."""
    return {"report": _plain_report(found.report), "document": found.document}


def answer_of(plain: Mapping[str, Any]) -> Checked:
    """The other way round.

    Raises:
        ClosedError: It is no answer.
    """
    try:
        return Checked(report=_report_of(plain["report"]), document=plain["document"])
    except (KeyError, TypeError, ValueError) as error:
        raise ClosedError from error


def _plain_report(report: VerificationReport) -> dict[str, Any]:
    return {
        **{field.name: getattr(report, field.name) for field in fields(report)},
        "checks": [_members(check) for check in report.checks],
        "required": sorted(report.required),
        "at": report.at.isoformat(),
        "verdict_params": _plain(report.verdict_params),
        "notes": [_members(note) for note in report.notes],
        "error": None if report.error is None else _members(report.error),
        **{name: [_plain_report(one) for one in getattr(report, name)] for name in _NESTED},
    }


def _report_of(plain: Mapping[str, Any]) -> VerificationReport:
    error = plain["error"]
    return VerificationReport(
        **{
            **plain,
            "checks": tuple(Check(**_facts({**one, "outcome": Outcome(one["outcome"])})) for one in plain["checks"]),
            "required": frozenset(plain["required"]),
            "at": datetime.fromisoformat(plain["at"]),
            "verdict_params": _facts(plain["verdict_params"]),
            "notes": tuple(Note(**_facts(one)) for one in plain["notes"]),
            "error": None if error is None else ReportError(**_facts(error)),
            **{name: tuple(_report_of(one) for one in plain[name]) for name in _NESTED},
        }
    )


def _members(record: Any) -> dict[str, Any]:
    return {field.name: _plain(getattr(record, field.name)) for field in fields(record)}


def _plain(value: Any) -> Any:
    """Facts as JSON; a sentence among them as what it was made of, so that it can still be said in other languages."""
    if isinstance(value, Said):
        return {_SENTENCE: [value.code, _plain(value.params)]}
    if isinstance(value, Mapping):
        return {name: _plain(item) for name, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, (list, tuple)) else value


def _facts(value: Any) -> Any:
    """The other way round."""
    if isinstance(value, dict):
        if value.keys() == {_SENTENCE}:
            code, params = value[_SENTENCE]
            return render(code, _facts(params))
        return {name: _facts(item) for name, item in value.items()}
    return [_facts(item) for item in value] if isinstance(value, list) else value
