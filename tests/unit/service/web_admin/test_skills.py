"""Lists of skills at the desk: bringing one in, and what a group adds to the shared ones."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest

from issuer_service import serving
from issuer_service.web.admin import uploads
from openbadges.frameworks import DEFAULT_FRAMEWORK_LIMITS, starter_frameworks, to_document

SKILLS, LEADERSHIP = starter_frameworks()
TABLE = "code;label;label_fr;parent\nW;Wood;Bois;\nW1;Saw a board;Scier une planche;W\n"


@pytest.fixture
def listed(desk: Any) -> Any:
    desk.services.framework_imports.init_starters()
    return desk


def own(desk: Any, rest: str = "") -> str:
    return f"/desk/g/{desk.group.slug}/skills{rest}"


def layer(desk: Any) -> Any:
    return desk.services.local_layers.get(desk.group.id)


def sent(answer: Any) -> str:
    assert answer.status_code == 303, answer.text
    return str(answer.headers["Location"])


# bringing in


def test_a_list_is_read_shown_and_kept_when_somebody_says_so(listed: Any) -> None:
    browser = listed.browser("owner")
    waiting = sent(browser.post(own(listed, "/import"), {"text": TABLE, "title": "Wood work", "language": "en"}))
    assert (
        listed.services.frameworks.by_uri("https://badges.example.org/frameworks/riverside-user-group-wood-work")
        is None
    )
    page = browser.get(waiting).text
    for part in ("Wood work", "Saw a board", "2 skills", "table (CSV)", "a new list", "Not kept yet"):
        assert part in page, part
    assert sent(browser.post(waiting, {"do": "keep"})) == own(listed)
    kept = listed.services.frameworks.by_uri("https://badges.example.org/frameworks/riverside-user-group-wood-work")
    assert (kept.owner.id, kept.version.imported_by) == (listed.group.id, listed.people["owner"].id)
    after = browser.get(own(listed)).text
    assert "is here now" in after
    assert f"/frameworks/{kept.slug}" in after
    assert browser.get(waiting).status_code == 404  # it does not wait any more
    again = sent(browser.post(own(listed, "/import"), {"text": TABLE, "title": "Wood work"}))
    assert "version 2 of what is here" in browser.get(again).text
    browser.post(again, {"do": "keep"})
    assert "word for word" in browser.get(own(listed)).text
    more = sent(browser.post(own(listed, "/import"), {"text": TABLE + "W2;Plane;;W\n", "title": "Wood work"}))
    changes = browser.get(more).text.partition("What would change")[2].partition("What is in it")[0]
    assert "Plane" in changes
    assert "Saw" not in changes
    browser.post(more, {"do": "keep"})
    assert "has a new version" in browser.get(own(listed)).text


def test_everything_wrong_is_listed_with_its_place_and_the_paste_stays(listed: Any) -> None:
    browser = listed.browser("owner")
    broken = "code;label;parent\nW1;Saw;W9\nW1;Plane;\n"
    page = browser.post(own(listed, "/import"), {"text": broken, "title": "Wood"})
    assert page.status_code == 422
    for part in ("2 things in it cannot be used", "row 3", "row 2", "“W9” does not lead", "W1;Saw;W9", 'value="Wood"'):
        assert part in page.text, part
    spanish = browser.post(own(listed, "/import?lang=es"), {"text": broken, "title": "Wood"}).text
    assert "fila 3" in spanish
    file = {"file": (io.BytesIO(b'{"CFDocument": 5}'), "case.json"), "csrf": browser.csrf}
    refused = browser.client.post(own(listed, "/import?lang=en"), base_url="https://badges.example.org", data=file)
    assert refused.status_code == 422
    assert "/CFDocument" in refused.text
    assert "choose it again" in refused.text
    for given in ({}, {"text": "  "}, {"text": TABLE, "title": "x", "framework_id": "no address"}, {"text": "x"},
                  {"text": TABLE}, {"text": TABLE, "title": "x", "language": "?"}):  # fmt: skip
        assert browser.post(own(listed, "/import"), given).status_code == 422, given
    assert len(listed.services.frameworks.all()) == 2


def test_what_waits_is_ones_own_can_be_left_and_goes_after_a_day(listed: Any) -> None:
    browser = listed.browser("owner")
    waiting = sent(browser.post(own(listed, "/import"), {"text": TABLE, "title": "Wood"}))
    staged_id = waiting.rpartition("/")[2]
    listed.person("partner", listed.services.accounts.role_in(listed.people["owner"].id, listed.group.id))
    assert listed.browser("partner").get(waiting).status_code == 404
    assert listed.browser("operator").get(f"/desk/site/skills/import/{staged_id}").status_code == 404
    sent(browser.post(waiting, {"do": "drop"}))
    assert browser.get(waiting).status_code == 404
    many = [sent(browser.post(own(listed, "/import"), {"text": TABLE, "title": f"Wood {one}"})) for one in range(6)]
    assert [browser.get(one).status_code for one in many].count(404) == 1
    listed.later(hours=11)
    newest = sent(listed.browser("owner").post(own(listed, "/import"), {"text": TABLE, "title": "New"}))
    listed.later(hours=14)
    later = listed.browser("operator")
    sent(later.post("/desk/site/skills/import", {"text": TABLE, "title": "Another"}))
    fresh = listed.browser("owner")
    assert [fresh.get(one).status_code for one in (*many, newest)] == [404] * 6 + [200]


def test_an_operator_brings_in_for_everybody(listed: Any) -> None:
    browser = listed.browser("operator")
    assert "Movement organiser skills" in browser.get("/desk/site/skills").text
    waiting = sent(browser.post("/desk/site/skills/import", {"text": TABLE, "title": "Wood work"}))
    sent(browser.post(waiting, {"do": "keep"}))
    assert listed.services.frameworks.by_uri("https://badges.example.org/frameworks/wood-work").owner is None
    theirs = listed.browser("owner")
    waiting = sent(
        theirs.post(
            own(listed, "/import"),
            {"text": TABLE, "title": "x", "framework_id": "https://badges.example.org/frameworks/wood-work"},
        )
    )
    refused = theirs.post(waiting, {"do": "keep"})
    assert refused.status_code == 422
    assert "here already, for everybody" in refused.text
    assert theirs.get(waiting).status_code == 200  # nothing is lost


def test_a_list_that_is_a_layer_becomes_the_groups_own(listed: Any) -> None:
    document = {
        "format": "openbadges-framework/1",
        "id": "https://riverside.example/skills",
        "title": {"en": "Riverside skills"},
        "extends": [SKILLS.id, "https://elsewhere.example/list"],
        "skills": [{"code": "MS-F2", "label": {"en": "Mine"}, "broader": ["MS-F"]}],
    }
    browser = listed.browser("owner")
    waiting = sent(browser.post(own(listed, "/import"), {"text": json.dumps(document)}))
    page = browser.get(waiting).text
    assert "what your group adds to the shared lists" in page
    assert "https://elsewhere.example/list" in page.partition("It extends lists that are not here.")[2]
    refused = browser.post(waiting, {"do": "keep"})
    assert refused.status_code == 422
    assert "“MS-F2” is defined by “Movement organiser skills (starter)”, and “Riverside skills”" in refused.text
    document["skills"][0]["code"] = "RIV-1"
    waiting = sent(browser.post(own(listed, "/import"), {"text": json.dumps(document)}))
    refused = browser.post(waiting, {"do": "keep"})
    assert refused.status_code == 422
    assert "“Riverside skills” extends “https://elsewhere.example/list”, which is not here." in refused.text
    assert layer(listed).items == ()
    document["extends"], document["uses"] = [SKILLS.id], ["https://elsewhere.example/list"]
    waiting = sent(browser.post(own(listed, "/import"), {"text": json.dumps(document)}))
    sent(browser.post(waiting, {"do": "keep"}))
    assert [item.code for item in layer(listed).items] == ["RIV-1"]
    site = listed.browser("operator")
    waiting = sent(site.post("/desk/site/skills/import", {"text": json.dumps(document)}))
    assert "A group brings it in at its own desk" in site.get(waiting).text


def test_large_files_are_taken_from_those_who_are_signed_in_only(listed: Any) -> None:
    rows = "".join(f"L{number};Skill number {number} {'x' * 200};\n" for number in range(12_000))
    large = ("code;label;parent\n" + rows).encode()
    assert len(large) > 2 * 1024 * 1024

    def send(who: str | None, path: str) -> Any:
        browser = listed.browser(who)
        return browser.upload(path, {"title": "Large"}, ("file", large))

    assert send("operator", "/desk/site/skills/import").status_code == 303
    assert send(None, "/desk/site/skills/import").status_code == 401
    assert send("owner", own(listed, "/local/about")).status_code == 413


def test_the_server_lets_in_what_a_page_takes_and_a_little_more_to_answer_in_words() -> None:
    assert DEFAULT_FRAMEWORK_LIMITS.file_bytes < max(uploads._LARGEST.values()) < serving._LARGEST


# the local layer


def test_a_skill_of_ones_own_says_where_it_belongs(listed: Any) -> None:
    browser = listed.browser("awarder")
    assert "Nothing yet" in browser.get(own(listed)).text
    form = {"label": "Row a boat", "description": "Rows.", "language": "en"}
    lost = browser.post(own(listed, "/local/skill"), form)
    assert lost.status_code == 422
    assert "Say where it belongs, or that it is only local." in lost.text
    assert 'value="Row a boat"' in lost.text
    rows = {"to_language": ["es", "", "xx?"], "to_label": ["Remar", "", ""], "to_description": ["", "", ""]}
    form |= {"broader": "MS-O", "related": "MS-P4, MS-O1", "names": "Paddle\nScull", "evidence": "a photo", **rows}
    sent(browser.post(own(listed, "/local/skill"), form))
    (item,) = layer(listed).items
    assert (item.code, item.id) == ("RUG-1", f"{layer(listed).id}/items/rug-1")
    assert dict(item.label) == {"en": "Row a boat", "es": "Remar"}
    assert (item.targets("broader"), item.targets("related")) == (("MS-O",), ("MS-P4", "MS-O1"))
    assert (item.alt_labels["en"], item.evidence_examples) == (("Paddle", "Scull"), ("a photo",))
    page = browser.get(own(listed, "/local/skill?code=RUG-1")).text
    for part in (
        'value="Row a boat"',
        'value="Remar"',
        "Paddle\nScull",
        "MS-P4, MS-O1",
        '<option value="MS-O" selected>',
    ):
        assert part in page, part
    sent(browser.post(own(listed, "/local/skill"), {"label": "Nets", "only_local": "1", "is_group": "1"}))
    assert [(one.code, one.kind, one.only_local) for one in layer(listed).items] == [
        ("RUG-2", "group", True),
        ("RUG-1", "skill", False),
    ]
    wrong = browser.post(own(listed, "/local/skill"), {"label": "x", "broader_other": "MS-ZZ"})
    assert wrong.status_code == 422
    assert "refers to “MS-ZZ”, which does not exist" in wrong.text
    bad = {"label": "", "only_local": "1", "to_language": "?", "to_label": "x", "to_description": ""}
    refused = browser.post(own(listed, "/local/skill"), bad)
    assert "Please fill this in." in refused.text
    assert "Each translation needs a language code" in refused.text
    assert browser.get(own(listed, "/local/skill?code=MS-F2")).status_code == 404  # a shared one is not theirs
    public = browser.get("/frameworks/" + listed.services.frameworks.by_uri(layer(listed).id).slug).text
    assert "Row a boat" in public


def test_a_skill_is_changed_and_taken_out_with_what_asks_for_it(listed: Any) -> None:
    browser = listed.browser("owner")
    sent(browser.post(own(listed, "/local/skill"), {"label": "Row", "broader": "MS-O"}))
    role = {"label": "Ferry keeper", "based_on": "LR-organiser", "context": "LX-small-or-new"}
    asked = {"skill": ["RUG-1", "MS-P4", ""], "level": ["2", "3", ""]}
    sent(browser.post(own(listed, "/local/role"), {**role, **asked}))
    sent(browser.post(own(listed, "/local/skill"), {"code": "RUG-1", "label": "Row far", "broader": "MS-O"}))
    assert layer(listed).items[0].label["en"] == "Row far"
    profile = listed.services.local_layers.profile("RUG-R1", affiliate_id=listed.group.id)
    assert (profile.context, profile.levels["RUG-1"], profile.levels["MS-P4"]) == ("LX-small-or-new", 2, 3)
    sent(browser.post(own(listed, "/local/skill"), {"code": "RUG-1", "do": "remove"}))
    assert layer(listed).items == ()
    assert [one.skill for one in layer(listed).roles[0].requires] == ["MS-P4"]
    page = browser.get(own(listed, "/local/role?code=RUG-R1")).text
    assert '<option value="LR-organiser" selected>' in page
    assert '<option value="3" selected>' in page
    sent(browser.post(own(listed, "/local/role"), {"code": "RUG-R1", "do": "remove"}))
    assert layer(listed).roles == ()


def test_a_role_may_ask_more_and_never_less(listed: Any) -> None:
    browser = listed.browser("awarder")
    role = {"label": "Ferry keeper", "based_on": "LR-organiser"}
    less = browser.post(own(listed, "/local/role"), {**role, "skill": "MS-O1", "level": "1"})
    assert less.status_code == 422
    assert "A local layer may ask more, not less." in less.text
    assert '<option value="MS-O1" selected>' in less.text
    assert (
        "Choose a level for each skill."
        in browser.post(own(listed, "/local/role"), {**role, "skill": "MS-O1", "level": ""}).text
    )
    assert "Say which role it starts from" in browser.post(own(listed, "/local/role"), {"label": "x"}).text
    more = {"role": "LR-organiser", "context": "", "skill": "MS-P5", "level": "4"}
    sent(browser.post(own(listed, "/local/more"), more))
    assert listed.services.local_layers.profile("LR-organiser", affiliate_id=listed.group.id).levels["MS-P5"] == 4
    sent(browser.post(own(listed, "/local/more"), {**more, "level": "3"}))
    assert len(layer(listed).stricter) == 1
    assert '<option value="3" selected>' in browser.get(own(listed, "/local/more?role=LR-organiser")).text
    less = browser.post(own(listed, "/local/more"), {**more, "level": "1"})
    assert "A local layer may ask more, not less." in less.text
    for given in ({}, {"role": "LR-organiser"}, {**more, "role": ""}):
        assert browser.post(own(listed, "/local/more"), given).status_code == 422
    sent(browser.post(own(listed, "/local/more"), {"role": "LR-organiser", "context": "", "do": "remove"}))
    assert layer(listed).stricter == ()


def test_a_shared_skill_gets_a_local_name_and_missing_words(listed: Any) -> None:
    browser = listed.browser("awarder")
    assert "/skills/local/words?item=" in browser.get(own(listed, "/local/words?q=edit-a-thon")).text
    address = own(listed, "/local/words?item=MS-O2")
    page = browser.get(address).text
    assert 'name="to_language" value="es"' not in page  # the shared list has it in Spanish
    form = {
        "item": "MS-O2",
        "name": "Writing afternoon",
        "to_language": "pt",
        "to_label": "Maratona",
        "to_description": "",
    }
    sent(browser.post(own(listed, "/local/words"), form))
    local = layer(listed)
    assert dict(local.local_names[0].label) == {"en": "Writing afternoon"}
    assert dict(local.translations[0].label) == {"pt": "Maratona"}
    page = browser.get(address).text
    assert 'value="Writing afternoon"' in page
    assert 'value="Maratona"' in page
    taken = browser.post(own(listed, "/local/words"), {**form, "to_language": "es"})
    assert taken.status_code == 422
    assert "has a text for “MS-O2” in es already" in taken.text
    sent(browser.post(own(listed, "/local/words"), {"item": "MS-O2", "name": ""}))
    assert (layer(listed).local_names, layer(listed).translations) == ((), ())
    assert browser.get(own(listed, "/local/words?item=nothing")).status_code == 404


def test_a_skill_of_another_group_is_taken_over_with_where_it_comes_from(listed: Any) -> None:
    stranger = listed.browser("stranger")
    sent(stranger.post("/desk/g/hilltop/skills/local/skill", {"label": "Climb a hill", "broader": "MS-O"}))
    theirs = listed.services.local_layers.get(listed.services.affiliates.by_slug("hilltop").id).items[0]
    browser = listed.browser("awarder")
    for address in ("/local/adopt", "/local/adopt?q=climb"):
        page = browser.get(own(listed, address)).text
        assert f'value="{theirs.id}"' in page
        assert '<option value="MS-O" selected>' in page
    assert "No other group has a skill like that." in browser.get(own(listed, "/local/adopt?q=zzzz")).text
    sent(browser.post(own(listed, "/local/adopt"), {"item": theirs.id, "broader": "MS-O"}))
    (mine,) = layer(listed).items
    assert (mine.code, mine.adopted_from.item, mine.targets("exact")) == ("RUG-1", theirs.id, (theirs.id,))
    assert theirs.id in browser.get(own(listed, "/local")).text
    for wrong in ("", "MS-O1", mine.id, "https://nobody.example/1"):
        refused = browser.post(own(listed, "/local/adopt"), {"item": wrong})
        assert (refused.status_code, "No other group has this skill any more." in refused.text) == (422, True)


def test_every_change_can_be_undone_and_the_undoing_too(listed: Any) -> None:
    browser = listed.browser("awarder")
    sent(browser.post(own(listed, "/local/about"), {"label": "Riverside skills", "description": "Ours."}))
    sent(browser.post(own(listed, "/local/skill"), {"label": "Row", "broader": "MS-O"}))
    sent(browser.post(own(listed, "/local/skill"), {"label": "Swim", "broader": "MS-O"}))
    page = browser.get(own(listed, "/local")).text
    assert "Undo the last change" in page
    sent(browser.post(own(listed, "/local/versions/2")))
    assert [item.label["en"] for item in layer(listed).items] == ["Row"]
    sent(browser.post(own(listed, "/local/versions/3")))
    assert [item.label["en"] for item in layer(listed).items] == ["Row", "Swim"]
    assert layer(listed).title["en"] == "Riverside skills"
    assert browser.post(own(listed, "/local/versions/99")).status_code == 404
    assert listed.browser("stranger").post("/desk/g/hilltop/skills/local/versions/1").status_code == 404
    assert browser.post(own(listed, "/local/about"), {"label": ""}).status_code == 422
    assert "Riverside skills" in browser.get(own(listed, "/local/about")).text


def test_a_layer_that_does_not_fit_any_more_is_named_and_can_be_mended(listed: Any) -> None:
    browser = listed.browser("awarder")
    sent(browser.post(own(listed, "/local/skill"), {"label": "Row", "broader": "MS-O"}))
    shared = to_document(SKILLS)
    shared["skills"].append({"code": "RUG-1", "label": {"en": "Shared now"}})
    listed.services.framework_imports.import_files([json.dumps(shared).encode()], user_id="u")
    for address in ("", "/local"):
        assert "“RUG-1” is defined by" in browser.get(own(listed, address)).text
    sent(browser.post(own(listed, "/local/skill"), {"code": "RUG-1", "do": "remove"}))
    assert "“RUG-1” is defined by" not in browser.get(own(listed, "/local")).text


def test_a_group_that_is_not_approved_keeps_what_was_typed(listed: Any) -> None:
    listed.services.affiliates.close(listed.group.id)
    browser = listed.browser("owner")
    refused = browser.post(own(listed, "/local/skill"), {"label": "Row", "broader": "MS-O"})
    assert refused.status_code == 422
    assert 'value="Row"' in refused.text
    assert "approve" in refused.text
