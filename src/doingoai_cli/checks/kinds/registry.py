"""The kinds of rules: found in the modules of this folder, and what they say of themselves.

A new kind is one class in one of them, with its words for people (`ABOUT`, `PARAMS`, `OFFERS`).
"""

from collections.abc import Iterator, Mapping
from importlib import import_module
from pkgutil import iter_modules
from typing import Any, NamedTuple, get_args, get_type_hints

from pydantic import TypeAdapter

from doingoai_cli.checks import kinds
from doingoai_cli.checks.kind import Kind


def _kinds_in(module_name: str) -> Iterator[type[Kind]]:
    """The classes of a module that are kinds with a name of their own (`kind: Literal["…"]`)."""
    for found in vars(import_module(module_name)).values():
        own = isinstance(found, type) and issubclass(found, Kind) and found.__module__ == module_name
        if own and get_args(get_type_hints(found)["kind"]):
            yield found


_MODULES = (f"{kinds.__name__}.{module.name}" for module in iter_modules(kinds.__path__))
KIND_CLASSES: Mapping[str, type[Kind]] = {
    get_args(get_type_hints(kind)["kind"])[0]: kind
    for module_name in _MODULES
    if module_name != __name__
    for kind in _kinds_in(module_name)
}
"""Every kind by its name."""


class Parameter(NamedTuple):
    """One parameter of a kind, for people."""

    name: str
    type: str
    required: bool
    default: Any
    description: str


class KindDescription(NamedTuple):
    """A kind, for people: `variables` are the names that its messages may use, each with its meaning."""

    name: str
    about: str
    needs_field: bool
    parameters: tuple[Parameter, ...]
    variables: Mapping[str, str]


def describe_kinds() -> tuple[KindDescription, ...]:
    """All kinds with their parameters, by name (`doingoai rules kinds`)."""
    return tuple(
        KindDescription(name, cls.ABOUT, cls.NEEDS_FIELD, tuple(_parameters(cls)), cls.OFFERS)
        for name, cls in sorted(KIND_CLASSES.items())
    )


def _parameters(cls: type[Kind]) -> Iterator[Parameter]:
    schema = TypeAdapter(cls).json_schema()
    for name, described in schema["properties"].items():
        if name != "kind":
            required = name in schema["required"]
            default = None if required else described.get("default", {})
            yield Parameter(name, _type_name(described), required, default, cls.PARAMS[name])


def _type_name(schema: Mapping[str, Any]) -> str:
    """A JSON Schema type in plain words."""
    if "enum" in schema:
        return " | ".join(map(str, schema["enum"]))
    match schema.get("type"):
        case "array":
            return "danh sách"
        case "object":
            return "các cặp khóa: giá trị"
        case "integer":
            return "số nguyên"
        case "boolean":
            return "true | false"
    return "văn bản"
