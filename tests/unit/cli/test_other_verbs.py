"""``schema``, ``canonical``, ``upgrade``, ``present``."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from openbadges import testing
from openbadges.canon import jcs
from openbadges.cli import network
from openbadges.report import Outcome
from openbadges.schema import SCHEMAS, load_schema
from openbadges.verification import AnyIssuer, Verifier

OB2 = "https://w3id.org/openbadges/v2"
OLD, BADGE, ISSUER = (f"https://example.org/{name}" for name in ("assertions/1", "badges/host", "issuer"))
KEY = testing.fixed_key()


def test_the_schemas_are_listed_and_shown_by_name_and_address(run):
    listed = run("schema", "list").out.splitlines()
    assert [line.split()[1] for line in listed] == list(SCHEMAS)
    for line in listed:
        name, url = line.split()
        assert run("schema", "show", name).json == run("schema", "show", url).json == load_schema(url)
    assert run("schema", "show", "profile").json == load_schema(listed[-1].split()[1])
    done = run("schema", "show", "nonsense")
    assert done.status == 2
    assert "json-ld/profile" in done.err


def test_a_document_is_checked_against_its_schema(run):
    document = testing.badge()
    Path("b.json").write_text(json.dumps(document))
    assert run("schema", "check", "b.json").status == 0
    done = run("schema", "check", "b.json", "--json")
    assert done.json == {"valid": True, "problems": [], "notes": []}
    proof = json.loads(Path("plain.json").read_text())["proof"]
    Path("b.json").write_text(json.dumps(document | {"proof": proof if isinstance(proof, dict) else proof[0]}))
    done = run("schema", "check", "b.json")
    assert done.status == 0
    assert "/proof only the strict schema objects: " in done.out
    assert run("schema", "check", "b.json", "--schema", "json/achievementcredential").status == 1
    del document["validFrom"], document["credentialSubject"]["achievement"]
    Path("b.json").write_text(json.dumps(document))
    done = run("schema", "check", "b.json", "--json")
    assert done.status == 1
    assert "/validFrom" in [problem["pointer"] for problem in done.json["problems"]]
    out = run("schema", "check", "b.json").out
    assert out.startswith("✘ The schema objects (")
    assert "/validFrom" in out


def test_what_has_no_schema_is_said(run):
    Path("b.json").write_text('{"type": "Strange"}')
    assert run("schema", "check", "b.json").status == 3
    assert run("schema", "check", "b.json", "--schema", "profile").status == 1
    Path("p.json").write_text(json.dumps({"id": "https://a.example/", "type": ["Profile"]}))
    assert run("schema", "check", "p.json").status == 0


def test_canonical_forms_and_their_hashes(run):
    document = testing.badge()
    Path("b.json").write_text(json.dumps(document))
    quads = run("canonical", "b.json").out
    assert quads.startswith("<")
    assert quads.endswith(" .\n")
    assert run("canonical", "plain.json").out == quads
    assert run("canonical", "plain.json", "--with-proof").out != quads
    for digest in ("sha256", "sha384"):
        done = run("canonical", "b.json", "--digest", digest)
        assert done.out == hashlib.new(digest, run("canonical", "b.json").out.encode()).hexdigest() + "\n"
    assert run("canonical", "b.json", "--form", "jcs").out.encode() == jcs.canonicalize(document)
    assert run("canonical", "b.json", "-o", "b.json").status == 2
    Path("b.json").write_text('{"@context": "https://unknown.example/"}')
    assert run("canonical", "b.json").status == 3


@pytest.fixture
def web(monkeypatch) -> testing.FakeWeb:
    """A hosted Open Badges 2.0 badge, its file in old.json, and the map of its documents in old-map.json."""
    documents = {
        OLD: {
            "@context": OB2,
            "id": OLD,
            "type": "Assertion",
            "recipient": {"type": "email", "hashed": False, "identity": "ann@example.org"},
            "badge": BADGE,
            "verification": {"type": "HostedBadge"},
            "issuedOn": "2026-01-10T12:00:00Z",
        },
        BADGE: {
            "@context": OB2,
            "id": BADGE,
            "type": "BadgeClass",
            "name": "Edit-a-thon host",
            "description": "Plans and hosts an editing event.",
            "image": "https://example.org/badges/host.png",
            "criteria": {"narrative": "Host one event."},
            "issuer": ISSUER,
            "ext:Level": "gold",
        },
        ISSUER: {
            "@context": OB2,
            "id": ISSUER,
            "type": "Issuer",
            "name": "Riverside User Group",
            "url": "https://example.org/",
            "email": "hello@example.org",
        },
    }
    web = testing.FakeWeb()
    for number, (url, document) in enumerate(documents.items()):
        web.publish(url, document, media_type="application/ld+json")
        Path(f"old-{number}.json").write_text(json.dumps(document))
    Path("old-map.json").write_text(json.dumps({url: f"old-{number}.json" for number, url in enumerate(documents)}))
    Path("old.json").write_text(json.dumps(documents[OLD]))
    verifier = Verifier(fetcher=web, clock=testing.FixedClock())
    monkeypatch.setattr(network, "online_verifier", lambda **_: verifier)
    return web


def test_an_old_badge_is_verified_by_its_web_site_and_shown_without_a_key(run, web):
    done = run("verify", "old.json")
    assert done.status == 0
    assert "  Found as   the issuer's own web site (Open Badges 2.0), in JSON" in done.out
    assert "Signed by" not in done.out
    assert run("verify", "old.json", "--offline").status == 3


@pytest.mark.parametrize("badge", ["old.json", OLD])
def test_an_old_badge_is_verified_and_issued_again(badge, run, web):
    done = run("upgrade", badge, "--key", "issuer.pem", "-o", "new.json")
    assert (done.status, done.out) == (0, "")
    assert "Note: " in done.err
    report = Verifier.offline().check(Path("new.json").read_bytes(), policy=AnyIssuer())
    assert report.outcome is Outcome.PASS
    new = json.loads(Path("new.json").read_text())
    assert new["issuer"]["id"] == KEY.did
    assert new["evidence"][-1]["id"] == OLD
    assert new["awardedDate"] == "2026-01-10T12:00:00Z"


def test_an_old_badge_is_upgraded_offline_with_its_documents(run, web):
    arguments = ["upgrade", "old.json", "--key", "issuer.pem", "--form", "vc-jwt"]
    arguments += ["--recipient-id", KEY.did, "--achievement-id", "https://a.example/host"]
    done = run(*arguments, "--offline", "--documents", "old-map.json")
    assert done.status == 0
    assert done.out.count(".") == 2
    assert web.requests == []
    done = run(*arguments, "--offline")
    assert (done.status, done.out) == (3, "")
    assert done.err.startswith("Not upgraded. ")


def test_an_old_badge_that_does_not_pass_is_not_upgraded(run, web):
    withdrawn = {"@context": OB2, "id": OLD, "revoked": True, "type": "Assertion"}
    web.publish(OLD, withdrawn, media_type="application/ld+json")
    done = run("upgrade", "old.json", "--key", "issuer.pem", "-o", "new.json")
    assert done.status == 1
    assert done.err.startswith("Not upgraded. ")
    assert not Path("new.json").exists()


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["plain.json"], 1),
        (["old.json", "-o", "old.json"], 2),
        (["old.json", "-o", "issuer.pem"], 2),
        (["absent.json"], 4),
        ([OLD, "--offline"], 2),
        (["https://example.org/absent"], 3),
    ],
)
def test_what_cannot_be_upgraded_is_said(arguments, status, run, web):
    done = run("upgrade", *arguments, "--key", "issuer.pem")
    assert (done.status, done.out) == (status, "")


def test_a_holder_presents_a_key_and_badges(run):
    asked = ("--key", "issuer.pem", "--challenge", "c-1", "--domain", "badges.example.org")
    done = run("present", *asked)
    assert done.status == 0
    verifier = Verifier.offline()
    report = verifier.check_presentation(done.out, policy=AnyIssuer(), challenge="c-1", domain="badges.example.org")
    assert report.outcome is Outcome.PASS
    assert report.inside == ()
    assert run("present", "plain.json", *asked, "-o", "shown.json").status == 0
    report = verifier.check_presentation(Path("shown.json").read_bytes(), policy=AnyIssuer(), challenge="c-1")
    assert [one.outcome for one in report.inside] == [Outcome.PASS]
    assert run("present", "none.json", *asked).status == 4
    assert run("present", "--key", "issuer.pem").status == 2
    assert run("present", "--key", "issuer.pem", "--challenge", "").status == 2


def test_who_asked_checks_what_a_holder_shows(run):
    run(
        "present",
        "plain.json",
        "--key",
        "issuer.pem",
        "--challenge",
        "c-1",
        "--domain",
        "a.example",
        "-o",
        "shown.json",
    )
    done = run("verify", "shown.json", "--offline", "--challenge", "c-1", "--domain", "a.example")
    assert (done.status, done.out.splitlines()[0]) == (0, "✔ PASS This presentation is genuine and valid today.")
    assert "  Holder     did:key:" in done.out
    assert "Nothing of the content is shown" not in done.out
    for wrong in (("--challenge", "c-2"), ("--challenge", "c-1", "--domain", "b.example")):
        assert run("verify", "shown.json", "--offline", *wrong).status == 1
    assert run("verify", "plain.json", "--offline", "--challenge", "c-1").status == 4
    for usage in (("--domain", "a.example"), ("--challenge", " "), ("--challenge", "c", "--recipient", "id:urn:x:1")):
        done = run("verify", "shown.json", "--offline", *usage)
        assert (done.status, done.out) == (2, "")


def test_what_is_looked_into_is_called_what_it_is(run):
    run("present", "plain.json", "--key", "issuer.pem", "--challenge", "c-1", "-o", "shown.json")
    Path("other.json").write_text('{"a": 1}', encoding="utf-8")
    heads = [run("inspect", name).out.splitlines()[1] for name in ("plain.json", "shown.json", "other.json")]
    assert heads == [
        "Open Badges 3.0 (an Open Badge), found in: json",
        "A presentation, found in: json",
        "Not a credential, found in: json",
    ]
