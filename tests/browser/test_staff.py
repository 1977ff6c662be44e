"""People who give badges: from nothing to thirty badges of a group of their own."""

from __future__ import annotations

import re

from playwright.sync_api import expect

PASSWORD = "five brown otters swim upstream"
NAMES = [f"Volunteer {number}" for number in range(1, 31)]


def sign_in(page, login: str) -> None:
    page.goto("/desk/sign-in")
    page.get_by_label("Name", exact=True).fill(login)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(re.compile("/desk/$"))


def test_a_group_is_set_up_approved_and_joined(site, visitor) -> None:
    operator = visitor()
    sign_in(operator, site.user("operator", operator=True, password=PASSWORD).login)
    operator.get_by_role("link", name="Accounts").click()
    operator.get_by_label("Name to sign in with").fill("founder of hills")
    operator.get_by_role("button", name="Make the account").click()
    reset = operator.locator("#reset").input_value()

    founder = visitor()
    founder.goto(reset)
    founder.get_by_label("New password").fill(PASSWORD)
    founder.get_by_role("button", name="Set the password and sign in").click()
    founder.get_by_role("link", name="Set up a group").click()
    founder.get_by_label("Name of the group").fill("Hill Walkers")
    founder.get_by_label("Who you are").fill("We walk the hills and write about them.")
    founder.get_by_label("Short address").fill("hill-walkers")
    founder.get_by_role("button", name="Set up the group").click()
    expect(founder.get_by_text("Your group waits for an operator")).to_be_visible()

    operator.goto("/desk/site")
    row = operator.locator("ul.rows > li", has_text="Hill Walkers")
    row.get_by_role("button", name="Approve").click()
    expect(row.locator(".word")).to_contain_text("Approved")

    founder.reload()
    expect(founder.get_by_text("Your group waits for an operator")).to_have_count(0)
    founder.get_by_role("link", name="Members").click()
    founder.get_by_role("radio", name="Awarder").check()
    founder.get_by_role("button", name="Make an invitation link").click()
    invitation = founder.locator("#invitation").input_value()

    helper = visitor()
    helper.goto(invitation)
    helper.get_by_label("Choose a name to sign in with").fill("helper of hills")
    helper.get_by_label("Choose a password").fill(PASSWORD)
    helper.get_by_role("button", name="Join").click()
    expect(helper).to_have_url(re.compile("/desk/g/hill-walkers/$"))
    expect(helper.get_by_role("link", name="Settings")).to_have_count(0)  # an awarder changes no settings


def test_an_achievement_is_defined_with_the_designer(site, visitor) -> None:
    group = site.group()
    page = visitor(group.owner)
    page.goto(f"/desk/g/{group.slug}/badges/new")
    page.locator("#f-name").fill("Trail writer")
    page.locator("#f-description").fill("Wrote an article about a trail.")
    page.locator("#f-criteria").fill("Write **one** article with three sources.")
    page.get_by_role("radio", name="Make one here").check()
    page.locator("#f-shape").select_option("shield")
    page.locator("#f-letters").fill("TW")
    preview = page.locator("#preview")
    expect(preview.get_by_role("heading", name="Trail writer")).to_be_visible()  # live, without a button
    expect(preview.locator("img")).to_have_attribute("src", re.compile("shape=shield.*letters=TW"))
    expect(preview.locator("strong", has_text="one")).to_be_visible()
    page.get_by_role("button", name="Save and publish").click()
    expect(page.get_by_role("status").first).to_contain_text("Published")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Trail writer")
    page.goto(f"/issuers/{group.slug}")
    page.get_by_role("link", name="Trail writer").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Trail writer")
    assert page.locator("main img").first.evaluate("(one) => one.decode().then(() => one.naturalWidth)") > 0


def give_thirty(page, group) -> None:
    """Paste thirty names and one row that cannot be used, look, give, undo one, issue the others now."""
    page.goto(f"/desk/g/{group.slug}/give/{group.achievement_id}")
    page.get_by_label("Who gets it?").fill("\n".join([*NAMES[:12], "did:nothing", *NAMES[12:]]))
    page.get_by_role("button", name="Look at the list").click()
    expect(page.locator(".totals")).to_contain_text("30 will get it")
    expect(page.locator(".totals")).to_contain_text("1 cannot be used")
    bad = page.locator("table.preview-rows tr.no")
    expect(bad).to_have_count(1)
    expect(bad.get_by_role("textbox")).to_have_value("did:nothing")
    page.get_by_role("button", name="Give 30 badges").click()
    expect(page.get_by_role("heading", name="30 badges are waiting")).to_be_visible()
    page.get_by_role("button", name="Undo for Volunteer 7", exact=True).click()
    expect(page.get_by_role("heading", name="29 badges are waiting")).to_be_visible()
    page.get_by_role("button", name="Issue now").click()
    expect(page.get_by_role("heading", name="29 badges are issued")).to_be_visible()
    row = page.get_by_role("row", name="Volunteer 7", exact=False).filter(has=page.get_by_text("Taken back"))
    expect(row).to_have_count(1)


def test_thirty_pasted_names_are_given_one_is_undone_the_rest_are_issued(site, visitor) -> None:
    group = site.group()
    page = visitor(group.owner)
    give_thirty(page, group)
    page.get_by_role("button", name="Show 29 private links").click()
    links = page.locator("table.links tbody tr")
    expect(links).to_have_count(29)
    link = links.first.locator("code").inner_text()
    recipient = visitor()
    assert recipient.goto(link).status == 200
    expect(recipient.get_by_text("This page is only for you.")).to_be_visible()


def test_giving_works_without_javascript(site, visitor) -> None:
    group = site.group()
    page = visitor(group.owner, java_script_enabled=False)
    give_thirty(page, group)
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download as a table").click()
    assert waiting.value.path().read_text().count("/r/") == 29


def test_a_group_is_left_alone_by_others(site, visitor, watch) -> None:
    watch.expect_status(404)
    page = visitor(site.group().owner)
    assert page.goto(f"/desk/g/{site.group().slug}/").status == 404


def start_long_list(site, page, group) -> None:
    """Give to 260 people, press "Issue now": the first fifty are signed and the others are on their way."""
    names = "\n".join(f"Volunteer {number}" for number in range(260))
    given = site.services.awarding.give(group.affiliate.id, group.achievement_id, names, user_id=group.owner.id)
    page.goto(f"/desk/g/{group.slug}/batches/{given.batch.id}")
    page.get_by_role("button", name="Issue now").click()
    bar = page.locator("[data-progress] progress")
    expect(bar).to_be_visible()
    assert 50 <= int(bar.get_attribute("value")) < 260


def test_how_far_a_long_list_is_can_be_left_and_found_again(site, visitor, axe) -> None:
    group = site.group()
    page = visitor(group.owner)
    start_long_list(site, page, group)
    assert axe(page) == []
    page.goto(f"/desk/g/{group.slug}/")  # it goes on without the page, and home says so
    expect(page.get_by_text(re.compile("badges are being signed"))).to_be_visible()
    page.get_by_role("link", name="Look at them").click()
    expect(page.locator("h1")).to_be_visible()
    page.evaluate("window.opened = true")
    done = page.get_by_role("heading", name="260 badges are issued")
    expect(done).to_be_visible(timeout=90_000)  # the page looks by itself
    expect(page.locator("[data-progress]")).to_have_count(0)
    assert page.evaluate("window.opened")  # in place: a reload could get in the way of somebody who is leaving


def test_the_end_of_the_time_to_undo_is_seen_in_place(site, visitor) -> None:
    group = site.group()
    page = visitor(group.owner)
    page.clock.install()
    given = site.services.awarding.give(
        group.affiliate.id, group.achievement_id, "Cleo\nDora", user_id=group.owner.id, undo_minutes=60
    )
    page.goto(f"/desk/g/{group.slug}/batches/{given.batch.id}")
    expect(page.get_by_text("60 min left")).to_be_visible()
    page.evaluate("window.opened = true")
    page.get_by_role("button", name="Issue now").focus()
    site.services.awarding.issue_now(group.affiliate.id, given.batch.id)
    page.clock.fast_forward("01:01:00")
    expect(page.get_by_role("heading", name="2 badges are issued")).to_be_visible()
    assert page.evaluate("window.opened")
    assert page.evaluate("document.activeElement.id") == "main"  # not lost with the button that is gone


def test_a_form_sent_after_the_session_ended_goes_on_where_it_was(site, visitor, watch, axe) -> None:
    watch.expect_status(401)
    group = site.group()
    accounts = site.services.accounts
    accounts.reset(accounts.reset_link(group.owner.id), PASSWORD)
    page = visitor(group.owner)
    page.goto(f"/desk/g/{group.slug}/give/{group.achievement_id}")
    page.get_by_label("Who gets it?").fill("Cleo\nDora\nمريم")
    page.context.clear_cookies(name="session")
    page.get_by_role("button", name="Look at the list").click()
    expect(page.get_by_text("What you filled in is not lost")).to_be_visible()
    assert axe(page) == []
    page.get_by_label("Name", exact=True).fill(group.owner.login)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="You are signed in again")).to_be_visible()
    assert axe(page) == []
    page.get_by_role("button", name="Send it once more").click()
    expect(page.locator(".totals")).to_contain_text("3 will get it")


def test_going_back_from_the_list_finds_what_was_pasted(site, visitor) -> None:
    group = site.group()
    page = visitor(group.owner)
    page.goto(f"/desk/g/{group.slug}/give/{group.achievement_id}")
    page.get_by_label("Who gets it?").fill("Cleo\nDora")
    page.get_by_role("button", name="Look at the list").click()
    expect(page.locator(".totals")).to_contain_text("2 will get it")
    page.go_back()
    expect(page.get_by_label("Who gets it?")).to_have_value("Cleo\nDora")


def test_a_slow_line_and_an_impatient_finger_make_one_badge(site, visitor) -> None:
    group = site.group()
    page = visitor(group.owner)
    page.goto(f"/desk/g/{group.slug}/badges/new")
    page.locator("#f-name").fill("Trail writer")
    page.locator("#f-description").fill("Wrote an article about a trail.")
    page.locator("#f-criteria").fill("Write one article.")
    sent = []
    page.on("request", lambda one: sent.append(one) if one.is_navigation_request() and one.method == "POST" else None)
    slow = {"offline": False, "latency": 2000, "downloadThroughput": -1, "uploadThroughput": -1}
    page.context.new_cdp_session(page).send("Network.emulateNetworkConditions", slow)
    save = page.get_by_role("button", name="Save and publish")
    save.evaluate("(one) => { for (const wait of [0, 400, 800]) setTimeout(() => one.click(), wait); }")
    expect(page.get_by_role("heading", name="Give “Trail writer”")).to_be_visible()
    assert len(sent) == 1


def test_a_photo_from_a_telephone_becomes_the_picture(site, visitor) -> None:
    from io import BytesIO

    from PIL import Image

    photo = BytesIO()
    Image.effect_noise((3000, 2200), 90).save(photo, "JPEG", quality=90)
    assert len(photo.getvalue()) > 3 * 1024 * 1024  # the site itself takes two
    group = site.group()
    page = visitor(group.owner)
    page.goto(f"/desk/g/{group.slug}/badges/new")
    page.locator("#f-name").fill("Photographer")
    page.locator("#f-description").fill("Took a photo.")
    page.locator("#f-criteria").fill("Take one photo.")
    page.get_by_role("radio", name="Upload one").check()
    picture = page.locator("[name=image]")
    picture.set_input_files({"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": photo.getvalue()})
    page.wait_for_function("(one) => one.files[0].name === 'photo.jpg'", arg=picture.element_handle())
    page.locator("#f-alt").fill("A photo")
    page.get_by_role("button", name="Save and publish").click()
    expect(page.get_by_role("heading", name="Give “Photographer”")).to_be_visible()


def test_on_a_phone_nobody_scrolls_sideways_to_undo_one(site, visitor) -> None:
    group = site.group()
    page = visitor(group.owner, viewport={"width": 320, "height": 700}, locale="ar")
    awarding, both = site.services.awarding, "Ada Example\nBen Example"
    given = awarding.give(group.affiliate.id, group.achievement_id, both, user_id=group.owner.id)
    awarding.undo_one(group.affiliate.id, given.awards[0].id)
    page.goto(f"/desk/g/{group.slug}/batches/{given.batch.id}")
    assert page.locator(".table-wrap").evaluate("box => box.scrollWidth <= box.clientWidth")
    undo = page.locator("table button")
    expect(undo).to_have_count(1)
    box = undo.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 320
    name = page.locator("tbody th a").first
    assert name.evaluate("(one) => one.getClientRects().length") == 1  # in one piece


def test_who_made_a_mistake_begins_at_what_is_wrong(site, visitor, watch, axe) -> None:
    watch.expect_status(422)
    group = site.group()
    page = visitor(group.owner, viewport={"width": 320, "height": 640})
    page.goto(f"/desk/g/{group.slug}/badges/new")
    page.locator("#f-valid_days").fill("soon")
    page.locator("form#badge-form").evaluate("(form) => { form.noValidate = true; }")
    page.get_by_role("button", name="Save and publish").click()
    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    expect(summary).to_be_in_viewport()
    assert axe(page) == []
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Name – Please fill this in.")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#f-name")).to_be_focused()
    (award,) = site.issued(group, "Ada Example")
    page.goto(f"/desk/g/{group.slug}/given/{award.id}")
    page.get_by_text("Withdraw for good").click()
    page.get_by_role("button", name="Withdraw it for good").click()
    expect(page.get_by_role("radio").first).to_be_focused()
    stranger = visitor()
    stranger.goto("/desk/sign-in")
    stranger.get_by_label("Name", exact=True).fill("nobody")
    stranger.get_by_label("Password", exact=True).fill(PASSWORD)
    stranger.get_by_role("main").get_by_role("button", name="Sign in").click()
    expect(stranger.get_by_role("alert")).to_be_focused()
