"""The command: every verb against a real SQLite file; no socket is opened."""

from __future__ import annotations

import importlib
import json
import os
import re
import runpy
import signal
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from issuer_service import cli, demo, serving, wsgi
from issuer_service.config import Settings
from issuer_service.services.all import Services
from issuer_service.wiring import build_services

BASE = "https://badges.example.org"
GOOD_PASSWORD = "correct horse battery"


class Command:
    """``issuer-service`` with settings of its own."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys
        self._opened: list[Services] = []

    def __call__(self, *arguments: str, status: int = 0) -> str:
        assert cli.main(arguments) == status
        self.out, self.err = self._capsys.readouterr()
        return self.out

    def services(self) -> Services:
        self._opened.append(build_services(Settings.from_environment(os.environ)))
        return self._opened[-1]

    def close(self) -> None:
        for services in self._opened:
            services.close()


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Command]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ISSUER_BASE_URL", BASE)
    monkeypatch.setenv("ISSUER_SECRET_KEY", "kX9-secret-of-this-test-only-0-abcdxyz")
    monkeypatch.setenv("ISSUER_KEY_PASSPHRASE", "pX7-sealing-of-this-test-only-0-ghjkmn")
    monkeypatch.setenv("ISSUER_DATABASE_URL", f"sqlite:///{tmp_path / 'issuer.db'}")
    monkeypatch.delenv("ISSUER_VC_API", raising=False)
    command = Command(capsys)
    yield command
    command.close()


class Server:
    """Instead of waitress: keeps what it was asked, and ends as it is told."""

    def __init__(self, ends: BaseException | None = None) -> None:
        self.ends, self.closed, self.options = ends, False, {}

    def make(self, app: Any, **options: Any) -> Server:
        self.app, self.options = app, options
        return self

    def run(self) -> None:
        if self.ends is not None:
            raise self.ends

    def close(self) -> None:
        self.closed = True


def test_init_makes_the_database_and_an_operator_with_a_link(command: Command) -> None:
    told = command("init")
    found = re.search(rf"{BASE}/desk/reset/(\S+)", told)
    assert found is not None
    services = command.services()
    user = services.accounts.reset(found[1], GOOD_PASSWORD)
    assert (user.login, user.is_operator) == ("operator", True)
    assert "already: operator" in command("init")
    assert len(services.accounts.all_users()) == 1


def test_init_can_ask_for_a_password(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("getpass.getpass", lambda _: GOOD_PASSWORD)
    assert "reset" not in command("init", "--operator", "ann", "--ask-password")
    assert command.services().accounts.sign_in("ann", GOOD_PASSWORD)


def test_a_password_typed_differently_makes_no_account(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    typed = iter(["one password here", "another password"])
    monkeypatch.setattr("getpass.getpass", lambda _: next(typed))
    command("user", "create", "ann", "--ask-password", status=1)
    assert "same password twice" in command.err
    assert command.services().accounts.all_users() == []


def test_accounts(command: Command) -> None:
    command("user", "create", "ann", "--operator")
    command("user", "create", "ben")
    assert "/desk/reset/" in command("user", "reset", "ben")
    services = command.services()
    services.accounts.set_disabled(services.accounts.by_login("ben").id, True)
    assert command("user", "list").splitlines() == ["ann  operator", "ben  disabled"]
    command("user", "reset", "nobody", status=1)
    command("user", "create", "ann", status=1)
    assert "issuer-service: " in command.err


def test_tokens(command: Command) -> None:
    services = command.services()
    made = services.affiliates.create({"name": "Riverside"})
    secret = command("token", "create", "riverside", "--name", "x", "--scope", "awards:read", "--days", "5").strip()
    token = services.tokens.authenticate(secret)
    assert token is not None
    assert (token.affiliate_id, token.scopes) == (made.id, ("awards:read",))
    assert f"{token.id}  until" in command("token", "list", "riverside")
    command("token", "revoke", "riverside", token.id)
    assert services.tokens.authenticate(secret) is None
    assert "revoked" in command("token", "list", "riverside")
    command("token", "create", "nobody", "--name", "x", "--scope", "awards:read", status=1)
    command("token", "create", "riverside", "--name", "x", "--scope", "all", status=1)


def test_vc_api_prints_ids_and_a_token_as_json(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    told = json.loads(command("vc-api", "create", "lab"))
    assert "ISSUER_VC_API" in command.err
    assert (told["slug"], set(told["issuers"])) == ("lab", {"Ed25519", "P-256", "P-384"})
    services = command.services()
    assert services.tokens.authenticate(told["token"]).scopes == ("vc-api",)
    monkeypatch.setenv("ISSUER_VC_API", "1")
    more = json.loads(command("vc-api", "token", "lab"))
    assert command.err == ""
    assert services.tokens.authenticate(more["token"]) is not None
    command("vc-api", "create", "lab", status=1)


def test_without_secrets_nothing_starts(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ISSUER_SECRET_KEY")
    for arguments in (["init"], ["run"], ["user", "list"], ["vc-api", "create", "lab"]):
        command(*arguments, status=1)
        assert "ISSUER_SECRET_KEY" in command.err
        assert "Traceback" not in command.err


@pytest.mark.parametrize(
    "arguments", [[], ["fly"], ["user"], ["run", "--port", "x"], ["run", "--port", "70000"], ["run", "--threads", "0"]]
)
def test_wrong_usage_ends_with_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(arguments)
    assert ended.value.code == 2
    assert "usage:" in capsys.readouterr().err


def test_run_serves_as_asked(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    server = Server()
    monkeypatch.setattr("waitress.create_server", server.make)
    kept = signal.getsignal(signal.SIGTERM)
    try:
        command("run", "--host", "0.0.0.0", "--port", "9000", "--threads", "3")
        handler = signal.getsignal(signal.SIGTERM)
        with pytest.raises(SystemExit):
            handler(signal.SIGTERM, None)  # type: ignore[operator,misc]
    finally:
        signal.signal(signal.SIGTERM, kept)
    assert server.closed
    wanted = {"host": "0.0.0.0", "port": 9000, "threads": 3, "ident": None, "clear_untrusted_proxy_headers": False}
    assert wanted.items() <= server.options.items()
    answer = server.app.test_client().get("/healthz", base_url=BASE)
    assert answer.status_code == 200


def test_ctrl_c_ends_the_server_and_the_command(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    server = Server(KeyboardInterrupt())
    settings = Settings.from_environment(os.environ)
    kept = signal.getsignal(signal.SIGTERM)
    serving.serve(settings, command.services(), host="127.0.0.1", port=1, make_server=server.make)
    signal.signal(signal.SIGTERM, kept)
    assert server.closed

    def interrupted(_asked: Any) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "_COMMANDS", {"init": interrupted})
    command("init", status=130)


def test_a_thread_serves_without_touching_signals(command: Command) -> None:
    settings = Settings.from_environment(os.environ)
    kept, server, services = signal.getsignal(signal.SIGTERM), Server(), command.services()
    options = {"host": "127.0.0.1", "port": 1, "make_server": server.make}
    thread = threading.Thread(target=serving.serve, args=(settings, services), kwargs=options)
    thread.start()
    thread.join(20)
    assert server.closed
    assert signal.getsignal(signal.SIGTERM) is kept


def test_the_wsgi_application_is_made_when_asked_for(command: Command) -> None:
    wsgi.make.cache_clear()
    app = wsgi.application
    assert app is wsgi.application
    assert app.test_client().get("/healthz", base_url=BASE).status_code == 200
    app.extensions["timer"].stop()  # first: it would open the store again
    app.extensions["services"].close()
    wsgi.make.cache_clear()
    with pytest.raises(AttributeError):
        _ = wsgi.nothing


def test_python_m_is_the_same_command(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "argv", ["issuer-service", "--help"])
    with pytest.raises(SystemExit) as ended:
        runpy.run_module("issuer_service", run_name="__main__")
    assert ended.value.code == 0
    assert "vc-api" in capsys.readouterr().out
    assert importlib.import_module("issuer_service.__main__").main is cli.main


# the demonstration


def test_the_demo_shows_a_good_badge_and_a_withdrawn_one_and_needs_no_settings(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("ISSUER_BASE_URL", "ISSUER_SECRET_KEY", "ISSUER_KEY_PASSPHRASE", "ISSUER_DATABASE_URL"):
        monkeypatch.delenv(name)
    told = command("demo", "--no-serve")
    assert "▀" in told
    assert "genuine and valid today" in told
    assert "the issuer withdrew it" in told
    assert "did:key:z6Mk" in told
    assert re.search(r"http://127.0.0.1:8000/b/[0-9a-f]{32}", told)
    folder = next(Path("var/demo-service").glob("run-*"))
    assert {"ada.png", "ben.png", "list.json", "documents.json", "issuer.db"} <= {one.name for one in folder.iterdir()}


def test_the_demo_serves_unless_told_not_to(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    served: list[Any] = []
    monkeypatch.setattr(serving, "serve", lambda *_, **options: served.append(options))
    command("demo", "--port", "8123")
    assert served == [{"host": "127.0.0.1", "port": 8123}]
    monkeypatch.setenv("SERVE", "0")
    command("demo")
    assert len(served) == 1


def test_a_demo_that_goes_wrong_says_so(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(demo, "openbadges_command", lambda _: 0)  # accepts the withdrawn badge too
    assert "This should not have happened" in command("demo", "--no-serve", status=1)


def test_the_demo_leaves_the_code_out_where_it_cannot_be_shown(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("openbadges.cli.output.Screen.sign", lambda _self, _preferred, plain: plain)
    assert "▀" not in command("demo", "--no-serve")


def test_frameworks_are_brought_in_for_everybody_or_for_one_issuer(command: Command, tmp_path: Path) -> None:
    command("init")
    assert command("framework", "list").splitlines() == [
        "leadership  v1  16 items  everybody", "movement-skills  v1  36 items  everybody",
    ]  # fmt: skip
    file = tmp_path / "garden.json"
    garden = {"format": "openbadges-framework/1", "id": "https://else.example/garden", "title": {"en": "Gardening"},
              "skills": [{"code": "G1", "label": {"en": "Dig"}}]}  # fmt: skip
    file.write_text(json.dumps(garden))
    assert command("framework", "import", str(file), "--dry-run") == "New, with 1 items.\n"
    assert command("framework", "import", str(file)) == f"{BASE}/frameworks/garden\nNew, with 1 items.\n"
    assert "Nothing has changed" in command("framework", "import", str(file))
    file.write_text(json.dumps({**garden, "skills": [{"code": "G1", "label": {"en": "Digging"}}]}))
    assert command("framework", "import", str(file), "--dry-run") == "A new version: 1 items changed.\n"
    assert "1 items changed" in command("framework", "import", str(file))
    file.write_text(json.dumps({**garden, "skills": [{"label": {}}]}))
    command("framework", "import", str(file), status=1)
    assert ("/skills/0/label: " in command.err, "nothing was kept" in command.err) == (True, True)
    command("framework", "import", str(tmp_path / "absent.json"), status=1)
    services = command.services()
    made = services.affiliates.approve(services.affiliates.create({"name": "Riverside"}).id)
    tables = []
    for tag, name in (("en", "dig"), ("fr", "bêcher")):
        tables.append(tmp_path / f"skills_{tag}.csv")
        tables[-1].write_text(f"conceptUri,preferredLabel\nhttp://data.europa.eu/esco/skill/1,{name}\n")
    command("framework", "import", *map(str, tables), "--issuer", made.slug, "--edition", "1.2.0")
    assert "esco  v1  1 items  riverside" in command("framework", "list").splitlines()
    assert services.frameworks.get("esco").head.version == "1.2.0"
    command("framework", "import", str(tables[0]), "--issuer", "nobody", status=1)
