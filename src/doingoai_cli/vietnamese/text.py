"""Vietnamese text made comparable: one spelling for what people type in many (chuẩn hóa văn bản).

`clean` is for text that is stored and printed; `fold` is for comparing and is never shown. Diacritics stay:
"Ý" is not "Y".
"""

import re
import unicodedata
from functools import lru_cache
from itertools import filterfalse

# Letters of other alphabets that look like Đ/đ, and spaces that Word and the web leave behind.
_LOOKALIKES = str.maketrans({"\u00d0": "Đ", "\u00f0": "đ", "\u0189": "Đ", "\u0256": "đ"})
_INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad]")
_SPACES = re.compile(r"[^\S\n]+")
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]")
# Every letter that `clean` may change, normal form apart: one look tells that most cells need no cleaning.
_UNCLEAN = re.compile(
    r"[\x00-\x1f\x7f-\xa0\xad\xd0\xf0\u0189\u0256\u1680\u2000-\u200f\u2028-\u202f\u205f-\u2064\u3000\ufeff]"
)
_DASHES = re.compile(r"[\u2010-\u2015\u2212\u2043\ufe58\ufe63\uff0d]")
_QUOTES = {"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "`": "'"}
_SLASHES = {"\u2044": "/", "\u2215": "/"}
# Single characters for Roman numerals (Ⅱ) and the full-width letters of East Asian keyboards.
_WIDE = map(chr, (*range(0x2160, 0x2180), *range(0xFF01, 0xFF5F)))
_PLAIN = str.maketrans(_QUOTES | _SLASHES | {wide: unicodedata.normalize("NFKC", wide) for wide in _WIDE})

_TONES = "\u0300\u0301\u0303\u0309\u0323"  # huyền, sắc, ngã, hỏi, nặng
# The old school puts the tone on the second vowel of an open oa, oe, uy (hoà, khoẻ, thuỷ), the new one on
# the first (hòa, khỏe, thủy). Only word-final pairs differ, and "qu" is a consonant: quý stays as it is.
# The nặng sorts before a breve or circumflex when decomposed: "hoặc" goes on after its tone.
_OLD_TONE = re.compile(rf"(?<!q)(?:(o)([ae])|(u)(y))([{_TONES}])(?![\w\u0302\u0306])")

_WORD = re.compile(r"\w+")
# Numbers, dates and codes, of which each is new, and syllables without a diacritic: only capitals change.
_PLAIN_SYLLABLE = re.compile(r"[0-9A-XZa-xz.,:;/()+%-]+")


def is_clean_line(text: str) -> bool:
    """Whether a text stands in one line, and `clean` gives it back.

    What `isprintable` lets pass of `_UNCLEAN` are lookalikes alone: 2.9 µs for 300 characters instead of 4.7.
    """
    return (
        text.isprintable()
        and "  " not in text
        and text[:1] != " " != text[-1:]
        and not ("\u00d0" in text or "\u00f0" in text or "\u0189" in text or "\u0256" in text)
        and unicodedata.is_normalized("NFC", text)
    )


def clean(text: str) -> str:
    """`text` in NFC without invisible or control characters, runs of spaces as one, line breaks as they are."""
    if is_clean_line(text):
        return text
    plain = "  " not in text and text[:1] != " " and text[-1:] != " " and _UNCLEAN.search(text) is None
    if plain and unicodedata.is_normalized("NFC", text):
        return text
    text = unicodedata.normalize("NFC", text).translate(_LOOKALIKES)
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u000b", "\n")
    text = _CONTROL.sub(" ", _INVISIBLE.sub("", text))
    lines = (_SPACES.sub(" ", line).strip() for line in text.split("\n"))
    return "\n".join(lines).strip("\n")


_REMARK = re.compile(
    r"\n\W{0,4}(?:ghi chú|lưu ý|chú thích)\b.*\Z"
    r"|(?<=[\w).\]])\s?(?:\((?:dự kiến|tạm tính|\*{1,3}|(?:có |kèm )?(?:theo )?danh sách\b[^()]*"
    # what the plan or another year had, beside what this one has
    r"|(?:kế hoạch|kh|cùng kì|năm trước|năm (?:19|20)\d\d)(?: (?:năm )?(?:19|20)\d\d)? ?:[^()]*"
    r"|(?:tăng|giảm|đạt|bằng)\b[^()\d]*\d[^()]*|[^()\d]{0,20}\bsố \d{1,5}/[^()]*)\)|[*¹²³⁴⁵]{1,3})(?=\W{0,9}\Z)",
    re.IGNORECASE | re.DOTALL,
)
_MAY_REMARK = re.compile(r"[\n)*¹²³⁴⁵]")  # in every remark; found in a sixth of the time


def without_remarks(text: str) -> str:
    """Cleaned `text` without a note below it ("⏎Ghi chú: …") or behind it ("(dự kiến)", "(kế hoạch: 40)", "*")."""
    return text if text.isalnum() or _MAY_REMARK.search(text) is None else _REMARK.sub("", text)


def unwrapped(text: str) -> str:
    """Cleaned `text` with the lines made one that are broken within a sentence: "Không⏎sử dụng vốn vay".

    A line goes on where it begins with a small letter and the one before neither does nor ends a sentence.
    """
    if "\n" not in text:
        return text
    lines = text.split("\n")
    joined, opens, last = lines[:1], lines[0][:1], lines[0][-1:]
    for line in lines[1:]:
        item = line[1:2] in (")", ".", "/")  # "a) …"
        goes_on = (
            line[:1].islower() and not item and opens.isalnum() and not opens.islower() and last not in ".;:!?"
        )
        joined.append(f" {line}" if goes_on else f"\n{line}")
        opens, last = opens if goes_on else line[:1], line[-1:]
    return "".join(joined)


def plain_dashes(text: str) -> str:
    """`text` with every kind of dash and hyphen as "-", and so the minus sign."""
    return _DASHES.sub("-", text)


def _new_tone(match: re.Match[str]) -> str:
    first, second, tone = (g for g in match.groups() if g)
    return first + tone + second


# i and y stand for one another after these initials in an open syllable (kỳ/kì, lý/lí, mỹ/mĩ, tỷ/tỉ, sỹ/sĩ,
# hy/hi, quý/quí): the sound is the same and both spellings are official somewhere.
_I_FOR_Y = re.compile(rf"\b(h|k|l|m|s|t|v|qu)y([{_TONES}]?)(?!\w)")


@lru_cache(maxsize=65536)  # saves 0.4 s
def fold(text: str) -> str:
    """The comparing form of `text`: clean, lower case, one space, one tone placement, i for a final y.

    Dashes, quotation marks, Roman numerals and full-width letters become the plain ones; punctuation stays.
    """
    return " ".join(filter(None, map(_folded, text.split())))


# Neither cleaning nor folding looks over a space, and all cells of an inbox are made of the same few thousand
# syllables: a text that was never seen costs one look-up a syllable.
@lru_cache(maxsize=65536)  # saves 0.065 s
def _folded(syllable: str) -> str:
    """`fold` of what stands between two spaces; control characters in it are spaces, too."""
    if _PLAIN_SYLLABLE.fullmatch(syllable):
        return syllable.lower()
    plain = " ".join(plain_dashes(clean(syllable)).translate(_PLAIN).split())
    # NFD also splits ê, ơ, ă …; only the five tones move, so the class is tested on the decomposed text.
    decomposed = _OLD_TONE.sub(_new_tone, unicodedata.normalize("NFD", plain.lower()))
    return unicodedata.normalize("NFC", _I_FOR_Y.sub(r"\1i\2", decomposed))


@lru_cache(maxsize=65536)  # saves 0.74 s
def words(text: str) -> tuple[str, ...]:
    """The words of `fold(text)` without punctuation."""
    return tuple([word for syllable in text.split() for word in _words_in(syllable)])


@lru_cache(maxsize=65536)  # saves 0.34 s
def _words_in(syllable: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(_folded(syllable)))


def key(text: str) -> str:
    """`text` as words alone, for names and labels where punctuation says nothing."""
    return " ".join(words(text))


_BLANK = re.compile(r"[\s.…\-_/]*")


def is_blank(text: str) -> bool:
    """Whether a cell's text says nothing: empty, or only dots, dashes and the like ("…", "-")."""
    if text and (text[0].isalnum() or text[-1].isalnum() or text[1:2].isalnum()):
        return False  # nearly every text; the last are numbers of columns, "(1)"
    return _BLANK.fullmatch(plain_dashes(clean(text))) is not None


def first_word(text: str) -> str:
    """The first of `words(text)`, found without the others; "" where there is none."""
    first = text.split(None, 1)
    if first and (said := _words_in(first[0])):  # nearly every text begins with a word
        return said[0]
    return next(iter(words(text)), "")


def shortened(text: str, most: int = 120) -> str:
    """A value on one line, cut where it is longer than `most`: in a sentence that names it."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1] + "…"


def capitalised(text: str) -> str:
    """`text` as a sentence begins; the other letters as they are ("UBND")."""
    return text[:1].upper() + text[1:]


def decapitalised(text: str) -> str:
    """A label within a sentence; the other letters as they are."""
    return text[:1].lower() + text[1:]


def without_diacritics(text: str) -> str:
    """`text` with the bare letters: "Đồng Hới" → "Dong Hoi"."""
    decomposed = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(filterfalse(unicodedata.combining, decomposed))


def without_tones(text: str) -> str:
    """`text` without its tones, the letters as they are: "Bê-la-rút" → "Bê-la-rut"."""
    bare = "".join(mark for mark in unicodedata.normalize("NFD", text) if mark not in _TONES)
    return unicodedata.normalize("NFC", bare)


def ascii_slug(text: str) -> str:
    """`text` as a file name that every system takes: "Sở Y tế" → "so-y-te"."""
    plain = without_diacritics(clean(text).lower())
    return re.sub(r"[^a-z0-9]+", "-", plain.encode("ascii", "ignore").decode()).strip("-") or "khong-ten"
