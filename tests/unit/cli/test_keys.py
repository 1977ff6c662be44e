"""``keygen`` and ``did``: private keys stay in their files, public ones are published in the usual forms."""

from __future__ import annotations

import getpass
import json
import stat
import sys
from pathlib import Path

import pytest

from openbadges import testing
from openbadges.cli import network
from openbadges.dids import DidDocument
from openbadges.errors import KeyMaterialError
from openbadges.keys import load_key, save_key
from openbadges.verification import Verifier

KEY = testing.fixed_key()


@pytest.fixture
def asked(monkeypatch, terminal):
    """Answers to the questions for a passphrase, given on a terminal."""

    def answer(*texts: str) -> None:
        waiting = list(texts)
        monkeypatch.setattr(sys, "stdin", terminal())
        monkeypatch.setattr(getpass, "getpass", lambda _prompt: waiting.pop(0))

    return answer


@pytest.mark.parametrize("kind", ["Ed25519", "P-256", "P-384"])
def test_a_new_key_is_written_for_its_owner_alone(kind, run):
    done = run("keygen", "-o", "new.pem", "--kind", kind, "--json")
    key = load_key("new.pem")
    assert done.status == 0
    assert done.json == {
        "file": "new.pem",
        "kind": kind,
        "did": key.did,
        "verification_method": key.verification_method,
    }
    assert stat.S_IMODE(Path("new.pem").stat().st_mode) == 0o600


def test_an_rsa_key_of_a_size(run):
    assert run("keygen", "-o", "new.pem", "--kind", "RSA", "--bits", "2048").status == 0
    assert load_key("new.pem").public_key.cryptography_key.key_size == 2048


def test_the_size_of_a_key_that_has_only_one_is_refused(run):
    done = run("keygen", "-o", "new.pem", "--kind", "P-256", "--bits", "3072")
    assert done.status == 2
    assert "--bits is the size of an RSA key; a P-256 key has only one." in done.err
    assert not Path("new.pem").exists()


@pytest.mark.parametrize("file", ["badge.json", "notes.txt"])
def test_what_is_no_key_in_place_of_one_is_named(file, run):
    Path("notes.txt").write_text("Notes", encoding="utf-8")
    for arguments in (["did", file], ["issue", "--key", file, "badge.json"]):
        done = run(*arguments)
        assert (done.status, f"There is no key in {file}. Name a key file" in done.err) == (4, True)


def test_a_key_in_place_of_a_badge_is_named_and_not_shown(run):
    done = run("verify", "issuer.pem")
    assert done.status == 4
    assert "This is a key, not a badge." in done.out
    assert Path("issuer.pem").read_text().splitlines()[1] not in done.out + done.err


def test_the_identifiers_are_printed_and_the_key_is_not(run):
    done = run("keygen", "-o", "new.pem")
    key = load_key("new.pem")
    assert done.out.splitlines() == [
        "A new Ed25519 key is in new.pem (only you can read it).",
        f"Identifier: {key.did}",
        f"Key name:   {key.verification_method}",
    ]
    assert "PRIVATE" not in done.out + done.err


def test_an_existing_key_is_replaced_only_by_force(run):
    before = Path("issuer.pem").read_bytes()
    done = run("keygen", "-o", "issuer.pem")
    assert done.status == 4
    assert "exists already" in done.err
    assert Path("issuer.pem").read_bytes() == before
    assert run("keygen", "-o", "issuer.pem", "--force").status == 0
    assert Path("issuer.pem").read_bytes() != before


def test_a_private_key_goes_into_a_pipe_but_never_to_a_terminal(run, monkeypatch, terminal):
    done = run("keygen", "-o", "-")
    assert done.out.startswith("-----BEGIN PRIVATE KEY-----")
    assert done.err.startswith("Identifier: did:key:z6Mk")
    out = terminal()
    monkeypatch.setattr(sys, "stdout", out)
    assert run("keygen", "-o", "-").status == 2
    assert out.text == ""


def test_a_passphrase_comes_from_a_file(run):
    Path("secret.txt").write_text("correct horse\n")
    done = run("keygen", "-o", "new.pem", "--passphrase-file", "secret.txt")
    assert "encrypted with your passphrase" in done.out
    key = load_key("new.pem", "correct horse")
    shown = run("did", "new.pem", "--passphrase-file", "secret.txt").json
    assert shown["id"] == key.did


def test_a_passphrase_is_asked_for_twice(run, asked):
    asked("one", "one")
    assert run("keygen", "-o", "new.pem", "--passphrase").status == 0
    asked("one")
    assert run("did", "new.pem").status == 0
    asked("one", "two")
    assert run("keygen", "-o", "other.pem", "--passphrase").status == 2
    asked("")
    assert run("keygen", "-o", "other.pem", "--passphrase").status == 4
    assert not Path("other.pem").exists()


def test_without_a_terminal_nobody_is_asked(run, stdin):
    assert run("keygen", "-o", "new.pem", "--passphrase").status == 2
    save_key(KEY, "sealed.pem", "secret")
    done = run("did", "sealed.pem")
    assert done.status == 4
    assert "--passphrase-file" in done.err


def test_another_fault_of_a_key_is_said_as_it_is(run):
    Path("issuer.pem").chmod(0o644)
    done = run("did", "issuer.pem")
    assert done.status == 4
    assert "chmod 600 issuer.pem" in done.err


def test_the_document_of_a_key_file_and_of_its_did_are_the_same(run):
    from_file, from_did = run("did", "issuer.pem"), run("did", KEY.did)
    assert from_file.status == from_did.status == 0
    assert from_file.json == from_did.json
    assert from_file.json["id"] == KEY.did
    assert run("did", "--method", "jwk", "issuer.pem").json["id"].startswith("did:jwk:")


def test_public_keys_are_read_as_well(run):
    Path("public.pem").write_bytes(KEY.public_key.to_pem())
    Path("public.jwk").write_text(json.dumps(KEY.public_key.to_jwk()))
    Path("private.jwk").write_text(json.dumps(KEY.private_jwk()))
    Path("private.jwk").chmod(0o600)
    for name in ("public.pem", "public.jwk", "private.jwk"):
        done = run("did", name)
        assert done.json["id"] == KEY.did, name
        assert KEY.private_jwk()["d"] not in done.out


def test_the_document_of_a_did_web_is_built_and_verifies_badges(run):
    save_key(testing.fixed_key("P-256"), "old.pem")
    for web in ("https://a.example/issuers/x", "did:web:a.example:issuers:x"):
        done = run("did", "--web", web, "issuer.pem", "--retired", "old.pem", "-o", "did.json")
        assert done == (0, "", "")
        document = json.loads(Path("did.json").read_text())
        assert DidDocument.from_json(document, "did:web:a.example:issuers:x").methods[0].public_key == KEY.public_key
        assert len(document["assertionMethod"]) == 2
        assert len(document["authentication"]) == 1
        Path("did.json").unlink()


def test_a_key_set_holds_all_keys_under_their_names(run):
    save_key(testing.fixed_key("P-256"), "old.pem")
    keys = run("did", "--jwks", "--web", "did:web:a.example", "issuer.pem", "--retired", "old.pem").json["keys"]
    assert [key["kid"].partition("#")[0] for key in keys] == ["did:web:a.example"] * 2
    assert [key["alg"] for key in keys] == ["EdDSA", "ES256"]


def test_a_did_web_is_fetched(run, monkeypatch):
    web = testing.FakeWeb()
    document = web.publish_did("did:web:a.example", KEY.public_key)
    monkeypatch.setattr(network, "online_verifier", lambda **_: Verifier(fetcher=web))
    assert run("did", "did:web:a.example").json == document
    assert run("did", "did:web:a.example", "--offline").status == 3
    Path("did.json").write_text(json.dumps(document))
    Path("dids.json").write_text('{"https://a.example/.well-known/did.json": "did.json"}')
    assert run("did", "did:web:a.example", "--offline", "--documents", "dids.json").json == document


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["did:key:z0"], 4),
        (["did:unknown:x"], 3),
        ([KEY.did, "issuer.pem"], 2),
        ([KEY.did, "--jwks"], 2),
        ([KEY.did, "--web", "did:web:a.example"], 2),
        (["issuer.pem", "issuer.pem"], 2),
        (["issuer.pem", "--retired", "issuer.pem"], 2),
        (["issuer.pem", "--web", "http://a.example"], 2),
        (["issuer.pem", "--web", "did:web:1.2.3.4"], 1),
        (["issuer.pem", "-o", "issuer.pem"], 2),
        (["picture.svg"], 4),
        (["absent.pem"], 4),
    ],
)
def test_what_cannot_be_shown_is_said(arguments, status, run):
    done = run("did", *arguments)
    assert done.status == status
    assert done.out == ""
    assert len(done.err.splitlines()) == 1


def test_an_error_of_the_passphrase_file_is_not_hidden():
    from argparse import Namespace

    from openbadges.cli.keyfiles import signer_of

    save_key(KEY, "sealed.pem", "secret")
    Path("secret.txt").write_text("wrong")
    with pytest.raises(KeyMaterialError) as caught:
        signer_of(Namespace(key="sealed.pem", passphrase_file="secret.txt", controller=None))
    assert caught.value.code == "signing_key.passphrase_wrong"
