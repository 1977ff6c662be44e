"""What a new version of a list changes, in words that people read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from flask import Flask

from issuer_service.services.sentences import N_
from issuer_service.web.words import clean

__all__ = ["KINDS", "MEMBERS", "WHAT", "init_app"]

KINDS: Mapping[str, str] = MappingProxyType(
    {
        "framework": N_("The list itself"),
        "levels": N_("Levels"),
        "items": N_("Skills and groups"),
        "roles": N_("Roles"),
        "contexts": N_("Situations"),
        "stricter": N_("More that is asked of shared roles"),
        "translations": N_("Translations"),
        "localNames": N_("Local names"),
    }
)
# what -> word, look, picture
WHAT: Mapping[str, tuple[str, str, str]] = MappingProxyType(
    {
        "added": (N_("new"), "good", "check"),
        "removed": (N_("taken out"), "bad", "cross"),
        "changed": (N_("changed"), "open", "pencil"),
    }
)
# members of the file format, as people say them; others are shown as they are called there
MEMBERS: Mapping[str, str] = MappingProxyType(
    {
        "label": N_("Name"),
        "title": N_("Name"),
        "description": N_("Description"),
        "altLabels": N_("Other names"),
        "version": N_("Version"),
        "languages": N_("Languages"),
        "broader": N_("Broader"),
        "narrower": N_("Narrower"),
        "related": N_("Related"),
        "exact": N_("The same elsewhere"),
        "close": N_("Nearly the same elsewhere"),
        "levels": N_("Levels"),
        "requires": N_("Level that is asked"),
        "evidenceExamples": N_("What can show it"),
        "mappings": N_("In other lists"),
        "license": N_("Terms of use"),
    }
)
_LONGEST = 400


def init_app(app: Flask) -> None:
    """Give the templates the words."""
    app.context_processor(lambda: {"change_kinds": KINDS, "change_what": WHAT, "change_members": MEMBERS})
    app.jinja_env.filters["value"] = value


def value(given: Any) -> str:
    """A value of the file format as a short text."""
    if given is None:
        return ""
    if isinstance(given, (list, tuple)) and all(isinstance(one, (str, int)) for one in given):
        return clean(", ".join(map(str, given)), _LONGEST)
    text = given if isinstance(given, str) else json.dumps(given, ensure_ascii=False)
    return clean(text, _LONGEST)
