"""Options that several commands share, each written once."""

from pathlib import Path
from typing import Annotated, Literal

from typer import Argument, Option

Paths = Annotated[
    list[str], Argument(metavar="ĐƯỜNG_DẪN...", help="Tệp hoặc thư mục cần đọc.", show_default=False)
]
Year = Annotated[
    int | None,
    Option(
        "--year",
        metavar="NĂM",
        min=1990,
        max=2100,
        help="Năm kế hoạch Y của kỳ báo cáo (kết quả năm Y-1, kế hoạch năm Y).",
    ),
]
Rules = Annotated[
    str | None, Option("--rules", metavar="BỘ", help="Bộ quy tắc: tên (quang-binh-2020) hoặc tệp YAML.")
]
History = Annotated[
    list[Path] | None, Option("--history", metavar="TỆP", help="Sổ tổng hợp của năm trước (dùng được nhiều lần).")
]
RosterFile = Annotated[
    list[Path] | None,
    Option(
        "--roster",
        metavar="TỆP",
        help="Danh sách cơ quan, đơn vị (CSV hoặc Excel: mã, tên, tên khác, loại; dùng được nhiều lần).",
    ),
]
Waivers = Annotated[
    list[Path] | None,
    Option("--waivers", metavar="TỆP", help="Tệp miễn trừ (mien-tru.yaml; dùng được nhiều lần)."),
]
Select = Annotated[
    list[str] | None,
    Option("--select", metavar="MÃ", help="Chỉ xét các mã này (DR07, hoặc DR cho cả nhóm; dùng được nhiều lần)."),
]
Ignore = Annotated[
    list[str] | None, Option("--ignore", metavar="MÃ", help="Bỏ qua các mã này (dùng được nhiều lần).")
]
NoCache = Annotated[bool, Option("--no-cache", help="Đọc lại mọi tệp, không dùng kết quả đọc đã lưu.")]
Scheduler = Annotated[
    str | None, Option("--scheduler", metavar="ĐỊA_CHỈ", help="Chạy trên cụm máy dask có sẵn (tcp://máy:8786).")
]
Quiet = Annotated[bool, Option("--quiet", "-q", help="Không in thông báo phụ.")]
Arrival = Annotated[
    list[Path] | None,
    Option(
        "--arrival",
        metavar="TỆP",
        help="Danh sách tệp theo thứ tự nhận, mỗi dòng một tên tệp (văn bản hoặc Excel; dùng được nhiều lần).",
    ),
]
Period = Annotated[
    str | None,
    Option(
        "--period",
        metavar="KỲ",
        help="Kỳ của các tệp nêu trên dòng lệnh, nếu tiêu đề không ghi: 2020-08, 2020-Q3, 2020-H1, 2020-9M.",
    ),
]
KeepBoth = Annotated[
    list[str] | None,
    Option("--keep-both", metavar="CƠ_QUAN", help="Cơ quan gửi nhiều phần: giữ cả hai tệp, không thay thế."),
]

Book = Annotated[Path, Argument(metavar="TỔNG_HỢP.xlsx", help="Sổ tổng hợp.")]
OutputFile = Annotated[
    Path | None, Option("--output", "-o", metavar="TỆP", help="Ghi vào tệp; tên có đuôi .xlsx: ghi bảng tính.")
]


def codes(named: list[str] | None) -> tuple[str, ...]:
    """The codes of `--select`, `--ignore`: one an option, or several with commas between them."""
    return tuple(code for one in named or () for code in one.replace(",", " ").split())


FailOn = Literal["error", "warning", "never"]
"""From which severity on the exit status is 1."""
FailOnOption = Annotated[
    FailOn, Option("--fail-on", help="Mức độ khiến lệnh kết thúc với mã 1 (error, warning, never).")
]
FormatOption = Annotated[Literal["table", "json"], Option("--format", "-f", help="Dạng kết quả.")]
