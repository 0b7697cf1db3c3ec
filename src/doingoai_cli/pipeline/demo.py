"""The whole way on the shipped example: forms, check, marked copies, consolidated workbook, figures, report."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from doingoai_cli import resources
from doingoai_cli.errors import DoingoaiError
from doingoai_cli.feedback.formats import Format
from doingoai_cli.pipeline.feedback import mark_copies, render
from doingoai_cli.pipeline.files import make_folder, write_own
from doingoai_cli.pipeline.forms import TemplateRequest, write_templates
from doingoai_cli.pipeline.inbox import Request, open_inbox
from doingoai_cli.pipeline.merge import merge, merged_as_text
from doingoai_cli.pipeline.report import ReportRequest, write_report

_TOPIC = "ky-2020"
_YEAR = 2020


def run_demo(folder: Path) -> Iterator[str]:
    """What an officer does in September, done in `folder`, step by step. DoingoaiError where that is a file."""
    if folder.exists() and not folder.is_dir():
        raise DoingoaiError(f"“{folder}” là một tệp; chọn thư mục khác.")
    source = resources.examples_dir() / _TOPIC
    inbox = make_folder(folder) / "inbox"
    shutil.copytree(source / "inbox", inbox, dirs_exist_ok=True)
    shutil.copy(source / "don-vi.csv", folder / "don-vi.csv")
    request = Request(paths=(inbox.as_posix(),), year=_YEAR, roster=(folder / "don-vi.csv",), ignore=("TK03",))

    yield "1. Biểu mẫu trống: doingoai new-template --year 2020"
    yield from write_templates(TemplateRequest(year=_YEAR, out=folder / "bieu-mau-2020.xlsx"))
    yield "\n2. Kiểm tra: doingoai check inbox --year 2020 --annotate tra-lai"
    checked = open_inbox(request)
    yield render(checked, Format.TABLE, to_file=False).rstrip("\n")
    yield from write_own(folder / "ket-qua.html", render(checked, Format.HTML, to_file=True).encode()).told
    yield from mark_copies(checked, folder / "tra-lai")
    yield "\n3. Tổng hợp: doingoai merge inbox --out tonghop.xlsx"
    book = folder / "tonghop.xlsx"
    merged = merge(open_inbox(replace(request, across=True, target=book)), book)
    yield merged_as_text(merged).rstrip("\n")
    yield "\n4. Báo cáo: doingoai report --year 2020"
    day = date(_YEAR - 1, 10, 1).isoformat()
    yield from write_report(ReportRequest(year=_YEAR, source=book, date=day, out=folder / "bao-cao-2020.docx"))
    yield f"\nMở các tệp trong {folder.as_posix()} bằng Excel và Word để xem."
