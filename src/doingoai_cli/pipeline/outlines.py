"""Outlines → the documents that agencies fill in with their text, of every kind of report."""

from datetime import date
from typing import TYPE_CHECKING

from doingoai_cli.blank.occasion import Occasion
from doingoai_cli.model.forms import FormCatalogue
from doingoai_cli.pipeline.document_settings import settings_of
from doingoai_cli.pipeline.report_basis import outlines_of, refuse_unasked
from doingoai_cli.pipeline.workspace import Workspace
from doingoai_cli.report.kinds import ReportKind
from doingoai_cli.report.outline import Outline
from doingoai_cli.report.word.outline_document import write_outline
from doingoai_cli.vietnamese.text import ascii_slug

if TYPE_CHECKING:  # it calls this module
    from doingoai_cli.pipeline.forms import TemplateRequest


def blank_outline(
    request: "TemplateRequest", workspace: Workspace, catalogue: FormCatalogue, occasion: Occasion
) -> tuple[str, bytes]:
    """File name and document (.docx) of the outline of the kind asked for, or of the one with that id.

    A month or a quarter that is not given is the present one. DoingoaiError lists the outlines that there are.
    """
    outlines = outlines_of(workspace, catalogue)
    kind, kinds = request.kind, {kind.value for kind in ReportKind}
    is_id = kind not in kinds and any(outline.id == kind for outline in outlines.all)
    outline = outlines.choose(kind, kind if is_id else None)
    month, quarter, today = request.month, request.quarter, date.today()
    refuse_unasked(month, quarter, outline)
    if outline.kind.asked == "month":
        month = month or today.month
    elif outline.kind.asked == "quarter":
        quarter = quarter or (today.month + 2) // 3
    settings = settings_of(workspace, outline.kind, outline.id, addressed=outline.addressees is not None)
    window = outline.window(occasion.cycle, month, quarter)
    data = write_outline(outline, window, settings, date=occasion.deadline, agency=request.agency or "")
    return _file_name(outline, occasion.cycle, month, quarter), data


def _file_name(outline: Outline, year: int, month: int | None, quarter: int | None) -> str:
    part = {"month": f"-{month:02d}" if month else "", "quarter": f"-{quarter}"}.get(outline.kind.asked, "")
    named = "" if outline.id == ReportKind.YEAR.value else f"{ascii_slug(outline.id)}-"
    return f"de-cuong-{named}{year}{part}.docx"
