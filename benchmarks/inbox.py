"""A seeded generator of realistic inboxes: agencies, layouts, mistakes.

    python benchmarks/inbox.py FOLDER --files 60 --rows 20 --cycle 2020 --seed 1

Writes FOLDER/inbox/*.xlsx, FOLDER/don-vi.csv and FOLDER/facts.json with the sums that reports must show. The same
arguments give the same records. It uses nothing of the package: what it writes is what agencies would send.
"""

import argparse
import json
import random
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import xlsxwriter

DEPARTMENTS = (
    "Sở Y tế", "Sở Du lịch", "Sở Ngoại vụ", "Sở Tài chính", "Sở Công Thương", "Sở Nội vụ", "Sở Xây dựng",
    "Sở Tư pháp", "Sở Giao thông vận tải", "Sở Văn hóa và Thể thao", "Sở Giáo dục và Đào tạo",
    "Sở Khoa học và Công nghệ", "Sở Kế hoạch và Đầu tư", "Sở Tài nguyên và Môi trường",
    "Sở Thông tin và Truyền thông", "Sở Lao động - Thương binh và Xã hội",
    "Sở Nông nghiệp và Phát triển nông thôn",
    "Thanh tra tỉnh", "Ban Dân tộc", "Ban Tuyên giáo Tỉnh ủy", "Liên hiệp các tổ chức hữu nghị tỉnh",
    "Trường Đại học Quảng Bình", "Đài Phát thanh và Truyền hình tỉnh", "Ban Quản lý Vườn Quốc gia",
)  # fmt: skip
DISTRICTS = ("huyện Lệ Thủy", "huyện Quảng Ninh", "thành phố Đồng Hới", "huyện Bố Trạch", "thị xã Ba Đồn",
             "huyện Quảng Trạch", "huyện Tuyên Hóa", "huyện Minh Hóa")  # fmt: skip
COUNTRIES = (
    "Lào",
    "Thái Lan",
    "Nhật Bản",
    "Hàn Quốc",
    "Trung Quốc",
    "Pháp",
    "CHLB Đức",
    "Singapore",
    "Úc",
    "Hoa Kỳ",
)
GIVEN = (
    "An",
    "Bình",
    "Cường",
    "Dung",
    "Giang",
    "Hà",
    "Khánh",
    "Lan",
    "Minh",
    "Nam",
    "Phong",
    "Quỳnh",
    "Sơn",
    "Tâm",
)
FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Bùi", "Đỗ", "Võ")
POSTS = ("Phó Giám đốc", "Trưởng phòng", "Phó Trưởng phòng", "Chánh Văn phòng")
THEMES = (
    "y tế dự phòng",
    "du lịch cộng đồng",
    "nông nghiệp sạch",
    "đào tạo nghề",
    "biên giới",
    "năng lượng tái tạo",
)
HEADINGS = {
    "01.A": ("TT", "Tên đoàn", "Danh nghĩa đoàn", "Trưởng đoàn", "Số thành viên", "Đến nước", "Đối tác làm việc",
             "Nội dung hoạt động", "Thời gian thực hiện", "Kinh phí", "Báo cáo", "Trong KH", "Ngoài KH"),
    "01.B": ("TT", "Tên đoàn", "Danh nghĩa đoàn", "Trưởng đoàn", "Số thành viên", "Đến nước", "Đối tác làm việc",
             "Nội dung hoạt động", "Thời gian thực hiện", "Kinh phí", "Trong KH", "Ngoài KH"),
    "02.A": ("TT", "Tên đoàn", "Danh nghĩa đoàn", "Trưởng đoàn", "Số thành viên", "Đến nước", "Đối tác làm việc",
             "Nội dung hoạt động", "Số ngày", "Thời gian thực hiện", "Nguồn kinh phí"),
    "02.B": ("TT", "Tên đoàn", "Danh nghĩa đoàn", "Trưởng đoàn", "Số thành viên", "Đến từ nước",
             "Nội dung hoạt động", "Số ngày", "Thời gian thực hiện", "Nguồn kinh phí (VNĐ)"),
    "03": ("TT", "Tên Hội nghị, hội thảo quốc tế", "Số lượng đại biểu Việt Nam",
           "Số lượng đại biểu có quốc tịch nước ngoài", "Chủ đề, nội dung hội nghị, hội thảo", "Số ngày",
           "Thời gian thực hiện", "Địa điểm tổ chức", "Tổng kinh phí"),
}  # fmt: skip
TITLES = {
    "01.A": "BẢNG TỔNG HỢP ĐOÀN RA ĐÃ THỰC HIỆN TRONG NĂM {last}",
    "01.B": "BẢNG TỔNG HỢP ĐOÀN VÀO ĐÃ THỰC HIỆN TRONG NĂM {last}",
    "02.A": "BẢNG TỔNG HỢP KẾ HOẠCH ĐOÀN RA NĂM {year}",
    "02.B": "BẢNG TỔNG HỢP KẾ HOẠCH ĐOÀN VÀO NĂM {year}",
    "03": "BẢNG THỐNG KÊ HỘI NGHỊ, HỘI THẢO QUỐC TẾ NĂM {last} VÀ DỰ KIẾN NĂM {year}",
}


@dataclass
class File:
    """One agency's workbook: rows by form, and how it looks."""

    agency: str
    name: str
    capitals: bool
    start_row: int
    start_col: int
    numbers_row: bool
    staff: list[str]
    """Those who lead its delegations: an agency has a few leaders and heads of divisions, whatever it plans."""
    rows: dict[str, list[tuple[Any, ...]]] = field(default_factory=dict)


_STAFF = 12


def agency_names(count: int) -> list[str]:
    """`count` different agencies: departments, districts, then numbered ones."""
    names = [*DEPARTMENTS, *(f"UBND {d}" for d in DISTRICTS)]
    return (names + [f"Đơn vị sự nghiệp số {n}" for n in range(1, count + 1)])[:count]


def make_file(index: int, agency: str, rows: int, cycle: int, seed: int) -> File:
    """The workbook of one agency; depends on nothing but its arguments."""
    rng = random.Random(f"{seed}/{index}/{agency}")
    file = File(
        agency, f"{index:05d}.xlsx", rng.random() < 0.2, rng.choice((6, 8, 10)), rng.choice((0, 0, 1)),
        rng.random() < 0.7, [f"{_person(rng)} - {rng.choice(POSTS)} {agency}" for _ in range(_STAFF)],
    )  # fmt: skip
    numbers = iter(range(1, 10**6))
    for form in HEADINGS:
        make = {"01.A": _realised, "01.B": _realised, "02.A": _planned, "02.B": _planned, "03": _conference}[form]
        file.rows[form] = [make(rng, form, file, next(numbers), cycle, index) for _ in range(rows)]
    return file


def _person(rng: random.Random) -> str:
    return f"{rng.choice(FAMILY)} {rng.choice(('Văn', 'Thị', 'Minh', 'Quốc'))} {rng.choice(GIVEN)}"


def _range(rng: random.Random, year: int) -> str:
    first = date(year, 1, 3) + timedelta(days=rng.randrange(340))
    last = first + timedelta(days=rng.randrange(1, 8))
    if last.year != year:
        last = date(year, 12, 31)
    if rng.random() < 0.5:
        return f"{first.day}/{first.month}/{year} - {last.day}/{last.month}/{year}"
    return f"Từ {first:%d/%m/%Y} đến {last:%d/%m/%Y}"


def _head(rng: random.Random, form: str, file: File, number: int, index: int) -> tuple[Any, ...]:
    name = f"Đoàn {'công tác' if form.endswith('A') else 'khách'} số {index}.{number} về {rng.choice(THEMES)}"
    members: Any = rng.choice((3, 4, 5, 6, 7, "05", "06 người"))
    if rng.random() < 0.02:
        members = rng.choice((12, "khoảng 6", ""))
    country = ", ".join(rng.sample(COUNTRIES, 2)) if rng.random() < 0.1 else rng.choice(COUNTRIES)
    if rng.random() < 0.01:
        country = "Các nước ASEAN"
    return (
        name, rng.choice(("Đoàn đối ngoại", "Thăm và làm việc theo lời mời")),
        rng.choice(file.staff), members, country,
    )  # fmt: skip


def _realised(rng: random.Random, form: str, file: File, number: int, cycle: int, index: int) -> tuple[Any, ...]:
    mark = ("X", "") if rng.random() < 0.7 else ("", "x")
    if rng.random() < 0.01:
        mark = ("", "")
    report = (f"Báo cáo số {number}/BC ngày 15/{rng.randrange(1, 13)}/{cycle - 1}",) if form == "01.A" else ()
    return (
        *_head(rng, form, file, number, index), f"Chính quyền tỉnh {rng.choice(GIVEN)}",
        f"Hội đàm thường niên về {rng.choice(THEMES)}", _range(rng, cycle - 1),
        f"Ngân sách tỉnh: {rng.randrange(50, 400)} triệu đồng", *report, *mark,
    )  # fmt: skip


def _planned(rng: random.Random, form: str, file: File, number: int, cycle: int, index: int) -> tuple[Any, ...]:
    partner = (f"Chính quyền tỉnh {rng.choice(GIVEN)}",) if form == "02.A" else ()
    time = f"Quý {rng.choice(('I', 'II', 'III', 'IV'))}/{cycle}" if rng.random() < 0.97 else "Trong năm"
    return (
        *_head(rng, form, file, number, index), *partner, f"Ký kế hoạch hợp tác về {rng.choice(THEMES)}",
        rng.choice((3, 4, 5)), time, "Ngân sách tỉnh chi vé máy bay; đối tác mời chi ăn ở",
    )  # fmt: skip


def _conference(
    rng: random.Random, _form: str, _file: File, number: int, cycle: int, index: int
) -> tuple[Any, ...]:
    return (
        f"Hội thảo quốc tế số {index}.{number} về {rng.choice(THEMES)}", rng.randrange(20, 120),
        rng.randrange(3, 40), f"Trao đổi về {rng.choice(THEMES)}", rng.choice((1, 2, 3)), _range(rng, cycle - 1),
        "Thành phố Đồng Hới", f"Ngân sách nhà nước: {rng.randrange(50, 400)} triệu đồng",
    )  # fmt: skip


def write(file: File, folder: Path, cycle: int) -> None:
    """The workbook as an agency would send it."""
    book = xlsxwriter.Workbook(folder / file.name)
    bold = book.add_format({"bold": True, "text_wrap": True, "border": 1})
    plain = book.add_format({"text_wrap": True, "border": 1})
    for form, rows in file.rows.items():
        sheet = book.add_worksheet(f"Mẫu {form}")
        sheet.write(0, file.start_col, file.agency)
        title = TITLES[form].format(last=cycle - 1, year=cycle)
        sheet.write(2, file.start_col + 1, title)
        row = file.start_row
        labels = [label.upper() if file.capitals else label for label in HEADINGS[form]]
        sheet.write_row(row, file.start_col, labels, bold)
        if file.numbers_row:
            row += 1
            sheet.write_row(row, file.start_col + 1, [f"({n})" for n in range(1, len(labels))], plain)
        if form == "03":
            row += 1
            sheet.write(
                row, file.start_col, f"I. THỐNG KÊ HỘI NGHỊ, HỘI THẢO QUỐC TẾ TỔ CHỨC TRONG NĂM {cycle - 1}"
            )
        for ordinal, values in enumerate(rows, 1):
            sheet.write_row(row + ordinal, file.start_col, (ordinal, *values), plain)
        sheet.write(row + len(rows) + 2, file.start_col, "(1): Ghi tên đoàn công tác của cơ quan, đơn vị")
    book.close()


def _one(job: tuple[int, str], folder: Path, rows: int, cycle: int, seed: int) -> dict[str, Counter[str]]:
    index, agency = job
    file = make_file(index, agency, rows, cycle, seed)
    write(file, folder, cycle)
    return {"rows": Counter({form: len(r) for form, r in file.rows.items()})}


def generate(folder: Path, files: int, rows: int, cycle: int, seed: int) -> dict[str, Any]:
    """Write an inbox of `files` workbooks of 5 sheets × `rows` rows; the facts that were put in."""
    inbox = folder / "inbox"
    inbox.mkdir(parents=True, exist_ok=True)
    names = agency_names(files)
    roster = ["code,name,aliases,kind,e-mail", *(f"DV{n:05d},{name},,," for n, name in enumerate(names, 1))]
    (folder / "don-vi.csv").write_text("\n".join(roster) + "\n", encoding="utf-8")
    totals: Counter[str] = Counter()
    work = partial(_one, folder=inbox, rows=rows, cycle=cycle, seed=seed)
    with ProcessPoolExecutor() as pool:
        for facts in pool.map(work, enumerate(names, 1), chunksize=20):
            totals.update(facts["rows"])
    result = {
        "files": files,
        "rows": sum(totals.values()),
        "rows_by_form": dict(sorted(totals.items())),
        "seed": seed,
    }
    (folder / "facts.json").write_text(json.dumps(result, indent=1), encoding="utf-8")
    return result


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--files", type=int, default=60)
    parser.add_argument("--rows", type=int, default=20)
    parser.add_argument("--cycle", type=int, default=2020)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    print(generate(args.folder, args.files, args.rows, args.cycle, args.seed))


if __name__ == "__main__":
    main()
