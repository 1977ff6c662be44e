"""The pinned contexts are, as JSON, the published ones."""

from __future__ import annotations

import hashlib
import json

import pytest

from openbadges.contexts import EDITIONS, PINNED
from openbadges.contexts.pin import pin

# printed in W3C Recommendations
RECOMMENDED = {
    "https://www.w3.org/ns/credentials/v2": "59955ced6697d61e03f2b2556febe5308ab16842846f5b586d7f1f7adec92734",
    "https://w3id.org/security/data-integrity/v2": "67f21e6e33a6c14e5ccfd2fc7865f7474fb71a04af7e94136cb399dfac8ae8f4",
    "https://w3id.org/security/multikey/v1": "ba2c182de2d92f7e47184bcca8fcf0beaee6d3986c527bf664c195bbc7c58597",
    "https://w3id.org/security/jwk/v1": "0f14b62f6071aafe00df265770ea0c7508e118247d79b7d861a406d2aa00bece",
    "https://www.w3.org/ns/credentials/status/v1": "fda5add353231e6a6884a46b12e6c75464281900cb348284d9c360f62381d9f7",
    "https://www.w3.org/ns/cid/v1": "ea216ecc1cb02cd39b693dba2250141e270ba0bf95890be107dd9a9e8e43de85",
}


@pytest.mark.parametrize(("url", "digest"), RECOMMENDED.items())
def test_digest_printed_in_the_recommendation(url, digest):
    assert digest in PINNED[url].sha256


def test_every_published_context_is_pinned_and_equal(shared):
    folder = shared / "vectors/contexts"
    seen = set()
    for row in (folder / "INDEX.tsv").read_text("utf-8").splitlines()[1:]:
        url, file, sha256, json_sha256, _ = row.split("\t")
        if url.startswith("(historic)"):
            assert all(sha256 not in one.sha256 for one in EDITIONS.values())
            continue
        found = next(one for one in EDITIONS.values() if one.url == url and sha256 in one.sha256)
        data = (folder / file).read_bytes()
        assert thawed(found.document()) == json.loads(data)
        assert hashlib.sha384(data).hexdigest() in found.sha384
        assert found.json_sha256 == json_sha256
        seen.add((found.url, found.edition))
    assert seen == set(EDITIONS)


def test_the_copies_are_reproducible(shared, tmp_path, root):
    pin(shared / "vectors/contexts", tmp_path)
    data = root / "openbadges/contexts/data"
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {
        path.name: path.read_bytes() for path in data.iterdir()
    }


def thawed(value):
    if hasattr(value, "items"):
        return {name: thawed(item) for name, item in value.items()}
    return [thawed(item) for item in value] if isinstance(value, tuple) else value
