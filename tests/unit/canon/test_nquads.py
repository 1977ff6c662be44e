"""N-Quads: canonical terms, strict reading, sorted writing."""

from __future__ import annotations

from dataclasses import replace

import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st

from openbadges.canon import nquads
from openbadges.errors import LimitError, MalformedError
from openbadges.limits import DEFAULT_LIMITS

P = "<urn:p>"


def code_of(step, *arguments):
    with pytest.raises(MalformedError) as caught:
        step(*arguments)
    return caught.value.code


def test_control_characters_are_escaped_as_rdfc_says():
    text = "".join(map(chr, range(0x20))) + "\"\\\x7f\x80'"
    assert nquads.literal(text) == (
        '"\\u0000\\u0001\\u0002\\u0003\\u0004\\u0005\\u0006\\u0007\\b\\t\\n\\u000B\\f\\r\\u000E\\u000F\\u0010\\u0011'
        "\\u0012\\u0013\\u0014\\u0015\\u0016\\u0017\\u0018\\u0019\\u001A\\u001B\\u001C\\u001D\\u001E\\u001F"
        '\\"\\\\\\u007F\x80\'"'
    )


def test_what_is_no_character_of_xml_is_escaped():
    assert nquads.literal("\ufffe\uffff\ufffd") == '"\\uFFFE\\uFFFF\ufffd"'


def test_literal_forms():
    assert nquads.literal("a") == '"a"'
    assert nquads.literal("a", "http://www.w3.org/2001/XMLSchema#string") == '"a"'
    assert nquads.literal("a", "xsd:dateTime") == '"a"^^<xsd:dateTime>'
    assert nquads.literal("a", language="pt-BR") == '"a"@pt-BR'
    assert nquads.literal("a", "urn:ignored", "en") == '"a"@en'
    assert nquads.literal("a", language="ar", direction="rtl") == '"a"^^<https://www.w3.org/ns/i18n#ar_rtl>'
    assert nquads.literal("a", direction="ltr") == '"a"^^<https://www.w3.org/ns/i18n#_ltr>'


@pytest.mark.parametrize("tag", ["", "en_US", "en-", "-en", "e n", "123", "abcdefghi", "en-abcdefghi", "en\n", "é"])
def test_impossible_language_tags(tag):
    assert not nquads.is_language_tag(tag)
    assert code_of(nquads.literal, "a", None, tag) == "canon.language_tag"
    assert code_of(nquads.literal, "a", None, tag, "ltr") == "canon.language_tag"


def test_possible_language_tag():
    assert nquads.is_language_tag("zh-Hant-TW")


def test_half_a_character_is_refused():
    assert code_of(nquads.literal, "é\ud800") == "canon.lone_surrogate"
    assert code_of(nquads.iri, "urn:\udfff") == "canon.iri_characters"


@pytest.mark.parametrize("text", ["urn:x", "https://example.org/é?a=1#b", "xsd:anyURI", "did:key:z#z"])
def test_absolute_iris(text):
    assert nquads.iri(text) == f"<{text}>"


@pytest.mark.parametrize("text", ["", "x", "/x", "//example.org/x", "#x", "1urn:x", ":x", "é:x", " urn:x"])
def test_relative_iris_are_refused(text):
    assert code_of(nquads.iri, text) == "canon.relative_iri"


@pytest.mark.parametrize("bad", [*'<>"{}|^`\\ \t\n\r\x00', "> <urn:q> .\n", "#a#"])
def test_an_iri_cannot_end_its_term_early(bad):
    assert code_of(nquads.iri, f"urn:a{bad}b") == "canon.iri_characters"


def test_blank_nodes():
    assert nquads.blank("b0") == "_:b0"
    for label in ("", "a b", "a.", "-a", "a> ."):
        assert code_of(nquads.blank, label) == "canon.blank_node_label"


def test_lines_are_sorted_by_code_point():
    quads = [("_:a", P, '"\uffff"', ""), ("_:a", P, '"\U00010000"', ""), ("<urn:a>", P, "_:b", "<urn:g>")]
    assert nquads.serialize(quads) == (
        '<urn:a> <urn:p> _:b <urn:g> .\n_:a <urn:p> "\uffff" .\n_:a <urn:p> "\U00010000" .\n'
    )


def test_reading_what_the_grammar_allows():
    text = (
        "# a comment\n\n \t\r\n"
        '<urn:s><urn:p>"a\\tb\\u00e9\\U0001F600\\\'"@en-GB<urn:g>.# after\r\n'
        "_:a.b  <urn:\\u0070>\t_:1 _:g .\n"
        '_:é <urn:p> "x"^^<http://www.w3.org/2001/XMLSchema#string> .\r'
        '_:x <urn:p> "" .'
    )
    assert nquads.parse(text) == [
        ("<urn:s>", P, '"a\\tbé\U0001f600\'"@en-GB', "<urn:g>"),
        ("_:a.b", P, "_:1", "_:g"),
        ("_:é", P, '"x"', ""),
        ("_:x", P, '""', ""),
    ]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("<urn:s> <urn:p> <urn:o>", "canon.nquads_syntax"),
        ("<urn:s> <urn:p> .", "canon.nquads_syntax"),
        ("<urn:s> _:p <urn:o> .", "canon.nquads_syntax"),
        ('"s" <urn:p> <urn:o> .', "canon.nquads_syntax"),
        ('<urn:s> <urn:p> <urn:o> "g" .', "canon.nquads_syntax"),
        ("<urn:s> <urn:p> <urn:o> . <urn:t> <urn:p> <urn:o> .", "canon.nquads_syntax"),
        ('<urn:s> <urn:p> "a\\x" .', "canon.nquads_syntax"),
        ('<urn:s> <urn:p> "a\\u12" .', "canon.nquads_syntax"),
        ('<urn:s> <urn:p> "a"@1 .', "canon.nquads_syntax"),
        ('<urn:s> <urn:p> "a"^^_:t .', "canon.nquads_syntax"),
        ("<urn:s> <urn:p> <urn:a b> .", "canon.nquads_syntax"),
        ("<urn:s> <urn:p> <rel> .", "canon.relative_iri"),
        ("<urn:s> <urn:p> <urn:\\u0020> .", "canon.iri_characters"),
        ('<urn:s> <urn:p> "\\uD800" .', "canon.lone_surrogate"),
        ('<urn:s> <urn:p> "\\U00110000" .', "canon.nquads_character"),
    ],
)
def test_what_is_no_statement_is_refused(line, code):
    assert code_of(nquads.parse, line) == code


def test_the_line_is_named():
    with pytest.raises(MalformedError, match="Line 2 "):
        nquads.parse("_:a <urn:p> _:b .\nnonsense\n")


def test_limits():
    line = "_:a <urn:p> _:b .\n"
    assert len(nquads.parse(line * 2, replace(DEFAULT_LIMITS, quads=2))) == 2
    with pytest.raises(LimitError) as caught:
        nquads.parse(line * 3, replace(DEFAULT_LIMITS, quads=2))
    assert caught.value.code == "canon.too_many_quads"
    assert nquads.parse(line, replace(DEFAULT_LIMITS, document_bytes=len(line)))
    with pytest.raises(LimitError) as caught:
        nquads.parse(line, replace(DEFAULT_LIMITS, document_bytes=len(line) - 1))
    assert caught.value.code == "canon.nquads_too_large"


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_literals_come_back_and_agree_with_another_implementation(text):
    term = nquads.literal(text)
    assert nquads.parse(f"<urn:s> <urn:p> {term} .") == [("<urn:s>", P, term, "")]
    (quad,) = pyoxigraph.parse(f"<urn:s> <urn:p> {term} .".encode(), format=pyoxigraph.RdfFormat.N_QUADS)
    assert quad.object.value == text


@given(st.text(max_size=60))
def test_reading_anything_ends_in_quads_or_our_error(text):
    try:
        nquads.parse(text)
    except MalformedError as error:
        assert error.code.startswith("canon.")  # noqa: PT017 - both ends are right
