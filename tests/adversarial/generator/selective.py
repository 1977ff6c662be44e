"""V-LD-5: ecdsa-sd-2023, where a holder shows parts of a badge, and must not be able to show anything else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from generator.badges import at, badge
from generator.book import Book
from generator.material import CONTEXTS, EVE, P256, Key, sign_with
from openbadges.keys import PublicKey
from openbadges.proofs.selective import create_base_proof, derive

__all__ = ["add_cases"]


_ALWAYS = ("/issuer", "/validFrom", "/credentialSubject/achievement", "/credentialSubject/id")


@dataclass(frozen=True)
class _Signer:
    """A signer whose signatures are the same every time."""

    key: Key
    algorithm: str = "ES256"
    kind: str = "P-256"

    @property
    def public_key(self) -> PublicKey:
        return self.key.public

    @property
    def verification_method(self) -> str:
        return self.key.method

    def sign(self, data: bytes) -> bytes:
        return sign_with(self.key, data)


def _based(document: dict[str, Any], *mandatory: str) -> dict[str, Any]:
    from cryptography.hazmat.primitives.asymmetric import ec

    once: Any = _Signer(Key(ec.derive_private_key(0x4242424242424242, ec.SECP256R1()), "P-256"))
    proof = create_base_proof(
        document,
        _Signer(P256),  # type: ignore[arg-type] - has what a signer has
        created="2026-01-15T09:00:00Z",
        contexts=CONTEXTS,
        mandatory_pointers=[*_ALWAYS, *mandatory],
        hmac_key=b"\x07" * 32,
        ephemeral=once,
    )
    return document | {"proof": proof}


def add_cases(book: Book) -> None:
    """Every case about selective disclosure."""
    document = badge(P256, validUntil="2026-12-01T00:00:00Z")
    base = _based(document, "/validUntil")
    whole = derive(base, [""], contexts=CONTEXTS)
    parts = derive(base, ["/name"], contexts=CONTEXTS)
    book.add("honest-suite-ecdsa-sd-2023", "V-LD-5", 0, whole, "Everything is shown.")
    book.add("honest-suite-ecdsa-sd-2023-parts", "V-LD-5", 0, parts, "Some of it is shown.")
    book.add("proof-value-sd-base", "V-LD-5", (1, 4), base, "A base proof is the holder's alone.")
    ended = _based(badge(P256, validUntil="2026-02-01T00:00:00Z"), "/validUntil")
    shown = derive(ended, ["/name"], contexts=CONTEXTS)
    book.add("proof-value-sd-expired", "V-LD-5 V-PAR-2", 1, shown, "It expired.", check="validity.window")
    hidden = at(shown, "validUntil", ...)
    book.add("proof-value-sd-hidden-end", "V-LD-5", (1, 4), hidden, "The end is mandatory and was left out.")
    for label, changed in {
        "name": at(whole, "name", "Master"),
        "added": at(parts, "description", "Signed by nobody."),
        "removed": at(whole, "name", ...),
        "until": at(whole, "validUntil", "2030-01-01T00:00:00Z"),
        "recipient": at(whole, "credentialSubject/id", EVE.did),
        "cut": at(whole, "proof/proofValue", whole["proof"]["proofValue"][:-4]),
        "swapped": whole | {"proof": parts["proof"]},
        "prefix": at(whole, "proof/proofValue", "z" + whole["proof"]["proofValue"][1:]),
        "garbage": at(whole, "proof/proofValue", "uAQID"),
        "label": at(whole, "proof/cryptosuite", "ecdsa-rdfc-2019"),
        "created": at(whole, "proof/created", "2026-02-15T09:00:00Z"),
        "purpose": at(whole, "proof/proofPurpose", "authentication"),
        "foreign": at(whole, "issuer", badge(EVE)["issuer"]),
    }.items():
        book.add(f"proof-value-sd-{label}", "V-LD-5", (1, 4), changed, "Only what was signed can be shown.")
