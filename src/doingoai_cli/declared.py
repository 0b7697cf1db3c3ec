"""Values that people write in YAML or TOML (khai báo), validated by pydantic when, and only when, they are.

Importing pydantic and building its models takes longer than reading a workbook, and what ships with the program
is validated once an installation (`shipped.py`). So a declared value is a plain class; pydantic reads its
annotations when something has to be validated.
"""

from collections.abc import Callable, Mapping
from functools import cache
from inspect import get_annotations
from typing import Annotated, Any, ClassVar, Self, dataclass_transform, get_origin, get_type_hints


class Limited:
    """In an annotation: `pydantic.Field`'s limits (ge, le, min_length, pattern)."""

    def __init__(self, **limits: Any) -> None:
        self._limits = limits

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:
        """Pydantic's own schema of the limits."""
        from pydantic import Field

        return handler.generate_schema(Annotated[source, Field(**self._limits)])


class Read:
    """In an annotation: what stands in the file goes through a function first; its ValueError says the fault."""

    def __init__(self, function: Callable[[Any], Any]) -> None:
        self._function = function

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:
        """The function, then pydantic's own validation."""
        from pydantic_core import core_schema

        return core_schema.no_info_before_validator_function(self._function, handler(source))


@dataclass_transform(kw_only_default=True, frozen_default=True)
class Declared:
    """A frozen value with annotated fields; unknown keys in a file are refused.

    What Python code passes is not validated: `yamlfile.validate` does that.
    """

    ALIASES: ClassVar[Mapping[str, str]] = {}
    """Field → the key in the file, where Python reserves the word ("from")."""
    ANNOTATIONS: ClassVar[Mapping[str, Any]] = {}
    """Each field with its annotation, in order; made here."""

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        own = {name: kind for name, kind in get_annotations(cls).items() if not _is_of_class(kind)}
        cls.ANNOTATIONS = {**cls.ANNOTATIONS, **own}

    def __init__(self, **values: Any) -> None:
        wrong = [name for name in self.ANNOTATIONS if name not in values and not hasattr(type(self), name)]
        wrong += [name for name in values if name not in self.ANNOTATIONS]
        if wrong:
            raise TypeError(f"{type(self).__name__}: {', '.join(wrong)}")
        self.__dict__.update(values)

    def __setattr__(self, name: str, value: Any) -> None:
        raise AttributeError(f"{type(self).__name__}.{name} is frozen")

    def _values(self) -> tuple[Any, ...]:
        return tuple(getattr(self, name) for name in self.ANNOTATIONS)

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and isinstance(other, Declared) and other._values() == self._values()

    def __hash__(self) -> int:
        return hash((type(self), self._values()))

    def __repr__(self) -> str:
        shown = (f"{name}={getattr(self, name)!r}" for name in self.ANNOTATIONS)
        return f"{type(self).__name__}({', '.join(shown)})"

    def fit_together(self) -> None:
        """Raise ValueError where the values, each right by itself, do not fit together."""

    @classmethod
    def _of_model(cls, model: Any) -> Self:
        value = cls(**{name: getattr(model, name) for name in cls.ANNOTATIONS})
        value.fit_together()
        return value

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> Any:
        """A model's schema, whose result becomes one of ours."""
        from pydantic_core import core_schema

        declared: Any = cls
        model = model_of(declared)
        return core_schema.no_info_after_validator_function(cls._of_model, handler.generate_schema(model))


def _is_of_class(annotation: Any) -> bool:
    origin: Any = get_origin(annotation)
    return origin is ClassVar


@cache
def model_of(declared: type[Declared]) -> Any:
    """The pydantic model that validates a declared class; one alone, for it may hold values of its own kind."""
    from pydantic import ConfigDict, Field, create_model

    kinds = get_type_hints(declared, include_extras=True)
    fields: dict[str, Any] = {
        name: (kinds[name], Field(getattr(declared, name, ...), alias=declared.ALIASES.get(name)))
        for name in declared.ANNOTATIONS
    }
    config = ConfigDict(frozen=True, extra="forbid", defer_build=True)
    return create_model(declared.__name__, __config__=config, **fields)
