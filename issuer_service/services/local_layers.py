"""What an affiliate adds to the shared frameworks, and what roles ask there: subsidiarity as a use case."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from issuer_service.services.affiliates import affiliate_of, approved_affiliate
from issuer_service.services.errors import ConflictError, InvalidError
from issuer_service.services.framework_cache import FrameworkCache
from issuer_service.services.framework_imports import unreadable
from issuer_service.services.framework_index import address_key
from issuer_service.services.framework_keeping import Imported, Source, keep_framework
from issuer_service.services.framework_records import FrameworkRecord
from issuer_service.services.framework_views import Merged
from issuer_service.services.frameworks import view_of, whole_of
from issuer_service.services.ports import UnitOfWork
from issuer_service.services.records import Affiliate
from issuer_service.services.tools import Tools
from openbadges import jsontext
from openbadges.errors import ConfigurationError, OpenBadgesError
from openbadges.frameworks import (
    Catalogue,
    Context,
    Framework,
    OverlayRefused,
    Profile,
    Role,
    effective_profile,
    framework_from_document,
    overlay,
    to_document,
)

__all__ = ["LocalLayers"]


@dataclass(frozen=True, slots=True)
class LocalLayers:
    """Use cases about local layers, and about roles, which they may change."""

    tools: Tools
    cache: FrameworkCache

    def get(self, affiliate_id: str) -> Framework:
        """The affiliate's local layer; one with nothing in it where there is none yet.

        Raises:
            NotFoundError: There is no such affiliate.
        """
        with self.tools.store.read() as work:
            return self._now(work, affiliate_of(work, affiliate_id), work.layer_of(affiliate_id))

    def save(
        self,
        affiliate_id: str,
        layer: Framework | Mapping[str, Any],
        *,
        user_id: str,
        before: Callable[[Framework], None] | None = None,
    ) -> Imported:
        """Keep a local layer, if it fits the shared frameworks.

        Args:
            affiliate_id: Whose layer.
            layer: What ``get`` gave, changed; or a document of the file format.
            user_id: Who changed it.
            before: Called with what ``get`` would give, in the same transaction; refuses by raising.

        Raises:
            UnreadableError: It is no framework file, it contradicts the shared frameworks, or it extends one that is
                not here; all problems are listed.
            InvalidError: Its id is not that of the layer there is.
            ConflictError: The affiliate is not approved, or the id is that of another framework here.
        """
        document = to_document(layer) if isinstance(layer, Framework) else dict(layer)
        try:
            local = framework_from_document(jsontext.parse_object(jsontext.dump(document)))
        except OpenBadgesError as error:
            raise unreadable(error) from error
        with self.tools.store.write() as work:
            affiliate = approved_affiliate(work, affiliate_id)
            own = work.layer_of(affiliate_id)
            if before is not None:
                before(self._now(work, affiliate, own))
            self._check_id(work, local, own)
            try:
                overlay(self._base(work, local, affiliate_id), local, complete=True)
            except OpenBadgesError as error:
                raise unreadable(error) from error
            source = Source(source_format="json", user_id=user_id, affiliate_id=affiliate_id, layer=True)
            return keep_framework(work, self.tools, local, source, own)

    def merged(self, affiliate_id: str | None = None) -> Merged:
        """The shared frameworks with the affiliate's layer over them; without an affiliate the shared ones alone.

        Raises:
            NotFoundError: There is no such affiliate.
        """
        with self.tools.store.read() as work:
            if affiliate_id is None:
                return Merged(catalogue=Catalogue(self._base(work, None, None)))
            affiliate_of(work, affiliate_id)
            record = work.layer_of(affiliate_id)
            if record is None:
                return Merged(catalogue=Catalogue(self._base(work, None, affiliate_id)))
            layer = whole_of(work, self.cache, record)
            base = self._base(work, layer, affiliate_id)
        try:
            # it was kept, so what it says is shown, even where a list it extends never came
            return Merged(catalogue=overlay(base, layer), layer=layer)
        except OverlayRefused as error:  # a shared framework has changed since the layer was saved
            return Merged(catalogue=Catalogue(base), layer=layer, conflicts=error.problems)

    def roles(self, affiliate_id: str | None = None) -> Sequence[tuple[Framework, Role]]:
        """The roles there are, local ones last, each with its framework."""
        frameworks = self.merged(affiliate_id).catalogue.frameworks
        return [(framework, role) for framework in frameworks for role in framework.roles]

    def contexts(self, affiliate_id: str | None = None) -> Sequence[tuple[Framework, Context]]:
        """The contexts there are, local ones last, each with its framework."""
        frameworks = self.merged(affiliate_id).catalogue.frameworks
        return [(framework, context) for framework in frameworks for context in framework.contexts]

    def profile(self, role: str, context: str | None = None, affiliate_id: str | None = None) -> Profile:
        """What a role asks in a context, at an affiliate.

        Args:
            role: Code or id.
            context: Code or id; None for the role's own, if it has one.
            affiliate_id: Whose local layer counts.

        Raises:
            NotFoundError: There is no such affiliate.
            InvalidError: There is no such role or context, or several frameworks use the code.
        """
        try:
            return effective_profile(role, context, frameworks=self.merged(affiliate_id).catalogue)
        except ConfigurationError as error:
            field = "context" if error.code == "frameworks.unknown_context" else "role"
            raise InvalidError.of(field, "framework.profile", reason=error.detail) from error

    # what lies below

    def _now(self, work: UnitOfWork, affiliate: Affiliate, own: FrameworkRecord | None) -> Framework:
        if own is not None:
            return whole_of(work, self.cache, own)
        return self._blank(affiliate, [one for one, _ in self._shared(work)])

    def _blank(self, affiliate: Affiliate, shared: Sequence[FrameworkRecord]) -> Framework:
        address = f"{self.tools.site.base_url}/frameworks/{affiliate.slug}"
        return Framework(
            id=address,
            title=MappingProxyType({affiliate.language: affiliate.name}),
            scope="affiliate",
            owner=self.tools.site.issuer_url(affiliate.slug),
            languages=(affiliate.language,),
            extends=tuple(one.uri for one in shared),
        )

    def _shared(self, work: UnitOfWork) -> list[tuple[FrameworkRecord, Framework]]:
        """The site's frameworks of this project's own kind or with roles: what local layers lie over by themselves."""
        found = []
        for record in work.list_frameworks():
            if record.affiliate_id is None:
                head = view_of(work, record).head
                if head.scheme == "openbadges" or head.roles:
                    found.append((record, head))
        return found

    def _base(self, work: UnitOfWork, layer: Framework | None, affiliate_id: str | None) -> tuple[Framework, ...]:
        """The shared frameworks, what the layer names besides, and what those need in turn."""
        records = {record.id: record for record, _ in self._shared(work)}
        waiting = [uri for _, head in self._shared(work) for uri in (*head.extends, *head.uses)]
        waiting += [*layer.extends, *layer.uses] if layer is not None else []
        seen: set[str] = set()
        while waiting:
            uri = waiting.pop()
            if uri in seen or (layer is not None and uri == layer.id):
                continue
            seen.add(uri)
            found = [one for one in work.frameworks_by_uri(address_key(uri)) if not one.layer]
            nearest = min(found, key=lambda one: one.affiliate_id not in (None, affiliate_id), default=None)
            if nearest is not None:
                records[nearest.id] = nearest
                head = view_of(work, nearest).head
                waiting += [*head.extends, *head.uses]
        return tuple(whole_of(work, self.cache, record) for record in records.values())

    def _check_id(self, work: UnitOfWork, local: Framework, own: FrameworkRecord | None) -> None:
        uri = address_key(local.id)
        if own is not None and own.uri != uri:
            raise InvalidError.of("id", "framework.layer_id", id=own.uri)
        if any(own is None or one.id != own.id for one in work.frameworks_by_uri(uri)):
            raise ConflictError("framework.id_taken")
