"""Serving with waitress, with the timer beside it, until the process is asked to end."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable
from types import FrameType
from typing import Any

from issuer_service.app import create_app
from issuer_service.config import Settings
from issuer_service.jobs.timer import Timer
from issuer_service.services.all import Services

__all__ = ["serve"]

_LARGEST = 34 * 1024 * 1024  # bytes of a request; the application's own limits are all lower and answer in words


def serve(  # noqa: PLR0913 - one keyword for each thing the command lets one say
    settings: Settings,
    services: Services,
    *,
    host: str,
    port: int,
    threads: int = 8,
    make_server: Callable[..., Any] | None = None,
) -> None:
    """Serve until Ctrl-C or SIGTERM.

    Args:
        settings: Where the site is.
        services: The use cases, which the timer shares.
        host: Address to listen at.
        port: Port to listen at.
        threads: Requests at the same time.
        make_server: ``waitress.create_server`` unless handed in.

    Raises:
        OSError: The port cannot be had.
    """
    from waitress import create_server  # type: ignore[import-untyped]  # noqa: PLC0415 - only where it serves; no stubs

    server = (make_server or create_server)(
        create_app(settings, services),
        host=host,
        port=port,
        threads=threads,
        ident=None,
        max_request_body_size=_LARGEST,
        # what proxies say is believed only from as many of them as the settings name (app.py), and a foreign
        # X-Forwarded-Host is refused there, not dropped here (S-HOST-1)
        clear_untrusted_proxy_headers=False,
    )
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, _end)
    try:
        with Timer(services.awarding.issue_due):
            server.run()
    except KeyboardInterrupt:
        pass
    finally:
        server.close()


def _end(_number: int, _frame: FrameType | None) -> None:
    raise SystemExit(0)
