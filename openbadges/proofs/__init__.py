"""Proofs: how a credential is signed, and how a signature over it is checked."""
