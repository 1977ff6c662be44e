"""Who was given a badge: the private page, with nothing but its address."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import expect

from openbadges import SigningKey, present


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def private(request, site, visitor):
    """The recipient's page of a new badge, and the badge."""
    (award,) = site.issued(site.group(), "Ada of the river")
    page = visitor(java_script_enabled=request.param)
    page.goto(site.link(award))
    return page, award


def choose(page, visibility: str) -> None:
    page.locator(f"[name=visibility][value={visibility}]").check()
    page.locator("form[action$='/visibility'] button").click()
    expect(page.get_by_text("Saved.")).to_be_visible()


def test_a_hidden_badge_is_not_there_for_others_until_it_is_shown_again(private, visitor, watch) -> None:
    watch.expect_status(404)
    page, award = private
    other = visitor()
    assert other.goto(f"/b/{award.id}").status == 200
    choose(page, "hidden")
    assert other.goto(f"/b/{award.id}").status == 404
    assert other.request.get(f"/b/{award.id}.png").status == 404
    choose(page, "public")
    assert other.goto(f"/b/{award.id}").status == 200
    expect(other.locator("meta[name=robots]")).to_have_count(0)


def test_a_name_is_shown_by_its_owners_choice_only(private, visitor) -> None:
    page, award = private
    other = visitor()
    other.goto(f"/b/{award.id}")
    expect(other.locator("main")).not_to_contain_text("Ada of the river")
    page.locator("[name=show]").check()
    page.locator("form[action$='/visibility'] button").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    other.reload()
    expect(other.locator("dl.facts").first).to_contain_text("Ada of the river")


def test_an_erased_badge_is_gone_and_leaves_no_name(private, site, visitor, watch) -> None:
    watch.expect_status(404, 410)
    page, award = private
    address = page.url
    page.get_by_text("Your data").click()
    with page.expect_download() as waiting:
        page.get_by_role("link", name="My data as a file").click()
    assert "Ada of the river" in json.dumps(json.loads(waiting.value.path().read_text(encoding="utf-8")))
    page.get_by_role("link", name="Erase …").click()
    page.locator("#sure").check()
    page.get_by_role("button", name="Erase for good").click()
    expect(page.get_by_role("heading", name="Your badge is erased")).to_be_visible()
    other = visitor()
    assert other.goto(f"/b/{award.id}").status == 410
    expect(other.get_by_role("heading", name="This badge was erased")).to_be_visible()
    assert other.goto(address).status in (404, 410)  # the private address stopped working
    assert site.services.awarding.get(award.affiliate_id, award.id).recipient_value is None


def test_a_badge_is_made_out_to_a_key_that_was_proved(private, site, watch) -> None:
    """The holder signs with the command of this project, which is what ``present`` does."""
    watch.expect_status(422)
    page, award = private
    holder = SigningKey.generate("Ed25519")
    page.get_by_text("Have it made out to a key of your wallet").click()
    challenge = page.locator("#claim-challenge").inner_text()
    domain = site.base_url.partition("://")[2]
    page.locator("#claim-proof").fill(present(signer=holder, challenge="another", domain=domain).text)
    form = page.locator("form", has=page.locator("#claim-proof"))
    form.get_by_role("button").click()
    expect(page.get_by_role("alert")).to_contain_text("This does not prove that the key is yours.")
    page.locator("#claim-proof").fill(present(signer=holder, challenge=challenge, domain=domain).text)
    form.get_by_role("button").click()
    expect(page.get_by_text("This is your new badge.")).to_be_visible()
    expect(page.locator(".given")).to_have_text(holder.did)
    assert site.services.awarding.get(award.affiliate_id, award.id).state == "revoked"


def test_a_name_that_cannot_be_used_is_said_where_one_looks(private, watch) -> None:
    watch.expect_status(422)
    page, _ = private
    page.set_viewport_size({"width": 360, "height": 640})
    page.get_by_text("Have it made out to another name of yours").click()
    page.get_by_label("The user name").fill("Ada <b>")
    page.locator("details[open]").get_by_role("button", name="Make the new badge").click()
    field = page.get_by_label("The user name")
    expect(field).to_be_focused()
    expect(field).to_have_value("Ada <b>")
    expect(field).to_have_attribute("aria-describedby", "claim-problem")
    expect(page.locator("#claim-problem")).to_be_in_viewport()
