"""What can happen to a token: without a key, and by an issuer who signs odd headers and claims."""

from __future__ import annotations

import base64
import json
import random
from collections.abc import Callable
from types import MappingProxyType
from typing import Any

import badges
from edits import base64url

Claims = dict[str, Any]
Header = dict[str, Any]
Signed = Callable[[Header, Claims], tuple[Header, Claims]]
Unsigned = Callable[[str, random.Random], str]


def parts(token: str) -> tuple[Header, Claims, str]:
    head, payload, signature = token.split(".")
    return _read(head), _read(payload), signature


def write(header: Header, claims: Claims, kind: str, owner: str = "issuer") -> str:
    """A token with a good signature over whatever it says."""
    start = f"{base64url(json.dumps(header).encode())}.{base64url(json.dumps(claims, ensure_ascii=False).encode())}"
    return f"{start}.{base64url(badges.signing_key(kind, owner).sign(start.encode()))}"


def _read(part: str) -> Any:
    return json.loads(base64.urlsafe_b64decode(part + "=="))


def _replaced(token: str, *, header: Header | None = None, claims: Claims | None = None) -> str:
    head, payload, signature = token.split(".")
    first = head if header is None else base64url(json.dumps(header).encode())
    second = payload if claims is None else base64url(json.dumps(claims, ensure_ascii=False).encode())
    return f"{first}.{second}.{signature}"


def claim_changed(token: str, chance: random.Random) -> str:
    _, claims, _ = parts(token)
    return _replaced(token, claims=claims | {"name": "Doctor of Everything"})


def algorithm_none(token: str, chance: random.Random) -> str:
    header, _, _ = parts(token)
    return _replaced(token, header=header | {"alg": "none"}).rpartition(".")[0] + "."


def algorithm_hmac(token: str, chance: random.Random) -> str:
    header, _, _ = parts(token)
    return _replaced(token, header=header | {"alg": "HS256"})


def signature_flipped(token: str, chance: random.Random) -> str:
    head, payload, signature = token.split(".")
    place = chance.randrange(len(signature) - 4)
    return f"{head}.{payload}.{signature[:place]}{'A' if signature[place] != 'A' else 'B'}{signature[place + 1 :]}"


def signature_empty(token: str, chance: random.Random) -> str:
    return token.rpartition(".")[0] + "."


def signature_cut(token: str, chance: random.Random) -> str:
    return token[:-4]


def padding_added(token: str, chance: random.Random) -> str:
    return token + "=="


def blanks_inside(token: str, chance: random.Random) -> str:
    return token.replace(".", " .", 1)


def fourth_part(token: str, chance: random.Random) -> str:
    return token + ".AAAA"


def newline_after(token: str, chance: random.Random) -> str:
    return token + "\n"


def last_bits_set(token: str, chance: random.Random) -> str | None:
    """Another last character that decodes to the same bytes."""
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    return token[:-1] + letters[letters.index(token[-1]) ^ 1]


UNSIGNED = MappingProxyType(
    {
        edit.__name__: edit
        for edit in (
            claim_changed,
            algorithm_none,
            algorithm_hmac,
            signature_flipped,
            signature_empty,
            signature_cut,
            padding_added,
            blanks_inside,
            fourth_part,
            newline_after,
            last_bits_set,
        )
    }
)


def _header(**changes: Any) -> Signed:
    return lambda header, claims: ({k: v for k, v in (header | changes).items() if v is not None}, claims)


def _claims(**changes: Any) -> Signed:
    return lambda header, claims: (header, {k: v for k, v in (claims | changes).items() if v is not None})


def wrapped(header: Header, claims: Claims) -> tuple[Header, Claims]:
    """A version 2.0 credential in a ``vc`` claim."""
    registered = ("iss", "sub", "jti", "nbf", "exp")
    inside = {name: value for name, value in claims.items() if name not in registered}
    return header, {name: claims[name] for name in registered if name in claims} | {"vc": inside}


def unordered_context(header: Header, claims: Claims) -> tuple[Header, Claims]:
    return header, claims | {"@context": list(reversed(claims["@context"]))}


SIGNED = MappingProxyType(
    {
        "header_typ_vc_jwt": _header(typ="vc+jwt"),
        "header_typ_absent": _header(typ=None),
        "header_typ_other": _header(typ="at+jwt"),
        "header_cty": _header(cty="vc"),
        "header_crit_unknown": _header(crit=["colour"], colour="blue"),
        "header_kid_absent": _header(kid=None),
        "header_kid_of_stranger": _header(kid=badges.signing_key("Ed25519", "mallory").verification_method),
        "header_jku": _header(jku="https://example.org/keys"),
        "header_x5u": _header(x5u="https://example.org/chain"),
        "header_b64_false": _header(b64=False, crit=["b64"]),
        "header_zip": _header(zip="DEF"),
        "claim_iss_absent": _claims(iss=None),
        "claim_iss_other": _claims(iss="did:example:somebody"),
        "claim_sub_other": _claims(sub="did:example:somebody"),
        "claim_sub_absent": _claims(sub=None),
        "claim_jti_other": _claims(jti="urn:uuid:00000000-0000-4000-8000-000000000000"),
        "claim_jti_absent": _claims(jti=None),
        "claim_nbf_other": _claims(nbf=1_500_000_000),
        "claim_nbf_future": _claims(nbf=4_000_000_000),
        "claim_nbf_text": _claims(nbf="1714557600"),
        "claim_nbf_absent": _claims(nbf=None),
        "claim_exp_past": _claims(exp=1_600_000_000),
        "claim_exp_text": _claims(exp="4000000000"),
        "claim_aud": _claims(aud="https://example.org/"),
        "claim_iat": _claims(iat=1_714_557_600),
        "claim_iat_future": _claims(iat=4_000_000_000),
        "expired_without_exp": _claims(validUntil="2024-05-02T00:00:00Z"),
        "not_yet_valid": _claims(validFrom="2098-01-01T00:00:00Z", nbf=4_039_372_800),
        "date_without_zone": _claims(validFrom="2024-05-01T10:00:00"),
        "issuer_text": _claims(issuer=badges.signing_key("Ed25519").did),
        "issuer_other": _claims(issuer={"id": "did:example:somebody", "type": ["Profile"], "name": "Somebody"}),
        "no_type": _claims(type=None),
        "type_without_badge": _claims(type=["VerifiableCredential"]),
        "no_context": _claims(**{"@context": None}),
        "no_subject": _claims(credentialSubject=None),
        "undefined_member": _claims(colour="blue"),
        "control_character": _claims(name="bell\x07"),
        "contexts_swapped": unordered_context,
        "in_vc_claim": wrapped,
    }
)
