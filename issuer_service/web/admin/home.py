"""What do you want to do?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from flask import g, redirect, render_template, url_for
from flask_babel import gettext, ngettext

from issuer_service.services.achievements import Held
from issuer_service.services.records import AchievementState, Affiliate, AffiliateState, Award, AwardState, Role
from issuer_service.web.admin.common import can
from issuer_service.web.auth import member, signed_in
from issuer_service.web.words import day

__all__ = ["group", "home"]


class Task(NamedTuple):
    """Something that waits for somebody."""

    text: str
    url: str
    action: str


class Step(NamedTuple):
    """One of the three first steps."""

    name: str
    about: str
    url: str
    done: bool


@signed_in
def home() -> Any:
    """The groups one belongs to; straight on when there is only one and nothing else to do."""
    memberships = g.services.accounts.memberships(g.user.id)
    groups = [(g.services.affiliates.get(one.affiliate_id), one.role) for one in memberships]
    if len(groups) == 1 and not g.user.is_operator:
        return redirect(url_for("admin.group", slug=groups[0][0].slug))
    groups.sort(key=lambda found: found[0].name.casefold())
    pending = g.services.affiliates.all(AffiliateState.PENDING) if g.user.is_operator else ()
    return render_template("admin/home.html", groups=groups, pending=pending)


@member(Role.VIEWER)
def group(affiliate: Affiliate) -> str:
    """Three large choices, what needs attention, and the three steps of the first run until they are done."""
    held = g.services.achievements.all(affiliate.id)
    recent = g.services.awarding.find(affiliate.id, limit=50)
    steps = _steps(affiliate, held, recent.total) if can(Role.OWNER) else ()
    return render_template(
        "admin/group.html",
        affiliate=affiliate,
        tasks=_tasks(affiliate, held, recent.items) if can(Role.AWARDER) else (),
        steps=() if all(step.done for step in steps) else steps,
    )


def _steps(affiliate: Affiliate, held: Sequence[Held], given: int) -> tuple[Step, ...]:
    slug = affiliate.slug
    published = any(one.achievement.state is not AchievementState.DRAFT for one in held)
    return (
        Step(
            gettext("Say who you are"),
            gettext("A sentence about your group, so that people know who gives the badge."),
            url_for("admin.settings", slug=slug),
            bool(affiliate.description),
        ),
        Step(
            gettext("Make your first badge"),
            gettext("A name, what it takes, and a picture. Publish it when it is ready."),
            url_for("admin.badges" if held else "admin.badge_new", slug=slug),
            published,
        ),
        Step(
            gettext("Give it"),
            gettext("Paste the names. You have time to undo."),
            url_for("admin.give_choose", slug=slug),
            bool(given),
        ),
    )


def _tasks(affiliate: Affiliate, held: Sequence[Held], recent: Sequence[Award]) -> list[Task]:
    """What somebody who may give badges can do now; of the drafts, what an owner can do."""
    slug, tasks = affiliate.slug, []
    names = {one.achievement.id: one.version.name for one in held}
    waiting = g.services.awarding.find(affiliate.id, states=[AwardState.WAITING], limit=50)
    for batch_id in dict.fromkeys(award.batch_id for award in waiting.items):
        view = g.services.awarding.batch(affiliate.id, batch_id, limit=0)
        name = names.get(view.batch.achievement_id, "")
        if view.batch.send_at > g.services.clock.now():
            text = ngettext("“%(name)s”: %(num)s badge is waiting and can still be undone.",
                            "“%(name)s”: %(num)s badges are waiting and can still be undone.",
                            view.waiting, name=name)  # fmt: skip
        else:
            text = ngettext("“%(name)s”: %(num)s badge is being signed.",
                            "“%(name)s”: %(num)s badges are being signed.", view.waiting, name=name)  # fmt: skip
        tasks.append(Task(text, url_for("admin.batch", slug=slug, batch_id=batch_id), gettext("Look at them")))
    unsent = [one for one in recent if one.state is AwardState.ISSUED and not one.secret_hash and not one.replaced_by]
    for batch_id, first in {award.batch_id: award for award in reversed(unsent)}.items():
        number = sum(award.batch_id == batch_id for award in unsent)
        text = ngettext("“%(name)s” of %(day)s: %(num)s private link was not handed over yet.",
                        "“%(name)s” of %(day)s: %(num)s private links were not handed over yet.",
                        number, name=names.get(first.achievement_id, ""), day=day(first.awarded_at))  # fmt: skip
        tasks.append(Task(text, url_for("admin.batch", slug=slug, batch_id=batch_id), gettext("Get the links")))
    for one in held if can(Role.OWNER) else ():
        if one.achievement.state is AchievementState.DRAFT:
            text = gettext("“%(name)s” is a draft.", name=one.version.name)
            url = url_for("admin.badge", slug=slug, achievement_id=one.achievement.id)
            tasks.append(Task(text, url, gettext("Finish it")))
    return tasks[:8]
