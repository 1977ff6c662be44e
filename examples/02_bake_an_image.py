"""Bake a badge into a picture, save it, and take it out again.

Run it with: python examples/02_bake_an_image.py [FOLDER]
"""

import sys
from pathlib import Path

from openbadges import (
    Achievement,
    OpenBadgeCredential,
    Outcome,
    Profile,
    SigningKey,
    TrustedIssuers,
    Verifier,
    bake,
    issue,
    unbake,
)

folder = Path(sys.argv[1] if len(sys.argv) > 1 else ".")
picture = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 200" width="200" height="200">
  <circle cx="100" cy="100" r="90" fill="#1f4e79"/>
  <path d="M100 30 L117 82 H172 L128 114 L145 166 L100 134 L55 166 L72 114 L28 82 H83 Z" fill="#f0c440"/>
</svg>
"""

key = SigningKey.generate()
host = Achievement(
    id="https://badges.example.org/achievements/host",
    name="Edit-a-thon host",
    description="Plans and hosts an editing event.",
    criteria="Host one event and publish its summary.",
)
riverside = Profile(id=key.did, name="Riverside User Group")
recipient = "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK"
badge = issue(OpenBadgeCredential.award(host, issuer=riverside, recipient=recipient), signer=key)

# The picture looks as before; PNG works the same way, the kind is found by content.
path = folder / "badge.svg"
path.write_bytes(bake(picture.encode(), badge))
print(f"Written: {path}")

# unbake gives exactly what was baked, and verifies nothing. A verifier takes the picture itself as well.
assert unbake(path.read_bytes()) == badge
verified = Verifier.offline().verify(path.read_bytes(), policy=TrustedIssuers([key.did]))
print(verified.report.verdict, verified.document["name"])
assert verified.report.outcome is Outcome.PASS

# Baking again replaces the badge that is there.
again = issue(OpenBadgeCredential.award(host, issuer=riverside, recipient=recipient), signer=key)
assert unbake(bake(path.read_bytes(), again)) == again
