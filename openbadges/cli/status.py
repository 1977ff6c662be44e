"""``openbadges status``: make, change and read the lists that say which badges were withdrawn."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from openbadges import jsontext
from openbadges.cli.exits import PASSED, status_of_report
from openbadges.cli.inputs import read_bytes
from openbadges.cli.keyfiles import add_key_options, public_key, signer_of
from openbadges.cli.network import verifier_of
from openbadges.cli.options import add_network_options, add_output_option, instant, list_address
from openbadges.cli.output import STDOUT, Screen, json_text, refuse_same_file, say, write_output
from openbadges.cli.status_lists import (
    LIST_LIMITS,
    ListFile,
    changed_list,
    changed_revocations,
    indexes_of,
    read_list_file,
)
from openbadges.errors import ConfigurationError, OpenBadgesError, RefusedError
from openbadges.issuing import issue
from openbadges.limits import DEFAULT_LIMITS
from openbadges.ports import SystemClock
from openbadges.status import (
    BitstringStatusListEntry,
    StatusReading,
    build_list,
    build_revocation_list,
    read_entry,
    read_revocation_list,
)
from openbadges.verification import AnyIssuer
from openbadges.verification.inquiry import id_of
from openbadges.verification.reading import read_source

NAME = "status"
HELP = "make, change and read status lists (withdrawn badges)"
DESCRIPTION = """\
A badge that names a place in a status list can be withdrawn later: set the place, publish the list again. Lists are
signed and public, and say nothing about who has a badge."""
EPILOG = """\
examples:
  openbadges status new https://badges.example.org/status/1 --key issuer.pem -o list.json
  openbadges status set list.json 94567 --key issuer.pem --in-place
  openbadges status show list.json --badge badge.json"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the sub-verbs."""
    verbs = parser.add_subparsers(dest="status_verb", required=True, metavar="new|set|show")
    new = verbs.add_parser("new", help="make a list in which nothing is withdrawn")
    new.add_argument("url", metavar="URL", help="the address under which the list will be published")
    new.add_argument("--kind", choices=("bitstring", "1edtech"), default="bitstring", help="default: bitstring (W3C)")
    new.add_argument("--purpose", default="revocation", help="revocation (default), or suspension")
    new.add_argument("--valid-until", metavar="TIME", help="after it verifiers refuse the list: sign it again before")
    new.add_argument("--issuer", metavar="ID", help="whose list it is, for 1edtech, which is not signed")
    change = verbs.add_parser("set", help="withdraw badges, or take that back, and sign the list again")
    change.add_argument("list", metavar="LIST", help="the list's file")
    change.add_argument("places", nargs="+", metavar="PLACE", help="places in the list; ids of badges for 1edtech")
    change.add_argument("--clear", action="store_true", help="take it back")
    change.add_argument("--reason", metavar="TEXT", help="why, for 1edtech")
    change.add_argument("--previous-key", metavar="FILE", help="the key that signed the list so far, if it is another")
    change.add_argument("--in-place", action="store_true", help="replace LIST itself, once the new one is complete")
    for verb in (new, change):
        add_key_options(verb, required=False)
        add_output_option(verb, "the list")
    new.add_argument("--form", choices=("data-integrity", "vc-jwt"), default="data-integrity", help="kind of proof")
    show = verbs.add_parser("show", help="read places of a list")
    show.add_argument("list", metavar="LIST", help="the list's file")
    show.add_argument("places", nargs="*", metavar="PLACE", help="places in the list; ids of badges for 1edtech")
    show.add_argument("--badge", metavar="FILE", help="look up the places that this badge names")
    show.add_argument("--json", action="store_true", help="print one JSON object")
    add_network_options(show)


def run(args: argparse.Namespace) -> int:
    """Make, change or show a list."""
    if args.status_verb == "new":
        return _new(args)
    return _set(args) if args.status_verb == "set" else _show(args)


def _new(args: argparse.Namespace) -> int:
    list_address(args.url)
    if args.kind == "1edtech":
        if args.issuer is None or args.key is not None:
            raise ConfigurationError("cli.list_needs_issuer")
        document = build_revocation_list(list_id=args.url, issuer=args.issuer, revoked={})
        return _written(args.output, jsontext.dump_pretty(document), document)
    if args.key is None:
        raise ConfigurationError("cli.list_needs_key")
    refuse_same_file(args.output, (args.key,))
    document = build_list(
        list_id=args.url,
        issuer=_controller(args),
        purpose=args.purpose,
        set_indexes=(),
        valid_from=_now(),
        valid_until=instant("--valid-until", args.valid_until),
    )
    return _sign(args, document, args.form, args.output, (args.key,))


def _set(args: argparse.Namespace) -> int:
    found = read_list_file(args.list)
    output, inputs = (args.list, ()) if args.in_place else (args.output, (args.list, args.key or "-"))
    refuse_same_file(output, inputs)
    if found.source is None:
        if args.key is not None:
            raise ConfigurationError("cli.list_needs_issuer")
        changed = changed_revocations(found, args.places, revoke=not args.clear, reason=args.reason)
        return _written(output, changed, found.document, inputs)
    if args.key is None:
        raise ConfigurationError("cli.list_needs_key")
    indexes = indexes_of(args.places)
    previous = args.previous_key
    found.check_signed_by(signer_of(args).public_key if previous is None else public_key(previous))
    document = changed_list(found, indexes, value=0 if args.clear else 1, now=_now())
    return _sign(args, document, found.form, output, inputs)


def _sign(args: argparse.Namespace, document: Any, form: Any, output: str, inputs: Sequence[str]) -> int:
    signed = issue(document, signer=signer_of(args), form=form, limits=LIST_LIMITS)
    return _written(output, bytes(signed) + b"\n", document, inputs)


def _written(output: str, data: bytes, document: Mapping[str, Any], inputs: Sequence[str] = ()) -> int:
    write_output(output, data, inputs=inputs)
    if output != STDOUT:
        say(f"The list is in {output}. It counts once it stands at {document.get('id')}.")
    return PASSED


def _show(args: argparse.Namespace) -> int:
    found = read_list_file(args.list)
    readings = [(place, _reading_asked(found, place, entry)) for place, entry in _entries_at(found, args.places)]
    readings += [(place, _reading(found, place, entry)) for place, entry in _entries_of_badge(found, args.badge)]
    report = None
    if found.source is not None:
        report = verifier_of(offline=args.offline, documents=args.documents, profile="vc").check(
            found.text, policy=AnyIssuer()
        )
    shown = {
        "list": found.document.get("id"),
        "issuer": id_of(found.document.get("issuer")),
        "signature": None
        if report is None
        else {"outcome": report.outcome.value, "verdict": report.verdict, "reason": report.reason},
        "entries": [
            {"place": place, "purpose": each.purpose, "value": each.value, "message": each.message}
            for place, each in readings
        ],
    }
    if args.json:
        print(json_text(shown))
    else:
        _print(found, shown)
    return PASSED if report is None else status_of_report(report)


def _print(found: ListFile, shown: Mapping[str, Any]) -> None:
    screen = Screen()
    screen.line(f"{shown['list']} of {shown['issuer']}", mark="List:     ", colour="dim")
    signature = shown["signature"]
    checked = "it has none, its address is all that speaks for it"
    if signature is not None:
        checked = f"{signature['verdict']} {signature['reason']}".rstrip()
    screen.line(checked, mark="Signature:", colour="dim")
    if found.source is not None:
        bits = found.bits
        screen.line(
            f"{len(bits)} places for {', '.join(found.purposes)}, {sum(1 for _ in bits)} of them set", mark="Holds:    "
        )
    for entry in shown["entries"]:
        state = "set" if entry["value"] else "not set"
        more = f" ({entry['message']})" if entry["message"] else ""
        screen.line(f"{entry['purpose']} {state}{more}", mark=f"{entry['place']}:")


def _entries_at(found: ListFile, places: Sequence[str]) -> list[tuple[str, BitstringStatusListEntry | None]]:
    if found.source is None or not places:
        return [(place, None) for place in places]
    if len(found.purposes) != 1:
        raise ConfigurationError("cli.list_purpose")
    return [
        (
            str(index),
            BitstringStatusListEntry(
                status_purpose=found.purposes[0],
                status_list_index=index,
                status_list_credential=str(found.document.get("id")),
            ),
        )
        for index in indexes_of(places)
    ]


def _entries_of_badge(found: ListFile, badge: str | None) -> list[tuple[str, BitstringStatusListEntry | None]]:
    if badge is None:
        return []
    document = read_source(read_bytes(badge), DEFAULT_LIMITS).document
    if found.source is None:
        return [(str(document.get("id")), None)]
    value = document.get("credentialStatus")
    entries: list[tuple[str, BitstringStatusListEntry | None]] = []
    named: list[str] = []
    for item in value if isinstance(value, list) else [value]:
        try:
            entry = read_entry(item)
        except OpenBadgesError:
            continue  # of another kind, or malformed: verify says what
        named.append(entry.url)
        if isinstance(entry, BitstringStatusListEntry) and entry.url == found.document.get("id"):
            entries.append((str(entry.status_list_index), entry))
    if not entries:
        raise RefusedError("cli.list_other_list", list=str(found.document.get("id")), found=named or "no list")
    return entries


def _reading(found: ListFile, place: str, entry: BitstringStatusListEntry | None) -> StatusReading:
    if entry is not None:
        return entry.read(found.document, badge_issuer="", credential_id=None, limits=LIST_LIMITS)
    revoked = read_revocation_list(found.document, str(id_of(found.document.get("issuer"))), place)
    value, reason = (1, revoked.reason) if revoked else (0, None)
    return StatusReading(purpose="revocation", value=value, message=reason)


def _reading_asked(found: ListFile, place: str, entry: BitstringStatusListEntry | None) -> StatusReading:
    """The same for a place that whoever uses the command named, not an issuer in a badge."""
    try:
        return _reading(found, place, entry)
    except RefusedError as error:  # ``status.index_range``: id and purpose of the entry are those of the list
        raise ConfigurationError("status.build_index", index=place, length=error.params.get("entries")) from error


def _controller(args: argparse.Namespace) -> str:
    return signer_of(args).verification_method.partition("#")[0]


def _now() -> datetime:
    return SystemClock().now()
