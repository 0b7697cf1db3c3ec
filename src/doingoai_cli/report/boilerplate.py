"""What of a document is nobody's text: letterhead, title, recipients, signature (thể thức văn bản)."""

import re

from doingoai_cli.report.texts import is_agency_line
from doingoai_cli.report.word.read_blocks import Block, TableBlock, TextBlock
from doingoai_cli.vietnamese.text import fold

_NATIONAL = re.compile(r"cộng hòa xã hội chủ nghĩa|độc lập ?- ?tự do")
_BOILERPLATE = re.compile(
    r"cộng h(?:òa|oà) xã hội chủ nghĩa việt nam.*|độc lập ?- ?tự do ?- ?hạnh phúc|số ?:.*/.*|"
    r".{0,60}, ?ngày .{0,6}tháng .{0,6}năm .{0,8}|báo cáo|đề cương.*|kính gửi.*|\(kèm theo .*\)|"
    r"nơi nhận.*|-? ?lưu ?:.*|-? ?như trên;?|(?:tm|kt|q|tl|tuq)\. ?.{0,60}|"
    r"(?:phó )?(?:chủ tịch|giám đốc|trưởng ban|chánh văn phòng|hiệu trưởng|tổng giám đốc|cục trưởng|thủ trưởng.*)|"
    r"\(ký.*\)"
)
LONGEST_TITLE = 160
_LONGEST_NAME = 6
_RECIPIENT = re.compile(r"[-–+•]\s?.{1,90}[;.]|bản điện tử ?:", re.IGNORECASE)


def is_boilerplate(block: Block, *, opening: bool) -> bool:
    """Whether a block outside all sections is part of a letterhead, a title or a signature.

    Titles in capitals are boilerplate only at the `opening`, before the first heading.
    """
    if isinstance(block, TableBlock):
        return any(_NATIONAL.match(fold(line)) for row in block.rows for cell in row for line in cell.split("\n"))
    if not isinstance(block, TextBlock):
        return False
    titled = opening and block.text.isupper() and len(block.text) < LONGEST_TITLE
    return titled or is_agency_line(block.text) or _BOILERPLATE.fullmatch(fold(block.text)) is not None


def signs(block: Block) -> bool:
    """Whether a line after "Nơi nhận" names a recipient or the signer."""
    text = block.text if isinstance(block, TextBlock) else ""
    return _RECIPIENT.fullmatch(text) is not None or (text.istitle() and len(text.split()) <= _LONGEST_NAME)


def closes(block: Block) -> bool:
    """Whether the signature begins here; what follows belongs to no section."""
    first = (
        block.rows[0][0] if isinstance(block, TableBlock) else block.text if isinstance(block, TextBlock) else ""
    )
    return fold(first).startswith("nơi nhận")
