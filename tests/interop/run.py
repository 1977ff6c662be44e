"""Exchange badges with other implementations and compare verdicts: ``make interop``.

python tests/interop/run.py            says what came of it; exit status 1 when something got worse
python tests/interop/run.py --write    also writes docs/reference/conformance.md and what the next run is held against
python tests/interop/run.py --lock     resolves the versions of the other implementations again
"""

from __future__ import annotations

import argparse
import sys

import differential
import exchange
import harness
import page
from explanations import CELLS


def main() -> int:
    parser = argparse.ArgumentParser(description="Exchange badges with other implementations.")
    parser.add_argument("--write", action="store_true", help="write the result into docs/reference/conformance.md")
    parser.add_argument("--lock", action="store_true", help="resolve the other implementations' versions again")
    options = parser.parse_args()
    try:
        if options.lock:
            harness.lock()
        harness.set_up()
        cells = exchange.exchange()
        comparison = differential.compare()
        versions = harness.versions()
    except harness.NotSetUpError as error:
        print(error, file=sys.stderr)
        return 2
    print("\n".join(page.table(cells)))
    total = sum(comparison.badges.values())
    print(f"\n{total} badges compared: our verdict is the strictest of the others' on {comparison.agreed}.")
    problems = worse(cells) + comparison.unexplained()
    for problem in problems:
        print(problem, file=sys.stderr)
    if options.write and not problems:
        page.record(cells)
        page.write(page.section(cells, comparison, versions))
    return 1 if problems else 0


def worse(cells: list[exchange.Cell]) -> list[str]:
    """What passed in the run that was written down and does not now, and what fails without an explanation."""
    before = page.recorded()
    now = {cell.key: cell for cell in cells if cell.tried}
    found = [
        f"passed before, was not tried now: {key}"
        for key, result in before.items()
        if result == exchange.PASS and key not in now
    ]
    for key, cell in now.items():
        if cell.result == exchange.PASS:
            continue
        if before.get(key) == exchange.PASS:
            found.append(f"passed before, does not now: {key}: {cell.result}")
        elif key not in CELLS:
            found.append(f"fails, and explanations.py does not say why: {key}: {cell.result}")
    return found


if __name__ == "__main__":
    sys.exit(main())
