"""The one table of what the site serves: blueprint and where it lies. To add a page: a module in its folder."""

from __future__ import annotations

from flask import Blueprint

from issuer_service.web.admin import BLUEPRINT as ADMIN
from issuer_service.web.api import BLUEPRINT as API
from issuer_service.web.case_api import BLUEPRINT as CASE_API
from issuer_service.web.pages import BLUEPRINT as PAGES
from issuer_service.web.vc_api import BLUEPRINT as VC_API

__all__ = ["BLUEPRINTS"]

BLUEPRINTS: tuple[tuple[Blueprint, str | None], ...] = (
    (PAGES, None),
    (ADMIN, "/desk"),
    (API, "/api"),
    (VC_API, "/vc-api"),
    (CASE_API, "/ims/case/v1p1"),
)
