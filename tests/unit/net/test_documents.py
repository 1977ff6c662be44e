from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from openbadges.errors import ConfigurationError, LimitError, UnreachableError
from openbadges.net import DocumentsFetcher
from openbadges.ports import Fetched, Holder

URL = "https://a.example/status/1"


def write_map(folder: Path, members: object) -> Path:
    path = folder / "map.json"
    path.write_text(json.dumps(members), encoding="utf-8")
    return path


def test_a_url_of_the_map_is_answered_from_its_file(tmp_path: Path) -> None:
    (tmp_path / "lists").mkdir()
    (tmp_path / "lists" / "one.json").write_bytes(b"{}")
    fetcher = DocumentsFetcher.from_file(write_map(tmp_path, {URL: "lists/one.json"}))
    assert fetcher.get(URL, accept="*/*", max_bytes=2) == Fetched(url=URL, body=b"{}", media_type="")
    assert fetcher.urls == {URL}
    with pytest.raises(LimitError) as caught:
        fetcher.get(URL, accept="*/*", max_bytes=1)
    assert caught.value.code == "network.body_too_large"


def test_a_map_named_without_a_folder_is_relative_to_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "one.json").write_bytes(b"1")
    write_map(tmp_path, {URL: "./one.json"})
    assert DocumentsFetcher.from_file("map.json").get(URL, accept="*/*", max_bytes=9).body == b"1"


def test_v_net_1_what_is_not_in_the_map_is_not_fetched(tmp_path: Path) -> None:
    session = DocumentsFetcher.from_file(write_map(tmp_path, {})).session()
    with pytest.raises(UnreachableError) as caught:
        session.get(URL, accept="*/*", max_bytes=9)
    assert caught.value.code == "network.offline"


def test_what_is_in_the_map_is_at_hand_and_ages_are_the_fallbacks(tmp_path: Path) -> None:
    class Cache:
        def __init__(self) -> None:
            self.limits: list[tuple[str, float]] = []

        def get(self, url: str, *, accept: str, max_bytes: int, redirects: int | None = None) -> Fetched:
            raise AssertionError

        def limit_age(self, url: str, seconds: float) -> None:
            self.limits.append((url, seconds))

    cache, place = Cache(), write_map(tmp_path, {URL: "one.json"})
    alone, joined = DocumentsFetcher.from_file(place), DocumentsFetcher.from_file(place, fallback=cache)
    assert isinstance(alone, Holder)
    assert (alone.holds(URL), alone.holds(URL + "x")) == (True, False)
    for fetcher in (alone, joined):
        fetcher.limit_age(URL, 5)
        fetcher.limit_age(URL + "x", 6)
    assert cache.limits == [(URL + "x", 6)]


def test_a_fallback_is_asked_as_it_was_asked(tmp_path: Path) -> None:
    class Web:
        def get(self, url: str, *, accept: str, max_bytes: int, redirects: int | None = None) -> Fetched:
            return Fetched(url=url, body=f"{accept} {max_bytes} {redirects}".encode())

    fetcher = DocumentsFetcher.from_file(write_map(tmp_path, {}), fallback=Web())
    assert fetcher.get(URL, accept="x/y", max_bytes=9, redirects=0).body == b"x/y 9 0"


@pytest.mark.parametrize(
    "file",
    ["../secret", "a/../../secret", "/etc/passwd", "", "C:/secret", "..\\secret", "a\0b", 7, None, ["x"], ".."],
)
def test_a_path_out_of_the_maps_folder_is_refused(tmp_path: Path, file: object) -> None:
    with pytest.raises(ConfigurationError) as caught:
        DocumentsFetcher.from_file(write_map(tmp_path, {URL: file}))
    assert caught.value.code == "network.documents_target"
    assert "write its name from there, such as did.json: without a drive, a “/” in front" in str(caught.value)


def test_a_link_out_of_the_maps_folder_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    (tmp_path / "secret").write_bytes(b"secret")
    (folder / "link").symlink_to(tmp_path / "secret")
    (folder / "loop").symlink_to(folder / "loop")
    fetcher = DocumentsFetcher.from_file(write_map(folder, {URL: "link", "https://a.example/loop": "loop"}))
    for url in fetcher.urls:
        with pytest.raises(UnreachableError) as caught:
            fetcher.get(url, accept="*/*", max_bytes=99)
        assert caught.value.code == "network.documents_file"


def test_a_missing_file_a_folder_and_a_pipe_cannot_be_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    fetcher = DocumentsFetcher.from_file(
        write_map(tmp_path, {f"https://a.example/{n}": n for n in ("no", "pipe", "folder")})
    )
    for url in fetcher.urls:
        with pytest.raises(UnreachableError) as caught:
            fetcher.get(url, accept="*/*", max_bytes=99)
        assert caught.value.code == "network.documents_file"


@pytest.mark.parametrize(
    "content", [None, b"", b"[]", b"{", b'{"a": "b", "a": "c"}', b"\xff", b" " * (1024 * 1024 + 1)]
)
def test_an_unusable_map_is_the_callers_mistake(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "map.json"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ConfigurationError) as caught:
        DocumentsFetcher.from_file(path)
    assert caught.value.code == "network.documents_map"
    assert "map.json" in str(caught.value)


def test_a_map_that_cannot_be_had_says_why(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "list.json").write_bytes(b"[]")
    reasons = {
        ".": "It is a folder. Name the JSON file that gives a file for each address.",
        "no": "There is no such file. Check the name and the folder.",
        "pipe": "It cannot be read. Check who may read it.",
        "list.json": "It has to be a JSON object of address and file name, such as "
        '{"https://example.org/did.json": "did.json"}.',
    }
    for name, reason in reasons.items():
        with pytest.raises(ConfigurationError) as caught:
            DocumentsFetcher.from_file(tmp_path / name)
        assert str(caught.value) == f"The map of documents {tmp_path / name} cannot be used: {reason}"
