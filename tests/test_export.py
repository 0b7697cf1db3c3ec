"""Records with their provenance for databases and analysis tools."""

import csv
import io
import json
import sqlite3
import sys

import pytest
from consolidation import CATALOGUE, CONFERENCE, FURTHER, PLANNED, REALISED, back, merged, submission, written

from doingoai_cli.consolidate.export import FORMATS, export, fields, table
from doingoai_cli.errors import DoingoaiError
from doingoai_cli.model.consolidated import Consolidated

EVIL = '=cmd|"/c calc"!A1'


@pytest.fixture(scope="module")
def book() -> Consolidated:
    rows = [{**PLANNED, "name": EVIL, "activities": "- Ký kết\n- Khảo sát", "Ghi chú": "gấp"}]
    sent = submission("a.xlsx", "Sở Y tế", {"01.A": [REALISED], "02.A": rows, "03": [CONFERENCE]})
    return back(written(merged([sent]))).consolidated


def test_every_row_has_its_texts_what_they_mean_and_where_they_stand(book: Consolidated) -> None:
    done, plan, meeting = table(book, CATALOGUE)
    assert (done["form"], done["direction"], done["stage"], done["year"]) == ("01.A", "out", "realised", 2019)
    assert (done["members"], done["persons"], done["country_codes"], done["planned"]) == ("5", 5, "LAO;THA", True)
    assert (done["start"], done["end"], done["month"]) == ("2019-05-15", "2019-05-20", 5)
    assert done["source"] == "a.xlsx · Mẫu 01.A · dòng 8"
    assert (done["workbook"], done["workbook_sheet"], done["workbook_row"]) == ("tonghop.xlsx", "01.A", 8)
    assert (plan["name"], plan["quarter"], plan["report_ref"]) == (EVIL, 2, None)
    assert json.loads(str(plan["extras"])) == {"Ghi chú": "gấp"}
    assert (meeting["vietnamese_delegates_number"], meeting["foreign_delegates_number"]) == (40, 15)


def test_the_further_forms_say_what_was_understood_of_them() -> None:
    sent = submission("a.xlsx", "Sở Y tế", {form: [row] for form, row in FURTHER.items()})
    rows = {row["form"]: row for row in table(back(written(merged([sent]))).consolidated, CATALOGUE)}
    agreement, award = rows["4"], rows["7"]
    assert [agreement[name] for name in ("start", "level_read", "state_read", "last_day", "stage")] == [
        "2019-03-12", "Cấp tỉnh", "in-force", "2024-03-12", "realised",
    ]  # fmt: skip
    aid = rows["PCPNN"]
    assert (aid["usd"], aid["value"], aid["end"]) == (250_000, "250.000", "2020-12-31")
    assert (award["direction"], award["level_read"], award["month"]) == ("out", "Cấp tỉnh", 3)
    assert (rows["5"]["foreign_delegates_number"], rows["5"]["usd"]) == (15, None)


def test_csv_opens_in_excel_as_text(book: Consolidated) -> None:
    (data,) = export(book, CATALOGUE, "csv").values()
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert rows[1]["name"] == "'" + EVIL
    assert rows[1]["activities"] == "'- Ký kết\n- Khảo sát"
    assert not any(value.startswith(("=", "+", "-", "@")) for row in rows for value in row.values())


def test_json_lines_hold_texts_as_they_are_and_lists_as_lists(book: Consolidated) -> None:
    (data,) = export(book, CATALOGUE, "jsonl").values()
    done, plan, _ = map(json.loads, data.decode().splitlines())
    assert plan["name"] == EVIL
    assert plan["extras"] == {"Ghi chú": "gấp"}
    assert done["country_codes"] == ["LAO", "THA"]


def test_sqlite_answers_questions(book: Consolidated, tmp_path_factory: pytest.TempPathFactory) -> None:
    (data,) = export(book, CATALOGUE, "sqlite").values()
    path = tmp_path_factory.mktemp("db") / "so.sqlite"
    path.write_bytes(data)
    with sqlite3.connect(path) as database:
        assert database.execute("SELECT form, sum(persons) FROM records GROUP BY form").fetchall() == [
            ("01.A", 5), ("02.A", 5), ("03", None),
        ]  # fmt: skip
        assert database.execute("SELECT name FROM agencies").fetchall() == [("Sở Y tế",)]
    database.close()


def test_parquet_keeps_types(book: Consolidated) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    (data,) = export(book, CATALOGUE, "parquet").values()
    read = parquet.read_table(io.BytesIO(data))
    assert read.column("persons").to_pylist() == [5, 5, None]
    assert read.column("name").to_pylist()[1] == EVIL


def test_parquet_without_its_library_says_what_to_do(book: Consolidated, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(DoingoaiError, match=r"doingoai-cli\[parquet\]"):
        export(book, CATALOGUE, "parquet")


def test_a_data_package_describes_its_table(book: Consolidated) -> None:
    files = export(book, CATALOGUE, "datapackage")
    (resource,) = json.loads(files["datapackage.json"])["resources"]
    header = files[resource["path"]].decode("utf-8-sig").split("\r\n")[0].split(",")
    assert header == [field["name"] for field in resource["schema"]["fields"]]
    assert {field["type"] for field in resource["schema"]["fields"]} <= {
        "string",
        "integer",
        "number",
        "boolean",
        "date",
    }


def test_an_empty_workbook_has_the_same_columns_in_every_format() -> None:
    empty = Consolidated(2020, ())
    for name in FORMATS:
        assert export(empty, CATALOGUE, name)
    (data,) = export(empty, CATALOGUE, "csv").values()
    assert data.decode("utf-8-sig").strip().split(",") == [field.name for field in fields(CATALOGUE)]


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(DoingoaiError, match="csv, jsonl, parquet, sqlite, datapackage"):
        export(Consolidated(2020, ()), CATALOGUE, "xml")


def test_no_two_columns_have_one_name() -> None:
    names = [field.name for field in fields(CATALOGUE)]
    assert len(names) == len(set(names))
