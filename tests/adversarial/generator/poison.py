"""V-LD-4, V-PAR-1: graphs and texts that cost more to read than to write."""

from __future__ import annotations

import itertools
from typing import Any

from generator.badges import VC2, at, badge, claims
from generator.book import Book
from generator.material import ISSUER, embed, text_of, token

__all__ = ["add_cases"]

_PLACE = "@@@"


def add_cases(book: Book) -> None:
    """Every case about cost."""
    _graphs(book)
    _texts(book)


def _graphs(book: Book) -> None:
    """Blank nodes that only their neighbours tell apart, made of terms that badges have.

    The signature cannot be made (that is the point), so it is one that does not fit: the limit has to come first.
    """
    why = "A graph that costs too much is refused by counting, not by waiting."
    for label, size in (("small", 9), ("large", 24)):
        book.add(f"jsonld-poison-clique-{label}", "V-LD-4", (1, 4), _signed(_clique(size)), why)
    for label, (width, height) in {"lattice": (4, 6), "ladder": (2, 40), "lattice-large": (6, 6)}.items():
        book.add(f"jsonld-poison-{label}", "V-LD-4", (1, 4), _signed(_lattice(width, height)), why)
    book.add("jsonld-poison-k88", "V-LD-4", (1, 4), _signed(_bipartite(8)), why)
    book.add("jsonld-poison-k55", "V-LD-4", (1, 4), _signed(_bipartite(5)), why)
    for count in (250, 1200, 3000):
        document = badge()
        document["credentialSubject"]["achievement"]["related"] = _PLACE
        same = '{"type":["Related"],"id":"urn:x:{n}","inLanguage":"en"}'
        book.add(f"jsonld-poison-named-{count}", "V-LD-4", (1, 4), _many(document, same, count), why)
        document = badge()
        document["evidence"] = _PLACE
        blank = '{"type":["Evidence"]}'
        book.add(
            f"jsonld-poison-blank-{count}",
            "V-LD-4 V-LD-3",
            (1, 4),
            _many(document, blank, count),
            "Repeated, or too many.",
        )
        nearly = '{"type":["Evidence"],"audience":"{n}"}'
        book.add(
            f"jsonld-poison-distinct-{count}", "V-LD-4", 4 if count == 3000 else 1, _many(document, nearly, count), why
        )
    for label, nodes in {
        "clique-9": _clique(9),
        "clique-24": _clique(24),
        "k88": _bipartite(8),
        "lattice-24": _lattice(4, 6),
        "lattice-100": _lattice(10, 10),
        "ring-300": _ring(300),
        "cliques": [node for part in range(20) for node in _clique(6, f"c{part}-")],
    }.items():
        book.add(f"jsonld-poison-generic-{label}", "V-LD-4", 4, _generic(nodes), why, profile="vc")
    same = [{"type": ["https://x.example/T"]} for _ in range(3000)]
    book.add("jsonld-poison-generic-blank-3000", "V-LD-4", 4, _generic(same), why, profile="vc")
    book.add(
        "jsonld-poison-generic-blank-300",
        "V-LD-4",
        4,
        _generic(same[:300]),
        "More than 200 share one hash.",
        profile="vc",
    )
    chain: Any = {"type": ["Evidence"], "narrative": "end"}
    for _ in range(12):
        chain = {"type": ["Profile"], "id": "urn:x:p", "parentOrg": chain}
    book.add("jsonld-poison-chain", "V-LD-4 V-LD-3", (1, 4), _signed(chain), why)
    orgs: Any = None
    for number in range(40):
        orgs = {"type": ["Profile"], "id": f"urn:x:p{number}", **({"parentOrg": orgs} if orgs else {})}
    deep = at(embed(badge(), ISSUER), "issuer/parentOrg", orgs)
    book.add("jsonld-poison-deep", "V-PAR-1", 4, deep, "Forty organisations inside each other: over the depth.")


def _generic(nodes: list[dict[str, Any]]) -> dict[str, Any]:
    """A W3C credential whose subjects know each other; blank names and inline contexts are allowed there."""
    document = {
        "@context": [VC2, {"knows": {"@id": "https://x.example/knows", "@type": "@id"}}],
        "type": ["VerifiableCredential"],
        "issuer": ISSUER.did,
        "credentialSubject": {"id": "urn:x:s", "knows": nodes},
    }
    kept = embed(badge(), ISSUER)
    return document | {"proof": kept["proof"]}


def _signed(addition: Any) -> dict[str, Any]:
    signed = embed(badge(), ISSUER)
    return signed | {"evidence": addition if isinstance(addition, list) else [addition]}


def _many(document: dict[str, Any], item: str, count: int) -> dict[str, Any]:
    kept = embed(badge(), ISSUER)
    before, after = text_of(document | {"proof": kept["proof"]}).split(f'"{_PLACE}"')
    parts: list[list[Any]] = [[before + "[", 1], [item + ",", count, "number"]]
    return {"recipe": {"parts": [*parts, [item.replace("{n}", "last"), 1], ["]" + after, 1]]}}


def _edges(pairs: list[tuple[int, int]], name: str = "n") -> list[dict[str, Any]]:
    """A graph of blank nodes: each edge in both directions, no node told apart by anything else."""
    nodes: dict[int, list[int]] = {}
    for one, other in pairs:
        nodes.setdefault(one, []).append(other)
        nodes.setdefault(other, []).append(one)
    return [
        {"id": f"_:{name}{node}", "knows": [f"_:{name}{other}" for other in others]} for node, others in nodes.items()
    ]


def _clique(size: int, name: str = "n") -> list[dict[str, Any]]:
    return _edges(list(itertools.combinations(range(size), 2)), name)


def _ring(size: int) -> list[dict[str, Any]]:
    return _edges([(node, (node + 1) % size) for node in range(size)])


def _bipartite(size: int) -> list[dict[str, Any]]:
    return _edges([(one, size + other) for one in range(size) for other in range(size)])


def _lattice(width: int, height: int) -> list[dict[str, Any]]:
    pairs = [(y * width + x, y * width + (x + 1) % width) for x in range(width) for y in range(height)]
    pairs += [(y * width + x, (y + 1) % height * width + x) for x in range(width) for y in range(height)]
    return _edges(pairs)


def _texts(book: Book) -> None:
    signed = text_of(embed(badge(), ISSUER))
    recipes: dict[str, list[list[Any]]] = {
        "5mb": [['{"a":"', 1], ["x", 5_000_000], ['"}', 1]],
        "5mb-blanks": [[" ", 5_000_000], [signed, 1]],
        "just-over": [[signed[:-1], 1], [" ", 1_048_577 - len(signed.encode())], ["}", 1]],
        "10000-arrays": [["[", 10_000], ["]", 10_000]],
        "10000-objects": [['{"a":', 10_000], ["1", 1], ["}", 10_000]],
        "100000-open": [["[", 100_000]],
        "33-levels": [['{"a":', 33], ["1", 1], ["}", 33]],
        "60000-values": [["[", 1], ["0,", 60_000], ["0]", 1]],
        "2000-members": [["{", 1], ['"k{n}":0,', 2000, "number"], ['"z":0}', 1]],
        "long-string": [['{"a":"', 1], ["x", 300_000], ['"}', 1]],
        "long-key": [['{"', 1], ["x", 300_000], ['":1}', 1]],
        "long-integer": [['{"a":', 1], ["9", 5000], ["}", 1]],
        "long-float": [['{"a":0.', 1], ["9", 500_000], ["}", 1]],
        "long-exponent": [['{"a":1e', 1], ["9", 5000], ["}", 1]],
        "backslashes": [['{"a":"', 1], ["\\\\", 400_000]],
        "quotes": [['"', 900_000]],
        "nothing-but-blanks": [[" ", 1_000_000]],
        "long-name-in-badge": [[signed[:-1] + ',"description":"', 1], ["x", 300_000], ['"}', 1]],
        "deep-in-badge": [[signed[:-1] + ',"evidence":', 1], ["[", 40], ["]", 40], ["}", 1]],
        "many-tags": [[signed[:-1] + ',"tag":[', 1], ['"{n}",', 60_000, "number"], ['"x"]}', 1]],
    }
    for label, parts in recipes.items():
        book.add(f"json-{label}", "V-PAR-1", 4, {"recipe": {"parts": parts}}, "Bounded before it is parsed.")
    tokens = token(badge() | claims(badge()), ISSUER)
    book.add(
        "json-5mb-token",
        "V-JWT-4",
        4,
        {"recipe": {"parts": [[tokens, 1], ["A", 5_000_000]]}},
        "Bounded before it is parsed.",
    )
