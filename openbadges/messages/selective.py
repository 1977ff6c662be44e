"""Sentences about proofs that let a holder show parts of a badge."""

MESSAGES: dict[str, str] = {
    "selective.base_proof": "This is the holder’s own copy, from which parts can be shown. It is not meant to be "
    "checked: derive a copy to show from it first.",
    "selective.derived_proof": "This copy shows parts already. Derive from the copy that the issuer handed out.",
    "selective.no_base_proof": "The document needs exactly one proof of the kind “ecdsa-sd-2023” to show parts of it.",
    "selective.value_form": "The signature in the proof is not written as base64url with a leading “u”.",
    "selective.value_content": "The signature in the proof cannot be read: it is damaged, or of another kind of proof. "
    "Get the document again.",
    "selective.other_document": "The proof does not belong to this document: it signs another number of statements.",
    "selective.count": "The document makes {expected} statements that need a signature of their own, but the proof has "
    "{found}. Something was added or taken out.",
    "selective.labels": "The proof does not name the parts of this document. Something was added or taken out.",
    "selective.indexes": "The proof counts more statements than the document makes. Something was taken out.",
    "selective.pointer_form": "This is not a JSON Pointer. Write it as in “/credentialSubject/achievement/name”.",
    "selective.pointer_unknown": "The document has nothing at {wanted}. Use a pointer to a member that is there.",
    "selective.too_many_pointers": "More than {limit} places were chosen. Choose larger parts.",
    "selective.nothing_chosen": "Nothing was chosen to be shown. Give at least one pointer.",
    "selective.part": "A list, a JSON value or a text with its language can only be shown as a whole. "
    "Point to the whole of it, not into it. Chosen: {pointers}.",
    "selective.not_divisible": "The document is written in a way of JSON-LD that cannot be divided into parts to show. "
    "Write it with “id” and “type”, and without ids that start with “_:” or “urn:bnid:”.",
    "selective.too_many_statements": "The document makes {statements} statements, too many for a proof that can show "
    "parts. Sign it with another suite.",
    "selective.chain": "A proof of which parts can be shown cannot build on another proof. Leave out “previousProof”.",
    "selective.secrets": "The HMAC key needs 32 bytes and the ephemeral key has to be a P-256 key. "
    "Leave both out to have them made.",
}
