"""What cannot be believed of a sheet's rows, and what is said of those that were found out of their place."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from doingoai_cli.consolidate.workbook.reading.changed_places import Change, are_mixed, moved_together
from doingoai_cli.consolidate.workbook.row_digests import (
    BLANK,
    OPINION,
    REMARK,
    RowDigest,
    SheetRow,
    joined_parts,
    own_agreement,
    part,
)
from doingoai_cli.grouping import grouped
from doingoai_cli.model.own_files import OwnColumn
from doingoai_cli.vietnamese.numbers import format_number

_SEVERAL = 2


class FoundRows(NamedTuple):
    """The rows of a sheet as they stand, the records that they were found to be, and what was stored of these."""

    sheet: str
    rows: Mapping[int, SheetRow]
    ids: Mapping[int, str]
    stored: Mapping[str, RowDigest]
    columns: Mapping[int, str]
    """The places of digests whose columns are there, in order, with the headings."""

    @property
    def moved(self) -> dict[int, str]:
        """The rows that are another record than the id beside them says."""
        return {number: of for number, of in self.ids.items() if self.rows[number].record_id != of}

    @property
    def rows_of(self) -> dict[str, int]:
        """The row in which each record stands now."""
        return {record_id: number for number, record_id in self.ids.items()}

    def now_and_then(self, place: int) -> Iterator[tuple[int, bytes, bytes]]:
        """Each row that is a record: its number, what it says at a place of its digest, what it said there."""
        for number, record_id in self.ids.items():
            yield number, part(self.rows[number].digest, place), part(self.stored[record_id], place)


def separated_rows(found: FoundRows) -> Iterable[str]:
    """Texts that moved away from the agency or the review that stood beside them."""
    apart, stayed, went = [], 0, 0
    sheet, stored, moved = found.sheet, found.stored, found.moved
    for number, record_id in moved.items():
        row = found.rows[number]
        digest, old = stored[record_id], stored.get(row.record_id)
        if old is None:
            continue
        if own_agreement(row.digest, old) > own_agreement(row.digest, digest):
            apart.append(number)
        for place in (OPINION, REMARK):
            was, is_ = part(old, place), part(digest, place)
            if was != is_:
                stayed += part(row.digest, place) == was != BLANK
                went += part(row.digest, place) == is_ != BLANK
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


def displaced_reviews(found: FoundRows) -> Iterable[str]:
    """Reviews beside the text of another record than the one beside which their place was written.

    Whether they were written before the text moved or after, nothing tells. An id that stands beside two
    reviews was filled down or copied, one that its own row lacks was moved with the review: they tell nothing.
    """
    sheet, rows, ids, stored = found.sheet, found.rows, found.ids, found.stored
    uses = Counter(row.reviewed for row in rows.values())
    marked = {record_id for number, record_id in ids.items() if rows[number].reviewed}
    displaced = [
        number
        for number, record_id in ids.items()
        if (of := rows[number].reviewed) in stored and of != record_id and uses[of] == 1 and of in marked
        and any(
            part(rows[number].digest, place) not in (BLANK, part(stored[record_id], place))
            for place in (OPINION, REMARK)
        )
    ]  # fmt: skip
    if displaced:
        yield (
            f"Trang “{sheet}”: ý kiến thẩm định ở {len(displaced)} dòng ({_listed(displaced)}) đứng cạnh nội dung "
            "của dòng khác: các cột bên trái đã được sắp xếp hoặc dồn ô mà không kèm cột ý kiến. Cách sửa: hoàn "
            "tác (Ctrl+Z) hoặc lấy lại bản trước, rồi sắp xếp cả bảng bằng nút lọc của bảng. Nếu ý kiến được ghi "
            "sau khi sắp xếp và đúng với dòng bên cạnh: bỏ ẩn cột ngay sau cột ý kiến (các ô bắt đầu bằng “#”), "
            "xóa các ô của cột đó ở những dòng này rồi lưu lại."
        )


def mixed_rows(found: FoundRows) -> Iterable[str]:
    """Columns whose texts stand beside other records than before: sorted, or moved up, without the others."""
    for place, heading in found.columns.items():
        if place == OPINION:  # a few words that any row may have
            continue
        changed = [Change(n, found.ids[n], said, old) for n, said, old in found.now_and_then(place) if said != old]
        if not changed:
            continue
        written = {record_id: part(digest, place) for record_id, digest in found.stored.items()}
        if are_mixed(changed, written, found.rows_of):
            where = [change.number for change in changed]
            yield (
                f"Trang “{found.sheet}”: cột “{heading}” của {len(where)} dòng ({_listed(where)}) mang "
                "nội dung của dòng khác (có thể đã sắp xếp hoặc dồn ô riêng cột này). Cách sửa: hoàn tác (Ctrl+Z) "
                "hoặc lấy lại bản trước."
            )


def shifted_rows(found: FoundRows) -> list[int]:
    """Rows in which several texts are another record's alone, whose own row has lost them: cells were moved up.

    Of one or two such rows `mixed_rows` cannot tell; a text that is copied stands in both rows and is no loss. A
    review that stood beside the other record is as good as a text. So are texts of one column that have all moved
    by as many rows: no two rows are corrected so by hand.
    """
    lost = _Lost(found, [place for place in found.columns if place not in (OPINION, REMARK)])
    rows_of = found.rows_of
    moved: dict[int, list[tuple[int, int]]] = {}
    shifted = set()
    for number in found.ids:
        texts = [*lost.texts(number)]
        owners = Counter(owner for _, owner in texts)
        owners.update({of for of in owners if of == found.rows[number].reviewed})
        if any(count >= _SEVERAL for count in owners.values()):
            shifted.add(number)
        for place, owner in texts:
            if owner in rows_of:
                moved.setdefault(place, []).append((number, rows_of[owner]))
    shifted.update(*map(moved_together, moved.values()))
    return sorted(shifted)


def told_of_shifted(sheet: str, numbers: Sequence[int]) -> Iterable[str]:
    """What is wrong with such rows."""
    if numbers:
        yield (
            f"Trang “{sheet}”: {len(numbers)} dòng ({_listed(numbers)}) mang một phần nội dung của dòng khác, và "
            "dòng đó không còn phần ấy (có thể đã dồn ô một số cột). Cách sửa: hoàn tác (Ctrl+Z) hoặc lấy lại "
            "bản trước."
        )


def moved_remarks(found: FoundRows) -> list[int]:
    """Rows with a note that stood beside another record, which has it no longer."""
    lost = _Lost(found, (REMARK,))
    return [number for number in found.ids if any(lost.texts(number))]


def told_of_remarks(sheet: str, numbers: Sequence[int]) -> Iterable[str]:
    """What is said of such notes: an officer may have put them there."""
    if numbers:
        yield (
            f"Trang “{sheet}”: cột “{OwnColumn.REMARK}” của {len(numbers)} dòng ({_listed(numbers)}) mang ghi chú "
            "trước đây của dòng khác; nhận theo chỗ mới: kiểm tra lại."
        )


class _Lost:
    """Texts that one record alone had, and that its own row has no longer."""

    def __init__(self, found: FoundRows, places: Sequence[int]) -> None:
        self._found, self._places = found, places
        self._standing = {record_id: found.rows[number].digest for number, record_id in found.ids.items()}
        self._owners = grouped(((at, part(d, at)), of) for of, d in found.stored.items() for at in places)

    def texts(self, number: int) -> Iterable[tuple[int, str]]:
        """The lost texts of other records that stand in a row: the columns' places, and whose they are."""
        row, own = self._found.rows[number].digest, self._found.stored[self._found.ids[number]]
        for place in self._places:
            said = part(row, place)
            if said in (BLANK, part(own, place)):
                continue
            owners = self._owners.get((place, said), [])
            if len(owners) == 1 and part(self._standing.get(owners[0], b""), place) != said:
                yield place, owners[0]


def other_rows(found: FoundRows, doubtful: Collection[str]) -> Iterable[str]:
    """Columns that were taken for others by their place (the headings in `doubtful`), and hold something else."""
    for place, heading in found.columns.items():
        at = found.now_and_then(place) if heading in doubtful else ()
        told = [said == old for _, said, old in at if old != BLANK]
        if told and sum(told) * 2 < len(told):
            yield (
                f"Trang “{found.sheet}”: không còn thấy cột “{heading}”: cột đứng ở chỗ đó ghi nội dung khác. "
                f"Cách sửa: đặt lại đúng tiêu đề “{heading}” cho cột của nó, hoặc hoàn tác việc xóa cột."
            )


def _listed(numbers: Sequence[int]) -> str:
    shown = ", ".join(map(str, sorted(numbers)[:8]))
    more = len(numbers) - 8
    return f"dòng {shown}" + (f" và {format_number(more)} dòng khác" if more > 0 else "")


def told_of_rows(found: FoundRows, fields: Sequence[int]) -> Iterable[str]:
    """Rows that were known by their text, copies, rows that were overwritten, and new ones."""
    sheet, rows, ids = found.sheet, found.rows.values(), found.ids
    numbers = sorted(found.moved)
    if numbers:
        yield (
            f"Trang “{sheet}”: {len(numbers)} dòng ({_listed(numbers)}) có mã ẩn không khớp nội dung hoặc mất mã; "
            "đã nhận lại theo nội dung, ý kiến thẩm định đứng cùng dòng được coi là của dòng đó: kiểm tra lại."
        )
    first: dict[bytes, int] = {}
    new: list[int] = []
    holders = {record_id: number for number, record_id in ids.items()}
    for row in sorted(rows, key=lambda row: (row.number not in ids, row.number)):
        said = joined_parts(row.digest, fields)
        of = holders.get(row.record_id, first.get(said))
        if row.number in ids:
            pass  # it is the record that it says it is
        elif of is not None and said.strip(b"\0"):
            yield (
                f"Trang “{sheet}”, dòng {row.number}: chép từ dòng {of}, được coi là dòng cán bộ thêm và đang "
                "được tính cùng dòng đó; nếu không chủ ý, xóa một trong hai dòng."
            )
        elif row.record_id in found.stored:
            yield (
                f"Trang “{sheet}”, dòng {row.number}: nội dung khác hẳn bản ghi có mã {row.record_id}, được coi "
                "là dòng cán bộ thêm."
            )
        else:
            new.append(row.number)
        first.setdefault(said, row.number)
    if new:
        yield f"Trang “{sheet}”: {len(new)} dòng cán bộ thêm ({_listed(new)}), được tính như các dòng khác."
