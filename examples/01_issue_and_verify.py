"""Issue a badge, and verify it as somebody else would: offline, with nothing but the badge and the issuer's identifier.

Run it with: python examples/01_issue_and_verify.py
"""

from openbadges import (
    Achievement,
    IdentityObject,
    OpenBadgeCredential,
    Outcome,
    Profile,
    Recipient,
    SigningKey,
    TrustedIssuers,
    Verifier,
    issue,
)

# The issuer: a key, and the identifier made from its public half. Keep a real key with save_key(key, "issuer.pem").
key = SigningKey.generate("Ed25519")
riverside = Profile(id=key.did, name="Riverside User Group")

# What can be earned, defined once.
host = Achievement(
    id="https://badges.example.org/achievements/host",
    name="Edit-a-thon host",
    description="Plans and hosts an editing event.",
    criteria="Host one event and publish its summary.",
)

# Who earned it: here by a salted hash of an address, so that the address itself does not stand in the badge.
ann = IdentityObject.hashed_of("emailAddress", "ann@example.org")
badge = issue(OpenBadgeCredential.award(host, issuer=riverside, recipient=ann), signer=key)
print(f"A badge of {len(bytes(badge))} bytes, signed by {key.did}")

# Somebody else: whom they trust, and whom it should have been given to, is theirs to say.
report = Verifier.offline().check(
    bytes(badge),
    policy=TrustedIssuers([riverside.id]),
    recipient=Recipient("emailAddress", "ann@example.org"),
)
print(report.verdict)
for check in report.checks:
    print(f"  {check.outcome:<8}{check.id:<20}{check.detail}")
assert report.outcome is Outcome.PASS

# Any edit is found out.
changed = badge.text.replace("Edit-a-thon host", "Edit-a-thon star")
report = Verifier.offline().check(changed, policy=TrustedIssuers([riverside.id]))
print(report.verdict)
assert report.outcome is Outcome.FAIL
