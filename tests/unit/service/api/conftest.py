"""A site with the management API, asked through Flask's test client by two issuers' programs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from flask import Blueprint, Flask
from werkzeug.test import TestResponse

from issuer_service.config import Settings
from issuer_service.keystore.envelope import Cost
from issuer_service.keystore.sealed import SealedKeystore
from issuer_service.services.all import Services, Site
from issuer_service.services.hashing import Passwords
from issuer_service.services.records import Role
from issuer_service.services.tokens import SCOPES
from issuer_service.storage import SqlStore
from issuer_service.web.api import BLUEPRINT
from issuer_service.web.pages import BLUEPRINT as PAGES
from openbadges.testing import FakeWeb, FixedClock

BASE = "https://badges.example.org"
SETTINGS = Settings(base_url=BASE, secret_key="k" * 40, key_passphrase="a passphrase of many different letters")
DRAFT = {"name": "Host", "description": "Hosts an event.", "criteria": "Host *one* event."}


@dataclass
class Program:
    """A program with a token of one issuer."""

    app: Flask
    services: Services
    clock: FixedClock
    affiliate_id: str
    token: str

    def call(self, method: str, path: str, body: Any = None, **more: Any) -> TestResponse:
        headers = {"Authorization": f"Bearer {self.token}"} | more.pop("headers", {})
        return self.app.test_client().open(
            f"/api{path}", base_url=BASE, method=method, json=body, headers=headers, **more
        )

    def get(self, path: str) -> Any:
        answer = self.call("GET", path)
        assert answer.status_code == 200, answer.text
        return answer.json

    def post(self, path: str, body: Any = None, status: int = 200, **headers: str) -> Any:
        answer = self.call("POST", path, body, headers=headers)
        assert answer.status_code == status, answer.text
        return answer.json

    def achievement(self, **more: Any) -> str:
        made = self.post("/v1/achievements", {**DRAFT, **more}, 201)
        self.post(f"/v1/achievements/{made['id']}/publish")
        return str(made["id"])

    def award(self, achievement_id: str, name: str = "Ada") -> Any:
        body = {"achievement_id": achievement_id, "recipients": [{"recipient": name}], "undo_minutes": 0}
        batch = self.post("/v1/awards", body, 201)["batch"]
        self.post(f"/v1/batches/{batch['id']}/issue-now")
        return self.get(f"/v1/awards/{batch['awards'][0]['id']}")

    def member(self, name: str, role: Role = Role.OWNER) -> str:
        """The id of a new member."""
        user = self.services.accounts.create_user(name, "correct horse battery")
        self.services.accounts.join(self.services.accounts.invite(self.affiliate_id, role), user.id)
        return user.id

    def with_token(self, *scopes: str, days: int = 5) -> Program:
        secret, _ = self.services.tokens.create(self.affiliate_id, "x", scopes, days)
        return Program(self.app, self.services, self.clock, self.affiliate_id, secret)


def _desk() -> Blueprint:
    """What the frame of all pages links to."""
    desk = Blueprint("admin", __name__)
    desk.add_url_rule("/sign-in", "sign_in", lambda: "")
    return desk


TABLE = ((PAGES, None), (BLUEPRINT, "/api"), (_desk(), "/desk"))


@pytest.fixture
def program(store: SqlStore, get_app: Any) -> Program:
    clock = FixedClock()
    services = Services(
        store=store,
        keystore=SealedKeystore("a passphrase", clock=clock, cost=Cost(log_n=4)),
        clock=clock,
        site=Site(base_url=BASE),
        fetcher=FakeWeb(),
        passwords=Passwords.cheap(),
    )
    return _program(get_app(SETTINGS, services, TABLE), services, clock, "Riverside")


@pytest.fixture
def stranger(program: Program) -> Program:
    """A program of another issuer on the same site, with every scope."""
    return _program(program.app, program.services, program.clock, "Hillside")


def _program(app: Flask, services: Services, clock: FixedClock, name: str) -> Program:
    made = services.affiliates.approve(services.affiliates.create({"name": name}).id)
    secret, _ = services.tokens.create(made.id, "all", list(SCOPES), 30)
    return Program(app, services, clock, made.id, secret)
