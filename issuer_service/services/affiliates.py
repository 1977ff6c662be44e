"""Issuers: their profile, their approval, and what they publish about themselves."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from issuer_service.services.errors import ConflictError, NotFoundError
from issuer_service.services.forms import Form
from issuer_service.services.hashing import new_id
from issuer_service.services.image_models import image_model
from issuer_service.services.ports import UnitOfWork
from issuer_service.services.records import (
    Affiliate,
    AffiliateState,
    KeyState,
    Membership,
    Role,
    SigningKeyRecord,
)
from issuer_service.services.tools import Tools
from openbadges import Profile, PublicKey
from openbadges.dids import did_key_document, did_web_document, did_web_from_url, jwks
from openbadges.errors import OpenBadgesError

__all__ = ["FIELDS", "Affiliates", "affiliate_of", "approved_affiliate", "is_key_row"]

FIELDS = (
    "name",
    "slug",
    "description",
    "url",
    "email",
    "place",
    "language",
    "accent",
    "recipient_prefix",
    "undo_minutes",
)
MOST_UNDO_MINUTES = 24 * 60
_COLOUR = re.compile(r"#[0-9a-f]{6}")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Affiliates:
    """Use cases about issuers."""

    tools: Tools

    def create(self, fields: Mapping[str, Any], *, owner_id: str | None = None, seed: str = "") -> Affiliate:
        """A new issuer; an operator has to approve it before it can issue.

        Args:
            fields: Values by name, those of ``FIELDS``; only ``name`` has to be there.
            owner_id: The account that becomes its owner.
            seed: With that of an issuer that is there, that one is given back (S-IDEM-1).

        Raises:
            InvalidError: Something cannot be used; nothing was kept.
        """
        affiliate = Affiliate(id=new_id(seed), slug="", name="", created_at=self.tools.now())
        with self.tools.store.write() as work:
            there = work.get_affiliate(affiliate.id)
            if there is not None:
                return there
            affiliate = _filled(affiliate, {"name": "", **fields}, work)
            if not affiliate.slug:
                affiliate = replace(affiliate, slug=_free_slug(affiliate, work))
            work.save_affiliate(affiliate)
            if owner_id is not None:
                work.save_membership(Membership(user_id=owner_id, affiliate_id=affiliate.id, role=Role.OWNER))
        return affiliate

    def update(
        self, affiliate_id: str, fields: Mapping[str, Any], *, before: Callable[[Affiliate], None] | None = None
    ) -> Affiliate:
        """Change what is named in ``fields``. What was issued keeps what it was signed with.

        Args:
            affiliate_id: Which one.
            fields: New values by name.
            before: Called with what is there, in the same transaction; refuses by raising.

        Raises:
            InvalidError: Something cannot be used. The slug is fixed once keys were made: it is part of addresses.
        """
        with self.tools.store.write() as work:
            affiliate = affiliate_of(work, affiliate_id)
            if before is not None:
                before(affiliate)
            affiliate = _filled(affiliate, fields, work)
            work.save_affiliate(affiliate)
        return affiliate

    def check(self, affiliate_id: str, fields: Mapping[str, Any]) -> None:
        """Only say whether ``update`` would take these.

        Raises:
            InvalidError: Something cannot be used.
        """
        with self.tools.store.read() as work:
            _filled(affiliate_of(work, affiliate_id), fields, work)

    def set_logo(self, affiliate_id: str, image_id: str | None) -> Affiliate:
        """Use one of the affiliate's pictures as its logo."""
        with self.tools.store.write() as work:
            affiliate = affiliate_of(work, affiliate_id)
            image = work.get_image(image_id) if image_id else None
            if image_id and (image is None or image.affiliate_id != affiliate_id):
                raise NotFoundError("image.not_found")
            affiliate = replace(affiliate, logo_id=image_id)
            work.save_affiliate(affiliate)
        return affiliate

    def approve(self, affiliate_id: str) -> Affiliate:
        """Let an issuer issue. The first time its keys are made and it gets its id.

        The id is a did:web of this site when that is reached over https under a name, else a did:key.

        Raises:
            ConflictError: Somebody approved it at the same moment.
            NotFoundError: There is no such issuer; the rows that keep keys of a VC-API instance are none.
        """
        affiliate = self.get(affiliate_id)
        if is_key_row(affiliate):
            raise NotFoundError("affiliate.not_found")
        key = None
        if affiliate.issuer_id is None:
            key = self.tools.keystore.make(affiliate.id, self._did_web(affiliate))
        with self.tools.store.write() as work:
            affiliate = affiliate_of(work, affiliate_id)
            if key is not None:
                if affiliate.issuer_id is not None:
                    raise ConflictError("affiliate.changed")
                affiliate = replace(affiliate, issuer_id=key.verification_method.partition("#")[0])
            affiliate = replace(affiliate, state=AffiliateState.APPROVED)
            work.save_affiliate(affiliate)
            if key is not None:
                work.save_key(key)
        return affiliate

    def close(self, affiliate_id: str) -> Affiliate:
        """Stop an issuer from issuing. Its badges, keys and lists stay where they are."""
        with self.tools.store.write() as work:
            affiliate = replace(affiliate_of(work, affiliate_id), state=AffiliateState.CLOSED)
            work.save_affiliate(affiliate)
        return affiliate

    def get(self, affiliate_id: str) -> Affiliate:
        """The affiliate with this id.

        Raises:
            NotFoundError: There is none.
        """
        with self.tools.store.read() as work:
            return affiliate_of(work, affiliate_id)

    def by_slug(self, slug: str) -> Affiliate:
        """The affiliate at this address, whatever its state.

        Raises:
            NotFoundError: There is none.
        """
        with self.tools.store.read() as work:
            affiliate = work.affiliate_by_slug(slug)
        if affiliate is None:
            raise NotFoundError("affiliate.not_found")
        return affiliate

    def all(self, state: AffiliateState | None = None) -> Sequence[Affiliate]:
        """Every affiliate, or those in one state."""
        with self.tools.store.read() as work:
            found = work.list_affiliates()
        return [affiliate for affiliate in found if state in (None, affiliate.state) and not is_key_row(affiliate)]

    # what it publishes

    def keys(self, affiliate: Affiliate) -> Sequence[SigningKeyRecord]:
        """Its keys, oldest first."""
        with self.tools.store.read() as work:
            return sorted(work.keys_of(affiliate.id), key=lambda key: key.created_at)

    def did_document(self, affiliate: Affiliate) -> dict[str, Any]:
        """Its DID document. Retired keys stay in it; compromised ones do not.

        Raises:
            NotFoundError: It has no keys yet.
        """
        issuer_id = _issuer_id(affiliate)
        current, retired = self._published(affiliate)
        if issuer_id.startswith("did:key:"):
            return did_key_document(PublicKey.from_multikey(issuer_id.removeprefix("did:key:")))
        return did_web_document(issuer_id, current, retired)

    def jwks(self, affiliate: Affiliate) -> dict[str, Any]:
        """The same keys as a JWK Set, for those who check tokens.

        Raises:
            NotFoundError: It has no keys yet.
        """
        issuer_id = _issuer_id(affiliate)
        current, retired = self._published(affiliate)
        return jwks([*current, *retired], controller=issuer_id)

    def profile(self, affiliate: Affiliate) -> Profile:
        """The issuer as it stands in a badge.

        Raises:
            NotFoundError: It has no keys yet, and so no id.
        """
        site = self.tools.site
        return Profile(
            id=_issuer_id(affiliate),
            name=affiliate.name,
            url=affiliate.url or site.issuer_url(affiliate.slug),
            description=affiliate.description or None,
            email=affiliate.email or None,
            image=image_model(self.tools, affiliate.logo_id),
        )

    def _published(self, affiliate: Affiliate) -> tuple[list[PublicKey], list[PublicKey]]:
        keys = self.keys(affiliate)
        current, retired = (
            [PublicKey.from_multikey(key.public_multikey) for key in keys if key.state is state]
            for state in (KeyState.ACTIVE, KeyState.RETIRED)
        )
        return current, retired

    def _did_web(self, affiliate: Affiliate) -> str | None:
        if not self.tools.site.did_web:
            return None
        try:
            return did_web_from_url(self.tools.site.issuer_url(affiliate.slug))
        except OpenBadgesError:  # no https, or an address instead of a name
            return None


def affiliate_of(work: UnitOfWork, affiliate_id: str) -> Affiliate:
    """The affiliate, inside a transaction.

    Raises:
        NotFoundError: There is none.
    """
    affiliate = work.get_affiliate(affiliate_id)
    if affiliate is None:
        raise NotFoundError("affiliate.not_found")
    return affiliate


def is_key_row(affiliate: Affiliate) -> bool:
    """Whether this row keeps keys of a VC-API instance and is no affiliate, whose slug never holds a dot."""
    return "." in affiliate.slug


def approved_affiliate(work: UnitOfWork, affiliate_id: str) -> Affiliate:
    """The affiliate, if it may issue.

    Raises:
        ConflictError: An operator has not approved it, or it is closed.
    """
    affiliate = affiliate_of(work, affiliate_id)
    if affiliate.state is not AffiliateState.APPROVED:
        raise ConflictError("affiliate.not_approved")
    return affiliate


def _issuer_id(affiliate: Affiliate) -> str:
    if affiliate.issuer_id is None:
        raise NotFoundError("affiliate.no_keys")
    return affiliate.issuer_id


def _filled(affiliate: Affiliate, fields: Mapping[str, Any], work: UnitOfWork) -> Affiliate:
    form = Form(fields, FIELDS)
    read: Mapping[str, Any] = {
        "name": lambda: form.text("name", longest=120, required=True),
        "slug": lambda: _slug(form, affiliate, work),
        "description": lambda: form.text("description", longest=2_000, lines=True),
        "url": lambda: form.web_address("url"),
        "email": lambda: form.email("email"),
        "place": lambda: form.text("place", longest=120),
        "language": lambda: form.language("language"),
        "accent": lambda: _accent(form),
        "recipient_prefix": lambda: form.text("recipient_prefix", longest=200),
        "undo_minutes": lambda: form.number("undo_minutes", least=0, most=MOST_UNDO_MINUTES),
    }
    values = {name: read[name]() for name in FIELDS if form.has(name)}
    form.finish()
    return replace(affiliate, **{name: value for name, value in values.items() if value is not None})


def _accent(form: Form) -> str:
    """A colour on which white letters can be read (WCAG 2.2, 1.4.3)."""
    colour = (form.text("accent", longest=7) or "#2a4b8d").lower()
    if not _COLOUR.fullmatch(colour):
        form.refuse("accent", "field.colour")
    elif 1.05 / (_luminance(colour) + 0.05) < 4.5:
        form.refuse("accent", "field.colour_light")
    return colour


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _slug(form: Form, affiliate: Affiliate, work: UnitOfWork) -> str:
    slug = form.text("slug", longest=40)
    if slug == affiliate.slug:
        return slug
    if affiliate.issuer_id is not None:
        form.refuse("slug", "affiliate.slug_fixed")
    elif slug and not _SLUG.fullmatch(slug):
        form.refuse("slug", "affiliate.slug_form")
    elif slug and work.affiliate_by_slug(slug) is not None:
        form.refuse("slug", "affiliate.slug_taken")
    return slug


def _free_slug(affiliate: Affiliate, work: UnitOfWork) -> str:
    """A slug from the name: its Latin letters, or a part of the id when it has none."""
    plain = unicodedata.normalize("NFKD", affiliate.name).encode("ascii", "ignore").decode("ascii").lower()
    slug = "-".join(re.findall(r"[a-z0-9]+", plain))[:32].strip("-")
    if len(slug) < 3:
        slug = f"issuer-{affiliate.id[:6]}"
    return f"{slug}-{affiliate.id[:6]}" if work.affiliate_by_slug(slug) is not None else slug
