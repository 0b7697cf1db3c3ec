"""The flat table of an export (bảng dữ liệu xuất): every row of every form, one column a field.

Fields are as typed and, beside them, what was understood of them.
"""

import json
from typing import NamedTuple

from doingoai_cli.consolidate.workbook.overview_counts import country_names, standing_in
from doingoai_cli.model.consolidated import Consolidated, ConsolidatedRow
from doingoai_cli.model.counting import (
    Standing,
    delegates,
    dollars,
    is_counted,
    month_of,
    period_of,
    persons,
    quarter_of,
    usd,
)
from doingoai_cli.model.forms import FormCatalogue, FormSpec
from doingoai_cli.model.records import MODELS, Agreement, Conference, RealisedTrip, Record, Trip, column_types

Scalar = str | int | float | bool | None


class Field(NamedTuple):
    """One column of the export: its name and type (Frictionless's words), what it means."""

    name: str
    type: str
    title: str


_HEAD = (
    Field("id", "string", "Mã bản ghi"), Field("cycle", "integer", "Kỳ (năm kế hoạch Y)"),
    Field("form", "string", "Mẫu"), Field("section", "string", "Mục"), Field("year", "integer", "Năm của dòng"),
    Field("direction", "string", "out: đoàn ra, tặng; in: đoàn vào, nhận; here: hội nghị"),
    Field("stage", "string", "realised: đã thực hiện; planned: kế hoạch; ended: hết hiệu lực"),
    Field("agency", "string", "Cơ quan, đơn vị"),
)  # fmt: skip
_READ = (
    Field("counted", "boolean", "Được tính vào số liệu"), Field("persons", "integer", "Số thành viên đọc được"),
    Field("country_codes", "string", "Mã nước ISO 3166, cách nhau bằng dấu ;"),
    Field("country_names", "string", "Tên nước, cách nhau bằng dấu ;"),
    Field("start", "date", "Ngày bắt đầu đọc được"), Field("end", "date", "Ngày kết thúc đọc được"),
    Field("month", "integer", "Tháng bắt đầu"), Field("quarter", "integer", "Quý bắt đầu"),
    Field("planned", "boolean", "Trong kế hoạch"),
    Field("vietnamese_delegates_number", "integer", "Số đại biểu Việt Nam đọc được"),
    Field("foreign_delegates_number", "integer", "Số đại biểu nước ngoài đọc được"),
    Field("usd", "number", "Giá trị đọc được (USD)"), Field("level_read", "string", "Cấp ký, cấp khen đọc được"),
    Field("state_read", "string", "in-force, expired, terminated, planned: tình trạng thỏa thuận đọc được"),
    Field("last_day", "date", "Ngày cuối cùng thỏa thuận còn hiệu lực"),
)  # fmt: skip
_TAIL = (
    Field("codes", "string", "Mã vi phạm, cách nhau bằng dấu ;"),
    Field("review_opinion", "string", "Ý kiến thẩm định"),
    Field("review_remark", "string", "Ghi chú thẩm định"),
    Field("review_change", "string", "Thay đổi sau thẩm định"),
    Field("source", "string", "Nguồn: tệp, trang tính, dòng của đơn vị gửi"),
    Field("workbook", "string", "Sổ tổng hợp"), Field("workbook_sheet", "string", "Trang của sổ tổng hợp"),
    Field("workbook_row", "integer", "Dòng của sổ tổng hợp"), Field("extras", "string", "Các cột khác (JSON)"),
)  # fmt: skip
# Officials' columns of text, by field, in the order of the models.
_TEXTS = tuple(dict.fromkeys(f for model in MODELS.values() for f in column_types(model)))


def fields(catalogue: FormCatalogue) -> tuple[Field, ...]:
    """The columns of the export, always the same ones for the same forms."""
    labels = {c.field: c.label for spec in reversed(catalogue.specs) for c in spec.columns}
    return (*_HEAD, *(Field(f, "string", labels.get(f, f)) for f in _TEXTS), *_READ, *_TAIL)


def table(consolidated: Consolidated, catalogue: FormCatalogue) -> list[dict[str, Scalar]]:
    """Every row as one flat record; a field that a form does not have is None, a blank cell ""."""
    return [_flat(row, catalogue.of_form(row.record.form), consolidated) for row in consolidated.rows]


def _flat(row: ConsolidatedRow, spec: FormSpec, consolidated: Consolidated) -> dict[str, Scalar]:
    record, role = row.record, spec.role(row.record.section)
    extras = {**record.extras, **row.extras}
    return {
        "id": row.record_id,
        "cycle": consolidated.cycle,
        "form": record.form,
        "section": record.section,
        "year": record.year,
        "direction": role.direction.value if role.direction else None,
        "stage": role.stage.value if role.stage else None,
        "agency": row.agency,
        **{field: record.text(field) if field in record.fields else None for field in _TEXTS},
        "counted": is_counted(row) and standing_in(spec, consolidated.cycle)(row.record) is Standing.INSIDE,
        **_understood(record),
        "codes": ";".join(row.codes),
        "review_opinion": row.review.opinion,
        "review_remark": row.review.remark,
        "review_change": row.change,
        "source": row.source,
        "workbook": record.provenance.file,
        "workbook_sheet": record.provenance.sheet,
        "workbook_row": record.provenance.row,
        "extras": json.dumps(extras, ensure_ascii=False, sort_keys=True) if extras else "",
    }


def _understood(record: Record) -> dict[str, Scalar]:
    period = period_of(record)
    places = getattr(record, "countries", None)
    meeting = isinstance(record, Conference)
    return {
        "persons": persons(record) if isinstance(record, Trip) and record.members.value is not None else None,
        "country_codes": ";".join(places.countries) if places else None,
        "country_names": ";".join(country_names(record)) if places else None,
        "start": period.start.isoformat() if period and period.start else None,
        "end": period.end.isoformat() if period and period.end else None,
        "month": month_of(record),
        "quarter": quarter_of(record),
        "planned": record.planned if isinstance(record, RealisedTrip) else None,
        "vietnamese_delegates_number": delegates(record)[0] if meeting else None,
        "foreign_delegates_number": delegates(record)[1] if meeting else None,
        "usd": dollars(record) if usd(record) is not None else None,
        "level_read": level.level if (level := getattr(record, "level", None)) else None,
        **_in_force(record),
    }


def _in_force(record: Record) -> dict[str, Scalar]:
    if not isinstance(record, Agreement):
        return {"state_read": None, "last_day": None}
    state = record.state.state
    return {
        "state_read": state.value if state else None,
        "last_day": record.ends.isoformat() if record.ends else None,
    }
