"""The marks of one sheet: fills and comments, put on and taken off, in the three parts that hold them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from doingoai_cli.feedback.marking import boxes, comments
from doingoai_cli.feedback.marking.comments import Comments, Runs
from doingoai_cli.feedback.marking.dialect import Dialect
from doingoai_cli.feedback.marking.parts import Parts
from doingoai_cli.feedback.marking.stylesheet import FillTable, Stylesheet
from doingoai_cli.feedback.marking.worksheet import MarkPlace, Worksheet, place_of_address
from doingoai_cli.model.findings import Severity

_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"


class CellNote(NamedTuple):
    """What a cell is marked with."""

    severity: Severity
    runs: Runs


@dataclass(frozen=True, slots=True)
class SheetMarks:
    """Where a sheet's marks live."""

    parts: Parts
    sheet: str
    """The worksheet's part."""
    dialect: Dialect

    @property
    def comments(self) -> str | None:
        """The part that holds its comments; None where it has none."""
        relations = self.parts.relations(self.sheet)
        return next((r.target for r in relations if r.kind == "comments" and r.target in self.parts), None)

    def drawing(self, sheet: Worksheet) -> str | None:
        """The part that draws its comments' boxes; None where none does."""
        wanted = sheet.legacy_drawing
        relations = self.parts.relations(self.sheet)
        return next((r.target for r in relations if r.id == wanted and r.target in self.parts), None)


def mark_sheet(
    marks: SheetMarks, notes: Mapping[MarkPlace, CellNote], styles: Stylesheet, fills: FillTable
) -> None:
    """Fills and comments the cells."""
    parts = marks.parts
    sheet = Worksheet(parts[marks.sheet])
    notes = _shown(notes, sheet)
    for at, note in notes.items():
        sheet.set_style(at, styles.marked(sheet.style(at), note.severity, fills))
    name = marks.comments or _new_comments(marks)
    book = Comments(parts[name])
    fresh = book.add({at.address: note.runs for at, note in notes.items()})
    parts[name] = book.write()
    drawn = [
        boxes.Box(at, comments.MARK + "".join(text for text, _ in note.runs))
        for at, note in notes.items()
        if at.address in fresh
    ]
    if drawn:
        drawing = marks.drawing(sheet) or _new_drawing(marks, sheet)
        parts[drawing] = boxes.with_boxes(_text(parts[drawing]), drawn, sheet).encode()
    parts[marks.sheet] = sheet.write()


def _shown(notes: Mapping[MarkPlace, CellNote], sheet: Worksheet) -> dict[MarkPlace, CellNote]:
    """The notes at visible cells: what is said of several rows of a merged area stands once, at its first."""
    shown: dict[MarkPlace, CellNote] = {}
    for at, visible in sheet.shown_at(notes).items():
        said = shown.get(visible)
        if said is None or said.runs == notes[at].runs:
            shown[visible] = notes[at] if said is None else said
        else:
            gravest = min(said.severity, notes[at].severity, key=lambda severity: severity.rank)
            shown[visible] = CellNote(gravest, (*said.runs, *notes[at].runs))
    return shown


def unmark_sheet(marks: SheetMarks, restored: Mapping[int, int]) -> None:
    """Takes off the marks of an earlier check; a sheet without any keeps its bytes."""
    parts, name = marks.parts, marks.comments
    ours = name is not None and comments.MARK.encode() in parts[name]
    if not restored and not ours:
        return
    sheet = Worksheet(parts[marks.sheet])
    changed = sheet.restyle(restored)
    if name is not None and ours:
        changed = _uncomment(marks, sheet, name) or changed
    if changed:
        parts[marks.sheet] = sheet.write()


def _uncomment(marks: SheetMarks, sheet: Worksheet, name: str) -> bool:
    """Removes our comments and their boxes, and the parts that are empty then; whether the sheet changed."""
    parts = marks.parts
    book = Comments(parts[name])
    gone = [place for address in book.remove_ours() if (place := place_of_address(address))]
    drawing = marks.drawing(sheet)
    text = boxes.without(_text(parts[drawing]), gone) if drawing else ""
    if drawing:
        parts[drawing] = text.encode()
    if len(book):
        parts[name] = book.write()
        return False
    _drop(marks, name)
    if not drawing or boxes.has_shapes(text):
        return False
    _drop(marks, drawing)
    sheet.legacy_drawing = None
    return True


def _drop(marks: SheetMarks, part: str) -> None:
    relations = marks.parts.relations(marks.sheet)
    marks.parts.unrelate(marks.sheet, next(r.id for r in relations if r.target == part))
    marks.parts.remove(part)


def _new_comments(marks: SheetMarks) -> str:
    name = marks.parts.free_name("xl/comments{}.xml")
    marks.parts[name] = comments.empty_comments(marks.dialect)
    marks.parts.declare(name, _COMMENTS_TYPE)
    marks.parts.relate(marks.sheet, name, marks.dialect.relation("comments"))
    return name


def _new_drawing(marks: SheetMarks, sheet: Worksheet) -> str:
    parts = marks.parts
    taken = [boxes.block(_text(parts[name])) for name in parts.names() if name.lower().endswith(".vml")]
    name = parts.free_name("xl/drawings/vmlDrawing{}.vml")
    parts[name] = boxes.empty_drawing(max(taken, default=0) + 1).encode()
    parts.declare_extension("vml", boxes.CONTENT_TYPE)
    sheet.legacy_drawing = parts.relate(marks.sheet, name, marks.dialect.relation("vmlDrawing"))
    return name


def _text(data: bytes) -> str:
    return data.decode("utf-8-sig", errors="replace")
