"""What the caller decides: whom to trust, and what else has to hold. A policy is a required value, never a default."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Protocol

__all__ = ["AnyIssuer", "Policy", "TrustedIssuers"]


class Policy(Protocol):
    """Anything with these answers is a policy."""

    @property
    def refresh(self) -> bool:
        """Whether a badge that names a refresh service is fetched again, once, after its proof is good."""
        ...

    @property
    def endorsements_decide(self) -> bool:
        """Whether a bad endorsement makes the badge bad (the strict reading of Open Badges 3.0, section 9.1)."""
        ...

    def trusts(self, issuer: str) -> bool | None:
        """Whether badges of this issuer (its id) are trusted; None when the policy does not ask."""
        ...


@dataclass(frozen=True, slots=True)
class TrustedIssuers:
    """Trusts exactly these issuers, by id. An empty list trusts nobody.

    Args:
        issuers: Issuer ids, compared character by character.
        refresh: See ``Policy``.
        endorsements_decide: See ``Policy``.
    """

    issuers: Iterable[str]
    refresh: bool = field(default=False, kw_only=True)
    endorsements_decide: bool = field(default=False, kw_only=True)

    def __post_init__(self) -> None:
        listed = (self.issuers,) if isinstance(self.issuers, str) else self.issuers
        object.__setattr__(self, "issuers", frozenset(listed))

    def trusts(self, issuer: str) -> bool:
        """Whether ``issuer`` is one of the list."""
        return issuer in frozenset(self.issuers)


@dataclass(frozen=True, slots=True, kw_only=True)
class AnyIssuer:
    """Does not ask who issued the badge: anybody's good signature passes, and the report says that it was not asked."""

    refresh: bool = False
    endorsements_decide: bool = False

    def trusts(self, issuer: str) -> None:  # noqa: ARG002 - the question is not asked
        """No opinion."""
        return
