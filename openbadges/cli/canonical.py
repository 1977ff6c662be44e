"""``openbadges canonical``: the bytes that a signature is over, for whoever compares implementations."""

from __future__ import annotations

import argparse
import hashlib

from openbadges.canon import jcs, rdf
from openbadges.cli.exits import PASSED
from openbadges.cli.inputs import read_json
from openbadges.cli.options import add_output_option
from openbadges.cli.output import refuse_same_file, write_output
from openbadges.contexts import PinnedContexts
from openbadges.limits import DEFAULT_LIMITS

NAME = "canonical"
HELP = "print the canonical form of a document, or its hash"
DESCRIPTION = """\
For comparing implementations: the canonical form of a JSON document without its "proof", as the cryptosuites of Data
Integrity hash it."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    parser.add_argument("file", metavar="FILE", help="a JSON document; - for the standard input")
    parser.add_argument("--form", choices=("rdfc", "jcs"), default="rdfc", help="RDFC-1.0 N-Quads, or RFC 8785 JSON")
    parser.add_argument("--digest", choices=("sha256", "sha384"), help="print this hash of it instead, in hexadecimal")
    parser.add_argument("--with-proof", action="store_true", help="leave the proof in")
    add_output_option(parser, "it")


def run(args: argparse.Namespace) -> int:
    """Print the canonical form."""
    refuse_same_file(args.output, (args.file,))
    document = read_json(args.file)
    if not args.with_proof:
        document = {name: value for name, value in document.items() if name != "proof"}
    if args.form == "jcs":
        canonical = jcs.canonicalize(document)
    else:
        contexts = PinnedContexts(generic=True)
        hash_name = args.digest or "sha256"
        canonical = rdf.canonicalize(document, contexts, hash_name=hash_name, limits=DEFAULT_LIMITS).encode("utf-8")
    if args.digest is not None:
        canonical = f"{hashlib.new(args.digest, canonical).hexdigest()}\n".encode("ascii")
    write_output(args.output, canonical, inputs=(args.file,))
    return PASSED
