"""The words of times (thời gian thực hiện) made plain: folded text in, tokens out; nothing is judged here.

What is no part of the time goes first: clock times, weekdays, weeks of a month, durations, document numbers.
"""

import re

from doingoai_cli.vietnamese.numbers import NUMBER_WORDS, number_in_words, read_roman
from doingoai_cli.vietnamese.time.belongings import seasons


def tokens(folded: str) -> list[re.Match[str]]:
    """The tokens of folded text, noise left out; `lastgroup` names the kind of each."""
    return list(_TOKEN.finditer(_plain(folded)))


# --- English dates in the order of Vietnamese ones ----------------------------------------------------------

_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_ENGLISH = "|".join(f"{name}|{name[:3]}" for name in _MONTHS) + "|sept"
_DAYS = r"\d{1,2}(?:st|nd|rd|th)?(?: ?(?:-|to|đến) ?\d{1,2}(?:st|nd|rd|th)?)?"
# 12-16 March 2019, March 12 - 16, 2019, June 2020
_DAYS_ENGLISH = re.compile(rf"\b(?P<days>{_DAYS}),? (?:of )?(?P<month>{_ENGLISH})\b\.?(?:,? (?P<year>\d{{4}}))?")
_ENGLISH_DAYS = re.compile(rf"\b(?P<month>{_ENGLISH})\b\.? (?P<days>{_DAYS})\b(?:,? (?P<year>\d{{4}}))?")
_ENGLISH_MONTH = re.compile(rf"(?<!pi )\b(?P<month>{_ENGLISH})\b\.?,? (?P<year>\d{{4}})")

# As Excel shows dates, which exports keep as text: 15-May-20, May-20, Thg5-20, 5/20
_SHORT = r"(?P<year>\d{4}|1[5-9]|2\d|3[0-5])(?! ?[\d/.-]| ?[^\W\d_])"
_EXCEL_DAY = re.compile(rf"(?<![\d/.-])(?P<day>\d{{1,2}}) ?- ?(?P<month>{_ENGLISH}) ?- ?{_SHORT}")
_EXCEL_MONTH = re.compile(rf"(?<![-\w])(?<!\d )(?P<month>{_ENGLISH}) ?[-'] ?{_SHORT}")
_SHORT_YEAR = re.compile(
    rf"\bthg? ?(?P<month>0?[1-9]|1[0-2]) ?[-/] ?{_SHORT}|^(?P<alone>0?[1-9]|1[0-2]) ?/ ?(?P<of>1[5-9]|2\d|3[0-5])$"
)


def _long_year(year: str) -> str:
    return year if len(year) == 4 else f"20{year}"


def _english_days(match: re.Match[str]) -> str:
    days = re.sub(r"st|nd|rd|th|(?<=\d) (?=-)|(?<=-) ", "", match["days"]).replace("to", "đến")
    return f"{days}/{_english_month(match['month'])}" + (f"/{match['year']}" if match["year"] else "")


def _english_month(name: str) -> int:
    return next(number for number, month in enumerate(_MONTHS, 1) if month.startswith(name[:3]))


def in_vietnamese(folded: str) -> str:
    """Folded text with English dates written as Vietnamese ones."""
    folded = re.sub(r"\bfrom (?=\d)", "từ ", folded)
    folded = _EXCEL_DAY.sub(lambda m: f"{m['day']}/{_english_month(m['month'])}/{_long_year(m['year'])}", folded)
    folded = _EXCEL_MONTH.sub(lambda m: f"tháng {_english_month(m['month'])}/{_long_year(m['year'])}", folded)
    folded = _SHORT_YEAR.sub(
        lambda m: f"tháng {m['month'] or m['alone']}/{_long_year(m['year'] or m['of'])}", folded
    )
    folded = _DAYS_ENGLISH.sub(_english_days, folded)
    folded = _ENGLISH_DAYS.sub(_english_days, folded)
    return _ENGLISH_MONTH.sub(lambda match: f"tháng {_english_month(match['month'])}/{match['year']}", folded)


# --- noise and spelling -------------------------------------------------------------------------------------

_APART = re.compile(r"(?<=\d)(?=[^\W\d_])|(?<=[^\W\d_])(?=\d)")
_NOT_AFTER = r"(?<![\d/.,-])(?<!\btháng )(?<!\bquí )(?<!\bq )(?<!\bt )(?<!\bnăm )"
_COUNTED = rf"(?:\d{{1,3}}|{NUMBER_WORDS})"

_NOISE = re.compile(
    # 8h00, 14 giờ 30, 08:00, the time of an ISO date
    r"(?<=\d) ?t (?=\d\d:)|\b\d{1,2} ?(?:h|g|giờ)\b"
    r"(?: ?\d\d(?![\d/.]|-(?!\d{1,2} ?(?:h|g|giờ)\b)))?(?: ?(?:phút|p\b|'))?"
    r"|\b\d{1,2}:\d\d(?::\d\d)?(?:\.\d+)?z?"
    # "công văn số 12/2020", 436/UBND-NgV
    r"|\b(?:công văn|cv|quyết định|qđ|thư mời|giấy mời|tờ trình|kế hoạch|kh)? ?\bsố ?:? ?\d[^\s,;)]*"
    r"|\b\d+/(?!tháng|năm|ngày|quí|đến|hết)[^\W\d_]{2}[^\s,;)]*"
    r"|\bthứ (?:hai|ba|tư|năm|sáu|bảy|[2-7])\b|\bchủ nhật\b"
    r"|\b(?:t [2-7]|cn) ?,? ?(?=(?:ngày )?\d{1,2}[/.-]\d{1,2}[/.-]\d{4})"
    # the second week of May is a time in May
    rf"|\b(?:{_COUNTED} )?tuần(?: lễ)?(?: thứ)? (?:đầu|cuối|giữa|nhất|[iv]+|{NUMBER_WORDS}|\d(?: ?- ?\d)?)"
    r"(?: tiên)?(?: của)? ?/?(?= ?(?:tháng|t |quí|q |năm))"
    # durations: 03 ngày, 5-7 ngày, 5 ngày 4 đêm, 55 năm
    rf"|{_NOT_AFTER}\b(?:\d{{1,3}} ?(?:-|đến|tới) ?)?{_COUNTED} (?:(?:ngày|đêm|tuần|buổi|hôm|n|đ)\b(?: rưỡi)?"
    r"(?!(?<=năm ngày) ?\d)|(?:tháng|năm)\b(?! ?(?:\d|đầu|cuối|này|nay|sau|trước)))"
    # "2 lần", "đợt 1": numbers that count or number something else
    rf"|\b(?:đợt|lần|khóa|vòng|giai đoạn|phụ lục|mục|thứ)(?: thứ)? (?:\d{{1,2}}|[iv]+)\b(?![/.-]?\d)"
    rf"|{_NOT_AFTER}\b(?:\d{{1,3}} ?(?:-|đến) ?)?\d{{1,3}} "
    r"(?:đợt|lần|người|đoàn|chuyến|nước|cuộc|lượt|khóa|thành viên|đại biểu|cán bộ)\b"
)
_DAY_OF_MONTH = re.compile(
    r"(?<![\d/.])(?<!\bquí )(?<!\bq )(?<!\bnăm )(?P<day>\d{1,2}) ?/? ?\(?tháng ?:? ?(?P<month>\d{1,2})(?!\d)"
)
_SPOKEN_MONTH = re.compile(rf"(?<!\bngày )\btháng (giêng|chạp|{NUMBER_WORDS})")
_SPOKEN_QUARTER = re.compile(
    r"(?<!\d )(?<!một )(?<!hai )(?<!ba )\bquí (nhất|một|hai|ba|bốn|tư|đầu(?: tiên)?|cuối(?: cùng)?)\b"
    r"(?: (?:của )?năm\b)?"
)
_SPOKEN = {"giêng": 1, "chạp": 12, "nhất": 1, "đầu": 1, "đầu tiên": 1, "cuối": 4, "cuối cùng": 4}
_ROMAN_MONTH = re.compile(r"(?<=\d)( ?[/.-] ?)(x?i{1,3}|i?[vx]|vi{1,3})( ?[/.-] ?)(?=\d)")
_ROMAN_MONTHS = re.compile(r"(?<=\btháng )[ivx]+(?:(?: ?[,-] ?| và | đến | hoặc )[ivx]+)*\b(?! ?quí)")
# "Sau lễ 2/9", "Trước ngày thành lập Đảng 3/2": a day that is named, not the trip's
_BESIDE_A_FEAST = re.compile(
    r"^(?:ngay |từ )?(trước|sau)(?! (?:khi|đây|đó|và)\b)(?: [^\W\d_]+)+ (?=\d{1,2}/\d{1,2}(?:/\d{4})?$)"
)
_FULL_MOON = re.compile(rf"\brằm (?:của )?tháng (?:giêng|[^\W_]+)(?: âm lịch)?\b|\b(?:mùng|mồng) {_COUNTED} tết\b")
# A day of the lunar calendar is no day of ours: "từ 10/3 đến 12/3 âm lịch", "23 tháng chạp"
_LUNAR = re.compile(r"âm lịch|\b[âa]l\b|chạp")
_LUNAR_DAY = re.compile(
    rf"\b(?:(?:ngày|mùng|mồng) ){{0,2}}{_COUNTED} ?(?:[/.-] ?{_COUNTED} ?)?"
    rf"(?:(?:-|đến)(?: ?(?:ngày|mùng|mồng)){{0,2}} ?{_COUNTED} ?)?"
    rf"(?:[/.-]|\btháng\b) ?(?P<month>\d{{1,2}}|giêng|chạp|{NUMBER_WORDS})(?P<year>(?: ?[/.-] ?| năm )\d{{4}})?"
    r"(?:(?<=chạp)| ?,? ?\(?(?:âm lịch|âl|al)\b\)?)"
)
# "Từ tháng 4/2020", and no end: as "từ tháng 4 trở đi"
_NO_END = re.compile(
    r"^(?:(?:dự kiến|bắt đầu|khoảng|tính|kể) )*từ (?:(?:đầu|giữa|cuối|khoảng) )?"
    r"(?:tháng|quí|t|q) ?(?:\d{1,2}|[ivx]+)(?: ?/ ?\d{4}| năm \d{4})?$"
)
_YEAR_FIRST = re.compile(r"^((?:năm )?(?:19|20)\d\d) ?- ?(?=(?:quí|q|tháng|t) ?[\divx]{1,3}$)")  # "2020 - quý II"
_INNER_SPACE = re.compile(r"(?<=\d) ?(/+|-+) ?(?=\d)")
_SPACED_DOTS = re.compile(r"(?<!\d)(\d{1,2}) ?\. ?(\d{1,2}) ?\. ?(\d{4})(?!\d)")


def _plain(text: str) -> str:
    text = re.sub(r"q[uú](?:[iyíý]|ỳ)(?: thứ\b)?", "quí", text.replace("thang", "tháng"))
    text = _APART.sub(" ", text)
    text = _FULL_MOON.sub("rằm", text)
    if _LUNAR.search(text) and (found := _LUNAR_DAY.search(text)):
        text = _month_of_the_moon(text, found)
    if _NO_END.match(text):
        text += " trở đi"
    text = _SPOKEN_MONTH.sub(_month_number, text)
    text = _SPOKEN_QUARTER.sub(lambda m: f"quí {_SPOKEN.get(m[1]) or number_in_words(m[1])} ", text)
    text = _YEAR_FIRST.sub(r"\1, ", re.sub(r"[~÷→>]|=>", "-", text))
    text = _ROMAN_MONTHS.sub(lambda m: re.sub(r"\b[ivx]+\b", lambda r: str(read_roman(r[0]) or r[0]), m[0]), text)
    text = _ROMAN_MONTH.sub(lambda m: f"{m[1]}{read_roman(m[2])}{m[3]}", text)
    text = _SPACED_DOTS.sub(r"\1/\2/\3", text)
    text = _INNER_SPACE.sub(lambda m: m[1][0], text)
    text = _BESIDE_A_FEAST.sub(r"\1 ", _NOISE.sub(" ", text).strip())
    return _DAY_OF_MONTH.sub(r"\g<day>/\g<month>", text)


def _month_of_the_moon(text: str, day: re.Match[str]) -> str:
    """`text` with a day of the moon's calendar as its month; without it where the sun's day stands beside."""
    before, after = text[: day.start()], text[day.end() :]
    if re.search(r"\d[/.-]\d|\d tháng", before + after):
        return f"{before} {after}"
    year = f" năm {day['year'][-4:]}" if day["year"] else ""
    return f"{before} tháng {day['month']}{year} {after}"


def _month_number(match: re.Match[str]) -> str:
    """The number for a month in words: "tháng năm năm 2020" holds a month and the word for year."""
    said = match[1]
    if said in _SPOKEN:
        return f"tháng {_SPOKEN[said]}"
    first, _, rest = said.partition(" ")
    if first == "mười" and rest.split(" ")[0] in ("một", "hai"):
        eleven_or_twelve, _, rest = rest.partition(" ")
        return f"tháng {11 if eleven_or_twelve == 'một' else 12} {rest}"
    return f"tháng {number_in_words(first)} {rest}"


# --- tokens -------------------------------------------------------------------------------------------------


def year_of(token: re.Match[str], tail: str) -> int | None:
    """The year in the tail of a token ("qy", "my", "ry"), two digits made four; None where it has none."""
    year = token[tail] or token[f"{tail}2"]
    return int(year) + (2000 if len(year) == 2 else 0) if year else None


def _year_tail(name: str, short: str) -> str:
    """A year right after its month or quarter: "/2020", " năm 2020", "-2020"; `short` allows "/20"."""
    full = rf"\s*[/.,(-]?\s*(?:của )?(?:năm )?\s*(?P<{name}>(?:19|20|21)\d\d)(?!\d|-\d\d-\d|/\d)"
    return rf"(?:{full}|\s*/\s*(?P<{name}2>{short})(?![\d/-]|\.\d))?"


_QUARTER_YEAR = _year_tail("qy", r"\d\d")
_ROMAN_YEAR = _year_tail("ry", r"\d\d")
_MONTH_YEAR = _year_tail("my", r"1[3-9]|[2-9]\d")  # "tháng 5/12" is May to December

_SEASONS = "|".join(sorted(map(re.escape, seasons()), key=lambda words: (-len(words), words)))

_TOKEN = re.compile(
    rf"(?P<season>\b(?:{_SEASONS})\b(?:(?<=học kì)|(?<=hk))(?: (?:[ivx]{{1,3}}|\d{{1,2}}|một|hai))?\b"
    rf"|\b(?:{_SEASONS})\b)"
    r"|(?P<now>(?:\b(?:cho đến|đến|tới)(?: ngày)? |- ?)(?:nay|hiện nay|hiện tại|thời điểm hiện tại)\b)"
    r"|(?P<before>\b(?:trước|chậm nhất|muộn nhất|không (?:muộn|chậm|quá)(?: hơn)?)\b(?! (?:khi|đây|đó|và sau)\b)"
    r"(?! ?:))"
    r"|(?P<after>(?<!trước và )\bsau\b(?! (?:khi|đây|đó)\b))"
    r"|(?P<until>\b(?:cho đến|đến|tới)(?: hết| trước)\b)"
    r"|(?P<onward>\btrở (?:đi|về sau|lên)\b)"
    r"|(?P<allquarters>\b(?:4|bốn|tất cả các|các) quí\b(?! ?(?:\d|[ivx]+\b)))"
    # 6 tháng đầu năm, 2 quý cuối năm, nửa đầu năm
    rf"|(?P<part>\b(?:(?P<many>{_COUNTED}) (?P<unit>tháng|quí)|nửa(?: năm)?)"
    r" (?P<side>đầu|cuối|sau)\b(?! tháng)(?: (?:của )?năm\b)?)"
    rf"|(?P<quarter>\bq(?:uí|-)?[\s.:(]*(?P<q>\d{{1,2}}(?!\d)|[ivxl]+)\b\)?{_QUARTER_YEAR})"
    rf"|(?P<month>\b(?:tháng|thg|th|t)[\s.:(]*(?P<m>\d{{1,2}}(?!\d)|(?<=tháng )[ivx]+\b)\)?{_MONTH_YEAR})"
    rf"|(?P<roman>\b(?P<r>iv|i{{1,3}}|v|l{{1,3}})\b{_ROMAN_YEAR})"
    r"|(?P<year>\bnăm[\s:]*(?P<y>\d{4})(?![\d/]))"
    r"|(?P<anyyear>\bnăm\b|\b(?:hàng|hằng|mỗi|từng) (?:tháng|quí)\b|\bquanh năm\b)"
    r"|(?P<run>\d+(?:[/.-]\d+)*)"
    r"|(?P<dash>-)|(?P<range>\b(?:cho đến|đến|tới|sang)\b ?:?)"
    r"|(?P<open>[:(\[])|(?P<list>[,;/&+)]|\b(?:và|hoặc|hay|hoặc là)\b)"
    r"|(?P<day>\b(?:ngày|(?:rạng )?sáng|chiều|tối|trưa|đêm|hôm|mùng|mồng)\b)"
    r"|(?P<soft>\b(?:từ|hết|cuối|đầu|giữa|khoảng|dự kiến|(?:thượng|trung|hạ) tuần|trong|vào|của|lúc)\b)"
    r"|(?P<word>[^\W\d_]+|…)"
)
