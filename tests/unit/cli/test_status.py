"""``status new``, ``set``, ``show``: lists of both kinds, signed again only when nobody else changed them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from openbadges import testing
from openbadges.jsontext import parse_object
from openbadges.keys import save_key

URL = "https://badges.example.org/status/1"
KEY = testing.fixed_key()
WHEN = ("--at", "2026-11-22T12:00:00Z")


def read(path):
    return json.loads(Path(path).read_text())


def entries(done):
    return [(each["place"], each["value"]) for each in done.json["entries"]]


@pytest.mark.parametrize("form", ["data-integrity", "vc-jwt"])
def test_a_new_list_is_signed_empty_and_changes_sign_it_again(form, run):
    said = f"The list is in list.json. It counts once it stands at {URL}.\n"
    assert run("status", "new", URL, "--key", "issuer.pem", "--form", form, "-o", "list.json") == (0, "", said)
    arguments = ("verify", "badge.json", "--offline", "--documents", "map.json")
    assert run(*arguments).status == 0
    assert run("status", "set", "list.json", "7", "131071", "--key", "issuer.pem", "--in-place") == (0, "", said)
    done = run(*arguments)
    assert done.status == 1
    assert "the issuer withdrew it" in done.out
    assert run("status", "set", "list.json", "7", "--clear", "--key", "issuer.pem", "-o", "next.json").status == 0
    assert run(*arguments).status == 1
    Path("next.json").replace("list.json")
    assert run(*arguments).status == 0
    assert entries(run("status", "show", "list.json", "7", "131071", "--json")) == [("7", 0), ("131071", 1)]


def test_a_list_keeps_its_purpose_and_its_lifetime(run):
    unsigned = testing.status_list(URL, purpose="suspension", validUntil="2026-11-28T12:00:00Z")
    Path("list.json").write_bytes(bytes(testing.sign(unsigned)))
    assert run("status", "set", "list.json", "3", "--key", "issuer.pem", "-o", "next.json").status == 0
    changed = read("next.json")
    assert changed["credentialSubject"]["statusPurpose"] == "suspension"
    assert changed["validFrom"] > unsigned["validFrom"]
    assert changed["validUntil"] > unsigned["validUntil"]
    testing_list = testing.status_list(URL, validFrom=None, validUntil="2099-01-01T00:00:00Z")
    Path("list.json").write_bytes(bytes(testing.sign(testing_list)))
    assert run("status", "set", "list.json", "3", "--key", "issuer.pem", "-o", "next.json").status == 0
    assert read("next.json")["validUntil"] == "2099-01-01T00:00:00Z"


@pytest.mark.parametrize("url", ["http://a.example/1", "a.example/1", "https://", "https://[", "https://a.example/1#2"])
def test_a_list_has_an_https_address(url, run):
    for arguments in (
        ["status", "new", url, "--key", "issuer.pem"],
        ["status", "new", url, "--kind", "1edtech", "--issuer", "did:web:a.example"],
    ):
        done = run(*arguments)
        assert (done.status, done.out) == (2, "")
        assert "is not an https address" in done.err


def test_a_list_for_a_did_web_with_an_end_and_a_purpose(run):
    done = run(
        *("status", "new", URL, "--key", "issuer.pem", "--controller", "did:web:a.example"),
        *("--purpose", "suspension", "--valid-until", "2099-01-01T00:00:00Z"),
    )
    assert done.json["issuer"] == "did:web:a.example"
    assert done.json["validUntil"] == "2099-01-01T00:00:00Z"
    assert done.json["credentialSubject"]["statusPurpose"] == "suspension"


@pytest.mark.parametrize("form", ["data-integrity", "vc-jwt"])
def test_a_list_that_somebody_changed_is_not_signed_again(form, run):
    other = testing.fixed_key("Ed25519", 1)
    Path("list.json").write_bytes(bytes(testing.sign(testing.status_list(URL, issuer=other.did), other, form=form)))
    before = Path("list.json").read_bytes()
    done = run("status", "set", "list.json", "7", "--key", "issuer.pem", "--in-place")
    assert done.status == 1
    assert "--previous-key" in done.err
    assert Path("list.json").read_bytes() == before


def test_a_list_of_an_older_key_is_taken_over_by_name(run):
    old, did = testing.fixed_key("P-256"), "did:web:a.example"
    Path("list.json").write_bytes(bytes(testing.sign(testing.status_list(URL, issuer=did), old.controlled_by(did))))
    save_key(old, "old.pem")
    arguments = ["status", "set", "list.json", "7", "--key", "issuer.pem", "--controller", did, "--in-place"]
    assert run(*arguments).status == 1
    assert run(*arguments, "--previous-key", "old.pem").status == 0
    assert read("list.json")["proof"]["verificationMethod"] == f"{did}#{KEY.public_key.to_multikey()}"


def test_show_says_whose_list_it_is_whether_it_is_genuine_and_what_it_says(run):
    Path("list.json").write_bytes(bytes(testing.sign(testing.status_list(URL, set_indexes=[7, 9]))))
    done = run("status", "show", "list.json", "--badge", "badge.json", "--offline")
    assert done.status == 0
    assert done.out.splitlines() == [
        f"List:      {URL} of {KEY.did}",
        "Signature: This status list is genuine and valid today.",
        "Holds:     131072 places for revocation, 2 of them set",
        "7: revocation set",
    ]
    forged = read("list.json") | {"name": "x"}
    Path("list.json").write_text(json.dumps(forged))
    done = run("status", "show", "list.json", "8", "--offline", "--json")
    assert done.status == 1
    assert done.json["signature"]["outcome"] == "fail"


def test_show_finds_the_places_of_a_badge_among_its_entries(run):
    statuses = [testing.status_entry(URL, 9), testing.status_entry("https://a.example/l", 1), {"type": "Strange"}]
    Path("b.json").write_text(json.dumps(testing.badge(credentialStatus=statuses)))
    assert entries(run("status", "show", "list.json", "--badge", "b.json", "--json", "--offline")) == [("9", 0)]
    done = run("status", "show", "list.json", "--badge", "plain.json")
    assert done.status == 1
    assert "no list" in done.err
    Path("b.json").write_text(json.dumps(testing.badge(credentialStatus=statuses[1:])))
    assert "https://a.example/l" in run("status", "show", "list.json", "--badge", "b.json").err


def test_a_1edtech_list_is_made_changed_and_read(run):
    issuer, badge = "https://a.example/issuer", testing.badge()["id"]
    assert run("status", "new", URL, "--kind", "1edtech", "--issuer", issuer, "-o", "l.json").status == 0
    assert read("l.json") == {"id": URL, "issuer": issuer}
    assert run("status", "set", "l.json", badge, "urn:x", "--reason", "Mistake", "--in-place").status == 0
    done = run("status", "show", "l.json", "urn:y", "--badge", "plain.json")
    assert done.status == 0
    assert done.out.splitlines()[1:] == [
        "Signature: it has none, its address is all that speaks for it",
        "urn:y: revocation not set",
        f"{badge}: revocation set (Mistake)",
    ]
    assert run("status", "set", "l.json", badge, "urn:z", "--clear", "-o", "m.json").status == 0
    assert [item["id"] for item in read("m.json")["revokedCredential"]] == ["urn:x"]
    assert run("status", "set", "l.json", badge, "-o", "l.json").status == 2


def test_a_1edtech_list_of_others_is_read_as_it_is_found(run):
    items = [{"id": "urn:x", "revoked": False}, {"id": "urn:y", "revocationReason": "Left"}]
    Path("l.json").write_text(json.dumps({"id": URL, "issuer": {"id": "did:web:a"}, "revokedCredential": items}))
    assert run("status", "set", "l.json", "urn:z", "-o", "m.json").status == 0
    assert [item["id"] for item in read("m.json")["revokedCredentials"]] == ["urn:y", "urn:z"]
    assert read("m.json")["issuer"] == "did:web:a"
    Path("l.json").write_text(json.dumps({"id": URL, "issuer": "did:web:a", "revokedCredentials": {"id": "urn:x"}}))
    assert run("status", "set", "l.json", "urn:z", "-o", "m.json").status == 0
    assert len(read("m.json")["revokedCredential"]) == 2
    for wrong in ([1], [{"id": 1}]):
        Path("l.json").write_text(json.dumps({"id": URL, "issuer": "did:web:a", "revokedCredential": wrong}))
        assert run("status", "set", "l.json", "urn:z").status == 4


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["new", URL], 2),
        (["new", URL, "--kind", "1edtech"], 2),
        (["new", URL, "--kind", "1edtech", "--issuer", "did:web:a", "--key", "issuer.pem"], 2),
        (["new", URL, "--key", "issuer.pem", "-o", "issuer.pem"], 2),
        (["new", URL, "--key", "issuer.pem", "--valid-until", "soon"], 2),
        (["set", "list.json", "7"], 2),
        (["set", "list.json", "x", "--key", "issuer.pem"], 2),
        (["set", "list.json", "131072", "--key", "issuer.pem"], 2),
        (["set", "list.json", "7", "--key", "issuer.pem", "-o", "list.json"], 2),
        (["set", "badge.json", "7", "--key", "issuer.pem"], 1),
        (["set", "map.json", "7", "--key", "issuer.pem"], 1),
        (["set", "l.json", "urn:x", "--key", "issuer.pem"], 2),
        (["show", "badge.json"], 1),
        (["show", "absent.json"], 4),
        (["show", "list.json", "131072", "--offline"], 2),
        (["show", "two.json", "7"], 2),
        (["set", "bare.json", "7", "--key", "issuer.pem"], 4),
    ],
)
def test_what_cannot_be_done_is_said(arguments, status, run):
    Path("l.json").write_text(json.dumps({"id": URL, "issuer": "did:web:a"}))
    two = parse_object(Path("list.json").read_bytes())
    two["credentialSubject"]["statusPurpose"] = ["revocation", "suspension"]
    Path("two.json").write_text(json.dumps(two))
    bare = testing.add_proof(
        testing.status_list(URL, credentialSubject=[{"id": "urn:a", "type": "BitstringStatusList"}])
    )
    Path("bare.json").write_text(json.dumps(bare))
    done = run("status", *arguments)
    assert done.status == status
    assert done.out == ""
    assert len(done.err.splitlines()) == 1
