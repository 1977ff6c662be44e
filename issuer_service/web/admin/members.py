"""Who belongs to the group; invitations are links, shown once, to hand over in any way."""

from __future__ import annotations

from typing import Any

from flask import Response, abort, g, render_template, request
from flask_babel import gettext

from issuer_service.services.records import Affiliate, Role
from issuer_service.web.admin.common import go, kept_nowhere, told
from issuer_service.web.admin.sending import seed
from issuer_service.web.auth import member
from issuer_service.web.security import sends

__all__ = ["member_change", "members"]


@member(Role.OWNER)
def members(affiliate: Affiliate) -> Any:
    """The list; sending the form makes an invitation and shows its link."""
    link, role = "", None
    if sends():
        role = _role()
        secret = told(g.services.accounts.invite, affiliate.id, role, seed=seed())
        link = g.services.site.join_url(secret) if secret else ""
    found = g.services.accounts.members(affiliate.id)
    page = render_template("admin/members.html", affiliate=affiliate, members=found, link=link, role=role)
    return kept_nowhere(page)


@member(Role.OWNER)
def member_change(affiliate: Affiliate, user_id: str) -> Response:
    """Another role, or none."""
    accounts, do = g.services.accounts, request.form.get("do")
    values: tuple[Role, ...] = ()
    if do == "remove":
        action, message = accounts.remove_member, gettext("The person is not a member any more.")
    elif do == "role":
        action, values, message = accounts.set_role, (_role(),), gettext("Saved. The person has to sign in again.")
    else:
        abort(400)
    done = told(lambda: (action(affiliate.id, user_id, *values), True)[1])
    if done and user_id == g.user.id:
        return go("home", message)
    return go("members", message if done else "", slug=affiliate.slug)


def _role() -> Role:
    try:
        return Role(request.form.get("role", ""))
    except ValueError:
        abort(400)
