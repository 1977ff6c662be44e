"""One's own account: password and language."""

from __future__ import annotations

from typing import Any

from flask import g, make_response, render_template, request
from flask_babel import gettext

from issuer_service.services.accounts import SHORTEST_PASSWORD
from issuer_service.services.errors import InvalidError, SignInError
from issuer_service.web import limits
from issuer_service.web.admin.common import go, problems_of, told
from issuer_service.web.auth import set_session, signed_in
from issuer_service.web.i18n import LANGUAGES, said
from issuer_service.web.security import sends

__all__ = ["account"]


@signed_in
def account() -> Any:
    """Change the password, which ends every other session, or the language of the desk."""
    errors: dict[str, str] = {}
    if sends() and request.form.get("do") == "language":
        language = request.form.get("language", "")
        if language in LANGUAGES and told(g.services.accounts.set_language, g.user.id, language):
            return go("account", gettext("Saved."), lang=language)  # also here, whatever was chosen below a page
    elif sends():
        limits.count("sign_in", g.user.id)
        try:
            return _changed()
        except SignInError as error:
            errors = {"old": said(error.sentence)}
        except InvalidError as error:
            errors = problems_of(error)
    page = render_template("admin/account.html", errors=errors, all_languages=LANGUAGES, shortest=SHORTEST_PASSWORD)
    return make_response(page, 422 if errors else 200)


def _changed() -> Any:
    accounts = g.services.accounts
    user = accounts.change_password(g.user.id, request.form.get("old", ""), request.form.get("password", ""))
    answer = go("account", gettext("The password is changed, and every other browser is signed out."))
    set_session(answer, accounts.open_session(user.id)[0])
    return answer
