"""Every sentence use cases say, in English, by code. ``N_`` marks them for translation, which the web does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

__all__ = ["N_", "SENTENCES", "Sentence", "Several"]

_NOTHING: Mapping[str, Any] = MappingProxyType({})


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for "translate this later"
    """Mark a text for the translators; gives it back."""
    return message


SENTENCES: Mapping[str, str] = MappingProxyType(
    {
        "invalid": N_("Some fields cannot be used. {problems}"),
        "account.login_form": N_("Choose a name of 1 to 80 characters without line breaks."),
        "account.login_taken": N_("This name is taken. Choose another one."),
        "account.not_found": N_("There is no such account."),
        "account.old_password": N_("The present password is not right. Type it again."),
        "account.password_easy": N_(
            "This password is too easy to guess. Use several words, and not the name you sign in with."
        ),
        "account.password_length": N_(
            "A password has {shortest} to {longest} characters. Several words make a good one."
        ),
        "account.password_text": N_("The password holds something that is no character. Type it again."),
        "account.sign_in": N_("Name and password do not belong together. Check both and try again."),
        "achievement.alignment": N_(
            "Skill number {number} cannot be used: it needs a name and a web address. {reason}"
        ),
        "achievement.draft": N_("This achievement was never published, so there is nothing to archive."),
        "achievement.level": N_("Each level needs a name of at most 100 characters and may have a description."),
        "achievement.levels": N_("There can be {most} levels at most, each with a name of its own."),
        "achievement.meanwhile": N_(
            "Somebody else saved this badge while you were changing it. What you filled in is still here and not saved."
        ),
        "achievement.not_found": N_("There is no such achievement."),
        "achievement.not_published": N_("Publish this achievement first, then give it."),
        "achievement.rubric": N_(
            "The levels of skill number {number} cannot be used: they belong to one of the skills, each has a number "
            "and a name of its own, and the level that is asked is one of them."
        ),
        "achievement.translation": N_(
            "The translation “{language}” cannot be used: it needs a language code such as “es”, and a name."
        ),
        "affiliate.changed": N_("Somebody else changed this issuer at the same moment. Look at it again."),
        "affiliate.no_keys": N_("This issuer has no keys yet. They are made when an operator approves it."),
        "affiliate.not_approved": N_("This issuer cannot give badges now: an operator has to approve it first."),
        "affiliate.not_found": N_("There is no such issuer."),
        "affiliate.slug_fixed": N_(
            "The short address cannot change any more, for it is part of badges that were given."
        ),
        "affiliate.slug_form": N_(
            "A short address has small letters a to z, digits and hyphens, such as “riverside-users”."
        ),
        "affiliate.slug_taken": N_("This short address is taken. Choose another one."),
        "award.changed": N_("Somebody else changed this badge at the same moment. Look at it again."),
        "award.date": N_("The day it was earned cannot lie in the future."),
        "award.erased": N_("This badge was erased at the wish of the person it was given to."),
        "award.is_erased": N_("This badge was erased already, on {since}."),
        "award.is_issued": N_("This badge is in force: there is no suspension to end."),
        "award.is_replaced": N_("A newer badge took the place of this one already, on {since}."),
        "award.is_suspended": N_("This badge is suspended already, since {since}."),
        "award.is_undone": N_("This badge was taken back already, on {since}."),
        "award.is_waiting": N_("This badge is not signed yet. Take it back, or wait until it is signed."),
        "award.is_withdrawn": N_("This badge is withdrawn already, since {since}."),
        "award.not_found": N_("There is no such badge."),
        "award.not_issued": N_("This badge is not in force, so this cannot be done with it."),
        "award.not_signed": N_("The badge could not be signed: {reason}"),
        "award.not_suspendable": N_(
            "This badge was given without the switch for suspension. It can only be withdrawn for good."
        ),
        "award.too_late": N_("It is too late to undo: this badge is signed. A signed badge can be withdrawn."),
        "batch.is_undone": N_("All of these badges were taken back already."),
        "batch.not_found": N_("There are no such awards."),
        "batch.too_late": N_(
            "It is too late to undo: all that was not taken back before is signed. A signed badge can be withdrawn."
        ),
        "claim.old": N_("The words to sign were given more than an hour ago. Sign the new ones below."),
        "claim.not_proved": N_("This does not prove that the key is yours. {reason}"),
        "design.letters": N_(
            "The built-in lettering does not have: {letters}. Leave them out, or upload a picture of your own."
        ),
        "design.text": N_("The text on a badge is one line of at most {longest} characters."),
        "evidence.form": N_("Evidence is a web address, with a short name and a remark if you like."),
        "field.choice": N_("Choose one of: {allowed}"),
        "field.colour": N_("Write a colour as # and six digits or letters a to f, such as #2a4b8d."),
        "field.colour_light": N_("White letters cannot be read on this colour. Choose a darker one."),
        "field.control": N_("This holds characters that cannot be shown. Type it again on one line."),
        "field.email": N_("This is not an e-mail address. It looks like name@example.org."),
        "field.language": N_("Write a language code such as “es” or “pt-BR”."),
        "field.list_item": N_("Each entry is a text of at most {longest} characters."),
        "field.not_list": N_("This has to be a list."),
        "field.not_text": N_("This has to be a text."),
        "field.number": N_("Write a whole number from {least} to {most}."),
        "field.required": N_("Please fill this in."),
        "field.too_long": N_("This is {length} characters long; {longest} fit. Shorten it."),
        "field.too_many": N_("At most {most} entries fit here."),
        "field.unknown": N_("There is no such field."),
        "field.web_address": N_(
            "This is not a web address. It begins with https:// and a host, such as https://example.org/page."
        ),
        "framework.id_taken": N_("Another framework here has this address already. Give yours one of its own."),
        "framework.is_layer": N_(
            "This file is a local layer: it extends other frameworks. Keep it as your local layer."
        ),
        "framework.is_own_layer": N_("This is the address of your local layer. Change it there."),
        "framework.is_shared": N_("This framework is here already, for everybody. You can use it as it is."),
        "framework.item_not_found": N_("There is no such skill in this framework."),
        "framework.layer_id": N_("The address of your local layer stays as it is: {id}"),
        "framework.no_file": N_("There is no file. Choose one, or paste its text."),
        "framework.not_found": N_("There is no such framework."),
        "framework.not_staged": N_("This list does not wait here any more. Read the file again."),
        "framework.problem": N_("At {place}: {reason}"),
        "framework.problem_file": N_("This cannot be used: {reason}"),
        "framework.profile": N_("What this role asks cannot be said: {reason}"),
        "framework.several_files": N_(
            "Several files together can only be the tables of ESCO. Bring other frameworks in one by one."
        ),
        "idempotency.key": N_("An Idempotency-Key has 1 to {longest} printable characters."),
        "idempotency.other_request": N_("This Idempotency-Key was used for another request. Use a new key."),
        "idempotency.under_way": N_(
            "An equal request with this Idempotency-Key has not ended, or was cut off. Look at what is there, and use "
            "a new key if it is not done."
        ),
        "image.animated": N_("This picture moves. Save one still picture as PNG and send that."),
        "image.damaged": N_("This picture cannot be read; it may be damaged. Save it again as PNG and send that."),
        "image.kind": N_("Only PNG, JPEG and SVG pictures can be used. Save it as PNG and send that."),
        "image.not_found": N_("There is no such picture."),
        "image.svg_element": N_("This SVG uses “{element}”, which is not drawn here. Save it as PNG and send that."),
        "image.svg_large": N_("This SVG is too complicated to draw here. Save it as PNG and send that."),
        "image.svg_outside": N_("This SVG loads or defines things of its own. Save it as PNG and send that."),
        "image.svg_size": N_("This SVG does not say its size, or is very long and thin. Save it as PNG and send that."),
        "image.too_large": N_("This picture is larger than {most} MiB. Save it smaller, or as JPEG, and choose that."),
        "image.too_many_pixels": N_("This picture has more than {most} million pixels. Save it smaller and send that."),
        "known_issuer.id": N_(
            "An issuer's id is a DID, or a web address for older badges. Copy it from a badge's check."
        ),
        "known_issuer.not_found": N_("This issuer is not on the list."),
        "link.not_found": N_(
            "This link does not work: it was used already, it is too old, or it was replaced by a newer one."
        ),
        "member.last_owner": N_("An issuer needs at least one owner. Make somebody else an owner first."),
        "member.not_found": N_("This person is not a member."),
        "paste.nobody": N_("Nobody in this list can get the badge. Look at the reasons beside the rows."),
        "paste.too_long": N_("This is too much text for one go ({most} characters at most). Paste it in parts."),
        "paste.too_many": N_("These are too many rows for one go ({most} at most). Paste them in parts."),
        "photo.no_code": N_(
            "No QR code was found in this picture. Take it straight from above, with light, and the whole code in view."
        ),
        "photo.svg": N_(
            "There is neither a badge nor a QR code in this SVG picture. Send it as PNG, send a photo of the code, or "
            "scan the code with the camera."
        ),
        "photo.too_large": N_("This picture is larger than {most} MiB. Make it smaller."),
        "photo.too_many_pixels": N_("This picture has more than {most} million pixels. Make it smaller."),
        "photo.unreadable": N_("This picture cannot be read. Use PNG, JPEG or WebP."),
        "precondition.overtaken": N_(
            "This was changed after you read it, so nothing was saved: read it again, put your change into what you "
            "find, and send that with its new ETag."
        ),
        "recipient.characters": N_("This name holds characters that user names cannot have."),
        "recipient.did": N_("This looks like a DID but is none that can be checked. Ask the person to copy it again."),
        "recipient.email": N_("This is not an e-mail address. It looks like name@example.org."),
        "recipient.empty": N_("There is no name in this row."),
        "recipient.ip_address": N_("This is an IP address, not a person's account."),
        "recipient.page": N_("This is the address of a page, not of a user. Write the user name."),
        "recipient.phone": N_(
            "A telephone number cannot get a badge, for nobody can prove here that it is theirs: write a user name, an "
            "e-mail address or a DID instead."
        ),
        "recipient.scheme": N_(
            "An address that begins with “{scheme}:” cannot be given a badge: write a user name, an e-mail address or "
            "a DID instead."
        ),
        "recipient.temporary": N_("This is a temporary account, which nobody can prove to be theirs."),
        "recipient.too_long": N_(
            "This is longer than a name can be ({longest} characters). Is there a line break missing?"
        ),
        "row.evidence": N_("The evidence in this row is not a web address that begins with https://."),
        "row.form": N_(
            "Row {number} has to be an object with “recipient” and optionally “kind”, “narrative”, "
            "“evidence” and “level”."
        ),
        "row.has_it": N_("This person has the badge already."),
        "row.level": N_("The achievement has no level “{level}”."),
        "row.narrative": N_("The remark is too long ({longest} characters at most) or cannot be shown."),
        "row.twice": N_("This is the same person as in line {line}."),
        "status.not_found": N_("There is no such status list."),
        "status.not_signed": N_("The status list could not be signed: {reason}"),
        "token.not_found": N_("There is no such token."),
        "verify.busy": N_("Many badges are being checked at this moment. Try again in a minute."),
        "verify.stopped": N_(
            "Checking this took more work than a badge ever needs, so it was stopped. Ask for the badge's address, or "
            "the file as it was downloaded."
        ),
        "verify.not_https": N_("Only badges at addresses that begin with https:// can be fetched."),
        "verify.nothing_here": N_(
            "This site has no badge at this address, or its owner hid it. The address of a badge has “/b/” in it; a "
            "private link, with “/r/”, is for its owner alone."
        ),
        "verify.unreachable": N_("No badge could be fetched from there. {reason}"),
    }
)


class Several(tuple["Sentence", ...]):
    """Sentences one after the other, as a fact of another one."""

    __slots__ = ()

    def __str__(self) -> str:
        """In English."""
        return " ".join(map(str, self))


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence that is not rendered yet.

    Attributes:
        code: A key of ``SENTENCES``.
        params: The facts it is filled with.
    """

    code: str
    params: Mapping[str, Any] = field(default_factory=lambda: _NOTHING)

    @property
    def template(self) -> str:
        """The English text with its places, such as ``{longest}``: what is looked up in a catalogue."""
        return SENTENCES[self.code]

    def __str__(self) -> str:
        """The English sentence."""
        return self.template.format_map(self.params)
