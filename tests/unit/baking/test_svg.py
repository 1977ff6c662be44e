"""SVG pictures: V-IMG-2 and Open Badges 3.0 section 5.3.2.2."""

from __future__ import annotations

import time
from xml.etree import ElementTree as ET

import pytest

from openbadges.baking import bake, unbake
from openbadges.errors import LimitError, MalformedError, RefusedError
from openbadges.limits import Limits

OB3 = "https://purl.imsglobal.org/ob/v3p0"
SVG = "http://www.w3.org/2000/svg"
JSON_BADGE = '{"id":"urn:uuid:1","name":"Gärtner <&> 🌱"}'
JWS_BADGE = "eyJhbGciOiJFZERTQSJ9.eyJpZCI6IjEifQ.c2lnbmF0dXJl"
PLAIN = f'<svg xmlns="{SVG}"><g/></svg>'


def carrying(element: str, prolog: str = "") -> bytes:
    root = f'<svg xmlns="{SVG}" xmlns:openbadges="{OB3}" xmlns:ob2="http://openbadges.org"'
    return f'{prolog}{root} xmlns:clr="https://purl.imsglobal.org/clr/v2p0">{element}</svg>'.encode()


def credential(body: str, attributes: str = "") -> str:
    return f"<openbadges:credential{attributes}>{body}</openbadges:credential>"


def code_of(image: bytes, limits: Limits | None = None) -> str:
    with pytest.raises(MalformedError) as caught:
        unbake(image, limits=limits or Limits())
    assert caught.value.detail != caught.value.code, "the code has a sentence"
    return caught.value.code


@pytest.mark.parametrize(("badge", "kind"), [(JSON_BADGE, "json"), (JWS_BADGE, "jws")])
def test_baked_badge_is_read_back(badge: str, kind: str) -> None:
    found = unbake(bake(PLAIN.encode(), badge))
    assert (found.text, found.kind, found.container, found.standard, found.notes) == (badge, kind, "svg", "ob3", ())


def test_a_jws_stands_in_the_verify_attribute_of_the_first_child() -> None:
    baked = bake(PLAIN.encode(), JWS_BADGE).decode()
    element = f'<openbadges:credential verify="{JWS_BADGE}"></openbadges:credential>'
    assert baked == f'<svg xmlns:openbadges="{OB3}" xmlns="{SVG}">{element}<g/></svg>'


def test_json_stands_in_a_cdata_section_without_verify() -> None:
    baked = bake(PLAIN.encode(), JSON_BADGE).decode()
    element = f"<openbadges:credential><![CDATA[{JSON_BADGE}]]></openbadges:credential>"
    assert baked == f'<svg xmlns:openbadges="{OB3}" xmlns="{SVG}">{element}<g/></svg>'


@pytest.mark.parametrize(
    "image",
    [
        PLAIN,
        "<svg/>",
        f'<svg xmlns="{SVG}" />',
        (
            '<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n<!-- <svg> é -->\n<?x y?>\n'
            f'<svg\txmlns="{SVG}"\n>x</svg>\n<!-- z -->'
        ),
        (
            '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">'
            f'<svg xmlns="{SVG}"/>'
        ),
        f'<s:svg xmlns:s="{SVG}" a="x>y" b=\'"/>\'></s:svg>',
        f'<s:svg xmlns:s="{SVG}" a="/"/>',
        f'<svg xmlns="{SVG}" xmlns:openbadges="{OB3}"/>',
        f'<svg xmlns="{SVG}" xmlns:openbadges="http://openbadges.org"><openbadges:other/></svg>',
        f'\n\n<svg xmlns="{SVG}"><script>let a = 1</script><text>&#xe9;&amp;</text></svg>\r\n',
    ],
)
@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "marked-be"])
@pytest.mark.parametrize("badge", [JSON_BADGE, JWS_BADGE])
def test_v_img_3_only_the_badge_is_added(image: str, codec: str, badge: str) -> None:
    """Removing what was added gives the old bytes; baking again changes nothing."""
    if codec.startswith(("utf-16", "marked")):
        image = image.replace('encoding="UTF-8"', 'encoding="UTF-16"').lstrip()
    raw = b"\xfe\xff" + image.encode("utf-16-be") if codec == "marked-be" else image.encode(codec)
    baked = bake(raw, badge)
    assert unbake(baked).text == badge
    assert bake(baked, badge) == baked
    assert bake(bake(raw, "{}"), badge) == baked
    assert_well_formed(baked)
    text = baked.decode("utf-16-be" if codec == "marked-be" else codec).removeprefix("\ufeff")
    body = f' verify="{badge}">' if badge == JWS_BADGE else f"><![CDATA[{badge}]]>"
    declaration = f' xmlns:openbadges="{OB3}"'
    element = f"<openbadges:credential{body}</openbadges:credential>"
    if "http://openbadges.org" in image:
        element = element.replace("credential", f"credential{declaration}", 1)
    elif declaration not in image:
        text = text.replace(declaration, "", 1)
    assert element in text
    bare = text.replace(element, "")
    assert bare in (image, image.replace("/>", f"></{'s:' if '<s:' in image else ''}svg>"))


def assert_well_formed(image: bytes) -> None:
    if image.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" not in image:
        found = ET.fromstring(image).findall(f"{{{OB3}}}credential")
        assert len(found) == 1


def test_rebaking_replaces_wherever_the_old_badge_stands() -> None:
    old = carrying(f"<g>{credential('{}')} </g><openbadges:credential verify='a.b.c' /><p/>")
    kept = carrying("<g> </g><p/>").decode()
    element = f'<openbadges:credential verify="{JWS_BADGE}"></openbadges:credential>'
    assert bake(old, JWS_BADGE).decode() == kept.replace("<g>", f"{element}<g>")


@pytest.mark.parametrize("element", ['<ob2:assertion verify="a.b.c"/>', "<clr:credential>{}</clr:credential>"])
def test_baking_beside_a_badge_of_another_standard_is_refused(element: str) -> None:
    with pytest.raises(RefusedError) as caught:
        bake(carrying(element), JWS_BADGE)
    assert caught.value.code == "image.other_standard"


@pytest.mark.parametrize(
    ("element", "text", "kind", "standard", "notes"),
    [
        (credential("\n  <![CDATA[{}]]>\n"), "\n  {}\n", "json", "ob3", ()),
        (credential("{&quot;a&quot;: &#34;&lt;&#34;}"), '{"a": "<"}', "json", "ob3", ()),
        (credential("<!-- c -->{}<?p i?>"), "{}", "json", "ob3", ()),
        (f'<x:credential xmlns:x="{OB3}" verify=" a.b.c&#10;"/>', "a.b.c", "jws", "ob3", ()),
        (f'<credential xmlns="{OB3}" verify="a.b.c"/>', "a.b.c", "jws", "ob3", ()),
        (credential(" a.b.c "), "a.b.c", "jws", "ob3", ()),
        (credential("{}", ' verify="a.b.c"'), "a.b.c", "jws", "ob3", ("image.svg_body_ignored",)),
        (credential(" ", ' verify="a.b.c"'), "a.b.c", "jws", "ob3", ()),
        ('<ob2:assertion verify="a.b.c"/>', "a.b.c", "jws", "ob2", ()),
        ('<ob2:assertion verify="https://a.example/1?a=1&amp;b=2"/>', "https://a.example/1?a=1&b=2", "url", "ob2", ()),
        (
            '<ob2:assertion verify="https://a.example/1"><![CDATA[{}]]></ob2:assertion>',
            "https://a.example/1",
            "url",
            "ob2",
            ("image.svg_body_ignored",),
        ),
        ("<ob2:assertion><![CDATA[{}]]></ob2:assertion>", "{}", "json", "ob2", ()),
        ("<clr:credential><![CDATA[{}]]></clr:credential>", "{}", "json", "clr", ()),
    ],
)
def test_reads_every_known_carrier(element: str, text: str, kind: str, standard: str, notes: tuple[str, ...]) -> None:
    found = unbake(carrying(element))
    assert (found.text, found.kind, found.standard, found.notes) == (text, kind, standard, notes)


def test_a_bare_document_type_is_accepted_and_never_loaded() -> None:
    """V-IMG-2."""
    assert unbake(carrying(credential("{}"), '<!DOCTYPE svg SYSTEM "file:///nowhere">')).text == "{}"


BOMB = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 20))


@pytest.mark.parametrize(
    ("image", "code"),
    [
        (PLAIN.encode(), "image.no_badge"),
        (carrying('<openbadges:Credential verify="a.b.c"/>'), "image.no_badge"),
        (f'<svg xmlns="{SVG}" xmlns:openbadges="urn:x"><openbadges:credential/></svg>'.encode(), "image.no_badge"),
        (carrying(credential("{}") * 2), "image.two_badges"),
        (carrying(credential("{}") + "<ob2:assertion>{}</ob2:assertion>"), "image.two_standards"),
        (carrying(credential("")), "image.empty_badge"),
        (carrying(credential("{}", ' verify=""')), "image.empty_badge"),
        (carrying(credential("", ' openbadges:verify="a.b.c"')), "image.empty_badge"),
        (carrying(credential("https://a.example")), "image.link_only"),
        (carrying(credential("{}<g/>")), "image.svg_child"),
        (carrying(credential(credential("{}"))), "image.svg_child"),
        (carrying(credential("{}"), '<!DOCTYPE svg [<!ENTITY a "b">]>'), "image.svg_document_type"),
        (
            carrying(credential("{}"), '<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/hosts">]>'),
            "image.svg_document_type",
        ),
        (
            carrying(credential("{}"), '<!DOCTYPE svg SYSTEM "x" [<!ENTITY % a SYSTEM "y"> %a;]>'),
            "image.svg_document_type",
        ),
        (carrying(credential("{}"), "<!DOCTYPE svg []>"), "image.svg_document_type"),
        (carrying(credential("&a19;"), f'<!DOCTYPE svg [<!ENTITY a0 "b">{BOMB}]>'), "image.svg_document_type"),
        (carrying(credential("{&a;}"), '<!DOCTYPE svg SYSTEM "x">'), "image.svg_entity"),
        (carrying(credential("", ' verify="a.b&x;.c"'), '<!DOCTYPE svg SYSTEM "x">'), "image.svg_entity"),
        (carrying(credential("&a;")), "image.svg_syntax"),
        (b"<html></html>", "image.not_svg"),
        (f'<openbadges:credential xmlns:openbadges="{OB3}">{{}}</openbadges:credential>'.encode(), "image.not_svg"),
        (b'<svg xmlns="urn:not-svg"/>', "image.not_svg"),
        (b"<svg><g></svg>", "image.svg_syntax"),
        (b"<svg/><svg/>", "image.svg_syntax"),
        (b"<", "image.svg_syntax"),
        (b"<svg>\xe9</svg>", "image.encoding"),
        (b'<?xml version="1.0" encoding="ISO-8859-1"?><svg/>', "image.svg_encoding"),
        (b'<?xml version="1.0" encoding="UTF-16"?><svg/>', "image.svg_encoding"),
        ('<?xml version="1.0" encoding="UTF-8"?><svg/>'.encode("utf-16"), "image.svg_encoding"),
        ("<svg/>".encode("utf-16") + b"\0", "image.encoding"),
        ("<svg/>".encode("utf-32"), "image.unknown_format"),
    ],
)
def test_v_img_2_refusals(image: bytes, code: str) -> None:
    assert code_of(image) == code


def test_an_undefined_entity_outside_the_badge_is_not_our_business() -> None:
    image = carrying(credential("{}") + "<text>&nbsp;</text>", '<!DOCTYPE svg SYSTEM "x">')
    assert unbake(image).text == "{}"


@pytest.mark.parametrize("codec", ["utf-8", "utf-16"])
def test_every_truncation_ends_in_our_error(codec: str) -> None:
    image = bake(PLAIN.encode(codec), JSON_BADGE)
    for length in range(len(image)):
        with pytest.raises(MalformedError):
            unbake(image[:length])


def test_limits_just_under_and_just_over() -> None:
    image = carrying(f"<g>{credential('{}')}</g><!-- c --><?p i?>")
    assert unbake(image, limits=Limits(svg_bytes=len(image), svg_depth=3, svg_nodes=5)).text == "{}"
    assert code_of(image, Limits(svg_bytes=len(image) - 1)) == "image.too_large"
    assert code_of(image, Limits(svg_depth=2)) == "image.too_deep"
    assert code_of(image, Limits(svg_nodes=4)) == "image.too_many_nodes"


@pytest.mark.parametrize(
    ("limits", "code"),
    [
        (Limits(svg_bytes=200), "image.too_large"),
        (Limits(svg_nodes=2), "image.too_many_nodes"),
        (Limits(svg_depth=1), "image.too_deep"),
    ],
)
def test_baking_keeps_to_the_limits_of_reading(limits: Limits, code: str) -> None:
    image = b"<svg/>" if code == "image.too_deep" else PLAIN.encode()
    with pytest.raises(LimitError) as caught:
        bake(image, JWS_BADGE, limits=limits)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("image", "code"),
    [
        (b"<svg>" + b"<g>" * 10_000 + b"</g>" * 10_000 + b"</svg>", "image.too_deep"),
        (b'<svg a="' + b"x" * (11 * 1024 * 1024) + b'"/>', "image.too_large"),
        (b'<svg a="' + b"x" * (4 * 1024 * 1024) + b'"/>', "image.no_badge"),
        (b"<svg>" + b"\n" * (4 * 1024 * 1024) + b"</svg>", "image.no_badge"),
        (b"<svg>" + b"<g/>" * 1_000_000 + b"</svg>", "image.too_many_nodes"),
        (b"<svg>" + b"<!---->" * 500_000 + b"</svg>", "image.too_many_nodes"),
        (carrying(credential("\n&#32;" * 500_000)), "image.empty_badge"),
    ],
    ids=["levels", "attribute", "attribute-under", "lines", "elements", "comments", "pieces"],
)
def test_hostile_sizes_end_in_our_error_and_soon(image: bytes, code: str) -> None:
    """V-IMG-2; the bound is generous for slow machines, the work is linear."""
    before = time.process_time()
    assert code_of(image) == code
    assert time.process_time() - before < 3


def test_text_that_would_end_the_cdata_section_is_split() -> None:
    badge = '{"a":"]]>","b":"]]]]>>"}'
    baked = bake(PLAIN.encode(), badge)
    assert unbake(baked).text == badge
    element = ET.fromstring(baked).find(f"{{{OB3}}}credential")
    assert element is not None
    assert element.text == badge


def test_carriage_returns_survive() -> None:
    assert unbake(bake(PLAIN.encode(), '\r\n{\r"a":1}')).text == '\r\n{\r"a":1}'


def test_characters_that_xml_cannot_hold_become_json_escapes() -> None:
    assert unbake(bake(PLAIN.encode(), '{"a":"\ufffe\uffff"}')).text == '{"a":"\\ufffe\\uffff"}'
