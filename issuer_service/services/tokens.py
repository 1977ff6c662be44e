"""API tokens: 256 random bits, shown once, kept as a hash (S-TOK-1)."""

from __future__ import annotations

import hmac
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from types import MappingProxyType

from issuer_service.services.errors import NotFoundError
from issuer_service.services.forms import Form
from issuer_service.services.hashing import fingerprint, new_id, new_secret
from issuer_service.services.records import AffiliateState, ApiToken
from issuer_service.services.sentences import N_
from issuer_service.services.tools import Tools

__all__ = ["SCOPES", "VC_API_SCOPE", "Tokens"]

SCOPES: Mapping[str, str] = MappingProxyType(
    {
        "profile:read": N_("Read the issuer's profile"),
        "profile:write": N_("Change the issuer's profile"),
        "achievements:read": N_("Read achievements"),
        "achievements:write": N_("Make and change achievements"),
        "frameworks:read": N_("Read skill frameworks"),
        "frameworks:write": N_("Bring frameworks in and change the local layer"),
        "awards:read": N_("Read awards and statistics"),
        "awards:write": N_("Give, withdraw and replace badges"),
        "awards:erase": N_("Erase badges at the wish of the person they were given to"),
        "members:write": N_("Invite members, change their roles and remove them"),
    }
)
VC_API_SCOPE = "vc-api"  # never given together with another
LONGEST_DAYS = 400
_FORM = re.compile(r"obk_([A-Za-z0-9]{12})_([A-Za-z0-9_-]{43})")
_LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"  # of the part by which a token is found: told apart when read aloud
_SEEN_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Tokens:
    """Use cases about API tokens."""

    tools: Tools

    def create(
        self, affiliate_id: str, name: str, scopes: Iterable[str], days: int | None, *, seed: str = ""
    ) -> tuple[str, ApiToken]:
        """A new token; the secret is shown now and never again.

        Args:
            affiliate_id: Whose token it is.
            name: For whom or what, so that one knows later which to revoke.
            scopes: Some of ``SCOPES``, or ``VC_API_SCOPE`` alone.
            days: How long it works, at most 400.
            seed: With that of a token that works, that one is shown again (S-IDEM-1).

        Raises:
            InvalidError: No name, no scope, an unknown scope, or too long.
        """
        wanted = tuple(dict.fromkeys(scopes))
        form = Form({"name": name, "days": days}, ("name", "days"))
        label = form.text("name", longest=100, required=True)
        lifetime = form.number("days", least=1, most=LONGEST_DAYS)
        if days is None:
            form.refuse("days", "field.number", least=1, most=LONGEST_DAYS)
        if not wanted or (set(wanted) - set(SCOPES) and wanted != (VC_API_SCOPE,)):
            form.refuse("scopes", "field.choice", allowed=", ".join(SCOPES))
        form.finish()
        bare, now = new_secret(seed), self.tools.now()
        prefix = "".join(_LETTERS[byte % len(_LETTERS)] for byte in bytes.fromhex(fingerprint(f"prefix {bare}"))[:12])
        secret = f"obk_{prefix}_{bare}"
        token = ApiToken(
            id=new_id(seed),
            affiliate_id=affiliate_id,
            name=label,
            prefix=prefix,
            secret_hash=fingerprint(secret),
            scopes=wanted,
            created_at=now,
            expires_at=now + timedelta(days=lifetime or 1),
        )
        with self.tools.store.write() as work:
            there = work.token_by_prefix(prefix) if seed else None
            if there is None:
                work.save_token(token)
        if there is not None and (there.revoked_at is not None or there.expires_at <= now):
            return self.create(affiliate_id, name, scopes, days)
        return secret, there or token

    def authenticate(self, secret: str) -> ApiToken | None:
        """The token this secret belongs to, None when it is unknown, revoked or too old, or its affiliate is closed."""
        form = _FORM.fullmatch(secret)
        if form is None:
            return None
        now = self.tools.now()
        with self.tools.store.read() as work:
            token = work.token_by_prefix(form[1])
            affiliate = work.get_affiliate(token.affiliate_id) if token else None
        good = hmac.compare_digest(fingerprint(secret), token.secret_hash if token else fingerprint(""))
        if token is None or not good or token.revoked_at is not None or token.expires_at <= now:
            return None
        if VC_API_SCOPE not in token.scopes and (affiliate is None or affiliate.state is AffiliateState.CLOSED):
            return None
        return self._seen(token) if token.last_used_at is None or now - token.last_used_at >= _SEEN_EVERY else token

    def _seen(self, token: ApiToken) -> ApiToken | None:
        with self.tools.store.write() as work:
            fresh = work.token_by_prefix(token.prefix)
            if fresh is None or fresh.revoked_at is not None:  # revoked since it was read
                return None
            fresh = replace(fresh, last_used_at=self.tools.now())
            work.save_token(fresh)
        return fresh

    def revoke(self, affiliate_id: str, token_id: str) -> ApiToken:
        """Make a token worthless, from the next request on.

        Raises:
            NotFoundError: Not a token of this affiliate.
        """
        with self.tools.store.write() as work:
            token = next((one for one in work.tokens_of(affiliate_id) if one.id == token_id), None)
            if token is None:
                raise NotFoundError("token.not_found")
            if token.revoked_at is None:
                token = replace(token, revoked_at=self.tools.now())
                work.save_token(token)
        return token

    def all(self, affiliate_id: str) -> Sequence[ApiToken]:
        """The affiliate's tokens, newest first."""
        with self.tools.store.read() as work:
            return sorted(work.tokens_of(affiliate_id), key=lambda token: token.created_at, reverse=True)
