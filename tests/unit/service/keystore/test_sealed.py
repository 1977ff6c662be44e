"""Sealed keys: they open where they belong and nowhere else, and never show themselves (S-KEY-1)."""

from __future__ import annotations

import base64
import copy
import io
import logging
import pickle
import sys
import traceback
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from issuer_service.keystore import Cost, SealedKeystore, sealed
from issuer_service.keystore.envelope import Envelope
from issuer_service.services.ports import KeystoreError
from issuer_service.services.records import Affiliate, KeyState, SigningKeyRecord
from issuer_service.storage import SqlStore
from openbadges import Achievement, OpenBadgeCredential, Profile, Signer, SigningKey, issue
from openbadges.encoding.base import encode_base58, encode_base64url

PASSPHRASE = "correct horse battery staple near the river"
CHEAP = Cost(log_n=4, r=1, p=1)  # what is tested is not how long a guess takes
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
DID = "did:web:badges.example.org:issuers:riverside"


class FixedClock:
    def now(self) -> datetime:
        return NOW


@pytest.fixture
def keystore() -> SealedKeystore:
    return SealedKeystore(PASSPHRASE, clock=FixedClock(), cost=CHEAP)


@pytest.mark.parametrize("kind", ["Ed25519", "P-256", "P-384"])
def test_a_key_of_a_did_web_is_named_by_its_multikey(keystore: SealedKeystore, kind: str) -> None:
    record = keystore.make("a1", DID, kind)
    assert (record.affiliate_id, record.kind, record.state, record.created_at) == ("a1", kind, KeyState.ACTIVE, NOW)
    assert record.verification_method == f"{DID}#{record.public_multikey}"
    signer = keystore.signer(record)
    assert isinstance(signer, Signer)
    assert signer.verification_method == record.verification_method
    assert signer.public_key.to_multikey() == record.public_multikey
    signer.public_key.verify(signer.sign(b"data"), b"data", signer.algorithm)


def test_without_a_controller_it_is_a_did_key_of_its_own(keystore: SealedKeystore) -> None:
    record = keystore.make("a1", None)
    multikey = record.public_multikey
    assert record.kind == "Ed25519"
    assert record.verification_method == f"did:key:{multikey}#{multikey}"
    assert keystore.signer(record).verification_method == record.verification_method


def test_each_key_has_its_own_id_and_nonce(keystore: SealedKeystore) -> None:
    first, second = keystore.make("a1", DID), keystore.make("a1", DID)
    assert first.id != second.id
    assert Envelope.from_bytes(first.sealed).nonce != Envelope.from_bytes(second.sealed).nonce


def test_another_process_with_the_passphrase_opens_it(keystore: SealedKeystore) -> None:
    record = keystore.make("a1", DID)
    other = SealedKeystore(PASSPHRASE)
    assert other.signer(record).verification_method == record.verification_method
    assert Envelope.from_bytes(record.sealed).cost == CHEAP
    assert (
        Envelope.from_bytes(record.sealed).salt
        != Envelope.from_bytes(SealedKeystore(PASSPHRASE, cost=CHEAP).make("a1", DID).sealed).salt
    )


def test_a_wrong_passphrase_is_said_with_what_to_set(keystore: SealedKeystore) -> None:
    record = keystore.make("a1", DID)
    with pytest.raises(KeystoreError, match="set ISSUER_KEY_PASSPHRASE"):
        SealedKeystore(PASSPHRASE + ".").signer(record)
    with pytest.raises(KeystoreError, match="ISSUER_KEY_PASSPHRASE"):
        SealedKeystore("")


def test_a_key_opens_only_for_its_affiliate_and_id(keystore: SealedKeystore) -> None:
    """The associated data are the affiliate's id and the key's id."""
    record, other = keystore.make("a1", DID), keystore.make("a2", DID)
    for moved in (
        replace(record, affiliate_id="a2"),
        replace(record, id=other.id),
        replace(other, sealed=record.sealed),
        replace(record, affiliate_id=f"a1|{record.id[:1]}", id=record.id[1:]),
    ):
        with pytest.raises(KeystoreError, match="does not open"):
            keystore.signer(moved)


def test_a_key_signs_only_as_its_public_half(keystore: SealedKeystore) -> None:
    record, other = keystore.make("a1", DID), keystore.make("a1", DID)
    with pytest.raises(KeystoreError, match="public half"):
        keystore.signer(replace(record, public_multikey=other.public_multikey))


def test_every_changed_byte_is_noticed(keystore: SealedKeystore) -> None:
    record = keystore.make("a1", DID)
    for position in range(len(record.sealed)):
        data = bytearray(record.sealed)
        data[position] ^= 0x10
        with pytest.raises(KeystoreError):
            keystore.signer(replace(record, sealed=bytes(data)))


@pytest.mark.parametrize("data", [b"", b"OBK1", b"OBK2" + bytes(90), b"OBK1" + bytes(90), b"OBK1" + bytes(600)])
def test_an_unknown_form_is_refused(keystore: SealedKeystore, data: bytes) -> None:
    with pytest.raises(KeystoreError, match="backup"):
        keystore.signer(replace(keystore.make("a1", DID), sealed=data))


@pytest.mark.parametrize(
    "cost", [(24, 32, 1), (0, 1, 1), (25, 2, 1), (16, 1, 1), (4, 0, 1), (4, 33, 1), (4, 1, 0), (4, 1, 17)]
)
def test_a_changed_row_cannot_ask_for_all_the_memory(keystore: SealedKeystore, cost: tuple[int, int, int]) -> None:
    record = keystore.make("a1", DID)
    data = record.sealed[:4] + bytes(cost) + record.sealed[7:]
    with pytest.raises(KeystoreError, match="was changed"):
        keystore.signer(replace(record, sealed=data))


def test_the_default_cost_is_what_is_recommended() -> None:
    assert Cost() == Cost(log_n=16, r=8, p=2)
    assert Cost().is_sane()


@pytest.mark.parametrize("kind", ["RSA", "P-521", ""])
def test_other_kinds_are_refused(keystore: SealedKeystore, kind: str) -> None:
    with pytest.raises(KeystoreError, match="Ed25519, P-256, P-384"):
        keystore.make("a1", DID, kind)


@pytest.mark.parametrize("controller", ["", "did:web:x#key", "did:web:a b"])
def test_a_controller_that_cannot_be_one_is_refused(keystore: SealedKeystore, controller: str) -> None:
    with pytest.raises(KeystoreError, match="cannot speak for"):
        keystore.make("a1", controller)


def test_the_derived_key_is_kept_in_memory(keystore: SealedKeystore, monkeypatch: pytest.MonkeyPatch) -> None:
    derived: list[int] = []
    real = sealed.Scrypt

    def counted(**arguments: Any) -> Any:
        derived.append(arguments["n"])
        return real(**arguments)

    monkeypatch.setattr(sealed, "Scrypt", counted)
    records = [keystore.make("a1", DID) for _ in range(3)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(keystore.signer, records * 4))
    assert derived == [16]
    monkeypatch.setattr(sealed, "_MOST_DERIVED", 1)
    keystore.signer(SealedKeystore(PASSPHRASE, cost=CHEAP).make("a1", DID))
    keystore.signer(records[0])
    assert len(derived) == 4  # the other store's own, its key opened here, and ours again
    assert len(keystore._ciphers) == 1


def test_too_little_memory_is_said(keystore: SealedKeystore, monkeypatch: pytest.MonkeyPatch) -> None:
    class Hungry:
        def __init__(self, **_: object) -> None:
            pass

        def derive(self, _: bytes) -> bytes:
            raise MemoryError

    record = SealedKeystore(PASSPHRASE).make("a1", DID)
    monkeypatch.setattr(sealed, "Scrypt", Hungry)
    with pytest.raises(KeystoreError, match="64 MiB"):
        keystore.signer(record)


def test_it_does_not_show_copy_or_pickle_itself(keystore: SealedKeystore) -> None:
    assert repr(keystore) == str(keystore) == "<SealedKeystore>"
    assert not hasattr(keystore, "__dict__")
    for spread in (pickle.dumps, copy.copy, copy.deepcopy):
        with pytest.raises(KeystoreError, match="cannot be copied"):
            spread(keystore)


@pytest.fixture
def all_logs() -> Iterator[io.StringIO]:
    """Everything that any logger says at DEBUG."""
    stream, root = io.StringIO(), logging.getLogger()
    handler, level = logging.StreamHandler(stream), root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield stream
    root.removeHandler(handler)
    root.setLevel(level)


def test_s_key_1_no_output_log_traceback_or_database_file_holds_the_key(
    tmp_path: Path, all_logs: io.StringIO, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Issue a badge at DEBUG, let it fail, and look for the seed in everything that was written."""
    made: list[SigningKey] = []
    generate = SigningKey.generate
    monkeypatch.setattr(SigningKey, "generate", lambda kind: made.append(generate(kind)) or made[-1])
    keystore = SealedKeystore(PASSPHRASE, clock=FixedClock(), cost=CHEAP)
    store = SqlStore(f"sqlite:///{tmp_path / 'issuer.db'}")
    store.migrate()
    with store.write() as unit:
        unit.save_affiliate(Affiliate(id="a1", slug="a", name="A", created_at=NOW))
        unit.save_key(keystore.make("a1", None))
    with store.read() as unit:
        [record] = unit.keys_of("a1")
    _issue_and_fail(keystore, record)
    with pytest.raises(KeystoreError) as wrong:
        SealedKeystore("another " + PASSPHRASE, cost=CHEAP).signer(record)
    logging.getLogger("test").error("%r %r %r %r", keystore, record, keystore.signer(record), vars(logging))
    _print_with_locals(wrong.value)
    files = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    store.close()
    written = capfd.readouterr()
    output = f"{written.out}{written.err}{all_logs.getvalue()}".encode() + files
    assert record.public_multikey.encode() in files
    assert b"ZeroDivisionError" in output
    assert b"SealedKeystore" in output
    for form in _forms_of(made[0]):
        assert form not in output
    for form in (PASSPHRASE, PASSPHRASE.encode().hex(), base64.b64encode(PASSPHRASE.encode()).decode()):
        assert form.encode() not in output


def _issue_and_fail(keystore: SealedKeystore, record: SigningKeyRecord) -> None:
    signer = keystore.signer(record)
    did = record.verification_method.partition("#")[0]
    achievement = Achievement(id="https://x.example/h", name="Host", description="Hosts.", criteria="Host one.")
    badge = OpenBadgeCredential.award(achievement, issuer=Profile(id=did, name="A"), recipient="did:example:anna")
    try:
        issued = issue(badge, signer=signer)
        logging.getLogger("issuance").debug("issued %r with %r", issued, signer)
        _break_down(signer)
    except ZeroDivisionError as error:
        logging.getLogger("issuance").exception("issuing failed")
        _print_with_locals(error)


def _break_down(signer: object) -> None:
    signer_shown = repr(signer)
    assert signer_shown
    raise ZeroDivisionError


def _print_with_locals(error: BaseException) -> None:
    """The most talkative traceback there is."""
    shown = traceback.TracebackException.from_exception(error, capture_locals=True)
    print("".join(shown.format()))
    print("".join(shown.format()), file=sys.stderr)


def _forms_of(key: SigningKey) -> list[bytes]:
    """The seed raw and in every writing that anybody would use."""
    private = key.private_jwk()["d"]
    seed = base64.urlsafe_b64decode(private + "=" * (-len(private) % 4))
    assert len(seed) == 32
    texts = [
        seed.hex(), seed.hex().upper(), base64.b64encode(seed).decode().rstrip("="), encode_base64url(seed),
        encode_base58(seed), key.private_multikey(), key.private_multikey()[6:], repr(seed)[2:-1],
    ]  # fmt: skip
    return [seed, *(text.encode() for text in texts)]
