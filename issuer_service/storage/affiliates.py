"""Affiliates with their keys and tokens, and what the operator keeps."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete

from issuer_service.services.records import Affiliate, ApiToken, KnownIssuer, RememberedAnswer, SigningKeyRecord
from issuer_service.storage import rows
from issuer_service.storage.rows import Rows

__all__ = ["Affiliates", "Operator"]


class Affiliates(Rows):
    """Part of the unit of work; the methods are those of ``services.ports.UnitOfWork``."""

    def get_affiliate(self, affiliate_id: str) -> Affiliate | None:
        """By id."""
        return self._get(rows.AFFILIATES, id=affiliate_id)

    def affiliate_by_slug(self, slug: str) -> Affiliate | None:
        """By the name in its addresses."""
        return self._get(rows.AFFILIATES, slug=slug)

    def affiliate_by_issuer(self, issuer_id: str) -> Affiliate | None:
        """By its DID."""
        return self._get(rows.AFFILIATES, issuer_id=issuer_id)

    def list_affiliates(self) -> Sequence[Affiliate]:
        """All of them, by name."""
        columns = rows.AFFILIATES.table.c
        return self._list(rows.AFFILIATES, order=[columns.name, columns.id])

    def save_affiliate(self, affiliate: Affiliate) -> None:
        """Insert or replace."""
        self._save(rows.AFFILIATES, affiliate)

    def keys_of(self, affiliate_id: str) -> Sequence[SigningKeyRecord]:
        """Oldest first, in every state."""
        columns = rows.KEYS.table.c
        return self._list(rows.KEYS, columns.affiliate_id == affiliate_id, order=[columns.created_at, columns.id])

    def save_key(self, key: SigningKeyRecord) -> None:
        """Insert or replace."""
        self._save(rows.KEYS, key)

    def save_token(self, token: ApiToken) -> None:
        """Insert or replace."""
        self._save(rows.TOKENS, token)

    def token_by_prefix(self, prefix: str) -> ApiToken | None:
        """By its first characters; whether the secret fits is for the caller to say."""
        return self._get(rows.TOKENS, prefix=prefix)

    def tokens_of(self, affiliate_id: str) -> Sequence[ApiToken]:
        """Newest first, revoked ones too."""
        columns = rows.TOKENS.table.c
        order = [columns.created_at.desc(), columns.id]
        return self._list(rows.TOKENS, columns.affiliate_id == affiliate_id, order=order)


class Operator(Rows):
    """Known issuers and remembered answers."""

    def known_issuers(self) -> Sequence[KnownIssuer]:
        """All of them, by name."""
        columns = rows.KNOWN_ISSUERS.table.c
        return self._list(rows.KNOWN_ISSUERS, order=[columns.name, columns.issuer_id])

    def known_issuer(self, issuer_id: str) -> KnownIssuer | None:
        """By id."""
        return self._get(rows.KNOWN_ISSUERS, issuer_id=issuer_id)

    def save_known_issuer(self, issuer: KnownIssuer) -> None:
        """Insert or replace."""
        self._save(rows.KNOWN_ISSUERS, issuer)

    def remove_known_issuer(self, issuer_id: str) -> None:
        """Nothing happens when there is none."""
        self._remove(rows.KNOWN_ISSUERS, issuer_id=issuer_id)

    def remembered(self, affiliate_id: str, key: str) -> RememberedAnswer | None:
        """The answer given before."""
        return self._get(rows.REMEMBERED, affiliate_id=affiliate_id, key=key)

    def remember(self, answer: RememberedAnswer) -> bool:
        """True for the one who was first (S-IDEM-1)."""
        kept = rows.REMEMBERED
        statement = self._insert(kept.table).values(kept.values(answer)).on_conflict_do_nothing()
        return self._db.execute(statement.returning(kept.table.c.key)).first() is not None

    def forget_answer(self, affiliate_id: str, key: str) -> None:
        """Forget one; nothing happens when there is none."""
        self._remove(rows.REMEMBERED, affiliate_id=affiliate_id, key=key)

    def forget_remembered(self, before: datetime) -> None:
        """Forget what was answered before then."""
        table = rows.REMEMBERED.table
        self._db.execute(delete(table).where(table.c.created_at < before))
