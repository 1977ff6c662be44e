"""For each format: what we sign, do they pass it? What they sign, do we? And is a changed copy refused?"""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import Any

import badges
import harness
from formats import BOTH, CREATED, FORMATS, PEERS, SELECTIVE, Format, changed, mandatory, picture, sign_here, unsigned
from served import served

PASS = "pass"
READS_LISTS = ("digitalbazaar", "openvc-core", "openbadgeslib")  # a withdrawn badge has to be refused by these


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What came of one format, one peer and one direction: ``pass``, or why not."""

    row: str
    peer: str
    direction: str
    tried: bool
    result: str

    @property
    def key(self) -> str:
        return f"{self.row} | {self.peer} | {self.direction}"


def exchange() -> list[Cell]:
    tried = {cell.key: cell for cell in (*_ours_to_them(), *_theirs_to_us())}
    cells = []
    for row in FORMATS:
        for peer in PEERS:
            for direction in BOTH:
                absent = Cell(
                    row=row.title, peer=peer, direction=direction, tried=False, result=_why_absent(row, peer, direction)
                )
                cells.append(tried.get(absent.key, absent))
    return cells


def _why_absent(row: Format, peer: str, direction: str) -> str:
    if peer not in row.peers:
        return row.why.get(peer, row.missing)
    if direction == "ours" and row.they_derive:
        return "the same as the line above"
    return row.ours if direction == "ours" and row.ours else row.why.get(peer, row.missing)


def _pairs(direction: str) -> list[tuple[Format, str]]:
    return [(row, peer) for row in FORMATS for peer in PEERS if direction in row.peers.get(peer, ())]


def question(row: Format, peer: str, badge: str | bytes, *, withdrawn: bool = False) -> dict[str, Any]:
    """Ask a peer whether a badge is good; one of the service comes with its list, before or after it was withdrawn."""
    asked: dict[str, Any] = {"peer": peer, "do": "verify", "format": row.name, "key": badges.described(row.kind)}
    if row.served:
        lists = served().withdrawn if withdrawn else served().documents
        asked |= {"key": served().key, "documents": lists}
    if isinstance(badge, bytes):
        return asked | {"badge": base64.b64encode(badge).decode(), "container": row.container}
    return asked | {"badge": badge}


def _ours_to_them() -> list[Cell]:
    pairs = _pairs("ours")
    made = {row.title: sign_here(row) for row, _ in pairs}
    good = harness.ask([question(row, peer, made[row.title]) for row, peer in pairs])
    bad = harness.ask([question(row, peer, changed(made[row.title])) for row, peer in pairs])
    served_to = [pair for pair in pairs if pair[0].served and pair[1] in READS_LISTS]
    ended = harness.ask([question(row, peer, made[row.title], withdrawn=True) for row, peer in served_to])
    believed = {(row.title, peer) for (row, peer), answer in zip(served_to, ended, strict=True) if answer["ok"]}
    return [
        _cell(
            row, peer, "ours", answer["ok"], not (wrong["ok"] or (row.title, peer) in believed), answer.get("error", "")
        )
        for (row, peer), answer, wrong in zip(pairs, good, bad, strict=True)
    ]


def _order(row: Format, peer: str) -> dict[str, Any]:
    """Ask a peer to sign, or to derive from what we signed."""
    asked: dict[str, Any] = {
        "peer": peer,
        "do": "derive" if row.they_derive else "sign",
        "format": row.name,
        "key": badges.described(row.kind),
        "credential": unsigned(row),
        "created": CREATED,
        "mandatory": list(mandatory(row)),
        "selective": list(SELECTIVE),
    }
    if row.they_derive:
        asked["badge"] = sign_here(row)
    if row.name == "vc-jwt" and peer == "jose":
        asked |= _flat_claims(asked["credential"], asked["key"])
    if row.name == "vc-jwt-1.1":
        asked["payload"] = _wrapped_claims(asked["credential"])
    if row.container:
        asked |= {"container": row.container, "image": base64.b64encode(picture(row.container)).decode()}
    return asked


def _flat_claims(credential: dict[str, Any], key: dict[str, Any]) -> dict[str, Any]:
    claims = {
        "iss": credential["issuer"]["id"],
        "sub": credential["credentialSubject"]["id"],
        "jti": credential["id"],
        "nbf": int(_seconds(credential["validFrom"])),
    }
    return {"payload": credential | claims, "header": {"kid": key["id"], "typ": "vc+jwt"}}


def _wrapped_claims(credential: dict[str, Any]) -> dict[str, Any]:
    inside = {name: value for name, value in credential.items() if name not in ("id", "issuanceDate")}
    return {
        "sub": credential["credentialSubject"]["id"],
        "jti": credential["id"],
        "nbf": int(_seconds(credential["issuanceDate"])),
        "vc": inside,
    }


def _theirs_to_us() -> list[Cell]:
    pairs = _pairs("theirs")
    answers = harness.ask([_order(row, peer) for row, peer in pairs])
    cells = []
    for (row, peer), answer in zip(pairs, answers, strict=True):
        if not answer["ok"]:
            cells.append(_cell(row, peer, "theirs", False, True, f"did not sign: {answer['error']}"))
            continue
        signed = base64.b64decode(answer["result"]) if row.container else answer["result"]
        passed = badges.passes(signed)
        why = "" if passed else f"we refuse: {badges.why_not(signed)}"
        cells.append(_cell(row, peer, "theirs", passed, not badges.passes(changed(signed)), why))
    return cells


def _cell(row: Format, peer: str, direction: str, passed: bool, refused: bool, why: str) -> Cell:
    result = PASS if passed and refused else why if refused else "a changed or withdrawn copy was accepted"
    return Cell(row=row.title, peer=peer, direction=direction, tried=True, result=result)


def _seconds(text: str) -> float:
    from openbadges.encoding.times import parse_instant

    return parse_instant(text).timestamp()
