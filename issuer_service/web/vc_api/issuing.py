"""Issuing, and deriving a part of what was issued."""

from __future__ import annotations

from flask import Response, g

from issuer_service.services.records import ApiToken
from issuer_service.services.tools import Tools
from issuer_service.services.vc_instances import VcInstances
from issuer_service.web.vc_api.asking import GENERIC, answer, object_member, options_of, read_body, with_token
from openbadges.errors import MalformedError
from openbadges.proofs import selective

__all__ = ["derive", "issue"]


@with_token
def issue(token: ApiToken, slug: str, suite: str) -> Response:
    """Sign a credential in the name of the instance."""
    body = read_body("credential")
    cases = g.services
    tools = Tools(store=cases.store, keystore=cases.keystore, clock=cases.clock, site=cases.site)
    credential = object_member(body, "credential")
    signed = VcInstances(tools).issue(token, slug, suite, credential, options_of(body))
    return answer({"verifiableCredential": signed}, 201)


@with_token
def derive(_token: ApiToken) -> Response:
    """Show chosen parts of a credential with a base proof (ecdsa-sd-2023)."""
    body = read_body("verifiableCredential")
    credential = object_member(body, "verifiableCredential")
    pointers = options_of(body).get("selectivePointers", [])
    if not isinstance(pointers, list) or not all(isinstance(pointer, str) for pointer in pointers):
        raise MalformedError("selective.pointer_form", pointer="/options/selectivePointers")
    return answer(selective.derive(credential, pointers, contexts=GENERIC), 201)
