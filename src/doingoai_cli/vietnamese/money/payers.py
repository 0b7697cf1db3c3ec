"""Who pays for a delegation (nguồn kinh phí): the state, the host, a company; and whether a cell says it at all.

Seed 000, K2.1 and notes (9), (10). Words for money itself are in `money.py`; lists that an office may want to
change come from the rule pack as `Terms`.
"""

import re

from doingoai_cli.vietnamese.terms import FoundTerm, Said, Terms, clauses
from doingoai_cli.vietnamese.text import Phrases, fold, words

# --- the state ---------------------------------------------------------------------------------------------

_OUTSIDE = frozenset({"ngoài", "ngoại"})  # "nguồn ngoài ngân sách"
# Whose budget it is, where it is not the state's: "ngân sách của đối tác", "ngân sách dự án".
_NOT_OURS = re.compile(
    r"(?:của |từ )?(?:các |phía |bên )*(?:đối tác|bạn|mời|nước ngoài|chủ nhà|dự án|tổ chức|"
    r"doanh nghiệp|công ti|tập đoàn|gia đình|cá nhân|nước bạn|tỉnh bạn)\b"
)
_NOTHING_PAID = re.compile(r"[\s:=-]*(?:là )?(?:0+(?:[.,]0+)*\s*(?:đồng|đ|vnđ|vnd|%|$)|không\b(?! quá| dưới| ít))")
_PAYS = (
    r"(?:chi trả|chi|đài thọ|tài trợ|bảo trợ|hỗ trợ|lo|chịu|thanh toán|bảo đảm|đảm bảo|cấp|bố trí|trả|"
    r"cung cấp|bao|mời)"
)
_PAYS_FOR = re.compile(rf"\b{_PAYS}\b\s+\w+")


_OWNED = re.compile(r"(?:nhà nước|trung ương|địa phương|tỉnh|huyện|thị xã|thành phố|xã|của \w+|cấp \w+|\w+ )*")


def state_pays(text: str, state: Terms) -> bool:
    """Whether the state budget pays something: named, not denied, not "0 đồng", and not someone else's budget."""
    return any(_ours(said, found) for found, said in state.stated_in(text))


def _ours(said: Said, found: FoundTerm) -> bool:
    if found.start and said.words[found.start - 1] in _OUTSIDE:
        return False
    rest = said.rest(found.end)
    if _NOT_OURS.match(rest):
        return False
    owned = _OWNED.match(rest)
    return not _NOTHING_PAID.match(rest[owned.end() :] if owned else rest)


# --- the host ----------------------------------------------------------------------------------------------

_ALL = re.compile(
    r"(?:toàn bộ|tất cả|100 ?%|mọi|trọn gói|hoàn toàn)(?: (?:các|về|khoản|mọi|chi phí|kinh phí|tiền|phí|"
    r"cho|của|cả|đoàn|chuyến đi|chuyến|đi|công tác|liên quan|thành viên))*"
)
_PART = re.compile(
    r"\s*(?:ăn|ở\b|nghỉ|lưu trú|đi lại|vé|phòng|khách sạn|tại|trong thời gian|trong nước|sinh hoạt|"
    r"nội địa|địa phương|học phí|phương tiện|bảo hiểm)"
)
_OTHER_PAYERS = re.compile(r"\b(?:ngân sách|nsnn|ns|tự túc|tự chủ)\b")
_EXCEPT = re.compile(r"\b(?:trừ|ngoại trừ|không (?:kể|bao gồm|gồm))\b")


def host_pays_all(text: str) -> bool:
    """Whether a cell says that another one than the state pays for everything ("đối tác đài thọ toàn bộ")."""
    if _EXCEPT.search(fold(text)):
        return False
    return any(_all_of_it(clause) for clause in clauses(text))


def _all_of_it(clause: str) -> bool:
    if _OTHER_PAYERS.search(clause):
        return False
    whole = _ALL.search(clause)
    if whole is None or not re.search(rf"\b{_PAYS}\b", clause):
        return False
    rest = clause[whole.end() :]
    return not _PART.match(rest) or ("vé" in rest and re.search(r"\băn\b", rest) is not None)


def state_pays_items(text: str, state: Terms) -> bool:
    """Whether a clause has the state pay for something named: "ngân sách tỉnh chi vé máy bay"."""
    return any(
        _ours(said, found) and _PAYS_FOR.search(said.rest(found.end)) for found, said in state.stated_in(text)
    )


# --- nothing said ------------------------------------------------------------------------------------------

_FILLING_WORDS = """
    và hoặc từ của do nguồn các theo chi cho trong đoàn được sẽ dự kiến là trả bằng tổng số cộng khoảng
    mức vốn tiền đồng vnđ vnd đ triệu tr tỉ nghìn ngàn usd đô la eur k một hai ba bốn năm sáu bảy tám
    chín mười mươi trăm chẵn lăm tư mốt linh ước tính bảo đảm cấp bố trí chưa đang xin hàng hằng
"""
_FILLERS = frozenset(_FILLING_WORDS.split())


# "Theo Thông tư 102/2012/TT-BTC": what the sums go by, and not whose money it is.
_CITED = re.compile(
    r"(?:theo |tại |của )?\b(?:thông tư|nghị định|nghị quyết|quyết định|công văn|văn bản|hướng dẫn)\b"
    r"(?: số)?:? ?\d[^\s,;]*"
    r"(?:,? ngày \d[\d/.-]*)?(?: của (?:Bộ|HĐND|UBND|Chính phủ|Thủ tướng)[^,;\n]*)?",
    re.IGNORECASE,
)


def names_no_source(text: str, vague: Phrases) -> bool:
    """Whether nothing is left of a cell but `vague` words, sums of money and filling words."""
    if not words(text):
        return False
    text_words = words(_CITED.sub(" ", text))
    said = vague.covered(text_words)  # "hỗ trợ, một phần tự túc": "hỗ trợ một phần" is a phrase too
    return all(
        at in said or word in _FILLERS or word.replace("đ", "").isdigit() for at, word in enumerate(text_words)
    )
