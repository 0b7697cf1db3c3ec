"""Copies that officers made of a form's sheet: harmless where they say nothing that the sheet itself does not."""

from collections.abc import Sequence

from doingoai_cli.consolidate.workbook.row_digests import (
    BLANK,
    OPINION,
    OWN,
    REMARK,
    WIDTH,
    digested_fields,
    part,
    row_digest,
    said_by,
)
from doingoai_cli.consolidate.workbook.structure import StoredForm
from doingoai_cli.model.consolidated import ConsolidatedRow
from doingoai_cli.model.forms import FormSpec
from doingoai_cli.model.grid import Grid


def differing_rows(
    copy: Sequence[ConsolidatedRow], main: Sequence[ConsolidatedRow], stored: StoredForm | None, spec: FormSpec
) -> list[int]:
    """The rows of a copy whose review or text is neither what the main sheet holds nor what was written there."""
    fields = stored.fields if stored else digested_fields(spec)
    mains = {row.record_id: row_digest(said_by(row, fields)) for row in main}
    blank = BLANK * (OWN + len(fields))
    differing = []
    for row in copy:
        said = row_digest(said_by(row, fields))
        known = [mains.get(row.record_id, blank), (stored.digests if stored else {}).get(row.record_id, blank)]
        reviews = (
            part(said, place) in (BLANK, *(part(each, place) for each in known)) for place in (OPINION, REMARK)
        )
        texts = any(said[OWN * WIDTH :] == each[OWN * WIDTH :] for each in known)
        if not (all(reviews) and texts):
            differing.append(row.record.provenance.row)
    return differing


def copy_loss(spec: FormSpec, main: Grid, copy: Grid, differing: Sequence[int]) -> str:
    """The sentence on a copy that says something of its own."""
    rows = ", ".join(map(str, differing[:8])) + (" …" if len(differing) > 8 else "")
    return (
        f"Mẫu {spec.form} có ở hai trang “{main.name}” và “{copy.name}”, ý kiến hoặc nội dung khác nhau (dòng "
        f"{rows} của trang “{copy.name}”). Cách sửa: chuyển phần cần giữ về một trang, rồi xóa trang kia hoặc "
        "chuyển nó sang tệp khác."
    )
