"""The five forms as sheets with two or more faultless rows, to which tests add what offices add."""

from collections.abc import Mapping, Sequence
from typing import Any

from pipetable import grid

from doingoai_cli.intake.submission import read_grids
from doingoai_cli.model.forms import load_forms
from doingoai_cli.model.grid import Grid, Workbook
from doingoai_cli.model.submissions import Submission
from doingoai_cli.resources import forms_dir

CATALOGUE = load_forms(forms_dir())
TITLES = {
    "01.A": "BẢNG TỔNG HỢP ĐOÀN RA ĐÃ THỰC HIỆN TRONG NĂM 2019",
    "01.B": "BẢNG TỔNG HỢP ĐOÀN VÀO ĐÃ THỰC HIỆN TRONG NĂM 2019",
    "02.A": "BẢNG TỔNG HỢP KẾ HOẠCH ĐOÀN RA NĂM 2020",
    "02.B": "BẢNG TỔNG HỢP KẾ HOẠCH ĐOÀN VÀO NĂM 2020",
    "03": "BẢNG THỐNG KÊ HỘI NGHỊ, HỘI THẢO QUỐC TẾ NĂM 2019 VÀ DỰ KIẾN NĂM 2020",
}
_TRIP = "TT|Tên đoàn|Danh nghĩa đoàn|Trưởng đoàn|Số thành viên|{}|Đối tác làm việc|Nội dung hoạt động|"
HEADS = {
    "01.A": _TRIP.format("Đến nước") + "Thời gian thực hiện|Kinh phí|Báo cáo|Trong KH|Ngoài KH",
    "01.B": _TRIP.format("Đến nước") + "Thời gian thực hiện|Kinh phí|Trong KH|Ngoài KH",
    "02.A": _TRIP.format("Đến nước") + "Số ngày|Thời gian thực hiện|Nguồn kinh phí",
    "02.B": _TRIP.format("Đến từ nước").replace("Đối tác làm việc|", "")
    + "Số ngày|Thời gian thực hiện|Nguồn kinh phí (VNĐ)",
    "03": "TT|Tên Hội nghị, hội thảo quốc tế|Số lượng đại biểu Việt Nam|Số lượng đại biểu có quốc tịch nước ngoài|"
    "Chủ đề, nội dung hội nghị, hội thảo|Số ngày|Thời gian thực hiện|Địa điểm tổ chức|Tổng kinh phí",
}
_OUT = "{n}|Đoàn số {n}|Đoàn đối ngoại|Nguyễn Văn A, Giám đốc Sở|5|Lào|Sở Y tế Khăm Muồn|Hội đàm|"
_IN = "{n}|Đoàn số {n}|Đoàn đối ngoại|Ông Khăm, Giám đốc Sở|5|Lào|Sở Y tế|Hội đàm|"
ROWS = {
    "01.A": _OUT + "1{n}/3/2019 - 2{n}/3/2019|Ngân sách tỉnh|BC số 1/BC-SYT ngày 5/4/2019|x|",
    "01.B": _IN + "1{n}/3/2019 - 2{n}/3/2019|Ngân sách tỉnh|x|",
    "02.A": _OUT + "3|Quý II/2020|Ngân sách tỉnh",
    "02.B": _IN.replace("Sở Y tế|", "") + "3|Quý II/2020|Ngân sách tỉnh",
    "03": "{n}|Hội thảo số {n}|50|25|Du lịch bền vững|2|1{n}/9/2019|Đồng Hới|Ngân sách tỉnh 50 triệu đồng",
}
FIRST = 5
"""The row below the heading."""
Line = int | str | Mapping[str, str]


def form_sheet(form: str, body: Sequence[Line], agency: str = "Sở Y tế", heads: str = "", **kwargs: Any) -> Grid:
    """A form; a line of its body is a faultless row's number, a pipe table's line, or texts by heading."""
    heads = heads or HEADS[form]
    lines = [agency, "", TITLES[form], heads, *(_line(form, heads, line) for line in body)]
    return grid("\n".join(f"| {line.replace('|', ' | ')} |" if line else "" for line in lines), **kwargs)


def _line(form: str, heads: str, line: Line) -> str:
    match line:
        case int():
            return ROWS[form].format(n=line)
        case str():
            return line
    labels = heads.split("|")
    places = {next(i for i, label in enumerate(labels) if label.startswith(start)): t for start, t in line.items()}
    return "|".join(places.get(i, " ") for i in range(len(labels)))


def read(*grids: Grid, cycle: int | None = 2020, **properties: str) -> Submission:
    """The submission in some sheets."""
    return read_grids(Workbook("xlsx", grids, properties), "inbox/tep.xlsx", CATALOGUE, cycle=cycle)


def names(submission: Submission) -> list[str]:
    """The names of all records, table by table."""
    return [record.text("name") for record in submission.records]


def observed(submission: Submission) -> list[tuple[str, str | None]]:
    """Codes and cells of what was observed."""
    return [(o.code, o.place.cell) for o in submission.observations]
