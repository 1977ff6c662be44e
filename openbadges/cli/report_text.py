"""A report for people: the verdict first, then what was signed and by whom, then one line a check."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from openbadges.cli.output import Screen
from openbadges.encoding.times import format_instant
from openbadges.messages import render
from openbadges.report import Check, Note, Outcome, VerificationReport

__all__ = ["print_report", "print_row", "print_summary"]

_LABEL = 10
_WORDS: Mapping[Outcome, str] = MappingProxyType(
    {Outcome.PASS: "PASS", Outcome.FAIL: "FAIL", Outcome.UNKNOWN: "UNKNOWN", Outcome.SKIPPED: "-"}
)
_SIGNS: Mapping[Outcome, tuple[str, str, str]] = MappingProxyType(
    {
        Outcome.PASS: ("✔", "+", "green"),
        Outcome.FAIL: ("✘", "x", "red"),
        Outcome.UNKNOWN: ("?", "?", "yellow"),
        Outcome.SKIPPED: ("–", "-", "dim"),
    }
)
_BADGE_TYPES = frozenset({"OpenBadgeCredential", "AchievementCredential", "Assertion"})
_SECURED = MappingProxyType(
    {
        "data-integrity": "a proof inside the badge",
        "vc-jwt": "a signed token",
        "ob2-signed": "a signed token (Open Badges 2.0)",
        "ob2-hosted": "the issuer's own web site (Open Badges 2.0)",
    }
)
_CONTAINERS = MappingProxyType({"json": "JSON", "jwt": "a token", "png": "a PNG picture", "svg": "an SVG picture"})


def print_report(report: VerificationReport, screen: Screen, *, name: str = "") -> None:
    """Print a whole report.

    Args:
        report: What was found.
        screen: Where to.
        name: Of the input, when there are several.
    """
    if name:
        screen.line(name, colour="bold")
    _verdict(report, screen, report.verdict)
    _reason(report, screen)
    if report.error is not None and report.error.pointer:
        _fact(screen, "Place", report.error.pointer)
    if report.error is None:
        screen.line()
        _facts(report, screen)
        screen.line()
        screen.line("Checks", indent="  ", colour="bold")
        for check in report.checks:
            _check(check, screen)
        _notes(report.notes, screen)
        for title, nested in (("Endorsement", report.endorsements), ("Inside", report.inside)):
            for number, one in enumerate(nested, start=1):
                screen.line()
                screen.line(f"{title} {number}", indent="  ", colour="bold")
                _nested(one, screen)


def print_row(report: VerificationReport, screen: Screen, *, name: str) -> None:
    """Print one line for one of several inputs."""
    preferred, plain, colour = _SIGNS[report.outcome]
    mark = f"{screen.sign(preferred, plain)} {_WORDS[report.outcome]:<7}"
    screen.line(f"{name}: {report.summary}", mark=mark, colour=colour)


def print_summary(reports: Mapping[Outcome, int], screen: Screen) -> None:
    """Print how many of several inputs came to what."""
    total = sum(reports.values())
    counts = (f"{reports.get(outcome, 0)} {outcome}" for outcome in (Outcome.PASS, Outcome.FAIL, Outcome.UNKNOWN))
    screen.line()
    screen.line(f"{total} checked: {', '.join(counts)}")


def _verdict(report: VerificationReport, screen: Screen, text: str, indent: str = "") -> None:
    preferred, plain, colour = _SIGNS[report.outcome]
    mark = f"{screen.sign(preferred, plain)} {_WORDS[report.outcome]}"
    screen.line(text, indent=indent, mark=mark, colour=colour)


def _reason(report: VerificationReport, screen: Screen, indent: str = "") -> None:
    if report.reason:
        _fact(screen, "Why", report.reason, indent=indent)


def _facts(report: VerificationReport, screen: Screen) -> None:
    if report.credential is None and report.issuer is not None:  # a presentation
        _fact(screen, "Holder", str(report.issuer.get("id")))
        return
    if report.credential is None or report.issuer is None:
        screen.line(
            "Nothing of the content is shown, because it is not certain that the issuer signed it.", indent="  "
        )
        return
    credential = report.credential
    label = "Badge" if _BADGE_TYPES & set(credential.get("type") or ()) else "Document"
    _fact(screen, label, credential.get("name") or credential.get("id") or "without a name")
    _fact(screen, "Issuer", _named(report.issuer))
    _fact(screen, "Trusted", _trust(report))
    for check in report.of("recipient.match"):
        _fact(screen, "Recipient", check.detail)
    _fact(screen, "Valid", _window(credential))
    if report.key is not None:
        _fact(screen, "Signed by", _key(report.key, report.issuer))
    form, container = _SECURED.get(report.format or ""), _CONTAINERS.get(report.container or "")
    _fact(screen, "Found as", f"{form or 'an unknown form'}, in {container or 'an unknown container'}")
    _fact(screen, "Judged at", format_instant(report.at))


def _named(issuer: Mapping[str, Any]) -> str:
    name, identifier = issuer.get("name"), issuer.get("id")
    return f"{name} ({identifier})" if name else f"{identifier}"


def _key(key: Mapping[str, Any], issuer: Mapping[str, Any]) -> str:
    identifier, own = str(key.get("id")), f"{issuer.get('id')}#"
    name = f"key #{identifier.removeprefix(own)} of the issuer" if identifier.startswith(own) else f"key {identifier}"
    return f"{name} ({key.get('algorithm')})"


def _trust(report: VerificationReport) -> str:
    trusted = None if report.issuer is None else report.issuer.get("trusted")
    if trusted is None:
        return "not asked; name the issuers you trust by --issuer"
    return "yes, you named this issuer" if trusted else "NO, you did not name this issuer"


def _window(credential: Mapping[str, Any]) -> str:
    start, end = credential.get("valid_from"), credential.get("valid_until")
    begins = f"from {_day(start)}" if start else "from the beginning"
    return f"{begins} until {_day(end)}" if end else f"{begins}, without end"


def _day(value: Any) -> str:
    return render("day", {"day": value}, {"day": "{day:date}"})


def _fact(screen: Screen, label: str, value: Any, indent: str = "") -> None:
    screen.line(str(value), indent=f"  {indent}", mark=f"{label:<{_LABEL}}", colour="dim")


def _check(check: Check, screen: Screen) -> None:
    preferred, plain, colour = _SIGNS[check.outcome]
    mark = f"{screen.sign(preferred, plain)} {check.id:<19}"
    screen.line(check.detail, indent="    ", mark=mark, colour=colour)


def _notes(notes: tuple[Note, ...], screen: Screen) -> None:
    if not notes:
        return
    screen.line()
    screen.line("Worth knowing (decides nothing)", indent="  ", colour="bold")
    for note in notes:
        place = f" ({note.pointer})" if note.pointer else ""
        screen.line(f"{note.detail}{place}", indent="    ", mark=screen.sign("·", "-"), colour="dim")


def _nested(report: VerificationReport, screen: Screen) -> None:
    """An endorsement, or a credential inside: what it came to, what it is and who signed it."""
    _verdict(report, screen, report.verdict, indent="    ")
    _reason(report, screen, indent="  ")
    if report.credential is not None and report.issuer is not None:
        _fact(screen, "Name", report.credential.get("name") or report.credential.get("id") or "none", indent="  ")
        _fact(screen, "By", _named(report.issuer), indent="  ")
