"""The box that takes anything pasted."""

from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from issuer_service.services.columns import COLUMNS, column_named
from issuer_service.services.errors import InvalidError
from issuer_service.services.parsing import LONGEST_PASTE, MOST_ROWS, parse_recipients
from issuer_service.services.recipients import recognise
from issuer_service.services.records import RecipientKind
from openbadges.testing import fixed_key

DID = fixed_key().did


def values(text: str, **more: Any) -> list[tuple[int, str]]:
    return [(row.line, row.value) for row in parse_recipients(text, **more)]


def test_anything_one_a_line() -> None:
    found = parse_recipients(f"Anna\n\n  Ben_Smith \n* [[User:Carla|C]]\n@dora\n1. Émile\nA@B.org\n{DID}\n")
    assert [(row.line, row.kind.value, row.value) for row in found] == [
        (1, "username", "Anna"),
        (3, "username", "Ben Smith"),
        (4, "username", "Carla"),
        (5, "username", "dora"),
        (6, "username", "Émile"),
        (7, "email", "a@b.org"),
        (8, "did", DID),
    ]
    assert all(row.problem is None for row in found)


def test_the_programme_dashboards_roster_as_it_is() -> None:
    roster = (
        "username,enrollment_timestamp,registered_at,revisions_during_project,mainspace_bytes_added,userpace_bytes_added,"
        "draft_space_bytes_added,registered_during_project\r\n"
        "Anna K.,2026-03-01 10:00:00 UTC,2019-01-01 00:00:00 UTC,12,3456,0,0,false\r\n"
        '"Smith, John",2026-03-01 10:00:00 UTC,,0,0,0,0,true\r\n'
    )
    assert values(roster) == [(2, "Anna K."), (3, "Smith, John")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\ufeffNombre de usuario;Comentario\nAna;Hizo\n", "Ana"),
        ("اسم المستخدم\tتعليق\nسارة\tجيد\n", "سارة"),
        ("Nom d’utilisateur;Commentaire\nÉlodie;oui", "Élodie"),
        ("N°;Utilisateur\n1;Luc", "Luc"),
        ("Participants|Edits\nMia|7", "Mia"),
        ("E-Mail,First name\na@example.org,Ada", "a@example.org"),
        ("#\tUsername\tEdits\n1\tAda\t7", "Ada"),
        ("用户名,编辑\n小明,5", "小明"),
        ("Username\nAda", "Ada"),
        ("Username,x\nAda,1\n , \n", "Ada"),
        ("Name\nAda", "Ada"),
    ],
)
def test_headings_in_many_languages_and_separators(text: str, expected: str) -> None:
    assert values(text) == [(2, expected)]


def test_remark_evidence_and_level_by_column() -> None:
    paste = (
        'username,evidence,level,narrative\nAda,https://x.org/1 https://x.org/2,Gold,"two\nlines"\n'
        "Ben,no address,,\n,,,x"
    )
    ada, ben, nobody = parse_recipients(paste)
    assert (ada.narrative, ada.level, len(ada.evidence), ada.line) == ("two\nlines", "Gold", 2, 2)
    assert ben.problem.code == "row.evidence"
    assert ben.line == 4
    assert nobody.problem.code == "recipient.empty"
    long = parse_recipients(f"username,comment\nAda,{'x' * 5_001}\nBen,a\x07b\n")
    assert [row.problem.code for row in long] == ["row.narrative"] * 2


def test_heading_that_comes_twice_counts_once() -> None:
    assert parse_recipients("username,note,comment\nAda,first,second")[0].narrative == "first"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Name,Username\nAda Long,ada1", ["ada1"]),
        ("Name;E-mail\nAda Long;ada@x.org", ["ada@x.org"]),
        ("Nombre\tCorreo electrónico\nAda\tada@x.org", ["ada@x.org"]),
        ("الاسم،اسم المستخدم\nآدا".replace("،", ",") + ",ada1", ["ada1"]),
        ("Username,E-mail,Name\nada1,ada@x.org,Ada\n,ben@x.org,Ben\n , ,Cleo", ["ada1", "ben@x.org", "Cleo"]),
        ("Participants,Edits\nMia,7", ["Mia"]),
    ],
)
def test_what_can_be_proved_comes_before_how_somebody_is_called(text: str, expected: list[str]) -> None:
    assert [value for _, value in values(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Anna, Ben, Carla", ["Anna", "Ben", "Carla"]),
        ("Anna; Ben\nCarla; Dan", ["Anna", "Ben", "Carla", "Dan"]),
        ("a@x.org, b@y.org\nc@z.org", ["a@x.org", "b@y.org", "c@z.org"]),
        ("Ann <a@b.org>; Bo <c@d.org>", ["a@b.org", "c@d.org"]),
        ("Smith, John\nDoe, Jane", ["Smith, John", "Doe, Jane"]),
        ("Anna,2026-01-01\nBen,2026-02-02", ["Anna", "Ben"]),
        ("Anna,a@x.org\nBen,b@x.org", ["a@x.org", "b@x.org"]),
        ("Anna\tx\nBen\ty", ["Anna", "Ben"]),
        ("Anna, +49 170 1234567\nBen, (030) 123456", ["Anna", "Ben"]),
        ("سارة، ليلى", ["سارة", "ليلى"]),
        ("", []),
        (" \n\t\n", []),
    ],
)
def test_lists_and_tables_without_headings(text: str, expected: list[str]) -> None:
    assert [value for _, value in values(text)] == expected


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("192.0.2.1", "recipient.ip_address"),
        ("2001:db8::1", "recipient.ip_address"),
        ("~2026-12345-6", "recipient.temporary"),
        ("https://example.org/page", "recipient.page"),
        ("tel:+49-170-1234567", "recipient.phone"),
        ("- TEL:+49 170 1234567", "recipient.phone"),
        ("Ada <tel:+491701234567>", "recipient.phone"),
        ("+49 (0)170 / 123 45 67", "recipient.phone"),
        ("Ada Lovelace, +49 170 1234567\nBen", "recipient.phone"),
        ("sms:0170123", "recipient.phone"),
        ("sip:ada@example.org", "recipient.scheme"),
        ("Ada <XMPP:ada@example.org>", "recipient.scheme"),
        ("acct:ada@example.org", "recipient.scheme"),
        ("javascript:alert(1)", "recipient.scheme"),
        ("urn:uuid:0b8f0c1e", "recipient.scheme"),
        ("mailto:", "recipient.email"),
        ("bad|name", "recipient.characters"),
        ("a\x07b", "recipient.characters"),
        ("me@", "recipient.email"),
        ("foo@bar", "recipient.email"),
        ("did:key:zz", "recipient.did"),
        ("did:nothing:1", "recipient.did"),
        ("x" * 256, "recipient.too_long"),
        ("x" * 5_000, "recipient.too_long"),
        ("___", "recipient.empty"),
    ],
)
def test_reasons_for_bad_rows(text: str, code: str) -> None:
    row = parse_recipients(text)[0]
    assert row.problem.code == code
    assert str(row.problem)


def test_a_forgotten_quote_is_told_and_not_swallowed_silently() -> None:
    rows = parse_recipients('username,x\n"Ada,1\nBen,2\n')
    assert [row.problem.code for row in rows] == ["recipient.too_long"]


def test_a_cell_that_the_reader_cannot_hold_is_a_bad_row() -> None:
    rows = parse_recipients(f"username,x\n{'y' * 140_000},1\nBen,2\n")
    assert [row.problem and row.problem.code for row in rows][-1] is None
    assert rows[0].problem is not None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("https://meta.example.org/wiki/User:Ada_Lovelace", "Ada Lovelace"),
        ("https://x.example/w/index.php?title=Usuario:Jos%C3%A9", "José"),
        ("w:es:Usuaria:Ana", "Ana"),
        ("مستخدمة:سارة", "سارة"),
        ("\u200eLeft\u200f", "Left"),
        ("Jose\u0301", "José"),
        ("  a \u00a0 b  ", "a b"),
        ("- Ada", "Ada"),
        ("Ada #2", "Ada #2"),
        ("mailto:A@b.org", "a@b.org"),
        ("MAILTO:a%2Bwiki@b.org?subject=Your%20badge", "a+wiki@b.org"),
        ("Ada <MailTo:a@b.org>", "a@b.org"),
        ("<mailto:a@b.org>", "a@b.org"),
        ("C++2000", "C++2000"),
        ("20261234567", "20261234567"),
        ("tel: Ada", "tel: Ada"),
        ("Team:Ada", "Team:Ada"),
    ],
)
def test_canonical_user_names(text: str, value: str) -> None:
    found = recognise(text)
    assert found.value == value


def test_prefix_is_put_before_user_names_once() -> None:
    prefix = "https://meta.example.org/wiki/User:"
    assert recognise("Ada_L", prefix=prefix).value == prefix + "Ada L"
    assert recognise(prefix + "Ada_L", prefix=prefix).value == prefix + "Ada L"
    assert recognise("a@example.org", prefix=prefix).value == "a@example.org"
    assert recognise(DID, prefix=prefix).value == DID


def test_kind_may_be_said() -> None:
    assert recognise("Ada  Lovelace", kind=RecipientKind.NAME).value == "Ada Lovelace"
    assert recognise("mailto:A@b.org", kind=RecipientKind.EMAIL).value == "a@b.org"
    assert recognise("Ada", kind=RecipientKind.EMAIL).problem.code == "recipient.email"
    assert recognise("Ada", kind=RecipientKind.DID).problem.code == "recipient.did"
    assert recognise("did:key:x", kind=RecipientKind.USERNAME).problem is None


def test_s_csv_1_limits_of_rows_and_text() -> None:
    assert len(parse_recipients("\n".join(f"P{n}" for n in range(MOST_ROWS)))) == MOST_ROWS
    for text in ("\n".join(f"P{n}" for n in range(MOST_ROWS + 1)), "x" * (LONGEST_PASTE + 1)):
        with pytest.raises(InvalidError):
            parse_recipients(text)


def test_ten_thousand_rows_are_read_in_seconds() -> None:
    start = time.perf_counter()
    parse_recipients("username,comment\n" + "\n".join(f"Person {n},did well" for n in range(MOST_ROWS)))
    assert time.perf_counter() - start < 10


@given(st.text(max_size=300))
def test_any_text_becomes_rows(text: str) -> None:
    for row in parse_recipients(text):
        assert row.problem is not None or (row.value and "\n" not in row.value)


def test_columns_are_known_in_the_four_languages_of_the_pages() -> None:
    for name in ("Username", "Usuario", "Utilisateur", "اسم المستخدم", "Benutzername", "ユーザー名"):
        assert column_named(name) == "recipient"
    assert column_named("x" * 61) is None
    assert column_named("Edits") is None
    assert set(COLUMNS.values()) == {"recipient", "person", "narrative", "evidence", "level"}
