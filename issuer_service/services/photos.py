"""Reading a QR code from a photo."""

from __future__ import annotations

import io

from issuer_service.services.errors import InvalidError
from issuer_service.services.pictures import drawn_svg, is_svg

__all__ = ["decode_qr"]

_MOST_BYTES = 15 * 1024 * 1024
_MOST_PIXELS = 64_000_000  # the largest telephone cameras, whose pictures are JPEG and are never decoded whole
_MOST_DECODED = 16_000_000  # pixels in memory, at four bytes each
_WORK_SIZE = 2_400  # pixels a side; a badge's code has about 60 modules
_FORMATS = ("PNG", "JPEG", "WEBP")


def decode_qr(data: bytes) -> str:
    """The text of the QR code in a photo, a screenshot, or an SVG such as this site offers; as a camera would see it.

    Raises:
        InvalidError: Not a picture that can be read, or no code is found in it.
    """
    if not is_svg(data):
        return _code_in(data, "photo.no_code")
    try:
        drawn = drawn_svg(data)
    except InvalidError as error:
        raise InvalidError.of("file", "photo.svg") from error
    return _code_in(drawn, "photo.svg")


def _code_in(data: bytes, without: str) -> str:
    import zxingcpp  # noqa: PLC0415 - only where a photo is read
    from PIL import Image, ImageOps  # noqa: PLC0415

    if len(data) > _MOST_BYTES:
        raise InvalidError.of("file", "photo.too_large", most=_MOST_BYTES // (1024 * 1024))
    try:
        with Image.open(io.BytesIO(data), formats=_FORMATS) as opened:
            if opened.width * opened.height > _MOST_PIXELS:
                raise InvalidError.of("file", "photo.too_many_pixels", most=_MOST_PIXELS // 1_000_000)
            opened.draft("L", (_WORK_SIZE, _WORK_SIZE))  # JPEG: decodes straight to a smaller picture
            if opened.width * opened.height > _MOST_DECODED:
                raise InvalidError.of("file", "photo.too_many_pixels", most=_MOST_DECODED // 1_000_000)
            opened.thumbnail((_WORK_SIZE, _WORK_SIZE))
            picture = ImageOps.exif_transpose(opened).convert("RGBA")
    except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError) as error:
        raise InvalidError.of("file", "photo.unreadable") from error
    sheet = Image.new("RGBA", picture.size, "white")
    sheet.alpha_composite(picture)
    grey = sheet.convert("L")
    formats = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
    texts = [code.text for code in zxingcpp.read_barcodes(grey, formats=formats) if code.valid]
    if not texts:
        raise InvalidError.of("file", without)
    return next((text for text in texts if text.startswith(("http", "eyJ", "{"))), texts[0])
