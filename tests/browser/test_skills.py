"""From a list of skills to a role: brought in, picked for a badge, given with a level, and compared with the role."""

from __future__ import annotations

import json
import re

from playwright.sync_api import expect

TABLE = "code;label;label_ar;parent\nB;Boats;القوارب;\nB1;Row a boat across;التجديف بالقارب;B\n"


def test_a_skill_goes_from_a_list_to_a_badge_and_to_a_role(site, visitor, tmp_path) -> None:
    site.services.framework_imports.init_starters()
    group = site.group("Ferry People")
    page = visitor(group.owner)

    page.goto(f"/desk/g/{group.slug}/skills")
    page.get_by_role("link", name="Bring in a list").click()
    page.get_by_label("Or paste it").fill(TABLE)
    page.get_by_text("For a table: what it does not say itself").click()
    page.get_by_label("Name of the list").fill("Skills of the ferry")
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_text("Row a boat across")).to_be_visible()
    page.get_by_role("button", name="Bring it in").click()
    expect(page.get_by_role("status").first).to_contain_text("is here now")

    page.goto(f"/desk/g/{group.slug}/badges/new")
    page.locator("#f-name").fill("Ferry host")
    page.locator("#f-description").fill("Hosts events on the water.")
    page.locator("#f-criteria").fill("Host one event.")
    for question, skill in (("row boat", "Row a boat across"), ("plan an event", "Plan an event")):
        page.locator("#f-find").fill(question)  # found while typing
        page.get_by_role("button", name=f"Add {skill}", exact=True).click()
        expect(page.locator(".picked li", has_text=skill)).to_be_visible()
    page.locator(".picked li", has_text="Plan an event").get_by_label("How far").select_option("3")
    expect(page.locator("#preview")).to_contain_text("Independent")
    page.get_by_role("button", name="Save and publish").click()

    page.locator("[name=recipients]").fill("Ada of the ferry")
    page.locator("#f-level").select_option("Guiding others")
    page.get_by_role("button", name="Look at the list").click()
    page.get_by_role("button", name="Give 1 badge").click()
    expect(page).to_have_url(re.compile("/batches/"))
    batch_id = page.url.rpartition("/")[2].partition("?")[0]
    site.services.awarding.issue_now(group.affiliate.id, batch_id)
    (award,) = site.services.awarding.batch(group.affiliate.id, batch_id).awards

    reader = visitor()
    reader.goto(f"/b/{award.id}?lang=ar")
    expect(reader.locator("[data-verdict='verdict.pass']")).to_be_visible()
    expect(reader.get_by_role("link", name="التجديف بالقارب")).to_be_visible()
    reader.goto(f"/b/{award.id}?lang=en")
    expect(reader.locator(".chips.skills li", has_text="Plan an event")).to_contain_text("Guiding others 4 of 4")
    reader.get_by_role("link", name="Row a boat across").click()
    expect(reader.get_by_role("heading", level=1)).to_have_text("Row a boat across")
    expect(reader.get_by_role("link", name="Ferry host")).to_be_visible()

    file = tmp_path / "badge.png"
    file.write_bytes(site.services.issuance.baked(award, "png"))
    reader.goto("/roles?role=LR-organiser")
    reader.locator("#file").set_input_files(file)
    reader.get_by_role("button", name="Compare").click()
    row = reader.locator("[data-state='met']")
    expect(row).to_have_count(1)
    expect(row).to_contain_text("Plan an event")
    expect(row).to_contain_text("Ferry host")


def test_what_is_wrong_with_a_layer_is_read_on_a_phone_without_scrolling_sideways(site, visitor, watch) -> None:
    site.services.framework_imports.init_starters()
    group = site.group("Ferry Folk")
    watch.expect_status(422)
    page = visitor(group.owner, viewport={"width": 320, "height": 700})
    page.goto(f"/desk/g/{group.slug}/skills/import")
    layer = {
        "format": "openbadges-framework/1",
        "id": "https://ferry.example/frameworks/skills",
        "title": {"en": "Ferry"},
    }
    page.get_by_label("Or paste it").fill(json.dumps(layer | {"extends": ["https://elsewhere.example/list"]}))
    page.get_by_role("button", name="Read it").click()
    page.get_by_role("button", name="Bring it in").click()
    expect(page.get_by_role("alert")).to_contain_text("which is not here")
    assert page.locator(".table-wrap").evaluate("box => box.scrollWidth <= box.clientWidth")
