"""What an officer should know before he signs: rows left out, the review, pairs to confirm; a sentence each."""

from collections.abc import Iterator

from doingoai_cli.model.matching import same_delegation
from doingoai_cli.model.pairing import Lookup
from doingoai_cli.report.figures.compute import Figures
from doingoai_cli.report.figures.measures import Rows, Subject
from doingoai_cli.report.figures.reviewing import OPEN, OPINIONS, RARE
from doingoai_cli.report.figures.subjects import PLANS, REALISED, SUBJECTS
from doingoai_cli.vietnamese.report_phrases import counted, in_one_line, number
from doingoai_cli.vietnamese.text import decapitalised

_SHOWN = 10


def remarks(figures: Figures, *, agreed_only: bool = False, plan: bool = True) -> Iterator[str]:
    """The sentences, in the order of the report's figures; `plan`: whether it states the plan to come.

    `agreed_only`: a plan or a proposal, which speaks of nothing that took place.
    """
    for subject in () if agreed_only else REALISED:
        selection = figures.selections[subject.id]
        unit = subject.unit
        if selection.outside:
            yield f"{subject.label}: {number(len(selection.outside))} {unit} ngoài kỳ báo cáo, không tính:"
            yield from _listed(selection.outside, subject)
        if selection.undated:
            yield f"{subject.label}: {number(len(selection.undated))} {unit} chưa rõ thời gian, chưa tính vào kỳ:"
            yield from _listed(selection.undated, subject)
    yield from figures.remarks
    for subject in SUBJECTS:
        if plan if subject.planned else not agreed_only:
            yield from _counted_twice(figures.selections[subject.id].counted, subject)
    if plan:
        yield from reviews(figures, agreed_only=agreed_only)
    for subject, _ in () if agreed_only else PLANS:
        yield from _to_confirm(figures, subject)


_REPEATED = frozenset({"TK01", "DL06", "HN10", "HN11", "TA05", "TA10", "VT02", "KT04"})
"""What checks found of a row that another one repeats."""


def _counted_twice(rows: Rows, subject: Subject) -> Iterator[str]:
    """The rows that may be one and the same thing, as long as more than one of them is counted."""
    suspects = [at for at, row in enumerate(rows) if _REPEATED.intersection(row.codes)]
    if not suspects:
        return
    records = [row.record for row in rows]
    near = Lookup(records)
    found = set[int]()
    for at in suspects:
        others = {other for other in near.near(records[at]) if other != at}
        same = {other for other in others if same_delegation(records[at], records[other])}
        found |= {at, *same} if same else set()
    if found:
        codes = ", ".join(sorted({code for at in found for code in rows[at].codes if code in _REPEATED}))
        opinion = "Không đồng ý" if subject.planned else "Không tính"
        yield (
            f"{subject.label}: {number(len(found))} dòng có thể trùng nhau ({codes}) mà đều được tính; dòng "
            f"nào thừa thì ghi “{opinion}” rồi lập lại báo cáo:"
        )
        yield from _listed(tuple(rows[at] for at in sorted(found)), subject)


def _listed(rows: Rows, subject: Subject) -> Iterator[str]:
    for row in rows[:_SHOWN]:
        name = in_one_line(row.record.text("name")) or "không ghi tên"
        yield f"  - {row.agency}: {name} ({subject.time_said(row.record) or 'không ghi thời gian'})"
    if len(rows) > _SHOWN:
        yield f"  - và {number(len(rows) - _SHOWN)} dòng khác (xem phụ lục hoặc sổ tổng hợp)"


def reviews(figures: Figures, *, agreed_only: bool = False) -> Iterator[str]:
    """How far each plan has been reviewed; nothing for an empty plan."""
    for subject in (subject for subject in SUBJECTS if subject.planned):
        plan = subject.id
        counts = {opinion: int(figures.items[f"{plan}.review_{opinion}"].value or 0) for opinion in OPINIONS}
        if not sum(counts.values()):
            continue
        said = ", ".join(
            f"{number(counts[opinion])} {name}"
            for opinion, name in OPINIONS.items()
            if counts[opinion] or opinion not in RARE
        )
        label = figures.items[f"{plan}.review_{OPEN}"].label.partition(":")[0]
        yield f"Thẩm định {decapitalised(label)}: {said}."
        waiting = counts[OPEN] + counts["adjust"] + counts["other"]
        if agreed_only and waiting:
            yield (
                f"  Chú ý: {number(waiting)} dòng chưa được đồng ý nên không có trong kế hoạch; ghi “Đồng ý” "
                "sau khi cơ quan, đơn vị đã điều chỉnh."
            )
            yield from _to_adjust(figures.items[f"{plan}.review_adjust"].rows, subject)
        elif counts[OPEN]:
            yield (
                f"  Chú ý: {number(counts[OPEN])} dòng chưa có ý kiến vẫn được đưa vào kế hoạch; "
                "dùng --reviewed-only để chỉ lấy dòng đã có ý kiến."
            )
        if counts["other"] and not agreed_only:
            others = figures.items[f"{plan}.review_other"].rows
            said = ", ".join(f"“{text}”" for text in dict.fromkeys(r.review.opinion for r in others[:_SHOWN]))
            yield (
                f"  Chú ý: {number(counts['other'])} dòng có ý kiến khác ({said}) vẫn được đưa vào kế hoạch; "
                "không đưa vào thì ghi rõ “Không đồng ý”."
            )


def _to_adjust(rows: Rows, subject: Subject) -> Iterator[str]:
    if rows:
        yield f"  Còn ở ý kiến “Điều chỉnh” ({number(len(rows))}):"
        yield from _listed(rows, subject)


def _to_confirm(figures: Figures, subject: Subject) -> Iterator[str]:
    pairs = figures.items[f"execution.{subject.id}.pairs"].value
    if pairs:
        yield (
            f"{subject.label}: {counted(int(pairs), 'cặp')} kế hoạch - thực hiện cần xác nhận; ghi quyết định ở "
            "trang “Ghép kế hoạch” của sổ tổng hợp rồi lập lại báo cáo."
        )
