"""``--offline`` and ``--documents``: what a command may use beside what it was given."""

from __future__ import annotations

import argparse

from openbadges.net import DocumentsFetcher, online_verifier
from openbadges.verification import Verifier
from openbadges.verification.inquiry import Profile

__all__ = ["verifier_of"]


def verifier_of(args: argparse.Namespace, profile: Profile = "badge") -> Verifier:
    """The verifier that the options allow.

    Raises:
        ConfigurationError: The map of documents cannot be used.
    """
    if not args.offline:
        return online_verifier(documents=args.documents, profile=profile)
    if args.documents is None:
        return Verifier.offline(profile=profile)
    return Verifier(fetcher=DocumentsFetcher.from_file(args.documents), profile=profile)
