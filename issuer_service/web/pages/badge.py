"""The public page of a badge, its files, its QR code and its check."""

from __future__ import annotations

import json
from dataclasses import replace

from flask import Response, abort, current_app, g, make_response, render_template, url_for

from issuer_service.services.awarding import PublicBadge
from issuer_service.services.drafts import ACHIEVEMENT_TYPES, METHODS
from issuer_service.services.records import Award, RecipientKind, Visibility
from issuer_service.services.verification import Verdict
from issuer_service.web import limits
from issuer_service.web.badge_view import BadgeView, read_badge
from issuer_service.web.negotiation import BADGE_FORMS, choose
from issuer_service.web.pages.asking import KINDS, answered, asked_recipients
from issuer_service.web.qr import qr_png, qr_svg
from issuer_service.web.report_words import check_lines, state_of
from issuer_service.web.security import kept, open_to_all, sends
from issuer_service.web.sharing import embed_snippet, linkedin_url
from issuer_service.web.skill_chips import with_pages
from issuer_service.web.words import language_name, locale, web_link
from openbadges import Recipient

__all__ = ["award_file", "badge", "badge_file", "badge_qr", "badge_verify", "shown_badge"]

_MEDIA_TYPES = {"json": "application/vc", "jwt": "application/vc+jwt", "png": "image/png", "svg": "image/svg+xml"}


def badge(award_id: str) -> Response:
    """The badge in the form that is asked for; the page only for those who ask for HTML."""
    form = choose(BADGE_FORMS)
    found = g.services.awarding.public(award_id)
    if form.name == "html":
        return _kept_short(_page(found))
    answer = open_to_all(kept(award_file(found.award, form.name, form.media_type), "no-cache"))
    answer.vary.add("Accept")
    return answer


def badge_file(award_id: str, form: str) -> Response:
    """The badge in one form, whatever is asked for."""
    award = g.services.awarding.public(award_id).award
    return open_to_all(kept(award_file(award, form, _MEDIA_TYPES[form]), "no-cache"))


def badge_qr(award_id: str, form: str) -> Response:
    """The address of the badge as a QR code."""
    award = g.services.awarding.public(award_id).award
    address = g.services.site.award_url(award.id)
    data = qr_svg(address) if form == "svg" else qr_png(address)
    answer = Response(data, mimetype=_MEDIA_TYPES[form])
    answer.headers["Cache-Control"] = "public, max-age=3600"
    return open_to_all(answer)


def badge_verify(award_id: str) -> Response:
    """Check again, and whether it was given to a certain person: the text is compared and not kept."""
    limits.count("verify")
    found = g.services.awarding.public(award_id)
    asked, problem = asked_recipients(found.affiliate.recipient_prefix) if sends() else ((), "")

    def check(recipient: Recipient | None) -> Verdict:
        verdict: Verdict = g.services.verification.verify_award(found.award, recipient=recipient)
        return verdict

    verdict = answered(asked, check)
    if not sends() and choose({"application/json": "json", "text/html": "html"}).name == "json":
        answer = Response(json.dumps(verdict.report.to_json(), ensure_ascii=False), mimetype="application/json")
        answer.vary.add("Accept")
        return _kept_short(answer)
    page = render_template(
        "public/badge_verify.html",
        award=found.award,
        affiliate=found.affiliate,
        accent=found.affiliate.accent,
        view=_view(found, verdict),
        state=state_of(verdict.report, known=verdict.is_known, reason=verdict.reason),
        lines=check_lines(verdict.report),
        report=verdict.report,
        kinds=KINDS,
        asked=bool(asked),
        problem=problem,
    )
    return _kept_short(make_response(page, 422 if problem else 200))


def award_file(award: Award, form: str, media_type: str) -> Response:
    """One of the forms of a signed badge. An SVG is for keeping, and never shown by the browser as a page."""
    if award.signed_json is None or award.signed_jwt is None:
        abort(404)
    if form in ("png", "svg"):
        answer = Response(g.services.issuance.baked(award, form), content_type=media_type)
        how = "attachment" if form == "svg" else "inline"
        answer.headers.set("Content-Disposition", how, filename=f"badge-{award.id[:8]}.{form}")
        return answer
    kind = f"{media_type}; charset=utf-8" if media_type == "text/plain" else media_type
    return Response(award.signed_json if form == "json" else award.signed_jwt, content_type=kind)


def shown_badge(found: PublicBadge, verdict: Verdict) -> dict[str, object]:
    """What templates need to show a badge of this site."""
    award, view, site = found.award, _view(found, verdict), g.services.site
    words = g.services.achievements.in_language(found.version, [str(locale()), award.language])
    address = site.award_url(award.id)
    return {
        "award": award,
        "affiliate": found.affiliate,
        "accent": found.affiliate.accent,
        "version": found.version,
        "view": view,
        "words": words,
        "signed_in": language_name(award.language) if words.language != award.language else "",
        "kind": ACHIEVEMENT_TYPES.get(found.version.achievement_type, ""),
        "method": METHODS.get(found.version.method, "") if found.version.method else "",
        "state": state_of(verdict.report, known=verdict.is_known, reason=verdict.reason),
        "lines": check_lines(verdict.report),
        "report": verdict.report,
        "address": address,
        "short_address": address.partition("://")[2],
        "picture": _picture(found),
        "shown_name": award.recipient_value
        if award.show_name and award.recipient_kind is not RecipientKind.DID
        else "",
        "is_public": award.visibility is Visibility.PUBLIC,
        "replaced_by": found.replaced_by,
        "linkedin": linkedin_url(
            name=words.name,
            issuer=found.affiliate.name,
            address=address,
            badge_id=award.credential_id or award.id,
            awarded=award.awarded_at,
            ends=award.valid_until,
        ),
        "embed": embed_snippet(name=words.name, address=address),
    }


def _page(found: PublicBadge) -> Response:
    verdict = g.services.verification.verify_award(found.award)
    answer = make_response(render_template("public/badge.html", **shown_badge(found, verdict)))
    answer.vary.add("Accept")
    if found.award.visibility is not Visibility.PUBLIC:
        answer.headers["X-Robots-Tag"] = "noindex"
    return answer


def _view(found: PublicBadge, verdict: Verdict) -> BadgeView:
    """The signed content, with the words in the reader's language where the issuer translated them."""
    if verdict.document is None:
        return BadgeView()
    view = with_pages(read_badge(verdict.document, g.services.site.base_url))
    words = g.services.achievements.in_language(found.version, [str(locale()), found.award.language])
    host = web_link(found.affiliate.url)
    return replace(
        view,
        name=words.name,
        description=words.description,
        criteria=words.criteria,
        issuer_url=host or view.issuer_url,
    )


def _picture(found: PublicBadge) -> str:
    return url_for("pages.image", image_id=found.version.image_id or "plain")


def _kept_short(answer: Response) -> Response:
    answer.headers["Cache-Control"] = "no-store" if current_app.config["SECURE"] and g.user else "no-cache"
    return answer
