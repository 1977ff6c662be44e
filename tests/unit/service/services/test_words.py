"""Sentences, Markdown, and the direction of imports."""

from __future__ import annotations

import ast
import re
import string
from pathlib import Path
from typing import Any

import pytest

from issuer_service.services import markdown, sentences
from issuer_service.services.all import Services
from issuer_service.services.errors import InvalidError, NotFoundError, Problem, ServiceError
from issuer_service.services.sentences import SENTENCES, Sentence

FOLDER = Path(sentences.__file__).parent
_ROOMS = (
    "account|achievement|affiliate|award|batch|claim|design|evidence|field|framework|idempotency|image|known_issuer|link|member"
    "|paste|photo|precondition|recipient|row|status|token|verify"
)
_CODE = re.compile(rf'"((?:{_ROOMS})\.[a-z_]+)"')
_OF_THE_LIBRARY = {"image.no_badge"}


def test_every_code_has_a_sentence_and_every_sentence_is_said() -> None:
    places = ("jobs/checkers.py", "web/api/preconditions.py", "web/pages/recipient.py")
    said_elsewhere = [FOLDER.parent / place for place in places]
    sources = [path for path in FOLDER.glob("*.py") if path.name != "sentences.py"]
    used = {code for path in (*sources, *said_elsewhere) for code in _CODE.findall(path.read_text())}
    assert used - _OF_THE_LIBRARY == set(SENTENCES) - {"invalid"}


def test_sentences_are_whole_and_their_places_are_names() -> None:
    for code, text in SENTENCES.items():
        assert text[0].isupper(), code
        assert text.endswith((".", "?", "}")), code
        assert all(name is None or name.isidentifier() for _, name, _, _ in string.Formatter().parse(text)), code


def test_errors_carry_code_template_and_facts() -> None:
    error = ServiceError("award.not_signed", reason="no key")
    assert error.code == "award.not_signed"
    assert error.sentence.params == {"reason": "no key"}
    assert error.sentence.template.endswith("{reason}")
    assert "no key" in str(error)
    assert str(Sentence("award.not_found")) == str(NotFoundError("award.not_found"))
    field, sentence = InvalidError.of("name", "field.required").problems[0]
    assert Problem(field, sentence).sentence.code == "field.required"


def test_services_import_neither_flask_nor_sqlalchemy_nor_sockets() -> None:
    for path in FOLDER.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            for name in names:
                assert name.split(".")[0] not in {"flask", "werkzeug", "jinja2", "sqlalchemy", "socket", "http"}, path
                assert not name.startswith(("openbadges.net", "issuer_service.web", "issuer_service.storage")), path


def test_services_show_no_store_and_no_keystore(kit: Any) -> None:
    assert "store" not in repr(kit.services)
    assert isinstance(kit.services, Services)


# S-XSS-1


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "[x](vbscript:x)",
        "<javascript:alert(1)>",
        "![x](https://evil.example/track.png)",
        "<img src=x onerror=alert(1)>",
        "<iframe src=//evil.example></iframe>",
        '[x](https://a.example/"onmouseover="alert(1))',
        "<svg onload=alert(1)>",
        "[x]: javascript:alert(1)\n[x]",
        "<style>*{display:none}</style>",
        "[x](//evil.example) [y](/admin)",
        "```html\n<script>1</script>\n```",
    ],
)
def test_s_xss_1_markdown_cannot_do_anything(text: str) -> None:
    html = markdown.render(text)
    tags = set(re.findall(r"<([a-z0-9]+)", html))
    assert tags <= {"p", "a", "pre", "code"}
    for attributes in re.findall(r"<a([^>]*)>", html):
        assert re.fullmatch(r'( href="https://[^"]*")?( rel="nofollow noopener noreferrer")', attributes), html


def test_markdown_keeps_what_people_write() -> None:
    html = markdown.render(
        "# Title\n\n* *one*\n* **two** [page](https://a.example) [mail](mailto:a@b.example)\n\n> said"
    )
    for part in (
        "<h3>Title</h3>",
        "<em>one</em>",
        "<strong>two</strong>",
        'href="https://a.example"',
        'href="mailto:a@b.example"',
    ):
        assert part in html
    assert "<blockquote>" in html
    assert "<li>" in html


def test_plain_words_are_cut_at_the_end() -> None:
    assert markdown.plain("**Host** [one](https://a.example)\n\n`event` <b>") == "Host one event <b>"
    assert markdown.plain("word " * 100, longest=12) == "word word w…"
    assert len(markdown.render("x " * 100_000)) < 60_000
