"""Ticks and set phrases of the forms (dấu X, "Trong kế hoạch", "Không phát sinh"): what a short cell says."""

import re
from collections.abc import Iterable
from itertools import chain, dropwhile, takewhile
from typing import Literal

from doingoai_cli.vietnamese.tables import names
from doingoai_cli.vietnamese.text import fold, is_blank, key, without_diacritics, words

PlanWords = Literal["in_plan", "off_plan"]

_WORDS = names("tick-words.tsv")
_TICKS, _NO_TICKS = frozenset(_WORDS["yes"]), frozenset(_WORDS["no"])
_AROUND_TICK = " \t.,;()[]{}'\"\ufe0e\ufe0f"


# "x (QĐ 12)", "X - bổ sung", "x theo CV 12": a tick with what gives the reason for it.
_NOTED_TICK = re.compile(
    r"[\s(\['\".,;]*(?P<tick>\w+|[^\w\s(\['\".,;])[\s)\].'\"]*?(?:[(\[,;:–-]|(?<=\s)(?:theo|qđ|cv|số|bổ sung|"
    r"công văn|quyết định|tờ trình|kèm|đột xuất|tháng|năm|ngày|thông báo|\d)\b).+"
)


def read_tick(value: str | int | float | bool | None) -> bool | None:
    """Whether a cell of a tick column is ticked; None where it says something else (TH01)."""
    if not isinstance(value, str):
        return bool(value) if value in (0, 1, None) else None
    word = fold(value).strip(_AROUND_TICK)
    if word in _TICKS:
        return True
    if word in _NO_TICKS or is_blank(word):
        return False
    noted = _NOTED_TICK.match(fold(value))
    if noted is None:
        return None
    return True if noted["tick"] in _TICKS else False if noted["tick"] in _NO_TICKS else None


_ABOVE = r"(?:như|nhu) ?(?:dòng |ô |hàng |mục |đoàn |cột |nêu |đã nêu |ở )?(?:trên|tren)"
_DITTO = re.compile(
    rf"[\W_]*n ?[./-]? ?t[\W_]*|[\W_]*{_ABOVE}(?: ?\(?n[./-]?t\)?)?[\W_]*"
    r"|-?[\s.]*(?:(?:\"|''|″|〃|˝|//)[\s.]?)+[\s.]*-?"
)
_LONGEST_DITTO = 24
"""Characters; a longer text is no tick."""


def is_ditto(text: str) -> bool:
    """Whether a cell says that it holds what the cell above does: "nt", "-nt-", "như trên", "//", quotes."""
    return has_ditto([(text,)])


def has_ditto(rows: Iterable[Iterable[str]]) -> bool:
    """Whether any cell of some rows says so; of nearly all their length and first letter tell that they do not."""
    short = {
        text
        for text in set(chain.from_iterable(rows))
        if len(text) <= _LONGEST_DITTO and (text[:1] in "nNｎＮ" or not text[0].isalnum())
    }
    return any(_DITTO.fullmatch(fold(text)) for text in short)


# "Trong Kế hoạch", "Trong KH năm 2019", "Ngoài KH", "Trong chương trình", "TKH", "NKH".
_PLAN = re.compile(
    r"(?:(?:loại )?đoàn )?(?:thuộc |nằm |là )?(?P<side>trong|ngoài|không trong|không có trong|không thuộc|"
    r"không nằm trong|chưa có trong|theo|có trong|đúng)"
    r" (?:kế hoạch|kh|k h|chương trình|ct)\b(?P<rest>.*)"
)
_SIDES: tuple[PlanWords, ...] = ("in_plan", "off_plan")
_PLAN_SHORT = {word: side for side in _SIDES for word in _WORDS[side]}
_IN_PLAN_SIDES = frozenset({"trong", "theo", "có trong", "đúng"})


def read_plan_words(text: str) -> PlanWords | None:
    """Which kind of delegation (loại đoàn) a cell names in words; None where it does not, or names both."""
    said = re.sub(r"^x |\bx$", "", key(_chosen(text))).strip()
    if said in _PLAN_SHORT:
        return _PLAN_SHORT[said]
    match = _PLAN.fullmatch(said)
    if match is None or re.search(r"\b(?:trong|ngoài)\b", match["rest"]):
        return None
    return "in_plan" if match["side"] in _IN_PLAN_SIDES else "off_plan"


_OPTION = re.compile(r"(?P<box>[☑☒■◼⬛▣●◉🗹🗷✓✔☐□◻⬜▢○◯])\s*(?P<label>[^☑☒■◼⬛▣●◉🗹🗷✓✔☐□◻⬜▢○◯]*)")
_EMPTY_BOXES = frozenset("☐□◻⬜▢○◯")


def _chosen(text: str) -> str:
    """The one option whose box is ticked ("■ Trong KH  □ Ngoài KH"); the text as it is where no box stands."""
    options = list(_OPTION.finditer(text))
    ticked = [option["label"] for option in options if option["box"] not in _EMPTY_BOXES]
    if not options:
        return text
    return ticked[0] if len(ticked) == 1 else ""


# What says that nothing took place: "Không", "Không có đoàn ra năm 2019", "Đoàn vào: chưa phát sinh", "00 đoàn",
# "Sở Y tế không tổ chức hội nghị nào". Every word has to be one of these, so that "Không gian văn hóa" is none.
_NIL = frozenset({"không", "ko", "chưa", "nil"})
_ZERO = frozenset({"0", "00"})
_BECAUSE = frozenset({"do", "vì"})
_NIL_WORDS, _SUBJECTS = frozenset(_WORDS["nil word"]), frozenset(_WORDS["subject"])
_ACCENTED = {without_diacritics(word): word for word in (*_SUBJECTS, *_NIL_WORDS, *_NIL)}
"""Each of these words as a keyboard without Vietnamese writes it ("khong co")."""


def is_nil(text: str) -> bool:
    """Whether a form's only content says that there was nothing to declare ("Không phát sinh")."""
    said = words(text)
    if text.isascii():
        said = tuple(_ACCENTED.get(word, word) for word in said)
    at = next((i for i, word in enumerate(said) if word in _NIL), None)
    if at is None:
        return len(said) > 1 and said[0] in _ZERO and said[1] == "đoàn" and all(map(_is_nil_word, said[1:]))
    tail = takewhile(lambda word: word not in _BECAUSE, said[at + 1 :])  # "Không tổ chức do dịch Covid-19"
    head = list(dropwhile(_is_nil_word, said[:at]))  # "Trong năm 2019, Sở không …", "Do dịch bệnh nên không …"
    opens = not head or head[0] in _SUBJECTS or head[0] in _BECAUSE
    return opens and all(map(_is_nil_word, tail))


def _is_nil_word(word: str) -> bool:
    return word in _NIL_WORDS or word in _NIL or word.isdigit()
