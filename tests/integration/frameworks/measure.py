"""Imports a folder of ESCO tables into a new SQLite database and searches in it; prints what it took as JSON.

Run in a process of its own, so that the memory is that of the import and of nothing else.
"""

from __future__ import annotations

import contextlib
import json
import re
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

from issuer_service.app import create_app
from issuer_service.config import Settings
from issuer_service.services.all import Services, Site
from issuer_service.services.framework_imports import SourceFile
from issuer_service.services.hashing import Passwords
from issuer_service.storage import SqlStore

TRIES = 7
MOST_PAGES = 30


def main(folder: Path, questions: list[dict[str, Any]]) -> dict[str, Any]:
    """Import, then answer each question ``TRIES`` times and keep the best times."""
    store = SqlStore(f"sqlite:///{folder / 'measured.db'}")
    store.migrate()
    services = Services(
        store=store, keystore=None, site=Site(base_url="https://b.example"), passwords=Passwords.cheap()
    )
    services.framework_imports.init_starters()
    wall, cpu = time.perf_counter(), time.process_time()
    with contextlib.ExitStack() as opened:
        paths = sorted(folder.glob("*.csv"))
        files = [SourceFile(data=opened.enter_context(path.open("rb")), name=path.name) for path in paths]
        imported = services.framework_imports.import_files(files, user_id="u")
    told: dict[str, Any] = {
        "items": imported.view.version.item_count,
        "languages": list(imported.view.head.languages),
        "wall_seconds": time.perf_counter() - wall,
        "cpu_seconds": time.process_time() - cpu,
        "memory_mb": _peak_mb(),
        "database_mb": (folder / "measured.db").stat().st_size / 1e6,
        "searches": [],
    }
    for question in questions:
        wall, cpu = float("inf"), float("inf")
        for _ in range(TRIES):
            started = time.perf_counter(), time.process_time()
            page = services.framework_search.find(question["text"], language=question["language"], limit=20)
            wall = min(wall, time.perf_counter() - started[0])
            cpu = min(cpu, time.process_time() - started[1])
        labels = [hit.item.item.label.get(question["language"]) for hit in page.items]
        told["searches"].append(
            {**question, "ms": cpu * 1000, "clock_ms": wall * 1000, "found": page.total, "labels": labels}
        )
    told["pages"] = list(_pages(folder, services, imported.view.slug))
    store.close()
    return told


def _pages(folder: Path, services: Services, slug: str) -> Iterator[dict[str, Any]]:
    """Its own page with the top of the tree, a page of what a search finds, and the items that these lead to."""
    settings = Settings.for_demo(folder)
    visitor = create_app(settings, services).test_client()
    addresses = [f"/frameworks/{slug}", f"/frameworks/{slug}?q={quote('ba')}&lang=en"]
    for address in addresses:
        shown = visitor.get(address, base_url=settings.base_url, headers={"Accept": "text/html"})
        yield {"address": address, "status": shown.status_code, "bytes": len(shown.data)}
        found = re.findall(rf'href="(/frameworks/{slug}/items/[^"?#]+)"', shown.text)
        addresses += [one for one in dict.fromkeys(found) if one not in addresses][: MOST_PAGES - len(addresses)]


def _peak_mb() -> float:
    """The peak of this program alone: ``ru_maxrss`` would begin with that of the process that started it."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), json.load(sys.stdin)), ensure_ascii=False))
