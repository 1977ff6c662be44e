"""The two tables of formats, and finding a format by content."""

from __future__ import annotations

import dataclasses
import json

import pytest

from openbadges import frameworks
from openbadges.errors import LimitError, MalformedError, OpenBadgesError, UnsupportedError
from openbadges.frameworks import (
    EXPORTERS,
    IMPORTERS,
    FrameworkLimits,
    ImportOptions,
    detect_format,
    item_document,
    read_framework,
    starter_frameworks,
    to_document,
    write_framework,
)
from openbadges.frameworks.schema_export import framework_schema, main
from openbadges.messages import MESSAGES


@pytest.mark.parametrize("name", EXPORTERS)
def test_what_is_written_is_recognised(name: str) -> None:
    for framework in starter_frameworks():
        assert detect_format(write_framework(framework, name).text.encode()) == name


def test_a_package_of_ours_is_case_and_a_case_framework_in_our_format_is_ours() -> None:
    skills, _ = starter_frameworks()
    package = json.loads(write_framework(skills, "case").text)
    turned = {name: package[name] for name in reversed(package)}  # CFDocument last
    assert detect_format(json.dumps(turned).encode()) == "case"
    document = to_document(skills) | {"case": {"CFDocument": {"x": 1}}}
    assert detect_format(json.dumps(document).encode()) == "json"


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"", None),
        (b"\xff\xfe", None),
        (b"[1, 2]", None),
        (b"<html>,</html>", None),
        (b"{}", None),
        (b'{"name": "x"}', None),
        (b"one word", None),
        (b"code,label\n", "csv"),
        ("\ufeffconceptType,conceptUri,preferredLabel\n".encode(), "esco"),
        (b'{"@context": "https://credreg.net/ctdlasn/schema/context/json"}', "ctdl-asn"),
    ],
)
def test_formats_are_found_by_content(data: bytes, name: str | None) -> None:
    assert detect_format(data) == name


def test_unknown_formats_are_named() -> None:
    skills, _ = starter_frameworks()
    for data, name in ((b"", None), (b"{}", "xml")):
        with pytest.raises(UnsupportedError) as caught:
            read_framework(data, file_format=name)
        assert caught.value.params["known"] == list(IMPORTERS)
    with pytest.raises(UnsupportedError):
        write_framework(skills, "xml")


def test_a_mark_of_the_encoding_is_passed_over_or_named() -> None:
    skills, _ = starter_frameworks()
    for name in ("json", "case", "ctdl-asn", "csv"):
        written = write_framework(skills, name).text
        assert read_framework(written.encode("utf-8-sig")) == read_framework(written.encode())
        with pytest.raises(MalformedError, match="Save the file as UTF-8"):
            read_framework(written.encode("utf-16"))


def test_size_is_limited_before_the_format_is_looked_for() -> None:
    with pytest.raises(LimitError):
        read_framework(b"x" * 11, options=ImportOptions(limits=FrameworkLimits(file_bytes=10)))


@pytest.mark.parametrize("name", IMPORTERS)
@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x00",
        b"\xff",
        b"[" * 100,
        b"{" * 100,
        b"null",
        b'"text"',
        (
            b'{"CFDocument": {"extensions": {"titles": [1]}}, '
            b'"CFItems": [{"uri": "https://x.example/", "extensions": {"mappings": {"a": 5}}}]}'
        ),
        b'{"CFDocument": {"uri": "https://x.example/"}, "CFAssociations": [{"associationType": {}}]}',
        b'{"@graph": [{"@type": "ceasn:CompetencyFramework", "ceasn:name": [[]], "ceasn:hasTopChild": {}}]}',
        b'{"@type": [{}, "ceasn:CompetencyFramework"], "@id": {}}',
        b'{"format": "openbadges-framework/1", "id": [], "levels": [[]]}',
        b"label,label,label\n,,,,,\n\n\n",
        b'"a\n\n,,',
        b"conceptUri,preferredLabel,conceptUri\na,b,c\n",
    ],
)
def test_whatever_comes_in_only_our_errors_come_out(name: str, data: bytes) -> None:
    with pytest.raises(OpenBadgesError) as caught:
        read_framework(data, file_format=name)
    assert caught.value.code in MESSAGES
    assert str(caught.value)


def test_every_public_name_is_there_and_explained() -> None:
    for name in frameworks.__all__:
        value = getattr(frameworks, name)
        if isinstance(value, type) or callable(value):
            assert value.__doc__, name


def test_an_item_alone_is_a_record_of_the_file_format() -> None:
    skills, _ = starter_frameworks()
    document = item_document(skills.items[6])
    assert (document["code"], document["broader"]) == ("MS-T1", ["MS-T"])


def test_limits_are_frozen_and_changeable_by_copy() -> None:
    limits = dataclasses.replace(FrameworkLimits(), items=1)
    assert limits.json_limits().json_depth == limits.json_depth


def test_the_published_schema_is_the_generated_one(monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> None:
    from pathlib import Path

    from openbadges.frameworks import schema_export

    assert main(["--check"]) == 0
    file = Path(str(tmp_path)) / "framework.json"
    monkeypatch.setattr(schema_export, "_FILE", file)
    assert main(["--check"]) == 1
    assert main([]) == 0
    assert json.loads(file.read_bytes()) == framework_schema()
    assert main(["--check"]) == 0


def test_the_schema_is_written_by_one_command(monkeypatch: pytest.MonkeyPatch) -> None:
    import runpy
    import sys

    from openbadges.frameworks import schema_export

    monkeypatch.setattr(sys, "argv", ["schema_export", "--check"])
    with pytest.raises(SystemExit) as caught:
        runpy.run_path(str(schema_export.__file__), run_name="__main__")
    assert caught.value.code == 0
