"""``openbadges did``: the documents that publish keys, for a key of your own or somebody's identifier."""

from __future__ import annotations

import argparse
from typing import Any

from openbadges.cli.exits import PASSED
from openbadges.cli.keyfiles import add_passphrase_option, public_key
from openbadges.cli.network import verifier_of
from openbadges.cli.options import add_network_options, add_output_option
from openbadges.cli.output import json_text, refuse_same_file, write_output
from openbadges.dids import did_jwk, did_key, did_web_document, did_web_from_url, did_web_url, jwks, resolve
from openbadges.errors import ConfigurationError
from openbadges.keys import PublicKey

NAME = "did"
HELP = "show or build DID documents and key sets"
DESCRIPTION = """\
For a DID: its document, fetched if it is a did:web. For key files, public or private: the document of their did:key;
with --web the did.json to publish on your web site; with --jwks a key set. Only public keys are ever shown."""
EPILOG = """\
examples:
  openbadges did issuer.pem
  openbadges did did:web:badges.example.org
  openbadges did --web https://badges.example.org new.pem --retired old.pem -o did.json"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    parser.add_argument("names", nargs="+", metavar="DID_OR_KEY", help="a DID, or key files")
    add_passphrase_option(parser)
    parser.add_argument("--web", metavar="URL", help="build the document of the did:web for this address (or did:web)")
    parser.add_argument(
        "--retired", action="append", default=[], metavar="FILE", help="a key that signs no more, its badges stay good"
    )
    parser.add_argument("--jwks", action="store_true", help="build a JSON Web Key Set")
    parser.add_argument("--method", choices=("key", "jwk"), default="key", help="did:key or did:jwk; default: key")
    add_network_options(parser)
    add_output_option(parser, "the document")


def run(args: argparse.Namespace) -> int:
    """Show or build the document."""
    files = [name for name in args.names if not name.startswith("did:")]
    if args.retired and args.web is None:
        raise ConfigurationError("cli.retired_without_web")
    if len(files) < len(args.names):
        if len(args.names) > 1 or args.web is not None or args.jwks:
            raise ConfigurationError("cli.one_did")
        document = resolve(
            args.names[0], fetcher=verifier_of(offline=args.offline, documents=args.documents).fetcher
        ).to_json()
        inputs: list[str] = []
    else:
        inputs = [*files, *args.retired]
        refuse_same_file(args.output, inputs)
        document = _built(args, [public_key(file, args.passphrase_file) for file in files])
    write_output(args.output, f"{json_text(document, pretty=True)}\n".encode(), inputs=inputs)
    return PASSED


def _built(args: argparse.Namespace, keys: list[PublicKey]) -> dict[str, Any]:
    did = None if args.web is None else _did_web(args.web)
    if args.jwks:
        retired = [public_key(file, args.passphrase_file) for file in args.retired]
        return jwks([*keys, *retired], controller=did)
    if did is not None:
        retired = [public_key(file, args.passphrase_file) for file in args.retired]
        return did_web_document(did, keys, retired)
    if len(keys) > 1:
        raise ConfigurationError("cli.one_key")
    name = did_jwk(keys[0]) if args.method == "jwk" else did_key(keys[0])
    return resolve(name).to_json()


def _did_web(text: str) -> str:
    if not text.startswith("did:"):
        return did_web_from_url(text)
    did_web_url(text)  # raises for what is none
    return text
