"""A proof configuration filled into a template is what the reference makes of it.

``EQUALITY=full`` compares 20,000; the everyday run takes a sample.
"""

from __future__ import annotations

import json
import random
from collections import Counter
from typing import Any

from openbadges.canon import jsonld, rdfc
from openbadges.errors import OpenBadgesError
from openbadges.limits import DEFAULT_LIMITS
from openbadges.proofs.suites import configuration
from openbadges.proofs.suites.configuration import canonical_configuration

REFUSED, FILLED, LONG_WAY = "refused", "filled", "long way"

V2, V1 = "https://www.w3.org/ns/credentials/v2", "https://www.w3.org/2018/credentials/v1"
OB = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
CONTEXTS: list[Any] = [
    [V2, OB], [V2, OB], [V2], [V2, "https://w3id.org/security/data-integrity/v2"],
    [V1, "https://w3id.org/security/data-integrity/v2"], [V1, "https://w3id.org/security/suites/ed25519-2020/v1"],
    [V2, "https://www.w3.org/ns/credentials/undefined-terms/v2"], V2, [V1],
]  # fmt: skip
DATES: list[Any] = [
    "2026-05-03T10:00:00Z", "2026-12-31T23:59:59.999+14:00", "2000-01-01T00:00:00Z", "x", '"', "\\", "\n", "\x7f", "é",
    "\ufffe", "", 1, None, True, ["2026-05-03T10:00:00Z"], {"@value": "x"},
]  # fmt: skip
METHODS: list[Any] = [
    "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK#z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK",
    "did:web:badges.example#key-1", "https://badges.example/keys/1", "https://bücher.example/ü#é", "https://issuer.example",
    "did:issuer.example", "did:x:y?a=b&c=d", "did://x", "https://a b", "https://a#b#c", "did:", "https://", "urn:x:y",
    "cred:x", "key-1", "_:b0", 1, None, {"id": "did:x:y"}, ["did:x:y"],
]  # fmt: skip


def config(number: int) -> dict[str, Any]:
    chance = random.Random(number)

    def one_of(values: list[Any], usual: float) -> Any:
        return values[0] if chance.random() < usual else chance.choice(values)

    made = {
        "type": one_of(["DataIntegrityProof", "Ed25519Signature2020", ["DataIntegrityProof"], "Nowhere", 1], 0.95),
        "cryptosuite": one_of(["eddsa-rdfc-2022", "ecdsa-rdfc-2019", *DATES], 0.8),
        "created": one_of(DATES, 0.6),
        "verificationMethod": one_of(METHODS, 0.5),
        "proofPurpose": one_of(["assertionMethod", "authentication", "keyAgreement", "https://example.org/p", 1], 0.7),
        "@context": one_of(CONTEXTS, 0.6),
    }
    if chance.random() < 0.08:
        made |= chance.choice([{"id": "urn:uuid:1"}, {"nonce": "a"}, {"domain": ["b", "a"]}, {"expires": DATES[0]}])
    if chance.random() < 0.08:
        del made[chance.choice(["type", "cryptosuite", "created", "verificationMethod", "proofPurpose"])]
    names = list(made)
    chance.shuffle(names)
    return {name: made[name] for name in names}


def compare(config: dict[str, Any], contexts: Any) -> str:
    """Assert equality, and say which way it went."""
    shown = json.dumps(config)
    try:
        expected = rdfc.canonicalize(jsonld.to_quads(config, contexts=contexts)).encode()
    except OpenBadgesError:
        expected = None
    try:
        found = canonical_configuration(config, contexts, "sha256", DEFAULT_LIMITS)
    except OpenBadgesError:
        found = None
    assert found == expected, shown
    if found is None:
        return REFUSED
    return LONG_WAY if configuration._from_template(config, contexts) is None else FILLED


def test_made_configurations(how_many, contexts):
    outcomes = Counter(compare(config(number), contexts) for number in range(how_many))
    assert outcomes[FILLED] > how_many * 0.2
    assert outcomes[LONG_WAY] > how_many * 0.05
    assert outcomes[REFUSED] > how_many * 0.1
