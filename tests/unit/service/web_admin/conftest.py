"""The desk on a real SQLite store with fixed keys and a clock that stands still."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from issuer_service.app import create_app
from issuer_service.config import Settings
from issuer_service.services.all import Services, Site
from issuer_service.services.drafts import read_draft
from issuer_service.services.hashing import Passwords
from issuer_service.services.records import Affiliate, Award, KeyState, Membership, Role, SigningKeyRecord, User
from issuer_service.storage import SqlStore
from issuer_service.web.admin import BLUEPRINT as ADMIN
from issuer_service.web.pages import BLUEPRINT as PAGES
from openbadges import Signer
from openbadges.testing import FixedClock, fixed_key

BASE = "https://badges.example.org"


class PlainKeystore:
    """Fixed keys by number; "sealed" is the number."""

    def __init__(self, clock: FixedClock) -> None:
        self._clock, self._made = clock, 0

    def make(self, affiliate_id: str, controller: str | None, kind: str = "Ed25519") -> SigningKeyRecord:
        key = fixed_key(kind, self._made)
        key = key.controlled_by(controller) if controller else key
        self._made += 1
        return SigningKeyRecord(
            id=f"key-{self._made}",
            affiliate_id=affiliate_id,
            kind=kind,
            public_multikey=key.public_key.to_multikey(),
            verification_method=key.verification_method,
            sealed=str(self._made - 1).encode(),
            state=KeyState.ACTIVE,
            created_at=self._clock.now(),
        )

    def signer(self, record: SigningKeyRecord) -> Signer:
        key = fixed_key(record.kind, int(record.sealed))
        return key.controlled_by(record.verification_method.partition("#")[0])


@dataclass
class Browser:
    """A browser that knows the token of its session's forms."""

    client: FlaskClient
    csrf: str = ""

    def get(self, path: str, **more: Any) -> Any:
        return self.client.get(path, base_url=BASE, **more)

    def post(self, path: str, data: Any = None, **more: Any) -> Any:
        return self.client.post(path, base_url=BASE, data={"csrf": self.csrf, **(data or {})}, **more)

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


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("desk") / "empty.db"
    store = SqlStore(f"sqlite:///{path}")
    store.migrate()
    store.close()
    return path


@pytest.fixture
def desk(empty_database: Path, tmp_path: Path) -> Iterator[Desk]:
    path = tmp_path / "service.db"
    shutil.copy(empty_database, path)
    store, clock = SqlStore(f"sqlite:///{path}"), FixedClock()
    services = Services(
        store=store,
        keystore=PlainKeystore(clock),
        clock=clock,
        site=Site(base_url=BASE, name="Test badges"),
        passwords=Passwords.cheap(),
    )
    app = create_app(
        Settings(base_url=BASE, secret_key="s" * 20 + "ecret", key_passphrase="p" * 20 + "hrase"),
        services,
        ((PAGES, None), (ADMIN, "/desk")),
    )
    made = services.affiliates.create({"name": "Riverside User Group"})
    found = Desk(app=app, services=services, store=store, clock=clock, group=services.affiliates.approve(made.id))
    other = services.affiliates.approve(services.affiliates.create({"name": "Hilltop"}).id)
    found.person("owner", Role.OWNER)
    found.person("awarder", Role.AWARDER)
    found.person("viewer", Role.VIEWER)
    found.person("stranger", Role.OWNER, other)
    found.person("operator", operator=True)
    yield found
    store.close()
