"""Keys: public ones that verify, private ones that sign, the Signer protocol, and key files."""

from openbadges.keys.files import load_key, save_key
from openbadges.keys.key_sets import KeySet, jwks
from openbadges.keys.public import PublicKey
from openbadges.keys.signer import Signer
from openbadges.keys.signing import SigningKey

__all__ = ["KeySet", "PublicKey", "Signer", "SigningKey", "jwks", "load_key", "save_key"]
