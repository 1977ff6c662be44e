"""Bringing frameworks in: any format of the library, whole or not at all, a version for each change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from issuer_service.services.affiliates import approved_affiliate
from issuer_service.services.errors import ConflictError, InvalidError
from issuer_service.services.framework_index import address_key
from issuer_service.services.framework_keeping import Imported, Source, keep_framework
from issuer_service.services.frameworks import view_of
from issuer_service.services.sentences import Sentence
from issuer_service.services.tools import Tools
from openbadges.errors import OpenBadgesError
from openbadges.frameworks import (
    Framework,
    ImportOptions,
    ImportProblems,
    OverlayRefused,
    Problem,
    detect_format,
    read_framework,
    starter_frameworks,
)

__all__ = ["FrameworkImports", "UnreadableError", "unreadable"]


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


@dataclass(frozen=True, slots=True)
class FrameworkImports:
    """Use cases about bringing frameworks in. Who may is decided by the caller: the web's matrix, or a command."""

    tools: Tools

    def read(
        self, files: Sequence[bytes], *, file_format: str | None = None, options: ImportOptions | None = None
    ) -> tuple[Framework, str]:
        """Read a framework, without keeping anything.

        Args:
            files: Its content.
            file_format: A key of ``openbadges.frameworks.IMPORTERS``; found by content where it is left out.
            options: What the file may leave open (language, id, title, version).

        Returns:
            The framework, and the format it was in.

        Raises:
            UnreadableError: Something is wrong; all of it is listed.
        """
        chosen = options or ImportOptions()
        try:
            name = file_format or detect_format(files[0]) or ""
            return read_framework(files[0], file_format=name or None, options=chosen), name
        except OpenBadgesError as error:
            raise unreadable(error) from error

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
        files: Sequence[bytes],
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
