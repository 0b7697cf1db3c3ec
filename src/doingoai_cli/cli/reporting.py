"""Options that `report` and `figures` share: which figures of which period."""

from pathlib import Path
from typing import Annotated

from typer import Option

from doingoai_cli.report.kinds import ReportKind

Year = Annotated[
    int | None,
    Option(
        "--year",
        metavar="NĂM",
        min=1990,
        max=2100,
        help="Năm kế hoạch Y; với --kind 6-thang, 9-thang, quy, thang: năm được báo cáo.",
    ),
]
Source = Annotated[
    Path | None, Option("--from", metavar="TỆP", help="Sổ tổng hợp; mặc định: sổ của kỳ đó trong thư mục.")
]
KindOption = Annotated[
    ReportKind, Option("--kind", help="Loại văn bản: báo cáo, kế hoạch (ke-hoach) hoặc tờ trình (to-trinh).")
]
Month = Annotated[
    int | None, Option("--month", metavar="THÁNG", min=1, max=12, help="Tháng báo cáo (với --kind thang).")
]
Quarter = Annotated[
    int | None, Option("--quarter", metavar="QUÝ", min=1, max=4, help="Quý báo cáo (với --kind quy).")
]
OutlineName = Annotated[
    str | None, Option("--outline", metavar="MÃ", help="Đề cương khác, theo mã hoặc tệp .yaml.")
]
Previous = Annotated[
    Path | None,
    Option("--previous", metavar="TỆP", help="Sổ tổng hợp năm trước: để so sánh và lấy kế hoạch đã duyệt."),
]
Day = Annotated[
    str | None,
    Option(
        "--date", metavar="NĂM-THÁNG-NGÀY", help="Ngày của văn bản; số liệu tính đến ngày này. Mặc định: hôm nay."
    ),
]
ReviewedOnly = Annotated[
    bool, Option("--reviewed-only", help="Chỉ đưa vào kế hoạch các dòng đã có ý kiến thẩm định.")
]
