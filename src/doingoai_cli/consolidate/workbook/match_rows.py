"""Which row of a form's sheet is which record: an id is believed only where the row's own text agrees with it.

Rows whose text belongs to another record (columns were sorted without the hidden ones, cells moved up, rows
copied) are found again by their text, and said. Where the cells of one row belong to several records, nothing can
be believed: that is a loss, and the workbook is not taken.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from doingoai_cli.consolidate.workbook.prints import (
    AGENCY,
    BLANK,
    CODES,
    OPINION,
    OWN,
    REMARK,
    SOURCE,
    WIDTH,
    Print,
    agreement,
    part,
)
from doingoai_cli.vietnamese.numbers import format_number

_COMMON = 40
"""A text that more rows than this share tells nothing of which of them it is."""
_FEW = 3
_TELLING = 8
_MOST = 0.8


class SheetRow(NamedTuple):
    """One row as it stands: its number, the id beside it ("" for none) and what it says."""

    number: int
    record_id: str
    mark: Print


class Matched(NamedTuple):
    """Row number → the record that the row is; a row that is not there is the officer's own."""

    ids: Mapping[int, str]
    moved: frozenset[str]
    """Those of them that were known by their text, not by their id."""
    losses: tuple[str, ...]
    notices: tuple[str, ...]


def match_rows(
    sheet: str,
    rows: Sequence[SheetRow],
    kept: Mapping[str, Print],
    present: Sequence[int],
    columns: Mapping[int, str],
    guessed: Collection[str] = (),
) -> Matched:
    """`present` are the places of prints whose columns are there; `columns` their headings, for sentences.

    `guessed` are the headings that were told by their place: what the columns hold must bear it out.
    """
    matching = _Matching(rows, kept, [place for place in present if place >= OWN])
    matching.by_id(matching.equal)
    matching.by_text()
    matching.by_id(matching.telling)
    matching.by_most()
    matching.by_id(matching.half)
    ids, found = matching.ids, {row.number: row for row in rows}
    moved = {number: record_id for number, record_id in ids.items() if found[number].record_id != record_id}
    doubtful = [place for place in present if columns[place] in guessed]
    losses = [
        *_torn(sheet, found, moved, kept),
        *_mixed(sheet, found, ids, kept, present, columns),
        *_other(sheet, found, ids, kept, doubtful, columns),
    ]
    notices = _told(sheet, rows, ids, moved, kept, matching.fields)
    return Matched(ids, frozenset(moved.values()), tuple(losses), tuple(notices))


class _Matching:
    """Rows and records that are not matched yet; each step takes what it is sure of."""

    def __init__(self, rows: Sequence[SheetRow], kept: Mapping[str, Print], fields: Sequence[int]) -> None:
        self.left = {row.number: row for row in rows}
        self.pool = dict(kept)
        self.fields = fields
        self.ids: dict[int, str] = {}
        self.uses = Counter((place, part(mark, place)) for mark in kept.values() for place in fields)

    def take(self, number: int, record_id: str) -> None:
        self.ids[number] = record_id
        del self.left[number], self.pool[record_id]

    def by_id(self, agrees: Callable[[Print, Print], float]) -> None:
        """Rows whose text agrees with the id beside them; of several with one id, the one that agrees best."""
        claims: dict[str, list[tuple[float, int]]] = {}
        for row in self.left.values():
            if row.record_id in self.pool and (score := agrees(row.mark, self.pool[row.record_id])):
                claims.setdefault(row.record_id, []).append((-score, row.number))
        for record_id, claimed in claims.items():
            self.take(min(claimed)[1], record_id)

    def by_text(self) -> None:
        """Rows whose text is that of a record that no row has claimed; the same agency and source first."""
        waiting: dict[bytes, list[str]] = defaultdict(list)
        for record_id, mark in self.pool.items():
            waiting[_joined(mark, self.fields)].append(record_id)
        for row in list(self.left.values()):
            said = _joined(row.mark, self.fields)
            places = waiting.get(said)
            if places and said.strip(b"\0"):
                best = max(places, key=lambda record_id: _own_agreement(row.mark, self.pool[record_id]))
                places.remove(best)
                self.take(row.number, best)

    def by_most(self) -> None:
        """Rows whose telling cells are mostly those of a record that no row has claimed, whatever id they bear."""
        holders: dict[tuple[int, bytes], list[str]] = defaultdict(list)
        for record_id, mark in self.pool.items():
            for place in self.fields:
                if (said := part(mark, place)) != BLANK and self.uses[place, said] <= _COMMON:
                    holders[place, said].append(record_id)
        scored = []
        for row in self.left.values():
            near = {i for place in self.fields for i in holders.get((place, part(row.mark, place)), ())}
            scores = ((self.telling(row.mark, self.pool[record_id]), record_id) for record_id in near)
            scored += [(-score, row.number, record_id) for score, record_id in scores if score]
        for _, number, record_id in sorted(scored):
            if number in self.left and record_id in self.pool:
                self.take(number, record_id)

    def equal(self, one: Print, other: Print) -> float:
        said = _joined(one, self.fields)
        return float(said == _joined(other, self.fields) and bool(said.strip(b"\0")))

    def telling(self, one: Print, other: Print) -> float:
        """How much of what tells the record apart agrees, from a half on: texts that many share weigh little."""
        same = told = 0.0
        for place in self.fields:
            mine, theirs = part(one, place), part(other, place)
            weight = 1 / (self.uses[place, theirs] or 1) if theirs != BLANK else float(mine != BLANK) / 2
            told += weight
            same += weight if mine == theirs else 0.0
        return same / told if told and same * 2 >= told else 0.0

    def half(self, one: Print, other: Print) -> float:
        same, told = agreement(one, other, self.fields)
        return same / told if told and same * 2 >= told else 0.0


def _joined(mark: Print, fields: Sequence[int]) -> bytes:
    return b"".join([mark[place * WIDTH : (place + 1) * WIDTH] for place in fields])


def _own_agreement(one: Print, other: Print) -> int:
    return sum(part(one, place) == part(other, place) for place in (AGENCY, SOURCE, CODES))


# --- what cannot be believed -------------------------------------------------------------------------------


def _torn(
    sheet: str, rows: Mapping[int, SheetRow], moved: Mapping[int, str], kept: Mapping[str, Print]
) -> Iterable[str]:
    """Texts that moved away from the agency or the review that stood beside them."""
    apart, stayed, went = [], 0, 0
    for number, record_id in moved.items():
        row, mark, old = rows[number], kept[record_id], kept.get(rows[number].record_id)
        if old is None:
            continue
        if _own_agreement(row.mark, old) > _own_agreement(row.mark, mark):
            apart.append(number)
        for place in (OPINION, REMARK):
            was, is_ = part(old, place), part(mark, place)
            if was != is_:
                stayed += part(row.mark, place) == was != BLANK
                went += part(row.mark, place) == is_ != BLANK
    if apart:
        yield (
            f"Trang “{sheet}”: {len(apart)} dòng ({_listed(apart)}) có nội dung của một dòng nhưng cơ quan, nguồn "
            "của dòng khác (có thể đã sắp xếp hoặc dồn ô một số cột mà không kèm các cột còn lại). Cách sửa: hoàn "
            "tác (Ctrl+Z) hoặc lấy lại bản trước, rồi sắp xếp cả bảng bằng nút lọc của bảng."
        )
    elif stayed > went:
        yield (
            f"Trang “{sheet}”: nội dung của {len(moved)} dòng đã chuyển chỗ nhưng ý kiến thẩm định ở lại chỗ cũ. "
            "Cách sửa: hoàn tác hoặc lấy lại bản trước, rồi sắp xếp cả bảng bằng nút lọc của bảng."
        )


def _mixed(
    sheet: str,
    rows: Mapping[int, SheetRow],
    ids: Mapping[int, str],
    kept: Mapping[str, Print],
    present: Sequence[int],
    columns: Mapping[int, str],
) -> Iterable[str]:
    """Columns whose texts stand beside other records than before: sorted, or moved up, without the others."""
    for place in present:
        if place == OPINION:  # a few words that any row may have
            continue
        now, was, where = Counter[bytes](), Counter[bytes](), []
        for number, record_id in ids.items():
            said, old = part(rows[number].mark, place), part(kept[record_id], place)
            if said != old:
                now[said] += 1
                was[old] += 1
                where.append(number)
        del now[BLANK], was[BLANK]
        if _is_mixed(now, was, Counter(part(mark, place) for mark in kept.values())):
            yield (
                f"Trang “{sheet}”: cột “{columns.get(place, '?')}” của {len(where)} dòng ({_listed(where)}) mang "
                "nội dung của dòng khác (có thể đã sắp xếp hoặc dồn ô riêng cột này). Cách sửa: hoàn tác (Ctrl+Z) "
                "hoặc lấy lại bản trước."
            )


def _is_mixed(now: Counter[bytes], was: Counter[bytes], uses: Counter[bytes]) -> bool:
    """Whether texts changed places; in a column that says something else in every row, a few of them show it."""
    shared = (now & was).total()
    own = sum(1 for count in uses.values() if count == 1)
    if len(uses) >= _TELLING and own >= _MOST * uses.total():
        return sum(1 for said in now if uses[said] == 1) >= _FEW
    return shared >= _FEW and shared >= _MOST * max(now.total(), was.total())


def _other(
    sheet: str,
    rows: Mapping[int, SheetRow],
    ids: Mapping[int, str],
    kept: Mapping[str, Print],
    doubtful: Sequence[int],
    columns: Mapping[int, str],
) -> Iterable[str]:
    """Columns that were taken for others by their place, and hold something else."""
    for place in doubtful:
        pairs = [(part(rows[n].mark, place), part(kept[record_id], place)) for n, record_id in ids.items()]
        told = [said == old for said, old in pairs if old != BLANK]
        if told and sum(told) * 2 < len(told):
            yield (
                f"Trang “{sheet}”: không còn thấy cột “{columns[place]}”: cột đứng ở chỗ đó ghi nội dung khác. "
                f"Cách sửa: đặt lại đúng tiêu đề “{columns[place]}” cho cột của nó, hoặc hoàn tác việc xóa cột."
            )


def _listed(numbers: Sequence[int]) -> str:
    shown = ", ".join(map(str, sorted(numbers)[:8]))
    more = len(numbers) - 8
    return f"dòng {shown}" + (f" và {format_number(more)} dòng khác" if more > 0 else "")


# --- what is said ------------------------------------------------------------------------------------------


def _told(
    sheet: str,
    rows: Sequence[SheetRow],
    ids: Mapping[int, str],
    moved: Mapping[int, str],
    kept: Mapping[str, Print],
    fields: Sequence[int],
) -> Iterable[str]:
    numbers = sorted(number for number in moved)
    if numbers:
        yield (
            f"Trang “{sheet}”: {len(numbers)} dòng ({_listed(numbers)}) có mã ẩn không khớp nội dung hoặc mất mã; "
            "đã nhận lại theo nội dung, ý kiến thẩm định đứng cùng dòng được coi là của dòng đó: kiểm tra lại."
        )
    first: dict[bytes, int] = {}
    new: list[int] = []
    holders = {record_id: number for number, record_id in ids.items()}
    for row in sorted(rows, key=lambda row: (row.number not in ids, row.number)):
        said = _joined(row.mark, fields)
        of = holders.get(row.record_id, first.get(said))
        if row.number in ids:
            pass  # it is the record that it says it is
        elif of is not None and said.strip(b"\0"):
            yield (
                f"Trang “{sheet}”, dòng {row.number}: chép từ dòng {of}, được coi là dòng cán bộ thêm và đang "
                "được tính cùng dòng đó; nếu không chủ ý, xóa một trong hai dòng."
            )
        elif row.record_id in kept:
            yield (
                f"Trang “{sheet}”, dòng {row.number}: nội dung khác hẳn bản ghi có mã {row.record_id}, được coi "
                "là dòng cán bộ thêm."
            )
        else:
            new.append(row.number)
        first.setdefault(said, row.number)
    if new:
        yield f"Trang “{sheet}”: {len(new)} dòng cán bộ thêm ({_listed(new)}), được tính như các dòng khác."
