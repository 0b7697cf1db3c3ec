"""What agencies send in words (.docx, .odt) read into blocks; nothing is dropped.

Bad files never raise: what cannot be read is said in `problems`.
"""

from collections.abc import Iterator, Sequence

from doingoai_cli.model import own_files
from doingoai_cli.readers import document_parts as parts
from doingoai_cli.readers.documents import read_text
from doingoai_cli.readers.docx import DocumentText
from doingoai_cli.readers.limits import Meter
from doingoai_cli.readers.unreadable import GiveUp
from doingoai_cli.report.agency_texts import STATED_AGENCY, AgencyText, Block, PictureBlock, TableBlock, TextBlock
from doingoai_cli.vietnamese.agencies import agency_key
from doingoai_cli.vietnamese.text import ascii_slug, clean, is_blank

_LETTERHEAD = 6
"""How many blocks from the top may be the letterhead."""
_UNREADABLE = "không đọc được: không phải tệp Word .docx hay .odt, hoặc tệp hỏng, có mật khẩu"
_NO_PICTURE = "[Hình, biểu đồ trong văn bản của đơn vị không chuyển được; xem tệp gốc]"


def read_texts(data: bytes, name: str, known: Sequence[str] = ()) -> AgencyText:
    """The text that an agency sent as .docx or .odt.

    A document that states no agency is told by its letterhead or its file name, if one of the agencies `known`
    stands there; else it goes by its file name.
    """
    try:
        text = read_text(data, Meter())
        if own_files.KIND_REPORT in text.properties.values():
            return AgencyText(_stem(name), name, problems=("là báo cáo do chương trình lập, bỏ qua",))
        blocks = tuple(_blocks(text))
    except GiveUp:
        return AgencyText(_stem(name), name, problems=(_UNREADABLE,))
    stated = _stated_agency(blocks) or _known_agency(blocks, _stem(name), known)
    outline, period = text.properties.get(own_files.OUTLINE, ""), text.properties.get(own_files.PERIOD, "")
    return AgencyText(stated or _stem(name), name, blocks, outline=outline, period=period, of_nobody=not stated)


def _blocks(text: DocumentText) -> Iterator[Block]:
    for block in _anchors_first(text.flow.blocks):
        match block:
            case parts.Paragraph() if not is_blank(said := _line(block.text)):
                marked = block.listed and block.level is None and said[0] not in "-–•+"
                yield TextBlock(f"- {said}" if marked else said, block.level, block.level is None and block.bold)
            case parts.WordTable() if any(cell.text for row in block.rows for cell in row.cells):
                rows = (tuple(_lines(cell.text) for cell in row.cells) for row in block.rows)
                yield TableBlock(tuple(row for row in rows if row))
            case parts.Picture():
                data = text.package.read(block.part)
                name = block.part.rpartition("/")[2]
                yield TextBlock(_NO_PICTURE) if data is None else PictureBlock(data, name, block.width_mm)
    for note in filter(None, map(_line, text.flow.notes)):
        yield TextBlock(f"Chú thích: {note}")


def _anchors_first(blocks: Sequence[parts.Block]) -> list[parts.Block]:
    """The same, each paragraph before the text boxes that are anchored in it: a heading comes first."""
    ordered: list[parts.Block] = []
    for block in blocks:
        boxes = block.boxes if isinstance(block, parts.Paragraph) else 0
        ordered.insert(len(ordered) - boxes, block)
    return ordered


def _line(text: str) -> str:
    return clean(text.replace("\t", " "))


def _lines(text: str) -> str:
    return "\n".join(filter(None, map(_line, text.split("\n"))))


def _stem(name: str) -> str:
    return name.replace("\\", "/").rpartition("/")[2].rpartition(".")[0] or name


def _stated_agency(blocks: tuple[Block, ...]) -> str:
    for block in blocks:
        found = STATED_AGENCY.match(block.text) if isinstance(block, TextBlock) else None
        if found:
            return "" if is_blank(found["name"]) or found["name"].startswith("[") else found["name"].strip()
    return ""


def _known_agency(blocks: Sequence[Block], stem: str, known: Sequence[str]) -> str | None:
    by_key = {agency_key(agency): agency for agency in known}
    by_slug = {ascii_slug(agency): agency for agency in known}
    named = (by_key[key] for line in _top_lines(blocks) if (key := agency_key(line)) in by_key)
    return next(named, None) or by_slug.get(ascii_slug(stem))


def _top_lines(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks[:_LETTERHEAD]:
        if isinstance(block, TextBlock):
            yield block.text
        elif isinstance(block, TableBlock):
            yield from (line for row in block.rows for cell in row for line in cell.splitlines())
