"""Documents handed over as files, used instead of the network: the map of ``openbadges verify --documents``."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from types import MappingProxyType

from openbadges.errors import ConfigurationError, LimitError, MalformedError, UnreachableError
from openbadges.jsontext import parse_object
from openbadges.limits import DEFAULT_LIMITS, Limits
from openbadges.messages import render
from openbadges.net.session import FetchSession
from openbadges.ports import Fetched, Fetcher, NoNetwork, Rememberer

__all__ = ["DocumentsFetcher"]

_EXAMPLE = '{"https://example.org/did.json": "did.json"}'


class DocumentsFetcher:
    """Answers from files; what is not among them is asked of ``fallback``, by default nobody.

    A file has no media type of its own, so ``Fetched.media_type`` is empty: readers go by content.

    Args:
        files: File of each URL; URLs are compared as they are written.
        folder: The folder no file may lie outside of, symbolic links followed.
        fallback: Who is asked for any other URL.
    """

    def __init__(
        self,
        files: Mapping[str, Path],
        *,
        folder: Path,
        fallback: Fetcher | None = None,
    ) -> None:
        self._files = MappingProxyType(dict(files))
        self._folder = folder
        self._fallback = fallback or NoNetwork()

    @classmethod
    def from_file(
        cls, path: str | Path, *, fallback: Fetcher | None = None, limits: Limits = DEFAULT_LIMITS
    ) -> DocumentsFetcher:
        """Read a map: a JSON object of URL -> file path, relative to the map's own folder and below it.

        The files themselves are read when they are asked for.

        Raises:
            ConfigurationError: The map cannot be read (``network.documents_map``), or names a path that is absolute or
                climbs out of its folder (``network.documents_target``).
        """
        place = Path(path)
        try:
            members = parse_object(_read(place, limits.document_bytes), limits)
        except OSError as error:
            raise ConfigurationError("network.documents_map", path=str(path), reason=_why(place)) from error
        except MalformedError as error:
            reason = (
                render("network.documents_form", {"example": _EXAMPLE}) if error.code == "json.not_object" else error
            )
            raise ConfigurationError("network.documents_map", path=str(path), reason=str(reason)) from error
        folder = place.parent
        files = {url: folder / _relative(url, file) for url, file in members.items()}
        return cls(files, folder=folder, fallback=fallback)

    @property
    def urls(self) -> frozenset[str]:
        """The URLs there are files for."""
        return frozenset(self._files)

    def holds(self, url: str) -> bool:
        """Whether there is a file for this URL."""
        return url in self._files

    def limit_age(self, url: str, seconds: float) -> None:
        """Pass it on to the fallback; files have no age here."""
        if isinstance(self._fallback, Rememberer) and url not in self._files:
            self._fallback.limit_age(url, seconds)

    def session(self, fetches: int = DEFAULT_LIMITS.fetches) -> FetchSession:
        """A view of these documents for one verification."""
        return FetchSession(self, fetches)

    def get(self, url: str, *, accept: str, max_bytes: int, redirects: int | None = None) -> Fetched:
        """See ``ports.Fetcher.get``.

        Raises:
            UnreachableError: Not in the map and no fallback (``network.offline``), or the file cannot be read
                or lies outside the folder (``network.documents_file``).
            LimitError: The file is longer than ``max_bytes``.
        """
        file = self._files.get(url)
        if file is None:
            return self._fallback.get(url, accept=accept, max_bytes=max_bytes, redirects=redirects)
        try:
            if not file.resolve().is_relative_to(self._folder.resolve()):
                raise UnreachableError("network.documents_file", url=url, file=file.name)
            body = _read(file, max_bytes)
        except (OSError, RuntimeError, ValueError) as error:  # also a loop of links, or NUL in a name
            raise UnreachableError("network.documents_file", url=url, file=file.name) from error
        if len(body) > max_bytes:
            raise LimitError("network.body_too_large", url=url, limit=max_bytes)
        return Fetched(url=url, body=body)


def _why(place: Path) -> str:
    """Why the map cannot be had."""
    if place.is_dir():
        return render("network.documents_folder", {})
    return render("network.documents_unreadable" if place.exists() else "network.documents_missing", {})


def _read(file: Path, most: int) -> bytes:
    """At most one byte more than ``most``; a pipe or device, which could hold the reader for ever, is not opened."""
    if not file.is_file():
        raise FileNotFoundError(file)
    with file.open("rb") as stream:
        return stream.read(most + 1)


def _relative(url: str, file: object) -> Path:
    if isinstance(file, str) and file and not set("\\\0:") & set(file):  # a colon is a drive or stream on Windows
        path = PurePosixPath(file)
        if not path.is_absolute() and ".." not in path.parts:
            return Path(path)
    raise ConfigurationError("network.documents_target", url=url, file=str(file))
