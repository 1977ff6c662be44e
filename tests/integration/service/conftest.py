"""A site that runs as it does for its operator, asked as another program asks: bytes over a loopback socket."""

from __future__ import annotations

import http.client
import json
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
from werkzeug.datastructures import Headers

from issuer_service.config import Settings
from issuer_service.services.all import Services
from issuer_service.services.records import Affiliate
from issuer_service.services.tokens import SCOPES
from issuer_service.wiring import build_services


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: Headers
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def kind(self) -> str:
        return self.headers.get("Content-Type", "").partition(";")[0]


@dataclass(frozen=True)
class Site:
    """A site, a group on it, a token of the group, and the use cases on the same database to prepare what is needed."""

    base_url: str
    services: Services
    group: Affiliate
    token: str

    def ask(self, method: str, path: str, body: Any = None, *, form: Any = None, **headers: str) -> Answer:
        """One request. ``body`` is sent as JSON unless it is bytes; header names are written with underscores."""
        address = urlsplit(self.base_url)
        connection = http.client.HTTPConnection(str(address.hostname), address.port, timeout=120)
        data = body if body is None or isinstance(body, bytes) else json.dumps(body).encode()
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        if form is not None:
            data = urlencode(form).encode()
            named = {"Content-Type": "application/x-www-form-urlencoded", **named}
        try:
            connection.request(method, path, data, named)
            found = connection.getresponse()
            return Answer(found.status, Headers(found.getheaders()), found.read())
        finally:
            connection.close()

    def get(self, path: str, **headers: str) -> Answer:
        return self.ask("GET", path, **headers)

    def api(self, method: str, path: str, body: Any = None, **headers: str) -> Answer:
        return self.ask(method, f"/api/v1{path}", body, **{"Authorization": f"Bearer {self.token}", **headers})

    def achievement(self, **more: Any) -> str:
        """The id of a new published achievement, made by the API alone."""
        picture = self.api("POST", "/images/designs", {"shape": "circle", "colour": "blue", "alt": "A circle"}).json
        words = {"name": "Host", "description": "Hosts an event.", "criteria": "Host *one* event."}
        made = self.api("POST", "/achievements", {**words, "image_id": picture["id"], **more})
        assert made.status == 201, made.text
        assert self.api("POST", f"/achievements/{made.json['id']}/publish").status == 200
        return str(made.json["id"])

    def award(self, achievement_id: str, name: str = "Ada") -> dict[str, Any]:
        """A signed award, made by the API alone."""
        body = {"achievement_id": achievement_id, "recipients": [{"recipient": name}], "undo_minutes": 0}
        batch = self.api("POST", "/awards", body).json["batch"]
        assert self.api("POST", f"/batches/{batch['id']}/issue-now").json["waiting"] == 0
        return dict(self.api("GET", f"/awards/{batch['awards'][0]['id']}").json)


@pytest.fixture(scope="session")
def start_site(run_service: Any, free_base_url: Any) -> Callable[..., AbstractContextManager[Site]]:
    """Starts a site on a database, which lasts as long as the block."""

    @contextmanager
    def start(database_url: str, **more: str) -> Iterator[Site]:
        settings = {
            "ISSUER_BASE_URL": free_base_url(),
            "ISSUER_SECRET_KEY": secrets.token_urlsafe(48),
            "ISSUER_KEY_PASSPHRASE": secrets.token_urlsafe(48),
            "ISSUER_DATABASE_URL": database_url,
            **more,
        }
        services = build_services(Settings.from_environment(settings))
        group = services.affiliates.approve(services.affiliates.create({"name": "Riverside", "slug": "riverside"}).id)
        token, _ = services.tokens.create(group.id, "tests", list(SCOPES), 30)
        with run_service(settings):
            yield Site(settings["ISSUER_BASE_URL"], services, group, token)
        services.store.close()

    return start


@pytest.fixture(scope="session")
def site(start_site: Any, migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """One site on SQLite for all tests that leave it as they found it, with the VC-API."""
    path = tmp_path_factory.mktemp("site") / "issuer.db"
    shutil.copyfile(migrated_file, path)
    with start_site(f"sqlite:///{path}", ISSUER_VC_API="1") as running:
        yield running


@pytest.fixture(scope="session")
def award(site: Site) -> dict[str, Any]:
    """A badge that stays as it is."""
    return site.award(site.achievement(), "Ada of the river")
