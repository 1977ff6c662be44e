"""Why we judge some badges otherwise than another implementation. What is not explained here fails the run."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

_DB, _OVC, _OBL, _JOSE = "digitalbazaar", "openvc-core", "openbadgeslib", "jose"
_ALL_DOCUMENTS = (_DB, _OVC, _OBL)

_ONE_FORM = (
    "The signature over RDF stays good, but a program that reads the JSON no longer finds the member, or finds "
    "another. A badge has one spelling for each statement, the plain one."
)
_OPEN_BADGES = (
    "The signature is good; Open Badges 3.0 requires more than the W3C data model, and we check that as well."
)
_JCS = "Canonical JSON signs anything. We ask of every badge that its contexts define what it says, whatever signs it."
_NO_RULES = "jose checks signatures and the dates of tokens; it knows no credentials."
_CLAIMS = "Claims that contradict the badge make it invalid (Open Badges 3.0, verification of tokens). " + _NO_RULES
_ABSENT = (
    "Tokens without it are in the field, the official validator's own among them. The members that it mirrors are "
    "signed anyway, so we note it and go on."
)
_PYLD = (
    "PyLD writes control characters (and the form feed) into N-Quads unescaped, so what is built on it hashes other "
    "bytes than RDFC-1.0 says. We agree with the implementation that follows it."
)
_KEY_IN_HEADER = (
    "Keys come from the issuer and from nowhere else; a header that points elsewhere is refused, not ignored."
)
_KID = (
    "We find the key through the issuer, by `kid`. The others were handed the issuer's key in this comparison and did "
    "not need it."
)

_OWN_CONTEXT = (
    "A context of its own can give any word another meaning. Data Integrity 1.0 (2.4.1) has the verifier check the "
    "contexts; digitalbazaar leaves that to its caller."
)

# Edit -> (we pass it, who may judge otherwise, why).
EXPLANATIONS: Mapping[str, tuple[bool, tuple[str, ...], str]] = MappingProxyType(
    {
        # Nobody signed the change, and the signature stays good.
        "end_hidden": (False, (_DB,), "`validUntil` under its full IRI hides the expiry. " + _ONE_FORM),
        "member_renamed": (False, (_DB,), _ONE_FORM),
        "value_wrapped": (False, (_DB,), _ONE_FORM),
        "set_wrapped": (False, (_DB,), _ONE_FORM),
        "null_added": (False, (_DB,), _ONE_FORM),
        "empty_array_added": (False, _ALL_DOCUMENTS, "RDF has no empty array, so nobody signed it. " + _ONE_FORM),
        "repeated_item": (False, _ALL_DOCUMENTS, "To RDF a value said twice is said once; a reader would count two."),
        "member_twice": (
            False,
            _ALL_DOCUMENTS,
            "Parsers differ in which of two members with one name they keep, so there is no telling which was signed.",
        ),
        "inline_context_appended": (
            False,
            (_DB,),
            _OWN_CONTEXT,
        ),
        "proof_twice": (False, (_DB,), "The same proof twice says nothing more, and readers count proofs."),
        "proof_in_list": (
            True,
            (_OVC,),
            "One proof may stand in a list (Data Integrity 1.0, 2.1); openvc-core wants it bare.",
        ),
        # Signed by the issuer as it stands.
        "signed: control_character": (True, (_OVC, _OBL), _PYLD),
        "signed: line_breaks": (True, (_OVC, _OBL), _PYLD),
        "signed: inline_context_appended": (False, (_DB, _OVC), "Badges use published contexts only. " + _JCS),
        "signed: empty_array_added": (False, _ALL_DOCUMENTS, _OPEN_BADGES),
        "signed: no_criteria": (False, _ALL_DOCUMENTS, _OPEN_BADGES),
        "signed: no_start": (False, _ALL_DOCUMENTS, "Open Badges 3.0 requires `validFrom`; VCDM 2.0 does not."),
        "signed: no_subject": (False, (_OVC, _JOSE), _OPEN_BADGES),
        "signed: recipient_removed": (False, (_DB, _OVC), _OPEN_BADGES),
        "signed: type_removed": (False, (_DB, _OVC), "A good credential, but not a badge; the profile `vc` takes it."),
        "signed: date_without_zone": (
            False,
            (_DB, _OVC, _JOSE),
            "VCDM 2.0 requires the zone: without it nobody knows when the badge begins.",
        ),
        "signed: date_wrong": (False, (_DB,), "30 February is not a day; JavaScript reads it as 1 March."),
        "signed: relative_id": (False, (_DB, _OVC), _JCS),
        "signed: id_not_an_address": (False, (_DB, _OVC), _JCS),
        "signed: undefined_member_added": (False, (_DB, _OVC), _JCS),
        "signed: unknown_term_type": (False, (_DB, _OVC), _JCS),
        "signed: older_context": (False, (_DB, _OVC), _JCS),
        # Tokens.
        "padding_added": (
            False,
            (_OBL, _JOSE),
            "Base64url in a JWS has no padding (RFC 7515, 2): one token, one text.",
        ),
        "last_bits_set": (False, (_JOSE,), "Another text that decodes to the same bytes: one token, one text."),
        "newline_after": (
            True,
            (_OBL,),
            "White space around the token is not part of it; files end with a line break.",
        ),
        "signed: header_typ_other": (
            False,
            (_OBL, _JOSE),
            "A token made for another purpose is not a badge (RFC 8725, 3.11).",
        ),
        "signed: header_kid_absent": (False, (_OBL, _JOSE), _KID),
        "signed: header_kid_of_stranger": (False, (_OBL, _JOSE), _KID),
        "signed: header_jku": (False, (_OBL, _JOSE), _KEY_IN_HEADER),
        "signed: header_x5u": (False, (_OBL, _JOSE), _KEY_IN_HEADER),
        "signed: header_zip": (False, (_OBL, _JOSE), "`zip` belongs to encrypted tokens."),
        "signed: claim_iss_absent": (True, (_OBL,), _ABSENT),
        "signed: claim_sub_absent": (True, (_OBL,), _ABSENT),
        "signed: claim_jti_absent": (True, (_OBL,), _ABSENT),
        "signed: claim_nbf_absent": (True, (_OBL,), _ABSENT),
        "signed: claim_iss_other": (False, (_JOSE,), _CLAIMS),
        "signed: claim_sub_other": (False, (_JOSE,), _CLAIMS),
        "signed: claim_jti_other": (False, (_JOSE,), _CLAIMS),
        "signed: claim_nbf_other": (False, (_OBL, _JOSE), "Claims that contradict the badge make it invalid."),
        "signed: claim_nbf_text": (
            False,
            (_OBL,),
            "A date in a claim is a number (RFC 7519, 2); PyJWT reads text as well.",
        ),
        "signed: claim_exp_text": (
            False,
            (_OBL,),
            "A date in a claim is a number (RFC 7519, 2); PyJWT reads text as well.",
        ),
        "signed: claim_iat_future": (
            True,
            (_OBL,),
            "`iat` tells when the token was made and decides nothing (RFC 7519, 4.1.6); the badge's own dates do.",
        ),
        "signed: expired_without_exp": (False, (_JOSE,), "Expired by `validUntil`. " + _NO_RULES),
        "signed: issuer_other": (False, (_JOSE,), "Signed in another's name. " + _NO_RULES),
        "signed: contexts_swapped": (False, (_JOSE,), _NO_RULES),
        "signed: no_context": (False, (_JOSE,), _NO_RULES),
        "signed: no_type": (False, (_JOSE,), _NO_RULES),
        "signed: type_without_badge": (False, (_JOSE,), _NO_RULES),
        "signed: in_vc_claim": (False, (_JOSE,), _NO_RULES),
        "signed: undefined_member": (False, (_OBL, _JOSE), "What no context defines is refused in tokens too."),
    }
)

# Formats that were tried and do not work, and why.
CELLS: Mapping[str, str] = MappingProxyType(
    {
        f"{row} | openvc-core | theirs": "leaves `proof.@context` out, which it hashed; the suites want it there"
        for row in ("eddsa-jcs-2022", "ecdsa-jcs-2019, P-256", "ecdsa-jcs-2019, P-384")
    }
)
