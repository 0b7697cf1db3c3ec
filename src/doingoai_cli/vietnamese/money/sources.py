"""The sources that money comes from (nguồn kinh phí): the state budget, foreign partners, others."""

import re
from functools import lru_cache
from typing import Literal

from doingoai_cli.vietnamese.phrases import Phrases
from doingoai_cli.vietnamese.places.gazetteer import letters_of, signs
from doingoai_cli.vietnamese.syllables import is_syllable
from doingoai_cli.vietnamese.tables import names
from doingoai_cli.vietnamese.text import clean, fold, unwrapped, words

Source = Literal["state", "foreign", "other"]

_WORDS = {payer: Phrases(words) for payer, words in names("money-words.tsv").items()}
# What those who attend pay: "phí đại biểu", not "kinh phí đại biểu".
_FEES = re.compile(r"(?<!kinh )(?<!chi )\bphí (?:tham dự|tham gia|dự|đăng kí|đại biểu|hội nghị|hội thảo)\b")
_PARTNER = re.compile(r"\W*(?:đt|(?:phần )?bạn)\W*")  # "ĐT: 40 triệu", "phần bạn: 40 triệu"
_WE = re.compile(r"\W*(?:phần )?ta\W*")
# "phía Lào chi ăn ở": a side that is not ours is the partner.
_SIDE = re.compile(r"\b(?:phía|bên) (?!(?:việt|ta|sở|tỉnh|ubnd|công|doanh|đơn|cơ|a|b)\b)\w+")
# "ngân sách tỉnh chi tiếp đoàn nước ngoài" names those who are paid for, not who pays.
_PAID_FOR = re.compile(
    r"\b(?:đi|ra|ở|tại|đoàn|khách|đại biểu|chuyên gia|thành viên|tiếp|tặng|đón|quà)(?: công tác| học tập| cho)? "
    r"(?:nước ngoài|đối tác)\b(?! (?:chi|tài trợ|hỗ trợ|đài thọ|tự|trả))"
    r"|\blệ phí (?:visa|thị thực|sân bay|hộ chiếu|xuất|nhập|làm)\b"
    r"|\btheo (?:thư mời|giấy mời|lời mời|đề nghị|chương trình) (?:của|từ) [^;,.()\d]*"
)
# "kinh phí của Trường Đại học": whoever it is, the source is named.
_NAMED = re.compile(r"\b(?:kinh phí|nguồn|vốn) (?:kinh phí )?(?:từ|của|do) (?!nhiều\b|các\b)[^\W\d]")
# "Sự nghiệp y tế: 50 triệu", "Khoán: 5 triệu": a label that stands for the budget's own line.
_BUDGET_LINE = re.compile(r"^\W*(?:sự nghiệp|khoán|thường xuyên|đối ngoại)\b[^:\d]{0,30}(?:[:\d]|$)")
# "UBND tỉnh 50 triệu", "Đại học Cologne hỗ trợ 100%": a clause that begins with whoever pays.
_LEAD = r"^\W{0,12}(?:(?:trong đó|gồm|phần|do|từ|nguồn)\b[: ]{0,4}){0,6}"
_AUTHORITY = re.compile(
    rf"{_LEAD}(?:ubnd|ủy ban nhân dân|tỉnh|sở|bộ|huyện|thị xã|thành phố|trung ương|nhà nước)\b"
    r"(?! (?:phận|trưởng|tài liệu|quà|máy|bàn|hồ sơ|ảnh|ấn phẩm)\b)"
)
# "tỉnh Khăm Muộn hỗ trợ", "bạn Lào: 40 triệu", "Lào chi": a place abroad alone is where the money is spent.
_OF_PLACE = re.compile(
    rf"{_LEAD}(?P<who>(?:(?:phía|bên|bạn|nước|tỉnh|thành phố|tp\.?|bang|chính quyền|chính phủ|(?:đại )?sứ quán|"
    r"đsq|tổng lãnh sự quán|tlsq|hội hữu nghị)\s+){0,4})"
)
# "Nhân dân 30 triệu": those who give, not who are given.
_PEOPLE = re.compile(
    rf"{_LEAD}(?:nhân dân|người dân|bà con|hội viên|phụ huynh|kiều bào)\b(?! (?:lào|các nước|bạn)\b)"
)
_PAYS = re.compile(r"\b(?:chi|trả|tài trợ|hỗ trợ|đài thọ|bảo đảm|đảm bảo|lo|chịu|cấp|tặng|đóng góp)\b")
_PLACE_PAYS = re.compile(rf"(?:\s?\([^()\d]*\))?(?:\W*(?:$|\d)|\s*[:=]|\s(?:sẽ )?(?P<verb>{_PAYS.pattern}))")
_PAYER = re.compile(
    rf"{_LEAD}(?!(?:kinh|tổng|chi|tiền|mức|nội|dự|số|khoảng|gần|hơn|trên|khoản|các|được|đã|sẽ|đề nghị|xin)\b)"
    r"[^\W\d][^\d]{0,200}? (?:hỗ trợ|chi trả|(?<!phụ )(?<!trợ )(?<!trung )(?<!cao )(?<!sơ )cấp|"
    r"bảo đảm|đảm bảo|chịu)\b"
)
_DENIED = re.compile(r"\bkhông (?:sử dụng|dùng|lấy|từ|có|phải)\b[^,;.()]*")


@lru_cache(maxsize=4096)  # saves 0.03 s: what stands around the sums of an inbox comes again, the sums do not
def sources_in(text: str) -> frozenset[Source]:
    """The sources that one clause names: "doanh nghiệp tài trợ" is a company's, a bare "tài trợ" is foreign."""
    folded = _PAID_FOR.sub(" ", _DENIED.sub(" ", fold(text)))
    found: set[Source] = set()
    abroad = _pays_from_abroad(folded)
    if (
        _WORDS["state"].first(folded)
        or (_AUTHORITY.search(folded) and not abroad)
        or _BUDGET_LINE.search(folded)
        or _WE.fullmatch(folded)
    ):
        found.add("state")
    company = _WORDS["company"].first(folded) is not None
    if (
        abroad
        or _WORDS["foreign"].first(folded)
        or _PARTNER.fullmatch(folded)
        or _SIDE.search(folded)
        or (_WORDS["donated"].first(folded) and not company)
    ):
        found.add("foreign")
    if (company and "foreign" not in found) or _is_other(folded, found):
        found.add("other")
    return frozenset(found)


def _pays_from_abroad(folded: str) -> bool:
    """Whether a clause begins with a country or a place abroad that pays."""
    lead = _OF_PLACE.match(folded)
    if lead is None or not (lead["who"] or _PAYS.search(folded, lead.end())):
        return False  # most clauses, told without looking for places
    rest = folded[lead.end() :][:_LONGEST_PLACE]
    first = next(iter(signs(rest)), None)
    pays = _PLACE_PAYS.match(rest, first.end) if first and first.letter in "CP" else None
    return pays is not None and bool(pays["verb"] or lead["who"])


_LONGEST_PLACE = 80
_ALL_WORDS = Phrases(word for written in names("money-words.tsv").values() for word in written)
_OF_PAYERS = words("tỉnh huyện xã thị thành phố nhà nước trung ương địa phương nguồn phía bên do từ vốn")
_LONGEST_LABEL = 12


def is_payer_label(text: str) -> bool:
    """Whether a label is a payer's and nothing else: "Ngân sách tỉnh:", "NN" (whoever that is), not "NSNN: vé"."""
    said = words(text)
    if ":" in text.rstrip(" :=") or not 0 < len(said) <= _LONGEST_LABEL:
        return False
    named = _ALL_WORDS.covered(said)
    others = (word for at, word in enumerate(said) if at not in named)
    return said == ("nn",) or (bool(named) and all(word in _OF_PAYERS for word in others))


def _is_other(folded: str, sources: set[Source]) -> bool:
    """Whether a further source is named; a project or fund of one that is named already is no further one."""
    phrase = _WORDS["other"].first(folded)
    if phrase is None:
        return not sources and any(named.search(folded) for named in (_NAMED, _PAYER, _FEES, _PEOPLE))
    return not sources or phrase not in ("dự án", "chương trình", "đề tài", "đề án", "quỹ")


_NO_MONEY_NEEDED = re.compile(
    r"\W*(?:(?:hoàn toàn )?miễn phí|không (?:sử dụng|dùng|mất|tốn|phát sinh|cần|có|xin|đề nghị|phải)\b"
    r"[^\d;,.]{0,20}\b(?:kinh phí|ngân sách|chi phí|tiền|nsnn|phí)\b[^\d;,.]{0,40}|"
    r"không (?:kinh phí|thu phí|chi))\W*"
)
_CLAUSE = re.compile(r"[;,.\n()+]| và |(?<=[^\d]) - ")


def funding_sources(text: str) -> frozenset[Source]:
    """Which of "state", "foreign" and "other" a cell names as the source, with or without an amount (HN04)."""
    found: frozenset[Source] = frozenset().union(
        *(sources_in(clause) for clause in _CLAUSE.split(unwrapped(text)))
    )
    return found or (frozenset({"other"}) if _names_payer(text) else found)


def needs_no_money(text: str) -> bool:
    """Whether a cell says that nothing has to be paid: "Miễn phí", "Không sử dụng ngân sách"."""
    said = fold(text)
    parts = [said] if re.search(r"\d", said) else [said, *re.split(r"[;,.\n(]", said)]
    return any(_NO_MONEY_NEEDED.fullmatch(part) for part in parts)


# --- payers known by their name alone: "Vietcombank: 200 triệu", "FLC 50tr" -----------------------------------
# A name right before an amount is a payer's; a common noun there is what it is for ("Phiên dịch: 15 triệu").

_CLAUSE_OF_NAME = re.compile(r"[;\n]|,(?!\d)|\.(?=\s|$)|\s\+\s|\bvà\b")
_AMOUNT = re.compile(r"\s*(?:[:=–—-]\s*|\s)(?:khoảng |hơn |gần |trên )?[\d$€]", re.IGNORECASE)
_WORD_OF_NAME = re.compile(r"[^\W\d_]+")
_INSTITUTION = re.compile(
    r"(?:trường|đại học|học viện|viện|ngân hàng|bệnh viện|liên hiệp|hiệp hội|hội|câu lạc bộ|báo|đài|tạp chí|hãng|"
    r"khách sạn|nhà máy|cảng|tổ chức|văn phòng|trung tâm|sở|ban|ubnd|huyện|thị xã|quỹ|chi cục|cục)\b"
)
# Those that are one only with a name of their own: "Phòng Thương mại", not "Phòng họp"; "Chính phủ Nhật Bản".
_NAMED_BODY = re.compile(
    r"(?:liên minh|liên đoàn|mặt trận|chính phủ|đại sứ quán|sứ quán|tổng lãnh sự quán|cơ quan|ủy ban|"
    r"hội đồng|phòng|bộ|vườn quốc gia|cộng hòa|vương quốc|liên bang|bang|tỉnh|thành phố|tập đoàn|giáo hội) "
)
_NOT_PAYING = re.compile(
    r"(?:hội (?:nghị|thảo|trường|họp|thi|đàm|chợ)|tổ chức (?:hội|lễ|tiệc|đón|tham|các)|văn phòng phẩm|"
    r"ban (?:đêm|ngày)|báo cáo|viện dẫn|năm|ngày|tháng|quí|đợt|lần|tổng|kinh phí|chi)\b"
)


_CURRENCIES = frozenset(word for written in names("currencies.tsv").values() for word in written)
_BY_WHOM = re.compile(
    r"\bdo (?P<who>[^;,\n\d]{2,80}?) (?:chi|trả|đài thọ|tài trợ|hỗ trợ|lo|chịu|bảo đảm|đảm bảo|cấp)\b"
)
_SCHOOL_PAYS = re.compile(r"\btrường (?:chi|lo|hỗ trợ)\b")


def _names_payer(text: str) -> bool:
    """Whether some clause of a cell begins with a name, an institution's or one that is no Vietnamese word.

    So do "do Hiệp hội Cao su chi trả", whatever its capitals, and "80 triệu (trường chi)", be it whose it may.
    """
    folded = fold(text)
    if _SCHOOL_PAYS.search(folded):
        return True
    who = _BY_WHOM.search(folded)
    if (
        who
        and not _NOT_PAYING.match(who["who"])
        and (_INSTITUTION.match(who["who"]) or _NAMED_BODY.match(who["who"]))
    ):
        return True
    told = not text.isupper()
    return any(_is_payer(clause, told=told) for clause in _CLAUSE_OF_NAME.split(unwrapped(clean(text))))


def _is_payer(clause: str, *, told: bool) -> bool:
    """`told`: whether capitals tell names; where every letter is one, only a word that is not Vietnamese does."""
    amount = _AMOUNT.search(clause)
    label = clause[: amount.start()].strip(" -+*•") if amount else ""
    folded = fold(label)
    names = _WORD_OF_NAME.findall(label)
    if not names or folded in _CURRENCIES or _NOT_PAYING.match(folded) or not label[:1].isupper():
        return False
    if institution := _INSTITUTION.match(folded):
        return len(names) > len(institution[0].split())
    if told and (body := _NAMED_BODY.match(folded)):
        return any(word[:1].isupper() for word in names[len(body[0].split()) :])
    if letters_of(signs(label)) == "C":
        return True  # a country pays
    foreign = any(word[:1].isupper() and (not is_syllable(word) or (told and _is_acronym(word))) for word in names)
    # "Trường Thịnh", "Mai Linh": each syllable of a proper name has a capital.
    proper = told and len(names) > 1 and all(word[:1].isupper() for word in names)
    return foreign or proper


def _is_acronym(word: str) -> bool:
    return len(word) > 1 and word.isupper()
