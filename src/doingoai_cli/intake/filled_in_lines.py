"""The sender in the printed lines of the forms that agencies fill in, where nothing else names one."""

import re
from collections.abc import Sequence

from doingoai_cli.intake.titles import TitleLine
from doingoai_cli.vietnamese.tables import names
from doingoai_cli.vietnamese.text import fold

_BEGINS = "|".join(fold(word) for word in names("agency-words.tsv")["begins"])
_OF = re.compile(
    r"(?:\W*kèm theo báo cáo\b[^()]*?|.{0,20}\btổng số (?:đoàn|hội nghị)[^:()]*?) của (?:cơ quan ?[/,] ?đơn vị "
    rf"|cơ quan |đơn vị )?(?!cơ quan|đơn vị)(?P<name>(?:{_BEGINS})\b[^():\d]*?)(?:\s*[:,(]?\s*\d.*|[\W_]*)"
)
_LONGEST = 200


def name_filled_in(lines: Sequence[TitleLine]) -> str:
    """Whose report or count a form says it is; "" where its lines were left as printed.

    "(Kèm theo Báo cáo số 5/BC-SYT ngày 3/9/2019 của Sở Y tế)", "Tổng số đoàn ra của Sở Y tế: 05 đoàn".
    """
    for line in lines:
        text = " ".join(line.text.split())
        match = _OF.fullmatch(fold(text)) if len(text) <= _LONGEST else None
        if match:
            return text[match.start("name") : match.end("name")]
    return ""
