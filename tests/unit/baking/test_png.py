"""PNG pictures: V-IMG-1 and Open Badges 3.0 section 5.3.2.1."""

from __future__ import annotations

import zlib

import pytest

from openbadges.baking import bake, unbake
from openbadges.errors import LimitError, MalformedError, OpenBadgesError, RefusedError
from openbadges.limits import Limits

SIGNATURE = b"\x89PNG\r\n\x1a\n"
JSON_BADGE = '{"id":"urn:uuid:1","name":"Gärtner 🌱"}'
JWS_BADGE = "eyJhbGciOiJFZERTQSJ9.eyJpZCI6IjEifQ.c2lnbmF0dXJl"


def chunk(kind: bytes, data: bytes = b"") -> bytes:
    return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")


HEADER = chunk(b"IHDR", bytes.fromhex("00000001 00000001 08 00 00 00 00"))
PIXELS = chunk(b"IDAT", zlib.compress(b"\0\x7f"))
END = chunk(b"IEND")


def picture(*chunks: bytes, after: bytes = b"") -> bytes:
    return SIGNATURE + HEADER + b"".join(chunks) + PIXELS + END + after


def itxt(text: str | bytes, keyword: bytes = b"openbadgecredential", attributes: bytes = b"\0\0\0\0") -> bytes:
    raw = text.encode() if isinstance(text, str) else text
    return chunk(b"iTXt", keyword + b"\0" + attributes + raw)


def chunks_of(image: bytes) -> list[tuple[bytes, bytes]]:
    found = []
    position = 8
    while position < len(image):
        length = int.from_bytes(image[position : position + 4], "big")
        found.append((image[position + 4 : position + 8], image[position + 8 : position + 8 + length]))
        position += 12 + length
    return found


def code_of(image: bytes, limits: Limits | None = None) -> str:
    with pytest.raises(MalformedError) as caught:
        unbake(image, limits=limits or Limits())
    assert caught.value.detail != caught.value.code, "the code has a sentence"
    return caught.value.code


@pytest.mark.parametrize(("badge", "kind"), [(JSON_BADGE, "json"), (JWS_BADGE, "jws")])
def test_baked_badge_is_read_back(badge: str, kind: str) -> None:
    found = unbake(bake(picture(), badge))
    assert (found.text, found.kind, found.container, found.standard, found.notes) == (badge, kind, "png", "ob3", ())


def test_bake_writes_the_published_chunk_right_after_the_header() -> None:
    baked = chunks_of(bake(picture(chunk(b"tEXt", b"Title\0x")), JWS_BADGE.encode()))
    assert baked[1] == (b"iTXt", b"openbadgecredential\0\0\0\0\0" + JWS_BADGE.encode())
    assert baked[:1] + baked[2:] == chunks_of(picture(chunk(b"tEXt", b"Title\0x")))


def test_baked_checksum_is_right() -> None:
    assert itxt(JWS_BADGE) in bake(picture(), JWS_BADGE)


def test_rebaking_replaces_and_leaves_every_other_chunk() -> None:
    other = chunk(b"tEXt", b"openbadgecredentials\0not ours")
    old = picture(
        other, itxt("{}"), chunk(b"prVt", b"kept"), chunk(b"zTXt", b"openbadgecredential\0\0xx"), after=b"tail"
    )
    baked = bake(old, JSON_BADGE)
    assert baked == SIGNATURE + HEADER + itxt(JSON_BADGE) + other + chunk(b"prVt", b"kept") + PIXELS + END + b"tail"
    assert bake(baked, JSON_BADGE) == baked


def test_baking_does_not_touch_its_input() -> None:
    image = picture()
    bake(image, JWS_BADGE)
    assert image == picture()


@pytest.mark.parametrize("keyword", [b"openbadges", b"clrcredential"])
def test_baking_beside_a_badge_of_another_standard_is_refused(keyword: bytes) -> None:
    with pytest.raises(RefusedError) as caught:
        bake(picture(itxt("{}", keyword)), JWS_BADGE)
    assert caught.value.code == "image.other_standard"
    assert "2.0" in caught.value.detail


@pytest.mark.parametrize(
    ("part", "text", "kind", "standard", "notes"),
    [
        (itxt('{"a":1}', b"openbadges"), '{"a":1}', "json", "ob2", ()),
        (itxt("https://a.example/1", b"openbadges"), "https://a.example/1", "url", "ob2", ()),
        (
            chunk(b"tEXt", b"openbadges\0HTTP://a.example/1\n"),
            "HTTP://a.example/1",
            "url",
            "ob2",
            ("image.old_text_chunk",),
        ),
        (itxt("{}", b"clrcredential"), "{}", "json", "clr", ()),
        (itxt(f" \n{JWS_BADGE}\r\n"), JWS_BADGE, "jws", "ob3", ()),
        (itxt(" {} "), " {} ", "json", "ob3", ()),
        (itxt("{}", attributes=b"\0\0en\0Badge\0"), "{}", "json", "ob3", ("image.text_attributes",)),
        (itxt("{}", attributes=b"\0\1\0\0"), "{}", "json", "ob3", ("image.text_attributes",)),
    ],
)
def test_reads_every_known_carrier(part: bytes, text: str, kind: str, standard: str, notes: tuple[str, ...]) -> None:
    found = unbake(picture(part))
    assert (found.text, found.kind, found.standard, found.notes) == (text, kind, standard, notes)


def test_data_after_the_end_is_noted_and_never_read() -> None:
    """V-IMG-1: the walk stops at IEND."""
    assert unbake(picture(itxt("{}"), after=itxt('{"other":1}'))).notes == ("image.trailing_data",)
    assert code_of(picture(after=itxt("{}"))) == "image.no_badge"


@pytest.mark.parametrize(
    ("image", "code"),
    [
        (b"", "image.empty"),
        (b"GIF89a", "image.unknown_format"),
        (picture(), "image.no_badge"),
        (picture(itxt("{}", b"OpenBadgeCredential")), "image.no_badge"),
        (picture(itxt("{}", b"openbadgecredential ")), "image.no_badge"),
        (picture(chunk(b"iTXt", b"openbadgecredential")), "image.no_badge"),
        (picture(chunk(b"iTXt", b"")), "image.no_badge"),
        (picture(chunk(b"teXt", b"openbadgecredential\0{}")), "image.no_badge"),
        (picture(itxt("{}"), itxt("{}")), "image.two_badges"),
        (picture(itxt("{}"), chunk(b"tEXt", b"openbadgecredential\0{}")), "image.two_badges"),
        (picture(itxt("{}"), itxt("{}", b"openbadges")), "image.two_standards"),
        (picture(itxt("{}", b"clrcredential"), itxt("{}")), "image.two_standards"),
        (picture(itxt(zlib.compress(b"{}"), attributes=b"\1\0\0\0")), "image.compressed"),
        (picture(itxt("{}", attributes=b"\2\0\0\0")), "image.compressed"),
        (picture(chunk(b"tEXt", b"openbadgecredential\0{}")), "image.wrong_chunk"),
        (picture(chunk(b"zTXt", b"openbadgecredential\0\0" + zlib.compress(b"{}"))), "image.wrong_chunk"),
        (picture(chunk(b"zTXt", b"openbadges\0\0" + zlib.compress(b"{}"))), "image.wrong_chunk"),
        (picture(chunk(b"tEXt", b"openbadges\0https://a.example/\xe9")), "image.encoding"),
        (picture(itxt(b'{"a":"\xff"}')), "image.encoding"),
        (picture(itxt(b'{"a":"\xed\xa0\x80"}')), "image.encoding"),
        (picture(chunk(b"iTXt", b"openbadgecredential\0\0\0")), "image.png_text_shape"),
        (picture(chunk(b"iTXt", b"openbadgecredential\0\0\0en\0no")), "image.png_text_shape"),
        (picture(itxt(" \n")), "image.empty_badge"),
        (picture(itxt("https://a.example/1")), "image.link_only"),
        (SIGNATURE, "image.truncated"),
        (SIGNATURE + itxt("{}") + HEADER + END, "image.png_header"),
        (SIGNATURE + HEADER + HEADER + itxt("{}") + END, "image.png_header"),
        (SIGNATURE + chunk(b"IHDR", bytes(12)) + itxt("{}") + END, "image.png_header"),
        (SIGNATURE + HEADER + itxt("{}") + chunk(b"IEND", b"x"), "image.png_header"),
        (SIGNATURE + HEADER[:-1] + b"\0" + itxt("{}") + END, "image.png_checksum"),
        (SIGNATURE + HEADER + chunk(b"iT1t") + END, "image.png_chunk_type"),
        (SIGNATURE + HEADER + b"\xff\xff\xff\xff" + itxt("{}")[4:] + END, "image.truncated"),
        (SIGNATURE + HEADER + itxt("{}"), "image.truncated"),
    ],
)
def test_v_img_1_refusals(image: bytes, code: str) -> None:
    assert code_of(image) == code


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (chunk(b"tEXt", b"openbadgecredential\0{}"), "badge of Open Badges 3.0 stands in a tEXt part"),
        (chunk(b"zTXt", b"openbadges\0\0" + zlib.compress(b"{}")), "badge of Open Badges 2.0 stands in a zTXt part"),
        (itxt(zlib.compress(b"{}"), attributes=b"\1\0\0\0"), "is compressed"),
    ],
    ids=["tEXt", "zTXt", "iTXt"],
)
def test_a_badge_where_the_standard_has_none_is_found_and_who_can_mend_it_is_said(found: bytes, said: str) -> None:
    with pytest.raises(MalformedError, match="so it was not read") as caught:
        unbake(picture(found))
    assert said in caught.value.detail
    assert "Ask the issuer to bake it again" in caught.value.detail
    assert "or for the badge itself as a file" in caught.value.detail


def test_every_truncation_ends_in_our_error() -> None:
    image = bake(picture(), JSON_BADGE)
    for length in range(len(image)):
        with pytest.raises(MalformedError):
            unbake(image[:length])


def test_every_flipped_bit_in_the_badge_chunk_is_noticed() -> None:
    """V-IMG-1: the checksum of the credential chunk is checked; a changed keyword makes the badge disappear."""
    image = bake(picture(), JWS_BADGE)
    start = len(SIGNATURE) + len(HEADER)
    for position in range(start, start + len(itxt(JWS_BADGE))):
        for bit in range(8):
            hostile = bytearray(image)
            hostile[position] ^= 1 << bit
            with pytest.raises(MalformedError):
                unbake(bytes(hostile))


def test_checksums_of_other_chunks_do_not_matter() -> None:
    assert unbake(picture(itxt("{}")).replace(PIXELS, PIXELS[:-1] + b"\0")).text == "{}"


def test_limits_just_under_and_just_over() -> None:
    image = picture(itxt("{}"))
    data = len(b"openbadgecredential\0\0\0\0\0{}")
    assert unbake(image, limits=Limits(png_bytes=len(image), png_text_bytes=data, png_chunks=4)).text == "{}"
    assert code_of(image, Limits(png_bytes=len(image) - 1)) == "image.too_large"
    assert code_of(image, Limits(png_text_bytes=data - 1)) == "image.text_too_large"
    assert code_of(image, Limits(png_chunks=3)) == "image.too_many_chunks"


def test_baking_keeps_to_the_limits_of_reading() -> None:
    whole = len(picture(itxt("{}")))
    data = len(b"openbadgecredential\0\0\0\0\0{}")
    assert unbake(bake(picture(), "{}", limits=Limits(png_bytes=whole, png_text_bytes=data, png_chunks=4))).text == "{}"
    for limits, code in [
        (Limits(png_bytes=whole - 1), "image.too_large"),
        (Limits(png_text_bytes=data - 1), "image.text_too_large"),
        (Limits(png_chunks=3), "image.too_many_chunks"),
    ]:
        with pytest.raises(LimitError) as caught:
            bake(picture(), "{}", limits=limits)
        assert caught.value.code == code


def test_many_chunks_are_bounded() -> None:
    with pytest.raises(LimitError):
        unbake(picture(chunk(b"prVt") * 700_000))


def test_a_file_that_is_not_png_is_refused_by_the_png_reader_itself() -> None:
    from openbadges.baking.png import unbake_png

    with pytest.raises(OpenBadgesError, match="not a PNG"):
        unbake_png(b"<svg/>")
