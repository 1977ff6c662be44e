"""Options that several verbs share, and the parser they are added to."""

from __future__ import annotations

import argparse
import sys
from datetime import datetime
from typing import Any, NoReturn
from urllib.parse import urlsplit

from openbadges.cli.exits import USAGE
from openbadges.encoding.times import parse_instant
from openbadges.errors import ConfigurationError, MalformedError
from openbadges.messages import safe_text

__all__ = ["Parser", "add_network_options", "add_output_option", "add_suite_option", "instant", "list_address"]


class Parser(argparse.ArgumentParser):
    """As ``argparse``'s, but options are not abbreviated and what was typed is shown escaped."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**{"allow_abbrev": False, **settings})

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the arguments, and end with status 2."""
        self.print_usage(sys.stderr)
        self.exit(USAGE, f"{self.prog}: {safe_text(message, longest=500)}\n")


def add_network_options(parser: argparse.ArgumentParser) -> None:
    """``--offline`` and ``--documents``."""
    parser.add_argument("--offline", action="store_true", help="fetch nothing; what would be needed is unknown then")
    parser.add_argument(
        "--documents", metavar="MAP.json", help="JSON object of URL to file path, used instead of the network"
    )


def add_output_option(parser: argparse.ArgumentParser, what: str) -> None:
    """``-o``: where the result goes."""
    parser.add_argument(
        "-o", "--output", default="-", metavar="FILE", help=f"where to write {what}; default: the standard output"
    )


def add_suite_option(parser: argparse.ArgumentParser) -> None:
    """``--suite``: how it is signed."""
    from openbadges.proofs.suites import OFFERED  # noqa: PLC0415 - heavy, and most verbs sign nothing

    parser.add_argument(
        "--suite", choices=OFFERED, metavar="NAME", help=f"{', '.join(OFFERED)}; default: the one for the key"
    )


def list_address(text: str) -> str:
    """The address of a status list, which verifiers fetch over https.

    Raises:
        ConfigurationError: ``cli.list_url``.
    """
    try:
        parts = urlsplit(text)
        good = parts.scheme == "https" and bool(parts.hostname) and not parts.fragment
    except ValueError:
        good = False
    if not good:
        raise ConfigurationError("cli.list_url", url=text)
    return text


def instant(option: str, text: str | None) -> datetime | None:
    """The instant that an option names, or None.

    Raises:
        ConfigurationError: ``cli.time``.
    """
    if text is None:
        return None
    try:
        return parse_instant(text)
    except MalformedError as error:
        raise ConfigurationError("cli.time", option=option, reason=error.detail) from error
