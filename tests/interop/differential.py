"""Hundreds of badges, honest and not: our verdict is the strictest of the others', or the difference is explained."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import badges
import edits
import harness
import tokens
from explanations import EXPLANATIONS
from formats import CREATED

from openbadges import issue
from openbadges.contexts import PinnedContexts
from openbadges.errors import OpenBadgesError
from openbadges.proofs import selective
from openbadges.proofs.data_integrity import create_proof, with_proofs

SEED = 20240501
HONEST = 12
ROUNDS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One badge and what it is meant to show."""

    form: str
    kind: str
    edit: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One badge that one other implementation judges otherwise than we do."""

    case: Case
    peer: str
    ours: bool
    reason: str  # of whoever refuses it


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What came of it.

    Attributes:
        badges: How many badges were judged, by format.
        passed: How many of them we pass.
        agreed: On how many our verdict is that of the strictest of the others.
        differences: One for each badge and each peer that judges otherwise.
    """

    badges: dict[str, int]
    passed: int
    agreed: int
    differences: tuple[Difference, ...]

    def unexplained(self) -> list[str]:
        """What no sentence of ``explanations`` covers."""
        found = set()
        for one in self.differences:
            passes, peers, _ = EXPLANATIONS.get(one.case.edit, (None, (), ""))
            if passes is not one.ours or one.peer not in peers:
                verdict = "pass" if one.ours else "refuse"
                found.add(f"{one.case.form}, {one.case.edit}: we {verdict} it, {one.peer} does not agree: {one.reason}")
        return sorted(found)

    def by_edit(self) -> dict[str, tuple[str, ...]]:
        """Edit -> the peers that judge otherwise."""
        found: dict[str, set[str]] = {}
        for one in self.differences:
            found.setdefault(one.case.edit, set()).add(one.peer)
        return {edit: tuple(sorted(found[edit])) for edit in EXPLANATIONS if edit in found}


FORMS = {
    "eddsa-rdfc-2022": ("Ed25519", ("digitalbazaar", "openvc-core", "openbadgeslib")),
    "eddsa-jcs-2022": ("Ed25519", ("digitalbazaar", "openvc-core")),
    "ecdsa-rdfc-2019": ("P-256", ("digitalbazaar", "openvc-core")),
    "ecdsa-sd-2023": ("P-256", ("digitalbazaar", "openvc-core")),
    "vc-jwt": ("Ed25519", ("openbadgeslib", "jose")),
}


def cases() -> Iterator[Case]:
    """The same badges in every run."""
    for form, (kind, _) in FORMS.items():
        chance = random.Random(f"{SEED} {form}")
        make = _tokens if form == "vc-jwt" else _documents
        for edit, text in make(form, kind, chance):
            yield Case(form=form, kind=kind, edit=edit, text=text)


def _documents(form: str, kind: str, chance: random.Random) -> Iterator[tuple[str, str]]:
    signed = [_signed(badges.varied_badge(chance, kind), form, kind) for _ in range(HONEST)]
    yield from (("none", json.dumps(document, ensure_ascii=False)) for document in signed)
    for name, edit in (edits.SAME | edits.EDITS).items():
        written = (edits.apply(edit, document, chance) for document in chance.sample(signed, len(signed)))
        yield from ((name, text) for text in [text for text in written if text is not None][:ROUNDS])
    for name, edit in edits.SIGNED.items():
        for _ in range(ROUNDS):
            text = edits.apply(edit, badges.varied_badge(chance, kind), chance)
            if text is None:
                continue
            try:
                document = _signed(json.loads(text), form, kind)
            except OpenBadgesError:
                continue  # has no canonical form, so nobody can sign it
            yield f"signed: {name}", json.dumps(document, ensure_ascii=False)


def _signed(document: dict[str, Any], form: str, kind: str) -> dict[str, Any]:
    """Signed without our own checks before signing, by somebody less careful."""
    key, contexts = badges.signing_key(kind), PinnedContexts(generic=True)
    proof = create_proof(
        document, key, suite=form, created=CREATED, contexts=contexts, mandatory_pointers=_shown(document, form)
    )
    signed = with_proofs(document, [proof])
    return selective.derive(signed, [""], contexts=contexts) if form == "ecdsa-sd-2023" else signed


def _shown(document: dict[str, Any], form: str) -> list[str]:
    names = ("id", "issuer", "validFrom", "validUntil")
    return [f"/{name}" for name in names if name in document] if form == "ecdsa-sd-2023" else []


def _tokens(form: str, kind: str, chance: random.Random) -> Iterator[tuple[str, str]]:
    signer = badges.signing_key(kind)
    signed = [issue(badges.varied_badge(chance, kind), signer=signer, form="vc-jwt").text for _ in range(HONEST)]
    yield from (("none", token) for token in signed)
    for name, edit in tokens.UNSIGNED.items():
        yield from ((name, edit(token, chance)) for token in chance.sample(signed, ROUNDS))
    for name, change in tokens.SIGNED.items():
        for token in chance.sample(signed, ROUNDS):
            header, claims, _ = tokens.parts(token)
            yield f"signed: {name}", tokens.write(*change(header, claims), kind)
    for token in chance.sample(signed, ROUNDS):
        header, claims, _ = tokens.parts(token)
        yield "signed by a stranger", tokens.write(header, claims, kind, "mallory")


def compare() -> Comparison:
    """Let everybody judge every badge."""
    chosen = list(cases())
    asked = [(case, peer) for case in chosen for peer in FORMS[case.form][1]]
    answers = harness.ask([_question(case, peer) for case, peer in asked])
    ours = {case: badges.passes(case.text) for case in chosen}
    strictest = dict.fromkeys(chosen, True)
    differences = []
    for (case, peer), answer in zip(asked, answers, strict=True):
        strictest[case] &= answer["ok"]
        if answer["ok"] != ours[case]:
            reason = answer["error"] if ours[case] else badges.why_not(case.text)
            differences.append(Difference(case=case, peer=peer, ours=ours[case], reason=reason))
    return Comparison(
        badges=dict(Counter(case.form for case in chosen)),
        passed=sum(ours.values()),
        agreed=sum(ours[case] == strictest[case] for case in chosen),
        differences=tuple(differences),
    )


def _question(case: Case, peer: str) -> dict[str, Any]:
    key = badges.described(case.kind)
    return {"peer": peer, "do": "verify", "format": case.form, "badge": case.text, "key": key}
