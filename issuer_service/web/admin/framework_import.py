"""Bringing a list of skills in: a file or a paste is read and shown, with all that is wrong; then it is kept or not."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from itertools import islice
from types import MappingProxyType
from typing import Any

from flask import Response, flash, g, make_response, render_template, request
from flask_babel import gettext

from issuer_service.services.errors import ConflictError, InvalidError, NotFoundError
from issuer_service.services.framework_imports import SourceFile, UnreadableError
from issuer_service.services.framework_staging import Staged
from issuer_service.services.hashing import new_id
from issuer_service.services.records import Affiliate, Role
from issuer_service.services.sentences import N_
from issuer_service.web.admin.common import filled, go, problems_of
from issuer_service.web.admin.problem_rows import refusal
from issuer_service.web.admin.sending import seed
from issuer_service.web.auth import member, operator
from issuer_service.web.i18n import said
from issuer_service.web.security import sends
from openbadges.frameworks import ImportOptions, walk
from openbadges.frameworks.kinds import is_language, is_uri

__all__ = ["import_own", "import_shared", "staged_own", "staged_shared"]

_LONGEST_KEPT = 200_000  # characters of a paste that stand in the box again
_MOST_ITEMS, _MOST_CHANGES = 60, 100
# keys of openbadges.frameworks.IMPORTERS
FORMATS: Mapping[str, str] = MappingProxyType(
    {
        "json": N_("list from a site like this one (JSON)"),
        "case": N_("CASE package"),
        "ctdl-asn": N_("CTDL-ASN graph"),
        "esco": N_("ESCO tables"),
        "csv": N_("table (CSV)"),
    }
)
_FIELDS = ("title", "framework_id", "language", "version")


@member(Role.OWNER)
def import_own(affiliate: Affiliate) -> Any:
    """A list of the group's own."""
    return _import(affiliate)


@operator
def import_shared() -> Any:
    """A list for everybody here."""
    return _import(None)


@member(Role.OWNER)
def staged_own(affiliate: Affiliate, staged_id: str) -> Any:
    """What was read, to look at; keep it or not."""
    return _staged(affiliate, staged_id)


@operator
def staged_shared(staged_id: str) -> Any:
    """What was read, to look at; keep it or not."""
    return _staged(None, staged_id)


def _import(affiliate: Affiliate | None) -> Any:
    if not sends():
        return _form(affiliate)
    files = [
        SourceFile(data=file.stream, name=file.filename) for file in request.files.getlist("file") if file.filename
    ]
    pasted = request.form.get("text", "").strip()
    files = files or ([SourceFile(data=pasted.encode("utf-8", "surrogatepass"))] if pasted else [])
    if not files:
        return _form(affiliate, errors={"file": gettext("Choose a file, or paste the list.")})
    errors = _wrong_fields()
    if errors:
        return _form(affiliate, errors=errors)
    try:
        framework, source_format = g.services.framework_imports.read(files, options=_options(affiliate))
    except UnreadableError as error:
        return _form(affiliate, refused=error)
    except InvalidError as error:
        return _form(affiliate, errors=problems_of(error))
    staged_id = g.services.framework_staging.stage(
        framework,
        source_format=source_format,
        user_id=g.user.id,
        affiliate_id=affiliate.id if affiliate is not None else None,
        seed=seed(),
    )
    return _to("staged", affiliate, staged_id=staged_id)


def _staged(affiliate: Affiliate | None, staged_id: str) -> Any:
    owner = {"user_id": g.user.id, "affiliate_id": affiliate.id if affiliate is not None else None}
    try:
        staged: Staged = g.services.framework_staging.get(staged_id, **owner)
    except NotFoundError:
        if not sends() or request.form.get("do") != "keep":
            raise
        flash(gettext("This list does not wait any more. If you kept it, it is below; if not, read the file again."))
        return _to("skills", affiliate)
    if not sends():
        return _preview(affiliate, staged)
    if request.form.get("do") != "keep":
        g.services.framework_staging.drop(staged_id, user_id=g.user.id)
        return _to("import", affiliate, gettext("Nothing was brought in."))
    try:
        done = g.services.framework_staging.keep(staged_id, **owner)
    except UnreadableError as error:
        return _preview(affiliate, staged, refused=error)
    except (ConflictError, InvalidError) as error:
        words = " ".join(problems_of(error).values()) if isinstance(error, InvalidError) else said(error.sentence)
        return _preview(affiliate, staged, problem=words)
    name = done.view.title(str(g.user.language))
    if not done.is_changed:
        message = gettext("“%(name)s” was here already, word for word. Nothing changed.", name=name)
    elif done.is_new:
        message = gettext("“%(name)s” is here now. Its skills can be picked for badges.", name=name)
    else:
        message = gettext("“%(name)s” has a new version. Badges that were given keep the words they have.", name=name)
    return _to("skills", affiliate, message)


def _form(
    affiliate: Affiliate | None, *, errors: dict[str, str] | None = None, refused: UnreadableError | None = None
) -> Response:
    page = render_template(
        "admin/framework_import.html",
        affiliate=affiliate,
        given={"language": affiliate.language if affiliate else "en", **filled(*_FIELDS, "text")},
        errors=errors or {},
        refused=refusal(refused) if refused else None,
        again=bool(request.files.getlist("file")) and any(file.filename for file in request.files.getlist("file")),
        longest_kept=_LONGEST_KEPT,
    )
    return make_response(page, 422 if errors or refused else 200)


def _preview(
    affiliate: Affiliate | None, staged: Staged, *, refused: UnreadableError | None = None, problem: str = ""
) -> Response:
    framework = staged.framework
    lacking = [uri for uri in framework.extends if g.services.frameworks.by_uri(uri) is None]
    missing = [uri for uri in framework.uses if g.services.frameworks.by_uri(uri) is None]
    page = render_template(
        "admin/framework_staged.html",
        affiliate=affiliate,
        staged=staged,
        framework=framework,
        groups=sum(item.kind == "group" for item in framework.items),
        rows=list(islice(walk(framework.items), _MOST_ITEMS)),
        before=g.services.frameworks.get(staged.before.slug) if staged.before is not None else None,
        lacking=lacking,
        missing=missing,
        refused=refusal(refused) if refused else None,
        problem=problem,
        changes=staged.changes.as_document(_MOST_CHANGES) if staged.changes is not None else None,
        format_name=FORMATS.get(staged.source_format, ""),
    )
    return make_response(page, 422 if refused or problem else 200)


def _wrong_fields() -> dict[str, str]:
    given, errors = filled(*_FIELDS), {}
    if given.get("framework_id") and not is_uri(given["framework_id"].strip()):
        errors["framework_id"] = gettext("Write it in full, with https:// in front, or leave it empty.")
    if given.get("language") and not is_language(given["language"].strip()):
        errors["language"] = gettext("Write a language code such as “es” or “pt-BR”.")
    return errors


def _options(affiliate: Affiliate | None) -> ImportOptions:
    """What the form says of a table that does not say it itself; its address follows from its name."""
    given = {name: text.strip() for name, text in filled(*_FIELDS).items()}
    title = given.get("title") or None
    return ImportOptions(
        language=given.get("language") or (affiliate.language if affiliate else "en"),
        framework_id=given.get("framework_id") or (_address(title, affiliate) if title else None),
        title=title,
        version=given.get("version") or None,
    )


def _address(title: str, affiliate: Affiliate | None) -> str:
    """An address on this site for a list that has none: made of its name, so that the next version has the same."""
    bare = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode("ascii").lower()
    words: Sequence[str] = re.findall(r"[a-z0-9]+", bare)
    name = "-".join([*([affiliate.slug] if affiliate is not None else []), *words])[:60].strip("-") or new_id()[:8]
    return f"{g.services.site.base_url}/frameworks/{name}"


def _to(page: str, affiliate: Affiliate | None, message: str = "", **values: Any) -> Response:
    """Another page of the same walk, for the group or for the site."""
    if affiliate is None:
        return go(f"{page}_shared", message, **values)
    return go(f"{page}_own", message, slug=affiliate.slug, **values)
