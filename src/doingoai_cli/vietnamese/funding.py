"""Who pays for a delegation (nguồn kinh phí): the state, the host, a company; and whether a cell says it at all.

Seed 000, K2.1 and notes (9), (10). Words for money itself are in `money.py`; lists that an office may want to
change come from the rule pack as `Terms`.
"""

import re
from functools import lru_cache

from doingoai_cli.vietnamese.countries import read_destinations
from doingoai_cli.vietnamese.terms import Found, Terms, clause_starts, clauses
from doingoai_cli.vietnamese.text import Phrases, fold, words

# --- the state ---------------------------------------------------------------------------------------------

_OUTSIDE = frozenset({"ngoài", "ngoại"})  # "nguồn ngoài ngân sách"
# Whose budget it is, where it is not the state's: "ngân sách của đối tác", "ngân sách dự án".
_NOT_OURS = re.compile(
    r"(?:của |từ )?(?:các |phía |bên )*(?:đối tác|bạn|mời|nước ngoài|chủ nhà|dự án|tổ chức|doanh nghiệp|công ti|tập đoàn|"
    r"gia đình|cá nhân|nước bạn|tỉnh bạn)\b"
)
_NOTHING_PAID = re.compile(r"[\s:=-]*(?:là )?(?:0+(?:[.,]0+)*\s*(?:đồng|đ|vnđ|vnd|%|$)|không\b(?! quá| dưới| ít))")
_PAYS = r"(?:chi trả|chi|đài thọ|tài trợ|bảo trợ|hỗ trợ|lo|chịu|thanh toán|bảo đảm|đảm bảo|cấp|bố trí|trả|cung cấp|bao|mời)"
_PAYS_FOR = re.compile(rf"\b{_PAYS}\b\s+\w+")


def state_pays(text: str, state: Terms) -> bool:
    """Whether the state budget pays something: named, not denied, not "0 đồng", and not someone else's budget."""
    return any(_ours(text, found) for found in state.stated(text))


def _ours(text: str, found: Found) -> bool:
    text_words = words(text)
    if found.start and text_words[found.start - 1] in _OUTSIDE:
        return False
    rest = _rest_of_clause(text, found.end)
    if _NOT_OURS.match(rest):
        return False
    owned = re.match(
        r"(?:nhà nước|trung ương|địa phương|tỉnh|huyện|thị xã|thành phố|xã|của \w+|cấp \w+|\w+ )*", rest
    )
    return not _NOTHING_PAID.match(rest[owned.end() :] if owned else rest)


def _rest_of_clause(text: str, at: int) -> str:
    """The words from `at` to the end of their clause."""
    starts, text_words = clause_starts(text), words(text)
    if at >= len(text_words) or (at and starts[at] != starts[at - 1]):
        return ""
    end = next((i for i in range(at, len(starts)) if starts[i] != starts[at]), len(starts))
    return " ".join(text_words[at:end])


# --- the host ----------------------------------------------------------------------------------------------

_ALL = re.compile(
    r"(?:toàn bộ|tất cả|100 ?%|mọi|trọn gói|hoàn toàn)(?: (?:các|về|khoản|mọi|chi phí|kinh phí|tiền|phí|cho|của|cả|"
    r"đoàn|chuyến đi|chuyến|đi|công tác|liên quan|thành viên))*"
)
_PART = re.compile(
    r"\s*(?:ăn|ở\b|nghỉ|lưu trú|đi lại|vé|phòng|khách sạn|tại|trong thời gian|trong nước|sinh hoạt|nội địa|địa phương|"
    r"học phí|phương tiện|bảo hiểm)"
)
_EXCEPT = re.compile(r"\b(?:trừ|ngoại trừ|không (?:kể|bao gồm|gồm))\b")


@lru_cache(maxsize=8192)
def host_pays_all(text: str) -> bool:
    """Whether a cell says that another one than the state pays for everything ("đối tác đài thọ toàn bộ")."""
    if _EXCEPT.search(fold(text)):
        return False
    return any(_all_of_it(clause) for clause in clauses(text))


def _all_of_it(clause: str) -> bool:
    if re.search(r"\b(?:ngân sách|nsnn|ns|tự túc|tự chủ)\b", clause):
        return False
    whole = _ALL.search(clause)
    if whole is None or not re.search(rf"\b{_PAYS}\b", clause):
        return False
    rest = clause[whole.end() :]
    return not _PART.match(rest) or ("vé" in rest and re.search(r"\băn\b", rest) is not None)


def state_pays_items(text: str, state: Terms) -> bool:
    """Whether a clause has the state pay for something named: "ngân sách tỉnh chi vé máy bay"."""
    return any(
        _ours(text, found) and _PAYS_FOR.search(_rest_of_clause(text, found.end)) for found in state.stated(text)
    )


# --- companies ---------------------------------------------------------------------------------------------

_OWN_MEANS = re.compile(r"\btự (?:túc|chi|lo|trả|bỏ|đảm bảo|bảo đảm|chi trả|thanh toán)\b")
_QUANTIFIERS = frozenset({"các", "một", "số", "những", "nhiều", "phía", "bên"})
_BENEFIT = frozenset({"cho", "thăm", "tại", "trợ", "giúp", "đưa", "gồm"})
"""Before a company that gets or is visited, and pays nothing: "hỗ trợ doanh nghiệp", "chi cho doanh nghiệp"."""


def company_pays(text: str, companies: Terms) -> bool:
    """Whether a cell names a company as payer."""
    if companies.first(text) is None:
        return False
    return any(
        _is_payer(text, found) and not _OWN_MEANS.search(_clause(text, found.start))
        for found in companies.stated(text)
    )


def _clause(text: str, at: int) -> str:
    starts = clause_starts(text)
    return " ".join(word for word, start in zip(words(text), starts, strict=True) if start == starts[at])


def _is_payer(text: str, found: Found) -> bool:
    text_words, begin = words(text), clause_starts(text)[found.start]
    before = found.start - 1
    while before >= begin and text_words[before] in _QUANTIFIERS:
        before -= 1
    if before < begin:
        return True
    word, rest = text_words[before], _rest_of_clause(text, found.end)
    if word == "với":  # "phối hợp với công ty X tài trợ"
        return re.search(r"\b(?:tài trợ|đài thọ|chi trả|hỗ trợ)\b", rest) is not None
    return word not in _BENEFIT


_HOSTS = Terms(("đối tác", "bên mời", "phía mời", "đơn vị mời", "phía bạn"))


def host_pays(text: str) -> bool:
    """Whether the host pays something ("đối tác chi ăn ở")."""
    return any(_is_payer(text, found) for found in _HOSTS.stated(text))


@lru_cache(maxsize=8192)
def _items(text: str) -> tuple[str, ...]:
    return tuple(item for clause in clauses(text) for item in re.split(r"\s+(?:và|&|-)\s+", clause) if item)


def only_companies(partners: str, companies: Terms) -> bool:
    """Whether the partners are companies and nothing else; a country beside them ("…, Hàn Quốc") is their place."""
    named = [item for item in _items(partners) if not _is_country(item)]
    return bool(named) and all(companies.first(item) for item in named)


def _is_country(item: str) -> bool:
    return len(words(item)) <= 3 and bool(read_destinations(item).countries) and not item.startswith("tỉnh")


_PAYING = r"(?:đài thọ|tài trợ|bảo trợ|chi trả)"
_VERBS = rf"(?:đồng tổ chức|tổ chức|mời|đứng ra|chủ trì|{_PAYING})"
# "Dự án do Công ty X tài trợ": the project, not the trip, is what the company pays.
_PROJECT = re.compile(r"\b(?:dự án|công trình|học bổng|thiết bị|nhà máy|sản phẩm|trường học)\b[^;,.\n]*$")
_DENIED = re.compile(r"\b(?:không|chưa)\b(?! chỉ\b)[^;,.\n]{0,25}$")


@lru_cache(maxsize=64)
def _organised_by(companies: tuple[str, ...]) -> re.Pattern[str]:
    names = "|".join(sorted((r"\W+".join(map(re.escape, words(c))) for c in companies), key=len, reverse=True))
    company = rf"(?:(?:phía|các|một số|những|bên|chính)\s+)*(?:{names})\b"
    agent = rf"(?:[^;.,\n]|,(?=\s*{company})|\.(?=\w))*?"
    return re.compile(
        rf"(?<!tự )\b(?:do|được|bởi)\s+(?:[^;.,\n]{{0,60}}?\b(?:và|cùng|với)\s+)?{company}{agent}\b{_VERBS}\b"
        rf"|\b(?:lời|thư|giấy) mời\s+(?:\w+\s+){{0,4}}?(?:của|từ)\s+{company}"
    )


def organised_by_company(text: str, companies: Terms) -> bool:
    """Whether a cell says that a company organises, invites or pays ("do Công ty X mời")."""
    if companies.first(text) is None:
        return False
    flat = "\n".join(fold(line) for line in text.split("\n"))
    for match in _organised_by(companies.given).finditer(flat):
        before = flat[: match.start()]
        of_project = re.search(rf"{_PAYING}$", match[0]) and _PROJECT.search(before)
        if not of_project and not _DENIED.search(before):
            return True
    return False


# --- nothing said ------------------------------------------------------------------------------------------

_FILLERS = frozenset(
    [
        "và",
        "hoặc",
        "từ",
        "của",
        "do",
        "nguồn",
        "các",
        "theo",
        "chi",
        "cho",
        "trong",
        "đoàn",
        "được",
        "sẽ",
        "dự",
        "kiến",
        "là",
        "trả",
        "bằng",
        "tổng",
        "số",
        "cộng",
        "khoảng",
        "mức",
        "vốn",
        "tiền",
        "đồng",
        "vnđ",
        "vnd",
        "đ",
        "triệu",
        "tr",
        "tỉ",
        "nghìn",
        "ngàn",
        "usd",
        "đô",
        "la",
        "eur",
        "k",
        "một",
        "hai",
        "ba",
        "bốn",
        "năm",
        "sáu",
        "bảy",
        "tám",
        "chín",
        "mười",
        "mươi",
        "trăm",
        "chẵn",
        "lăm",
        "tư",
        "mốt",
        "linh",
        "ước",
        "tính",
        "bảo",
        "đảm",
        "cấp",
        "bố",
        "trí",
    ]
)


@lru_cache(maxsize=64)
def _phrases(vague: tuple[str, ...]) -> Phrases:
    return Phrases(vague)


@lru_cache(maxsize=16384)
def names_no_source(text: str, vague: tuple[str, ...]) -> bool:
    """Whether nothing is left of a cell but `vague` words, sums of money and filling words."""
    text_words = list(words(text))
    if not text_words:
        return False
    for start, end, _ in _phrases(vague).find(text):
        text_words[start:end] = [""] * (end - start)
    return all(not word or word in _FILLERS or word.replace("đ", "").isdigit() for word in text_words)
