"""Whole statements on agreements, conferences under Decision 06/2020, NGO aid and awards.

The same in every outline; each is "" where the province neither uses the form nor has rows of it.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from doingoai_cli.report.figures.compute import CUMULATED, Figures
from doingoai_cli.report.figures.figure import Figure
from doingoai_cli.report.figures.series import Series
from doingoai_cli.report.marks import placeholder
from doingoai_cli.vietnamese.phrases import counted, number, short_date

_MOST = 6
"""How many lines of a table a sentence lists."""
_AGREEMENTS = "thỏa thuận quốc tế"
_CONFERENCES = "hội nghị, hội thảo quốc tế"


def agreements(figures: Figures) -> str:
    """Agreements signed, ended and to be signed (seed 001, III.2.a; seed 000, I.3)."""
    return _said(figures, "agreements", _agreements)


def international_conferences(figures: Figures) -> str:
    """Conferences under Decision 06/2020, in their own window (seed 001, III.3)."""
    return _said(figures, "international", _international_conferences)


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
        rows = placeholder(count.missing) if count.value is None else counted(int(count.value), _CONFERENCES)
        law = " theo Quyết định số 06/2020/QĐ-TTg" if "international" in count.id else ""
        said.append(f"{rows}{law}")
    return ", ".join(said) if counts[0].value == 0 else f"dự kiến tổ chức {', '.join(said)}"


def aid(figures: Figures) -> str:
    """New projects of foreign NGOs and their value (seed 001, III.5; seed 000, I.6)."""
    return _said(figures, "aid", _aid)


def awards(figures: Figures) -> str:
    """Awards given to foreigners, then those received of them (seed 001, III.11; seed 000, I.12)."""
    return _said(figures, "awards.given", _awards)


def _said(figures: Figures, subject: str, sentences: "Callable[[_Facts], Iterator[str]]") -> str:
    return " ".join(sentences(_Facts(figures))) if subject in figures.used else ""


class _Facts(NamedTuple):
    """The figures in the turns of phrase that these statements are made of."""

    figures: Figures

    @property
    def window(self) -> str:
        """ "Trong 6 tháng đầu năm 2021"."""
        return f"Trong {self.figures.window.label}"

    def of(self, figure_id: str) -> Figure:
        """The figure with that id."""
        return self.figures.items[figure_id]

    def text(self, figure_id: str) -> str:
        """As printed, with what could not be read; the mark of what is missing."""
        found = self.of(figure_id)
        return placeholder(found.missing) if found.value is None else found.text

    def read(self, figure_id: str) -> str:
        """ " (đọc được 02/03 dự án)", or nothing."""
        note = self.of(figure_id).note
        return f" ({note})" if note else ""

    def done(self, figure_id: str, verb: str, unit: str) -> str:
        """ "ký kết 03 thỏa thuận quốc tế", "không ký kết thỏa thuận quốc tế nào"."""
        found = self.of(figure_id)
        if found.value is None:
            return f"{verb} {placeholder(found.missing)}"
        return f"{verb} {number(found.value)} {unit}" if found.value else f"không {verb} {unit} nào"

    def number_of(self, figure_id: str, unit: str) -> str:
        """ "03 tổ chức", "không có tổ chức"."""
        found = self.of(figure_id)
        return f"{placeholder(found.missing)} {unit}" if found.value is None else counted(int(found.value), unit)

    def change(self, figure_id: str) -> str:
        """Against the year before."""
        return self.text(f"{figure_id}.change")

    def listed(self, series_id: str) -> str:
        """ " (Lào: 02, Nhật Bản: 01)", or nothing."""
        said = ", ".join(_lines(self.figures.series[series_id]))
        return f" ({said})" if said else ""

    def broken_down(self, *ways: tuple[str, str]) -> Iterator[str]:
        """One sentence that tells the rows apart in several ways; none where there are no rows."""
        found = [(how, ", ".join(_lines(self.figures.series[series_id]))) for how, series_id in ways]
        parts = [f"{how}: {said}" for how, said in found if said]
        if parts:
            yield f"Phân {'; '.join(parts)}."

    def left_out(self, unit: str, *subjects: str) -> Iterator[str]:
        """The rows that are not counted for their time, so that none goes unsaid."""
        said = [
            f"{number(rows)} {unit} {why}"
            for part, why in (("outside", "có thời gian ngoài kỳ báo cáo"), ("undated", "chưa rõ thời gian"))
            if (rows := sum(int(self.of(f"{subject}.{part}").value or 0) for subject in subjects))
        ]
        if said:
            yield f"Không tính {', '.join(said)}."


def _lines(series: Series) -> Iterable[str]:
    for line in series.lines[:_MOST]:
        yield f"{line.label}: {number(line.values[0] or 0)}"
    rest = sum(int(line.values[0] or 0) for line in series.lines[_MOST:])
    if rest:
        yield f"khác: {number(rest)}"


# --- the statements ----------------------------------------------------------------------------------------------


def _agreements(facts: _Facts) -> Iterator[str]:
    yield (
        f"{facts.window}, các cơ quan, đơn vị {facts.done('agreements.count', 'ký kết', _AGREEMENTS)}"
        f"{facts.listed('agreements.by_country')}; so với cùng kỳ năm trước, số thỏa thuận ký kết "
        f"{facts.change('agreements.count')}."
    )
    yield from facts.broken_down(
        ("theo loại văn bản", "agreements.by_kind"), ("theo cấp ký", "agreements.by_level")
    )
    yield _ended(facts)
    yield (
        f"Dự kiến {facts.done('plan.agreements.count', 'ký kết', _AGREEMENTS)}"
        f"{facts.listed('plan.agreements.by_country')}."
    )
    yield from facts.broken_down(("theo thời gian dự kiến ký", "plan.agreements.by_time"))
    yield from facts.left_out("thỏa thuận", "agreements", "agreements.ended")


def _ended(facts: _Facts) -> str:
    count = facts.of("agreements.ended.count")
    if count.value is None:
        return f"Số {_AGREEMENTS} hết hoặc chấm dứt hiệu lực trong kỳ: {placeholder(count.missing)}."
    if not count.value:
        return f"Không có {_AGREEMENTS} hết hoặc chấm dứt hiệu lực trong kỳ."
    states = (("expired", "hết hiệu lực"), ("terminated", "chấm dứt hiệu lực"))
    parts = [
        f"{facts.text(f'agreements.ended.{state}')} {label}"
        for state, label in states
        if facts.of(f"agreements.ended.{state}").value
    ]
    named = f" ({', '.join(parts)})" if parts else ""
    return f"Có {number(count.value)} {_AGREEMENTS} hết hoặc chấm dứt hiệu lực trong kỳ{named}."


def _international_conferences(facts: _Facts) -> Iterator[str]:
    window = facts.figures.window._replace(closing_day=14)
    delegates = ""
    if facts.of("international.count").value:
        home, foreign = "international.vietnamese_delegates", "international.foreign_delegates"
        delegates = (
            f" với {facts.text(home)} lượt đại biểu Việt Nam{facts.read(home)} và {facts.text(foreign)} lượt đại "
            f"biểu nước ngoài{facts.read(foreign)}"
        )
    yield (
        f"Theo kỳ thống kê từ ngày {short_date(window.start)} đến hết ngày {short_date(window.end)}, các cơ quan, "
        f"đơn vị {facts.done('international.count', 'tổ chức', _CONFERENCES)} theo Quyết định số "
        f"06/2020/QĐ-TTg{delegates}; so với cùng kỳ năm trước, số hội nghị, hội thảo "
        f"{facts.change('international.count')}."
    )
    yield from facts.broken_down(
        ("theo hình thức", "international.by_form"),
        ("theo cơ quan cho phép", "international.by_permission"),
    )
    planned = facts.done("plan.international.count", "tổ chức", _CONFERENCES)
    yield f"Năm {facts.figures.cycle}, dự kiến {planned}."
    yield from facts.left_out("hội nghị, hội thảo", "international")


def _aid(facts: _Facts) -> Iterator[str]:
    unit = "dự án viện trợ phi chính phủ nước ngoài mới"
    value = f", tổng giá trị {facts.text('aid.value')} USD{facts.read('aid.value')}"
    bodies = f" của {facts.text('aid.organisations')} tổ chức"
    count = facts.of("aid.count").value
    yield (
        f"{facts.window}, địa phương {facts.done('aid.count', 'tiếp nhận', unit)}{bodies + value if count else ''}"
        f"; so với cùng kỳ năm trước, số dự án {facts.change('aid.count')}, giá trị {facts.change('aid.value')}."
    )
    if facts.figures.window.first > 1:
        yield (
            f"Lũy kế {facts.figures.window.cumulated.label}: {facts.text(f'{CUMULATED}aid.count')} dự án, "
            f"{facts.text(f'{CUMULATED}aid.value')} USD{facts.read(f'{CUMULATED}aid.value')}."
        )
    yield from facts.broken_down(("theo nước", "aid.by_country"), ("theo lĩnh vực", "aid.by_sector"))
    if count:
        yield (
            f"Trong số các tổ chức trên, {facts.number_of('aid.registered', 'tổ chức có Giấy đăng ký')}, "
            f"{facts.number_of('aid.unregistered', 'tổ chức chưa có Giấy đăng ký')}."
        )
    if facts.of("aid.outside").value:
        yield f"Ngoài ra có {facts.text('aid.outside')} dự án bắt đầu ngoài kỳ báo cáo."
    if facts.of("aid.undated").value:
        yield f"Chưa tính {facts.text('aid.undated')} dự án do thời gian thực hiện chưa rõ."


def _awards(facts: _Facts) -> Iterator[str]:
    groups = (
        ("awards.given", "khen thưởng tặng cho tập thể, cá nhân người nước ngoài, người Việt Nam ở nước ngoài"),
        ("awards.received", "khen thưởng của nhà nước, tổ chức, cá nhân nước ngoài tặng cho địa phương"),
    )
    for subject, kind in groups:
        count = facts.of(f"{subject}.count")
        told = f"có {number(count.value)} trường hợp {kind}" if count.value else f"không có trường hợp {kind}"
        if count.value is None:
            told = f"số trường hợp {kind}: {placeholder(count.missing)}"
        yield (
            f"{facts.window}, {told}{facts.listed(f'{subject}.by_level')}; so với cùng kỳ năm trước "
            f"{facts.change(f'{subject}.count')}."
        )
        yield from facts.broken_down(("theo hình thức", f"{subject}.by_award"))
    yield from facts.left_out("trường hợp khen thưởng", *(subject for subject, _ in groups))
