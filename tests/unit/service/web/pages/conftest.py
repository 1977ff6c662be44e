"""A whole site over real SQLite, asked through Flask's test client: no socket, a clock that stands, fixed keys."""

from __future__ import annotations

from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any

import pytest
from flask import Blueprint, Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from issuer_service.app import create_app
from issuer_service.config import Settings
from issuer_service.services.all import Services, Site
from issuer_service.services.drafts import read_draft
from issuer_service.services.hashing import Passwords
from issuer_service.services.records import Affiliate, Award
from issuer_service.web.pages import BLUEPRINT
from openbadges.testing import FakeWeb, FixedClock

BASE = "https://badges.example.org"
HTML = {"Accept": "text/html"}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        self.words.append(data)


@dataclass
class Page:
    """An answer read as a browser would: tags with their attributes, and the words between them."""

    answer: TestResponse

    def __post_init__(self) -> None:
        reader = _Reader()
        reader.feed(self.answer.text)
        self.tags, self.words = reader.tags, " ".join(" ".join(reader.words).split())

    def all(self, tag: str, **attributes: str) -> list[dict[str, str]]:
        wanted = {name.replace("_", "-").rstrip("-"): value for name, value in attributes.items()}
        return [found for name, found in self.tags if name == tag and wanted.items() <= found.items()]

    def csrf(self) -> str:
        return self.all("input", name="csrf")[0]["value"]

    @property
    def verdict(self) -> str:
        return next(found["data-verdict"] for _, found in self.tags if "data-verdict" in found)

    @property
    def look(self) -> str:
        return next(found["class"] for _, found in self.tags if "data-verdict" in found).split()[1]


@dataclass
class House:
    """The site and shortcuts to what most tests begin with."""

    app: Flask
    client: FlaskClient
    services: Services
    clock: FixedClock
    web: FakeWeb

    def get(self, path: str, **headers: str) -> TestResponse:
        return self.client.get(path, base_url=BASE, headers=headers or HTML)

    def post(self, path: str, data: Any = None, **headers: str) -> TestResponse:
        return self.client.post(path, base_url=BASE, data=data or {}, headers={**HTML, **headers})

    def page(self, path: str) -> Page:
        return Page(self.get(path))

    def affiliate(self, name: str = "Riverside User Group", **fields: Any) -> Affiliate:
        made = self.services.affiliates.create({"name": name, **fields})
        return self.services.affiliates.approve(made.id)

    def achievement(self, affiliate: Affiliate, *, suspendable: bool = False, **fields: Any) -> str:
        draft = {"name": "Edit-a-thon host", "description": "Plans an event.", "criteria": "Host *one* event."}
        held = self.services.achievements.create(affiliate.id, read_draft({**draft, **fields}), suspendable=suspendable)
        self.services.achievements.publish(affiliate.id, held.achievement.id)
        return held.achievement.id

    def award(self, affiliate: Affiliate, achievement_id: str, name: str = "Ada", **more: Any) -> Award:
        given = self.services.awarding.give(affiliate.id, achievement_id, name, user_id="staff", undo_minutes=0, **more)
        self.services.awarding.issue_now(affiliate.id, given.batch.id)
        return self.services.awarding.get(affiliate.id, given.awards[0].id)

    def link(self, award: Award) -> str:
        return self.services.issuance.new_link(award.affiliate_id, award.id)


def _desk() -> Blueprint:
    """What the frame of every page links to; the desk itself has its own tests."""
    desk = Blueprint("admin", __name__)
    desk.add_url_rule("/sign-in", "sign_in", lambda: "sign in")
    desk.add_url_rule("/", "home", lambda: "home")
    return desk


TABLE = ((BLUEPRINT, None), (_desk(), "/desk"))


@pytest.fixture
def make_house(new_store: Any, plain_keystore: Any, get_app: Any) -> Any:
    """A site at any address, with any settings; ``apart`` when the test is going to change the application."""

    def make(base_url: str = BASE, *, apart: bool = False, **more: Any) -> House:
        clock, web = FixedClock(), FakeWeb()
        services = Services(
            store=new_store(),
            keystore=plain_keystore(clock),
            clock=clock,
            site=Site(base_url=base_url, name="Valley badges"),
            fetcher=web,
            passwords=Passwords.cheap(),
        )
        settings = Settings(base_url=base_url, secret_key="s" * 40, key_passphrase="k" * 40, **more)
        app = (create_app if apart else get_app)(settings, services, TABLE)
        return House(app=app, client=app.test_client(), services=services, clock=clock, web=web)

    return make


@pytest.fixture
def house(make_house: Any) -> House:
    """The usual site: https and a name."""
    return make_house()


@pytest.fixture
def house_apart(make_house: Any) -> House:
    """The usual site with an application that no other test uses."""
    return make_house(apart=True)


@pytest.fixture
def riverside(house: House) -> Affiliate:
    return house.affiliate(place="Porto")


@pytest.fixture
def host(house: House, riverside: Affiliate) -> str:
    return house.achievement(riverside)


@pytest.fixture
def award(house: House, riverside: Affiliate, host: str) -> Award:
    return house.award(riverside, host)


@pytest.fixture
def read() -> type[Page]:
    """Reads an answer as a page."""
    return Page
