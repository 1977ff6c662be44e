"""One truth about who stands under whom, however a file states it."""

from __future__ import annotations

from typing import Any

from openbadges.frameworks import Framework, children_of, framework_from_document, text, to_document, walk

LABEL = {"label": {"en": "L"}}


def read(*skills: dict[str, Any], groups: list[dict[str, Any]] | None = None) -> Framework:
    document = {"format": "openbadges-framework/1", "id": "https://h.example/f", "title": {"en": "T"}}
    return framework_from_document({**document, "groups": groups or [], "skills": list(skills)})


def test_narrower_at_one_end_equals_broader_at_the_other() -> None:
    from_above = read({"code": "P", **LABEL, "narrower": ["A", "B"]}, {"code": "A", **LABEL}, {"code": "B", **LABEL})
    from_below = read(
        {"code": "P", **LABEL}, {"code": "A", **LABEL, "broader": ["P"]}, {"code": "B", **LABEL, "broader": ["P"]}
    )
    assert from_above == from_below


def test_the_group_member_is_a_broader_relation() -> None:
    stated = read({"code": "A", **LABEL, "group": "G"}, groups=[{"code": "G", **LABEL}])
    assert stated == read({"code": "A", **LABEL, "broader": ["G"]}, groups=[{"code": "G", **LABEL}])
    assert to_document(stated)["skills"][0]["group"] == "G"


def test_an_order_that_differs_from_the_file_is_kept() -> None:
    framework = read({"code": "P", **LABEL, "narrower": ["B", "A"]}, {"code": "A", **LABEL}, {"code": "B", **LABEL})
    assert [item.code for item in children_of(framework.items)["https://h.example/f/items/p"]] == ["B", "A"]
    assert framework_from_document(to_document(framework)) == framework


def test_children_that_the_parent_does_not_list_come_after_those_it_lists() -> None:
    framework = read(
        {"code": "P", **LABEL, "narrower": ["B"]}, {"code": "A", **LABEL, "broader": ["P"]}, {"code": "B", **LABEL}
    )
    assert [item.code for item in children_of(framework.items)["https://h.example/f/items/p"]] == ["B", "A"]


def test_an_order_that_is_the_order_of_the_file_says_nothing() -> None:
    ordered = read({"code": "P", **LABEL}, {"code": "A", **LABEL, "broader": [{"target": "P", "order": 5}]})
    assert ordered.items[1].relations[0].order is None


def test_narrower_to_another_framework_stays_where_it_is() -> None:
    framework = read({"code": "P", **LABEL, "narrower": ["https://other.example/1"]})
    assert framework.items[0].targets("narrower") == ("https://other.example/1",)


def test_the_tree_is_walked_from_the_top_with_depths() -> None:
    framework = read(
        {"code": "A", **LABEL, "broader": ["G"]},
        {"code": "A1", **LABEL, "broader": ["A"]},
        {"code": "B", **LABEL, "broader": ["G", "H"]},
        groups=[{"code": "G", **LABEL}, {"code": "H", **LABEL}],
    )
    assert [(depth, item.code) for depth, item in walk(framework.items)] == [
        (0, "G"), (1, "A"), (2, "A1"), (1, "B"), (0, "H"), (1, "B"),
    ]  # fmt: skip


def test_ids_are_references_too() -> None:
    framework = read({"code": "P", **LABEL}, {"code": "A", **LABEL, "broader": ["https://h.example/f/items/p"]})
    assert list(children_of(framework.items)) == ["https://h.example/f/items/p"]


def test_a_text_is_found_in_the_nearest_language() -> None:
    words = {"fr": "f", "en-US": "e", "pt": "p"}
    assert [text(words, tag) for tag in ("FR", "pt-BR", "en", "sw")] == ["f", "p", "e", "e"]
    assert text({"ar": "a"}, "sw") == "a"
    assert text({}, "en") is None
    assert text({"ar": "a", "fr": "f"}, "sw", fallback="fr") == "f"


def test_a_framework_knows_its_name_and_main_language() -> None:
    framework = read()
    assert (framework.name, framework.main_language) == ("T", "en")
    bare = Framework(id="https://h.example/", title={})
    assert (bare.name, bare.main_language) == ("https://h.example/", "en")
    assert Framework(id="https://h.example/", title={"fr": "T"}, languages=("fr",)).main_language == "fr"
