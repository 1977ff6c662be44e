"""A site with the VC-API on, asked through Flask's test client."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from issuer_service.config import Settings
from issuer_service.keystore.envelope import Cost
from issuer_service.keystore.sealed import SealedKeystore
from issuer_service.services.all import Services, Site
from issuer_service.services.hashing import Passwords
from issuer_service.services.tools import Tools
from issuer_service.services.vc_instances import NewInstance, VcInstances
from issuer_service.storage import SqlStore
from issuer_service.web.pages import BLUEPRINT as PAGES
from issuer_service.web.vc_api import BLUEPRINT
from openbadges.testing import FakeWeb, FixedClock

BASE = "https://badges.example.org"
SETTINGS = Settings(
    base_url=BASE, secret_key="k" * 40, key_passphrase="a passphrase of many different letters", vc_api=True
)


@dataclass
class Desk:
    """A running VC-API with one instance."""

    app: Flask
    services: Services
    instances: VcInstances
    instance: NewInstance

    def call(self, method: str, path: str, body: Any = None, *, token: str | None = "") -> TestResponse:
        secret = self.instance.token if token == "" else token
        headers = {"Authorization": f"Bearer {secret}"} if secret else {}
        return self.app.test_client().open(f"/vc-api{path}", base_url=BASE, method=method, json=body, headers=headers)

    def issue(self, suite: str, credential: Any = None, **options: Any) -> TestResponse:
        body: dict[str, Any] = {"credential": plain() if credential is None else credential}
        if options:
            body["options"] = options
        return self.call("POST", f"/issuers/lab/{suite}/credentials/issue", body)

    def issued(self, suite: str, credential: Any = None, **options: Any) -> Any:
        answer = self.issue(suite, credential, **options)
        assert answer.status_code == 201, answer.text
        return answer.json["verifiableCredential"]

    def verify(self, credential: Any, path: str = "/credentials/verify") -> TestResponse:
        return self.call("POST", path, {"verifiableCredential": credential})


def plain() -> dict[str, Any]:
    return {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "type": ["VerifiableCredential"],
        "issuer": {"id": "https://issuer.example/1", "name": "Somebody"},
        "credentialSubject": {"id": "did:example:ada"},
    }


TABLE = ((PAGES, None), (BLUEPRINT, "/vc-api"))


@pytest.fixture
def desk(store: SqlStore, get_app: Any) -> Desk:
    clock = FixedClock()
    services = Services(
        store=store,
        keystore=SealedKeystore("a passphrase", clock=clock, cost=Cost(log_n=4)),
        clock=clock,
        site=Site(base_url=BASE),
        fetcher=FakeWeb(),
        passwords=Passwords.cheap(),
    )
    tools = Tools(store=store, keystore=services.keystore, clock=clock, site=services.site)
    instances = VcInstances(tools)
    app = get_app(SETTINGS, services, TABLE)
    return Desk(app=app, services=services, instances=instances, instance=instances.create("lab"))


@pytest.fixture
def desk_off(desk: Desk, get_app: Any) -> Desk:
    """The same, with the VC-API off."""
    settings = replace(SETTINGS, vc_api=False)
    desk.app = get_app(settings, desk.services, TABLE)
    return desk


@pytest.fixture
def credential() -> dict[str, Any]:
    return plain()
