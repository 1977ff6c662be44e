"""``python -m openbadges.cli.demo``: the main job from beginning to end, each step explained; what ``make demo`` runs.

Issues two badges, bakes one, verifies it offline, withdraws the other, refuses a changed copy. Whatever does not come
out as it should ends the demo with a status other than 0.
"""

from __future__ import annotations

import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openbadges import jsontext
from openbadges.cli.demo_picture import medal
from openbadges.cli.output import Screen, write_output
from openbadges.cli.report_text import print_report
from openbadges.errors import OpenBadgesError
from openbadges.frameworks import Framework, Item, starter_frameworks, text, to_alignment
from openbadges.issuing import issue
from openbadges.keys import SigningKey, load_key, save_key
from openbadges.models import Achievement, CredentialStatus, IdentityObject, OpenBadgeCredential, Profile
from openbadges.net import DocumentsFetcher
from openbadges.ports import SystemClock
from openbadges.report import Outcome, VerificationReport
from openbadges.secured import SecuredCredential, bake, unbake
from openbadges.status import BitstringStatusListEntry, allot, build_list
from openbadges.verification import Recipient, TrustedIssuers, Verifier

__all__ = ["main"]

_LIST_URL = "https://badges.example.org/status/1"
_ACHIEVEMENT_URL = "https://badges.example.org/achievements/edit-a-thon-host"
_ANN, _BEN = "ann@example.org", "ben@example.org"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Award:
    """A badge and its place in the status list."""

    badge: SecuredCredential
    index: int


class _Demo:
    """The steps, in the order in which they are shown."""

    def __init__(self, folder: Path, screen: Screen) -> None:
        self._folder = folder
        self._screen = screen
        self._number = 0
        self._wrong: list[str] = []

    def run(self) -> int:
        """Show everything; the number of expectations that did not hold."""
        key = self._make_key()
        achievement = self._define_achievement()
        ann, ben = self._award(key, achievement)
        self._publish_list(key, withdrawn=())
        baked = self._bake(ann)
        self._verify(baked, key)
        self._withdraw(key, ann, ben)
        self._change(baked, key)
        self._show_identifier(key)
        self._farewell(key)
        for sentence in self._wrong:
            self._screen.line(f"This should not have happened: {sentence}", mark="!", colour="red")
        return len(self._wrong)

    def _make_key(self) -> SigningKey:
        path = self._folder / "issuer.pem"
        self._step("A key", f"Whoever holds it can issue badges in its name. It is in {path}, readable only by you.")
        save_key(SigningKey.generate("Ed25519"), path)
        key = load_key(path)
        self._show("Identifier of the issuer, made from the public half of the key:", key.did)
        return key

    def _define_achievement(self) -> Achievement:
        framework, skill = _first_skill()
        name, title = text(skill.label, "en") or skill.ref, text(framework.title, "en") or framework.id
        self._step("An achievement", "It says what can be earned, and which skill of a skill framework it stands for.")
        self._show("Achievement:", "Edit-a-thon host")
        self._show("Aligned to the skill:", f"{name} ({skill.code or skill.id}) of {title}")
        return Achievement.from_document(
            {
                "id": _ACHIEVEMENT_URL,
                "type": ["Achievement"],
                "name": "Edit-a-thon host",
                "description": "Plans and hosts an editing event.",
                "criteria": {"narrative": "Host one event and publish its summary."},
                "alignment": [to_alignment(skill, "en", framework=framework)],
            }
        )

    def _award(self, key: SigningKey, achievement: Achievement) -> tuple[_Award, _Award]:
        self._step(
            "Two badges",
            "Ann and Ben have earned it. A badge names them by a salted hash of their address: whoever knows the "
            "address can check it, and it does not stand there for all to read. Each has a place in a status list.",
        )
        ann = self._issued(key, achievement, _ANN, allot(()))
        ben = self._issued(key, achievement, _BEN, allot({ann.index}))
        write_output(str(self._folder / "ann.json"), bytes(ann.badge))
        write_output(str(self._folder / "ben.json"), bytes(ben.badge))
        self._show("Signed and written:", f"{self._folder / 'ann.json'}, {self._folder / 'ben.json'}")
        return ann, ben

    def _issued(self, key: SigningKey, achievement: Achievement, address: str, index: int) -> _Award:
        entry = BitstringStatusListEntry(
            status_purpose="revocation", status_list_index=index, status_list_credential=_LIST_URL
        )
        credential = OpenBadgeCredential.award(
            achievement,
            issuer=Profile(id=key.did, name="Riverside User Group"),
            recipient=IdentityObject.hashed_of("emailAddress", address),
            credential_status=CredentialStatus.from_document(entry.to_document()),
        )
        return _Award(badge=issue(credential, signer=key), index=index)

    def _publish_list(self, key: SigningKey, *, withdrawn: tuple[int, ...]) -> None:
        """Write the signed list, and the map that hands it to a verifier without a network."""
        now = SystemClock().now()
        unsigned = build_list(
            list_id=_LIST_URL, issuer=key.did, purpose="revocation", set_indexes=withdrawn, valid_from=now
        )
        write_output(str(self._folder / "list.json"), bytes(issue(unsigned, signer=key)))
        write_output(str(self._folder / "documents.json"), jsontext.dump_pretty({_LIST_URL: "list.json"}))

    def _bake(self, ann: _Award) -> bytes:
        path = self._folder / "ann.png"
        self._step("A picture", "The badge is baked into a picture: it looks like a picture, and carries the badge.")
        baked = bake(medal(), ann.badge)
        write_output(str(path), baked)
        self._show("Written:", str(path))
        return baked

    def _verify(self, baked: bytes, key: SigningKey) -> None:
        self._step(
            "Verifying, offline",
            "Somebody else gets the picture, trusts this one issuer, knows Ann's address, and has the signed status "
            "list as a file. Nothing is fetched.",
        )
        report = self._check(baked, key, recipient=Recipient("emailAddress", _ANN))
        self._expect(report, Outcome.PASS, "verdict.pass")

    def _withdraw(self, key: SigningKey, ann: _Award, ben: _Award) -> None:
        self._step(
            "A withdrawn badge", "Ben's badge was a mistake: its place in the list is set, the list signed again."
        )
        self._publish_list(key, withdrawn=(ben.index,))
        self._expect(self._check(bytes(ben.badge), key), Outcome.FAIL, "verdict.withdrawn")
        other = self._check(bytes(ann.badge), key, show=False)
        self._expect(other, Outcome.PASS, "verdict.pass")
        self._screen.line()
        self._show("Ann's badge, checked with the same list:", other.verdict)

    def _change(self, baked: bytes, key: SigningKey) -> None:
        self._step("A changed copy", "Somebody rewrites the name of the achievement in Ann's picture.")
        changed = bake(baked, unbake(baked).text.replace("Edit-a-thon host", "Edit-a-thon star"))
        write_output(str(self._folder / "changed.png"), changed)
        self._expect(self._check(changed, key), Outcome.FAIL, "verdict.changed")

    def _show_identifier(self, key: SigningKey) -> None:
        self._step(
            "The identifier as a QR code",
            "Anybody can make a key and call it Riverside User Group. So the issuer shows its identifier where people "
            "know it, on its web site or at its event, and verifiers trust that one.",
        )
        self._screen.line()
        for row in _qr_rows(key.did, self._screen):
            self._screen.line(row, indent="  ", whole=True)
        self._show("The same as text:", key.did)

    def _farewell(self, key: SigningKey) -> None:
        self._step("Try it yourself", "Everything is kept in the folder. The same check as a command:")
        command = f"{_interpreter()} -m openbadges verify --offline"
        arguments = f"--documents {self._folder / 'documents.json'} --issuer {key.did} {self._folder / 'ann.png'}"
        self._screen.line(f"{command} {arguments}", indent="  ", whole=True)

    def _check(
        self, badge: bytes, key: SigningKey, *, recipient: Recipient | None = None, show: bool = True
    ) -> VerificationReport:
        fetcher = DocumentsFetcher.from_file(self._folder / "documents.json")
        report = Verifier(fetcher=fetcher).check(badge, policy=TrustedIssuers([key.did]), recipient=recipient)
        if show:
            self._screen.line()
            print_report(report, self._screen)
        return report

    def _expect(self, report: VerificationReport, outcome: Outcome, verdict: str) -> None:
        if report.outcome is not outcome or report.verdict_code != verdict:
            self._wrong.append(f"expected {outcome} ({verdict}), found {report.outcome}: {report.verdict}")

    def _step(self, title: str, sentence: str) -> None:
        self._number += 1
        self._screen.line()
        self._screen.line(f"{self._number}. {title}", colour="bold")
        self._screen.line(sentence, indent="  ")

    def _show(self, label: str, value: str) -> None:
        self._screen.line(value, indent="  ", mark=label, colour="dim")


def _interpreter() -> str:
    """How this Python is named at a prompt in this folder."""
    running = Path(sys.executable)
    return str(running.relative_to(Path.cwd()) if running.is_relative_to(Path.cwd()) else running)


def _first_skill() -> tuple[Framework, Item]:
    """A skill of the first framework that comes with the library: the first about events, else the first at all."""
    framework = starter_frameworks()[0]
    skills = [item for item in framework.items if item.kind != "group"]
    return framework, next((item for item in skills if "event" in (text(item.label, "en") or "").lower()), skills[0])


def _qr_rows(content: str, screen: Screen) -> list[str]:
    """A QR code, two rows of it in one line of text; empty where the terminal cannot show the signs."""
    import qrcode  # noqa: PLC0415 - only here

    if screen.sign("▀▄█", "") == "":
        return []
    code: Any = qrcode.QRCode(border=2)
    code.add_data(content)
    code.make()
    grid: list[list[bool]] = code.get_matrix()
    grid = [*grid, [False] * len(grid)]  # a QR code has an odd number of rows
    signs = {(False, False): "█", (False, True): "▀", (True, False): "▄", (True, True): " "}  # light modules are drawn
    return [
        "".join(signs[pair] for pair in zip(above, below, strict=True))
        for above, below in zip(grid[::2], grid[1::2], strict=True)
    ]


def main() -> int:
    """Run the demo in a new folder below ``var/demo``; the exit status is 0 only if all came out as it should."""
    base = Path("var/demo")
    screen = Screen()
    try:
        base.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix="run-", dir=base))
        screen.line("openbadges-kit: issue, bake, verify, withdraw, refuse.", colour="bold")
        wrong = _Demo(folder, screen).run()
    except (OpenBadgesError, OSError) as error:
        print(f"The demo could not go on: {error}", file=sys.stderr)
        return 1
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
