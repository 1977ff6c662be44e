"""The views a page is looked at in, and a browser that takes the pictures and notices what is wrong besides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import Any, Self

from issuer_service.web import limits
from tools.pictures.house import House
from tools.pictures.pages import Page

__all__ = ["VIEWS", "Camera", "View"]

_MOST_BYTES = 100_000  # of a page with its styles and scripts, without pictures
_WEIGHED = ("document", "stylesheet", "script")

# Words as long as German ones: every word of more than three letters gets half of itself again.
_LENGTHEN = """() => {
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const nodes = [];
  while (walk.nextNode()) nodes.push(walk.currentNode);
  const longer = (word) => word + word.slice(0, Math.ceil(word.length / 2)).toLowerCase();
  for (const node of nodes) {
    if (node.parentElement.closest("script, style, code, textarea")) continue;
    node.data = node.data.replace(/\\p{L}{4,}/gu, longer);
  }
}"""
_TOO_WIDE = """() => {
  const wide = document.scrollingElement.scrollWidth, room = document.documentElement.clientWidth;
  if (wide <= room) return [];
  const out = [...document.querySelectorAll("body *")].filter((one) => one.getBoundingClientRect().right > room + 1
    || one.getBoundingClientRect().left < -1);
  return [`${wide} > ${room}`, ...out.slice(-1).map((one) => one.outerHTML.slice(0, 100))];
}"""
# Buttons, fields and links that stand alone; links within a sentence may be as high as their line (WCAG 2.5.8).
_TOO_SMALL = """() => [...document.querySelectorAll("a, button, input, select, textarea, summary")].filter((one) => {
  const box = (one.closest("label, .chips.skills li") || one).getBoundingClientRect();
  const unseen = one.type === "hidden" || one.closest(".skip, .hidden") || getComputedStyle(one).opacity === "0";
  if (!box.width || unseen) return false;
  const alone = one.tagName !== "A" || getComputedStyle(one).display !== "inline";
  return alone && box.height < 43.5;
}).slice(0, 4).map((one) => `${Math.round(one.getBoundingClientRect().height)} px: ${one.outerHTML.slice(0, 90)}`)"""


@dataclass(frozen=True)
class View:
    """A screen, a language and a preference.

    Attributes:
        name: The folder of its pictures.
        width: In CSS pixels.
        options: Of the browser, in Playwright's words.
        before: A script that changes the page before the picture is taken.
        printed: Whether only the pages that are made for paper are taken, on paper.
    """

    name: str
    width: int
    options: Mapping[str, Any] = field(default_factory=dict)
    before: str = ""
    printed: bool = False


VIEWS: Mapping[str, View] = MappingProxyType(
    {
        view.name: view
        for view in (
            View("small", 320),
            View("phone", 390),
            View("desktop", 1280),
            View("zoomed", 640, {"device_scale_factor": 2}),  # 1280 pixels at 200 %
            View("dark", 390, {"color_scheme": "dark"}),
            View("arabic", 390, {"locale": "ar"}),
            View("arabic-desktop", 1280, {"locale": "ar"}),
            View("spanish", 390, {"locale": "es"}),
            View("french", 390, {"locale": "fr"}),
            View("long", 390, before=_LENGTHEN),
            View("plain", 390, {"java_script_enabled": False}),
            View("print", 794, printed=True),  # A4 at 96 dots an inch
        )
    }
)


class Camera:
    """Takes pictures of a house; use it as a context.

    Args:
        house: A site that is being served.
        browser: The program.
        folder: Where the pictures go: a folder for each view.
    """

    def __init__(self, house: House, browser: str, folder: Path) -> None:
        self._house, self._program, self._folder = house, browser, folder
        self.wrong: list[str] = []
        self.taken = 0

    def __enter__(self) -> Self:
        """Open the browser."""
        from playwright.sync_api import sync_playwright  # noqa: PLC0415 - a tool of development only

        self._playwright = sync_playwright().start()
        self._browser = self._playwright.chromium.launch(executable_path=self._program)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it."""
        self._browser.close()
        self._playwright.stop()

    def take(self, view: View, pages: Iterable[Page]) -> None:
        """A picture of each page in this view."""
        for page in pages:
            if page.printed or not view.printed:
                self._take(view, page)

    def _take(self, view: View, page: Page) -> None:
        limits.init_app(self._house.app)  # one address looks at everything
        options = {"locale": "en", "timezone_id": "UTC", "reduced_motion": "reduce", **view.options}
        context = self._browser.new_context(
            base_url=self._house.base, viewport={"width": view.width, "height": 844}, **options
        )
        held = {"lang": str(options["locale"])}  # goes before the language of an account
        if page.who:
            held["session"] = self._house.session(page.who)
        for name, value in held.items():
            context.add_cookies([{"name": name, "value": value, "url": self._house.base}])
        tab = context.new_page()
        weight: dict[str, int] = {}
        tab.on("response", lambda answer: _weigh(answer, weight))
        tab.on("pageerror", lambda error: self._say(view, page, f"a script failed: {error}"))
        answer = tab.goto(page.address)
        if answer is None or answer.status != page.status:
            self._say(view, page, f"answered {answer and answer.status}")
        if page.act is not None and view.options.get("java_script_enabled", True):
            page.act(tab)
        if view.before:
            tab.evaluate(view.before)
        tab.wait_for_load_state()
        self._look(view, page, tab)
        if sum(weight.values()) > _MOST_BYTES:
            self._say(view, page, f"weighs {sum(weight.values()):,} bytes")
        context.close()

    def _look(self, view: View, page: Page, tab: Any) -> None:
        folder = self._folder / view.name
        folder.mkdir(parents=True, exist_ok=True)
        if view.printed:
            tab.emulate_media(media="print")
            for paper in ("A4", "Letter"):
                tab.pdf(path=folder / f"{page.name}.{paper}.pdf", format=paper, prefer_css_page_size=False)
        else:
            found = tab.evaluate(_TOO_WIDE)
            if view.width < 640:
                found += tab.evaluate(_TOO_SMALL)
            for line in found:
                self._say(view, page, line)
        tab.screenshot(path=folder / f"{page.name}.png", full_page=True)
        self.taken += 1

    def _say(self, view: View, page: Page, what: str) -> None:
        self.wrong.append(f"{view.name}/{page.name}: {what}")


def _weigh(answer: Any, weight: dict[str, int]) -> None:
    if answer.request.resource_type in _WEIGHED and answer.ok:
        weight[answer.url] = len(answer.body())
