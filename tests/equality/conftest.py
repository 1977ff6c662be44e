"""Documents by the thousand, each made from a number: JSON-LD in the terms of real contexts."""

from __future__ import annotations

import copy
import json
import os
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from openbadges.canon.active_context import ActiveContext, NotCovered, TermDefinition
from openbadges.canon.rdf import active_context
from openbadges.contexts import PinnedContexts
from openbadges.errors import OpenBadgesError

V2, V1 = "https://www.w3.org/ns/credentials/v2", "https://www.w3.org/2018/credentials/v1"
OB = "https://purl.imsglobal.org/spec/ob/v3p0/"
EXTENSION = "https://badges.example.org/extension.json"
CONTEXTS = [
    [V2, OB + "context-3.0.3.json"],
    [V2, OB + "context-3.0.3.json"],
    [V2, OB + "context-3.0.3.json", EXTENSION],
    [V2, OB + "context-3.0.3.json", OB + "extensions.json"],
    [V2, OB + "context-3.0.2.json"],
    [V1, OB + "context-3.0.2.json"],
    [V1, OB + "context-3.0.1.json"],
    [V1, OB + "context.json"],
    [V1, OB + "context-3.0.2.json", "https://w3id.org/security/suites/ed25519-2020/v1"],
    [V2, OB + "context-3.0.3.json", "https://w3id.org/security/data-integrity/v2"],
    [V2, "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json", OB + "context-3.0.3.json"],
    [V1, "https://w3id.org/vc/status-list/2021/v1"],
    [V2],
    [V2, "https://www.w3.org/ns/credentials/undefined-terms/v2"],
]
EXTENSION_CONTEXT = {
    "@context": {
        "@version": 1.1,
        "ex": "https://badges.example.org/terms#",
        "Helper": {
            "@id": "ex:Helper",
            "@context": {"since": {"@id": "ex:since", "@type": "ex:date"}, "rank": "ex:rank"},
        },
        "mentor": {"@id": "ex:mentor", "@type": "@id"},
        "level": {"@id": "ex:level", "@type": "@vocab"},
        "High": "ex:High",
        "weights": {"@id": "ex:weights", "@type": "http://www.w3.org/2001/XMLSchema#double", "@container": "@list"},
        "steps": {"@id": "ex:steps", "@container": "@list"},
        "tags": {"@id": "ex:tags", "@container": "@set"},
        "raw": {"@id": "ex:raw", "@type": "@json"},
        "vouched": {"@id": "ex:vouched", "@container": "@graph", "@context": {"note": "ex:innerNote"}},
        "note": "ex:note",
        "off": None,
    }
}
LOADER = PinnedContexts(generic=True, extra={EXTENSION: EXTENSION_CONTEXT})

TEXTS = [
    "", "a", "Edit-a-thon host", "two\nlines", "tab\there", "\r", "\b\f\v", "\x00\x01\x1f", "\x7f",
    "\x80\x9f\x85", 'quo"te',
    "back\\slash", "\\u0041", "é", "e\u0301", "日本語", "שלום", "مرحبا", "🎖️", "\U0010ffff",
    "\ufffe\uffff", "\u2028\u2029", "\ufeff",
    "1", "true", "null", "@id", "_:b0", "https://example.org/text", "x" * 3000, " ", "a  b ",
]  # fmt: skip
IRIS = [
    "https://example.org/a", "https://example.org/a", "https://example.org/b#c",
    "urn:uuid:5b0f7c12-7a2f-4f6e-9d42-0c1f1d4f7a10",
    "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK", "https://exämple.org/ü?q=日本#é",
    "data:image/png;base64,iVBORw0KGgo=",
    "mailto:a@example.org", "tag:example.org,2026:x", "HTTPS://EXAMPLE.org", "a:b", "ex:compact",
    "schema:name", "xsd:string",
    "https://example.org/%20%zz", "x-y+z.1:~", "https://example.org/\x80", "https://example.org/\ufffd",
]  # fmt: skip
BAD_IRIS = [
    "", "a", "/a", "#a", "http://exa mple", "https://example.org/<x>", "https://example.org/\x7f",
    "https://example.org/{", ":a",
    "1a:b", "https://example.org/\\", 'https://example.org/"', "https://example.org/#a#b", "_:b7", "@type", "https://e/\ud800",
]  # fmt: skip
NUMBERS: list[Any] = [
    0, 1, -1, 42, 2**31, 2**53, 2**53 + 1, 10**19, 1.0, 1.5, -0.0, 0.1, 1e21, 1e20,
    123456789012345680000.0, 1e-7, 5e-324,
    1.7976931348623157e308, 3.141592653589793, 1e100, -2.5e-10, 100.0, 0.30000000000000004, 1e15, 1234567.125,
]  # fmt: skip


class Maker:
    """One random document; the same number makes the same one."""

    def __init__(self, number: int) -> None:
        self.random = random.Random(number)
        self.wild = self.random.random() < 0.25  # may hold what is not allowed
        self.left = self.random.choice([3, 10, 30, 60])  # members

    def document(self) -> dict[str, Any]:
        urls = list(self.random.choice(CONTEXTS))
        made = {"@context": urls, **self.node(active_context(urls, LOADER), 0)}
        if self.random.random() < 0.3:
            self.add_ties(made)
        return made

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def node(self, context: ActiveContext, depth: int) -> dict[str, Any]:
        made: dict[str, Any] = {}
        if self.chance(0.5):
            made["id"] = self.iri()
        types = [term for term, one in sorted(context.terms.items()) if term[:1].isupper() and one.coercion is None]
        chosen = self.random.sample(types, min(len(types), self.random.choice([0, 1, 1, 1, 2, 3]))) if types else []
        if chosen:
            made["type"] = chosen[0] if len(chosen) == 1 and self.chance(0.5) else chosen
            if self.wild and self.chance(0.1):
                made["type"] = self.random.choice(
                    [[], [*chosen, "Nowhere"], [*chosen, "https://example.org/T"], 7, chosen * 2]
                )
        inner = self.typed(context, chosen, made)
        names = sorted(term for term, one in inner.terms.items() if one.iri and not one.iri.startswith("@"))
        for name in self.random.sample(names, min(len(names), self.random.randint(0 if depth else 3, 9))):
            if self.left > 0:
                self.left -= 1
                made[name] = self.member(name, inner.terms[name], inner, depth)
        if self.wild and self.chance(0.1):
            made[self.random.choice(["undefined", "@index", "ex:x", "https://example.org/p", "off", "@type", ""])] = (
                self.text()
            )
        return made

    def typed(self, context: ActiveContext, chosen: list[str], made: dict[str, Any]) -> ActiveContext:
        try:
            return context.typed(chosen) if chosen else context
        except OpenBadgesError:  # these types contradict each other
            if not self.wild:
                del made["type"]
            return context

    def member(self, name: str, definition: TermDefinition, context: ActiveContext, depth: int) -> Any:
        if definition.container == "@list" or self.chance(0.3):
            few = [self.value(name, definition, context, depth) for _ in range(self.random.choice([1, 1, 2, 3]))]
            return few * 2 if self.chance(0.05) else few if few and not (self.wild and self.chance(0.05)) else []
        return self.value(name, definition, context, depth)

    def value(self, name: str, definition: TermDefinition, context: ActiveContext, depth: int) -> Any:
        if self.wild and self.chance(0.04):
            return self.random.choice(
                [None, [], {}, [[]], {"@value": 1}, {"@set": ["a"]}, {"@list": ["a"]}, {"@id": "a"}, True]
            )
        if definition.coercion == "@json":
            return self.random.choice([{"b": [1, 1.0, None], "a": "é\x7f"}, [], "text", 7, None, True])
        if definition.container == "@graph":
            return self.embedded(context.inside(name), depth)
        if definition.coercion in ("@id", "@vocab"):
            if self.chance(0.4) and depth < 4:
                return self.node(context.inside(name), depth + 1)
            return self.iri() if definition.coercion == "@id" or self.chance(0.5) else "High"
        if definition.coercion is None and depth < 4 and self.chance(0.35):
            return self.node(context.inside(name), depth + 1) or {"id": self.iri()}
        if self.chance(0.08):
            return self.value_object()
        return self.random.choice([self.text, self.text, self.text, self.number, lambda: self.chance(0.5)])()

    def embedded(self, context: ActiveContext, depth: int) -> dict[str, Any]:
        if not self.chance(0.4):
            return self.node(context, depth + 1) or {"id": self.iri()}
        urls = self.random.choice(CONTEXTS)
        try:
            return {"@context": urls, **self.node(context.extended(urls), depth + 1)}
        except OpenBadgesError:  # a protected term stands in the way
            return {"@context": urls, "id": self.iri()}

    def value_object(self) -> dict[str, Any]:
        made: dict[str, Any] = {"@value": self.text()}
        kind = self.random.randint(0, 4)
        if kind == 1:
            made["@language"] = self.random.choice(
                ["en", "de-CH", "zh-Hant-TW", "EN-us", "x", "", "toolonglanguage", "e n", "en-"]
            )
        elif kind == 2:
            made["@type"] = self.random.choice(
                ["http://www.w3.org/2001/XMLSchema#date", "ex:t", "http://www.w3.org/2001/XMLSchema#string"]
            )
        elif kind == 3:
            made |= {"@language": "ar", "@direction": "rtl"}
        return made

    def iri(self) -> str:
        return self.random.choice(BAD_IRIS) if self.wild and self.chance(0.05) else self.random.choice(IRIS)

    def text(self) -> str:
        return self.random.choice(TEXTS) + (self.random.choice(TEXTS) if self.chance(0.3) else "")

    def number(self) -> Any:
        return self.random.choice(NUMBERS)

    def add_ties(self, value: Any) -> None:
        """Put equal nodes without id beside each other: their hashes are the same."""
        if isinstance(value, dict):
            for name, item in value.items():
                if isinstance(item, dict) and "@value" not in item and "id" not in item and name != "@context":
                    value[name] = [item, copy.deepcopy(item)]
                else:
                    self.add_ties(item)


@pytest.fixture(scope="session")
def contexts() -> PinnedContexts:
    return LOADER


@pytest.fixture(scope="session")
def made() -> Callable[[int], dict[str, Any]]:
    """The document of a number, as strict JSON."""

    def make(number: int) -> dict[str, Any]:
        while True:
            try:
                return json.loads(json.dumps(Maker(number).document()))
            except NotCovered:  # a scoped context that only the reference covers
                number += 10_000_000

    return make


@pytest.fixture(scope="session")
def how_many() -> int:
    """Documents of each kind: some hundreds, or with ``EQUALITY=full`` the whole proof."""
    return 20_000 if os.environ.get("EQUALITY") == "full" else int(os.environ.get("EQUALITY", "300"))


VALUES = [
    None, True, False, 0, 1, 1.0, -2.5, "", "a", "x\n", "https://example.org/", "not a uri",
    "urn:x:y", "2026-01-01T00:00:00Z",
    "2026-02-30T00:00:00Z", "2026-01-01T00:00:00", "2026-01-01", "2026-12-31T23:59:60Z",
    "2026-01-01T00:00:00.1234567+14:00",
    "2026-01-01T24:00:00Z", "0000-01-01T00:00:00Z", "FR", "fr-CA", "ext:Thing", "ext:", "a.b.c",
    "CFItem", "Achievement", "Badge",
    "sha256$ab", "d" * 41, [], [[]], {}, ["a"], ["a", "a"], [1, True], [1, 1.0], [{}, {}], [{"a": 1}, {"a": 1.0}],
    {"id": "https://example.org/"}, {"type": "Image", "id": "https://example.org/i"}, "VerifiableCredential",
    {"id": "a", "type": ["Profile"]}, ["VerifiableCredential", "OpenBadgeCredential"],
]  # fmt: skip


def _places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place below the top."""
    steps = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [found for step, item in steps for found in [(*path, step), *_places(item, (*path, step))]]


def _around(document: Any, path: tuple[Any, ...]) -> Any:
    for step in path[:-1]:
        document = document[step]
    return document


def _change(document: dict[str, Any], chance: random.Random) -> None:
    """One change: another value, a member more or less, a list made or unmade, something from elsewhere."""
    path = chance.choice(_places(document))
    box, step = _around(document, path), path[-1]
    kind = chance.randrange(7)
    if kind == 0:
        box[step] = copy.deepcopy(chance.choice(VALUES))
    elif kind == 1:
        del box[step]
    elif kind == 2:
        box[step] = [box[step]]
    elif kind == 3 and isinstance(box[step], list) and len(box[step]) == 1:
        box[step] = box[step][0]
    elif kind == 4 and isinstance(box, dict):
        box[chance.choice(["extra", "name", "image", "type", "url", "endorsement", "tag"])] = copy.deepcopy(
            chance.choice(VALUES)
        )
    elif kind == 5 and isinstance(box, list):
        box.append(copy.deepcopy(chance.choice([*VALUES, *box])))
    else:
        other = chance.choice(_places(document))
        box[step] = copy.deepcopy(_around(document, other)[other[-1]])


@pytest.fixture(scope="session")
def samples(root: Path) -> list[dict[str, Any]]:
    """A badge with everything, the same on VCDM 1.1, its endorsement, its issuer, and a plain one, twice."""
    full = json.loads((root / "tests/vectors/full-badge.json").read_text("utf-8"))["document"]
    old = copy.deepcopy(full)
    old["@context"][0] = "https://www.w3.org/2018/credentials/v1"
    old["issuanceDate"], old["expirationDate"] = old.pop("validFrom"), old.pop("validUntil")
    endorsement = old["issuer"]["endorsement"][0]
    endorsement["@context"] = old["@context"]
    endorsement["issuanceDate"] = endorsement.pop("validFrom")
    plain = json.loads((root / "bench/credential.json").read_text("utf-8"))
    plain["proof"] = {"type": "DataIntegrityProof", "cryptosuite": "eddsa-rdfc-2022"}  # bare, as nearly everywhere
    return [full, old, plain, plain, full["issuer"]["endorsement"][0], full["issuer"]]


@pytest.fixture(scope="session")
def change() -> Callable[[dict[str, Any], random.Random], None]:
    """Makes one change in a document."""
    return _change


def _credentials(value: Any) -> list[dict[str, Any]]:
    if isinstance(value, list):
        return [found for item in value for found in _credentials(item)]
    if not isinstance(value, dict):
        return []
    inside = [found for item in value.values() for found in _credentials(item)]
    return [value, *inside] if "@context" in value else inside


@pytest.fixture(scope="session")
def credentials() -> Callable[[Any], list[dict[str, Any]]]:
    """Every object with a ``@context`` in any JSON."""
    return _credentials
