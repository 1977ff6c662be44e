"""Pictures: what strangers send, the designer, and photos of codes."""

from __future__ import annotations

import io
from typing import Any

import pytest
import qrcode
from PIL import Image, PngImagePlugin

from issuer_service.services.designer import COLOURS, Design, draw
from issuer_service.services.errors import InvalidError, NotFoundError
from issuer_service.services.photos import decode_qr
from issuer_service.services.pictures import MOST_BYTES, reencoded

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 20 10"{}>{}</svg>'
)


def picture(form: str = "PNG", size: tuple[int, int] = (30, 20), **more: Any) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "#123456").save(out, form, **more)
    return out.getvalue()


def huge(size: tuple[int, int]) -> bytes:
    """Black and white, which is made a hundred times faster."""
    out = io.BytesIO()
    Image.new("1", size).save(out, "PNG")
    return out.getvalue()


def opened(png: bytes) -> Image.Image:
    found = Image.open(io.BytesIO(png))
    assert found.format == "PNG"
    return found


def svg(inside: str = "", attributes: str = "") -> bytes:
    return SVG.format(attributes, inside).encode()


def code_of(data: bytes) -> str:
    with pytest.raises(InvalidError) as caught:
        reencoded(data)
    assert str(caught.value)
    return caught.value.problems[0].sentence.code


# S-UP-1


def test_s_up_1_nothing_but_pixels_is_kept() -> None:
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Comment", "canary")
    for data in (picture(pnginfo=notes), picture("JPEG", comment=b"canary") + b"canary"):
        png = reencoded(data)
        assert b"canary" not in png
        assert opened(png).size == (30, 20)
        assert opened(png).mode == "RGBA"


def test_s_up_1_large_pictures_are_made_smaller_and_huge_ones_refused() -> None:
    assert opened(reencoded(picture(size=(1_600, 800)))).size == (800, 400)
    assert code_of(huge((4_001, 4_000))) == "image.too_many_pixels"
    assert code_of(b"\x89PNG\r\n\x1a\n" + b"x" * MOST_BYTES) == "image.too_large"


def test_s_up_1_what_is_not_a_still_picture_is_refused() -> None:
    frames = [Image.new("RGB", (5, 5), colour) for colour in ("red", "blue")]
    out = io.BytesIO()
    frames[0].save(out, "PNG", save_all=True, append_images=frames[1:])
    assert code_of(out.getvalue()) == "image.animated"
    for data in (b"", b"GIF89a", b"<html><script>1</script></html>", picture("GIF"), b"PK\x03\x04"):
        assert code_of(data) == "image.kind"
    for data in (picture()[:60], b"\xff\xd8\xffnonsense", b"\x89PNG\r\n\x1a\n"):
        assert code_of(data) == "image.damaged"


def test_s_up_1_a_picture_that_claims_to_be_a_bomb_is_refused() -> None:
    data = bytearray(picture())
    data[16:24] = (60_000).to_bytes(4, "big") * 2
    import zlib

    data[29:33] = zlib.crc32(bytes(data[12:29])).to_bytes(4, "big")
    assert code_of(bytes(data)) == "image.damaged"


@pytest.mark.parametrize("filename", ["../../etc/passwd", "a\x00.png", "x.svg", ""])
def test_s_up_1_file_names_do_nothing(kit: Any, riverside: Any, filename: str) -> None:
    image = kit.services.images.add_upload(riverside.id, picture(), filename, "A blue field")
    assert kit.services.images.get(image.id) == image
    assert len(image.id) == 32
    assert opened(image.png).size == (30, 20)


def test_pictures_need_words_for_those_who_do_not_see_them(kit: Any, riverside: Any) -> None:
    for call in (
        lambda: kit.services.images.add_upload(riverside.id, picture(), "x.png", " "),
        lambda: kit.services.images.add_design(riverside.id, Design()),
    ):
        with pytest.raises(InvalidError) as caught:
            call()
        assert caught.value.problems[0].field == "alt"
    for call in (
        lambda: kit.services.images.get("none"),
        lambda: kit.services.images.add_upload("none", picture(), "", "x"),
    ):
        with pytest.raises(NotFoundError):
            call()


# SVG


def test_svg_is_drawn_to_pixels() -> None:
    drawn = opened(reencoded(svg('<rect width="20" height="10" fill="#ff0000"/>')))
    assert drawn.size == (800, 400)
    assert drawn.getpixel((400, 200)) == (255, 0, 0, 255)
    tall = svg('<g opacity=".5"><use href="#a"/></g><circle id="a" r="2"/>').replace(b"0 0 20 10", b"0 0 10 20")
    assert opened(reencoded(tall)).size == (400, 800)
    wide = b'<?xml version="1.0"?><!DOCTYPE svg><svg xmlns="http://www.w3.org/2000/svg" width="20px" height="10px"/>'
    assert opened(reencoded(wide)).size == (800, 400)
    for codec in ("utf-16", "utf-8-sig"):
        assert opened(reencoded(svg("<title>ü</title>").decode().encode(codec))).size == (800, 400)


def test_svg_of_drawing_programs_is_drawn() -> None:
    inside = (
        '<metadata><r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/></metadata>'
        '<defs><linearGradient id="g"><stop offset="0" style="stop-color:#00f;stop-opacity:1"/></linearGradient></defs>'
        '<style>.a{fill:red}</style><a href="https://example.org/"><path class="a" d="M0 0h9v9z" fill="url(#g)"/></a>'
    )
    assert opened(reencoded(svg(inside))).size == (800, 400)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (svg("<script>alert(1)</script>"), "image.svg_element"),
        (svg("<text>hello</text>"), "image.svg_element"),
        (svg("<foreignObject/>"), "image.svg_element"),
        (svg("<animate/>"), "image.svg_element"),
        (svg('<rect onload="x()"/>'), "image.svg_element"),
        (svg('<rect filter="url(#f)"/>'), "image.svg_element"),
        (svg('<rect fill="url(https://x.example/#a)"/>'), "image.svg_element"),
        (svg('<rect style="fill:url(file:///etc/passwd)"/>'), "image.svg_element"),
        (svg('<image href="file:///etc/passwd"/>'), "image.svg_outside"),
        (svg('<image xlink:href="/etc/passwd"/>'), "image.svg_outside"),
        (svg('<image href="data:image/svg+xml;base64,AAAA"/>'), "image.svg_outside"),
        (svg('<use href="https://x.example/a.svg#a"/>'), "image.svg_outside"),
        (svg("<style>@import url(x.css)</style>"), "image.svg_outside"),
        (b'<?xml-stylesheet href="x"?>' + svg(), "image.svg_outside"),
        (b'<!DOCTYPE svg [<!ENTITY a "b">]>' + svg("&a;"), "image.svg_outside"),
        (svg("<g>"), "image.damaged"),
        (svg().replace(b"0 0 20 10", b"0 0 1 100000"), "image.svg_size"),
        (svg().replace(b"0 0 20 10", b"0 0 x 10"), "image.svg_size"),
        (svg().replace(b'viewBox="0 0 20 10"', b""), "image.svg_size"),
        (svg(attributes=' width="1" height="1000"'), "image.svg_size"),
        (svg("<g>" * 64 + "</g>" * 64), "image.svg_large"),
        (svg("<g/>" * 5_001), "image.svg_large"),
        (svg('<g opacity=".5"/>' * 501), "image.svg_large"),
        (svg("<style>rect{opacity:.5}</style>" + "<g/>" * 2_001), "image.svg_large"),
        (svg('<g id="a"><use href="#a"/></g>'), "image.svg_large"),
        (b"<svg/>", "image.kind"),
        (b"<svg><script/></svg>", "image.kind"),
        (b"<html><svg/></html>", "image.kind"),
    ],
)
def test_s_xss_1_svg_that_does_more_than_draw_is_refused(data: bytes, code: str) -> None:
    assert code_of(data) == code


def test_svg_that_repeats_itself_is_counted_as_drawn() -> None:
    layers = '<g id="l0"><path d="M0 0"/></g>' + "".join(
        f'<g id="l{n}">' + f'<use href="#l{n - 1}"/>' * 10 + "</g>" for n in range(1, 8)
    )
    assert code_of(svg(f'<defs>{layers}</defs><use href="#l7"/>')) == "image.svg_large"
    deep = "".join(f'<g id="d{n}"><use href="#d{n + 1}"/></g>' for n in range(30))
    assert code_of(svg(deep)) == "image.svg_large"


@pytest.mark.parametrize("error", [ValueError("x"), type("Panic", (BaseException,), {})("x")])
def test_svg_on_which_the_rasteriser_fails_is_damaged(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    import resvg_py

    def fail(**_: Any) -> bytes:
        raise error

    monkeypatch.setattr(resvg_py, "svg_to_bytes", fail)
    assert code_of(svg()) == "image.damaged"


def test_a_request_to_stop_is_not_swallowed(monkeypatch: pytest.MonkeyPatch) -> None:
    import resvg_py

    def stop(**_: Any) -> bytes:
        raise KeyboardInterrupt

    monkeypatch.setattr(resvg_py, "svg_to_bytes", stop)
    with pytest.raises(KeyboardInterrupt):
        reencoded(svg())


# the designer


def test_white_can_be_read_on_every_colour() -> None:
    from issuer_service.services.affiliates import _luminance

    for colour, _ in COLOURS.values():
        assert 1.05 / (_luminance(colour) + 0.05) >= 4.5


def test_long_text_is_broken_and_made_smaller() -> None:
    for text in ("Edit-a-thon host Riverside"[:24], "WWWWWWWWWWWWWWWWWWWWWWWW"):
        drawn = opened(draw(Design(text=text, symbol="none", shape="circle")))
        # whatever was lettered stays inside the shape: its edge is as without letters
        plain = opened(draw(Design(text="", symbol="none", shape="circle")))
        box = (0, 0, 600, 150)
        assert drawn.crop(box).tobytes() == plain.crop(box).tobytes()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"shape": "blob"}, "shape"),
        ({"colour": "#fff"}, "colour"),
        ({"symbol": "../x"}, "symbol"),
        ({"text": "x" * 25}, "text"),
        ({"text": "a\nb"}, "text"),
        ({"text": "a\x00"}, "text"),
        ({"text": "سلام"}, "text"),
    ],
)
def test_designs_that_cannot_be_drawn_are_refused(changes: Any, field: str) -> None:
    with pytest.raises(InvalidError) as caught:
        draw(Design(**changes))
    assert [problem.field for problem in caught.value.problems] == [field]


# photos


def qr(text: str, form: str = "PNG", size: int | None = None) -> bytes:
    made = qrcode.make(text).get_image().convert("RGB")
    if size:
        made = made.resize((size, size))
    out = io.BytesIO()
    made.save(out, form)
    return out.getvalue()


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP"])
def test_code_in_a_photo_is_read(form: str) -> None:
    assert decode_qr(qr("https://badges.example.org/b/1", form)) == "https://badges.example.org/b/1"


def test_code_in_a_large_photo_is_read() -> None:
    assert decode_qr(qr("https://badges.example.org/b/1", "JPEG", 5_000)) == "https://badges.example.org/b/1"


def test_of_several_codes_the_badge_is_taken() -> None:
    sheet = Image.new("RGB", (800, 400), "white")
    for place, text in enumerate(("table 7", "https://badges.example.org/b/1")):
        sheet.paste(Image.open(io.BytesIO(qr(text, size=360))), (place * 400, 20))
    out = io.BytesIO()
    sheet.save(out, "PNG")
    assert decode_qr(out.getvalue()) == "https://badges.example.org/b/1"
    assert decode_qr(qr("table 7")) == "table 7"


def test_photos_without_a_code_say_what_to_do() -> None:
    for data, code in (
        (picture(), "photo.no_code"),
        (b"nothing", "photo.unreadable"),
        (picture()[:60], "photo.unreadable"),
        (b"x" * (15 * 1024 * 1024 + 1), "photo.too_large"),
        (huge((8_001, 8_000)), "photo.too_many_pixels"),
    ):
        with pytest.raises(InvalidError) as caught:
            decode_qr(data)
        assert caught.value.problems[0].sentence.code == code


@pytest.mark.parametrize("unit", ["", "px", "mm", "cm", "in", "pt"])
def test_an_svg_is_drawn_whatever_unit_its_size_is_in(unit: str) -> None:
    drawn = opened(
        reencoded(svg('<rect width="10" height="10" fill="#f00"/>', f' width="960{unit}" height="480{unit}"'))
    )
    assert drawn.width == 800
    assert abs(drawn.height - 400) <= 1  # sizes are rounded to whole pixels
    assert [drawn.getpixel((x, 200)) for x in (200, 600)] == [(255, 0, 0, 255), (0, 0, 0, 0)]
