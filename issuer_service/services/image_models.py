"""How one of the site's pictures stands in a badge: the same everywhere, for two objects may not share an id."""

from __future__ import annotations

from issuer_service.services.tools import Tools
from openbadges import Image

__all__ = ["image_model"]


def image_model(tools: Tools, image_id: str | None) -> Image | None:
    """The picture by its address, with what it shows as caption (Open Badges 3.0, Image)."""
    if image_id is None:
        return None
    with tools.store.read() as work:
        image = work.get_image(image_id)
    return Image(id=tools.site.image_url(image_id), caption=image.alt if image is not None and image.alt else None)
