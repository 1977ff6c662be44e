"""One tree of errors. Every error carries a stable ``code`` and the facts its sentence is made of.

The sentence a person reads is rendered from ``code`` and ``params`` through ``openbadges.messages``, so that any
language can be rendered from the same data. Where the input is malformed, ``pointer`` is the JSON Pointer (RFC 6901)
of the place.
"""

from __future__ import annotations

from typing import Any

from openbadges.messages import render

__all__ = [
    "ConfigurationError",
    "IssuingError",
    "KeyMaterialError",
    "LimitError",
    "MalformedError",
    "OpenBadgesError",
    "RefusedError",
    "UnreachableError",
    "UnsupportedError",
]


class OpenBadgesError(Exception):
    """Root of every error this library raises.

    Args:
        code: Stable, dotted identifier, e.g. ``"json.duplicate_key"``; a key of ``openbadges.messages.MESSAGES``.
        pointer: JSON Pointer of the place in the input, ``""`` when the whole input is meant.
        params: The facts of the sentence (strings, numbers); they appear in ``params`` of a report.
    """

    def __init__(self, code: str, *, pointer: str = "", **params: Any) -> None:
        self.code = code
        self.pointer = pointer
        self.params = params
        super().__init__(code, pointer, params)

    def __reduce__(self) -> tuple[Any, ...]:
        """Errors travel between processes (``openbadges.bulk``)."""
        return _unpickled, (type(self), self.code, self.pointer, self.params), self.__dict__

    @property
    def detail(self) -> str:
        """The English sentence: what is wrong and how to mend it."""
        return render(self.code, self.params)

    def __str__(self) -> str:
        return f"{self.detail} (at {self.pointer})" if self.pointer else self.detail


def _unpickled(kind: type[OpenBadgesError], code: str, pointer: str, params: dict[str, Any]) -> OpenBadgesError:
    error = kind.__new__(kind)
    OpenBadgesError.__init__(error, code, pointer=pointer, **params)
    return error


class MalformedError(OpenBadgesError):
    """The input's bytes, JSON, image, token or shape cannot be read as what they should be."""


class LimitError(MalformedError):
    """The input is larger, deeper or costlier than ``Limits`` allows."""


class RefusedError(OpenBadgesError):
    """The input was read and is wrong or forbidden: a bad signature, a foreign key, an unsafe algorithm."""


class UnsupportedError(OpenBadgesError):
    """Something this library does not know: a suite, a DID method, a context, a status type. Never "valid"."""


class UnreachableError(OpenBadgesError):
    """Something outside was needed and could not be had, or no fetcher was handed in. Never "valid"."""


class KeyMaterialError(OpenBadgesError):
    """A key, key file or passphrase is unusable."""


class IssuingError(OpenBadgesError):
    """A credential was not signed, because a verifier would refuse the result."""


class ConfigurationError(OpenBadgesError):
    """The caller used the library in a way that cannot work; never caused by a badge."""
