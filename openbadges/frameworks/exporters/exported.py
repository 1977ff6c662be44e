"""What an exporter gives back: the text, and what the format could not carry."""

from __future__ import annotations

from dataclasses import dataclass

from openbadges.messages import render

__all__ = ["Exported", "Loss"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """One kind of information that is not in the exported text, or is there in a poorer form.

    Attributes:
        code: A key of ``openbadges.messages.MESSAGES``.
        subject: What was lost: a member name or a value.
        count: How many times.
    """

    code: str
    subject: str = ""
    count: int = 1

    def __str__(self) -> str:
        return render(self.code, {"subject": self.subject, "count": self.count})


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """A framework in another format.

    Attributes:
        text: The file's content (to be saved as UTF-8).
        losses: What the format cannot carry, empty when everything is there.
    """

    text: str
    losses: tuple[Loss, ...] = ()
