"""Payers known by their name alone (nguồn kinh phí ghi bằng tên riêng): "Vietcombank: 200 triệu", "FLC 50tr".

A name right before an amount is a payer's; a common noun there is what the money is for ("Phiên dịch: 15 triệu").
"""

import re

from doingoai_cli.vietnamese.syllables import is_syllable
from doingoai_cli.vietnamese.text import clean, fold

_CLAUSE = re.compile(r"[;\n]|,(?!\d)|\.(?=\s|$)|\s\+\s|\bvà\b")
_AMOUNT = re.compile(r"\s*(?:[:=–—-]\s*|\s)(?:khoảng |hơn |gần |trên )?[\d$€]", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")
_INSTITUTION = re.compile(
    r"(?:trường|đại học|học viện|viện|ngân hàng|bệnh viện|liên hiệp|hiệp hội|hội|câu lạc bộ|báo|đài|tạp chí|hãng|"
    r"khách sạn|nhà máy|cảng|tổ chức|văn phòng|trung tâm|sở|ban|ubnd|huyện|thị xã|quỹ|chi cục|cục)\b"
)
_NOT_PAYING = re.compile(
    r"(?:hội (?:nghị|thảo|trường|họp|thi|đàm|chợ)|tổ chức (?:hội|lễ|tiệc|đón|tham|các)|văn phòng phẩm|"
    r"ban (?:đêm|ngày)|viện dẫn|năm|ngày|tháng|quí|đợt|lần|tổng|kinh phí|chi)\b"
)


def names_payer(text: str) -> bool:
    """Whether some clause of a cell begins with a name, an institution's or one that is no Vietnamese word."""
    text = clean(text)
    if text.isupper():  # capitals tell nothing
        return False
    return any(_is_payer(clause) for clause in _CLAUSE.split(text))


def _is_payer(clause: str) -> bool:
    amount = _AMOUNT.search(clause)
    label = clause[: amount.start()].strip(" -+*•") if amount else ""
    folded = fold(label)
    names = _WORD.findall(label)
    if not names or _NOT_PAYING.match(folded) or not label[:1].isupper():
        return False
    if _INSTITUTION.match(folded):
        return len(names) > 1
    foreign = any(word[:1].isupper() and (not is_syllable(word) or _is_acronym(word)) for word in names)
    # "Trường Thịnh", "Mai Linh": each syllable of a proper name has a capital.
    proper = len(names) > 1 and all(word[:1].isupper() for word in names)
    return foreign or proper


def _is_acronym(word: str) -> bool:
    return len(word) > 1 and word.isupper()
