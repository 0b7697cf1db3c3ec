"""The records with their provenance for databases and analysis tools (xuất dữ liệu).

One flat table: every row of every form, its fields as typed and, beside them, what was understood of them. Texts
stay texts; a cell of the CSV that a spreadsheet would run as a formula gets an apostrophe before it.
"""

import csv
import io
import json
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from doingoai_cli.consolidate.workbook.counted_columns import country_names
from doingoai_cli.errors import DoingoaiError
from doingoai_cli.model.consolidated import Consolidated, ConsolidatedRow
from doingoai_cli.model.counting import (
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
from doingoai_cli.model.records import (
    MODELS,
    Agreement,
    Conference,
    RealisedTrip,
    Record,
    Trip,
    column_types,
)

NAME = "ban-ghi"
Scalar = str | int | float | bool | None
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


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
        **_understood(row, record),
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


def _understood(row: ConsolidatedRow, record: Record) -> dict[str, Scalar]:
    period = period_of(record)
    places = getattr(record, "countries", None)
    meeting = isinstance(record, Conference)
    return {
        "counted": is_counted(row),
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


# --- formats -----------------------------------------------------------------------------------------------


def export(consolidated: Consolidated, catalogue: FormCatalogue, to: str) -> dict[str, bytes]:
    """File name → bytes for a format: "csv", "jsonl", "parquet", "sqlite" or "datapackage".

    DoingoaiError for an unknown format, or Parquet without pyarrow.
    """
    if to not in FORMATS:
        raise DoingoaiError(f"Không có định dạng “{to}”; các định dạng: {', '.join(FORMATS)}.")
    return FORMATS[to](table(consolidated, catalogue), fields(catalogue), consolidated)


Rows = list[dict[str, Scalar]]
Columns = tuple[Field, ...]


def _csv(rows: Rows, columns: Columns) -> bytes:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow([column.name for column in columns])
    for row in rows:
        writer.writerow([_csv_cell(row[column.name]) for column in columns])
    return ("\ufeff" + buffer.getvalue()).encode("utf-8")


def _csv_cell(value: Scalar) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    text = str(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(_FORMULA_STARTS) else text


def _to_csv(rows: Rows, columns: Columns, _book: Consolidated) -> dict[str, bytes]:
    return {f"{NAME}.csv": _csv(rows, columns)}


def _to_jsonl(rows: Rows, _columns: Columns, _book: Consolidated) -> dict[str, bytes]:
    lines = (json.dumps(_with_extras(row), ensure_ascii=False) + "\n" for row in rows)
    return {f"{NAME}.jsonl": "".join(lines).encode("utf-8")}


def _with_extras(row: Mapping[str, Scalar]) -> dict[str, Any]:
    """Lists and the further columns as JSON has them."""
    lists = ("codes", "country_codes", "country_names")
    split = {name: str(row[name]).split(";") if row[name] else [] for name in lists}
    return {**row, **split, "extras": json.loads(str(row["extras"])) if row["extras"] else {}}


def _to_parquet(rows: Rows, columns: Columns, _book: Consolidated) -> dict[str, bytes]:
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise DoingoaiError(
            "Xuất Parquet cần thư viện pyarrow. Cài bằng: pip install 'doingoai-cli[parquet]', hoặc chọn --to csv."
        ) from error
    types = {
        "integer": pa.int64(),
        "number": pa.float64(),
        "boolean": pa.bool_(),
        "date": pa.string(),
        "string": pa.string(),
    }
    schema = pa.schema([(column.name, types.get(column.type, pa.string())) for column in columns])
    buffer = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows, schema=schema), buffer)
    return {f"{NAME}.parquet": buffer.getvalue()}


_SQL_TYPES = {"integer": "INTEGER", "number": "REAL", "boolean": "INTEGER", "date": "TEXT", "string": "TEXT"}


def _to_sqlite(rows: Rows, columns: Columns, book: Consolidated) -> dict[str, bytes]:
    """Tables `records`, `agencies` and `about`; built in memory, so nothing half written is ever on the disk."""
    with sqlite3.connect(":memory:") as database:
        defined = ", ".join(f'"{c.name}" {_SQL_TYPES[c.type]}' for c in columns)
        database.execute(f"CREATE TABLE records ({defined}, PRIMARY KEY (id))")
        marks = ", ".join("?" for _ in columns)
        database.executemany(
            f"INSERT INTO records VALUES ({marks})", ([row[c.name] for c in columns] for row in rows)
        )
        database.execute(
            "CREATE TABLE agencies (name TEXT, code TEXT, state TEXT, received TEXT, files INTEGER, rows INTEGER, "
            "errors INTEGER, warnings INTEGER)"
        )
        database.executemany("INSERT INTO agencies VALUES (?, ?, ?, ?, ?, ?, ?, ?)", _agencies(book))
        database.execute("CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT)")
        about = {"cycle": str(book.cycle), "rules": book.pack, "workbook": book.path}
        database.executemany("INSERT INTO about VALUES (?, ?)", about.items())
        database.commit()
        data = database.serialize()
    database.close()
    return {f"{NAME}.sqlite": data}


def _agencies(book: Consolidated) -> Iterable[tuple[Scalar, ...]]:
    return ((*a[:2], a.state.value, *a[3:8]) for a in book.agencies)


def _to_datapackage(rows: Rows, columns: Columns, book: Consolidated) -> dict[str, bytes]:
    """A Frictionless tabular data package: the CSV and its schema."""
    data = _csv(rows, columns)
    schema = {
        "fields": [{"name": c.name, "type": c.type, "title": c.title} for c in columns],
        "primaryKey": ["id"],
        "missingValues": [""],
    }
    package = {
        "profile": "tabular-data-package",
        "name": f"doingoai-{book.cycle}",
        "title": f"Công tác đối ngoại, kỳ {book.cycle}",
        "resources": [
            {
                "profile": "tabular-data-resource",
                "name": NAME,
                "path": f"{NAME}.csv",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8-sig",
                "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True},
                "schema": schema,
            }
        ],
    }
    described = json.dumps(package, ensure_ascii=False, indent=1) + "\n"
    return {"datapackage.json": described.encode("utf-8"), f"{NAME}.csv": data}


FORMATS: Mapping[str, Callable[[Rows, Columns, Consolidated], dict[str, bytes]]] = {
    "csv": _to_csv,
    "jsonl": _to_jsonl,
    "parquet": _to_parquet,
    "sqlite": _to_sqlite,
    "datapackage": _to_datapackage,
}
"""What each format is written by."""
