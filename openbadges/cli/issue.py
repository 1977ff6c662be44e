"""``openbadges issue``: sign a credential, or build one out of an achievement and a recipient and sign that."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from openbadges.cli.exits import PASSED
from openbadges.cli.inputs import read_json
from openbadges.cli.keyfiles import add_key_options, signer_of
from openbadges.cli.options import add_output_option, add_suite_option, instant, list_address
from openbadges.cli.output import refuse_same_file, write_output
from openbadges.errors import ConfigurationError
from openbadges.issuing import issue
from openbadges.keys import SigningKey
from openbadges.verification.kinds import types_of

if TYPE_CHECKING:
    from openbadges.models import OpenBadgeCredential

NAME = "issue"
HELP = "sign a credential, or award an achievement"
DESCRIPTION = """\
Signs the credential in a JSON file; or, with --achievement and --recipient, builds one first. What is signed is
verified before it is written. A recipient other than an id is put into the badge as a salted hash."""
EPILOG = """\
an achievement is a JSON file such as:
  {"id": "https://badges.example.org/achievements/host", "type": ["Achievement"], "name": "Edit-a-thon host",
   "description": "Plans and hosts an editing event.", "criteria": {"narrative": "Host one event."}}"""

_BUILDING = (
    "recipient", "issuer_name", "issuer_url", "valid_until", "narrative", "evidence", "status_list", "status_index",
)  # fmt: skip


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    parser.add_argument("credential", nargs="?", metavar="CREDENTIAL", help="unsigned credential as JSON; - for stdin")
    add_key_options(parser)
    parser.add_argument(
        "--form",
        choices=("data-integrity", "vc-jwt"),
        default="data-integrity",
        help="proof in the JSON, or a token",
    )
    add_suite_option(parser)
    parser.add_argument("--profile", choices=("badge", "vc"), default="badge", help="vc: any W3C credential")
    add_output_option(parser, "the signed badge")
    award = parser.add_argument_group("instead of CREDENTIAL")
    award.add_argument("--achievement", metavar="FILE", help="what was earned, as JSON; - for stdin")
    award.add_argument(
        "--recipient", metavar="TYPE:VALUE", help="who earned it: emailAddress:a@example.org, id:did:key:z6Mk..."
    )
    award.add_argument("--issuer-name", metavar="NAME", help="your name, as it is shown")
    award.add_argument("--issuer-url", metavar="URL", help="your web site")
    award.add_argument("--valid-until", metavar="TIME", help="end of validity, such as 2028-01-15T09:00:00Z")
    award.add_argument("--narrative", metavar="TEXT", help="what this recipient did")
    award.add_argument("--evidence", metavar="URL", action="append", help="where it can be seen")
    award.add_argument("--status-list", metavar="URL", help="address of the status list that can withdraw it")
    award.add_argument("--status-index", metavar="N", type=int, help="its place there, never given to another badge")


def run(args: argparse.Namespace) -> int:
    """Sign and write."""
    source = _source(args)
    refuse_same_file(args.output, (source, args.key))
    signer = signer_of(args)
    document = read_json(source)
    _check_kind(source, document, args)
    credential = document if args.achievement is None else _award(args, document, signer)
    badge = issue(credential, signer=signer, form=args.form, suite=args.suite, profile=args.profile)
    write_output(args.output, bytes(badge) + b"\n", inputs=(source, args.key))
    return PASSED


def _source(args: argparse.Namespace) -> str:
    """The one JSON file that is read, when the arguments go together."""
    if (args.credential is None) == (args.achievement is None):
        raise ConfigurationError("cli.credential_or_achievement")
    building = [name for name in _BUILDING if getattr(args, name) is not None]
    if args.credential is not None and building:
        raise ConfigurationError("cli.only_with_achievement", option=_option(building[0]))
    for name in ("recipient", "issuer_name") if args.achievement is not None else ():
        if not (getattr(args, name) or "").strip():
            raise ConfigurationError("cli.needed_with_achievement", option=_option(name))
    if (args.status_list is None) != (args.status_index is None):
        raise ConfigurationError("cli.status_list_and_index")
    if args.form == "vc-jwt" and args.suite is not None:
        raise ConfigurationError("cli.suite_of_token", suite=args.suite)
    return str(args.achievement if args.credential is None else args.credential)


def _check_kind(source: str, document: Mapping[str, Any], args: argparse.Namespace) -> None:
    """The two kinds of file that this verb takes are easily taken for each other."""
    types = types_of(document)
    if args.achievement is None and "Achievement" in types:
        raise ConfigurationError("cli.achievement_given", path=source)
    if args.achievement is not None and "VerifiableCredential" in types:
        raise ConfigurationError("cli.credential_given", path=source)


def _option(name: str) -> str:
    return f"--{name.replace('_', '-')}"


def _award(args: argparse.Namespace, achievement: Mapping[str, Any], signer: SigningKey) -> OpenBadgeCredential:
    from openbadges import models  # noqa: PLC0415 - heavy, and not needed for a credential that is there already

    issuer = models.Profile(
        id=signer.verification_method.partition("#")[0], name=args.issuer_name, url=args.issuer_url or None
    )
    return models.OpenBadgeCredential.award(
        models.Achievement.from_document({"type": ["Achievement"], **achievement}),
        issuer=issuer,
        recipient=_recipient(args.recipient),
        valid_until=instant("--valid-until", args.valid_until),
        narrative=args.narrative,
        evidence=[models.Evidence(id=url) for url in args.evidence or ()],
        credential_status=_status(args),
    )


def _recipient(text: str) -> Any:
    from openbadges.models import IdentityObject  # noqa: PLC0415 - as above
    from openbadges.verification import Recipient  # noqa: PLC0415 - as above

    asked = Recipient.parse(text)
    if asked.identity_type == "id":
        return asked.value
    # One spelling of an address is hashed, the one that a verifier tries whatever spelling it is given.
    value = asked.value.lower() if asked.identity_type == "emailAddress" else asked.value
    return IdentityObject.hashed_of(asked.identity_type, value)


def _status(args: argparse.Namespace) -> Any:
    from openbadges.models import CredentialStatus  # noqa: PLC0415 - as above
    from openbadges.status import BitstringStatusListEntry, read_entry  # noqa: PLC0415 - as above

    if args.status_list is None:
        return ()
    entry = BitstringStatusListEntry(
        status_purpose="revocation",
        status_list_index=args.status_index,
        status_list_credential=list_address(args.status_list),
    ).to_document()
    read_entry(entry)  # what no verifier could read is not signed
    return CredentialStatus.from_document(entry)
