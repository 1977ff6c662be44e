"""For those who run it: starting, secrets, health, numbers."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[3]
SECRETS = {"ISSUER_SECRET_KEY": "A1b2C3d4E5f6" * 4, "ISSUER_KEY_PASSPHRASE": "Z9y8X7w6V5u4" * 4}


def run(*arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("ISSUER_")}
    command = "from issuer_service.cli import main; raise SystemExit(main())"
    return subprocess.run(
        [sys.executable, "-c", command, *arguments],
        env={**environment, **settings},
        cwd=ROOT, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


@pytest.mark.parametrize("missing", ["ISSUER_SECRET_KEY", "ISSUER_KEY_PASSPHRASE", "ISSUER_BASE_URL"])
def test_it_does_not_start_without_its_secrets(missing: str, tmp_path: Path) -> None:
    settings = {"ISSUER_BASE_URL": "http://127.0.0.1:1", **SECRETS}
    settings["ISSUER_DATABASE_URL"] = f"sqlite:///{tmp_path / 'issuer.db'}"
    del settings[missing]
    done = run("run", "--port", "0", **settings)
    assert done.returncode == 1
    assert missing in done.stderr
    assert "Traceback" not in done.stderr
    assert not list(tmp_path.iterdir())


def test_secrets_come_from_files_that_only_their_owner_reads(tmp_path: Path) -> None:
    settings = {"ISSUER_BASE_URL": "http://127.0.0.1:1"}
    database = f"sqlite:///{tmp_path / 'issuer.db'}"
    for name, value in {**SECRETS, "ISSUER_DATABASE_URL": database}.items():
        path = tmp_path / name.lower()
        path.write_text(value + "\n")
        path.chmod(0o600)
        settings[f"{name}_FILE"] = str(path)
    done = run("init", **settings)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "issuer.db").exists()
    assert "http://127.0.0.1:1/desk/reset/" in done.stdout
    (tmp_path / "issuer_secret_key").chmod(0o644)
    done = run("user", "list", **settings)
    assert done.returncode == 1
    assert "everybody on this machine can read" in done.stderr
    assert SECRETS["ISSUER_SECRET_KEY"] not in done.stderr


def test_it_says_that_it_lives_and_that_it_can_answer(site: Any) -> None:
    for path in ("/healthz", "/readyz"):
        answer = site.get(path)
        assert (answer.status, answer.text) == (200, "ok\n")
        assert answer.headers["Cache-Control"] == "no-store"


def test_the_numbers_hold_nobody(site: Any, award: Any) -> None:
    assert award["recipient_value"] == "Ada of the river"
    answer = site.get("/metrics")
    assert answer.headers["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"
    lines = [line for line in answer.text.splitlines() if not line.startswith("#")]
    values = {name: float(value) for name, value in (line.rsplit(" ", 1) for line in lines)}
    assert all(re.fullmatch(r'[a-z_]+(\{[a-z]+="[\w.+-]+"\})? [0-9.e+-]+', line) for line in lines), lines
    assert values['issuer_affiliates{state="approved"}'] == 1  # the rows of VC-API instances are none
    assert values['issuer_awards{state="issued"}'] >= 1
    assert values['issuer_http_requests_total{status="2xx"}'] >= 1
    assert values["issuer_awards_due"] == 0
    for word in ("Ada", "river", site.group.slug, award["id"], award["achievement_id"]):
        assert word not in answer.text
