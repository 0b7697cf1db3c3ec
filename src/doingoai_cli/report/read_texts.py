"""What agencies send in words (.docx, .odt) read into blocks; nothing is dropped.

Bad files never raise: what cannot be read is said in `problems`.
"""

import zipfile
import zlib
from collections.abc import Iterator, Sequence
from io import BytesIO

from lxml import etree

from doingoai_cli.model import own_files
from doingoai_cli.readers.unreadable import GiveUp
from doingoai_cli.report.agency_texts import STATED_AGENCY, AgencyText, Block, TableBlock, TextBlock
from doingoai_cli.report.word.read_blocks import custom_values, document_blocks, open_source
from doingoai_cli.report.word.read_odt import is_odt, odt_blocks, odt_values
from doingoai_cli.vietnamese.agencies import agency_key
from doingoai_cli.vietnamese.text import ascii_slug, is_blank

MAX_UNPACKED = 300 * 1024 * 1024
_LETTERHEAD = 6
"""How many blocks from the top may be the letterhead."""


# What broken, truncated or encrypted packages raise on their way through zip and XML.
_UNREADABLE = (
    zipfile.BadZipFile, zlib.error, EOFError, KeyError, RuntimeError, NotImplementedError, OSError, ValueError,
    etree.XMLSyntaxError, GiveUp,
)  # fmt: skip


def read_texts(data: bytes, name: str, known: Sequence[str] = ()) -> AgencyText:
    """The text that an agency sent as .docx or .odt.

    A document that states no agency is told by its letterhead or its file name, if one of the agencies `known`
    stands there; else it goes by its file name.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > MAX_UNPACKED:
                return AgencyText(_stem(name), name, problems=("tệp quá lớn sau khi giải nén",))
            return _read(archive, name, known)
    except _UNREADABLE as error:
        reason = "không đọc được: không phải tệp Word .docx hay .odt, hoặc tệp hỏng, có mật khẩu"
        return AgencyText(_stem(name), name, problems=(f"{reason} ({type(error).__name__})",))


def _read(archive: zipfile.ZipFile, name: str, known: Sequence[str]) -> AgencyText:
    of_office = is_odt(archive)
    custom = odt_values(archive) if of_office else custom_values(archive)
    if own_files.KIND_REPORT in custom.values():
        return AgencyText(_stem(name), name, problems=("là báo cáo do chương trình lập, bỏ qua",))
    blocks = odt_blocks(archive) if of_office else document_blocks(open_source(archive))
    stated = _stated_agency(blocks) or _known_agency(blocks, _stem(name), known) or _stem(name)
    outline, period = custom.get(own_files.OUTLINE, ""), custom.get(own_files.PERIOD, "")
    return AgencyText(stated, name, blocks, outline=outline, period=period)


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
