"""Somebody on a slow line, with JavaScript off: what is lost on the way and sent again, and what is too large."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from issuer_service.services.designer import PLAIN, draw

PHONE = {"java_script_enabled": False, "viewport": {"width": 360, "height": 740}}


def lose_the_answer(page) -> None:
    """The next form reaches the site; of the answer nothing comes back, and the page stays as it is."""

    def lost(route) -> None:
        route.fetch(max_redirects=0)
        route.fulfill(status=204)

    page.route(re.compile("."), lambda route: lost(route) if route.request.method == "POST" else route.continue_())


def fill_in_the_badge(page) -> None:
    page.locator("#f-name").fill("Trail writer")
    page.locator("#f-description").fill("Wrote about a trail.")
    page.locator("#f-criteria").fill("Write one article.")


def test_a_button_pressed_again_because_nothing_came_back_makes_one_badge(site, visitor) -> None:
    group = site.group()
    page = visitor(group.owner, **PHONE)
    page.goto(f"/desk/g/{group.slug}/badges/new")
    fill_in_the_badge(page)
    lose_the_answer(page)
    with page.expect_response(lambda answer: answer.status == 204):
        page.get_by_role("button", name="Save and publish").click(no_wait_after=True)
    page.unroute_all()
    page.get_by_role("button", name="Save and publish").click()
    expect(page.get_by_role("status")).to_have_count(1)
    expect(page.get_by_role("status")).to_contain_text("Published")
    names = [one.version.name for one in site.services.achievements.all(group.affiliate.id)]
    assert names.count("Trail writer") == 1


@pytest.mark.parametrize(("language", "reason"), [("en", "larger than 2 MiB"), ("ar", "أكبر من 2 MiB")])
def test_a_photo_that_is_too_large_comes_back_as_the_form_with_the_reason(
    site, visitor, watch, language: str, reason: str
) -> None:
    watch.expect_status(422, 413)
    group = site.group()
    page = visitor(group.owner, **PHONE)
    page.goto(f"/desk/g/{group.slug}/badges/new?lang={language}")
    fill_in_the_badge(page)
    page.locator("#f-alt").fill("A trail")
    page.locator("[name=picture][value=upload]").check()
    photo = {"name": "IMG_2044.png", "mimeType": "image/png", "buffer": draw(PLAIN) + bytes(6 << 20)}
    page.locator("#f-image").set_input_files(photo)
    page.locator("button[name=do][value=publish]").click()
    expect(page.locator("#e-image")).to_contain_text(reason)
    expect(page.locator("#f-name")).to_have_value("Trail writer")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.goto("/verify")
    page.locator("input[type=file][name=file]").set_input_files({**photo, "buffer": bytes(13 << 20)})
    page.locator("main form button").last.click()
    expect(page.locator("main h1")).to_be_visible()
    expect(page.locator("main .lead")).to_contain_text("12 MiB")
    page.locator("main a.button").first.click()
    expect(page).to_have_url(re.compile("/verify$"))
