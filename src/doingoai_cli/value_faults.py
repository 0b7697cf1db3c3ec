"""What is wrong with a value that somebody wrote in a file, said in Vietnamese with its `file:line`."""

from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from typing import Any, Protocol, get_args, get_type_hints

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from doingoai_cli.messages import did_you_mean

Key = tuple[str | int, ...]
"""The way to a part of some data: ("rules", "DR07", "forms")."""


class Places(Protocol):
    """Where the parts of some data stand."""

    def at(self, key: Key) -> str:
        """`file:line` of the nearest place that is known on the way to `key`."""
        ...


def explain(error: ValidationError, located: Places, under: Key = (), kind: Any = None) -> list[str]:
    """A pydantic ValidationError as Vietnamese sentences, each beginning with `file:line`."""
    # pydantic counts a tuple with a faulty item as too short besides: only an empty one is.
    faults = [item for item in error.errors() if item["type"] != "too_short" or not item["input"]]
    return [
        f"{located.at((*under, *item['loc']))}: {_sentence(item, _keys_at(kind, item['loc']))}" for item in faults
    ]


def _keys_at(kind: Any, at: Key) -> list[str]:
    """The keys that there are where a key stands; none where that is not known."""
    for step in at[:-1]:
        within = _fields_of(kind)
        kind = _model_within(within[str(step)].annotation) if step in within else kind
    return [info.alias or name for name, info in _fields_of(kind).items() if not info.exclude]


def _fields_of(kind: Any) -> Mapping[str, FieldInfo]:
    """The fields of a model or a dataclass, by name; none of anything else."""
    if is_dataclass(kind):
        hints = get_type_hints(kind, include_extras=True)
        return {field.name: FieldInfo.from_annotation(hints[field.name]) for field in fields(kind)}
    return getattr(kind, "model_fields", {})


def _model_within(annotation: Any) -> Any:
    """The model whose values an annotation speaks of: of `tuple[Section, ...]` Section; None for none."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next(filter(None, map(_model_within, get_args(annotation))), None)


def _sentence(item: Any, known: Sequence[str]) -> str:
    where = ".".join(str(step) for step in item["loc"]) or "tệp"
    name, listed = str(item["loc"][-1]) if item["loc"] else "", ", ".join(known)
    fault: str = item["type"]
    context = item.get("ctx", {})
    if fault == "missing":
        return f"thiếu “{where}”"
    if fault in ("extra_forbidden", "unexpected_keyword_argument"):
        return f"không có khóa “{where}”{did_you_mean(name, known, f'; có: {listed}' if known else '')}"
    if fault in ("value_error", "assertion_error"):
        return f"“{where}”: {context.get('error', item['msg'])}"
    if fault in ("literal_error", "enum"):
        allowed = str(context.get("expected", "")).replace(" or ", " hoặc ")
        return f"“{where}” phải là một trong: {allowed} (đang là {item['input']!r})"
    return f"“{where}”: {_EXPECTED.get(fault, 'giá trị không hợp lệ')} (đang là {item['input']!r})"


_FAULTS = {
    "phải là văn bản (đặt trong dấu nháy nếu là số)": ("string_type",),
    "phải là số nguyên": ("int_type", "int_parsing", "int_from_float"),
    "phải là số": ("float_type", "float_parsing"),
    "phải là true hoặc false": ("bool_type", "bool_parsing"),
    "phải là danh sách": ("list_type", "tuple_type"),
    "phải là ngày, viết không có dấu nháy, ví dụ 2020-09-15": (
        "date_type", "date_parsing", "date_from_datetime_parsing",
    ),
    "phải là các cặp khóa: giá trị": ("dict_type", "model_type"),
    "quá nhỏ": ("greater_than_equal", "greater_than"),
    "quá lớn": ("less_than_equal", "less_than"),
    "sai mẫu": ("string_pattern_mismatch",),
    "không được trống": ("string_too_short", "too_short"),
}  # fmt: skip
_EXPECTED = {fault: said for said, faults in _FAULTS.items() for fault in faults}
