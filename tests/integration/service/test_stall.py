"""S-RATE-1: while hostile files are checked over HTTP, the site answers others as if nothing was."""

from __future__ import annotations

import json
import shutil
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import pytest

ADVERSARIAL = Path(__file__).resolve().parents[2] / "adversarial"
MOST_P95 = 0.1  # seconds
AT_ONCE = 3


@pytest.fixture(scope="module")
def busy_site(start_site: Any, migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A site behind one proxy, so that each request can come from another address and none is one too many."""
    path = tmp_path_factory.mktemp("busy") / "issuer.db"
    shutil.copyfile(migrated_file, path)
    with start_site(f"sqlite:///{path}", ISSUER_TRUSTED_PROXIES="1") as running:
        yield running


def _recipes() -> Any:
    spec = spec_from_file_location("adversarial_recipes", ADVERSARIAL / "recipes.py")
    assert spec is not None
    assert spec.loader is not None
    found = sys.modules.setdefault(spec.name, module_from_spec(spec))
    spec.loader.exec_module(found)
    return found


def hostile() -> list[tuple[dict[str, Any], bytes]]:
    """One case of each family of the corpus, and all that are made by a recipe: those are the large ones."""
    corpus = ADVERSARIAL / "corpus"
    cases = json.loads((corpus / "manifest.json").read_text("utf-8"))["cases"]
    families = {case["name"].rpartition("-")[0]: case for case in cases}
    wanted = {case["name"]: case for case in (*families.values(), *(one for one in cases if "recipe" in one))}
    names = {case["pack"] for case in cases if "pack" in case}
    packs = {name: json.loads((corpus / f"{name}.json").read_text("ascii")) for name in names}
    recipes, found = _recipes(), []
    for name, case in wanted.items():
        if "pack" in case:
            data = packs[case["pack"]][name].encode()
        else:
            data = (corpus / case["file"]).read_bytes() if "file" in case else recipes.make(case["recipe"])
        found.append((case, data))
    return [(case, data) for case, data in found if len(data) < 12_000_000]


def is_forged(case: dict[str, Any]) -> bool:
    """Refused whoever asks, and when; others depend on whom one trusts, or on documents that are not there."""
    depends = {"issuers", "recipient", "at", "policy", "documents", "profile"} & set(case)
    return case["exit"] != 0 and not depends and not case["name"].startswith("date-")


def p95(seconds: list[float]) -> float:
    return sorted(seconds)[int(len(seconds) * 0.95)]


def asked_for(site: Any, until: threading.Event, most: int = 100_000) -> list[float]:
    """How long the site takes to say that it lives, asked again and again."""
    found = []
    while not until.is_set() and len(found) < most:
        began = time.perf_counter()
        assert site.get("/healthz").status == 200
        found.append(time.perf_counter() - began)
        until.wait(0.02)
    return found


def test_s_rate_1_hostile_files_do_not_stall_the_site(busy_site: Any) -> None:
    site, files = busy_site, hostile()
    assert len(files) >= 100
    idle = p95(asked_for(site, threading.Event(), 50))
    done, taken = threading.Event(), []
    watcher = threading.Thread(target=lambda: taken.extend(asked_for(site, done)))

    def send(numbered: tuple[int, tuple[dict[str, Any], bytes]]) -> tuple[str, int, bool]:
        number, (case, data) = numbered
        head = b'--x\r\nContent-Disposition: form-data; name="file"; filename="f"\r\n\r\n'
        named = {"Content_Type": "multipart/form-data; boundary=x", "X_Forwarded_For": f"203.0.113.{number % 250}"}
        answer = site.ask("POST", "/verify", head + data + b"\r\n--x--\r\n", **named)
        return case["name"], answer.status, is_forged(case) and b'data-verdict="verdict.pass"' in answer.body

    watcher.start()
    try:
        with ThreadPoolExecutor(AT_ONCE) as pool:
            answers = list(pool.map(send, enumerate(files)))
    finally:
        done.set()
        watcher.join()
    assert [one for one in answers if one[1] not in (200, 400, 422)] == []
    assert [one for one in answers if one[2]] == []
    # where the machine itself is slow to answer anybody, more is not asked of the site than that it is not much slower
    assert p95(taken) < max(MOST_P95, 4 * idle), (p95(taken), idle)
