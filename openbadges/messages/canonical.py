"""Sentences about contexts and canonical forms: what a signature is computed over."""

MESSAGES: dict[str, str] = {
    "context.unknown": "The context {url} is not one this library knows, and contexts are never fetched. Use a "
    "known context, or register this one with your verifier.",
    "context.missing_for_type": "No context of this document defines the type “{type}”, so it is not certain what is "
    "meant. The context {url} defines it: whoever issues the document has to add that to “@context” and sign again.",
    "context.no_such_edition": "There is no edition “{edition}” of the context {url}.",
    "context.already_pinned": "The context {url} is built in and cannot be replaced. Choose one of its editions "
    "instead.",
    "context.not_a_context": "What was registered for {url} is not a context document: it needs a member “@context”.",
    "context.pin_mismatch": "The file {file} is not the one its table describes: a digest differs.",
    "context.pin_source": "The folder {folder} does not hold an INDEX.tsv and the files it names.",
    "canon.number": "The number {number} has more digits than its canonical form, which is that of other numbers too. "
    "Use fewer digits.",
    "canon.undefined_term": "The member “{term}” is not defined by the document's contexts, so a signature would "
    "not cover it. Remove it, or add the context that defines it.",
    "canon.keyword_like": "“{term}” looks like a JSON-LD keyword but is none. Use another name.",
    "canon.null_value": "“{term}” holds null, which a signature would not cover. Leave the member out.",
    "canon.dropped_value": "A value or an object here says nothing about anything, so a signature would not cover "
    "it. Remove it, or give it members.",
    "canon.dropped_type": "The type “{type}” is not defined by the document's contexts, so a signature would not "
    "cover it. Correct it, or add the context that defines it.",
    "canon.undefined_type": "The type “{type}” is not defined by the document's contexts, so a signature would not "
    "cover it. Correct it, or add the context that defines it.",
    "canon.id_not_text": "An id is not a text. Write the address as one text.",
    "canon.type_not_text": "A type is not a text. Write the type's name as one text, or a list of them.",
    "canon.unsigned_member": "A signature would not cover “{term}” here. Remove it.",
    "canon.relative_iri": "“{iri}” should be a full address such as https://example.org/1 or urn:uuid:..., not a "
    "relative one.",
    "canon.iri_characters": "“{iri}” holds a character that an address cannot hold, such as a space or a bracket. "
    "Encode it.",
    "canon.blank_node_predicate": "The member “{term}” stands for a property without a name of its own. Give it an "
    "address.",
    "canon.blank_node_label": "“{label}” cannot be the label of a blank node. Use letters, digits and underscores.",
    "canon.language_tag": "“{language}” is not a language tag. Write it like “en” or “pt-BR”.",
    "canon.lone_surrogate": "A text holds half a character (a lone surrogate). Write the text again.",
    "canon.integer_too_large": "An integer is larger than 9007199254740991, beyond which not all programs read the "
    "same number. Write it as text.",
    "canon.not_a_number": "A number is infinite or not a number, which JSON does not allow. Use a finite one or "
    "leave it out.",
    "canon.context_conflict": "A context redefines “{term}”, which an earlier context protects. Remove that "
    "definition, or use another name.",
    "canon.json_ld": "The document breaks a rule of JSON-LD ({reason}). Correct it there.",
    "canon.too_deep": "The document is nested too deeply, or refers to itself.",
    "canon.context_too_large": "The contexts inside the document hold more than {limit} characters. Refer to "
    "published contexts instead.",
    "canon.too_many_contexts": "The document applies contexts more than {limit} times. Put them at its top once.",
    "canon.too_many_definitions": "The contexts of the document define terms more than {limit} times. Use fewer "
    "contexts.",
    "canon.too_many_quads": "The document makes more than {limit} statements. Split it.",
    "canon.too_many_blank_nodes": "The document holds more than {limit} objects without an id. Give them ids, or "
    "split it.",
    "canon.too_many_alike": "More than {limit} objects without an id look the same. Give them ids.",
    "canon.too_symmetric": "Objects without an id refer to each other so evenly that telling them apart takes more "
    "than {limit} steps. Give them ids.",
    "canon.unknown_hash": "There is no canonical form with the hash “{name}”. Use sha256 or sha384.",
    "canon.nquads_syntax": "Line {line} is not a statement in N-Quads.",
    "canon.nquads_character": "There is no character U+{point}.",
    "canon.nquads_too_large": "The N-Quads document is longer than {limit} characters.",
}
