"""``openbadges keygen``: a new signing key in a file that only its owner can read."""

from __future__ import annotations

import argparse

from openbadges.cli.exits import PASSED
from openbadges.cli.keyfiles import new_passphrase
from openbadges.cli.output import STDOUT, Screen, json_text, say, write_output
from openbadges.errors import ConfigurationError
from openbadges.keys import SigningKey, save_key

NAME = "keygen"
HELP = "make a signing key"
DESCRIPTION = """\
Makes a key and writes it to a file of its own (PKCS#8 PEM, mode 0600). Whoever has the file can issue badges in your
name: give a key that matters a passphrase, and keep a copy where it is safe."""

_KINDS = ("Ed25519", "P-256", "P-384", "RSA")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    parser.add_argument(
        "-o", "--output", required=True, metavar="FILE", help="where to write the key; - only into a pipe"
    )
    parser.add_argument("--kind", choices=_KINDS, default="Ed25519", help="kind of key; default: Ed25519")
    parser.add_argument("--bits", type=int, metavar="N", help="size of an RSA key, 2048 to 8192; default: 3072")
    parser.add_argument("--passphrase", action="store_true", help="ask for a passphrase, and encrypt the file with it")
    parser.add_argument("--passphrase-file", metavar="FILE", help="encrypt the file with the first line of this file")
    parser.add_argument("--force", action="store_true", help="replace the file if it exists")
    parser.add_argument("--json", action="store_true", help="print the identifiers as JSON")


def run(args: argparse.Namespace) -> int:
    """Make the key, write it, and print its identifiers."""
    if args.bits is not None and args.kind != "RSA":
        raise ConfigurationError("cli.bits_of_rsa", kind=args.kind)
    passphrase = new_passphrase(args)
    key = SigningKey.generate(args.kind, bits=args.bits)
    facts = {"file": args.output, "kind": key.kind, "did": key.did, "verification_method": key.verification_method}
    if args.output == STDOUT:
        write_output(STDOUT, key.to_pem(passphrase), secret=True)
        say(f"Identifier: {key.did}")
        return PASSED
    save_key(key, args.output, passphrase, overwrite=args.force)
    if args.json:
        print(json_text(facts))
        return PASSED
    screen = Screen()
    secured = "only you can read it" if passphrase is None else "encrypted with your passphrase"
    screen.line(f"A new {key.kind} key is in {args.output} ({secured}).")
    screen.line(key.did, mark="Identifier:", colour="dim")
    screen.line(key.verification_method, mark="Key name:  ", colour="dim")
    return PASSED
