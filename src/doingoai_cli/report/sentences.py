"""Sentences of an outline: Jinja2 in a sandbox, checked when the outline is loaded, filled in from the figures.

Only outlines are templates; what agencies write is never rendered.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any, NamedTuple

from jinja2 import StrictUndefined, meta, nodes

from doingoai_cli.errors import ConfigError
from doingoai_cli.report.figures.compute import Figures, known_figures, known_series
from doingoai_cli.report.figures.series import SeriesLine
from doingoai_cli.report.figures.subjects import SUBJECTS
from doingoai_cli.report.marks import PLACEHOLDER, placeholder
from doingoai_cli.report.statements import (
    execution,
    plan_changes,
    planned_conferences,
    review,
    set_aside,
    statement,
)
from doingoai_cli.sandbox import SentenceEnvironment, compiled, parsed, rendered
from doingoai_cli.vietnamese import phrases

VARIABLES = {
    "year": "năm báo cáo",
    "plan_year": "năm kế hoạch",
    "month": "tháng cuối của kỳ",
    "window": "kỳ báo cáo: “năm 2019”, “6 tháng đầu năm 2021”, “tháng 8/2020”",
    "cumulated": "tính từ đầu năm: “8 tháng đầu năm 2020”",
    "rest": "phần còn lại của năm: “6 tháng cuối năm 2021”",
    "following": "kỳ tiếp theo cùng loại: “tháng 9/2020”, “quý IV/2020”",
    "next_month": "tháng sau: “tháng 9/2020”",
    "stated": "câu nêu số liệu tính từ ngày nào đến ngày nào",
    "province": "tên tỉnh",
    "full_province": "“tỉnh Quảng Bình”",
    "landmark": "danh thắng tiêu biểu của tỉnh",
    "issuer": "cơ quan ban hành",
    "addressee": "nơi văn bản trình lên: “Ban Thường vụ Tỉnh ủy”",
    "area": "cấp của địa phương: “tỉnh”, “thành phố”",
    "locality": "địa phương của cơ quan ban hành: “thành phố Bắc Giang”",
    "legal": "căn cứ pháp lý theo ngày văn bản: legal.<tên>",
}
_FIGURE_FUNCTIONS = {"figure", "counted", "value", "note", "change"}
_SUBJECT_FUNCTIONS = {
    "delegations": "delegations", "comparison": "delegations", "conferences": "count",
    "execution": "in_plan", "review": "review_open",
}  # fmt: skip
"""Function → the measure that a subject must have to be given to it."""
_SERIES_FUNCTIONS = {"listing"}
_ROW_FUNCTIONS = {"statement", "used"}
_SUBJECTS = frozenset(subject.id for subject in SUBJECTS)
_PLAIN_FUNCTIONS = frozenset(
    {"set_aside", "plan_changes", "annex", "details", "planned_conferences", "statement", "used"}
)
FUNCTIONS = frozenset({*_FIGURE_FUNCTIONS, *_SUBJECT_FUNCTIONS, *_SERIES_FUNCTIONS, *_PLAIN_FUNCTIONS})


_ENVIRONMENT = SentenceEnvironment(StrictUndefined)


def checked(template: str) -> str:
    """`template` itself; ValueError where it is no template, or names what there is not."""
    if "{" not in template:
        return template
    tree = parsed(_ENVIRONMENT, template)
    unknown = sorted(meta.find_undeclared_variables(tree) - VARIABLES.keys() - FUNCTIONS)
    if unknown:
        names = ", ".join((*VARIABLES, *sorted(FUNCTIONS)))
        raise ValueError(f"câu mẫu dùng tên không có: {', '.join(unknown)}; các tên có: {names}")
    for problem in _unknown_ids(tree):
        raise ValueError(problem)
    return template


def legal_names(template: str) -> frozenset[str]:
    """The names of legal bases that a template asks for."""
    if "legal." not in template:
        return frozenset()
    tree = _ENVIRONMENT.parse(template)
    return frozenset(
        node.attr
        for node in tree.find_all(nodes.Getattr)
        if isinstance(node.node, nodes.Name) and node.node.name == "legal"
    )


def _unknown_ids(tree: nodes.Template) -> Iterator[str]:
    for call in tree.find_all(nodes.Call):
        name = call.node.name if isinstance(call.node, nodes.Name) else ""
        argument = call.args[0] if call.args else None
        given = argument.value if isinstance(argument, nodes.Const) else None
        if not isinstance(given, str):
            continue
        if name in _FIGURE_FUNCTIONS and given not in known_figures():
            yield f"không có số liệu “{given}”"
        if name in _SUBJECT_FUNCTIONS and f"{given}.{_SUBJECT_FUNCTIONS[name]}" not in known_figures():
            yield f"không có nhóm số liệu “{given}”"
        if name in _ROW_FUNCTIONS and given not in _SUBJECTS:
            yield f"không có nhóm số liệu “{given}”"
        if name in _SERIES_FUNCTIONS and given not in known_series():
            yield f"không có bảng số liệu “{given}”"


class Words(NamedTuple):
    """What a template may say: its variables, and its functions over the figures."""

    context: Mapping[str, Any]

    def fill(self, template: str, where: str = "đề cương") -> str:
        """`template` filled in; ConfigError names `where` it stands if it cannot be."""
        if "{" not in template:
            return template.strip()
        try:
            return " ".join(rendered(compiled(_ENVIRONMENT, template), self.context).split(" ")).strip()
        except ValueError as error:
            raise ConfigError([f"{where}: câu mẫu không điền được ({error})"]) from error


def figure_functions(figures: Figures) -> dict[str, Callable[..., Any]]:
    """The functions by which sentences state figures."""
    speaker = _Speaker(figures)
    return {
        "figure": speaker.figure,
        "counted": speaker.counted,
        "comparison": speaker.comparison,
        "value": speaker.value,
        "note": speaker.note,
        "change": speaker.change,
        "delegations": speaker.delegations,
        "conferences": speaker.conferences,
        "listing": speaker.listing,
        "execution": partial(execution, figures),
        "plan_changes": partial(plan_changes, figures),
        "set_aside": partial(set_aside, figures),
        "review": partial(review, figures),
        "planned_conferences": partial(planned_conferences, figures),
        "statement": partial(statement, figures),
        "used": figures.used.__contains__,
    }


class _Speaker(NamedTuple):
    figures: Figures

    def figure(self, figure_id: str) -> str:
        """The figure as printed, or the mark of what is missing."""
        found = self.figures.items[figure_id]
        return placeholder(found.missing) if found.value is None else found.text

    def counted(self, figure_id: str, unit: str) -> str:
        """The figure with what it counts: "03 đoàn hủy", "không có đoàn hủy"."""
        found = self.figures.items[figure_id]
        return placeholder(found.missing) if found.value is None else phrases.counted(int(found.value), unit)

    def comparison(self, subject: str) -> str:
        """Delegations and persons against the year before: "số đoàn ra tăng 03 đoàn, …; số lượt người giảm …"."""
        kind = _kind(subject)
        count, people = (self.change(f"{subject}.{measure}") for measure in ("delegations", "persons"))
        if count == people and PLACEHOLDER.fullmatch(count):
            return f"số {kind} và số lượt người: {count}"
        return f"số {kind} {count}; số lượt người {people}"

    def value(self, figure_id: str) -> Any:
        """The bare value, for conditions; None where it is missing."""
        return self.figures.items[figure_id].value

    def note(self, figure_id: str) -> str:
        """ " (đọc được 08/09 đoàn)", or nothing."""
        said = self.figures.items[figure_id].note
        return f" ({said})" if said else ""

    def change(self, figure_id: str) -> str:
        """Increase or decrease: "tăng 03 đoàn, tương ứng 13,6%"."""
        return self.figure(f"{figure_id}.change")

    def delegations(self, subject: str, verb: str = "", plan: bool = False) -> str:
        """ "09 đoàn ra với 43 lượt người, trong đó 06 đoàn trong kế hoạch, 03 đoàn ngoài kế hoạch"."""
        items = self.figures.items
        count, people = items[f"{subject}.delegations"], items[f"{subject}.persons"]
        if count.value is None:
            return f"{verb} {placeholder(count.missing)}".strip()
        unread = len(count.rows) - len(people.rows)
        persons = None if people.value is None else int(people.value)
        said = phrases.delegations(_kind(subject), int(count.value), persons, unread)
        parts = self._plan_parts(subject) if plan else ""
        text = f"{said}, {parts}" if parts else said
        return f"{verb} {text}" if verb and count.value else text

    def _plan_parts(self, subject: str) -> str:
        inside, outside, unclear = (
            int(self.value(f"{subject}.{part}") or 0) for part in ("in_plan", "off_plan", "plan_unclear")
        )
        return phrases.plan_parts(inside, outside, unclear)

    def conferences(self, subject: str, verb: str = "") -> str:
        """ "03 hội nghị, hội thảo quốc tế"."""
        count = self.figures.items[f"{subject}.count"]
        if count.value is None:
            return f"{verb} {placeholder(count.missing)}".strip()
        said = phrases.counted(int(count.value), phrases.CONFERENCES)
        return f"{verb} {said}" if verb and count.value else said

    def listing(self, series_id: str, limit: int = 5) -> str:
        """The first lines of a series: "Lào (04 đoàn), Thái Lan (03 đoàn) và 02 nước khác"; "" where it has none.

        Sums of money are all stated.
        """
        series = self.figures.series[series_id]
        lines = [line for line in series.lines if line.key != "~"]
        if series_id.endswith(".money"):
            return "; ".join(_sum(line) for line in lines)
        said = ", ".join(
            f"{line.label} ({phrases.number(line.values[0] or 0)} {series.unit})" for line in lines[:limit]
        )
        rest = len(lines) - limit
        what = "nước" if series_id.endswith("by_country") else "mục"
        return f"{said} và {phrases.number(rest)} {what} khác" if rest > 0 else said


def _kind(subject: str) -> str:
    return "đoàn ra" if subject.endswith("out") else "đoàn vào"


def _sum(line: SeriesLine) -> str:
    source, _, currency = line.key.partition("|")
    return f"{source[:1].lower()}{source[1:]} {phrases.money(line.values[0] or 0, currency)}"
