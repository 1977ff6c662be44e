"""What all kinds of pictures have in common."""

from __future__ import annotations

import contextlib
import json
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openbadges.baking import FORMATS, STANDARDS, bake, container_of, unbake
from openbadges.errors import LimitError, MalformedError, OpenBadgesError
from openbadges.limits import Limits


def chunk(kind: bytes, data: bytes = b"") -> bytes:
    return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")


def png(extra: list[tuple[bytes, bytes]]) -> bytes:
    others = b"".join(chunk(kind, data) for kind, data in extra)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", bytes(13)) + others + chunk(b"IDAT", b"x") + chunk(b"IEND")


letters = st.text("ABCDEFabcdef", min_size=1, max_size=6)
xml_text = st.text(st.characters(min_codepoint=32, max_codepoint=0xD7FF, exclude_characters="<>&'\"\x7f"), max_size=12)
base64url = st.text("ABCXYZabcxyz0189_-", min_size=1, max_size=20)
png_images = st.lists(st.tuples(st.sampled_from([b"tEXt", b"prVt", b"iTXt"]), st.binary(max_size=30)), max_size=4).map(
    png
)
svg_elements = st.recursive(
    st.tuples(letters, xml_text).map(lambda made: f"<{made[0]} a='{made[1]}'/>"),
    lambda inner: st.tuples(letters, st.lists(inner, max_size=3)).map(
        lambda made: f"<{made[0]}>{''.join(made[1])}</{made[0]}>"
    ),
    max_leaves=6,
)
svg_images = st.tuples(
    st.sampled_from(["", "<?xml version='1.0'?>", "<!-- c -->\n", "<!DOCTYPE svg>"]),
    st.sampled_from(["", " xmlns:openbadges='urn:other'", " xmlns:openbadges='https://purl.imsglobal.org/ob/v3p0'"]),
    svg_elements,
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
).map(lambda made: f"{made[0]}<svg xmlns='http://www.w3.org/2000/svg'{made[1]}>{made[2]}</svg>".encode(made[3]))
printable = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\ufffe\uffff"), max_size=30)
json_badges = st.tuples(
    st.dictionaries(printable, st.one_of(printable, st.integers(0, 9), st.just("]]>")), max_size=4),
    st.booleans(),
    st.sampled_from([None, 1, "\t"]),
    st.sampled_from(["", " ", "\r\n", "\n"]),
).map(lambda made: made[3] + json.dumps(made[0], ensure_ascii=made[1], indent=made[2]) + made[3])
jws_badges = st.tuples(base64url, base64url, st.one_of(base64url, st.just(""))).map(".".join)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(image=st.one_of(png_images, svg_images), badge=st.one_of(json_badges, jws_badges), older=jws_badges)
def test_unbake_after_bake_is_the_identity(image: bytes, badge: str, older: str) -> None:
    baked = bake(image, badge)
    found = unbake(baked)
    assert found.text == badge
    assert found.container == container_of(image) == container_of(baked)
    assert found.kind == ("json" if badge.strip().startswith("{") else "jws")
    assert bake(bake(image, older), badge) == baked


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.one_of(st.binary(max_size=80), st.binary(max_size=60).map(lambda tail: b"<svg" + tail), png_images))
def test_any_bytes_end_in_our_error_or_a_badge(image: bytes) -> None:
    for work in (unbake, lambda data: bake(data, "{}")):
        with contextlib.suppress(OpenBadgesError):
            work(image)


@pytest.mark.parametrize(
    ("badge", "code"),
    [
        ("", "image.badge_text"),
        ("a.b", "image.badge_text"),
        ("a.b.c.d.e", "image.badge_text"),
        ('a.b.c"/><script/>', "image.badge_text"),
        ("[]", "image.badge_text"),
        ("https://a.example/1", "image.badge_text"),
        (b"\xff", "image.badge_text"),
        ("{", "json.syntax"),
        ('{"a":1,"a":2}', "json.duplicate_key"),
        ('{"a":"\ud800"}', "json.encoding"),
    ],
)
def test_only_badges_are_baked(badge: str | bytes, code: str) -> None:
    with pytest.raises(MalformedError) as caught:
        bake(png([]), badge)
    assert caught.value.code == code


def test_blanks_around_a_jws_are_left_out() -> None:
    assert unbake(bake(png([]), b" a.b.c\n")).text == "a.b.c"


def test_the_badge_is_bounded_before_it_is_read() -> None:
    assert unbake(bake(png([]), "{}", limits=Limits(document_bytes=2))).text == "{}"
    with pytest.raises(LimitError) as caught:
        bake(png([]), "{} ", limits=Limits(document_bytes=2))
    assert caught.value.code == "image.badge_too_large"


@pytest.mark.parametrize(
    ("data", "container"),
    [
        (png([]), "png"),
        (b"<svg/>", "svg"),
        (b"\xef\xbb\xbf \n<?xml version='1.0'?>", "svg"),
        ("<svg/>".encode("utf-16"), "svg"),
        ("<svg/>".encode("utf-16-le"), "svg"),
        ("<svg/>".encode("utf-16-be"), "svg"),
        ("{}".encode("utf-16"), None),
        (b"{}", None),
        (b"eyJ.eyJ.x", None),
        (b"\x89PNG", None),
        (b"", None),
    ],
)
def test_the_kind_is_found_by_content(data: bytes, container: str | None) -> None:
    assert container_of(data) == container


def test_the_tables_name_each_kind_and_mark_once() -> None:
    assert [known.container for known in FORMATS] == ["png", "svg"]
    assert len({standard.keyword for standard in STANDARDS}) == len(STANDARDS)
    assert len({(standard.namespace, standard.element) for standard in STANDARDS}) == len(STANDARDS)
