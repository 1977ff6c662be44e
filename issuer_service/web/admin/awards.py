"""What was given: the list, one badge, and what can be done about it later."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

from flask import Response, flash, g, make_response, render_template, request
from flask_babel import gettext, ngettext

from issuer_service.services.awards import wrong_state
from issuer_service.services.errors import StateError
from issuer_service.services.issuance import SHOWN
from issuer_service.services.records import Affiliate, Award, AwardState, Role
from issuer_service.services.rubrics import level_names
from issuer_service.services.status_changes import REASONS, STAFF_REASONS, Correction
from issuer_service.web.admin.common import go, kept_nowhere, tell, told
from issuer_service.web.admin.sending import seed
from issuer_service.web.auth import member
from issuer_service.web.i18n import said

__all__ = ["award", "awards", "erase", "link", "reinstate", "renew", "replace", "suspend", "undo", "withdraw"]

_PER_PAGE = 50
_MOST_PAGES = 100_000
_IN_FORCE = (AwardState.ISSUED, AwardState.SUSPENDED)


@member(Role.VIEWER)
def awards(affiliate: Affiliate) -> str:
    """Newest first; searched by name, by badge, by state."""
    args = request.args
    text, state = args.get("q", "").strip()[:200], args.get("state", "")
    held = g.services.achievements.all(affiliate.id)
    names = {one.achievement.id: one.version.name for one in held}
    chosen = args.get("badge", "") if args.get("badge") in names else None
    number = min(max(args.get("page", 1, type=int), 1), _MOST_PAGES)
    page = g.services.awarding.find(
        affiliate.id,
        achievement_id=chosen,
        states=[one for one in AwardState if one.value == state],
        text=text,
        offset=(number - 1) * _PER_PAGE,
        limit=_PER_PAGE,
    )
    return render_template(
        "admin/awards.html",
        affiliate=affiliate,
        page=page,
        names=names,
        given_as=g.services.achievements.names_given(page.items),
        given={"q": text, "state": state if state in list(AwardState) else "", "badge": chosen or ""},
        number=number,
        pages=max(1, -(-page.total // _PER_PAGE)),
        filters=[one.value for one in AwardState],
        in_force=_IN_FORCE,
    )


@member(Role.VIEWER)
def award(affiliate: Affiliate, award_id: str) -> str:
    """One badge of one person."""
    return _page(affiliate, g.services.awarding.get(affiliate.id, award_id))


@member(Role.AWARDER)
def withdraw(affiliate: Affiliate) -> Response:
    """Withdraw the badges that were ticked: first what that means, with their number, then for good."""
    chosen = [
        g.services.awarding.get(affiliate.id, one) for one in dict.fromkeys(request.form.getlist("award")[:_PER_PAGE])
    ]
    found = [one for one in chosen if one.state in _IN_FORCE]
    if not found:
        return _nothing_to_withdraw(affiliate, chosen)
    reason, errors = request.form.get("reason", ""), {}
    if request.form.get("do") == "withdraw":
        if reason in STAFF_REASONS:
            return _withdrawn(affiliate, chosen, reason)
        errors["reason"] = gettext("Choose a reason from the list.")
    page = render_template(
        "admin/withdraw.html",
        affiliate=affiliate,
        found=found,
        left_out=len(chosen) - len(found),
        given_as=g.services.achievements.names_given(found),
        reasons={one: REASONS[one] for one in STAFF_REASONS},
        errors=errors,
    )
    return make_response(page, 422 if errors else 200)


@member(Role.AWARDER)
def undo(affiliate: Affiliate, award_id: str) -> Response:
    """Take one back that is not signed."""
    done = told(g.services.awarding.undo_one, affiliate.id, award_id)
    batch_id = g.services.awarding.get(affiliate.id, award_id).batch_id
    message = gettext("Taken back. Nobody was told about it.") if done else ""
    return go("batch", message, slug=affiliate.slug, batch_id=batch_id)


@member(Role.AWARDER)
def suspend(affiliate: Affiliate, award_id: str) -> Response:
    """Withdraw for a time."""
    message = gettext("Suspended. Whoever checks it sees that it is not good for now.")
    reason = request.form.get("reason", "issuer_decision")
    return _done(affiliate, award_id, message, g.services.status_changes.suspend, reason)


@member(Role.AWARDER)
def reinstate(affiliate: Affiliate, award_id: str) -> Response:
    """End the suspension."""
    return _done(affiliate, award_id, gettext("It is good again."), g.services.status_changes.reinstate)


@member(Role.AWARDER)
def renew(affiliate: Affiliate, award_id: str) -> Response:
    """The same badge with a new validity."""
    days = request.form.get("valid_days", "").strip()
    if days and not (days.isascii() and days.isdigit() and len(days) < 10):
        days = "0"  # which the use case refuses with the bounds
    message = gettext("Renewed. This is the new badge; the one before it is marked as replaced.")
    values: dict[str, Any] = {"user_id": g.user.id, "valid_days": int(days) if days else None, "seed": seed()}
    return _done(affiliate, award_id, message, g.services.status_changes.renew, **values)


@member(Role.AWARDER)
def replace(affiliate: Affiliate, award_id: str) -> Response:
    """A corrected badge in place of this one."""
    form = request.form
    before = g.services.awarding.get(affiliate.id, award_id)
    recipient = form.get("recipient", "").strip()
    lines = [line.strip() for line in form.get("evidence", "").splitlines() if line.strip()]
    known = {one.get("url"): dict(one) for one in before.evidence}
    correction = Correction(
        recipient=recipient if recipient and recipient != before.recipient_value else None,
        narrative=form.get("narrative"),
        evidence=[known.get(url, {"url": url}) for url in lines] if "evidence" in form else None,
        level=form.get("level"),
    )
    message = gettext("Replaced. This is the new badge; the one before it is marked as replaced.")
    values: dict[str, Any] = {"user_id": g.user.id, "seed": seed()}
    return _done(affiliate, award_id, message, g.services.status_changes.replace, correction, **values)


@member(Role.AWARDER)
def link(affiliate: Affiliate, award_id: str) -> Response:
    """A new private link, shown this once; the one before it stops working."""
    secret = told(g.services.issuance.new_link, affiliate.id, award_id)
    if secret is None:
        return go("award", slug=affiliate.slug, award_id=award_id)
    address = g.services.site.recipient_url(secret)
    return kept_nowhere(_page(affiliate, g.services.awarding.get(affiliate.id, award_id), link=address))


@member(Role.OWNER)
def erase(affiliate: Affiliate, award_id: str) -> Response:
    """Forget the person, on their request."""
    if request.form.get("sure") != "1":
        flash(gettext("Nothing was erased: tick the box that says you are sure."), "fail")
        return go("award", slug=affiliate.slug, award_id=award_id)
    done = told(lambda: (g.services.receiving.erase_award(affiliate.id, award_id), True)[1])
    message = gettext("Erased. Nothing about the person is kept, and the badge is not good any more.") if done else ""
    return go("awards", message, slug=affiliate.slug)


def _page(affiliate: Affiliate, found: Award, link: str = "") -> str:
    version = g.services.achievements.version(found.achievement_id, found.version)
    current = g.services.achievements.get(affiliate.id, found.achievement_id).version
    return render_template(
        "admin/award.html",
        affiliate=affiliate,
        award=found,
        version=version,
        levels=level_names(current),
        evidence="\n".join(one["url"] for one in found.evidence if one.get("url")),
        reasons={one: REASONS[one] for one in STAFF_REASONS},
        reason=REASONS.get(found.reason or "", ""),
        shown=found.state in SHOWN,
        in_force=found.state in _IN_FORCE,
        link=link,
        address=g.services.site.award_url(found.id),
    )


def _nothing_to_withdraw(affiliate: Affiliate, chosen: Sequence[Award]) -> Response:
    """Nothing is in force: the form was sent again, or somebody else was faster."""
    if len(chosen) == 1:
        tell(said(wrong_state(chosen[0]).sentence), "info")
        return go("award", slug=affiliate.slug, award_id=chosen[0].id)
    if chosen and all(one.state is AwardState.REVOKED for one in chosen):
        tell(gettext("All that you chose are withdrawn already. Nothing was changed."), "info")
    else:
        tell(gettext("Nothing was chosen that could be withdrawn."), "fail")
    return go("awards", slug=affiliate.slug)


def _withdrawn(affiliate: Affiliate, chosen: Sequence[Award], reason: str) -> Response:
    revoke, number = g.services.status_changes.revoke, 0
    if len(chosen) == 1:
        return _done(affiliate, chosen[0].id, _number_withdrawn(1), revoke, reason)
    for one in chosen:
        with suppress(StateError):  # what somebody else was faster with
            number += revoke(affiliate.id, one.id, reason) is not None
    rest = len(chosen) - number
    if rest:
        tell(ngettext("%(num)s of those you chose is not in force and is left out.",
                      "%(num)s of those you chose are not in force and are left out.", rest), "info")  # fmt: skip
    return go("awards", _number_withdrawn(number) if number else "", slug=affiliate.slug)


def _number_withdrawn(number: int) -> str:
    return str(ngettext("%(num)s badge is withdrawn.", "%(num)s badges are withdrawn.", number))


def _done(
    affiliate: Affiliate, award_id: str, message: str, action: Callable[..., Any], *args: Any, **values: Any
) -> Response:
    after: Award | None = told(action, affiliate.id, award_id, *args, **values)
    place = award_id if after is None else after.id
    return go("award", message if after else "", slug=affiliate.slug, award_id=place)
