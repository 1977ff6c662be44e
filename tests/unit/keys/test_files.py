"""Key files: owner only, whole or not at all (S-KEY-1)."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from openbadges.encoding.multikey import encode_multikey
from openbadges.errors import KeyMaterialError
from openbadges.keys import SigningKey, files, load_key, save_key
from openbadges.keys.public import MAX_PEM_BYTES

KEY = SigningKey.from_multikey(encode_multikey("Ed25519", bytes(range(32)), secret=True))
OTHER = SigningKey.from_multikey(encode_multikey("P-256", bytes(range(1, 33)), secret=True))


def refusal(call: Callable[[], object]) -> KeyMaterialError:
    with pytest.raises(KeyMaterialError) as caught:
        call()
    assert str(caught.value) != caught.value.code, "the code has a sentence"
    return caught.value


def write(path: Path, data: bytes, mode: int = 0o600) -> Path:
    path.write_bytes(data)
    path.chmod(mode)
    return path


@pytest.mark.parametrize("passphrase", [None, "open sesame"])
def test_saved_keys_load_and_belong_to_their_owner_only(tmp_path: Path, passphrase: str | None) -> None:
    path = tmp_path / "issuer.pem"
    previous = os.umask(0)  # the mode must not depend on it
    try:
        save_key(KEY, path, passphrase)
    finally:
        os.umask(previous)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert load_key(str(path), passphrase) == KEY
    assert (b"ENCRYPTED" in path.read_bytes()) == (passphrase is not None)
    assert list(tmp_path.iterdir()) == [path]


def test_the_file_is_closed_to_others_from_its_first_moment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    modes = []
    original = os.fsync

    def watch(descriptor: int) -> None:
        modes.append(stat.S_IMODE(os.fstat(descriptor).st_mode))
        original(descriptor)

    monkeypatch.setattr(os, "fsync", watch)
    save_key(KEY, tmp_path / "k.pem")
    assert modes == [0o600]


def test_an_existing_file_is_kept_unless_asked(tmp_path: Path) -> None:
    path = tmp_path / "k.pem"
    save_key(KEY, path)
    assert refusal(lambda: save_key(OTHER, path)).code == "key_file.exists"
    assert load_key(path) == KEY
    save_key(OTHER, path, overwrite=True)
    assert load_key(path) == OTHER
    assert list(tmp_path.iterdir()) == [path]


def test_a_failed_write_leaves_the_old_file_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "k.pem"
    save_key(KEY, path)

    def fail(self: Path, target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", fail)
    error = refusal(lambda: save_key(OTHER, path, overwrite=True))
    assert (error.code, error.params["reason"]) == ("key_file.not_written", "No space left on device")
    assert load_key(path) == KEY
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("name", ["absent/k.pem", "nul\0"])
def test_a_place_that_cannot_be_written_or_read_is_named(tmp_path: Path, name: str) -> None:
    assert refusal(lambda: save_key(KEY, tmp_path / name)).code == "key_file.not_written"
    assert refusal(lambda: load_key(tmp_path / name)).code == "key_file.not_read"


def test_a_half_written_draft_is_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    assert refusal(lambda: save_key(KEY, tmp_path / "k.pem")).code == "key_file.not_written"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o601, 0o666, 0o777])
def test_a_file_open_to_others_is_refused_with_the_command_that_mends_it(tmp_path: Path, mode: int) -> None:
    path = write(tmp_path / "k.pem", KEY.to_pem(), mode)
    error = refusal(lambda: load_key(path))
    assert error.code == "key_file.open_to_others"
    assert f"chmod 600 {path}" in str(error)
    assert f"{mode:04o}" in str(error)


@pytest.mark.parametrize("data", [b"", b"Notes", b'{"type": ["OpenBadgeCredential"]}', b"\x89PNG\r\n\x1a\n"])
def test_a_file_that_is_no_key_is_not_asked_to_be_hidden(tmp_path: Path, data: bytes) -> None:
    path = write(tmp_path / "k", data, 0o644)
    error = refusal(lambda: load_key(path))
    assert error.code == "key_file.no_key"
    assert str(error).startswith(f"There is no key in {path}. Name a key file")
    secret = write(tmp_path / "s", json.dumps(OTHER.private_jwk()).encode(), 0o644)
    assert refusal(lambda: load_key(secret)).code == "key_file.open_to_others"


def test_where_modes_mean_nothing_they_are_not_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "_HAS_MODES", False)
    assert load_key(write(tmp_path / "k.pem", KEY.to_pem(), 0o644)) == KEY


def test_jwk_files_are_found_by_content(tmp_path: Path) -> None:
    text = b"\n  " + json.dumps(OTHER.private_jwk()).encode()
    path = write(tmp_path / "k", text, 0o400)
    assert load_key(path) == OTHER
    assert refusal(lambda: load_key(path, "passphrase")).code == "signing_key.not_encrypted"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "key_file.no_key"),
        (b"{", "signing_key.unusable"),
        (b'{"kty": "OKP", "kty": "OKP"}', "signing_key.unusable"),
        (b"{}", "key_file.no_key"),
        (b'{"kty": "OKP"}', "signing_key.unusable"),
        (b"#" * (MAX_PEM_BYTES + 1), "key.pem_too_long"),
        (KEY.public_key.to_pem(), "signing_key.pem"),
    ],
)
def test_what_is_not_a_private_key_is_refused(tmp_path: Path, data: bytes, code: str) -> None:
    assert refusal(lambda: load_key(write(tmp_path / "k", data))).code == code


def test_only_regular_files_are_read(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe, 0o600)
    for path in (tmp_path, pipe):
        assert refusal(lambda path=path: load_key(path)).code == "key_file.not_regular"


def test_a_link_to_a_key_file_is_followed(tmp_path: Path) -> None:
    save_key(KEY, tmp_path / "k.pem")
    (tmp_path / "link").symlink_to(tmp_path / "k.pem")
    assert load_key(tmp_path / "link") == KEY


def test_an_error_without_words_is_named_by_its_type() -> None:
    reason: Any = files._reason(OSError())
    assert reason == "OSError"
