"""Key files and passphrases on the command line: a passphrase comes from a file or is asked for, never from argv."""

from __future__ import annotations

import argparse
import getpass
import sys

from openbadges.cli.inputs import read_bytes, read_text_line
from openbadges.errors import ConfigurationError, KeyMaterialError
from openbadges.jsontext import parse_object
from openbadges.keys import PublicKey, SigningKey, load_key

__all__ = [
    "add_key_options",
    "add_passphrase_option",
    "new_passphrase",
    "public_key",
    "signer_of",
]

_NEEDED = "signing_key.passphrase_needed"
_KEY_BYTES = 64 * 1024


def add_key_options(parser: argparse.ArgumentParser, *, required: bool = True) -> None:
    """``--key``, ``--passphrase-file`` and ``--controller``: with which key, and in whose name."""
    parser.add_argument("--key", required=required, metavar="FILE", help="private key, as keygen writes it")
    add_passphrase_option(parser)
    parser.add_argument(
        "--controller",
        metavar="DID",
        help="who publishes the key, such as did:web:badges.example.org, or did:web:...#name; default: its own did:key",
    )


def add_passphrase_option(parser: argparse.ArgumentParser) -> None:
    """``--passphrase-file``."""
    parser.add_argument(
        "--passphrase-file", metavar="FILE", help="its first line is the passphrase (else asked for on a terminal)"
    )


def signer_of(args: argparse.Namespace) -> SigningKey:
    """The private key that the options name, speaking for its controller.

    Raises:
        KeyMaterialError: The file or passphrase is unusable.
        ConfigurationError: The controller is no name.
    """
    key = _private(args.key, args.passphrase_file)
    if args.controller is None:
        return key
    controller, hash_sign, name = args.controller.partition("#")
    return key.controlled_by(controller, name if hash_sign else None)


def public_key(path: str, passphrase_file: str | None = None) -> PublicKey:
    """The public key in a file: a public one (PEM or JWK), or the public half of a private one.

    Raises:
        MalformedError, KeyMaterialError, RefusedError, UnsupportedError: It is not a usable key.
    """
    data = read_bytes(path, most=_KEY_BYTES)
    if b"-----BEGIN PUBLIC KEY-----" in data or b"-----BEGIN RSA PUBLIC KEY-----" in data:
        return PublicKey.from_pem(data)
    if data.lstrip().startswith(b"{"):
        jwk = parse_object(data)
        if "kty" not in jwk:
            raise KeyMaterialError("key_file.no_key", path=path)
        if "d" not in jwk:
            return PublicKey.from_jwk(jwk)
    return _private(path, passphrase_file).public_key


def new_passphrase(args: argparse.Namespace) -> str | None:
    """The passphrase for a new key: from a file, asked for twice, or none.

    Raises:
        ConfigurationError: ``cli.no_terminal`` or ``cli.passphrases_differ``.
        KeyMaterialError: ``signing_key.passphrase_empty``.
    """
    if args.passphrase_file is not None:
        return read_text_line(args.passphrase_file)
    if not args.passphrase:
        return None
    if not sys.stdin.isatty():
        raise ConfigurationError("cli.no_terminal")
    first = getpass.getpass("Passphrase for the new key: ")
    if not first:
        raise KeyMaterialError("signing_key.passphrase_empty")
    if getpass.getpass("The same again: ") != first:
        raise ConfigurationError("cli.passphrases_differ")
    return first


def _private(path: str, passphrase_file: str | None) -> SigningKey:
    if passphrase_file is not None:
        return load_key(path, read_text_line(passphrase_file))
    try:
        return load_key(path)
    except KeyMaterialError as error:
        if error.code != _NEEDED:
            raise
        if not sys.stdin.isatty():
            raise KeyMaterialError("cli.passphrase_needed", path=path) from error
    return load_key(path, getpass.getpass(f"Passphrase of {path!a}: "))
