"""Sentences of an outline: Jinja2 in a sandbox, checked when the outline is loaded, filled in from the figures.

Only outlines are templates; what agencies write is never rendered.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any, NamedTuple

from jinja2 import StrictUndefined, meta, nodes

from doingoai_cli.errors import ConfigError
from doingoai_cli.report.figures.compute import Figures, known_figures
from doingoai_cli.report.figures.series import SERIES_IDS
from doingoai_cli.report.figures.subjects import SUBJECTS
from doingoai_cli.report.placeholders import PLACEHOLDER, placeholder
from doingoai_cli.report.statements import (
    execution,
    not_agreed,
    plan_changes,
    planned_conferences,
    review,
    set_aside,
    statement,
)
from doingoai_cli.sandbox import SentenceEnvironment, compiled, parsed, rendered
from doingoai_cli.sandbox import code_of as code_in
from doingoai_cli.vietnamese import report_phrases

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
    "party_committee": "cấp ủy của địa phương: “Tỉnh ủy”, “Thành ủy”, “Huyện ủy”",
    "locality": "địa phương của cơ quan ban hành: “thành phố Bắc Giang”",
    "legal": "căn cứ pháp lý theo ngày văn bản: legal.<tên>",
}
_FIGURE_FUNCTIONS = {"figure", "counted", "value", "note", "besides", "change"}
_SUBJECT_FUNCTIONS = {
    "delegations": "delegations", "comparison": "delegations", "conferences": "count",
    "execution": "in_plan", "review": "review_open", "not_agreed": "review_open",
}  # fmt: skip
"""Function → the measure that a subject must have to be given to it."""
_ANNEX_FUNCTIONS = ("annex", "details")
_SUBJECTS = frozenset(subject.id for subject in SUBJECTS)
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


def code_of(template: str) -> bytes:
    """Its code, as `Words` takes it."""
    return code_in(_ENVIRONMENT, template)


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


def cited_forms(template: str) -> tuple[str, ...]:
    """The forms whose annexes a template cites by `annex("01.A")`, `details("02.A", "03")`."""
    if not any(f"{name}(" in template for name in _ANNEX_FUNCTIONS):
        return ()
    calls = _ENVIRONMENT.parse(template).find_all(nodes.Call)
    return tuple(
        argument.value
        for call in calls
        if isinstance(call.node, nodes.Name) and call.node.name in _ANNEX_FUNCTIONS
        for argument in call.args
        if isinstance(argument, nodes.Const) and isinstance(argument.value, str)
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
        if name in ("statement", "used") and given not in _SUBJECTS:
            yield f"không có nhóm số liệu “{given}”"
        if name == "listing" and given not in SERIES_IDS:
            yield f"không có bảng số liệu “{given}”"


class Words(NamedTuple):
    """What a template may say: its variables, and its functions over the figures."""

    context: Mapping[str, Any]
    ready: Mapping[str, bytes] = {}
    """Templates that were compiled before, with their code."""

    def fill(self, template: str, where: str = "đề cương") -> str:
        """`template` filled in; ConfigError names `where` it stands if it cannot be."""
        if "{" not in template:
            return template.strip()
        try:
            return rendered(compiled(_ENVIRONMENT, template, self.ready.get(template)), self.context).strip()
        except ValueError as error:
            raise ConfigError([f"{where}: câu mẫu “{template.strip()}” không điền được ({error})"]) from error


def _counted(figures: Figures, figure_id: str, unit: str) -> str:
    """The figure with what it counts: "03 đoàn hủy", "không có đoàn hủy"."""
    found = figures.items[figure_id]
    return placeholder(found.missing) if found.value is None else report_phrases.counted(int(found.value), unit)


def _comparison(figures: Figures, subject: str) -> str:
    """Delegations and persons against the year before: "số đoàn ra tăng 03 đoàn, …; số lượt người giảm …"."""
    kind = _kind(subject)
    count, people = (figures.facts.change(f"{subject}.{measure}") for measure in ("delegations", "persons"))
    if count == people and PLACEHOLDER.fullmatch(count):
        return f"số {kind} và số lượt người: {count}"
    return f"số {kind} {count}; số lượt người {people}"


def _delegations(figures: Figures, subject: str, verb: str = "", plan: bool = False) -> str:
    """ "09 đoàn ra với 43 lượt người, trong đó 06 đoàn trong kế hoạch, 03 đoàn ngoài kế hoạch"."""
    items = figures.items
    count, people = items[f"{subject}.delegations"], items[f"{subject}.persons"]
    if count.value is None:
        return f"{verb} {placeholder(count.missing)}".strip()
    unread = len(count.rows) - len(people.rows)
    persons = None if people.value is None else int(people.value)
    said = report_phrases.delegations(_kind(subject), int(count.value), persons, unread)
    parts = _plan_parts(figures, subject) if plan else ""
    text = f"{said}, {parts}" if parts else said
    return f"{verb} {text}" if verb and count.value else _none(text, verb)


def _none(said: str, verb: str) -> str:
    """ "không có đoàn ra"; of a plan, which cannot know, "dự kiến không có đoàn ra"."""
    return f"{_PLANNED} {said}" if verb.startswith(_PLANNED) else said


_PLANNED = "dự kiến"


def _plan_parts(figures: Figures, subject: str) -> str:
    inside, outside, unclear = (
        int(figures.items[f"{subject}.{part}"].value or 0) for part in ("in_plan", "off_plan", "plan_unclear")
    )
    return report_phrases.plan_parts(inside, outside, unclear)


def _conferences(figures: Figures, subject: str, verb: str = "") -> str:
    """ "03 hội nghị, hội thảo quốc tế"; of none it says by which form, where Mẫu 5 holds others."""
    count = figures.items[f"{subject}.count"]
    if count.value is None:
        return f"{verb} {placeholder(count.missing)}".strip()
    said = report_phrases.counted(int(count.value), report_phrases.CONFERENCES)
    if count.value:
        return f"{verb} {said}".strip()
    others = figures.items.get(f"{subject.removesuffix('conferences')}international.count")
    return _none(f"{said} nào kê khai theo Mẫu số 03" if others and others.value else said, verb)


def _listing(figures: Figures, series_id: str, limit: int = 5) -> str:
    """The first lines of a series: "Lào (04 đoàn) và 02 nước, vùng lãnh thổ khác"; "" where it has none.

    Sums of money are all stated, and so are the rows that say nothing that is known: "; chưa xác định (01 đoàn)".
    """
    series = figures.series[series_id]
    lines = [line for line in series.lines if line.key != "~"]
    unknown = "".join(
        f"; chưa xác định ({report_phrases.number(line.values[0] or 0)} {series.unit})"
        for line in series.lines
        if lines and line.key == "~"
    )
    if series_id.endswith(".money"):
        return figures.facts.sums(series_id)
    said = ", ".join(
        f"{line.label} ({report_phrases.number(line.values[0] or 0)} {series.unit})" for line in lines[:limit]
    )
    rest = len(lines) - limit
    what = "nước, vùng lãnh thổ" if series_id.endswith("by_country") else "mục"
    return (f"{said} và {report_phrases.number(rest)} {what} khác" if rest > 0 else said) + unknown


def _kind(subject: str) -> str:
    return "đoàn ra" if subject.endswith("out") else "đoàn vào"


_FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    "figure": lambda figures, figure_id: figures.facts.text(figure_id),
    "note": lambda figures, figure_id: figures.facts.read(figure_id),
    "besides": lambda figures, figure_id: figures.facts.besides(figure_id),
    "change": lambda figures, figure_id: figures.facts.change(figure_id),
    "value": lambda figures, figure_id: figures.items[figure_id].value,
    "counted": _counted, "comparison": _comparison, "delegations": _delegations,
    "conferences": _conferences, "listing": _listing,
    "execution": execution, "plan_changes": plan_changes, "set_aside": set_aside, "review": review,
    "not_agreed": not_agreed,
    "planned_conferences": planned_conferences, "statement": statement,
    "used": lambda figures, subject: subject in figures.used,
}  # fmt: skip
"""Name → a function of the figures and of what a template gives it."""
FUNCTIONS = frozenset({*_FUNCTIONS, *_ANNEX_FUNCTIONS})


def figure_functions(figures: Figures) -> dict[str, Callable[..., Any]]:
    """The functions by which sentences state figures."""
    return {name: partial(function, figures) for name, function in _FUNCTIONS.items()}
