"""Whether a cell names no source: sums and words around them are all it says (seed 000, notes (9), (10))."""

import re

from doingoai_cli.vietnamese.phrases import Phrases
from doingoai_cli.vietnamese.text import clean, without_remarks, words

_FILLING_WORDS = """
    và hoặc từ của do nguồn các theo chi cho trong đoàn được sẽ dự kiến là trả bằng tổng số cộng khoảng
    mức vốn tiền đồng vnđ vnd đ triệu tr trđ tỉ nghìn ngàn usd đô la eur k một hai ba bốn năm sáu bảy tám
    chín mười mươi trăm chẵn lăm tư mốt linh ước tính bảo đảm cấp bố trí chưa đang xin hàng hằng
"""
_FILLERS = frozenset(_FILLING_WORDS.split())


# "Theo Thông tư 102/2012/TT-BTC": what the sums go by, and not whose money it is.
_CITED = re.compile(
    r"(?:theo |tại |của )?\b(?:thông tư|nghị định|nghị quyết|quyết định|công văn|văn bản|hướng dẫn|"
    r"kế hoạch|TT|NĐ|NQ|QĐ|CV|KH)\b(?: số)?:? ?\d[^\s,;]*"
    r"(?:,? ngày \d[\d/.-]*)?(?: của (?:Bộ|HĐND|UBND|Chính phủ|Thủ tướng)[^,;\n]*)?"
    r"|/ ?(?:người|đoàn|chuyến|lượt|ngày)\b",  # "500 USD/người"
    re.IGNORECASE,
)


_SUM = re.compile(r"\d+(?:đ|vnđ|vnd|usd|tr|k)?")  # "100.000đ", "500USD"


def names_no_source(text: str, vague: Phrases) -> bool:
    """Whether nothing is left of a cell but `vague` words, sums of money and filling words."""
    if not words(text):
        return False
    text_words = words(_CITED.sub(" ", without_remarks(clean(text))))
    said = vague.covered(text_words)  # "hỗ trợ, một phần tự túc": "hỗ trợ một phần" is a phrase too
    return all(
        at in said or word in _FILLERS or _SUM.fullmatch(word) is not None for at, word in enumerate(text_words)
    )
