"""Sentences about Open Badges 2.0: reading, checking, upgrading."""

MESSAGES: dict[str, str] = {
    # reading
    "legacy.member_missing": "The {kind} has no “{member}”. Open Badges 2.0 asks for it.",
    "legacy.member_form": "“{member}” of the {kind} has a form that Open Badges 2.0 does not know.",
    "legacy.not_assertion": "This Open Badges 2.0 document is of type {types}, not a badge. Hand over the badge.",
    "legacy.wrong_type": "A document of type {kind} was expected, and this one is of type {types}.",
    "legacy.context": "The {kind} does not name the Open Badges 2.0 context, https://w3id.org/openbadges/v2.",
    "legacy.inline_context": "The {kind} carries a JSON-LD context of its own, which could change what its words mean.",
    "legacy.verification_type": "The badge is to be verified in a way that is not known here: {type}. Check it "
    "with a program that knows this.",
    "legacy.bare_url": "“{url}” is not an https address of a hosted badge.",
    # checks: what went well
    "legacy.format_hosted": "This is a hosted Open Badges 2.0 badge.",
    "legacy.format_signed": "This is a signed Open Badges 2.0 badge.",
    "legacy.shape_good": "The badge has the members that Open Badges 2.0 asks for.",
    "legacy.hosted": "The badge stands at its own address, {url}.",
    "legacy.signed": "The signature fits the issuer's key {key}.",
    "legacy.in_scope": "The badge's address belongs to the issuer {issuer}.",
    "legacy.key_owned": "The key {key} and the issuer {issuer} name each other.",
    "legacy.valid_now": "The badge is within its dates.",
    "legacy.not_revoked": "The badge is not revoked.",
    "legacy.no_revocation_list": "The issuer publishes no list of revoked badges.",
    "legacy.not_made": "This was not looked at, because an earlier check did not pass.",
    # checks: what went wrong
    "legacy.media_type": "{url} answered with “{media_type}” instead of a JSON document. Ask who runs it.",
    "legacy.not_own_address": "The document at {url} says that its id is {found}. It has to name its own address.",
    "legacy.no_signature": "The badge says that it is signed, and there is no signature. Hand over the signed form.",
    "legacy.hosted_in_token": "The badge stands in a signed token and says that it is hosted.",
    "legacy.issuer_address": "The issuer “{issuer}” has no https address to ask it at.",
    "legacy.out_of_scope": "The address {url} does not belong to the issuer {issuer}. Ask the issuer about it.",
    "legacy.scope_unreadable": "The issuer {issuer} describes its addresses in a form that is not known here.",
    "legacy.other_issuer": "The badge names the issuer {found}, and its badge class the issuer {issuer}. Ask "
    "the issuer about it.",
    "legacy.no_key": "The issuer {issuer} publishes no key, so a signed badge of it cannot be checked.",
    "legacy.key_ambiguous": "The issuer {issuer} lists several keys, and the badge does not say which one signed it.",
    "legacy.key_not_listed": "The issuer {issuer} does not list the key {key} as its own. Ask the issuer about it.",
    "legacy.key_owner": "The key {key} names {owner} as its owner, not the issuer {issuer}. Ask the issuer about it.",
    "legacy.gone": "The issuer withdrew the badge: its address answers that it is gone. Ask the issuer about it.",
    "legacy.revoked": "The issuer revoked the badge. Reason: {reason}",
    "legacy.list_issuer": "The list of revoked badges at {url} is of {found}, not of the issuer {issuer}. Ask "
    "the issuer to mend its list.",
    "legacy.not_yet": "The badge is dated {issued_on}, which is still to come. Check it again then.",
    "legacy.expired": "The badge expired on {expires}. Ask the issuer whether there is a newer one.",
    # recipient
    "legacy.recipient_match": "The badge was given to this recipient.",
    "legacy.recipient_match_folded": "The badge was given to this recipient, written in small letters.",
    "legacy.recipient_other": "The badge was given to somebody else. Ask the person under which name or address "
    "they got it.",
    "legacy.recipient_type": "The badge names its recipient by {found}, not by {asked}. Ask by {found}.",
    "legacy.recipient_weak": "The badge names its recipient by a hash that proves nothing ({reason}).",
    # upgrading
    "legacy.upgrade_revoked": "The badge is revoked, so it is not issued again.",
    "legacy.upgrade_expired": "The badge expired on {expires}, so it is not issued again.",
    "legacy.upgrade_issuer": "The badge class is of the issuer {found}, and the profile handed in is {issuer}.",
    "legacy.upgrade_badge": "The badge is of the badge class {found}, and the one handed in is {badge}.",
    "legacy.upgrade_new_issuer": "The new issuer needs an “id” that is a DID or https address, and the type Profile.",
    "legacy.upgrade_recipient": "The recipient cannot be carried over ({reason}). Hand in the recipient's new id.",
    "legacy.not_carried": "“{member}” is not carried over. Issue it anew if it is needed.",
}
