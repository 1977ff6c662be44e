"""Every number that bounds work on input from strangers, in one frozen value."""

from __future__ import annotations

import math
from dataclasses import dataclass, fields
from typing import Any

from openbadges.errors import ConfigurationError

__all__ = ["DEFAULT_LIMITS", "Limits", "check_numbers"]

KIB = 1024
MIB = 1024 * KIB


def check_numbers(limits: Any) -> None:
    """What bounds nothing is no limit: each is a whole number from 0; seconds may be a fraction, never endless.

    Args:
        limits: A dataclass of numbers.

    Raises:
        ConfigurationError: ``limits.count`` or ``limits.seconds``.
    """
    for field in fields(limits):
        value = getattr(limits, field.name)
        if type(value) is int and value >= 0:  # nearly all; limits are widened for each status list
            continue
        seconds = isinstance(field.default, float)
        is_number = isinstance(value, (int, float) if seconds else int) and not isinstance(value, bool)
        if not is_number or not 0 <= value < math.inf:
            code = "limits.seconds" if seconds else "limits.count"
            raise ConfigurationError(code, name=field.name, value=value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Bounds for one verification. Counts decide, never the clock: the same input always has the same answer.

    Raises:
        ConfigurationError: One of them is no number, or below 0.
    """

    # documents
    document_bytes: int = MIB  # a badge as JSON or JWT; the largest honest ones with data-URI images are half of this
    json_depth: int = 32  # nested objects and arrays; the full OB 3.0 example needs 9
    json_values: int = 50_000  # members and items together
    json_object_members: int = 1_000
    json_string_bytes: int = 256 * KIB  # UTF-8; a narrative or a small data-URI image
    json_integer_digits: int = 20  # digits before int() is called; CPython's own limit would be a foreign exception
    # JOSE
    jose_header_bytes: int = 8 * KIB
    jose_signature_bytes: int = KIB  # RSA 8192
    # canonicalization (RDFC-1.0 is exponential on hostile graphs)
    quads: int = 5_000
    blank_nodes: int = 1_500
    blank_nodes_same_hash: int = 200
    rdfc_calls: int = 5_000  # Hash N-Degree Quads
    rdfc_permutations: int = 50_000
    # identifiers, characters
    did_key_chars: int = 256  # before the quadratic base58 decoding, except RSA keys: see did_key_rsa_chars
    did_key_rsa_chars: int = 1_600  # RSA 8192 as PKCS#1 in base58
    did_jwk_chars: int = 4_096
    url_chars: int = 2_048
    proof_value_chars: int = 133  # P-384: 96 bytes in base58 and the prefix
    date_chars: int = 40
    # how many of a kind one badge may carry
    proofs: int = 8
    endorsements: int = 20
    endorsement_depth: int = 2
    status_entries: int = 4
    # images
    png_bytes: int = 10 * MIB
    png_text_bytes: int = 2 * MIB
    png_chunks: int = 10_000
    svg_bytes: int = 5 * MIB
    svg_depth: int = 64
    svg_nodes: int = 20_000
    # what is fetched
    status_document_bytes: int = 8 * MIB
    status_list_bytes: int = 8 * MIB  # inflated bitstring: 2**26 entries
    did_document_bytes: int = 256 * KIB
    did_document_methods: int = 50
    fetches: int = 10  # in one verification
    redirects: int = 3
    connect_seconds: float = 5.0
    fetch_seconds: float = 10.0

    def __post_init__(self) -> None:
        check_numbers(self)

    def __hash__(self) -> int:
        """Two of the numbers stand for all: limits are part of the key of every small cache."""
        return hash((self.document_bytes, self.quads))


DEFAULT_LIMITS = Limits()
