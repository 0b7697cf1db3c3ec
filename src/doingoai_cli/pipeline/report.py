"""Consolidated workbook → figures → the report."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from doingoai_cli import messages, pipeline
from doingoai_cli.pipeline.document_settings import settings_of
from doingoai_cli.pipeline.files import check_suffix, read_input, write_own
from doingoai_cli.pipeline.report_basis import AskedFigures, ReportBasis, outlines_of, settle_basis
from doingoai_cli.pipeline.workspace import named_path
from doingoai_cli.report.agency_texts import AgencyText
from doingoai_cli.report.kinds import ReportKind
from doingoai_cli.report.outline import Outline
from doingoai_cli.report.remarks import remarks
from doingoai_cli.report.word.document import Report, ReportSource, compile_report
from doingoai_cli.vietnamese.text import ascii_slug


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportRequest(AskedFigures):
    """What `report` asks for besides its figures."""

    texts: Path | None = None
    reference: Path | None = None
    out: Path | None = None


def write_report(request: ReportRequest) -> tuple[str, ...]:
    """Write the report; what was read, written and is still missing, a sentence each.

    DoingoaiError: what `settle_basis` refuses, `--out` with another suffix than .docx.
    """
    if request.out is not None:
        check_suffix(request.out, ".docx")
    basis = settle_basis(request)
    workspace, book, outline = basis.workspace, basis.book, basis.outline
    agencies = tuple(agency.name for agency in book.agencies if agency.name)
    folder = request.texts or named_path(workspace, "texts")
    inbox = workspace.path(workspace.inbox)
    texts = _texts(folder, inbox if inbox and inbox.is_dir() else None, agencies)
    settings = settings_of(workspace, outline.kind, outline.id, addressed=outline.addressees is not None)
    source = ReportSource(outline, basis.figures, book, settings, basis.day, basis.catalogue)
    reference = read_input(request.reference) if request.reference else None
    outlines = outlines_of(workspace, basis.catalogue).all if texts else ()
    report = compile_report(source, texts, outlines, reference)
    out = request.out or Path(f"{_stem(request, outline, basis.year)}.docx")
    written = write_own(out, report.data).told
    nobodys = (_OF_NOBODY.format(name=text.name, agency=text.agency) for text in texts if text.of_nobody)
    return (f"Sổ tổng hợp: {basis.source}", *basis.notices, *written, *nobodys, *_told(basis, report))


_OF_NOBODY = (
    "Chưa rõ {name} là của cơ quan nào: phần lời của tệp (nếu có) đứng dưới tên “{agency}” trong báo cáo. Ghi “"
    "Tên cơ quan, đơn vị: …” trong tệp, hoặc thêm cơ quan vào danh sách đơn vị, rồi chạy lại."
)


def _told(basis: ReportBasis, report: Report) -> Iterator[str]:
    yield from remarks(basis.figures, agreed_only=basis.outline.agreed_only, plan=basis.outline.states_plan)
    for heading, entries in (
        (f"Còn {len(report.missing)} mục chưa có số liệu hoặc nội dung:", report.missing),
        ("Nội dung của cơ quan chưa đặt được vào mục nào:", report.unplaced),
        ("Kiểu chữ của tệp --reference không đúng thể thức, không dùng:", report.refused),
    ):
        if entries:
            yield from (heading, messages.bullet_list(entries))


def _stem(request: ReportRequest, outline: Outline, year: int) -> str:
    """What sets default names apart: every kind, outline and period has one of its own."""
    named = ascii_slug(outline.id) if request.outline else outline.kind.value
    part = f"-{request.month:02d}" if request.month else f"-{request.quarter}" if request.quarter else ""
    if outline.kind.of_plan:
        return f"{named}-{year}"
    return f"bao-cao-{year}" if named == ReportKind.YEAR.value else f"bao-cao-{named}-{year}{part}"


def _texts(folder: Path | None, inbox: Path | None, agencies: Sequence[str]) -> tuple[AgencyText, ...]:
    if folder is None and inbox is None:
        return ()
    return pipeline.contributions.agency_texts(folder, inbox, agencies)
