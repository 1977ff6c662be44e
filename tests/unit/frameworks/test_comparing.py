"""What a new version of a framework changes."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from openbadges.frameworks import (
    Changes,
    Framework,
    compare,
    framework_from_document,
    starter_frameworks,
    to_document,
    write_framework,
)
from openbadges.frameworks import read_framework as read

UP = {"order": 2, "key": "up", "label": {"en": "Up"}}


def framework(**members: Any) -> Framework:
    return framework_from_document(
        {
            "format": "openbadges-framework/1",
            "id": "https://a.example/f",
            "title": {"en": "Wood"},
            "levels": [{"order": 1, "key": "low", "label": {"en": "Low"}}],
            "groups": [{"code": "A", "label": {"en": "Saws"}}, {"code": "B", "label": {"en": "Planes"}}],
            "skills": [{"code": "A1", "group": "A", "label": {"en": "Saw", "fr": "Scier"}}],
            "roles": [{"code": "R", "label": {"en": "Joiner"}, "requires": [{"skill": "A1", "level": 1}]}],
            **members,
        }
    )


def skill(**members: Any) -> list[dict[str, Any]]:
    return [{"code": "A1", "group": "A", "label": {"en": "Saw", "fr": "Scier"}, **members}]


def told(changes: Changes) -> list[Any]:
    """Kind, what, reference, and each member with its key, before and after."""
    return [
        (one.kind, one.what, one.ref, *((each.member, each.key, each.before, each.after) for each in one.members))
        for one in changes.records
    ]


def test_nothing_differs_between_a_framework_and_its_copies() -> None:
    for starter in starter_frameworks():
        assert compare(starter, starter).records == ()
        assert compare(starter, read(write_framework(starter, "case").text.encode())).records == ()
        shuffled = to_document(starter)
        shuffled["skills"] = shuffled["skills"][::-1]
        assert compare(starter, framework_from_document(shuffled)).of("items", "removed") == ()


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        ({"skills": [*skill(), {"code": "A2", "group": "A", "label": {"en": "Rip"}}]}, ("items", "added", "A2")),
        ({"skills": [], "roles": []}, ("items", "removed", "A1")),
        ({"skills": skill(label={"en": "Saw a board", "fr": "Scier"})},
         ("items", "changed", "A1", ("label", "en", "Saw", "Saw a board"))),
        ({"skills": skill(label={"en": "Saw"})}, ("items", "changed", "A1", ("label", "fr", "Scier", None))),
        ({"skills": skill(description={"en": "Cuts."})},
         ("items", "changed", "A1", ("description", "en", None, "Cuts."))),
        ({"skills": skill(group="B")}, ("items", "changed", "A1", ("broader", "", ["A"], ["B"]))),
        ({"skills": skill(related=["B"])}, ("items", "changed", "A1", ("related", "", None, ["B"]))),
        ({"skills": skill(id="https://a.example/new")},
         ("items", "changed", "A1", ("id", "", "https://a.example/f/items/a1", "https://a.example/new"))),
        ({"skills": skill(altLabels={"en": ["Cut"]})}, ("items", "changed", "A1", ("altLabels", "en", None, ["Cut"]))),
        ({"skills": skill(ours=1)}, ("items", "changed", "A1", ("ours", "", None, 1))),
        ({"levels": [{"order": 1, "key": "low", "label": {"en": "Begins"}}]},
         ("levels", "changed", "low", ("label", "en", "Low", "Begins"))),
        ({"levels": [{"order": 1, "key": "low", "label": {"en": "Low"}}, UP]}, ("levels", "added", "up")),
        ({"roles": [{"code": "R", "label": {"en": "Joiner"}, "requires": []}]},
         ("roles", "changed", "R", ("requires", "A1", 1, None))),
        ({"contexts": [{"code": "C", "label": {"en": "Alone"}}]}, ("contexts", "added", "C")),
        ({"title": {"en": "Trees"}}, ("framework", "changed", "https://a.example/f", ("title", "en", "Wood", "Trees"))),
        ({"version": "2"}, ("framework", "changed", "https://a.example/f", ("version", "", None, "2"))),
    ],
)  # fmt: skip
def test_each_kind_of_change_is_told_once(members: dict[str, Any], expected: tuple[Any, ...]) -> None:
    changes = compare(framework(), framework(**members))
    assert expected in told(changes)
    assert [one for one in told(changes) if one[0] not in ("roles", expected[0])] == []


def test_a_record_is_known_by_its_id_before_its_code() -> None:
    old = framework(skills=[{"code": "A1", "id": "urn:x:1", "label": {"en": "Saw"}}], roles=[])
    new = framework(skills=[{"code": "A9", "id": "urn:x:1", "label": {"en": "Saw"}}], roles=[])
    assert told(compare(old, new)) == [("items", "changed", "A9", ("code", "", "A1", "A9"))]
    swapped = replace(old, items=(*old.items[:2], replace(old.items[2], id="urn:x:2")))
    assert compare(old, swapped).records[0].what == "changed"


def test_contexts_and_lists_are_gone_into() -> None:
    def adjusted(**adjust: Any) -> Framework:
        return framework(contexts=[{"code": "C", "label": {"en": "Alone"}, "adjust": adjust}])

    changes = compare(adjusted(levelDelta={"A1": 1}, evidence={"public": True}), adjusted(levelDelta={"A1": -1}))
    assert told(changes)[0][3:] == (
        ("adjust", "levelDelta/A1", 1, -1), ("adjust", "evidence/public", True, None),
    )  # fmt: skip
    old, new = (framework(skills=skill(methods=methods)) for methods in (["event", "training"], ["training", "event"]))
    assert told(compare(old, new)) == [
        ("items", "changed", "A1", ("methods", "", ["event", "training"], ["training", "event"]))
    ]


def test_a_local_layer_is_compared_too() -> None:
    layer = {
        "format": "openbadges-framework/1", "id": "https://a.example/l", "title": {"en": "L"}, "extends": ["urn:x:f"],
        "stricter": [{"role": "R", "context": "C", "requires": [{"skill": "A1", "level": 2}]}],
        "translations": [{"item": "A1", "label": {"sw": "Msumeno"}}],
    }  # fmt: skip
    raised = {**layer, "stricter": [{"role": "R", "context": "C", "requires": [{"skill": "A1", "level": 3}]}],
              "localNames": [{"item": "A1", "label": {"en": "Cut"}}], "translations": []}  # fmt: skip
    changes = compare(framework_from_document(layer), framework_from_document(raised))
    assert told(changes) == [
        ("stricter", "changed", "R C", ("requires", "A1", 2, 3)),
        ("translations", "removed", "A1"),
        ("localNames", "added", "A1"),
    ]
    assert changes.counts == {"stricter": {"changed": 1}, "translations": {"removed": 1}, "localNames": {"added": 1}}


def test_changes_are_plain_json_and_may_be_cut_short() -> None:
    changes = compare(framework(), framework(skills=[], roles=[], version="2"))
    document = json.loads(json.dumps(changes.as_document()))
    assert (len(document["records"]), document["left_off"]) == (3, 0)
    assert document["records"][0]["members"] == [{"member": "version", "key": "", "before": None, "after": "2"}]
    short = changes.as_document(most=1)
    assert (len(short["records"]), short["left_off"], short["counts"]) == (1, 2, document["counts"])
