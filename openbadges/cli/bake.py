"""``openbadges bake``: put a signed badge into a picture."""

from __future__ import annotations

import argparse

from openbadges.cli.exits import PASSED
from openbadges.cli.inputs import STDIN, read_bytes
from openbadges.cli.options import add_output_option
from openbadges.cli.output import refuse_same_file, write_output
from openbadges.errors import ConfigurationError, MalformedError
from openbadges.limits import DEFAULT_LIMITS
from openbadges.secured import bake
from openbadges.verification.reading import read_source

NAME = "bake"
HELP = "put a signed badge into a PNG or SVG picture"


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    parser.add_argument("image", metavar="IMAGE", help="the picture; - for the standard input")
    parser.add_argument("badge", metavar="BADGE", help="the signed badge; - for the standard input")
    add_output_option(parser, "the new picture")


def run(args: argparse.Namespace) -> int:
    """Bake, and write the new picture."""
    if args.image == args.badge == STDIN:
        raise ConfigurationError("cli.stdin_twice")
    refuse_same_file(args.output, (args.image, args.badge))
    image, badge = read_bytes(args.image), read_bytes(args.badge)
    picture = bake(image, badge.strip(b" \t\r\n"))
    _check_signed(args.badge, badge)
    write_output(args.output, picture, inputs=(args.image, args.badge))
    return PASSED


def _check_signed(name: str, badge: bytes) -> None:
    """A picture of something that nobody signed would look like a badge, and be none (hosted ones of 2.0 are)."""
    source = read_source(badge, DEFAULT_LIMITS)
    if source.token is None and source.standard != "ob2" and "proof" not in source.document:
        raise MalformedError("cli.bake_unsigned", path=name)
