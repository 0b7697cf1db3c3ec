"""What is wrong with a form's YAML that its types do not show: a province writes one by hand (biểu mẫu riêng)."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from doingoai_cli.messages import did_you_mean
from doingoai_cli.model.form_parts import Direction, Stage
from doingoai_cli.model.own_files import GUIDANCE_SHEET, MEMBERS_SHEET, RESULT_SHEET, ListSheet
from doingoai_cli.model.records import (
    MODELS,
    Conference,
    InternationalConference,
    PlannedTrip,
    RealisedTrip,
    column_types,
)
from doingoai_cli.value_faults import Key
from doingoai_cli.vietnamese.text import key

if TYPE_CHECKING:
    from doingoai_cli.model.forms import FormSpec

Fault = tuple[Key, str]
_ABROAD = (Direction.OUT, Direction.IN)
_MEANS = {
    PlannedTrip: (_ABROAD, Stage.PLANNED),
    RealisedTrip: (_ABROAD, Stage.REALISED),
    Conference: ((Direction.HERE,), None),
    InternationalConference: ((Direction.HERE,), None),
}
"""Model → the directions that it can have, and its only stage (None: by section)."""
_SHEET = re.compile(r"(?!')[^\[\]:*?/\\]{1,31}(?<!')")
_RESERVED = {
    "form": ("sổ tổng hợp", {*ListSheet, "History"}),
    "sheet": ("tệp biểu mẫu", {GUIDANCE_SHEET, MEMBERS_SHEET, RESULT_SHEET, "History"}),
}
"""Key → the file that has a sheet of that name, and the names that are taken there; "History" by Excel itself."""
_BRACES = re.compile(r"\{(?!(?:province|Y(?:[-−]\d+)?)\})[^{}]*\}")
_WIDEST = 255  # characters: Excel's own limit


def faults_of(spec: "FormSpec") -> Iterator[Fault]:
    """The faults of a form, each with the key at which it stands."""
    if spec.model not in MODELS:
        yield ("model",), f"không có mô hình “{spec.model}”{did_you_mean(spec.model, MODELS, _listed(MODELS))}"
        return
    for name, (file, taken) in _RESERVED.items():
        given = getattr(spec, name)
        if not _SHEET.fullmatch(given):
            yield (name,), "phải có 1–31 ký tự, không có [ ] : * ? / \\, không có dấu nháy đơn ở hai đầu"
        if name == "form" and "," in given:
            yield (name,), "không có dấu phẩy: sổ tổng hợp ghi nhiều mã trong một ô, cách nhau bằng dấu phẩy"
        if given.casefold() in {other.casefold() for other in taken}:
            yield (name,), f"“{given}” đã là tên một trang khác của {file}; ghi tên khác"
    if not spec.title.strip():
        yield ("title",), "tiêu đề không được trống"
    yield from _of_role(spec, (), spec.direction, spec.stage)
    yield from _of_columns(spec)
    yield from _of_sections(spec)
    yield from _of_texts(spec)


def _listed(names: object) -> str:
    return f"; có: {', '.join(names)}" if isinstance(names, (dict, list)) else ""


def _of_role(spec: "FormSpec", at: Key, direction: Direction | None, stage: Stage | None) -> Iterator[Fault]:
    directions, only = _MEANS.get(spec.record_model, (tuple(Direction), None))
    if direction and direction not in directions:
        yield (*at, "direction"), f"mô hình {spec.model} cần direction: {' hoặc '.join(directions)}"
    if only and stage and stage is not only:
        yield (*at, "stage"), f"mô hình {spec.model} cần stage: {only}"


def _of_sections(spec: "FormSpec") -> Iterator[Fault]:
    """Rows are told apart by their section: two that are called alike would hold each row twice."""
    fields = [column.field for column in spec.columns]
    seen: set[tuple[str, str]] = set()
    for number, section in enumerate(spec.sections):
        at: Key = ("sections", number)
        for name, said, value in (("id", "mã", section.id), ("title", "tiêu đề", key(section.title))):
            if not value.strip():
                yield (*at, name), f"{said} của mục không được trống"
            elif (name, value) in seen:
                yield (*at, name), f"hai mục cùng {said} “{getattr(section, name)}”"
            seen.add((name, value))
        yield from _of_role(spec, at, section.direction, section.stage)
        for field in section.total_fields:
            if field not in fields:
                hint = did_you_mean(field, fields, _listed(fields))
                yield (*at, "total_fields"), f"biểu không có cột của trường “{field}”{hint}"


def _of_columns(spec: "FormSpec") -> Iterator[Fault]:
    if not spec.columns:
        yield ("columns",), "phải có ít nhất một cột"
    known = list(column_types(spec.record_model))
    seen: set[tuple[str, str]] = set()
    for at, column in enumerate(spec.columns):
        if column.field not in known:
            hint = did_you_mean(column.field, known, _listed(known))
            yield ("columns", at, "field"), f"mô hình {spec.model} không có trường “{column.field}”{hint}"
        if not column.label.strip():
            yield ("columns", at, "label"), "nhãn cột không được trống"
        if not 0 < column.width <= _WIDEST:
            yield ("columns", at, "width"), f"độ rộng phải lớn hơn 0, nhiều nhất {_WIDEST}"
        heading = key(f"{column.group} {column.label}")
        for name, said, value in (("field", "trường", column.field), ("label", "nhãn", heading)):
            if (name, value) in seen:
                yield ("columns", at, name), f"hai cột cùng {said} “{getattr(column, name)}”"
            seen.add((name, value))


def _of_texts(spec: "FormSpec") -> Iterator[Fault]:
    texts: list[Fault] = [(("title",), spec.title)]
    texts += [(("sections", at, "title"), section.title) for at, section in enumerate(spec.sections)]
    texts += [(("notes", at, "text"), note.text) for at, note in enumerate(spec.notes)]
    for where, text in texts:
        if unknown := _BRACES.search(text):
            yield where, f"không có biến {unknown[0]}; có: {{Y}}, {{Y-1}}, {{Y-2}}, {{province}}"
