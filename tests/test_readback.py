"""The consolidated workbook read back after officers worked in it; no row and no review is ever lost."""

import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import openpyxl
import pytest
from consolidation import (
    CATALOGUE,
    CONFERENCE,
    EXAMPLES,
    FURTHER,
    PLANNED,
    REALISED,
    Texts,
    again,
    back,
    described,
    merged,
    submission,
    workbook_of,
    written,
)
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from officers import Edit, column, edited

from doingoai_cli.consolidate.consolidation import Previous
from doingoai_cli.consolidate.identity import is_officers, seal
from doingoai_cli.consolidate.workbook import view_settings
from doingoai_cli.consolidate.workbook.reading.read_back import Reading, read_back
from doingoai_cli.errors import DoingoaiError
from doingoai_cli.model.consolidated import ConsolidatedRow, Review
from doingoai_cli.model.grid import Cell, CellKind, Grid, Workbook
from doingoai_cli.model.own_files import OwnColumn
from doingoai_cli.model.submissions import Submission

OTHER = {
    **PLANNED,
    "name": "Đoàn bác sĩ sang Cuba",
    "countries": "Cuba",
    "period": "Quý IV",
    "leader": "Trần Văn B",
}
HEALTH = submission("y-te.xlsx", "Sở Y tế", {"02.A": [PLANNED, OTHER], "01.A": [REALISED], "03": [CONFERENCE]})
FIRST_ROW = 8


def put(form: str, heading: str, row: int, value: object) -> Edit:
    def edit(book: openpyxl.Workbook) -> None:
        sheet = book[form]
        sheet.cell(row, column(sheet, heading)).value = value  # type: ignore[assignment]

    return edit


def names(rows: Sequence[ConsolidatedRow]) -> list[str]:
    return [row.record.text("name") for row in rows]


def test_what_is_written_comes_back_as_it_was() -> None:
    consolidation = merged([HEALTH])
    previous = back(written(consolidation))
    for ours, theirs in zip(consolidation.consolidated.rows, previous.consolidated.rows, strict=True):
        assert theirs.record_id == ours.record_id
        assert seal(theirs.record) == theirs.seal == ours.seal
        assert (theirs.agency, theirs.source, theirs.record.section) == (
            ours.agency,
            ours.source,
            ours.record.section,
        )
        assert (theirs.record.year, theirs.record.form) == (ours.record.year, ours.record.form)
    assert previous.consolidated.agencies == consolidation.consolidated.agencies
    assert (previous.consolidated.cycle, previous.consolidated.pack) == (2020, "quang-binh-2020")


def test_an_agency_may_have_the_mark_of_what_is_stored_as_its_name() -> None:
    named = submission("a.xlsx", "doingoai-cau-truc:", {"02.A": [PLANNED]})
    assert [row.agency for row in again(described(merged([named]))).consolidated.rows] == ["doingoai-cau-truc:"]


def test_merging_again_changes_nothing_where_nothing_changed() -> None:
    data = written(merged([HEALTH]))
    assert written(merged([HEALTH], back(data))) == data


def test_an_edit_counts_and_stands_as_long_as_the_agency_sends_the_same() -> None:
    data = edited(written(merged([HEALTH])), put("02.A", "Số thành viên", FIRST_ROW, "04 người"))
    previous = back(data)
    assert previous.consolidated.rows[1].record.members.value == 4  # type: ignore[attr-defined]
    same = merged([HEALTH], previous)
    (record_id,) = same.edits
    assert [(e.field, e.before, e.after) for e in same.edits[record_id]] == [("members", "5", "04 người")]
    sheet = openpyxl.load_workbook(io.BytesIO(written(same)))["02.A"]
    cell = sheet.cell(FIRST_ROW, column(sheet, "Số thành viên"))
    assert cell.value == "04 người"
    assert "Đơn vị gửi: “5”" in cell.comment.text
    sent_anew = submission("b.xlsx", "Sở Y tế", {"02.A": [{**PLANNED, "days": 3}, OTHER]})
    result = merged([sent_anew], back(written(same)))
    assert result.edits == {}
    assert result.consolidated.rows[0].record.text("members") == "5"
    assert "bản cũ đã được cán bộ sửa" in result.consolidated.rows[0].change
    assert "“04 người” → “5”" in result.consolidated.rows[0].change


@pytest.mark.parametrize("text", ["Đoàn thầy thuốc", ""])
def test_an_edit_stands_in_a_row_that_lost_its_hidden_cells(text: str) -> None:
    def edit(book: openpyxl.Workbook) -> None:
        sheet = book["02.A"]
        for hidden in (OwnColumn.ID, OwnColumn.SEAL):
            sheet.cell(FIRST_ROW, column(sheet, hidden)).value = None
        if text:
            sheet.cell(FIRST_ROW, column(sheet, "Tên đoàn")).value = text

    previous = back(edited(written(merged([HEALTH])), edit))
    same = merged([HEALTH], previous)
    assert (text or PLANNED["name"]) in names(same.consolidated.rows)
    assert [[e.after for e in fields] for fields in same.edits.values()] == ([[text]] if text else [])
    assert len(same.consolidated.rows) == 4
    sent_anew = submission("b.xlsx", "Sở Y tế", {"02.A": [{**PLANNED, "days": 3}, OTHER]})
    assert merged([sent_anew], previous).edits == {}


def test_a_row_typed_under_another_agency_is_the_officers_own() -> None:
    """He gives a delegation to another agency: the row that was sent is deleted, the typed one counts."""

    def edit(book: openpyxl.Workbook) -> None:
        sheet = book["02.A"]
        last = column(sheet, "Nguồn")
        cells = [sheet.cell(FIRST_ROW, col).value for col in range(1, last)]
        sheet.delete_rows(FIRST_ROW)
        for col, value in enumerate(cells, 1):
            sheet.cell(FIRST_ROW + 1, col).value = value
        sheet.cell(FIRST_ROW + 1, column(sheet, "Cơ quan")).value = "Sở Du lịch"

    result = merged([HEALTH], back(edited(written(merged([HEALTH])), edit)))
    rows = [(row.agency, row.record.text("name")) for row in result.consolidated.of_form("02.A")]
    assert rows == [("Sở Y tế", OTHER["name"]), ("Sở Du lịch", PLANNED["name"])]
    assert [d.row.agency for d in result.dropped] == ["Sở Y tế"]


def test_rows_may_be_sorted_deleted_and_added() -> None:
    def edit(book: openpyxl.Workbook) -> None:
        sheet = book["02.A"]
        first = [cell.value for cell in sheet[FIRST_ROW]]
        second = [cell.value for cell in sheet[FIRST_ROW + 1]]
        for col, (a, b) in enumerate(zip(first, second, strict=True), 1):
            sheet.cell(FIRST_ROW, col).value, sheet.cell(FIRST_ROW + 1, col).value = b, a
        for heading, value in {
            "Tên đoàn": "Đoàn gọi điện",
            "Đến nước": "Lào",
            "Cơ quan": "Sở Công Thương",
        }.items():
            sheet.cell(FIRST_ROW + 2, column(sheet, heading)).value = value
        book["01.A"].delete_rows(FIRST_ROW)

    previous = back(edited(written(merged([HEALTH])), edit))
    assert names(previous.consolidated.of_form("02.A")) == [OTHER["name"], PLANNED["name"], "Đoàn gọi điện"]
    assert previous.consolidated.of_form("01.A") == ()
    typed = previous.consolidated.of_form("02.A")[2]
    assert is_officers(typed.record_id)
    assert (typed.agency, typed.source) == ("Sở Công Thương", "Cán bộ tổng hợp thêm")
    result = merged([HEALTH], previous)
    assert names(result.consolidated.of_form("02.A")) == [PLANNED["name"], OTHER["name"], "Đoàn gọi điện"]
    assert names(result.consolidated.of_form("01.A")) == []  # the submission still holds it, the officer does not
    assert [dropped.row.record.text("name") for dropped in result.dropped] == [REALISED["name"]]
    assert result.rows_merged == result.rows_read == 4


def test_a_conference_whose_section_nobody_told_counts_with_those_held() -> None:
    told = submission("a.xlsx", "Sở Y tế", {"03": [CONFERENCE]})
    (table,) = told.tables
    untold = replace(table, records=(replace(table.records[0], section=""),))
    book = back(written(merged([replace(told, tables=(untold,))]))).consolidated
    assert [row.record.section for row in book.of_form("03", "I")] == ["I"]


def test_a_copied_row_is_the_officers_own() -> None:
    def edit(book: openpyxl.Workbook) -> None:
        sheet = book["02.A"]
        for cell in list(sheet[FIRST_ROW]):
            sheet.cell(FIRST_ROW + 2, cell.column).value = cell.value

    rows = back(edited(written(merged([HEALTH])), edit)).consolidated.of_form("02.A")
    assert [is_officers(r.record_id) for r in rows] == [False, False, True]
    assert len({r.record_id for r in rows}) == 3


def test_a_row_withdrawn_among_rows_alike_is_kept_though_another_takes_its_id() -> None:
    """Three rows of one name, head, countries and time; the one that an officer worked on is no longer sent."""
    alike = [{**PLANNED, "partners": partners} for partners in ("Bệnh viện A", "Bệnh viện B", "Bệnh viện C")]
    three = submission("y-te.xlsx", "Sở Y tế", {"02.A": alike})
    one = submission("y-te.xlsx", "Sở Y tế", {"02.A": alike[1:2]})
    first = back(edited(written(merged([three])), put("02.A", OwnColumn.OPINION, FIRST_ROW, "Đồng ý")))
    second = back(written(merged([one], first)))
    assert [r.review.opinion for r in second.withdrawn] == ["Đồng ý"]
    assert second.withdrawn[0].record.text("partners") == "Bệnh viện A"
    again = back(written(merged([three], second)))
    assert {r.record.text("partners"): r.review.opinion for r in again.consolidated.rows} == {
        "Bệnh viện A": "Đồng ý", "Bệnh viện B": "", "Bệnh viện C": "",
    }  # fmt: skip
    assert not again.withdrawn


def test_a_row_that_returns_brings_the_officers_column_back() -> None:
    only = submission("y-te.xlsx", "Sở Y tế", {"02.A": [PLANNED]})
    book = merged([only]).consolidated
    worked_on = Previous(replace(book, rows=()), withdrawn=(replace(book.rows[0], extras={"Theo dõi": "đã gọi"}),))
    result = back(written(merged([only], worked_on)))
    assert [dict(row.extras) for row in result.consolidated.rows] == [{"Theo dõi": "đã gọi"}]


def test_columns_may_be_moved_renamed_sheets_too_and_added_ones_stay_with_their_rows() -> None:
    def edit(book: openpyxl.Workbook) -> None:
        sheet = book["02.A"]
        sheet.insert_cols(3)
        sheet.cell(5, 3).value = "Số quyết định"
        sheet.cell(FIRST_ROW, 3).value = "QĐ 12"
        sheet.cell(FIRST_ROW + 1, sheet.max_column + 1).value = "ghi bên lề"
        sheet.title = "Kế hoạch ra"

    data = edited(written(merged([HEALTH])), edit)
    workbook = workbook_of(data)
    properties = {**workbook.properties, "name:_doingoai.form.02.A.v1": "'Kế hoạch ra'!$A$6"}
    previous = read_back(replace(workbook, properties=properties), CATALOGUE)
    assert previous.columns["02.A"][0] == "Số quyết định"
    plan = previous.consolidated.of_form("02.A")
    assert [r.extras.get("Số quyết định") for r in plan] == ["QĐ 12", None]
    assert "ghi bên lề" in plan[1].extras.values()
    swapped = submission("b.xlsx", "Sở Y tế", {"02.A": [OTHER, PLANNED]})
    result = back(written(merged([swapped], previous)))
    by_name = {r.record.text("name"): r.extras for r in result.consolidated.of_form("02.A")}
    assert by_name[PLANNED["name"]] == {"Số quyết định": "QĐ 12"}
    assert "ghi bên lề" in by_name[OTHER["name"]].values()


@pytest.mark.parametrize("piece", [3, 1 << 20])
def test_widths_and_filters_stay(piece: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(view_settings, "_PIECE", piece)  # sheets larger than memory are read piece by piece

    def edit(book: openpyxl.Workbook) -> None:
        sheet = book["02.A"]
        sheet.column_dimensions["B"].width = 40.7109375
        sheet.auto_filter.add_filter_column(11, ["Sở Y tế"])

    previous = back(edited(written(merged([HEALTH])), edit))
    assert previous.layouts["02.A"].widths["Tên đoàn"] == 40
    assert previous.layouts["02.A"].filters == {"Cơ quan": ("Sở Y tế",)}
    other = submission("d.xlsx", "Sở Du lịch", {"02.A": [{**PLANNED, "name": "Đoàn du lịch"}]})
    sheet = openpyxl.load_workbook(io.BytesIO(written(merged([HEALTH, other], previous))))["02.A"]
    assert round(sheet.column_dimensions["B"].width) == 41
    assert [c.filters.filter for c in sheet.auto_filter.filterColumn] == [["Sở Y tế"]]
    hidden = {
        sheet.cell(r, 2).value: bool(sheet.row_dimensions[r].hidden) for r in range(FIRST_ROW, FIRST_ROW + 3)
    }
    assert hidden == {PLANNED["name"]: False, OTHER["name"]: False, "Đoàn du lịch": True}


def test_lines_that_are_no_records_are_told() -> None:
    previous = back(edited(written(merged([HEALTH])), put("02.A", "Tên đoàn", 40, "Người lập biểu")))
    assert previous.unread == ("02.A, dòng 40: Người lập biểu",)
    assert "Người lập biểu" in merged([HEALTH], previous).notices[-1]


def test_a_sheet_of_the_officers_own_is_kept_with_what_it_says() -> None:
    def edit(book: openpyxl.Workbook) -> None:
        sheet = book.create_sheet("Việc cần làm")
        sheet["B2"], sheet["C2"], sheet["B4"], sheet["D4"] = (
            "=gọi lại\nSở Y tế",
            3,
            "  thụt đầu dòng",
            datetime(2020, 3, 5),
        )
        sheet["B2"].data_type = "s"
        book.create_sheet("Trống")

    previous = back(edited(written(merged([HEALTH])), edit))
    again = merged([HEALTH], previous)
    assert [line for line in again.notices if "do cán bộ thêm được giữ" in line] == list(again.notices)
    kept = openpyxl.load_workbook(io.BytesIO(written(again)))
    assert kept.sheetnames[-2:] == ["Việc cần làm", "Trống"]
    sheet = kept["Việc cần làm"]
    assert [sheet[at].value for at in ("B2", "C2", "B4", "D4")] == [
        "=gọi lại\nSở Y tế", 3, "  thụt đầu dòng", "05/03/2020",
    ]  # fmt: skip
    assert sheet["B2"].data_type == "s"
    assert back(written(again)).sheets == again.sheets


def test_a_review_whose_row_was_emptied_is_kept() -> None:
    def edit(book: openpyxl.Workbook) -> None:
        put("02.A", "Ghi chú thẩm định", FIRST_ROW, "giữ lại")(book)
        for col in range(1, 12):
            book["02.A"].cell(FIRST_ROW, col).value = None

    previous = back(edited(written(merged([HEALTH])), edit))
    assert names(previous.consolidated.of_form("02.A")) == [OTHER["name"]]
    result = merged([HEALTH], previous)
    assert result.consolidated.of_form("02.A")[0].review == Review("", "giữ lại")


@pytest.mark.parametrize("properties", [{}, {"doingoai.kind": "tong-hop"}])
def test_what_is_no_consolidated_workbook_is_refused(properties: dict[str, str]) -> None:
    grid = Grid("Sheet1", 0, (Cell(1, 1, CellKind.TEXT, "Danh bạ điện thoại"),))
    with pytest.raises(DoingoaiError, match="không ghi đè"):
        read_back(Workbook("xlsx", (grid,), properties), CATALOGUE, Reading("khac.xlsx"))


def test_a_workbook_without_its_marks_is_still_known_by_its_sheets() -> None:
    workbook = workbook_of(written(merged([HEALTH])))
    previous = read_back(replace(workbook, properties={}), CATALOGUE, Reading())
    assert (previous.consolidated.cycle, len(previous.consolidated.rows)) == (2020, 4)


def test_another_cycles_workbook_is_not_overwritten() -> None:
    previous = back(written(merged([HEALTH])))
    other = replace(previous, consolidated=replace(previous.consolidated, cycle=2019))
    with pytest.raises(DoingoaiError, match="kỳ 2019"):
        merged([HEALTH], other)


# --- anything in any order ---------------------------------------------------------------------------------

AGENCIES = ("Sở Y tế", "Sở Du lịch")
POOL: tuple[Texts, ...] = tuple(
    {**PLANNED, "name": f"Đoàn {what}", "countries": country, "period": f"Quý {quarter}", "leader": head}
    for what, country, quarter, head in (
        ("xúc tiến du lịch", "Lào", "I", "Nguyễn A"),
        ("y tế biên giới", "Thái Lan", "II", "Trần B"),
        ("đào tạo cán bộ", "Pháp", "III", "Lê C"),
        ("xúc tiến du lịch", "Lào", "I", "Nguyễn A"),  # twice the same, on purpose
    )
)
FREE = {
    **dict.fromkeys(("01.A", "01.B", "02.A", "02.B"), "partners"), "03": "theme", "4": "partners",
    "5": "theme", "PCPNN": "area", "7": "position",
}  # fmt: skip
"""A column of each form that holds any text."""


def free(row: ConsolidatedRow) -> str:
    return FREE[row.record.form]


def said_in(rows: Iterable[ConsolidatedRow]) -> str:
    """All that the rows say in the places where the officer writes."""
    return " ".join(f"{r.review} {r.extras} {r.change} {r.record.text(free(r))}" for r in rows)


def pooled(form: str, which: int, members: int) -> Texts:
    """A row of a form: planned delegations from the pool, others from the examples under names of the pool."""
    if form in ("02.A", "02.B"):
        return {**POOL[which], "members": members}
    example = {**EXAMPLES, **FURTHER}[form]
    told = {name: POOL[which][name] for name in ("name", "countries", "leader") if name in example}
    return {**example, **told, FREE[form]: f"{members} nơi"}


ROWS = st.lists(st.tuples(st.integers(0, len(POOL) - 1), st.integers(3, 6)), max_size=4)


class Officers(RuleBasedStateMachine):
    """Agencies send and send again; an officer reviews, edits, deletes, adds and merges, in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.inbox: dict[str, Submission] = {}
        self.book: Previous | None = None
        self.tokens: set[str] = set()
        """What the officer wrote and did not take back: to be found in the workbook for ever."""
        self.clock = datetime(2019, 9, 1)
        self.merged_inbox: dict[str, Submission] = {}

    def _token(self) -> str:
        token = f"token-{self.clock:%H%M%S}-{len(self.tokens)}"
        self.clock += timedelta(seconds=1)
        return token

    @rule(agency=st.sampled_from(AGENCIES), form=st.sampled_from(list(FREE)), rows=ROWS)
    def submit(self, agency: str, form: str, rows: list[tuple[int, int]]) -> None:
        self.clock += timedelta(minutes=1)
        path = f"tep-{self.clock:%H%M%S}.xlsx"
        texts = [pooled(form, i, members) for i, members in rows]
        self.inbox[path] = submission(path, agency, {form: texts}, received=self.clock)

    @rule(which=st.integers(0, 9))
    def take_a_file_out(self, which: int) -> None:
        if self.inbox:
            del self.inbox[sorted(self.inbox)[which % len(self.inbox)]]

    @rule()
    def merge(self) -> None:
        result = merged(list(self.inbox.values()), self.book)
        assert result.rows_read == result.rows_merged + sum(len(r.rows) for r in result.replaced)
        assert sum(result.rows_by_form.values()) == result.rows_merged
        sent = [r for r in result.consolidated.rows if not is_officers(r.record_id)]
        assert len(sent) == result.rows_merged
        assert len({r.record_id for r in result.consolidated.rows}) == len(result.consolidated.rows)
        self.book = again(described(result))
        assert len(self.book.consolidated.rows) == len(result.consolidated.rows)
        assert len(self.book.withdrawn) == len(result.withdrawn)
        self.merged_inbox = dict(self.inbox)

    def _change(self, which: int, change: Callable[[ConsolidatedRow], ConsolidatedRow | None]) -> None:
        if self.book is None or not self.book.consolidated.rows:
            return
        rows = list(self.book.consolidated.rows)
        new = change(rows[which % len(rows)])
        rows[which % len(rows) : which % len(rows) + 1] = [new] if new else []
        self.book = replace(self.book, consolidated=replace(self.book.consolidated, rows=tuple(rows)))

    def _forget(self, row: ConsolidatedRow) -> None:
        """The officer himself takes back what he wrote in a row."""
        said = said_in([row])
        self.tokens = {token for token in self.tokens if token not in said}

    @rule(which=st.integers(0, 9), opinion=st.sampled_from(["Đồng ý", "Điều chỉnh", "Không đồng ý", ""]))
    def review(self, which: int, opinion: str) -> None:
        token = self._token()

        def change(row: ConsolidatedRow) -> ConsolidatedRow:
            self.tokens.discard(row.review.remark)
            self.tokens.add(token)
            return replace(row, review=Review(opinion, token))

        self._change(which, change)

    @rule(which=st.integers(0, 9))
    def fill_an_own_column(self, which: int) -> None:
        token = self._token()

        def change(row: ConsolidatedRow) -> ConsolidatedRow:
            self.tokens.discard(row.extras.get("Theo dõi", ""))
            self.tokens.add(token)
            return replace(row, extras={"Theo dõi": token})

        self._change(which, change)
        if self.book:
            forms = {row.record.form for row in self.book.consolidated.rows if row.extras}
            self.book = replace(self.book, columns=dict.fromkeys(forms, ("Theo dõi",)))

    @rule(which=st.integers(0, 9))
    def edit_a_cell(self, which: int) -> None:
        token = self._token()

        def change(row: ConsolidatedRow) -> ConsolidatedRow:
            self.tokens.discard(row.record.text(free(row)))
            self.tokens.add(token)
            return replace(row, record=replace(row.record, **{free(row): token}))

        self._change(which, change)

    @rule(which=st.integers(0, 9))
    def delete_a_row(self, which: int) -> None:
        self._change(which, lambda row: self._forget(row))

    @rule()
    def sort_the_rows(self) -> None:
        if self.book:
            rows = tuple(reversed(self.book.consolidated.rows))
            self.book = replace(self.book, consolidated=replace(self.book.consolidated, rows=rows))

    @invariant()
    def nothing_that_the_officer_wrote_is_lost(self) -> None:
        if self.book is None:
            return
        said = said_in((*self.book.consolidated.rows, *self.book.withdrawn))
        assert [token for token in self.tokens if token not in said] == []


TestOfficers = Officers.TestCase
TestOfficers.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)
