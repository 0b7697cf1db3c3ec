"""Records without a workbook: a row is a mapping of field → text over a faultless one of its form.

table("02.A", [{"members": "12"}])
run(table("02.A", [...], agency="Sở Y tế"), cycle=2020)
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from doingoai_cli.checks.engine import check_across, check_submission, conclude
from doingoai_cli.checks.pack import Pack, load_pack
from doingoai_cli.checks.waivers import Waivers
from doingoai_cli.model.findings import Finding, Observation
from doingoai_cli.model.forms import FormCatalogue, load_forms
from doingoai_cli.model.grid import CellKind, CellValue, column_letters
from doingoai_cli.model.records import Member, Record
from doingoai_cli.model.run import History, Run
from doingoai_cli.model.sources import Provenance, Source
from doingoai_cli.model.submissions import Agency, AgencySource, Submission, Table, Total
from doingoai_cli.model.values import raw
from doingoai_cli.resources import forms_dir
from doingoai_cli.vietnamese.agencies import agency_key

FIRST_ROW = 8
TRIP = {
    "name": "Đoàn công tác số {n}",
    "nature": "Thăm và làm việc theo lời mời của đối tác nước ngoài",
    "leader": "Trưởng phòng Hợp tác quốc tế",
    "members": "5",
    "countries": "Nhật Bản",
    "partners": "Chính quyền tỉnh Aichi",
    "activities": "Ký kế hoạch hợp tác giai đoạn 2020-2022",
    "days": "5",
    "period": "Quý II/{year}",
    "funding": "Ngân sách tỉnh chi vé máy bay; đối tác mời chi ăn ở",
}
REALISED = {
    **TRIP,
    "period": "12/3/{year} - 15/3/{year}",
    "cost": "Ngân sách tỉnh: 150 triệu đồng",
    "report_ref": "Báo cáo số 45/BC-SNgV ngày 20/3/{year}",
    "in_plan": "X",
    "off_plan": "",
}
CONFERENCE = {
    "name": "Hội thảo quốc tế số {n}",
    "vietnamese_delegates": "50",
    "foreign_delegates": "25 (Lào: 10, Thái Lan: 15)",
    "theme": "Hợp tác phát triển bền vững",
    "days": "2",
    "period": "10-11/9/{year}",
    "venue": "Đồng Hới",
    "budget": "250 triệu đồng, ngân sách tỉnh",
}
OFFICIAL = {
    "name": "Nguyễn Văn A",
    "title": "Phó Chủ tịch UBND thành phố",
    "countries": "Nhật Bản",
    "activities": "Xúc tiến đầu tư",
    "period": "Từ 14/7/{year} đến 22/7/{year}",
    "remark": "",
}
INTERNATIONAL = {
    **CONFERENCE,
    "permitted_by": "Ủy ban nhân dân tỉnh (Công văn số 310/UBND-NC ngày 12/4/{year})",
    "held": "Trực tiếp",
    "foreign_partner": "",
    "report_ref": "Báo cáo số 45/BC-SNgV ngày 20/9/{year}",
}
AGREEMENT = {
    "name": "Biên bản ghi nhớ số {n}",
    "document_type": "Biên bản ghi nhớ",
    "level": "Cấp tỉnh",
    "signatory": "Ủy ban nhân dân tỉnh",
    "partners": "Chính quyền tỉnh Aichi",
    "countries": "Nhật Bản",
    "signed": "12/3/{year}",
    "effective": "12/3/{year}",
    "validity": "05 năm",
    "state": "Còn hiệu lực",
    "result": "",
    "remark": "",
}
AID = {
    "organisation": "Tổ chức Plan International",
    "countries": "Anh",
    "name": "Dự án số {n}",
    "sector": "Y tế",
    "area": "Huyện Minh Hóa",
    "value": "250.000",
    "period": "1/3/{year} - 31/12/{year}",
    "registration": "123/CNV-HĐ",
    "result": "",
}
AWARD = {
    "name": "Ông John Smith {n}",
    "countries": "Anh",
    "position": "Giám đốc dự án",
    "award": "Bằng khen",
    "level": "Chủ tịch UBND tỉnh",
    "decision": "Quyết định số {n}/QĐ-UBND ngày 20/3/{year}",
    "remark": "",
}
FAULTLESS = {
    "01.A": REALISED, "01.B": REALISED, "02.A": TRIP, "02.B": TRIP, "03": CONFERENCE, "CBDNN": OFFICIAL,
    "4": AGREEMENT, "5": INTERNATIONAL, "7": AWARD, "PCPNN": AID,
}  # fmt: skip

Row = Mapping[str, CellValue]


@cache
def catalogue() -> FormCatalogue:
    """The shipped forms."""
    return load_forms(forms_dir())


@cache
def pack(pack_id: str = "quang-binh-2020") -> Pack:
    """A shipped pack."""
    return load_pack(pack_id)


def table(
    form: str,
    rows: Iterable[Row],
    *,
    cycle: int = 2020,
    path: str = "so-y-te.xlsx",
    kinds: Mapping[tuple[int, str], CellKind] | None = None,
    without: Sequence[str] = (),
    totals: tuple[Total, ...] = (),
    keep: str = "",
) -> Table:
    """A table of a form; each row lays its texts over a faultless one. `without`: columns that the sheet lacks.

    A row's key `section` places it (form 03: "I" unless said); `ordinal` is counted unless said.
    """
    spec = catalogue().of_form(form)
    fields = [c.field for c in spec.columns if c.field not in without]
    records = []
    for n, row in enumerate(rows, 1):
        unknown = set(row) - {"ordinal", "section", keep, *(c.field for c in spec.columns)}
        assert not unknown, f"{form} has no {unknown}"
        section = str(row.get("section", "I" if spec.sections else ""))
        year = spec.rows_year(cycle, section)
        base = {field: text.format(n=n, year=year) for field, text in FAULTLESS[form].items()}
        values = {"ordinal": str(n), **base, **row}
        at = FIRST_ROW + n - 1
        cells = {
            field: Source(f"{column_letters(col)}{at}", at, col, (kinds or {}).get((n, field), CellKind.TEXT))
            for col, field in enumerate(fields, 1)
        }
        understood = {f: raw(values.get(f)) for f in fields}
        extras = {keep: str(row[keep])} if keep in row else {}
        records.append(_record(spec.record_model, understood, form, section, year, path, at, cells, extras))
    columns = {field: col for col, field in enumerate(fields, 1)}
    return Table(
        form, spec.id, f"Mẫu {form}", 0, FIRST_ROW - 1, None, spec.rows_year(cycle), columns, tuple(without),
        tuple(records), totals,
    )  # fmt: skip


def _record(
    model: type[Record],
    understood: dict,
    form: str,
    section: str,
    year: int,
    path: str,
    at: int,
    cells: dict,
    extras: dict,
) -> Record:
    provenance = Provenance(path, f"Mẫu {form}", 0, at, at)
    return model(
        form=form, section=section, year=year, provenance=provenance, cells=cells, extras=extras, **understood
    )


def submission(
    *tables: Table,
    agency: str | None = "Sở Y tế",
    path: str = "so-y-te.xlsx",
    members: tuple[Member, ...] = (),
    observations: tuple[Observation, ...] = (),
    cycle: int = 2020,
) -> Submission:
    """One file."""
    sender = Agency(agency, agency_key(agency), AgencySource.LETTERHEAD) if agency else None
    return Submission(
        path, path, tables, members, sender, observations, cycle, (cycle,),
    )  # fmt: skip


def run(*submissions: Submission, cycle: int = 2020, history: History | None = None, **kwargs: object) -> Run:
    """A run over some files; rules across agencies speak."""
    return Run(submissions, cycle, history=history or History(), across=True, **kwargs)  # type: ignore[arg-type]


def findings(
    *submissions: Submission,
    pack_id: str = "quang-binh-2020",
    history: History | None = None,
    waivers: Waivers | None = None,
    cycle: int = 2020,
) -> tuple[Finding, ...]:
    """What a shipped pack finds in some files."""
    return run_checks(run(*submissions, cycle=cycle, history=history), pack(pack_id), waivers)


def run_checks(run: Run, pack: Pack, waivers: Waivers | None = None) -> tuple[Finding, ...]:
    """Every finding of a run, sorted; a waived one carries its waiver (TK06: a waiver of no use)."""
    found = [f for submission in run.submissions for f in check_submission(submission, pack)]
    return conclude(run, pack, found, check_across(run, pack), waivers)


def codes_by_row(found: Iterable[Finding]) -> dict[tuple[str, int], list[str]]:
    """(file, row) → codes, in order."""
    by_row: dict[tuple[str, int], list[str]] = {}
    for finding in found:
        by_row.setdefault((finding.file or "", finding.row or 0), []).append(finding.code)
    return by_row


def codes(form: str, row: Row, pack_id: str = "quang-binh-2020", cycle: int = 2020) -> list[str]:
    """The codes of one row."""
    return [
        f.code
        for f in findings(submission(table(form, [row], cycle=cycle), cycle=cycle), pack_id=pack_id, cycle=cycle)
    ]


def files_of(rows: Sequence[Row], cycle: int = 2020, keep: str = "") -> list[Submission]:
    """Rows that name their form (and agency) as files: one per agency, one table a form.

    A key `keep` of a row stays with its record as an extra column.
    """
    by_agency: dict[str, dict[str, list[Row]]] = {}
    for row in rows:
        row = dict(row)
        agency = str(row.pop("agency", "Sở Y tế"))
        by_agency.setdefault(agency, {}).setdefault(str(row.pop("form")), []).append(row)
    files = []
    for at, (agency, forms) in enumerate(by_agency.items()):
        path = f"tep-{at}.xlsx"
        tables = [table(form, of_form, cycle=cycle, path=path, keep=keep) for form, of_form in forms.items()]
        files.append(submission(*tables, agency=agency, path=path, cycle=cycle))
    return files
