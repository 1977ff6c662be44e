"""What every use case is handed: one value, made by the wiring."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from issuer_service.services.ports import Clock, Keystore, Store
from issuer_service.services.site import Site

__all__ = ["Tools"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools:
    """Storage, keys, time and the site's own address."""

    store: Store
    keystore: Keystore
    clock: Clock
    site: Site

    def now(self) -> datetime:
        """The present instant, whole seconds: what is stored and what is signed are the same."""
        return self.clock.now().replace(microsecond=0)
