"""The lists of skills of the desk: what the group has of its own, and what everybody here has."""

from __future__ import annotations

from flask import g, render_template

from issuer_service.services.records import Affiliate, Role
from issuer_service.web.auth import member, operator

__all__ = ["skills_own", "skills_shared"]


@member(Role.VIEWER)
def skills_own(affiliate: Affiliate) -> str:
    """The group's own lists, its local layer, and the shared lists."""
    views = g.services.frameworks.all(affiliate.id)
    merged = g.services.local_layers.merged(affiliate.id)
    return render_template(
        "admin/skills.html",
        affiliate=affiliate,
        own=[view for view in views if view.owner is not None and not view.record.layer],
        shared=[view for view in views if view.owner is None],
        layer=next((view for view in views if view.record.layer), None),
        conflicts=merged.conflicts,
    )


@operator
def skills_shared() -> str:
    """The lists that everybody here has."""
    views = g.services.frameworks.all()
    return render_template("admin/skills_shared.html", shared=[view for view in views if view.owner is None])
