"""The parts of a form spec (đặc tả biểu mẫu): columns, sections, notes, and where reports speak of its rows."""

import re
from enum import StrEnum
from typing import Annotated

from pydantic import BeforeValidator, Field

from doingoai_cli.yamlfile import FrozenModel

_YEAR = re.compile(r"Y(?:\s*-\s*(\d+))?")


class YearOffset(int):
    """A year of the cycle as years before the plan year: "Y" is 0, "Y-1" is 1."""

    @classmethod
    def parse(cls, text: object) -> "YearOffset":
        """From "Y" or "Y-1"; ValueError otherwise."""
        match = _YEAR.fullmatch(str(text))
        if not match:
            raise ValueError(f"năm phải viết là Y, Y-1 hoặc Y-2 (đang là {text!r})")
        return cls(int(match.group(1) or 0))


YearOf = Annotated[int, BeforeValidator(YearOffset.parse)]


class Direction(StrEnum):
    """Outbound (đoàn ra), inbound (đoàn vào), or a conference held here."""

    OUT = "out"
    IN = "in"
    HERE = "here"


class Stage(StrEnum):
    """Took place, or planned (form 03 holds both, told apart by section), or came to its end (agreements)."""

    REALISED = "realised"
    PLANNED = "planned"
    ENDED = "ended"


class ColumnSpec(FrozenModel):
    """One column (cột)."""

    field: str
    """The model's field."""
    label: str
    """The printed label, letter for letter."""
    group: str = ""
    """The label of the merged cell above it ("Loại đoàn")."""
    number: str = ""
    """The printed column number, "(4)"."""
    width: float = 14
    """In Excel's character units."""
    required: bool = True
    synonyms: tuple[str, ...] = ()
    """Other labels under which agencies send the column."""
    also: tuple[str, ...] = ()
    """Labels of further columns that belong to this one where it is there ("Chức vụ" beside "Trưởng đoàn",
    "Đến ngày" beside "Từ ngày"): their text is joined to it. One that would do alone is a synonym, too."""
    blank_means: str = ""
    """What a blank cell of this column says ("Ngoài KH", where a layout only ticks Trong KH)."""
    suggestions: tuple[str, ...] = ()
    """Values offered in a drop-down; others stay allowed."""
    example: str = ""
    """An invented value written as it should be, for the guidance sheet; with {Y}, {Y-1}, {province}."""
    avoid: tuple[str, ...] = ()
    """Entries that the checks object to, for the guidance sheet and its colours; with {Y}, {Y-1}."""
    optional: bool = False
    """Whether a sheet may lack the column without CT04."""


class SectionSpec(FrozenModel):
    """A part of a form with its own heading row (mục I, II của Mẫu 03)."""

    id: str
    title: str
    rows: YearOf
    stage: Stage
    direction: Direction | None = None
    """Where it is another than the form's."""
    words: tuple[str, ...] = ()
    """Words that tell its heading row where an agency writes another title."""
    summary: str = ""
    """What its rows are, as a line of a table says it."""
    total: str = ""
    """The label of the row that closes it ("TỔNG CỘNG")."""
    total_fields: tuple[str, ...] = ()


class NoteSpec(FrozenModel):
    """A printed note below the table ("(4): Ghi rõ …")."""

    columns: str
    """"(6), (7)"; empty for a general remark."""
    text: str


class AnnexPart(FrozenModel):
    """The annex that lists a form's rows (phụ lục), if the province uses the form or has rows of it."""

    section: str = ""
    """The only section that it lists."""
    title: str = ""
    """With the outline's variables; "": the form's own title."""


class ReportPart(FrozenModel):
    """What a report says of a form's rows, and where (mục của báo cáo).

    An outline that speaks of the form itself is left as it is.
    """

    outline: str
    """The outline's id."""
    section: str
    """The id of the section that it is added to, behind what stands there."""
    sentences: tuple[str, ...] = ()
    """One paragraph each, as an outline's."""
    tables: tuple[str, ...] = ()
    """The ids of tables of figures."""
    annex: AnnexPart | None = None
    where: str = Field(default="", exclude=True)
    """`file:line`; set when it is read."""
