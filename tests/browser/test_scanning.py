"""Scanning a QR code with a camera: one that films the code of a badge, and what there is when it cannot be used."""

from __future__ import annotations

import base64
import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import expect

from issuer_service.web.qr import qr_png

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

WIDTH, HEIGHT = 640, 480
# Chromium on Linux has no detector; with these it has one that knows no codes.
NO_CODES = (
    "--enable-features=ShapeDetection,BarcodeDetector",
    "--enable-blink-features=ShapeDetection,BarcodeDetector",
)
# What Android and macOS have: a detector that is given a picture of the camera. It is read by the same library as
# photos are on the server; the camera, the page and its script are the real ones.
DETECTOR = """
window.BarcodeDetector = class {
  static async getSupportedFormats() { return ["qr_code"]; }
  async detect(video) {
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [video.videoWidth, video.videoHeight];
    canvas.getContext("2d").drawImage(video, 0, 0);
    const text = await window.readCode(canvas.toDataURL("image/png"));
    return text ? [{ rawValue: text }] : [];
  }
};
"""


def film(path: Path, text: str | None) -> None:
    """A film of one second (YUV4MPEG2) that shows the code of a text, or nothing, on a grey wall."""
    wall = Image.new("L", (WIDTH, HEIGHT), 128)
    if text is not None:
        wall.paste(Image.open(io.BytesIO(qr_png(text))).convert("L").resize((300, 300)), (170, 90))
    frame = b"FRAME\n" + wall.tobytes() + bytes([128]) * (WIDTH * HEIGHT // 2)
    path.write_bytes(f"YUV4MPEG2 W{WIDTH} H{HEIGHT} F10:1 Ip A1:1 C420jpeg\n".encode() + frame * 10)


@pytest.fixture
def camera(launch: Callable[..., Browser], site: Any, watch: Any, tmp_path: Path) -> Iterator[Callable[..., Page]]:
    """Makes a page in a Chromium of its own whose camera films a code."""
    opened = []

    def make(text: str | None, *arguments: str, allowed: bool = True) -> Page:
        path = tmp_path / "film.y4m"
        film(path, text)
        fake = ("--use-fake-device-for-media-stream", f"--use-file-for-fake-video-capture={path}")
        made = launch(*fake, *arguments)
        opened.append(made)
        context = made.new_context(base_url=site.base_url, locale="en-US", permissions=["camera"] if allowed else [])
        context.set_default_timeout(20_000)
        watch.on(context)
        return context.new_page()

    yield make
    for one in opened:
        one.close()


def read_code(picture: str) -> str:
    found = zxingcpp.read_barcodes(Image.open(io.BytesIO(base64.b64decode(picture.partition(",")[2]))))
    return found[0].text if found else ""


def test_a_code_before_the_camera_is_checked(site: Any, camera: Any) -> None:
    (award,) = site.issued(site.group(), "Ada of the river")
    page = camera(f"{site.base_url}/b/{award.id}")
    page.expose_function("readCode", read_code)
    page.add_init_script(DETECTOR)
    page.goto("/verify")
    page.get_by_role("button", name="Scan live").click()
    expect(page.locator("[data-verdict='verdict.pass']")).to_be_visible()
    expect(page.get_by_role("heading", name="Edit-a-thon host")).to_be_visible()


def test_the_camera_is_let_go_when_asked(site: Any, camera: Any) -> None:
    page = camera(None)
    page.expose_function("readCode", lambda _: "")
    page.add_init_script(DETECTOR)
    page.goto("/verify")
    scan = page.get_by_role("button", name="Scan live")
    scan.click()
    expect(page.locator("video")).to_be_visible()
    expect(scan).to_have_attribute("aria-pressed", "true")
    tracks = "document.querySelector('video').srcObject.getTracks().map((one) => one.readyState)"
    assert page.evaluate(tracks) == ["live"]
    scan.click()
    expect(page.locator("video")).to_be_hidden()
    assert page.evaluate(tracks) == ["ended"]


@pytest.mark.parametrize("arguments", [(), NO_CODES], ids=["no detector", "a detector that knows no codes"])
def test_the_site_reads_the_code_for_a_browser_that_cannot(site: Any, camera: Any, arguments: Any) -> None:
    """Nothing is made up here: the camera films, stills of it travel to the site, and it reads them."""
    (award,) = site.issued(site.group(), "Ada of the river")
    page = camera(f"{site.base_url}/b/{award.id}", *arguments)
    page.goto("/verify")
    page.get_by_role("button", name="Scan live").click()
    expect(page.locator("[data-verdict='verdict.pass']")).to_be_visible()
    expect(page.get_by_role("heading", name="Edit-a-thon host")).to_be_visible()


def test_who_is_asked_to_wait_waits_and_is_read_then(site: Any, camera: Any, watch: Any) -> None:
    watch.expect_status(429)
    (award,) = site.issued(site.group(), "Ada of the river")
    page = camera(f"{site.base_url}/b/{award.id}")
    busy = {"status": 429, "headers": {"Retry-After": "1"}, "body": ""}
    page.route("**/verify/code", lambda route: route.fulfill(**busy), times=1)
    page.goto("/verify")
    with page.expect_response("**/verify/code") as first:
        page.get_by_role("button", name="Scan live").click()
    assert first.value.status == 429
    expect(page.locator("[data-verdict='verdict.pass']")).to_be_visible()


def test_a_site_that_cannot_read_says_what_else_can_be_done(camera: Any, watch: Any) -> None:
    watch.expect_status(500)
    page = camera(None)
    page.route("**/verify/code", lambda route: route.fulfill(status=500, body=""))
    page.goto("/verify")
    page.get_by_role("button", name="Scan live").click()
    expect(page.locator("[data-scan-says]")).to_contain_text("Photograph the QR code instead")
    expect(page.locator("video")).to_be_hidden()


def test_it_is_said_what_goes_where_and_when_nothing_is_found(camera: Any, axe: Any, too_wide: Any) -> None:
    page = camera(None)
    page.clock.install()
    page.goto("/verify")
    page.get_by_role("button", name="Scan live").click()
    said = page.locator("[data-scan-says]")
    expect(said).to_contain_text("the pictures go to this site, which reads them and keeps none")
    with page.expect_response("**/verify/code") as waiting:
        pass
    assert waiting.value.json() == {"code": ""}
    assert axe(page) == too_wide(page) == []
    page.clock.fast_forward(61_000)
    expect(said).to_contain_text("No QR code was found.")
    expect(page.locator("video")).to_be_hidden()


def test_a_camera_that_may_not_be_used_is_no_dead_end(camera: Any) -> None:
    page = camera(None, allowed=False)
    page.goto("/verify")
    page.get_by_role("button", name="Scan live").click()
    expect(page.locator("[data-scan-says]")).to_contain_text("Photograph the QR code instead")


def test_without_a_camera_nothing_is_promised_and_a_photo_is_read(site: Any, visitor: Any) -> None:
    (award,) = site.issued(site.group(), "Ada of the river")
    page = visitor()
    page.goto("/verify")
    page.wait_for_load_state("networkidle")
    expect(page.locator("[data-scan]")).to_be_hidden()
    picture = qr_png(f"{site.base_url}/b/{award.id}")
    page.locator("#photo").set_input_files({"name": "p.png", "mimeType": "image/png", "buffer": picture})
    expect(page.locator("[data-verdict='verdict.pass']")).to_be_visible()
