"""``openbadges framework``: show, check and convert skill frameworks, and ask what a role asks."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from openbadges.errors import LimitError, MalformedError
from openbadges.frameworks import (
    DEFAULT_FRAMEWORK_LIMITS,
    EXPORTERS,
    IMPORTERS,
    Catalogue,
    ExportOptions,
    Framework,
    ImportOptions,
    ImportProblems,
    OverlayRefused,
    Profile,
    effective_profile,
    explanation_json,
    profile_json,
    read_framework,
    text,
    walk,
    write_framework,
)
from openbadges.messages import safe_text

NAME = "framework"
HELP = "show, check and convert skill frameworks; what does a role ask?"


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the sub-verbs and their options."""
    verbs = parser.add_subparsers(dest="framework_verb", required=True, metavar="show|check|convert|profile")
    show = verbs.add_parser("show", help="print a framework as a tree")
    check = verbs.add_parser("check", help="list everything that is wrong with files")
    convert = verbs.add_parser("convert", help="write a framework in another format")
    profile = verbs.add_parser("profile", help="the levels that a role asks in a context")
    for verb in (show, convert):
        verb.add_argument("file", metavar="FILE", help="a framework file, or - for the standard input")
    for verb in (check, profile):
        verb.add_argument("files", nargs="+", metavar="FILE", help="framework files that refer to each other")
    for verb in (show, check, convert, profile):
        verb.add_argument(
            "--from", dest="file_format", choices=tuple(IMPORTERS), help="format, found by content if left out"
        )
        verb.add_argument("--language", default="en", help="language of texts that carry none, and of the output")
        verb.add_argument("--framework-id", help="id of a framework whose file has none (plain tables)")
    convert.add_argument("--to", required=True, choices=tuple(EXPORTERS), help="format to write")
    convert.add_argument("-o", "--output", default="-", metavar="OUT", help="file to write, - for the standard output")
    convert.add_argument(
        "--with", dest="known", action="append", default=[], metavar="FILE", help="a framework it refers to"
    )
    profile.add_argument("--role", required=True, metavar="CODE", help="code or id of the role")
    profile.add_argument("--context", metavar="CODE", help="code or id of the context")
    profile.add_argument("--overlay", metavar="FILE", help="a local layer over the frameworks")
    profile.add_argument("--json", action="store_true", help="print the levels as JSON")
    profile.add_argument("--explain", action="store_true", help="say where each level comes from")


def run(args: argparse.Namespace) -> int:
    """Do what was asked.

    Raises:
        ImportProblems: A file is wrong; every problem has been printed to the standard error.
        OverlayRefused: The local layer contradicts the frameworks; every conflict has been printed.
        OpenBadgesError: Anything else that went wrong.
    """
    verbs = {"show": _show, "check": _check, "convert": _convert, "profile": _profile}
    try:
        return verbs[args.framework_verb](args)
    except (ImportProblems, OverlayRefused) as error:
        for problem in error.problems:
            print(problem, file=sys.stderr)
        raise


def _show(args: argparse.Namespace) -> int:
    framework = _read(args.file, args)
    version = f" ({safe_text(framework.version)})" if framework.version else ""
    print(f"{safe_text(text(framework.title, args.language) or framework.id)}{version}")
    print(safe_text(framework.id))
    for depth, item in walk(framework.items):
        print("  " * (depth + 1) + _line(item.code, text(item.label, args.language)))
    for title, records in (("roles", framework.roles), ("contexts", framework.contexts)):
        if records:
            print(f"{title}:")
        for record in records:
            print("  " + _line(record.code, text(record.label, args.language)))
    return 0


def _line(code: str | None, label: str | None) -> str:
    return "  ".join(safe_text(part) for part in (code, label) if part)


def _check(args: argparse.Namespace) -> int:
    frameworks = [_read(file, args) for file in args.files]
    for framework in frameworks:
        groups = sum(item.kind == "group" for item in framework.items)
        print(
            f"{safe_text(framework.name)}: {groups} groups, {len(framework.items) - groups} skills, "
            f"{len(framework.levels)} levels, {len(framework.roles)} roles, {len(framework.contexts)} contexts, "
            f"{len(framework.languages)} languages"
        )
    for entry in Catalogue(tuple(frameworks)).unresolved():
        print(f"{safe_text(entry.source)} {entry.relation} {safe_text(entry.target)}: not in the files given")
    return 0


def _convert(args: argparse.Namespace) -> int:
    from openbadges.cli.output import write_output  # noqa: PLC0415 - the other verbs write no files

    framework = _read(args.file, args)
    known = tuple(_read(file, args) for file in args.known)
    exported = write_framework(framework, args.to, options=ExportOptions(known=known))
    for loss in exported.losses:
        print(loss, file=sys.stderr)
    write_output(args.output, exported.text.encode("utf-8"))
    return 0


def _profile(args: argparse.Namespace) -> int:
    frameworks = [_read(file, args) for file in args.files]
    layer = _read(args.overlay, args) if args.overlay is not None else None
    profile = effective_profile(args.role, args.context, layer, frameworks=frameworks)
    if args.json:
        written = explanation_json(profile) if args.explain else profile_json(profile)
        print(written.decode("utf-8"))
    else:
        _print_profile(profile, args.language, explain=args.explain)
    return 0


def _print_profile(profile: Profile, language: str, *, explain: bool) -> None:
    place = f" in {safe_text(profile.context)}" if profile.context else ""
    print(f"{safe_text(profile.role)}{place}:")
    for entry in profile.entries:
        label = text(entry.item.label, language) if entry.item is not None else None
        print(f"  {entry.level}  {_line(entry.skill, label)}")
        for reason in entry.reasons if explain else ():
            print(f"       {reason}")
    for name, allowed in sorted(profile.evidence.items()):
        print(f"  {safe_text(name)}: {'yes' if allowed else 'no'}")
    if profile.assessment:
        print(f"  {safe_text(profile.assessment, longest=2_000)}")


def _read(file: str, args: argparse.Namespace) -> Framework:
    options = ImportOptions(language=args.language, framework_id=args.framework_id)
    return read_framework(_content(file), file_format=args.file_format, options=options)


def _content(file: str) -> bytes:
    most = DEFAULT_FRAMEWORK_LIMITS.file_bytes
    try:
        if file == "-":
            data = sys.stdin.buffer.read(most + 1)
        else:
            with Path(file).open("rb") as stream:
                data = stream.read(most + 1)
    except (OSError, ValueError) as error:
        raise MalformedError("frameworks.unreadable_file", path=file) from error
    if len(data) > most:
        raise LimitError("json.too_large", limit=most)
    return data
