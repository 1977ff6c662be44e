"""QR codes of an address, as a small SVG and as a PNG; always black on white, or scanners fail."""

from __future__ import annotations

import io

__all__ = ["qr_png", "qr_svg"]

_QUIET = 4  # modules of white around it (ISO/IEC 18004, section 5.3.8)
_PIXELS = 12  # a module


def qr_svg(text: str) -> bytes:
    """One path of runs, without width and height: it takes the size that the page gives it."""
    rows = _matrix(text)
    runs = [f"M{x} {y}h{length}v1h-{length}z" for y, row in enumerate(rows) for x, length in _runs(row)]
    size = len(rows)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" shape-rendering="crispEdges">'
        f'<path fill="#fff" d="M0 0h{size}v{size}H0z"/><path d="{"".join(runs)}"/></svg>'
    ).encode("ascii")


def qr_png(text: str) -> bytes:
    """Black and white, one bit a pixel."""
    from PIL import Image  # noqa: PLC0415 - only where a picture is asked for

    rows = _matrix(text)
    picture = Image.new("1", (len(rows), len(rows)), 1)
    for y, row in enumerate(rows):
        for x, dark in enumerate(row):
            if dark:
                picture.putpixel((x, y), 0)
    side = len(rows) * _PIXELS
    out = io.BytesIO()
    picture.resize((side, side), Image.Resampling.NEAREST).save(out, "PNG", optimize=True)
    return out.getvalue()


def _matrix(text: str) -> list[list[bool]]:
    import qrcode  # noqa: PLC0415 - only where a code is asked for
    from qrcode.constants import ERROR_CORRECT_M  # noqa: PLC0415

    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=_QUIET)
    code.add_data(text)
    code.make(fit=True)
    return [[bool(cell) for cell in row] for row in code.get_matrix()]


def _runs(row: list[bool]) -> list[tuple[int, int]]:
    """Start and length of each run of dark modules."""
    found: list[tuple[int, int]] = []
    for x, dark in enumerate(row):
        if dark and found and sum(found[-1]) == x:
            found[-1] = (found[-1][0], found[-1][1] + 1)
        elif dark:
            found.append((x, 1))
    return found
