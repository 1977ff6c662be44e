"""Canonical forms: of JSON (RFC 8785), and of what a JSON-LD document means (RDFC-1.0)."""
