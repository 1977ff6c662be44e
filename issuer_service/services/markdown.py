"""Markdown that people wrote, as HTML that cannot do anything (S-XSS-1): no raw HTML, then filtered by a list."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import nh3

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

__all__ = ["plain", "render"]

_TAGS = frozenset(
    ["p", "br", "em", "strong", "code", "pre", "blockquote", "ul", "ol", "li", "a", "hr", "h3", "h4", "h5"]
)
_SCHEMES = frozenset({"http", "https", "mailto"})
_HEADINGS = {"h1": "h3", "h2": "h4", "h3": "h5", "h4": "h5", "h5": "h5", "h6": "h5"}  # the page has h1 and h2 already
_LONGEST = 50_000


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt  # noqa: PLC0415 - only where Markdown is shown

    return MarkdownIt("commonmark", {"html": False, "maxNesting": 20}).disable(["image", "html_block", "html_inline"])


def render(text: str) -> str:
    """Safe HTML of a Markdown text: paragraphs, lists, emphasis, links to http, https and mailto; no pictures."""
    tokens = _parser().parse(text[:_LONGEST])
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = _HEADINGS[token.tag]
    html = _parser().renderer.render(tokens, _parser().options, {})
    return nh3.clean(
        html,
        tags=set(_TAGS),
        attributes={"a": {"href"}},
        url_schemes=set(_SCHEMES),
        link_rel="nofollow noopener noreferrer",
        url_relative="deny",
    )


def plain(text: str, *, longest: int = 300) -> str:
    """The words alone on one line, for descriptions in the head of a page."""
    tokens = _parser().parse(text[:_LONGEST])
    inner = [part for token in tokens for part in (token.children or ())]
    words = " ".join(part.content if part.type in ("text", "code_inline") else " " for part in inner)
    line = " ".join(words.split())
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"
