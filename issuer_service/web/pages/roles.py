"""What a role asks here, as a list to print; with one's own badges, what is there of it and what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from flask import Response, abort, g, make_response, render_template, request
from flask_babel import gettext

from issuer_service.services.errors import InvalidError, NotFoundError
from issuer_service.services.framework_views import Merged
from issuer_service.services.records import Affiliate, AffiliateState, Award
from issuer_service.services.role_progress import LookedAt, compare
from issuer_service.web import limits
from issuer_service.web.i18n import said
from issuer_service.web.report_words import State, state_of
from issuer_service.web.role_view import EVIDENCE, STATES, sections
from issuer_service.web.security import sends
from openbadges import unbake
from openbadges.errors import OpenBadgesError
from openbadges.frameworks import Profile

__all__ = ["Brought", "brought_badges", "kept_nowhere", "role_page", "roles"]

_LARGEST_UPLOAD = 12 * 1024 * 1024
_MOST_BADGES = 20
_LONGEST_CARRIED = 60_000  # characters of all badges together that the page hands back for another role


@dataclass
class Brought:
    """The badges of one request.

    Attributes:
        looked_at: Those that could be looked at.
        problems: What was no badge at all, with the reason: name and sentence.
        carried: The badges as texts, so that another role can be looked at without choosing the files again.
    """

    looked_at: list[LookedAt] = field(default_factory=list)
    problems: list[tuple[str, str]] = field(default_factory=list)
    carried: list[str] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was brought."""
        return not (self.looked_at or self.problems)

    def states(self) -> Sequence[tuple[LookedAt, State]]:
        """Each badge with the words for its state."""
        return [(one, state_of(one.verdict.report, known=one.verdict.is_known)) for one in self.looked_at]


def roles() -> Response:
    """What a role asks; badges that are sent are checked, compared and forgotten."""
    if not sends():
        return make_response(role_page())
    return kept_nowhere(role_page(_brought()))


def role_page(brought: Brought | None = None, *, secret: str = "", csrf: str = "") -> str:
    """The page for the role, situation and group of the address.

    Args:
        brought: One's own badges.
        secret: Of a recipient's private link, under which the page stands then.
        csrf: The token of that page's forms.
    """
    brought = brought or Brought()
    group = _group()
    merged: Merged = g.services.local_layers.merged(group.id if group else None)
    role, context = request.values.get("role", "")[:200], request.values.get("context", "")[:200]
    profile, problem = _profile(role, context, group)
    progress = None
    if profile is not None and not brought.is_empty:
        progress = compare(brought.looked_at, profile, merged.catalogue)
    offered = [(one, found) for one in merged.catalogue.frameworks for found in one.roles]
    return render_template(
        "frameworks/roles.html",
        group=group,
        accent=group.accent if group else None,
        groups=g.services.affiliates.all(AffiliateState.APPROVED),
        merged=merged,
        offered=offered,
        contexts=[found for one in merged.catalogue.frameworks for found in one.contexts],
        chosen={"role": role, "context": context, "of": group.slug if group else ""},
        problem=problem,
        profile=profile,
        role=next((found for _, found in offered if profile is not None and found.code == profile.role), None),
        situation=merged.catalogue.context(profile.context) if profile is not None and profile.context else None,
        cautions=[EVIDENCE[name] for name, yes in profile.evidence.items() if not yes and name in EVIDENCE]
        if profile is not None
        else (),
        sections=sections(profile, merged.catalogue, progress, brought.looked_at) if profile is not None else (),
        progress=progress,
        progress_states=STATES,
        brought=brought,
        secret=secret,
        csrf=csrf,
    )


def kept_nowhere(page: str) -> Response:
    """An answer about somebody's badges."""
    answer = make_response(page)
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    return answer


def _group() -> Affiliate | None:
    slug = request.values.get("of", "")
    if not slug:
        return None
    group: Affiliate = g.services.affiliates.by_slug(slug)  # NotFoundError is a 404
    if group.state is AffiliateState.PENDING:
        abort(404)
    return group


def _profile(role: str, context: str, group: Affiliate | None) -> tuple[Profile | None, str]:
    """What is asked, or why it cannot be said."""
    if not role:
        return None, ""
    try:
        found: Profile = g.services.local_layers.profile(role, context or None, group.id if group else None)
    except InvalidError as error:
        return None, " ".join(said(one.sentence) for one in error.problems)
    return found, ""


def brought_badges(own: Award | None = None) -> Brought:
    """The badges of this request: files, a text, and those that the page carried from before.

    Args:
        own: The badge of a private link.
    """
    found = Brought()
    if own is not None:
        _own(found, own)
    if sends():
        request.max_content_length = _LARGEST_UPLOAD
        request.max_form_memory_size = _LARGEST_UPLOAD
        limits.count("progress")
        given: list[tuple[str, bytes | str]] = [
            (file.filename or gettext("A file"), data)
            for file in request.files.getlist("file")[:_MOST_BADGES]
            if (data := file.read())
        ]
        pasted = request.form.get("text", "").strip()
        given += [(gettext("What you pasted"), pasted)] if pasted else []
        given += [(gettext("From before"), text) for text in request.form.getlist("carried") if text]
        for name, badge in given[:_MOST_BADGES]:
            _look(found, name, badge)
    return found


def _brought() -> Brought:
    found = brought_badges()
    if found.is_empty:
        found.problems.append(("", gettext("There is nothing to look at yet. Choose the files of your badges.")))
    return found


def _look(found: Brought, name: str, badge: bytes | str) -> None:
    verification, receiving = g.services.verification, g.services.receiving
    try:
        if isinstance(badge, bytes):
            verdict = verification.verify_file(badge)
        else:
            path = g.services.site.path_of(badge) or ""
            if path.startswith("/r/"):
                return _own(found, receiving.by_secret(path.removeprefix("/r/").partition("/")[0]))
            verdict = verification.verify_text(badge)
    except InvalidError as error:
        found.problems.append((name, " ".join(said(one.sentence) for one in error.problems)))
        return None
    except NotFoundError as error:
        found.problems.append((name, said(error.sentence)))
        return None
    one = LookedAt(name[:200], verdict)
    if one.id in [each.id for each in found.looked_at]:
        return None
    found.looked_at.append(one)
    _carry(found, badge)
    return None


def _own(found: Brought, award: Award) -> None:
    """The badge of a private link; it is not carried along, because the link is."""
    try:
        verdict = g.services.verification.verify_award(award)
    except NotFoundError as error:
        found.problems.append((gettext("Your badge"), said(error.sentence)))
        return
    one = LookedAt(gettext("Your badge"), verdict)
    if one.id not in [each.id for each in found.looked_at]:
        found.looked_at.append(one)


def _carry(found: Brought, badge: bytes | str) -> None:
    text = badge if isinstance(badge, str) else _text_of(badge)
    if text and sum(map(len, found.carried)) + len(text) <= _LONGEST_CARRIED:
        found.carried.append(text)


def _text_of(data: bytes) -> str:
    try:
        return unbake(data).text
    except OpenBadgesError:
        pass
    try:
        return data.decode("utf-8").strip()
    except UnicodeDecodeError:
        return ""
