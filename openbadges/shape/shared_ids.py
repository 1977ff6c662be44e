"""Objects with one id in several places: to a signature over RDF they are one node, so members could wander unseen.

What may share an id, and how, is decided in docs/decisions/0017-what-a-signature-over-meaning-cannot-see.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from openbadges.canon.active_context import ActiveContext
from openbadges.errors import MalformedError
from openbadges.jsontext import Path, pointer_of, steps_of

__all__ = ["Place", "check_shared_id", "in_order"]

# One id may stand on several different objects only of these kinds: none of their members decides anything.
# A record's subject is that of the badges inside, each of which has a proof of its own that keeps its members in place.
_SUBJECTS = frozenset({"AchievementSubject", "EndorsementSubject", "ClrSubject"})
_SHARING = frozenset({"Profile", "Related", "Image"})
_ENDORSED = frozenset({"EndorsementSubject"})
_ENDORSED_MEMBERS = frozenset({"id", "type", "endorsementComment"})
_ISSUER = (None, "issuer")  # of the badge itself
_MOST_TELLINGS = 20  # different objects of one id; each is compared with each


class Place(NamedTuple):
    """One object that carries an id."""

    path: Path
    types: frozenset[str]
    members: Mapping[str, Any]
    context: ActiveContext
    root: Path  # the credential that it stands in

    @property
    def is_issuer(self) -> bool:
        """Whether it is the issuer of the credential that it stands in."""
        return self.path == (self.root, "issuer")

    @property
    def is_subject(self) -> bool:
        """Whether it stands where a subject belongs; elsewhere its members could wander off."""
        return "credentialSubject" in steps_of(self.path)[-2:]

    @property
    def is_endorsed_thing(self) -> bool:
        """Whether an endorsement says here what it is about: its comment is defined nowhere else, so it stays."""
        return self.types == _ENDORSED and self.members.keys() <= _ENDORSED_MEMBERS and self.is_subject


def check_shared_id(identifier: str, places: Sequence[Place]) -> None:
    """Refuse different objects with one id, unless each member shows where it belongs.

    Args:
        identifier: The id.
        places: The objects with it, in one graph, that say more than the id.

    Raises:
        MalformedError: ``shape.shared_id``.
    """
    told: list[Place] = []
    for place in places:
        different = [one for one in told if one.members != place.members]
        if not all(_may_share(one, place) for one in different) or len(told) > _MOST_TELLINGS:
            raise MalformedError("shape.shared_id", pointer=pointer_of(place.path), id=identifier)
        if len(different) == len(told):
            told.append(place)


def _may_share(one: Place, other: Place) -> bool:
    """Whether two different objects may have one id without a member that could wander off to where it misleads.

    Profiles, pictures and related achievements may be told in full in one place and in short in others; in full where
    one of them is the issuer. A subject may be a profile too (a badge for oneself): what a profile can have is told
    there. In a credential inside this one the proof of that credential keeps its members in place.
    """
    if one.types != other.types and one.types & other.types:
        return False  # to the signature the node has the types of both places: none may be lent
    if one.is_endorsed_thing or other.is_endorsed_thing:
        return True
    if not all(place.is_subject if place.types & _SUBJECTS else place.types & _SHARING for place in (one, other)):
        return False
    if one.root != other.root and not _tells_of_the_issuer(one, other):
        return True
    if one.types == other.types:
        in_short = [(one, other), (other, one)]
        told = any(not short.is_issuer and _within(short.members, full) for short, full in in_short)
        return told and not one.types & _SUBJECTS
    subject, profile = (one, other) if one.types & _SUBJECTS else (other, one)
    same = {name: item for name, item in subject.members.items() if _means_the_same(name, subject, profile)}
    return bool(subject.types & _SUBJECTS) and "Profile" in profile.types and _within(same, profile)


def _tells_of_the_issuer(one: Place, other: Place) -> bool:
    """Whether one is the issuer and the other stands in an endorsement, which does not decide about the badge."""
    if _ISSUER not in (one.path, other.path):
        return False
    return "verifiableCredential" not in (*steps_of(one.path), *steps_of(other.path))


def _means_the_same(name: str, one: Place, other: Place) -> bool:
    mine, yours = one.context.terms.get(name), other.context.terms.get(name)
    return name not in ("id", "type") and mine is not None and yours is not None and mine.iri == yours.iri


def _within(members: Mapping[str, Any], place: Place) -> bool:
    """Whether ``place`` has all these members, in full."""
    return all(name in place.members and _says_no_more(item, place.members[name]) for name, item in members.items())


def _says_no_more(short: Any, full: Any) -> bool:
    if isinstance(short, dict) and isinstance(full, dict):
        return all(name in full and _says_no_more(item, full[name]) for name, item in short.items())
    if isinstance(short, list) and isinstance(full, list):
        return {repr(in_order(item)) for item in short} <= {repr(in_order(item)) for item in full}
    return bool(short == full)


def in_order(value: Any) -> Any:
    """Equal for values that differ in the order of members only."""
    if isinstance(value, dict):
        return sorted((key, in_order(item)) for key, item in value.items())
    return [in_order(item) for item in value] if isinstance(value, Iterable) and not isinstance(value, str) else value
