"""Where signing keys are kept. Nothing else in the service can open one (S-KEY-1, S-KEY-3)."""

from issuer_service.keystore.sealed import Cost, SealedKeystore

__all__ = ["Cost", "SealedKeystore"]
