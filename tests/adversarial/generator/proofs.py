"""V-LD-5, V-LD-6, V-LD-7, V-KEY-4: proofs by themselves, in sets and in chains."""

from __future__ import annotations

from typing import Any

from generator.badges import DI_V1, ED_2020, OB, VC2, badge
from generator.book import Book
from generator.material import ISSUER, OTHER, P256, P384, RSA, STRANGER, embed, proof_for, text_of

__all__ = ["add_cases"]


def add_cases(book: Book) -> None:
    """Every case about proofs."""
    _purposes(book)
    _labels(book)
    _values(book)
    _members(book)
    _sets(book)
    _chains(book)
    _numbers(book)


def _purposes(book: Book) -> None:
    for label, purpose in {
        "authentication": "authentication",
        "agreement": "keyAgreement",
        "delegation": "capabilityDelegation",
        "upper": "AssertionMethod",
        "iri": "https://w3id.org/security#assertionMethod",
        "invented": "x",
        "blank": "assertionMethod ",
    }.items():
        text = embed(badge(), ISSUER, "eddsa-jcs-2022", proofPurpose=purpose)
        book.add(f"proof-purpose-{label}", "V-KEY-4", 1, text, "A badge is signed for assertionMethod, exactly.")
    book.add(
        "proof-purpose-rdfc",
        "V-KEY-4",
        1,
        embed(badge(), ISSUER, proofPurpose="authentication"),
        "For logging in.",
        check="proof.purpose",
        code="proof.purpose_wrong",
    )
    for label, value in {
        "missing": ...,
        "null": None,
        "array": ["assertionMethod"],
        "object": {"id": "x"},
        "empty": "",
        "number": 1,
    }.items():
        signed = embed(badge(), ISSUER, "eddsa-jcs-2022")
        if value is ...:
            del signed["proof"]["proofPurpose"]
        else:
            signed["proof"]["proofPurpose"] = value
        book.add(f"proof-purpose-form-{label}", "V-KEY-4", (1, 4), signed, "The purpose is one word.")


def _labels(book: Book) -> None:
    swaps = (
        (ISSUER, "eddsa-rdfc-2022", "eddsa-jcs-2022"),
        (ISSUER, "eddsa-jcs-2022", "eddsa-rdfc-2022"),
        (ISSUER, "eddsa-rdfc-2022", "ecdsa-rdfc-2019"),
        (ISSUER, "eddsa-jcs-2022", "ecdsa-jcs-2019"),
        (P256, "ecdsa-rdfc-2019", "eddsa-rdfc-2022"),
        (P256, "ecdsa-jcs-2019", "eddsa-jcs-2022"),
        (P256, "ecdsa-rdfc-2019", "ecdsa-jcs-2019"),
        (P384, "ecdsa-jcs-2019", "ecdsa-rdfc-2019"),
        (P384, "ecdsa-rdfc-2019", "eddsa-2022"),
        (P256, "eddsa-rdfc-2022", "eddsa-rdfc-2022"),
        (RSA, "eddsa-rdfc-2022", "eddsa-rdfc-2022"),
        (RSA, "ecdsa-rdfc-2019", "ecdsa-rdfc-2019"),
        (ISSUER, "ecdsa-rdfc-2019", "ecdsa-rdfc-2019"),
        (RSA, "eddsa-jcs-2022", "ecdsa-jcs-2019"),
    )
    for number, (key, suite, name) in enumerate(swaps):
        text = embed(badge(key), key, suite, made_as=name)
        book.add(
            f"proof-label-swap-{number:02d}", "V-LD-5", (1, 4), text, f"Made by {suite}, named {name}, key {key.kind}."
        )
        relabelled = embed(badge(key), key, suite)
        relabelled["proof"]["cryptosuite"] = name
        if suite != name:
            book.add(
                f"proof-label-swap-{number:02d}-after",
                "V-LD-5",
                (1, 4),
                relabelled,
                "The label was changed afterwards.",
            )
    for label, name in {
        "bbs-2023": "bbs-2023",
        "future": "eddsa-rdfc-2031",
        "upper": "EDDSA-RDFC-2022",
        "typo": "eddsa-rdf-2022",
        "xi": "experimental-eddsa-xi-2023",
        "blank": "eddsa-rdfc-2022 ",
    }.items():
        text = embed(badge(), ISSUER, "eddsa-rdfc-2022", made_as=name)
        book.add(
            f"proof-label-swap-unknown-{label}",
            "V-LD-5 V-LD-6",
            3,
            text,
            "A suite that is not known: unknown, never valid.",
            check="proof.signature",
            code="proof.unknown_suite",
        )
    for kind in (
        "RsaSignature2018",
        "Ed25519Signature2018",
        "JsonWebSignature2020",
        "EcdsaSecp256k1Signature2019",
        "dataintegrityproof",
        "Proof",
    ):
        signed = embed(badge(), ISSUER)
        signed["proof"]["type"] = kind
        book.add(f"proof-label-swap-type-{kind}", "V-LD-5", 3, signed, "A kind of proof that is not known.")
    both = embed(badge(**{"@context": [VC2, OB, ED_2020]}), ISSUER, "Ed25519Signature2020")
    both["proof"]["cryptosuite"] = "eddsa-rdfc-2022"
    book.add("proof-label-swap-2020-with-suite", "V-LD-5", (1, 3, 4), both, "An old proof with a new label.")
    wrong = embed(badge(**{"@context": [VC2, OB, ED_2020]}), P256, "Ed25519Signature2020")
    wrong["issuer"]["id"] = P256.did
    book.add("proof-label-swap-2020-p256", "V-LD-5", 1, wrong, "Ed25519Signature2020 needs an Ed25519 key.")
    no_context = embed(badge(), ISSUER, "eddsa-jcs-2022")
    del no_context["proof"]["@context"]
    book.add("proof-label-swap-jcs-context-removed", "V-LD-5", 1, no_context, "The context of the proof was signed.")
    appended = embed(badge(), ISSUER, "eddsa-jcs-2022") | {"@context": [VC2, OB, DI_V1]}
    book.add(
        "proof-label-swap-jcs-context-appended",
        "V-LD-5",
        (1, 4),
        appended,
        "A badge's contexts are those of its proof.",
    )
    other = embed(badge(), ISSUER, "eddsa-jcs-2022", **{"@context": [VC2]})
    book.add("proof-label-swap-jcs-context-shorter", "V-LD-5", 1, other, "A badge's contexts are those of its proof.")
    rdfc = embed(badge(), ISSUER)
    rdfc["proof"] = {"@context": [VC2, OB]} | rdfc["proof"]
    book.add("proof-label-swap-rdfc-context", "V-LD-5", (1, 4), rdfc, "A proof over RDF stores no context.")
    rdfc["proof"]["@context"] = {"proofPurpose": "https://x.example/p"}
    book.add("proof-label-swap-rdfc-context-inline", "V-LD-5 V-LD-1", (1, 4), rdfc, "A context inside the proof.")


def _values(book: Book) -> None:
    good = embed(badge(), ISSUER)["proof"]["proofValue"]
    other = embed(badge(name="Other"), ISSUER)["proof"]["proofValue"]
    for label, value in {
        "other": other,
        "short": good[:-1],
        "long": good + "1",
        "prefix-u": "u" + good[1:],
        "prefix-m": "m" + good[1:],
        "no-prefix": good[1:],
        "z-only": "z",
        "alphabet": good[:-1] + "0",
        "alphabet-l": good[:-1] + "l",
        "blank": good[:-1] + " ",
        "blank-end": good + " ",
        "newline": good + "\n",
        "leading-one": "z1" + good[1:],
        "129": "z" + "2" * 128,
        "10000": "z" + "2" * 10_000,
        "unicode": good[:-1] + "é",
        "hex": "f" + "00" * 64,
        "zero": "z" + "1" * 64,
        "upper": good.upper(),
        "reversed": "z" + good[:0:-1],
        "jws": "eyJhbGciOiJFZERTQSJ9..AAAA",
        "empty": "",
    }.items():
        signed = embed(badge(), ISSUER)
        signed["proof"]["proofValue"] = value
        book.add(f"proof-value-{label}", "V-LD-5", (1, 4), signed, "z, base58, 64 bytes, and the right ones.")
    for label, value in {
        "null": None,
        "array": [good],
        "number": 5,
        "object": {"@value": good},
        "missing": ...,
    }.items():
        signed = embed(badge(), ISSUER)
        if value is ...:
            del signed["proof"]["proofValue"]
        else:
            signed["proof"]["proofValue"] = value
        book.add(f"proof-value-form-{label}", "V-LD-5", (1, 4), signed, "The value of a proof is text.")
    signed = text_of(embed(badge(), ISSUER))
    before, after = signed.split(good)
    book.add(
        "proof-value-1mb",
        "V-LD-5 V-PAR-1",
        4,
        {"recipe": {"parts": [[before + "z", 1], ["2", 1_000_000], [after, 1]]}},
        "Quadratic to decode.",
    )
    book.add(
        "proof-value-200k",
        "V-LD-5",
        (1, 4),
        {"recipe": {"parts": [[before + "z", 1], ["2", 200_000], [after, 1]]}},
        "Quadratic to decode.",
    )


def _members(book: Book) -> None:
    for label, members, exits in (
        ("created-garbage", {"created": "yesterday"}, 1),
        ("created-no-zone", {"created": "2026-01-15T09:00:00"}, 1),
        ("created-month-13", {"created": "2026-13-01T00:00:00Z"}, 1),
        ("expires-past", {"expires": "2026-02-01T00:00:00Z"}, 1),
        ("expires-second-ago", {"expires": "2026-06-01T11:59:59Z"}, 1),
        ("expires-garbage", {"expires": "never"}, 1),
        ("expires-no-zone", {"expires": "2030-01-01T00:00:00"}, 1),
        ("unknown-member", {"note": "x"}, (1, 4)),
        ("jws-member", {"jws": "a.b.c"}, (1, 4)),
    ):
        suite = "eddsa-jcs-2022"
        book.add(
            f"proof-member-{label}",
            "V-LD-5",
            exits,
            embed(badge(), ISSUER, suite, **members),
            "Dates that hold, and known members.",
        )
    for label, name, value in (
        ("created-number", "created", 5),
        ("created-null", "created", None),
        ("expires-null", "expires", None),
        ("expires-array", "expires", ["2030-01-01T00:00:00Z"]),
        ("type-array", "type", ["DataIntegrityProof"]),
        ("suite-object", "cryptosuite", {"id": "x"}),
        ("suite-missing", "cryptosuite", ...),
        ("type-missing", "type", ...),
        ("keyword", "@id", "urn:x:1"),
        ("iri", "https://w3id.org/security#proofPurpose", "assertionMethod"),
        ("challenge-number", "challenge", 5),
    ):
        signed = embed(badge(), ISSUER)
        if value is ...:
            del signed["proof"][name]
        else:
            signed["proof"][name] = value
        wanted = (1, 3, 4) if "missing" in label else (1, 4)
        book.add(
            f"proof-member-{label}",
            "V-LD-5 V-LD-3",
            wanted,
            signed,
            "A proof has the members of a proof, in their plain form.",
        )
    for label, value in {
        "text": "x",
        "number": 5,
        "true": True,
        "nested": [[{}]],
        "texts": ["x"],
        "null": None,
    }.items():
        book.add(f"proof-member-proof-{label}", "V-LD-6", (1, 4), badge() | {"proof": value}, "A proof is an object.")


def _sets(book: Book) -> None:
    document = badge()
    own, foreign = proof_for(document, ISSUER), proof_for(document, STRANGER)
    broken = proof_for(badge(name="Other"), ISSUER)
    stranger_broken = proof_for(badge(name="Other"), STRANGER)
    unknown = own | {"cryptosuite": "eddsa-rdfc-2031"}

    def add(label: str, proofs: Any, exits: Any, why: str) -> None:
        book.add(f"proof-prev-set-{label}", "V-LD-6", exits, document | {"proof": proofs}, why)

    add("broken-second", [own, broken], 1, "Every proof has to verify.")
    add("broken-first", [broken, own], 1, "Every proof has to verify.")
    add("stranger-broken", [own, stranger_broken], 1, "A stranger's proof has to verify too.")
    add("only-strangers", [foreign, proof_for(document, OTHER)], 1, "None of them is the issuer's.")
    add("unknown-suite", [own, unknown], 3, "One of a kind that is not known: unknown.")
    add("unknown-first", [unknown, own], 3, "One of a kind that is not known: unknown.")
    add("unknown-and-broken", [unknown, broken], 1, "One is wrong, whatever the other is.")
    add(
        "purpose",
        [own, proof_for(document, ISSUER, proofPurpose="authentication")],
        1,
        "Every proof is for assertions.",
    )
    add("repeated", [own, own], (1, 4), "The same proof twice.")
    add("empty-object", [own, {}], (1, 4), "Not a proof.")
    add("null", [own, None], (1, 4), "Not a proof.")
    add("expired", [own, proof_for(document, ISSUER, expires="2026-02-01T00:00:00Z")], 1, "One has ended.")
    add("expired-stranger", [own, proof_for(document, STRANGER, expires="2026-02-01T00:00:00Z")], 1, "One has ended.")
    nine = [proof_for(document, ISSUER, created=f"2026-01-15T09:00:0{second}Z") for second in range(9)]
    add("nine", nine, 4, "More than eight.")
    swapped = proof_for(badge(STRANGER), STRANGER)
    stranger = badge(STRANGER)
    book.add(
        "proof-prev-set-issuer-of-other",
        "V-LD-6 V-KEY-6",
        1,
        stranger | {"proof": [own, swapped]},
        "One is for another badge.",
    )
    before, after = text_of(document | {"proof": ["@@@"]}).split('"@@@"')
    item = text_of(own).replace('"created":"2026-01-15T09:00:00Z"', '"created":"2026-01-15T09:00:00.{n}Z"') + ","
    parts = [[before, 1], [item, 2000, "number"], [text_of(own) + after, 1]]
    book.add("proof-10k-many", "V-LD-6", 4, {"recipe": {"parts": parts}}, "More than eight, and many more.")
    small = [[before, 1], ['{"type":"x{n}"},', 10_000, "number"], ["{}" + after, 1]]
    book.add("proof-10k-small", "V-LD-6", 4, {"recipe": {"parts": small}}, "Ten thousand proofs.")


def _chains(book: Book) -> None:
    document = badge()
    first = proof_for(document, OTHER, id="urn:uuid:p1")
    with_first = document | {"proof": [first]}

    def add(label: str, proofs: Any, exits: Any, why: str) -> None:
        book.add(f"proof-prev-{label}", "V-LD-6", exits, document | {"proof": proofs}, why)

    own = proof_for(with_first, ISSUER, id="urn:uuid:p2", previousProof="urn:uuid:p1")
    add("removed", [own], (1, 4), "The proof before it is not there.")
    replaced = proof_for(badge(), STRANGER, id="urn:uuid:p1")
    add("replaced", [replaced, own], 1, "Another proof stands in the place of the one before.")
    unbound = proof_for(document, ISSUER, id="urn:uuid:p2") | {"previousProof": "urn:uuid:p1"}
    add("unbound", [first, unbound], 1, "The chain was added after signing.")
    cut = {name: value for name, value in own.items() if name != "previousProof"}
    add("cut", [first, cut], 1, "The chain was removed after signing.")
    ignored = proof_for(document, ISSUER, "eddsa-rdfc-2022", id="urn:uuid:p2")
    add(
        "not-in-input",
        [first, ignored | {"previousProof": ["urn:uuid:p1"]}],
        1,
        "The one before is not in what was signed.",
    )
    loop = proof_for(document, ISSUER, id="urn:uuid:p1") | {"previousProof": "urn:uuid:p1"}
    add("self", [loop], (1, 4), "It comes before itself.")
    one = proof_for(document, ISSUER, id="urn:uuid:a") | {"previousProof": "urn:uuid:b"}
    two = proof_for(document, OTHER, id="urn:uuid:b") | {"previousProof": "urn:uuid:a"}
    add("circle", [one, two], (1, 4), "Each comes before the other.")
    three = [
        proof_for(document, ISSUER, id=f"urn:uuid:{number}") | {"previousProof": f"urn:uuid:{(number + 1) % 3}"}
        for number in range(3)
    ]
    add("circle-3", three, (1, 4), "A circle of three.")
    add("same-id", [first, proof_for(document, ISSUER, id="urn:uuid:p1")], (1, 4), "Two proofs under one id.")
    wrong_first = proof_for(badge(name="Other"), OTHER, id="urn:uuid:p1")
    after_wrong = proof_for(document | {"proof": [wrong_first]}, ISSUER, id="urn:uuid:p2", previousProof="urn:uuid:p1")
    add("first-broken", [wrong_first, after_wrong], 1, "The one before is itself wrong.")
    for label, value in {
        "number": 5,
        "null": None,
        "empty": "",
        "empty-list": [],
        "object": {"id": "urn:uuid:p1"},
        "twice": ["urn:uuid:p1"] * 2,
    }.items():
        add(f"form-{label}", [first, own | {"previousProof": value}], (1, 4), "The id of a proof.")


def _numbers(book: Book) -> None:
    for label, number in {
        "2-53": 2**53,
        "2-53-minus": -(2**53),
        "2-60": 2**60,
        "20-digits": 10**19,
    }.items():
        document = badge()
        document["credentialSubject"]["creditsEarned"] = 1
        signed = text_of(embed(document, ISSUER, "eddsa-jcs-2022")).replace(
            '"creditsEarned":1', f'"creditsEarned":{number}'
        )
        book.add(f"json-jcs-{label}", "V-LD-7", (1, 4), signed, "Canonical JSON knows whole numbers up to 2^53-1 only.")
    document = badge(name="e\u0301")
    signed = embed(document, ISSUER, "eddsa-jcs-2022") | {"name": "\u00e9"}
    book.add("json-jcs-normalised", "V-LD-7", 1, signed, "No Unicode normalisation: composed is another text.")
