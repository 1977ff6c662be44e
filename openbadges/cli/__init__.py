"""The ``openbadges`` command: one verb a file, each a thin wrapper of what the library does.

To add a verb: a file with ``NAME``, ``HELP``, ``configure(parser)`` and ``run(args) -> int``, a line in ``VERBS``,
and tests.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from types import MappingProxyType
from typing import Any

from openbadges.cli import exits
from openbadges.cli.options import Parser
from openbadges.errors import OpenBadgesError
from openbadges.messages import safe_text

__all__ = ["VERBS", "build_parser", "main"]

VERBS: Mapping[str, str] = MappingProxyType(
    {
        name: f"openbadges.cli.{name}"
        for name in (
            "keygen", "did", "issue", "bake", "unbake", "verify", "inspect", "present", "status", "schema", "framework",
            "upgrade", "canonical",
        )
    }
)  # fmt: skip

_DESCRIPTION = "Issue, bake, verify and understand Open Badges."
_EPILOG = """\
a badge in four steps:
  openbadges keygen -o issuer.pem
  openbadges issue --key issuer.pem --issuer-name "Riverside User Group" \\
      --achievement host.json --recipient emailAddress:ann@example.org -o badge.json
  openbadges bake picture.png badge.json -o badge.png
  openbadges verify badge.png

"-" stands for the standard input or output. Output files appear whole or not at all."""


class _Layout(argparse.RawDescriptionHelpFormatter):
    """Help with room for the longest verb beside its sentence."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=28)
        self._action_max_length = max(map(len, VERBS)) + 4


def build_parser(only: str | None = None) -> argparse.ArgumentParser:
    """The parser of the command.

    Args:
        only: The one verb that will be used; the others, and what they import, are left out.
    """
    parser = Parser(
        prog="openbadges",
        description=_DESCRIPTION,
        epilog=_EPILOG,
        formatter_class=_Layout,
    )
    parser.add_argument("--version", action=_Version, help="print the version and end")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    for name in VERBS if only is None else (only,):
        verb: Any = import_module(VERBS[name])
        below = verbs.add_parser(
            verb.NAME,
            help=verb.HELP,
            description=getattr(verb, "DESCRIPTION", verb.HELP),
            epilog=getattr(verb, "EPILOG", None),
            formatter_class=_Layout,
        )
        verb.configure(below)
        below.set_defaults(run=verb.run, parser=below)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command and return its exit status (see ``cli.exits``); never ends in a traceback.

    Args:
        argv: The arguments without the program's name; the process's own by default.
    """
    arguments = list(sys.argv[1:] if argv is None else argv)
    _tolerate_any_character()
    try:
        status = _run(arguments)
        sys.stdout.flush()
    except KeyboardInterrupt:
        return _end("stopped.", exits.INTERRUPTED)
    except BrokenPipeError:
        with contextlib.suppress(OSError, ValueError):  # what is left in the buffer has nowhere to go
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return exits.PIPE_CLOSED
    except OSError as error:
        return _end(f"the output could not be written: {error.strerror or type(error).__name__}.", exits.NOT_WRITTEN)
    except Exception as error:  # a traceback helps nobody at a prompt
        name = type(error).__name__
        return _end(f"this is a fault of the program itself ({name}), please report it.", exits.INTERNAL)
    return status


def _run(arguments: list[str]) -> int:
    if not arguments:  # who does not know the verbs yet sees them all
        build_parser().print_help(sys.stderr)
        return exits.USAGE
    verb = arguments[0] if arguments[0] in VERBS else None
    try:
        args, unknown = build_parser(verb).parse_known_args(arguments)
        if unknown:
            args.parser.error(f"unknown arguments: {' '.join(unknown)}")
    except SystemExit as end:  # argparse has said what is wrong, or shown the help
        return end.code if isinstance(end.code, int) else exits.PASSED
    try:
        status: int = args.run(args)
    except OpenBadgesError as error:
        return _end(str(error), exits.status_of_error(error), verb)
    return status


def _end(sentence: str, status: int, verb: str | None = None) -> int:
    program = "openbadges" if verb is None else f"openbadges {verb}"
    with contextlib.suppress(OSError, ValueError):  # the standard error may be closed, too
        print(f"{program}: {safe_text(sentence, longest=2_000)}", file=sys.stderr)
    return status


def _tolerate_any_character() -> None:
    """An output that cannot show a character shows its number instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")


class _Version(argparse.Action):
    """``--version``; looked up only when it is asked for."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(nargs=0, **settings)

    def __call__(self, parser: argparse.ArgumentParser, *_: Any) -> None:
        try:
            number = version("openbadges-kit")
        except PackageNotFoundError:
            number = "(not installed)"
        print(f"openbadges-kit {number}")
        parser.exit()
