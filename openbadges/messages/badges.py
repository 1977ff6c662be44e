"""Sentences about the data model: members, rules between them, dates, identities, schemas."""

MESSAGES: dict[str, str] = {
    # dates
    "date.too_long": "A date has at most {limit} characters.",
    "date.syntax": "“{text}” is not a date and time. Write it like 2026-01-15T09:00:00Z.",
    "date.day_syntax": "“{text}” is not a date. Write it like 2026-01-15.",
    "date.zone_missing": "“{text}” has no time zone. Add Z for UTC or an offset like +02:00.",
    "date.zone_range": "“{text}” has a time zone that does not exist. Offsets go from -14:00 to +14:00.",
    "date.end_of_day": "“{text}” has the hour 24. Write 00:00:00 of the next day.",
    "date.leap_second": "“{text}” has the second 60. Write second 59 or 00.",
    "date.calendar": "“{text}” names a day or time that does not exist.",
    "date.year": "“{text}” lies outside the years 0001 to 9999.",
    # identities
    "identity.not_text": "An identifier and its salt have to be text.",
    # models
    "model.invalid": "{place}: {problem}",
    "model.member_missing": "“{member}” is missing. Add it.",
    "model.member_not_allowed": "“{member}” is not allowed here. Leave it out.",
    "model.member_name_not_text": "A member has a name that is not text.",
    "model.unknown_argument": "{model} has no “{argument}”. Check the spelling; members of an extension are read with "
    "from_document.",
    "model.wrong_form": "“{member}” does not have the form it needs.",
    "model.not_object": "“{member}” has to be an object of the class {expected}.",
    "model.not_text": "“{member}” has to be text.",
    "model.not_one_line": "“{member}” has to be text without tabs and line breaks.",
    "model.not_uri": "“{member}” has to be a full address such as https://example.org/1, a DID or a urn, "
    "not “{value}”.",
    "model.not_compact_jws": "“{member}” has to be a compact JWS: three parts with dots between them.",
    "model.not_language_code": "“{member}” has to be a language code such as en or pt-BR, not “{value}”.",
    "model.not_country_code": "“{member}” has to be a country code of two capital letters such as DE, not “{value}”.",
    "model.not_in_vocabulary": "“{member}” has to be one of the specification's terms, not “{value}”.",
    "model.not_in_open_vocabulary": "“{member}” has to be one of the specification's terms or start with ext:, "
    "not “{value}”.",
    "model.not_boolean": "“{member}” has to be true or false.",
    "model.not_number": "“{member}” has to be a number.",
    "model.empty_array": "“{member}” is an empty list. Leave it out.",
    "model.type_form": "“type” has to be a list of names.",
    "model.type_missing": "“type” has to contain {type}.",
    "model.type_exactly": "“type” has to be the text {type}.",
    "model.context_first": "“@context” has to be a list that begins with {url}.",
    "model.context_second": "The second item of “@context” has to be a context of Open Badges 3.0.",
    "model.context_item": "“@context” may hold only addresses and objects.",
    "model.private_key": "The key has private members. Publish only the public part, and treat this key as lost.",
    "model.recipient": "“{recipient}” is not a DID or other URI. For an e-mail address or name use "
    "IdentityObject.hashed_of or IdentityObject.plain.",
    "model.not_document": "A document of Open Badges is one JSON object.",
    "model.unknown_type": "No class of Open Badges 3.0 has the type {types}.",
    # rules between members
    "rule.validity_reversed": "“{end}” is before “{start}”. The badge would never be valid.",
    "rule.endorsement_name_missing": "An endorsement needs a “name”.",
    "rule.recipient_missing": "The subject names no recipient. Give an “id” or at least one “identifier”.",
    "rule.criteria_empty": "The criteria are empty. Give a “narrative” or the “id” of a page.",
    "rule.identity_hash_form": "“identityHash” is marked as hashed, but is no hash. Write sha256$ and "
    "64 hexadecimal digits.",
    "rule.identity_hash_unexpected": "“identityHash” is a hash, but “hashed” is false.",
    "rule.salt_without_hash": "There is a “salt”, but “hashed” is false. Leave it out.",
    "rule.result_description_unknown": "The achievement has no result description {id}.",
    "rule.achieved_level_unknown": "The result description has no rubric level {id}.",
    "rule.status_missing": "The result is about a status and needs a “status”.",
    "rule.value_not_allowed": "The value “{value}” is not one of the allowed values.",
    "rule.value_out_of_range": "The value “{value}” is not between {low} and {high}.",
    # schemas
    "schema.unknown": "This library has no schema {url}.",
    "schema.none_for_type": "There is no Open Badges schema for a document of the type {types}. There is one for "
    "badges, endorsements and profiles.",
    "schema.none_without_type": "The document does not say of which type it is. Add “type”, such as "
    "[“VerifiableCredential”, “OpenBadgeCredential”].",
    "schema.member_missing": "“{member}” is missing.",
    "schema.member_not_allowed": "“{member}” is not allowed here.",
    "schema.wrong_type": "This has to be {expected}.",
    "schema.array_needed": "This has to be a list, even with one item.",
    "schema.not_listed": "This is not one of the values that are allowed here.",
    "schema.wrong_form": "This text does not have the form it needs.",
    "schema.wrong_format": "This is not a valid {format}.",
    "schema.empty": "This list is empty or too short.",
    "schema.repeated": "This list holds the same item twice.",
    "schema.type_missing": "“type” has to contain {type}.",
    "schema.context": "“@context” does not begin with the contexts of Open Badges 3.0.",
}
