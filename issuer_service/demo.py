"""``issuer-service demo``: the main job of the site from beginning to end, then the site itself to look at.

Everything is kept in a new folder with secrets of its own. Checking is left to the library's command, with nothing of
the service but the picture and the signed status list as files.
"""

from __future__ import annotations

import io
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Any

from issuer_service.config import Settings
from issuer_service.services.all import Services
from issuer_service.services.designer import Design
from issuer_service.services.drafts import read_draft
from issuer_service.services.records import Affiliate, Award
from openbadges import jsontext
from openbadges.cli import main as openbadges_command
from openbadges.cli.output import Screen, write_output
from openbadges.frameworks import Framework, Item, text, to_alignment

__all__ = ["run_demo"]

_ADA, _BEN = "ada@example.org", "ben@example.org"
_GOOD, _REFUSED = 0, 1  # exit statuses of ``openbadges verify``


def run_demo(base: str, *, port: int, serves: bool) -> int:
    """Show everything; 0 only if all came out as it should.

    Args:
        base: Where the folder of this run is made.
        port: Of the site on this machine.
        serves: Whether to serve it in the end, until Ctrl-C.
    """
    from issuer_service.wiring import build_services  # noqa: PLC0415 - the database is made only now

    place = Path(base)
    place.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="run-", dir=place))
    settings = Settings.for_demo(folder, port)
    screen = Screen()
    with closing(build_services(settings)) as services:
        wrong = _Demo(folder, services, screen).run()
        if serves and not wrong:
            from issuer_service.serving import serve  # noqa: PLC0415 - only where it serves

            screen.line()
            screen.line(f"Serving {settings.base_url} until Ctrl-C.", colour="bold")
            serve(settings, services, host="127.0.0.1", port=port)
    return 1 if wrong else 0


class _Demo:
    """The steps, in the order in which they are shown."""

    def __init__(self, folder: Path, services: Services, screen: Screen) -> None:
        self._folder = folder
        self._services = services
        self._screen = screen
        self._number = 0
        self._wrong: list[str] = []

    def run(self) -> list[str]:
        """Show everything; what did not come out as it should."""
        affiliate = self._make_affiliate()
        skills = self._keep_frameworks()
        achievement_id = self._make_achievement(affiliate, skills)
        ada, ben = self._award(affiliate, achievement_id)
        self._write(ada, "ada")
        self._write_list(ada)
        self._step(
            "Checking, offline",
            "Somebody else gets the picture, trusts this issuer, knows Ada's address and has the signed status list as "
            "a file. The library checks it alone; nothing is fetched.",
        )
        self._verify("ada.png", affiliate, _GOOD, "--recipient", f"emailAddress:{_ADA}")
        self._withdraw(affiliate, ben)
        self._farewell(ada)
        for sentence in self._wrong:
            self._screen.line(f"This should not have happened: {sentence}", mark="!", colour="red")
        return self._wrong

    def _make_affiliate(self) -> Affiliate:
        self._step("An issuer", "A user group asks for a page; the operator approves it, and its sealed key is made.")
        affiliates = self._services.affiliates
        operator = self._services.accounts.create_user("operator", operator=True)
        fields = {"name": "Riverside User Group", "description": "We edit by the river."}
        made = affiliates.create(fields, owner_id=operator.id)
        affiliate = affiliates.approve(made.id)
        self._show("Its id, made of its key:", str(affiliate.issuer_id))
        return affiliate

    def _keep_frameworks(self) -> Framework:
        self._step("Skill frameworks", "What badges stand for: lists of skills that everybody on the site can use.")
        kept = self._services.framework_imports.init_starters()
        for imported in kept:
            title = text(imported.view.head.title, "en")
            self._show(f"{title}:", f"{self._services.site.base_url}/frameworks/{imported.view.record.slug}")
        return self._services.frameworks.whole(kept[0].view.record.slug)

    def _make_achievement(self, affiliate: Affiliate, framework: Framework) -> str:
        skill = _first_skill(framework)
        self._step("An achievement", "It says what somebody did, and is aligned to a skill of a framework.")
        design = Design(shape="hexagon", colour="teal", symbol="people", text="", alt="A hexagon with people in it")
        image = self._services.images.add_design(affiliate.id, design)
        draft = read_draft(
            {
                "name": "Edit-a-thon host",
                "description": "Plans and hosts an editing event.",
                "criteria": "Host *one* event and publish its summary.",
                "image_id": image.id,
                "alignments": [to_alignment(skill, "en", framework=framework)],
            }
        )
        held = self._services.achievements.create(affiliate.id, draft)
        self._services.achievements.publish(affiliate.id, held.achievement.id)
        self._show("Aligned to:", f"{text(skill.label, 'en')} ({text(framework.title, 'en')})")
        return held.achievement.id

    def _award(self, affiliate: Affiliate, achievement_id: str) -> tuple[Award, Award]:
        self._step("Two badges", "Two names are pasted. After the undo window, here at once, the badges are signed.")
        awarding = self._services.awarding
        given = awarding.give(affiliate.id, achievement_id, f"{_ADA}\n{_BEN}", user_id="demo", undo_minutes=0)
        awarding.issue_now(affiliate.id, given.batch.id)
        found = {award.recipient_value: award for award in awarding.batch(affiliate.id, given.batch.id).awards}
        for name in (_ADA, _BEN):
            self._show(f"{name}:", self._services.site.award_url(found[name].id))
        return found[_ADA], found[_BEN]

    def _write(self, award: Award, name: str) -> None:
        path = self._folder / f"{name}.png"
        write_output(str(path), self._services.issuance.baked(award, "png"))
        self._show("The badge, baked into its picture:", str(path))

    def _write_list(self, award: Award) -> None:
        """The signed list, and the map that hands it to a verifier without a network."""
        list_id = str(award.revocation_list_id)
        signed = self._services.status_lists.current(list_id)
        write_output(str(self._folder / "list.json"), signed.text.encode("utf-8"))
        address = self._services.site.status_url(list_id)
        write_output(str(self._folder / "documents.json"), jsontext.dump_pretty({address: "list.json"}))

    def _withdraw(self, affiliate: Affiliate, ben: Award) -> None:
        self._step(
            "A withdrawn badge", "Ben's badge was given in error. It is withdrawn, and the list is signed again."
        )
        self._write(ben, "ben")
        self._services.status_changes.revoke(affiliate.id, ben.id, "issued_in_error")
        self._write_list(ben)
        self._verify("ben.png", affiliate, _REFUSED)

    def _verify(self, name: str, affiliate: Affiliate, expected: int, *more: str) -> None:
        documents, picture = str(self._folder / "documents.json"), str(self._folder / name)
        arguments = ["verify", "--offline", "--documents", documents, "--issuer", str(affiliate.issuer_id), *more]
        self._show("", f"$ openbadges {' '.join([*arguments, picture])}")
        self._screen.line()
        status = openbadges_command([*arguments, picture])
        if status != expected:
            self._wrong.append(f"checking {name} ended with {status} instead of {expected}")

    def _farewell(self, ada: Award) -> None:
        services = self._services
        address = services.site.award_url(ada.id)
        self._step("Looking at it", "The public page of Ada's badge, as a QR code and as an address:")
        for row in _qr_rows(address) if self._screen.sign("▀▄█", "") else ():  # not every terminal has the signs
            self._screen.line(row, indent="  ", whole=True)
        self._show("The badge:", address)
        link = services.issuance.new_link(ada.affiliate_id, ada.id)
        self._show("Ada's private page, which only she is sent:", services.site.recipient_url(link))
        secret = services.accounts.reset_link(services.accounts.by_login("operator").id)
        self._show("To choose a password and sign in as “operator”:", services.site.reset_url(secret))

    def _step(self, title: str, sentence: str) -> None:
        self._number += 1
        self._screen.line()
        self._screen.line(f"{self._number}. {title}", colour="bold")
        self._screen.line(sentence, indent="  ")

    def _show(self, label: str, value: str) -> None:
        self._screen.line(value, indent="  ", mark=label, colour="dim", whole=True)


def _first_skill(framework: Framework) -> Item:
    """The first skill about events, else the first at all."""
    skills = [item for item in framework.items if item.kind != "group"]
    return next((one for one in skills if "event" in (text(one.label, "en") or "").lower()), skills[0])


def _qr_rows(content: str) -> list[str]:
    import qrcode  # noqa: PLC0415 - only here

    code: Any = qrcode.QRCode(border=2)
    code.add_data(content)
    out = io.StringIO()
    code.print_ascii(out=out, invert=True)
    return [row for row in out.getvalue().splitlines() if row.strip()]
