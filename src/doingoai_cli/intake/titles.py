"""Titles of tables (tên bảng): the layouts they name, the years they state."""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from doingoai_cli.intake.direction_and_stage import direction_of, stage_of
from doingoai_cli.model.forms import Direction, FormCatalogue, FormSpec, Stage
from doingoai_cli.vietnamese.text import fold, words
from doingoai_cli.vietnamese.time.reporting import ReportingPeriod
from doingoai_cli.vietnamese.time.stated_periods import stated_periods, whole_period

_LONGEST_TITLE = 45
"""Words; anything longer is running text."""
_FILLER_WORDS = frozenset({"bảng", "biểu", "trong", "năm", "của", "và", "các"})
_PLACEHOLDER = re.compile(r"\{[^{}]*\}")
_YEAR = re.compile(r"(?<![\d/.])(?:19|20)\d\d(?![\d/])")
_YEAR_LINE = re.compile(r"\W*(?:(?:trong|thực hiện|và|dự kiến|kế hoạch)\W+)*năm\W*(?:19|20)\d\d\b.{0,60}")
_HEADLINE = re.compile(r"\W*(?:báo cáo|kết quả|tổng hợp|thống kê|số liệu|biểu (?:tổng|thống)|kì báo cáo)\b")
"""Begins a headline above a title ("BÁO CÁO CÔNG TÁC ĐỐI NGOẠI THÁNG 8/2020")."""
_ASKS = re.compile(r"\b(?:gửi|nộp|trước|hạn)\b")
"""In a line that asks for something by a month ("gửi trước tháng 9/2019")."""
_NO_TITLE = re.compile(
    r"\W*(?:kèm theo|ban hành|.{0,60}\bngày\b.*\btháng\b|số\s*:|kính gửi|căn cứ\b|"
    r"(?:thực hiện|theo|trả lời|phúc đáp|tiếp theo) (?:đề nghị|yêu cầu|hướng dẫn|chỉ đạo|công văn|văn bản|"
    r"quyết định|kế hoạch số|thông báo)\b)"
)
_PRINTED_CODE = re.compile(
    r"\W*(?:(?:biểu mẫu|mẫu biểu|biểu|mẫu|phụ lục)\W*(?:số)?\W*)?0?(\d{1,2})\s*[.\-_ ]?\s*([a-z])?\W*"
)


class TitleLine(NamedTuple):
    """A cell above a table."""

    row: int
    col: int
    text: str


class FormTitle(NamedTuple):
    """The title of a table: its cell, the years it states in their order, and the cell that states them."""

    line: TitleLine
    years: tuple[int, ...]
    year_line: TitleLine


class TitleVote(NamedTuple):
    """What titles speak for: layouts by their own title, and forms."""

    own: frozenset[str]
    forms: frozenset[str]


class Titles:
    """The titles of a catalogue's layouts."""

    def __init__(self, catalogue: FormCatalogue) -> None:
        self._specs = catalogue.specs
        self._patterns: dict[str, dict[tuple[str, ...], list[str]]] = {}
        """First word → the titles that begin with it, with the layouts that they name."""
        for spec in catalogue.specs:
            for pattern in filter(None, map(_title_words, (spec.title, *spec.title_synonyms))):
                self._patterns.setdefault(pattern[0], {}).setdefault(pattern, []).append(spec.id)
        self._codes = {_plain_code(spec.form): spec.form for spec in catalogue.specs}
        self._stages = {spec.id: spec.stage for spec in catalogue.specs}
        self._lengths = lru_cache(maxsize=16384)(self._matching_words)  # saves 0.4 s

    def vote(self, candidates: Iterable[TitleLine]) -> TitleVote:
        """What `title_lines` speak for: the layouts whose own title has the most words in common, their forms.

        A title without a word for realised or planned ("DANH SÁCH ĐOÀN RA") speaks for both.
        """
        most, text = 0, ""
        own: frozenset[str] = frozenset()
        for line in candidates:
            lengths = self._lengths(line.text)
            length = max(lengths.values(), default=0)
            if length > most:
                most, text = length, line.text
                own = frozenset(spec_id for spec_id, n in lengths.items() if n == length)
        named = [spec for spec in self._specs if spec.id in own]
        forms = {spec.form for spec in named}
        if named and stage_of([text]) is None:
            directions = {spec.direction for spec in named} - {None, Direction.HERE}
            forms |= {spec.form for spec in self._specs if spec.direction in directions}
        return TitleVote(own, frozenset(forms))

    def speaks_for(self, spec: FormSpec, text: str) -> bool:
        """Whether a title names a layout, perhaps beside others."""
        return spec.id in self._lengths(text)

    def title_of(
        self, spec: FormSpec, lines: Sequence[TitleLine], candidates: Sequence[TitleLine]
    ) -> FormTitle | None:
        """The line that names a layout best, else its direction, with the year there or on the next; or None.

        `candidates`: the `title_lines` of `lines`.
        """
        named = max(candidates, key=lambda line: self._lengths(line.text).get(spec.id, 0), default=None)
        if named is None:
            return None
        line = named if self.speaks_for(spec, named.text) else _line_with_direction(spec, candidates)
        if line is None:
            return None
        for said in (line, *_after(line, lines)):
            years = _years(said.text)
            if years:
                return FormTitle(line, years, said)
        return FormTitle(line, (), line)

    def printed_code(self, text: str) -> str | None:
        """The form whose printed label a text is ("Mẫu số 02.A", "Biểu 02A", "02.A"); None for any other text."""
        if len(text) > 30:
            return None
        match = _PRINTED_CODE.fullmatch(fold(text))
        return self._codes.get(f"{int(match[1])}{match[2] or ''}") if match else None

    def _matching_words(self, text: str) -> Mapping[str, int]:
        """How many words of a line are a layout's title, by layout; without those whose title it is not.

        Nor is it the title of a layout of the other stage.
        """
        line = _title_words(text)
        present = frozenset(line)
        lengths: dict[str, int] = {}
        for first in self._patterns.keys() & present if len(line) <= _LONGEST_TITLE else ():
            for pattern, spec_ids in self._patterns[first].items():
                if present.issuperset(pattern) and _in_order(pattern, line):
                    for spec_id in spec_ids:
                        lengths[spec_id] = max(len(pattern), lengths.get(spec_id, 0))
        said = stage_of([text]) if lengths else None
        return {s: length for s, length in lengths.items() if said is None or self._stages[s] in (None, said)}


def _years(text: str) -> tuple[int, ...]:
    """The years that a title states; "tháng 8/2020" states one, "06/2020/QĐ-TTg" none."""
    years = tuple(int(year) for year in _YEAR.findall(text))
    return years or tuple(stated.year for stated in stated_periods(text) if stated.year)


def period_of(
    spec: FormSpec, title: FormTitle | None, lines: Sequence[TitleLine], year: int
) -> ReportingPeriod | None:
    """The part of a year that a table's title, or a line of its own beside it, states; None where none does.

    Of several, plans mean the last and what took place the first; a form of both speaks of all their months. A
    month of another year than that of the rows, or one before which something is to be sent, is none.
    """
    texts = [title.line.text, title.year_line.text] if title else []
    texts += [line.text for line in reversed(lines) if whole_period(line.text) or _HEADLINE.match(fold(line.text))]
    years = (None, year - 1, year, year + 1) if spec.sections else (None, year)
    told = ([s for s in stated_periods(text) if s.year in years] for text in texts if not _ASKS.search(fold(text)))
    stated = next(filter(None, told), None)
    if stated is None:
        return None
    if spec.sections:
        last = max(s.last for s in stated)
        return stated[0]._replace(first=min(s.first for s in stated), last=last).of_year(year)
    return (stated[-1] if spec.stage is Stage.PLANNED else stated[0]).of_year(year)


def _title_words(text: str) -> tuple[str, ...]:
    return tuple(w for w in words(_PLACEHOLDER.sub(" ", text)) if w not in _FILLER_WORDS and not w.isdigit())


def _in_order(pattern: Sequence[str], line: Sequence[str]) -> bool:
    rest = iter(line)
    return all(word in rest for word in pattern)


def _plain_code(form: str) -> str:
    match = _PRINTED_CODE.fullmatch(fold(form))
    return f"{int(match[1])}{match[2] or ''}" if match else form


def states_its_own(candidates: Iterable[TitleLine]) -> bool:
    """Whether one of the lines names a direction and a year, and is a table's own title ("ĐOÀN RA NĂM 2019")."""
    return any(_YEAR.search(line.text) and direction_of([line.text]) is not None for line in candidates)


def title_lines(lines: Sequence[TitleLine]) -> list[TitleLine]:
    """Lines that may be titles, a title over two rows joined to one."""
    single = [line for line in lines if _NO_TITLE.match(fold(line.text)) is None]
    joined = [
        first._replace(text=f"{first.text} {second.text}")
        for first, second in pairwise(single)
        if first.row != second.row and not (_YEAR.search(first.text) and direction_of([second.text]))
    ]
    return [*single, *joined]


def _after(line: TitleLine, lines: Sequence[TitleLine]) -> list[TitleLine]:
    """The next two lines below a title, where they go on with its year ("NĂM 2020")."""
    below = [other for other in lines if other.row > line.row][:2]
    return [other for other in below if _YEAR_LINE.fullmatch(fold(other.text)) or whole_period(other.text)]


def _line_with_direction(spec: FormSpec, candidates: Iterable[TitleLine]) -> TitleLine | None:
    if spec.direction is None:
        return None
    for line in candidates:
        if (
            _YEAR.search(line.text)
            and direction_of([line.text]) is spec.direction
            and stage_of([line.text]) in (None, spec.stage)
        ):
            return line
    return None
