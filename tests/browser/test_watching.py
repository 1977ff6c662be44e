"""What the other tests rely on does notice faults."""

from __future__ import annotations

import pytest


@pytest.fixture
def bad_page(visitor):
    page = visitor()
    page.goto("/")
    page.evaluate(
        """document.querySelector("main").innerHTML =
        '<img src="/static/icon.svg"><p class="far">far</p><p class="pale">pale</p>'"""
    )
    page.evaluate("document.querySelector('.far').style.width = '900px'")
    page.evaluate("document.querySelector('.pale').style.color = '#eee'")
    page.evaluate("document.querySelector('.pale').style.background = '#fff'")
    return page


def test_axe_finds_a_picture_without_words_and_pale_letters(bad_page, axe) -> None:
    assert {found.partition(":")[0] for found in axe(bad_page)} >= {"image-alt", "color-contrast"}
    assert [found.partition(":")[0] for found in axe(bad_page, "color-contrast")] == ["color-contrast"]


def test_what_is_too_wide_is_found(bad_page, too_wide) -> None:
    assert any("far" in found for found in too_wide(bad_page))


def test_a_request_to_elsewhere_and_a_complaint_are_noticed(visitor, watch) -> None:
    page = visitor()
    page.goto("about:blank")
    with page.expect_event("requestfailed"):
        page.set_content("<img src='http://elsewhere.example/x.png'>")
    with page.expect_console_message():
        page.evaluate("console.error('a complaint')")
    with page.context.expect_event("weberror"):
        page.evaluate("setTimeout(() => { throw new Error('a fault'); })")
    found, watch.wrong = watch.wrong, []
    for text in ("http://elsewhere.example/x.png", "a complaint", "a fault"):
        assert any(text in one for one in found), text
