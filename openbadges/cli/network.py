"""``--offline`` and ``--documents``: what a command may use beside what it was given."""

from __future__ import annotations

from openbadges.net import DocumentsFetcher, online_verifier
from openbadges.verification import Verifier
from openbadges.verification.inquiry import Profile

__all__ = ["verifier_of"]


def verifier_of(*, offline: bool, documents: str | None, profile: Profile = "badge") -> Verifier:
    """The verifier that ``--offline``, ``--documents`` and ``--profile`` ask for.

    Raises:
        ConfigurationError: The map of documents cannot be used.
    """
    if not offline:
        return online_verifier(documents=documents, profile=profile)
    if documents is None:
        return Verifier.offline(profile=profile)
    return Verifier(fetcher=DocumentsFetcher.from_file(documents), profile=profile)
