"""Write the generated pages of docs/reference, or check that they are current.

Run ``python -m tools.reference`` (``make docs``); with ``--check`` nothing is written, and a page that is out of date
is named and makes the exit status 1. The pages do not depend on the Python version or on the width of the terminal.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tools import reference_api, reference_cli, reference_limits

PAGES = Path(__file__).resolve().parent.parent / "docs" / "reference"
RENDERERS = {
    "api.md": reference_api.page,
    "cli.md": reference_cli.page,
    "codes.md": reference_limits.codes_page,
    "limits.md": reference_limits.limits_page,
}


def main() -> int:
    """Write the pages, or compare them with ``--check``; returns the exit status."""
    options = argparse.ArgumentParser(description="Write the generated reference pages.")
    options.add_argument("--check", action="store_true", help="write nothing; fail when a page is out of date")
    check = options.parse_args().check
    stale = []
    for name, render in RENDERERS.items():
        path, text = PAGES / name, render()
        if path.is_file() and path.read_text(encoding="utf-8") == text:
            continue
        stale.append(name)
        if not check:
            path.write_text(text, encoding="utf-8")
    for name in stale:
        print(f"docs/reference/{name} {'is out of date' if check else 'written'}")
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
