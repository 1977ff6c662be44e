"""``openbadges present``: the holder proves to have a key, and shows badges."""

from __future__ import annotations

import argparse

from openbadges.cli.exits import PASSED
from openbadges.cli.inputs import read_bytes
from openbadges.cli.keyfiles import add_key_options, signer_of
from openbadges.cli.options import add_output_option, add_suite_option
from openbadges.cli.output import refuse_same_file, write_output
from openbadges.limits import DEFAULT_LIMITS
from openbadges.presenting import present
from openbadges.secured import SecuredCredential
from openbadges.verification.reading import read_source

NAME = "present"
HELP = "prove that you hold a key, and show your badges"
DESCRIPTION = """\
Signs a presentation with your own key, for whoever asked and for this once: they give you the challenge. With badges it
carries them; without, it proves only that the key is yours."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    parser.add_argument("badges", nargs="*", metavar="BADGE", help="a badge of yours, in any form")
    add_key_options(parser)
    parser.add_argument("--challenge", required=True, metavar="TEXT", help="what whoever asks gave you for this once")
    parser.add_argument("--domain", metavar="NAME", help="who asks, such as badges.example.org")
    add_suite_option(parser)
    add_output_option(parser, "the signed presentation")


def run(args: argparse.Namespace) -> int:
    """Sign and write."""
    refuse_same_file(args.output, (*args.badges, args.key))
    badges = [SecuredCredential(read_source(read_bytes(name), DEFAULT_LIMITS).text) for name in args.badges]
    signer = signer_of(args)
    shown = present(badges, signer=signer, challenge=args.challenge, domain=args.domain, suite=args.suite)
    write_output(args.output, bytes(shown) + b"\n", inputs=(*args.badges, args.key))
    return PASSED
