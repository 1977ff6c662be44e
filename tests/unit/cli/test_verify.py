"""``openbadges verify`` keeps the contract that other programs rely on, and is understood by strangers."""

from __future__ import annotations

import json
import pickle
import signal
import sys
from pathlib import Path

import pytest

from openbadges import testing
from openbadges.baking import bake
from openbadges.cli import network
from openbadges.errors import RefusedError, UnsupportedError
from openbadges.verification import Verifier

ISSUER = testing.fixed_key().did
AT = "2026-11-22T12:00:00Z"
MEMBERS = ["input", "outcome", "verdict", "format", "container", "credential", "issuer", "key", "checks", "notes", "at"]


@pytest.fixture
def web(monkeypatch) -> testing.FakeWeb:
    """Verification without --offline uses this web."""
    web = testing.FakeWeb()
    verifier = Verifier(fetcher=web, clock=testing.FixedClock())
    monkeypatch.setattr(network, "online_verifier", lambda **_: verifier)
    return web


def check_of(report, check_id):
    return next(check for check in report["checks"] if check["id"] == check_id)


def test_a_good_badge_as_json(run):
    done = run("verify", "plain.json", "--offline", "--json", "--at", AT)
    assert done.status == 0
    assert done.err == ""
    assert len(done.out.splitlines()) == 1
    assert list(done.json) == MEMBERS
    assert done.json["input"] == "plain.json"
    assert done.json["outcome"] == "pass"
    assert done.json["verdict"] == "This badge is genuine and valid today."
    assert (done.json["format"], done.json["container"]) == ("data-integrity", "json")
    assert done.json["issuer"] == {"id": ISSUER, "name": "Riverside User Group", "trusted": None}
    assert done.json["key"] == {"id": testing.fixed_key().verification_method, "algorithm": "EdDSA"}
    assert done.json["credential"]["valid_from"] == "2026-01-15T09:00:00Z"
    assert done.json["at"] == AT
    for check in done.json["checks"]:
        assert list(check) == ["id", "outcome", "code", "params", "detail"]


def test_a_good_badge_for_people(run):
    out = run("verify", "plain.json", "--offline", "--issuer", ISSUER).out
    lines = out.splitlines()
    assert lines[0] == "✔ PASS This badge is genuine and valid today."
    assert "  Badge      Edit-a-thon host" in lines
    assert f"  Issuer     Riverside User Group ({ISSUER})" in lines
    assert "  Trusted    yes, you named this issuer" in lines
    assert "  Valid      from 15 January 2026, without end" in lines
    assert any(line.startswith("    ✔ proof.signature ") for line in lines)
    assert all(ord(character) >= 0x20 or character == "\n" for character in out)
    assert out.index("PASS") < out.index("Badge") < out.index("Issuer") < out.index("Checks")


def test_without_issuers_trust_is_not_asked_and_does_not_decide(run):
    done = run("verify", "plain.json", "--offline")
    assert done.status == 0
    assert "Trusted    not asked" in done.out


def test_an_issuer_that_is_not_named_fails(run):
    done = run("verify", "plain.json", "--offline", "--issuer", "did:web:a.example", "--issuer", "did:web:b.example")
    assert done.status == 1
    assert "Trusted    NO, you did not name this issuer" in done.out
    both = run("verify", "plain.json", "--offline", "--issuer", "did:web:a.example", "--issuer", ISSUER, "--json")
    assert both.status == 0
    assert both.json["issuer"]["trusted"] is True


def test_an_issuer_that_is_no_id_is_remarked(run):
    done = run("verify", "plain.json", "--offline", "--issuer", "did:web:a.example", "--issuer", "foo", "--json")
    assert (done.status, done.json["issuer"]["trusted"]) == (1, False)
    assert done.err == (
        "“foo” is not the id of an issuer, so no badge can be by it. Name whom you trust as the badge names its "
        "issuer: by a DID, such as did:web:badges.example.org, or by a whole address that begins with https://.\n"
    )


def test_on_a_broken_signature_nothing_of_the_content_is_shown(run):
    changed = Path("plain.json").read_text().replace("Edit-a-thon host", "Edit-a-thon star")
    Path("changed.json").write_text(changed)
    done = run("verify", "changed.json", "--offline", "--issuer", ISSUER)
    assert done.status == 1
    assert done.out.splitlines()[0].startswith("✘ FAIL Changed after it was signed")
    assert "Edit-a-thon" not in done.out
    assert "Riverside" not in done.out
    assert "Nothing of the content is shown" in done.out
    report = run("verify", "changed.json", "--offline", "--json").json
    assert [report[name] for name in ("credential", "issuer", "key")] == [None, None, None]


@pytest.mark.parametrize(
    ("name", "content", "detail"),
    [
        ("absent.json", None, "There is no file absent.json."),
        ("empty.json", b"", "There is nothing in empty.json."),
        ("list.txt", b"hello", "neither a badge as JSON"),
        ("syntax.json", b'{"a": }', "This is not valid JSON"),
        ("large.json", b'{"a": "' + b"x" * 5_000_000 + b'"}', "larger than"),
        ("deep.json", b"[" * 10_000 + b"]" * 10_000, "nested deeper"),
        ("nan.json", b'{"a": NaN}', "which JSON does not allow"),
        ("twice.json", b'{"a": 1, "a": 2}', "stands twice"),
        ("cut.png", b"\x89PNG\r\n\x1a\n\x00\x00", ""),
        ("entity.svg", b'<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>', ""),
    ],
)
def test_what_cannot_be_read_ends_with_4_and_one_clear_sentence(name, content, detail, run):
    if content is not None:
        Path(name).write_bytes(content)
    done = run("verify", name, "--offline")
    assert done.status == 4
    assert len([line for line in done.out.splitlines() if "FAIL" in line]) == 1
    assert detail in done.out
    report = run("verify", name, "--offline", "--json").json
    assert report["outcome"] == "fail"
    assert set(report["error"]) == {"code", "detail", "pointer"}
    assert detail in report["error"]["detail"]
    assert report["input"] == name


def test_the_place_of_what_is_malformed_is_shown(run):
    document = json.loads(Path("plain.json").read_text())
    document["credentialSubject"]["achievement"]["surprise"] = 1
    Path("odd.json").write_text(json.dumps(document))
    done = run("verify", "odd.json", "--offline")
    assert done.status == 4
    assert "  Place      /credentialSubject/achievement" in done.out


def test_an_empty_folder_and_an_unsigned_token(run):
    Path("d").mkdir()
    assert run("verify", "d").status == 4
    assert run("verify", "d", "--json").json["input"] == "d"
    Path("none.jwt").write_text("eyJhbGciOiJub25lIn0.e30.")
    assert run("verify", "none.jwt", "--offline", "--json").status == 1


def test_status_is_unknown_offline_and_decided_by_documents(run):
    done = run("verify", "badge.json", "--offline", "--at", AT, "--json")
    assert (done.status, done.json["outcome"]) == (3, "unknown")
    assert check_of(done.json, "status.revocation")["code"] == "network.offline"
    done = run("verify", "badge.json", "--offline", "--at", AT, "--documents", "map.json", "--json")
    assert (done.status, done.json["outcome"]) == (0, "pass")


def test_without_offline_what_is_needed_is_fetched(run, web):
    web.publish_status_list("https://badges.example.org/status/1", set_indexes=[7])
    done = run("verify", "badge.json")
    assert done.status == 1
    assert done.out.startswith("✘ FAIL Genuine, but the issuer withdrew it.")
    assert web.requests == ["https://badges.example.org/status/1"]


def test_an_address_is_an_input(run, web):
    web.publish("https://a.example/badge", Path("plain.json").read_bytes())
    done = run("verify", "https://a.example/badge", "--json")
    assert (done.status, done.json["input"]) == (0, "https://a.example/badge")
    done = run("verify", "https://a.example/absent", "--json")
    assert (done.status, done.json["outcome"]) == (3, "unknown")
    assert "error" not in done.json
    assert run("verify", "https://a.example/absent").out.startswith("? UNKNOWN We could not check everything.")


def test_the_real_online_verifier_has_a_map_and_connects_to_nothing_unasked(run):
    assert run("verify", "badge.json", "--documents", "map.json", "--at", AT).status == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ["https://a.example/b", "--offline"],
        ["http://a.example/b"],
        ["-", "-"],
        ["plain.json", "--at", "2026-11-22"],
        ["plain.json", "--recipient", "somebody"],
        ["plain.json", "--jobs", "0"],
        ["plain.json", "--jobs", "x"],
        ["plain.json", "--documents", "absent.json"],
        ["plain.json", "--offline", "--documents", "picture.svg"],
    ],
)
def test_wrong_usage_ends_with_2_and_prints_no_report(arguments, run, stdin):
    done = run("verify", *arguments)
    assert done.status == 2
    assert done.out == ""
    assert done.err


def test_standard_input(run, stdin):
    stdin(Path("plain.json").read_bytes())
    done = run("verify", "-", "--offline", "--json")
    assert (done.status, done.json["input"]) == (0, "-")


def test_at_and_recipient(run):
    holder = testing.fixed_key("Ed25519", 9).did
    done = run("verify", "plain.json", "--offline", "--at", "2026-01-01T00:00:00Z", "--recipient", holder, "--json")
    assert done.status == 1
    assert check_of(done.json, "validity.window")["code"] == "validity.not_yet"
    assert check_of(done.json, "recipient.match")["outcome"] == "pass"
    done = run("verify", "plain.json", "--offline", "--recipient", f"id:{holder}")
    assert "  Recipient  It was given to this id." in done.out


def test_dates_and_a_badge_without_a_name(run):
    document = testing.badge(name=None, validUntil="2028-01-15T09:00:00Z")
    Path("b.json").write_bytes(bytes(testing.sign(document)))
    out = run("verify", "b.json", "--offline", "--at", AT).out
    assert "from 15 January 2026 until 15 January 2028" in out
    assert f"  Badge      {document['id']}" in out


def test_a_picture_and_a_token(run):
    token = testing.sign(testing.badge(), form="vc-jwt").text
    Path("b.svg").write_bytes(bake(Path("picture.svg").read_bytes(), token))
    Path("wrong-name.png").write_text(token)
    out = run("verify", "b.svg", "--offline").out
    assert "  Found as   a signed token, in an SVG picture" in out
    done = run("verify", "wrong-name.png", "--offline", "--json")
    assert (done.json["format"], done.json["container"]) == ("vc-jwt", "jwt")


def test_what_is_not_a_badge_says_what_it_is_and_profile_vc_takes_it(run):
    done = run("verify", "list.json", "--offline", "--json", "--at", AT)
    assert done.status == 1
    assert done.json["verdict"] == "This is a status list, not a badge."
    done = run("verify", "list.json", "--offline", "--profile", "vc", "--at", AT)
    assert done.status == 0
    assert "  Document   https://badges.example.org/status/1" in done.out


def test_several_inputs_have_a_line_each_in_order_and_the_gravest_status(run):
    Path("d").mkdir()
    Path("d/2.json").write_bytes(Path("badge.json").read_bytes())
    Path("d/1.json").write_bytes(Path("plain.json").read_bytes())
    done = run("verify", "plain.json", "d", "list.json", "absent", "--offline", "--json")
    reports = [json.loads(line) for line in done.out.splitlines()]
    assert done.status == 4
    assert [each["input"] for each in reports] == ["plain.json", "d/1.json", "d/2.json", "list.json", "absent"]
    assert [each["outcome"] for each in reports] == ["pass", "pass", "unknown", "fail", "fail"]
    assert run("verify", "d", "list.json", "--offline").status == 1
    done = run("verify", "d", "--offline")
    assert done.status == 3
    assert done.out.splitlines()[0] == "✔ PASS    d/1.json: This badge is genuine and valid today."
    assert done.out.splitlines()[-1] == "2 checked: 1 pass, 0 fail, 1 unknown"
    assert run("verify", "plain.json", "d/1.json", "--offline").status == 0


def test_verbose_shows_every_check_of_several_inputs(run):
    done = run("verify", "plain.json", "plain.json", "--offline", "--verbose")
    assert done.out.count("Checks") == 2
    assert done.out.startswith("plain.json\n✔ PASS")


def test_endorsements_and_notes_are_shown(run):
    endorsement = testing.endorsement(about=testing.badge()["id"])
    good = testing.sign(endorsement, testing.fixed_key("Ed25519", 1), form="vc-jwt").text
    forged = testing.sign_token(endorsement, testing.fixed_key("Ed25519", 2))
    document = testing.badge(endorsementJwt=[good, forged])
    document["credentialSubject"]["name"] = "Ann"
    Path("b.json").write_bytes(bytes(testing.sign(document)))
    out = run("verify", "b.json", "--offline", "--at", AT).out
    assert "  Endorsement 1\n    ✔ PASS" in out
    assert "    By         Foundation (did:key:" in out
    assert "    Name       " in out
    assert "  Endorsement 2\n    ✘ FAIL Not signed by who it says.\n    Why        It says it is from" in out
    assert "Worth knowing (decides nothing)" in out


@pytest.mark.parametrize(
    ("error", "status", "outcome"),
    [(RefusedError("signature.wrong"), 1, "fail"), (UnsupportedError("key.kind", kind="x", known="y"), 3, "unknown")],
)
def test_whatever_reading_raises_becomes_a_report(error, status, outcome, run, monkeypatch):
    def fail(*_, **__):
        raise error

    monkeypatch.setattr(Verifier, "check", fail)
    done = run("verify", "plain.json", "--offline", "--json")
    assert (done.status, done.json["outcome"]) == (status, outcome)
    assert "error" not in done.json


def test_names_from_strangers_cannot_steer_the_terminal(run):
    name = "evil\x1b[2J\u202e.json"
    Path(name).write_bytes(bytes(testing.sign(testing.badge(name="\x1b[31mRed\u202e"))))
    for arguments in ([name], [name, "plain.json"], [name, "--json"]):
        out = run("verify", "--offline", *arguments).out
        assert not set(out) & set("\x1b\u202e")


def test_many_inputs_show_a_bar_on_a_terminal_only(run, monkeypatch, terminal):
    names = ["plain.json"] * 12
    assert run("verify", "--offline", *names).err == ""
    err = terminal()
    monkeypatch.setattr(sys, "stderr", err)
    run("verify", "--offline", *names[:5])
    assert err.text == ""
    done = run("verify", "--offline", *names)
    assert "12" in err.text
    assert done.out.splitlines()[-1] == "12 checked: 12 pass, 0 fail, 0 unknown"
    out = terminal()
    monkeypatch.setattr(sys, "stdout", out)
    run("verify", "--offline", *names)
    assert out.text.count("PASS") == 12


def test_several_jobs_say_the_same_in_the_same_order(run, stdin, monkeypatch):
    before = signal.getsignal(signal.SIGINT)
    made = []

    def in_this_process(make, inputs, *, jobs):
        made.append(jobs)
        return map(pickle.loads(pickle.dumps(make))(), pickle.loads(pickle.dumps(list(inputs))))

    monkeypatch.setattr("openbadges.cli.verify.answer_many", in_this_process)
    arguments = ["plain.json", "absent", "-", "badge.json", "--offline", "--json", "--at", AT, "--issuer", ISSUER]
    stdin(Path("plain.json").read_bytes())
    one = run("verify", *arguments, "--jobs", "3")
    assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN  # of a worker, which is this process here
    signal.signal(signal.SIGINT, before)
    assert made == [3]
    assert one.status == 4
    assert [json.loads(line)["outcome"] for line in one.out.splitlines()] == ["pass", "fail", "pass", "unknown"]


def test_a_terminal_sees_colour_and_everybody_else_does_not(run, monkeypatch, terminal):
    assert "\x1b" not in run("verify", "plain.json", "--offline").out
    out = terminal()
    monkeypatch.setattr(sys, "stdout", out)
    run("verify", "plain.json", "--offline")
    assert out.text.startswith("\x1b[32m✔ PASS\x1b[0m This badge")
