"""The same form sent twice makes one thing: somebody on a slow line presses the button once more (S-IDEM-1).

A form that makes something carries a number of its own. What comes of it gets its id, and its secret if it has one,
from that number and from what is in the form: so the second time finds it there, and whoever changes something in the
form after going back makes another thing.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets

from flask import current_app, g, request

__all__ = ["once", "seed"]

_NOT_OF_IT = frozenset({"csrf", "do"})  # the session may be a new one; "save" and "publish" are about the same badge


def once(made: object = None) -> str:
    """The number of a form that is shown: its own when it is shown again, unless something was ``made`` of it."""
    kept = "" if made else request.form.get("once", "")[:64]
    return kept or secrets.token_urlsafe(16)


def seed() -> str:
    """What this form of this person has again when it is sent again, and nobody else can know.

    Nothing where a form has no number: each time is the first one then.
    """
    if not request.form.get("once"):
        return ""
    made = hmac.new(str(current_app.config["SECRET_KEY"]).encode(), digestmod=hashlib.sha256)
    for part in (g.user.id, request.path, *_fields()):
        data = part.encode("utf-8", "surrogatepass")
        made.update(f"{len(data)} ".encode() + data)
    return made.hexdigest()


def _fields() -> list[str]:
    found = [part for field in request.form.items(multi=True) if field[0] not in _NOT_OF_IT for part in field]
    for name, file in request.files.items(multi=True):
        found += [name, hashlib.file_digest(file.stream, "sha256").hexdigest()]  # type: ignore[arg-type]
        file.stream.seek(0)
    return found
