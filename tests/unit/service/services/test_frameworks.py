"""Frameworks of the site: bringing in, finding, versions, who uses what."""

from __future__ import annotations

import contextlib
import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from issuer_service.services.errors import ConflictError, InvalidError, NotFoundError
from issuer_service.services.framework_imports import SourceFile, UnreadableError
from openbadges.frameworks import starter_frameworks, to_alignment, write_framework


def plain(number: int = 1, **members: Any) -> dict[str, Any]:
    """A small framework of its own."""
    return {
        "format": "openbadges-framework/1",
        "id": "https://else.example/frameworks/garden",
        "code": "GA",
        "title": {"en": "Gardening", "fr": "Jardinage"},
        "groups": [{"code": "GA-A", "label": {"en": "Soil"}}],
        "skills": [
            {"code": f"GA-{each}", "group": "GA-A", "label": {"en": f"Digging {each}"}} for each in range(1, number + 1)
        ],
        **members,
    }


def import_of(kit: Any, document: dict[str, Any], **more: Any) -> Any:
    return kit.services.framework_imports.import_files(
        [SourceFile(data=json.dumps(document).encode())], user_id="u", **more
    )


@pytest.fixture
def started(kit: Any) -> Any:
    kit.services.framework_imports.init_starters()
    return kit


def test_the_starters_are_there_once_and_whole(started: Any) -> None:
    again = started.services.framework_imports.init_starters()
    assert [one.is_changed for one in again] == [False, False]
    views = started.services.frameworks.all()[::-1]
    assert [view.slug for view in views] == ["movement-skills", "leadership"]
    assert [view.version.item_count for view in views] == [36, 16]
    for view, starter in zip(views, starter_frameworks(), strict=True):
        assert started.services.frameworks.whole(view.slug) == starter
        assert view.head == replace(starter, items=())


def test_items_are_found_as_a_tree_and_by_what_badges_cite(started: Any) -> None:
    frameworks = started.services.frameworks
    top = frameworks.top("movement-skills").items
    assert [one.item.code for one in top] == ["MS-T", "MS-O", "MS-C", "MS-F", "MS-G", "MS-P"]
    children = frameworks.children(top[0])
    assert [one.key for one in children] == ["ms-t1", "ms-t2", "ms-t3", "ms-t4", "ms-t5"]
    starter = starter_frameworks()[0]
    skill = next(item for item in starter.items if item.code == "MS-T2")
    for reference in ("MS-T2", skill.id):
        found = frameworks.find(reference)
        assert found is not None
        assert (found.item, found.framework.slug, found.key) == (skill, "movement-skills", "ms-t2")
    assert frameworks.find("https://else.example/x") is None
    assert frameworks.find_all([skill.id, "https://else.example/x"]) == {skill.id: found}
    with pytest.raises(NotFoundError):
        frameworks.item("movement-skills", "ms-x")
    with pytest.raises(NotFoundError):
        frameworks.get("movement-skills", 2)


def test_an_items_page_says_what_is_around_it_and_who_uses_it(started: Any) -> None:
    starter = starter_frameworks()[0]
    skill = next(item for item in starter.items if item.code == "MS-T2")
    affiliate = started.affiliate()
    achievement = started.achievement(affiliate, alignments=[to_alignment(skill, "en", framework=starter)])
    draft = started.services.achievements
    page = started.services.frameworks.page("movement-skills", "ms-t2")
    assert [one.item.code for one in page.parents] == ["MS-T"]
    assert page.children == []
    assert [one.held.achievement.id for one in page.used_by] == [achievement]
    stated = {(one.type, one.target, one.inwards) for one in page.neighbours if not one.inwards}
    assert stated == {(one.type, one.target, False) for one in skill.relations if one.type != "broader"}
    inwards = [one for one in page.neighbours if one.inwards and one.item is not None]
    roles_apart = {one.item.item.code for one in inwards}
    assert all("MS-T2" in other.targets("related") for other in starter.items if other.code in roles_apart)
    draft.archive(affiliate.id, achievement)
    assert started.services.frameworks.page("movement-skills", "ms-t2").used_by == []


def test_a_changed_file_is_a_new_version_and_an_equal_one_is_not(kit: Any) -> None:
    first = import_of(kit, plain(2))
    assert (first.is_new, first.is_changed, first.view.slug) == (True, True, "garden")
    same = import_of(kit, plain(2))
    assert (same.is_new, same.is_changed) == (False, False)
    changed = import_of(kit, plain(1))
    assert (changed.is_new, changed.is_changed, changed.view.record.version) == (False, True, 2)
    assert [one.number for one in kit.services.frameworks.versions("garden")] == [2, 1]
    assert len(kit.services.frameworks.whole("garden", 1).items) == 3
    gone = kit.services.frameworks.item("garden", "ga-2")
    assert gone.is_gone
    assert [one.key for one in kit.services.frameworks.children(kit.services.frameworks.item("garden", "ga-a"))] == [
        "ga-1"
    ]
    back = import_of(kit, plain(3))
    assert back.view.record.version == 3
    assert not kit.services.frameworks.item("garden", "ga-2").is_gone


def test_what_is_wrong_is_listed_and_nothing_is_kept(kit: Any) -> None:
    document = plain(2)
    document["skills"][0]["label"] = {}
    document["skills"][1]["group"] = "GA-Z"
    document["groups"][0]["kind"] = 7
    with pytest.raises(UnreadableError) as caught:
        import_of(kit, document)
    assert [one.place for one in caught.value.found] == ["/groups/0/kind", "/skills/0/label", "/skills/1/broader"]
    assert caught.value.total == 3
    for data in (b"", b"\xff", b"[]", b"{", b'{"format": "openbadges-framework/1"}'):
        with pytest.raises(UnreadableError):
            kit.services.framework_imports.import_files([data], user_id="u")
    assert kit.services.frameworks.all() == []


def test_affiliates_have_frameworks_of_their_own_beside_the_shared_ones(started: Any) -> None:
    mine, other = started.affiliate(), started.affiliate("Hillside")
    import_of(started, plain(1), affiliate_id=mine.id)
    import_of(started, plain(2), affiliate_id=other.id)
    assert [one.slug for one in started.services.frameworks.all()] == [
        "leadership", "movement-skills", "garden", "garden-2",
    ]  # fmt: skip
    assert [one.slug for one in started.services.frameworks.all(mine.id)][2:] == ["garden"]
    found = started.services.frameworks.find("GA-1", affiliate_id=other.id)
    assert found.framework.owner.name == "Hillside"
    import_of(started, plain(3))  # now for everybody
    assert started.services.frameworks.find("GA-1", affiliate_id=other.id).framework.owner is None
    with pytest.raises(ConflictError, match="for everybody"):
        import_of(started, plain(4), affiliate_id=mine.id)
    waiting = started.services.affiliates.create({"name": "Waiting"})
    with pytest.raises(ConflictError):
        import_of(started, plain(4), affiliate_id=waiting.id)


def test_every_format_can_be_brought_in(kit: Any) -> None:
    starter = starter_frameworks()[0]
    for name in ("case", "ctdl-asn"):
        text = write_framework(starter, name).text
        imported = kit.services.framework_imports.import_files([text.encode()], user_id="u")
        assert imported.view.version.source_format == name
    assert len(kit.services.frameworks.all()) == 1


def test_a_version_says_what_it_changed(kit: Any) -> None:
    first = import_of(kit, plain(3))
    assert first.view.version.changes == {}
    later = plain(2, version="2")
    later["skills"][0]["label"]["en"] = "Digging deep"
    framework, _ = kit.services.framework_imports.read([json.dumps(later).encode()])
    expected = kit.services.framework_imports.preview(framework)
    assert kit.services.framework_imports.preview(replace(framework, id="https://x.example/")) is None
    changes = import_of(kit, later).view.version.changes
    assert changes == json.loads(json.dumps(expected.as_document()))
    assert changes["counts"] == {"framework": {"changed": 1}, "items": {"changed": 1, "removed": 1}}
    assert [(one["what"], one["ref"]) for one in changes["records"]] == [
        ("changed", "https://else.example/frameworks/garden"), ("changed", "GA-1"), ("removed", "GA-3"),
    ]  # fmt: skip
    assert kit.services.frameworks.versions("garden")[0].changes == changes


def test_the_files_of_an_esco_release_come_together(kit: Any, tmp_path: Path) -> None:
    esco = "http://data.europa.eu/esco/skill/"
    texts = {
        "skills_en.csv": f"conceptUri,preferredLabel\n{esco}1,plan\n",
        "skills_fr.csv": f"conceptUri,preferredLabel\n{esco}1,planifier\n",
        "broaderRelationsSkillPillar_en.csv": f"conceptUri,broaderUri\n{esco}1,{esco}2\n",
        "skillGroups_en.csv": f"conceptType,conceptUri,preferredLabel\nSkillGroup,{esco}2,group\n",
    }
    files = [SourceFile(data=text.encode(), name=name) for name, text in texts.items()]
    imported = kit.services.framework_imports.import_files(files, user_id="u")
    assert (imported.view.slug, imported.view.version.source_format) == ("esco", "esco")
    assert [one.key for one in kit.services.frameworks.top("esco").items] == ["2"]
    assert kit.services.frameworks.item("esco", "1").item.label == {"en": "plan", "fr": "planifier"}
    for name, text in texts.items():
        (tmp_path / name).write_text(text)
    with contextlib.ExitStack() as opened:
        streams = [SourceFile(data=opened.enter_context((tmp_path / name).open("rb")), name=name) for name in texts]
        assert not kit.services.framework_imports.import_files(streams, user_id="u").is_changed
    with pytest.raises(InvalidError, match="one by one"):
        kit.services.framework_imports.read([b"a,b\n", json.dumps(plain()).encode()])
    with pytest.raises(InvalidError, match="no file"):
        kit.services.framework_imports.read([])


def test_one_file_may_be_open(kit: Any) -> None:
    stream = io.BytesIO(json.dumps(plain()).encode())
    assert kit.services.framework_imports.import_files([SourceFile(data=stream)], user_id="u").view.slug == "garden"
