"""The formulas of a blank form, as Excel and LibreOffice both compute them.

English function names, A1 references, no dynamic arrays, and no array constants (conditional formats refuse
them). A formula speaks of one row: the application moves its relative references along.
"""

from collections.abc import Sequence
from functools import reduce

from doingoai_cli.blank.layout import FormLayout, FreeRows

_SAME_WORDS = (("uỷ", "ủy"), ("ủy ban nhân dân", "ubnd"), ("hội đồng nhân dân", "hđnd"))
_STRING_LIMIT = 250
"""Excel refuses a file with a longer string in a formula (255)."""
_NOT_THE_HEAD = ("phó ", "nguyên ", "cựu ")


def quoted(text: str) -> str:
    """A text as a formula's string."""
    return '"' + text.replace('"', '""') + '"'


def count_line(layout: FormLayout) -> str:
    """ "I. ĐOÀN RA: Tổng số đoàn ra … n đoàn", n being the rows whose name is filled in."""
    before, _, after = layout.spec.count_line.partition("…")
    block = layout.blocks[0]
    name = layout.letters("name") or "A"
    # The column's number stands in the row above and is counted too.
    rows = f"COUNTA({name}{block.above}:{name}{block.end})-1"
    return f"={quoted(before)}&({rows})&{quoted(after)}"


def total(column: str, block: FreeRows) -> str:
    """The sum of a section's column; "25 (Lào: 15, Thái Lan: 10)" counts as 25.

    An array formula. Where a filled cell has no number to begin with, the total stays blank: a wrong one would
    be worse.
    """
    cells = f"{column}{block.first}:{column}{block.end}"
    numbers = f'VALUE(LEFT(TRIM({cells}),FIND(" ",TRIM({cells})&" ")-1))'
    unread = f'SUM(IF(TRIM({cells})="",0,IF(ISNUMBER({numbers}),0,1)))'
    return f'=IF({unread}>0,"",SUM(IFERROR({numbers},0)))'


def total_of(texts: Sequence[str]) -> int | str:
    """What `total` comes to; "" where a filled text has no number to begin with."""
    words = [text.split()[0] for text in texts if text.strip()]
    return sum(map(int, words)) if all(word.isdecimal() for word in words) else ""


def filled_from_here(layout: FormLayout, block: FreeRows) -> str:
    """Whether this row is an open one, or it or any row below it is filled in: such rows are ruled."""
    return f"=OR(ROW()<=ROW($A${block.opened}),COUNTA($A{block.first}:${layout.last_column}${block.end})>0)"


def blank(cell: str) -> str:
    """Whether a cell holds nothing but spaces."""
    return f'LEN(TRIM({cell}&""))=0'


def begun(cells: str) -> str:
    """Whether anything of the row's required cells is filled in."""
    return f"COUNTA({cells})>0"


def number(cell: str) -> str:
    """The number a cell begins with ("08 người" → 8); 0 without one."""
    return f'IFERROR(VALUE(LEFT(TRIM({cell}),FIND(" ",TRIM({cell})&" ")-1)),0)'


def countries(cell: str) -> str:
    """How many countries a cell lists: its separators, those in brackets left out (places within a country)."""
    bracket = f'FIND("(",{cell})'
    outside = f'IFERROR(LEFT({cell},{bracket}-1)&MID({cell},FIND(")",{cell}&")",{bracket})+1,255),{cell})'
    separators = [(sign, '","') for sign in ("CHAR(10)", '";"', '" và "', '" - "')]
    listed = _replaced(f"LOWER({outside})", [*separators, ('" "', '""'), ('",,"', '","')])
    return f'(LEN({listed})-LEN(SUBSTITUTE({listed},",",""))+1)'


def led_by(cell: str, heads: Sequence[str]) -> str:
    """Whether the head of delegation holds one of the titles: not as deputy, not formerly."""
    titles = [_plain(head) for head in heads]
    text = _replaced(f"LOWER({cell})", [(quoted(a), quoted(b)) for a, b in _SAME_WORDS])
    others = [(quoted(prefix + title), '""') for title in titles for prefix in _NOT_THE_HEAD]
    text = _replaced(text, others)
    return contains_any(text, titles, lowered=True)


def contains_any(text: str, words: Sequence[str], *, lowered: bool = False) -> str:
    """Whether the text holds one of the words."""
    where = text if lowered else f"LOWER({text})"
    return "OR(" + ",".join(f"ISNUMBER(FIND({quoted(word.lower())},{where}))" for word in words) + ")"


def is_one_of(cell: str, words: Sequence[str]) -> str:
    """Whether the cell holds one of the words and nothing else."""
    wanted = f'"|"&LOWER(TRIM({cell}))&"|"'
    found = [f"ISNUMBER(FIND({wanted},{quoted(table)}))" for table in _tables(words)]
    return f"AND(NOT({blank(cell)}),OR({','.join(found)}))"


def _tables(words: Sequence[str]) -> list[str]:
    """ "|asean|eu|": as many texts as it takes, none longer than a formula's string may be."""
    tables = ["|"]
    for word in words:
        if len(tables[-1]) + len(word) + 1 > _STRING_LIMIT:
            tables.append("|")
        tables[-1] += f"{word.lower()}|"
    return tables


def _plain(title: str) -> str:
    return reduce(lambda text, pair: text.replace(*pair), _SAME_WORDS, title.lower())


def _replaced(text: str, pairs: Sequence[tuple[str, str]]) -> str:
    return reduce(lambda inner, pair: f"SUBSTITUTE({inner},{pair[0]},{pair[1]})", pairs, text)
