"""Kinds over several rows and files: repeated rows, shared delegations, trips a person."""

from collections.abc import Iterable, Sequence
from typing import Annotated, Literal

from pydantic import Field

from doingoai_cli.checks.alike import SharedRecord, same_records
from doingoai_cli.checks.kind import Entry, Hit
from doingoai_cli.checks.whole import Found, Whole, WholeKind
from doingoai_cli.model.records import Record


class Unique(WholeKind):
    """Rows of one agency and form must not agree in all these fields (DL06)."""

    kind: Literal["unique"]
    ABOUT = "Các dòng của cùng một cơ quan trong cùng một mẫu không được trùng nhau ở tất cả các trường này."
    OFFERS = {
        "first_row": "số dòng đã ghi trước",
        "first": "TT của dòng đã ghi trước",
        "first_sheet": "trang của dòng đã ghi trước, nếu là trang khác",
    }
    NEEDS_FIELD = True

    def check_whole(self, form: str, fields: tuple[str, ...], whole: Whole) -> Found:
        """One hit per row that repeats an earlier one."""
        groups = whole.delegations.repeated(form, fields)
        return [
            (again, self._hit(fields[0], group[0].record, again.record))
            for group in groups
            for again in group[1:]
            if again.record.form == form
        ]

    def _hit(self, field: str, first: Record, again: Record) -> Hit:
        sheet = first.provenance.sheet
        elsewhere = sheet if sheet != again.provenance.sheet else ""
        params = {"first_row": first.provenance.row, "first": first.ordinal, "first_sheet": elsewhere}
        return Hit(field, params, related=((first, field),))


class SameDelegation(WholeKind):
    """One delegation declared by two agencies (TK01): countries, time, and names that are alike."""

    kind: Literal["same-delegation"]
    ABOUT = (
        "Hai cơ quan cùng kê khai một đoàn: cùng nước, trùng thời gian, tên gần giống nhau và cùng các con số "
        "trong tên."
    )
    PARAMS = {"ratio": "mức giống nhau của tên đoàn (0 đến 100)"}
    OFFERS = {"others": "các cơ quan cùng kê khai", "number": "số dòng trùng"}
    ratio: Annotated[int, Field(ge=50, le=100)] = 90
    FIELDS = ("name",)

    def shared(self, whole: Whole, form: str) -> list[SharedRecord]:
        """The rows of forms like this that several agencies declare."""
        return whole.delegations.shared(form, self.ratio)

    def check_whole(self, form: str, fields: tuple[str, ...], whole: Whole) -> Found:
        """One hit per record, with the others as related."""
        return [
            (entry, _declared_by_others("name", others))
            for entry, others in self.shared(whole, form)
            if entry.record.form == form
        ]


class SameRecord(WholeKind):
    """One agreement, project or award declared by two agencies: names alike, the same countries and numbers."""

    kind: Literal["same-record"]
    ABOUT = (
        "Hai cơ quan không cùng kê khai một thỏa thuận, dự án, khen thưởng (tên gần giống, cùng nước, cùng số)."
    )
    OFFERS = {"others": "các cơ quan khác đã kê khai", "number": "số dòng trùng"}
    FIELDS = ("name",)

    def check_whole(self, form: str, fields: tuple[str, ...], whole: Whole) -> Found:
        """One hit per record, with the others as related."""
        if not whole.run.across:
            return ()
        found = same_records(whole.entries.of_form(form))
        return [(entry, _declared_by_others(fields[0], others)) for entry, others in found]


MOST_LISTED = 20
"""How many other rows a finding points to."""
MOST_SAID = 5
"""How many of them its message names; of further ones it says how many there are."""


def and_others(names: Iterable[str], more: int) -> str:
    """The names of other rows, and how many there are besides: "dòng 5, dòng 8 và 12 dòng khác"."""
    listed = "; ".join(names)
    return f"{listed} và {more} dòng khác" if more > 0 else listed


def _declared_by_others(field: str, others: Sequence[Entry]) -> Hit:
    listed = others[:MOST_LISTED]
    names = dict.fromkeys(other.context.agency or "(chưa rõ)" for other in listed)
    params = {"others": and_others(names, len(others) - MOST_LISTED), "number": len(others)}
    return Hit(field, params, related=[(other.record, field) for other in listed])
