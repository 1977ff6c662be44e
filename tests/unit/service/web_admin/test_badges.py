"""The form of a badge: preview, pictures, skills, levels, translations, publishing."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from typing import Any

import pytest

from issuer_service.services.designer import PLAIN, draw
from openbadges.frameworks import ImportOptions, starter_frameworks

GOOD = {
    "name": "Host",
    "description": "Hosts events.",
    "criteria": "One *event*.",
    "language": "en",
    "picture": "design",
}


def _path(desk: Any, rest: str = "new") -> str:
    return f"/desk/g/{desk.group.slug}/badges/{rest}"


def _only(desk: Any) -> Any:
    (held,) = desk.services.achievements.all(desk.group.id)
    return held


def test_preview_works_without_script_and_keeps_nothing(desk: Any) -> None:
    browser = desk.browser("owner")
    page = browser.post(_path(desk), {**GOOD, "do": "preview", "letters": "Hi", "levels": "Gold: much\nSilver"})
    assert page.status_code == 200
    preview = page.text.partition('id="preview"')[2]
    for part in ("Host", "Hosts events.", "<em>event</em>", "letters=Hi", "Gold · Silver"):
        assert part in preview
    assert desk.services.achievements.all(desk.group.id) == []


def test_preview_shows_what_people_typed_as_text(desk: Any) -> None:
    browser = desk.browser("owner")
    page = browser.post(
        _path(desk), {**GOOD, "do": "preview", "name": "<script>alert(1)</script>", "criteria": "<b>x</b>"}
    )
    assert "<script>alert" not in page.text
    assert "<b>x</b>" not in page.text


def test_a_badge_is_saved_with_a_picture_that_describes_itself(desk: Any) -> None:
    browser = desk.browser("owner")
    form = {
        **GOOD,
        "do": "publish",
        "shape": "hexagon",
        "colour": "teal",
        "symbol": "book",
        "letters": "HI",
        "tags": "wiki, event",
        "levels": "Bronze: one\nGold",
        "valid_days": "365",
        "suspendable": "1",
        "skill_name": ["Planning", ""],
        "skill_url": ["https://skills.example/1", ""],
        "skill_framework": ["Skills", ""],
        "skill_code": ["S1", ""],
        "to_language": ["es", "fr", ""],
        "to_name": ["Anfitrión", "", ""],
        "to_description": ["Organiza.", "", ""],
        "to_criteria": ["Un evento.", "", ""],
    }
    answer = browser.post(_path(desk), form)
    held = _only(desk)
    assert answer.headers["Location"] == f"/desk/g/{desk.group.slug}/give/{held.achievement.id}"
    assert (held.achievement.state, held.achievement.suspendable) == ("published", True)
    version = held.version
    assert desk.services.images.get(version.image_id).alt == "Hexagon, Teal, Book, HI"
    assert version.translations["es"]["name"] == "Anfitrión"
    assert version.alignments[0]["targetCode"] == "S1"
    assert [level["name"] for level in version.levels] == ["Bronze", "Gold"]
    page = browser.get(_path(desk, held.achievement.id)).text
    for part in ("Bronze: one\nGold", "https://skills.example/1", "Anfitrión", 'value="365"', 'value="wiki, event"'):
        assert part in page


def test_an_edit_keeps_the_picture_and_makes_a_new_version(desk: Any) -> None:
    browser = desk.browser("owner")
    browser.post(_path(desk), {**GOOD, "do": "save"})
    before = _only(desk)
    kept = {**GOOD, "picture": "keep", "image_id": before.version.image_id, "do": "save", "name": "Hostess"}
    assert browser.post(_path(desk, before.achievement.id), kept).status_code == 303
    after = _only(desk)
    assert (after.version.name, after.version.number) == ("Hostess", 2)
    assert after.version.image_id == before.version.image_id


def test_what_is_wrong_stands_beside_the_field(desk: Any) -> None:
    browser = desk.browser("owner")
    form = {**GOOD, "do": "save", "name": "", "valid_days": "soon", "letters": "漢" * 30, "to_language": ["x_y"],
            "to_name": ["Nom"], "to_description": [""], "to_criteria": [""], "skill_name": ["A"], "skill_url": ["b"],
            "skill_framework": [""], "skill_code": [""]}  # fmt: skip
    page = browser.post(_path(desk), form)
    assert page.status_code == 422
    for name in ("name", "valid_days"):
        assert f'id="e-{name}"' in page.text
    assert "Skill number 1" in page.text
    assert "at most 24 characters" in page.text
    browser.post(_path(desk), {**GOOD, "do": "save", "to_language": ["x_y"], "to_name": ["Nom"], "to_description": [""],
                               "to_criteria": [""]})  # fmt: skip
    assert desk.services.achievements.all(desk.group.id) == []


def test_s_up_1_a_refused_picture_says_why_and_a_good_one_is_kept_while_the_rest_is_mended(desk: Any) -> None:
    browser = desk.browser("owner")
    upload = {**GOOD, "do": "save", "picture": "upload", "alt": "A star"}
    missing = browser.post(_path(desk), upload)
    assert "Choose a file" in missing.text
    gif = browser.post(_path(desk), {**upload, "image": (io.BytesIO(b"GIF89a"), "x.gif")})
    assert "Only PNG, JPEG and SVG" in gif.text
    no_words = browser.post(_path(desk), {**upload, "alt": "", "image": (io.BytesIO(draw(PLAIN)), "x.png")})
    assert 'id="e-alt"' in no_words.text
    half = browser.post(_path(desk), {**upload, "name": "", "image": (io.BytesIO(draw(PLAIN)), "../x.png")})
    assert half.status_code == 422
    image_id = half.text.partition('name="image_id" value="')[2].partition('"')[0]
    assert desk.services.images.get(image_id).alt == "A star"
    assert browser.post(_path(desk), {**GOOD, "do": "save", "picture": "keep", "image_id": image_id}).status_code == 303
    assert _only(desk).version.image_id == image_id


def test_s_az_1_a_picture_of_another_group_cannot_be_used(desk: Any) -> None:
    hilltop = desk.services.affiliates.by_slug("hilltop")
    image = desk.services.images.add_design(hilltop.id, replace(PLAIN, alt="A circle"))
    browser = desk.browser("owner")
    for named in (image.id, "f" * 32, "a\x00", "x" * 999):
        form = {**GOOD, "tags": "one, two", "picture": "keep", "image_id": named, "do": "save"}
        page = browser.post(_path(desk), form)
        assert page.status_code == 422
        assert page.text.count("The picture is not there any more. Choose one below, then save again.") == 2
        assert '<a href="#picture">Picture – The picture is not there any more.' in page.text
        assert named not in page.text
        for kept in ('value="Host"', "Hosts events.", 'value="one, two"', 'value="design" checked'):
            assert kept in page.text
    assert desk.services.achievements.all(desk.group.id) == []
    assert browser.post(_path(desk), {**form, "picture": "design"}).status_code == 303  # it is of no use then
    own = _only(desk)
    page = browser.post(_path(desk, own.achievement.id), form)
    assert page.status_code == 422
    assert f'name="image_id" value="{own.version.image_id}"' in page.text
    assert 'value="keep" checked' in page.text
    assert _only(desk) == own


def test_the_designer_draws_for_the_preview(desk: Any) -> None:
    browser = desk.browser("viewer")
    answer = browser.get(f"/desk/g/{desk.group.slug}/draw.png?shape=shield&colour=plum&symbol=globe&letters=A")
    assert answer.data.startswith(b"\x89PNG")
    assert browser.get(f"/desk/g/{desk.group.slug}/draw.png?shape=blob").status_code == 422


def test_publish_archive_and_filter(desk: Any) -> None:
    achievement_id, browser = desk.achievement(publish=False), desk.browser("owner")
    path = _path(desk, f"{achievement_id}/state")
    browser.post(path, {"do": "archive"})
    assert "never published" in browser.get(_path(desk, "")[:-1]).text
    for do, state in (("publish", "published"), ("archive", "archived"), ("publish", "published")):
        browser.post(path, {"do": do})
        assert _only(desk).achievement.state == state
    assert browser.post(path, {"do": "dance"}).status_code == 400
    listed = _path(desk, "")[:-1]
    assert "Edit-a-thon host" in browser.get(f"{listed}?state=published").text
    assert "No badge is in this state" in browser.get(f"{listed}?state=draft").text
    assert "Publish again" not in browser.get(listed).text


def test_an_empty_list_says_what_to_do(desk: Any) -> None:
    page = desk.browser("owner").get(_path(desk, "")[:-1]).text
    assert "No badges yet" in page
    assert "/badges/new" in page
    assert "No badge is published" in desk.browser("owner").get(f"/desk/g/{desk.group.slug}/give").text


# skills


@pytest.fixture
def listed(desk: Any) -> Any:
    desk.services.framework_imports.init_starters()
    return desk


def _skill(code: str) -> Any:
    return next(item for framework in starter_frameworks() for item in framework.items if item.code == code)


def _adopted(desk: Any) -> Any:
    return desk.services.achievements.get(desk.group.id, _only(desk).achievement.id).version


def test_a_skill_is_found_added_and_asked_to_a_level_without_script(listed: Any) -> None:
    browser, privacy, trust = listed.browser("owner"), _skill("MS-P4"), _skill("LD-R2")
    form = {**GOOD, "name": "Keeper", "find": "privacy"}
    page = browser.post(_path(listed), {**form, "search": "1"})
    assert (page.status_code, 'value="Keeper"' in page.text) == (200, True)
    assert f'name="add" value="{privacy.id}"' in page.text
    page = browser.post(_path(listed), {**form, "add": privacy.id}).text
    assert f'name="picked" value="{privacy.id}"' in page
    assert "3 · Independent" in page
    esco = next(match.uri for match in privacy.mappings if match.match == "close")
    assert f'name="also" value="{esco}">' in page
    picked = {"picked": [privacy.id, trust.id], "picked_level": ["3", "0"], "also": esco}
    preview = browser.post(_path(listed), {**form, **picked, "do": "preview"}).text.partition('id="preview"')[2]
    assert "at least \u2068Independent\u2069" in preview
    typed = {"skill_name": "Planning", "skill_url": "https://skills.example/1", "skill_framework": "", "skill_code": ""}
    assert browser.post(_path(listed), {**form, **picked, **typed, "do": "save"}).status_code == 303
    version = _adopted(listed)
    urls = [one["targetUrl"] for one in version.alignments]
    assert urls == [privacy.id, esco, trust.id, "https://skills.example/1"]
    assert version.alignments[1]["targetType"] == "ext:ESCOAlignment"
    assert [(one["skill"], one["required"]) for one in version.rubrics] == [(privacy.id, 3), (trust.id, None)]
    assert [level["name"] for level in version.rubrics[0]["levels"]][2] == "Independent"
    kept = browser.get(_path(listed, _only(listed).achievement.id)).text
    assert f'name="also" value="{esco}" checked' in kept
    assert '<option value="3" selected>' in kept
    assert '<option value="0" selected>' in kept
    assert 'value="https://skills.example/1"' in kept


def test_a_skill_is_taken_away_and_the_words_follow_the_language_of_the_badge(listed: Any) -> None:
    browser, privacy, event = listed.browser("owner"), _skill("MS-P4"), _skill("MS-O1")
    picked = {"picked": [privacy.id, event.id], "picked_level": ["9", "2"]}
    page = browser.post(_path(listed), {**GOOD, **picked, "remove": privacy.id}).text
    assert f'value="{privacy.id}"' not in page
    assert f'name="picked" value="{event.id}"' in page
    typed = {"skill_name": "x", "skill_url": event.id, "skill_framework": "", "skill_code": ""}
    form = {**GOOD, "language": "es", "do": "save", "picked": [privacy.id], "picked_level": ["9"], **typed}
    browser.post(_path(listed), form)
    version = _adopted(listed)
    assert [one["targetName"] for one in version.alignments] == [privacy.label["es"], event.label["es"]]
    assert version.rubrics == ()  # there is no level 9
    nothing = browser.post(_path(listed), {**GOOD, "find": "zzzzzz", "search": "1"}).text
    assert "Nothing found that is not there already" in nothing
    found = browser.post(_path(listed), {**GOOD, "find": "x" * 5_000, "add": "https://nobody.example/1"})
    assert found.status_code == 200


def test_a_list_of_another_group_is_found_by_its_owner_only(listed: Any) -> None:
    hilltop = listed.services.affiliates.by_slug("hilltop")
    table = b"code;label\nH1;Climb a hill quietly\n"
    options = ImportOptions(framework_id="https://hilltop.example/list", title="Hills")
    listed.services.framework_imports.import_files([table], user_id="u", affiliate_id=hilltop.id, options=options)
    form = {**GOOD, "find": "climb quietly", "search": "1"}
    assert "Climb a hill quietly" not in listed.browser("owner").post(_path(listed), form).text
    stranger = listed.browser("stranger").post("/desk/g/hilltop/badges/new", form)
    assert "Climb a hill quietly" in stranger.text


def test_the_levels_of_skills_are_offered_when_the_badge_is_given(listed: Any) -> None:
    browser, privacy = listed.browser("owner"), _skill("MS-P4")
    browser.post(_path(listed), {**GOOD, "do": "publish", "picked": privacy.id, "picked_level": "3"})
    address = f"/desk/g/{listed.group.slug}/give/{_only(listed).achievement.id}"
    page = browser.get(address).text
    assert "As the badge asks" in page
    assert "<option>Independent</option><option>Guiding others</option>" in page
    rows = "recipient,level\nAda,Guiding others\nBen,Getting started"
    preview = browser.post(address, {"recipients": rows, "do": "preview"}).text
    assert "Guiding others" in preview
    assert 'name="level-1"' in preview  # a level below what the badge asks is to be chosen anew


def test_what_somebody_else_saved_meanwhile_is_not_overwritten_unseen(desk: Any) -> None:
    desk.achievement(publish=False)
    path, browser = _path(desk, _only(desk).achievement.id), desk.browser("owner")
    seen = re.findall(r'name="seen" value="(\d+)"', browser.get(path).text)
    assert seen == ["1"]
    theirs, mine = {**GOOD, "name": "Theirs"}, {**GOOD, "name": "Mine", "picture": "keep"}
    assert browser.post(path, {**theirs, "do": "save", "seen": "1"}).status_code == 303
    late = browser.post(path, {**mine, "do": "save", "seen": "1"})
    assert late.status_code == 409
    assert "Somebody else saved this badge while you were changing it." in late.text
    assert 'value="Mine"' in late.text
    assert _only(desk).version.name == "Theirs"
    (now,) = re.findall(r'name="seen" value="(\d+)"', late.text)
    assert browser.post(path, {**mine, "do": "save", "seen": now}).status_code == 303
    assert _only(desk).version.name == "Mine"
    assert browser.post(path, {**mine, "do": "save", "seen": now}).status_code == 303  # sent twice: nothing is new
    assert _only(desk).achievement.version == 3
    assert browser.post(path, {**mine, "name": "x", "do": "save", "seen": "²"}).status_code == 303


def test_a_picture_that_is_too_large_leaves_everything_else_in_the_form(desk: Any) -> None:
    browser = desk.browser("owner")
    form = {**GOOD, "picture": "upload", "alt": "A medal", "tags": "one, two", "do": "publish"}
    page = browser.upload(_path(desk), form, ("image", draw(PLAIN) + bytes(5 << 20)))
    assert page.status_code == 422
    error = re.search(r'id="e-image">(.*?)</span>', page.text, re.S)
    assert error
    assert "This picture is larger than 2 MiB. Save it smaller, or as JPEG, and choose that." in error[1]
    assert f'<a href="#f-image">Picture – {error[1].rpartition("> ")[2]}</a>' in page.text  # it is long on a phone
    for kept in ('value="Host"', "Hosts events.", 'value="A medal"', 'value="one, two"', 'value="upload" checked'):
        assert kept in page.text
    assert desk.services.achievements.all(desk.group.id) == []


def test_every_reason_above_the_form_leads_to_a_place_in_it(desk: Any) -> None:
    wrong = {
        **GOOD, "name": "", "description": "", "criteria": "", "language": "?", "achievement_type": "x", "method": "x",
        "levels": "x" * 9_000, "valid_days": "x", "tags": "x" * 900, "alt": "x" * 400, "shape": "x", "colour": "x",
        "symbol": "x", "letters": "x" * 99, "to_language": "?", "to_name": "x", "to_description": "", "to_criteria": "",
        "skill_name": "x", "skill_url": "x", "skill_framework": "", "skill_code": "", "do": "save",
    }  # fmt: skip
    pages = [desk.browser("owner").post(_path(desk), {**wrong, **more}).text for more in ({}, {"picture": "upload"})]
    pages.append(
        desk.browser("owner").post(_path(desk), {**GOOD, "picture": "keep", "image_id": "x" * 999, "do": "save"}).text
    )
    places = {place for page in pages for place in re.findall(r'<li><a href="#([^"]+)">', page)}
    assert {"f-name", "f-image", "f-letters", "translations", "picture"} <= places
    for page in pages:
        assert all(f'id="{place}"' in page for place in re.findall(r'<li><a href="#([^"]+)">', page))
        reasons = re.findall(r'<li><a href="#[^"]+">([^<]+)', page)
        assert all(" – " in reason for reason in reasons)  # each names its field
    assert '<a href="#f-name">Name – Please fill this in.</a>' in pages[0]
    assert '<a href="#f-criteria">What somebody has to do for it – Please fill this in.</a>' in pages[0]
