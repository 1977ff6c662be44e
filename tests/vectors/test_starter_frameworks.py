"""The starter frameworks: complete in themselves, and the levels that a person computes from them by hand."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from openbadges.frameworks import (
    Catalogue,
    ExportOptions,
    Framework,
    OverlayRefused,
    effective_profile,
    overlay,
    profile_json,
    read_framework,
    starter_frameworks,
    to_alignment,
    write_framework,
)

SKILLS, LEADERSHIP = starter_frameworks()
BOTH = (SKILLS, LEADERSHIP)
ROLES = tuple(role.code for role in LEADERSHIP.roles)
CONTEXTS = (None, *(context.code for context in LEADERSHIP.contexts))


def test_the_starter_frameworks_hold_what_they_promise() -> None:
    counts = [len([item for item in SKILLS.items if item.kind == kind]) for kind in ("group", "skill")]
    assert counts == [6, 30]
    assert len([item for item in LEADERSHIP.items if item.kind == "skill"]) == 12
    assert (len(ROLES), len(CONTEXTS) - 1) == (8, 5)
    assert SKILLS.languages == ("en", "es", "fr", "ar", "hi", "sw")


def test_every_reference_of_the_starter_frameworks_is_resolved() -> None:
    assert Catalogue(BOTH).unresolved() == ()


def test_alone_the_leadership_framework_refers_to_skills_that_are_not_there() -> None:
    missing = {entry.target for entry in Catalogue((LEADERSHIP,)).unresolved()}
    assert missing
    assert all(target.startswith("MS-") for target in missing)


# Each cell is computed by hand from the data: the role's own level, then the context's levelDelta (at most 4), then its
# require (at least, adds), then its relax (at most). None: the skill is not asked.
CELLS = [
    # the roles' own numbers, no context
    ("LR-board-member", None, "MS-G5", 3),  # the role says 3
    ("LR-organiser", None, "LD-R3", 3),  # the role says 3
    ("LR-peer-leader", None, "MS-P4", None),  # a peer leader is not asked for it
    # small or new: LD-G2 +1; MS-G5 at most 1
    ("LR-board-member", "LX-small-or-new", "MS-G5", 1),  # 3, relaxed to at most 1
    ("LR-board-member", "LX-small-or-new", "LD-G2", 4),  # 3 + 1
    ("LR-organiser", "LX-small-or-new", "LD-G2", None),  # +1 touches only skills that the role asks for; it does not
    ("LR-organiser", "LX-small-or-new", "MS-G5", None),  # relax does not add a skill either
    ("LR-trainer-mentor", "LX-small-or-new", "LD-G2", 4),  # 3 + 1
    # high risk: LD-S2 +1; MS-P4 at least 4
    ("LR-organiser", "LX-high-risk", "MS-P4", 4),  # 2, raised to at least 4
    ("LR-organiser", "LX-high-risk", "LD-S2", 3),  # 2 + 1
    ("LR-peer-leader", "LX-high-risk", "MS-P4", 4),  # added, because the context requires it
    ("LR-affiliate-coordinator", "LX-high-risk", "LD-S2", 4),  # 3 + 1
    # affiliate with staff: LD-R2 +1, LD-G1 +1; MS-G5 at least 3
    ("LR-board-member", "LX-affiliate-with-staff", "LD-R2", 4),  # 4 + 1 is 5, but there are only 4 levels
    ("LR-on-wiki-functionary", "LX-affiliate-with-staff", "LD-G1", None),  # not asked, so not raised
    ("LR-technical-leader", "LX-affiliate-with-staff", "MS-G5", 3),  # added
    ("LR-technical-leader", "LX-affiliate-with-staff", "LD-G1", 4),  # 3 + 1
    # online across borders: LD-R3 +1; MS-C5 at least 3
    ("LR-regional-connector", "LX-online-across-borders", "LD-R3", 4),  # 4 + 1, at most 4
    ("LR-regional-connector", "LX-online-across-borders", "MS-C5", 3),  # 3 already
    ("LR-peer-leader", "LX-online-across-borders", "LD-R3", 2),  # 1 + 1
    # youth: LD-G3 +1; MS-P4 at least 3
    ("LR-organiser", "LX-youth", "MS-P4", 3),  # 2, raised to at least 3
    ("LR-organiser", "LX-youth", "LD-G3", 3),  # 2 + 1
    ("LR-board-member", "LX-youth", "LD-G3", None),  # not asked
]


@pytest.mark.parametrize(("role", "context", "skill", "level"), CELLS)
def test_hand_computed_levels(role: str, context: str | None, skill: str, level: int | None) -> None:
    assert effective_profile(role, context, frameworks=BOTH).levels.get(skill) == level


@pytest.mark.parametrize("context", CONTEXTS)
@pytest.mark.parametrize("role", ROLES)
def test_the_rule_of_the_data_holds_in_every_cell(role: str, context: str | None) -> None:
    """A second, plain reading of the rule beside the library's."""
    asked = {entry.skill: entry.level for found in LEADERSHIP.roles if found.code == role for entry in found.requires}
    own = set(asked)
    for found in LEADERSHIP.contexts:
        if found.code == context:
            for skill, delta in found.adjust.level_delta.items():
                if skill in own:
                    asked[skill] = min(4, asked[skill] + delta)
            for skill, least in found.adjust.require.items():
                asked[skill] = max(asked.get(skill, 0), least)
            for skill, most in found.adjust.relax.items():
                if skill in own:
                    asked[skill] = min(asked[skill], most)
    profile = effective_profile(role, context, frameworks=BOTH)
    assert profile_json(profile) == json.dumps({"levels": dict(sorted(asked.items()))}, separators=(",", ":")).encode()


def _all_profiles(frameworks: tuple[Framework, ...]) -> bytes:
    return b"\n".join(
        profile_json(effective_profile(role, context, frameworks=frameworks)) for role in ROLES for context in CONTEXTS
    )


def test_profiles_are_the_same_bytes_in_any_order_of_files() -> None:
    assert _all_profiles((SKILLS, LEADERSHIP)) == _all_profiles((LEADERSHIP, SKILLS))


def test_profiles_are_the_same_bytes_in_another_process(root: Path) -> None:
    program = (
        "import hashlib\n"
        "from openbadges.frameworks import effective_profile, profile_json, starter_frameworks\n"
        "both = starter_frameworks()\n"
        "roles = [role.code for role in both[1].roles]\n"
        "contexts = [None] + [context.code for context in both[1].contexts]\n"
        "rows = [profile_json(effective_profile(r, c, frameworks=both)) for r in roles for c in contexts]\n"
        "print(hashlib.sha256(b'\\n'.join(rows)).hexdigest())\n"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "12345"}
    ran = subprocess.run(
        [sys.executable, "-c", program], cwd=root, env=environment, capture_output=True, text=True, check=True
    )
    assert ran.stdout.strip() == hashlib.sha256(_all_profiles(BOTH)).hexdigest()


def test_a_profile_explains_each_number() -> None:
    profile = effective_profile("LR-organiser", "LX-high-risk", frameworks=BOTH)
    reasons = {
        entry.skill: [(why.source, why.rule, why.of, why.value, why.level) for why in entry.reasons]
        for entry in profile.entries
    }
    assert reasons["MS-P4"] == [
        ("role", "requires", "LR-organiser", 2, 2),
        ("context", "require", "LX-high-risk", 4, 4),
    ]
    assert reasons["LD-S2"] == [
        ("role", "requires", "LR-organiser", 2, 2),
        ("context", "levelDelta", "LX-high-risk", 1, 3),
    ]
    assert profile.evidence["publicEvidence"] is False
    assert "not stored" in str(profile.assessment)


@pytest.mark.parametrize("framework", BOTH, ids=["skills", "leadership"])
@pytest.mark.parametrize("known", [(), BOTH], ids=["alone", "together"])
def test_case_round_trip_is_equal(framework: Framework, known: tuple[Framework, ...]) -> None:
    exported = write_framework(framework, "case", options=ExportOptions(known=known))
    assert read_framework(exported.text.encode()) == framework


@pytest.mark.parametrize("framework", BOTH, ids=["skills", "leadership"])
def test_case_output_is_strict_case_1_1(framework: Framework, root: Path) -> None:
    schema = json.loads((root / "tests/vectors/case-1.1.schema.json").read_text())
    for known in ((), BOTH):
        package = json.loads(write_framework(framework, "case", options=ExportOptions(known=known)).text)
        assert [error.message for error in jsonschema.Draft202012Validator(schema).iter_errors(package)] == []


def test_roles_and_contexts_stand_in_the_extensions_of_a_case_package() -> None:
    package = json.loads(write_framework(LEADERSHIP, "case").text)
    items = {item["humanCodingScheme"]: item for item in package["CFItems"]}
    assert items["LR-organiser"]["extensions"]["requires"][0] == {"skill": "LD-D1", "level": 2}
    assert items["LX-high-risk"]["extensions"]["adjust"]["require"] == {"MS-P4": 4}


@pytest.mark.parametrize("framework", BOTH, ids=["skills", "leadership"])
def test_ctdl_asn_round_trip_keeps_ids_codes_texts_and_hierarchy(framework: Framework) -> None:
    exported = write_framework(framework, "ctdl-asn", options=ExportOptions(known=BOTH))
    back = read_framework(exported.text.encode())
    for attribute in ("id", "code", "kind", "label", "description"):
        assert [getattr(item, attribute) for item in back.items] == [
            getattr(item, attribute) for item in framework.items
        ]
    assert [item.targets("broader") for item in back.items] == [item.targets("broader") for item in framework.items]
    assert (back.id, back.title, back.description) == (framework.id, framework.title, framework.description)
    lost = {loss.subject: loss.count for loss in exported.losses}
    assert (lost["levels"], lost.get("roles", 0)) == (4, len(framework.roles))


def test_the_packaged_files_are_the_shared_ones(shared: Path, root: Path) -> None:
    for name in ("movement-skills.json", "leadership.json"):
        ours = json.loads((root / "openbadges/frameworks/data" / name).read_text())
        theirs = json.loads((shared / "domain" / name).read_text())
        assert ours.pop("format") == theirs.pop("format").removesuffix(" (draft)")
        assert ours == theirs


def test_the_shared_files_import_and_are_written_without_loss(shared: Path) -> None:
    for name in ("movement-skills.json", "leadership.json"):
        source = json.loads((shared / "domain" / name).read_text())
        document = json.loads(write_framework(read_framework(json.dumps(source).encode()), "json").text)
        assert {**document, "format": source["format"]} == source


def test_the_shared_case_packages_say_the_same_as_the_plain_files(shared: Path) -> None:
    for framework, name in ((SKILLS, "movement-skills"), (LEADERSHIP, "leadership")):
        package = read_framework((shared / "domain" / f"{name}.case.json").read_bytes())
        assert [item.code for item in package.items] == [item.code for item in framework.items]
        assert [item.label for item in package.items] == [item.label for item in framework.items]
        assert [item.targets("broader") for item in package.items] == [
            item.targets("broader") for item in framework.items
        ]
        assert [item.mappings for item in package.items] == [item.mappings for item in framework.items]
        assert [level.key for level in package.levels] == [level.key for level in framework.levels]
        assert [role.requires for role in package.roles] == [role.requires for role in framework.roles]
        assert [context.adjust for context in package.contexts] == [context.adjust for context in framework.contexts]


def test_profiles_from_the_shared_case_packages_are_the_same_bytes(shared: Path) -> None:
    packages = tuple(
        read_framework((shared / "domain" / f"{name}.case.json").read_bytes())
        for name in ("leadership", "movement-skills")
    )
    assert _all_profiles(packages) == _all_profiles(BOTH)
    assert Catalogue(packages).unresolved() == ()


def test_the_shared_case_packages_are_rewritten_with_the_same_identifiers(shared: Path) -> None:
    for name in ("movement-skills", "leadership"):
        source = json.loads((shared / "domain" / f"{name}.case.json").read_text())
        written = json.loads(write_framework(read_framework(json.dumps(source).encode()), "case").text)
        assert {item["identifier"] for item in written["CFItems"]} == {item["identifier"] for item in source["CFItems"]}
        assert written["CFDocument"]["identifier"] == source["CFDocument"]["identifier"]


def test_the_sample_overlay_works(shared: Path) -> None:
    local = read_framework((shared / "domain/affiliate-extension.sample.json").read_bytes())
    assert overlay(BOTH, local).unresolved() == ()
    # starts from the organiser in a small or new community: LD-G2 and MS-G5 are not asked, so nothing changes there;
    # then MOS-1 is added at 2, and MS-P4 is raised from 2 to 3
    own = effective_profile("MOS-R1", overlay=local, frameworks=BOTH)
    organiser = effective_profile("LR-organiser", "LX-small-or-new", frameworks=BOTH)
    assert own.context == "LX-small-or-new"
    assert dict(own.levels) == {**organiser.levels, "MOS-1": 2, "MS-P4": 3}
    # in high risk instead, the organiser needs MS-P4 at 4 and LD-S2 at 3; the local 3 does not lower the 4
    risk = effective_profile("MOS-R1", "LX-high-risk", local, frameworks=BOTH)
    assert (risk.levels["MS-P4"], risk.levels["LD-S2"], risk.levels["MOS-1"]) == (4, 3, 2)


def test_an_overlay_that_redefines_a_global_code_is_refused_with_both_names(shared: Path) -> None:
    source = json.loads((shared / "domain/affiliate-extension.sample.json").read_text())
    source["skills"][0]["code"] = "MS-F2"
    local = read_framework(json.dumps(source).encode())
    with pytest.raises(OverlayRefused) as caught:
        overlay(BOTH, local)
    detail = str(caught.value)
    assert "MS-F2" in detail
    assert "Mosaic user group skills" in detail
    assert "Movement organiser skills (starter)" in detail


def test_alignments_of_the_shared_sample_achievements_are_made_here(shared: Path) -> None:
    catalogue = Catalogue(BOTH)
    achievements = json.loads((shared / "domain/achievements.sample.json").read_text())
    made = 0
    for achievement in achievements:
        for alignment in achievement.get("alignment", ()):
            if alignment["targetType"] == "CFItem":
                found = catalogue.item(alignment["targetUrl"])
                assert found is not None
                assert to_alignment(found[1], achievement["inLanguage"], framework=found[0]) == alignment
                made += 1
    assert made > 8
