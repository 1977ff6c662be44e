"""Sentences about status lists."""

MESSAGES: dict[str, str] = {
    # the entry in the badge
    "status.type_missing": "The document's status has no type. The issuer has to issue the document again.",
    "status.type_unknown": "The document has a status of a kind that is not known here ({found}), so it cannot be "
    "said whether it was withdrawn. Check it with a program that knows this.",
    "status.type_ambiguous": "One status of the document claims several kinds at once ({found}). The issuer has to "
    "issue the document again.",
    "status.entry_object": "The document's status is not an object in braces.",
    "status.entry_type": "The document's status is not of type {wanted}.",
    "status.entry_url": "The document's status does not say where its list is: a web address of at most {limit} "
    "characters is needed.",
    "status.entry_id": "The id of the document's status must be a web address of at most {limit} characters, and not "
    "the address of the list itself.",
    "status.purpose": "The purpose of the status is missing or not a text, such as revocation. The issuer has "
    "to issue it again.",
    "status.index": "The statusListIndex is not a whole number of at most ten digits, without sign and leading "
    "zeros. Write it as text.",
    "status.size": "The statusSize is not a whole number of at least 1.",
    "status.size_limit": "The statusSize is over {limit} bits.",
    "status.messages": "The statusMessage must be a list with one message for each of the {count} possible values.",
    "status.message": "Each statusMessage needs a status such as 0x1 and a message, both as text.",
    "status.reference": "The statusReference must be a web address of at most {limit} characters, or a list of them.",
    "status.badge_without_id": "The document has no id, so it cannot be looked up in its issuer's revocation list.",
    # the list
    "status.list_unreadable": "What came from {url} is neither a status list as JSON nor a signed token. Ask the "
    "issuer to mend its list.",
    "status.list_object": "The status list is not an object in braces. Ask the issuer to mend its list.",
    "status.list_subject": "The status list has no credentialSubject, or more than one. Ask the issuer to mend "
    "its list.",
    "status.list_type": "What stands at the address of the status list is not one: it is {found}. The issuer has to "
    "publish the list there.",
    "status.list_without_id": "The status list has no id, or one that is not a web address of at most {limit} "
    "characters. It must be the address of the list.",
    "status.list_missing": "The status list has no encodedList. Ask the issuer to mend its list.",
    "status.list_id": "The status list calls itself {id}, but the document asks for {wanted}. Ask the issuer to "
    "mend its list.",
    "status.list_purpose": "The status list is about {found}, but the document asks about {wanted}. Ask the issuer "
    "to mend its list.",
    "status.list_prefix": "The encodedList does not begin with the letter u, which says how it is encoded. Put it "
    "before the text.",
    "status.list_base64": "The encodedList is not base64url without padding after its first letter. Ask the "
    "issuer to mend its list.",
    "status.list_gzip": "The encodedList does not hold exactly one whole GZIP file. Ask the issuer to mend its list.",
    "status.list_text_too_large": "The encodedList is longer than {limit} characters.",
    "status.list_too_large": "The status list has more than {limit} bytes when it is unpacked. Ask the issuer "
    "to mend its list.",
    "status.list_length": "The status list has {entries} entries; at least {least} are needed to protect the "
    "holders' privacy. Ask the issuer to mend its list.",
    "status.index_range": "The document's place in the status list, {index}, lies outside its {entries} entries. "
    "The issuer has to issue it again.",
    "status.revocation_list": "What stands at the address of the revocation list is not one. Ask the issuer to "
    "mend its list.",
    "status.revocation_item": "An item of the revocation list is malformed: it needs an id as text, revoked may "
    "be true or false, and revocationReason a text. Ask the issuer to mend its list.",
    "status.revocation_issuer": "The revocation list is of the issuer {found}, but the document is of {wanted}. "
    "Ask the issuer to mend its list.",
    # building
    "status.list_full": "All {length} places of the status list are given. Begin a new list.",
    "status.build_length": "A status list cannot have {length} entries: choose a number from {least} to {most} that "
    "fills whole bytes.",
    "status.build_size": "Entries of a status list cannot have {size} bits: choose 1 to {most}.",
    "status.build_index": "There is no place {index} in a status list of {length} entries. Its places count from 0.",
    "status.build_index_kind": "A place in a status list is a whole number, not a value of the type {kind}.",
    "status.build_indexes": "The places to set are whole numbers in a list, not a single value of the type {kind}.",
    "status.build_value": "The value {value} does not fit into {size} bits.",
    "status.build_purpose": "A status list needs a purpose, such as revocation.",
    "status.build_ttl": "The time to live of a status list cannot be {ttl} milliseconds. Choose 0 or more.",
    "status.build_badge_id": "A revoked badge needs its id to be listed.",
    # notes
    "status.index_number": "The statusListIndex is a JSON number; the standard wants text.",
    "status.ttl_ignored": "The ttl of the status list is not a whole number of milliseconds; it was ignored.",
    "status.list_stale": "The list at {url} could not be had anew; the copy that was used is {minutes} minutes old.",
    "status.list_unsigned": "The revocation list is not signed; whoever controls its address decides what it says.",
}

MESSAGES |= {
    "status.too_many": "The document names more than {limit} statuses.",
    "status.purpose_unknown": "The document has a status for a purpose that is not known here ({purpose}). Check "
    "it with a program that knows this.",
    "status.not_revoked": "The issuer has not withdrawn it.",
    "status.not_suspended": "The issuer has not suspended it.",
    "status.revoked": "The issuer withdrew it. Ask the issuer about it.",
    "status.revoked_reason": "The issuer withdrew it: {reason}",
    "status.suspended": "The issuer has suspended it for now. Check it again later, or ask the issuer.",
    "status.message_found": "The issuer’s message for this document: {message} ({value})",
    "status.message_value": "The issuer’s {purpose} for this document is the value {value}, which has no words.",
    "status.refresh_wanted": "The issuer has a newer edition of this document: ask for it.",
    "status.refresh_not_wanted": "The issuer has no newer edition of this document.",
    "status.list_issuer": "The status list is of {found}, but the document is of {wanted}. Ask the issuer to mend "
    "its list.",
    "status.list_not_good": "The status list itself did not pass: {reason} Ask the issuer to mend its list.",
    "status.list_other_origin": "The revocation list at {url} is not signed and does not come from the issuer’s "
    "own address ({issuer}). Ask the issuer to mend its list.",
}
