"""The rows that keep keys of a VC-API instance are no affiliates: not listed, not approved (S-KEY-3)."""

from __future__ import annotations

import pytest

from issuer_service.services.errors import NotFoundError
from issuer_service.services.vc_instances import is_instance


def test_the_rows_of_an_instance_are_not_among_the_affiliates(desk) -> None:
    with desk.services.store.read() as work:
        assert any(is_instance(row) for row in work.list_affiliates())
    assert not any(is_instance(row) for row in desk.services.affiliates.all())


def test_the_rows_of_an_instance_cannot_be_approved(desk) -> None:
    with desk.services.store.read() as work:
        rows = [row for row in work.list_affiliates() if is_instance(row)]
    for row in rows:
        with pytest.raises(NotFoundError):
            desk.services.affiliates.approve(row.id)
