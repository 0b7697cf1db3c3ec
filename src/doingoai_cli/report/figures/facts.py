"""Figures in turns of phrase (số liệu thành câu), of which the statement on a kind of rows is made."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from doingoai_cli.report.figures.windows import Window
from doingoai_cli.report.placeholders import placeholder
from doingoai_cli.vietnamese.report_phrases import counted, money, number
from doingoai_cli.vietnamese.text import decapitalised

if TYPE_CHECKING:  # they are made of the subjects, which say what they state
    from doingoai_cli.report.figures.figure import Figure
    from doingoai_cli.report.figures.series import Series, SeriesLine

_MOST = 6
"""How many lines of a table a sentence lists."""


class Facts(NamedTuple):
    """The figures of a window, as statements ask for them."""

    window: Window
    cycle: int
    """The plan year."""
    items: "Mapping[str, Figure]"
    series: "Mapping[str, Series]"

    @property
    def within(self) -> str:
        """ "Trong 6 tháng đầu năm 2021"."""
        return f"Trong {self.window.label}"

    def of(self, figure_id: str) -> "Figure":
        """The figure with that id."""
        return self.items[figure_id]

    def text(self, figure_id: str) -> str:
        """As printed, with what could not be read; the mark of what is missing."""
        found = self.of(figure_id)
        return placeholder(found.missing) if found.value is None else found.text

    def read(self, figure_id: str) -> str:
        """ " (đọc được 02/03 dự án)", or nothing; where nothing was read the mark of what is missing says so."""
        found = self.of(figure_id)
        return f" ({found.note})" if found.note and found.value is not None else ""

    def besides(self, figure_id: str) -> str:
        """What its note adds to a number that is stated: ", 01 dòng chỉ đọc được một phần"; or nothing."""
        note = self.of(figure_id).note
        return f", {note}" if note else ""

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
        said = ", ".join(_lines(self.series[series_id]))
        return f" ({said})" if said else ""

    def broken_down(self, *ways: tuple[str, str]) -> Iterator[str]:
        """One sentence that tells the rows apart in several ways; none where there are no rows."""
        found = [(how, ", ".join(_lines(self.series[series_id]))) for how, series_id in ways]
        parts = [f"{how}: {said}" for how, said in found if said]
        if parts:
            yield f"Phân {'; '.join(parts)}."

    def sums(self, series_id: str) -> str:
        """Sums of money by source and currency: "ngân sách nhà nước 80 triệu đồng; …"; "" where none was read."""
        return "; ".join(map(_sum, self.series[series_id].lines))

    def left_out(self, unit: str, *subjects: str) -> Iterator[str]:
        """The rows that are not counted for their time, so that none goes unsaid."""
        said = [
            f"{number(rows)} {unit} {why}"
            for part, why in (("outside", "có thời gian ngoài kỳ báo cáo"), ("undated", "chưa rõ thời gian"))
            if (rows := sum(int(self.of(f"{subject}.{part}").value or 0) for subject in subjects))
        ]
        if said:
            yield f"Không tính {', '.join(said)}."


def _sum(line: "SeriesLine") -> str:
    source, _, currency = line.key.partition("|")
    return f"{decapitalised(source)} {money(line.values[0] or 0, currency)}"


def _lines(series: "Series") -> Iterable[str]:
    for line in series.lines[:_MOST]:
        yield f"{line.label}: {number(line.values[0] or 0)}"
    rest = sum(int(line.values[0] or 0) for line in series.lines[_MOST:])
    if rest:
        yield f"khác: {number(rest)}"
