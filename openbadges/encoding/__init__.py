"""Bytes and text: encodings without meaning of their own."""
