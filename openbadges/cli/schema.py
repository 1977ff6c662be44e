"""``openbadges schema``: the official Open Badges 3.0 schemas, carried here, never fetched."""

from __future__ import annotations

import argparse

from openbadges.cli.exits import FAILED, PASSED
from openbadges.cli.inputs import read_bytes
from openbadges.cli.output import Screen, json_text
from openbadges.errors import ConfigurationError
from openbadges.limits import DEFAULT_LIMITS
from openbadges.models.rules import Problem
from openbadges.schema import SCHEMAS, conformance, load_schema, schema_problems
from openbadges.verification.reading import read_source

NAME = "schema"
HELP = "list, show and apply the official schemas"


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the sub-verbs."""
    verbs = parser.add_subparsers(dest="schema_verb", required=True, metavar="list|show|check")
    verbs.add_parser("list", help="the names and addresses of the schemas")
    show = verbs.add_parser("show", help="print a schema")
    show.add_argument("name", metavar="NAME", help="a name or address that list shows")
    check = verbs.add_parser("check", help="check a document against a schema (its content, not its signature)")
    check.add_argument("file", metavar="FILE", help="JSON, token or picture; - for the standard input")
    check.add_argument("--schema", metavar="NAME", help="default: the one for the document's type")
    check.add_argument("--json", action="store_true", help="print the findings as JSON")


def run(args: argparse.Namespace) -> int:
    """List, show or check."""
    if args.schema_verb == "list":
        for url in SCHEMAS:
            print(f"{_name(url):<36} {url}")
        return PASSED
    if args.schema_verb == "show":
        print(json_text(load_schema(_url(args.name)), pretty=True))
        return PASSED
    return _check(args)


def _check(args: argparse.Namespace) -> int:
    document = dict(read_source(read_bytes(args.file), DEFAULT_LIMITS).document)
    notes: list[Problem] = []
    if args.schema is None:
        problems, notes = conformance(document)
    else:
        problems = schema_problems(document, _url(args.schema))
    if args.json:
        print(json_text({"valid": not problems, "problems": _listed(problems), "notes": _listed(notes)}))
        return FAILED if problems else PASSED
    screen = Screen()
    good = not problems
    verdict = "It has the form that the schema asks for." if good else f"The schema objects ({len(problems)}):"
    screen.line(
        verdict, mark=screen.sign("✔", "+") if good else screen.sign("✘", "x"), colour="green" if good else "red"
    )
    for problem in (*problems, *notes):
        word = "" if problem in problems else "only the strict schema objects: "
        screen.line(f"{word}{problem.detail}", indent="  ", mark=f"{problem.pointer or '/'}", colour="dim")
    return PASSED if good else FAILED


def _listed(problems: list[Problem]) -> list[dict[str, object]]:
    return [
        {"pointer": each.pointer, "code": each.code, "params": dict(each.params), "detail": each.detail}
        for each in problems
    ]


def _name(url: str) -> str:
    """``json-ld/achievementcredential`` for the official address."""
    return SCHEMAS[url].replace("ob_v3p0_", "").replace("_schema.json", "")


def _url(name: str) -> str:
    if name in SCHEMAS:
        return name
    found = [url for url in SCHEMAS if name in (_name(url), _name(url).removeprefix("json-ld/"))]
    if not found:
        raise ConfigurationError("cli.schema_name", name=name, known=[_name(url) for url in SCHEMAS])
    return found[0]
