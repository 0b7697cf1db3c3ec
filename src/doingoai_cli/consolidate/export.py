"""The records with their provenance for databases and analysis tools (xuất dữ liệu), in each format."""

import io
import json
import sqlite3
from collections.abc import Callable, Mapping
from typing import Any

from doingoai_cli.consolidate.export_table import Field, Scalar, fields, table
from doingoai_cli.csvfile import BOM, csv_text
from doingoai_cli.errors import DoingoaiError
from doingoai_cli.model.consolidated import Consolidated
from doingoai_cli.model.forms import FormCatalogue

NAME = "ban-ghi"


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
    names = [column.name for column in columns]
    return (BOM + csv_text([names, *([row[name] for name in names] for row in rows)])).encode("utf-8")


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
        import pyarrow as pa  # an extra
        import pyarrow.parquet as pq
    except ImportError as error:
        raise DoingoaiError(
            "Xuất Parquet cần thư viện pyarrow. Cài bằng: pip install 'doingoai-cli[parquet]', hoặc chọn --to csv."
        ) from error
    types = {"integer": pa.int64(), "number": pa.float64(), "boolean": pa.bool_()}  # dates are texts here
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
        agencies = ((*a[:2], a.state.value, *a[3:8]) for a in book.agencies)
        database.executemany("INSERT INTO agencies VALUES (?, ?, ?, ?, ?, ?, ?, ?)", agencies)
        database.execute("CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT)")
        about = {"cycle": str(book.cycle), "rules": book.pack, "workbook": book.path}
        database.executemany("INSERT INTO about VALUES (?, ?)", about.items())
        database.commit()
        data = database.serialize()
    database.close()
    return {f"{NAME}.sqlite": data}


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
    "csv": lambda rows, columns, _book: {f"{NAME}.csv": _csv(rows, columns)},
    "jsonl": _to_jsonl,
    "parquet": _to_parquet,
    "sqlite": _to_sqlite,
    "datapackage": _to_datapackage,
}
"""What each format is written by."""
