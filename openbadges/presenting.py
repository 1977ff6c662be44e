"""Present badges: their holder signs them once more, for who asks and for this once (VCDM 2.0, section 4.13)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from openbadges import jsontext
from openbadges.contexts import PinnedContexts
from openbadges.encoding.times import format_instant
from openbadges.errors import ConfigurationError, IssuingError, MalformedError, OpenBadgesError
from openbadges.issuing import DEFAULT_SUITE, SUITE_OF_KEY
from openbadges.keys.signer import Signer, check_signer
from openbadges.limits import DEFAULT_LIMITS, Limits
from openbadges.ports import Clock, SystemClock
from openbadges.proofs.data_integrity import create_proof, verify_proof, with_proofs
from openbadges.secured import SecuredCredential
from openbadges.shape import VC_V2

__all__ = ["present"]


def present(  # noqa: PLR0913 - by keyword, each with a default but two
    badges: Sequence[SecuredCredential] = (),
    *,
    signer: Signer,
    challenge: str,
    domain: str | None = None,
    suite: str | None = None,
    clock: Clock | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> SecuredCredential:
    """Sign a presentation: it proves that the holder has the key now, and carries the badges.

    Args:
        badges: What is shown, as it was issued; with none, only the key is proved.
        signer: The holder's key; the holder is whoever its verification method belongs to.
        challenge: What whoever asks gave for this once.
        domain: Who asks, such as ``badges.example.org``.
        suite: Cryptosuite; by default the one for the signer's key.
        clock: For the date of the proof.
        limits: Bounds, the same as a verifier's.

    Returns:
        The signed text, already verified with the holder's public key.

    Raises:
        ConfigurationError: ``challenge`` is blank, ``badges`` is no list or ``signer`` no key.
        IssuingError: A badge cannot be shown in this way, or the key cannot sign so; the sentence says why.
    """
    if isinstance(badges, (str, bytes, Mapping)) or not isinstance(badges, Sequence):
        raise ConfigurationError("presentation.badges", kind=type(badges).__name__)
    check_signer(signer)
    if not challenge.strip():
        raise ConfigurationError("presentation.challenge_blank")
    document: dict[str, Any] = {
        "@context": [VC_V2],
        "type": ["VerifiablePresentation"],
        "holder": signer.verification_method.partition("#")[0],
    }
    options = {"challenge": challenge} | ({} if domain is None else {"domain": domain})
    contexts = PinnedContexts()
    try:
        if badges:
            document["verifiableCredential"] = [_inside(badge, limits) for badge in badges]
        proof = create_proof(
            document,
            signer,
            suite=suite or SUITE_OF_KEY.get(signer.public_key.kind, DEFAULT_SUITE),
            created=format_instant((clock or SystemClock()).now()),
            contexts=contexts,
            limits=limits,
            purpose="authentication",
            options=options,
        )
        text = jsontext.dump(with_proofs(document, [proof])).decode("utf-8")
        verify_proof(jsontext.parse_object(text, limits), proof, signer.public_key, contexts=contexts, limits=limits)
    except OpenBadgesError as error:
        raise IssuingError("issue.not_presented", pointer=error.pointer, reason=error.detail) from error
    return SecuredCredential(text)


def _inside(badge: SecuredCredential, limits: Limits) -> Mapping[str, Any]:
    """The badge as it stands in a presentation; a token in an envelope (VC-JOSE-COSE, section 4)."""
    text = badge.text.strip()
    if badge.form == "data-integrity":
        document = jsontext.parse_object(text, limits)
        if "proof" not in document:
            raise MalformedError("presentation.not_signed")
        return document
    return {
        "@context": [VC_V2],
        "type": ["EnvelopedVerifiableCredential"],
        "id": f"data:application/vc+jwt,{text}",
    }
