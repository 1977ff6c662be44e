"""The tutorial of the service, walked: its commands are run, every name it prints in bold is pressed, and every picture
it shows is taken on the way.

``PICTURES=1`` writes the pictures into docs/tutorial/pictures; without it they have to be there.
"""

from __future__ import annotations

import io
import os
import re
import shlex
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from PIL import Image
from playwright.sync_api import expect

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "tutorial" / "badges-of-your-group.md"
TEXT = PAGE.read_text("utf-8")
COMMANDS = re.findall(r"^```sh\n(.*?)^```", TEXT, re.M | re.S)
BOLD = {" ".join(name.split()) for name in re.findall(r"\*\*(.+?)\*\*", TEXT, re.S)}
SHOWN = re.findall(r"!\[[^\]]+\]\(pictures/([a-z]+)\.png\)", TEXT)
LARGEST = 1_500_000  # bytes of all pictures together
TEN_MINUTES = 600
NAMES = "Ada of the river\nBen of the bridge\nCleo of the ferry"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free_base_url: Any) -> Path:
    """An empty folder in which ``issuer-service`` is a command; port 8000 is another one, which is free."""
    programs = tmp_path / ".bin"
    programs.mkdir()
    command = programs / "issuer-service"
    start = "import sys; from issuer_service.cli import main; sys.exit(main())"
    command.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -c "{start}" "$@"\n')
    command.chmod(0o755)
    for name in [name for name in os.environ if name.startswith("ISSUER_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setenv("PORT", str(urlsplit(free_base_url()).port))
    place = tmp_path / "my-badges"
    place.mkdir()
    monkeypatch.chdir(place)
    return place


def run(block: str) -> str:
    """What a block of the page prints."""
    command = block.replace("8000", os.environ["PORT"])
    return subprocess.run(["sh", "-c", command], check=True, capture_output=True, text=True, timeout=120).stdout


@pytest.fixture
def serving(folder: Path) -> Iterator[str]:
    """The site after the commands of the page; the address that ``init`` told."""
    _install, settings, init, serve = COMMANDS
    run(settings)
    told = re.search(r"http://\S+", run(init))
    assert told
    process = subprocess.Popen(shlex.split(serve.replace("8000", os.environ["PORT"])), stdout=subprocess.DEVNULL)
    try:
        yield told[0]
    finally:
        process.terminate()
        process.wait(30)


class Walker:
    """Somebody who reads the page and does what it says."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.pressed: set[str] = set()
        self.pictures: dict[str, bytes] = {}

    def press(self, name: str, role: str = "button", *, stays: bool = False, **more: Any) -> None:
        """Press something that leads to another page, and wait for it; or that ``stays`` on this one."""
        self.pressed.add(name)
        target = self.page.get_by_role(role, name=name, **more).first
        if stays:
            target.click()
            return
        self.page.evaluate("() => { window.isBefore = true }")
        target.click()
        self.page.wait_for_function("() => !window.isBefore && document.readyState === 'complete'")

    def picture(self, name: str) -> None:
        """What the reader sees now; few colours, for the page is part of the project."""
        shot = Image.open(io.BytesIO(self.page.screenshot())).convert("RGB")
        out = io.BytesIO()
        shot.quantize(64, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
        self.pictures[name] = out.getvalue()

    def centre(self, locator: Any) -> None:
        """Roll the page so that this stands in the picture."""
        locator.evaluate("(one) => one.scrollIntoView({ block: 'center' })")


def wait_until_it_serves(page: Any, address: str) -> None:
    for _ in range(300):
        try:
            page.goto(address)
        except Exception:  # refused until it listens
            time.sleep(0.1)
        else:
            return
    pytest.fail("the site of the tutorial did not start")


def test_from_an_empty_folder_to_a_verified_badge_of_ones_own_group(serving: str, browser: Any, tmp_path: Path) -> None:
    began = time.monotonic()
    context = browser.new_context(viewport={"width": 900, "height": 640}, locale="en-US", reduced_motion="reduce")
    context.set_default_timeout(20_000)
    page = context.new_page()
    walker = Walker(page)
    wait_until_it_serves(page, serving)
    page.get_by_label("New password").fill("five brown otters swim upstream")
    walker.picture("password")
    walker.press("Set the password and sign in")

    walker.press("Set up a group", "link")
    page.get_by_label("Name of the group").fill("Riverside User Group")
    page.get_by_label("Who you are").fill("We write about the river and those who live by it.")
    walker.picture("group")
    walker.press("Set up the group")
    walker.press("My badges desk", "link")
    walker.press("Issuers here", "link")
    walker.picture("approve")
    walker.press("Approve")
    expect(page.locator(".word").first).to_contain_text("Approved")

    walker.press("My badges desk", "link")
    page.get_by_role("link", name="Riverside User Group").click()
    walker.press("Make a badge", "link")
    page.locator("#f-name").fill("Edit-a-thon host")
    page.locator("#f-description").fill("Plans and hosts an editing event.")
    page.locator("#f-criteria").fill("Host **one** event and publish its summary.")
    walker.press("Make one here", "radio", stays=True)
    page.locator("#f-shape").select_option("hexagon")
    page.locator("#f-colour").select_option("teal")
    page.locator("#f-symbol").select_option("people")
    preview = page.locator("#preview")
    expect(preview.get_by_role("heading", name="Edit-a-thon host")).to_be_visible()
    expect(preview.locator("img")).to_have_attribute("src", re.compile("hexagon"))
    walker.centre(page.locator("#f-shape"))
    preview.locator("img").evaluate("(one) => one.decode()")
    walker.picture("badge")
    walker.press("Save and publish")

    page.get_by_label("Who gets it?").fill(NAMES)
    walker.picture("paste")
    walker.press("Look at the list")
    walker.picture("preview")
    walker.press("Give 3 badges")
    expect(page.get_by_role("heading", name="3 badges are waiting")).to_be_visible()
    walker.picture("undo")
    walker.press("Issue now")
    walker.press("Show 3 private links")
    walker.picture("links")
    link = page.locator("table.links code").first.inner_text()

    stranger = browser.new_context(viewport={"width": 900, "height": 640}, locale="en-US", reduced_motion="reduce")
    walker.page = other = stranger.new_page()
    other.goto(link)
    walker.press("See the page as others see it", "link")
    expect(other.locator("[data-verdict='verdict.pass']")).to_be_visible()
    walker.picture("public")
    with other.expect_download() as waiting:
        walker.press("Download the picture", "link", stays=True)
    walker.press("Check a badge", "link")
    other.locator("#file").set_input_files(
        {"name": "badge.png", "mimeType": "image/png", "buffer": waiting.value.path().read_bytes()}
    )
    expect(other.locator("[data-verdict='verdict.pass']")).to_contain_text("Genuine and valid")
    walker.picture("result")
    assert time.monotonic() - began < TEN_MINUTES
    stranger.close()
    context.close()

    assert walker.pressed == BOLD
    assert list(walker.pictures) == SHOWN
    assert sum(map(len, walker.pictures.values())) < LARGEST
    if os.environ.get("PICTURES"):
        for name, data in walker.pictures.items():
            (PAGE.parent / "pictures" / f"{name}.png").write_bytes(data)
    kept = {path.stem for path in (PAGE.parent / "pictures").iterdir()}
    assert kept == set(SHOWN), "run PICTURES=1 python -m pytest tests/browser/test_tutorial.py"
