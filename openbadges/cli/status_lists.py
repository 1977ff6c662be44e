"""Status lists as files: reading a signed one, changing its bits, and the unsigned lists of 1EdTech."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from openbadges import jsontext
from openbadges.cli.inputs import read_bytes
from openbadges.contexts import PinnedContexts
from openbadges.encoding.times import format_instant, parse_instant
from openbadges.errors import ConfigurationError, MalformedError, OpenBadgesError, RefusedError
from openbadges.keys import PublicKey
from openbadges.limits import DEFAULT_LIMITS, Limits
from openbadges.proofs import jws
from openbadges.proofs.data_integrity import read_proofs, verify_proof, without_proofs
from openbadges.status import StatusBits, build_revocation_list
from openbadges.verification.kinds import kind_of
from openbadges.verification.reading import Source, read_source

__all__ = ["LIST_LIMITS", "ListFile", "changed_list", "changed_revocations", "indexes_of", "read_list_file"]

_MOST = DEFAULT_LIMITS.status_document_bytes
LIST_LIMITS: Limits = replace(DEFAULT_LIMITS, document_bytes=_MOST, json_string_bytes=_MOST)  # as verifiers read lists

_INDEX = re.compile(r"[0-9]{1,10}", re.ASCII)
_SPELLINGS = ("revokedCredential", "revokedCredentials")


@dataclass(frozen=True, slots=True, kw_only=True)
class ListFile:
    """A status list as it was found, not verified.

    Attributes:
        path: Where.
        text: Its text.
        document: The credential, or the 1EdTech revocation list.
        source: What was read, when it is signed; None for a 1EdTech list, which has no signature.
    """

    path: str
    text: bytes
    document: Mapping[str, Any]
    source: Source | None

    @property
    def form(self) -> str:
        """How it is signed: ``"data-integrity"`` or ``"vc-jwt"``."""
        return "data-integrity" if self.source is None else self.source.form

    @property
    def bits(self) -> StatusBits:
        """Its entries.

        Raises:
            MalformedError: They cannot be read.
        """
        return StatusBits.from_encoded(str(self._subject.get("encodedList")), limits=LIST_LIMITS)

    @property
    def purposes(self) -> tuple[str, ...]:
        """What its entries say."""
        found = self._subject.get("statusPurpose")
        return tuple(str(item) for item in (found if isinstance(found, list) else [found]))

    @property
    def _subject(self) -> Mapping[str, Any]:
        subject = self.document.get("credentialSubject")
        if not isinstance(subject, Mapping):
            raise MalformedError("status.list_subject", pointer="/credentialSubject")
        return subject

    def check_signed_by(self, key: PublicKey) -> None:
        """Make sure that nobody else changed it, before it is signed again.

        Raises:
            RefusedError: ``cli.list_other_key``.
        """
        try:
            if self.source is not None and self.source.token is not None:
                jws.verify(self.source.token.signed, key)
                return
            contexts = PinnedContexts()
            for proof in read_proofs(self.document, LIST_LIMITS):
                verify_proof(self.document, proof, key, contexts=contexts, limits=LIST_LIMITS)
        except OpenBadgesError as error:
            raise RefusedError("cli.list_other_key", path=self.path) from error


def read_list_file(path: str) -> ListFile:
    """A status list of either kind.

    Raises:
        MalformedError, LimitError: It cannot be read.
        RefusedError: ``cli.list_kind``: it is something else.
    """
    data = read_bytes(path)
    source = read_source(data, LIST_LIMITS)
    document = source.document
    if kind_of(document)[0] == "status_list":
        return ListFile(path=path, text=data, document=document, source=source)
    if source.token is not None or "type" in document or not {"id", "issuer"} <= set(document):
        raise RefusedError("cli.list_kind", path=path)
    return ListFile(path=path, text=data, document=document, source=None)


def indexes_of(places: Sequence[str]) -> list[int]:
    """Places in a Bitstring list.

    Raises:
        ConfigurationError: ``cli.list_index``.
    """
    for text in places:
        if not _INDEX.fullmatch(text):
            raise ConfigurationError("cli.list_index", text=text)
    return [int(text) for text in places]


def changed_list(found: ListFile, indexes: Sequence[int], *, value: int, now: datetime) -> dict[str, Any]:
    """The unsigned list with some entries changed, valid from now and for as long as before.

    Raises:
        ConfigurationError: A place outside the list.
        MalformedError: Its entries or dates cannot be read.
    """
    bits = found.bits
    for index in indexes:
        bits[index] = value
    document = without_proofs(found.document)
    document["credentialSubject"] = {**document["credentialSubject"], "encodedList": bits.encoded()}
    start, end = document.get("validFrom"), document.get("validUntil")
    document["validFrom"] = format_instant(now)
    if end is not None:
        lifetime = parse_instant(end) - (parse_instant(start) if start is not None else now)
        document["validUntil"] = format_instant(now + lifetime)
    return document


def changed_revocations(found: ListFile, badge_ids: Sequence[str], *, revoke: bool, reason: str | None) -> bytes:
    """The 1EdTech list with some badges added or taken away.

    Raises:
        ConfigurationError: An empty badge id.
    """
    listed = _revoked(found.document)
    for badge in badge_ids:
        if revoke:
            listed[badge] = reason
        else:
            listed.pop(badge, None)
    issuer = found.document["issuer"]
    identifier = issuer.get("id") if isinstance(issuer, Mapping) else issuer
    document = build_revocation_list(list_id=str(found.document["id"]), issuer=str(identifier), revoked=listed)
    return jsontext.dump_pretty(document)


def _revoked(document: Mapping[str, Any]) -> dict[str, str | None]:
    listed: dict[str, str | None] = {}
    for spelling in _SPELLINGS:
        items = document.get(spelling, [])
        for item in items if isinstance(items, list) else [items]:
            if not isinstance(item, Mapping) or not isinstance(item.get("id"), str):
                raise MalformedError("status.revocation_item", pointer=f"/{spelling}")
            if item.get("revoked", True) is not False:
                listed[item["id"]] = item.get("revocationReason")
    return listed
