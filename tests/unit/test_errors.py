"""One tree of errors; each carries its code, its facts and its place, and a sentence made of them."""

from __future__ import annotations

import pickle

import pytest

from openbadges import errors
from openbadges.errors import LimitError, MalformedError, OpenBadgesError, RefusedError


def test_every_error_is_one_of_ours() -> None:
    for name in errors.__all__:
        assert issubclass(getattr(errors, name), OpenBadgesError)
    assert issubclass(LimitError, MalformedError)


def test_code_facts_place_and_sentence() -> None:
    error = MalformedError("json.duplicate_key", pointer="/a/b", name="x")
    assert (error.code, error.pointer, error.params) == ("json.duplicate_key", "/a/b", {"name": "x"})
    assert str(error) == f"{error.detail} (at /a/b)"
    assert "x" in error.detail
    assert str(RefusedError("signature.wrong")) == RefusedError("signature.wrong").detail


def test_errors_travel_between_processes() -> None:
    error = MalformedError("json.duplicate_key", pointer="/a", name="x")
    again = pickle.loads(pickle.dumps(error))
    assert (type(again), again.code, again.pointer, again.params) == (MalformedError, error.code, "/a", {"name": "x"})
    assert str(again) == str(error)


def test_an_unknown_code_is_said_as_it_is() -> None:
    with pytest.raises(OpenBadgesError, match=r"no\.such_code"):
        raise RefusedError("no.such_code")
