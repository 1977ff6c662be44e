"""Sets the other implementations up, each from its lock file, and asks them questions."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from openbadges.contexts import PINNED

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
PLACE = ROOT / "var" / "interop"  # ignored by git
PYTHON_LOCK = ROOT / "requirements" / "interop.txt"
NODE_LOCK = HERE / "node" / "package-lock.json"
NODE_FILES = ("package.json", "package-lock.json", "peers.mjs")
PYTHON_PEERS = ("openbadgeslib", "openvc-core")
NODE_PEERS = ("digitalbazaar", "jose", "did-jwt-vc")
NODE_PACKAGES = {
    "digitalbazaar": (
        "@digitalbazaar/vc",
        "@digitalbazaar/data-integrity",
        "@digitalbazaar/eddsa-rdfc-2022-cryptosuite",
        "@digitalbazaar/eddsa-jcs-2022-cryptosuite",
        "@digitalbazaar/ecdsa-rdfc-2019-cryptosuite",
        "@digitalbazaar/ecdsa-sd-2023-cryptosuite",
        "@digitalbazaar/ed25519-signature-2020",
    ),
    "jose": ("jose",),
    "did-jwt-vc": ("did-jwt-vc", "did-jwt"),
}
SECONDS = 600


class NotSetUpError(Exception):
    """A program is missing, or an implementation could not be installed."""


def run(command: Sequence[str | Path], *, cwd: Path | None = None, given: str | None = None) -> str:
    try:
        done = subprocess.run(
            [str(part) for part in command],
            cwd=cwd,
            input=given,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=SECONDS,
            check=False,
        )
    except FileNotFoundError as error:
        raise NotSetUpError(f"{command[0]} is not on this machine") from error
    if done.returncode:
        raise NotSetUpError(f"{' '.join(map(str, command[:4]))} failed:\n{done.stderr[-3000:]}")
    return done.stdout


def set_up() -> None:
    """Install what the lock files say, unless it is there already."""
    mark = hashlib.sha256(PYTHON_LOCK.read_bytes() + NODE_LOCK.read_bytes() + sys.version.encode()).hexdigest()
    stamp = PLACE / "installed"
    if not stamp.is_file() or stamp.read_text() != mark:
        shutil.rmtree(PLACE, ignore_errors=True)
        (PLACE / "node").mkdir(parents=True)
        print("Installing the other implementations (once) ...", file=sys.stderr)
        run([sys.executable, "-m", "venv", PLACE / "venv"])
        run(
            [
                _python(),
                "-m",
                "pip",
                "-q",
                "--disable-pip-version-check",
                "install",
                "--no-deps",
                "--require-hashes",
                "-r",
                PYTHON_LOCK,
            ]
        )
        _copy_node_files()
        run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=PLACE / "node")
        stamp.write_text(mark)
    _copy_node_files()


def lock() -> None:
    """Resolve both lock files again; neither names a registry."""
    os.environ["CUSTOM_COMPILE_COMMAND"] = "python tests/interop/run.py --lock"
    options = "--quiet --generate-hashes --strip-extras --allow-unsafe --no-emit-index-url --no-emit-trusted-host"
    compiler = Path(sys.executable).with_name("pip-compile")
    source = HERE.relative_to(ROOT) / "requirements.in"
    run([compiler, *options.split(), "--no-emit-find-links", source, "--output-file", PYTHON_LOCK], cwd=ROOT)
    fresh = ["--package-lock-only", "--ignore-scripts", "--no-audit", "--no-fund", "--omit-lockfile-registry-resolved"]
    run(["npm", "install", *fresh], cwd=HERE / "node")


def ask(requests: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The answers ``{"ok": bool, "result": ..., "error": ...}`` to requests for any peers, in the same order."""
    answers: list[dict[str, Any]] = [{}] * len(requests)
    contexts = {url: _plain(pin.document()) for url, pin in PINNED.items()}
    for peers, command, folder in (
        (PYTHON_PEERS, [_python(), "-W", "ignore", HERE / "python" / "peers.py"], None),
        (NODE_PEERS, ["node", "peers.mjs"], PLACE / "node"),
    ):
        chosen = [index for index, request in enumerate(requests) if request["peer"] in peers]
        if not chosen:
            continue
        given = json.dumps({"contexts": contexts, "requests": [requests[index] for index in chosen]})
        found = json.loads(run(command, cwd=folder, given=given))
        for index, answer in zip(chosen, found, strict=True):
            answers[index] = answer
    return answers


def versions() -> dict[str, str]:
    """Peer -> the names and versions of its packages."""
    listed = json.loads(run([_python(), "-m", "pip", "--disable-pip-version-check", "list", "--format", "json"]))
    python = {package["name"].lower(): package["version"] for package in listed}
    node = json.loads(NODE_LOCK.read_text())["packages"]
    found = {name: f"{name} {python[name]}, PyLD {python['pyld']}" for name in PYTHON_PEERS}
    for peer, packages in NODE_PACKAGES.items():
        found[peer] = ", ".join(f"{name} {node[f'node_modules/{name}']['version']}" for name in packages)
    return found


def _python() -> Path:
    return PLACE / "venv" / "bin" / "python"


def _copy_node_files() -> None:
    for name in NODE_FILES:
        shutil.copy(HERE / "node" / name, PLACE / "node" / name)


def _plain(value: Any) -> Any:
    """A context as JSON can be written from it."""
    if hasattr(value, "items"):
        return {name: _plain(item) for name, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, (list, tuple)) else value
