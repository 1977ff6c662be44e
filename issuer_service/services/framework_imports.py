"""Bringing frameworks in: any format of the library, whole or not at all, a version for each change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import IO

from issuer_service.services.affiliates import approved_affiliate
from issuer_service.services.errors import ConflictError, InvalidError
from issuer_service.services.framework_index import address_key
from issuer_service.services.framework_keeping import Imported, Source, changes_since, keep_framework
from issuer_service.services.frameworks import view_of
from issuer_service.services.sentences import Sentence
from issuer_service.services.tools import Tools
from openbadges.errors import OpenBadgesError
from openbadges.frameworks import (
    DEFAULT_FRAMEWORK_LIMITS,
    Changes,
    Framework,
    ImportOptions,
    ImportProblems,
    OverlayRefused,
    Problem,
    detect_format,
    read_esco_release,
    read_framework,
    starter_frameworks,
)

__all__ = ["FrameworkImports", "SourceFile", "UnreadableError", "unreadable"]

_ESCO = "esco"
_BEGINNING = 64 * 1024  # bytes in which a file says what it is
_TABLES = ("esco", "csv")  # what the tables of a release look like; those of relations like any table


class UnreadableError(InvalidError):
    """A framework file cannot be used; nothing of it was kept.

    Attributes:
        found: What is wrong, each with its row or pointer, as the library says it; the first ones of many.
        total: How many problems there are altogether.
    """

    def __init__(self, found: Sequence[Problem], total: int) -> None:
        self.found = tuple(found)
        self.total = total
        super().__init__((one.place or "file", _sentence(one)) for one in self.found)


def _sentence(problem: Problem) -> Sentence:
    if not problem.place:
        return Sentence("framework.problem_file", {"reason": problem.detail})
    return Sentence("framework.problem", {"place": problem.place, "reason": problem.detail})


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFile:
    """A file that was sent, or a text that was pasted.

    Attributes:
        data: Its bytes, or an open file, which is read as it is needed.
        name: As the sender called it; of ESCO's tables it tells the language (``skills_fr.csv``).
    """

    data: bytes | IO[bytes]
    name: str = ""

    def looks_like(self) -> str | None:
        """The key of the format its beginning looks like."""
        if isinstance(self.data, bytes):
            return detect_format(self.data)
        start = self.data.read(_BEGINNING)
        self.data.seek(0)
        return detect_format(start)

    def whole(self) -> bytes:
        """All of it, or one byte more than may be read."""
        limit = DEFAULT_FRAMEWORK_LIMITS.file_bytes
        return self.data if isinstance(self.data, bytes) else self.data.read(limit + 1)


@dataclass(frozen=True, slots=True)
class FrameworkImports:
    """Use cases about bringing frameworks in. Who may is decided by the caller: the web's matrix, or a command."""

    tools: Tools

    def read(
        self,
        files: Sequence[SourceFile | bytes],
        *,
        file_format: str | None = None,
        options: ImportOptions | None = None,
    ) -> tuple[Framework, str]:
        """Read a framework, without keeping anything.

        Args:
            files: One file of any format (its bytes will do), or the files of an ESCO release with their names.
            file_format: A key of ``openbadges.frameworks.IMPORTERS``; found by content where it is left out.
            options: What the file may leave open (language, id, title, version).

        Returns:
            The framework, and the format it was in.

        Raises:
            UnreadableError: Something is wrong; all of it is listed.
            InvalidError: There is no file, or there are several that are no release of ESCO.
        """
        chosen = options or ImportOptions()
        given = [SourceFile(data=one) if isinstance(one, bytes) else one for one in files]
        if not given:
            raise InvalidError.of("file", "framework.no_file")
        try:
            name = file_format or given[0].looks_like() or ""
            if len(given) == 1 and name != _ESCO:
                return read_framework(given[0].whole(), file_format=name or None, options=chosen), name
            if any(file.looks_like() not in _TABLES for file in given):
                raise InvalidError.of("file", "framework.several_files")
            return read_esco_release({file.name: file.data for file in given}, chosen), _ESCO
        except OpenBadgesError as error:
            raise unreadable(error) from error

    def preview(self, framework: Framework, *, affiliate_id: str | None = None) -> Changes | None:
        """What keeping a framework would change; None where it is not here yet."""
        with self.tools.store.read() as work:
            same = work.frameworks_by_uri(address_key(framework.id))
            own = next((one for one in same if one.affiliate_id == affiliate_id), None)
            before = None if own is None else work.framework_version(own.id, own.version)
            return None if before is None else changes_since(work, before, framework)

    def keep(
        self, framework: Framework, *, source_format: str, user_id: str, affiliate_id: str | None = None
    ) -> Imported:
        """Keep what was read, for the whole site or for one affiliate. The same content makes no new version.

        Raises:
            ConflictError: The affiliate is not approved, or the whole site has this framework already.
            InvalidError: It is a local layer: those are kept with ``LocalLayers.save``.
        """
        if framework.extends:
            raise InvalidError.of("file", "framework.is_layer")
        with self.tools.store.write() as work:
            if affiliate_id is not None:
                approved_affiliate(work, affiliate_id)
            same = work.frameworks_by_uri(address_key(framework.id))
            if affiliate_id is not None and any(one.affiliate_id is None for one in same):
                raise ConflictError("framework.is_shared")
            own = next((one for one in same if one.affiliate_id == affiliate_id), None)
            if own is not None and own.layer:
                raise ConflictError("framework.is_own_layer")
            source = Source(source_format=source_format, user_id=user_id, affiliate_id=affiliate_id)
            return keep_framework(work, self.tools, framework, source, own)

    def import_files(
        self,
        files: Sequence[SourceFile | bytes],
        *,
        user_id: str,
        affiliate_id: str | None = None,
        file_format: str | None = None,
        options: ImportOptions | None = None,
    ) -> Imported:
        """Read and keep; see ``read`` and ``keep``."""
        framework, name = self.read(files, file_format=file_format, options=options)
        return self.keep(framework, source_format=name, user_id=user_id, affiliate_id=affiliate_id)

    def init_starters(self) -> Sequence[Imported]:
        """The frameworks that come with the library, for the whole site; what is here already stays as it is."""
        kept = []
        for framework in starter_frameworks():
            with self.tools.store.write() as work:
                same = work.frameworks_by_uri(address_key(framework.id))
                own = next((one for one in same if one.affiliate_id is None), None)
                if own is not None:
                    kept.append(Imported(view=view_of(work, own), is_new=False, is_changed=False))
                    continue
                kept.append(
                    keep_framework(work, self.tools, framework, Source(source_format="json", user_id="init"), None)
                )
        return kept


def unreadable(error: OpenBadgesError) -> UnreadableError:
    """The library's refusal of a file as this site's."""
    if isinstance(error, (ImportProblems, OverlayRefused)):
        return UnreadableError(error.problems, int(error.params["count"]))
    return UnreadableError([Problem(place="", code=error.code, params=error.params)], 1)
