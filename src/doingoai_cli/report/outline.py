"""An outline (đề cương): what a report consists of, as data (`outlines` reads it from YAML).

From one outline come the document that agencies fill in, the way their text is read back, and the report.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Any, Self

from pydantic import BeforeValidator, Field, model_validator

from doingoai_cli.errors import DoingoaiError
from doingoai_cli.report.figures.series import SERIES_IDS
from doingoai_cli.report.figures.windows import Window
from doingoai_cli.report.kinds import ReportKind
from doingoai_cli.report.sentences import checked, legal_names
from doingoai_cli.yamlfile import FrozenModel


def _template(value: Any) -> Any:
    return checked(value) if isinstance(value, str) else value


Template = Annotated[str, BeforeValidator(_template)]
Heading = Annotated[str, Field(min_length=1), BeforeValidator(_template)]
Id = Annotated[str, Field(min_length=1)]
MAX_LEVEL = 4
_PLAN = re.compile(r"(?<![.\w])plan\.(?:out|in|conferences)\b")
EXECUTION = "execution"
COMPARISON = "comparison"
AGENCIES = "agencies"
"""The annex of who has reported and who has not."""
UPCOMING = "upcoming"
SPECIAL_TABLES = (EXECUTION, COMPARISON, UPCOMING)
"""Plan against realised, results beside the year before, what is planned for the rest of the year."""


def _known_table(name: Any) -> Any:
    if isinstance(name, str) and name not in SERIES_IDS and name not in SPECIAL_TABLES:
        raise ValueError(f"không có bảng số liệu “{name}”; các bảng có: {', '.join(sorted(SERIES_IDS))}")
    return name


TableId = Annotated[str, BeforeValidator(_known_table)]


class TableSpec(FrozenModel):
    """A table of figures within a section."""

    of: TableId
    caption: Template = ""
    limit: Annotated[int, Field(ge=1)] = 15
    """How many lines; the rest are added up in one."""


class ChartSpec(FrozenModel):
    """A chart of figures within a section."""

    of: TableId
    caption: Template
    limit: Annotated[int, Field(ge=1)] = 30
    """How many bars; a chart that leaves some out says so."""


class Section(FrozenModel):
    """One heading with what belongs under it (mục)."""

    id: Id
    heading: Heading
    guidance: tuple[Template, ...] = ()
    """What agencies are asked to write; official text."""
    sentences: tuple[Template, ...] = ()
    """One paragraph each; an empty one is left out."""
    tables: tuple[TableSpec, ...] = ()
    charts: tuple[ChartSpec, ...] = ()
    texts: bool = True
    """Whether agencies are asked to write here; what they write there all the same is kept."""
    sections: "tuple[Section, ...]" = ()

    def walk(self, level: int = 1) -> "Iterator[tuple[Section, int]]":
        """The section and all below it, in order, each with its level."""
        yield self, level
        for section in self.sections:
            yield from section.walk(level + 1)


class AnnexSpec(FrozenModel):
    """One annex: a form's rows, or (`form` "agencies") who has reported and who has not."""

    form: str
    section: str = ""
    title: Template = ""
    """"": the form's own title."""
    by_time: bool = False
    """Whether its rows stand in the order of their times instead of the workbook's."""
    if_used: bool = False
    """Whether it is left out where the province neither uses the form nor has rows of it."""


class PeriodSpec(FrozenModel):
    """Which days the report speaks of."""

    months: tuple[int, int] | None = None
    """First and last month; None: the whole year, or the month asked for."""
    closing_day: Annotated[int, Field(ge=1, le=28)] | None = None
    """The last day of a month under the reporting regime (Decree 09/2019: 14); None: calendar months."""


class LegalText(FrozenModel):
    """A legal basis, in force for documents dated from `since` on."""

    text: str
    since: date = Field(default=date.min, alias="from")


class Outline(FrozenModel):
    """One kind of report."""

    id: Id
    kind: ReportKind
    also: tuple[ReportKind, ...] = ()
    """Further kinds of report that are made from the same sections."""
    default: bool = False
    """Whether `--kind` alone means this outline."""
    name: str = "BÁO CÁO"
    """Tên loại of the document."""
    abbreviation: Annotated[str, Field(pattern=r"^[A-Za-zĐđ]+$")] = "BC"
    """What its symbol begins with (BC, KH, TTr), where the settings name none."""
    addressees: tuple[Template, ...] | None = None
    """Kính gửi, where the settings of this very document name none; None: as those of all reports have it."""
    agreed_only: bool = False
    """Whether of the plan's rows only those count that an officer agreed to."""
    title: Template
    """Trích yếu, below the name."""
    outline_title: Template = ""
    """The title of the document that agencies fill in."""
    attachment: Template = ""
    """The line below that title."""
    source: str = ""
    period: PeriodSpec = PeriodSpec()
    legal: Mapping[str, tuple[LegalText, ...]] = {}
    bases: tuple[Template, ...] = ()
    """Căn cứ, without the punctuation at the end."""
    opening: tuple[Template, ...] = ()
    closing: tuple[Template, ...] = ()
    sections: Annotated[tuple[Section, ...], Field(min_length=1)]
    annexes: tuple[AnnexSpec, ...] = ()

    @model_validator(mode="after")
    def _parts_fit_together(self) -> Self:
        """No id twice, at most `MAX_LEVEL` levels of headings, legal bases that are there, months in order."""
        ids = [section.id for section, _ in self.walk()]
        repeated = sorted({i for i in ids if ids.count(i) > 1})
        if repeated:
            raise ValueError(f"mã mục lặp lại: {', '.join(repeated)}")
        if any(level > MAX_LEVEL for _, level in self.walk()):
            raise ValueError(f"đề cương có quá {MAX_LEVEL} cấp đề mục")
        asked = {name for template in _templates(self) for name in legal_names(template)}
        if unknown := sorted(asked - self.legal.keys()):
            raise ValueError(f"không có căn cứ pháp lý “{unknown[0]}” trong “legal”")
        if self.period.months and not 1 <= self.period.months[0] <= self.period.months[1] <= 12:
            raise ValueError("period.months phải là hai tháng từ 1 đến 12, tháng đầu trước")
        return self

    def walk(self) -> Iterator[tuple[Section, int]]:
        """All sections in order, each with its level (1 …)."""
        for section in self.sections:
            yield from section.walk()

    def window(self, year: int, month: int | None = None, quarter: int | None = None) -> Window:
        """The days reported on: `year` is `--year` (the plan year for annual reports).

        DoingoaiError where the kind needs a month or a quarter and none is given, or none that there is.
        """
        reported = year - 1 if self.kind.by_plan_year else year
        months = self.period.months or self._months(month, quarter)
        return Window(reported, *months, self.period.closing_day, quarter=self.kind.asked == "quarter")

    def _months(self, month: int | None, quarter: int | None) -> tuple[int, int]:
        if self.kind.asked == "month":
            if month is None or month not in range(1, 13):
                raise DoingoaiError("Báo cáo tháng cần --month (1 … 12).")
            return month, month
        if self.kind.asked == "quarter":
            if quarter is None or quarter not in range(1, 5):
                raise DoingoaiError("Báo cáo quý cần --quarter (1 … 4).")
            return 3 * quarter - 2, 3 * quarter
        return self.kind.months

    def cycle(self, year: int) -> int:
        """The plan year of the workbook that `--year` asks for."""
        return year if self.kind.by_plan_year else year + 1

    def variants(self) -> "Iterator[Outline]":
        """The outlines of its further kinds: the same sections over other months, each with its kind as its id."""
        period = PeriodSpec(months=None, closing_day=self.period.closing_day)
        for kind in self.also:
            yield self.model_copy(update={"id": kind.value, "kind": kind, "also": (), "period": period})

    @property
    def states_plan(self) -> bool:
        """Whether it says anything of the plan for the coming year."""
        return any(_PLAN.search(template) for template in _templates(self))

    def legal_at(self, day: date) -> dict[str, str]:
        """The legal bases in force for a document dated `day`, by name."""
        return {
            name: max((t for t in texts if t.since <= day), key=lambda t: t.since, default=texts[0]).text
            for name, texts in self.legal.items()
        }


def _templates(data: Any) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, FrozenModel):
        for field in type(data).model_fields:
            yield from _templates(getattr(data, field))
    elif isinstance(data, Mapping):
        for value in data.values():
            yield from _templates(value)
    elif isinstance(data, list | tuple):
        for value in data:
            yield from _templates(value)
