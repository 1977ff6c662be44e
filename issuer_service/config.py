"""Settings: read once from the environment or a file, checked, frozen. Without secrets the service does not start."""

from __future__ import annotations

import os
import re
import secrets
import stat
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any
from urllib.parse import urlsplit

__all__ = ["Settings", "SettingsError"]

_LONGEST_FILE_BYTES = 64 * 1024
_LEAST_SECRET_CHARS = 32
_LEAST_DIFFERENT_CHARS = 8
_MOST_PROXIES = 10
_PLACEHOLDER = re.compile(
    r"change.?me|replace.?me|your.?secret|pass.?word|pass.?phrase|0123456789|abcdefgh", re.IGNORECASE
)
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_HOST = re.compile(r"[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?|::1")
_HOW = "`python3 -c 'import secrets; print(secrets.token_urlsafe(48))'` prints a good one"
_HAS_MODES = os.name == "posix"  # elsewhere the mode bits say nothing about who may read


class SettingsError(Exception):
    """The service cannot start; the text is one sentence that says what to set."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the operator decided. The secrets, and the database URL that may hold one, never appear in ``repr``.

    Attributes:
        base_url: Scheme, host and port of this site, without a slash at the end. All links, ids and status list
            addresses are built from it and never from a request (S-HOST-1).
        secret_key: Signs what the browser carries.
        key_passphrase: Opens the sealed signing keys (S-KEY-1).
        database_url: SQLite or PostgreSQL.
        vc_api: Whether the VC-API routes exist.
        allow_loopback: Whether fetching from loopback addresses is allowed; for tests only.
        trusted_proxies: How many proxies before this service write X-Forwarded-* headers that may be believed.
        site_name: What the pages call this site.
        demo: Whether these are the settings of ``issuer-service demo``.
    """

    base_url: str
    secret_key: str = field(repr=False)
    key_passphrase: str = field(repr=False)
    database_url: str = field(default="sqlite:///var/issuer.db", repr=False)
    vc_api: bool = False
    allow_loopback: bool = False
    trusted_proxies: int = 0
    site_name: str = "Badges"
    demo: bool = False

    @property
    def host(self) -> str:
        """Host and port of ``base_url``; a request for another host is not for this site (S-HOST-1)."""
        return urlsplit(self.base_url).netloc

    @property
    def https(self) -> bool:
        """Whether the site is reached by https: then cookies are Secure and issuers can be did:web."""
        return self.base_url.startswith("https://")

    @classmethod
    def from_environment(cls, environ: Mapping[str, str], file: str | os.PathLike[str] | None = None) -> Settings:
        """Read and check the settings.

        Args:
            environ: Variables. The known ones win over the file; others are left alone, because container platforms
                make variables like ``ISSUER_PORT`` for a service named "issuer".
            file: Lines of ``ISSUER_NAME=value``; blank ones and those that begin with ``#`` are skipped.

        Raises:
            SettingsError: Something is missing, unknown in the file, or cannot be used.
        """
        here = {name: text for name, text in environ.items() if name in _NAMES}
        there = {} if file is None else _read_settings_file(Path(file))
        values = {}
        for name, (member, read) in _SETTINGS.items():
            text = _given(name, here) or _given(name, there)
            if text:
                values[member] = read(name, text)
        missing = [name for name in _REQUIRED if _SETTINGS[name][0] not in values]
        if missing:
            raise SettingsError(_missing_sentence(missing))
        if values["secret_key"] == values["key_passphrase"]:
            raise SettingsError("Set ISSUER_SECRET_KEY and ISSUER_KEY_PASSPHRASE to two different secrets.")
        return cls(**values)

    @classmethod
    def for_demo(cls, folder: str | os.PathLike[str], port: int = 8000) -> Settings:
        """Settings of a demonstration on this machine: all is kept in ``folder``, secrets are made at the first use.

        Raises:
            SettingsError: The folder or its secrets cannot be written or read.
        """
        place = Path(folder)
        try:
            place.mkdir(mode=0o700, parents=True, exist_ok=True)
            secret_key, key_passphrase = _kept_secret(place / "secret_key"), _kept_secret(place / "key_passphrase")
        except OSError as error:
            raise SettingsError(f"Choose another folder for the demonstration: {place} {_why(error)}.") from error
        database = f"sqlite:///{place.absolute() / 'issuer.db'}"
        return cls(
            base_url=f"http://127.0.0.1:{port}",
            secret_key=secret_key,
            key_passphrase=key_passphrase,
            database_url=database,
            demo=True,
        )


def _base_url(name: str, text: str) -> str:
    try:
        url = urlsplit(text.strip().rstrip("/"))
        host, port = url.hostname or "", url.port
    except ValueError:
        url, host, port = urlsplit(""), "", None
    rest = url.path or url.query or url.fragment or url.username is not None
    rest = rest or not re.fullmatch("[!-~]+", text.strip())  # the parser drops line breaks without a word
    if rest or not _HOST.fullmatch(host) or url.scheme not in ("http", "https"):
        raise SettingsError(
            f"Set {name} to the address of this site and nothing behind it, such as https://badges.example.org."
        )
    if url.scheme == "http" and host not in _LOOPBACK:
        raise SettingsError(f"Set {name} to an address that begins with https:// (http:// is for 127.0.0.1 only).")
    shown = f"[{host}]" if ":" in host else host
    return f"{url.scheme}://{shown}" + ("" if port in (None, 443 if url.scheme == "https" else 80) else f":{port}")


def _secret(name: str, text: str) -> str:
    if len(text) < _LEAST_SECRET_CHARS:
        raise SettingsError(f"Set {name} to a secret of at least {_LEAST_SECRET_CHARS} characters; {_HOW}.")
    if len(set(text)) < _LEAST_DIFFERENT_CHARS or _PLACEHOLDER.search(text):
        raise SettingsError(f"Set {name} to a secret of your own, not to a sample or a pattern; {_HOW}.")
    return text


def _database_url(name: str, text: str) -> str:
    if not text.startswith(("sqlite:///", "postgresql://", "postgresql+psycopg://", "postgres://")):
        raise SettingsError(f"Set {name} to an address that begins with sqlite:/// or postgresql://.")
    return text


def _switch(name: str, text: str) -> bool:
    value = _SWITCHES.get(text.strip().lower())
    if value is None:
        raise SettingsError(f"Set {name} to 1 or 0.")
    return value


def _proxies(name: str, text: str) -> int:
    if not re.fullmatch("[0-9]{1,2}", text.strip()) or int(text) > _MOST_PROXIES:
        raise SettingsError(f"Set {name} to the number of proxies before this service, 0 to {_MOST_PROXIES}.")
    return int(text)


def _title(name: str, text: str) -> str:
    shown = " ".join(text.split())
    if len(shown) > 100 or not shown.isprintable():
        raise SettingsError(f"Set {name} to a name of at most 100 characters.")
    return shown


# The one table of settings: variable -> field and how its text is read.
_SETTINGS: Mapping[str, tuple[str, Callable[[str, str], Any]]] = MappingProxyType(
    {
        "ISSUER_BASE_URL": ("base_url", _base_url),
        "ISSUER_SECRET_KEY": ("secret_key", _secret),
        "ISSUER_KEY_PASSPHRASE": ("key_passphrase", _secret),
        "ISSUER_DATABASE_URL": ("database_url", _database_url),
        "ISSUER_VC_API": ("vc_api", _switch),
        "ISSUER_ALLOW_LOOPBACK": ("allow_loopback", _switch),
        "ISSUER_TRUSTED_PROXIES": ("trusted_proxies", _proxies),
        "ISSUER_SITE_NAME": ("site_name", _title),
    }
)
_REQUIRED = ("ISSUER_BASE_URL", "ISSUER_SECRET_KEY", "ISSUER_KEY_PASSPHRASE")
_SECRET = ("ISSUER_SECRET_KEY", "ISSUER_KEY_PASSPHRASE", "ISSUER_DATABASE_URL")
_NAMES = frozenset({*_SETTINGS, *(f"{name}_FILE" for name in _SECRET)})
_SWITCHES = MappingProxyType(
    {"1": True, "true": True, "yes": True, "on": True, "0": False, "false": False, "no": False, "off": False}
)


def _given(name: str, texts: Mapping[str, str]) -> str:
    """The text of a setting, itself or from the file that ``NAME_FILE`` names; ``""`` when there is none."""
    text, path = texts.get(name, ""), texts.get(f"{name}_FILE", "")
    if text and path:
        raise SettingsError(f"Set either {name} or {name}_FILE, not both.")
    if not path:
        return text
    found = _read_private(Path(path), f"the file that {name}_FILE names").strip("\r\n")
    if not found:
        raise SettingsError(f"Write the value of {name} into {path}, which is empty.")
    return found


def _read_settings_file(path: Path) -> dict[str, str]:
    texts: dict[str, str] = {}
    for number, line in enumerate(_read_private(path, "the settings file").splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        name, equals, text = line.partition("=")
        name, text = name.strip(), text.strip()
        if not equals or name not in _NAMES:
            raise SettingsError(f"Mend line {number} of {path}: it names no setting of this service.")
        if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'":
            text = text[1:-1]
        texts[name] = text
    return texts


def _read_private(path: Path, what: str) -> str:
    """The text of a file that others may not read (S-KEY-1)."""
    try:
        with path.open("rb") as file:
            mode = os.fstat(file.fileno()).st_mode
            data = file.read(_LONGEST_FILE_BYTES + 1)
        if _HAS_MODES and mode & stat.S_IRWXO:
            raise SettingsError(f"Run `chmod o= {path}`: everybody on this machine can read {what}.")
        if len(data) > _LONGEST_FILE_BYTES:
            raise SettingsError(f"Shorten {path}: {what} is longer than {_LONGEST_FILE_BYTES} bytes.")
        return data.decode("utf-8")
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path, or bytes that are not UTF-8
        raise SettingsError(f"Mend {what}: {path} {_why(error)}.") from error


def _kept_secret(path: Path) -> str:
    if not path.exists():
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(48))
    return _read_private(path, "the demonstration's secret")


def _missing_sentence(names: list[str]) -> str:
    listed = " and ".join((", ".join(names[:-1]), names[-1])) if len(names) > 1 else names[0]
    hints = []
    if "ISSUER_BASE_URL" in names:
        hints.append("the base URL is the address of this site, such as https://badges.example.org")
    if set(names) - {"ISSUER_BASE_URL"}:
        hints.append(f"for each secret, {_HOW}")
    return f"Set {listed}: {'; '.join(hints)}."


def _why(error: OSError | ValueError) -> str:
    reason = error.strerror if isinstance(error, OSError) else None
    return f"cannot be used ({reason or type(error).__name__})"
