"""Whether the badge was withdrawn or suspended. What cannot be told is UNKNOWN, never "not withdrawn" (V-ST-1 to 3)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from openbadges import jsontext
from openbadges.dids.web import did_web_url
from openbadges.encoding.times import parse_instant
from openbadges.errors import LimitError, MalformedError, OpenBadgesError, RefusedError
from openbadges.limits import Limits
from openbadges.ports import Fetched
from openbadges.report import Check, Note, Outcome, VerificationReport
from openbadges.status import StatusEntry, StatusReading, read_entry
from openbadges.verification.checks.dates import window_members
from openbadges.verification.inquiry import Inquiry, id_of
from openbadges.verification.kinds import kind_of
from openbadges.verification.reading import Source, source_of_document, source_of_token

__all__ = ["CheckList", "check_status", "status_ids"]

CheckList = Callable[[Source, Inquiry], VerificationReport]

_DECIDING = {"revocation": "status.revocation", "suspension": "status.suspension"}
_REPORTED = frozenset({"message", "refresh"})


def status_ids(checks: tuple[Check, ...]) -> frozenset[str]:
    """Ids of the status checks that decide."""
    return frozenset(check.id for check in checks if check.id in _DECIDING.values())


def check_status(
    document: Mapping[str, Any], issuer: str, inquiry: Inquiry, check_list: CheckList
) -> tuple[tuple[Check, ...], tuple[Note, ...]]:
    """Look up every status entry of a credential.

    Args:
        document: The credential, its proof already good.
        issuer: Its issuer's id.
        inquiry: The verification under way.
        check_list: Verifies the status list, which is a credential itself; its own status is not looked at.

    Raises:
        LimitError: More entries than ``limits.status_entries``.
    """
    value = document.get("credentialStatus")
    if value is None:
        return (), ()
    entries = value if isinstance(value, list) else [value]
    if len(entries) > inquiry.limits.status_entries:
        raise LimitError("status.too_many", pointer="/credentialStatus", limit=inquiry.limits.status_entries)
    checks: list[Check] = []
    notes: list[Note] = []
    for entry in entries:
        check, more = _check_entry(entry, document, issuer, inquiry, check_list)
        checks.append(check)
        notes += more
    return tuple(checks), tuple(notes)


def _check_entry(
    value: Any, document: Mapping[str, Any], issuer: str, inquiry: Inquiry, check_list: CheckList
) -> tuple[Check, list[Note]]:
    check_id = _DECIDING["revocation"]
    try:
        entry = read_entry(value, inquiry.limits)
    except MalformedError as error:
        return Check(id=check_id, outcome=Outcome.FAIL, code=error.code, params=error.params), []
    except OpenBadgesError as error:
        return _cannot_tell(check_id, error), []
    if entry.purpose not in _REPORTED:
        check_id = _DECIDING.get(entry.purpose, check_id)
        if entry.purpose not in _DECIDING:
            return _cannot_tell(check_id, RefusedError("status.purpose_unknown", purpose=entry.purpose)), []
    else:
        check_id = "status.message"
    try:
        reading, more = _read(entry, document, issuer, inquiry, check_list)
    except OpenBadgesError as error:
        if error.code == "status.index_range":
            return Check(id=check_id, outcome=Outcome.FAIL, code=error.code, params=error.params), []
        return _cannot_tell(check_id, error), []
    notes = [Note(code=code, pointer="/credentialStatus") for code in dict.fromkeys((*entry.notes, *reading.notes))]
    return _judged(check_id, reading), [*notes, *more]


def _judged(check_id: str, reading: StatusReading) -> Check:
    if check_id == "status.message":
        return _reported(check_id, reading)
    withdrawn = check_id == _DECIDING["revocation"]
    if not reading.is_set:
        code = "status.not_revoked" if withdrawn else "status.not_suspended"
        return Check(id=check_id, outcome=Outcome.PASS, code=code)
    if withdrawn and reading.message:
        params = {"reason": reading.message}
        return Check(id=check_id, outcome=Outcome.FAIL, code="status.revoked_reason", params=params)
    return Check(id=check_id, outcome=Outcome.FAIL, code="status.revoked" if withdrawn else "status.suspended")


def _reported(check_id: str, reading: StatusReading) -> Check:
    """What the list says besides: a message, or that there is a newer edition."""
    if reading.purpose == "refresh" and not reading.message:
        code = "status.refresh_wanted" if reading.is_set else "status.refresh_not_wanted"
        return Check(id=check_id, outcome=Outcome.PASS, code=code)
    params = {"purpose": reading.purpose, "value": reading.value}
    if not reading.message:
        return Check(id=check_id, outcome=Outcome.PASS, code="status.message_value", params=params)
    params["message"] = reading.message
    return Check(id=check_id, outcome=Outcome.PASS, code="status.message_found", params=params)


def _read(
    entry: StatusEntry, document: Mapping[str, Any], issuer: str, inquiry: Inquiry, check_list: CheckList
) -> tuple[StatusReading, tuple[Note, ...]]:
    most = inquiry.limits.status_document_bytes
    answer = inquiry.fetcher.get(entry.url, accept=entry.accept, max_bytes=most)
    identifier = document.get("id")
    try:
        if entry.list_is_signed:
            found = _verified_list(answer, issuer, inquiry, check_list)
        else:
            _check_origin(answer, entry.url, issuer)
            found = jsontext.parse_object(answer.body, inquiry.limits, max_bytes=most)
        credential_id = identifier if isinstance(identifier, str) else None
        reading = entry.read(found, badge_issuer=issuer, credential_id=credential_id, limits=inquiry.limits)
    except OpenBadgesError:
        inquiry.limit_age(entry.url, 0)  # what did not serve is asked for anew the next time
        raise
    _limit_age(entry.url, found, reading, inquiry)
    return reading, (_stale(answer),) if answer.stale else ()


def _limit_age(url: str, found: Mapping[str, Any], reading: StatusReading, inquiry: Inquiry) -> None:
    """A list that is remembered is used until it ends or its issuer has a newer one, whatever comes first (V-ST-4)."""
    if reading.ttl_ms is not None:
        inquiry.limit_age(url, reading.ttl_ms / 1000)
    end = found.get(window_members(found)[1])
    if isinstance(end, str):
        inquiry.limit_age(url, (parse_instant(end, inquiry.limits) - inquiry.now).total_seconds())


def _stale(answer: Fetched) -> Note:
    params = {"url": answer.url, "minutes": answer.age_seconds // 60}
    return Note(code="status.list_stale", pointer="/credentialStatus", params=params)


def _verified_list(answer: Fetched, issuer: str, inquiry: Inquiry, check_list: CheckList) -> Mapping[str, Any]:
    """The list as a credential that verifies by all the rules above, signed by the badge's own issuer (V-ST-2)."""
    wider = _limits_for_lists(inquiry.limits)
    deeper = replace(inquiry.deeper(), limits=wider)
    text = answer.body.lstrip(b" \t\r\n")
    if text.startswith(b"{"):
        whole = jsontext.parse_object(answer.body, wider)
        source = source_of_document(whole, wider)
    elif text.count(b".") == 2:
        source = source_of_token(_ascii(answer.body), wider)
    else:  # a page that says what is missing, or nothing
        raise MalformedError("status.list_unreadable", url=answer.url)
    if kind_of(source.document)[0] != "status_list":
        raise RefusedError("status.list_type", found=list(map(str, kind_of(source.document)[1:])))
    listed = id_of(source.document.get("issuer"))
    if listed != issuer:
        raise RefusedError("status.list_issuer", found=str(listed), wanted=issuer)
    report = check_list(source, deeper)
    if report.outcome is not Outcome.PASS:
        raise RefusedError("status.list_not_good", reason=report.summary)
    return source.document


def _limits_for_lists(limits: Limits) -> Limits:
    most = limits.status_document_bytes
    return replace(limits, document_bytes=most, json_string_bytes=most)


def _ascii(body: bytes) -> str:
    try:
        return body.decode("ascii").strip(" \t\r\n")
    except UnicodeDecodeError as error:
        raise MalformedError("status.list_object") from error


def _check_origin(answer: Fetched, url: str, issuer: str) -> None:
    """A list without a signature counts only where it comes from: the issuer's own address, over https."""
    own = did_web_url(issuer) if issuer.startswith("did:web:") else issuer
    origin = _origin(own)
    if origin is None or _origin(url) != origin or _origin(answer.url) != origin:
        raise RefusedError("status.list_other_origin", url=url, issuer=issuer)


def _origin(url: str) -> tuple[str, int] | None:
    """Host and port of an https URL; None of anything else, which then has no origin to share."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    if parts.scheme != "https" or not host:
        return None
    return host, 443 if port is None else port


def _cannot_tell(check_id: str, error: OpenBadgesError) -> Check:
    return Check(id=check_id, outcome=Outcome.UNKNOWN, code=error.code, params=error.params)
