"""`doingoai new-template`: the blank forms."""

from pathlib import Path
from typing import Annotated

from typer import Option

from doingoai_cli import pipeline
from doingoai_cli.cli import next_steps, options
from doingoai_cli.cli.ending import say
from doingoai_cli.cli.reporting import Month, Quarter

EXAMPLE = "doingoai new-template --year 2020 --roster don-vi.csv --out bieu-mau"


def command(
    year: options.Year = None,
    form: Annotated[
        list[str] | None,
        Option("--form", metavar="MẪU", help="Chỉ các mẫu này, ví dụ 02.A; ghi nhiều lần cho nhiều mẫu."),
    ] = None,
    every: Annotated[bool, Option("--all", help="Mọi mẫu đã biết, kể cả các mẫu tỉnh chưa sử dụng.")] = False,
    agency: Annotated[str | None, Option("--agency", metavar="TÊN", help="Điền sẵn tên cơ quan, đơn vị.")] = None,
    roster: options.RosterFile = None,
    out: Annotated[
        Path | None,
        Option(
            "--out",
            "-o",
            metavar="ĐƯỜNG_DẪN",
            help="Tệp .xlsx, hoặc thư mục khi có nhiều tệp; tên .docx với --outline: chỉ ghi đề cương.",
        ),
    ] = None,
    separate: Annotated[bool, Option("--separate", help="Mỗi mẫu một tệp.")] = False,
    outline: Annotated[bool, Option("--outline", help="Kèm đề cương báo cáo (.docx) để cơ quan điền.")] = False,
    kind: Annotated[
        str,
        Option(
            "--kind",
            metavar="LOẠI",
            help="Đề cương nào: nam, 6-thang, 9-thang, quy, thang, hoặc mã đề cương riêng của tỉnh.",
        ),
    ] = "nam",
    month: Month = None,
    quarter: Quarter = None,
    prefill: Annotated[
        Path | None,
        Option("--prefill", metavar="TỆP", help="Sổ tổng hợp năm trước: đưa kế hoạch đã duyệt vào mẫu 01."),
    ] = None,
    source: Annotated[
        Path | None,
        Option(
            "--from", metavar="TỆP", help="Sổ tổng hợp: ghi các biểu mẫu đã điền dòng của sổ, để gửi cấp trên."
        ),
    ] = None,
    rules: options.Rules = None,
    quiet: options.Quiet = False,
) -> int:
    """Tạo biểu mẫu trống: mặc định một tệp gồm hướng dẫn, các mẫu tỉnh sử dụng và danh sách thành viên."""
    request = pipeline.forms.TemplateRequest(
        year=year, forms=tuple(form or ()), every=every, agency=agency, roster=tuple(roster or ()), out=out,
        separate=separate, outline=outline, kind=kind, month=month, quarter=quarter, prefill=prefill,
        source=source, rules=rules,
    )  # fmt: skip
    told = pipeline.forms.write_templates(request)
    alone = request.outline_alone
    say((*told, next_steps.after_templates(outline, sent_up=source is not None, alone=alone)), quiet=quiet)
    return 0
