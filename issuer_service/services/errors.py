"""What a use case answers when it cannot do what was asked. Every error has a code and the facts of its sentence."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from issuer_service.services.sentences import Sentence, Several

__all__ = [
    "BusyError",
    "ConflictError",
    "InvalidError",
    "NotAllowedError",
    "NotFoundError",
    "OvertakenError",
    "Problem",
    "ServiceError",
    "SignInError",
    "StateError",
]


class Problem(NamedTuple):
    """What is wrong with one field of a form or of a request."""

    field: str
    sentence: Sentence


class ServiceError(Exception):
    """Root of what use cases raise.

    Args:
        code: A key of ``services.sentences.SENTENCES``.
        params: The facts of the sentence.
    """

    def __init__(self, code: str, **params: Any) -> None:
        self.sentence = Sentence(code, params)
        super().__init__(code, params)

    @property
    def code(self) -> str:
        """Stable identifier, e.g. ``"award.not_found"``."""
        return self.sentence.code

    def __str__(self) -> str:
        return str(self.sentence)


class NotFoundError(ServiceError):
    """There is no such thing, or it belongs to somebody else (S-AZ-1: the answers are the same)."""


class NotAllowedError(ServiceError):
    """It exists, and whoever asks may not do this to it."""


class SignInError(NotAllowedError):
    """Login and password do not belong together; which of the two is wrong is not said (S-SES-1)."""


class ConflictError(ServiceError):
    """It cannot be done in the present state, or somebody was faster."""


class StateError(ConflictError):
    """It cannot be done with an award in its present state, often because it was done already.

    Args:
        code: The sentence that says what the award is now.
        state: The same for programs.
        params: The facts of the sentence.
    """

    def __init__(self, code: str, *, state: str, **params: Any) -> None:
        super().__init__(code, **params)
        self.state = state


class OvertakenError(ConflictError):
    """What is there is not what whoever asks has read, so their change was not made."""


class BusyError(ServiceError):
    """Too much is going on at this moment; it can be tried again soon."""


class InvalidError(ServiceError):
    """What was filled in cannot be used; ``problems`` says why, field by field."""

    def __init__(self, problems: Iterable[tuple[str, Sentence]]) -> None:
        self.problems = tuple(Problem(field, sentence) for field, sentence in problems)
        super().__init__("invalid", problems=Several(problem.sentence for problem in self.problems))

    @classmethod
    def of(cls, field: str, code: str, **params: Any) -> InvalidError:
        """One problem with one field."""
        return cls([(field, Sentence(code, params))])
