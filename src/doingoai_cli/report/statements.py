"""Whole statements, the same in every outline: of a subject, a plan's execution and review, what is set aside."""

from collections.abc import Iterator

from doingoai_cli.model.records import RealisedTrip
from doingoai_cli.report.figures.comparison import CHANGES, EXECUTED
from doingoai_cli.report.figures.compute import Figures
from doingoai_cli.report.figures.facts import Facts
from doingoai_cli.report.figures.figure import Figure
from doingoai_cli.report.figures.groupings import BY_AGENCY, BY_COUNTRY
from doingoai_cli.report.figures.measures import Subject
from doingoai_cli.report.figures.reviewing import OPEN, OPINIONS
from doingoai_cli.report.figures.subjects import MAIN, PLANS, subject_by_id
from doingoai_cli.report.placeholders import placeholder
from doingoai_cli.vietnamese.report_phrases import CONFERENCES, NONE, counted, number
from doingoai_cli.vietnamese.text import decapitalised

NO_CHANGES = "trang “Điều chỉnh kế hoạch” của sổ tổng hợp chưa ghi lần điều chỉnh nào"
_KINDS = {"out": "đoàn ra", "in": "đoàn vào", "conferences": "hội nghị, hội thảo"}


def execution(figures: Figures, subject: str) -> str:
    """How far the approved plan was carried out: one rate, as `doingoai reconcile` gives it.

    While pairs await an officer's decision, a kind without rows is "chưa ghi nhận": any of them may prove one.
    """
    items = {part: figures.items[f"execution.{subject}.{part}"] for part in _EXECUTED}
    begins = f"Về thực hiện kế hoạch {_KINDS[subject]} đã được duyệt"
    planned, carried = items["planned"], items["carried_out"]
    if planned.value is None:
        return f"{begins}: {placeholder(planned.missing)}."
    if carried.value is None:
        approved = counted(int(planned.value), "đoàn được duyệt")
        return f"{begins}: {approved}; kết quả thực hiện: {placeholder(carried.missing)}."
    if not planned.value:
        return f"{begins}: không có đoàn được duyệt; {_off_plan(items['off_plan'])}."
    of = f"trên tổng số {planned.text} đoàn được duyệt, đạt tỷ lệ {items['rate'].text}"
    none = "chưa ghi nhận" if items["pairs"].value else NONE
    rest = [_off_plan(items["off_plan"], none)]
    rest += [_part(items[part], none) for part in ("adjusted", "cancelled")]
    rest += [_part(items[part]) for part in ("not_due", "unsure") if items[part].value]
    if items["pairs"].value:
        rest[-1] += f" ({_part(items['pairs'])})"
    return f"{begins}: {_part(carried, none)} {of}; {'; '.join(rest)}."


_EXECUTED = ("planned", "carried_out", "off_plan", "adjusted", "cancelled", "not_due", "unsure", "pairs", "rate")


def _off_plan(figure: Figure, none: str = NONE) -> str:
    """Off plan by reconciling, and how many of these their agencies marked as planned."""
    marked = sum(isinstance(row.record, RealisedTrip) and row.record.planned is True for row in figure.rows)
    told = f" (trong đó {number(marked)} đoàn cơ quan, đơn vị đánh dấu Trong KH)" if marked else ""
    return f"{_part(figure, none)}{told}"


def _part(figure: Figure, none: str = NONE) -> str:
    return counted(int(figure.value or 0), EXECUTED[figure.id.rpartition(".")[2]], none)


def plan_changes(figures: Figures) -> str:
    """How often the plan was changed; what no officer has recorded is marked, never said to be none."""
    times = figures.items[CHANGES]
    begins = "Kế hoạch đoàn ra, đoàn vào được điều chỉnh"
    if times.value is None:
        return f"{begins}: {placeholder(times.missing)}."
    if not times.value:
        return f"{begins}: {placeholder(NO_CHANGES)}."
    added = [
        f"{figures.items[f'execution.{subject.id}.added'].text} {_KINDS[subject.id]}"
        for subject, _ in PLANS
        if figures.items[f"execution.{subject.id}.added"].value
    ]
    return f"{begins} {times.text} lần{', bổ sung ' + ', '.join(added) if added else ''}."


def set_aside(figures: Figures) -> str:
    """The rows that are not counted, and why."""
    return " ".join(_set_aside(figures))


def _set_aside(figures: Figures) -> Iterator[str]:
    left = {s.id: sum(row.counted for row in figures.items[f"{s.id}.not_counted"].rows) for s in MAIN}
    said = []
    if left["out"]:
        said.append(f"{number(left['out'])} đoàn ra đi tham quan, du lịch, thăm thân, khám sức khỏe, việc riêng")
    if left["in"]:
        said.append(
            f"{number(left['in'])} đoàn vào của cơ quan đại diện, tổ chức nước ngoài tại Việt Nam (tính vào nội "
            "dung tiếp khách quốc tế)"
        )
    if said:
        yield f"Số liệu trên không thống kê {' và '.join(said)}."
    if excluded := _of(figures, "excluded"):
        yield f"Không tính {', '.join(excluded)} theo kết quả thẩm định."
    if outside := _of(figures, "outside"):
        yield f"Không tính {', '.join(outside)} do thời gian thực hiện ở ngoài kỳ (danh sách tại phụ lục)."
    if undated := _of(figures, "undated"):
        yield f"Chưa tính vào kỳ báo cáo {', '.join(undated)} do thời gian thực hiện chưa rõ."


def _of(figures: Figures, part: str) -> list[str]:
    """ "02 đoàn ngoài kỳ báo cáo (đoàn ra)" for each subject that has such rows."""
    found = [(s.id, figures.items[f"{s.id}.{part}"]) for s in MAIN]
    if part != "outside":
        return [f"{f.text} {_KINDS[subject]}" for subject, f in found if f.value]
    return [
        f"{f.text} hội nghị, hội thảo ngoài kỳ báo cáo" if subject == "conferences"
        else f"{f.text} đoàn ngoài kỳ báo cáo ({_KINDS[subject]})"
        for subject, f in found if f.value
    ]  # fmt: skip


def review(figures: Figures, plan: str) -> str:
    """How far a plan has been reviewed: "05 đoàn đồng ý, …"; "" for an empty plan."""
    counts = [(o, name, figures.items[f"{plan}.review_{o}"]) for o, name in OPINIONS.items()]
    if not any(figure.value for _, _, figure in counts):
        return ""
    subject = subject_by_id(plan)
    unit = subject.unit
    said = ", ".join(
        f"{number(int(figure.value or 0))} {unit} {decapitalised(name)}"
        for _, name, figure in counts
        if figure.value
    )
    return f"Kết quả thẩm định kế hoạch {subject.planning or subject.label}: {said}."


def not_agreed(figures: Figures, plan: str) -> str:
    """The rows that a plan of agreed rows leaves out until officers agree: "Chưa đưa vào Kế hoạch …"; or ""."""
    unit = subject_by_id(plan).unit
    waits = {"adjust": "phải điều chỉnh", "other": "có ý kiến khác", OPEN: "chưa có ý kiến"}
    counts = {why: int(figures.items[f"{plan}.review_{opinion}"].value or 0) for opinion, why in waits.items()}
    said = ", ".join(f"{number(count)} {unit} {why}" for why, count in counts.items() if count)
    return f"Chưa đưa vào Kế hoạch: {said}." if said else ""


def statement(figures: Figures, subject_id: str) -> str:
    """What there is to say of a subject's rows; "" where the province neither uses the form nor has rows of it."""
    if subject_id not in figures.used:
        return ""
    subject = subject_by_id(subject_id)
    return " ".join(subject.states(figures.facts) if subject.states else _plainly(subject, figures.facts))


def _plainly(subject: Subject, facts: Facts) -> Iterator[str]:
    """The sentences that measures and groupings give by themselves.

    "Trong năm 2019, tiếp khách nước ngoài: 02 cuộc (Nhật Bản: 01, Lào: 01); so với cùng kỳ năm trước tăng …."
    """
    count, *further = (subject.measure(measure) for _, measure in subject.columns)
    at = f"{subject.id}.{count.id}"
    countries = facts.listed(f"{subject.id}.by_country") if BY_COUNTRY in subject.groupings else ""
    said = [f"{facts.text(at)} {subject.unit}{countries}"]
    if facts.of(at).value:
        said += [f"{m.label} {facts.text(i)}{facts.read(i)}" for m in further for i in [f"{subject.id}.{m.id}"]]
    when = f"Năm {facts.cycle}" if subject.planned else facts.within
    change = f"; so với cùng kỳ năm trước {facts.change(at)}" if count.compared else ""
    yield f"{when}, {decapitalised(subject.label)}: {', '.join(said)}{change}."
    ways = (grouping for grouping in subject.groupings if grouping not in (BY_COUNTRY, BY_AGENCY))
    yield from facts.broken_down(*((way.label, f"{subject.id}.{way.id}") for way in ways))
    if not subject.planned:
        yield from facts.left_out(subject.unit, subject.id)


def planned_conferences(figures: Figures, scope: str = "") -> str:
    """Those of Mẫu 03 and, where the province uses it, of Mẫu 5; `scope` "remaining." is the rest of the year.

    "dự kiến tổ chức 03 hội nghị, hội thảo quốc tế, 01 … theo Quyết định số 06/2020/QĐ-TTg".
    """
    counts = [figures.items[f"{scope}plan.{subject}.count"] for subject in ("conferences", "international")]
    if not counts[1].value:
        counts.pop()
    elif not counts[0].value:
        counts.pop(0)
    said = []
    for count in counts:
        rows = placeholder(count.missing) if count.value is None else counted(int(count.value), CONFERENCES)
        law = " theo Quyết định số 06/2020/QĐ-TTg" if "international" in count.id else ""
        said.append(f"{rows}{law}")
    return f"dự kiến {'' if counts[0].value == 0 else 'tổ chức '}{', '.join(said)}"
