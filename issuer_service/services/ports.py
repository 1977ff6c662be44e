"""What use cases need from outside: storage, keys, time and randomness. Adapters implement these; tests may too."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from issuer_service.services.framework_ports import FrameworkStore
from issuer_service.services.records import (
    Achievement,
    AchievementVersion,
    Affiliate,
    ApiToken,
    Award,
    AwardState,
    Batch,
    Image,
    KnownIssuer,
    Membership,
    OneTimeLink,
    RememberedAnswer,
    Session,
    SigningKeyRecord,
    StatusListRecord,
    User,
)
from openbadges import Signer
from openbadges.ports import Clock, Fetcher

if TYPE_CHECKING:
    from issuer_service.services.checking import Checked, Question  # which uses the ports of this module

__all__ = [
    "Checker",
    "Clock",
    "Fetcher",
    "Keystore",
    "KeystoreError",
    "Page",
    "Store",
    "StoreConflictError",
    "StoreError",
    "UnitOfWork",
]

T = TypeVar("T")


class KeystoreError(Exception):
    """A key cannot be sealed or opened; the sentence says what the operator has to do."""


class StoreError(Exception):
    """The store cannot be used now (busy, not reachable, not set up); the sentence says what the operator has to do."""


class StoreConflictError(StoreError):
    """What was written clashes with what is kept (a slug, a login, a secret twice; a row that points at nothing)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page(Generic[T]):
    """A part of a longer list."""

    items: Sequence[T]
    total: int


class Checker(Protocol):
    """Reads and checks what strangers hand in (``services.checking``), here or where it can do no harm."""

    def check(self, data: bytes | str, asked: Question, fetcher: Fetcher) -> Checked:
        """Answer a question about a badge; a bad badge is an answer too.

        Raises:
            InvalidError: It took more work than a badge ever needs.
            BusyError: Too many are checked at this moment.
        """
        ...

    def read_code(self, photo: bytes) -> str:
        """The text of the QR code in a photo.

        Raises:
            InvalidError: Not a picture that can be read, or no code is found in it.
            BusyError: Too many are checked at this moment.
        """
        ...


class Keystore(Protocol):
    """The only place that can open private keys (S-KEY-1, S-KEY-3)."""

    def make(self, affiliate_id: str, controller: str | None, kind: str = "Ed25519") -> SigningKeyRecord:
        """A new key pair, sealed. ``controller`` is the did:web of the affiliate, or None for a did:key of its own."""
        ...

    def signer(self, record: SigningKeyRecord) -> Signer:
        """Open a sealed key for signing."""
        ...


class UnitOfWork(FrameworkStore, Protocol):
    """One transaction. Every method that takes ``affiliate_id`` finds only what belongs to that affiliate (S-AZ-1).

    ``get_*`` give None for what is absent; ``save_*`` insert or replace the whole record.
    """

    # people
    def get_user(self, user_id: str) -> User | None: ...
    def user_by_login(self, login: str) -> User | None: ...
    def list_users(self) -> Sequence[User]: ...
    def save_user(self, user: User) -> None: ...
    def memberships_of(self, user_id: str) -> Sequence[Membership]: ...
    def members_of(self, affiliate_id: str) -> Sequence[Membership]: ...
    def save_membership(self, membership: Membership) -> None: ...
    def remove_membership(self, user_id: str, affiliate_id: str) -> None: ...
    def save_link(self, link: OneTimeLink) -> None: ...
    def link_by_secret(self, secret_hash: str) -> OneTimeLink | None: ...
    def use_link(self, link_id: str, at: datetime) -> bool:
        """Mark it used; False when it already was (two clicks, one account)."""
        ...

    def save_session(self, session: Session) -> None: ...
    def get_session(self, id_hash: str) -> Session | None: ...
    def remove_session(self, id_hash: str) -> None: ...
    def remove_sessions_of(self, user_id: str) -> None: ...

    # affiliates, keys, tokens
    def get_affiliate(self, affiliate_id: str) -> Affiliate | None: ...
    def affiliate_by_slug(self, slug: str) -> Affiliate | None: ...
    def affiliate_by_issuer(self, issuer_id: str) -> Affiliate | None: ...
    def list_affiliates(self) -> Sequence[Affiliate]: ...
    def save_affiliate(self, affiliate: Affiliate) -> None: ...
    def keys_of(self, affiliate_id: str) -> Sequence[SigningKeyRecord]: ...
    def save_key(self, key: SigningKeyRecord) -> None: ...
    def save_token(self, token: ApiToken) -> None: ...
    def token_by_prefix(self, prefix: str) -> ApiToken | None: ...
    def tokens_of(self, affiliate_id: str) -> Sequence[ApiToken]: ...

    # achievements
    def get_achievement(self, achievement_id: str, affiliate_id: str | None = None) -> Achievement | None: ...
    def list_achievements(self, affiliate_id: str) -> Sequence[Achievement]: ...
    def save_achievement(self, achievement: Achievement) -> None: ...
    def get_version(self, achievement_id: str, number: int) -> AchievementVersion | None: ...
    def save_version(self, version: AchievementVersion) -> None: ...
    def save_image(self, image: Image) -> None: ...
    def get_image(self, image_id: str) -> Image | None: ...

    # awards
    def save_batch(self, batch: Batch) -> None: ...
    def get_batch(self, batch_id: str, affiliate_id: str) -> Batch | None: ...
    def awards_of_batch(self, batch_id: str, *, offset: int = 0, limit: int | None = None) -> Sequence[Award]:
        """By recipient; all of them unless a part is asked for."""
        ...

    def some_waiting(self, batch_id: str, limit: int) -> Sequence[Award]:
        """Awards of a batch that wait to be signed, in no order."""
        ...

    def count_batch(self, batch_id: str) -> Mapping[AwardState, int]: ...
    def count_unsent(self, batch_id: str) -> int:
        """How many are issued or suspended, not replaced, and without a private link."""
        ...

    def due_batches(self, now: datetime) -> Sequence[Batch]:
        """Batches whose undo window is over and that still have waiting awards."""
        ...

    def get_award(self, award_id: str, affiliate_id: str | None = None) -> Award | None: ...
    def award_by_secret(self, secret_hash: str) -> Award | None: ...
    def award_at(self, list_id: str, index: int) -> Award | None:
        """The award that has this index of a status list."""
        ...

    def add_award(self, award: Award) -> None: ...
    def add_awards(self, awards: Sequence[Award]) -> None: ...
    def update_award(self, award: Award, *, was: AwardState) -> bool:
        """Write the record if its state still is ``was``; False when somebody was faster. One state change wins."""
        ...

    def find_awards(  # noqa: PLR0913 - the filters of one list, each by its name
        self,
        affiliate_id: str,
        *,
        achievement_id: str | None = None,
        batch_id: str | None = None,
        states: Sequence[AwardState] = (),
        text: str = "",
        offset: int = 0,
        limit: int = 50,
    ) -> Page[Award]:
        """Newest first; ``text`` is looked for in the recipient value."""
        ...

    def awards_to(self, affiliate_id: str, achievement_id: str, values: Sequence[str]) -> Sequence[Award]:
        """Awards of this achievement to these recipient values that wait, are issued or suspended: the duplicates."""
        ...

    def count_awards(self, affiliate_id: str) -> Mapping[tuple[str, AwardState], int]:
        """(achievement id, state) -> number, for statistics."""
        ...

    def count_all_awards(self) -> Mapping[AwardState, int]:
        """Of every affiliate, for those who run the site: numbers only."""
        ...

    def count_due(self, now: datetime) -> int:
        """How many wait although their batch's window is over."""
        ...

    # status lists
    def open_status_list(self, affiliate_id: str, purpose: str) -> StatusListRecord | None:
        """The newest list of this purpose that is less than half full."""
        ...

    def get_status_list(self, list_id: str) -> StatusListRecord | None: ...
    def save_status_list(self, record: StatusListRecord) -> None: ...
    def take_index(self, list_id: str, award_id: str, choose: Callable[[Container[int]], int]) -> int:
        """Take a random unused index in this transaction; ``choose`` gets the used ones (S-RACE-1).

        Indexes are never given twice, not even after erasure.
        """
        ...

    def take_indexes(
        self, list_id: str, award_ids: Sequence[str], choose: Callable[[Container[int]], int]
    ) -> Sequence[int]:
        """The same for many awards at once, in their order."""
        ...

    def set_indexes(self, list_id: str) -> Sequence[int]:
        """The indexes whose award is revoked or erased (revocation list) or suspended (suspension list)."""
        ...

    # operator, idempotency
    def known_issuers(self) -> Sequence[KnownIssuer]: ...
    def known_issuer(self, issuer_id: str) -> KnownIssuer | None: ...
    def save_known_issuer(self, issuer: KnownIssuer) -> None: ...
    def remove_known_issuer(self, issuer_id: str) -> None: ...
    def remembered(self, affiliate_id: str, key: str) -> RememberedAnswer | None: ...
    def remember(self, answer: RememberedAnswer) -> bool:
        """Keep it; False when this key is already kept."""
        ...

    def forget_remembered(self, before: datetime) -> None: ...
    def forget_answer(self, affiliate_id: str, key: str) -> None: ...


class Store(Protocol):
    """Opens transactions. Leaving the block commits, an exception rolls back."""

    def write(self) -> AbstractContextManager[UnitOfWork]:
        """A transaction that may write (``BEGIN IMMEDIATE`` on SQLite)."""
        ...

    def read(self) -> AbstractContextManager[UnitOfWork]:
        """A transaction that only reads."""
        ...

    def close(self) -> None:
        """Give back connections and files."""
        ...
