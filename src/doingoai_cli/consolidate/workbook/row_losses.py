"""What cannot be believed of a sheet's rows, and what is said of those that were found out of their place."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from doingoai_cli.consolidate.workbook.row_digests import (
    BLANK,
    OPINION,
    REMARK,
    RowDigest,
    SheetRow,
    joined,
    own_agreement,
    part,
)
from doingoai_cli.model.consolidated import REMARK_COLUMN
from doingoai_cli.vietnamese.numbers import format_number

_Rows = Mapping[int, SheetRow]
_Stored = Mapping[str, RowDigest]
_FEW = 3
_SEVERAL = 2
_TELLING = 8
_MOST = 0.8


def separated_rows(sheet: str, rows: _Rows, moved: Mapping[int, str], stored: _Stored) -> Iterable[str]:
    """Texts that moved away from the agency or the review that stood beside them."""
    apart, stayed, went = [], 0, 0
    for number, record_id in moved.items():
        row, digest, old = rows[number], stored[record_id], stored.get(rows[number].record_id)
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


def displaced_reviews(sheet: str, rows: _Rows, ids: Mapping[int, str], stored: _Stored) -> Iterable[str]:
    """Reviews beside the text of another record than the one beside which their place was written.

    Whether they were written before the text moved or after, nothing tells. An id that stands beside two
    reviews was filled down or copied, one that its own row lacks was moved with the review: they tell nothing.
    """
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


def mixed_rows(
    sheet: str,
    rows: _Rows,
    ids: Mapping[int, str],
    stored: _Stored,
    present: Sequence[int],
    columns: Mapping[int, str],
) -> Iterable[str]:
    """Columns whose texts stand beside other records than before: sorted, or moved up, without the others."""
    for place in present:
        if place == OPINION:  # a few words that any row may have
            continue
        now, was, where = Counter[bytes](), Counter[bytes](), []
        for number, record_id in ids.items():
            said, old = part(rows[number].digest, place), part(stored[record_id], place)
            if said != old:
                now[said] += 1
                was[old] += 1
                where.append(number)
        del now[BLANK], was[BLANK]
        if _is_mixed(now, was, Counter(part(digest, place) for digest in stored.values())):
            yield (
                f"Trang “{sheet}”: cột “{columns.get(place, '?')}” của {len(where)} dòng ({_listed(where)}) mang "
                "nội dung của dòng khác (có thể đã sắp xếp hoặc dồn ô riêng cột này). Cách sửa: hoàn tác (Ctrl+Z) "
                "hoặc lấy lại bản trước."
            )


def shifted_rows(rows: _Rows, ids: Mapping[int, str], stored: _Stored, present: Sequence[int]) -> list[int]:
    """Rows in which several texts are another record's alone, whose own row has lost them: cells were moved up.

    Of one or two such rows `mixed_rows` cannot tell; a text that is copied stands in both rows and is no loss. A
    review that stood beside the other record is as good as a text.
    """
    lost = _Lost(rows, ids, stored, [place for place in present if place not in (OPINION, REMARK)])
    found = []
    for number, record_id in ids.items():
        owners = Counter(lost.of(number, record_id))
        owners.update({of for of in owners if of == rows[number].reviewed})
        if any(texts >= _SEVERAL for texts in owners.values()):
            found.append(number)
    return found


def told_of_shifted(sheet: str, numbers: Sequence[int]) -> Iterable[str]:
    """What is wrong with such rows."""
    if numbers:
        yield (
            f"Trang “{sheet}”: {len(numbers)} dòng ({_listed(numbers)}) mang một phần nội dung của dòng khác, và "
            "dòng đó không còn phần ấy (có thể đã dồn ô một số cột). Cách sửa: hoàn tác (Ctrl+Z) hoặc lấy lại "
            "bản trước."
        )


def moved_remarks(rows: _Rows, ids: Mapping[int, str], stored: _Stored) -> list[int]:
    """Rows with a note that stood beside another record, which has it no longer."""
    lost = _Lost(rows, ids, stored, (REMARK,))
    return [number for number, record_id in ids.items() if any(lost.of(number, record_id))]


def told_of_remarks(sheet: str, numbers: Sequence[int]) -> Iterable[str]:
    """What is said of such notes: an officer may have put them there."""
    if numbers:
        yield (
            f"Trang “{sheet}”: cột “{REMARK_COLUMN}” của {len(numbers)} dòng ({_listed(numbers)}) mang ghi chú "
            "trước đây của dòng khác; nhận theo chỗ mới: kiểm tra lại."
        )


class _Lost:
    """Texts that one record alone had, and that its own row has no longer."""

    def __init__(self, rows: _Rows, ids: Mapping[int, str], stored: _Stored, places: Sequence[int]) -> None:
        self._rows, self._stored, self._places = rows, stored, places
        self._standing = {record_id: rows[number].digest for number, record_id in ids.items()}
        self._owners: dict[tuple[int, bytes], list[str]] = {}
        for record_id, digest in stored.items():
            for place in places:
                self._owners.setdefault((place, part(digest, place)), []).append(record_id)

    def of(self, number: int, record_id: str) -> Iterable[str]:
        """The records whose lost texts stand in a row that is `record_id`, once for each text."""
        for place in self._places:
            said = part(self._rows[number].digest, place)
            if said in (BLANK, part(self._stored[record_id], place)):
                continue
            owners = self._owners.get((place, said), [])
            if len(owners) == 1 and part(self._standing.get(owners[0], b""), place) != said:
                yield owners[0]


def _is_mixed(now: Counter[bytes], was: Counter[bytes], uses: Counter[bytes]) -> bool:
    """Whether texts changed places; in a column that says something else in every row, a few of them show it."""
    shared = (now & was).total()
    own = sum(1 for count in uses.values() if count == 1)
    if len(uses) >= _TELLING and own >= _MOST * uses.total():
        return sum(1 for said in now if uses[said] == 1) >= _FEW
    return shared >= _FEW and shared >= _MOST * max(now.total(), was.total())


def other_rows(
    sheet: str,
    rows: _Rows,
    ids: Mapping[int, str],
    stored: _Stored,
    doubtful: Sequence[int],
    columns: Mapping[int, str],
) -> Iterable[str]:
    """Columns that were taken for others by their place, and hold something else."""
    for place in doubtful:
        pairs = [(part(rows[n].digest, place), part(stored[record_id], place)) for n, record_id in ids.items()]
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


def told_of_rows(
    sheet: str,
    rows: Sequence[SheetRow],
    ids: Mapping[int, str],
    moved: Mapping[int, str],
    stored: _Stored,
    fields: Sequence[int],
) -> Iterable[str]:
    """Rows that were known by their text, copies, rows that were overwritten, and new ones."""
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
        said = joined(row.digest, fields)
        of = holders.get(row.record_id, first.get(said))
        if row.number in ids:
            pass  # it is the record that it says it is
        elif of is not None and said.strip(b"\0"):
            yield (
                f"Trang “{sheet}”, dòng {row.number}: chép từ dòng {of}, được coi là dòng cán bộ thêm và đang "
                "được tính cùng dòng đó; nếu không chủ ý, xóa một trong hai dòng."
            )
        elif row.record_id in stored:
            yield (
                f"Trang “{sheet}”, dòng {row.number}: nội dung khác hẳn bản ghi có mã {row.record_id}, được coi "
                "là dòng cán bộ thêm."
            )
        else:
            new.append(row.number)
        first.setdefault(said, row.number)
    if new:
        yield f"Trang “{sheet}”: {len(new)} dòng cán bộ thêm ({_listed(new)}), được tính như các dòng khác."
