"""The files of an ESCO download together: skills, groups, hierarchy, relations."""

from __future__ import annotations

import io

import pytest

from openbadges.frameworks import (
    Framework,
    FrameworkLimits,
    ImportOptions,
    ImportProblems,
    Relation,
    children_of,
    framework_from_document,
    read_esco_release,
    to_document,
)

OPTIONS = ImportOptions(version="1.2")
ESCO = "http://data.europa.eu/esco/skill/"
FILES = {
    "skills_en.csv": f"conceptUri,preferredLabel,skillType\n{ESCO}1,plan,skill/competence\n{ESCO}2,law,knowledge\n",
    "skills_pt-BR.csv": f"conceptUri,preferredLabel\n{ESCO}1,planejar\n",
    "skillGroups_en.csv": (
        "conceptType,conceptUri,preferredLabel,altLabels,hiddenLabels,status,modifiedDate,scopeNote,inScheme,"
        f"description,code\nSkillGroup,{ESCO}G,communication,,,released,,,,,S1\nSkillGroup,{ESCO}H,talking,,,released,,,,,\n"
    ),
    "broaderRelationsSkillPillar_en.csv": (
        "conceptType,conceptUri,conceptLabel,broaderType,broaderUri,broaderLabel\n"
        f"KnowledgeSkillCompetence,{ESCO}1,plan,SkillGroup,{ESCO}H,talking\n"
        f"KnowledgeSkillCompetence,{ESCO}1,plan,SkillGroup,{ESCO}H,talking\n"
        f"SkillGroup,{ESCO}H,talking,SkillGroup,{ESCO}G,communication\n"
        f"SkillGroup,{ESCO}gone,x,SkillGroup,{ESCO}G,communication\n"
    ),
    "skillSkillRelations_en.csv": (
        "originalSkillUri,originalSkillType,relationType,relatedSkillType,relatedSkillUri\n"
        f"{ESCO}1,skill/competence,essential,knowledge,{ESCO}2\n"
    ),
}


def release(**changed: str) -> Framework:
    files = {**FILES, **{f"{name}_en.csv": text for name, text in changed.items()}}
    return read_esco_release({name: io.BytesIO(text.encode()) for name, text in files.items()})


@pytest.mark.parametrize("order", [list(FILES), list(FILES)[::-1]])
def test_the_files_of_a_release_become_one_framework_in_any_order(order: list[str]) -> None:
    framework = read_esco_release({name: FILES[name].encode() for name in order}, OPTIONS)
    items = {item.id.removeprefix(ESCO): item for item in framework.items}
    assert sorted(items) == ["1", "2", "G", "H"]
    assert framework == read_esco_release({name: text.encode() for name, text in FILES.items()}, OPTIONS)
    assert framework.languages == ("en", "pt-BR")
    assert items["1"].label == {"en": "plan", "pt-BR": "planejar"}
    assert items["1"].relations == (
        Relation(type="broader", target=ESCO + "H"),
        Relation(type="related", target=ESCO + "2", extra={"relationType": "essential"}),
    )
    assert [item.id for item in children_of(framework.items)[ESCO + "G"]] == [ESCO + "H"]
    assert items["G"].extra["esco"]["code"] == "S1"
    assert framework_from_document(to_document(framework)) == framework


def test_a_name_without_a_language_has_that_of_the_options() -> None:
    table = {"skills.csv": FILES["skills_en.csv"].encode()}
    assert read_esco_release(table, ImportOptions(language="sv")).languages == ("sv",)


def test_what_is_wrong_is_listed_with_file_and_row() -> None:
    with pytest.raises(ImportProblems) as caught:
        release(
            broaderRelationsSkillPillar=f"conceptUri,broaderUri\n{ESCO}1\nnone,{ESCO}G\n{ESCO}1,none\n",
            skillSkillRelations=f"relatedSkillUri\n{ESCO}1\n",
            skillGroups="conceptUri\nx\n",
        )
    assert [(problem.place, problem.code.removeprefix("frameworks.")) for problem in caught.value.problems] == [
        ("skillGroups_en.csv row 1", "missing_columns"),
        ("broaderRelationsSkillPillar_en.csv row 2", "wrong_columns"),
        ("broaderRelationsSkillPillar_en.csv row 3", "bad_uri"),
        ("broaderRelationsSkillPillar_en.csv row 4", "bad_uri"),
        ("skillSkillRelations_en.csv row 1", "missing_columns"),
    ]


def test_a_hierarchy_that_runs_in_a_circle_or_too_deep_is_refused() -> None:
    circle = f"conceptUri,broaderUri\n{ESCO}G,{ESCO}H\n{ESCO}H,{ESCO}G\n"
    with pytest.raises(ImportProblems) as caught:
        release(broaderRelationsSkillPillar=circle)
    assert [(each.place, each.code) for each in caught.value.problems] == [(ESCO + "G", "frameworks.circle")]
    options = ImportOptions(limits=FrameworkLimits(depth=1))
    with pytest.raises(ImportProblems, match="deep"):
        read_esco_release({name: text.encode() for name, text in FILES.items()}, options)
