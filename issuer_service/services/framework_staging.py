"""Bringing a framework in, in two steps: it is read and looked at first, and kept when somebody says yes.

What was read waits here, so that a large file is sent once. It is its reader's own and goes away after a day.
"""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass
from datetime import timedelta

from issuer_service.services.errors import NotFoundError
from issuer_service.services.framework_content import content_pieces
from issuer_service.services.framework_imports import FrameworkImports
from issuer_service.services.framework_index import address_key
from issuer_service.services.framework_keeping import Imported
from issuer_service.services.framework_records import FrameworkRecord, StagedFramework
from issuer_service.services.hashing import new_id
from issuer_service.services.local_layers import LocalLayers
from issuer_service.services.ports import UnitOfWork
from issuer_service.services.tools import Tools
from openbadges.frameworks import Changes, Framework, restore_framework, to_document

__all__ = ["FrameworkStaging", "Staged"]

_KEPT_FOR = timedelta(days=1)
_MOST = 5  # of one person; the oldest goes


@dataclass(frozen=True, slots=True, kw_only=True)
class Staged:
    """A framework that waits.

    Attributes:
        framework: What was read.
        before: The record of the framework that it would become a new version of.
        changes: What that version would change; None where there is nothing before it.
    """

    id: str
    framework: Framework
    source_format: str
    affiliate_id: str | None
    before: FrameworkRecord | None
    changes: Changes | None

    @property
    def is_layer(self) -> bool:
        """A local layer says which frameworks it extends."""
        return bool(self.framework.extends)


@dataclass(frozen=True, slots=True)
class FrameworkStaging:
    """Use cases about frameworks that wait. Who may is decided by the caller."""

    tools: Tools
    imports: FrameworkImports
    layers: LocalLayers

    def stage(
        self,
        framework: Framework,
        *,
        source_format: str,
        user_id: str,
        affiliate_id: str | None = None,
        seed: str = "",
    ) -> str:
        """Put what was read aside; the id under which it waits, the same for the same seed (S-IDEM-1)."""
        now = self.tools.now()
        staged = StagedFramework(
            id=new_id(seed),
            user_id=user_id,
            affiliate_id=affiliate_id,
            source_format=source_format,
            content=_packed(framework),
            created_at=now,
        )
        with self.tools.store.write() as work:
            work.forget_staged(now - _KEPT_FOR)
            if work.staged_framework(staged.id, user_id) is not None:
                return staged.id
            for old in work.staged_by(user_id)[_MOST - 1 :]:
                work.unstage_framework(old)
            work.stage_framework(staged)
        return staged.id

    def get(self, staged_id: str, *, user_id: str, affiliate_id: str | None = None) -> Staged:
        """What waits.

        Raises:
            NotFoundError: Nothing of this person waits there for this affiliate or for the whole site.
        """
        with self.tools.store.read() as work:
            found = _staged(work, staged_id, user_id, affiliate_id)
            framework = restore_framework(json.loads(zlib.decompress(found.content)))
            same = work.frameworks_by_uri(address_key(framework.id))
        return Staged(
            id=found.id,
            framework=framework,
            source_format=found.source_format,
            affiliate_id=affiliate_id,
            before=next((one for one in same if one.affiliate_id == affiliate_id), None),
            changes=self.imports.preview(framework, affiliate_id=affiliate_id),
        )

    def keep(self, staged_id: str, *, user_id: str, affiliate_id: str | None = None) -> Imported:
        """Keep what waits, as a framework or as the affiliate's local layer.

        Raises:
            NotFoundError: Nothing of this person waits there.
            UnreadableError: It is a local layer that contradicts the shared frameworks; it goes on waiting.
            InvalidError, ConflictError: It cannot be kept; see ``FrameworkImports.keep`` and ``LocalLayers.save``.
        """
        staged = self.get(staged_id, user_id=user_id, affiliate_id=affiliate_id)
        if staged.is_layer and affiliate_id is not None:
            done = self.layers.save(affiliate_id, staged.framework, user_id=user_id)
        else:
            done = self.imports.keep(
                staged.framework, source_format=staged.source_format, user_id=user_id, affiliate_id=affiliate_id
            )
        self.drop(staged_id, user_id=user_id)
        return done

    def drop(self, staged_id: str, *, user_id: str) -> None:
        """Let it go."""
        with self.tools.store.write() as work:
            if work.staged_framework(staged_id, user_id) is not None:
                work.unstage_framework(staged_id)


def _packed(framework: Framework) -> bytes:
    packer = zlib.compressobj()
    pieces = [packer.compress(piece) for piece in content_pieces(to_document(framework))]
    return b"".join([*pieces, packer.flush()])


def _staged(work: UnitOfWork, staged_id: str, user_id: str, affiliate_id: str | None) -> StagedFramework:
    found = work.staged_framework(staged_id, user_id)
    if found is None or found.affiliate_id != affiliate_id:
        raise NotFoundError("framework.not_staged")
    return found
