"""The composition root: the only place that joins clock, fetcher, keystore, storage and use cases."""

from __future__ import annotations

from issuer_service.config import Settings
from issuer_service.jobs.checkers import Checkers
from issuer_service.keystore.sealed import SealedKeystore
from issuer_service.services.all import Services, Site
from issuer_service.storage import SqlStore
from openbadges.net import CachingFetcher, GuardedFetcher
from openbadges.ports import SystemClock

__all__ = ["build_services"]


def build_services(settings: Settings) -> Services:
    """Everything the web and the commands use, built from the settings."""
    clock = SystemClock()
    store = SqlStore(settings.database_url)
    store.migrate()
    return Services(
        store=store,
        keystore=SealedKeystore(settings.key_passphrase),
        clock=clock,
        site=Site(base_url=settings.base_url, name=settings.site_name),
        checker=Checkers(),
        fetcher=CachingFetcher(GuardedFetcher(allow_loopback=settings.allow_loopback), clock=clock),
    )
