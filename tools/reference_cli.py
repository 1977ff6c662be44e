"""docs/reference/cli.md: every verb of the command with its arguments, from the parser itself."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from openbadges.cli import build_parser

HEAD = """# The `openbadges` command

This page is written by `make docs` from the command's own parser; `openbadges VERB --help` says the same.
"""


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def _name(action: argparse.Action) -> str:
    metavar = action.metavar if isinstance(action.metavar, str) else None
    if not action.option_strings:
        return f"`{metavar or action.dest}`"
    value = metavar or (action.dest.upper() if action.nargs != 0 else "")
    if action.choices is not None and metavar is None:
        value = "{" + ",".join(map(str, action.choices)) + "}"
    return ", ".join(f"`{option} {value}`" if value else f"`{option}`" for option in action.option_strings)


def _help(action: argparse.Action, program: str) -> str:
    facts = {**vars(action), "prog": program}
    if action.choices is not None:
        facts["choices"] = ", ".join(map(str, action.choices))
    return _cell((action.help or "") % facts)


def _subparsers(parser: argparse.ArgumentParser) -> dict[str, tuple[str, argparse.ArgumentParser]]:
    """Name -> (one-line help, parser) of the verbs below a parser."""
    for action in parser._actions:  # noqa: SLF001 - argparse has no public way to list what a parser knows
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001
            sentences = {choice.dest: choice.help or "" for choice in action._choices_actions}  # noqa: SLF001
            return {name: (sentences.get(name, ""), verb) for name, verb in action.choices.items()}
    return {}


def _section(parser: argparse.ArgumentParser, level: int) -> Iterator[str]:
    yield f"{'#' * level} `{parser.prog}`"
    yield ""
    if parser.description:
        yield parser.description.strip()
        yield ""
    verbs = _subparsers(parser)
    if verbs:
        yield from ("| verb | what it does |", "|---|---|")
        yield from (f"| `{name}` | {_cell(sentence)} |" for name, (sentence, _) in verbs.items())
        yield ""
    rows = [
        f"| {_name(action)} | {_help(action, parser.prog)} |"
        for action in parser._actions  # noqa: SLF001
        if action.help != argparse.SUPPRESS
        and not isinstance(action, argparse._SubParsersAction | argparse._HelpAction)  # noqa: SLF001
    ]
    if rows:
        yield from ("| argument | meaning |", "|---|---|", *rows, "")
    if parser.epilog:
        yield parser.epilog.strip()
        yield ""
    for _, verb in verbs.values():
        yield from _section(verb, level + 1)


def page() -> str:
    """The page's text."""
    return "\n".join([HEAD, *_section(build_parser(), 2)]).rstrip() + "\n"
