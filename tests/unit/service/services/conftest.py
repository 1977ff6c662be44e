"""A site with one affiliate that may issue: real SQLite, a clock that stands still, fixed keys."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from issuer_service.services.all import Services, Site
from issuer_service.services.drafts import read_draft
from issuer_service.services.hashing import Passwords
from issuer_service.services.records import Affiliate, Award, KeyState, SigningKeyRecord
from issuer_service.storage import SqlStore
from openbadges import Signer
from openbadges.testing import FakeWeb, FixedClock, fixed_key


class PlainKeystore:
    """Fixed keys by number; "sealed" is the number, and every opening is counted."""

    def __init__(self, clock: FixedClock) -> None:
        self._clock = clock
        self._made = 0
        self.opened = 0

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
        self.opened += 1
        key = fixed_key(record.kind, int(record.sealed))
        return key.controlled_by(record.verification_method.partition("#")[0])


@dataclass
class Kit:
    """A site and shortcuts to what most tests begin with."""

    services: Services
    store: SqlStore
    keystore: PlainKeystore
    clock: FixedClock
    web: FakeWeb
    draft: dict[str, Any] = field(
        default_factory=lambda: {
            "name": "Edit-a-thon host",
            "description": "Plans and hosts an editing event.",
            "criteria": "Host *one* event.",
        }
    )

    def affiliate(self, name: str = "Riverside User Group", **fields: Any) -> Affiliate:
        made = self.services.affiliates.create({"name": name, **fields})
        return self.services.affiliates.approve(made.id)

    def achievement(self, affiliate: Affiliate, *, suspendable: bool = False, **fields: Any) -> str:
        draft = read_draft({**self.draft, **fields})
        held = self.services.achievements.create(affiliate.id, draft, suspendable=suspendable)
        self.services.achievements.publish(affiliate.id, held.achievement.id)
        return held.achievement.id

    def award(self, affiliate: Affiliate, achievement_id: str, name: str = "Ada", **more: Any) -> Award:
        """One award, signed."""
        given = self.services.awarding.give(affiliate.id, achievement_id, name, user_id="staff", undo_minutes=0, **more)
        self.services.awarding.issue_now(affiliate.id, given.batch.id)
        return self.services.awarding.get(affiliate.id, given.awards[0].id)

    def later(self, **time: float) -> None:
        self.clock.move(timedelta(**time))


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Migrated once; each test gets a copy."""
    path = tmp_path_factory.mktemp("services") / "empty.db"
    store = SqlStore(f"sqlite:///{path}")
    store.migrate()
    store.close()
    return path


@pytest.fixture
def store(empty_database: Path, tmp_path: Path) -> Iterator[SqlStore]:
    path = tmp_path / "service.db"
    shutil.copy(empty_database, path)
    store = SqlStore(f"sqlite:///{path}")
    yield store
    store.close()


@pytest.fixture
def make_kit(store: SqlStore) -> Any:
    """A site at any address."""

    def make(base_url: str = "https://badges.example.org", **site: Any) -> Kit:
        clock, web = FixedClock(), FakeWeb()
        keystore = PlainKeystore(clock)
        services = Services(
            store=store,
            keystore=keystore,
            clock=clock,
            site=Site(base_url=base_url, **site),
            fetcher=web,
            passwords=Passwords.cheap(),
        )
        return Kit(services=services, store=store, keystore=keystore, clock=clock, web=web)

    return make


@pytest.fixture
def kit(make_kit: Any) -> Kit:
    """The usual site: https and a name, so that issuers get a did:web."""
    return make_kit()


@pytest.fixture
def riverside(kit: Kit) -> Affiliate:
    """An issuer that may issue."""
    return kit.affiliate()


@pytest.fixture
def host(kit: Kit, riverside: Affiliate) -> str:
    """The id of a published achievement of Riverside's."""
    return kit.achievement(riverside)
