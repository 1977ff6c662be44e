"""Whom do you trust? A right signature says that a key signed; whose key you trust is a list of yours."""

from dataclasses import dataclass

from openbadges import (
    Achievement,
    AnyIssuer,
    OpenBadgeCredential,
    Profile,
    SecuredCredential,
    SigningKey,
    TrustedIssuers,
    Verifier,
    issue,
)


def badge_of(key: SigningKey, name: str) -> SecuredCredential:
    host = Achievement(
        id="https://badges.example.org/achievements/host",
        name="Edit-a-thon host",
        description="Plans and hosts an editing event.",
        criteria="Host one event and publish its summary.",
    )
    recipient = "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK"
    return issue(
        OpenBadgeCredential.award(host, issuer=Profile(id=key.did, name=name), recipient=recipient), signer=key
    )


riverside, imitator = SigningKey.generate(), SigningKey.generate()
good, fake = badge_of(riverside, "Riverside User Group"), badge_of(imitator, "Riverside User Group")
verifier = Verifier.offline()

# A list of issuers. Names are not compared: anybody can choose one.
trust = TrustedIssuers([riverside.did])
assert verifier.check(good, policy=trust).outcome == "pass"
report = verifier.check(fake, policy=trust)
print(report.verdict)
assert report.outcome == "fail"

# Not asking is possible, and has to be said. The report says so too.
report = verifier.check(fake, policy=AnyIssuer())
print(report.verdict, report.of("issuer.trust")[0].detail)
assert report.outcome == "pass"


# Anything that answers these three questions is a policy: here, members of a register that is kept elsewhere.
@dataclass(frozen=True)
class Register:
    members: dict[str, bool]
    refresh: bool = False
    endorsements_decide: bool = False

    def trusts(self, issuer: str) -> bool:
        return self.members.get(issuer, False)


assert verifier.check(good, policy=Register({riverside.did: True})).outcome == "pass"
