"""Lists of skills, a skill, and what a role asks, for everybody."""

from __future__ import annotations

import io
import json
from datetime import timedelta
from typing import Any

import pytest
from flask import url_for
from werkzeug.exceptions import TooManyRequests

from issuer_service.web import limits
from openbadges.frameworks import ImportOptions, read_framework, starter_frameworks, to_alignment, to_document

SKILLS, LEADERSHIP = starter_frameworks()
CODES = {item.code: (item, framework) for framework in (SKILLS, LEADERSHIP) for item in framework.items}
LAYER: dict[str, Any] = {
    "format": "openbadges-framework/1",
    "id": "https://badges.riverside.example/frameworks/riverside-skills",
    "title": {"en": "Riverside skills"},
    "extends": [SKILLS.id, LEADERSHIP.id],
    "languages": ["en"],
    "skills": [
        {
            "code": "RIV-1",
            "label": {"en": "Row a boat"},
            "broader": ["MS-O"],
            "adoptedFrom": {"framework": "https://x.example/f", "item": "https://x.example/f/1", "version": "2"},
        },
        {"code": "RIV-2", "label": {"en": "Mend a net"}, "onlyLocal": True},
    ],
    "roles": [
        {
            "code": "RIV-R",
            "label": {"en": "Ferry keeper"},
            "basedOn": "LR-organiser",
            "context": "LX-small-or-new",
            "requires": [{"skill": "RIV-1", "level": 2}],
        }
    ],
    "stricter": [{"role": "LR-organiser", "requires": [{"skill": "MS-P5", "level": 4}]}],
    "localNames": [{"item": "MS-O2", "label": {"en": "Run a writing afternoon"}}],
}
ESCO = {
    "type": ["Alignment"],
    "targetType": "ext:ESCOAlignment",
    "targetName": "plan events",
    "targetFramework": "ESCO",
    "targetUrl": "http://data.europa.eu/esco/skill/a4b7f1be-7058-45e4-ac90-66580499187f",
}


def cited(*codes: str) -> list[dict[str, Any]]:
    return [to_alignment(CODES[code][0], "en", framework=CODES[code][1]) for code in codes]


def rubric(code: str, required: int) -> dict[str, Any]:
    item, framework = CODES[code]
    levels = [{"level": level.order, "name": level.label["en"]} for level in framework.levels]
    return {"skill": item.id, "required": required, "levels": levels}


@pytest.fixture
def started(house: Any) -> Any:
    house.services.framework_imports.init_starters()
    return house


@pytest.fixture
def layered(started: Any, riverside: Any) -> Any:
    started.services.local_layers.save(riverside.id, LAYER, user_id="u")
    return started


def test_the_lists_and_one_search_over_all_of_them(layered: Any) -> None:
    page = layered.page("/frameworks")
    hrefs = [link["href"] for link in page.all("a")]
    for slug in ("movement-skills", "leadership", "riverside-skills"):
        assert f"/frameworks/{slug}" in hrefs
    assert "Riverside User Group" in page.words
    found = layered.page("/frameworks?q=evento")
    assert "Plan an event" in found.words
    assert layered.page("/frameworks?q=zzzz").words.count("Nothing found") == 1


def test_a_list_is_a_tree_in_the_language_of_the_reader(layered: Any) -> None:
    page = layered.page("/frameworks/movement-skills")
    assert page.answer.vary.find("Accept") >= 0
    for text in ("Teaching and learning", "Plan a learning session", "CC0 1.0", "0.1.0", "Guiding others"):
        assert text in page.words
    assert "التخطيط لجلسة تعليمية" in layered.page("/frameworks/movement-skills?lang=ar").words
    swahili = layered.page("/frameworks/movement-skills?lang=sw")
    assert {"dir": "auto", "lang": "sw"} in [attributes for _, attributes in swahili.tags]
    assert "Kupanga kipindi cha kujifunza" in swahili.words
    local = layered.page("/frameworks/riverside-skills?lang=en")
    assert "The local layer of" in local.words
    assert "Ferry keeper" in local.words
    assert layered.get("/frameworks/nothing").status_code == 404


def test_every_list_can_be_taken_along_and_read_back(layered: Any) -> None:
    data = layered.get("/frameworks/leadership", Accept="application/json")
    assert read_framework(data.data) == LEADERSHIP
    assert "Content-Disposition" not in data.headers
    for form in ("json", "case", "ctdl-asn", "csv"):
        answer = layered.get(f"/frameworks/movement-skills/files/{form}", Accept="*/*")
        assert answer.status_code == 200
        assert "movement-skills-1." in answer.headers["Content-Disposition"]
        read = read_framework(answer.data)
        assert {item.code or "" for item in read.items} <= {"", *CODES}
        assert len(read.items) == len(SKILLS.items)
        again = layered.get(f"/frameworks/movement-skills/files/{form}", If_None_Match=answer.headers["ETag"])
        assert (again.status_code, again.data) == (304, b"")


def test_versions_stay_where_they_are(layered: Any) -> None:
    document = to_document(SKILLS)
    document["skills"][0]["label"]["en"] = "Plan a lesson"
    gone = document["skills"].pop()
    for group in document["groups"]:
        group["narrower"] = [one for one in group["narrower"] if one != gone["code"]]
    for skill in document["skills"]:
        skill["related"] = [one for one in skill.get("related", []) if one != gone["code"]]
    layered.services.framework_imports.import_files([json.dumps(document).encode()], user_id="u")
    assert "Plan a lesson" in layered.page("/frameworks/movement-skills").words
    old = layered.page("/frameworks/movement-skills?version=1")
    assert "This is version 1 of 2." in old.words
    assert "Plan a learning session" in old.words
    assert "Plan a learning session" in layered.page("/frameworks/movement-skills/items/ms-t1?version=1").words
    assert "Plan a lesson" in layered.page("/frameworks/movement-skills/items/ms-t1?version=2").words
    removed = layered.page(f"/frameworks/movement-skills/items/{gone['code'].lower()}")
    assert "does not have this any more" in removed.words
    assert layered.get("/frameworks/movement-skills/items/ms-t1?version=x").status_code == 404
    assert layered.get("/frameworks/movement-skills?version=9").status_code == 404
    changes = layered.page("/frameworks/movement-skills/versions/2")
    for text in ("Plan a lesson", "Plan a learning session", "taken out", gone["code"], "Skills and groups"):
        assert text in changes.words, text
    assert "all of it was new" in layered.page("/frameworks/movement-skills/versions/1").words
    assert layered.get("/frameworks/movement-skills/versions/3").status_code == 404
    versions = layered.page("/frameworks/movement-skills/versions")
    assert "/frameworks/movement-skills/versions/2" in [link["href"] for link in versions.all("a")]
    assert [link["href"] for link in versions.all("a")].count("/frameworks/movement-skills?version=1") == 1


def test_a_skill_says_what_it_means_and_who_asks_for_it(layered: Any, riverside: Any) -> None:
    achievement_id = layered.achievement(riverside, alignments=cited("MS-O2"))
    page = layered.page("/frameworks/movement-skills/items/ms-o2")
    for text in (
        "Run an edit-a-thon", "MS-O2", "Independent", "event page", "Run a writing afternoon", "Related",
        "broader there", "coordinate events", "Kuendesha",
    ):  # fmt: skip
        assert text in page.words, text
    assert f"/achievements/{achievement_id}" in [link["href"] for link in page.all("a")]
    governed = layered.page("/frameworks/movement-skills/items/ms-g5")
    assert "Board or committee member" in governed.words
    assert "at most level 1" in governed.words
    local = layered.page("/frameworks/riverside-skills/items/riv-1")
    assert "Getting started" in local.words  # the levels of the list below
    assert "Taken over from" in local.words
    assert "Only local" in layered.page("/frameworks/riverside-skills/items/riv-2").words
    assert "Row a boat" in layered.page("/frameworks/movement-skills/items/ms-o").words  # stated there by code
    assert layered.get("/frameworks/movement-skills/items/nothing").status_code == 404


def test_a_skill_is_data_for_programs(layered: Any, riverside: Any) -> None:
    achievement_id = layered.achievement(riverside, alignments=cited("MS-O2"))
    answer = layered.get("/frameworks/movement-skills/items/ms-o2?lang=fr", Accept="application/json")
    found = answer.get_json()
    assert answer.headers["Content-Language"] == "fr"
    assert {"Accept", "Accept-Language"} <= set(answer.headers["Vary"].split(", "))
    assert found["label"] == CODES["MS-O2"][0].label["fr"]
    assert found["id"] == CODES["MS-O2"][0].id
    assert found["url"] == "https://badges.example.org/frameworks/movement-skills/items/ms-o2"
    assert found["usedBy"] == [f"https://badges.example.org/achievements/{achievement_id}"]
    assert [one["code"] for one in found["broader"]] == ["MS-O"]
    assert [one["level"] for one in found["levels"]] == [1, 2, 3, 4]
    assert found["alignment"]["targetName"] == found["label"]
    assert found["record"]["code"] == "MS-O2"


def test_the_page_of_a_badge_shows_its_skills_with_levels_in_english_and_arabic(started: Any, riverside: Any) -> None:
    """The line of the issue: two items of a framework, an ESCO skill and a level; it verifies and links its skills."""
    fields = {"alignments": [*cited("MS-O1", "LD-R2"), ESCO], "rubrics": [rubric("MS-O1", 3), rubric("LD-R2", 2)]}
    achievement_id = started.achievement(riverside, **fields)
    award = started.award(riverside, achievement_id, level="Guiding others")
    page = started.page(f"/b/{award.id}")
    assert page.verdict == "verdict.pass"
    hrefs = [link["href"] for link in page.all("a")]
    links = ["/frameworks/movement-skills/items/ms-o1", "/frameworks/leadership/items/ld-r2", ESCO["targetUrl"]]
    assert [href for href in hrefs if href in links] == links
    for text in (
        "Plan an event",
        "Guiding others 4 of 4",
        "Movement organiser skills (starter) · MS-O1",
        "plan events",
    ):
        assert text in page.words, text
    arabic = started.page(f"/b/{award.id}?lang=ar")
    assert [link["href"] for link in arabic.all("a") if link["href"] in links] == links
    for text in (CODES["MS-O1"][0].label["ar"], SKILLS.levels[3].label["ar"], SKILLS.title["ar"], "Plan an event"):
        assert text in arabic.words, text
    asked = started.page(f"/achievements/{achievement_id}?lang=en")
    assert "at least \u2068Independent\u2069 3 of 4" in asked.words


# roles


def test_what_a_role_asks_here_with_the_reason_of_every_number(layered: Any) -> None:
    start = layered.page("/roles")
    assert "Leading is not a title" in start.words
    assert "/roles?role=LR-organiser" in " ".join(link["href"] for link in start.all("a"))
    page = layered.page("/roles?role=RIV-R&of=riverside-user-group")
    for text in (
        "Ferry keeper", "Small or new community", "Row a boat", "the local role “Ferry keeper” asks level 2",
        "Riverside skills asks level 4 of everybody in this role", "Why: the role “Event or campaign organiser” asks",
        "Organising events and campaigns",
    ):  # fmt: skip
        assert text in page.words, text
    risky = layered.page("/roles?role=LR-organiser&context=LX-high-risk")
    assert "“High-risk civic space” asks at least level 4" in risky.words
    assert "Evidence is looked at, and not shown in public." in risky.words
    small = layered.page("/roles?role=LR-board-member&context=LX-small-or-new")
    assert "“Small or new community” asks at most level 1" in small.words
    assert "“Small or new community” asks 1 level more" in small.words
    unknown = layered.page("/roles?role=nothing&of=riverside-user-group")
    assert "There is no role “nothing” here." in unknown.words
    assert layered.get("/roles?role=LR-organiser&of=nobody").status_code == 404


@pytest.fixture
def skilled(layered: Any, riverside: Any) -> tuple[Any, Any]:
    """A badge for two skills of an organiser: one as far as is asked, one not so far; and the site."""
    fields = {"alignments": cited("MS-O1", "MS-P5"), "rubrics": [rubric("MS-O1", 3), rubric("MS-P5", 2)]}
    return layered, layered.award(riverside, layered.achievement(riverside, **fields))


def _compared(house: Any, *files: tuple[bytes, str], path: str = "/roles", **fields: str) -> tuple[Any, dict[str, str]]:
    """The page, and the state of each skill."""
    given = {"role": "LR-organiser", "of": "riverside-user-group", **fields}
    data = {**given, "file": [(io.BytesIO(content), name) for content, name in files]}
    answer = house.client.post(path, base_url="https://badges.example.org", data=data, headers={"Accept": "text/html"})
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    rows = answer.text.split('data-state="')[1:]
    codes = [row.partition('class="soft code">')[2].partition("<")[0] for row in rows]
    return answer, dict(zip(codes, [row.partition('"')[0] for row in rows], strict=True))


def test_a_dropped_badge_shows_what_is_there_and_what_is_missing(skilled: Any) -> None:
    house, award = skilled
    data = house.services.issuance.baked(award, "png")
    answer, states = _compared(house, (data, "mine.png"), (data, "again.png"))
    assert (states["MS-O1"], states["MS-P5"], states["LD-D1"]) == ("met", "below", "missing")
    assert "1 of 14 skills are shown." in answer.text.replace("</strong>", "")
    assert answer.text.count('<li class="pass">') == 1  # the same badge twice is one badge
    assert "a badge shows level 2" in answer.text
    carried = answer.text.partition('name="carried" value="')[2].partition('"')[0]
    assert carried.startswith("{&#34;")
    with house.services.store.read() as work:
        assert len(work.find_awards(award.affiliate_id).items) == 1  # nothing was kept


def test_carried_badges_count_for_another_role(skilled: Any) -> None:
    house, award = skilled
    _, states = _compared(house, role="RIV-R", carried=award.signed_json, file="")
    assert states["MS-O1"] == "met"
    assert states["RIV-1"] == "missing"


def test_what_does_not_verify_counts_for_nothing_and_says_so(skilled: Any) -> None:
    house, award = skilled
    changed = award.signed_json.replace("Edit-a-thon host", "Edit-a-thon boss")
    assert changed != award.signed_json
    answer, states = _compared(house, (changed.encode(), "forged.json"), (b"hello", "letter.txt"))
    assert set(states.values()) == {"missing"}
    assert answer.text.count("Counts for nothing:") == 2
    assert "boss" not in answer.text.replace(changed, "").partition('<ul class="checks')[2].partition("</ul>")[0]
    house.services.status_changes.revoke(award.affiliate_id, award.id, "issued_in_error")
    house.clock.move(timedelta(hours=2))
    answer, states = _compared(house, (award.signed_json.encode(), "mine.json"))
    assert set(states.values()) == {"missing"}
    assert "withdrawn" in answer.text
    empty, _ = _compared(house, file="")
    assert "There is nothing to look at yet." in empty.text


def test_a_private_link_brings_its_badge(skilled: Any) -> None:
    house, award = skilled
    secret = house.link(award)
    assert f"/r/{secret}/roles" in house.get(f"/r/{secret}").text
    answer = house.get(f"/r/{secret}/roles?role=LR-organiser")
    assert answer.headers["Cache-Control"] == "no-store"
    assert 'data-state="met"' in answer.text
    _, states = _compared(house, text=f"https://badges.example.org/r/{secret}", file="")
    assert states["MS-O1"] == "met"
    wrong, states = _compared(house, text="https://badges.example.org/r/" + "x" * 43, file="")
    assert set(states.values()) == {"missing"}
    assert "Counts for nothing:" in wrong.text
    assert house.post(f"/r/{secret}/roles", {"role": "LR-organiser"}).status_code == 400  # S-CSRF-1
    csrf = answer.text.partition('name="csrf" value="')[2].partition('"')[0]
    _, states = _compared(house, path=f"/r/{secret}/roles", csrf=csrf, file="")
    assert states["MS-O1"] == "met"
    house.services.receiving.erase(secret)
    assert house.get(f"/r/{secret}/roles").status_code in (404, 410)


def test_a_layer_that_the_shared_lists_outgrew_is_named(layered: Any) -> None:
    document = to_document(SKILLS)
    document["skills"].append({"code": "RIV-1", "label": {"en": "Shared now"}})
    layered.services.framework_imports.import_files([json.dumps(document).encode()], user_id="u")
    page = layered.page("/roles?role=LR-organiser&of=riverside-user-group")
    assert "does not fit the shared lists" in page.words
    assert "“RIV-1” is defined by" in page.words
    assert "Plan an event" in page.words


# large lists


def test_a_large_list_is_opened_page_by_page(house: Any) -> None:
    rows = [f"L{number};Skill {number};{'L' + str(number % 10) if number > 260 else ''}" for number in range(1, 600)]
    rows = [row.replace(";L0", ";L10") for row in rows]
    options = ImportOptions(framework_id="https://x.example/large", title="Large")
    table = "\n".join(["code;label;parent", *rows]).encode()
    made = house.services.framework_imports.import_files([table], user_id="u", options=options)
    slug = made.view.slug
    first = house.page(f"/frameworks/{slug}")
    assert "Page 1 of 3" in first.words
    assert len(first.answer.data) < 100_000
    assert f"/frameworks/{slug}/items/l100" in [link["href"] for link in first.all("a")]
    assert f"/frameworks/{slug}/items/l101" not in [link["href"] for link in first.all("a")]
    last = house.page(f"/frameworks/{slug}?page=3")
    assert f"/frameworks/{slug}/items/l260" in [link["href"] for link in last.all("a")]
    branch = house.page(f"/frameworks/{slug}/items/l1")
    assert "Skill 261" in branch.words
    assert house.get(f"/frameworks/{slug}?page=999999").status_code == 200

    # S-RATE-1: an older version has to be read whole
    newer = house.services.framework_imports.import_files([table + b"\nL600;Skill 600;"], user_id="u", options=options)
    assert (newer.view.slug, newer.view.version.number) == (slug, 2)
    for _ in range(limits.LIMITS["export"].most):
        assert house.get(f"/frameworks/{slug}?version=1").status_code == 200
    assert house.get(f"/frameworks/{slug}?version=1").status_code == 429
    assert house.get(f"/frameworks/{slug}?version=2").status_code == 200
    assert house.get(f"/frameworks/{slug}/files/json").status_code == 429


def test_s_rate_1_a_very_large_list_counts_for_many(house: Any) -> None:
    with house.app.test_request_context(base_url="https://badges.example.org"):
        limits.count_export(14_600)
        with pytest.raises(TooManyRequests):
            limits.count_export(14_600 + 1_000)
        limits.count_export(0)


def test_every_address_of_lists_is_reached_by_reading_only(started: Any) -> None:
    with started.app.test_request_context(base_url="https://badges.example.org"):
        for rule in started.app.url_map.iter_rules():
            if rule.endpoint.startswith("pages.framework"):
                assert rule.methods is not None
                assert "POST" not in rule.methods
        assert url_for("pages.roles") == "/roles"
