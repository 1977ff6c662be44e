"""``issue``, ``bake``, ``unbake``, ``inspect``: a badge from the command line, whole or not at all."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from openbadges import testing
from openbadges.cli.demo_picture import medal
from openbadges.report import Outcome
from openbadges.verification import Recipient, TrustedIssuers, Verifier

KEY = testing.fixed_key()
ACHIEVEMENT = testing.badge()["credentialSubject"]["achievement"]


@pytest.fixture(autouse=True)
def documents():
    Path("unsigned.json").write_text(json.dumps(testing.badge()))
    Path("host.json").write_text(json.dumps({name: ACHIEVEMENT[name] for name in ACHIEVEMENT if name != "type"}))


def checked(badge, **settings):
    return Verifier.offline().check(badge, policy=TrustedIssuers([KEY.did]), **settings)


def test_a_credential_is_signed(run):
    assert run("issue", "unsigned.json", "--key", "issuer.pem", "-o", "new.json") == (0, "", "")
    assert checked(Path("new.json").read_bytes()).outcome is Outcome.PASS


def test_the_credential_may_come_and_the_badge_may_go_through_pipes(run, stdin):
    stdin(Path("unsigned.json").read_bytes())
    done = run("issue", "-", "--key", "issuer.pem", "--form", "vc-jwt")
    assert done.status == 0
    assert done.out.count(".") == 2
    assert checked(done.out).outcome is Outcome.PASS


def test_a_token_has_no_suite(run):
    done = run("issue", "absent.json", "--key", "absent.pem", "--form", "vc-jwt", "--suite", "eddsa-jcs-2022")
    assert (done.status, done.out) == (2, "")
    assert done.err == (
        "openbadges issue: A token is signed by the algorithm of its key and has no cryptosuite. Leave out --suite "
        "eddsa-jcs-2022, or ask for --form data-integrity.\n"
    )


def test_suite_and_profile_are_chosen(run):
    done = run("issue", "unsigned.json", "--key", "issuer.pem", "--suite", "eddsa-jcs-2022")
    assert done.json["proof"]["cryptosuite"] == "eddsa-jcs-2022"
    card = {"@context": ["https://www.w3.org/ns/credentials/v2", {"n": "https://a.example/n"}]}
    card |= {"type": ["VerifiableCredential"], "issuer": KEY.did, "credentialSubject": {"n": "1"}}
    Path("card.json").write_text(json.dumps(card))
    assert run("issue", "card.json", "--key", "issuer.pem").status == 4
    assert run("issue", "card.json", "--key", "issuer.pem", "--profile", "vc").status == 0


@pytest.mark.parametrize("verb", [("issue", "absent.json"), ("present", "absent.json", "--challenge", "x")])
@pytest.mark.parametrize("suite", ["foo", "eddsa-2022"])
def test_a_suite_that_is_not_offered_is_wrong_usage_and_those_that_are_get_named(run, verb, suite):
    done = run(*verb, "--key", "absent.pem", "--suite", suite)
    assert (done.status, done.out) == (2, "")
    said = done.err.rpartition("argument --suite: invalid choice: ")[2]
    assert said.startswith(f"'{suite}' ")
    for name in ("eddsa-rdfc-2022", "ecdsa-jcs-2019", "ecdsa-sd-2023", "Ed25519Signature2020"):
        assert name in said


def test_a_badge_is_built_from_an_achievement_and_a_recipient(run):
    done = run(
        *("issue", "--key", "issuer.pem", "--achievement", "host.json", "--recipient", "emailAddress:Ann@Example.org"),
        *("--issuer-name", "Riverside User Group", "--issuer-url", "https://a.example/", "--narrative", "She hosted."),
        *(
            "--valid-until",
            "2099-01-01T00:00:00Z",
            "--evidence",
            "https://a.example/1",
            "--evidence",
            "https://a.example/2",
        ),
    )
    badge = done.json
    assert "Ann" not in done.out
    assert "ann@" not in done.out
    assert badge["issuer"]["name"] == "Riverside User Group"
    assert badge["validUntil"] == "2099-01-01T00:00:00Z"
    assert [each["id"] for each in badge["evidence"]] == ["https://a.example/1", "https://a.example/2"]
    for address in ("ann@example.org", "Ann@Example.org"):
        assert checked(done.out, recipient=Recipient("emailAddress", address)).outcome is Outcome.PASS


def test_a_recipient_may_be_an_identifier_and_the_issuer_a_did_web(run):
    arguments = ["issue", "--key", "issuer.pem", "--achievement", "host.json", "--issuer-name", "R"]
    badge = run(*arguments, "--recipient", "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK").json
    assert badge["credentialSubject"]["id"].startswith("did:key:z6Mkha")
    badge = run(*arguments, "--recipient", "userName:Ann", "--controller", "did:web:a.example").json
    assert badge["issuer"]["id"] == "did:web:a.example"
    assert badge["proof"]["verificationMethod"] == f"did:web:a.example#{KEY.public_key.to_multikey()}"
    badge = run(*arguments, "--recipient", "userName:Ann", "--controller", "did:web:a.example#key-1").json
    assert badge["proof"]["verificationMethod"] == "did:web:a.example#key-1"


def test_a_badge_can_name_its_place_in_a_status_list(run):
    arguments = ["issue", "--key", "issuer.pem", "--achievement", "host.json", "--issuer-name", "R"]
    arguments += ["--recipient", "userName:Ann", "--status-list", "https://badges.example.org/status/1"]
    Path("new.json").write_text(run(*arguments, "--status-index", "7").out)
    assert run("verify", "new.json", "--offline").status == 3
    done = run(*arguments, "--status-index", "-7")
    assert done.status == 4
    assert "statusListIndex" in done.err


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["unsigned.json", "--achievement", "host.json"],
        ["unsigned.json", "--recipient", "name:Ann"],
        ["--achievement", "host.json"],
        ["--achievement", "host.json", "--recipient", "name:Ann"],
        ["--achievement", "host.json", "--recipient", "Ann", "--issuer-name", "R"],
        ["--achievement", "host.json", "--recipient", "name:Ann", "--issuer-name", "R", "--status-index", "1"],
        ["--achievement", "host.json", "--recipient", "name:Ann", "--issuer-name", "R", "--valid-until", "soon"],
        ["unsigned.json", "--controller", "#x"],
        ["unsigned.json", "-o", "unsigned.json"],
        ["unsigned.json", "-o", "issuer.pem"],
    ],
)
def test_arguments_that_do_not_go_together_are_wrong_usage(arguments, run):
    before = Path("issuer.pem").read_bytes()
    done = run("issue", "--key", "issuer.pem", *arguments)
    assert done.status == 2
    assert done.out == ""
    assert Path("issuer.pem").read_bytes() == before


def test_nothing_is_written_when_nothing_is_signed(run):
    Path("unsigned.json").write_text(json.dumps(testing.badge(issuer="did:web:other.example")))
    done = run("issue", "unsigned.json", "--key", "issuer.pem", "-o", "new.json")
    assert done.status == 1
    assert "(at /issuer)" in done.err
    assert not Path("new.json").exists()


def test_an_achievement_and_a_credential_are_not_taken_for_each_other(run):
    achievement = testing.badge()["credentialSubject"]["achievement"]
    Path("host.json").write_text(json.dumps(achievement))
    done = run("issue", "host.json", "--key", "issuer.pem")
    assert (done.status, done.out) == (2, "")
    assert "host.json is an achievement, not yet a credential. Name it with --achievement" in done.err
    award = ("--recipient", "name:Ann", "--key", "issuer.pem", "--achievement")
    done = run("issue", *award, "plain.json", "--issuer-name", "R")
    assert (done.status, done.out) == (2, "")
    assert "plain.json is a credential, not an achievement. Name it alone" in done.err
    done = run("issue", *award, "host.json", "--issuer-name", " ")
    assert (done.status, done.out) == (2, "")
    assert "--issuer-name is needed" in done.err


@pytest.mark.parametrize("picture", ["picture.svg", "picture.png"])
def test_bake_then_unbake_is_the_identity(picture, run):
    Path("picture.png").write_bytes(medal(16))
    assert run("bake", picture, "plain.json", "-o", "baked") == (0, "", "")
    assert run("verify", "baked", "--offline").status == 0
    done = run("unbake", "baked", "-o", "again.json")
    assert done.status == 0
    assert "not verified" in done.err
    assert Path("again.json").read_bytes() == Path("plain.json").read_bytes()
    assert run("unbake", "baked").out == Path("plain.json").read_text()


def test_a_badge_can_be_baked_from_a_pipe(run, stdin):
    stdin(Path("plain.json").read_bytes() + b"\n")
    assert run("bake", "picture.svg", "-", "-o", "baked.svg").status == 0
    assert run("unbake", "baked.svg").out == Path("plain.json").read_text()


def test_only_what_somebody_signed_is_baked(run):
    Path("unsigned.json").write_text(json.dumps(testing.badge()))
    done = run("bake", "picture.svg", "unsigned.json", "-o", "baked.svg")
    assert done.status == 4
    assert "What is in unsigned.json is not signed, so the picture would be no badge. Sign it first" in done.err
    assert not Path("baked.svg").exists()
    hosted = {"@context": "https://w3id.org/openbadges/v2", "type": "Assertion", "id": "https://a.example/1"}
    Path("hosted.json").write_text(json.dumps(hosted))
    token = testing.sign(testing.badge(), form="vc-jwt").text
    Path("token").write_text(token)
    for signed in ("hosted.json", "token"):
        assert run("bake", "picture.svg", signed, "-o", "baked.svg").status == 0


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["bake", "-", "-"], 2),
        (["bake", "picture.svg", "plain.json", "-o", "picture.svg"], 2),
        (["bake", "plain.json", "plain.json"], 4),
        (["bake", "picture.svg", "absent"], 4),
        (["unbake", "picture.svg"], 4),
        (["unbake", "picture.svg", "-o", "picture.svg"], 2),
    ],
)
def test_what_cannot_be_baked_or_taken_out_is_said(arguments, status, run):
    done = run(*arguments)
    assert (done.status, done.out) == (status, "")


def test_a_picture_is_not_shown_on_a_terminal(run, monkeypatch, terminal):
    Path("picture.png").write_bytes(medal(16))
    out = terminal()
    monkeypatch.setattr(sys, "stdout", out)
    assert run("bake", "picture.png", "plain.json").status == 2
    assert out.text == ""


def test_inspect_marks_everything_unverified(run):
    Path("forged.json").write_text(json.dumps(testing.badge(name="\x1b[31mForged")))
    done = run("inspect", "forged.json")
    assert done.status == 0
    assert done.out.startswith("UNVERIFIED: nothing was checked")
    for word in ("Forged", "Riverside User Group", "2026-01-15T09:00:00Z"):
        line = next(line for line in done.out.splitlines() if word in line)
        assert line.startswith("UNVERIFIED "), line
    assert "\x1b" not in done.out
    assert "PASS" not in done.out
    shown = run("inspect", "forged.json", "--json").json
    assert shown["unverified"] is True
    assert shown["document"] == testing.badge(name="\x1b[31mForged")
    assert shown["header"] is None


def test_inspect_looks_into_tokens_and_old_badges(run):
    Path("b.jwt").write_text(testing.sign(testing.badge(), form="vc-jwt").text)
    assert "UNVERIFIED header" in run("inspect", "b.jwt").out
    assert run("inspect", "b.jwt", "--json").json["header"]["alg"] == "EdDSA"
    Path("old.json").write_text(json.dumps({"@context": "https://w3id.org/openbadges/v2", "issuer": [1]}))
    assert "Open Badges 2.0" in run("inspect", "old.json").out
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:openbadges="http://openbadges.org">'
        '<openbadges:assertion verify="https://a.example/1"/></svg>'
    )
    Path("old.svg").write_text(svg)
    assert "https://a.example/1" in run("inspect", "old.svg").out
    assert run("inspect", "picture.svg").status == 4
