"""The verifier that may fetch: made of the guarded fetcher and its cache, and silent until something is asked."""

from __future__ import annotations

import json

import pytest

import openbadges
from openbadges import testing
from openbadges.errors import ConfigurationError
from openbadges.net import CachingFetcher, DocumentsFetcher, online_verifier

URL = "https://badges.example.org/status/1"


def test_it_is_a_public_name_and_connects_to_nothing_when_it_is_made():
    verifier = openbadges.online_verifier(clock=testing.FixedClock(), profile="vc")
    assert isinstance(verifier.fetcher, CachingFetcher)
    assert verifier.profile == "vc"
    assert verifier.clock.now() == testing.FIXED_NOW


def test_documents_are_used_instead_of_the_network(tmp_path):
    (tmp_path / "list.json").write_bytes(bytes(testing.sign(testing.status_list(URL))))
    (tmp_path / "map.json").write_text(json.dumps({URL: "list.json"}))
    verifier = online_verifier(documents=tmp_path / "map.json", clock=testing.FixedClock())
    assert isinstance(verifier.fetcher, DocumentsFetcher)
    badge = testing.sign(testing.badge(credentialStatus=testing.status_entry(URL)))
    assert verifier.check(badge, policy=openbadges.AnyIssuer()).outcome == "pass"


def test_a_map_that_cannot_be_used_is_said_at_once(tmp_path):
    with pytest.raises(ConfigurationError):
        online_verifier(documents=tmp_path / "absent.json")
