"""A local layer adds, translates, names and asks for more; it never redefines."""

from __future__ import annotations

import string
from dataclasses import replace
from typing import Any

import pytest

from openbadges.errors import ConfigurationError, RefusedError
from openbadges.frameworks import (
    Catalogue,
    Framework,
    OverlayRefused,
    adopt,
    effective_profile,
    framework_from_document,
    overlay,
    to_document,
)
from openbadges.frameworks.likeness import likeness

BASE = "https://global.example/f"
LOCAL = "https://local.example/f"
THIRD = "https://third.example/"
LONELY = {"onlyLocal": True}


def label(words: str = "L") -> dict[str, Any]:
    return {"label": {"en": words}}


def framework(uri: str, code: str, **members: Any) -> Framework:
    return framework_from_document(
        {"format": "openbadges-framework/1", "id": uri, "code": code, "title": {"en": f"Framework {code}"}, **members}
    )


GLOBAL = framework(
    BASE,
    "G",
    levels=[{"key": str(n), "order": n, **label()} for n in (1, 2, 3)],
    skills=[{"code": "G-1", **label("One")}, {"code": "G-2", **label("Two"), "description": {"en": "D"}}],
    roles=[{"code": "GR", **label(), "requires": [{"skill": "G-1", "level": 2}]}],
    contexts=[
        {"code": "GX", **label(), "adjust": {"levelDelta": {"G-1": 1}, "require": {"G-2": 2}}},
        {"code": "GY", **label(), "adjust": {"relax": {"G-1": 1}}},
    ],
)


def local(**members: Any) -> Framework:
    return framework(LOCAL, "X", extends=[BASE], **members)


def conflicts(layer: Framework, base: Any = GLOBAL) -> list[tuple[str, str]]:
    with pytest.raises(OverlayRefused) as caught:
        overlay(base, layer)
    return [(problem.place, problem.code.removeprefix("frameworks.")) for problem in caught.value.problems]


def requires(skill: str, level: int) -> dict[str, Any]:
    return {"requires": [{"skill": skill, "level": level}]}


def test_a_layer_adds_items_roles_and_contexts() -> None:
    layer = local(
        skills=[{"code": "X-1", **label("Local"), "broader": ["G-1"]}, {"code": "X-2", **label(), "broader": ["X-1"]}],
        roles=[{"code": "XR", **label(), **requires("X-1", 3)}],
        contexts=[{"code": "XX", **label(), "adjust": {"require": {"G-2": 1}}}],
    )
    catalogue = overlay(GLOBAL, layer)
    assert catalogue.unresolved() == ()
    assert catalogue.local == layer
    assert dict(effective_profile("XR", "XX", frameworks=catalogue).levels) == {"G-2": 1, "X-1": 3}


@pytest.mark.parametrize("code", ["G-1", "g-1", "G-1 ", "G\u200b-1", "\uff27-1", "\u050c-1", "\u0262-1"])
def test_a_global_code_is_not_redefined_by_one_that_looks_the_same(code: str) -> None:
    layer = local(skills=[{"code": code, "id": LOCAL + "/x", **label(), "onlyLocal": True}])
    with pytest.raises(RefusedError) as caught:
        overlay(GLOBAL, layer)
    assert caught.value.problems[0].params["name"] == code
    assert "Framework X" in str(caught.value)
    assert "Framework G" in str(caught.value)


ASCII = string.ascii_letters + string.digits + "-_.:"
CODES = (
    "EDIT-1", "ED\u0406T-1", "\u0395D\u0399\u03a4-1", "\u0435d\u0456\u0442-1", "EDVT-1", "EDHT-1",
    "ED\u0418T-1", "EDLT-1", "\u0421\u041e\u041d-1", "COH-1", "CO\u03bd-1", "CON-1", "COV-1",
    "\u0412\u041e\u0414\u0410-1", "\u0432\u043e\u0434\u0430-1", "BODA-1",
)  # fmt: skip


@pytest.mark.parametrize("code", CODES)
def test_letters_of_another_alphabet_that_are_drawn_the_same_do_not_make_another_code(code: str) -> None:
    base = framework(BASE, "G", skills=[{"code": code, "id": f"{BASE}/1", **label()}])
    refused = []
    for other in CODES:
        try:
            overlay(base, local(skills=[{"code": other, "id": f"{LOCAL}/1", **label(), **LONELY}]))
        except OverlayRefused:
            refused.append(other)
    assert refused == [other for other in CODES if likeness(other) == likeness(code)]


def test_which_codes_look_the_same() -> None:
    groups: dict[str, list[str]] = {}
    for code in CODES:
        groups.setdefault(likeness(code), []).append(code)
    assert [codes for codes in groups.values() if len(codes) > 1] == [
        ["EDIT-1", "ED\u0406T-1", "\u0395D\u0399\u03a4-1", "\u0435d\u0456\u0442-1"],
        ["\u0421\u041e\u041d-1", "COH-1"],  # es, o, en
        ["CO\u03bd-1", "CON-1"],  # the capital of nu is drawn like an N, and case makes no difference
        ["\u0412\u041e\u0414\u0410-1", "\u0432\u043e\u0434\u0430-1"],  # water: de is like no letter of ASCII
    ]
    assert likeness("\u03f2ON-1") == likeness("CON-1")  # lunate sigma


def test_a_letter_stands_for_both_of_its_cases_and_those_of_ascii_for_themselves() -> None:
    other = "\u0430\u0432\u0441\u0435\u043d\u0456\u0458\u043a\u043c\u043e\u0440\u0455\u0442\u0445\u0443"  # Cyrillic
    other += "\u03b7\u03bd\u03c5\u0131\u0261"  # Greek and Latin
    assert (
        [likeness(letter) for letter in other]
        == [likeness(letter.upper()) for letter in other]
        == list("abcehijkmopstxyhnyig")
    )
    assert [likeness(letter) for letter in ASCII] == [*map(str.lower, ASCII)]


def test_roles_contexts_and_ids_are_not_redefined() -> None:
    assert conflicts(local(roles=[{"code": "GR", **label()}])) == [("GR", "overlay_redefines")]
    assert conflicts(local(contexts=[{"code": "GX", **label()}])) == [("GX", "overlay_redefines")]
    stolen = local(skills=[{"code": "X-1", "id": BASE + "/items/g-1", **label(), "onlyLocal": True}])
    assert conflicts(stolen) == [(BASE + "/items/g-1", "overlay_redefines")]
    nearly = local(skills=[{"code": "X-1", "id": BASE + "/items/G-1/", **label(), "onlyLocal": True}])
    assert conflicts(nearly) == [(BASE + "/items/G-1/", "overlay_redefines")]


def test_a_layer_is_not_the_framework_itself() -> None:
    assert conflicts(framework(BASE, "Y")) == [(BASE, "overlay_same_framework")]
    assert conflicts(framework(LOCAL, "G")) == [(LOCAL, "overlay_same_framework")]
    assert conflicts(framework(LOCAL, "g ")) == [(LOCAL, "overlay_same_framework")]
    assert conflicts(framework(BASE.rstrip("/") + "/", "Y"))[0][1] == "overlay_same_framework"


def test_a_local_item_names_a_global_one_or_says_only_local() -> None:
    assert conflicts(local(skills=[{"code": "X-1", **label()}])) == [("X-1", "overlay_not_anchored")]
    lonely = [{"code": "X-1", **label(), "related": ["X-2"]}, {"code": "X-2", **label(), "related": ["X-1"]}]
    assert conflicts(local(skills=lonely)) == [("X-1", "overlay_not_anchored"), ("X-2", "overlay_not_anchored")]
    assert overlay(
        GLOBAL,
        local(skills=[{"code": "X-1", **label(), "onlyLocal": True}, {"code": "X-2", **label(), "broader": ["X-1"]}]),
    )
    assert overlay(GLOBAL, local(skills=[{"code": "X-1", **label(), "exact": ["https://elsewhere.example/1"]}]))


def test_a_reference_that_leads_nowhere_is_a_conflict_when_all_bases_are_there() -> None:
    layer = local(skills=[{"code": "X-1", **label(), "broader": ["G-9"]}])
    assert conflicts(layer) == [("X-1", "overlay_unknown_item")]
    wider = framework(LOCAL, "X", extends=[BASE], uses=[THIRD], skills=[{"code": "X-1", **label(), "broader": ["T-1"]}])
    assert overlay(GLOBAL, wider).unresolved()[0].target == "T-1"


def test_what_a_layer_extends_has_to_be_there_where_it_is_taken_in() -> None:
    layer = framework(LOCAL, "X", extends=[THIRD, BASE, "urn:x:4"], skills=[{"code": "G-1", **label(), **LONELY}])
    with pytest.raises(OverlayRefused) as caught:
        overlay(GLOBAL, layer, complete=True)
    assert [(each.code, each.params["name"]) for each in caught.value.problems] == [
        ("frameworks.overlay_base_missing", THIRD),
        ("frameworks.overlay_base_missing", "urn:x:4"),
        ("frameworks.overlay_redefines", "G-1"),
    ]
    part = framework(LOCAL, "X", extends=[THIRD])
    assert effective_profile("GR", overlay=part, frameworks=GLOBAL) == effective_profile("GR", frameworks=GLOBAL)
    kept = framework(LOCAL, "X", extends=[THIRD, BASE], skills=[{"code": "X-1", **label(), "broader": ["T-1"]}])
    assert overlay(GLOBAL, kept).unresolved()[0].target == "T-1"


def test_a_skill_that_is_asked_for_has_to_exist() -> None:
    unknown = [("XR", "overlay_unknown_item")]
    assert conflicts(local(roles=[{"code": "XR", **label(), **requires("G-9", 2)}])) == unknown
    assert conflicts(local(stricter=[{"role": "GR", **requires("G-9", 3)}])) == [("GR", "overlay_unknown_item")]
    context = {"code": "XX", **label(), "adjust": {"require": {"G-9": 1}}}
    assert conflicts(local(contexts=[context])) == [("XX", "overlay_unknown_item")]
    role = {"code": "XR", **label(), **requires("T-1", 2)}  # it may be one of a framework that was not given
    assert overlay(GLOBAL, local(roles=[role], uses=["https://third.example/"]))
    assert overlay(GLOBAL, local(roles=[{**role, **requires("https://third.example/items/t-1", 2)}]))


def test_translations_add_missing_languages_only() -> None:
    layer = local(translations=[{"item": "G-1", "label": {"sw": "Moja"}, "description": {"sw": "Maelezo"}}])
    catalogue = overlay([GLOBAL], layer)
    found = catalogue.item("G-1")
    assert found is not None
    assert (found[1].label, found[1].description) == ({"en": "One", "sw": "Moja"}, {"sw": "Maelezo"})
    assert GLOBAL.items[0].label == {"en": "One"}  # the base is not changed
    second = overlay((GLOBAL, framework("https://third.example/", "T")), layer)
    assert second.frameworks[1].code == "T"


def test_translations_and_names_do_not_replace_global_texts() -> None:
    layer = local(
        translations=[
            {"item": "G-2", "label": {"en": "Mine"}, "description": {"en": "Mine"}},
            {"item": "G-9", "label": {"sw": "Tisa"}},
        ],
        localNames=[{"item": "G-9", **label()}],
    )
    assert conflicts(layer) == [
        ("G-2", "overlay_translation_exists"),
        ("G-9", "overlay_unknown_global"),
        ("G-9", "overlay_unknown_global"),
    ]


def test_a_local_name_is_shown_and_the_items_own_name_stays() -> None:
    catalogue = overlay(GLOBAL, local(localNames=[{"item": "G-1", **label("Ours")}]))
    assert catalogue.label("G-1", "en") == "Ours"
    assert catalogue.label("G-2", "fr") == "Two"
    assert catalogue.label("G-9", "en") == "G-9"
    found = catalogue.item("G-1")
    assert found is not None
    assert found[1].label == {"en": "One"}
    assert Catalogue((GLOBAL,)).label("G-1", "en") == "One"
    names = [{"item": "G-1", **label("Ours")}, {"item": BASE + "/items/g-1", "label": {"en": "Mine", "fr": "Le mien"}}]
    assert conflicts(local(localNames=names)) == [(BASE + "/items/g-1", "overlay_named_twice")]
    assert overlay(GLOBAL, local(localNames=[names[0], {"item": "G-1", "label": {"fr": "Le nôtre"}}]))


def test_stricter_levels_are_asked_of_global_roles() -> None:
    layer = local(
        stricter=[
            {"role": "GR", **requires("G-1", 3)},
            {"role": "GR", "context": "GX", **requires("G-2", 3)},
        ]
    )
    asked = effective_profile("GR", overlay=layer, frameworks=GLOBAL)
    assert dict(asked.levels) == {"G-1": 3}
    assert [(why.source, why.rule, why.value) for why in asked.entries[0].reasons] == [
        ("role", "requires", 2), ("overlay", "stricter", 3),
    ]  # fmt: skip
    assert dict(effective_profile("GR", "GX", layer, frameworks=GLOBAL).levels) == {"G-1": 3, "G-2": 3}
    assert dict(effective_profile("GR", "GY", layer, frameworks=GLOBAL).levels) == {"G-1": 3}


def test_lower_and_impossible_levels_are_conflicts() -> None:
    assert conflicts(local(stricter=[{"role": "GR", **requires("G-1", 1)}])) == [("GR", "overlay_lower_level")]
    assert conflicts(local(stricter=[{"role": "GR", "context": "GX", **requires("G-2", 1)}])) == [
        ("GR", "overlay_lower_level")
    ]
    assert conflicts(local(stricter=[{"role": "GR", **requires("G-1", 4)}])) == [("GR", "bad_level")]
    assert conflicts(local(stricter=[{"role": "G9", **requires("G-1", 3)}])) == [("G9", "overlay_unknown_global")]
    assert conflicts(local(stricter=[{"role": "GR", "context": "G9", **requires("G-1", 3)}])) == [
        ("G9", "overlay_unknown_global")
    ]
    assert conflicts(local(contexts=[{"code": "XX", **label(), "adjust": {"require": {"G-1": 9}}}])) == [
        ("XX", "bad_level")
    ]
    elsewhere = requires("https://third.example/items/t-1", 9)
    assert conflicts(local(roles=[{"code": "XR", **label(), **elsewhere}])) == [("XR", "bad_level")]


def test_a_local_role_starts_from_another_in_its_own_context_and_raises() -> None:
    role = {"code": "XR", **label(), "basedOn": "GR", "context": "GX", **requires("G-2", 3)}
    layer = local(roles=[role])
    own = effective_profile("XR", overlay=layer, frameworks=GLOBAL)
    assert (own.context, dict(own.levels)) == ("GX", {"G-1": 3, "G-2": 3})
    elsewhere = effective_profile("XR", "GY", layer, frameworks=GLOBAL)
    assert (elsewhere.context, dict(elsewhere.levels)) == ("GY", {"G-1": 1, "G-2": 3})


def test_a_local_role_that_asks_less_is_a_conflict_that_names_both() -> None:
    role = {"code": "XR", **label(), "basedOn": "GR", "context": "GX", **requires("G-1", 2)}
    with pytest.raises(OverlayRefused) as caught:
        overlay(GLOBAL, local(roles=[role]))
    assert [str(problem.params[name]) for problem in caught.value.problems for name in ("role", "base", "asked")] == [
        "XR",
        "GR",
        "3",
    ]


def test_a_lower_level_than_another_context_asks_is_no_conflict_but_does_not_lower() -> None:
    role = {"code": "XR", **label(), "basedOn": "GR", **requires("G-1", 2)}
    assert effective_profile("XR", "GX", local(roles=[role]), frameworks=GLOBAL).levels["G-1"] == 3


def test_roles_that_stand_on_nothing_or_on_themselves_are_conflicts() -> None:
    assert conflicts(local(roles=[{"code": "XR", **label(), "basedOn": "G9"}])) == [("XR", "unknown_role")]
    assert conflicts(local(roles=[{"code": "XR", **label(), "basedOn": "GR", "context": "G9"}])) == [
        ("XR", "unknown_context")
    ]
    circle = [{"code": "XR", **label(), "basedOn": "XQ"}, {"code": "XQ", **label(), "basedOn": "XR"}]
    assert conflicts(local(roles=circle)) == [("XR", "role_circle"), ("XQ", "role_circle")]


def test_an_adopted_item_keeps_where_it_comes_from() -> None:
    source = framework(
        "https://neighbour.example/f",
        "N",
        version="3",
        owner="https://neighbour.example/",
        uses=[BASE],
        skills=[{"code": "N-1", **label("Near"), "related": ["G-1", "https://elsewhere.example/1"], "identifier": "i"}],
    )
    item = adopt(source.items[0], source, into=LOCAL, code="X-7")
    assert (item.code, item.id, item.identifier) == ("X-7", LOCAL + "/items/x-7", None)
    assert item.targets("exact") == ("https://neighbour.example/f/items/n-1",)
    assert item.targets("related") == ("https://elsewhere.example/1",)
    assert item.adopted_from is not None
    assert (item.adopted_from.framework, item.adopted_from.version, item.adopted_from.owner) == (
        "https://neighbour.example/f", "3", "https://neighbour.example/",
    )  # fmt: skip
    layer = replace(local(), items=(item,))
    assert overlay(GLOBAL, layer).item("X-7") is not None
    assert framework_from_document(to_document(layer)) == layer


def test_a_catalogue_has_each_framework_once() -> None:
    with pytest.raises(ConfigurationError) as caught:
        Catalogue((GLOBAL, GLOBAL))
    assert caught.value.code == "frameworks.framework_twice"


def test_a_code_of_two_frameworks_is_ambiguous_but_not_within_one() -> None:
    other = framework("https://other.example/", "O", skills=[{"code": "G-1", **label("Other")}])
    catalogue = Catalogue((GLOBAL, other))
    with pytest.raises(ConfigurationError) as caught:
        catalogue.item("G-1")
    assert "Framework O" in str(caught.value)
    found = catalogue.item("G-1", other)
    assert found is not None
    assert found[0] is other
    assert catalogue.item("G-9") is None


def test_unresolved_references_are_named_with_their_source() -> None:
    first = framework(
        "https://first.example/",
        "F",
        uses=[BASE],
        skills=[{"code": "F-1", **label(), "related": ["https://first.example/gone", "https://elsewhere.example/"]}],
        roles=[{"code": "FR", **label(), "basedOn": "NO", "context": "NX", **requires("NS", 1)}],
        contexts=[{"code": "FX", **label(), "adjust": {"relax": {"NZ": 1}}}],
    )
    assert [(entry.source, entry.relation, entry.target) for entry in Catalogue((first,)).unresolved()] == [
        ("F-1", "related", "https://first.example/gone"),
        ("FR", "requires", "NS"),
        ("FR", "basedOn", "NO"),
        ("FR", "context", "NX"),
        ("FX", "adjust", "NZ"),
    ]


def test_levels_come_from_the_framework_below_where_a_layer_has_none() -> None:
    layer = local()
    catalogue = overlay(GLOBAL, layer)
    assert [level.order for level in catalogue.levels(layer)] == [1, 2, 3]
    assert catalogue.levels(framework("https://alone.example/", "A", extends=["https://not-there.example/"])) == ()
