"""Sentences about proofs, about who signed, and about signing."""

MESSAGES: dict[str, str] = {
    "proof.missing": "The document is not signed: it has no “proof”. Ask whoever made it for the signed one.",
    "proof.too_many": "The document has more than {limit} proofs.",
    "proof.not_object": "A proof has to be an object.",
    "proof.unknown_member": "A proof has no member “{name}”. Leave it out.",
    "proof.member_missing": "The proof has no “{name}”.",
    "proof.member_not_text": "“{name}” of the proof has to be a text.",
    "proof.same_id": "Two proofs have the same id.",
    "proof.previous_missing": "A proof builds on the proof {id}, which is not there.",
    "proof.previous_circle": "The proof {id} builds on itself.",
    "proof.unknown_suite": "It is signed in a way this program does not know ({suite}), so the signature "
    "could not be checked. Check it with a program that knows this.",
    "proof.suite_wrong_key": "The signature method {suite} does not work with a {kind} key. The issuer has to "
    "issue it again.",
    "proof.value_form": "The signature in the proof is not written as base58 with a leading “z”. Get the "
    "document again from where it was issued.",
    "proof.context_not_allowed": "This kind of proof may not have a “@context” of its own. The issuer has to "
    "issue it again.",
    "proof.context_changed": "The contexts were changed after it was signed. The issuer has to issue it again.",
    "proof.good": "The content is exactly what was signed ({algorithm}).",
    "proof.good_other": "{controller} signed exactly this content as well ({algorithm}). That says nothing about the "
    "issuer.",
    "proof.purpose_good": "The signature was made to state a claim.",
    "proof.purpose_wrong": "The signature was made for another purpose ({purpose}), not to state a claim. The "
    "issuer has to issue it again.",
    "proof.expired": "The signature says it may not be relied on after {expires}. The issuer has to issue it again.",
    "proof.date_wrong": "“{text}” in the proof is not a date with a time zone. The issuer has to issue it again.",
    "proof.not_checked": "Not checked, because an earlier check did not pass.",
    "binding.good": "It was signed with a key of the issuer, {key}.",
    "binding.foreign": "It says it is from {issuer}, but it was signed with a key of {controller}. Ask the "
    "issuer whether the document is theirs.",
    "binding.not_checked": "It could not be established that the key belongs to the issuer.",
    "binding.issuer_not_text": "The issuer has no id, so no key can belong to it. The issuer has to issue it again.",
    "binding.no_way": "The issuer’s id ({issuer}) is of a kind that no key can be found for. Ask the issuer "
    "whether the document is theirs.",
    "binding.kid_missing": "The token does not say which key signed it. The header needs “kid” with the issuer’s "
    "key id.",
    "binding.kid_short": "The token names its key as “{key}” only. For an issuer that is a DID, “kid” has to be the "
    "whole id of the key, beginning with the DID. The issuer has to issue it again.",
    "binding.other_origin": "The key is at {key}, which is not under the issuer’s own address {issuer}. Ask the "
    "issuer whether the document is theirs.",
    "binding.jwk_not_bound": "The token brings its own key, and that key is not one of the issuer’s. Ask the "
    "issuer whether the document is theirs.",
    "claims.mismatch": "The token says “{claim}” is {found}, but the badge inside says {expected}. The issuer "
    "has to issue it again.",
    "claims.malformed": "“{claim}” in the token is not written as it has to be. The issuer has to issue it again.",
    "claims.absent": "The token leaves out “{claim}”, which Open Badges 3.0 asks for.",
    "claims.vc_member": "The token wraps a version 2.0 credential in a “vc” member, which is the form of version 1.1. "
    "Ask the issuer for the badge in the flat form.",
    "claims.vc_not_object": "“vc” in the token has to be an object.",
    "claims.vc_missing": "A version 1.1 credential stands in the “vc” member of the token; this one does not. "
    "The issuer has to issue it again.",
    "claims.payload_not_object": "The token holds no badge: its content is not a JSON object.",
    "issue.suite_not_offered": "“{suite}” is not a way to sign new badges. Choose one of: {suites}.",
    "issue.suite_wrong_key": "“{suite}” does not work with a {kind} key. It needs one of: {kinds}.",
    "issue.context_needed": "“{suite}” needs the context {url} in the credential.",
    "issue.refused": "The badge was not signed, because a verifier would refuse it: {reason}",
    "issue.not_issuer": "The key belongs to {controller}, but the badge says it is from {issuer}. "
    "Use the issuer’s key, or give the key the issuer’s id with “controlled_by”.",
    "issue.version": "New badges are issued as version 2.0 credentials: “@context” has to start with {expected}.",
    "issue.context_edition": "New badges are issued with Open Badges 3.0.3: “@context” has to have {expected} in "
    "second place.",
    "issue.number": "The number {number} cannot be signed, because its canonical form reads back as another one. "
    "Use a text or fewer digits.",
    "issue.noncharacter": "The text at this place holds a code point that is no character (U+FFFE or U+FFFF), "
    "which programs write "
    "differently. Take it out.",
    "issue.credential": "What is issued is a model such as OpenBadgeCredential, or a JSON object.",
    "issue.signer": 'A badge is signed with a key such as SigningKey.generate("Ed25519") or load_key(path), not with '
    "a value of the type {kind}.",
    "issue.form": "“{form}” is not a form to issue. Choose “data-integrity” or “vc-jwt”.",
    "issue.algorithm": "A token is signed with EdDSA, ES256 or RS256; this key signs with {algorithm}.",
    "issue.result": "The signed badge did not pass its own check: {reason}",
    "issue.registered_claim": "A member of it has the name of a registered claim of tokens.",
    "issue.not_presented": "The presentation was not signed: {reason}",
}
