"""Words of column headings (chữ của tiêu đề cột): no agency's name begins with them, or consists of them alone."""

import re

from doingoai_cli.vietnamese.tables import names
from doingoai_cli.vietnamese.text import fold

_WORDS = names("heading-words.tsv")
_HEADING = re.compile(rf"\W*(?:{'|'.join(map(fold, _WORDS['begins']))})\b")

_KIND_AND_ROLE = re.compile(
    "|".join(
        rf"(?:(?:{fold(kinds)})\W+)+(?:{'|'.join(map(fold, roles))})(?: \(.*\))?"
        for kinds, roles in names("heading-roles.tsv").items()
    )
)
_KINDS_ALONE = re.compile(rf"(?:(?:{'|'.join(map(fold, _WORDS['kind']))})(?: |$))+")
_WORD = re.compile(r"\w+")
_COMMITTEE_OF_PROVINCE = re.compile(r"(?:ubnd|ủy ban nhân dân) tỉnh")


def is_heading(text: str) -> bool:
    """Whether a text begins as columns are headed ("Họ và tên", "Nguồn kinh phí"), or names kinds of agencies."""
    return _HEADING.match(fold(text)) is not None or names_no_agency(text)


def names_no_agency(text: str) -> bool:
    """Whether a text begins like an agency's name but is none: "Sở, ngành", "Cơ quan chủ trì", "Nhà tài trợ"."""
    folded = fold(text)
    if _KIND_AND_ROLE.fullmatch(folded):
        return True
    words = " ".join(_WORD.findall(folded))
    return _KINDS_ALONE.fullmatch(words) is not None and _COMMITTEE_OF_PROVINCE.fullmatch(words) is None
