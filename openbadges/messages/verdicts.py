"""Verdicts, the one sentence for everybody, and what the checks of the whole badge found."""

MESSAGES: dict[str, str] = {
    # one that names the badge has an "_other" beside it, for every other kind of document
    "verdict.pass": "This badge is genuine and valid today.",
    "verdict.pass_other": "This {kind} is genuine and valid today.",
    "verdict.unreadable": "This could not be read as a badge.",
    "verdict.unreadable_other": "This {kind} could not be read.",
    "verdict.not_a_badge": "This is {kind}, not a badge.",
    "verdict.not_wanted": "This is {kind}, not {wanted}.",
    "verdict.not_signed": "This badge is not signed, so nobody vouches for it.",
    "verdict.not_signed_other": "This {kind} is not signed, so nobody vouches for it.",
    "verdict.changed": "Changed after it was signed.",
    "verdict.bad_signature": "The signature cannot be relied on.",
    "verdict.not_by_issuer": "Not signed by who it says.",
    "verdict.not_conforming": "Signed, but not a valid badge.",
    "verdict.not_conforming_other": "Signed, but not a valid {kind}.",
    "verdict.expired": "Genuine, but it expired on {end:date}.",
    "verdict.not_yet": "Genuine, but not valid before {start:date}.",
    "verdict.bad_dates": "Signed, but its dates cannot be right.",
    "verdict.withdrawn": "Genuine, but the issuer withdrew it.",
    "verdict.suspended": "Genuine, but the issuer has suspended it for now.",
    "verdict.bad_status": "Genuine, but the list that says whether it was withdrawn cannot be relied on.",
    "verdict.not_trusted": "The signature is right, but the issuer {issuer} is not one of those you trust.",
    "verdict.not_recipient": "Genuine, but it was not given to this person.",
    "verdict.bad_inside": "Genuine, but a badge inside it is not good.",
    "verdict.other_file": "Genuine, but a file that belongs to it was changed.",
    "verdict.other_subject": "Genuine, but it endorses something else.",
    "verdict.bad_endorsement": "The badge is genuine, but an endorsement in it is not.",
    "verdict.bad_endorsement_other": "The {kind} is genuine, but an endorsement in it is not.",
    "verdict.unknown_signature": "We could not check the signature.",
    "verdict.unknown_status": "We could not check whether it was withdrawn.",
    "verdict.unknown_inside": "We could not check every badge inside it.",
    "verdict.unknown_file": "We could not check a file that belongs to it.",
    "verdict.unknown_context": "We could not check this badge, because it uses words we do not know.",
    "verdict.unknown_context_other": "We could not check this {kind}, because it uses words we do not know.",
    "verdict.unknown": "We could not check everything.",
    "document.read": "The file could be read, and holds one document.",
    "document.too_short": "There is nothing here to check.",
    "document.not_recognised": "This is neither a badge as JSON, a signed token, nor a PNG or SVG picture. Choose the "
    "file as it was downloaded from where it was issued.",
    "document.key_file": "This is a key, not a badge. Choose the badge: a JSON file, a token or a picture. A private "
    "key is shown to nobody.",
    "document.web_page": "This is a web page, not a badge. Open it in a browser and download the badge from it: a "
    "picture (PNG or SVG) or a JSON file.",
    "document.no_type": "The document does not say what it is: “type” is missing.",
    "document.not_credential": "The document is not a credential: “type” does not name VerifiableCredential.",
    "shape.good": "Every member stands under its plain name; nothing is hidden.",
    "contexts.good": "All words are defined by published contexts that this program carries.",
    "schema.good": "The content has everything that Open Badges 3.0 asks for.",
    "schema.other_kind": "Open Badges 3.0 has no schema for this kind of document.",
    "schema.first_problem": "{pointer}: {problem}",
    # what a document is, inside other sentences: "This is {kind}, not a badge." and "This {kind} is genuine ..."
    "noun.badge": "an Open Badge",
    "noun.endorsement": "an endorsement",
    "noun.clr": "a Comprehensive Learner Record",
    "noun.status_list": "a status list",
    "noun.presentation": "a presentation",
    "noun.other": "some other signed credential",
    "noun.unknown": "not a credential",
    "thing.endorsement": "endorsement",
    "thing.clr": "Comprehensive Learner Record",
    "thing.status_list": "status list",
    "thing.presentation": "presentation",
    "thing.other": "credential",
    "thing.unknown": "document",
    "kind.badge": "It is an Open Badge.",
    "kind.endorsement": "It is an endorsement.",
    "kind.clr": "It is a Comprehensive Learner Record.",
    "kind.not_wanted": "It is {kind}. Only {wanted} can stand in this place.",
    "kind.other": "It is {kind}, which is not a badge. Use the profile “vc” to check any W3C credential.",
    "kind.presentation": "It is a presentation, which a holder signs for one request. Check it as one, with the "
    "challenge you gave.",
    "claims.good": "The token says the same as the badge inside.",
    "validity.good": "It is valid until {end:date}.",
    "validity.no_end": "It has begun and has no end.",
    "validity.expired": "It expired on {end:date}. Ask the issuer whether there is a newer one.",
    "validity.not_yet": "It is not valid before {start:date}. Check it again then.",
    "validity.end_before_start": "It ends ({end:date}) before it starts ({start:date}). The issuer has to issue "
    "it again.",
    "date.not_text": "A date has to be a text such as 2026-01-15T09:00:00Z.",
    "trust.trusted": "The issuer is one of those you trust.",
    "trust.not_trusted": "The issuer {issuer} is not one of those you trust. Trust them only when you know who "
    "they are.",
    "trust.not_asked": "Whom you trust was not asked: anybody can make a key, so find out who {issuer} is.",
    "check.skipped": "Not checked, because an earlier check did not pass.",
    "check.not_made": "Some checks could not be made.",
    "note.unlisted_member": "Open Badges 3.0 does not list “{name}” here. It is signed, and not interpreted.",
    "note.canonical_schema": "Only the strict schema objects: {problem}",
}

MESSAGES |= {
    "recipient.form": "“{text}” does not say who. Write TYPE:VALUE, such as emailAddress:a@example.org or "
    "id:did:key:z6Mk….",
    "recipient.id": "It was given to this id.",
    "recipient.identifier": "It was given to this person.",
    "recipient.identifier_lower": "It was given to this person (the address in lower case).",
    "recipient.no_match": "It was not given to this person, or not under this name. Ask the person under which "
    "name or address they got it.",
    "recipient.weak_hash": "The badge names the recipient by a hash that proves nothing (md5, or without salt), "
    "so it does not count. The issuer has to issue it again.",
    "document.envelope": "The envelope does not hold a token: its “id” has to start with “data:application/vc+jwt,”.",
    "document.envelope_members": "The envelope holds more than its token, and nothing signed that. An envelope has "
    "“@context” (the one of W3C credentials 2.0), “id” and “type”, no more.",
    "endorsements.good": "All {count} endorsements in it are genuine and valid.",
    "endorsements.bad": "{bad} of {count} endorsements in it did not pass. Each has a report of its own.",
    "endorsements.undecided": "{undecided} of {count} endorsements in it could not be checked. Each has "
    "a report of its own.",
    "endorsements.too_many": "It carries more than {limit} endorsements.",
    "endorsements.other_subject": "The endorsement is about {subject}, which is not in the document around it.",
    "endorsements.too_deep": "Endorsements of endorsements are followed {limit} levels deep only.",
    "endorsements.subject": "The endorsement is about something in the document around it.",
    "refresh.not_asked": "The badge can be refreshed; that was not asked for.",
    "refresh.done": "A newer copy was fetched from the issuer and checked.",
    "refresh.current": "The issuer’s current copy is this one or an older one.",
    "refresh.other_badge": "What the refresh service gave is another badge, so the original was kept.",
    "refresh.not_good": "What the refresh service gave did not pass, so the original was kept: {reason}",
    "refresh.unknown_type": "The badge names a refresh service of a kind that is not known here ({type}).",
    "schema.declared_good": "The schemas that it names are the ones it was checked with.",
    "schema.declared_unknown": "It names a schema that is not carried here ({url}), so it was not "
    "checked with it. Check it with a program that knows this.",
    "schema.type_unknown": "It names a schema of a kind that is not known here ({found}), so it was not checked "
    "with it. Check it with a program that knows this.",
    "related.good": "The linked files are the ones that were signed.",
    "related.changed": "The linked file {url} is not the one that was signed. Get it again from the issuer.",
    "related.not_fetched": "Linked files ({count}) were not compared, because they are not at hand. Hand them over to "
    "have that done.",
    "related.algorithm": "The digest of the linked file {url} is of a kind that is not known here, so it could not be "
    "compared.",
    "related.malformed": "The list of linked files is malformed: each has one “id” of its own and a digest of its "
    "bytes, by SHA-256, SHA-384 or SHA-512.",
    "clr.good": "All {count} badges inside are genuine and valid.",
    "clr.bad": "{bad} of {count} badges inside did not pass. Each has a report of its own.",
    "clr.undecided": "{undecided} of {count} badges inside could not be checked. Each has a report of its own.",
    "clr.too_many": "The record holds more than {limit} badges, or records inside records.",
    "clr.none": "There are no badges inside.",
}

MESSAGES |= {
    "presentation.kind": "This is not a presentation: “type” does not name VerifiablePresentation. Check a badge "
    "without a challenge.",
    "presentation.is_one": "It is a presentation.",
    "presentation.challenge": "The presentation was not made for this request: its challenge is another one. "
    "Ask for a new one.",
    "presentation.domain": "The presentation was made for somebody else: its domain is another one. Ask for a new one.",
    "presentation.challenge_good": "The presentation was made for this request.",
    "presentation.purpose_good": "The signature was made to show badges to who asks.",
    "presentation.purpose_wrong": "The signature was made for another purpose ({purpose}), not to show badges to who "
    "asks. Ask for a new one.",
    "presentation.holder_good": "It was signed with a key of who shows it, {key}.",
    "presentation.holder_other": "It says {issuer} shows it, but it was signed with a key of {controller}. Do not rely "
    "on it.",
    "presentation.badges": "Badges to show are handed in as a list of signed credentials, not as a value of the type "
    "{kind}.",
    "presentation.challenge_blank": "The challenge is blank. It is a text that whoever asks makes up for this once.",
    "presentation.not_signed": "What is to be shown is not signed. Show the badge as its issuer gave it out.",
    "presentation.too_many": "The presentation holds more than {limit} badges.",
    "testing.no_such_key": "There is no fixed key number {number} of the kind {kind}.",
    "testing.no_status": "The badge names no list about “{purpose}” that this web serves.",
    "verify.input": "A badge is handed in as bytes, text, a signed credential or a JSON object, but this is of the "
    "type {kind}. Read a file before it is checked, and check badges one by one.",
    "verify.policy": "Say whom you trust: policy=TrustedIssuers([...]) or policy=AnyIssuer(), not a value of the type "
    "{kind}.",
    "verify.recipient": 'Say who is meant by Recipient(type, value), such as Recipient.parse("id:did:..."), not by a '
    "value of the type {kind}.",
    "verify.time_kind": "An instant is a datetime with a time zone, such as datetime.now(UTC), not a value of the type "
    "{kind}.",
    "verify.time_without_zone": "The time to judge by needs a time zone.",
}
