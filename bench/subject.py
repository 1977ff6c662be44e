"""What everybody is timed on: one credential of about 2.4 kB, and one key of each kind."""

from __future__ import annotations

import copy
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openbadges import SigningKey, issue
from openbadges.contexts import PINNED, PinnedContexts

KEYS = {"EdDSA": "Ed25519", "ES256": "P-256", "RS256": "RSA"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """The credential, unsigned and signed in each form, with its keys."""

    keys: Mapping[str, SigningKey]  # by JOSE algorithm
    rdfc: bytes
    jcs: bytes
    tokens: Mapping[str, str]  # by JOSE algorithm

    def credential(self, algorithm: str = "EdDSA") -> dict[str, Any]:
        """The unsigned credential of the issuer with this key."""
        return credential_of(self.keys[algorithm])


def credential_of(key: SigningKey) -> dict[str, Any]:
    """The credential of ``credential.json`` with this key's did:key as its issuer."""
    made: dict[str, Any] = json.loads(Path(__file__).with_name("credential.json").read_text("utf-8"))
    made["issuer"]["id"] = key.verification_method.partition("#")[0]
    return made


def make_subject() -> Subject:
    """Fresh keys, and everything signed with them."""
    keys = {algorithm: SigningKey.generate(kind) for algorithm, kind in KEYS.items()}  # type: ignore[arg-type]
    credential = credential_of(keys["EdDSA"])
    return Subject(
        keys=keys,
        rdfc=bytes(issue(credential, signer=keys["EdDSA"])),
        jcs=bytes(issue(credential, signer=keys["EdDSA"], suite="eddsa-jcs-2022")),
        tokens={name: issue(credential_of(key), signer=key, form="vc-jwt").text for name, key in keys.items()},
    )


def all_contexts() -> dict[str, Any]:
    """Every pinned context by URL, as plain JSON, for the others."""
    contexts = PinnedContexts(generic=True)
    return {url: _plain(contexts.load(url)) for url in PINNED}


def grown(credential: dict[str, Any], alignments: int) -> dict[str, Any]:
    """The credential with this many alignments, each with text of its own."""
    made = copy.deepcopy(credential)
    first = made["credentialSubject"]["achievement"]["alignment"][0]
    made["credentialSubject"]["achievement"]["alignment"] = [
        first | {"targetCode": f"C-{number}", "targetUrl": f"https://skills.example/items/{number}"}
        for number in range(alignments)
    ]
    return made


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _plain(item) for name, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, (list, tuple)) else value
