"""Which countries a region covers (châu lục, khu vực): "Pháp - Châu Âu" names one country and where it lies."""

from functools import cache

from doingoai_cli.vietnamese.places.gazetteer import countries
from doingoai_cli.vietnamese.tables import rows
from doingoai_cli.vietnamese.text import key


@cache
def _regions() -> tuple[tuple[str, frozenset[str]], ...]:
    return tuple((key(words), frozenset(areas.split("|"))) for words, areas in rows("regions.tsv"))


def covers(region: str, code: str) -> bool:
    """Whether the country `code` lies in what the general term `region` names; a region of no area covers all."""
    said = f" {key(region)} "
    areas = next((areas for words, areas in _regions() if f" {words} " in said), None)
    return areas is None or countries()[code].subregion in areas
