"""``openbadges framework``: show, check, convert and compare skill frameworks, and ask what a role asks."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence

from openbadges.cli.exits import status_of_error, worst
from openbadges.cli.inputs import STDIN, read_bytes
from openbadges.cli.output import Screen, json_text, say, write_output
from openbadges.errors import ConfigurationError, OpenBadgesError
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
    compare,
    effective_profile,
    explanation_json,
    overlay,
    profile_json,
    read_framework,
    text,
    walk,
    write_framework,
)
from openbadges.messages import render

NAME = "framework"
HELP = "show, check, convert and compare skill frameworks; what does a role ask?"
_SIGNS = {"added": "+", "removed": "-", "changed": "~"}


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the sub-verbs and their options."""
    verbs = parser.add_subparsers(dest="framework_verb", required=True, metavar="show|check|convert|compare|profile")
    show = verbs.add_parser("show", help="print a framework as a tree")
    check = verbs.add_parser("check", help="list everything that is wrong with files, also where a layer does not fit")
    convert = verbs.add_parser("convert", help="write a framework in another format")
    compared = verbs.add_parser("compare", help="what a new version changes")
    profile = verbs.add_parser("profile", help="the levels that a role asks in a context")
    for verb in (show, convert):
        verb.add_argument("file", metavar="FILE", help="a framework file, or - for the standard input")
    for verb in (check, profile):
        verb.add_argument("files", nargs="+", metavar="FILE", help="framework files that refer to each other")
    compared.add_argument("files", nargs=2, metavar="FILE", help="the earlier and the later version")
    for verb in (show, check, convert, compared, profile):
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
    compared.add_argument("--json", action="store_true", help="print the changes as JSON")
    profile.add_argument("--role", required=True, metavar="CODE", help="code or id of the role")
    profile.add_argument("--context", metavar="CODE", help="code or id of the context")
    profile.add_argument("--overlay", metavar="FILE", help="the local layer, if not the only one among FILE")
    profile.add_argument("--json", action="store_true", help="print the levels as JSON")
    profile.add_argument("--explain", action="store_true", help="say where each level comes from")


def run(args: argparse.Namespace) -> int:
    """Do what was asked.

    Raises:
        ImportProblems: A file is wrong; every problem has been printed to the standard error.
        OverlayRefused: The local layer contradicts the frameworks; every conflict has been printed.
        OpenBadgesError: Anything else that went wrong.
    """
    named = [*getattr(args, "files", ()), *getattr(args, "known", ()), getattr(args, "file", None)]
    if [*named, getattr(args, "overlay", None)].count(STDIN) > 1:
        raise ConfigurationError("cli.stdin_twice")
    verbs = {"show": _show, "check": _check, "convert": _convert, "compare": _compare, "profile": _profile}
    try:
        return verbs[args.framework_verb](args)
    except (ImportProblems, OverlayRefused) as error:
        for problem in error.problems:
            say(str(problem))
        raise


def _show(args: argparse.Namespace) -> int:
    framework = _read(args.file, args)
    screen = Screen()
    version = f" ({framework.version})" if framework.version else ""
    screen.line(f"{text(framework.title, args.language) or framework.id}{version}")
    screen.line(framework.id)
    for depth, item in walk(framework.items):
        screen.line(_line(item.code, text(item.label, args.language)), indent="  " * (depth + 1))
    for title, records in (("roles", framework.roles), ("contexts", framework.contexts)):
        if records:
            screen.line(f"{title}:")
        for record in records:
            screen.line(_line(record.code, text(record.label, args.language)), indent="  ")
    return 0


def _line(code: str | None, label: str | None) -> str:
    return "  ".join(part for part in (code, label) if part)


def _check(args: argparse.Namespace) -> int:
    screen = Screen()
    read: list[tuple[str, Framework]] = []
    statuses = []
    for file in args.files:
        try:
            read.append((file, _read(file, args)))
        except OpenBadgesError as error:
            statuses.append(_wrong(file, error, args))
    frameworks = [framework for _, framework in read]
    for framework in frameworks:
        groups = sum(item.kind == "group" for item in framework.items)
        screen.line(
            f"{framework.name}: {groups} groups, {len(framework.items) - groups} skills, "
            f"{len(framework.levels)} levels, {len(framework.roles)} roles, {len(framework.contexts)} contexts, "
            f"{len(framework.languages)} languages"
        )
    for entry in Catalogue(tuple(frameworks)).unresolved():
        screen.line(f"{entry.source} {entry.relation} {entry.target}: not in the files given")
    for file, framework in read:
        try:
            _check_layer(framework, frameworks, complete=True)
        except OpenBadgesError as error:
            statuses.append(_wrong(file, error, args))
    return worst(statuses)


def _wrong(file: str, error: OpenBadgesError, args: argparse.Namespace) -> int:
    """Say what is wrong with one of several files, for the others are looked at all the same; its exit status."""
    if len(args.files) == 1:
        raise error
    for problem in error.problems if isinstance(error, (ImportProblems, OverlayRefused)) else (error,):
        say(f"{file}: {problem}")
    return status_of_error(error)


def _check_layer(layer: Framework, given: Sequence[Framework], *, complete: bool) -> None:
    """What says that it extends others has to fit them; other layers are none of its."""
    if not layer.extends:
        return
    below = {each.id for each in given if not each.extends}
    waiting = [*layer.extends, *layer.uses]
    while waiting:
        name = waiting.pop()
        if name not in below:
            below.add(name)
            waiting += [other for each in given if each.id == name for other in (*each.extends, *each.uses)]
    overlay([each for each in given if each.id in below - {layer.id}], layer, complete=complete)


def _convert(args: argparse.Namespace) -> int:
    framework = _read(args.file, args)
    known = tuple(_read(file, args) for file in args.known)
    exported = write_framework(framework, args.to, options=ExportOptions(known=known))
    for loss in exported.losses:
        say(str(loss))
    write_output(args.output, exported.text.encode("utf-8"), inputs=(args.file, *args.known))
    return 0


def _compare(args: argparse.Namespace) -> int:
    changes = compare(*(_read(file, args) for file in args.files))
    if args.json:
        print(json_text(changes.as_document()))
        return 0
    screen = Screen()
    for record in changes.records:
        kind = "" if record.kind == "items" else f" ({record.kind})"
        line = _line(record.ref, text(record.label, args.language))
        screen.line(f"{line}{kind}", mark=_SIGNS[record.what])
        for member in record.members:
            name = f"{member.member} {member.key}".strip()
            screen.line(f"{name}: {_said(member.before)} -> {_said(member.after)}", indent="    ")
    if not changes.records:
        screen.line("Both say the same.")
    return 0


def _said(value: object) -> str:
    return "nothing" if value is None else value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _profile(args: argparse.Namespace) -> int:
    frameworks = [_read(file, args) for file in args.files]
    layer = _read(args.overlay, args) if args.overlay is not None else _layer_among(frameworks)
    below = [framework for framework in frameworks if framework is not layer]
    for framework in below:
        _check_layer(framework, below, complete=False)
    for framework in below if layer is None else (*below, layer):
        _say_what_is_missing(framework, below)
    profile = effective_profile(args.role, args.context, layer, frameworks=below)
    if args.json:
        written = explanation_json(profile) if args.explain else profile_json(profile)
        print(json_text(json.loads(written)))
    else:
        _print_profile(profile, args.language, explain=args.explain)
    return 0


def _layer_among(frameworks: Sequence[Framework]) -> Framework | None:
    """The local layer among the files, which no other layer there builds on: it counts as if named by ``--overlay``."""
    layers = [each for each in frameworks if each.extends]
    lower = {name for each in layers for name in (*each.extends, *each.uses)}
    tops = [each for each in layers if each.id not in lower]
    if len(tops) > 1:
        raise ConfigurationError("cli.several_layers", layers=[each.name for each in tops])
    return tops[0] if tops else None


def _say_what_is_missing(layer: Framework, given: Sequence[Framework]) -> None:
    """The levels come out of what was given; whether the layer contradicts the rest, nobody could see."""
    for name in layer.extends:
        if name not in {each.id for each in given}:
            say(render("frameworks.overlay_base_missing", {"local": layer.name, "name": name}))


def _print_profile(profile: Profile, language: str, *, explain: bool) -> None:
    screen = Screen()
    place = f" in {profile.context}" if profile.context else ""
    screen.line(f"{profile.role}{place}:")
    for entry in profile.entries:
        label = text(entry.item.label, language) if entry.item is not None else None
        screen.line(_line(entry.skill, label), indent="  ", mark=f"{entry.level} ")
        for reason in entry.reasons if explain else ():
            screen.line(str(reason), indent=" " * 7)
    for name, allowed in sorted(profile.evidence.items()):
        screen.line(f"{name}: {'yes' if allowed else 'no'}", indent="  ")
    if profile.assessment:
        screen.line(profile.assessment, indent="  ")


def _read(file: str, args: argparse.Namespace) -> Framework:
    options = ImportOptions(language=args.language, framework_id=args.framework_id)
    data = read_bytes(file, most=DEFAULT_FRAMEWORK_LIMITS.file_bytes)
    return read_framework(data, file_format=args.file_format, options=options)
