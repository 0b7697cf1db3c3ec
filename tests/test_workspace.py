"""The workspace and the roster: found, read, refused with file and line."""

import re
import unicodedata
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import Font

from doingoai_cli.errors import ConfigError
from doingoai_cli.pipeline.inbox import open_roster
from doingoai_cli.pipeline.officer_lists import read_arrivals, read_roster
from doingoai_cli.pipeline.workspace import Workspace, find_workspace, read_workspace


def test_it_is_the_nearest_parents(tmp_path: Path) -> None:
    (tmp_path / "doingoai.toml").write_text('year = 2020\nprovince = "Quảng Bình"\ndeadline = 2019-09-15\n')
    deep = tmp_path / "a" / "b"
    deep.mkdir(parents=True)
    found = find_workspace(deep)
    assert (found.year, found.province, found.deadline) == (2020, "Quảng Bình", date(2019, 9, 15))
    assert found.path("don-vi.csv") == tmp_path / "don-vi.csv"


def test_without_one_everything_is_open(tmp_path: Path) -> None:
    assert find_workspace(tmp_path) == Workspace()


@pytest.mark.parametrize(
    ("text", "line", "word"),
    [
        ("year = \n", 1, "cú pháp TOML sai"),
        ("year = 20\n", 1, "quá nhỏ"),
        ("year = 2563\n", 1, "quá lớn"),
        ('roster = "C:\\Users\\an\\don-vi.csv"\n', 1, "viết đường dẫn bằng dấu /"),
        ("year = 2020\nyear = 2021\n", 2, "đã ghi ở trên"),
        ('province = "Quảng Bình\n', 1, "thiếu dấu nháy đóng"),
        ("province = “Quảng Bình”\n", 1, "dấu nháy thẳng"),
        ("province = Quảng Bình\n", 1, "phải đặt trong dấu nháy"),
        ("[report.tháng]\n", 1, "viết không dấu"),
        ('province = "A"\nyaer = 2020\n', 2, "có phải “year”?"),
        ('\nyear = "hai"\n', 2, "số nguyên"),
        ('agency = "Sở Y tế"\n', 1, "report, letter, calendar"),
        ('deadline = "15/9/2020"\n', 1, "phải là ngày, viết không có dấu nháy, ví dụ 2020-09-15"),
        ('folder = "x"\n', 1, "không có khóa “folder”"),
    ],
)
def test_a_broken_one_is_refused_with_its_line(tmp_path: Path, text: str, line: int, word: str) -> None:
    path = tmp_path / "doingoai.toml"
    path.write_text(text)
    with pytest.raises(ConfigError) as caught:
        read_workspace(path)
    assert caught.value.problems[0].startswith(f"{path}:{line}: ")
    assert word in caught.value.problems[0]


ROSTER = "code,name,aliases,kind,e-mail\nSYT,Sở Y tế,SYT|Sở Y tế tỉnh,sở,a@b.vn\nLT,UBND huyện Lệ Thủy,,huyện,\n"


@pytest.mark.parametrize("separator", [",", ";"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_the_roster_is_read_as_excel_writes_it(tmp_path: Path, separator: str, mark: str) -> None:
    path = tmp_path / "don-vi.csv"
    path.write_text(mark + ROSTER.replace(",", separator), encoding="utf-8")
    roster = read_roster(path)
    assert [e.name for e in roster.entries] == ["Sở Y tế", "UBND huyện Lệ Thủy"]
    assert roster.find("SỞ Y TẾ") is roster.entries[0]
    assert roster.find("Ủy ban nhân dân huyện Lệ Thuỷ") is roster.entries[1]
    assert roster.find("Sở Y") is None


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("code,ten goi\n1,a\n", 1),
        ("name\nSở Y tế\nSở  y tế\n", 3),
        ("code,name\n1,Sở Y tế\n2,\n", 3),
        ("code,name\nA,Sở Y tế\na,Sở Du lịch\n", 3),
        ('code,name\n1,"Sở Y tế\n2,Sở Du lịch\n', 2),
        ("name,keep_both\nSở Y tế,x\nSở Du lịch,có lẽ\n", 3),
    ],
)
def test_a_broken_roster_is_refused_with_its_line(tmp_path: Path, text: str, line: int) -> None:
    path = tmp_path / "don-vi.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        read_roster(path)
    assert caught.value.problems[0].startswith(f"{path}:{line}: ")


def test_a_roster_may_be_several_files(tmp_path: Path) -> None:
    departments, districts = tmp_path / "so.csv", tmp_path / "huyen.csv"
    departments.write_text("name;code\nSở Y tế;YT\n", encoding="utf-8")
    districts.write_text("code,name\nLT,UBND huyện Lệ Thủy\n", encoding="utf-8")
    roster = read_roster(departments, districts, departments)
    assert [(e.code, e.name) for e in roster.entries] == [("YT", "Sở Y tế"), ("LT", "UBND huyện Lệ Thủy")]
    districts.write_text("code,name\nLT,UBND huyện Lệ Thủy\nSYT,SỞ Y TẾ\nlt,Sở Du lịch\n", encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        read_roster(departments, districts)
    assert list(caught.value.problems) == [
        f"{districts}:3: “SỞ Y TẾ” trùng với {departments}:2",
        f"{districts}:4: mã “lt” trùng với dòng 2",
    ]


def test_a_name_on_two_lines_and_decomposed_letters_are_one_name(tmp_path: Path) -> None:
    path = tmp_path / "don-vi.csv"
    text = 'Mã,Tên\nVH,"Sở Văn hóa\nvà Thể thao"\nYT,Sở Y tế\n'
    path.write_text(unicodedata.normalize("NFD", text), encoding="utf-8")
    assert [e.name for e in read_roster(path).entries] == ["Sở Văn hóa và Thể thao", "Sở Y tế"]


def _book(path: Path, *rows: list[object]) -> Path:
    book = openpyxl.Workbook()
    book.active.append(["DANH SÁCH CƠ QUAN, ĐƠN VỊ"])
    book.active.append([])
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


@pytest.mark.parametrize("aliases", ["Tên khác", "Tên gọi khác", "Viết tắt", "ten_khac"])
def test_the_roster_is_read_from_a_workbook(tmp_path: Path, aliases: str) -> None:
    path = _book(
        tmp_path / "don-vi.xlsx",
        ["TT", "Mã", "Tên cơ quan, đơn vị", aliases, "Loại", "E-mail"],
        [1, "SYT", "Sở Y tế", "SYT | Sở Y tế tỉnh", "sở", "a@b.vn"],
        [2, 45, "UBND huyện Lệ Thủy", None, "huyện", None],
        [None, None, None],
    )
    roster = read_roster(path)
    assert [(e.code, e.name, e.aliases, e.email) for e in roster.entries] == [
        ("SYT", "Sở Y tế", ("SYT", "Sở Y tế tỉnh"), "a@b.vn"),
        ("45", "UBND huyện Lệ Thủy", (), ""),
    ]


def test_a_roster_in_a_font_before_unicode_is_read_as_it_is_seen(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in [["Ma", "Tªn"], ["SYT", "Së Y tÕ"], ["SDL", "Së Du lÞch"]]:
        book.active.append(row)
    for cell in (cell for row in book.active for cell in row):
        cell.font = Font(name=".VnTime")
    book.save(tmp_path / "don-vi.xlsx")
    assert [entry.name for entry in read_roster(tmp_path / "don-vi.xlsx").entries] == ["Sở Y tế", "Sở Du lịch"]


def _strict(book: Path) -> Path:
    """The workbook as Excel's "Strict Open XML" writes it: openpyxl sees no sheet there."""
    strict = book.with_name("strict.xlsx")
    with zipfile.ZipFile(book) as old, zipfile.ZipFile(strict, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            for transitional, purl in (("spreadsheetml/2006/main", "spreadsheetml/main"), (
                "officeDocument/2006/relationships", "officeDocument/relationships",
            )):  # fmt: skip
                part = part.replace(
                    f"http://schemas.openxmlformats.org/{transitional}".encode(),
                    f"http://purl.oclc.org/ooxml/{purl}".encode(),
                )
            new.writestr(name, part)
    return strict


def _sized_wrongly(book: Path) -> Path:
    """The workbook with a sheet that says it were one cell."""
    small = book.with_name("small.xlsx")
    with zipfile.ZipFile(book) as old, zipfile.ZipFile(small, "w") as new:
        for name in old.namelist():
            new.writestr(name, re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1"', old.read(name)))
    return small


@pytest.mark.parametrize("saved", [_strict, _sized_wrongly])
def test_no_row_of_a_roster_is_lost_however_it_is_saved(tmp_path: Path, saved: Callable[[Path], Path]) -> None:
    path = saved(_book(tmp_path / "don-vi.xlsx", ["Mã", "Tên"], ["A", "Sở Y tế"], ["B", "Sở Du lịch"]))
    assert [entry.code for entry in read_roster(path).entries] == ["A", "B"]


def test_a_roster_that_lost_its_letters_is_refused_with_advice(tmp_path: Path) -> None:
    path = tmp_path / "don-vi.csv"
    path.write_text("code,name\nSYT,S? Y t?\nX,UBND xã X (mới)\n", "utf-8")
    with pytest.raises(ConfigError) as caught:
        read_roster(path)
    (problem,) = caught.value.problems
    assert problem == f"{path}:2: “S? Y t?” mất dấu tiếng Việt; trong Excel chọn “CSV UTF-8” khi lưu"


def test_a_broken_roster_of_a_workbook_is_refused_with_its_row(tmp_path: Path) -> None:
    path = _book(tmp_path / "don-vi.xlsx", ["Tên"], ["Sở Y tế"], ["Sở  y tế"])
    with pytest.raises(ConfigError) as caught:
        read_roster(path)
    assert list(caught.value.problems) == [f"{path}:5: “Sở y tế” trùng với dòng 4"]
    (tmp_path / "hong.xlsx").write_bytes(b"PK")
    with pytest.raises(ConfigError):
        read_roster(tmp_path / "hong.xlsx")
    with pytest.raises(ConfigError, match="thiếu cột"):
        read_roster(_book(tmp_path / "khac.xlsx", ["Số", "Ngày"]))


def test_the_order_of_arrival_is_read_from_text_and_from_a_workbook(tmp_path: Path) -> None:
    (tmp_path / "nhan.txt").write_text("b.xlsx\n\n a, b.xlsx \n", encoding="utf-8")
    assert read_arrivals(tmp_path / "nhan.txt") == ("b.xlsx", "a, b.xlsx")
    book = _book(tmp_path / "nhan.xlsx", ["TT", "Tên tệp", "Ngày"], [1, "b.xlsx", "1/9"], [2, "a.xlsx", "2/9"])
    assert read_arrivals(book) == ("b.xlsx", "a.xlsx")


def test_a_roster_workbook_beside_the_settings_is_found(tmp_path: Path) -> None:
    (tmp_path / "doingoai.toml").write_text("year = 2020\n", encoding="utf-8")
    _book(tmp_path / "don-vi.xlsx", ["Tên"], ["Sở Y tế"])
    roster = open_roster((), find_workspace(tmp_path))
    assert roster is not None
    assert [entry.name for entry in roster.entries] == ["Sở Y tế"]
