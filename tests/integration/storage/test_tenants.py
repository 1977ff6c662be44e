"""Whoever asks for one affiliate finds and changes only what belongs to it (S-AZ-1)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from issuer_service.services.ports import StoreConflictError
from issuer_service.services.records import AwardState, SigningKeyRecord
from issuer_service.storage import SqlStore, SqlUnitOfWork


@pytest.fixture
def two(filled: SqlStore, samples: Any) -> SqlStore:
    """A second affiliate, and an award of the first."""
    with filled.write() as unit:
        unit.save_affiliate(samples.affiliate(id="a2", slug="other", issuer_id="did:key:z2"))
        unit.add_award(samples.award())
    return filled


@pytest.mark.parametrize(
    "find",
    [
        lambda unit, owner: unit.get_achievement("h1", owner),
        lambda unit, owner: unit.list_achievements(owner),
        lambda unit, owner: unit.get_batch("b1", owner),
        lambda unit, owner: unit.get_award("w1", owner),
        lambda unit, owner: unit.find_awards(owner).items,
        lambda unit, owner: unit.awards_to(owner, "h1", ["Élodie_100%"]),
        lambda unit, owner: unit.count_awards(owner),
        lambda unit, owner: unit.open_status_list(owner, "revocation"),
    ],
)
def test_what_belongs_to_one_is_absent_for_the_other(two: SqlStore, find: Callable[[SqlUnitOfWork, str], Any]) -> None:
    with two.read() as unit:
        assert find(unit, "a1")
        assert not find(unit, "a2")


@pytest.mark.parametrize("row", ["achievement", "batch", "image", "status_list"])
def test_saving_never_moves_a_row_to_another_affiliate(two: SqlStore, samples: Any, row: str) -> None:
    record = getattr(samples, row)()
    with pytest.raises(StoreConflictError, match="belongs to another issuer"), two.write() as unit:
        getattr(unit, f"save_{row}")(replace(record, affiliate_id="a2"))
    with two.write() as unit:
        getattr(unit, f"save_{row}")(record)


def test_a_key_is_not_moved_to_another_affiliate(two: SqlStore, samples: Any) -> None:
    key = SigningKeyRecord(
        id="k", affiliate_id="a1", kind="Ed25519", public_multikey="z", verification_method="d#z", sealed=b"",
        created_at=samples.now,
    )  # fmt: skip
    with two.write() as unit:
        unit.save_key(key)
    with pytest.raises(StoreConflictError), two.write() as unit:
        unit.save_key(replace(key, affiliate_id="a2", sealed=b"mine"))


def test_an_award_of_another_affiliate_is_not_updated(two: SqlStore, samples: Any) -> None:
    with two.write() as unit:
        foreign = samples.award(affiliate_id="a2", state=AwardState.REVOKED)
        assert not unit.update_award(foreign, was=AwardState.WAITING)
        assert unit.get_award("w1") == samples.award()


def test_an_award_cannot_hang_on_another_affiliates_batch_or_achievement(two: SqlStore, samples: Any) -> None:
    with pytest.raises(StoreConflictError), two.write() as unit:
        unit.add_award(samples.award(id="w2", affiliate_id="a2"))
    with pytest.raises(StoreConflictError), two.write() as unit:
        unit.save_batch(samples.batch(id="b2", affiliate_id="a2"))
