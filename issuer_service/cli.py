"""``issuer-service``: set up, run, demonstrate; accounts, tokens, frameworks and VC-API instances."""

from __future__ import annotations

import argparse
import getpass
import json
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from issuer_service.config import Settings, SettingsError
from issuer_service.services.errors import ServiceError
from issuer_service.services.framework_imports import SourceFile, UnreadableError
from issuer_service.services.ports import KeystoreError, StoreError
from openbadges.cli.output import Screen, say
from openbadges.errors import OpenBadgesError
from openbadges.frameworks import IMPORTERS, Changes, ImportOptions

if TYPE_CHECKING:
    from issuer_service.services.all import Services
    from issuer_service.services.records import User

__all__ = ["main"]

_FAILED, _INTERRUPTED = 1, 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; the exit status is 0 when it did what was asked, 2 when it was used wrongly."""
    asked = _parser().parse_args(argv)
    try:
        with ExitStack() as asked.closing:
            return int(_COMMANDS[asked.command](asked))
    except (SettingsError, ServiceError, StoreError, KeystoreError, OpenBadgesError, OSError) as error:
        say(f"issuer-service: {error}")
        return _FAILED
    except KeyboardInterrupt:
        return _INTERRUPTED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="issuer-service", description="A site that issues Open Badges.")
    parser.add_argument("--settings", metavar="FILE", help="settings as lines of ISSUER_NAME=value")
    commands = parser.add_subparsers(dest="command", required=True)
    init = commands.add_parser("init", help="make the database and the first operator")
    init.add_argument("--operator", metavar="LOGIN", default="operator")
    init.add_argument("--ask-password", action="store_true", help="ask for a password instead of printing a link")
    run = commands.add_parser("run", help="serve the site")
    run.add_argument("--host", default="127.0.0.1")
    run.add_argument("--port", type=_port, default=8000)
    run.add_argument("--threads", type=int, choices=range(1, 65), default=8, metavar="N")
    demo = commands.add_parser("demo", help="show everything once, in a folder of its own")
    demo.add_argument("--no-serve", action="store_true", help="end instead of serving the site")
    demo.add_argument("--port", type=_port, default=8000)
    demo.add_argument("--folder", default="var/demo-service", help=argparse.SUPPRESS)
    _add_user(commands)
    _add_token(commands)
    _add_vc_api(commands)
    _add_framework(commands)
    return parser


def _add_user(commands: Any) -> None:
    user = commands.add_parser("user", help="accounts").add_subparsers(dest="action", required=True)
    create = user.add_parser("create", help="make an account")
    create.add_argument("login")
    create.add_argument("--operator", action="store_true", help="one that runs the site")
    create.add_argument("--ask-password", action="store_true", help="ask for a password instead of printing a link")
    reset = user.add_parser("reset", help="print a link with which a new password can be chosen")
    reset.add_argument("login")
    user.add_parser("list", help="all accounts")


def _add_token(commands: Any) -> None:
    token = commands.add_parser("token", help="API tokens").add_subparsers(dest="action", required=True)
    create = token.add_parser("create", help="make a token and print it once")
    create.add_argument("slug", help="of the issuer")
    create.add_argument("--name", required=True, help="for whom or what")
    create.add_argument("--scope", action="append", required=True, dest="scopes", help="may stand several times")
    create.add_argument("--days", type=int, default=90)
    revoke = token.add_parser("revoke", help="make a token worthless")
    revoke.add_argument("slug")
    revoke.add_argument("id")
    listed = token.add_parser("list", help="tokens of an issuer")
    listed.add_argument("slug")


def _add_vc_api(commands: Any) -> None:
    vc_api = commands.add_parser("vc-api", help="instances of the W3C VC-API")
    actions = vc_api.add_subparsers(dest="action", required=True)
    for name, help_text in (("create", "make an instance, print ids and token as JSON"), ("token", "another token")):
        action = actions.add_parser(name, help=help_text)
        action.add_argument("slug")
        action.add_argument("--days", type=int, default=365, help="how long the token works")


def _add_framework(commands: Any) -> None:
    framework = commands.add_parser("framework", help="skill frameworks")
    actions = framework.add_subparsers(dest="action", required=True)
    brought = actions.add_parser("import", help="bring a framework in, or a new version of it")
    brought.add_argument("files", nargs="+", metavar="FILE", help="a framework file, or all tables of an ESCO release")
    brought.add_argument("--issuer", metavar="SLUG", help="for this issuer only; for the whole site if left out")
    brought.add_argument("--from", dest="file_format", choices=tuple(IMPORTERS), help="format, found by content")
    brought.add_argument("--language", default="en", help="of texts that carry none")
    brought.add_argument("--framework-id", metavar="URI", help="id of a framework whose file has none (plain tables)")
    brought.add_argument("--title", help="title of a framework whose file has none")
    brought.add_argument("--edition", metavar="VERSION", help="what the framework calls its version, e.g. 1.2.0")
    brought.add_argument("--dry-run", action="store_true", help="say what would change and keep nothing")
    actions.add_parser("list", help="all frameworks")


def _port(text: str) -> int:
    port = int(text) if text.isascii() and text.isdigit() else -1
    if not 0 <= port <= 65535:
        raise argparse.ArgumentTypeError("a port is a number up to 65535")
    return port


# commands


def _init(asked: argparse.Namespace) -> int:
    services, screen = _services(asked), Screen()
    screen.line("The database is ready.")
    services.framework_imports.init_starters()
    operators = [user.login for user in services.accounts.all_users() if user.is_operator]
    if operators:
        screen.line(f"There is an operator already: {', '.join(operators)}")
        return 0
    _make_user(services, asked.operator, operator=True, ask=asked.ask_password)
    return 0


def _run(asked: argparse.Namespace) -> int:
    from issuer_service.serving import serve  # noqa: PLC0415 - only where it serves

    settings = _settings(asked)
    services = _built(asked, settings)
    Screen().line(f"Serving {settings.base_url} at {asked.host}:{asked.port}; Ctrl-C ends it.")
    serve(settings, services, host=asked.host, port=asked.port, threads=asked.threads)
    return 0


def _demo(asked: argparse.Namespace) -> int:
    from issuer_service.demo import run_demo  # noqa: PLC0415 - only here

    serves = not asked.no_serve and os.environ.get("SERVE", "1") != "0"
    return run_demo(asked.folder, port=asked.port, serves=serves)


def _user(asked: argparse.Namespace) -> int:
    services, screen = _services(asked), Screen()
    if asked.action == "create":
        _make_user(services, asked.login, operator=asked.operator, ask=asked.ask_password)
    elif asked.action == "reset":
        _print_link(services, services.accounts.by_login(asked.login))
    else:
        for user in services.accounts.all_users():
            marks = [word for word, set_ in (("operator", user.is_operator), ("disabled", user.disabled)) if set_]
            screen.line("  ".join([user.login, *marks]), whole=True)
    return 0


def _token(asked: argparse.Namespace) -> int:
    services, screen = _services(asked), Screen()
    affiliate = services.affiliates.by_slug(asked.slug)
    if asked.action == "create":
        secret, token = services.tokens.create(affiliate.id, asked.name, asked.scopes, asked.days)
        say(f"Token {token.id}, good until {token.expires_at:%Y-%m-%d}. It is shown now and never again:")
        screen.line(secret, whole=True)
    elif asked.action == "revoke":
        services.tokens.revoke(affiliate.id, asked.id)
        screen.line("The token is worthless now.")
    else:
        for token in services.tokens.all(affiliate.id):
            state = "revoked" if token.revoked_at else f"until {token.expires_at:%Y-%m-%d}"
            screen.line(f"{token.id}  {state}  {','.join(token.scopes)}  {token.name}", whole=True)
    return 0


def _vc_api(asked: argparse.Namespace) -> int:
    from issuer_service.services.tools import Tools  # noqa: PLC0415 - only here
    from issuer_service.services.vc_instances import VcInstances  # noqa: PLC0415

    settings = _settings(asked)
    services = _built(asked, settings)
    tools = Tools(store=services.store, keystore=services.keystore, clock=services.clock, site=services.site)
    if not settings.vc_api:
        say("The VC-API is off: set ISSUER_VC_API=1 where the service runs.")
    if asked.action == "token":
        secret, _ = VcInstances(tools).new_token(asked.slug, days=asked.days)
        told: dict[str, Any] = {"slug": asked.slug, "token": secret}
    else:
        made = VcInstances(tools).create(asked.slug, days=asked.days)
        told = {"slug": made.slug, "issuers": dict(made.dids), "token": made.token}
    told["base"] = f"{settings.base_url}/vc-api"
    sys.stdout.write(json.dumps(told, indent=2) + "\n")
    return 0


def _framework(asked: argparse.Namespace) -> int:
    services, screen = _services(asked), Screen()
    if asked.action == "list":
        for view in services.frameworks.all():
            owner = view.owner.slug if view.owner else "everybody"
            screen.line(f"{view.slug}  v{view.version.number}  {view.version.item_count} items  {owner}", whole=True)
        return 0
    options = ImportOptions(
        language=asked.language, framework_id=asked.framework_id, title=asked.title, version=asked.edition
    )
    imports, affiliate_id = services.framework_imports, None
    if asked.issuer is not None:
        affiliate_id = services.affiliates.by_slug(asked.issuer).id
    files = [_opened(asked, name) for name in asked.files]
    try:
        framework, source_format = imports.read(files, file_format=asked.file_format, options=options)
    except UnreadableError as error:
        for problem in error.found:
            say(str(problem))
        say(f"issuer-service: {error.total} problems; nothing was kept.")
        return _FAILED
    changes = imports.preview(framework, affiliate_id=affiliate_id)
    if not asked.dry_run:
        kept = imports.keep(framework, source_format=source_format, user_id="command", affiliate_id=affiliate_id)
        screen.line(f"{services.site.base_url}/frameworks/{kept.view.slug}", whole=True)
    screen.line(_told(changes, len(framework.items)))
    return 0


def _opened(asked: argparse.Namespace, name: str) -> SourceFile:
    stream = asked.closing.enter_context(Path(name).open("rb"))  # noqa: SIM115 - closed when the command ends
    return SourceFile(data=stream, name=name)


def _told(changes: Changes | None, items: int) -> str:
    """What an import did, or would do."""
    if changes is None:
        return f"New, with {items} items."
    if not changes.records:
        return "Nothing has changed; there is no new version."
    rows = [f"{number} {kind} {what}" for kind, row in changes.counts.items() for what, number in row.items()]
    return f"A new version: {', '.join(rows)}."


# what they share


def _settings(asked: argparse.Namespace) -> Settings:
    return Settings.from_environment(os.environ, asked.settings)


def _built(asked: argparse.Namespace, settings: Settings) -> Services:
    """The use cases, until the command ends."""
    from issuer_service.wiring import build_services  # noqa: PLC0415 - wrong usage is told without loading everything

    services = build_services(settings)
    asked.closing.callback(services.close)
    return services


def _services(asked: argparse.Namespace) -> Services:
    return _built(asked, _settings(asked))


def _make_user(services: Services, login: str, *, operator: bool, ask: bool) -> None:
    password = _asked_password() if ask else None
    user = services.accounts.create_user(login, password, operator=operator)
    Screen().line(f"The account {user.login} is made.")
    if password is None:
        _print_link(services, user)


def _print_link(services: Services, user: User) -> None:
    secret = services.accounts.reset_link(user.id)
    screen = Screen()
    screen.line("Whoever opens this address within 24 hours chooses the password, once:")
    screen.line(services.site.reset_url(secret), whole=True)


def _asked_password() -> str:
    password = getpass.getpass("Password: ")
    if getpass.getpass("The same again: ") != password:
        raise SettingsError("Type the same password twice.")
    return password


_COMMANDS: Mapping[str, Callable[[argparse.Namespace], int]] = MappingProxyType(
    {
        "init": _init,
        "run": _run,
        "demo": _demo,
        "user": _user,
        "token": _token,
        "vc-api": _vc_api,
        "framework": _framework,
    }
)
