"""The codes of files and of the inbox (CT, TK), the whole way: three that break each, three that do not."""

import os
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from pipetable import grid, xlsx

from doingoai_cli.model.grid import Grid
from doingoai_cli.pipeline.inbox import Request, open_inbox

HEADING = (
    "| TT | Tên đoàn | Danh nghĩa đoàn | Trưởng đoàn | Số thành viên | Đến nước | Đối tác làm việc "
    "| Nội dung hoạt động | Số ngày | Thời gian thực hiện | Nguồn kinh phí |"
)
ROW = (
    "| 1 | Đoàn công tác | Thăm và làm việc theo lời mời | Trưởng phòng Tổng hợp | 5 | Nhật Bản | Tỉnh Aichi "
    "| Ký kế hoạch hợp tác | 5 | Quý II/2020 | Ngân sách tỉnh chi vé; đối tác chi ăn ở |"
)
TITLE = "| BẢNG TỔNG HỢP KẾ HOẠCH ĐOÀN RA NĂM 2020 |"
AGENCY = "| Sở Y tế |"
REALISED = HEADING.replace(" | Số ngày", "").replace("Nguồn kinh phí |", "Kinh phí | Trong KH | Ngoài KH |")
DONE = ROW.replace(" | 5 | Quý II/2020", " | 12/3/2019 - 15/3/2019") + " X |  |"
INBOUND = "| BẢNG TỔNG HỢP ĐOÀN VÀO ĐÃ THỰC HIỆN TRONG NĂM 2019 |"


def form(*rows: str, head: str = AGENCY, title: str = TITLE, heading: str = HEADING) -> str:
    return "\n".join(("", head, title, "", heading, *(rows or (ROW,)))).strip("\n")


def inbound(count_line: str) -> str:
    return form(count_line, heading="", title=INBOUND) + "\n" + REALISED + "\n" + DONE


def with_font(sheet: Grid, row: int, col: int, text: str, font: str) -> Grid:
    cells = (c._replace(value=text, font=font) if (c.row, c.col) == (row, col) else c for c in sheet.cells)
    return replace(sheet, cells=tuple(cells))


def found(folder: Path, *sheets: Grid, code: str) -> list[str]:
    (folder / "so-y-te.xlsx").write_bytes(xlsx(sheets))
    inbox = open_inbox(Request(paths=(str(folder / "so-y-te.xlsx"),), year=2020, cache=False))
    return [f.code for f in inbox.findings if f.code == code]


FOREIGN = "| Khoản mục | Số tiền |\n| Văn phòng phẩm | 12 |\n| Xăng xe | 30 |"
LETTER = (
    "| SỞ XÂY DỰNG | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |\n| Số: 45/SXD-VP | Độc lập - Tự do - Hạnh phúc |\n"
    "| V/v gửi kế hoạch năm 2020 |\n| Kính gửi: Sở Ngoại vụ |\n| Sở xin gửi kế hoạch đoàn ra năm 2020. |\n"
    "| Nơi nhận: | GIÁM ĐỐC |\n"
)
SHEETS = [
    ("CT02", [grid(FOREIGN)], True),
    ("CT02", [grid("| Danh bạ |\n| Họ tên | Điện thoại |\n| A | 1 |")], True),
    ("CT02", [grid("| Kính gửi Sở Ngoại vụ |")], True),
    ("CT02", [grid(form())], False),
    ("CT02", [grid(FOREIGN), grid(form(), name="Mẫu", index=1)], False),
    ("CT02", [grid(form("| Không phát sinh |"))], False),
    ("CT03", [grid(form()), grid(FOREIGN, name="Chi tiêu", index=1)], True),
    ("CT03", [grid(FOREIGN), grid(form(), name="Mẫu", index=1)], True),
    ("CT03", [grid(form()), grid("| Danh bạ |\n| A | 0912 |", name="b", index=1)], True),
    ("CT03", [grid(form())], False),
    ("CT03", [grid(form()), grid("", name="Sheet2", index=1)], False),
    ("CT03", [grid(form()), grid("| Hướng dẫn |\n| Ghi rõ tên đoàn |", name="Hướng dẫn", index=1)], False),
    ("CT03", [grid(LETTER, name="Công văn"), grid(form(), name="Mẫu", index=1)], False),
    ("CT03", [grid("| Kính gửi: UBND tỉnh |"), grid(form(), name="Mẫu", index=1)], False),
    ("CT03", [grid(LETTER + "| 1 | Đoàn đi Lào | 5 |"), grid(form(), name="Mẫu", index=1)], True),
    ("CT03", [grid("| Danh sách kính gửi |\n| A | 0912 |"), grid(form(), name="Mẫu", index=1)], True),
    ("CT04", [grid(form(heading=HEADING.replace("Đến nước", "Cột lạ")))], True),
    ("CT04", [grid(form(heading=HEADING.replace("Nguồn kinh phí", "")))], True),
    ("CT04", [grid(form(heading=HEADING.replace("Số ngày", "Phụ trách")))], True),
    ("CT04", [grid(form())], False),
    ("CT04", [grid(form(heading=HEADING.upper()))], False),
    ("CT04", [grid(form(heading=HEADING.replace("Đến nước", "Nước đến")))], False),
    ("CT05", [grid(form(), hidden_rows=[5])], True),
    ("CT05", [grid(form(), hidden_cols="F")], True),
    ("CT05", [grid(form()), grid(form(), name="b", index=1, hidden=True)], True),
    ("CT05", [grid(form())], False),
    ("CT05", [grid(form(), hidden_rows=[30])], False),
    ("CT05", [grid(form(), hidden_cols="Z")], False),
    ("CT06", [grid(form(ROW.replace("| Nhật Bản |", "| #REF! |")))], True),
    ("CT06", [grid(form(ROW.replace("| Tỉnh Aichi", "| #N/A")))], True),
    ("CT06", [grid(form(ROW.replace("Quý II/2020", "=A1")))], True),
    ("CT06", [grid(form())], False),
    ("CT06", [grid(form(ROW.replace("| 1 |", "| =ROW() |")))], False),
    ("CT06", [grid(form(ROW.replace("| 5 | Nhật Bản", "| =2+3 → 5 | Nhật Bản")))], False),
    ("CT07", [grid(inbound("| I. ĐOÀN VÀO: Tổng số đoàn vào của cơ quan/đơn vị 3 đoàn |"))], True),
    ("CT07", [grid(inbound("| Tổng số đoàn vào: 02 đoàn |"))], True),
    ("CT07", [grid(inbound("| I. ĐOÀN VÀO: Tổng số đoàn vào của cơ quan/đơn vị 10 đoàn |"))], True),
    ("CT07", [grid(inbound("| I. ĐOÀN VÀO: Tổng số đoàn vào của cơ quan/đơn vị 01 đoàn |"))], False),
    ("CT07", [grid(inbound("| I. ĐOÀN VÀO: Tổng số đoàn vào của cơ quan/đơn vị … đoàn |"))], False),
    ("CT07", [grid(inbound(""))], False),
    ("CT08", [grid(form(title=TITLE.replace("2020", "2019")))], True),
    ("CT08", [grid(form(title=TITLE.replace("2020", "2021")))], True),
    ("CT08", [grid(inbound("").replace("NĂM 2019", "NĂM 2020"))], True),
    ("CT08", [grid(form())], False),
    ("CT08", [grid(form(title=TITLE.replace(" NĂM 2020", "")))], False),
    ("CT08", [grid(inbound(""))], False),
    ("CT09", [grid(form(ROW, "| | tiếp theo dòng trên |"))], True),
    ("CT09", [grid(form(ROW, "| | | | | | | | | | | xem thêm |"))], True),
    ("CT09", [grid(form(ROW, "| | | | | | | ghi thêm |"))], True),
    ("CT09", [grid(form(ROW, "", "| (1): Ghi tên đoàn công tác của cơ quan, đơn vị |"))], False),
    ("CT09", [grid(form(ROW, "| TỔNG CỘNG | | | | 5 |"))], False),
    ("CT09", [grid(form(ROW, "", "| NGƯỜI LẬP BIỂU | | | THỦ TRƯỞNG ĐƠN VỊ |", "| (Ký tên, đóng dấu) |"))], False),
    ("CT10", [grid(form(head=""))], True),
    ("CT10", [grid(form(head="| Tên cơ quan, đơn vị: …………… |"))], True),
    ("CT10", [grid(form(head="| CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |"))], True),
    ("CT10", [grid(form())], False),
    ("CT10", [grid(form(head="| Tên cơ quan, đơn vị: Sở Y tế |"))], False),
    ("CT10", [grid(form(head="| Tên cơ quan, đơn vị | Trường Đại học Quảng Bình |"))], False),
    ("CT11", [with_font(grid(form()), 5, 6, "NhËt B¶n", ".VnTime")], True),
    ("CT11", [with_font(grid(form()), 5, 6, "Hµn Quèc", ".VnArial")], True),
    ("CT11", [with_font(grid(form()), 5, 6, "Haøn Quoác", "VNI-Times")], True),
    ("CT11", [grid(form())], False),
    ("CT11", [with_font(grid(form()), 5, 6, "Hàn Quốc", "Times New Roman")], False),
    ("CT11", [with_font(grid(form()), 5, 7, "Université de Genève", "Arial")], False),
]  # fmt: skip


@pytest.mark.parametrize(("code", "sheets", "broken"), SHEETS)
def test_what_a_file_is_told(code: str, sheets: list[Grid], broken: bool, tmp_path: Path) -> None:
    assert bool(found(tmp_path, *sheets, code=code)) is broken


def test_every_code_of_files_has_three_of_each() -> None:
    for code in sorted({code for code, _, _ in SHEETS}):
        breaking = [broken for c, _, broken in SHEETS if c == code]
        assert (breaking.count(True), breaking.count(False)) >= (3, 3), code


ROSTER = "name\nSở Y tế\nSở Du lịch\n"
IN_TIME, LATE = date(2019, 9, 14), date(2019, 9, 15)
INBOXES = [
    ("TK02", {"a": "Sở Y tế"}, IN_TIME, True),
    ("TK02", {"a": "Sở Du lịch"}, IN_TIME, True),
    ("TK02", {"a": "Sở Nội vụ"}, IN_TIME, True),
    ("TK02", {"a": "Sở Y tế", "b": "Sở Du lịch"}, IN_TIME, False),
    ("TK02", {"a": "SỞ Y TẾ", "b": "Sở du lịch"}, LATE, False),
    ("TK02", {"a": "Sở Y tế", "b": "Sở Du lịch", "c": "Sở Nội vụ"}, IN_TIME, False),
    ("TK03", {"a": "Sở Y tế"}, LATE, True),
    ("TK03", {"a": "Sở Y tế"}, date(2019, 9, 30), True),
    ("TK03", {"a": "Sở Y tế", "b": "Sở Du lịch"}, date(2020, 1, 2), True),
    ("TK03", {"a": "Sở Y tế"}, IN_TIME, False),
    ("TK03", {"a": "Sở Y tế"}, date(2019, 8, 1), False),
    ("TK03", {"so-y-te-2019-09-10": "Sở Y tế"}, LATE, False),
    ("TK05", {"a": "UBND huyện Lệ Thủy", "b": "Huyện ủy Lệ Thủy"}, IN_TIME, True),
    ("TK05", {"a": "UBND thị xã Ba Đồn", "b": "Thị ủy Ba Đồn"}, IN_TIME, True),
    ("TK05", {"a": "HĐND huyện Lệ Thuỷ", "b": "UBND huyện Lệ Thủy"}, IN_TIME, True),
    ("TK05", {"a": "UBND huyện Lệ Thủy"}, IN_TIME, False),
    ("TK05", {"a": "UBND huyện Lệ Thủy", "b": "UBND huyện Bố Trạch"}, IN_TIME, False),
    ("TK05", {"a": "Sở Y tế", "b": "Sở Du lịch"}, IN_TIME, False),
    ("TK05", {"a": "UBND huyện Lệ Thủy", "b": "Bệnh viện đa khoa huyện Lệ Thủy"}, IN_TIME, False),
    ("TK05", {"a": "UBND huyện Lệ Thủy", "b": "Công an huyện Lệ Thủy"}, IN_TIME, False),
    ("TK05", {"a": "UBND huyện Lệ Thủy", "b": "Phòng Nội vụ huyện Lệ Thủy"}, IN_TIME, True),
]


@pytest.mark.parametrize(("code", "files", "received", "broken"), INBOXES)
def test_what_an_inbox_is_told(
    code: str, files: dict[str, str], received: date, broken: bool, tmp_path: Path
) -> None:
    (tmp_path / "don-vi.csv").write_text(ROSTER, encoding="utf-8")
    (tmp_path / "inbox").mkdir()
    moment = datetime(received.year, received.month, received.day, 9).timestamp()
    for number, (name, agency) in enumerate(files.items()):
        path = tmp_path / "inbox" / f"{name}.xlsx"
        path.write_bytes(xlsx([grid(form(ROW.replace("công tác", f"số {number}"), head=f"| {agency} |"))]))
        os.utime(path, (moment, moment))
    request = Request(
        paths=(str(tmp_path / "inbox"),), year=2020, roster=(tmp_path / "don-vi.csv",), across=True, cache=False
    )
    assert (code in [f.code for f in open_inbox(request).findings]) is broken
