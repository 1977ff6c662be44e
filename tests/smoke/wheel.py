"""Does the installed wheel do its main job? Run with ``python -I`` in an environment that holds only the wheel.

Issues, bakes and verifies a badge in Python and through the installed command, has a changed copy refused, and lets
nothing use a socket meanwhile. Not a pytest file: it runs where pytest is not installed.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from importlib.metadata import distribution
from pathlib import Path

import openbadges

HEAVY = {"flask", "sqlalchemy", "pydantic", "pyld", "jsonschema"}
NETWORK = {"socket", "_socket", "ssl", "http.client", "urllib.request"}
PICTURE = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><circle r="4"/></svg>'
RECIPIENT = "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK"


def no_sockets(event: str, _arguments: tuple[object, ...]) -> None:
    """An audit hook that makes any use of a socket an error."""
    if event.startswith("socket."):
        message = f"a socket was used: {event}"
        raise AssertionError(message)


def command(*arguments: str | Path, expect: int) -> str:
    """Run the installed ``openbadges``, compare its exit status, and return what it prints."""
    program = Path(sys.executable).with_name("openbadges")
    done = subprocess.run([program, *arguments], capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == expect, f"{arguments}: exit {done.returncode}\n{done.stdout}{done.stderr}"
    assert "Traceback" not in done.stderr
    return done.stdout


def loaded_by_the_import() -> set[str]:
    """The modules of a process that does nothing but import the library."""
    script = "import sys, openbadges; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-I", "-c", script], capture_output=True, text=True, timeout=60, check=True)
    return set(done.stdout.split())


def installed_files() -> None:
    """The wheel carries the typing mark, the schemas and the contexts, and nothing of the checkout around it."""
    files = {str(path) for path in distribution("openbadges-kit").files or ()}
    assert "openbadges/py.typed" in files
    assert any(name.startswith("openbadges/schemas/") for name in files)
    assert any(name.startswith("openbadges/contexts/data/") for name in files)
    assert not any(name.startswith(("tests/", "tools/", "docs/", "examples/")) for name in files)


def main_job(folder: Path) -> None:
    """Issue, bake, verify; refuse a changed copy; tell what is missing."""
    key = openbadges.SigningKey.generate("Ed25519")
    issuer = openbadges.Profile(id=key.did, name="Riverside User Group")
    achievement = openbadges.Achievement(
        id="https://badges.example.org/achievements/host",
        name="Edit-a-thon host",
        description="Plans and hosts an editing event.",
        criteria="Host one event and publish its summary.",
    )
    credential = openbadges.OpenBadgeCredential.award(achievement, issuer=issuer, recipient=RECIPIENT)
    baked = openbadges.bake(PICTURE, openbadges.issue(credential, signer=key))
    verifier = openbadges.Verifier.offline()
    policy = openbadges.TrustedIssuers([key.did])
    assert verifier.check(openbadges.unbake(baked), policy=policy).outcome is openbadges.Outcome.PASS

    good, changed = folder / "good.svg", folder / "changed.svg"
    good.write_bytes(baked)
    changed.write_bytes(baked.replace(b"Edit-a-thon host", b"Edit-a-thon star"))
    report = json.loads(command("verify", good, "--offline", "--issuer", key.did, "--json", expect=0))
    assert report["outcome"] == "pass"
    assert report["issuer"] == {"id": key.did, "name": "Riverside User Group", "trusted": True}
    report = json.loads(command("verify", changed, "--offline", "--json", expect=1))
    assert report["outcome"] == "fail"
    assert report["credential"] is None
    command("verify", folder / "missing.svg", expect=4)
    command("verify", expect=2)


def main() -> None:
    """Everything in order; ends with a traceback where something is wrong."""
    loaded = (HEAVY | NETWORK) & loaded_by_the_import()
    assert not loaded, f"import openbadges loads {sorted(loaded)}"
    sys.addaudithook(no_sockets)
    installed_files()
    with tempfile.TemporaryDirectory() as folder:
        main_job(Path(folder))
    print(f"openbadges-kit {distribution('openbadges-kit').version}: the wheel does its main job")


if __name__ == "__main__":
    main()
