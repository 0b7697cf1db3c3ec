"""Foreign bodies that reside in Viet Nam (cơ quan, tổ chức nước ngoài tại Việt Nam; seed 001, III.1, (iii))."""

import re
from functools import cache, lru_cache

from doingoai_cli.vietnamese.tables import rows
from doingoai_cli.vietnamese.text import fold, words

# Between a body and its seat: what the delegation does there, and so not where the body resides.
_DOING = re.compile(
    r"\b(?:khảo sát|làm việc|thăm|công tác|tham dự|dự|dạy|nghiên cứu|triển khai|thực hiện|"
    r"tổ chức (?:hội|lễ)|đến|sang|hợp tác(?! (?:quốc tế|phát triển|kinh tế)\b)|tìm hiểu|"
    r"giao lưu|biểu diễn|học tập|tập huấn)\b"
)


@cache
def _seat() -> str:
    places = sorted((fold(row[0]) for row in rows("vietnam-places.tsv")), key=len, reverse=True)
    return rf"(?:{'|'.join(map(re.escape, places))})"


def _body(names: tuple[str, ...]) -> str:
    spelled = sorted((r"\W+".join(map(re.escape, words(name))) for name in names), key=len, reverse=True)
    return rf"\b(?:{'|'.join(spelled)})\b"


@lru_cache(maxsize=16)
def _patterns(always: tuple[str, ...], bodies: tuple[str, ...]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    ours = r"(?!\s*(?:nước\s+)?(?:chxhcn\s+)?việt nam)"  # "Đại sứ quán Việt Nam tại Lào" is our own
    seat = (
        rf"(?:tại|ở|đóng tại|thường trú tại)\s+(?:tỉnh |thành phố |tp\.? ?|thủ đô |địa bàn |khu vực )*{_seat()}\b"
    )
    return (
        re.compile(rf"(?P<body>{_body(always)}){ours}"),
        re.compile(
            rf"(?P<body>{_body(bodies)})(?!\s+quán)(?P<between>[^;\n]{{0,80}}?)"
            rf"(?:\b{seat}|\bviệt nam\b(?!\s*(?:-|tại|ở)))"
        ),
    )


@lru_cache(maxsize=16)
def _beginnings(always: tuple[str, ...], bodies: tuple[str, ...]) -> frozenset[str]:
    """The words that the bodies' names begin with."""
    return frozenset(next(iter(words(name)), "") for name in (*always, *bodies))


@lru_cache(maxsize=8192)
def resident_body(text: str, always: tuple[str, ...], bodies: tuple[str, ...]) -> str | None:
    """The resident foreign body in `text`: one of `always`, or one of `bodies` with its seat in Viet Nam."""
    if _beginnings(always, bodies).isdisjoint(words(text)):  # nearly all texts, told without a search
        return None
    flat = fold(text)
    first, second = _patterns(always, bodies)
    if match := first.search(flat):
        return match["body"]
    at = 0
    while match := second.search(flat, at):
        if not _DOING.search(match["between"]):
            return match["body"]
        at = match.end("body")  # "Đoàn của tổ chức X làm việc với UNDP tại Hà Nội" names a second one
    return None
