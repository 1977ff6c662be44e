"""``openbadges inspect``: look into a badge without believing it."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from typing import Any

from openbadges.cli.exits import PASSED
from openbadges.cli.inputs import read_bytes
from openbadges.cli.output import Screen, json_text
from openbadges.limits import DEFAULT_LIMITS
from openbadges.verification.kinds import BADGE_KINDS, kind_of
from openbadges.verification.reading import read_source

NAME = "inspect"
HELP = "show what is in a badge, marked UNVERIFIED"
DESCRIPTION = "Shows what a badge says. Nothing is checked: anybody could have written it. To believe it, use verify."

_WARNING = "UNVERIFIED: nothing was checked, anybody could have written this. To know, run: openbadges verify"


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    parser.add_argument("input", metavar="INPUT", help="a badge in any form; - for the standard input")
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def run(args: argparse.Namespace) -> int:
    """Print what is inside."""
    source = read_source(read_bytes(args.input), DEFAULT_LIMITS)
    found = {
        "unverified": True,
        "container": source.container,
        "standard": source.standard,
        "header": None if source.token is None else dict(source.token.signed.header),
        "document": dict(source.document) or source.text,
    }
    if args.json:
        print(json_text(found))
        return PASSED
    screen = Screen()
    screen.line(_WARNING, colour="yellow")
    words = "Open Badges 2.0" if source.standard == "ob2" else _kind(source.document)
    screen.line(f"{words}, found in: {source.container}")
    for label, value in _facts(source.document):
        screen.line(str(value), mark=f"UNVERIFIED {label:<12}", colour="dim")
    for label in ("header", "document"):
        if found[label] is not None:
            screen.line()
            _tree(screen, f"UNVERIFIED {label}", found[label])
    return PASSED


def _kind(document: Mapping[str, Any]) -> str:
    kind, words = kind_of(document)
    return f"Open Badges 3.0 ({words})" if kind in BADGE_KINDS else f"{words[:1].upper()}{words[1:]}"


def _facts(document: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """The few things that people look for first, where they stand in their usual form."""
    issuer, subject = document.get("issuer"), document.get("credentialSubject")
    profile = issuer if isinstance(issuer, Mapping) else {"id": issuer}
    holder = subject if isinstance(subject, Mapping) else {}
    listed = [
        ("name", document.get("name")),
        ("issuer", profile.get("name")),
        ("issuer id", profile.get("id")),
        ("recipient", holder.get("id")),
        ("valid from", document.get("validFrom", document.get("issuanceDate"))),
        ("valid until", document.get("validUntil", document.get("expirationDate"))),
    ]
    return [(label, value) for label, value in listed if isinstance(value, str)]


def _tree(screen: Screen, title: str, value: object) -> None:
    screen.line(title, colour="bold")
    text = json_text(value, pretty=True) if not isinstance(value, str) else value
    for line in text.split("\n"):
        bare = line.lstrip(" ")
        screen.line(bare, indent="  " + " " * (len(line) - len(bare)))
