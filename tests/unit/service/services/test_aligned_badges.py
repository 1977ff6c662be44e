"""A badge that names skills of several frameworks at once, checked by the library alone."""

from __future__ import annotations

import json
from typing import Any

import pytest

from openbadges import AnyIssuer, Outcome, TrustedIssuers, Verifier
from openbadges.frameworks import ExportOptions, mapping_alignments, starter_frameworks, to_alignment, write_framework

SKILLS, LEADERSHIP = starter_frameworks()
ESCO = "http://data.europa.eu/esco/skill/"
TABLE = f"conceptUri,preferredLabel,description\n{ESCO}b1,plan events,Sets dates and places.\n"


@pytest.fixture
def case_items(kit: Any) -> list[Any]:
    """Two items of a framework that came as a CASE package from elsewhere."""
    package = json.loads(write_framework(LEADERSHIP, "case", options=ExportOptions(known=(SKILLS,))).text)
    package = json.loads(json.dumps(package).replace("https://badges.example.org/", "https://case.example/"))
    for record in (package["CFDocument"], *package["CFItems"]):  # as somebody else would have written it
        record.pop("extensions", None)
    imported = kit.services.framework_imports.import_files([json.dumps(package).encode()], user_id="u")
    assert (imported.view.version.source_format, imported.view.head.scheme) == ("case", "case")
    base = "https://case.example/frameworks/leadership/items"
    return [kit.services.frameworks.find(f"{base}/{code}") for code in ("ld-d1", "ld-r2")]


def test_a_badge_with_two_case_items_an_esco_skill_and_a_level_verifies(kit: Any, case_items: list[Any]) -> None:
    kit.services.framework_imports.import_files([TABLE.encode()], user_id="u")
    esco = kit.services.frameworks.find(f"{ESCO}b1")
    chosen = [*case_items, esco]
    alignments = [to_alignment(one.item, "en", framework=one.framework.head) for one in chosen]
    assert [one["targetType"] for one in alignments] == ["CFItem", "CFItem", "ext:ESCOAlignment"]
    levels = [{"level": level.order, "name": level.label["en"], "description": level.description["en"]}
              for level in SKILLS.levels]  # fmt: skip
    rubrics = [{"skill": alignments[0]["targetUrl"], "required": 2, "levels": levels}]
    affiliate = kit.affiliate()
    achievement_id = kit.achievement(affiliate, alignments=alignments, rubrics=rubrics)
    award = kit.award(affiliate, achievement_id, level="Independent")

    verifier = Verifier(fetcher=kit.services.documents, clock=kit.clock)
    for form in (award.signed_json, award.signed_jwt):
        report = verifier.check(form, policy=TrustedIssuers([affiliate.issuer_id]))
        assert report.outcome is Outcome.PASS, report.verdict
    changed = award.signed_json.replace(f"{ESCO}b1", f"{ESCO}b2")
    assert verifier.check(changed, policy=AnyIssuer()).outcome is Outcome.FAIL
    subject = json.loads(award.signed_json)["credentialSubject"]
    assert [one["targetUrl"] for one in subject["achievement"]["alignment"]] == [one.item.id for one in chosen]
    assert subject["achievement"]["resultDescription"][0]["alignment"][0]["targetUrl"] == case_items[0].item.id
    assert subject["result"][0]["achievedLevel"].endswith("-level-3")
    for one in chosen:
        page = kit.services.frameworks.page(one.framework.slug, one.key)
        assert [used.held.achievement.id for used in page.used_by] == [achievement_id]


def test_mappings_are_suggested_and_stand_beside_the_skill(kit: Any) -> None:
    kit.services.framework_imports.init_starters()
    mapped = next(item for item in SKILLS.items if mapping_alignments(item, "en"))
    suggested = mapping_alignments(mapped, "en")
    alignments = [to_alignment(mapped, "en", framework=SKILLS), *suggested]
    affiliate = kit.affiliate()
    document = json.loads(kit.award(affiliate, kit.achievement(affiliate, alignments=alignments)).signed_json)
    stated = document["credentialSubject"]["achievement"]["alignment"]
    assert [one["targetUrl"] for one in stated] == [mapped.id, *(one["targetUrl"] for one in suggested)]
