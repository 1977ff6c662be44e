"""A real site on a loopback port with something in every state to look at. All groups and people are made up."""

from __future__ import annotations

import json
import secrets
import socket
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from flask import Flask

from issuer_service.app import create_app
from issuer_service.config import Settings
from issuer_service.keystore.sealed import SealedKeystore
from issuer_service.services.all import Services, Site
from issuer_service.services.designer import Design
from issuer_service.services.drafts import read_draft
from issuer_service.services.hashing import Passwords
from issuer_service.services.records import Affiliate, Award, Role, User, Visibility
from issuer_service.services.status_changes import Correction
from issuer_service.storage import SqlStore
from openbadges.testing import FakeWeb, FixedClock

__all__ = ["House"]

_LONG_AGO, _LATELY = timedelta(days=400), timedelta(days=3)
_LONG_GROUP = "Arbeitsgemeinschaft der Heimatgeschichtsschreibungsvereine Niederösterreichs"
_LONG_BADGE = "Veranstaltungsorganisationsverantwortliche mit Schwerpunkt Öffentlichkeitsarbeit"
_ROWS = 10_000


class House:
    """The site and what is in it; use it as a context.

    Args:
        folder: Where the database is kept.
    """

    def __init__(self, folder: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._port: int = free.getsockname()[1]
        self.base = f"http://127.0.0.1:{self._port}"
        settings = Settings(
            base_url=self.base, secret_key=secrets.token_urlsafe(48), key_passphrase=secrets.token_urlsafe(48)
        )
        self._clock = FixedClock(datetime.now(UTC) - _LONG_AGO)
        store = SqlStore(f"sqlite:///{folder / 'site.db'}")
        store.migrate()
        self.services = Services(
            store=store,
            keystore=SealedKeystore(settings.key_passphrase, clock=self._clock),
            clock=self._clock,
            site=Site(base_url=self.base, name="Valley badges"),
            fetcher=FakeWeb(),
            passwords=Passwords.cheap(),
        )
        self.app: Flask = create_app(settings, self.services)
        self.app.add_url_rule("/broken", "broken", _broken)
        self.places: dict[str, str] = {}
        self.people: dict[str, User] = {}
        self.signed: dict[str, str] = {}
        _Furnishing(self).everything()

    def __enter__(self) -> Self:
        """Serve from now on."""
        from waitress import create_server  # type: ignore[import-untyped]  # noqa: PLC0415 - no stubs

        self._server = create_server(self.app, host="127.0.0.1", port=self._port, threads=4)
        self._thread = threading.Thread(target=self._server.run, daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close everything."""
        self._server.close()
        self._thread.join(10)
        self.services.store.close()

    def session(self, who: str) -> str:
        """What the browser of somebody who signed in holds."""
        return self.services.accounts.open_session(self.people[who].id)[0]

    def batch(self) -> str:
        """A new batch that is issued and whose links nobody has seen."""
        group = self.services.affiliates.by_slug(self.places["slug"]).id
        given = self.services.awarding.give(
            group,
            self.places["badge"],
            "Pia\nQuentin of the valley",
            user_id="staff",
            undo_minutes=0,
            allow_duplicates=True,
        )
        self.services.awarding.issue_now(group, given.batch.id)
        return given.batch.id

    def later(self, by: timedelta) -> None:
        """Let time pass."""
        self._clock.move(by)


def _broken() -> str:
    raise RuntimeError("what went wrong is not shown")


class _Furnishing:
    """Puts people, groups, badges and awards into a house, oldest first."""

    def __init__(self, house: House) -> None:
        self._house, self._services = house, house.services

    def everything(self) -> None:
        owner, operator = self._person("owner"), self._person("operator", operator=True)
        river = self._group("Riverside User Group", owner, slug="riverside", place="Porto", accent="#0b6b66")
        badge = self._badge(river, self._draft(river), suspendable=True)
        old = self._award(river, self._badge(river, self._draft(river, name="First aid", valid_days=365)), "Ada")
        self._house.later(_LONG_AGO - _LATELY)
        self._states(river, badge, old)
        self._awards_of_many(river, owner)
        self._people_of(river, operator)
        self._group("Hillside Camera Club", self._person("newcomer"), slug="hillside")
        self._long_names(owner)
        self._other_groups(operator)
        self._house.later(_LATELY)
        self._house.places["reset"] = self._services.accounts.reset_link(self._house.people["viewer"].id)
        river_id, badge_id = river.id, badge
        waiting = self._services.awarding.give(river_id, badge_id, "Noor\nOlu", user_id=owner.id, undo_minutes=10)
        self._house.places["waiting batch"] = waiting.batch.id
        self._house.places["waiting award"] = waiting.awards[0].id

    def _person(self, name: str, *, operator: bool = False) -> User:
        self._house.people[name] = self._services.accounts.create_user(name, "five brown otters", operator=operator)
        return self._house.people[name]

    def _group(self, name: str, owner: User, *, approve: bool = True, **fields: Any) -> Affiliate:
        words = {"name": name, "description": "We edit by the river, and show others how.", "url": "https://r.example/"}
        made = self._services.affiliates.create({**words, **fields}, owner_id=owner.id)
        return self._services.affiliates.approve(made.id) if approve else made

    def _draft(self, group: Affiliate, **more: Any) -> dict[str, Any]:
        design = Design(shape="hexagon", colour="teal", symbol="people", alt="A hexagon with people in it")
        return {
            "name": "Edit-a-thon host",
            "description": "Plans and hosts an editing event, from the invitation to the summary.",
            "criteria": "Host *one* event:\n\n- invite at least five people\n- help them with a first edit\n- publish"
            " a summary within two weeks",
            "image_id": self._services.images.add_design(group.id, design).id,
            "achievement_type": "CommunityService",
            "method": "event",
            "tags": "events, teaching",
            "levels": "Bronze: one event\nSilver: five events\nGold: ten events",
            "translations": {
                "ar": {
                    "name": "مضيف لقاءات التحرير",
                    "description": "ينظم لقاء تحرير ويستضيفه، من الدعوة إلى التقرير.",
                    "criteria": "استضف لقاء *واحدا*:\n\n- ادع خمسة أشخاص على الأقل\n- ساعدهم في أول تعديل\n- انشر"
                    " ملخصا خلال أسبوعين",
                },
                "es": {
                    "name": "Anfitriona de editatones",
                    "description": "Planifica y acoge un encuentro de edición, de la invitación al resumen.",
                    "criteria": "Acoge *un* encuentro y publica un resumen.",
                },
            },
            "alignments": [
                {
                    "targetName": "Community organising",
                    "targetUrl": "https://skills.example/community-organising",
                    "targetFramework": "Movement skills",
                    "targetCode": "MS-C1",
                }
            ],
            **more,
        }

    def _badge(self, group: Affiliate, draft: dict[str, Any], *, suspendable: bool = False) -> str:
        held = self._services.achievements.create(group.id, read_draft(draft), suspendable=suspendable)
        self._services.achievements.publish(group.id, held.achievement.id)
        return held.achievement.id

    def _award(self, group: Affiliate, badge: str, name: str, **more: Any) -> Award:
        given = self._services.awarding.give(group.id, badge, name, user_id="staff", undo_minutes=0, **more)
        self._services.awarding.issue_now(group.id, given.batch.id)
        return self._services.awarding.get(group.id, given.awards[0].id)

    def _states(self, river: Affiliate, badge: str, old: Award) -> None:
        services, places = self._services, self._house.places
        places |= {"badge": badge, "expired": old.id, "slug": river.slug}
        evidence = ["https://r.example/events/spring"]
        narrative = "Hosted the *spring* edit-a-thon in the town library for fourteen people."
        made = {
            name: self._award(river, badge, f"{name.title()} Lovelace", level="Silver", narrative=narrative,
                              evidence=evidence)
            for name in ("good", "withdrawn", "suspended", "replaced", "hidden", "erased", "named", "links")
        }  # fmt: skip
        links = {
            name: services.issuance.new_link(river.id, made[name].id) for name in ("good", "hidden", "erased", "named")
        }
        services.status_changes.revoke(river.id, made["withdrawn"].id, "issued_in_error")
        services.status_changes.suspend(river.id, made["suspended"].id)
        new = services.status_changes.replace(
            river.id, made["replaced"].id, Correction(recipient="Augusta King", level="Gold"), user_id="staff"
        )
        services.receiving.set_visibility(links["hidden"], Visibility.HIDDEN)
        services.receiving.show_name(links["named"], True)
        services.receiving.erase(links["erased"])
        places |= {name: award.id for name, award in made.items()} | {
            f"link {name}": link for name, link in links.items()
        }
        places |= {"replacing": new.id, "unlinked batch": made["links"].batch_id, "batch": made["good"].batch_id}
        bare = {"name": "Proofreader", "description": "Read a page with care.", "criteria": "Read one page."}
        places["bare"] = self._award(
            river, self._badge(river, bare), "mailto:ben@example.org".removeprefix("mailto:")
        ).id
        draft = services.achievements.create(river.id, read_draft({**bare, "name": "Photographer"}))
        places["draft"] = draft.achievement.id
        self._house.signed["good"] = str(services.awarding.get(river.id, made["good"].id).signed_json)
        self._house.signed["withdrawn"] = str(services.awarding.get(river.id, made["withdrawn"].id).signed_json)
        self._house.signed["expired"] = str(old.signed_json)
        self._house.signed["changed"] = _changed(self._house.signed["good"])

    def _awards_of_many(self, river: Affiliate, owner: User) -> None:
        busy = self._group("County Archive Volunteers", owner, slug="archive", place="Leith")
        badge = self._badge(busy, {**self._draft(busy, name="Archive reader"), "levels": ""})
        for name in ("Ines", "Jun", "Kofi", "Lina", "Mara"):
            self._award(busy, badge, name)
        names = "\n".join(f"Volunteer {number}" for number in range(1, _ROWS + 1))
        self._services.awarding.give(busy.id, badge, names, user_id=owner.id, undo_minutes=1_440)
        self._services.tokens.create(river.id, "Wiki bot", ["awards:read", "awards:write"], 30)

    def _people_of(self, river: Affiliate, operator: User) -> None:
        services = self._services
        for name, role in (("awarder", Role.AWARDER), ("viewer", Role.VIEWER)):
            secret = services.accounts.invite(river.id, role)
            self._house.people[name] = services.accounts.accept_invitation(secret, name, "five brown otters")
        services.accounts.set_disabled(self._person("locked").id, True)
        self._house.places["invitation"] = services.accounts.invite(river.id, Role.AWARDER)
        services.known_issuers.add(
            "did:web:partners.example", "Partners of the valley", "Met in May", user_id=operator.id
        )

    def _long_names(self, owner: User) -> None:
        group = self._group(_LONG_GROUP, owner, slug="heimat", place="Deutsch-Wagram", language="de")
        words = self._draft(
            group,
            name=_LONG_BADGE,
            language="de",
            levels="Fortgeschrittenenkenntnisse: eine\nMeisterinnenebene: zwei",
            description="Bereitet Nachbarschaftsveranstaltungen eigenverantwortlich vor.",
            translations={},
        )
        long = self._award(group, self._badge(group, words), "Rindfleischetikettierungsüberwachungsbeauftragte",
                           level="Meisterinnenebene")  # fmt: skip
        self._house.places |= {
            "long": long.id,
            "long slug": group.slug,
            "long link": self._services.issuance.new_link(group.id, long.id),
        }

    def _other_groups(self, operator: User) -> None:
        self._group("Lakeside Readers", self._person("founder"), approve=False, slug="lakeside")
        closed = self._group("Old Town Walkers", operator, slug="old-town")
        self._services.affiliates.close(closed.id)


def _changed(text: str) -> str:
    document = json.loads(text)
    document["credentialSubject"]["achievement"]["name"] = "Master of everything"
    return json.dumps(document)
