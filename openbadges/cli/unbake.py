"""``openbadges unbake``: take the badge out of a picture, exactly as it was put in."""

from __future__ import annotations

import argparse

from openbadges.cli.exits import PASSED
from openbadges.cli.inputs import read_bytes
from openbadges.cli.options import add_output_option
from openbadges.cli.output import refuse_same_file, say, write_output
from openbadges.secured import unbake

NAME = "unbake"
HELP = "take the badge out of a PNG or SVG picture (it is not verified)"


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    parser.add_argument("image", metavar="IMAGE", help="the picture; - for the standard input")
    add_output_option(parser, "the badge")


def run(args: argparse.Namespace) -> int:
    """Take the badge out and write it."""
    refuse_same_file(args.output, (args.image,))
    write_output(args.output, bytes(unbake(read_bytes(args.image))), inputs=(args.image,))
    say("Taken out, not verified: run openbadges verify.")
    return PASSED
