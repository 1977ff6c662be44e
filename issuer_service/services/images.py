"""Pictures of badges and logos."""

from __future__ import annotations

from dataclasses import dataclass

from issuer_service.services.affiliates import affiliate_of
from issuer_service.services.designer import Design, draw
from issuer_service.services.errors import NotFoundError
from issuer_service.services.forms import Form
from issuer_service.services.hashing import new_id
from issuer_service.services.pictures import reencoded
from issuer_service.services.records import Image
from issuer_service.services.tools import Tools

__all__ = ["Images"]


@dataclass(frozen=True, slots=True)
class Images:
    """Use cases about pictures. Whatever comes in, a PNG made here is kept, under a random name."""

    tools: Tools

    def add_upload(self, affiliate_id: str, data: bytes, filename: str, alt: str) -> Image:
        """Keep a PNG, JPEG or SVG that was sent, drawn anew.

        Args:
            affiliate_id: Whose picture it is.
            data: The file.
            filename: What it was called; not used for anything, so that it cannot do anything.
            alt: What it shows, for people who do not see it.

        Raises:
            InvalidError: Why it cannot be used, or nothing is said about what it shows.
        """
        del filename
        text = _alt(alt)
        return self._keep(affiliate_id, reencoded(data), text)

    def add_design(self, affiliate_id: str, design: Design) -> Image:
        """Keep a picture of the built-in designer.

        Raises:
            InvalidError: It cannot be drawn, or nothing is said about what it shows.
        """
        text = _alt(design.alt)
        return self._keep(affiliate_id, draw(design), text)

    def get(self, image_id: str) -> Image:
        """A picture, for everybody.

        Raises:
            NotFoundError: There is none.
        """
        with self.tools.store.read() as work:
            image = work.get_image(image_id)
        if image is None:
            raise NotFoundError("image.not_found")
        return image

    def is_own(self, affiliate_id: str, image_id: str) -> bool:
        """Whether it is one of the affiliate's pictures; of others' nothing is told."""
        if not image_id.isalnum():
            return False
        with self.tools.store.read() as work:
            image = work.get_image(image_id)
        return image is not None and image.affiliate_id == affiliate_id

    def _keep(self, affiliate_id: str, png: bytes, alt: str) -> Image:
        image = Image(id=new_id(), affiliate_id=affiliate_id, png=png, alt=alt, created_at=self.tools.now())
        with self.tools.store.write() as work:
            affiliate_of(work, affiliate_id)
            work.save_image(image)
        return image


def _alt(alt: str) -> str:
    form = Form({"alt": alt}, ("alt",))
    text = form.text("alt", longest=300, required=True)
    form.finish()
    return text
