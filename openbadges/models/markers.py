"""How a member's cardinality is written in the models: ``Maybe[T]``, ``Many[T]``, ``From[T, S]`` and their kin.

A type checker sees descriptors: what is read (``tuple[Alignment, ...]``) and what may be passed to the constructor (any
sequence, or one bare value) are two types, and both are checked without a plugin. Pydantic sees the plain type and a
``Several`` that says what a document may hold there. Optional members are declared ``= ABSENT`` or ``= EMPTY``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Generic, TypeVar, overload

from pydantic_core import PydanticCustomError, core_schema

__all__ = [
    "ABSENT",
    "EMPTY",
    "Compacted",
    "From",
    "Many",
    "Maybe",
    "MaybeFrom",
    "Ordered",
    "Several",
    "SingleOrMany",
]

ABSENT: Any = None  # the default of a member that may be left out; documents may not hold null
EMPTY: Any = ()  # the same for a member with several values


@dataclass(frozen=True, slots=True, kw_only=True)
class Several:
    """A member with several values.

    Attributes:
        ordered: The order means something, and a value may come twice.
        bare: JSON-LD compaction may leave one value without its array (Open Badges 3.0, serialisation rules).
        single: The specification has one value here; more are read, and one is written without an array.
    """

    ordered: bool = False
    bare: bool = False
    single: bool = False

    def __get_pydantic_core_schema__(self, source: Any, handler: Callable[[Any], Any]) -> core_schema.CoreSchema:
        """Take an array or a bare value; refuse an empty array."""
        return core_schema.no_info_before_validator_function(_as_tuple, handler(source))


def _as_tuple(value: Any) -> Any:
    if not isinstance(value, (list, tuple)):
        return (value,)
    if not value:
        code = "model.empty_array"
        raise PydanticCustomError(code, "empty array")
    return tuple(value)


if TYPE_CHECKING:
    T = TypeVar("T")
    S = TypeVar("S")
    Out_co = TypeVar("Out_co", covariant=True)
    In_contra = TypeVar("In_contra", contravariant=True)

    class _Member(Generic[Out_co, In_contra]):
        @overload
        def __get__(self, instance: None, owner: Any) -> Any: ...
        @overload
        def __get__(self, instance: object, owner: Any) -> Out_co: ...
        def __get__(self, instance: object | None, owner: Any) -> Any: ...
        def __set__(self, instance: object, value: In_contra) -> None: ...

    class From(_Member[T, T | S], Generic[T, S]):
        """A required ``T`` that may be given as ``S``."""

        def __set__(self, instance: object, value: T | S) -> None: ...

    class Maybe(_Member[T | None, T | None], Generic[T]):
        """An optional ``T``."""

        def __set__(self, instance: object, value: T | None) -> None: ...

    class MaybeFrom(_Member[T | None, T | S | None], Generic[T, S]):
        """An optional ``T`` that may be given as ``S``."""

        def __set__(self, instance: object, value: T | S | None) -> None: ...

    class Many(_Member[tuple[T, ...], Sequence[T] | T | None], Generic[T]):
        """Any number of ``T``, in no particular order."""

        def __set__(self, instance: object, value: Sequence[T] | T | None) -> None: ...

    Compacted = Many
    Ordered = Many
    SingleOrMany = Many
else:

    def _several(**facts: bool) -> type:
        class Marker:
            def __class_getitem__(cls, item: Any) -> Any:
                return Annotated[tuple[item, ...], Several(**facts)]

        return Marker

    class Maybe:
        """The type itself: that it may be absent is said by its default."""

        def __class_getitem__(cls, item: Any) -> Any:
            """``T`` of ``Maybe[T]``."""
            return item

    class From:
        """The type itself: what else is taken is decided by the type's own validator."""

        def __class_getitem__(cls, items: tuple[Any, Any]) -> Any:
            """``T`` of ``From[T, S]``."""
            return items[0]

    MaybeFrom = From
    Many = _several()
    Compacted = _several(bare=True)
    Ordered = _several(ordered=True)
    SingleOrMany = _several(single=True)
