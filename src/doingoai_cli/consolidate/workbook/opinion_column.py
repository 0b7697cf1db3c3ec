"""The hidden column that reads "Ý kiến thẩm định" for the live formulas: a number for each opinion."""

from collections.abc import Mapping
from functools import lru_cache
from itertools import chain

from doingoai_cli.consolidate.workbook.book import Formula
from doingoai_cli.model.counting import NO_OPINION, OTHER_OPINION, stated_opinion
from doingoai_cli.model.opinions import Opinion

OPINION = "[Ý kiến]"
"""0 for none, 1 … 4 for the opinions in their order, `OTHER` for words that state none of them."""
OTHER = 9
OPINION_NUMBERS: Mapping[str, int] = {
    NO_OPINION: 0, OTHER_OPINION: OTHER, **{opinion: number for number, opinion in enumerate(Opinion, 1)},
}  # fmt: skip
"""What `OPINION` holds for what `stated_opinion` gives, the keys of `review_counts`."""
# A literal within a formula may not be longer than 255 characters.
_LITERAL = 240


@lru_cache(maxsize=1024)  # saves 0.45 s
def opinion_formula(at: str, sent: str, text: str, *, filled: bool) -> Formula:
    """What an opinion says by how it begins; the reading of `text` holds as long as the cell says that."""
    said = f"TRIM({at})"
    plain = f'IF({said}="",0,{OTHER})'
    for opinion, within in _WITHIN.items():
        found = ",".join(f'ISNUMBER(SEARCH("{words}",{said}))' for words in within)
        plain = f"IF(OR({found}),{OPINION_NUMBERS[opinion]},{plain})"
    for opinion in Opinion:
        # No list in braces: LibreOffice makes #REF! of a shared formula that has one as soon as a row is deleted.
        begins = ",".join(f'LEFT({said},{len(opening)})="{opening}"' for opening in _OPENINGS[opinion])
        plain = f"IF(OR({begins}),{OPINION_NUMBERS[opinion]},{plain})"
    value = OPINION_NUMBERS[stated_opinion(text)]
    usual = _plain_verdict(text) == value
    if not usual:
        plain = f"IF({is_text(at, text)},{value},{plain})"
    return Formula(f'IF(COUNTA({sent})=0,"",{plain})', value if filled else "", usual)


_NOT = ("không ", "khong ", "ko ", "k ", "k/")
_AGREEING = ("đồng ý", "dong y", "nhất trí", "thống nhất", "chấp thuận", "tán thành")
_OPENINGS: Mapping[Opinion, tuple[str, ...]] = {
    Opinion.AGREED: ("đồng ý", "dong y", "nhất trí", "thống nhất"),
    Opinion.ADJUST: ("điều chỉnh", "dieu chinh"),
    Opinion.REFUSED: (*(n + word for n in _NOT for word in _AGREEING), "kđy", "từ chối"),
    Opinion.UNCOUNTED: tuple(n + word for n in _NOT for word in ("tính", "tinh")),
}
_WITHIN: Mapping[Opinion, tuple[str, ...]] = {
    Opinion.UNCOUNTED: ("không tính",), Opinion.REFUSED: ("không đồng ý", "khong dong y"),
}  # fmt: skip
"""How an opinion is most often written: an officer who types one sees what counts before he merges again."""


def _plain_verdict(text: str) -> int:
    """What the formula alone makes of an opinion."""
    said = " ".join(text.split(" ")).strip(" ").casefold()
    if not said:
        return 0
    begun = (o for o in reversed(Opinion) if said.startswith(_OPENINGS[o]))
    held = (o for o in reversed([*_WITHIN]) if any(words in said for words in _WITHIN[o]))
    return next((OPINION_NUMBERS[opinion] for opinion in chain(begun, held)), OTHER)


def is_text(at: str, text: str) -> str:
    """A condition that holds while a cell says `text`: line breaks as spaces, long texts by their beginning."""
    cell = f'SUBSTITUTE({at},CHAR(10)," ")' if "\n" in text else at
    literal = text.replace("\n", " ")
    if len(literal) > _LITERAL:
        cell, literal = f"LEFT({cell},{_LITERAL})", literal[:_LITERAL]
    if not literal.strip():
        return f'{cell}=""'
    return f'{cell}="{_escaped(literal)}"' if cell != at else f'{cell}&""="{_escaped(literal)}"'


def _escaped(text: str) -> str:
    return text.replace('"', '""')
