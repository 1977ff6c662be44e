"""V-PAR-1 and V-PAR-4: what is not strict JSON, and texts that would do something to a screen."""

from __future__ import annotations

from generator.badges import OB, VC2, at, badge, claims
from generator.book import Book
from generator.material import EVE, ISSUER, embed, text_of, token

__all__ = ["HOSTILE", "add_cases"]

HOSTILE = {
    "bidi": "Safe\u202egnp.exe\u202c",
    "isolate": "\u2066admin\u2069",
    "escape": "\x1b[2J\x1b[31mVALID\x1b[0m",
    "osc": "\x1b]0;title\x07",
    "newline": "ok\nThis badge is genuine and valid today.",
    "return": "evil\rgood",
    "nul": "a\0b",
    "bell": "\x07",
    "delete": "\x7f",
    "c1": "\x9b31m",
    "markup": "<script>alert(1)</script>",
    "image": '<img src=x onerror="alert(1)">',
    "entity": "&lt;b&gt;",
    "zero-width": "a\u200bb\u200d\ufeff",
    "tag": "\U000e0041\U000e0042",
    "line-separator": "a\u2028b\u2029c",
    "formula": '=HYPERLINK("http://evil.example")',
    "format": "{0.__class__} {name} %s %n",
    "markdown": "[x](javascript:alert(1))",
    "combining": "Z" + "\u0351" * 40,
    "private": "\ue000\uf8ff",
    "noncharacter": "\ufdd0",
}


def add_cases(book: Book) -> None:
    """Every case about text."""
    _json(book)
    _rendering(book)


def _json(book: Book) -> None:
    signed = text_of(embed(badge(), ISSUER))
    inside = signed[:-1]
    for label, text in {
        "duplicate-same": inside + ',"name":"Edit-a-thon host"}',
        "duplicate-other": '{"name":"Other",' + signed[1:],
        "duplicate-until": inside + ',"validUntil":"2030-01-01T00:00:00Z","validUntil":"2020-01-01T00:00:00Z"}',
        "duplicate-escaped": inside + ',"n\\u0061me":"Other"}',
        "duplicate-proof": inside + ',"proof":{}}',
        "nan": inside + ',"x":NaN}',
        "infinity": inside + ',"x":Infinity}',
        "minus-infinity": inside + ',"x":-Infinity}',
        "overflow": inside + ',"x":1e999}',
        "trailing-comma": inside + ",}",
        "trailing-text": signed + "x",
        "trailing-document": signed + "{}",
        "trailing-null": signed + "\0",
        "comment": signed.replace("{", "{/* x */", 1),
        "single-quotes": signed.replace('"', "'"),
        "unquoted": inside + ",x:1}",
        "leading-zero": inside + ',"x":01}',
        "plus": inside + ',"x":+1}',
        "hex": inside + ',"x":0x10}',
        "dot": inside + ',"x":.5}',
        "open": inside,
        "cut": signed[: len(signed) // 2],
        "control": inside + ',"x":"\x01"}',
        "newline-in-string": inside + ',"x":"a\nb"}',
        "bad-escape": inside + ',"x":"\\x41"}',
        "surrogate-escape": inside + ',"description":"\\ud800"}',
        "surrogate-pair-wrong": inside + ',"description":"\\udc00\\ud800"}',
        "surrogate-key": inside + ',"\\udfff":1}',
        "21-digits": inside + ',"x":' + "1" * 21 + "}",
        "bom": "\ufeff" + signed,
        "bom-inside": " \ufeff" + signed,
        "nbsp": "\u00a0" + signed,
        "form-feed": "\f" + signed,
        "true-upper": inside + ',"x":True}',
        "undefined": inside + ',"x":undefined}',
        "array": f"[{signed}]",
        "string": '"badge"',
        "number": "5",
        "null": "null",
        "true": "true",
        "empty-object": "{}",
        "empty-array": "[]",
        "empty": "",
        "blank": " \n ",
        "lines": signed + "\n" + signed,
        "sequence": "\x1e" + signed,
        "type-only": '{"type":["VerifiableCredential","OpenBadgeCredential"]}',
        "text": "This is my badge.",
        "url": "https://badges.example/b/1",
        "xml-ish": "<badge/>",
        "yaml": "id: urn:x:1",
        "dots": "a.b.c",
    }.items():
        book.add(f"json-{label}", "V-PAR-1", 4, text, "Strict JSON, one document, and nothing else.")
    raw = signed.encode("utf-8")
    for label, data in {
        "latin-1": inside.encode() + b',"x":"\xe9"}',
        "overlong": inside.encode() + b',"x":"\xc0\xaf"}',
        "surrogate-bytes": inside.encode() + b',"x":"\xed\xa0\x80"}',
        "beyond": inside.encode() + b',"x":"\xf4\x90\x80\x80"}',
        "utf-16": signed.encode("utf-16"),
        "utf-16-le": signed.encode("utf-16-le"),
        "utf-32": signed.encode("utf-32"),
        "utf-8-bom": b"\xef\xbb\xbf" + raw,
        "gzip": b"\x1f\x8b\x08\x00" + raw[:40],
        "zip": b"PK\x03\x04" + raw[:40],
        "pdf": b"%PDF-1.7\n",
        "jpeg": b"\xff\xd8\xff\xe0\0\x10JFIF",
        "gif": b"GIF89a\x01\0\x01\0",
        "webp": b"RIFF\0\0\0\0WEBPVP8 ",
        "nuls": bytes(1000),
        "cbor": b"\xa1aa\x01",
        "random": bytes(range(256)),
        "truncated-utf-8": raw + b"\xe2\x82",
        "elf": b"\x7fELF",
        "newline-first": b"\n\xff\xfe",
    }.items():
        book.add(f"json-bytes-{label}", "V-PAR-1", 4, data, "UTF-8 without a mark, or a picture that is known.")
    for label, value in {
        "type-number": 5,
        "type-object": {"a": 1},
        "type-null": None,
        "type-empty": [],
        "type-mixed": ["VerifiableCredential", 5],
        "type-text": "VerifiableCredential",
    }.items():
        document = embed(badge(), ISSUER, "eddsa-jcs-2022") | {"type": value}
        book.add(f"json-{label}", "V-PAR-1 V-LD-3", (1, 4), document, "type is text or a list of texts.")


def _rendering(book: Book) -> None:
    for label, text in HOSTILE.items():
        changed = at(embed(badge(name=text), ISSUER, "eddsa-jcs-2022"), "credentialSubject/achievement/name", text)
        book.add(f"render-{label}-changed", "V-PAR-4", 1, changed, "Refused, and the sentences stay clean.")
        issuer = {"id": EVE.did, "type": ["Profile"], "name": text}
        foreign = embed(badge(issuer=issuer), ISSUER, "eddsa-jcs-2022")
        book.add(f"render-{label}-foreign", "V-PAR-4", 1, foreign, "Refused, and the sentences stay clean.")
        member = text_of(embed(badge(), ISSUER)).replace('"name":"Edit', f'{text_of(text)}:1,"name":"Edit', 1)
        book.add(f"render-{label}-member", "V-PAR-4", 4, member, "A hostile name of a member, shown escaped.")
    hostile = HOSTILE["escape"] + HOSTILE["bidi"]
    for label, document, exits in (
        ("type", badge(type=["VerifiableCredential", hostile]), (1, 4)),
        ("context", badge(**{"@context": [VC2, OB, f"https://x.example/{hostile}"]}), (3, 4)),
        ("id", at(badge(id=f"urn:x:{hostile}"), "name", 5), (1, 4)),
        ("until", badge(validUntil=hostile), 1),
        ("from", badge(validFrom=hostile), 1),
        ("status", badge(credentialStatus={"id": "urn:x:s", "type": hostile}), (1, 3, 4)),
        ("issuer", badge(issuer={"id": f"did:web:{hostile}", "type": ["Profile"]}), (1, 4)),
    ):
        book.add(
            f"render-in-{label}",
            "V-PAR-4",
            exits,
            embed(document, ISSUER, "eddsa-jcs-2022"),
            "Shown escaped wherever it turns up.",
        )
    method = embed(
        badge(), ISSUER, "eddsa-jcs-2022", verificationMethod=f"did:key:{hostile}#x", cryptosuite="eddsa-jcs-2022"
    )
    book.add("render-in-method", "V-PAR-4", 1, method, "Shown escaped wherever it turns up.")
    suite = embed(badge(), ISSUER, "eddsa-rdfc-2022", made_as="x")
    suite["proof"]["cryptosuite"] = hostile
    book.add("render-in-suite", "V-PAR-4", 3, suite, "Shown escaped wherever it turns up.")
    document = badge()
    text = token(document | claims(document) | {"iss": hostile}, ISSUER)
    book.add("render-in-claim", "V-PAR-4", 1, text, "Shown escaped wherever it turns up.")
    book.add(
        "render-in-alg", "V-PAR-4", 1, token(document | claims(document), ISSUER, {"alg": hostile}), "Shown escaped."
    )
    book.add(
        "render-in-kid", "V-PAR-4", 1, token(document | claims(document), ISSUER, {"kid": hostile}), "Shown escaped."
    )
    book.add("render-in-trust", "V-PAR-4", 1, embed(document, ISSUER), "Shown escaped.", issuers=[hostile])
