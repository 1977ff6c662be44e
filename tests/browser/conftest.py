"""A real site on a loopback port, a real Chromium, and what is watched in every browser that a test opens."""

from __future__ import annotations

import os
import secrets
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn
from urllib.parse import urlsplit

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

    from issuer_service.services.all import Services
    from issuer_service.services.records import Affiliate, Award, User

_BROWSERS = ("chromium", "chromium-browser", "google-chrome")
# Nothing of Chromium's own may call anywhere, and a page that tries finds no other host.
_ARGUMENTS = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-gpu",  # nothing is drawn that needs one
    "--disable-sync",
    "--no-first-run",
    "--no-pings",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)
_PATIENCE_MS = 20_000  # for a busy machine; a test that goes well waits for nothing
_AXE_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def _absent(reason: str) -> NoReturn:
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


@dataclass(frozen=True)
class Group:
    """An approved group with an owner, and a published badge that also has Arabic words."""

    owner: User
    affiliate: Affiliate
    achievement_id: str

    @property
    def slug(self) -> str:
        return self.affiliate.slug


@dataclass(frozen=True)
class RunningSite:
    """The site, and its use cases in this process, on the same database, to prepare what a test needs."""

    base_url: str
    services: Services
    numbers: Iterator[int] = field(default_factory=count)

    def user(self, login: str, *, operator: bool = False, password: str | None = None) -> User:
        return self.services.accounts.create_user(f"{login}{next(self.numbers)}", password, operator=operator)

    def group(self, name: str = "Riverside User Group") -> Group:
        from issuer_service.services.designer import Design
        from issuer_service.services.drafts import read_draft

        services, owner = self.services, self.user("owner")
        fields = {"name": name, "description": "We edit by the river.", "slug": f"group-{next(self.numbers)}"}
        affiliate = services.affiliates.approve(services.affiliates.create(fields, owner_id=owner.id).id)
        picture = Design(shape="hexagon", colour="teal", symbol="people", text="", alt="A hexagon with people in it")
        draft = read_draft(
            {
                "name": "Edit-a-thon host",
                "description": "Plans and hosts an editing event.",
                "criteria": "Host *one* event and publish its summary.",
                "image_id": services.images.add_design(affiliate.id, picture).id,
                "tags": "events, teaching",
                "levels": "Bronze: one event\nSilver: five events",
                "translations": {
                    "ar": {
                        "name": "مضيف لقاءات التحرير",
                        "description": "ينظم لقاء تحرير ويستضيفه.",
                        "criteria": "استضف لقاء واحدا وانشر ملخصه.",
                    }
                },
            }
        )
        held = services.achievements.create(affiliate.id, draft)
        services.achievements.publish(affiliate.id, held.achievement.id)
        return Group(owner, affiliate, held.achievement.id)

    def issued(self, group: Group, *names: str) -> list[Award]:
        awarding = self.services.awarding
        given = awarding.give(
            group.affiliate.id, group.achievement_id, "\n".join(names), user_id=group.owner.id, undo_minutes=0
        )
        awarding.issue_now(group.affiliate.id, given.batch.id)
        found = {one.recipient_value: one for one in awarding.batch(group.affiliate.id, given.batch.id).awards}
        return [found[name] for name in names]

    def link(self, award: Award) -> str:
        """The recipient's private address."""
        return self.services.site.recipient_url(self.services.issuance.new_link(award.affiliate_id, award.id))

    def cookie(self, user: User) -> Any:
        """What the browser of somebody who signed in holds."""
        return {"name": "session", "value": self.services.accounts.open_session(user.id)[0], "url": self.base_url}


@dataclass
class Watch:
    """What went wrong in a browser besides what a test looks at."""

    base_url: str
    awaited: set[str] = field(default_factory=set)
    wrong: list[str] = field(default_factory=list)

    def expect_status(self, *statuses: int) -> None:
        """Answers that a test asks for on purpose; the browser writes them to its console."""
        self.awaited.update(f"status of {status}" for status in statuses)

    def on(self, context: BrowserContext) -> None:
        context.on("request", self._request)
        context.on("console", self._console)
        context.on("weberror", lambda error: self.wrong.append(f"a script failed: {error.error}"))

    def _request(self, request: Any) -> None:
        url = urlsplit(request.url)
        here = f"{url.scheme}://{url.netloc}" == self.base_url
        if not here and url.scheme not in ("data", "blob", "about"):
            self.wrong.append(f"a request left the site: {request.url}")

    def _console(self, message: Any) -> None:
        if message.type in ("error", "warning") and not any(text in message.text for text in self.awaited):
            self.wrong.append(f"console: {message.text}")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all."""
    path = next((found for name in _BROWSERS if (found := shutil.which(name))), None)
    if path is None:
        _absent(f"no Chromium on this machine ({', '.join(_BROWSERS)})")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        _absent("playwright is not installed")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=list(_ARGUMENTS))
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def launch(browser: Browser) -> Callable[..., Browser]:
    """Starts another Chromium, with arguments besides; whoever asked for it closes it."""
    path = next(found for name in _BROWSERS if (found := shutil.which(name)))

    def start(*arguments: str) -> Browser:
        return browser.browser_type.launch(executable_path=path, args=[*_ARGUMENTS, *arguments])

    return start


@pytest.fixture(scope="session")
def site(browser: Browser, run_service: Any, free_base_url: Callable[[], str]) -> Iterator[RunningSite]:
    """``issuer-service run`` on a free loopback port with an SQLite file."""
    from issuer_service.config import Settings
    from issuer_service.wiring import build_services

    with tempfile.TemporaryDirectory(prefix="browser-tests-") as folder:
        given = {
            "ISSUER_BASE_URL": free_base_url(),
            "ISSUER_SECRET_KEY": secrets.token_urlsafe(48),
            "ISSUER_KEY_PASSPHRASE": secrets.token_urlsafe(48),
            "ISSUER_DATABASE_URL": f"sqlite:///{Path(folder) / 'issuer.db'}",
        }
        services = build_services(Settings.from_environment(given))
        with run_service(given):
            yield RunningSite(given["ISSUER_BASE_URL"], services)
        services.store.close()


@pytest.fixture
def watch(site: RunningSite) -> Iterator[Watch]:
    """Fails the test when its browser called anybody else, or a script or the console complained."""
    watching = Watch(site.base_url)
    yield watching
    assert watching.wrong == []


@pytest.fixture
def visitor(browser: Browser, site: RunningSite, watch: Watch) -> Iterator[Callable[..., Page]]:
    """Make a page of a browser of its own: ``visitor()``, or ``visitor(user)`` for somebody who is signed in."""
    contexts: list[BrowserContext] = []

    def make(user: User | None = None, **options: Any) -> Page:
        wanted = {"locale": "en-US", "timezone_id": "UTC", "base_url": site.base_url, "reduced_motion": "reduce"}
        context = browser.new_context(**{**wanted, **options})
        context.set_default_timeout(_PATIENCE_MS)
        contexts.append(context)
        watch.on(context)
        if user is not None:
            context.add_cookies([site.cookie(user)])
        return context.new_page()

    yield make
    for context in contexts:
        context.close()


@pytest.fixture(scope="session", autouse=True)
def _patient_expectations(browser: Browser) -> None:
    from playwright.sync_api import expect

    expect.set_options(timeout=_PATIENCE_MS)


@pytest.fixture(scope="session")
def axe() -> Callable[..., list[str]]:
    """What axe-core finds on a page against WCAG 2.2 AA, or against some rules only; as rule, place and reason."""
    try:
        from axe_playwright_python.sync_playwright import Axe
    except ImportError:
        _absent("axe-playwright-python is not installed")

    script = Axe().axe_script

    def look(page: Page, *rules: str) -> list[str]:
        wanted = {"type": "rule", "values": list(rules)} if rules else {"type": "tag", "values": _AXE_RULES}
        if not page.evaluate("'axe' in window"):
            page.evaluate(script)
        answer = page.evaluate("(options) => axe.run(options)", {"runOnly": wanted, "resultTypes": ["violations"]})
        assert rules or answer["passes"], "axe-core looked at nothing"
        found = answer["violations"]
        return [
            f"{one['id']}: {node['target']} {node.get('failureSummary', '')}" for one in found for node in one["nodes"]
        ]

    return look


@pytest.fixture(scope="session")
def too_wide() -> Callable[[Page], list[str]]:
    """What reaches beyond a screen of 320 px (WCAG 1.4.10); nothing when the page does not scroll sideways.

    The page is looked at as it is and with everything unfolded, and stays unfolded.
    """
    script = """() => {
      const wide = document.scrollingElement.scrollWidth, room = document.documentElement.clientWidth;
      if (wide <= room) return [];
      const out = [...document.querySelectorAll("body *")].filter((one) => {
        const box = one.getBoundingClientRect();
        return box.width && (box.right > room + 1 || box.left < -1);
      });
      return [`${wide} > ${room}`, ...out.slice(0, 8).map((one) => one.outerHTML.slice(0, 120))];
    }"""

    def look(page: Page) -> list[str]:
        before = page.viewport_size
        page.set_viewport_size({"width": 320, "height": 640})
        found = list(page.evaluate(script))
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        found += page.evaluate(script)
        page.set_viewport_size(before)
        return found

    return look
