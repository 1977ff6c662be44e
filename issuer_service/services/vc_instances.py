"""Instances of the VC-API: keys of their own that sign what a caller hands in, and never an affiliate's badge.

This is the one exception to S-KEY-3; it exists only where the operator turned the VC-API on and made an instance.

For each type of key an instance has one row among the affiliates. Its slug holds a dot, which no affiliate's slug can
(so none can be taken for the other), it is closed (so no badge can be given in its name) and has no issuer id (so no
verification takes it for an issuer of this site).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from issuer_service.services.errors import ConflictError, InvalidError, NotFoundError
from issuer_service.services.hashing import new_id
from issuer_service.services.records import Affiliate, AffiliateState, ApiToken, SigningKeyRecord
from issuer_service.services.sentences import Sentence
from issuer_service.services.signing import active_key
from issuer_service.services.status_lists import take_entries
from issuer_service.services.tokens import VC_API_SCOPE, Tokens
from issuer_service.services.tools import Tools
from issuer_service.services.vc_credentials import read_suite, secured, with_issuer, with_status
from openbadges.status import BitstringStatusListEntry

__all__ = ["KINDS", "NewInstance", "VcInstances", "is_instance"]

KINDS = ("Ed25519", "P-256", "P-384")
_PREFIX = "vc-api."
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_DAYS = 365


@dataclass(frozen=True, slots=True, kw_only=True)
class NewInstance:
    """What is told once, when an instance is made.

    Attributes:
        dids: Its did:key for each type of key.
        token: The secret of a token with the scope ``vc-api``; it is not kept.
    """

    slug: str
    dids: Mapping[str, str]
    token: str


def is_instance(affiliate: Affiliate) -> bool:
    """Whether this row keeps keys of a VC-API instance and is no affiliate."""
    return affiliate.slug.startswith(_PREFIX)


@dataclass(frozen=True, slots=True)
class VcInstances:
    """Use cases about VC-API instances."""

    tools: Tools

    def create(self, slug: str, *, days: int = _DAYS) -> NewInstance:
        """A new instance with a key of each type and a token.

        Args:
            slug: Its name in addresses: small letters, digits and single hyphens, at most 40.
            days: How long the token works.

        Raises:
            InvalidError: The name cannot be used.
            ConflictError: There is such an instance already.
        """
        if not _SLUG.fullmatch(slug) or len(slug) > 40:
            raise InvalidError([("slug", Sentence("affiliate.slug_form"))])
        now = self.tools.now()
        owners = {kind: _owner(slug, kind, now) for kind in KINDS}
        keys = {kind: self.tools.keystore.make(owner.id, None, kind) for kind, owner in owners.items()}
        with self.tools.store.write() as work:
            for kind, owner in owners.items():
                if work.affiliate_by_slug(owner.slug) is not None:
                    raise ConflictError("affiliate.slug_taken")
                work.save_affiliate(owner)
                work.save_key(keys[kind])
        secret, _ = Tokens(self.tools).create(owners[KINDS[0]].id, f"VC-API {slug}", [VC_API_SCOPE], days)
        return NewInstance(
            slug=slug, dids=MappingProxyType({kind: _did(key) for kind, key in keys.items()}), token=secret
        )

    def new_token(self, slug: str, *, days: int = _DAYS) -> tuple[str, ApiToken]:
        """Another token of an instance.

        Raises:
            NotFoundError: There is no such instance.
        """
        with self.tools.store.read() as work:
            owner = work.affiliate_by_slug(_row(slug, KINDS[0]))
        if owner is None:
            raise NotFoundError("affiliate.not_found")
        return Tokens(self.tools).create(owner.id, f"VC-API {slug}", [VC_API_SCOPE], days)

    def all(self) -> Sequence[str]:
        """The slugs of the instances."""
        with self.tools.store.read() as work:
            rows = [one.slug for one in work.list_affiliates() if is_instance(one)]
        return sorted({row.removeprefix(_PREFIX).rpartition(".")[0] for row in rows})

    def issue(
        self, token: ApiToken, slug: str, suite: str, credential: Mapping[str, Any], options: Mapping[str, Any]
    ) -> dict[str, Any]:
        """Sign a credential that the caller made, in the name of the instance.

        Args:
            token: Whose; it has to be one of this instance.
            slug: The instance.
            suite: Name of a cryptosuite or ``vc-jwt``; a type of key and ``status`` may follow, each after a colon.
            credential: What is signed; its issuer becomes the instance's DID.
            options: ``mandatoryPointers`` for selective disclosure.

        Returns:
            The secured credential; an EnvelopedVerifiableCredential for ``vc-jwt``.

        Raises:
            NotFoundError: No such instance, or one of another token.
            OpenBadgesError: It is malformed, or the library refuses to sign it.
        """
        wanted = read_suite(suite)
        owner_id, key = self._key(token, slug, wanted.kind)
        document = with_issuer(credential, _did(key))
        if wanted.status:
            document = with_status(document, self._entry(owner_id))
        signer = self.tools.keystore.signer(key)
        return secured(document, wanted, signer, self.tools.clock, options)

    def _key(self, token: ApiToken, slug: str, kind: str) -> tuple[str, SigningKeyRecord]:
        with self.tools.store.read() as work:
            first = work.affiliate_by_slug(_row(slug, KINDS[0]))
            owner = work.affiliate_by_slug(_row(slug, kind))
            if first is None or owner is None or first.id != token.affiliate_id or not _is_untouched(owner):
                raise NotFoundError("affiliate.not_found")
            return owner.id, active_key(work, owner.id)

    def _entry(self, owner_id: str) -> dict[str, Any]:
        with self.tools.store.write() as work:
            ((list_id, index),) = take_entries(work, self.tools.now(), owner_id, "revocation", [new_id()])
        entry = BitstringStatusListEntry(
            status_purpose="revocation",
            status_list_index=index,
            status_list_credential=self.tools.site.status_url(list_id),
        )
        return dict(entry.to_document())


def _is_untouched(owner: Affiliate) -> bool:
    """False once somebody approved the row as an issuer: its keys could sign badges then, so they sign nothing here."""
    return owner.state is AffiliateState.CLOSED and owner.issuer_id is None


def _row(slug: str, kind: str) -> str:
    return f"{_PREFIX}{slug}.{kind.lower()}"


def _owner(slug: str, kind: str, now: Any) -> Affiliate:
    return Affiliate(
        id=new_id(),
        slug=_row(slug, kind),
        name=f"VC-API {slug} ({kind})",
        state=AffiliateState.CLOSED,
        created_at=now,
    )


def _did(key: SigningKeyRecord) -> str:
    return key.verification_method.partition("#")[0]
