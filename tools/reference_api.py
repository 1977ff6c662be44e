"""docs/reference/api.md: every public name with its signature and docstring."""

from __future__ import annotations

import ast
import enum
import inspect
import re
from collections.abc import Callable, Iterator
from typing import Any

import openbadges
from openbadges.models.base import Model, member_name

HEAD = """# The Python API

Everything that issues, bakes and verifies comes from `openbadges` itself. What is not on this page may change without
notice, except `openbadges.net`, which has the only sockets, and `openbadges.testing`, which helps tests.

In the tables of models, `Maybe[X]` is an X that may be absent, `Many[X]` any number of X, and `member` the name in the
document. Models are made with keyword arguments.

This page is written by `make docs` from the docstrings.
"""

_WIDTH = 100
_LONGEST_DEFAULT = 40
_HOOKS = frozenset({"completed"})  # for those who write models, not for those who use them


def _parameters(signature: inspect.Signature) -> Iterator[str]:
    kinds = inspect.Parameter
    stars = {kinds.VAR_POSITIONAL: "*", kinds.VAR_KEYWORD: "**"}
    starred = False
    for parameter in signature.parameters.values():
        if parameter.name in ("self", "cls"):
            continue
        if parameter.kind is kinds.KEYWORD_ONLY and not starred:
            starred = True
            yield "*"
        text = next((star for kind, star in stars.items() if kind is parameter.kind), "") + parameter.name
        starred = starred or parameter.kind is kinds.VAR_POSITIONAL
        if parameter.annotation is not kinds.empty:
            text += f": {_type_name(parameter.annotation)}"
        if parameter.default is not kinds.empty:
            text += f" = {_default(parameter.default)}"
        yield text


def _type_name(annotation: object) -> str:
    if isinstance(annotation, str):
        return annotation
    return annotation.__name__ if inspect.isclass(annotation) else re.sub(r"\b(\w+\.)+", "", str(annotation))


def _default(value: object) -> str:
    """A default as one would write it; what has no readable form is shown by its type."""
    shown = repr(value)
    return "..." if shown.startswith("<") or len(shown) > _LONGEST_DEFAULT else shown


def _signature(name: str, value: Callable[..., Any]) -> str:
    try:
        signature = inspect.signature(value)
    except (TypeError, ValueError):  # exceptions and protocols have none worth showing
        return name
    parameters = list(_parameters(signature))
    result = signature.return_annotation
    arrow = "" if inspect.isclass(value) or result is inspect.Signature.empty else f" -> {_type_name(result)}"
    line = f"{name}({', '.join(parameters)}){arrow}"
    if len(line) <= _WIDTH:
        return line
    return "\n".join([f"{name}(", *(f"    {parameter}," for parameter in parameters), f"){arrow}"])


def _members(cls: type) -> Iterator[tuple[str, object]]:
    """The public methods and properties that the class, or one of our classes above it, defines and describes."""
    seen = set()
    for parent in cls.__mro__:
        if not parent.__module__.startswith("openbadges"):
            continue
        for name, raw in vars(parent).items():
            member = raw.__func__ if isinstance(raw, classmethod | staticmethod) else raw
            described = isinstance(member, property) or inspect.isfunction(member)
            if name.startswith("_") or name in seen or not described or not inspect.getdoc(member):
                continue
            if name in _HOOKS or (cls is not Model and issubclass(cls, Model) and hasattr(Model, name)):
                continue  # what every model has is said once, at the head of the page
            seen.add(name)
            yield name, member


def _docstring(value: object) -> str:
    """The docstring as Markdown: double backquotes become single ones, indented sections become lists."""
    text = re.sub(r"``([^`]+)``", r"`\1`", inspect.getdoc(value) or "")
    lines = []
    section = False
    for line in text.splitlines():
        if re.fullmatch(r"(Args|Attributes|Returns|Raises|Yields):", line):
            section = True
            lines += [f"**{line[:-1]}**", ""]
        elif section and re.match(r"    \S", line):
            lines.append(re.sub(r"^    ([\w*., ]+): ", r"- `\1`: ", line) if ": " in line else f"- {line.strip()}")
        elif section and line.startswith("     "):
            lines.append("  " + line.strip())
        else:
            section = section and not line
            lines.append(line)
    return "\n".join(lines)


def _annotations(model: type) -> dict[str, str]:
    """Attribute -> type as it is written in the source, the nearest class first."""
    written: dict[str, str] = {}
    for parent in model.__mro__:
        for name, annotation in vars(parent).get("__annotations__", {}).items():
            written.setdefault(name, str(annotation))
    return written


def _unannotated(annotation: str) -> str:
    """``X`` of ``Annotated[X, ...]``."""
    if not annotation.startswith("Annotated["):
        return annotation
    first = ast.parse(annotation, mode="eval").body.slice.elts[0]  # type: ignore[attr-defined]  # Annotated[X, ...]: a tuple
    return ast.unparse(first)


def _attributes(model: type[Model]) -> Iterator[str]:
    """The attributes of a model as a table; ``Maybe`` and ``Many`` are explained at the head of the page."""
    written = _annotations(model)
    yield from ("| attribute | member | type |", "|---|---|---|")
    for name in model.model_fields:
        shown = _unannotated(written[name]).replace("|", "\\|")
        yield f"| `{name}` | `{member_name(name)}` | `{shown}` |"
    yield ""


def _section(name: str) -> Iterator[str]:
    value = getattr(openbadges, name)
    yield from (f"## `{name}`", "")
    if not callable(value):
        yield from (f"A constant: `{_default(value)}`.", "")
        return
    if inspect.isclass(value) and issubclass(value, enum.Enum):
        yield from (_docstring(value), "", *(f"- `{name}.{member.name}`" for member in value), "")
    elif inspect.isclass(value) and issubclass(value, Model):
        yield from (_docstring(value), "", *_attributes(value))
    else:
        yield from ("```text", _signature(name, value), "```", "", _docstring(value), "")
    if inspect.isclass(value):
        for member_name, member in _members(value):
            yield from (f"### `{name}.{member_name}`", "")
            if not isinstance(member, property):
                yield from ("```text", _signature(member_name, member), "```", "")  # type: ignore[arg-type]  # a function: see _members
            yield from (_docstring(member), "")


def _common() -> Iterator[str]:
    """What every model has."""
    yield from ("Every model has these:", "")
    for name, member in _members(Model):
        first = _docstring(member).partition("\n")[0]
        yield f"- `{_signature(name, member)}`: {first}"  # type: ignore[arg-type]  # a function: see _members
    yield ""


def page() -> str:
    """The page's text."""
    names: list[str] = list(getattr(openbadges, "__all__", ()))
    return "\n".join([HEAD, *_common(), *(line for name in names for line in _section(name))]).rstrip() + "\n"
