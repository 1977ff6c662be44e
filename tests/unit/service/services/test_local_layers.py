"""Local layers and what roles ask there."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from issuer_service.services.errors import ConflictError, InvalidError, NotFoundError
from issuer_service.services.framework_imports import UnreadableError
from openbadges.frameworks import Item, Relation, to_document

LAYER: dict[str, Any] = {
    "format": "openbadges-framework/1",
    "id": "https://badges.mosaic.example/frameworks/mosaic-skills",
    "code": "MOS",
    "scope": "affiliate",
    "extends": ["https://badges.example.org/frameworks/movement-skills"],
    "title": {"en": "Mosaic user group skills"},
    "languages": ["en"],
    "skills": [{"code": "MOS-1", "label": {"en": "Record oral knowledge"}, "broader": ["MS-F"]}],
    "roles": [
        {
            "code": "MOS-R1",
            "label": {"en": "Village host"},
            "basedOn": "LR-organiser",
            "context": "LX-small-or-new",
            "requires": [{"skill": "MOS-1", "level": 2}, {"skill": "MS-P4", "level": 3}],
        }
    ],
}


@pytest.fixture
def started(kit: Any) -> Any:
    kit.services.framework_imports.init_starters()
    return kit


def test_a_layer_is_kept_and_changes_what_a_role_asks_here_only(started: Any) -> None:
    mine, other = started.affiliate(), started.affiliate("Hillside")
    layers = started.services.local_layers
    kept = layers.save(mine.id, LAYER, user_id="u")
    assert (kept.is_new, kept.view.record.layer, kept.view.slug) == (True, True, "mosaic-skills")
    profile = layers.profile("MOS-R1", affiliate_id=mine.id)
    assert (profile.context, profile.levels["MOS-1"], profile.levels["MS-P4"]) == ("LX-small-or-new", 2, 3)
    for elsewhere in (other.id, None):
        with pytest.raises(InvalidError, match="MOS-R1"):
            layers.profile("MOS-R1", affiliate_id=elsewhere)
    assert [role.code for _, role in layers.roles(mine.id)][-1] == "MOS-R1"
    assert len(layers.roles()) == 8
    assert len(layers.contexts(mine.id)) == 5
    assert layers.merged(mine.id).layer == layers.get(mine.id)
    found = started.services.frameworks.find("MOS-1")
    assert found.framework.owner.id == mine.id


def test_an_empty_layer_can_be_filled_and_saved(started: Any) -> None:
    mine = started.affiliate(language="fr")
    layers = started.services.local_layers
    blank = layers.get(mine.id)
    assert blank.id == "https://badges.example.org/frameworks/riverside-user-group"
    assert blank.extends == tuple(one.head.id for one in started.services.frameworks.all())
    item = Item(
        id=f"{blank.id}/items/ru-1",
        code="RU-1",
        label={"fr": "Ramer"},
        relations=(Relation(type="broader", target="MS-T"),),
    )
    layers.save(mine.id, replace(blank, items=(item,)), user_id="u")
    assert layers.get(mine.id).items == (item,)
    again = layers.save(mine.id, layers.get(mine.id), user_id="u")
    assert not again.is_changed
    more = replace(layers.get(mine.id), title={"fr": "Autre"})
    assert layers.save(mine.id, more, user_id="u").view.record.version == 2


def test_a_layer_that_redefines_a_shared_code_is_refused_with_both_named(started: Any) -> None:
    mine = started.affiliate()
    bad = {**LAYER, "skills": [{"code": "MS-F2", "label": {"en": "Mine"}, "broader": ["MS-F"]}]}
    with pytest.raises(UnreadableError) as caught:
        started.services.local_layers.save(mine.id, bad, user_id="u")
    sentence = str(caught.value)
    assert "MS-F2" in sentence
    assert "Mosaic" in sentence
    assert "Movement organiser skills" in sentence
    with pytest.raises(UnreadableError):
        started.services.local_layers.save(mine.id, {"format": "x"}, user_id="u")


def test_a_layer_over_a_list_that_is_not_here_is_refused_until_that_comes(started: Any) -> None:
    mine = started.affiliate()
    layers = started.services.local_layers
    wider = {**LAYER, "extends": [*LAYER["extends"], "https://elsewhere.example/list"]}
    with pytest.raises(UnreadableError, match=r"extends “https://elsewhere\.example/list”, which is not here"):
        layers.save(mine.id, wider, user_id="u")
    below = {"format": LAYER["format"], "id": "https://elsewhere.example/list", "title": {"en": "Elsewhere"}}
    started.services.framework_imports.import_files([json.dumps(below).encode()], user_id="u", affiliate_id=mine.id)
    assert layers.save(mine.id, wider, user_id="u").is_new


def test_a_layer_that_was_kept_is_shown_though_a_list_below_never_came(
    started: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = started.affiliate()
    layers = started.services.local_layers
    wider = {**LAYER, "extends": [*LAYER["extends"], "https://elsewhere.example/list"]}
    with monkeypatch.context() as earlier:
        earlier.setattr("issuer_service.services.local_layers.overlay", lambda *_, **__: None)
        layers.save(mine.id, wider, user_id="u")
    assert layers.merged(mine.id).conflicts == ()
    assert layers.profile("MOS-R1", affiliate_id=mine.id).levels["MOS-1"] == 2


def test_the_address_of_a_layer_is_its_own_and_stays(started: Any) -> None:
    mine, other = started.affiliate(), started.affiliate("Hillside")
    layers = started.services.local_layers
    layers.save(mine.id, LAYER, user_id="u")
    with pytest.raises(InvalidError, match="mosaic-skills"):
        layers.save(mine.id, {**LAYER, "id": "https://else.example/1"}, user_id="u")
    with pytest.raises(ConflictError):
        layers.save(other.id, LAYER, user_id="u")
    with pytest.raises(NotFoundError):
        layers.get("nobody")
    with pytest.raises(NotFoundError):
        layers.merged("nobody")


def test_a_layer_that_a_shared_framework_outgrew_is_named_and_does_not_break_pages(started: Any) -> None:
    mine = started.affiliate()
    layers = started.services.local_layers
    layers.save(mine.id, LAYER, user_id="u")
    shared = to_document(started.services.frameworks.whole("movement-skills"))
    shared["skills"].append({"code": "MOS-1", "label": {"en": "Shared now"}})
    started.services.framework_imports.import_files([json.dumps(shared).encode()], user_id="u")
    merged = layers.merged(mine.id)
    assert [problem.code for problem in merged.conflicts] == ["frameworks.overlay_redefines"]
    assert merged.catalogue.local is None
    assert layers.profile("LR-organiser", affiliate_id=mine.id).levels


def test_a_file_that_is_a_layer_is_not_imported_as_a_framework(started: Any) -> None:
    with pytest.raises(InvalidError, match="local layer"):
        started.services.framework_imports.import_files([json.dumps(LAYER).encode()], user_id="u")
