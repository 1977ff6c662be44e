"""Issuers for everybody: their page, their keys, their status lists."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from flask import Response, abort, g, render_template

from issuer_service.services.records import AchievementState, Affiliate, AffiliateState
from issuer_service.web.security import kept, open_to_all
from issuer_service.web.words import locale

__all__ = ["did_document", "issuer", "key_set", "status_list"]

_MINUTE = 60


def issuer(slug: str) -> str:
    """Who an issuer is and what it gives."""
    affiliate = _public(slug)
    held = g.services.achievements.all(affiliate.id, (AchievementState.PUBLISHED,))
    tags = [str(locale())]
    return render_template(
        "public/issuer.html",
        affiliate=affiliate,
        accent=affiliate.accent,
        offered=[(one, g.services.achievements.in_language(one.version, tags)) for one in held],
    )


def did_document(slug: str) -> Response:
    """The DID document of an issuer (did:web), readable from anywhere."""
    return _document(g.services.affiliates.did_document(_public(slug)), "application/did+json")


def key_set(slug: str) -> Response:
    """The same keys as a JWK Set."""
    return _document(g.services.affiliates.jwks(_public(slug)), "application/jwk-set+json")


def status_list(list_id: str) -> Response:
    """A signed status list. Copies are good for a minute, then asked about with the tag."""
    found = g.services.status_lists.current(list_id)
    answer = Response(found.text, content_type=found.media_type)
    answer.set_etag(found.etag)
    answer.last_modified = found.signed_at
    return open_to_all(kept(answer, f"public, max-age={_MINUTE}, must-revalidate"))


def _public(slug: str) -> Affiliate:
    """The issuer if it was ever approved; a closed one stays, because its badges do."""
    affiliate: Affiliate = g.services.affiliates.by_slug(slug)
    if affiliate.state is AffiliateState.PENDING or affiliate.issuer_id is None:
        abort(404)
    return affiliate


def _document(document: Mapping[str, Any], media_type: str) -> Response:
    answer = Response(json.dumps(document, ensure_ascii=False, indent=1), content_type=media_type)
    return open_to_all(kept(answer, f"public, max-age={5 * _MINUTE}"))
