"""Sentences about reading documents: JSON, formats, shape, dates."""

MESSAGES: dict[str, str] = {
    "json.syntax": "This is not valid JSON: line {line}, column {column}. Check for a missing quote, comma or "
    "bracket there.",
    "json.not_object": "The document is JSON, but not an object in braces. A badge is one JSON object.",
    "json.not_writable": "The value cannot be written as JSON: it holds something other than text, finite numbers, "
    "true, false, null, lists and objects with text keys.",
    "json.too_large": "The document is larger than {limit} bytes. Leave out embedded images or link to them.",
    "json.encoding": "The text is not valid UTF-8. Save the file as UTF-8; if it is a picture or another kind of "
    "file, choose the one with the text.",
    "json.byte_order_mark": "The file starts with a byte order mark. Save it as UTF-8 without one.",
    "json.empty": "The document is empty.",
    "json.too_many_values": "The document holds more than {limit} values.",
    "json.too_deep": "The document is nested deeper than {limit} levels.",
    "json.string_too_long": "A text in the document is longer than {limit} bytes.",
    "json.lone_surrogate": "A text in the document holds half a character (a lone surrogate). Write the text again.",
    "json.too_many_members": "An object in the document has more than {limit} members.",
    "json.duplicate_key": "The member “{name}” stands twice in the same object. Keep one of them.",
    "json.not_a_number": "The document holds {text}, which JSON does not allow. Use a finite number or leave it out.",
    "json.number_overflow": "A number in the document is too large to be read exactly.",
    "json.integer_too_long": "An integer in the document has more than {limit} digits.",
}

MESSAGES |= {
    "shape.context_missing": "The document has no “@context”. A badge starts with the list of contexts that "
    "define its words.",
    "shape.context_not_list": "“@context” has to be a list of addresses.",
    "shape.context_inline": "“@context” holds a definition of its own instead of an address. Badges use "
    "published contexts only, "
    "because a private definition can change what the words of the badge mean.",
    "shape.context_order": "“@context” has to start with {expected}, named once, and with no other edition beside it.",
    "shape.context_repeated": "“@context” names the same address twice. Keep one.",
    "shape.empty_object": "There is an empty object here. Fill it in or leave the member out.",
    "shape.empty_array": "“{name}” is an empty list. Leave the member out instead.",
    "shape.nested_array": "There is a list inside a list here. Write one flat list.",
    "shape.null": "There is a “null” here. Leave the member out instead.",
    "shape.keyword": "“{name}” is not used in badges. Write the value under its plain name.",
    "shape.not_plain_name": "“{name}” is a long form of a name that has a plain one. Only the plain name is "
    "read, so only the plain "
    "name is accepted.",
    "shape.undefined_member": "No context of this document defines “{name}”. Add the context that defines it or "
    "leave it out.",
    "shape.undefined_type": "No context of this document defines the type “{type}”. Add the context that defines it "
    "to “@context”.",
    "shape.type_not_text": "A type has to be one or more names.",
    "shape.not_array": "“{name}” can hold several values and has to be written as a list, even for one.",
    "shape.not_object": "“{name}” has to be an object.",
    "shape.not_iri": "An identifier or address has to be complete, such as https://… or urn:uuid:….",
    "shape.wrong_kind": "The value of “{name}” is not of its kind: a number, a truth value or a text, as its "
    "context says.",
    "shape.repeated": "The same thing stands twice in this list. Keep one.",
    "shape.shared_id": "Two different objects carry the id {id}. The signature could not tell which member "
    "belongs to which; "
    "give each its own id.",
}

MESSAGES |= {
    "shape.one_item_list": "“{name}” is a list with one value. Open Badges does not list this member; write the "
    "value itself.",
    "generic.context": "“@context” has to be a list (or one address) that starts with {expected}.",
    "generic.context_form": "“@context” may hold addresses and definitions only.",
    "generic.type": "“type” has to be one or more names, and to name VerifiableCredential or VerifiablePresentation.",
    "generic.id": "“{name}” has to be one complete address, such as https://… or urn:uuid:….",
    "generic.issuer": "The issuer has to be an address, or an object with an address as “id”.",
    "generic.subject": "“credentialSubject” has to be an object with something in it, or a list of such objects.",
    "generic.date": "“{name}” has to be a date and time with a time zone, such as 2026-01-15T09:00:00Z.",
    "generic.object": "“{name}” has to be an object, or a list of objects.",
    "generic.object_type": "“{name}” has to say its “type”.",
    "generic.object_id": "“{name}” needs an “id” that is a complete address.",
    "generic.language_text": "“{name}” has to be a text, or an object with “@value” and a “@language” or “@direction”.",
    "generic.claim": "“{name}” is not allowed in a credential.",
}

MESSAGES |= {
    "limits.count": "The limit {name} is a whole number, 0 or more, not {value}.",
    "limits.seconds": "The limit {name} is a number of seconds, 0 or more and not endless, not {value}.",
}
