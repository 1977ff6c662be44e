"""The VC-API of the W3C Credentials Community Group, for interoperability; off unless ``ISSUER_VC_API`` is set."""

from __future__ import annotations

from flask import Blueprint, abort, current_app

from issuer_service.services.errors import InvalidError
from issuer_service.web.vc_api import checking, issuing, resolving
from issuer_service.web.vc_api.asking import refused, unusable
from openbadges.errors import OpenBadgesError

__all__ = ["BLUEPRINT", "ROUTES"]

# address, name, view, methods
ROUTES = (
    ("/issuers/<slug>/<suite>/credentials/issue", "issue", issuing.issue, ("POST",)),
    ("/credentials/verify", "verify_credential", checking.verify_credential, ("POST",)),
    ("/presentations/verify", "verify_presentation", checking.verify_presentation, ("POST",)),
    ("/credentials/derive", "derive", issuing.derive, ("POST",)),
    ("/proof-only/credentials/verify", "verify_proof", checking.verify_proof, ("POST",)),
    ("/identifiers/<path:did>", "resolve", resolving.resolve, ("GET",)),
)

BLUEPRINT = Blueprint("vc_api", __name__)
for _rule, _name, _view, _methods in ROUTES:
    BLUEPRINT.add_url_rule(_rule, _name, _view, methods=_methods)
BLUEPRINT.register_error_handler(OpenBadgesError, refused)
BLUEPRINT.register_error_handler(InvalidError, unusable)


@BLUEPRINT.before_request
def only_when_on() -> None:
    """Off: the addresses do not exist."""
    if not current_app.config["SETTINGS"].vc_api:
        abort(404)
