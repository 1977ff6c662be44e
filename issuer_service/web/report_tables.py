"""What verdicts and checks of the library are called here: the words everybody sees, in two tables."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from issuer_service.services.sentences import N_

__all__ = ["CHECKS", "FAILED", "NOT_KNOWN_HERE", "OTHER", "STATES", "STRANGER", "TRY_AGAIN", "CheckWords", "StateWords"]


class StateWords(NamedTuple):
    """How a verdict looks and what it is called; ``look`` is never told by colour alone."""

    look: str  # "pass", "warn", "fail", "unknown", "plain"
    icon: str
    headline: str
    advice: str


TRY_AGAIN = N_("This is nobody's fault here. Try again in a few minutes; if it stays so, ask the issuer.")
_DO_NOT_RELY = N_("Do not rely on it. Ask for the badge's address or the file as it was downloaded, and check that.")
_NOBODYS_FAULT = N_("This says nothing bad about the badge or about anybody.")
_ASK_ISSUER = N_("Ask the issuer if you need to know more.")

# verdict of the library -> how it looks and what it is called, the same words everywhere
STATES: Mapping[str, StateWords] = MappingProxyType(
    {
        "verdict.pass": StateWords("pass", "check", N_("Genuine and valid"), ""),
        "verdict.pass_other": StateWords("pass", "check", N_("Genuine and valid"), ""),
        "verdict.expired": StateWords("warn", "clock", N_("Genuine, but expired on {end:date}"), _ASK_ISSUER),
        "verdict.not_yet": StateWords("warn", "clock", N_("Not valid yet"), ""),
        "verdict.withdrawn": StateWords("fail", "cross", N_("Genuine, but withdrawn by the issuer"), _ASK_ISSUER),
        "verdict.suspended": StateWords("warn", "pause", N_("Suspended for now"), _ASK_ISSUER),
        "verdict.not_recipient": StateWords(
            "fail",
            "cross",
            N_("Genuine, but not given to this person"),
            N_("Names have to be typed exactly as the issuer wrote them. Ask the person which text to use."),
        ),
        "verdict.bad_endorsement": StateWords(
            "warn", "warn", N_("Genuine, but an endorsement in it is not"), _ASK_ISSUER
        ),
        "verdict.bad_endorsement_other": StateWords(
            "warn", "warn", N_("Genuine, but an endorsement in it is not"), _ASK_ISSUER
        ),
        "verdict.bad_inside": StateWords("fail", "cross", N_("Genuine, but a badge inside it is not"), _ASK_ISSUER),
        "verdict.other_file": StateWords("fail", "cross", N_("Genuine, but a linked file was changed"), _DO_NOT_RELY),
        "verdict.other_subject": StateWords("warn", "warn", N_("Genuine, but it endorses something else"), _ASK_ISSUER),
        "verdict.changed": StateWords("fail", "cross", N_("Changed after it was signed"), _DO_NOT_RELY),
        "verdict.not_signed": StateWords("fail", "cross", N_("Not signed by anybody"), _DO_NOT_RELY),
        "verdict.not_signed_other": StateWords("fail", "cross", N_("Not signed by anybody"), _DO_NOT_RELY),
        "verdict.not_by_issuer": StateWords("fail", "cross", N_("Not signed by who it says"), _DO_NOT_RELY),
        "verdict.bad_signature": StateWords("fail", "cross", N_("The signature cannot be relied on"), _DO_NOT_RELY),
        "verdict.not_conforming": StateWords("fail", "cross", N_("Signed, but not a proper badge"), _ASK_ISSUER),
        "verdict.not_conforming_other": StateWords(
            "fail", "cross", N_("Signed, but not in its proper form"), _ASK_ISSUER
        ),
        "verdict.bad_dates": StateWords("fail", "cross", N_("Signed, but its dates cannot be right"), _ASK_ISSUER),
        "verdict.not_trusted": StateWords("unknown", "question", N_("Signed by an issuer that you do not trust"), ""),
        "verdict.bad_status": StateWords("unknown", "question", N_("Could not be checked"), _ASK_ISSUER),
        "verdict.unknown_signature": StateWords("unknown", "question", N_("Could not be checked"), TRY_AGAIN),
        "verdict.unknown_status": StateWords("unknown", "question", N_("Could not be checked"), TRY_AGAIN),
        "verdict.unknown_context": StateWords("unknown", "question", N_("Could not be checked"), _ASK_ISSUER),
        "verdict.unknown_context_other": StateWords("unknown", "question", N_("Could not be checked"), _ASK_ISSUER),
        "verdict.unknown_inside": StateWords("unknown", "question", N_("Could not be checked"), TRY_AGAIN),
        "verdict.unknown_file": StateWords("unknown", "question", N_("Could not be checked"), TRY_AGAIN),
        "verdict.unknown": StateWords("unknown", "question", N_("Could not be checked"), TRY_AGAIN),
        "verdict.unreadable": StateWords(
            "plain",
            "file",
            N_("Not a badge"),
            N_("This says nothing bad about anybody. Ask for the badge's address, or the file as it was downloaded."),
        ),
        "verdict.unreadable_other": StateWords("plain", "file", N_("Could not be read"), _NOBODYS_FAULT),
        "verdict.not_a_badge": StateWords(
            "plain", "file", N_("Not a badge"), N_("Ask the person for the badge itself.")
        ),
        "verdict.not_wanted": StateWords("plain", "file", N_("Does not belong in this place"), _ASK_ISSUER),
    }
)
OTHER = StateWords("unknown", "question", N_("Could not be checked"), TRY_AGAIN)
STRANGER = StateWords(
    "unknown",
    "question",
    N_("The signature is right, but this site does not know the issuer"),
    N_("Anyone can make a key. Find out who they are before you rely on it."),
)


# What trying again does not change: another program may know it, or this one in a later version.
NOT_KNOWN_HERE = StateWords("unknown", "question", N_("Could not be checked"), _NOBODYS_FAULT)
# What is said of a check that failed, where that is clearer than that it failed.
FAILED: Mapping[str, str] = MappingProxyType(
    {
        "validity.expired": N_("expired"),
        "validity.not_yet": N_("not yet"),
        "status.revoked": N_("withdrawn"),
        "status.revoked_reason": N_("withdrawn"),
        "status.suspended": N_("suspended"),
        "recipient.no_match": N_("somebody else"),
    }
)


class CheckWords(NamedTuple):
    """What a check asks, what a pass means, and what it does not prove."""

    name: str
    means: str
    does_not: str


CHECKS: Mapping[str, CheckWords] = MappingProxyType(
    {
        "document.format": CheckWords(
            N_("Can be read"),
            N_("The file or text is complete and holds exactly one document."),
            N_("It says nothing about what the document claims."),
        ),
        "contexts.known": CheckWords(
            N_("Its words are known"),
            N_("Every word of the badge is defined in a published standard that this site carries."),
            N_("Known words can still be used to say something untrue."),
        ),
        "document.shape": CheckWords(
            N_("Nothing is hidden"),
            N_(
                "What you read is what was signed: nothing stands where one program would see it and another would not."
            ),
            N_("It does not say that the text is true."),
        ),
        "document.kind": CheckWords(
            N_("It is a badge"),
            N_("The document says that it is a badge, and not something else that is signed."),
            N_("A forged badge says so too; the signature tells."),
        ),
        "schema.conformance": CheckWords(
            N_("Complete"),
            N_("It has everything that the Open Badges 3.0 standard asks for."),
            N_("A complete badge can still be forged or withdrawn."),
        ),
        "schema.declared": CheckWords(
            N_("Fits the rules it names"),
            N_("The badge names rules for its form, and they are ones that this site carries."),
            N_("Rules about form say nothing about content."),
        ),
        "proof.signature": CheckWords(
            N_("Signature"),
            N_("Not one character was changed since it was signed."),
            N_("It does not say whose key it was. The next checks do."),
        ),
        "proof.purpose": CheckWords(
            N_("Key used as it should be"),
            N_("The key is one that its owner set aside for making statements, not for signing in."),
            N_("It does not say who the owner is."),
        ),
        "proof.claims": CheckWords(
            N_("Token and badge agree"),
            N_("The envelope around the badge says the same as the badge inside."),
            N_("Both could be wrong in the same way."),
        ),
        "proof.challenge": CheckWords(
            N_("Signed for this occasion"),
            N_("The person signed it just now, for you."),
            N_("It says nothing about the badges inside."),
        ),
        "issuer.binding": CheckWords(
            N_("Signed by its issuer"),
            N_("The key was found through the issuer's own address, never taken from the badge."),
            N_("It does not prove that the issuer is the organisation its name suggests."),
        ),
        "validity.window": CheckWords(
            N_("Dates"),
            N_("Today lies between its first and its last day."),
            N_("A badge within its dates can still have been withdrawn."),
        ),
        "status.revocation": CheckWords(
            N_("Not withdrawn"),
            N_("The issuer keeps a signed list of the badges it withdrew. This one is not on it."),
            N_("The list is as new as the issuer's last change; it was read just now or a short while ago."),
        ),
        "status.suspension": CheckWords(
            N_("Not suspended"),
            N_("The issuer keeps a signed list of the badges it suspended for a time. This one is not on it."),
            N_("It can change any day."),
        ),
        "status.message": CheckWords(
            N_("Message of the issuer"), N_("What the issuer's list says about this badge."), N_("It decides nothing.")
        ),
        "endorsements": CheckWords(
            N_("Endorsements"),
            N_("Others signed that they stand behind this badge, and their signatures are good."),
            N_("Anyone can endorse; look at who did."),
        ),
        "endorsement.subject": CheckWords(
            N_("Endorsement is about this badge"),
            N_("It was made for this badge and not copied from another."),
            N_("It does not say who made it."),
        ),
        "credentials": CheckWords(
            N_("Badges inside"),
            N_("Every badge in this record passes by itself."),
            N_("It does not say that the list is complete."),
        ),
        "related.digest": CheckWords(
            N_("Linked files"),
            N_("The files it links to are the ones that were signed."),
            N_("Files that were not fetched were not compared."),
        ),
        "recipient.match": CheckWords(
            N_("Given to this person"),
            N_("The text you typed is the one the issuer wrote for the recipient. It was compared and not kept."),
            N_("It does not prove that the person before you is that recipient."),
        ),
        "issuer.trust": CheckWords(
            N_("Issuer you trust"),
            N_("The issuer is one of those you named."),
            N_("Trust is your decision; a signature cannot make it."),
        ),
        "refresh": CheckWords(
            N_("Newer copy"), N_("Whether the issuer has a newer copy of this badge."), N_("It decides nothing.")
        ),
    }
)
