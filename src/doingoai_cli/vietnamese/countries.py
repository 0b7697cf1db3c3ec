"""Destinations (nước đến): which countries a cell names, and which general terms it hides behind."""

from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from doingoai_cli.vietnamese.text import Phrases, is_blank

_DATA = Path(__file__).parent / "data"
_VAGUE = Phrases(
    [
        "các nước asean",
        "asean",
        "eu",
        "châu á",
        "châu âu",
        "đông nam á",
        "bắc mỹ",
        "một số nước",
        "nước ngoài",
        "chưa xác định",
        "các nước",
    ]
)


class Country(NamedTuple):
    """A country or territory of ISO 3166."""

    code: str
    subregion: str
    name: str
    english: str


class Destinations(NamedTuple):
    """A destination cell as read."""

    text: str
    countries: tuple[str, ...]
    vague: tuple[str, ...]
    unknown: bool
    counts: tuple[tuple[str, int], ...] = ()


@cache
def _countries() -> dict[str, Country]:
    lines = (_DATA / "countries.tsv").read_text("utf-8").splitlines()
    rows = (line.split("\t") for line in lines if not line.startswith("#"))
    return {code: Country(code, area, name, english) for code, _, area, name, english in rows}


@cache
def _aliases() -> tuple[Phrases, dict[str, str]]:
    extra = {
        "KOR": "Hàn Quốc",
        "USA": "Mỹ|Hoa Kỳ",
        "GBR": "Anh",
        "AUS": "Úc",
        "ITA": "Ý|Italia",
        "DEU": "Đức",
        "KHM": "Cam-pu-chia",
        "CHN": "CHND Trung Hoa",
        "JPN": "Nhật",
    }
    table = {name: c.code for c in _countries().values() for name in (c.name, c.english)}
    table |= {alias: code for code, names in extra.items() for alias in names.split("|")}
    return Phrases(table), table


@lru_cache(maxsize=16384)
def read_destinations(text: str) -> Destinations:
    """What `text` names as a destination."""
    if is_blank(text):
        return Destinations(text, (), (), False)
    phrases, table = _aliases()
    found = dict.fromkeys(table[alias] for _, _, alias in phrases.find(text))
    found.pop("VNM", None)
    vague = () if found else tuple(phrase for _, _, phrase in _VAGUE.find(text))
    return Destinations(text, tuple(found), vague, not found and not vague)


def country_name(code: str) -> str:
    """The Vietnamese name of a country for display ("LAO" -> "Lào")."""
    return _countries()[code].name


def subregion(code: str) -> str:
    """The UN M49 sub-region of a country, in English ("LAO" -> "South-eastern Asia")."""
    return _countries()[code].subregion
