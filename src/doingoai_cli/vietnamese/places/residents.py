"""Foreign bodies that reside in Viet Nam (cơ quan, tổ chức nước ngoài tại Việt Nam; seed 001, III.1, (iii))."""

import re
from functools import cached_property

from doingoai_cli.vietnamese.tables import rows
from doingoai_cli.vietnamese.text import fold, words

# Between a body and its seat: what the delegation does there, and so not where the body resides.
_DOING = re.compile(
    r"\b(?:khảo sát|làm việc|thăm|công tác|tham dự|dự|dạy|nghiên cứu|triển khai|thực hiện|"
    r"tổ chức (?:hội|lễ)|đến|sang|hợp tác(?! (?:quốc tế|phát triển|kinh tế)\b)|tìm hiểu|"
    r"giao lưu|biểu diễn|học tập|tập huấn)\b"
)


def _seats() -> str:
    """A pattern for the places in Viet Nam where a body may have its seat."""
    places = sorted((fold(row[0]) for row in rows("vietnam-places.tsv")), key=len, reverse=True)
    return rf"(?:{'|'.join(map(re.escape, places))})"


def _body(names: tuple[str, ...]) -> str:
    spelled = sorted((r"\W+".join(map(re.escape, words(name))) for name in names), key=len, reverse=True)
    return rf"\b(?:{'|'.join(spelled)})\b"


class ResidentBodies:
    """Foreign bodies as a pack names them: `always` reside here, `others` where a text gives their seat here."""

    def __init__(self, always: tuple[str, ...], others: tuple[str, ...]) -> None:
        self._always = always
        self._others = others
        self._first_words = frozenset(next(iter(words(name)), "") for name in (*always, *others))

    @cached_property
    def _patterns(self) -> tuple[re.Pattern[str], re.Pattern[str]]:
        ours = r"(?!\s*(?:nước\s+)?(?:chxhcn\s+)?việt nam)"  # "Đại sứ quán Việt Nam tại Lào" is our own
        seat = (
            r"(?:tại|ở|đóng tại|thường trú tại)\s+"
            rf"(?:tỉnh |thành phố |tp\.? ?|thủ đô |địa bàn |khu vực )*{_seats()}\b"
        )
        return (
            re.compile(rf"(?P<body>{_body(self._always)}){ours}"),
            re.compile(
                rf"(?P<body>{_body(self._others)})(?!\s+quán)(?P<between>[^;\n]{{0,80}}?)"
                rf"(?:\b{seat}|\bviệt nam\b(?!\s*(?:-|tại|ở)))"
            ),
        )

    def first(self, text: str) -> str | None:
        """The resident body that `text` names first; None where it names none."""
        if self._first_words.isdisjoint(words(text)):  # nearly all texts, told without a search
            return None
        flat = fold(text)
        always, others = self._patterns
        if match := always.search(flat):
            return match["body"]
        at = 0
        while match := others.search(flat, at):
            if not _DOING.search(match["between"]):
                return match["body"]
            at = match.end("body")  # "Đoàn của tổ chức X làm việc với UNDP tại Hà Nội" names a second one
        return None
