"""V-NET-4: Open Badges 2.0. What a hosted badge says counts only as its own address says it."""

from __future__ import annotations

from typing import Any

from generator.badges import hashed, without
from generator.book import Book
from generator.material import RSA, RSA_OTHER, Key, jws
from generator.pictures import chunk, itxt, png, svg

__all__ = ["add_cases", "assertion", "hosted", "signed_assertion", "signed_documents"]

BASE = "https://issuer.example"
HERE = f"{BASE}/assertions/1"
CLASS, PROFILE, KEY, REVOKED = f"{BASE}/classes/1", f"{BASE}/issuer", f"{BASE}/keys/1", f"{BASE}/revoked"
CONTEXT = "https://w3id.org/openbadges/v2"


def assertion(**members: Any) -> dict[str, Any]:
    """A hosted assertion; ``members`` replace, None removes."""
    identity = hashed("a@example.org", "salt")
    found = {
        "@context": CONTEXT,
        "type": "Assertion",
        "id": HERE,
        "badge": CLASS,
        "issuedOn": "2020-03-01T10:00:00Z",
        "verification": {"type": "hosted"},
        "recipient": {"type": "email", "hashed": True, "salt": "salt", "identity": identity["identityHash"]},
    }
    return without(found | members)


def badge_class(**members: Any) -> dict[str, Any]:
    """The badge class."""
    found = {
        "@context": CONTEXT,
        "type": "BadgeClass",
        "id": CLASS,
        "name": "Host",
        "description": "Hosts events.",
        "image": f"{BASE}/i.png",
        "criteria": {"narrative": "Host one."},
        "issuer": PROFILE,
    }
    return without(found | members)


def profile(**members: Any) -> dict[str, Any]:
    """The issuer's profile."""
    found = {
        "@context": CONTEXT,
        "type": "Issuer",
        "id": PROFILE,
        "name": "Riverside",
        "url": BASE,
        "email": "a@issuer.example",
    }
    return without(found | members)


def hosted(**documents: Any) -> dict[str, Any]:
    """What the addresses answer."""
    found = {HERE: assertion(), CLASS: badge_class(), PROFILE: profile()} | {
        {"assertion": HERE, "badge": CLASS, "issuer": PROFILE}.get(name, name): value
        for name, value in documents.items()
    }
    return {url: value for url, value in found.items() if value is not None}


def signed_assertion(key: Key = RSA, header: dict[str, Any] | None = None, **members: Any) -> str:
    """A signed assertion as a token."""
    body = assertion(**({"verification": {"type": "signed", "creator": KEY}} | members))
    return jws({"alg": "RS256"} | (header or {}), body, key)


def signed_documents(**documents: Any) -> dict[str, Any]:
    """What a signed assertion links to."""
    key = {
        "@context": CONTEXT,
        "type": "CryptographicKey",
        "id": KEY,
        "owner": PROFILE,
        "publicKeyPem": RSA.public.to_pem().decode(),
    }
    found = {CLASS: badge_class(), PROFILE: profile(publicKey=KEY), KEY: key}
    names = {"badge": CLASS, "issuer": PROFILE, "key": KEY, "revoked": REVOKED}
    found |= {names.get(name, name): value for name, value in documents.items()}
    return {url: value for url, value in found.items() if value is not None}


def add_cases(book: Book) -> None:
    """Every case about Open Badges 2.0."""
    _hosted(book)
    _signed(book)


def _hosted(book: Book) -> None:
    def add(label: str, exits: Any, why: str, given: Any = None, **documents: Any) -> None:
        book.add(f"ob2-hosted-{label}", "V-NET-4", exits, given or assertion(), why, documents=hosted(**documents))

    add("revoked", 1, "It says itself that it is withdrawn.", assertion=assertion(revoked=True))
    add(
        "revoked-bare",
        1,
        "Only id and revoked are left.",
        assertion={"@context": CONTEXT, "type": "Assertion", "id": HERE, "revoked": True},
    )
    add("expired", 1, "It expired.", assertion=assertion(expires="2021-01-01T00:00:00Z"))
    add(
        "expires-hidden",
        1,
        "The copy handed over has no end, the published one has.",
        assertion(),
        assertion=assertion(expires="2021-01-01T00:00:00Z"),
    )
    add("future", 1, "Not issued yet.", assertion=assertion(issuedOn="2027-01-01T00:00:00Z"))
    add("issued-garbage", 1, "Not a date.", assertion=assertion(issuedOn="some day"))
    add("other-id", 1, "The address answers with another badge.", assertion=assertion(id=f"{BASE}/assertions/2"))
    add("offline", 3, "It could not be had.", assertion=None)
    add("offline-class", 3, "The class could not be had.", badge=None)
    add("offline-issuer", 3, "The issuer could not be had.", issuer=None)
    add("html", (1, 3), "Not a badge.", assertion="<html>")
    add(
        "changed-class-issuer",
        1,
        "The class is another issuer's.",
        badge=badge_class(issuer="https://other.example/issuer"),
        **{"https://other.example/issuer": profile(id="https://other.example/issuer")},
    )
    evil = "https://issuer.example.evil.example/assertions/1"
    add("alike-host", 1, "Starts alike, and is another host.", assertion(id=evil), **{evil: assertion(id=evil)})
    add(
        "starts-with",
        1,
        "startsWith compares origins, not texts.",
        assertion(id=evil),
        issuer=profile(verification={"startsWith": BASE}),
        **{evil: assertion(id=evil)},
    )
    other = "https://evil.example/assertions/1"
    add(
        "other-origin",
        1,
        "A badge of Eve's site in the issuer's name.",
        assertion(id=other),
        **{other: assertion(id=other)},
    )
    add(
        "allowed-origins",
        1,
        "Not one of the allowed origins.",
        issuer=profile(verification={"allowedOrigins": ["badges.example"]}),
    )
    add(
        "out-of-scope-path",
        1,
        "Another path than the issuer's.",
        issuer=profile(verification={"startsWith": f"{BASE}/other/"}),
    )
    add("http", (1, 3, 4), "Not https.", assertion(id="http://issuer.example/assertions/1"))
    add("file", (1, 3, 4), "Not https.", assertion(id="file:///etc/passwd"))
    add("urn", (1, 3, 4), "Not an address.", assertion(id="urn:uuid:1"))
    add("loopback", (1, 3), "An address of this machine.", assertion(id="https://127.0.0.1/a"))
    embedded = badge_class(issuer=profile(id=PROFILE, name="Forged name"))
    add(
        "embedded-issuer",
        (0,),
        "The issuer's own profile counts, not the embedded one.",
        assertion=assertion(badge=embedded),
    )
    add(
        "inline-context",
        (1, 3, 4),
        "Another meaning of words.",
        assertion=assertion(**{"@context": [CONTEXT, {"expires": "urn:x:ignored"}]}),
    )
    add("no-type", (1, 4), "Not an assertion.", assertion(type=None), assertion=assertion(type=None))
    add("class-alone", (1, 4), "A class is no badge.", badge_class())
    add("issuer-alone", (1, 4), "A profile is no badge.", profile())
    add(
        "verification-missing",
        (1, 3, 4),
        "It says not how to verify it.",
        assertion(verification=None),
        assertion=assertion(verification=None),
    )
    add("verification-unknown", (1, 3, 4), "A way that is not known.", assertion(verification={"type": "trust-me"}))
    add(
        "signed-without-token",
        1,
        "It says that it is signed, and is not.",
        assertion(verification={"type": "signed", "creator": KEY}),
    )
    add("recipient-missing", (1, 4), "Nobody got it.", assertion(recipient=None), assertion=assertion(recipient=None))
    add("class-missing", (1, 4), "For nothing.", assertion(badge=None), assertion=assertion(badge=None))
    book.add(
        "ob2-hosted-other-recipient",
        "V-NET-4 V-REC-1",
        1,
        assertion(),
        "Somebody else's.",
        documents=hosted(),
        recipient="emailAddress:b@example.org",
    )
    book.add(
        "ob2-hosted-not-trusted",
        "V-NET-4 V-KEY-6",
        1,
        assertion(),
        "Not a trusted issuer.",
        documents=hosted(),
        issuers=["https://other.example/issuer"],
    )
    md5 = assertion(recipient={"type": "email", "hashed": True, "identity": "md5$" + "0" * 32})
    book.add(
        "ob2-hosted-md5",
        "V-REC-1",
        1,
        md5,
        "md5 proves nothing.",
        documents=hosted(assertion=md5),
        recipient="emailAddress:a@example.org",
    )
    link = png(chunk(b"tEXt", b"openbadges\0http://issuer.example/assertions/1"))
    book.add("ob2-png-http-link", "V-NET-4 V-IMG-1", (1, 3, 4), link, "Not https.", documents=hosted(), asks=[])
    link = png(chunk(b"tEXt", b"openbadges\0file:///etc/passwd"))
    book.add("ob2-png-file-link", "V-NET-4 V-IMG-1", 4, link, "Not an address.", documents=hosted(), asks=[])
    wrong = svg('<o:assertion xmlns:o="http://openbadges.org" verify="javascript:alert(1)"/>')
    book.add("ob2-svg-script-link", "V-NET-4 V-IMG-2", 4, wrong, "Not an address.", documents=hosted(), asks=[])


def _signed(book: Book) -> None:
    def add(label: str, exits: Any, why: str, given: str | None = None, **documents: Any) -> None:
        book.add(
            f"ob2-signed-{label}",
            "V-NET-4",
            exits,
            given or signed_assertion(),
            why,
            documents=signed_documents(**documents),
        )

    key = signed_documents()[KEY]
    add("other-key", 1, "Signed with another key.", signed_assertion(RSA_OTHER))
    add("alg-none", 1, "Unsigned.", signed_assertion(header={"alg": "none"}))
    add("hs256", 1, "Symmetric.", signed_assertion(header={"alg": "HS256"}))
    add("not-listed", 1, "The issuer lists no such key.", issuer=profile(publicKey=f"{BASE}/keys/2"))
    add("no-key", 1, "The issuer lists no key.", issuer=profile())
    add("owner", 1, "The key says that it is somebody else's.", key=key | {"owner": "https://other.example/issuer"})
    add(
        "foreign-creator",
        1,
        "Eve's key.",
        signed_assertion(RSA_OTHER, verification={"type": "signed", "creator": "https://evil.example/keys/1"}),
        **{
            "https://evil.example/keys/1": key
            | {"id": "https://evil.example/keys/1", "publicKeyPem": RSA_OTHER.public.to_pem().decode()}
        },
    )
    add(
        "key-garbage",
        1,
        "Not a key.",
        key=key | {"publicKeyPem": "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n"},
    )
    add("key-offline", 3, "The key could not be had.", key=None)
    add("expired", 1, "It expired.", signed_assertion(expires="2021-01-01T00:00:00Z"))
    listed = {"@context": CONTEXT, "type": "RevocationList", "id": REVOKED, "issuer": PROFILE}
    with_list = profile(publicKey=KEY, revocationList=REVOKED)
    add(
        "revoked",
        1,
        "It is on the list.",
        issuer=with_list,
        revoked=listed | {"revokedAssertions": [{"id": HERE, "revocationReason": "Error"}]},
    )
    add("revoked-text", 1, "It is on the list.", issuer=with_list, revoked=listed | {"revokedAssertions": [HERE]})
    add("list-offline", 3, "The list could not be had.", issuer=with_list)
    add("list-broken", 3, "The list cannot be read.", issuer=with_list, revoked=listed | {"revokedAssertions": "none"})
    add(
        "list-other-issuer",
        (1, 3),
        "Somebody else's list.",
        issuer=with_list,
        revoked=listed | {"issuer": "https://other.example/issuer", "revokedAssertions": []},
    )
    add("hosted-in-token", 1, "It says that it is hosted.", signed_assertion(verification={"type": "hosted"}))
    changed = signed_assertion().split(".")
    from generator.material import b64, text_of

    changed[1] = b64(text_of(assertion(verification={"type": "signed", "creator": KEY}, badge=f"{BASE}/classes/2")))
    add(
        "changed", 1, "It was changed.", ".".join(changed), **{f"{BASE}/classes/2": badge_class(id=f"{BASE}/classes/2")}
    )
    baked = png(itxt(signed_assertion(RSA_OTHER), b"openbadges"))
    book.add(
        "ob2-signed-png-other-key",
        "V-NET-4 V-IMG-1",
        1,
        baked,
        "Signed with another key.",
        documents=signed_documents(),
    )
