"""Fuzz the parsers with atheris: ``python tests/fuzz/run.py --minutes N [TARGET...]``.

Each target runs for N minutes, one after the other, from the seeds beside this file and from what earlier runs learned
(``var/fuzz/<target>/corpus``). Findings are written to ``var/fuzz/<target>/findings``; the exit status is 1 when there
are any. atheris is not a dependency of the project: ``pip install atheris==3.0.0`` where it has a wheel.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
WORK = ROOT / "var" / "fuzz"
SLOWEST_INSTRUMENTED = 20.0  # seconds of processor time; tracing every branch makes the library ten times slower
_RUNS = re.compile(r"stat::number_of_executed_units:\s+(\d+)")
_PEAK = re.compile(r"stat::peak_rss_mb:\s+(\d+)")


def main(arguments: list[str]) -> int:
    """Run the targets; 0 without findings, 1 with, 2 for wrong usage."""
    parser = argparse.ArgumentParser(description="Fuzz the parsers of openbadges.")
    parser.add_argument("--minutes", type=float, required=True, help="how long each target runs")
    parser.add_argument("--child", help=argparse.SUPPRESS)
    parser.add_argument("targets", nargs="*", metavar="TARGET", help="all of them by default")
    options = parser.parse_args(arguments)
    if find_spec("atheris") is None:
        sys.stderr.write("atheris is not installed; try: pip install atheris==3.0.0\n")
        return 2
    if options.child:
        return _fuzz(options.child, options.minutes)
    sys.path.insert(0, str(HERE))
    from targets import TARGETS

    unknown = [name for name in options.targets if name not in TARGETS]
    if unknown:
        sys.stderr.write(f"unknown target: {', '.join(unknown)}; there are {', '.join(TARGETS)}\n")
        return 2
    results = [_supervised(name, options.minutes) for name in options.targets or TARGETS]
    sys.stdout.write("".join(f"{json.dumps(result)}\n" for result in results))
    return 1 if any(result["findings"] for result in results) else 0


def _supervised(name: str, minutes: float) -> dict[str, Any]:
    """One target in a process of its own, again after each finding until the time is over."""
    folder = WORK / name
    findings = folder / "findings"
    findings.mkdir(parents=True, exist_ok=True)
    (folder / "corpus").mkdir(exist_ok=True)
    started, runs, peak = time.monotonic(), 0, 0
    before = set(findings.iterdir())
    while (left := minutes - (time.monotonic() - started) / 60) > 0.01:
        command = [sys.executable, str(Path(__file__)), "--minutes", f"{left:.3f}", "--child", name]
        done = subprocess.run(command, capture_output=True, check=False, cwd=ROOT)
        log = done.stderr.decode("utf-8", "replace")
        (folder / "last.log").write_text(log + done.stdout.decode("utf-8", "replace"), "utf-8")
        runs += sum(map(int, _RUNS.findall(log)))
        peak = max([peak, *map(int, _PEAK.findall(log))])
        new = set(findings.iterdir()) - before
        if done.returncode == 0 or len(new) >= 10:
            break
        if not new:
            sys.stderr.write(log[-2000:])
            break
    new = set(findings.iterdir()) - before
    return {
        "target": name,
        "minutes": round((time.monotonic() - started) / 60, 1),
        "runs": runs,
        "peak_mb": peak,
        "learned": len(list((folder / "corpus").iterdir())),
        "findings": sorted(path.name for path in new),
    }


def _fuzz(name: str, minutes: float) -> int:
    import atheris

    sys.path[:0] = [str(HERE), str(ROOT)]
    with atheris.instrument_imports(include=["openbadges"]):
        import targets
    target = targets.TARGETS[name]

    def once(data: bytes) -> None:
        targets.run_once(target, data, slowest=SLOWEST_INSTRUMENTED)

    def mutate(data: bytes, most: int, seed: int) -> bytes:
        chance = random.Random(seed)
        changed = _changed_json(data, chance) if chance.random() < 0.7 else None
        return atheris.Mutate(data, most) if changed is None or len(changed) > most else changed

    folder = WORK / name
    flags = [
        f"-max_total_time={max(1, round(minutes * 60))}",
        f"-artifact_prefix={folder / 'findings'}/",
        f"-max_len={target.longest}",
        "-timeout=60",
        "-report_slow_units=60",  # by the clock on the wall; run_once counts processor time
        "-rss_limit_mb=1024",
        "-print_final_stats=1",
        "-verbosity=1",
        str(folder / "corpus"),
        str(targets.SEEDS / target.seeds),
    ]
    options = {"custom_mutator": mutate} if target.is_json else {}
    atheris.Setup([sys.argv[0], *flags], once, **options)
    atheris.Fuzz()
    return 0


def _changed_json(data: bytes, chance: random.Random) -> bytes | None:
    """One edit of the JSON tree: what a byte mutation rarely achieves. None where the input is no JSON object."""
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        return None
    places = list(_places(value))
    if not places:
        return None
    for _ in range(chance.randint(1, 3)):
        holder, key = chance.choice(places)
        if isinstance(holder, dict) and key not in holder:
            continue
        if isinstance(holder, list) and key >= len(holder):
            continue
        _edit(holder, key, places, chance)
    try:
        return json.dumps(value, ensure_ascii=False).encode("utf-8")
    except (ValueError, RecursionError):
        return None


def _places(value: Any) -> Any:
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in list(items):
        yield value, key
        yield from _places(item)


_VALUES: tuple[Any, ...] = (
    None,
    True,
    0,
    -1,
    1e300,
    2**60,
    "",
    " ",
    "x",
    "\u202e",
    "@id",
    "@type",
    "https://a.example/x",
    "urn:x:1",
    "did:key:z6Mk",
    [],
    {},
    [[]],
    {"id": "urn:x:1"},
    {"@id": "urn:x:1"},
    {"@value": "x"},
    {"@context": {}},
    "2026-01-01T00:00:00Z",
)
_NAMES = (
    "@id",
    "@type",
    "@context",
    "@value",
    "@graph",
    "id",
    "type",
    "name",
    "proof",
    "validUntil",
    "credentialStatus",
    "@none",
    "https://www.w3.org/2018/credentials#validUntil",
    "schema:name",
    "evidence",
    "endorsement",
    "identifier",
    "x",
)


def _edit(holder: Any, key: Any, places: list[Any], chance: random.Random) -> None:
    other, other_key = chance.choice(places)
    try:
        found = other[other_key]
    except (KeyError, IndexError):
        found = None
    what = chance.randrange(7)
    if what == 0:
        del holder[key]
    elif what == 1:
        holder[key] = chance.choice(_VALUES)
    elif what == 2:
        holder[key] = json.loads(json.dumps(found))
    elif what == 3:
        holder[key] = [holder[key]]
    elif what == 4 and isinstance(holder, dict):
        holder[chance.choice(_NAMES)] = holder.pop(key)
    elif what == 5 and isinstance(holder, dict):
        holder[chance.choice(_NAMES)] = json.loads(json.dumps(found))
    elif isinstance(holder, list):
        holder.insert(key, json.loads(json.dumps(found)))
    else:
        holder[key] = chance.choice(_VALUES)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
