"""Two programs that change the same thing: whoever says what they have read does not overwrite the other (RFC 9110)."""

from __future__ import annotations

import hashlib
import json

from flask import request
from pydantic import BaseModel

from issuer_service.services.errors import OvertakenError

__all__ = ["check_if_match", "etag_of"]


def etag_of(shown: BaseModel) -> str:
    """The tag of an answer: another one for whatever differs in it."""
    text = json.dumps(shown.model_dump(mode="json"), sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def check_if_match(now: str) -> None:
    """Refuse a request whose ``If-Match`` names another tag than that of what is there now.

    Call it in the transaction that makes the change: between reading and writing somebody else could be faster.

    Raises:
        OvertakenError: Nothing may be changed.
    """
    if "If-Match" not in request.headers:
        return
    wanted = request.if_match
    if not wanted.star_tag and not wanted.is_strong(now):
        raise OvertakenError("precondition.overtaken")
