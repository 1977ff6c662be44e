"""Tables: ESCO in many languages, and plain CSV as people keep it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

import pytest

from openbadges.errors import LimitError, MalformedError
from openbadges.frameworks import (
    Framework,
    FrameworkLimits,
    ImportOptions,
    ImportProblems,
    framework_from_document,
    read_esco_files,
    read_framework,
    write_framework,
)

ESCO = "http://data.europa.eu/esco/skill/"
HEADER = (
    "conceptType,conceptUri,skillType,reuseLevel,preferredLabel,altLabels,hiddenLabels,status,modifiedDate,scopeNote,"
    "definition,inScheme,description\n"
)
ENGLISH = (
    HEADER
    + f'KnowledgeSkillCompetence,{ESCO}1,skill/competence,transversal,plan events,"arrange events\norganise events",,'
    + "released,"
    + '2024-01-01T00:00:00Z,note,what it is,http://data.europa.eu/esco/concept-scheme/skills,"Set dates, places."\n'
    + f"KnowledgeSkillCompetence,{ESCO}2,knowledge,cross-sector,law,,lawe,released,,,,,\n"
    + f"SkillGroup,{ESCO}G,,,communication,,,released,,,,,\n"
)
FRENCH = (
    HEADER
    + f"KnowledgeSkillCompetence,{ESCO}1,skill/competence,transversal,planifier,,,released,,,,,Fixer les dates.\n"
)


def problems_of(read: object, *arguments: object) -> list[tuple[str, str]]:
    assert callable(read)
    with pytest.raises(ImportProblems) as caught:
        read(*arguments)
    return [(problem.place, problem.code.removeprefix("frameworks.")) for problem in caught.value.problems]


def test_esco_languages_are_merged_by_uri() -> None:
    framework = read_esco_files(
        {"en": ENGLISH, "fr": io.BytesIO(FRENCH.encode("utf-8-sig"))}, ImportOptions(version="1.2.0")
    )
    assert [item.id for item in framework.items] == [ESCO + "G", ESCO + "1", ESCO + "2"]
    event = framework.items[1]
    assert event.label == {"en": "plan events", "fr": "planifier"}
    assert event.description == {"en": "Set dates, places.", "fr": "Fixer les dates."}
    assert event.alt_labels == {"en": ("arrange events", "organise events")}
    assert event.extra["esco"]["reuseLevel"] == "transversal"
    assert event.extra["esco"]["definition"] == {"en": "what it is"}
    assert framework.items[2].extra["esco"]["hiddenLabels"] == {"en": ["lawe"]}
    assert [item.kind for item in framework.items] == ["group", "skill", "knowledge"]
    assert (framework.scheme, framework.version, framework.languages) == ("esco", "1.2.0", ("en", "fr"))


def test_esco_survives_the_own_format() -> None:
    framework = read_esco_files({"en": ENGLISH, "fr": FRENCH})
    assert read_framework(write_framework(framework, "json").text.encode()) == framework


def test_esco_is_found_by_content_and_takes_the_older_short_header() -> None:
    short = "conceptType;conceptUri;preferredLabel;altLabels\n" + f"KnowledgeSkillCompetence;{ESCO}1;plan;\n\n"
    framework = read_framework(short.encode("utf-8-sig"), options=ImportOptions(language="fr"))
    assert (framework.scheme, framework.items[0].label, framework.items[0].status) == ("esco", {"fr": "plan"}, None)


def test_esco_problems_are_listed_with_language_and_row() -> None:
    rows = HEADER + "a,b\n" + f"x,{ESCO}1,,,,,,,,,,,\n" + "x,no,,,label,,,,,,,,\n" + f"x,{ESCO}2,,,l,,,,,,,,\n" * 2
    assert problems_of(read_esco_files, {"en": rows, "fr": "nothing\n", "not a tag": ENGLISH, "es": ""}) == [
        ("en row 2", "wrong_columns"),
        ("en row 3", "missing_member"),
        ("en row 4", "bad_uri"),
        ("en row 6", "twice"),
        ("fr row 1", "missing_columns"),
        ("", "bad_language"),
        ("es row 1", "missing_columns"),
    ]


def test_esco_limits() -> None:
    few = ImportOptions(limits=FrameworkLimits(items=2, languages=1))
    assert problems_of(read_esco_files, {"en": ENGLISH}, few) == [("en row 4", "too_many_items")]
    assert problems_of(read_esco_files, {"en": ENGLISH, "fr": FRENCH}, few) == [("", "too_many_languages")]
    small = ImportOptions(limits=FrameworkLimits(file_bytes=200))
    endless = io.BytesIO(b"x" * 10_000)
    for source in (ENGLISH, ENGLISH.encode(), endless, iter([HEADER, "x" * 500])):
        with pytest.raises(LimitError):
            read_esco_files({"en": source}, small)
    assert endless.tell() <= 201  # the rest of an endless line is not read


@pytest.mark.parametrize("source", [HEADER.encode() + b"\xff", HEADER + "\ud800", iter([HEADER, "\udcff"])])
def test_a_table_that_is_not_utf_8(source: bytes | str | Iterator[str]) -> None:
    with pytest.raises(MalformedError) as caught:
        read_esco_files({"en": source})
    assert caught.value.code == "json.encoding"


def test_a_cell_without_end_is_refused() -> None:
    with pytest.raises(MalformedError) as caught:
        read_framework(("label,id\n" + '"' + "x" * 200_000).encode(), file_format="csv")
    assert (caught.value.code, caught.value.params["row"]) == ("frameworks.bad_table", 2)


PLAIN = (
    "kind;code;id;label;label_fr;description@en;parent;related;altLabels_fr;Colour;order;as_is\n"
    "framework;F;https://f.example/f;Frame;Cadre;About;;;;;;\n"
    "level;low;;Low;Bas;;;;;;;\n"
    "level;high;;High;Haut;;;;;;9;\n"
    "group;A;;Group;;;;;;;;\n"
    ";A1;;One;Un;First;A;A2|A3;Uno|Eins;red;;yes\n"
    "skill;A2;;Two;;;A;;;;;\n"
    "ability;A3;https://f.example/three;Three;;;A;;;;;\n"
)


def test_a_plain_table_is_read() -> None:
    framework = read_framework(PLAIN.encode())
    assert (framework.id, framework.code, framework.title, framework.description) == (
        "https://f.example/f", "F", {"en": "Frame", "fr": "Cadre"}, {"en": "About"},
    )  # fmt: skip
    assert [(level.key, level.order) for level in framework.levels] == [("low", 1), ("high", 9)]
    first = framework.items[1]
    assert (first.label, first.targets("broader"), first.targets("related")) == (
        {"en": "One", "fr": "Un"},
        ("A",),
        ("A2", "A3"),
    )
    assert (first.alt_labels, first.extra) == ({"fr": ("Uno", "Eins")}, {"Colour": "red", "as_is": "yes"})
    assert [(item.kind, item.id) for item in framework.items] == [
        ("group", "https://f.example/f/groups/a"),
        ("skill", "https://f.example/f/items/a1"),
        ("skill", "https://f.example/f/items/a2"),
        ("ability", "https://f.example/three"),
    ]


def test_tables_of_other_projects_are_read_with_an_id_from_outside() -> None:
    onet = "Element ID\tElement Name\n2.A.1.a\tReading Comprehension\n"
    options = ImportOptions(framework_id="https://onet.example/", title="O*NET", version="29.0", scheme="onet")
    framework = read_framework(onet.encode(), options=options)
    assert (framework.title, framework.version, framework.scheme) == ({"en": "O*NET"}, "29.0", "onet")
    assert (framework.items[0].code, framework.items[0].label) == ("2.A.1.a", {"en": "Reading Comprehension"})
    rsd = "id,skillName,skillStatement\nx1,Saw,Saws wood.\n"
    item = read_framework(rsd.encode(), options=ImportOptions(framework_id="https://rsd.example/")).items[0]
    assert (item.code, item.description) == ("x1", {"en": "Saws wood."})


def test_plain_table_problems_are_listed_with_rows() -> None:
    wrong = "code,label,id\nA,,\n,No code,\nB,Two,https://f.example/b,extra\nC,Three,\nC,Four,\n"
    options = ImportOptions(framework_id="https://f.example/")

    def read(text: str, options: ImportOptions = options) -> Framework:
        return read_framework(text.encode(), file_format="csv", options=options)

    everything = [
        ("row 2", "missing_member"),
        ("row 3", "no_id_no_code"),
        ("row 4", "wrong_columns"),
        ("row 6", "twice"),
    ]
    assert problems_of(read, wrong) == everything  # one mending is enough
    assert problems_of(read, wrong, ImportOptions()) == [("", "no_framework_id"), *everything]
    assert problems_of(read, "code,label,parent\nA,One,Z\nB,,\nC,Three,B\n") == [
        ("row 2, broader", "unknown_reference"),
        ("row 3", "missing_member"),  # and row 4 refers to it without fault
    ]
    assert problems_of(read, "Code,label,code\nA,One,B\n") == [("row 1", "column_twice")]
    with pytest.raises(MalformedError, match="from row 2 on"):
        read('code,label\nA,"One\nB,Two\n')  # a quotation that never ends would swallow the rows after it
    with pytest.raises(ImportProblems, match="row 3: “C” stands twice; the first time at row 2"):
        read("code,label\nC,Three\nC,Four\n")
    assert problems_of(read, "code,label,related\nC,Three,C\n,Four,C\nD,Five,\n", ImportOptions()) == [
        ("", "no_framework_id"),
        ("row 3", "no_id_no_code"),
    ]
    assert problems_of(read, "code,text\nC,Three\n") == [("row 1", "missing_columns")]
    assert problems_of(read, "") == [("row 1", "missing_columns")]
    assert problems_of(read, "kind,code,label,order\nlevel,a,A,1\nlevel,b,B,999\n") == [("row 3, order", "bad_level")]
    assert problems_of(read, "code,label\nC,L\n", ImportOptions(framework_id="no address")) == [("/id", "bad_uri")]


def test_a_written_table_is_read_back_with_ids_codes_texts_levels_and_relations() -> None:
    framework = read_framework(PLAIN.encode())
    exported = write_framework(framework, "csv")
    again = read_framework(exported.text.encode())
    assert {loss.subject for loss in exported.losses} == {"item.Colour", "item.as_is"}
    assert again.levels == framework.levels
    assert [(item.id, item.code, item.kind, item.label, item.relations) for item in again.items] == [
        (item.id, item.code, item.kind, item.label, item.relations) for item in framework.items
    ]


@pytest.mark.parametrize("words", ["=1+1", "+1", "-1", "@x", "\tx"])
def test_cells_are_never_formulas_for_a_spreadsheet(words: str) -> None:
    document = {
        "format": "openbadges-framework/1",
        "id": "https://f.example/",
        "title": {"en": "T"},
        "skills": [
            {
                "code": "A",
                "label": {"en": words},
                "altLabels": {"en": ["=x", "b"]},
                "broader": [{"target": "https://x.example/", "case": 1}],
            }
        ],
    }
    framework = framework_from_document(document)
    written = write_framework(framework, "csv").text
    cells = [cell for row in csv.reader(io.StringIO(written)) for cell in row]
    assert not [cell for cell in cells if cell[:1] in ("=", "+", "-", "@", "\t", "\r")]
    again = read_framework(written.encode()).items[0]
    assert (again.label["en"], again.alt_labels["en"]) == (words.strip(), ("=x", "b"))
