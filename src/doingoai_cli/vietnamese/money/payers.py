"""Who pays for a delegation (nguồn kinh phí): the state, the host, a company.

Seed 000, K2.1 and notes (9), (10). What a sum says of its own source is read in `sources`; lists that an office
may want to change come from the rule pack as `Terms`.
"""

import re

from doingoai_cli.vietnamese.places.gazetteer import letters_of, signs
from doingoai_cli.vietnamese.terms import FoundTerm, Said, Terms, clauses
from doingoai_cli.vietnamese.text import clean, fold, key, words

# --- companies (doanh nghiệp tài trợ, đài thọ, tổ chức, mời); one that is visited, or gets the money, is none ---

_OWN_MEANS = re.compile(r"\btự (?:túc|chi|lo|trả|bỏ|đảm bảo|bảo đảm|chi trả|thanh toán)\b")
_MOST_QUANTIFIERS = 8
_QUANTIFIERS = frozenset({"các", "một", "số", "những", "nhiều", "phía", "bên"})
# Before a company that gets, is visited or comes along, and pays nothing: "hỗ trợ doanh nghiệp", "chi cho doanh
# nghiệp", "đi cùng doanh nghiệp". "Tài trợ: Công ty X" names a payer.
_BENEFIT = re.compile(r"(?:cho|thăm|tại|(?<!tài )trợ|giúp|đưa|gồm|(?:đi|tham gia|làm việc) cùng)$")


def company_pays(text: str, companies: Terms) -> bool:
    """Whether a cell names a company as payer."""
    if companies.first(text) is None:
        return False
    return any(
        _is_payer(said, found) and not _OWN_MEANS.search(said.clause(found.start))
        for found, said in companies.stated_in(text)
    )


def _is_payer(text: Said, term: FoundTerm) -> bool:
    begin, before = text.starts[term.start], term.start - 1
    begin = max(begin, before - _MOST_QUANTIFIERS)
    while before >= begin and text.words[before] in _QUANTIFIERS:
        before -= 1
    if before < begin:
        return True
    word, rest = text.words[before], text.rest(term.end)
    if word == "với":  # "phối hợp với công ty X tài trợ"
        return re.search(r"\b(?:tài trợ|đài thọ|chi trả|hỗ trợ)\b", rest) is not None
    return _BENEFIT.search(" ".join(text.words[max(begin, before - 2) : before + 1])) is None


_HOSTS = Terms(("đối tác", "bên mời", "phía mời", "đơn vị mời", "phía bạn"))


def host_pays(text: str) -> bool:
    """Whether the host pays something ("đối tác chi ăn ở")."""
    return any(_is_payer(said, found) for found, said in _HOSTS.stated_in(text))


def _items(text: str) -> tuple[str, ...]:
    return tuple(item for clause in clauses(text) for item in re.split(r"\s+(?:và|&|-)\s+", clause) if item)


# Bodies that serve enterprises and are none: "Cục Phát triển doanh nghiệp", "Hiệp hội Doanh nghiệp Nhật Bản".
_SERVES_ENTERPRISES = re.compile(
    r"(?:bộ|sở|cục|tổng cục|vụ|ban|ủy ban|cơ quan|trung tâm|viện|hội|hiệp hội|liên đoàn|liên hiệp|"
    r"phòng thương mại|quĩ|tổ chức|chương trình|câu lạc bộ)\b(?!.*\b(?:công ti|tập đoàn)\b).*\bdoanh nghiệp\b"
)


def only_companies(partners: str, companies: Terms) -> bool:
    """Whether the partners are companies and nothing else; a country beside them is their place."""
    named = [item for item in _items(_unbroken(partners, companies)) if not _is_country(item)]
    return bool(named) and all(
        companies.first(item) and not _SERVES_ENTERPRISES.match(key(item)) for item in named
    )


_COMPANY_FORM = re.compile(r"\.?,?\s+(?=(?:ltd|inc|llc|jsc|corp|plc)\b)", re.IGNORECASE)  # "Panasonic Co., Ltd"


def _unbroken(partners: str, companies: Terms) -> str:
    """`partners` with a line that ends with the bare word for a company joined to its name: "Công ty⏎Toyota"."""
    lines = _COMPANY_FORM.sub(" ", clean(partners)).split("\n")
    joined = lines[:1]
    for line in lines[1:]:
        last = re.split("[,;]", joined[-1])[-1]
        bare = any(start == 0 and end == len(words(last)) for start, end, _ in companies.phrases.find(last))
        joined[-1:] = [f"{joined[-1]} {line}"] if bare else [joined[-1], line]
    return "\n".join(joined)


def _is_country(item: str) -> bool:
    """Whether an item is nothing but a country or a place in it: "Hà Lan", but not "Đại học Wageningen"."""
    return _ONLY_PLACES.fullmatch(letters_of(signs(item))) is not None


_ONLY_PLACES = re.compile(r"[NL(]*[CP][CP(),-]*")

_SUPPORT = r"hỗ trợ (?:toàn bộ )?(?:kinh phí|chi phí|tiền|vé)(?! (?:dự án|công trình))"
_PAYING = rf"(?:đài thọ|tài trợ|bảo trợ|chi trả|{_SUPPORT})"
_VERBS = rf"(?:đồng tổ chức|tổ chức|mời|đứng ra|chủ trì|{_PAYING})"
# "Công ty X tài trợ vé máy bay": what is paid or asked for is the trip itself.
_FOR_TRIP = (
    rf"(?:{_PAYING}\s+(?:toàn bộ\s+)?(?:(?:cho )?(?:đoàn|chuyến)|(?:tiền )?vé|ăn|đi lại|"
    r"(?:kinh|chi) phí (?:đi|ăn|chuyến|cho (?:đoàn|chuyến)))|"
    r"mời\s+(?:đoàn|lãnh đạo|cán bộ|đi|sang|thăm|dự|tham dự|tham gia|khảo sát|tham quan)|"
    r"tổ chức\s+(?:chuyến|(?:cho )?đoàn|đưa|đi))\b"
)
# "Dự án do Công ty X tài trợ": the project, not the trip, is what the company pays.
_PROJECT = re.compile(r"\b(?:dự án|công trình|học bổng|thiết bị|trường học)\b[^;,.\n]*$")
_DENIED = re.compile(r"\b(?:không|chưa)\b(?! chỉ\b)[^;,.\n]{0,25}$")


def _organised_by(companies: tuple[str, ...]) -> re.Pattern[str]:
    names = "|".join(sorted((r"\W+".join(map(re.escape, words(c))) for c in companies), key=len, reverse=True))
    company = rf"(?:(?:phía|các|một số|những|bên|chính)\s+)*(?:{names})\b"
    agent = rf"(?:[^;.,\n]|,(?=\s*{company})|\.(?=\w)){{0,200}}?"
    return re.compile(
        rf"(?<!tự )\b(?:do|được|bởi)\s+(?:[^;.,\n]{{0,60}}?\b(?:và|cùng|với)\s+)?{company}{agent}\b{_VERBS}\b"
        rf"|\b(?:lời|thư|giấy) mời\s+(?:\w+\s+){{0,4}}?(?:của|từ)\s+{company}"
        rf"|(?:^|[;.,\n]\s*){company}(?:(?!\b(?:không|chưa)\b)[^;.,\n]){{0,80}}?\b{_FOR_TRIP}"
    )


def organised_by_company(text: str, companies: Terms) -> bool:
    """Whether a cell says that a company organises, invites or pays ("do Công ty X mời")."""
    if companies.first(text) is None:
        return False
    flat = "\n".join(fold(line) for line in text.split("\n"))
    for match in _organised_by(companies).finditer(flat):
        before = flat[: match.start()]
        of_project = re.search(rf"{_PAYING}$", match[0]) and _PROJECT.search(before)
        if not of_project and not _DENIED.search(before):
            return True
    return False


# --- the state ---------------------------------------------------------------------------------------------

_OUTSIDE = frozenset({"ngoài", "ngoại"})  # "nguồn ngoài ngân sách"
_ABROAD = frozenset({"nước", "đối"})  # "chi phí ở nước ngoài: ngân sách tỉnh"
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


_OWNED = re.compile(
    r"(?:nhà nước|trung ương|địa phương|tỉnh|huyện|thị xã|thành phố|xã|của \w+|cấp \w+|[^\W\d]\w* )*"
)


def state_pays(text: str, state: Terms) -> bool:
    """Whether the state budget pays something: named, not denied, not "0 đồng", and not someone else's budget."""
    return any(_ours(said, found) for found, said in state.stated_in(_written_funds(text)))


_FUNDS = re.compile(r"\bKP\b", re.IGNORECASE)


def _written_funds(text: str) -> str:
    """ "KP thường xuyên" is "kinh phí thường xuyên"."""
    return _FUNDS.sub("kinh phí", text)


def _ours(text: Said, term: FoundTerm) -> bool:
    before = text.words[max(term.start - 2, 0) : term.start]
    if before and before[-1] in _OUTSIDE and before[0] not in _ABROAD:
        return False
    rest = text.rest(term.end)
    if _NOT_OURS.match(rest) or _is_place_abroad(rest):
        return False
    owned = _OWNED.match(rest)
    return not _NOTHING_PAID.match(rest[owned.end() :] if owned else rest)


_OF_PLACE = re.compile(r"(?:của )?(?:(?:chính phủ|chính quyền|nước|tỉnh|thành phố|bang) ){0,3}")
_LONGEST_PLACE = 60


def _is_place_abroad(rest: str) -> bool:
    """Whether the budget is that of a country or place abroad: "ngân sách của tỉnh Aichi"."""
    owner = _OF_PLACE.match(rest)
    behind = rest[owner.end() if owner else 0 :][:_LONGEST_PLACE]
    first = next(iter(signs(behind)), None)
    return first is not None and first.start == 0 and first.letter in "CP"


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
        _ours(said, found) and _PAYS_FOR.search(said.rest(found.end))
        for found, said in state.stated_in(_written_funds(text))
    )
