"""Issue a credential: check its shape, sign, verify the result. Nothing is signed that a verifier would refuse."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from openbadges import jsontext
from openbadges.canon import rdf
from openbadges.canon.numbers import number_literal
from openbadges.canon.statements import Statements
from openbadges.encoding.times import check_instant, format_instant
from openbadges.errors import ConfigurationError, IssuingError, OpenBadgesError
from openbadges.jsontext import INTEROPERABLE, Path, pointer_of
from openbadges.keys.signer import Signer, check_signer
from openbadges.limits import DEFAULT_LIMITS, Limits
from openbadges.messages import render
from openbadges.ports import Clock, NoNetwork, SystemClock
from openbadges.proofs import selective
from openbadges.proofs.data_integrity import create_proof, read_proofs, verify_proof, with_proofs, without_proofs
from openbadges.proofs.jws import verify as verify_jws
from openbadges.proofs.jws import verify_independently
from openbadges.proofs.suites import SUITES
from openbadges.proofs.vc_jwt import claim_problems, create_vc_jwt, read_vc_jwt
from openbadges.report import Outcome
from openbadges.secured import SecuredCredential
from openbadges.shape import VC_V2, check_badge_shape, check_contexts
from openbadges.verification.checks.content import check_content
from openbadges.verification.checks.dates import check_validity
from openbadges.verification.checks.generic import check_generic_shape
from openbadges.verification.inquiry import CONTEXTS, Inquiry, Profile, id_of
from openbadges.verification.kinds import kind_of

if TYPE_CHECKING:
    from openbadges.models import Model

__all__ = ["issue"]

OB_3_0_3 = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
DEFAULT_SUITE = "eddsa-rdfc-2022"
SUITE_OF_KEY = {"Ed25519": DEFAULT_SUITE, "P-256": "ecdsa-rdfc-2019", "P-384": "ecdsa-rdfc-2019"}
_DECIDING_MEMBERS = ("id", "issuer", "validFrom", "validUntil", "awardedDate", "credentialStatus", "credentialSchema")
_NONCHARACTERS = ("\ufffe".encode(), "\uffff".encode())
_OB_KINDS = frozenset({"badge", "endorsement"})

Form = Literal["data-integrity", "vc-jwt"]


def issue(  # noqa: PLR0913 - by keyword, each with a default
    credential: Model | Mapping[str, Any],
    *,
    signer: Signer,
    form: Form = "data-integrity",
    suite: str | None = None,
    clock: Clock | None = None,
    created: datetime | None = None,
    profile: Profile = "badge",
    mandatory_pointers: Sequence[str] = (),
    limits: Limits = DEFAULT_LIMITS,
) -> SecuredCredential:
    """Sign a credential and give back a new value; the one handed in is not changed.

    Args:
        credential: A model such as ``OpenBadgeCredential.award(...)``, or a JSON object. One that already has proofs
            gets another one beside them.
        signer: The issuer's key: its verification method has to belong to the credential's issuer.
        form: ``"data-integrity"`` puts a proof into the JSON, ``"vc-jwt"`` makes a token.
        suite: Cryptosuite; by default the one for the signer's key, ``eddsa-rdfc-2022`` for Ed25519.
        clock: For the date of the proof.
        created: The date of the proof, instead of the clock's.
        profile: ``"badge"``, or ``"vc"`` for any W3C credential.
        mandatory_pointers: For ``ecdsa-sd-2023``: JSON Pointers to what the holder cannot leave out, besides id,
            issuer, dates and status, which are always among them.
        limits: Bounds, the same as a verifier's.

    Returns:
        The signed text, already verified with the signer's public key.

    Raises:
        IssuingError: A verifier would refuse the result; the code and sentence say why.
        ConfigurationError: ``credential`` is neither model nor JSON object, ``signer`` is none, or the date of the
            proof has no time zone.
    """
    draft = _draft(credential)
    contexts = CONTEXTS["vc" if profile == "vc" else "badge"]
    now = created or (clock or SystemClock()).now()
    check_instant(now)
    check_signer(signer)
    inquiry = Inquiry(now=now, fetcher=NoNetwork(), contexts=contexts, limits=limits, profile=profile)
    try:
        statements = _check_before(draft, signer, inquiry)
        if form == "vc-jwt":
            return _token(draft.document, signer, limits)
        if form != "data-integrity":
            raise IssuingError("issue.form", form=form)
        created_text = format_instant(now)
        name = suite or SUITE_OF_KEY.get(signer.public_key.kind, DEFAULT_SUITE)
        pointers: Sequence[str] = ()
        if name == selective.NAME:
            pointers = tuple(dict.fromkeys((*_always_shown(draft.document), *mandatory_pointers)))
        return _embedded(draft._replace(statements=statements), signer, name, created_text, pointers, inquiry)
    except IssuingError:
        raise
    except OpenBadgesError as error:
        raise IssuingError("issue.refused", pointer=error.pointer, reason=error.detail) from error


class _Draft(NamedTuple):
    """A credential that is to be signed.

    Attributes:
        document: Strict JSON that shares nothing with what was handed in.
        written: Its text.
        is_plain: Whether all its numbers are whole and of a size that everybody reads alike.
        statements: What it says, where that is known.
    """

    document: dict[str, Any]
    written: bytes
    is_plain: bool
    statements: Statements | None = None


def _draft(credential: Model | Mapping[str, Any]) -> _Draft:
    plain: dict[str, Any]
    if isinstance(credential, Mapping):
        plain = dict(credential)
    elif hasattr(credential, "to_document"):
        plain = credential.to_document()
    else:
        raise ConfigurationError("issue.credential")
    try:
        written = jsontext.dump(plain)
        copied = jsontext.copy_plain(plain, written)
        document = jsontext.parse_object(written) if copied is None else copied
        return _Draft(document, written, is_plain=copied is not None)
    except OpenBadgesError as error:
        raise IssuingError("issue.refused", pointer=error.pointer, reason=error.detail) from error


def _check_before(draft: _Draft, signer: Signer, inquiry: Inquiry) -> Statements | None:
    """Refuse what a verifier would refuse; gives what the document says, where that is known then."""
    document = draft.document
    kind, _ = kind_of(document)
    statements = None
    if inquiry.profile == "badge":
        context = check_contexts(document, inquiry.contexts)
        shape = check_badge_shape(document, context, with_statements=True)
        statements = shape.statements
        _check_version(document, kind)
        checks, _ = check_content(document, kind, inquiry, shape.loose)
        for check in checks:
            if check.outcome is not Outcome.PASS:
                raise IssuingError("issue.refused", reason=check.detail)
    else:
        check_generic_shape(document, inquiry)
    window = check_validity(document, inquiry)
    if window.outcome is not Outcome.PASS and window.code not in ("validity.not_yet", "validity.expired"):
        raise IssuingError("issue.refused", reason=window.detail)
    _check_issuer(document, signer)
    _check_leaves(draft)
    return statements


def _check_version(document: Mapping[str, Any], kind: str) -> None:
    """New badges are VCDM 2.0 with Open Badges 3.0.3; older versions are read, never issued."""
    contexts = document["@context"]
    if contexts[0] != VC_V2:
        raise IssuingError("issue.version", pointer="/@context/0", expected=VC_V2)
    if kind in _OB_KINDS and contexts[1:2] != [OB_3_0_3]:
        raise IssuingError("issue.context_edition", pointer="/@context/1", expected=OB_3_0_3)


def _check_issuer(document: Mapping[str, Any], signer: Signer) -> None:
    issuer = id_of(document.get("issuer"))
    controller = signer.verification_method.partition("#")[0]
    if issuer != controller:
        raise IssuingError("issue.not_issuer", pointer="/issuer", issuer=str(issuer), controller=controller)


def _check_leaves(draft: _Draft) -> None:
    """Values that implementations write differently are not signed."""
    is_usual = draft.written.isascii() or not any(one in draft.written for one in _NONCHARACTERS)
    if not (draft.is_plain and is_usual):
        _refuse_leaf(draft.document)


def _refuse_leaf(document: dict[str, Any]) -> None:
    """Say which value it is; a member's name may have the character as well, and is of no harm."""
    pending: list[tuple[Path, Any]] = [(None, document)]
    for path, value in pending:  # grows on the way
        for step, item in value.items() if isinstance(value, dict) else enumerate(value):
            if isinstance(item, (dict, list)):
                pending.append(((path, step), item))
            elif isinstance(item, str) and any(one.decode("utf-8") in item for one in _NONCHARACTERS):
                raise IssuingError("issue.noncharacter", pointer=pointer_of((path, step)))
            elif isinstance(item, (int, float)) and not _is_portable(item):
                raise IssuingError("issue.number", pointer=pointer_of((path, step)), number=str(item))


def _is_portable(value: float) -> bool:
    """Whether all implementations write a number the same way, and read it as the same one."""
    if isinstance(value, int) and abs(value) < INTEROPERABLE:
        return True  # true and false as well
    lexical = number_literal(value).partition('"^^')[0][1:]
    exact = int(lexical) == value if lexical.lstrip("-").isdigit() else float(lexical) == value
    rounded = abs(value) >= INTEROPERABLE and (isinstance(value, int) or abs(value) < 1e21)  # others write it otherwise
    return exact and not rounded and not (value == 0 and math.copysign(1, value) < 0)


def _embedded(  # noqa: PLR0913, PLR0917 - one caller, every argument of its own type
    draft: _Draft, signer: Signer, suite: str, created: str, pointers: Sequence[str], inquiry: Inquiry
) -> SecuredCredential:
    """The credential with one more proof, which is checked as a stranger would: on the text that is given out."""
    contexts, limits, document = inquiry.contexts, inquiry.limits, draft.document
    before = read_proofs(document, limits) if "proof" in document else ()
    proof = create_proof(
        document,
        signer,
        suite=suite,
        created=created,
        contexts=contexts,
        limits=limits,
        mandatory_pointers=pointers,
        statements=draft.statements,
    )
    if before:
        text = jsontext.dump(with_proofs(document, [*before, proof]))
    else:
        text = draft.written[:-1] + b',"proof":' + jsontext.dump(proof) + b"}"
    again = jsontext.parse_object(text, limits)
    proof = dict(read_proofs(again, limits)[-1])
    if suite == selective.NAME:  # what is signed is not what is shown: show everything once, and check that
        again = selective.derive(again, [""], contexts=contexts, limits=limits)
        proof = again["proof"]
    said = _said_again(again, suite, draft, inquiry)
    _own_check(lambda: verify_proof(again, proof, signer.public_key, contexts=contexts, limits=limits, statements=said))
    return SecuredCredential(text.decode("utf-8"))


def _said_again(again: Mapping[str, Any], suite: str, draft: _Draft, inquiry: Inquiry) -> Statements | None:
    """What was signed, if the finished text says the same; otherwise the check has to find out what it does say.

    What was signed comes from the walk that checked the shape; the finished text is read anew, by the mapper. So the
    check fails when the two disagree, and when writing changed anything.
    """
    signed = draft.statements
    if signed is None or not SUITES[suite].is_rdf:
        return None
    return signed if signed.are(rdf.dataset(without_proofs(again), inquiry.contexts, limits=inquiry.limits)) else None


def _always_shown(document: Mapping[str, Any]) -> list[str]:
    """What a holder who shows a part may not hide: who, when, until when, and whether it still counts."""
    return [f"/{name}" for name in _DECIDING_MEMBERS if name in document]


def _token(document: dict[str, Any], signer: Signer, limits: Limits) -> SecuredCredential:
    token = create_vc_jwt(document, signer)
    found = read_vc_jwt(token, limits)
    _own_check(lambda: verify_jws(found.signed, signer.public_key))
    _own_check(lambda: verify_independently(token, signer.public_key, found.signed.algorithm))
    wrong, _ = claim_problems(found)
    if wrong or found.credential != document:
        raise IssuingError("issue.result", reason=wrong[0].detail if wrong else render("issue.registered_claim", {}))
    return SecuredCredential(token)


def _own_check(check: Any) -> None:
    try:
        check()
    except OpenBadgesError as error:
        raise IssuingError("issue.result", reason=error.detail) from error
