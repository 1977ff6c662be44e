"""Verification: the numbered pipeline, policies, and the report it ends in."""

from openbadges.verification.checks.recipient import Recipient
from openbadges.verification.policy import AnyIssuer, Policy, TrustedIssuers
from openbadges.verification.verifier import NotVerifiedError, VerifiedCredential, Verifier

__all__ = ["AnyIssuer", "NotVerifiedError", "Policy", "Recipient", "TrustedIssuers", "VerifiedCredential", "Verifier"]
