"""Frameworks on both databases: the index follows the content, and searching finds the same."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from issuer_service.services.all import Services, Site
from issuer_service.services.framework_index import address_key
from issuer_service.services.hashing import Passwords
from issuer_service.services.records import AffiliateState
from issuer_service.storage import SqlStore
from openbadges.frameworks import starter_frameworks
from openbadges.testing import FixedClock

LABELS = {
    "WI-1": (
        {"en": "Guide newcomers", "fr": "Accompagner les nouveaux"},
        {"en": ["Mentoring beginners", "Onboard"]},
    ),
    "WI-2": ({"en": "Manage a budget", "fr": "Gérer un budget", "ar": "إدارة الميزانية"}, {"fr": ["Comptabilité"]}),
    "WI-3": ({"en": "Budget"}, {}),
    "WI-4": ({"en": "Write reports", "hi": "रिपोर्ट लिखना", "zh": "撰写报告"}, {"en": ["Reporting on a budget"]}),
    "WI-5": ({"en": "Moderate discussions", "fr": "Modérer des débats"}, {}),
}
FRAMEWORK = {
    "format": "openbadges-framework/1",
    "id": "https://else.example/frameworks/wiki",
    "title": {"en": "Wiki work"},
    "skills": [
        {
            "code": code,
            "label": label,
            "altLabels": names,
            "description": {"en": "Follows the money of a project."}
            if code == "WI-2"
            else {"en": "Works with people."},
        }
        for code, (label, names) in LABELS.items()
    ],
}


@pytest.fixture
def services(store: SqlStore) -> Services:
    site, passwords = Site(base_url="https://b.example"), Passwords.cheap()
    return Services(store=store, keystore=None, clock=FixedClock(), site=site, passwords=passwords)


@pytest.fixture
def wiki(services: Services) -> Services:
    services.framework_imports.import_files([json.dumps(FRAMEWORK).encode()], user_id="u")
    return services


def found(services: Services, text: str, language: str = "en", **more: Any) -> list[str]:
    page = services.framework_search.find(text, language=language, **more)
    return [hit.item.item.code for hit in page.items]


@pytest.mark.parametrize(
    ("text", "language", "codes"),
    [
        ("budget", "en", ["WI-3", "WI-2", "WI-4"]),  # the very name, a word of the name, a word of another name
        ("budget", "fr", ["WI-3", "WI-2", "WI-4"]),
        ("BUDGÉT manage", "en", ["WI-2"]),
        ("gerer", "fr", ["WI-2"]),
        ("comptabilite", "en", ["WI-2"]),
        ("onb", "en", ["WI-1"]),
        ("newcommers", "en", ["WI-1"]),  # typing errors: doubled, swapped, left out, two at once
        ("mentroing begginers", "en", ["WI-1"]),
        ("discusions", "en", ["WI-5"]),
        ("الميزانية", "ar", ["WI-2"]),
        ("ادارة الميزانيه", "ar", ["WI-2"]),
        ("اداره الميزنية", "ar", ["WI-2"]),
        ("रिपोर्ट", "hi", ["WI-4"]),
        ("报告", "zh", ["WI-4"]),
        ("money", "en", ["WI-2"]),  # only in the description
        ("WI-4", "en", ["WI-4"]),
        ("moderate unicorns", "en", ["WI-5"]),  # one word is enough where not all are known
        ("unicorns", "en", []),
        ("the", "en", ["WI-2"]),
        ("", "en", []),
        ("'\"*() AND OR NEAR -x:", "en", []),
        ("\x00\ud800", "en", []),
    ],
)
def test_every_database_finds_the_same_in_the_same_order(
    wiki: Services, text: str, language: str, codes: list[str]
) -> None:
    assert found(wiki, text, language) == codes


def test_a_hit_says_by_which_name_it_was_found(wiki: Services) -> None:
    def hit(text: str, language: str) -> tuple[str, str | None]:
        first = wiki.framework_search.find(text, language=language).items[0]
        return first.label, first.found_as

    assert hit("guide", "en") == ("Guide newcomers", None)
    assert hit("mentoring", "en") == ("Guide newcomers", "Mentoring beginners")
    assert hit("accompagner", "en") == ("Guide newcomers", "Accompagner les nouveaux")
    assert hit("accompagner", "fr") == ("Accompagner les nouveaux", None)
    assert hit("money", "fr") == ("Gérer un budget", None)


def test_searching_is_paged_and_may_be_kept_to_a_framework(wiki: Services) -> None:
    wiki.framework_imports.init_starters()
    everything = found(wiki, "a budget")
    assert {"WI-2", "MS-G2"} <= set(everything)
    assert found(wiki, "budget", framework="wiki") == ["WI-3", "WI-2", "WI-4"]
    page = wiki.framework_search.find("budget", framework="wiki", offset=1, limit=1)
    assert ([hit.item.item.code for hit in page.items], page.total) == (["WI-2"], 3)


def test_an_affiliate_does_not_search_in_those_of_others(wiki: Services) -> None:
    mine, other = (wiki.affiliates.create({"name": name}) for name in ("Riverside", "Hillside"))
    with wiki.store.write() as work:
        for one in (mine, other):
            work.save_affiliate(replace(one, state=AffiliateState.APPROVED))
    theirs = {
        **FRAMEWORK,
        "id": "https://hill.example/f",
        "skills": [{"code": "HI-1", "label": {"en": "Budget secrets"}}],
    }
    wiki.framework_imports.import_files([json.dumps(theirs).encode()], user_id="u", affiliate_id=other.id)
    assert "HI-1" in found(wiki, "budget")
    assert "HI-1" in found(wiki, "budget", affiliate_id=other.id)
    assert "HI-1" not in found(wiki, "budget", affiliate_id=mine.id)
    assert found(wiki, "budgett secrets", affiliate_id=mine.id) != found(wiki, "budgett secrets")


def test_what_was_taken_out_is_not_found_and_what_came_is(wiki: Services) -> None:
    changed = {**FRAMEWORK, "skills": [*FRAMEWORK["skills"][:2], {"code": "WI-9", "label": {"en": "Archive papers"}}]}
    wiki.framework_imports.import_files([json.dumps(changed).encode()], user_id="u")
    assert found(wiki, "moderate") == []
    assert found(wiki, "archve") == ["WI-9"]
    assert found(wiki, "budget") == ["WI-2"]
    assert [one.key for one in wiki.frameworks.top("wiki").items] == ["wi-1", "wi-2", "wi-9"]
    assert wiki.frameworks.item("wiki", "wi-5").is_gone
    wiki.framework_imports.import_files([json.dumps(FRAMEWORK).encode()], user_id="u")
    assert found(wiki, "moderate") == ["WI-5"]


def test_the_starters_come_back_as_they_went_in(services: Services) -> None:
    services.framework_imports.init_starters()
    for starter in starter_frameworks():
        kept = services.frameworks.by_uri(starter.id)
        assert services.frameworks.whole(kept.slug) == starter
        for item in starter.items:
            assert services.frameworks.find(item.id).item == item


def test_long_addresses_and_codes_are_kept_and_found(services: Services) -> None:
    long = "https://else.example/" + "é" * 1_000
    skill = {"id": long, "code": "c" * 3_000, "label": {"en": "Long"}, "related": [long + "x"]}
    document = {**FRAMEWORK, "id": long + "f", "uses": ["https://x.example/"], "skills": [skill]}
    services.framework_imports.import_files([json.dumps(document).encode()], user_id="u")
    view = services.frameworks.find(long)
    assert view.item.id == long
    assert services.frameworks.find("c" * 3_000) == view
    assert address_key(long) != long
    page = services.frameworks.page(view.framework.slug, view.key)
    assert [one.target for one in page.neighbours] == [long + "x"]


def test_which_achievements_name_a_skill_follows_their_present_version(filled: SqlStore, samples: Any) -> None:
    def using(url: str, code: str = "-") -> Any:
        with filled.read() as work:
            return work.achievements_aligned([address_key(url)], [code])

    assert using("https://x.example") == ["h1"]
    named = {"type": ["Alignment"], "targetName": "X", "targetUrl": "https://y.example", "targetCode": "C1"}
    with filled.write() as work:
        work.save_achievement(samples.achievement(version=2))
        work.save_version(samples.version(number=2, alignments=(named,)))
    assert using("https://x.example") == []
    assert using("https://y.example") == using("-", "C1") == ["h1"]


def test_the_migration_finds_what_achievements_name_already(filled: SqlStore) -> None:
    filled.migrate("0001")
    filled.migrate()
    with filled.read() as work:
        assert work.achievements_aligned(["https://x.example"], []) == ["h1"]
