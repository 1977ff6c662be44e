"""Every picture that the designer can make."""

from __future__ import annotations

import io

from PIL import Image

from issuer_service.services.designer import SHAPES, SYMBOLS, Design, draw
from issuer_service.services.symbols import SYMBOL_POLYGONS


def test_every_shape_and_symbol_is_drawn() -> None:
    assert set(SYMBOLS) == set(SYMBOL_POLYGONS)
    for shape in SHAPES:
        drawn = Image.open(io.BytesIO(draw(Design(shape=shape))))
        assert (drawn.format, drawn.size) == ("PNG", (600, 600))
    pictures = {draw(Design(symbol=symbol)) for symbol in SYMBOLS}
    assert len(pictures) == len(SYMBOLS)
    assert draw(Design(symbol="none", text="2026")) != draw(Design(symbol="none"))
