"""``openbadges upgrade``: verify an Open Badges 2.0 badge and issue it again as 3.0, with the old one as evidence."""

from __future__ import annotations

import argparse
from datetime import datetime

from openbadges import legacy
from openbadges.cli.exits import FAILED, PASSED, UNKNOWN
from openbadges.cli.inputs import is_url, read_target, targets_of
from openbadges.cli.keyfiles import add_key_options, signer_of
from openbadges.cli.network import verifier_of
from openbadges.cli.options import add_network_options, add_output_option
from openbadges.cli.output import refuse_same_file, say, write_output
from openbadges.contexts import PinnedContexts
from openbadges.errors import RefusedError
from openbadges.issuing import issue
from openbadges.legacy import LegacyResult
from openbadges.messages import render
from openbadges.report import Outcome, outcome_of
from openbadges.verification import Verifier
from openbadges.verification.inquiry import CountedFetcher, Inquiry
from openbadges.verification.legacy import legacy_badge
from openbadges.verification.reading import read_source
from openbadges.verification.verdicts import verdict_of

NAME = "upgrade"
HELP = "issue an Open Badges 2.0 badge again as 3.0"
DESCRIPTION = """\
Checks an Open Badges 2.0 badge and, only if everything passes, issues it again as Open Badges 3.0 under your key, with
the old badge as evidence. Only the issuer of the old badge should do this: the new badge is in your name."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    parser.add_argument("badge", metavar="BADGE", help="JSON, token or picture; - for stdin; or the badge's https URL")
    add_key_options(parser)
    parser.add_argument("--recipient-id", metavar="ID", help="new identifier of the recipient, such as a DID")
    parser.add_argument("--achievement-id", metavar="URL", help="new identifier of the achievement")
    parser.add_argument("--form", choices=("data-integrity", "vc-jwt"), default="data-integrity", help="kind of proof")
    add_network_options(parser)
    add_output_option(parser, "the new badge")


def run(args: argparse.Namespace) -> int:
    """Verify, map, issue, write."""
    (target,) = targets_of([args.badge], offline=args.offline)
    inputs = (args.key,) if is_url(target.name) else (args.badge, args.key)
    refuse_same_file(args.output, inputs)
    verifier, signer = verifier_of(offline=args.offline, documents=args.documents), signer_of(args)
    now = verifier.clock.now()
    result = _checked(read_target(target, verifier.fetcher), verifier, now)
    outcome = outcome_of(result.checks, result.required)
    if outcome is not Outcome.PASS or result.assertion is None or result.badge_class is None or result.issuer is None:
        verdict, params = verdict_of(result.checks, result.required, "badge")
        say(f"Not upgraded. {render(verdict, params)} {params.get('reason', '')}".rstrip())
        return FAILED if outcome is Outcome.FAIL else UNKNOWN
    controller = signer.verification_method.partition("#")[0]
    document = legacy.upgrade(
        result.assertion,
        result.badge_class,
        result.issuer,
        new_issuer=legacy.upgrade_profile(result.issuer, new_id=controller),
        now=now,
        achievement_id=args.achievement_id,
        recipient_id=args.recipient_id,
    )
    badge = issue(document, signer=signer, form=args.form, clock=verifier.clock)
    write_output(args.output, bytes(badge) + b"\n", inputs=inputs)
    for note in legacy.not_carried(result.assertion, result.badge_class, result.issuer):
        say(f"Note: {note.detail}")
    return PASSED


def _checked(data: bytes, verifier: Verifier, now: datetime) -> LegacyResult:
    source = read_source(data, verifier.limits)
    if source.standard != "ob2":
        raise RefusedError("cli.not_legacy")
    fetcher = CountedFetcher(verifier.fetcher, verifier.limits)
    inquiry = Inquiry(now=now, fetcher=fetcher, contexts=PinnedContexts(), limits=verifier.limits)
    return legacy.check(legacy_badge(source, inquiry), fetcher=fetcher, now=now, limits=verifier.limits)
