"""Submissions and workbooks for tests of consolidation, without a reader of files."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from pathlib import PurePosixPath
from typing import Any

import openpyxl

from doingoai_cli.consolidate.consolidation import Consolidation, Previous
from doingoai_cli.consolidate.merging import MergeRequest, MergeWork, consolidate
from doingoai_cli.consolidate.record_digests import TableDigests
from doingoai_cli.consolidate.settle import Receiving, Settled, settle
from doingoai_cli.consolidate.workbook.book import Book, Formula, Link, Value
from doingoai_cli.consolidate.workbook.reading.read_back import Reading, read_back
from doingoai_cli.consolidate.workbook.sheets import BookRequest, book_of
from doingoai_cli.consolidate.workbook.write import render
from doingoai_cli.model.findings import Finding
from doingoai_cli.model.forms import load_forms
from doingoai_cli.model.grid import Cell, CellKind, Grid, Range, Workbook
from doingoai_cli.model.records import Record, column_types
from doingoai_cli.model.roster import Roster
from doingoai_cli.model.sources import Provenance, Source
from doingoai_cli.model.submissions import Agency, AgencySource, Submission, Table
from doingoai_cli.model.values import raw
from doingoai_cli.resources import forms_dir
from doingoai_cli.vietnamese.agencies import agency_key

CATALOGUE = load_forms(forms_dir())
CYCLE = 2020
DAY = "05/11/2019"
Texts = Mapping[str, Any]

TRIP = {
    "name": "Đoàn công tác xúc tiến du lịch", "nature": "Thăm và làm việc", "leader": "Nguyễn Văn A, Giám đốc Sở",
    "members": 5, "countries": "Lào, Thái Lan", "partners": "Sở Du lịch Khăm Muồn", "activities": "Ký kết hợp tác",
}  # fmt: skip
PLANNED = {**TRIP, "days": 5, "period": "Quý II/2020", "funding": "Ngân sách tỉnh"}
REALISED = {
    **TRIP, "period": "15-20/5/2019", "cost": "Ngân sách tỉnh 120 triệu đồng",
    "report_ref": "Báo cáo số 12/BC-SDL ngày 1/6/2019", "in_plan": "X",
}  # fmt: skip
CONFERENCE = {
    "name": "Hội thảo hang động", "vietnamese_delegates": 40, "foreign_delegates": "15 (Lào: 10, Thái Lan: 5)",
    "theme": "Bảo tồn", "days": 2, "period": "10-11/4/2019", "venue": "Đồng Hới", "budget": "Ngân sách tỉnh",
}  # fmt: skip
INTERNATIONAL = {
    **CONFERENCE, "permitted_by": "UBND tỉnh (Công văn số 310/UBND-NC ngày 1/2/2019)", "held": "Trực tiếp",
    "foreign_partner": "Hiệp hội Hang động Anh", "report_ref": "Báo cáo số 45/BC-SDL ngày 20/4/2019",
}  # fmt: skip
AGREEMENT = {
    "name": "Biên bản ghi nhớ hợp tác giáo dục", "document_type": "Biên bản ghi nhớ", "level": "Cấp tỉnh",
    "signatory": "UBND tỉnh", "partners": "Chính quyền tỉnh Khăm Muộn", "countries": "Lào", "signed": "12/3/2019",
    "effective": "12/3/2019", "validity": "05 năm", "state": "Còn hiệu lực", "result": "", "remark": "",
}  # fmt: skip
AID = {
    "organisation": "Plan International", "countries": "Anh", "name": "Dự án Nước sạch trường học",
    "sector": "Giáo dục, đào tạo", "area": "Huyện Minh Hóa", "value": "250.000", "period": "1/3/2019 - 31/12/2020",
    "registration": "123/CNV-HĐ", "result": "Đã giải ngân 60%",
}  # fmt: skip
AWARD = {
    "name": "Ông John Smith", "countries": "Anh", "position": "Giám đốc dự án", "award": "Bằng khen",
    "level": "Chủ tịch UBND tỉnh", "decision": "Quyết định số 512/QĐ-UBND ngày 20/3/2019", "remark": "",
}  # fmt: skip
EXAMPLES = {"01.A": REALISED, "01.B": REALISED, "02.A": PLANNED, "02.B": PLANNED, "03": CONFERENCE}
FURTHER = {"4": AGREEMENT, "5": INTERNATIONAL, "7": AWARD, "PCPNN": AID}
"""The forms that a province uses beside the five."""


def record(
    form: str, texts: Texts, *, file: str = "a.xlsx", row: int = 8, section: str = "", sheet_index: int = 0
) -> Record:
    """One record of a form; `texts` by field, further keys are columns that the form does not know."""
    spec = CATALOGUE.of_form(form)
    section = section or (spec.sections[0].id if spec.sections else "")
    year = spec.rows_year(CYCLE, section)
    known = {f: v for f, v in texts.items() if f in column_types(spec.record_model)}
    values = {f: raw(known.get(f)) for f in (c.field for c in spec.columns)} | {
        f: raw(v) for f, v in known.items()
    }
    cells = {f: Source(f"A{row}", row, 1, CellKind.TEXT) for f in values}
    sheet = f"Mẫu {form}"
    return spec.record_model(
        form=form, section=section, year=year, cells=cells,
        provenance=Provenance(file, sheet, sheet_index, row, row),
        extras={k: str(v) for k, v in texts.items() if k not in known},
        **values,
    )  # fmt: skip


def submission(
    path: str,
    agency: str | None,
    forms: Mapping[str, Sequence[Texts]],
    *,
    received: datetime | None = datetime(2019, 9, 1, 8),
    nil: Sequence[str] = (),
    code: str | None = None,
    content: str | None = None,
) -> Submission:
    """One file; its hash is that of `content`, by default of all that it says."""
    tables = []
    for index, (form, rows) in enumerate(forms.items()):
        sections = CATALOGUE.of_form(form).sections
        records = tuple(
            record(
                form,
                {k: v for k, v in r.items() if k != "section"},
                file=path,
                row=8 + i,
                section=r.get("section", ""),
                sheet_index=index,
            )
            for i, r in enumerate(rows)
        )
        tables.append(
            Table(
                form,
                form,
                f"Mẫu {form}",
                index,
                7,
                None,
                CYCLE - (0 if sections else 1),
                {},
                (),
                records,
                nil=form in nil,
            )
        )
    said = content if content is not None else repr((agency, forms, nil, PurePosixPath(path).name))
    who = Agency(agency, agency_key(agency), AgencySource.LETTERHEAD, code) if agency else None
    return Submission(
        path=path, sha256=sha256(said.encode()).hexdigest(), tables=tuple(tables), agency=who, cycle=CYCLE,
        received=received,
    )  # fmt: skip


def merged(
    submissions: Sequence[Submission],
    previous: Previous | None = None,
    findings: Sequence[Finding] = (),
    roster: Roster | None = None,
    known: TableDigests | None = None,
) -> Consolidation:
    """A merge of submissions as the pipeline does it."""
    asked = MergeRequest(
        settled=settled(submissions, roster), found=lambda: findings, cycle=CYCLE, catalogue=CATALOGUE,
        roster=roster, pack="quang-binh-2020", day=DAY,
    )  # fmt: skip
    return consolidate(asked, previous, MergeWork(known))


def settled(submissions: Sequence[Submission], roster: Roster | None = None) -> Settled:
    return settle(submissions, Receiving(roster=roster, cycle=CYCLE))


def written(consolidation: Consolidation, owner: str = "") -> bytes:
    return render(book_of(BookRequest(consolidation, CATALOGUE, "Quảng Bình", owner)))


def whole_book(consolidation: Consolidation) -> str:
    """All that is written of a merge's workbook, as one text: where it is the same, so are the bytes."""
    book = book_of(BookRequest(consolidation, CATALOGUE, "Quảng Bình"))
    return repr(replace(book, sheets=tuple(replace(sheet, rows=tuple(sheet.rows)) for sheet in book.sheets)))


def back(data: bytes) -> Previous:
    """A workbook's bytes read back."""
    return read_back(workbook_of(data), CATALOGUE, Reading("tonghop.xlsx", data, day=DAY))


_KINDS = {"n": CellKind.NUMBER, "s": CellKind.TEXT, "b": CellKind.BOOL, "d": CellKind.DATE, "e": CellKind.ERROR}


def workbook_of(data: bytes) -> Workbook:
    """The grids of an .xlsx as openpyxl sees them, stored values of formulas included."""
    book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    grids = []
    for index, sheet in enumerate(book.worksheets):
        cells = tuple(
            Cell(c.row, c.column, _KINDS[c.data_type], c.value)
            for cells in sheet.iter_rows()
            for c in cells
            if c.value is not None
        )
        merges = tuple(Range(m.min_row, m.min_col, m.max_row, m.max_col) for m in sheet.merged_cells.ranges)
        grids.append(Grid(sheet.title, index, cells, merges))
    properties = {p.name: str(p.value) for p in book.custom_doc_props.props}
    properties |= {f"name:{name}": defined.attr_text for name, defined in book.defined_names.items()}
    return Workbook("xlsx", tuple(grids), properties)


def grids_of(book: Book) -> Workbook:
    """A described workbook as a reader would see it once written: the way back without a file."""
    grids = []
    for index, sheet in enumerate(book.sheets):
        placed = [(b.row, b.col, book.texts.get(str(b.value), b.value)) for b in sheet.blocks]
        for number, row in enumerate(sheet.rows, sheet.first_row):
            placed.extend((number, col, value) for col, value in enumerate(row.values))
        cells = (_cell(row, col, value) for row, col, value in sorted(placed, key=lambda place: place[:2]))
        grids.append(Grid(sheet.name, index, tuple(c for c in cells if c.value != "")))
    names = {
        f"name:{name}": f"'{sheet.name}'!$A${row + 1}" for sheet in book.sheets for name, row, _ in sheet.names
    }
    return Workbook("xlsx", tuple(grids), {**book.custom, **names})


def _cell(row: int, col: int, value: Value) -> Cell:
    shown = value.value if isinstance(value, Formula) else value.text if isinstance(value, Link) else value
    shown = "" if shown is None else shown
    return Cell(row + 1, col + 1, CellKind.TEXT if isinstance(shown, str) else CellKind.NUMBER, shown)


def described(consolidation: Consolidation) -> Workbook:
    """The grids of a merge's workbook."""
    return grids_of(book_of(BookRequest(consolidation, CATALOGUE, "Quảng Bình")))


def again(workbook: Workbook) -> Previous:
    """Grids read back."""
    return read_back(workbook, CATALOGUE, Reading("tonghop.xlsx", day=DAY))
