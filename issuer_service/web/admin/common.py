"""What the desk's pages share: reading forms, saying what went wrong, words for states, and tokens for forms."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from flask import Response, flash, g, make_response, redirect, request, url_for
from flask import session as note
from flask_babel import gettext

from issuer_service.services.errors import ConflictError, InvalidError, StateError
from issuer_service.services.members import RANK
from issuer_service.services.records import AchievementState, AffiliateState, AwardState, RecipientKind, Role
from issuer_service.services.sentences import N_
from issuer_service.web.admin.sending import once
from issuer_service.web.i18n import said
from issuer_service.web.security import check_token

__all__ = [
    "ROLES",
    "STATES",
    "can",
    "check_entrance_form",
    "filled",
    "go",
    "kept_nowhere",
    "pairs",
    "problems_of",
    "tell",
    "template_words",
    "told",
    "translated",
]

# word, look (a class of the style sheet), picture
STATES: Mapping[str, tuple[str, str, str]] = MappingProxyType(
    {
        AwardState.WAITING: (N_("Waiting"), "open", "clock"),
        AwardState.UNDONE: (N_("Taken back"), "quiet", "dash"),
        AwardState.ISSUED: (N_("Issued"), "good", "check"),
        AwardState.SUSPENDED: (N_("Suspended"), "open", "pause"),
        AwardState.REVOKED: (N_("Withdrawn"), "bad", "cross"),
        AwardState.ERASED: (N_("Erased"), "quiet", "dash"),
        AchievementState.DRAFT: (N_("Draft"), "open", "file"),
        AchievementState.PUBLISHED: (N_("Published"), "good", "check"),
        AchievementState.ARCHIVED: (N_("Archived"), "quiet", "dash"),
        AffiliateState.PENDING: (N_("Waiting for approval"), "open", "clock"),
        AffiliateState.APPROVED: (N_("Approved"), "good", "check"),
        AffiliateState.CLOSED: (N_("Closed"), "quiet", "dash"),
    }
)
ROLES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        Role.OWNER: (N_("Owner"), N_("may do everything here: make badges, give them, change settings and members")),
        Role.AWARDER: (N_("Awarder"), N_("may give, withdraw and renew badges")),
        Role.VIEWER: (N_("Viewer"), N_("may look at everything and change nothing")),
    }
)
KINDS: Mapping[str, str] = MappingProxyType(
    {
        RecipientKind.USERNAME: N_("user name"),
        RecipientKind.EMAIL: N_("e-mail address"),
        RecipientKind.DID: N_("key (DID)"),
        RecipientKind.NAME: N_("name"),
    }
)


def can(least: Role) -> bool:
    """Whether who asks has at least this role in the group of the page."""
    role = g.get("role")
    return role is not None and RANK.index(role) >= RANK.index(least)


def template_words() -> dict[str, Any]:
    """What every template of the desk may use."""
    return {
        "csrf": _token,
        "once": once,
        "states": STATES,
        "roles": ROLES,
        "kinds": KINDS,
        "can_give": can(Role.AWARDER),
        "can_own": can(Role.OWNER),
        "now": g.services.clock.now(),
    }


def check_entrance_form() -> None:
    """Refuse a form of somebody not signed in, if it does not come from a page of this browser (S-CSRF-1)."""
    check_token(g.session.csrf if g.session else note.get("form", ""))


def filled(*names: str) -> dict[str, str]:
    """The texts of these fields and of no others (S-AZ-2); those that were not sent are not there."""
    return {name: request.form[name] for name in names if name in request.form}


def problems_of(error: InvalidError) -> dict[str, str]:
    """What to write beside each field, in the reader's language."""
    found: dict[str, str] = {}
    for problem in error.problems:
        text = said(problem.sentence)
        found[problem.field] = f"{found[problem.field]} {text}" if problem.field in found else text
    return found


def told(action: Callable[..., Any], *args: Any, **values: Any) -> Any:
    """Do something; when it cannot be done now, tell why on the next page and give None."""
    try:
        return action(*args, **values)
    except (ConflictError, InvalidError) as error:
        text = " ".join(problems_of(error).values()) if isinstance(error, InvalidError) else said(error.sentence)
        tell(text, "info" if isinstance(error, StateError) else "fail")
        return None


def tell(text: str, kind: str) -> None:
    """Say something on the next page; once, although it may be sent twice."""
    if [kind, text] not in map(list, note.get("_flashes", ())):
        flash(text, kind)


def go(endpoint: str, message: str = "", **values: Any) -> Response:
    """On to another page of the desk, which says the message first."""
    if message:
        tell(message, "pass")
    answer: Any = redirect(url_for(f"admin.{endpoint}", **values), 303)
    return make_response(answer)


def kept_nowhere(page: str, status: int = 200) -> Response:
    """A page with a secret on it."""
    answer = make_response(page, status)
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    return answer


def translated(table: Mapping[str, Any]) -> list[tuple[str, str]]:
    """A table of words for a list to choose from; of a line with several facts the last one is the word."""
    return [(key, gettext(text if isinstance(text, str) else text[-1])) for key, text in table.items()]


def pairs(texts: Sequence[str]) -> list[tuple[str, str]]:
    """Texts that stand for themselves in a list to choose from."""
    return [(text, text) for text in texts]


def _token() -> str:
    """The token of the session; of this browser while nobody is signed in."""
    if g.get("session"):
        return str(g.session.csrf)
    if "form" not in note:
        note["form"] = secrets.token_urlsafe(32)
    return str(note["form"])
