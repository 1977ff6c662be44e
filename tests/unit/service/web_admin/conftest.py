"""The desk on a real SQLite store with fixed keys and a clock that stands still."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from issuer_service.config import Settings
from issuer_service.services.all import Services, Site
from issuer_service.services.drafts import read_draft
from issuer_service.services.hashing import Passwords
from issuer_service.services.records import Affiliate, Award, Membership, Role, User
from issuer_service.storage import SqlStore
from issuer_service.web.admin import BLUEPRINT as ADMIN
from issuer_service.web.pages import BLUEPRINT as PAGES
from openbadges.testing import FixedClock

BASE = "https://badges.example.org"


@dataclass
class Browser:
    """A browser that knows the token of its session's forms."""

    client: FlaskClient
    csrf: str = ""

    def get(self, path: str, **more: Any) -> Any:
        return self.client.get(path, base_url=BASE, **more)

    def post(self, path: str, data: Any = None, **more: Any) -> Any:
        return self.client.post(path, base_url=BASE, data={"csrf": self.csrf, **(data or {})}, **more)

    def upload(self, path: str, data: Any, file: tuple[str, bytes], **more: Any) -> Any:
        """Send a form with a large file; the client's own way leaves an open file behind."""
        name, content = file
        fields = {"csrf": self.csrf, **data, name: FileStorage(io.BytesIO(content), "photo.png")}
        boundary, body = encode_multipart(fields)
        kind = f"multipart/form-data; boundary={boundary}"
        return self.client.post(path, base_url=BASE, data=body, content_type=kind, **more)

    def cookie(self) -> str | None:
        found = self.client.get_cookie("__Host-session", domain="badges.example.org")
        return found.value if found else None

    def form_token(self, path: str = "/desk/sign-in") -> str:
        """Open a page and take the token from its form."""
        found = re.search(r'name="csrf" value="([^"]+)"', self.get(path).text)
        assert found
        self.csrf = found[1]
        return self.csrf


@dataclass
class Desk:
    """The site, a group that may issue, and people in every role."""

    app: Flask
    services: Services
    store: SqlStore
    clock: FixedClock
    group: Affiliate
    people: dict[str, User] = field(default_factory=dict)

    def browser(self, who: str | None = None) -> Browser:
        browser = Browser(self.app.test_client())
        if who is not None:
            secret, session = self.services.accounts.open_session(self.people[who].id)
            browser.client.set_cookie("__Host-session", secret, domain="badges.example.org", secure=True)
            browser.csrf = session.csrf
        return browser

    def person(self, name: str, role: Role | None = None, group: Affiliate | None = None, **more: Any) -> User:
        user = self.services.accounts.create_user(name, "correct horse battery", **more)
        self.people[name] = user
        if role is not None:
            place = (group or self.group).id
            with self.store.write() as work:
                work.save_membership(Membership(user_id=user.id, affiliate_id=place, role=role))
        return user

    def achievement(self, *, publish: bool = True, suspendable: bool = False, **fields: Any) -> str:
        words = {"name": "Edit-a-thon host", "description": "Hosts an event.", "criteria": "Host *one* event."}
        draft = read_draft({**words, **fields})
        held = self.services.achievements.create(self.group.id, draft, suspendable=suspendable)
        if publish:
            self.services.achievements.publish(self.group.id, held.achievement.id)
        return held.achievement.id

    def give(self, achievement_id: str, names: str = "Ada", *, issue: bool = True, **more: Any) -> Any:
        given = self.services.awarding.give(self.group.id, achievement_id, names, user_id="staff", **more)
        if issue:
            self.services.awarding.issue_now(self.group.id, given.batch.id)
        return given

    def award(self, award_id: str) -> Award:
        return self.services.awarding.get(self.group.id, award_id)

    def later(self, **time: float) -> None:
        self.clock.move(timedelta(**time))


SETTINGS = Settings(base_url=BASE, secret_key="s" * 20 + "ecret", key_passphrase="p" * 20 + "hrase")
TABLE = ((PAGES, None), (ADMIN, "/desk"))


@pytest.fixture
def desk(store: SqlStore, plain_keystore: Any, get_app: Any) -> Desk:
    clock = FixedClock()
    services = Services(
        store=store,
        keystore=plain_keystore(clock),
        clock=clock,
        site=Site(base_url=BASE, name="Test badges"),
        passwords=Passwords.cheap(),
    )
    app = get_app(SETTINGS, services, TABLE)
    made = services.affiliates.create({"name": "Riverside User Group"})
    found = Desk(app=app, services=services, store=store, clock=clock, group=services.affiliates.approve(made.id))
    other = services.affiliates.approve(services.affiliates.create({"name": "Hilltop"}).id)
    found.person("owner", Role.OWNER)
    found.person("awarder", Role.AWARDER)
    found.person("viewer", Role.VIEWER)
    found.person("stranger", Role.OWNER, other)
    found.person("operator", operator=True)
    return found
