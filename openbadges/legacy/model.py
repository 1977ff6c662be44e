"""What an Open Badges 2.0 badge is: read-only views over plain documents, lenient where the field is.

A linked object may stand embedded or as its id alone, ``type`` may be one value or several, and ``verify`` is the old
name of ``verification``. What is missing or of a foreign form is a ``MalformedError`` when it is asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from openbadges.errors import MalformedError, UnsupportedError
from openbadges.jsontext import pointer_to

__all__ = ["CONTEXT", "HOSTED", "SIGNED", "Assertion", "BadgeClass", "Issuer", "Link", "View", "is_legacy", "types_of"]

CONTEXT = "https://w3id.org/openbadges/v2"
HOSTED = "hosted"
SIGNED = "signed"

_VERIFICATION = {"HostedBadge": HOSTED, "hosted": HOSTED, "SignedBadge": SIGNED, "signed": SIGNED}
_REFERENCE_MEMBERS = frozenset({"id", "type", "@context"})

Document = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A reference to another object: its id, and the object itself where it is embedded."""

    id: str | None
    embedded: Document | None = None


def items(value: object) -> Iterator[Any]:
    """The items of an array, or the one bare value; nothing for null and absence."""
    if isinstance(value, (list, tuple)):
        yield from value
    elif value is not None:
        yield value


def shown(value: object) -> str:
    """A stranger's value as a fact of a sentence: text as it is, anything else as a dash."""
    return value if isinstance(value, str) and value else "-"


def types_of(document: Document) -> tuple[str, ...]:
    """The values of ``type`` that are text."""
    return tuple(value for value in items(document.get("type")) if isinstance(value, str))


def is_legacy(document: object) -> bool:
    """Whether a JSON document is of Open Badges 2.0, by its context.

    A document that names it beside a context of Verifiable Credentials is one of those, and not of 2.0.
    """
    if not isinstance(document, Mapping):
        return False
    contexts = [value for value in items(document.get("@context")) if isinstance(value, str)]
    return CONTEXT in contexts and not any("credentials/" in value for value in contexts)


@dataclass(frozen=True, slots=True)
class View:
    """A document and the two members that all of them have."""

    document: Document
    kind: ClassVar[str] = "document"
    accepted_types: ClassVar[frozenset[str]] = frozenset()
    required: ClassVar[tuple[str, ...]] = ()

    @property
    def id(self) -> str:
        """The object's id, an IRI."""
        return self.text("id")

    def text(self, member: str) -> str:
        """A required text.

        Raises:
            MalformedError: ``legacy.member_missing`` or ``legacy.member_form``.
        """
        value = self.optional_text(member)
        if not value:
            raise MalformedError("legacy.member_missing", pointer=pointer_to(member), kind=self.kind, member=member)
        return value

    def optional_text(self, member: str) -> str | None:
        """A text or None.

        Raises:
            MalformedError: ``legacy.member_form`` when it is something else.
        """
        value = self.document.get(member)
        if value is not None and not isinstance(value, str):
            raise self.malformed(member)
        return value

    def link(self, member: str) -> Link:
        """A required link, embedded or not.

        Raises:
            MalformedError: ``legacy.member_form``, also when there is none or more than one.
        """
        found = list(self.links(member))
        if len(found) != 1:
            raise self.malformed(member)
        return found[0]

    def links(self, member: str) -> Iterator[Link]:
        """Any number of links.

        Raises:
            MalformedError: ``legacy.member_form`` for an item that is neither an id nor an object.
        """
        for value in items(self.document.get(member)):
            identifier = value.get("id") if isinstance(value, Mapping) else value
            embedded = value if isinstance(value, Mapping) and set(value) - _REFERENCE_MEMBERS else None
            if (identifier is None and embedded is None) or not isinstance(identifier, (str, type(None))):
                raise self.malformed(member)
            yield Link(id=identifier, embedded=embedded)

    def object(self, member: str) -> Document:
        """A required embedded object.

        Raises:
            MalformedError: ``legacy.member_missing`` or ``legacy.member_form``.
        """
        value = self.document.get(member)
        if value is None:
            raise MalformedError("legacy.member_missing", pointer=pointer_to(member), kind=self.kind, member=member)
        if not isinstance(value, Mapping):
            raise self.malformed(member)
        return value

    def malformed(self, member: str) -> MalformedError:
        """The error for a member whose form is not known."""
        return MalformedError("legacy.member_form", pointer=pointer_to(member), kind=self.kind, member=member)

    def check_shape(self) -> None:
        """Check type, id, required members and the context's form.

        Raises:
            MalformedError: A member is missing or of another form (``legacy.*``).
            UnsupportedError: A context that could give words another meaning (``legacy.inline_context``).
        """
        if not self.accepted_types & set(types_of(self.document)):
            raise MalformedError("legacy.wrong_type", pointer="/type", kind=self.kind, types=types_of(self.document))
        for value in items(self.document.get("@context")):
            if not isinstance(value, str) and not (isinstance(value, Mapping) and set(value) <= {"@language"}):
                raise UnsupportedError("legacy.inline_context", pointer="/@context", kind=self.kind)
        _ = self.id
        for member in self.required:
            if self.document.get(member) in (None, "", [], {}):
                raise MalformedError("legacy.member_missing", pointer=pointer_to(member), kind=self.kind, member=member)


@dataclass(frozen=True, slots=True)
class Assertion(View):
    """One badge of one recipient."""

    kind: ClassVar[str] = "Assertion"
    accepted_types: ClassVar[frozenset[str]] = frozenset({"Assertion"})
    required: ClassVar[tuple[str, ...]] = ("recipient", "badge", "issuedOn")

    @property
    def badge(self) -> Link:
        """The badge class."""
        return self.link("badge")

    @property
    def recipient(self) -> Document:
        """The IdentityObject."""
        return self.object("recipient")

    @property
    def issued_on(self) -> str:
        """When it was awarded, as written."""
        return self.text("issuedOn")

    @property
    def expires(self) -> str | None:
        """When it ends, as written."""
        return self.optional_text("expires")

    @property
    def revoked(self) -> bool:
        """Whether it says itself that it is revoked; anything but false counts as revoked."""
        return self.document.get("revoked", False) is not False

    @property
    def revocation_reason(self) -> str:
        """Why, or ``"-"``."""
        return shown(self.document.get("revocationReason"))

    @property
    def verification(self) -> Document:
        """The VerificationObject, also under its old name ``verify``."""
        old = "verification" not in self.document and "verify" in self.document
        return self.object("verify" if old else "verification")

    @property
    def verification_kind(self) -> str:
        """``HOSTED`` or ``SIGNED``.

        Raises:
            UnsupportedError: ``legacy.verification_type``.
        """
        types = types_of(self.verification)
        kinds = {_VERIFICATION[name] for name in types if name in _VERIFICATION}
        if len(kinds) != 1:
            raise UnsupportedError("legacy.verification_type", pointer="/verification/type", type=types)
        return kinds.pop()

    def check_shape(self) -> None:
        """See ``View.check_shape``; also recipient, link and verification."""
        View.check_shape(self)
        if not is_legacy(self.document):
            raise MalformedError("legacy.context", pointer="/@context", kind=self.kind)
        recipient = self.recipient
        if not isinstance(recipient.get("identity"), str) or not isinstance(recipient.get("hashed"), bool):
            raise self.malformed("recipient")
        if not types_of(recipient) or not isinstance(recipient.get("salt", ""), str):
            raise self.malformed("recipient")
        _ = (self.badge, self.issued_on, self.expires, self.verification_kind)


@dataclass(frozen=True, slots=True)
class BadgeClass(View):
    """What the badge is given for."""

    kind: ClassVar[str] = "BadgeClass"
    accepted_types: ClassVar[frozenset[str]] = frozenset({"BadgeClass"})
    required: ClassVar[tuple[str, ...]] = ("name", "description", "criteria", "issuer")

    @property
    def issuer(self) -> Link:
        """The issuer's profile."""
        return self.link("issuer")


@dataclass(frozen=True, slots=True)
class Issuer(View):
    """Who gives the badge."""

    kind: ClassVar[str] = "Issuer"
    accepted_types: ClassVar[frozenset[str]] = frozenset({"Issuer", "Profile"})
    required: ClassVar[tuple[str, ...]] = ("name",)

    @property
    def verification(self) -> Document:
        """What it says about the addresses and keys of its badges; empty when it says nothing."""
        return self.object("verification") if self.document.get("verification") is not None else {}

    @property
    def revocation_list(self) -> str:
        """The address of its RevocationList.

        Raises:
            MalformedError: ``legacy.member_form``.
        """
        found = self.link("revocationList").id
        if found is None:
            raise self.malformed("revocationList")
        return found
