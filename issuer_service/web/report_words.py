"""A verification report in the reader's language: one state for everybody, then every check with what it means.

The library gives codes and facts; the sentences are looked up in the catalogue under the library's English templates.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any, NamedTuple

from flask_babel import gettext

from issuer_service.services.sentences import N_
from issuer_service.web.words import apart, day, locale
from openbadges import Check, Outcome, VerificationReport
from openbadges.messages import MESSAGES, safe_text

__all__ = ["CHECKS", "STATES", "CheckWords", "State", "check_lines", "sentence", "state_of", "verdict"]


class _State(NamedTuple):
    look: str  # "pass", "warn", "fail", "unknown", "plain"; never told by colour alone
    icon: str
    headline: str
    advice: str


_TRY_AGAIN = N_("This is nobody's fault here. Try again in a few minutes; if it stays so, ask the issuer.")
_DO_NOT_RELY = N_("Do not rely on it. Ask for the badge's address or the file as it was downloaded, and check that.")
_ASK_ISSUER = N_("Ask the issuer if you need to know more.")

# verdict of the library -> how it looks and what it is called, the same words everywhere
STATES: Mapping[str, _State] = MappingProxyType(
    {
        "verdict.pass": _State("pass", "check", N_("Genuine and valid"), ""),
        "verdict.pass_other": _State("pass", "check", N_("Genuine and valid"), ""),
        "verdict.expired": _State("warn", "clock", N_("Genuine, but expired"), _ASK_ISSUER),
        "verdict.not_yet": _State("warn", "clock", N_("Not valid yet"), ""),
        "verdict.withdrawn": _State("fail", "cross", N_("Genuine, but withdrawn by the issuer"), _ASK_ISSUER),
        "verdict.suspended": _State("warn", "pause", N_("Suspended for now"), _ASK_ISSUER),
        "verdict.not_recipient": _State(
            "fail",
            "cross",
            N_("Genuine, but not given to this person"),
            N_("Names have to be typed exactly as the issuer wrote them. Ask the person which text to use."),
        ),
        "verdict.bad_endorsement": _State("warn", "warn", N_("Genuine, but an endorsement in it is not"), _ASK_ISSUER),
        "verdict.changed": _State("fail", "cross", N_("Changed after it was signed"), _DO_NOT_RELY),
        "verdict.not_signed": _State("fail", "cross", N_("Not signed by anybody"), _DO_NOT_RELY),
        "verdict.not_by_issuer": _State("fail", "cross", N_("Not signed by who it says"), _DO_NOT_RELY),
        "verdict.bad_signature": _State("fail", "cross", N_("The signature cannot be relied on"), _DO_NOT_RELY),
        "verdict.not_conforming": _State("fail", "cross", N_("Signed, but not a proper badge"), _ASK_ISSUER),
        "verdict.bad_dates": _State("fail", "cross", N_("Signed, but its dates cannot be right"), _ASK_ISSUER),
        "verdict.not_trusted": _State("unknown", "question", N_("Signed by an issuer that you do not trust"), ""),
        "verdict.bad_status": _State("unknown", "question", N_("Could not be checked"), _ASK_ISSUER),
        "verdict.unknown_signature": _State("unknown", "question", N_("Could not be checked"), _TRY_AGAIN),
        "verdict.unknown_status": _State("unknown", "question", N_("Could not be checked"), _TRY_AGAIN),
        "verdict.unknown_context": _State("unknown", "question", N_("Could not be checked"), _ASK_ISSUER),
        "verdict.unknown": _State("unknown", "question", N_("Could not be checked"), _TRY_AGAIN),
        "verdict.unreadable": _State(
            "plain",
            "file",
            N_("Not a badge"),
            N_("Nothing is wrong with you or the person. Ask for the badge's address, or for the file as it was downloaded."),
        ),
        "verdict.not_a_badge": _State("plain", "file", N_("Not a badge"), N_("Ask the person for the badge itself.")),
    }
)
_OTHER = _State("unknown", "question", N_("Could not be checked"), _TRY_AGAIN)
_STRANGER = _State(
    "unknown",
    "question",
    N_("The signature is right, but this site does not know the issuer"),
    N_("Anyone can make a key. Find out who they are before you rely on it."),
)
_NOTHING_SHOWN = frozenset({"plain", "fail", "unknown"})
# Of these the content is shown besides, because it is what the issuer signed, whatever became of it since.
_STILL_SHOWN = frozenset(
    {"verdict.withdrawn", "verdict.not_recipient", "verdict.unknown_status", "verdict.bad_status", "verdict.not_trusted"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What everybody sees first.

    Attributes:
        look: ``pass``, ``warn``, ``fail``, ``unknown`` or ``plain``.
        icon: Name of its picture.
        headline: One of the fixed wordings.
        detail: The library's sentence, when it says more.
        advice: What to do next.
        shows_badge: Whether the content may be shown below; of a broken badge it is not.
        code: The verdict's code.
    """

    look: str
    icon: str
    headline: str
    detail: str
    advice: str
    shows_badge: bool
    code: str


class CheckWords(NamedTuple):
    """What a check asks, what a pass means, and what it does not prove."""

    name: str
    means: str
    does_not: str


CHECKS: Mapping[str, CheckWords] = MappingProxyType(
    {
        "document.format": CheckWords(
            N_("Can be read"),
            N_("The file or text is complete and holds exactly one document."),
            N_("It says nothing about what the document claims."),
        ),
        "contexts.known": CheckWords(
            N_("Its words are known"),
            N_("Every word of the badge is defined in a published standard that this site carries."),
            N_("Known words can still be used to say something untrue."),
        ),
        "document.shape": CheckWords(
            N_("Nothing is hidden"),
            N_("What you read is what was signed: nothing stands in a place where one program would see it and another would not."),
            N_("It does not say that the text is true."),
        ),
        "document.kind": CheckWords(
            N_("It is a badge"),
            N_("The document says that it is a badge, and not something else that is signed."),
            N_("A forged badge says so too; the signature tells."),
        ),
        "schema.conformance": CheckWords(
            N_("Complete"),
            N_("It has everything that the Open Badges 3.0 standard asks for."),
            N_("A complete badge can still be forged or withdrawn."),
        ),
        "schema.declared": CheckWords(
            N_("Fits the rules it names"),
            N_("The badge names rules for its form, and they are ones that this site carries."),
            N_("Rules about form say nothing about content."),
        ),
        "proof.signature": CheckWords(
            N_("Signature"),
            N_("Not one character was changed since it was signed."),
            N_("It does not say whose key it was. The next checks do."),
        ),
        "proof.purpose": CheckWords(
            N_("Key used as it should be"),
            N_("The key is one that its owner set aside for making statements, not for signing in."),
            N_("It does not say who the owner is."),
        ),
        "proof.claims": CheckWords(
            N_("Token and badge agree"),
            N_("The envelope around the badge says the same as the badge inside."),
            N_("Both could be wrong in the same way."),
        ),
        "proof.challenge": CheckWords(
            N_("Signed for this occasion"), N_("The person signed it just now, for you."), N_("It says nothing about the badges inside.")
        ),
        "issuer.binding": CheckWords(
            N_("Signed by its issuer"),
            N_("The key was found through the issuer's own address, never taken from the badge."),
            N_("It does not prove that the issuer is the organisation its name suggests."),
        ),
        "validity.window": CheckWords(
            N_("Dates"),
            N_("Today lies between its first and its last day."),
            N_("A badge within its dates can still have been withdrawn."),
        ),
        "status.revocation": CheckWords(
            N_("Not withdrawn"),
            N_("The issuer keeps a signed list of the badges it withdrew. This one is not on it."),
            N_("The list is as new as the issuer's last change; it was read just now or a short while ago."),
        ),
        "status.suspension": CheckWords(
            N_("Not suspended"),
            N_("The issuer keeps a signed list of the badges it suspended for a time. This one is not on it."),
            N_("It can change any day."),
        ),
        "status.message": CheckWords(
            N_("Message of the issuer"), N_("What the issuer's list says about this badge."), N_("It decides nothing.")
        ),
        "endorsements": CheckWords(
            N_("Endorsements"),
            N_("Others signed that they stand behind this badge, and their signatures are good."),
            N_("Anyone can endorse; look at who did."),
        ),
        "endorsement.subject": CheckWords(
            N_("Endorsement is about this badge"), N_("It was made for this badge and not copied from another."), N_("It does not say who made it.")
        ),
        "credentials": CheckWords(
            N_("Badges inside"), N_("Every badge in this record passes by itself."), N_("It does not say that the list is complete.")
        ),
        "related.digest": CheckWords(
            N_("Linked files"), N_("The files it links to are the ones that were signed."), N_("Files that were not fetched were not compared.")
        ),
        "recipient.match": CheckWords(
            N_("Given to this person"),
            N_("The text you typed is the one the issuer wrote for the recipient. It was compared and not kept."),
            N_("It does not prove that the person before you is that recipient."),
        ),
        "issuer.trust": CheckWords(
            N_("Issuer you trust"),
            N_("The issuer is one of those you named."),
            N_("Trust is your decision; a signature cannot make it."),
        ),
        "refresh": CheckWords(
            N_("Newer copy"), N_("Whether the issuer has a newer copy of this badge."), N_("It decides nothing.")
        ),
    }
)  # fmt: skip

_MARKS = {Outcome.PASS: "check", Outcome.FAIL: "cross", Outcome.UNKNOWN: "question", Outcome.SKIPPED: "dash"}
_SAID = {
    Outcome.PASS: N_("passed"),
    Outcome.FAIL: N_("failed"),
    Outcome.UNKNOWN: N_("could not be checked"),
    Outcome.SKIPPED: N_("not checked"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckLine:
    """One check as a line with a fold-out."""

    id: str
    look: str
    icon: str
    said: str
    name: str
    detail: str
    means: str
    does_not: str


def state_of(report: VerificationReport, *, known: bool) -> State:
    """The state of a badge.

    Args:
        report: What the library found.
        known: Whether this site knows the issuer. A good signature of a stranger looks neither good nor bad.
    """
    code = report.verdict_code
    found = STATES.get(code, _OTHER)
    if found.look == "pass" and not known:
        found = _STRANGER
    detail = verdict(report)
    return State(
        look=found.look,
        icon=found.icon,
        headline=gettext(found.headline),
        detail=detail if code != "verdict.pass" else "",
        advice=gettext(found.advice) if found.advice else "",
        shows_badge=found is _STRANGER or found.look not in _NOTHING_SHOWN or code in _STILL_SHOWN,
        code=code,
    )


def verdict(report: VerificationReport) -> str:
    """The library's one sentence."""
    return sentence(report.verdict_code, report.verdict_params, _reasons(report))


def check_lines(report: VerificationReport) -> list[CheckLine]:
    """Every check in the order they were made; whether this site knows the issuer is said elsewhere on the page."""
    return [_line(check) for check in report.checks if check.code != "trust.not_asked"]


def sentence(code: str, params: Mapping[str, Any], reasons: Mapping[str, tuple[str, Mapping[str, Any]]] | None = None) -> str:
    """A sentence of the library in the reader's language, its facts safe to show.

    Args:
        code: A key of ``MESSAGES``; another one is shown as it is.
        params: The facts.
        reasons: Code and facts of English sentences that may stand among the facts, so that they are translated too.
    """
    template = MESSAGES.get(code)
    if template is None:
        return code
    return gettext(template).format_map({name: _Fact(value, reasons or {}) for name, value in params.items()})


class _Fact:
    """A fact inside a sentence; ``{end:date}`` is a day in the reader's language."""

    def __init__(self, value: object, reasons: Mapping[str, tuple[str, Mapping[str, Any]]]) -> None:
        self._value = value
        self._reasons = reasons

    def __format__(self, kind: str) -> str:
        if kind == "date":
            return _day(str(self._value))
        if isinstance(self._value, (list, tuple)):
            return ", ".join(_shown(item) for item in self._value)
        text = str(self._value)
        if text in self._reasons:
            return sentence(*self._reasons[text])
        if text in _SENTENCES:  # a whole sentence of the library without facts of its own
            return gettext(text)
        return _shown(text)


_SENTENCES = frozenset(text for text in MESSAGES.values() if " " in text and "{" not in text)


def _shown(value: object) -> str:
    text = safe_text(value)
    return apart(text) if locale().text_direction == "rtl" else text


def _day(text: str) -> str:
    try:
        return day(date.fromisoformat(text[:10]))
    except ValueError:
        return _shown(text)


def _reasons(report: VerificationReport) -> dict[str, tuple[str, Mapping[str, Any]]]:
    """The English sentences of the report's checks and of its error, with what they were made from."""
    found: dict[str, tuple[str, Mapping[str, Any]]] = {check.detail: (check.code, check.params) for check in report.checks}
    if report.error is not None:
        found[report.error.detail] = (report.error.code, report.error.params)
    return found


def _line(check: Check) -> CheckLine:
    words = CHECKS.get(check.id, CheckWords(check.id, "", ""))
    return CheckLine(
        id=check.id,
        look=check.outcome.value,
        icon=_MARKS[check.outcome],
        said=gettext(_SAID[check.outcome]),
        name=gettext(words.name),
        detail=sentence(check.code, check.params),
        means=gettext(words.means) if words.means else "",
        does_not=gettext(words.does_not) if words.does_not else "",
    )
