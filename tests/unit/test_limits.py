"""The limits of security requirements section 4, all in one frozen value."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, fields

import pytest

from openbadges.limits import DEFAULT_LIMITS, Limits

KIB, MIB = 1024, 1024 * 1024


def test_the_defaults_are_the_documented_ones() -> None:
    expected = {
        "document_bytes": MIB, "json_depth": 32, "json_values": 50_000, "json_object_members": 1_000,
        "json_string_bytes": 256 * KIB, "json_integer_digits": 20, "jose_header_bytes": 8 * KIB,
        "jose_signature_bytes": KIB, "quads": 5_000, "blank_nodes": 1_500, "blank_nodes_same_hash": 200,
        "rdfc_calls": 5_000, "rdfc_permutations": 50_000, "did_key_chars": 256, "did_jwk_chars": 4_096,
        "url_chars": 2_048, "proof_value_chars": 133, "date_chars": 40, "proofs": 8, "endorsements": 20,
        "endorsement_depth": 2, "status_entries": 4, "png_bytes": 10 * MIB, "png_text_bytes": 2 * MIB,
        "png_chunks": 10_000, "svg_bytes": 5 * MIB, "svg_depth": 64, "svg_nodes": 20_000,
        "status_document_bytes": 8 * MIB, "status_list_bytes": 8 * MIB, "did_document_bytes": 256 * KIB,
        "did_document_methods": 50, "fetches": 10, "redirects": 3, "connect_seconds": 5.0, "fetch_seconds": 10.0,
    }  # fmt: skip
    assert {name: getattr(DEFAULT_LIMITS, name) for name in expected} == expected


def test_limits_are_positive_and_frozen() -> None:
    assert all(getattr(DEFAULT_LIMITS, field.name) > 0 for field in fields(Limits))
    with pytest.raises(FrozenInstanceError):
        DEFAULT_LIMITS.proofs = 9  # type: ignore[misc]  # that is the point
    assert Limits(proofs=9).proofs == 9
