"""Settings: what is refused and in which words (S-KEY-1, S-HOST-1)."""

from __future__ import annotations

import re
from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest

from issuer_service.config import Settings, SettingsError

KEY = "Zk3vQ9xWm1TyB7nR5uLc8sHd2fGj4aEpX0iO"
PHRASE = "correct horse battery staple near the river"
GOOD = {
    "ISSUER_BASE_URL": "https://badges.example.org",
    "ISSUER_SECRET_KEY": KEY,
    "ISSUER_KEY_PASSPHRASE": PHRASE,
}


def _refused(environ: dict[str, str], file: Path | None = None) -> str:
    with pytest.raises(SettingsError) as caught:
        Settings.from_environment(environ, file)
    sentence = str(caught.value)
    assert sentence.endswith(".")
    assert re.match(r"(Set|Run|Mend|Write|Shorten|Choose) ", sentence), "the sentence says what to do"
    for secret in (KEY, PHRASE):
        assert secret not in sentence
    return sentence


def _private(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    path.chmod(0o600)
    return path


def test_the_least_that_is_needed_and_the_defaults() -> None:
    settings = Settings.from_environment({**GOOD, "HOME": "/", "ISSUER_PORT_8000_TCP": "tcp://10.0.0.1"})
    assert settings == Settings(
        base_url="https://badges.example.org",
        secret_key=KEY,
        key_passphrase=PHRASE,
        database_url="sqlite:///var/issuer.db",
    )
    assert (settings.vc_api, settings.allow_loopback, settings.trusted_proxies, settings.demo) == (
        False,
        False,
        0,
        False,
    )
    assert settings.https
    with pytest.raises(FrozenInstanceError):
        settings.vc_api = True  # type: ignore[misc]  # it is what is refused


def test_everything_can_be_set() -> None:
    settings = Settings.from_environment(
        {
            **GOOD,
            "ISSUER_DATABASE_URL": "postgresql://u:p@h/d",
            "ISSUER_VC_API": "1",
            "ISSUER_ALLOW_LOOPBACK": "yes",
            "ISSUER_TRUSTED_PROXIES": "2",
            "ISSUER_SITE_NAME": "  Riverside\tBadges ",
        }
    )
    assert settings.database_url == "postgresql://u:p@h/d"
    assert (settings.vc_api, settings.allow_loopback, settings.trusted_proxies) == (True, True, 2)
    assert settings.site_name == "Riverside Badges"


@pytest.mark.parametrize("missing", list(GOOD))
def test_each_required_setting_is_named_when_missing(missing: str) -> None:
    for environ in ({**GOOD, missing: ""}, {name: text for name, text in GOOD.items() if name != missing}):
        assert missing in _refused(environ)


def test_all_missing_settings_are_named_in_one_sentence() -> None:
    sentence = _refused({})
    assert all(name in sentence for name in GOOD)
    assert "token_urlsafe" in sentence
    assert "https://badges.example.org" in sentence


@pytest.mark.parametrize("name", ["ISSUER_SECRET_KEY", "ISSUER_KEY_PASSPHRASE"])
@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("short", "at least 32"),
        (KEY[:31], "at least 32"),
        ("change-me-change-me-change-me-change-me", "of your own"),
        ("CHANGEME1234567890qwertyuiopasdfghjkl", "of your own"),
        ("a" * 64, "of your own"),
        ("0123456789abcdef0123456789abcdef", "of your own"),
        ("my-password-my-password-my-password", "of your own"),
    ],
)
def test_short_and_default_secrets_are_refused(name: str, text: str, words: str) -> None:
    sentence = _refused({**GOOD, name: text})
    assert name in sentence
    assert words in sentence
    assert text not in sentence


def test_one_secret_for_both_is_refused() -> None:
    assert "two different" in _refused({**GOOD, "ISSUER_KEY_PASSPHRASE": KEY})


@pytest.mark.parametrize(
    ("given", "kept", "host", "https"),
    [
        ("https://Badges.Example.org/", "https://badges.example.org", "badges.example.org", True),
        ("https://badges.example.org:443", "https://badges.example.org", "badges.example.org", True),
        ("https://badges.example.org:8443", "https://badges.example.org:8443", "badges.example.org:8443", True),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000", "127.0.0.1:8000", False),
        ("http://localhost:80", "http://localhost", "localhost", False),
        ("http://[::1]:5000", "http://[::1]:5000", "[::1]:5000", False),
    ],
)
def test_the_base_url_has_one_form(given: str, kept: str, host: str, https: bool) -> None:
    settings = Settings.from_environment({**GOOD, "ISSUER_BASE_URL": given})
    assert (settings.base_url, settings.host, settings.https) == (kept, host, https)


@pytest.mark.parametrize(
    "url",
    [
        "badges.example.org", "ftp://badges.example.org", "https://", "https://badges.example.org/sub", "https://x.org?a",
        "https://x.org#a", "https://u:p@x.org", "https://x.org:99999", "https://[::1", "https://x_y.org", "https://-x.org",
        "https://x.org\n.evil.example", "https://é.org", "http://badges.example.org", "http://10.0.0.1",
    ],
)  # fmt: skip
def test_other_base_urls_are_refused(url: str) -> None:
    assert "ISSUER_BASE_URL" in _refused({**GOOD, "ISSUER_BASE_URL": url})


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("ISSUER_DATABASE_URL", "mysql://x/y"),
        ("ISSUER_DATABASE_URL", "var/issuer.db"),
        ("ISSUER_VC_API", "maybe"),
        ("ISSUER_ALLOW_LOOPBACK", "2"),
        ("ISSUER_TRUSTED_PROXIES", "-1"),
        ("ISSUER_TRUSTED_PROXIES", "11"),
        ("ISSUER_TRUSTED_PROXIES", "all"),
        ("ISSUER_TRUSTED_PROXIES", "٣"),
        ("ISSUER_SITE_NAME", "x" * 101),
        ("ISSUER_SITE_NAME", "a\u202eb"),
    ],
)
def test_values_that_cannot_be_meant_are_refused(name: str, text: str) -> None:
    assert name in _refused({**GOOD, name: text})


@pytest.mark.parametrize(("text", "value"), [("on", True), ("TRUE", True), ("0", False), ("off", False), ("No", False)])
def test_switches(text: str, value: bool) -> None:
    assert Settings.from_environment({**GOOD, "ISSUER_VC_API": text}).vc_api is value


def test_repr_never_shows_a_secret() -> None:
    """S-KEY-1."""
    settings = Settings.from_environment({**GOOD, "ISSUER_DATABASE_URL": "postgresql://u:CANARY@h/d"})
    for secret in (KEY, PHRASE, "CANARY"):
        assert secret not in repr(settings)
        assert secret not in f"{settings}"
    assert "badges.example.org" in repr(settings)


def test_a_secret_may_lie_in_a_file_of_its_own(tmp_path: Path) -> None:
    environ = {
        "ISSUER_BASE_URL": "https://x.org",
        "ISSUER_SECRET_KEY_FILE": str(_private(tmp_path / "key", KEY + "\n")),
        "ISSUER_KEY_PASSPHRASE_FILE": str(_private(tmp_path / "phrase", PHRASE)),
        "ISSUER_DATABASE_URL_FILE": str(_private(tmp_path / "url", "postgresql://u:p@h/d\r\n")),
    }
    settings = Settings.from_environment(environ)
    assert (settings.secret_key, settings.key_passphrase, settings.database_url) == (
        KEY,
        PHRASE,
        "postgresql://u:p@h/d",
    )
    assert "not both" in _refused({**environ, "ISSUER_SECRET_KEY": KEY})


@pytest.mark.parametrize("mode", [0o644, 0o604, 0o602, 0o601])
def test_a_secret_file_that_everybody_can_use_is_refused(tmp_path: Path, mode: int) -> None:
    """S-KEY-1."""
    path = _private(tmp_path / "phrase", PHRASE)
    path.chmod(mode)
    environ = {**GOOD, "ISSUER_KEY_PASSPHRASE": "", "ISSUER_KEY_PASSPHRASE_FILE": str(path)}
    assert f"chmod o= {path}" in _refused(environ)
    path.chmod(0o640)
    assert Settings.from_environment(environ).key_passphrase == PHRASE


def test_secret_files_that_cannot_be_read_are_said(tmp_path: Path) -> None:
    def refused(path: object) -> str:
        return _refused({**GOOD, "ISSUER_SECRET_KEY": "", "ISSUER_SECRET_KEY_FILE": str(path)})

    assert "No such file" in refused(tmp_path / "none")
    assert "directory" in refused(tmp_path)
    assert "ValueError" in refused("a\0b")
    assert "empty" in refused(_private(tmp_path / "empty", "\n"))
    assert "longer than" in refused(_private(tmp_path / "long", "x" * 70_000))
    binary = _private(tmp_path / "binary", "")
    binary.write_bytes(b"\xff\xfe")
    assert "UnicodeDecodeError" in refused(binary)


def test_settings_from_a_file_and_the_environment_wins(tmp_path: Path) -> None:
    lines = ["# the site", "", *(f"{name}={text}" for name, text in GOOD.items()), 'ISSUER_SITE_NAME="From the file"', " ISSUER_VC_API = 1"]  # fmt: skip # noqa: E501
    path = _private(tmp_path / "settings", "\n".join(lines))
    settings = Settings.from_environment({"ISSUER_BASE_URL": "https://other.example"}, path)
    assert (settings.base_url, settings.secret_key) == ("https://other.example", KEY)
    assert (settings.site_name, settings.vc_api) == ("From the file", True)


def test_a_secret_file_of_the_environment_wins_over_the_settings_file(tmp_path: Path) -> None:
    path = _private(tmp_path / "settings", "\n".join(f"{name}={text}" for name, text in GOOD.items()))
    other = _private(tmp_path / "key", KEY[::-1])
    assert Settings.from_environment({"ISSUER_SECRET_KEY_FILE": str(other)}, path).secret_key == KEY[::-1]


@pytest.mark.parametrize("line", ["ISSUER_VCAPI=1", "PATH=/bin", "no equals sign", "=x"])
def test_a_settings_file_with_an_unknown_line_is_refused(tmp_path: Path, line: str) -> None:
    path = _private(tmp_path / "settings", f"# fine\n{line}\n")
    assert f"line 2 of {path}" in _refused(GOOD, path)


def test_a_settings_file_that_everybody_can_read_is_refused(tmp_path: Path) -> None:
    path = _private(tmp_path / "settings", "")
    path.chmod(0o644)
    assert "chmod o=" in _refused(GOOD, path)


def test_the_demonstration_makes_its_secrets_once(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "demo"
    first = Settings.for_demo(folder)
    assert first == Settings.for_demo(folder)
    assert first != Settings.for_demo(tmp_path / "other")
    assert first.base_url == "http://127.0.0.1:8000"
    assert first.demo
    assert first.database_url == f"sqlite:///{folder / 'issuer.db'}"
    assert first.secret_key != first.key_passphrase
    assert {file.stat().st_mode & 0o777 for file in folder.iterdir()} == {0o600}
    again = Settings.from_environment(
        {**GOOD, "ISSUER_SECRET_KEY": first.secret_key, "ISSUER_KEY_PASSPHRASE": first.key_passphrase}
    )
    assert again.secret_key == first.secret_key
    assert Settings.for_demo(folder, port=9000).host == "127.0.0.1:9000"


def test_a_demonstration_in_an_impossible_place_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SettingsError, match="Choose another folder"):
        Settings.for_demo(tmp_path / "file")
