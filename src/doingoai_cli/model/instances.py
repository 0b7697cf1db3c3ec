"""What was validated when it was made (giá trị đã được kiểm tra): in fields, and on its way between processes."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Annotated, Any, Self, TypeVar, get_origin

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler, TypeAdapter
from pydantic_core.core_schema import CoreSchema, any_schema, is_instance_schema

T = TypeVar("T")


if TYPE_CHECKING:
    Instance = Annotated[T, ...]
    Unchecked = Annotated[T, ...]
else:

    class Instance:
        """`Instance[Table]`: an instance of that class, taken as it is; anything else is a ValidationError.

        pydantic's `InstanceOf` also builds the schema of what the class holds, to describe it as JSON: a third of
        what all models take to be built at a start, for what is never printed.
        """

        def __class_getitem__(cls, item: type) -> Any:
            return Annotated[item, cls()]

        def __get_pydantic_core_schema__(self, source: Any, _handler: GetCoreSchemaHandler) -> CoreSchema:
            return is_instance_schema(get_origin(source) or source)

    class Unchecked:
        """`Unchecked[Mapping[str, Source]]`: such a value, taken as it is, whatever it is.

        pydantic's `SkipValidation` builds the schema of what it does not validate, for each class anew.
        """

        def __init__(self, kind: Any) -> None:
            self._kind = kind

        def __class_getitem__(cls, item: Any) -> Any:
            return Annotated[item, cls(item)]

        def __get_pydantic_core_schema__(self, _source: Any, _handler: GetCoreSchemaHandler) -> CoreSchema:
            return any_schema()

        def __get_pydantic_json_schema__(self, _schema: Any, handler: GetJsonSchemaHandler) -> dict[str, Any]:
            return handler(TypeAdapter(self._kind).core_schema)  # no sooner than `doingoai schema` asks


class SentAsValues:
    """A frozen dataclass with slots that goes between processes as its values, which nobody validates again.

    Records and findings go there by the hundred thousand; the dataclass's own way takes ten times as long.
    """

    __slots__ = ()

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> Self:
        """An instance of the values of its fields, validated as usual: a record in 2.5 µs, by a call in 5.3."""
        made: Self = cls.__pydantic_validator__.validate_python(values)  # type: ignore[attr-defined]
        return made

    def __reduce__(self) -> tuple[Any, ...]:
        return sound, (type(self), values_of(type(self))(self))


def sound(kind: type[T], values: Iterable[Any]) -> T:
    """A frozen dataclass with slots of all its values in their order, which are known to be right."""
    made = object.__new__(kind)
    for put, value in zip(_setters(kind), values, strict=True):
        put(made, value)
    return made


def _values_of(kind: type) -> Callable[[Any], tuple[Any, ...]]:
    return attrgetter(*(field.name for field in fields(kind)))


def _setters_of(kind: type) -> tuple[Callable[[Any, Any], None], ...]:
    return tuple(getattr(kind, field.name).__set__ for field in fields(kind))


# Once a class; mypy would not take a decorated function's argument for hashable.
values_of: Callable[[type], Callable[[Any], tuple[Any, ...]]] = cache(_values_of)
"""What gives all values of an instance, in their order."""
_setters: Callable[[type], tuple[Callable[[Any, Any], None], ...]] = cache(_setters_of)
