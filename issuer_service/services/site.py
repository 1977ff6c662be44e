"""Where this site is, and the addresses it gives out. Nothing else builds an address (S-HOST-1)."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from urllib.parse import urlsplit

__all__ = ["Site"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """The site as configured.

    Attributes:
        base_url: Scheme and host, with a path where it lies under one, without a slash at the end.
        name: What the site calls itself.
        did_web: Whether affiliates may get a did:web; it also needs https and a named host.
    """

    base_url: str
    name: str = "Badges"
    did_web: bool = True

    def __post_init__(self) -> None:
        object.__setattr__(self, "base_url", self.base_url.rstrip("/"))

    @property
    def is_https(self) -> bool:
        """Whether the site is reached over https."""
        return urlsplit(self.base_url).scheme == "https"

    def issuer_url(self, slug: str) -> str:
        """The page of an affiliate; ``/did.json`` and ``/jwks.json`` lie under it."""
        return f"{self.base_url}/issuers/{slug}"

    def achievement_url(self, achievement_id: str) -> str:
        """The id of an achievement in a badge, and its page."""
        return f"{self.base_url}/achievements/{achievement_id}"

    def image_url(self, image_id: str) -> str:
        """A picture, PNG."""
        return f"{self.base_url}/images/{image_id}.png"

    def award_url(self, award_id: str) -> str:
        """The public page of a badge."""
        return f"{self.base_url}/b/{award_id}"

    def recipient_url(self, secret: str) -> str:
        """The private page of a recipient."""
        return f"{self.base_url}/r/{secret}"

    def join_url(self, secret: str) -> str:
        """The page on which an invitation is accepted."""
        return f"{self.base_url}/desk/join/{secret}"

    def reset_url(self, secret: str) -> str:
        """The page on which a new password is chosen."""
        return f"{self.base_url}/desk/reset/{secret}"

    def status_url(self, list_id: str) -> str:
        """A status list."""
        return f"{self.base_url}/status/{list_id}"

    def path_of(self, url: str) -> str | None:
        """The path of an address below this site's, ``None`` for one elsewhere; query and fragment are cut off.

        Scheme and host are compared without regard to case and with the port written out or not.
        """
        asked, own = _origin(url), _origin(self.base_url)
        if asked is None or own is None or asked[:3] != own[:3] or not asked[3].startswith(f"{own[3]}/"):
            return None
        return asked[3][len(own[3]) :]


def _origin(url: str) -> tuple[str, str | None, int | None, str] | None:
    try:
        parts = urlsplit(url)
        return parts.scheme, parts.hostname, parts.port or _PORTS.get(parts.scheme), parts.path
    except ValueError:
        return None


_PORTS = MappingProxyType({"http": 80, "https": 443})
