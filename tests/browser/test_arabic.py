"""The main flows from right to left: nothing is found by its English words, and none is on the pages."""

from __future__ import annotations

import io
import re

import zxingcpp
from PIL import Image
from playwright.sync_api import expect

from openbadges import bake, unbake

NAMES = [f"متطوع {number}" for number in range(1, 31)]
# What stands on the pages in Latin letters in every language, among it samples of words in several languages.
KNOWN = re.compile(
    r"English|Español|Français|Badges?|LinkedIn|PNG|SVG|JPEG|WebP|JSON|JWT|QR|DID|UTC|CSV|API|Markdown|KiB|MiB|W3C|Open|"
    r"https?:?|es|pt-BR|en|ar|mentor|budget|nement|owner[0-9]+|[A-Za-z0-9-]+[./:@][\w./:@#-]+|did"
)


def english_on(page) -> list[str]:
    """Words in Latin letters that are neither data nor known names."""
    script = """() => {
      const skip = "code, pre, bdi, textarea, script, style, [lang]:not(html), select, nav, .given";
      const walk = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
      const found = [];
      while (walk.nextNode()) {
        const parent = walk.currentNode.parentElement;
        if (!parent.closest(skip) && parent.checkVisibility()) found.push(walk.currentNode.textContent);
      }
      return found.join(" ");
    }"""
    words = re.findall(r"[A-Za-z][A-Za-z0-9.:/@-]*[A-Za-z0-9]", page.evaluate(script))
    return [word for word in words if not KNOWN.fullmatch(word)]


def look(page) -> None:
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    assert english_on(page) == [], page.url


def verdict(page, code: str):
    return page.locator(f"[data-verdict='verdict.{code}']")


def checked(page, name: str, content: bytes, code: str) -> None:
    page.goto("/verify")
    page.locator("#file").set_input_files({"name": name, "mimeType": "image/png", "buffer": content})
    expect(verdict(page, code)).to_be_visible()
    look(page)


def test_from_a_new_group_to_a_withdrawn_badge_in_arabic(site, visitor) -> None:
    owner = site.user("owner")
    page = visitor(owner)
    page.goto("/desk/new?lang=ar")
    look(page)
    page.locator("#f-name").fill("مجموعة النهر")
    page.locator("#f-description").fill("نكتب عند النهر.")
    page.locator("#f-language").fill("ar")
    page.locator("#f-slug").fill(f"nahr-{next(site.numbers)}")
    page.locator("main form button").last.click()
    expect(page).to_have_url(re.compile("/desk/g/nahr-[0-9]+/$"))
    look(page)
    slug = page.url.rstrip("/").rpartition("/")[2]
    site.services.affiliates.approve(site.services.affiliates.by_slug(slug).id)

    page.goto(f"/desk/g/{slug}/badges/new")
    look(page)
    page.locator("#f-name").fill("مضيف لقاء")
    page.locator("#f-description").fill("ينظم لقاء تحرير ويستضيفه.")
    page.locator("#f-criteria").fill("استضف لقاء **واحدا** وانشر ملخصه.")
    page.locator("[name=picture][value=design]").check()
    page.locator("#f-shape").select_option("hexagon")
    expect(page.locator("#preview").get_by_role("heading", name="مضيف لقاء")).to_be_visible()
    page.locator("[name=do][value=publish]").last.click()
    expect(page).to_have_url(re.compile("/give/"))

    page.locator("#f-recipients").fill("\n".join([*NAMES[:12], "did:nothing", *NAMES[12:]]))
    page.locator("[name=do][value=preview]").click()
    bad = page.locator("table.preview-rows tr.no")
    expect(bad).to_have_count(1)
    look(page)
    page.locator("[name=do][value=give]").click()
    row = page.locator("tbody tr").filter(has=page.get_by_role("link", name="متطوع 7", exact=True))
    row.get_by_role("button").click()
    look(page)
    page.locator("form[action$='/issue'] button").click()
    expect(page.locator("section.good h2")).to_contain_text("29")
    look(page)

    award = site.services.awarding.find(site.services.affiliates.by_slug(slug).id, text="متطوع 8").items[0]
    visiting = visitor(locale="ar")
    visiting.goto(f"/b/{award.id}")
    expect(verdict(visiting, "pass")).to_be_visible()
    look(visiting)
    code = visiting.locator("section.take img.qr")
    code.scroll_into_view_if_needed()
    code.evaluate("(one) => one.decode()")
    photo = visiting.locator("section.take .qr-row").screenshot()
    (found,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(photo)))
    assert found.text == f"{site.base_url}/b/{award.id}"
    with visiting.expect_download() as waiting:
        visiting.locator("section.take a[download$='.png']").first.click()
    picture = waiting.value.path().read_bytes()
    checked(visiting, "badge.png", picture, "pass")
    checked(visiting, "badge.png", bake(picture, unbake(picture).text.replace("ينظم", "نظم")), "changed")

    page.goto(f"/desk/g/{slug}/given/{award.id}")
    look(page)
    page.locator("form[action$='/withdraw'] select[name=reason]").evaluate(
        "(one) => { one.closest('details').open = true }"
    )
    page.locator("form[action$='/withdraw'] select[name=reason]").select_option("issued_in_error")
    page.locator("[name=do][value=withdraw]").click()
    expect(page.locator(".word.bad")).to_be_visible()
    look(page)
    checked(visiting, "badge.png", picture, "withdrawn")
