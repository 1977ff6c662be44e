"""A site with one affiliate that may issue: real SQLite, a clock that stands still, fixed keys."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest

from issuer_service.services.all import Services, Site
from issuer_service.services.drafts import read_draft
from issuer_service.services.hashing import Passwords
from issuer_service.services.records import Affiliate, Award
from issuer_service.storage import SqlStore
from openbadges.testing import FakeWeb, FixedClock


@dataclass
class Kit:
    """A site and shortcuts to what most tests begin with."""

    services: Services
    store: SqlStore
    keystore: Any
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


@pytest.fixture
def make_kit(store: SqlStore, plain_keystore: Any) -> Any:
    """A site at any address."""

    def make(base_url: str = "https://badges.example.org", **site: Any) -> Kit:
        clock, web = FixedClock(), FakeWeb()
        keystore = plain_keystore(clock)
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
