"""Sections of a table (mục): the parts I and II of form 03, and the subordinate units above groups of records."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from doingoai_cli.intake import other_rows, sums
from doingoai_cli.intake.direction_and_stage import direction_of, stage_of
from doingoai_cli.intake.recognise import Recognised
from doingoai_cli.intake.sheet import Row
from doingoai_cli.model.forms import FormSpec, SectionSpec, Stage
from doingoai_cli.vietnamese.numbers import read_roman
from doingoai_cli.vietnamese.phrases import Phrases
from doingoai_cli.vietnamese.text import fold, words
from doingoai_cli.vietnamese.totals import is_total

_DONE = Phrases(["thống kê", "đã tổ chức", "đã diễn ra", "đã thực hiện", "kết quả"])
_EXPECTED = Phrases(["dự kiến", "sẽ tổ chức", "sẽ diễn ra", "đề xuất tổ chức", "đề nghị tổ chức", "chưa tổ chức"])
_COUNTED_UP = re.compile(r"\bthống kê\b")
"""Of what is planned as well: "Bảng thống kê hội nghị dự kiến tổ chức năm 2020"."""
_AND_MORE = re.compile(r"(?:\bvà|[,;&+/-])\s*(?:dự kiến|kế hoạch)\b")
_SECTION_NUMBER = re.compile(r"(?:mục|phần)\s+(?P<number>[ivx]+)\b")
_OF_PLAN = re.compile(r"\b(?:trong|ngoài|theo|đúng) (?:kế hoạch|kh)\b")
"""Says whether something was planned, not when it takes place."""
_LONGEST_LABEL = 120
_REMARK = re.compile(r"\W*(?:lưu ý|chú ý|ghi chú|chú thích|giải thích|nguồn|đơn vị tính|đvt)\b")
_OF_TITLES = frozenset(
    words(
        "các hội nghị, hội thảo quốc tế tổ chức trong năm; dự kiến, đã, sẽ được diễn ra, thực hiện theo kế hoạch;"
        " thống kê kết quả, danh mục, số liệu, đăng ký, đề xuất, và đoàn ra, đoàn vào"
    )
)
"""The words of which titles of sections consist."""
_BEFORE_WORDS = re.compile(r"^[\W\d]+(?=[^\W\d])")
_BARE_YEAR = re.compile(r"\W*(?:trong )?năm\W*\d{4}\W*")
_YEAR = re.compile(r"\b\d{4}\b")


class RowSection(NamedTuple):
    """Where a record stands: the form's own section, and the subordinate unit of its section row."""

    id: str = ""
    unit: str | None = None
    closed: bool = False
    """Whether its TỔNG CỘNG row has come."""


def first_section(recognised: Recognised) -> RowSection:
    """The section of records that no section row precedes."""
    sections = recognised.spec.sections
    if not sections:
        return RowSection()
    title = recognised.title
    said = _COUNTED_UP.sub(" ", fold(title.line.text)) if title is not None and len(title.years) == 1 else ""
    only_planned = not (_DONE.first(said) or _AND_MORE.search(said)) and stage_of([said]) is Stage.PLANNED
    return RowSection(next((s.id for s in sections if s.stage is Stage.PLANNED and only_planned), sections[0].id))


def next_section(spec: FormSpec, section: RowSection) -> RowSection:
    """The section that records after a TỔNG CỘNG row belong to where no section row opens it."""
    ids = [s.id for s in spec.sections]
    index = ids.index(section.id) + 1 if section.id in ids else len(ids)
    return RowSection(ids[index]) if index < len(ids) else section._replace(closed=False)


def read_section(
    spec: FormSpec, current: RowSection, number: str, text: str, *, alone_suffices: bool, years: Sequence[int]
) -> RowSection | None:
    """The section that a row with one text opens ("I. Văn phòng Sở"); `number` stands in the ordinal's column.

    None where the row opens none. `alone_suffices`: the row's place already tells that it is a section, whatever
    its text. `years`: those of the form's title, rising.
    """
    titled = other_rows.numbered_title(text) if not number else None
    number, said = titled or (number, text)
    own = _own_section(spec, number, said, years, alone_suffices=alone_suffices)
    if own is not None:
        return RowSection(own.id)
    direction = direction_of([said])
    if direction is not None and direction is spec.direction and (number or alone_suffices):
        return current._replace(unit=None)
    # "IV" in the column of numbers may be a delegation's, of which nothing but the name is filled in yet.
    high = titled is not None and (read_roman(number) is not None or number.isupper())
    if alone_suffices or high or (number and other_rows.is_unit(said)):
        return current._replace(unit=" ".join(said.split()).rstrip(" :"))
    return None


def lone_section(spec: FormSpec, row: Row, years: Sequence[int]) -> RowSection | None:
    """The form's own section that the one text of a row opens, whatever stands before it ("* Dự kiến", "II")."""
    text = next(iter(row.texts.values())) if spec.sections and len(row.texts) == 1 else ""
    none = (is_total, sums.is_sum, other_rows.says_nothing_to_declare, _is_remark, _names_one)
    if not text or any(says(text) for says in none):
        return None
    bare = text.strip(" .:)")
    number, said = (bare, "") if read_roman(bare) else other_rows.numbered_title(text) or ("", text)
    own = _own_section(spec, number, _BEFORE_WORDS.sub("", said), years, alone_suffices=True)
    return RowSection(own.id) if own is not None else None


def _is_remark(text: str) -> bool:
    return len(text) > _LONGEST_LABEL or _REMARK.match(fold(text)) is not None


def _names_one(text: str) -> bool:
    """Whether a text that begins as a conference's name does says more than a section's title would."""
    return other_rows.is_of_record(text) and not all(w in _OF_TITLES or w.isdigit() for w in words(text))


def _own_section(
    spec: FormSpec, number: str, text: str, years: Sequence[int], *, alone_suffices: bool
) -> SectionSpec | None:
    """The form's own section that a row opens: by its words, else by its year, else by its Roman number."""
    if not spec.sections or other_rows.is_unit(text):
        return None
    placed = bool(number) or alone_suffices or text.isupper()
    stage = _stage_of_section(text) if placed else None
    by_stage = next((s for s in spec.sections if s.stage is stage), None)
    by_words = (_section_of_words(spec, text) if placed else None) or by_stage
    by_year = _section_of_year(spec, text, years) if placed or _BARE_YEAR.fullmatch(fold(text)) else None
    marked = _SECTION_NUMBER.search(fold(text))
    wanted = read_roman(marked["number"] if marked else number)
    by_number = spec.sections[wanted - 1] if wanted is not None and wanted <= len(spec.sections) else None
    return by_words or by_year or by_number


def _section_of_words(spec: FormSpec, text: str) -> SectionSpec | None:
    """The section whose own words a heading row holds: what is planned or over before what took place."""
    found = [
        (section.stage is Stage.REALISED, -len(words(phrase)), at)
        for at, section in enumerate(spec.sections)
        if section.words and (phrase := Phrases(section.words).first(text))
    ]
    return spec.sections[min(found)[-1]] if found else None


def _section_of_year(spec: FormSpec, text: str, years: Sequence[int]) -> SectionSpec | None:
    """The form's own section that the one year opens which a heading names: "Năm 2019" under 2019 and 2020."""
    named = set(map(int, _YEAR.findall(text)))
    year = named.pop() if len(named) == 1 else None
    return spec.sections[years.index(year)] if year in years and len(years) == len(spec.sections) else None


def _stage_of_section(text: str) -> Stage | None:
    if _EXPECTED.first(text):
        return Stage.PLANNED
    return Stage.REALISED if _DONE.first(text) else stage_of([_OF_PLAN.sub(" ", fold(text))])
