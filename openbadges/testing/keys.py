"""Keys that are the same in every run. They are known to everybody: never sign a real badge with them."""

from __future__ import annotations

import hashlib
from functools import cache

from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa

from openbadges.errors import ConfigurationError
from openbadges.keys import SigningKey
from openbadges.keys.kinds import KindName

__all__ = ["KEY_KINDS", "fixed_key"]

KEY_KINDS: tuple[KindName, ...] = ("Ed25519", "P-256", "P-384", "RSA")

_CURVES = {"P-256": ec.SECP256R1(), "P-384": ec.SECP384R1()}

# RSA keys cannot be computed quickly from a seed, so the primes of two stand here.
_PRIMES = (
    (
        0xFD38ABDF99B2C094A3C7A1641D34047C8D6726C767CA9EF1C84ECBD60CD3D45134AE312A6D0754939FC0EB46AB92EE32421F54DC024E1C93BE58AC1E5A17EA038FE5440A527F9EB1FD1294356CDDAEEE41F42630F3865E86B571C3F0C0A7CE4FA5169A776BC6B9784830E50A97AD1E156277630D4E82E167A868F0FD68A0160B,
        0xE1C2515F881D0833F7CDE4853E51E5866BBCA50627F7AFFEB8109CDD4B6D8BD4EED51FFBD26030E1CEB35BBD09C04C8D39B05AAC04F7C79535DCFC234EF3A228E820E619CDB60D8DBC884390A4C1AFC755DD401036FF51C5C95454DA5B54C8773E931DC8BD422E88ED46344D2364B8FEAE6A70EB9C4D93121768CB08D976E3F5,
    ),
    (
        0xC670E19F3B5C9E6B71C88D70294FAD32C1FDAF09682D51E9B671EA98E71A4551724516EAF1A880880474921F5CCC6FACC0F9CC28979B894B0476D15E3A1321F734BD0B379C0CF99F86496B0836F0C93FC72F6C015BE19D0BD4ABDC010A58C5F858EE60A06D9831EA00E44ECFC53B8F4A3CB4C3EDA46A3D8699608867FD7AC73B,
        0xC0D9E7B640DEDBD7FC1B5FBC0E38DE14A4F9460FC08F709064118DCA97A9721019CBFC83190C62E9FAC6EB123C2CFC5C805F40A60E40297BB76A1C0B9C33159BE84A256798BCD471A70EA7FEE65DBFB45596358E2B8A8823EA39B1DC4250AEF8AB104F894ECE4D1DD9DD11EDF5E79D6167FBA5E8840A0B1796EA7CB833A28F0D,
    ),
)


@cache
def fixed_key(kind: KindName = "Ed25519", number: int = 0) -> SigningKey:
    """A key that is the same in every run and differs for each ``number``; there are two of RSA.

    Raises:
        ConfigurationError: ``testing.no_such_key``.
    """
    seed = hashlib.sha384(f"openbadges.testing {kind} {number}".encode()).digest()
    if kind == "Ed25519":
        return SigningKey(ed25519.Ed25519PrivateKey.from_private_bytes(seed[:32]))
    if kind in _CURVES:
        return SigningKey(ec.derive_private_key(int.from_bytes(seed[:31], "big"), _CURVES[kind]))
    if kind != "RSA" or number not in range(len(_PRIMES)):
        raise ConfigurationError("testing.no_such_key", kind=kind, number=number)
    p, q = _PRIMES[number]
    d = pow(65537, -1, (p - 1) * (q - 1))
    public = rsa.RSAPublicNumbers(65537, p * q)
    numbers = rsa.RSAPrivateNumbers(p, q, d, d % (p - 1), d % (q - 1), pow(q, -1, p), public)
    return SigningKey(numbers.private_key())
