"""Consolidated workbooks → the figures of a report, without the report (số liệu)."""

import json
from pathlib import Path

from doingoai_cli import pipeline
from doingoai_cli.pipeline.files import check_text, write_own
from doingoai_cli.pipeline.report_basis import AskedFigures, settle_basis
from doingoai_cli.report.figures.compute import Figures
from doingoai_cli.report.figures.listing import figures_as_text


def print_figures(request: AskedFigures, *, explain: bool, as_json: bool) -> tuple[str, tuple[str, ...]]:
    """The figures of a report as a table or JSON, and what was found out of its place in the workbook."""
    basis = settle_basis(request)
    return _printed(basis.figures, explain=explain, as_json=as_json), basis.notices


def write_figures(request: AskedFigures, output: Path, *, explain: bool, as_json: bool) -> tuple[str, ...]:
    """The figures in a file: a workbook where its name says so, JSON for .json or on demand, else the table."""
    suffix = output.suffix.lower()
    if suffix != ".xlsx":
        check_text(output)
    basis = settle_basis(request)
    if suffix == ".xlsx":
        data = pipeline.figure_book.write_figure_book(basis.figures, explain=explain)
    else:
        data = _printed(basis.figures, explain=explain, as_json=as_json or suffix == ".json").encode("utf-8")
    return (*basis.notices, *write_own(output, data).told)


def _printed(figures: Figures, *, explain: bool, as_json: bool) -> str:
    if as_json:
        return json.dumps(figures.as_data(explain=explain), ensure_ascii=False, indent=1) + "\n"
    return figures_as_text(figures, explain=explain)
