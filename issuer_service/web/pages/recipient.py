"""The private page of a recipient: the secret in its address is all that is needed, and nobody else gets to know it."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from functools import wraps
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, cast

from flask import Response, abort, current_app, g, make_response, redirect, render_template, request, url_for
from flask_babel import gettext

from issuer_service.services.awarding import PublicBadge
from issuer_service.services.errors import BusyError, ConflictError, InvalidError
from issuer_service.services.records import Award, AwardState, Visibility
from issuer_service.services.sentences import N_
from issuer_service.web import limits
from issuer_service.web.i18n import said
from issuer_service.web.pages.badge import award_file, shown_badge
from issuer_service.web.pages.roles import brought_badges, role_page
from issuer_service.web.security import check_token, sends
from issuer_service.web.words import locale

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["claim", "data", "erase", "file", "name", "page", "roles", "visibility"]

# what a link back to the page may ask it to say
_DONE: Mapping[str, str] = MappingProxyType(
    {
        "saved": N_("Saved."),
        "claimed": N_("Done. This is your new badge. The one before it is withdrawn, as replaced by this one."),
    }
)
_AN_HOUR = 60 * 60
_MEDIA_TYPES = {"json": "application/vc", "jwt": "application/vc+jwt", "png": "image/png", "svg": "image/svg+xml"}


def _private(view: Callable[..., Any]) -> Callable[..., Any]:
    """The answer is kept nowhere and found by no search engine; a form needs the token that belongs to the secret."""

    @wraps(view)
    def guarded(secret: str, **values: Any) -> Response:
        award: Award = g.services.receiving.by_secret(secret)  # NotFoundError is a 404
        if sends():
            check_token(_token(secret))
        answer = make_response(view(secret, award, **values))
        answer.headers["Cache-Control"] = "no-store"
        answer.headers["X-Robots-Tag"] = "noindex, nofollow"
        return answer

    return guarded


@_private
def page(secret: str, award: Award) -> str:
    """What the recipient has, and everything that can be done with it."""
    return _page(secret, award)


@_private
def visibility(secret: str, award: Award) -> Any:
    """Who can open the badge's page and, where that was asked too, whether it says the name."""
    del award
    try:
        wanted = Visibility(request.form.get("visibility", ""))
    except ValueError:
        abort(400)
    g.services.receiving.set_visibility(secret, wanted)
    if "with_name" in request.form:
        g.services.receiving.show_name(secret, request.form.get("show") == "1")
    return _back(secret, "saved")


@_private
def name(secret: str, award: Award) -> Any:
    """Whether the badge's page says the name."""
    del award
    g.services.receiving.show_name(secret, request.form.get("show") == "1")
    return _back(secret, "saved")


@_private
def claim(secret: str, award: Award) -> Any:
    """Have the badge made out to a key or to a user name instead."""
    limits.count("claim")
    kind, value = request.form.get("kind", ""), request.form.get("value", "").strip()
    try:
        claimed = _claimed(secret, award, kind, value)
    except InvalidError as error:
        text = " ".join(said(one.sentence) for one in error.problems)
        return _page(secret, award, problem=text, kind=kind, typed=value), 422
    except (BusyError, ConflictError) as error:
        status = 503 if isinstance(error, BusyError) else 409
        return _page(secret, award, problem=said(error.sentence), kind=kind, typed=value), status
    if claimed.state is not AwardState.ISSUED:
        return render_template("recipient/waiting.html", secret=secret)
    return _back(secret, "claimed")


def _claimed(secret: str, award: Award, kind: str, value: str) -> Award:
    """The new badge. A user name is taken at its owner's word; a key has to be proved (decision 0032)."""
    receiving = g.services.receiving
    if kind == "username":
        named: Award = receiving.claim_username(secret, value)
        return named
    if kind != "did":
        abort(400)
    challenge = request.form.get("challenge", "")
    if not _is_fresh(challenge, award):
        raise InvalidError.of("presentation", "claim.old")
    keyed: Award = receiving.claim_did(secret, value, challenge=challenge, domain=_domain())
    return keyed


@_private
def erase(secret: str, award: Award) -> Any:
    """Ask first, and name what cannot be undone; then erase."""
    if not sends():
        return _erase_page(secret, award)
    if request.form.get("sure") != "1":
        return _erase_page(secret, award, gettext("Tick the box if you are sure.")), 422
    g.services.receiving.erase(secret)
    return render_template("recipient/erased.html")


@_private
def roles(secret: str, award: Award) -> str:
    """What a role asks, with what this badge shows of it."""
    return role_page(brought_badges(award), secret=secret, csrf=_token(secret))


@_private
def data(secret: str, award: Award) -> Response:
    """Everything that is kept about it."""
    found = g.services.receiving.export(secret)
    answer = Response(json.dumps(found, ensure_ascii=False, indent=2), mimetype="application/json")
    answer.headers.set("Content-Disposition", "attachment", filename=f"badge-{award.id[:8]}-data.json")
    return answer


@_private
def file(secret: str, award: Award, form: str) -> Response:
    """The badge to take along; works for hidden ones too."""
    del secret
    answer = award_file(award, form, _MEDIA_TYPES[form])
    answer.headers.set("Content-Disposition", "attachment", filename=f"badge-{award.id[:8]}.{form}")
    return answer


def _page(secret: str, award: Award, *, problem: str = "", kind: str = "", typed: str = "") -> str:
    verdict = g.services.verification.verify_award(award)
    done = _DONE.get(request.args.get("done", "")) if not sends() else None
    return render_template(
        "recipient/page.html",
        **shown_badge(_badge_of(award), verdict),
        secret=secret,
        csrf=_token(secret),
        problem=problem,
        claimed_kind=kind,
        typed=typed,
        challenge=_challenge(award),
        domain=_domain(),
        done=gettext(done) if done else "",
    )


def _erase_page(secret: str, award: Award, problem: str = "") -> str:
    found = _badge_of(award)
    words = g.services.achievements.in_language(found.version, [str(locale()), award.language])
    return render_template(
        "recipient/erase.html",
        secret=secret,
        csrf=_token(secret),
        problem=problem,
        affiliate=found.affiliate,
        accent=found.affiliate.accent,
        words=words,
    )


def _badge_of(award: Award) -> PublicBadge:
    """The badge for its own recipient, hidden or not."""
    return PublicBadge(
        award=award,
        affiliate=g.services.affiliates.get(award.affiliate_id),
        version=g.services.achievements.version(award.achievement_id, award.version),
    )


def _back(secret: str, done: str) -> Any:
    return redirect(url_for("pages.recipient", secret=secret, done=done), 303)


def _token(secret: str) -> str:
    """There is no session here: the token is made from the secret and the site's key, so only this page can hold it."""
    return _mac("recipient form", secret)


def _challenge(award: Award) -> str:
    """What the holder of a key signs: good for this badge and an hour. Once it was used there is another badge.

    Who pasted something wrong is given the same one again, so that what is signed already can still be used.
    """
    sent = request.form.get("challenge", "")
    if sent and _is_fresh(sent, award):
        return sent
    made_at = f"{int(g.services.clock.now().timestamp()):x}"
    return f"{made_at}-{_mac('claim', f'{award.id} {made_at}')[:32]}"


def _is_fresh(challenge: str, award: Award) -> bool:
    made_at, _, mark = challenge.partition("-")
    wanted = _mac("claim", f"{award.id} {made_at}")[:32]
    if not hmac.compare_digest(mark.encode("utf-8", "surrogatepass"), wanted.encode()):
        return False
    return 0 <= int(g.services.clock.now().timestamp()) - int(made_at, 16) <= _AN_HOUR  # our own: it is a number


def _domain() -> str:
    """Who asks for the proof."""
    return cast("str", current_app.config["SETTINGS"].host)


def _mac(purpose: str, text: str) -> str:
    key = cast("str", current_app.config["SECRET_KEY"]).encode()
    message = f"{purpose}\0{text}".encode("utf-8", "surrogatepass")
    return hmac.new(key, message, hashlib.sha256).hexdigest()
