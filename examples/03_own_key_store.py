"""Sign with a key that never leaves your own key store: a Signer is a class of ten lines.

Run it with: python examples/03_own_key_store.py
"""

from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from openbadges import Achievement, OpenBadgeCredential, Profile, PublicKey, TrustedIssuers, Verifier, issue


class Vault:
    """Stands for a key management service or a hardware module: it gives away the public key and signatures."""

    def __init__(self) -> None:
        self._key = ec.generate_private_key(ec.SECP256R1())

    def public_pem(self) -> bytes:
        return self._key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)

    def sign_ecdsa_sha256(self, data: bytes) -> bytes:
        """DER, as most services answer."""
        return self._key.sign(data, ec.ECDSA(SHA256()))


class VaultSigner:
    algorithm = "ES256"

    def __init__(self, vault: Vault, controller: str) -> None:
        self._vault = vault
        self.public_key = PublicKey.from_pem(vault.public_pem())
        self.verification_method = f"{controller}#{self.public_key.to_multikey()}"

    def sign(self, data: bytes) -> bytes:
        r, s = utils.decode_dss_signature(self._vault.sign_ecdsa_sha256(data))
        return r.to_bytes(32, "big") + s.to_bytes(32, "big")  # badges want r and s side by side, not DER


vault = Vault()
issuer = f"did:key:{PublicKey.from_pem(vault.public_pem()).to_multikey()}"
signer = VaultSigner(vault, issuer)

host = Achievement(
    id="https://badges.example.org/achievements/host",
    name="Edit-a-thon host",
    description="Plans and hosts an editing event.",
    criteria="Host one event and publish its summary.",
)
riverside = Profile(id=issuer, name="Riverside User Group")
recipient = "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK"
credential = OpenBadgeCredential.award(host, issuer=riverside, recipient=recipient)

# What a signer makes is verified before it is handed out, so one that signs wrongly is found out here.
for form in ("data-integrity", "vc-jwt"):
    badge = issue(credential, signer=signer, form=form)
    print(form, Verifier.offline().verify(badge, policy=TrustedIssuers([issuer])).report.verdict)
