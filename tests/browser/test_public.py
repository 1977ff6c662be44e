"""Everybody else: a badge is opened, scanned, checked, tampered with, withdrawn; in English and in Arabic."""

from __future__ import annotations

import io
import re

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import expect

from openbadges import bake, unbake

MILLIMETRE = 96 / 25.4  # in CSS pixels
PRINTED = {"width": round(180 * MILLIMETRE), "height": round(267 * MILLIMETRE)}  # A4 within its margins
ARABIC = re.compile("[\u0600-\u06ff]{3}")


def verdict(page, code: str):
    return page.locator(f"[data-verdict='verdict.{code}']")


def give_file(page, name: str, content: bytes, kind: str) -> None:
    """Choose a file on the page for checking; with JavaScript it is sent at once."""
    page.goto("/verify")
    page.locator("#file").set_input_files({"name": name, "mimeType": kind, "buffer": content})


def photograph(page) -> bytes:
    """The QR code of a badge as it is on the screen, with some of the page around it."""
    code = page.locator("section.take img.qr")
    code.scroll_into_view_if_needed()
    code.evaluate("(one) => one.decode()")
    return page.locator("section.take .qr-row").screenshot()


def download(page) -> bytes:
    with page.expect_download() as waiting:
        page.locator("section.take a[download$='.png']").first.click()
    return waiting.value.path().read_bytes()


def test_a_badge_is_opened_and_its_code_on_the_screen_leads_to_it(site, visitor) -> None:
    (award,) = site.issued(site.group(), "Ada of the river")
    page = visitor()
    page.goto(f"/b/{award.id}")
    expect(verdict(page, "pass")).to_contain_text("Genuine and valid")
    expect(page.locator("main")).not_to_contain_text("Ada of the river")  # a name is shown only by its owner's choice
    photo = photograph(page)
    (found,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(photo)))
    assert found.text == page.locator("#address").input_value() == f"{site.base_url}/b/{award.id}"
    page.goto("/verify")
    page.locator("#photo").set_input_files({"name": "photo.png", "mimeType": "image/png", "buffer": photo})
    expect(verdict(page, "pass")).to_be_visible()
    expect(page.get_by_role("heading", name="Edit-a-thon host")).to_be_visible()


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_printed_badge_is_one_sheet_whose_code_leads_to_it(site, visitor, language) -> None:
    (award,) = site.issued(site.group(), "Ada of the river")
    page = visitor(viewport=PRINTED, device_scale_factor=2)
    page.goto(f"/b/{award.id}?lang={language}")
    for paper in ("A4", "Letter"):
        assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(format=paper))) == 1
    page.emulate_media(media="print")
    sheet = page.locator(".sheet")
    expect(sheet.locator(".name")).to_have_text("Edit-a-thon host" if language == "en" else "مضيف لقاءات التحرير")
    expect(sheet.locator(".address")).to_have_text(f"{site.base_url}/b/{award.id}".removeprefix("http://"))
    code = sheet.locator("img.qr")
    code.evaluate("(one) => one.decode()")
    assert code.bounding_box()["width"] / MILLIMETRE >= 25
    shot = Image.open(io.BytesIO(page.screenshot()))
    for ink in ("RGB", "1"):  # as it is, and as a printer that knows black only
        (found,) = zxingcpp.read_barcodes(shot.convert(ink).convert("L"))
        assert found.text == f"{site.base_url}/b/{award.id}"


def test_a_downloaded_badge_is_genuine_until_it_is_changed_or_withdrawn(site, visitor) -> None:
    group = site.group()
    (award,) = site.issued(group, "Ada of the river")
    page = visitor()
    page.goto(f"/b/{award.id}")
    picture = download(page)
    give_file(page, "badge.png", picture, "image/png")
    expect(verdict(page, "pass")).to_contain_text("Genuine and valid")

    changed = unbake(picture).text.replace("Edit-a-thon host", "Edit-a-thon boss")
    assert changed != unbake(picture).text
    changed = bake(picture, changed)
    give_file(page, "badge.png", changed, "image/png")
    expect(verdict(page, "changed")).to_contain_text("Changed after it was signed")
    expect(page.get_by_role("main").get_by_text("Edit-a-thon boss")).to_have_count(0)

    desk = visitor(group.owner)
    desk.goto(f"/desk/g/{group.slug}/given/{award.id}")
    desk.get_by_text("Withdraw for good").click()
    desk.get_by_label("Why?").select_option("issued_in_error")
    desk.get_by_role("button", name="Withdraw it for good").click()
    expect(desk.locator(".word.bad")).to_contain_text("Withdrawn")

    give_file(page, "badge.png", picture, "image/png")
    expect(verdict(page, "withdrawn")).to_contain_text("withdrawn by the issuer")
    page.goto(f"/b/{award.id}")
    expect(verdict(page, "withdrawn")).to_be_visible()
    expect(page.locator("section.take")).to_have_count(0)  # nothing to show and keep any more


def test_the_person_before_you_is_compared(site, visitor) -> None:
    (award,) = site.issued(site.group(), "Ada of the river")
    page = visitor()
    for name, answer in (("Ada of the river", "yes"), ("Ben of the hill", "no")):
        page.goto(f"/b/{award.id}/verify")
        page.locator("[name=kind]").first.select_option("username")
        page.locator("[name=recipient]").first.fill(name)
        page.locator("main form").first.get_by_role("button").click()
        expect(page.locator(f"[data-recipient={answer}]")).to_be_visible()


def test_what_is_no_badge_is_said_to_be_none(visitor) -> None:
    page = visitor()
    give_file(page, "letter.txt", b"Dear reader", "text/plain")
    expect(verdict(page, "unreadable")).to_contain_text("Not a badge")


def test_a_badge_is_dropped_on_the_page_or_chosen_by_a_click_anywhere_in_the_field(site, visitor) -> None:
    (award,) = site.issued(site.group(), "Ada of the river")
    page = visitor()
    page.goto("/verify")
    with page.expect_file_chooser() as asked:
        page.locator("[data-drop]").click(position={"x": 8, "y": 8})
    asked.value.set_files({"name": "badge.json", "mimeType": "application/json", "buffer": award.signed_json.encode()})
    expect(verdict(page, "pass")).to_be_visible()
    page.goto("/verify")
    dropped = """(text) => {
      const held = new DataTransfer();
      held.items.add(new File([text], "badge.json", { type: "application/json" }));
      document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: held, bubbles: true, cancelable: true }));
    }"""
    page.evaluate(dropped, award.signed_json)
    expect(verdict(page, "pass")).to_be_visible()


def test_the_public_pages_work_in_arabic(site, visitor) -> None:
    (award,) = site.issued(site.group(), "Ada of the river")
    page = visitor()
    page.goto(f"/b/{award.id}?lang=ar")
    html = page.locator("html")
    expect(html).to_have_attribute("dir", "rtl")
    expect(html).to_have_attribute("lang", "ar")
    expect(page.get_by_role("heading", level=1)).to_have_text("مضيف لقاءات التحرير")
    expect(verdict(page, "pass").locator("strong")).to_have_text(ARABIC)
    (found,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(photograph(page))))
    assert found.text == f"{site.base_url}/b/{award.id}"
    picture = download(page)
    for content, code in (
        (picture, "pass"),
        (bake(picture, unbake(picture).text.replace("Plans", "Planned")), "changed"),
    ):
        give_file(page, "badge.png", content, "image/png")  # the language is remembered
        expect(verdict(page, code).locator("strong")).to_have_text(ARABIC)
        expect(html).to_have_attribute("dir", "rtl")
    start = page.locator("header.site .name").bounding_box()
    assert start["x"] > page.viewport_size["width"] / 2  # what comes first stands on the right
    page.get_by_role("link", name="English").click()
    expect(html).to_have_attribute("dir", "ltr")


def test_checking_works_without_javascript(site, visitor) -> None:
    (award,) = site.issued(site.group(), "Ada of the river")
    page = visitor(java_script_enabled=False)
    page.goto(f"/b/{award.id}")
    picture = download(page)
    give_file(page, "badge.png", picture, "image/png")
    page.locator("#check button[type=submit]").click()
    expect(verdict(page, "pass")).to_be_visible()
