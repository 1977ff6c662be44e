"""No page says anything that translators never see: texts in templates and in the code of pages are marked."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "issuer_service"
TEMPLATES = sorted((PACKAGE / "templates").rglob("*.html"))
# Commands speak English, and what programs are answered in the API's own words is its documentation.
NOT_PAGES = (
    "cli.py", "config.py", "demo.py", "keystore", "storage", "serving.py", "wsgi.py", "app.py", "wiring.py",
    "web/api/openapi.py", "web/api/sent.py", "web/case_api", "web/metrics.py",
)  # fmt: skip
SOURCES = sorted(
    path for path in PACKAGE.rglob("*.py") if not path.relative_to(PACKAGE).as_posix().startswith(NOT_PAGES)
)
MARKS = frozenset({"_", "gettext", "ngettext", "N_", "_l", "lazy_gettext"})
# what is handed to these is read by programmers or stands in the API's own words
NOT_SAID = frozenset({"warning", "error", "exception", "info", "compile", "Operation", "Field", "problem"})
SEEN_ATTRIBUTES = frozenset(
    {"alt", "title", "placeholder", "aria-label", "data-words", "data-done", "data-count", "content", "summary"}
)
# Names that are the same in every language, addresses, and classes that a template hands to the one around it.
NAMES = re.compile(
    r"\b(?:PNG|SVG|JPEG|WebP|JSON|JSON-LD|JWT|QR|DID|API|CSV|CASE|CTDL-ASN|ESCO|LinkedIn|Markdown|UTC|W3C|KiB|MiB|"
    r"openapi\.json|Open Badges 3\.0|Ctrl|pt-BR)\b|https?://|(?:/\w+)+/?|class=\"[a-z -]*\""
)
_STATEMENT, _VALUE = re.compile(r"{%.*?%}|{#.*?#}", re.DOTALL), re.compile(r"{{.*?}}", re.DOTALL)
_TAG = re.compile(r"(</?){{.*?}}")  # a tag whose name is handed in
_WORD = re.compile(r"[^\W\d_]{2,}")
_SENTENCE = re.compile(r"[A-ZÀ-Ü“][^<]*[^\W\d_]\s+[^\W\d_][^<]*|[A-Z][a-z]+ [a-z]+ .*: ", re.DOTALL)


def _bare(text: str) -> bool:
    return _WORD.search(NAMES.sub("", text)) is not None


class _Reader(HTMLParser):
    """The texts and attributes of a page that people read."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._silent: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {name: value or "" for name, value in attrs}
        if tag in ("script", "style", "code", "pre", "bdi"):
            self._silent.append(tag)
        seen = SEEN_ATTRIBUTES | ({"value"} if tag == "button" or named.get("type") in ("submit", "button") else set())
        if tag == "meta" and not named.get("name", named.get("property", "")).endswith(("description", "title")):
            seen -= {"content"}
        if tag == "button":
            seen -= {"value"}
        self.found += [named[name] for name in seen & named.keys() if _bare(named[name])]

    def handle_endtag(self, tag: str) -> None:
        if self._silent and self._silent[-1] == tag:
            self._silent.pop()

    def handle_data(self, data: str) -> None:
        if not self._silent and _bare(data):
            self.found.append(data.strip())


def bare_in_markup(source: str) -> list[str]:
    """Texts between the tags, and in attributes that are read, that no translation can replace."""
    reader = _Reader()
    reader.feed(_VALUE.sub("·", _TAG.sub(r"\1span", _STATEMENT.sub("", source))))
    return reader.found


def bare_in_expressions(source: str) -> list[str]:
    """Sentences inside ``{{ }}`` and ``{% %}`` that are not handed to gettext."""
    tree = Environment(autoescape=True, extensions=["jinja2.ext.i18n"]).parse(source)
    marked = {
        id(text)
        for call in tree.find_all(nodes.Call)
        if isinstance(call.node, nodes.Name) and call.node.name in MARKS
        for text in call.find_all(nodes.Const)
    }
    texts = [one for one in tree.find_all(nodes.Const) if isinstance(one.value, str) and id(one) not in marked]
    return [one.value for one in texts if _SENTENCE.fullmatch(one.value.strip())]


def bare_in_code(source: str) -> list[str]:
    """Sentences in a module that are neither marked nor said to programmers, to logs or in docstrings."""
    tree = ast.parse(source)
    silent = {id(text) for node in ast.walk(tree) for text in _silent_parts(node)}
    texts = [one for one in ast.walk(tree) if isinstance(one, ast.Constant) and isinstance(one.value, str)]
    return [one.value for one in texts if id(one) not in silent and _SENTENCE.fullmatch(one.value.strip())]


def _silent_parts(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.Call):
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if name in MARKS | NOT_SAID:
            yield from ast.walk(node)
    if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)) and node.body:
        first = node.body[0]
        if isinstance(first, ast.Expr):
            yield first.value
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):  # a sentence below an attribute
        yield node.value


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(PACKAGE / "templates").as_posix())
def test_a_template_says_nothing_that_is_not_marked(path: Path) -> None:
    source = path.read_text("utf-8")
    assert bare_in_markup(source) == []
    assert bare_in_expressions(source) == []


def test_the_code_of_pages_says_nothing_that_is_not_marked() -> None:
    found = {path.relative_to(ROOT).as_posix(): bare_in_code(path.read_text("utf-8")) for path in SOURCES}
    assert {name: texts for name, texts in found.items() if texts} == {}


@pytest.mark.parametrize(
    "source",
    [
        "<p>Hello you</p>",
        "<p>{{ name }} was here</p>",
        '<img alt="A bird">',
        '<button aria-label="Close">x</button>',
        '{{ "Hello you" }}',
        '{% set title = "Hello you" %}',
        '{{ field("Your name") }}',
        "{% if a %}Words{% endif %}",
    ],
)
def test_a_bare_text_in_a_template_is_noticed(source: str) -> None:
    assert bare_in_markup(source) or bare_in_expressions(source)


@pytest.mark.parametrize(
    "source",
    ['flash("It is saved.")', 'go("home", "It is saved")', 'TEXT = "Choose a file"', 'x = {"a": "No such thing"}'],
)
def test_a_bare_text_in_code_is_noticed(source: str) -> None:
    assert bare_in_code(source)


@pytest.mark.parametrize("source", ['flash(gettext("It is saved."))', 'x = N_("Choose a file")', '"""Says what."""'])
def test_a_marked_text_is_fine(source: str) -> None:
    assert bare_in_code(source) == []
    assert bare_in_markup("<p>{{ _('Hello you') }} PNG</p>") == bare_in_expressions("{{ _('Hello you') }}") == []
