"""V-ST-1 to V-ST-4: what cannot be told is unknown, never "not withdrawn"."""

from __future__ import annotations

import zlib
from typing import Any

from generator.badges import BADGE_ID, VC2, badge, claims, without
from generator.binding import HTTPS, JWKS_URL, key_set
from generator.book import Book
from generator.material import EVE, ISSUER, OTHER, Key, b64, embed, token

__all__ = ["LIST", "add_cases", "encoded", "entry", "revocations", "status_list"]

LIST = "https://issuer.example/status/3"
VCRL = "https://issuer.example/revocations/1"
_SIZE = 16 * 1024
_HEADER = b"\x1f\x8b\x08\0\0\0\0\0\0\x03"


def _pack(bits: bytes) -> bytes:
    deflater = zlib.compressobj(9, zlib.DEFLATED, -15)
    return (
        _HEADER
        + deflater.compress(bits)
        + deflater.flush()
        + zlib.crc32(bits).to_bytes(4, "little")
        + (len(bits) & 0xFFFFFFFF).to_bytes(4, "little")
    )


def encoded(*indexes: int, size: int = _SIZE) -> str:
    """An encodedList with these bits set, the first bit left."""
    bits = bytearray(size)
    for index in indexes:
        bits[index // 8] |= 0x80 >> index % 8
    return "u" + b64(_pack(bytes(bits)))


def entry(index: Any = "5", **members: Any) -> dict[str, Any]:
    """An honest entry; ``members`` replace, None removes."""
    found = {
        "id": f"{LIST}#5",
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": index,
        "statusListCredential": LIST,
    }
    return without(found | members)


def status_list(key: Key = ISSUER, subject: dict[str, Any] | None = None, **members: Any) -> dict[str, Any]:
    """An unsigned list with nothing set."""
    inner = {
        "id": f"{LIST}#list",
        "type": "BitstringStatusList",
        "statusPurpose": "revocation",
        "encodedList": encoded(),
    } | (subject or {})
    document = {
        "@context": [VC2],
        "id": LIST,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": key.did,
        "validFrom": "2026-05-31T00:00:00Z",
        "credentialSubject": without(inner),
    }
    return without(document | members)


def revocations(*identifiers: str, **members: Any) -> dict[str, Any]:
    """A 1EdTech revocation list."""
    found = {"id": VCRL, "issuer": HTTPS, "revokedCredential": [{"id": one, "revoked": True} for one in identifiers]}
    return without(found | members)


def add_cases(book: Book) -> None:
    """Every case about status."""
    _entries(book)
    _lists(book)
    _bits(book)
    _bombs(book)
    _old_lists(book)


def _badge(status: Any) -> dict[str, Any]:
    return embed(badge(credentialStatus=status), ISSUER, "eddsa-jcs-2022")


def _good_list(**more: Any) -> dict[str, Any]:
    return {LIST: embed(status_list(**more), ISSUER)}


def _entries(book: Book) -> None:
    good = _good_list()
    for label, status, exits in (
        ("type-unknown", {"id": "urn:x:s", "type": "https://x.example/FutureStatus2031"}, 3),
        ("type-unknown-rich", entry(type="https://x.example/FutureStatus2031"), (3, 4)),
        ("type-undefined", entry(type="FutureStatus2031"), (3, 4)),
        ("type-2021", entry(type="StatusList2021Entry"), (3, 4)),
        ("type-missing", entry(type=None), (1, 3, 4)),
        ("type-both", entry(type=["BitstringStatusListEntry", "1EdTechRevocationList"]), (1, 3, 4)),
        ("token-status", {"id": LIST, "type": "TokenStatusListEntry"}, (3, 4)),
        ("purpose-unknown", entry(statusPurpose="gossip"), 3),
        ("purpose-missing", entry(statusPurpose=None), (1, 3)),
        ("purpose-number", entry(statusPurpose=5), (1, 3, 4)),
        ("purpose-array", entry(statusPurpose=["revocation"]), (1, 3, 4)),
        ("url-missing", entry(statusListCredential=None), (1, 3)),
        ("url-number", entry(statusListCredential=5), (1, 3, 4)),
        ("url-relative", entry(statusListCredential="status/3"), (1, 3, 4)),
        ("url-other", entry(statusListCredential="https://issuer.example/status/4"), 3),
        ("url-long", entry(statusListCredential="https://issuer.example/" + "a" * 3000), (1, 3, 4)),
        ("url-blank", entry(statusListCredential="https://issuer.example/a b"), (1, 3, 4)),
        ("size-0", entry(statusSize=0), (1, 3)),
        ("size-text", entry(statusSize="1"), (1, 3, 4)),
        ("size-huge", entry(statusSize=10**9), (1, 3)),
        ("size-2-no-message", entry(statusSize=2), (1, 3)),
        ("text", "https://issuer.example/status/3", (1, 3, 4)),
        ("empty", {}, (1, 3, 4)),
        ("null-in-array", [None], (1, 3, 4)),
        ("no-members", {"type": "BitstringStatusListEntry"}, (1, 3)),
    ):
        book.add(
            f"status-list-entry-{label}",
            "V-ST-1 V-ST-3",
            exits,
            _badge(status),
            "A status that cannot be read is not a good one.",
            documents=good,
        )
    for label, index in {
        "minus": "-1",
        "plus": "+5",
        "zero-padded": "05",
        "blank": " 5",
        "float": "5.0",
        "exponent": "5e0",
        "hex": "0x5",
        "empty": "",
        "text": "five",
        "arabic": "\u0665",
        "long": "5" * 11,
        "newline": "5\n",
        "underscore": "1_0",
        "array": ["5"],
        "true": True,
        "null-object": {},
        "fraction": 5.5,
        "minus-number": -1,
        "missing": None,
    }.items():
        book.add(
            f"status-list-index-{label}",
            "V-ST-3",
            (1, 4),
            _badge(entry(index)),
            "An index is a whole number in one spelling.",
            documents=good,
        )
    for label, index in {"end": "131072", "far": "9999999999", "number": 131072}.items():
        book.add(
            f"status-list-index-{label}",
            "V-ST-3",
            1,
            _badge(entry(index)),
            "Beyond the end of the list.",
            documents=good,
            check="status.revocation",
            code="status.index_range",
        )
    many = [entry(str(number), id=f"{LIST}#{number}") for number in range(5)]
    book.add("status-list-five-entries", "V-ST-4", 4, _badge(many), "More than four entries.", documents=good)
    second = [entry(), entry("6", id=f"{LIST}#6", statusPurpose="suspension")]
    purposes = {"statusPurpose": ["revocation", "suspension"]}
    book.add(
        "status-list-second-suspended",
        "V-ST-2",
        1,
        _badge(second),
        "The second of two says suspended.",
        check="status.suspension",
        code="status.suspended",
        documents=_good_list(subject=purposes | {"encodedList": encoded(6)}),
    )
    book.add(
        "status-list-second-unknown",
        "V-ST-1",
        3,
        _badge([entry(), {"id": "urn:x:s", "type": "https://x.example/FutureStatus2031"}]),
        "One of two is unknown.",
        documents=good,
    )
    revoked = _good_list(subject={"encodedList": encoded(5)})
    book.add(
        "status-list-revoked-and-unknown",
        "V-ST-1",
        1,
        _badge([{"id": "urn:x:s", "type": "https://x.example/FutureStatus2031"}, entry()]),
        "Withdrawn, whatever the other says.",
        documents=revoked,
    )


def _lists(book: Book) -> None:
    badge_text = _badge(entry())

    def add(label: str, document: Any, exits: Any, why: str, requirement: str = "V-ST-2", **more: Any) -> None:
        book.add(f"status-list-{label}", requirement, exits, badge_text, why, documents={LIST: document}, **more)

    book.add(
        "status-list-offline",
        "V-ST-1",
        3,
        badge_text,
        "The list could not be had.",
        check="status.revocation",
        asks=[LIST],
    )
    document = badge(credentialStatus=entry())
    book.add(
        "status-list-offline-jwt", "V-ST-1", 3, token(document | claims(document), ISSUER), "The list could not be had."
    )
    add(
        "revoked",
        embed(status_list(subject={"encodedList": encoded(5)}), ISSUER),
        1,
        "Withdrawn.",
        check="status.revocation",
        code="status.revoked",
    )
    add(
        "revoked-jwt",
        token(status_list(subject={"encodedList": encoded(5)}), ISSUER),
        1,
        "Withdrawn, said by a token.",
        check="status.revocation",
        code="status.revoked",
    )
    add("unsigned", status_list(), 3, "Nobody signed the list.")
    add("changed", embed(status_list(), ISSUER) | {"validUntil": "2030-01-01T00:00:00Z"}, 3, "The list was changed.")
    forged = embed(status_list(subject={"encodedList": encoded(5)}), ISSUER)
    forged["credentialSubject"]["encodedList"] = encoded()
    add("bit-cleared", forged, 3, "The bit was cleared after signing.")
    add("other-issuer", embed(status_list(OTHER), OTHER), 3, "Somebody else's list.")
    add("forged-issuer", embed(status_list(), EVE), 3, "Signed by somebody else in the issuer's name.")
    add("other-issuer-jwt", token(status_list(EVE), EVE), 3, "Somebody else's list.")
    add(
        "other-id",
        embed(status_list(id="https://issuer.example/status/4"), ISSUER),
        3,
        "Another list of the same issuer.",
    )
    add("no-id", embed(status_list(id=None), ISSUER), 3, "A list without a name.")
    add(
        "purpose",
        embed(status_list(subject={"statusPurpose": "suspension"}), ISSUER),
        3,
        "The list is about something else.",
    )
    add(
        "purpose-missing",
        embed(status_list(subject={"statusPurpose": None}), ISSUER),
        3,
        "The list says not what it is about.",
    )
    add(
        "expired",
        embed(status_list(validUntil="2026-05-31T12:00:00Z"), ISSUER),
        3,
        "The list is over: a newer one was kept back.",
    )
    add("future", embed(status_list(validFrom="2026-07-01T00:00:00Z"), ISSUER), 3, "The list has not begun.")
    add("type", embed(status_list(type=["VerifiableCredential"]), ISSUER), 3, "Not a list.")
    add("subject-type", embed(status_list(subject={"type": None}), ISSUER, "eddsa-jcs-2022"), 3, "Not a list.")
    add("badge-as-list", embed(badge(id=LIST), ISSUER), 3, "A badge in place of a list.")
    add(
        "own-status",
        embed(status_list(credentialStatus=entry(statusListCredential="https://issuer.example/status/9")), ISSUER),
        0,
        "The status of a list is not followed.",
        asks=[LIST],
    )
    add("itself", embed(status_list(credentialStatus=entry()), ISSUER), 0, "A list that points at itself.", asks=[LIST])
    add("html", "<html>not found</html>", 3, "Not a list.", "V-ST-1")
    add("empty", "", 3, "Not a list.", "V-ST-1")
    add("array", "[]", 3, "Not a list.", "V-ST-1")
    add("empty-object", "{}", 3, "Not a list.", "V-ST-1")
    add("twice", '{"id":"a","id":"b"}', 3, "Not strict JSON.", "V-ST-1 V-PAR-1")
    add("alg-none", "eyJhbGciOiJub25lIn0." + b64("{}") + ".", 3, "An unsigned token.", "V-ST-1 V-JWT-1")
    add(
        "context-unknown",
        embed(status_list(**{"@context": [VC2, "https://x.example/c"]}), ISSUER, "eddsa-jcs-2022"),
        3,
        "Not a known context.",
    )
    add(
        "rewritten",
        _rename_purpose(embed(status_list(), ISSUER)),
        3,
        "Another spelling of the purpose.",
        "V-ST-2 V-LD-3",
    )
    add(
        "too-large",
        {"recipe": {"parts": [['{"a":"', 1], ["x", 9_000_000], ['"}', 1]]}},
        3,
        "Larger than any list.",
        "V-ST-1",
    )


def _rename_purpose(document: dict[str, Any]) -> dict[str, Any]:
    subject = document["credentialSubject"]
    subject["https://www.w3.org/ns/credentials/status#statusPurpose"] = subject.pop("statusPurpose")
    return document


def _bits(book: Book) -> None:
    why = "Bit 0 is the leftmost bit of byte 0, and only the badge's own bit counts."
    for index in (0, 7, 8, 15, 5, 131071):
        text = _badge(entry(str(index)))
        own = {LIST: embed(status_list(subject={"encodedList": encoded(index)}), ISSUER)}
        book.add(
            f"list-neighbour-{index}-set",
            "V-ST-3",
            1,
            text,
            why,
            documents=own,
            check="status.revocation",
            code="status.revoked",
        )
        others = [
            one for one in (index - 1, index + 1, index ^ 7, 131071 - index) if 0 <= one < 131072 and one != index
        ]
        beside = {LIST: embed(status_list(subject={"encodedList": encoded(*others)}), ISSUER)}
        book.add(f"list-neighbour-{index}-honest", "V-ST-3", 0, text, why, documents=beside)
    everything = "u" + b64(_pack(b"\xff" * _SIZE))
    own = {LIST: embed(status_list(subject={"encodedList": everything}), ISSUER)}
    book.add("list-neighbour-all", "V-ST-3", 1, _badge(entry()), "All are withdrawn.", documents=own)
    book.add(
        "list-neighbour-number",
        "V-ST-3",
        1,
        _badge(entry(5)),
        "The index as a number is read too.",
        documents={LIST: embed(status_list(subject={"encodedList": encoded(5)}), ISSUER)},
    )


def _bombs(book: Book) -> None:
    good = _pack(bytes(_SIZE))
    for label, text in {
        "8mib-and-one": "u" + b64(_pack(bytes(8 * 1024 * 1024 + 1))),
        "64mib": "u" + b64(_pack(bytes(64 * 1024 * 1024))),
        "short": "u" + b64(_pack(bytes(_SIZE - 1))),
        "tiny": "u" + b64(_pack(b"\0")),
        "nothing": "u" + b64(_pack(b"")),
        "two-members": "u" + b64(good + good),
        "trailer": "u" + b64(good + b"x"),
        "cut": "u" + b64(good[:-9]),
        "no-trailer": "u" + b64(good[:-8]),
        "crc": "u" + b64(good[:-8] + bytes(4) + good[-4:]),
        "length": "u" + b64(good[:-4] + bytes(4)),
        "zlib": "u" + b64(zlib.compress(bytes(_SIZE), 9)),
        "raw-deflate": "u" + b64(good[10:-8]),
        "plain": "u" + b64(bytes(100)),
        "no-prefix": b64(good),
        "z-prefix": "z" + b64(good),
        "m-prefix": "m" + b64(good),
        "padded": "u" + b64(good) + "=",
        "plus": "u" + b64(good)[:-2] + "+/",
        "empty": "",
        "u-only": "u",
        "blank": "u" + b64(good)[:20] + " " + b64(good)[20:],
        "stored": "u" + b64(zlib.compress(bytes(_SIZE), 0, 31)[:-20]),
    }.items():
        documents = {LIST: embed(status_list(subject={"encodedList": text}), ISSUER, "eddsa-jcs-2022")}
        book.add(
            f"list-bomb-{label}",
            "V-ST-3",
            3,
            _badge(entry()),
            "A list that cannot be read says nothing.",
            documents=documents,
            check="status.revocation",
        )
    layers = "u" + b64(_pack(_pack(bytes(64 * 1024 * 1024))))
    book.add(
        "list-bomb-layers",
        "V-ST-3",
        1,
        _badge(entry()),
        "One layer is inflated, never two; its bits happen to say withdrawn.",
        documents={LIST: embed(status_list(subject={"encodedList": layers}), ISSUER, "eddsa-jcs-2022")},
    )
    for label, value in {"number": 5, "null": None, "array": [encoded()], "object": {"@value": encoded()}}.items():
        document = embed(status_list(), ISSUER, "eddsa-jcs-2022")
        document["credentialSubject"]["encodedList"] = value
        book.add(f"list-bomb-form-{label}", "V-ST-3", 3, _badge(entry()), "Not a list.", documents={LIST: document})


def _old_lists(book: Book) -> None:
    """1EdTech revocation lists have no signature: they count only from the issuer's own address."""
    status = {"id": VCRL, "type": "1EdTechRevocationList"}

    def signed(issuer: str = HTTPS, where: Any = status) -> str:
        document = badge(issuer={"id": issuer, "type": ["Profile"], "name": "Riverside"}, credentialStatus=where)
        from generator.badges import EXTENSIONS, OB

        document["@context"] = [VC2, OB, EXTENSIONS]
        return token(document | claims(document), ISSUER, {"kid": "key-1"} if issuer == HTTPS else None)

    def add(
        label: str, document: Any, exits: int, why: str, badge_text: str | None = None, url: str = VCRL, **more: Any
    ) -> None:
        documents = {JWKS_URL: key_set(ISSUER)} | ({url: document} if document is not None else {})
        book.add(
            f"status-list-1edtech-{label}",
            "V-ST-1 V-ST-2",
            exits,
            badge_text or signed(),
            why,
            documents=documents,
            **more,
        )

    add("revoked", revocations(BADGE_ID), 1, "Withdrawn.", check="status.revocation")
    add(
        "revoked-plural",
        {"id": VCRL, "issuer": HTTPS, "revokedCredentials": [{"id": BADGE_ID}]},
        1,
        "Withdrawn, in the other spelling.",
    )
    add(
        "revoked-reason",
        revocations(revokedCredential=[{"id": BADGE_ID, "revocationReason": "Error"}]),
        1,
        "Withdrawn.",
        check="status.revocation",
        code="status.revoked_reason",
    )
    add("revoked-percent", revocations(BADGE_ID.replace("u", "%75")), 1, "The same id, percent-encoded.")
    add("revoked-blank", revocations(f" {BADGE_ID} "), 1, "The same id between blanks.")
    add("revoked-last", revocations(*(f"urn:uuid:{number}" for number in range(50)), BADGE_ID), 1, "The last of many.")
    add("offline", None, 3, "The list could not be had.")
    add("other-issuer", revocations(issuer="https://other.example/profile"), 3, "Somebody else's list.")
    add("other-id", revocations(id="https://issuer.example/revocations/2"), 3, "Another list.")
    elsewhere = "https://evil.example/revocations/1"
    moved = signed(where=status | {"id": elsewhere})
    add(
        "other-origin",
        revocations(id=elsewhere),
        3,
        "Not the issuer's own address: anybody could have written it.",
        moved,
        elsewhere,
    )
    add("did-key-issuer", revocations(issuer=ISSUER.did), 3, "A did:key has no address of its own.", signed(ISSUER.did))
    alike = "https://issuer.example.evil.example/r"
    add(
        "alike-origin",
        revocations(id=alike),
        3,
        "Starts alike, and is another host.",
        signed(where=status | {"id": alike}),
        alike,
    )
    port = "https://issuer.example:8443/r"
    add(
        "other-port",
        revocations(id=port),
        3,
        "Another port is another origin.",
        signed(where=status | {"id": port}),
        port,
    )
    plain = "http://issuer.example/r"
    add("http", revocations(id=plain), 3, "Not https.", signed(where=status | {"id": plain}), plain)
    for label, document in {
        "empty": "{}",
        "array": "[]",
        "html": "<html>",
        "list-text": revocations(revokedCredential="none"),
        "item-text": revocations(revokedCredential=["x"]),
        "item-without-id": revocations(revokedCredential=[{"revoked": True}]),
        "item-revoked-text": revocations(revokedCredential=[{"id": "urn:x:1", "revoked": "no"}]),
        "item-null": revocations(revokedCredential=[None]),
    }.items():
        add(f"form-{label}", document, 3, "A list that cannot be read says nothing.")
