"""Names of agencies and localities made comparable (tên cơ quan, địa phương)."""

import re
from collections.abc import Iterable
from functools import lru_cache

from doingoai_cli.vietnamese.abbreviations import written_out
from doingoai_cli.vietnamese.text import key

_LOCALITY = re.compile(r"\b(huyện|thị|thành)(?: (?:ủy|xã|phố))? (.+)")


@lru_cache(maxsize=8192)
def agency_key(name: str) -> str:
    """What two spellings of one agency have in common; equal keys are the same agency, similar ones are not."""
    return key(written_out(name))


@lru_cache(maxsize=8192)
def locality(name: str) -> str | None:
    """The district-level locality of an agency or a title ("Huyện ủy Lệ Thủy" -> "huyện lệ thủy"); None above it."""
    found = _LOCALITY.search(agency_key(name))
    return f"{found[1]} {found[2]}" if found else None


def similar_agencies(name: str, names: Iterable[str], limit: int = 3) -> tuple[str, ...]:
    """The `names` nearest to `name`, the best first, for "có phải …?"; never a ground to take two for one."""
    from rapidfuzz import fuzz, process

    found = process.extract(
        agency_key(name),
        list(names),
        scorer=fuzz.token_sort_ratio,
        processor=agency_key,
        limit=limit,
        score_cutoff=70,
    )
    return tuple(candidate for candidate, _, _ in found)
