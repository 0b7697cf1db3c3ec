"""Figures as a workbook: each with its id, its value, how it is computed and, on demand, the rows behind it."""

from collections.abc import Iterator

from doingoai_cli.consolidate.workbook.book import BookSheet, Value
from doingoai_cli.consolidate.workbook.lists import Heading, list_sheet
from doingoai_cli.consolidate.workbook.write import list_book
from doingoai_cli.report.figures.compute import Figures
from doingoai_cli.report.figures.figure import plain_value

_FIGURES = (
    Heading("TT", 5, "centre"), Heading("Số liệu", 58), Heading("Giá trị", 14, "rate"), Heading("Đơn vị", 14),
    Heading("Ghi như trong báo cáo", 24), Heading("Ghi chú", 26), Heading("Còn thiếu", 34),
    Heading("Cách tính", 60), Heading("Căn cứ", 30), Heading("Mã số liệu", 34, "small"),
)  # fmt: skip
_SERIES = (
    Heading("Bảng", 46), Heading("Dòng", 40), Heading("Chỉ tiêu", 24), Heading("Giá trị", 14, "rate"),
    Heading("Mã bảng", 26, "small"),
)  # fmt: skip
_ROWS = (
    Heading("Mã số liệu", 30, "small"), Heading("Mẫu", 7, "centre"), Heading("Cơ quan", 26), Heading("Đoàn", 60),
    Heading("Thời gian", 22), Heading("Nguồn", 40, "small"), Heading("Mã bản ghi", 18, "small"),
)  # fmt: skip


def write_figure_book(figures: Figures, *, explain: bool) -> bytes:
    """The workbook (.xlsx) of all figures and their tables; with `explain` a sheet of the rows behind each."""
    period = f"({figures.window.label}; {figures.window.stated})"
    sheets = (
        list_sheet("Số liệu", "SỐ LIỆU CỦA BÁO CÁO", period, _FIGURES, list(_figures(figures))),
        list_sheet("Bảng số liệu", "CÁC BẢNG SỐ LIỆU", period, _SERIES, list(_series(figures))),
        *(_explained(figures, period) if explain else ()),
    )
    title = f"Số liệu công tác đối ngoại {figures.window.label}"
    return list_book(sheets, title, figures.window.year, figures.cycle)


def _figures(figures: Figures) -> Iterator[tuple[Value, ...]]:
    for number, figure in enumerate(figures.items.values(), 1):
        yield (
            number, figure.label, plain_value(figure.value), figure.unit, figure.text, figure.note, figure.missing,
            figure.definition, figure.clause, figure.id,
        )  # fmt: skip


def _series(figures: Figures) -> Iterator[tuple[Value, ...]]:
    for series in figures.series.values():
        for line in series.lines:
            for column, value in zip(series.columns, line.values, strict=True):
                yield series.label, line.label, column, plain_value(value), series.id


def _explained(figures: Figures, period: str) -> Iterator[BookSheet]:
    rows: list[tuple[Value, ...]] = [
        (
            figure.id, row.record.form, row.agency, row.record.text("name"), row.record.text("period"), row.source,
            row.record_id,
        )
        for figure in figures.items.values()
        for row in figure.rows
    ]  # fmt: skip
    yield list_sheet("Các dòng", "CÁC DÒNG TẠO NÊN TỪNG SỐ LIỆU", period, _ROWS, rows)
