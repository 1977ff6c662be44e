"""A web in memory: what is published is there, everything else cannot be reached."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from openbadges.dids.web import did_web_document, did_web_url
from openbadges.errors import ConfigurationError, OpenBadgesError, UnreachableError
from openbadges.issuing import Form
from openbadges.keys import PublicKey, Signer, jwks
from openbadges.ports import Fetched
from openbadges.secured import SecuredCredential
from openbadges.status import build_revocation_list
from openbadges.testing.documents import sign, status_list
from openbadges.testing.keys import fixed_key

__all__ = ["FakeWeb"]


@dataclass(slots=True)
class _List:
    """A status list that the web serves, and what it takes to sign it again."""

    signer: Signer
    purpose: str
    indexes: set[int]
    form: Form


class FakeWeb:
    """A web in memory that implements ``openbadges.ports.Fetcher``; what is not published cannot be reached.

    Attributes:
        requests: Every URL that was asked for, in order.
    """

    def __init__(self) -> None:
        self.requests: list[str] = []
        self._pages: dict[str, Fetched] = {}
        self._failures: dict[str, OpenBadgesError] = {}
        self._lists: dict[str, _List] = {}
        self._revoked: dict[str, tuple[str, dict[str, str | None]]] = {}

    def get(
        self,
        url: str,
        *,
        accept: str,  # noqa: ARG002 - part of the port
        max_bytes: int,  # noqa: ARG002 - as above; the verifier measures what it gets
        redirects: int | None = None,
    ) -> Fetched:
        """As the port says; an address that redirects is refused where ``redirects`` is 0."""
        self.requests.append(url)
        if url in self._failures:
            raise self._failures[url]
        page = self._pages.get(url)
        if page is None or urlsplit(url).scheme != "https" or (redirects == 0 and page.url != url):
            raise UnreachableError("network.status", url=url, status=404)
        return page

    def publish(
        self, url: str, content: object, *, media_type: str = "application/json", final_url: str | None = None
    ) -> None:
        """Serve something at a URL.

        Args:
            url: https, without fragment.
            content: Bytes, text, a signed credential, or anything that is JSON.
            media_type: Of the answer.
            final_url: Where a redirect leads to, if the content lies there.
        """
        if isinstance(content, (bytes, str, SecuredCredential)):
            body = content if isinstance(content, bytes) else str(content).encode()
        else:
            body = json.dumps(content).encode()
        self._failures.pop(url, None)
        self._pages[url] = Fetched(url=final_url or url, body=body, media_type=media_type)

    def publish_did(self, did: str, *keys: PublicKey, retired: Sequence[PublicKey] = ()) -> dict[str, Any]:
        """Serve the DID document of a did:web; gives the document."""
        document = did_web_document(did, keys, retired)
        self.publish(did_web_url(did), document, media_type="application/did+json")
        return document

    def publish_key_set(self, issuer: str, *keys: PublicKey) -> dict[str, Any]:
        """Serve the keys of an https issuer at ``/.well-known/jwks.json`` of its host; gives the key set."""
        document = jwks(keys, controller=issuer)
        self.publish(f"https://{urlsplit(issuer).netloc}/.well-known/jwks.json", document)
        return document

    def publish_status_list(
        self,
        list_id: str,
        *,
        signer: Signer | None = None,
        purpose: str = "revocation",
        set_indexes: Iterable[int] = (),
        form: Form = "data-integrity",
    ) -> SecuredCredential:
        """Sign and serve a Bitstring status list; gives it."""
        self._lists[list_id] = _List(signer or fixed_key(), purpose, set(set_indexes), form)
        return self._publish_list(list_id)

    def publish_revocation_list(
        self, list_id: str, *, issuer: str, revoked: Mapping[str, str | None] | None = None
    ) -> None:
        """Serve a 1EdTech revocation list: reason (or None) by badge id."""
        self._revoked[list_id] = (issuer, dict(revoked or {}))
        self._publish_revoked(list_id)

    def revoke(self, credential: SecuredCredential | Mapping[str, Any], *, purpose: str = "revocation") -> None:
        """Set the status of a badge in the list that it names and this web serves.

        Raises:
            ConfigurationError: ``testing.no_status``: it names no such list.
        """
        document = credential.unverified if isinstance(credential, SecuredCredential) else credential
        value = document.get("credentialStatus", [])
        for entry in value if isinstance(value, list) else [value]:
            if entry.get("statusPurpose") == purpose and entry["statusListCredential"] in self._lists:
                self._lists[entry["statusListCredential"]].indexes.add(int(entry["statusListIndex"]))
                self._publish_list(entry["statusListCredential"])
                return
            if purpose == "revocation" and entry.get("id") in self._revoked:
                self._revoked[entry["id"]][1][str(document["id"])] = None
                self._publish_revoked(entry["id"])
                return
        raise ConfigurationError("testing.no_status", purpose=purpose)

    def fail(self, url: str, error: OpenBadgesError | None = None) -> None:
        """Let a URL fail, by default as if the host did not answer; publishing it again mends it."""
        self._failures[url] = error or UnreachableError("network.status", url=url, status=503)

    def _publish_list(self, list_id: str) -> SecuredCredential:
        served = self._lists[list_id]
        issuer = served.signer.verification_method.partition("#")[0]
        document = status_list(list_id, issuer=issuer, purpose=served.purpose, set_indexes=sorted(served.indexes))
        signed = sign(document, served.signer, form=served.form)
        self.publish(list_id, signed, media_type=signed.media_type)
        return signed

    def _publish_revoked(self, list_id: str) -> None:
        issuer, revoked = self._revoked[list_id]
        self.publish(list_id, build_revocation_list(list_id=list_id, issuer=issuer, revoked=revoked))
