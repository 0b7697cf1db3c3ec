"""Items of a list of countries that are no country anybody knows ("Đức, Phap, Nhật Bản").

An item is what stands between separators, outside brackets. It is a name where it is written as one; a name that
is a known place, a body, or stands before its country ("Sakai, Nhật Bản") is no unknown country.
"""

import re
from collections.abc import Iterator, Sequence

from doingoai_cli.shipped import precomputed
from doingoai_cli.vietnamese.fuzzy import most_alike
from doingoai_cli.vietnamese.places.gazetteer import NO_COUNTRY, Sign, country_spellings
from doingoai_cli.vietnamese.syllables import is_syllable
from doingoai_cli.vietnamese.tables import names, rows
from doingoai_cli.vietnamese.text import fold, key, without_diacritics

_MOST_WORDS = 4
_LONGEST_ACRONYM = 8
_MISSPELLED = 75  # of 100: so much of a country's name has to be left of it
_SEPARATORS = frozenset(",&\n;b")
_STATE = re.compile(r"(?:vương quốc|(?:tiểu|đại công) (?:vương )?quốc|cộng hòa|liên bang|quốc đảo|nước) ")
_WORD = re.compile(r"[^\W\d_]+")
_LEVELS = (
    "thủ đô|thành phố|tp|tỉnh|bang|quận|huyện|đảo|quần đảo|vùng|hạt|khu|bản|làng|thị trấn|thị xã|thị|cố đô|miền|"
    "phủ|châu|mường|cửa khẩu|sân bay|cảng|đặc khu|xã|phường"
)
_PLACE = re.compile(
    rf"(?:{_LEVELS}) .+|.+ (?:city|province|prefecture|state|county|island)|.+(?:-ken|-si|-gun|-do)"
)


def unknown_countries(text: str, read: Sequence[Sign]) -> tuple[str, ...]:
    """The unknown items of a cleaned text, as typed; none where it names no country at all."""
    if not any(sign.letter in "CP" for sign in read):
        return ()
    items, capitals = list(_items(text, read)), (text.isupper(), text.islower())
    found = []
    for at, item in enumerate(items):
        if not all(sign.letter == "x" and sign.value != NO_COUNTRY for sign in item):
            continue
        name = text[item[0].start : item[-1].end]
        state = _STATE.match(fold(name))
        own = name[state.end() :] if state else name
        before_its_country = at == 0 and len(items) == 2 and not state
        if _is_name(own, capitals) and not _is_known(own) and (not before_its_country or _misspelled(name)):
            found.append(name)
    return tuple(found)


def _items(text: str, read: Sequence[Sign]) -> Iterator[list[Sign]]:
    item, depth = list[Sign](), 0
    for sign in read:
        depth += (sign.letter == "(") - (sign.letter == ")")
        spaced = sign.letter == "-" and text[sign.start - 1 : sign.start].isspace()
        if depth <= 0 and (sign.letter in _SEPARATORS or spaced):
            if item:
                yield item
            item = []
        elif sign.letter not in "-." or depth > 0:
            item.append(sign)
    if item:
        yield item


def _is_name(name: str, capitals: tuple[bool, bool]) -> bool:
    """Whether an item is written as a name: in capitals among others, or with syllables of no Vietnamese word."""
    said = _WORD.findall(name)
    if not said or len(name.split()) > _MOST_WORDS or key(name).startswith(_BODIES):
        return False
    foreign = any(not is_syllable(word) for word in said)
    upper, lower = capitals  # of the whole cell
    if (upper or lower) and not foreign:
        return _misspelled(name)  # capitals say nothing here
    if upper:
        return True
    if name.isupper() and len(name) <= _LONGEST_ACRONYM and " " not in name:
        return False  # JICA, UNESCO
    return all(word[0].isupper() for word in name.split()) or lower


_OTHER_BODIES = ("tổ chức", "ngân hàng", "chương trình", "dự án", "đối tác", "mạng lưới", "phái đoàn")

_BODIES = tuple(map(key, (*names("people-words.tsv")["body"], *_OTHER_BODIES)))
"""What names of bodies begin with."""


def _is_known(name: str) -> bool:
    """Whether a name is a place at home or abroad, or says that it is one."""
    return _PLACE.fullmatch(fold(name)) is not None or _letters(name) in precomputed("known-places", _known_places)


def _known_places() -> frozenset[str]:
    abroad = (name for listed in names("cities-abroad.tsv").values() for name in listed)
    at_home = (row[0] for row in rows("vietnam-places.tsv"))
    local = (name for listed in names("localities.tsv").values() for name in listed)
    return frozenset(map(_letters, (*abroad, *at_home, *local)))


def _letters(name: str) -> str:
    """A name's letters without accents: what romanised names are compared by."""
    return "".join(filter(str.isalpha, without_diacritics(name.lower())))


def _misspelled(name: str) -> bool:
    """Whether a name is nearly that of a country ("Phap", "Thái Lna")."""
    letters = _letters(name)
    spelled = precomputed("plain-spellings", lambda: tuple({_letters(one) for one in country_spellings()}))
    return letters in spelled or bool(most_alike(letters, spelled, _MISSPELLED))
