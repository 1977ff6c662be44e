"""Small parts used all over: images, criteria, alignments, evidence, related achievements."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import ConfigDict

from openbadges.models.base import Model
from openbadges.models.markers import ABSENT, Maybe
from openbadges.models.types import AlignmentTargetTypeTerm, Exactly, Kind, LanguageCode, String, Uri

__all__ = ["Alignment", "Criteria", "Evidence", "Image", "Related"]


class Image(Model):
    """An image by its URL or data URI. In Python a plain text stands for its ``id``. Closed."""

    model_config = ConfigDict(extra="forbid")
    SHORTHAND: ClassVar[str] = "id"

    id: Uri
    type: Annotated[str, Exactly("Image")] = "Image"
    caption: Maybe[String] = ABSENT


class Criteria(Model):
    """What has to be done to earn the achievement: a page, a text, or both. A plain text in Python is the narrative.

    Attributes:
        narrative: Markdown.
    """

    SHORTHAND: ClassVar[str] = "narrative"
    RULES: ClassVar[str] = "Criteria"

    id: Maybe[Uri] = ABSENT
    narrative: Maybe[String] = ABSENT


class Alignment(Model):
    """A node of a framework that the achievement, result or level corresponds to."""

    type: Annotated[tuple[str, ...], Kind(("Alignment",))] = ("Alignment",)
    target_name: String
    target_url: Uri
    target_code: Maybe[String] = ABSENT
    target_description: Maybe[String] = ABSENT
    target_framework: Maybe[String] = ABSENT
    target_type: Maybe[AlignmentTargetTypeTerm] = ABSENT


class Evidence(Model):
    """Something that shows how the achievement was earned.

    Attributes:
        id: A page or a data URI.
        narrative: Markdown.
    """

    id: Maybe[Uri] = ABSENT
    type: Annotated[tuple[str, ...], Kind(("Evidence",))] = ("Evidence",)
    name: Maybe[String] = ABSENT
    description: Maybe[String] = ABSENT
    genre: Maybe[String] = ABSENT
    audience: Maybe[String] = ABSENT
    narrative: Maybe[String] = ABSENT


class Related(Model):
    """Another achievement that this one is a version or translation of."""

    id: Uri
    type: Annotated[tuple[str, ...], Kind(("Related",))] = ("Related",)
    in_language: Maybe[LanguageCode] = ABSENT
    version: Maybe[String] = ABSENT
