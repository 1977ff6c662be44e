"""Use cases. No Flask, no SQL, no cryptography: those are handed in as the ports of ``services.ports``."""
