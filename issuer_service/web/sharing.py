"""Addresses and snippets that carry a badge elsewhere. Nothing here talks to anybody."""

from __future__ import annotations

from datetime import datetime
from html import escape
from urllib.parse import urlencode

__all__ = ["embed_snippet", "linkedin_url"]


def linkedin_url(  # noqa: PLR0913 - one keyword for each field of the form
    *, name: str, issuer: str, address: str, badge_id: str, awarded: datetime, ends: datetime | None
) -> str:
    """LinkedIn's form for a certification with every field filled in."""
    fields = {
        "startTask": "CERTIFICATION_NAME",
        "name": name,
        "organizationName": issuer,
        "issueYear": awarded.year,
        "issueMonth": awarded.month,
        "certUrl": address,
        "certId": badge_id,
    }
    if ends is not None:
        fields |= {"expirationYear": ends.year, "expirationMonth": ends.month}
    return f"https://www.linkedin.com/profile/add?{urlencode(fields)}"


def embed_snippet(*, name: str, address: str) -> str:
    """A linked picture: no frame, no script, works on any page."""
    url, text = escape(address), escape(name)
    return f'<a href="{url}"><img src="{url}.png" alt="{text}" width="160" height="160"></a>'
