"""``openbadges verify``: is this badge genuine, whose is it, and is it valid?"""

from __future__ import annotations

import argparse
import signal
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from openbadges.bulk import answer_many
from openbadges.cli.exits import status_of_report, worst
from openbadges.cli.inputs import Target, portable, read_target, targets_of
from openbadges.cli.many import with_bar
from openbadges.cli.network import verifier_of
from openbadges.cli.options import add_network_options, instant
from openbadges.cli.output import Screen, json_text, say
from openbadges.cli.report_text import print_report, print_row, print_summary
from openbadges.errors import ConfigurationError, OpenBadgesError, RefusedError, UnreachableError, UnsupportedError
from openbadges.messages import render
from openbadges.models.lexical import is_uri
from openbadges.report import Check, Outcome, ReportError, VerificationReport
from openbadges.verification import AnyIssuer, Policy, Recipient, TrustedIssuers, Verifier
from openbadges.verification.inquiry import Profile

NAME = "verify"
HELP = "check badges: genuine, by whom, valid today?"
DESCRIPTION = """\
Checks Open Badges 3.0 and 2.0 in any form: JSON, signed token, baked PNG or SVG. Without --offline, what a badge needs
(keys of a did:web, status lists, hosted badges) is fetched over https. Several inputs are shown in one line each."""
EPILOG = """\
exit status: 0 pass, 1 fail, 2 wrong usage, 3 unknown, 4 the input cannot be read. Of several inputs the first that
applies of 4, 1, 3, 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked of every input, as it stood on the command line: it travels to other processes."""

    offline: bool
    documents: str | None
    profile: Profile
    policy: Policy
    recipient: Recipient | None
    challenge: str | None
    domain: str | None
    at: datetime | None

    def __call__(self) -> Answer:
        """What answers it; made once in each process."""
        verifier = verifier_of(offline=self.offline, documents=self.documents, profile=self.profile)
        return Answer(verifier=verifier, question=self, at=self.at or verifier.clock.now())

    def in_worker(self) -> Answer:
        """The same in a process of its own, which leaves it to the first to say that it was interrupted."""
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        return self()


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Answers a question for one input after the other."""

    verifier: Verifier
    question: Question
    at: datetime

    def __call__(self, target: Target) -> VerificationReport:
        """The report on one input; whatever is wrong with it is in the report."""
        asked = self.question
        try:
            badge = read_target(target, self.verifier.fetcher)
            if asked.challenge is not None:
                return self.verifier.check_presentation(
                    badge, policy=asked.policy, challenge=asked.challenge, domain=asked.domain, at=self.at
                )
            return self.verifier.check(badge, policy=asked.policy, recipient=asked.recipient, at=self.at)
        except OpenBadgesError as error:
            return _not_read(error, self.at)


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    parser.add_argument(
        "inputs",
        nargs="+",
        metavar="INPUT",
        help="a file, a folder (its files), - for the standard input, or an https URL",
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object a line instead of text")
    add_network_options(parser)
    parser.add_argument(
        "--issuer", action="append", metavar="ID", help="an issuer you trust; without any, trust is not asked"
    )
    parser.add_argument(
        "--recipient",
        metavar="TYPE:VALUE",
        help="who should have got it: emailAddress:a@example.org, id:did:key:z6Mk...",
    )
    parser.add_argument(
        "--challenge", metavar="TEXT", help="check a presentation, which has to answer what you gave the holder"
    )
    parser.add_argument("--domain", metavar="NAME", help="with --challenge: your name, which has to be in the answer")
    parser.add_argument("--at", metavar="TIME", help="the time to judge by, such as 2026-01-15T09:00:00Z; default: now")
    parser.add_argument("--jobs", type=int, default=1, metavar="N", help="check so many inputs at a time; default: 1")
    parser.add_argument(
        "--profile", choices=("badge", "vc"), default="badge", help="vc: any W3C credential, not only badges"
    )
    parser.add_argument("--verbose", action="store_true", help="show every check of several inputs, too")


def run(args: argparse.Namespace) -> int:
    """Verify the inputs and print what was found.

    Raises:
        ConfigurationError: The options cannot be used together, or one of them not at all.
    """
    _check_together(args)
    for issuer in args.issuer or ():
        if not is_uri(issuer):  # it trusts nobody, which is safe, and hardly what was meant
            say(render("cli.issuer_no_id", {"issuer": issuer}))
    targets = targets_of(args.inputs, offline=args.offline)
    question = Question(
        offline=args.offline,
        documents=args.documents,
        profile=args.profile,
        policy=AnyIssuer() if args.issuer is None else TrustedIssuers(args.issuer),
        recipient=None if args.recipient is None else Recipient.parse(args.recipient),
        challenge=args.challenge,
        domain=args.domain,
        at=instant("--at", args.at),
    )
    reports = with_bar(_answers(question, targets, args.jobs), len(targets))
    if args.json:
        return worst(list(_print_json(targets, reports)))
    if len(args.inputs) == len(targets) == 1:
        (report,) = reports
        print_report(report, Screen())
        return status_of_report(report)
    return _print_several(targets, reports, verbose=args.verbose)


def _check_together(args: argparse.Namespace) -> None:
    if args.challenge is None and args.domain is not None:
        raise ConfigurationError("cli.domain_alone")
    if args.challenge is not None and args.recipient is not None:
        raise ConfigurationError("cli.recipient_of_presentation")
    if args.challenge is not None and not args.challenge.strip():
        raise ConfigurationError("presentation.challenge_blank")


def _answers(question: Question, targets: Sequence[Target], jobs: int) -> Iterator[VerificationReport]:
    """The reports in the order of the inputs, each as soon as it is there."""
    answer = question()  # what is wrong with the options is said before any work
    if jobs > 1 and len(targets) > 1:
        everywhere = replace(question, at=answer.at)
        return answer_many(everywhere.in_worker, map(portable, targets), jobs=jobs)
    return answer_many(lambda: answer, targets, jobs=min(jobs, 1))


def _print_json(targets: Sequence[Target], reports: Iterator[VerificationReport]) -> Iterator[int]:
    for target, report in zip(targets, reports, strict=True):
        print(json_text({"input": target.name, **report.to_json()}))
        yield status_of_report(report)


def _print_several(targets: Sequence[Target], reports: Iterator[VerificationReport], *, verbose: bool) -> int:
    screen, statuses = Screen(), []
    counts: Counter[Outcome] = Counter()
    for target, report in zip(targets, reports, strict=True):
        if verbose:
            print_report(report, screen, name=target.name)
            screen.line()
        else:
            print_row(report, screen, name=target.name)
        counts[report.outcome] += 1
        statuses.append(status_of_report(report))
    print_summary(counts, screen)
    return worst(statuses)


def _not_read(error: OpenBadgesError, at: datetime) -> VerificationReport:
    """The report on an input that never got as far as being checked."""
    outcome, verdict = Outcome.FAIL, "verdict.unreadable"
    if isinstance(error, (UnreachableError, UnsupportedError)):
        outcome, verdict = Outcome.UNKNOWN, "verdict.unknown"
    elif isinstance(error, RefusedError):
        verdict = "verdict.bad_signature"
    check = Check(id="document.format", outcome=outcome, code=error.code, params=error.params)
    malformed = ReportError(code=error.code, pointer=error.pointer, params=error.params)
    return VerificationReport(
        checks=(check,),
        required=frozenset({check.id}),
        at=at,
        verdict_code=verdict,
        verdict_params={"reason": error.detail},
        error=malformed if verdict == "verdict.unreadable" else None,
    )
