"""V-REC-1, V-END-1, V-NET-1, V-NET-3, CLR, presentations, and what is well signed but no badge."""

from __future__ import annotations

import base64
import hashlib
from typing import Any

from generator.badges import BADGE_ID, EXTENSIONS, MAIL, OB, VC2, at, badge, claims, clr, endorsement, hashed
from generator.book import Book
from generator.material import EVE, HOLDER, ISSUER, OTHER, P256, STRANGER, embed, text_of, token
from generator.status import LIST, status_list

__all__ = ["add_cases"]


def add_cases(book: Book) -> None:
    """Everything else."""
    _recipients(book)
    _endorsements(book)
    _records(book)
    _kinds(book)
    _fetching(book)
    _addresses(book)


def _recipients(book: Book) -> None:
    def add(label: str, identity: Any, recipient: str = f"emailAddress:{MAIL}", code: str | None = None) -> None:
        document = at(badge(), "credentialSubject/identifier", identity)
        more = {"code": code} if code else {}
        book.add(
            f"recipient-{label}",
            "V-REC-1",
            1,
            embed(document, ISSUER, "eddsa-jcs-2022"),
            "Not this person, or not proven.",
            recipient=recipient,
            check="recipient.match",
            **more,
        )

    add("other", [hashed("other@example.org")], code="recipient.no_match")
    add("other-salt", [hashed() | {"salt": "another-salt-000"}])
    add("unsalted", [hashed(salt=None)], code="recipient.weak_hash")
    add("empty-salt", [hashed(salt=None) | {"salt": ""}])
    add("other-type", [hashed(kind="userName")])
    add(
        "plain-other",
        [{"type": "IdentityObject", "hashed": False, "identityType": "emailAddress", "identityHash": "x@example.org"}],
    )
    add("plain-holds-hash", [hashed() | {"hashed": False}])
    for digest in ("md5", "sha1", "sha512", "sha3_256"):
        value = f"{digest}${hashlib.new(digest, (MAIL + 'b2c1f00dcafe4a57').encode()).hexdigest()}"
        add(f"{digest}", [hashed() | {"identityHash": value}])
    whole = hashed()["identityHash"]
    for label, value in {
        "none": "none$" + MAIL,
        "short": whole[:-2],
        "long": whole + "00",
        "no-dollar": whole.replace("$", ""),
        "upper-name": whole.replace("sha256", "SHA256"),
        "truncated": "sha256$",
        "blank": whole + " ",
        "name-only": "sha256",
        "empty": "",
        "newline": whole + "\n",
        "text": "sha256$" + MAIL,
    }.items():
        add(f"hash-{label}", [hashed() | {"identityHash": value}])
    add("blank", [hashed()], f"emailAddress: {MAIL}")
    add("subject-id", [hashed()], f"id:{EVE.did}", "recipient.no_match")
    add("subject-did", [hashed()], EVE.did)
    add("id-prefix", [hashed()], f"id:{HOLDER.did[:-1]}")
    add("id-upper", [hashed()], f"id:{HOLDER.did.upper()}")
    add("id-as-mail", [hashed()], f"emailAddress:{HOLDER.did}")
    add("hash-as-value", [hashed()], f"emailAddress:{hashed()['identityHash']}")
    document = badge()
    text = token(document | claims(document), ISSUER)
    book.add(
        "recipient-jwt",
        "V-REC-1",
        1,
        text,
        "Not this person.",
        recipient="emailAddress:other@example.org",
        check="recipient.match",
    )
    name = at(badge(), "credentialSubject/name", MAIL)
    book.add(
        "recipient-name-is-no-identifier",
        "V-REC-1",
        1,
        embed(name, ISSUER, "eddsa-jcs-2022"),
        "A name is no proof.",
        recipient=f"name:{MAIL}",
        check="recipient.match",
    )


def _endorsements(book: Book) -> None:
    good = embed(endorsement(), OTHER)
    decide = {"endorsements_decide": True}

    def add(label: str, inside: Any, exits: Any, why: str, member: str = "endorsement", **more: Any) -> None:
        document = badge(**{member: [inside]})
        signed = embed(document, ISSUER, "eddsa-jcs-2022")
        book.add(f"endorsement-{label}", "V-END-1", exits, signed, why, policy=decide, **more)
        if exits == 1 and label != "badge-inside":  # the schema of badges refuses that one by itself
            book.add(
                f"endorsement-{label}-reported",
                "V-END-1",
                (0,),
                signed,
                "Reported; it does not decide unless that is asked.",
                check="endorsements",
            )

    add("changed", good | {"name": "Changed"}, 1, "The endorsement was changed.", check="endorsements")
    add("unsigned", endorsement(), 1, "Nobody signed the endorsement.")
    add("forged", embed(endorsement(), EVE), 1, "Signed by somebody else in the endorser's name.")
    add("expired", embed(endorsement(validUntil="2026-02-01T00:00:00Z"), OTHER), 1, "The endorsement is over.")
    add("future", embed(endorsement(validFrom="2027-02-01T00:00:00Z"), OTHER), 1, "The endorsement has not begun.")
    add("other-subject", embed(endorsement(about="urn:uuid:another-badge"), OTHER), 1, "It is about another badge.")
    add("badge-inside", embed(badge(OTHER, id="urn:uuid:another"), OTHER), 1, "A badge is no endorsement.")
    add("empty", {"type": ["EndorsementCredential"]}, (1, 4), "Not an endorsement.")
    text = endorsement()
    jwt = token(text | claims(text) | {"nbf": 1768554000}, OTHER)
    jwt_claims = {"nbf": 1768554000}
    add("jwt-none", token(text | claims(text) | jwt_claims, OTHER, {"alg": "none"}), 1, "Unsigned.", "endorsementJwt")
    add("jwt-changed", jwt[:-8] + "AAAAAAAA", 1, "Changed.", "endorsementJwt")
    add("jwt-forged", token(text | claims(text) | jwt_claims, EVE), 1, "Somebody else's key.", "endorsementJwt")
    add("jwt-claims", token(text | claims(text) | {"nbf": 5}, OTHER), 1, "Claims that disagree.", "endorsementJwt")
    add("jwt-garbage", "a.b.c", 1, "Not a token.", "endorsementJwt")
    add("jwt-text", "hello", (1, 4), "Not a token.", "endorsementJwt")
    add("jwt-number", 5, (1, 4), "Not a token.", "endorsementJwt")
    many = badge(endorsement=[good | {"id": f"urn:uuid:{number}"} for number in range(21)])
    book.add("endorsement-21", "V-END-1", 4, embed(many, ISSUER, "eddsa-jcs-2022"), "More than twenty.")
    tokens = badge(endorsementJwt=[f"{jwt}{'A' * number}" for number in range(21)])
    book.add("endorsement-21-jwt", "V-END-1", 4, embed(tokens, ISSUER, "eddsa-jcs-2022"), "More than twenty.")
    alone = embed(endorsement() | {"credentialSubject": {"type": ["EndorsementSubject"]}}, OTHER, "eddsa-jcs-2022")
    book.add("endorsement-alone-without-subject", "V-END-1", (1, 4), alone, "It is about nothing.")
    book.add("endorsement-alone-changed", "V-END-1", 1, good | {"name": "Changed"}, "It was changed.")
    book.add(
        "endorsement-alone-not-trusted", "V-END-1 V-KEY-6", 1, good, "Not a trusted endorser.", issuers=[ISSUER.did]
    )
    endorsed = embed(badge(endorsement=[good], validUntil="2026-05-01T00:00:00Z"), ISSUER)
    inside = "endorsement/0/credentialSubject"
    for label, changed in {
        "until": at(at(endorsed, "validUntil", ...), f"{inside}/validUntil", "2026-05-01T00:00:00Z"),
        "name": at(at(endorsed, "name", ...), f"{inside}/name", "Edit-a-thon host"),
        "comment": at(at(endorsed, f"{inside}/endorsementComment", ...), "endorsementComment", "Good work."),
        "type": at(endorsed, "type", [*endorsed["type"], "EndorsementSubject"]),
        "type-moved": at(at(endorsed, "type", [*endorsed["type"], "EndorsementSubject"]), f"{inside}/type", ...),
        "subject": at(endorsed, inside, {"id": BADGE_ID}),
        "issuer": at(endorsed, "endorsement/0/issuer", endorsed["issuer"]),
    }.items():
        why = "The badge and what is said about it share an id: nothing may wander from one to the other."
        book.add(f"endorsement-moved-{label}", "V-END-1 V-LD-3", (1, 4), changed, why)
    stripped = embed(badge(endorsement=[good]), ISSUER, "eddsa-jcs-2022")
    del stripped["endorsement"]
    book.add("endorsement-removed", "V-END-1 V-LD-5", 1, stripped, "An endorsement was taken out after signing.")


def _records(book: Book) -> None:
    good = embed(badge(), ISSUER)

    def add(label: str, inside: list[Any], exits: Any, why: str, **members: Any) -> None:
        book.add(f"clr-{label}", "V-END-1 V-LD-6", exits, embed(clr(inside, **members), ISSUER, "eddsa-jcs-2022"), why)

    add("inside-changed", [good | {"name": "Changed"}], 1, "A badge inside was changed.")
    add("inside-unsigned", [badge()], 1, "A badge inside is not signed.")
    add("inside-forged", [embed(badge(), EVE)], 1, "A badge inside is forged.")
    add("inside-expired", [embed(badge(validUntil="2026-02-01T00:00:00Z"), ISSUER)], 1, "A badge inside is over.")
    add("inside-second", [good, embed(badge(id="urn:uuid:two"), EVE)], 1, "The second badge is forged.")
    envelope = {"@context": VC2, "type": "EnvelopedVerifiableCredential"}
    forged_token = token(badge() | claims(badge()), EVE)
    add("enveloped-forged", [envelope | {"id": f"data:application/vc+jwt,{forged_token}"}], 1, "A forged token inside.")
    text = envelope | {"id": f"data:application/vc+jwt,{token(badge() | claims(badge()), ISSUER)}"}
    add("enveloped-member", [text | {"name": "Beside"}], 1, "Nothing signed what stands beside the token.")
    add("inside-context-text", [good | {"@context": VC2}], 4, "Only an envelope may name its context as a text.")
    add("expired", [good], 1, "The record is over.", validUntil="2026-02-01T00:00:00Z")
    add("21", [good | {"id": f"urn:uuid:{number}"} for number in range(21)], 4, "More than twenty.")
    inner = embed(clr([good], id="urn:uuid:inner"), ISSUER, "eddsa-jcs-2022")
    for _ in range(3):
        inner = embed(clr([inner], id=f"urn:uuid:{len(text_of(inner))}"), ISSUER, "eddsa-jcs-2022")
    add("deep", [inner], (1, 3, 4), "Records in records in records.")
    forged = embed(clr([good]), ISSUER) | {"name": "Changed"}
    book.add("clr-changed", "V-LD-5", 1, forged, "The record was changed.")
    book.add("clr-issuer", "V-KEY-1", 1, embed(clr([good]), STRANGER), "Signed by somebody else.")


def _kinds(book: Book) -> None:
    plain = {
        "@context": [VC2],
        "id": "urn:uuid:vc",
        "type": ["VerifiableCredential"],
        "issuer": ISSUER.did,
        "validFrom": "2026-01-15T09:00:00Z",
        "credentialSubject": {"id": HOLDER.did},
    }
    presentation = {
        "@context": [VC2],
        "type": ["VerifiablePresentation"],
        "holder": ISSUER.did,
        "verifiableCredential": [embed(badge(), ISSUER)],
    }
    for label, document in {"status-list": status_list(), "other": plain, "presentation": presentation}.items():
        text = embed(document, ISSUER)
        book.add(f"kind-{label}", "V-LD-3", 1, text, "Well signed, and not a badge.", check="document.kind")
    book.add("kind-status-list-jwt", "V-LD-3 V-JWT-3", 1, token(status_list(), ISSUER), "Well signed, and not a badge.")
    book.add("kind-other-jwt", "V-LD-3 V-JWT-3", 1, token(plain, ISSUER), "Well signed, and not a badge.")
    book.add(
        "kind-other-generic",
        "V-LD-3",
        0,
        embed(plain, ISSUER),
        "The generic profile takes any credential.",
        profile="vc",
    )
    book.add(
        "kind-other-generic-changed",
        "V-LD-5",
        1,
        embed(plain, ISSUER) | {"validUntil": "2030-01-01T00:00:00Z"},
        "Changed.",
        profile="vc",
    )
    book.add("kind-other-generic-forged", "V-KEY-1", 1, embed(plain, EVE), "Signed by somebody else.", profile="vc")
    undefined = embed(plain, ISSUER) | {"grade": "A"}
    book.add("kind-generic-undefined", "V-LD-2", 4, undefined, "Nothing is dropped silently.", profile="vc")
    redefined = plain | {"@context": [VC2, {"name": "https://x.example/n"}]}
    book.add(
        "kind-generic-protected",
        "V-LD-1",
        (1, 4),
        embed(redefined, ISSUER, "eddsa-jcs-2022"),
        "Protected terms stay what they are.",
        profile="vc",
    )
    unknown = plain | {"@context": [VC2, "https://x.example/c"]}
    book.add(
        "kind-generic-context",
        "V-LD-1",
        3,
        embed(unknown, ISSUER, "eddsa-jcs-2022"),
        "Nothing is fetched for a context.",
        profile="vc",
        asks=[],
    )
    enveloped = {"@context": VC2, "type": "EnvelopedVerifiableCredential"}
    document = badge()
    good = token(document | claims(document), ISSUER)
    for label, identifier, exits in (
        ("text", "hello", 4),
        ("data-json", "data:application/json,{}", 4),
        ("data-html", "data:text/html,<b>", 4),
        ("base64", f"data:application/vc+jwt;base64,{good}", 4),
        ("https", "https://badges.example/b.jwt", 4),
        ("empty", "data:application/vc+jwt,", 4),
        ("changed", f"data:application/vc+jwt,{good[:-8]}AAAAAAAA", 1),
        ("none", f"data:application/vc+jwt,{token(document, ISSUER, {'alg': 'none'})}", 1),
        ("sd-jwt", f"data:application/vc+sd-jwt,{good}~", 4),
        ("nested", "data:application/vc+jwt," + token(enveloped | {"id": "x"}, ISSUER), (1, 4)),
        ("number", 5, 4),
    ):
        book.add(
            f"kind-enveloped-{label}",
            "V-JWT-1",
            exits,
            enveloped | {"id": identifier},
            "The token in the envelope decides.",
            asks=[],
        )

    whole = enveloped | {"id": f"data:application/vc+jwt,{good}"}
    for label, changed in {
        "extra-name": whole | {"name": "Master"},
        "extra-until": whole | {"validUntil": "2030-01-01T00:00:00Z"},
        "extra-proof": whole | {"proof": embed(document, ISSUER)["proof"]},
        "extra-type": whole | {"type": ["EnvelopedVerifiableCredential", "OpenBadgeCredential"]},
        "no-context": {name: value for name, value in whole.items() if name != "@context"},
        "other-context": whole | {"@context": OB},
        "inline-context": whole | {"@context": [VC2, {"id": "https://x.example/id"}]},
        "nested-context": whole | {"@context": [[VC2]]},
    }.items():
        why = "Nothing signed what stands beside the token in the envelope."
        book.add(f"kind-enveloped-{label}", "V-LD-3 V-JWT-1", 4, changed, why)


def _fetching(book: Book) -> None:
    evil = "https://evil.example/x"
    service = {"id": evil, "type": "1EdTechCredentialRefresh"}
    contexts = {"@context": [VC2, OB, EXTENSIONS]}
    own = badge(**contexts, refreshService=service)
    signed = embed(own, ISSUER)
    book.add("fetch-refresh-not-asked", "V-NET-3", 0, signed, "Refreshed only if that is asked.", asks=[])
    book.add(
        "fetch-refresh-forged",
        "V-NET-3",
        1,
        signed | {"name": "Changed"},
        "Never before the proof is good.",
        policy={"refresh": True},
        asks=[],
    )
    book.add(
        "fetch-refresh-offline",
        "V-NET-3",
        0,
        signed,
        "A failure keeps the original.",
        policy={"refresh": True},
        asks=[evil],
    )
    for label, answer in {
        "other-badge": embed(badge(id="urn:uuid:other"), ISSUER),
        "other-issuer": embed(badge(EVE), EVE),
        "html": "<html>",
        "unsigned": badge(),
        "by-eve": embed(badge(validFrom="2026-02-01T00:00:00Z"), EVE),
    }.items():
        book.add(
            f"fetch-refresh-{label}",
            "V-NET-3",
            0,
            signed,
            "A bad answer keeps the original.",
            policy={"refresh": True},
            documents={evil: answer},
            asks=[evil],
            check="refresh",
        )
    older = embed(
        badge(**contexts, refreshService=service, validFrom="2025-01-15T09:00:00Z", validUntil="2025-02-01T00:00:00Z"),
        ISSUER,
    )
    book.add(
        "fetch-refresh-older",
        "V-NET-3",
        0,
        signed,
        "An older copy does not replace a newer one.",
        policy={"refresh": True},
        documents={evil: older},
        asks=[evil],
    )
    ended = embed(
        badge(**contexts, refreshService=service, validFrom="2026-02-15T09:00:00Z", validUntil="2026-03-01T00:00:00Z"),
        ISSUER,
    )
    book.add(
        "fetch-refresh-ended",
        "V-NET-3",
        1,
        signed,
        "The newer copy is over.",
        policy={"refresh": True},
        documents={evil: ended},
        asks=[evil],
    )
    loop = embed(badge(**contexts, refreshService=service, validFrom="2026-02-15T09:00:00Z"), ISSUER)
    book.add(
        "fetch-refresh-once",
        "V-NET-3",
        0,
        signed,
        "Once, whatever the new copy says.",
        policy={"refresh": True},
        documents={evil: loop},
        asks=[evil],
    )
    expired = embed(own | {"validUntil": "2026-02-01T00:00:00Z"}, ISSUER)
    book.add(
        "fetch-refresh-expired-not-asked", "V-NET-3", 1, expired, "Over, and nobody asked for a newer one.", asks=[]
    )
    schema = {"id": "https://evil.example/schema.json", "type": "1EdTechJsonSchemaValidator2019"}
    book.add(
        "fetch-schema",
        "V-NET-3",
        3,
        embed(badge(**contexts, credentialSchema=[schema]), ISSUER),
        "A schema that is not known is not fetched.",
        asks=[],
    )
    linked = at(
        badge(
            evidence=[{"id": evil, "type": ["Evidence"]}],
            image={"id": evil + ".png", "type": "Image"},
            termsOfUse=[{"id": evil + "/terms", "type": "https://x.example/T"}],
        ),
        "issuer/url",
        evil,
    )
    book.add(
        "fetch-links", "V-NET-3", 0, embed(linked, ISSUER), "Evidence, pictures and links are not followed.", asks=[]
    )
    book.add(
        "fetch-links-alignment",
        "V-NET-3",
        0,
        embed(
            at(
                badge(),
                "credentialSubject/achievement/alignment",
                [{"type": ["Alignment"], "targetName": "x", "targetUrl": evil}],
            ),
            ISSUER,
        ),
        "Links are not followed.",
        asks=[],
    )
    status = {
        "id": f"{LIST}#5",
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": "5",
        "statusListCredential": LIST,
    }
    forged = embed(badge(credentialStatus=status), ISSUER) | {"name": "Changed"}
    book.add(
        "fetch-status-forged", "V-NET-3 V-ST-1", 1, forged, "Nothing is asked for before the proof is good.", asks=[]
    )
    many = [
        status | {"id": f"{LIST}#{n}", "statusListCredential": f"https://issuer.example/status/{n}"} for n in range(4)
    ]
    book.add(
        "fetch-four-lists",
        "V-ST-4 V-NET-1",
        3,
        embed(badge(credentialStatus=many), ISSUER),
        "Four lists, none of them there.",
        asks=[one["statusListCredential"] for one in many],
    )
    inside = [
        endorsement(
            id=f"urn:uuid:{n}",
            credentialStatus=status | {"id": f"{LIST}#{n}", "statusListCredential": f"https://issuer.example/e/{n}"},
        )
        for n in range(20)
    ]
    crowd = embed(badge(endorsement=[embed(one, OTHER) for one in inside]), ISSUER, "eddsa-jcs-2022")
    book.add(
        "fetch-budget",
        "V-NET-1 V-END-1",
        0,
        crowd,
        "Twenty endorsements with a list each: at most ten are asked for.",
        check="endorsements",
    )
    digest = {"id": VC2, "digestSRI": "sha384-" + "A" * 64}
    book.add(
        "fetch-digest-wrong",
        "V-NET-3 V-LD-1",
        1,
        embed(badge(relatedResource=[digest]), ISSUER),
        "Not the digest of that context.",
        asks=[],
    )
    book.add(
        "fetch-digest-other",
        "V-NET-3",
        0,
        embed(badge(relatedResource=[digest | {"id": evil}]), ISSUER),
        "Not fetched to be compared.",
        asks=[],
    )
    _handed_over(book)


def _handed_over(book: Book) -> None:
    """Linked files that whoever verifies has at hand are compared."""
    url, picture = "https://issuer.example/picture.svg", "<svg/>"

    def add(label: str, exits: int, why: str, digests: dict[str, Any], handed: str = picture) -> None:
        signed = embed(badge(relatedResource={"id": url} | digests), ISSUER, "eddsa-jcs-2022")
        book.add(
            f"fetch-digest-handed-{label}", "V-NET-3", exits, signed, why, documents={url: handed}, check=_LINKED[exits]
        )

    for name in ("sha256", "sha384", "sha512"):
        digest = hashlib.new(name, picture.encode()).digest()
        sri = f"{name}-{base64.b64encode(digest).decode()}"
        add(f"{name}", 0, "The file that was signed.", {"digestSRI": sri})
        add(f"{name}-changed", 1, "Another file than the one that was signed.", {"digestSRI": sri}, "<svg></svg>")
        other = base64.b64encode(hashlib.new(name, b"other").digest()).decode()
        add(f"{name}-one-of-two", 1, "Both digests have to fit.", {"digestSRI": [sri, f"{name}-{other}"]})
        code = {"sha256": 0x12, "sha384": 0x20, "sha512": 0x13}[name]
        multihash = base64.urlsafe_b64encode(bytes((code, len(digest))) + digest).decode().rstrip("=")
        add(f"{name}-multihash", 0, "The file that was signed.", {"digestMultibase": f"u{multihash}"})
        add(f"{name}-multihash-changed", 1, "Another file.", {"digestMultibase": f"u{multihash}"}, "")
    strange = "u" + base64.urlsafe_b64encode(bytes((0x16, 32)) + bytes(32)).decode().rstrip("=")
    add("sha3", 3, "A digest of a kind that is not known.", {"digestMultibase": strange})
    for label, digests in {
        "none": {},
        "md5": {"digestSRI": "md5-1B2M2Y8AsgTpgAmY7PhCfg=="},
        "sha1": {"digestSRI": "sha1-2jmj7l5rSw0yVb/vlWAYkK/YBwk="},
        "short": {"digestSRI": "sha256-AAAA"},
        "label": {"digestSRI": f"sha256-{base64.b64encode(bytes(48)).decode()}"},
        "text": {"digestSRI": "hello"},
        "multibase": {"digestMultibase": "uAAAA"},
        "number": {"digestMultibase": 5},
    }.items():
        add(f"malformed-{label}", 4, "No digest that anything could be held against.", digests)


_LINKED = {0: "related.digest", 1: "related.digest", 3: "related.digest", 4: "document.format"}


def _addresses(book: Book) -> None:
    for label, url in {
        "loopback": "https://127.0.0.1/x",
        "loopback-short": "https://127.1/x",
        "loopback-name": "https://localhost:8080/x",
        "decimal": "https://2130706433/x",
        "octal": "https://0177.0.0.1/x",
        "hex": "https://0x7f000001/x",
        "zero": "https://0/x",
        "metadata": "https://169.254.169.254/latest/meta-data",
        "ipv6": "https://[::1]/x",
        "mapped": "https://[::ffff:127.0.0.1]/x",
        "private": "https://10.0.0.1/x",
        "http": "http://issuer.example/x",
        "file": "file:///etc/passwd",
        "ftp": "ftp://issuer.example/x",
        "gopher": "gopher://issuer.example:70/x",
        "userinfo": "https://a@issuer.example/x",
        "password": "https://issuer.example:443@evil.example/x",
        "port": "https://issuer.example:22/x",
        "port-zero": "https://issuer.example:0/x",
        "backslash": "https://issuer.example\\@evil.example/x",
        "unicode": "https://ex\u0430mple.org/x",
        "fullwidth": "https://\uff11\uff12\uff17.0.0.1/x",
        "dots": "https://issuer..example/x",
        "nul": "https://issuer.example/\0",
        "newline": "https://issuer.example/\r\nHost: evil",
        "data": "data:application/json,{}",
        "javascript": "javascript:alert(1)",
        "long": "https://issuer.example/" + "a" * 2100,
        "unix": "unix:///var/run/docker.sock",
        "empty-host": "https:///x",
    }.items():
        status = {
            "id": "urn:x:s",
            "type": "BitstringStatusListEntry",
            "statusPurpose": "revocation",
            "statusListIndex": "5",
            "statusListCredential": url,
        }
        text = embed(badge(credentialStatus=status), ISSUER, "eddsa-jcs-2022")
        why = "An address that is not fetched: the status stays unknown."
        book.add(f"ssrf-url-{label}", "V-NET-1 V-ST-1", (1, 3, 4), text, why)
    from generator.binding import did_document

    for label, host in {
        "address": "https://127.0.0.1/p",
        "localhost": "https://localhost:1/p",
        "userinfo": "https://a@b.example/p",
        "ipv6": "https://[::1]/p",
    }.items():
        document = badge(issuer={"id": host, "type": ["Profile"], "name": "x"})
        text = token(document | claims(document), P256, {"kid": "key-1"})
        book.add(
            f"ssrf-url-issuer-{label}", "V-NET-1 V-KEY-3", (1, 3, 4), text, "An issuer's address that is not fetched."
        )
    redirect = {"https://issuer.example/.well-known/did.json": did_document("did:web:other.example")}
    document = badge(issuer={"id": "did:web:issuer.example", "type": ["Profile"], "name": "x"})
    book.add(
        "ssrf-did-web-redirected",
        "V-NET-2",
        1,
        embed(document, ISSUER, verificationMethod="did:web:issuer.example#key-1"),
        "The answer is another DID's.",
        documents=redirect,
    )
    assert BADGE_ID
