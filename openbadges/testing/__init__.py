"""For tests: fixed keys, a fixed clock, a web in memory, and documents to sign. Nothing here needs a network or pytest.

The keys are the same in every run and known to everybody who reads them: never sign a real badge with them.
"""

from openbadges.testing.clock import FIXED_NOW, FixedClock
from openbadges.testing.documents import add_proof, badge, endorsement, sign, sign_token, status_entry, status_list
from openbadges.testing.keys import KEY_KINDS, fixed_key
from openbadges.testing.web import FakeWeb

__all__ = [
    "FIXED_NOW",
    "KEY_KINDS",
    "FakeWeb",
    "FixedClock",
    "add_proof",
    "badge",
    "endorsement",
    "fixed_key",
    "sign",
    "sign_token",
    "status_entry",
    "status_list",
]
