"""The issuers from elsewhere that this site's operator knows: what makes "known" more than "well signed"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from issuer_service.services.errors import NotFoundError
from issuer_service.services.forms import Form, is_web_address
from issuer_service.services.identifiers import is_did
from issuer_service.services.records import KnownIssuer
from issuer_service.services.tools import Tools

__all__ = ["KnownIssuers"]


@dataclass(frozen=True, slots=True)
class KnownIssuers:
    """Use cases of the operator about issuers from elsewhere."""

    tools: Tools

    def all(self) -> Sequence[KnownIssuer]:
        """The list, by name."""
        with self.tools.store.read() as work:
            return sorted(work.known_issuers(), key=lambda issuer: (issuer.name.casefold(), issuer.issuer_id))

    def find(self, issuer_id: str) -> KnownIssuer | None:
        """The entry with exactly this id."""
        with self.tools.store.read() as work:
            return work.known_issuer(issuer_id)

    def add(self, issuer_id: str, name: str, note: str = "", *, user_id: str) -> KnownIssuer:
        """Add an issuer, or change its name and note.

        Raises:
            InvalidError: The id is neither a DID nor a web address, or there is no name.
        """
        form = Form({"issuer_id": issuer_id, "name": name, "note": note}, ("issuer_id", "name", "note"))
        identifier = form.text("issuer_id", longest=2_048, required=True)
        if identifier and not is_did(identifier) and not is_web_address(identifier):
            form.refuse("issuer_id", "known_issuer.id")
        title = form.text("name", longest=200, required=True)
        remark = form.text("note", longest=2_000, lines=True)
        form.finish()
        now = self.tools.now()
        issuer = KnownIssuer(issuer_id=identifier, name=title, note=remark, added_by=user_id, added_at=now)
        with self.tools.store.write() as work:
            work.save_known_issuer(issuer)
        return issuer

    def remove(self, issuer_id: str) -> None:
        """Take an issuer off the list.

        Raises:
            NotFoundError: It is not on it.
        """
        with self.tools.store.write() as work:
            if work.known_issuer(issuer_id) is None:
                raise NotFoundError("known_issuer.not_found")
            work.remove_known_issuer(issuer_id)
