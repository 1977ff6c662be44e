"""The base of every model: how a document is read, how a value is built in Python, and how it is written again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar, Self

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator
from pydantic.alias_generators import to_camel

from openbadges.errors import LimitError, MalformedError
from openbadges.jsontext import JsonObject, pointer_to
from openbadges.limits import DEFAULT_LIMITS
from openbadges.models.frozen import thawed
from openbadges.models.markers import Several
from openbadges.models.rules import Problem, cross_field_problems
from openbadges.models.types import Json, Missing, problem

if TYPE_CHECKING:
    from pydantic import ValidationInfo

__all__ = ["Model", "member_name"]

_READING = {"reading": True}  # the validation context while a document is read
_MOST_PROBLEMS = 20
_LONGEST_FACT = 100  # characters of a text from the input that a problem repeats
_CODES = {
    "missing": "model.member_missing",
    "extra_forbidden": "model.member_not_allowed",
    "invalid_key": "model.member_name_not_text",
    "recursion_loop": "json.too_deep",
}


def member_name(name: str) -> str:
    """The member that an attribute stands for: ``valid_from`` is ``validFrom``, ``context`` is ``@context``."""
    return "@context" if name == "context" else to_camel(name)


class Model(BaseModel):
    """A class of the Open Badges 3.0 data model: immutable, checked when made, written back as plain JSON.

    Build one with keyword arguments in snake_case (None and empty sequences mean "absent"), or read a document with
    ``from_document``. Members the model does not know survive reading and writing where the specification leaves the
    class open, and are refused where it is closed.
    """

    model_config = ConfigDict(frozen=True, extra="allow", alias_generator=member_name, protected_namespaces=())

    SHORTHAND: ClassVar[str] = ""  # the member that a plain text stands for, in Python only
    ORDER: ClassVar[tuple[str, ...]] = ()  # attributes written first, where inheritance would put them later
    RULES: ClassVar[str] = ""  # the class's name in ``rules``, when its ``type`` does not tell

    if TYPE_CHECKING:
        ...  # a type checker makes the constructor out of the fields
    else:
        __pydantic_extra__: dict[str, Json]

        def __init__(self, /, **members: Any) -> None:
            _fill(self, _arguments(type(self), members))

        # Pydantic looks for this mark: without it, every nested object of a document would come through here as well.
        __init__.__pydantic_base_init__ = True

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> Self:
        """Read a plain JSON object.

        Args:
            document: The object, with the specification's member names; it is not kept or changed.

        Raises:
            MalformedError: ``model.invalid``; ``pointer`` is the place of the first problem, ``params["problems"]`` all
                of them (at most 20) as ``{"pointer", "code", "params", "detail"}``.
            LimitError: Nested too deep.
        """
        try:
            model = cls.model_validate(document, context=_READING)
            problems = cross_field_problems(document, cls.RULES or None)
        except ValidationError as error:
            raise _refusal(cls, list(_problems(cls, error, document))) from error
        except RecursionError as error:
            raise _too_deep() from error
        if problems:
            raise _refusal(cls, problems)
        return model

    def to_document(self) -> JsonObject:
        """The plain JSON object, by the serialisation rules of Open Badges 3.0.

        Arrays for what may have several values, no nulls, no empty arrays; members in the order of the specification
        with ``@context``, ``id`` and ``type`` first, then those that the model does not know. The result is the
        caller's own.
        """
        document = {}
        for name, member, single in _layout(type(self)):
            value = getattr(self, name)
            if value is not None and value != ():
                document[member] = _plain(value[0] if single and len(value) == 1 else value)
        return document | {name: thawed(value) for name, value in (self.model_extra or {}).items()}

    def replace(self, **changes: Any) -> Self:
        """A copy with some members changed and everything checked again; None takes a member away.

        Raises:
            MalformedError: ``model.invalid``, as when building.
        """
        cls = type(self)
        changed = {_member(cls, name) for name in changes}
        kept = {member: getattr(self, name) for name, member, _ in _layout(cls) if name in self.model_fields_set}
        kept |= self.model_extra or {}
        members = {member: value for member, value in kept.items() if member not in changed}
        made = cls.__new__(cls)
        _fill(made, members | _arguments(cls, changes))
        return made

    @classmethod
    def completed(cls, members: JsonObject) -> JsonObject:
        """What is added to the arguments when a value is built in Python; never when a document is read."""
        return members

    @model_validator(mode="before")
    @classmethod
    def _accept(cls, value: Any, info: ValidationInfo) -> Any:
        reading = info.context is not None
        if isinstance(value, str) and cls.SHORTHAND and not reading:
            return {cls.SHORTHAND: value}
        if not isinstance(value, Mapping):
            raise problem("model.not_object", expected=cls.__name__)
        return {**_demanded(cls), **value} if reading else dict(value)


def _fill(made: Model, members: JsonObject) -> None:
    """Validate ``members`` into the new instance ``made``."""
    cls = type(made)
    members = cls.completed(members)
    try:
        made.__pydantic_validator__.validate_python(members, self_instance=made)
        problems = cross_field_problems(made.to_document(), cls.RULES or None)
    except ValidationError as error:
        raise _refusal(cls, list(_problems(cls, error, members))) from error
    except RecursionError as error:
        raise _too_deep() from error
    if problems:
        raise _refusal(cls, problems)


def _arguments(cls: type[Model], arguments: Mapping[str, Any]) -> JsonObject:
    """Keyword arguments as members; what is None or empty is left out."""
    members = {_member(cls, name): value for name, value in arguments.items()}
    return {name: value for name, value in members.items() if value is not None and value not in ((), [])}


def _member(cls: type[Model], argument: str) -> str:
    for name, member, _ in _layout(cls):
        if argument in (name, member):
            return member
    params = {"argument": argument, "model": cls.__name__}
    raise _refusal(cls, [Problem(pointer="", code="model.unknown_argument", params=params)])


@cache
def _layout(cls: type[Model]) -> tuple[tuple[str, str, bool], ...]:
    """Attribute, member, and whether one value is written without its array; in the order of the specification."""
    return tuple(
        (name, info.alias or name, any(isinstance(item, Several) and item.single for item in info.metadata))
        for name, info in sorted(cls.model_fields.items(), key=lambda field: _rank(cls, field[0]))
    )


def _rank(cls: type[Model], name: str) -> int:
    return cls.ORDER.index(name) if name in cls.ORDER else len(cls.ORDER)


@cache
def _demanded(cls: type[Model]) -> Mapping[str, Missing]:
    """The members that Python fills in by itself and a document has to have."""
    filled = (info.alias for info in cls.model_fields.values() if not info.is_required())
    return {member: Missing() for member in filled if member in ("@context", "type")}


def _plain(value: Any) -> Any:
    if isinstance(value, Model):
        return value.to_document()
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return thawed(value)


def _problems(cls: type[Model], error: ValidationError, document: Any) -> Iterator[Problem]:
    for item in error.errors(include_url=False, include_input=False)[:_MOST_PROBLEMS]:
        kind = item["type"]
        steps = list(_steps(item["loc"], document))
        names = [step for step in steps if isinstance(step, str)]
        params = {
            "member": names[-1] if names else cls.__name__,
            "limit": DEFAULT_LIMITS.json_depth,
            **item.get("ctx", {}),
        }
        yield Problem(
            pointer=pointer_to(*steps),
            code=_CODES.get(kind, kind if "." in kind else "model.wrong_form"),
            params={name: value[:_LONGEST_FACT] if isinstance(value, str) else value for name, value in params.items()},
        )


def _steps(location: tuple[str | int, ...], document: Any) -> Iterator[str | int]:
    """The location's steps that exist in the document: a bare value has no index 0, and Pydantic gives it one."""
    here = document
    for step in location:
        if isinstance(step, int) and not isinstance(here, (list, tuple)):
            continue
        yield step
        try:
            here = here[step]
        except (LookupError, TypeError):
            here = None


def _refusal(cls: type[Model], problems: list[Problem]) -> MalformedError:
    first = problems[0]
    place = cls.__name__ + first.pointer.replace("/", ".")
    return MalformedError(
        "model.invalid",
        pointer=first.pointer,
        place=place,
        problem=first.detail,
        problems=[item.as_dict() for item in problems],
    )


def _too_deep() -> LimitError:
    return LimitError("json.too_deep", limit=DEFAULT_LIMITS.json_depth)
