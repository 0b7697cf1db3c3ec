"""Legacy Vietnamese encodings (bảng mã cũ): TCVN3 of the .Vn fonts and VNI of the VNI- fonts, to Unicode.

A legacy font draws Vietnamese letters at the places of Latin-1, so that a cell holds "Hµn Quèc" where the page
shows "Hàn Quốc". The texts have to come as they stand in the file: TCVN3 writes ư as a soft hyphen.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from doingoai_cli.vietnamese.syllables import is_syllable

_MARKS = {"\u0300": "ø", "\u0301": "ù", "\u0309": "û", "\u0303": "õ", "\u0323": "ï"}
"""The tones (huyền, sắc, hỏi, ngã, nặng) in the order of the tables below, each with its VNI mark."""

# The letter alone, then with each tone; "." where the letter is plain ASCII.
_TCVN3_LETTERS = {
    "a": ".µ¸¶·¹", "ă": "¨»¾¼½Æ", "â": "©ÇÊÈÉË", "e": ".ÌÐÎÏÑ", "ê": "ªÒÕÓÔÖ", "i": ".×ÝØÜÞ", "o": ".ßãáâä",
    "ô": "«åèæçé", "ơ": "¬êíëìî", "u": ".ïóñòô", "ư": "\u00adõøö÷ù", "y": ".úýûüþ",
}  # fmt: skip
_TCVN3_OTHERS = {"¡": "Ă", "¢": "Â", "£": "Ê", "¤": "Ô", "¥": "Ơ", "¦": "Ư", "§": "Đ", "®": "đ"}

# Letters whose tones are joined with the mark of ă (ê) and of â (â) in VNI.
_VNI_BREVE = dict(zip(_MARKS, "èéúüë", strict=True))
_VNI_CIRCUMFLEX = dict(zip(_MARKS, "àáåãä", strict=True))
_VNI_SINGLE = {"đ": "ñ", "ơ": "ô", "ư": "ö", "ị": "ò", "ỉ": "æ", "ĩ": "ó", "ì": "ì", "í": "í", "ỵ": "î"}


def _toned(letter: str, tone: str) -> str:
    return unicodedata.normalize("NFC", letter + tone)


def _tcvn3_table() -> dict[str, str]:
    table = dict(_TCVN3_OTHERS)
    for letter, codes in _TCVN3_LETTERS.items():
        for code, tone in zip(codes, ("", *_MARKS), strict=True):
            if code != ".":
                table[code] = _toned(letter, tone)
    return table


def _vni_table() -> dict[str, str]:
    table = {"aê": "ă", "aâ": "â", "eâ": "ê", "oâ": "ô", **{code: letter for letter, code in _VNI_SINGLE.items()}}
    for tone, mark in _MARKS.items():
        table |= {letter + mark: _toned(letter, tone) for letter in "aeiouy"}
        table |= {_VNI_SINGLE[letter] + mark: _toned(letter, tone) for letter in "ơư"}
        table |= {"a" + _VNI_BREVE[tone]: _toned("ă", tone)}
        table |= {base + _VNI_CIRCUMFLEX[tone]: _toned(letter, tone) for base, letter in ("aâ", "eê", "oô")}
    capitals = {code.upper(): letter.upper() for code, letter in table.items()}
    mixed = {code[0].upper() + code[1:]: letter.upper() for code, letter in table.items()}
    return table | mixed | capitals


_TABLES = {"TCVN3": _tcvn3_table(), "VNI": _vni_table()}


@cache  # a pattern of a hundred alternatives, 1 ms, for each encoding that is met
def _codes(encoding: str) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(_TABLES[encoding], key=len, reverse=True))))


def _decoded(text: str, encoding: str) -> str:
    table = _TABLES[encoding]
    return _codes(encoding).sub(lambda match: table[match[0]], text)


_TCVN3_FONT = re.compile(r"@?(?:[A-Z]{6}\+)?\.vn\w+?(?P<capitals>h)?(?:[ -].*)?", re.IGNORECASE)
_VNI_FONT = re.compile(r"@?(?:[A-Z]{6}\+)?vni[- ].+", re.IGNORECASE)
# Letters and marks past Latin-1, Đ and ơ among them: such text is Unicode already, whatever its font.
# Said by what they are not: of a set of 60,000 characters each would be looked at when it is compiled.
_UNICODE = re.compile(r"[^\x00-\xff\u2000-\u2fff\ud800-\U0010ffff]")


def may_be_legacy(text: str) -> bool:
    """Whether a text has letters that a legacy encoding uses, and none that only Unicode has."""
    return not text.isascii() and _UNICODE.search(text) is None


def is_legacy_font(font: str | None) -> bool:
    """Whether a font draws Vietnamese letters in the places of others: ".VnTime", "VNI-Times"."""
    return any(pattern.fullmatch(font or "") for pattern in (_TCVN3_FONT, _VNI_FONT))


def convert(text: str, font: str | None) -> tuple[str, str] | None:
    """`text` in Unicode and the encoding it was in ("TCVN3", "VNI"); None where it is not legacy text.

    The font decides; without a legacy font only strong evidence of the letters does (`looks_legacy`).
    """
    if not may_be_legacy(text):
        return None
    tcvn3 = _TCVN3_FONT.fullmatch(font or "")
    encoding = "TCVN3" if tcvn3 else "VNI" if _VNI_FONT.fullmatch(font or "") else looks_legacy(text)
    if encoding is None:
        return None
    decoded = _decoded(text, encoding)
    if tcvn3 and tcvn3["capitals"]:  # .VnTimeH draws small letters as capitals
        decoded = decoded.upper()
    return (decoded, encoding) if decoded != text else None


# A run of letters and of what the two encodings put in their place.
_WORD = re.compile(r"(?:[^\W\d_]|[\u00a1-\u00bf\u00d7\u00f7])+")
# Signs that no word has in Unicode (µ, ª and º among them), and capitals after small letters ("tØnh").
_SIGN = re.compile(r"[\u00a1-\u00bf\u00d7\u00f7]|(?<=[a-z])[À-Þ]")
_ABBREVIATION = re.compile(r"[A-ZĐ]{2,}")  # HĐND, QĐ
_FOREIGN = re.compile("[øïûöñäåëüæ]", re.IGNORECASE)  # letters that Vietnamese does not have


def looks_legacy(text: str) -> str | None:
    """TCVN3 or VNI where the letters alone prove it; None where they do not.

    At least two words change when decoded and all become syllables; one (TCVN3) or two (VNI) of them hold signs
    or letters that no correct text has there.
    """
    if not may_be_legacy(text):
        return None
    found = _WORD.findall(text)
    if _proves(found, "TCVN3", _SIGN, least=1):
        return "TCVN3"
    return "VNI" if _proves(found, "VNI", _FOREIGN, least=2) else None


def _proves(syllables: list[str], encoding: str, evidence: re.Pattern[str], least: int) -> bool:
    changed = {word for word in syllables if not word.isascii()}
    telling = [word for word in changed if evidence.search(word) and len(word) > 2]
    if len(changed) < 2 or len(telling) < least:
        return False
    if not all(_is_decoded(word, encoding) for word in changed):
        return False
    strange = [w for w in syllables if w.isascii() and len(w) > 1 and not w.isupper() and not is_syllable(w)]
    return len(strange) <= 0.2 * len(syllables)


def _is_decoded(word: str, encoding: str) -> bool:
    """Whether every code of `word` has its letter, and the letters make a syllable or an abbreviation."""
    rest, decoded = _codes(encoding).sub("", word), _decoded(word, encoding)
    return rest.isascii() and (is_syllable(decoded) or _ABBREVIATION.fullmatch(decoded) is not None)


class Habit(NamedTuple):
    """What the texts of a sheet tell together, where one alone would leave it open ("Th¸i Lan", "Quyù I")."""

    encoding: str | None
    """None: nothing in it is legacy text."""
    misused: frozenset[str]
    """Legacy fonts in which the sheet writes Unicode all the same."""
    fonts: frozenset[str | None]
    """The fonts of its legacy texts, if there are more of these than of texts that are surely Unicode."""


def habit_of(texts: Iterable[tuple[str, str | None]]) -> Habit:
    """How a sheet with these (text, font) writes Vietnamese."""
    proven: Counter[tuple[str | None, str]] = Counter()
    by_font: Counter[tuple[str | None, str]] = Counter()
    unicode: Counter[str | None] = Counter()
    for text, font in texts:
        if text.isascii():
            continue
        if _UNICODE.search(text):
            unicode[font] += 1
        elif encoding := looks_legacy(text):
            proven[font, encoding] += 1
        elif converted := convert(text, font):
            by_font[font, converted[1]] += 1
    sure: Counter[str | None] = Counter(font for font, _ in proven.elements())
    misused = frozenset(font for font, count in unicode.items() if font and count > sure[font])
    encodings: Counter[str] = Counter(encoding for _, encoding in proven.elements())
    encodings.update(encoding for font, encoding in by_font.elements() if font not in misused)
    mostly = encodings.total() > unicode.total()
    return Habit(
        encoding=max(encodings, key=lambda name: encodings[name], default=None),
        misused=misused,
        fonts=frozenset(font for font, _ in proven | by_font) if mostly else frozenset(),
    )


def convert_by_habit(text: str, font: str | None, habit: Habit) -> tuple[str, str] | None:
    """`convert` for a text of a sheet with a habit: its syllables count, if they are not syllables as they stand.

    None where it is no text in a legacy encoding.
    """
    converted = convert(text, None if font in habit.misused else font)
    if converted is not None or habit.encoding is None or not may_be_legacy(text):
        return converted
    changed = [word for word in _WORD.findall(text) if not word.isascii()]
    if not changed or not all(_is_decoded(word, habit.encoding) for word in changed):
        return None
    if font in habit.fonts or not all(map(is_syllable, changed)):
        return _decoded(text, habit.encoding), habit.encoding
    return None
