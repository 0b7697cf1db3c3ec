"""A small outcome with every kind of finding, for the renderers' tests."""

from doingoai_cli.model.findings import Finding, Related, Severity, Waived
from doingoai_cli.model.outcome import Excerpt, FileSummary, FormSummary, Outcome, Summary


def finding(code: str = "DR07", **changes: object) -> Finding:
    values: dict[str, object] = {
        "code": code,
        "severity": Severity.ERROR,
        "file": "inbox/so-y-te.xlsx",
        "agency": "Sở Y tế",
        "form": "02.A",
        "sheet": "Mẫu 02.A",
        "cell": "E9",
        "row": 9,
        "ordinal": "2",
        "field": "members",
        "value": "12",
        "message": "Đoàn có 12 người, vượt mức 7 người.",
        "fix": "Giảm số thành viên.",
        "citation": "mục 1, đoàn ra, điểm thứ ba (K2.3)",
    }
    return Finding(**(values | changes))  # type: ignore[arg-type]


def outcome(*findings: Finding) -> Outcome:
    columns = (("name", "Tên đoàn", "B9", "Đoàn <b>A</b>"), ("members", "Số thành viên", "E9", "12"))
    counted = [f for f in findings if f.counts]
    numbers = {s.value: sum(f.severity is s for f in counted) for s in Severity}
    return Outcome(
        cycle=2020,
        rules="quang-binh-2020",
        files=(
            FileSummary(
                path="inbox/so-y-te.xlsx",
                sha256="ab" * 32,
                agency="Sở Y tế",
                forms=(FormSummary(form="02.A", sheet="Mẫu 02.A", year=2020, rows=2),),
                **numbers,
            ),
        ),
        findings=findings,
        summary=Summary(files=1, rows=2, **numbers),
        excerpts={("inbox/so-y-te.xlsx", "Mẫu 02.A", 9): Excerpt(columns)},
    )


def every_kind() -> Outcome:
    return outcome(
        finding(),
        finding(
            "DR06",
            cell="D9",
            related=(Related(file="inbox/so-y-te.xlsx", sheet="Mẫu 02.A", cell="D10"),),
            value="=cmd|' /C calc'!A0",
            message="Hai lãnh đạo <script>alert(1)</script> trong một đoàn.",
        ),
        finding("DR09", severity=Severity.WARNING, cell="F9", fix="", value="Pháp, Hàn Quốc"),
        finding(
            "TK04", severity=Severity.INFO, sheet=None, cell=None, row=None, form=None, field=None, value=None
        ),
        finding("DL06", waived=Waived(reason="đã giải trình", approved_by="Giám đốc Sở", until="2020-12-31")),
    )
