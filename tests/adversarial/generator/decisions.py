"""What was decided where the texts leave open how a case is refused (docs/decisions/0019-malformed-and-wrong.md).

A case that names several exit statuses says what the requirements allow. Which of them it is here is one decision a
line, so that a change of it is seen: 4 where the file cannot be read in one way only, 1 where it can be read and is
wrong, 3 where something is not known here or may not be fetched.
"""

from __future__ import annotations

from collections.abc import Sequence
from fnmatch import fnmatchcase

__all__ = ["decided"]

# Patterns of names, the first that fits counts; the exit status; why.
_DECISIONS: tuple[tuple[str, int, str], ...] = (
    # --- what is not known here, or is not fetched: unknown
    ("did-web-x25519*", 3, "A kind of key that is known by name and cannot sign badges."),
    ("key-binding-did-key-x25519", 3, "As above."),
    ("key-binding-did-key-secp256k1", 3, "As above."),
    ("key-binding-did-jwk-curve", 3, "As above."),
    ("key-binding-did-jwk-ed448", 3, "As above."),
    ("key-binding-did-key-short", 3, "Its first bytes name a kind of key that is not known."),
    ("key-binding-did-key-empty", 3, "As above."),
    ("key-binding-did-key-leading-ones", 3, "As above."),
    ("render-in-context", 3, "A context that is not known."),
    ("render-in-status", 3, "A kind of status that is not known."),
    ("status-list-entry-type-undefined", 3, "As above."),
    ("status-list-entry-type-2021", 3, "As above."),
    ("status-list-entry-type-both", 3, "As above: one of the two."),
    ("status-list-entry-token-status", 3, "As above."),
    ("ob2-hosted-http", 3, "Not fetched."),
    ("ob2-hosted-file", 3, "Not fetched."),
    ("ob2-hosted-urn", 3, "Not fetched."),
    ("ob2-hosted-loopback", 3, "Not fetched."),
    ("ob2-hosted-inline-context", 3, "What its words mean is not known."),
    ("ob2-hosted-verification-unknown", 3, "A way to verify that is not known."),
    ("ob2-signed-list-other-issuer", 3, "The right list was not had."),
    # --- contexts: the order and form of the list are shape, what is in it is known or not
    ("ld-context-vc1-with-v2-dates", 1, "Known contexts, and the members of the other version: the schema says so."),
    ("ld-context-vc1-with-v2-dates-jwt", 1, "A token of version 1.1 keeps the badge in vc."),
    ("ld-context-unknown-first*", 4, "It does not start with the context of W3C."),
    ("ld-context-slash*", 4, "As above: another address."),
    ("ld-context-unknown*", 3, "A context that is not known."),
    ("ld-context-http-*", 3, "As above."),
    ("ld-context-query-*", 3, "As above."),
    ("ld-context-fragment-*", 3, "As above."),
    ("ld-context-upper-*", 3, "As above."),
    ("ld-context-future-*", 3, "As above."),
    ("ld-context-examples-*", 3, "As above: of the generic profile."),
    ("ld-context-undefined-terms-*", 3, "As above: of the generic profile."),
    ("ld-context-file*", 3, "As above."),
    ("ld-context-relative*", 3, "As above."),
    ("ld-context-empty-text*", 3, "As above."),
    ("ld-context-data*", 3, "As above."),
    ("ld-context-*", 4, "The list is of another form or order, or its contexts exclude each other."),
    # --- addresses: one that is no address is shape; others are not fetched
    ("ssrf-url-backslash", 4, "Not an address."),
    ("ssrf-url-nul", 4, "Not an address."),
    ("ssrf-url-newline", 4, "Not an address."),
    ("ssrf-url-data", 4, "Not an address of this shape."),
    ("ssrf-url-long", 1, "The entry is malformed."),
    ("ssrf-url-issuer-userinfo", 1, "No key can belong to it."),
    ("ssrf-url-*", 3, "Not fetched."),
    # --- keys and issuers
    ("key-binding-issuer-number", 4, "Where an address stands, there is none."),
    ("key-binding-issuer-blank", 4, "As above."),
    ("key-binding-issuer-*", 1, "An issuer of another form than the schema's."),
    ("key-binding-did-*", 1, "The key is wrong."),
    # --- tokens
    ("claims-vc-*", 4, "The token holds no credential."),
    ("bind-jwk-form-*", 4, "The header's key is no key."),
    # --- proofs: their form is shape, their values are right or wrong
    ("proof-vm-*", 4, "Not the form of a proof."),
    ("proof-purpose-form-*", 4, "As above."),
    ("proof-value-form-*", 4, "As above."),
    ("proof-value-empty", 4, "As above."),
    ("proof-value-*", 1, "The signature is wrong, however it is written."),
    ("proof-label-swap-2020-with-suite", 4, "Words that the contexts do not define."),
    ("proof-label-swap-jcs-context-appended", 4, "Contexts that exclude each other."),
    ("proof-label-swap-*", 1, "The proof is wrong."),
    ("proof-member-proof-null", 1, "The schema says so; nobody signed it."),
    ("proof-member-*", 4, "Not the form of a proof."),
    ("proof-prev-*", 4, "Not the form of a chain."),
    # --- the shape: another spelling is 4; another JSON type is 4 where the contexts give it, else the schema's 1
    ("jsonld-unsigned-id-array*", 4, "Where an address stands, there is a list."),
    ("jsonld-unsigned-nested-array*", 4, "No list stands in a list."),
    ("jsonld-unsigned-empty-array*", 4, "An empty list says nothing."),
    ("jsonld-unsigned-null-in-array*", 4, "Null says nothing."),
    ("jsonld-unsigned-*-array*", 1, "A list where the schema has one value."),
    ("jsonld-unsigned-changed-type", 1, "The signature is wrong."),
    ("jsonld-unsigned-changed-*", 4, "Contexts that exclude each other."),
    ("jsonld-unsigned-empty-proof", 1, "Nobody signed it."),
    ("jsonld-unsigned-*-missing", 1, "The schema asks for it."),
    ("jsonld-unsigned-*-number", 1, "A text by the schema; the contexts leave it open."),
    ("jsonld-unsigned-name-true", 1, "As above."),
    ("jsonld-unsigned-achievement-text", 1, "As above."),
    ("jsonld-unsigned-subject-text", 1, "As above."),
    ("jsonld-unsigned-image-text", 1, "As above."),
    ("jsonld-unsigned-subject-two*", 1, "One subject by the schema."),
    ("jsonld-unsigned-subject-nobody", 1, "A recipient by the rules between members."),
    ("jsonld-unsigned-*", 4, "Another spelling than the plain one."),
    ("jsonld-poison-named-250", 1, "Within the budget, and not what was signed."),
    ("jsonld-poison-named-1200", 1, "As above."),
    ("jsonld-poison-*", 4, "Over the budget, or of no shape a badge has."),
    ("json-jcs-*", 4, "A number that canonical JSON cannot hold."),
    ("json-type-text", 1, "Readable, and no badge."),
    ("json-type-*", 4, "A type is a text or texts."),
    ("render-in-*", 4, "Control characters where an address or a type stands."),
    # --- dates
    ("date-*-form-array", 1, "A list where the schema has one value."),
    ("date-*-form-*", 4, "Not a text."),
    ("date-redos-*", 1, "Long, readable and wrong."),
    # --- status entries
    ("status-list-entry-purpose-*", 1, "The entry is malformed."),
    ("status-list-entry-url-missing", 1, "As above."),
    ("status-list-entry-url-long", 1, "As above."),
    ("status-list-entry-size-text", 4, "Not a number."),
    ("status-list-entry-size-*", 1, "The entry is malformed."),
    ("status-list-entry-text", 1, "The schema has an object."),
    ("status-list-entry-no-members", 1, "The schema asks for its id and type."),
    ("status-list-entry-*", 4, "Of no shape that the contexts define."),
    ("status-list-index-null-object", 4, "An empty object."),
    ("status-list-index-*", 1, "The entry is malformed."),
    # --- Open Badges 2.0
    ("ob2-hosted-html", 1, "What was had at its address is no badge."),
    ("ob2-*", 4, "Without a member that reading it needs."),
    # --- what is inside, and what is no badge
    ("endorsement-moved-subject", 1, "The schema asks for a subject."),
    ("endorsement-moved-issuer", 1, "The signature is wrong."),
    ("endorsement-moved-*", 4, "A member stands where it is not defined, or two objects share an id."),
    ("endorsement-*", 1, "The schema says so."),
    ("clr-deep", 1, "A credential inside did not pass."),
    ("kind-generic-protected", 4, "Protected words were redefined."),
    ("kind-enveloped-nested", 4, "The token holds no credential."),
)


def decided(name: str, allowed: Sequence[int]) -> int:
    """The exit status of a case, one of those that the requirements allow it."""
    if len(allowed) == 1:
        return allowed[0]
    status = next((status for pattern, status, _ in _DECISIONS if fnmatchcase(name, pattern)), None)
    assert status in allowed, f"{name}: the requirements allow {allowed}, decided is {status}"
    return status
