"""Sentences about skill frameworks: reading files, local layers, profiles, what other formats cannot carry."""

MESSAGES: dict[str, str] = {
    # files that cannot be imported
    "frameworks.import_problems": "The framework was not imported; problems in the file: {count}. The first one is "
    "{first}",
    "frameworks.kind": "A framework file is handed in as bytes, not as a value of the type {kind}. Read the file "
    "first.",
    "frameworks.unknown_format": "There is no framework format “{name}”. Known formats: {known}.",
    "frameworks.no_format": "This does not look like a framework file. Formats that can be read: {known}. If it is one "
    "of them, name the format (on the command line with --from).",
    "frameworks.not_object": "Here stands something else than an object in braces.",
    "frameworks.not_list": "Here stands something else than a list in square brackets.",
    "frameworks.not_text": "A text is expected here, and it may not be empty. Write one, or leave the member out.",
    "frameworks.no_text": "There is no text in any language here. Write at least one, or leave the member out.",
    "frameworks.not_flag": "Only true or false can stand here.",
    "frameworks.not_one_of": "“{value}” cannot stand here. Use one of: {allowed}.",
    "frameworks.missing_member": "“{name}” is missing. Add it.",
    "frameworks.bad_format": "The format “{value}” is not known. It should be openbadges-framework/1.",
    "frameworks.bad_uri": "“{value}” is not a web address or URN. Write it in full, with https:// in front.",
    "frameworks.bad_language": "“{value}” is not a language tag. Use a short one such as en, fr or pt-BR.",
    "frameworks.bad_level": "The level {value} does not exist. Use a whole number from 1 to {highest}.",
    "frameworks.bad_delta": "{value} is not a number of levels. Use a whole number such as 1 or -1.",
    "frameworks.bad_order": "{value} is not a place in an order. Use a whole number from 1.",
    "frameworks.bad_relation_type": "“{value}” is not a kind of relation. Use a known one, or ext: and a word.",
    "frameworks.bad_association_type": "“{value}” is not an association type of CASE. Use one of the specification, "
    "or ext: and a word.",
    "frameworks.no_id_no_code": "This item has neither an id nor a code. Give it one of them.",
    "frameworks.twice": "“{name}” stands twice; the first time at {first}. Give each its own, or remove one.",
    "frameworks.level_twice": "Two levels have the same {attribute} ({value}). Give each its own.",
    "frameworks.unknown_level": "There is no level “{name}” in this framework. Use one of its keys.",
    "frameworks.unknown_reference": "“{name}” does not lead to anything in this framework. Correct the code, write a "
    "full "
    "address, or name the other framework under “uses”.",
    "frameworks.circle": "These items stand above each other in a circle: {names}. Take one of the broader relations "
    "out.",
    "frameworks.too_deep": "The hierarchy is deeper than {limit} steps below the top.",
    "frameworks.too_many_items": "There are more than {limit} items.",
    "frameworks.too_many_languages": "There are more than {limit} languages.",
    "frameworks.bad_table": "The table cannot be read from row {row} on. Check for a quotation mark that is not "
    "closed.",
    "frameworks.missing_columns": "The first row lacks these columns: {names}. Add them, or check the separator.",
    "frameworks.column_twice": "Two columns are called “{name}”. Give each its own name.",
    "frameworks.wrong_columns": "This row has {found} cells where the first row has {wanted}. Check quotation marks "
    "and "
    "separators.",
    "frameworks.no_framework_id": "The table does not say which framework it is. Add a row of the kind “framework” "
    "with an id, "
    "or give the id when importing.",
    "frameworks.not_one_framework": "There should be one competency framework in the graph; there are {count}.",
    # asking
    "frameworks.framework_twice": "The framework {id} was given twice. Give each framework once.",
    "frameworks.ambiguous": "“{name}” is used by several frameworks: {frameworks}. Use the full address instead.",
    "frameworks.unknown_role": "There is no role “{name}” here. Known roles: {known}.",
    "frameworks.unknown_context": "There is no context “{name}” here. Known contexts: {known}.",
    "frameworks.role_circle": "The role “{name}” is based on itself, or on a too long chain of roles.",
    "frameworks.bad_achievement_id": "“{value}” cannot be the id of an achievement here. Use a full address without #.",
    "frameworks.no_levels": "“{name}” has no levels. Hand in the levels of the framework below.",
    "frameworks.unknown_order": "There is no level {value}. The levels are {known}.",
    # local layers
    "frameworks.overlay_refused": "The local layer does not fit what it builds on; problems: {count}. The first one "
    "is {first}",
    "frameworks.overlay_redefines": "“{name}” is defined by “{base}”, and “{local}” defines it again. Choose another "
    "code and "
    "state the global one as broader or related.",
    "frameworks.overlay_base_missing": "“{local}” extends “{name}”, which is not here. Add that framework, too: on the "
    "command line its file, in the service by bringing it in first. Or take it out of “extends”.",
    "frameworks.overlay_same_framework": "“{local}” has the same id or code as “{base}”. A local layer needs its own.",
    "frameworks.overlay_not_anchored": "“{name}” of “{local}” names no broader or related item of another framework. "
    "Name one, "
    "or say that it is only local.",
    "frameworks.overlay_named_twice": "“{local}” gives “{name}” two names in {language}. Keep one of them.",
    "frameworks.asked_twice": "“{name}” is asked for twice here. Keep one of the two levels.",
    "frameworks.overlay_unknown_item": "“{name}” of “{local}” refers to “{target}”, which does not exist. Correct the "
    "code.",
    "frameworks.overlay_unknown_global": "“{local}” refers to “{name}”, which does not exist in {base}. Correct the "
    "code.",
    "frameworks.overlay_translation_exists": "“{base}” has a text for “{name}” in {language} already; “{local}” may "
    "add missing "
    "languages only. Use localNames for what it is called here.",
    "frameworks.overlay_lower_level": "“{role}” of “{local}” asks level {level} of {skill}, where “{base}” asks "
    "{asked}. A local "
    "layer may ask more, not less.",
    # why a level is asked
    "frameworks.reason.requires": "{of} requires level {value}: {level}",
    "frameworks.reason.stricter": "asked here of {of}, level {value}: {level}",
    "frameworks.reason.levelDelta": "{of} changes the level by {value}: {level}",
    "frameworks.reason.require": "{of} asks at least level {value}: {level}",
    "frameworks.reason.relax": "{of} asks at most level {value}: {level}",
    # what another format cannot carry
    "frameworks.loss.member": "{subject}: left out, because the format has no place for it (times: {count})",
    "frameworks.loss.mapping": "mappings to {subject}: only the address is kept, or nothing without one (times: "
    "{count})",
    "frameworks.loss.case_member": "{subject}: left out, because CASE 1.1 does not allow it there (times: {count})",
    "frameworks.loss.case_record": "{subject}: a record left out, because CASE 1.1 needs members it lacks (times: "
    "{count})",
    "frameworks.loss.case_identifier": "identifiers that are not UUIDs: replaced by ones made from the address "
    "(times: {count})",
    "frameworks.loss.case_time": "date-times that cannot be read, such as {subject}: replaced (times: {count})",
    "frameworks.loss.case_time_zone": "date-times without zone: taken as UTC (times: {count})",
    "frameworks.loss.case_no_time": "the framework does not say when it was changed; 1970-01-01 stands in the file",
    "frameworks.loss.case_unresolved": "{subject}: the address of this item of another framework is not known; hand "
    "that "
    "framework in, too (times: {count})",
}
