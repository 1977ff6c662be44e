"""Take them: ``python -m tools.pictures [VIEW...] [--only NAME...] [--out FOLDER]``. Needs Chromium on this machine."""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

from tools.pictures.camera import VIEWS, Camera
from tools.pictures.house import House
from tools.pictures.pages import pages_of

_BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def main() -> int:
    """Take the pictures; 1 when something was wrong with a page besides how it looks."""
    parser = argparse.ArgumentParser(prog="tools.pictures", description=__doc__)
    parser.add_argument("views", nargs="*", choices=[*VIEWS, []], help="all of them by default")
    parser.add_argument("--only", nargs="+", default=[], metavar="NAME", help="pages whose name contains this")
    parser.add_argument("--out", type=Path, default=Path("var/pictures"), metavar="FOLDER")
    arguments = parser.parse_args()
    browser = next((found for name in _BROWSERS if (found := shutil.which(name))), None)
    if browser is None:
        print(f"No Chromium on this machine ({', '.join(_BROWSERS)}).", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as folder, House(Path(folder)) as house:
        pages = [page for page in pages_of(house) if not arguments.only or any(n in page.name for n in arguments.only)]
        with Camera(house, browser, arguments.out) as camera:
            for name in arguments.views or VIEWS:
                camera.take(VIEWS[name], pages)
    for line in camera.wrong:
        print(line)
    print(f"{camera.taken} pictures in {arguments.out}")
    return 1 if camera.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
