"""Measure this library beside the others that are present, in one run, and write docs/reference/performance.md.

    python bench/run.py                the whole: about six minutes
    python bench/run.py --quick        short repeats and fewer badges, to see whether it runs; writes no page
    python bench/run.py --install      only install the JavaScript peers into bench/node, by their lock file
    python bench/run.py --lock         only resolve the Python peers into requirements/bench.txt (needs pip-tools)

The Python peers are timed in this very process, the JavaScript ones in a child of it, on the same credential and keys,
all pinned to one processor. What is absent is left out and said.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]
os.environ["PYTHONPATH"] = os.pathsep.join(sys.path[:2])  # for the fresh interpreters and workers
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # these load compiled files, as an installed package does

import many  # noqa: E402 - after the path is set
import ours  # noqa: E402
import peers  # noqa: E402
import profiled  # noqa: E402
import start  # noqa: E402
from page import write  # noqa: E402
from subject import Subject, make_subject  # noqa: E402
from timing import Pace, on_all_processors, on_one_processor, processors  # noqa: E402

ROUNDS = 9  # everybody takes short turns, so that a busy minute of the machine does not fall on one alone


def measure(subject: Subject, pace: Pace, *, badges: int) -> dict[str, Any]:
    """Everything, as plain JSON."""
    everywhere = processors()
    on_one_processor()
    versions = {"Python": platform.python_version(), "cryptography": peers.installed("cryptography") or ""}
    versions["PyNaCl"] = peers.installed("pynacl") or ""
    versions |= {
        name: found for name, (distribution, _) in peers.PEERS.items() if (found := peers.installed(distribution))
    }
    absent = [name for name in peers.PEERS if name not in versions]
    rounds = []
    for number in range(ROUNDS):
        say(f"round {number + 1} of {ROUNDS}")
        before = ours.floor(subject, pace)
        rows: dict[str, dict[str, float]] = {"openbadges-kit": ours.data_integrity(subject, pace)}
        after = ours.floor(subject, pace)  # so that a change of the machine's speed does not fall on one of them alone
        rows["floor"] = {work: (before[work] + after[work]) / 2 for work in before}
        rows["openbadges-kit"] |= ours.vc_jwt(subject, pace)
        rows |= {name: peers.PEERS[name][1](subject, pace) for name in peers.PEERS if name in versions}
        if peers.node_is_there():
            found_rows, found_versions = peers.node(subject, pace)
            rows, versions = rows | found_rows, versions | found_versions
        rounds.append(rows)
    each = {name: {work: [one[name][work] for one in rounds] for work in times} for name, times in rounds[0].items()}
    rows = {name: {work: statistics.median(found) for work, found in times.items()} for name, times in each.items()}
    if not peers.node_is_there():
        absent += ["@digitalbazaar/vc", "jose"]
    say("growth, status list, start-up")
    result: dict[str, Any] = {
        "rows": rows,
        "rounds": each,
        "versions": versions,
        "absent": absent,
        "badge_bytes": len(subject.rdfc),
    }
    result["growth"] = ours.growth(subject, pace)
    result["status"] = ours.status(pace)
    result["start"] = start.starts(subject, with_peer="openbadgeslib" not in absent)
    result["profile"] = profiled.shares(subject)
    on_all_processors(everywhere)
    say("many at once")
    jobs = min(2, len(everywhere))
    count = min(badges, 3_000)
    result["many"] = {"jobs": jobs, "badges": count, "rounds": many.ROUNDS} | many.rates(subject, count, jobs)
    result["memory"] = [(count, many.peak_megabytes(subject.rdfc, count, jobs)) for count in (badges // 100, badges)]
    return result


def install() -> None:
    """The JavaScript peers, exactly as locked."""
    npm = shutil.which("npm")
    if npm is None:
        say("npm is not here: the JavaScript peers are left out")
        return
    subprocess.run([npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=HERE / "node", check=True)  # noqa: S603


def lock() -> None:
    """The Python peers and what this library needs, by hash; no index address and no path of a machine is written."""
    command = [
        sys.executable,
        "-m",
        "piptools",
        "compile",
        "--quiet",
        "--generate-hashes",
        "--strip-extras",
        "--allow-unsafe",
    ]
    command += [
        "--no-emit-index-url",
        "--no-emit-trusted-host",
        "--no-emit-find-links",
        "--constraint=requirements/base.txt",
    ]
    command += ["--output-file=requirements/bench.txt", "pyproject.toml", "bench/requirements.in"]
    environment = os.environ | {"CUSTOM_COMPILE_COMMAND": "python bench/run.py --lock"}
    subprocess.run(command, cwd=HERE.parent, env=environment, check=True)  # noqa: S603 - fixed arguments


def say(what: str) -> None:
    """Tell on the standard error how far it is."""
    print(f"bench: {what}", file=sys.stderr, flush=True)


def main() -> None:
    """Read the options and run."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="short and rough; writes no page")
    parser.add_argument("--install", action="store_true", help="install the JavaScript peers and end")
    parser.add_argument("--lock", action="store_true", help="resolve requirements/bench.txt and end")
    parser.add_argument("--badges", type=int, default=100_000, help="for the memory of verify_many (default: 100000)")
    parser.add_argument("--json", type=Path, help="also write the figures to this file")
    args = parser.parse_args()
    if args.install or args.lock:
        (install if args.install else lock)()
        return
    pace = Pace(repeats=1 if args.quick else 3, seconds=0.1)
    with tempfile.TemporaryDirectory() as compiled:
        os.environ["PYTHONPYCACHEPREFIX"] = compiled
        found = measure(make_subject(), pace, badges=1_000 if args.quick else args.badges)
    found["day"] = datetime.now(UTC).date().isoformat()
    load = f", load {os.getloadavg()[0]:.1f} at the end" if hasattr(os, "getloadavg") else ""
    found["machine"] = f"{platform.machine()}, {len(processors())} processors{load}"
    found["pace"] = {"repeats": pace.repeats, "seconds": pace.seconds, "rounds": ROUNDS}
    if args.json:
        args.json.write_text(json.dumps(found, indent=1), "utf-8")
    if not args.quick:
        write(found, HERE.parent / "docs/reference/performance.md")
    json.dump(found, sys.stdout, indent=1)


if __name__ == "__main__":
    main()
