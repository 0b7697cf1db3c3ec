"""Up the tree: a merge of merges is the merge of all; each level is named; no row counts twice."""

import json
import os
import re
import shutil
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl
import pytest
from consolidation import CATALOGUE, CONFERENCE, CYCLE, PLANNED, REALISED, submission, written
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from pipetable import grid, xlsx
from province import fill_form

from doingoai_cli.checks.engine import check_across, check_submission, conclude
from doingoai_cli.checks.pack import load_pack
from doingoai_cli.checks.whole import WholeKind
from doingoai_cli.cli.app import run
from doingoai_cli.consolidate.arrival import KnownArrival
from doingoai_cli.consolidate.consolidation import Consolidation, Previous
from doingoai_cli.consolidate.earlier_workbooks import agencies_gone, not_replaced, spoken_of
from doingoai_cli.consolidate.lower_levels import FilesBelow, below
from doingoai_cli.consolidate.merging import MergeRequest, consolidate
from doingoai_cli.consolidate.origins import Origins
from doingoai_cli.consolidate.settle import Receiving, settle
from doingoai_cli.consolidate.source_files import OPINION_BELOW, LowerWorkbook
from doingoai_cli.consolidate.workbook.origins_sheet import read_origins
from doingoai_cli.consolidate.workbook.reading.read_back import Reading, read_back
from doingoai_cli.model.consolidated import Consolidated, Review
from doingoai_cli.model.findings import Finding
from doingoai_cli.model.grid import Workbook as Grids
from doingoai_cli.model.own_files import ListSheet
from doingoai_cli.model.roster import Roster, RosterEntry
from doingoai_cli.model.run import Run
from doingoai_cli.model.submissions import Agency, AgencySource, Submission
from doingoai_cli.pipeline import lower_levels
from doingoai_cli.readers.container import read_workbook
from doingoai_cli.readers.limits import FileBounds
from doingoai_cli.report.figures.compute import compute_figures
from doingoai_cli.vietnamese.agencies import agency_key
from doingoai_cli.vietnamese.time.reporting import ReportingPeriod

PACK = load_pack("quang-binh-2020")
QUICK = settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
"""Each example writes and reads several workbooks: a failing one is not made smaller."""
OF_THE_RUN = ("TK02", "TK03", "TK04", "TK05", "TK06")


class Inbox(NamedTuple):
    """What lies in an inbox: files, what was found in them, when they came."""

    submissions: tuple[Submission, ...]
    findings: Mapping[str, Sequence[Finding]] = {}
    arrivals: tuple[KnownArrival, ...] = ()

    def joined(self, other: "Inbox") -> "Inbox":
        return Inbox(
            (*self.submissions, *other.submissions),
            {**self.findings, **other.findings},
            (*self.arrivals, *other.arrivals),
        )


def sent(*files: Submission) -> Inbox:
    return Inbox(files, {file.path: check_submission(file, PACK) for file in files})


def merged(inbox: Inbox) -> Consolidation:
    settled = settle(inbox.submissions, Receiving(CYCLE, known=inbox.arrivals))
    run = Run(
        settled.submissions, CYCLE, settled.superseded, settled.superseded_rows, settled.observations, across=True
    )
    own = (f for s in settled.submissions for f in inbox.findings.get(s.path, ()))
    found = conclude(run, PACK, own, check_across(run, PACK))
    asked = MergeRequest(settled=settled, found=lambda: found, cycle=CYCLE, catalogue=CATALOGUE, pack=PACK.id)
    return consolidate(asked)


def recomputed(code: str) -> bool:
    return code in OF_THE_RUN or isinstance(PACK.rules[code].kind, WholeKind)


def read(
    data: bytes, path: str, owner: str, *, whole: bool = True
) -> tuple[LowerWorkbook, Previous, Origins | None]:
    workbook = read_workbook(data, path)
    assert isinstance(workbook, Grids)
    previous = read_back(workbook, CATALOGUE, Reading(path))
    grid = next(g for g in workbook.grids if g.name == ListSheet.ORIGINS)
    who = Agency(owner, agency_key(owner), AgencySource.PREFILLED) if owner else None
    return LowerWorkbook(path, path, who), previous, read_origins(grid) if whole else None


def opened(data: bytes, path: str, owner: str = "", *, whole: bool = True) -> FilesBelow:
    return below(*read(data, path, owner, whole=whole), recomputed)


def up(consolidation: Consolidation, path: str, owner: str = "", *, whole: bool = True) -> Inbox:
    """The workbook of a merge as it lies in the inbox above."""
    found = opened(written(consolidation, owner), path, owner, whole=whole)
    return Inbox(tuple(found.submissions), found.findings, tuple(found.arrivals))


def rows(consolidation: Consolidation) -> list[tuple[Any, ...]]:
    return sorted(
        (r.record_id, r.agency, r.codes, *(r.record.text(f) for f in r.record.fields))
        for r in consolidation.consolidated.rows
    )


def findings(consolidation: Consolidation) -> Counter[tuple[Any, ...]]:
    """What each finding says and of which cell; its file is another path on every level."""
    return Counter(
        (f.code, f.severity, f.agency, f.form, f.sheet, f.cell, f.row, f.ordinal, f.field, f.value,
         _LEVELS.sub("", f.message), f.fix, len(f.related), f.details)
        for f in consolidation.findings
    )  # fmt: skip


_LEVELS = re.compile(r"(?:so[-\d]*\.xlsx › )+")
"""The workbooks that a file came through."""


def figures(book: Consolidated) -> dict[str, Any]:
    return compute_figures(book, catalogue=CATALOGUE).as_data()


AGENCIES = ["Sở Y tế", "Sở Du lịch", "UBND huyện Lệ Thủy", "Huyện ủy Lệ Thủy"]
ROWS = {
    "02.A": [
        PLANNED,
        {**PLANNED, "members": 12, "name": "Đoàn lớn"},
        {**PLANNED, "countries": "Pháp, Đức, Ý", "name": "Đoàn châu Âu", "days": "x", "Ghi chú": "gửi lại sau"},
        {**PLANNED, "leader": "Giám đốc Sở", "period": "Quý I", "name": "Đoàn một"},
        {**PLANNED, "leader": "Giám đốc Sở", "period": "Quý III", "name": "Đoàn hai"},
        {**PLANNED, "leader": "Giám đốc Sở", "period": "Quý IV", "name": "Đoàn ba"},
    ],
    "01.A": [
        REALISED,
        {**REALISED, "name": "Đoàn nghỉ mát", "activities": "du lịch"},
        {**REALISED, "members": ""},
    ],
    "03": [CONFERENCE, {**CONFERENCE, "section": "II", "period": "Quý II/2020", "name": "Hội thảo sau"}],
}
FILE = st.tuples(
    st.sampled_from(AGENCIES),
    st.dictionaries(
        st.sampled_from(sorted(ROWS)), st.lists(st.integers(0, 5), max_size=4), min_size=1, max_size=3
    ),
    st.sampled_from(["", "01.A"]),
)


def files_of(drawn: Sequence[tuple[str, dict[str, list[int]], str]], *, resubmitted: bool) -> list[Submission]:
    made = []
    for number, (agency, forms, nil) in enumerate(drawn):
        held = {form: [ROWS[form][n % len(ROWS[form])] for n in picks] for form, picks in forms.items()}
        nils = [nil] if nil and not held.get(nil) else []
        who = agency if resubmitted else f"{agency} {number}"
        came = datetime(2019, 9, 10, 8) + timedelta(hours=13 * number)
        made.append(
            submission(f"tep-{number}.xlsx", who, {**{n: [] for n in nils}, **held}, nil=nils, received=came)
        )
    return made


def tree(files: Sequence[Submission], shape: Sequence[int], name: str = "so") -> Inbox:
    """Files merged by the ways that `shape` names: 0 stays here, n goes through the n-th workbook below."""
    here = sent(*(file for file, way in zip(files, shape, strict=True) if way == 0))
    for way in sorted({*shape} - {0}):
        mine = [file for file, other in zip(files, shape, strict=True) if other == way]
        inside = tree(
            mine, [at % 2 if len(mine) > 1 and way > 1 else 0 for at in range(len(mine))], f"{name}-{way}"
        )
        here = here.joined(up(merged(inside), f"{name}-{way}.xlsx", f"Cơ quan {name} {way}"))
    return here


@QUICK
@given(st.lists(FILE, min_size=1, max_size=6), st.data())
def test_a_merge_of_merges_is_the_merge_of_all(drawn: list[Any], data: st.DataObject) -> None:
    files = files_of(drawn, resubmitted=False)
    shape = data.draw(st.lists(st.integers(0, 3), min_size=len(files), max_size=len(files)))
    order = data.draw(st.permutations(range(len(files))))
    whole = merged(sent(*files))
    parts = merged(tree([files[n] for n in order], [shape[n] for n in order]))
    assert rows(parts) == rows(whole)
    assert findings(parts) == findings(whole)
    assert figures(parts.consolidated) == figures(whole.consolidated)
    assert parts.rows_read == whole.rows_read


@QUICK
@given(st.lists(FILE, min_size=1, max_size=6), st.data())
def test_what_was_sent_again_is_settled_as_in_one_inbox(drawn: list[Any], data: st.DataObject) -> None:
    files = files_of(drawn, resubmitted=True)
    shape = data.draw(st.lists(st.integers(0, 3), min_size=len(files), max_size=len(files)))
    whole, parts = merged(sent(*files)), merged(tree(files, shape))
    assert rows(parts) == rows(whole)
    assert figures(parts.consolidated) == figures(whole.consolidated)
    assert findings(parts) == findings(whole)
    assert parts.rows_read == whole.rows_read


MONTHS = [ReportingPeriod(2019, 7, 7), ReportingPeriod(2019, 8, 8), ReportingPeriod(2019, 7, 9), None]
"""A plan year's file states no months."""
SENT_OF_MONTHS = st.tuples(
    st.sampled_from(AGENCIES[:2]),
    st.sampled_from(MONTHS),
    st.lists(st.sampled_from(["Lào", "Thái Lan", "Nhật Bản", "Đức"]), max_size=4, unique=True),
    st.sampled_from([(), (), ("01.A",)]),
)


@QUICK
@given(st.lists(SENT_OF_MONTHS, min_size=2, max_size=6), st.data())
def test_months_quarters_and_years_are_settled_as_in_one_inbox(drawn: list[Any], data: st.DataObject) -> None:
    files = []
    for number, (agency, period, countries, nil) in enumerate(drawn):
        held = [{**REALISED, "name": f"Đoàn công tác {name}", "countries": name} for name in countries]
        came = datetime(2019, 10, 10, 8) + timedelta(hours=13 * number)
        forms = {"01.A": held, "02.A": [PLANNED]} if period is None else {"01.A": held}
        made = submission(f"tep-{number}.xlsx", agency, forms, nil=() if held else nil, received=came)
        files.append(replace(made, period=period, sha256=f"{number}"))
    shape = data.draw(st.lists(st.integers(0, 3), min_size=len(files), max_size=len(files)))
    whole, parts = merged(sent(*files)), merged(tree(files, shape))
    assert rows(parts) == rows(whole)
    assert figures(parts.consolidated) == figures(whole.consolidated)
    assert findings(parts) == findings(whole)
    assert parts.rows_read == whole.rows_read


def listed(path: str, name: str, code: str) -> Submission:
    """A file of an agency that stands in its district's roster under a code."""
    file = submission(path, name, {"02.A": [{**PLANNED, "name": f"Đoàn của {name}"}]})
    return replace(file, agency=Agency(name, agency_key(name), AgencySource.ROSTER, code))


def test_every_rosters_codes_are_its_own() -> None:
    units = {
        "UBND huyện X": ("Phòng Y tế X", "Phòng Nội vụ X"),
        "UBND huyện Z": ("Phòng Văn hóa Z", "Phòng Y tế Z"),
    }
    books = [
        up(
            merged(sent(*(listed(f"{n}.xlsx", unit, f"0{n}") for n, unit in enumerate(names, 1)))),
            f"{n}.xlsx",
            owner,
        )
        for n, (owner, names) in enumerate(units.items())
    ]
    above = merged(sent(listed("so.xlsx", "Sở Y tế", "01")).joined(books[0]).joined(books[1]))
    assert len(above.consolidated.rows) == 5
    assert "TK04" not in {finding.code for finding in above.findings}
    roster = Roster((RosterEntry("01", "Sở Y tế"), RosterEntry("02", "Phòng Y tế Z")))
    assert roster.entry_of(Agency("Phòng Y tế Z", "", AgencySource.WORKBOOK, "01")) == roster.entries[1]
    assert roster.entry_of(Agency("Phòng Nội vụ X", "", AgencySource.WORKBOOK, "02")) is None


def test_each_level_is_named_and_every_row_knows_its_cell() -> None:
    district = sent(submission("phong-y-te.xlsx", "Phòng Y tế", {"02.A": [PLANNED]}))
    province = merged(up(merged(district), "huyen/tonghop.xlsx", "UBND huyện Lệ Thủy"))
    (row,) = province.consolidated.rows
    assert row.agency == "Phòng Y tế"
    assert row.source == "UBND huyện Lệ Thủy: huyen/tonghop.xlsx › Phòng Y tế: phong-y-te.xlsx › Mẫu 02.A!A8"
    ministry = merged(up(province, "tinh.xlsx", "UBND tỉnh Quảng Bình"))
    (row,) = ministry.consolidated.rows
    assert row.source == (
        "UBND tỉnh Quảng Bình: tinh.xlsx › UBND huyện Lệ Thủy: huyen/tonghop.xlsx › "
        "Phòng Y tế: phong-y-te.xlsx › Mẫu 02.A!A8"
    )
    ledger = {entry.path: entry for entry in ministry.files}
    assert [(path, e.rows_merged) for path, e in ledger.items()] == [
        ("tinh.xlsx", 0), ("tinh.xlsx › huyen/tonghop.xlsx", 0),
        ("tinh.xlsx › huyen/tonghop.xlsx › phong-y-te.xlsx", 1),
    ]  # fmt: skip
    assert ledger["tinh.xlsx"].status.startswith("sổ tổng hợp của cấp dưới: 02 tệp, 01 dòng")
    assert ledger["tinh.xlsx › huyen/tonghop.xlsx"].status == "sổ tổng hợp của cấp dưới: 01 tệp"


def reviewed(consolidation: Consolidation, **opinions: str) -> Consolidation:
    """The workbook with opinions on the rows of those names."""
    book = consolidation.consolidated
    edited = [
        replace(r, review=Review(opinions.get(r.record.text("name").replace(" ", "_"), ""))) for r in book.rows
    ]
    return replace(consolidation, consolidated=replace(book, rows=tuple(edited)))


def test_what_was_refused_below_stays_below_and_other_opinions_are_shown() -> None:
    names = ["Đoàn một", "Đoàn hai", "Đoàn ba"]
    district = merged(sent(submission("a.xlsx", "Phòng Y tế", {"02.A": [{**PLANNED, "name": n} for n in names]})))
    judged = reviewed(district, Đoàn_một="Không đồng ý (thiếu thư mời)", Đoàn_hai="Điều chỉnh")
    above = merged(up(judged, "huyen.xlsx", "UBND huyện X"))
    found = {r.record.text("name"): r for r in above.consolidated.rows}
    assert set(found) == {"Đoàn hai", "Đoàn ba"}
    assert found["Đoàn hai"].record.extras == {OPINION_BELOW: "UBND huyện X: Điều chỉnh"}
    assert found["Đoàn hai"].review == Review()
    assert "01 dòng cấp dưới không đồng ý" in next(e.status for e in above.files if e.path == "huyen.xlsx")


def test_a_districts_own_workbook_is_its_common_plan() -> None:
    names = ("Huyện ủy Lệ Thủy", "Phòng Y tế huyện Lệ Thủy")
    files = [
        submission(f"{n}.xlsx", name, {"02.A": [{**PLANNED, "name": f"Đoàn {n}"}]}) for n, name in enumerate(names)
    ]
    assert "TK05" in {f.code for f in merged(sent(*files)).findings}
    for owner, found in (("UBND huyện Lệ Thủy", False), ("Sở Nội vụ", True)):
        above = merged(up(merged(sent(*files)), "so.xlsx", owner))
        assert ("TK05" in {f.code for f in above.findings}) is found


@pytest.mark.parametrize("ways", ["file and workbook", "two workbooks", "workbook within another"])
def test_a_row_that_comes_by_two_ways_is_one_row(ways: str) -> None:
    file = submission("a.xlsx", "Phòng Y tế", {"02.A": [PLANNED, {**PLANNED, "name": "Đoàn hai"}]})
    once = up(merged(sent(file)), "huyen.xlsx", "UBND huyện X")
    other = {
        "file and workbook": sent(file),
        "two workbooks": up(merged(sent(file)), "khac.xlsx", "Sở Y tế"),
        "workbook within another": up(merged(once), "tinh.xlsx", "UBND tỉnh"),
    }[ways]
    both = merged(once.joined(other))
    assert len(both.consolidated.rows) == 2
    assert both.rows_read - both.rows_merged == sum(len(r.rows) for r in both.replaced)
    assert rows(both) == rows(merged(sent(file)))


@pytest.mark.parametrize("other", ["file", "workbook"])
def test_a_row_that_officers_below_gave_to_another_agency_is_one_row(other: str) -> None:
    pair = [PLANNED, {**PLANNED, "name": "Đoàn hai"}]
    file = replace(submission("a.xlsx", "Phòng Y tế", {"02.A": pair}), sha256="1")
    district = merged(sent(file))
    first, *rest = district.consolidated.rows
    moved = replace(first, agency="Phòng Nội vụ", agency_key=agency_key("Phòng Nội vụ"))
    given = replace(district, consolidated=replace(district.consolidated, rows=(moved, *rest)))
    once = up(given, "x.xlsx", "UBND huyện X")
    assert sorted(r.agency for r in merged(once).consolidated.rows) == ["Phòng Nội vụ", "Phòng Y tế"]
    again = sent(file) if other == "file" else up(merged(sent(file)), "y.xlsx", "UBND huyện Y")
    both = merged(once.joined(again))
    assert sorted(r.record.text("name") for r in both.consolidated.rows) == sorted([PLANNED["name"], "Đoàn hai"])
    assert both.rows_read - both.rows_merged == sum(len(r.rows) for r in both.replaced)


def test_rows_that_officers_below_typed_for_several_agencies_stay_theirs() -> None:
    files = [
        submission(f"{n}.xlsx", name, {"02.A": [PLANNED]}) for n, name in enumerate(("Phòng Y tế", "Phòng Nội vụ"))
    ]
    book = openpyxl.load_workbook(BytesIO(written(merged(sent(*files)), "UBND huyện X")))
    sheet = book["02.A"]
    agency = next(c.column for c in sheet[5] if c.value == "Cơ quan")
    last = max(c.row for c in sheet["B"] if c.value == PLANNED["name"])
    typed = {"Đoàn ba": "Phòng Y tế", "Đoàn bốn": "Phòng Nội vụ", "Đoàn năm": "Phòng Văn hóa"}
    for row, (name, whose) in enumerate(typed.items(), last + 1):
        for cell in sheet[last][2:agency]:
            sheet.cell(row, cell.column).value = cell.value
        sheet.cell(row, 2).value, sheet.cell(row, agency).value = name, whose
    edited = BytesIO()
    book.save(edited)
    found = opened(edited.getvalue(), "x.xlsx", "UBND huyện X")
    above = merged(Inbox(tuple(found.submissions), found.findings, tuple(found.arrivals)))
    assert {
        r.record.text("name"): r.agency for r in above.consolidated.rows if r.record.text("name") in typed
    } == typed
    assert above.rows_read == above.rows_merged == 5


@pytest.mark.parametrize(
    ("opinions", "other", "told"),
    [
        ({}, "file", False),
        ({"Đoàn_hai": "Điều chỉnh"}, "file", False),
        ({"Đoàn_hai": "Không đồng ý"}, "file", True),
        ({"Đoàn_hai": "Không đồng ý"}, "none", False),
    ],
)
def test_what_a_level_below_refused_in_a_file_that_came_itself_is_said(
    opinions: dict[str, str], other: str, told: bool
) -> None:
    file = submission("a.xlsx", "Phòng Y tế", {"02.A": [PLANNED, {**PLANNED, "name": "Đoàn hai"}]})
    file = replace(file, sha256="1")
    inbox = up(reviewed(merged(sent(file)), **opinions), "x.xlsx", "UBND huyện X")
    found = merged(inbox.joined(sent(file)) if other == "file" else inbox)
    assert [line.partition(":")[0] for line in found.notices] == (["a.xlsx"] if told else [])
    assert all("01 dòng" in line and "trong x.xlsx" in line for line in found.notices)


def test_a_row_that_one_way_left_out_still_comes_by_the_other() -> None:
    pair = [{**PLANNED, "name": name} for name in ("Đoàn một", "Đoàn hai")]
    below = merged(sent(submission("a.xlsx", "Phòng Y tế", {"02.A": pair})))
    refused = up(reviewed(below, Đoàn_một="Không đồng ý"), "x.xlsx", "UBND huyện X")
    both = merged(refused.joined(up(below, "y.xlsx", "Sở Y tế")))
    assert sorted(r.record.text("name") for r in both.consolidated.rows) == ["Đoàn hai", "Đoàn một"]
    assert both.rows_read - both.rows_merged == sum(len(r.rows) for r in both.replaced)


def test_without_the_hidden_sheet_the_visible_ones_say_where_rows_come_from() -> None:
    files = sent(
        submission("a.xlsx", "Phòng Y tế", {"02.A": [PLANNED], "03": [CONFERENCE]}),
        submission("b.xlsx", "Phòng Nội vụ", {"02.A": [{**PLANNED, "name": "Đoàn hai"}]}),
    )
    district = merged(files)
    plain = merged(up(district, "huyen.xlsx", "UBND huyện X", whole=False))
    known = merged(up(district, "huyen.xlsx", "UBND huyện X"))
    texts = [[line[0:2] + line[3:] for line in rows(one)] for one in (plain, known)]
    assert texts[0] == texts[1]
    twice = merged(up(known, "tinh.xlsx", "UBND tỉnh", whole=False))
    assert [line[0:2] for line in rows(twice)] == [line[0:2] for line in rows(known)]
    assert all("huyen.xlsx" in r.source and "tinh.xlsx" in r.source for r in twice.consolidated.rows)


def test_of_two_versions_of_a_file_by_two_ways_the_later_stands() -> None:
    old = submission("a.xlsx", "Phòng Y tế", {"02.A": [PLANNED]}, received=datetime(2019, 9, 1))
    new = submission("b.xlsx", "Phòng Y tế", {"02.A": [{**PLANNED, "members": 7}]}, received=datetime(2019, 9, 2))
    for first, second in ((old, new), (new, old)):
        inbox = up(merged(sent(first)), "x.xlsx", "UBND huyện X").joined(sent(second))
        assert [r.record.text("members") for r in merged(inbox).consolidated.rows] == ["7"]


AUGUST, SEPTEMBER, QUARTER = (ReportingPeriod(2019, *months) for months in ((8, 8), (9, 9), (7, 9)))
YEAR = ReportingPeriod(2019)


@pytest.mark.parametrize(
    ("later", "refused", "left", "gone"),
    [
        pytest.param([("X", "01.A", SEPTEMBER)], (), ["X 01.A 8", "X 02.A", "Y 01.A 8"], "", id="another month"),
        pytest.param([("X", "01.A", AUGUST)], (), ["X 02.A"], "Y", id="the month again, of fewer agencies"),
        pytest.param([("X", "01.A", QUARTER)], (), ["X 02.A", "Y 01.A 8"], "", id="the quarter of one"),
        pytest.param([("Z", "01.A", YEAR)], (), ["X 01.A 8", "X 02.A", "Y 01.A 8"], "", id="the year of another"),
        pytest.param([("Z", "02.A", YEAR)], (), ["X 01.A 8", "Y 01.A 8"], "X", id="the plan of others"),
        pytest.param([("X", "02.A", YEAR)], ["X 02.A"], ["X 01.A 8", "Y 01.A 8"], "", id="refused since"),
        pytest.param([("X", "02.A", YEAR), ("Z", "01.A", AUGUST)], (), [], "XY", id="all of it"),
    ],
)
def test_a_later_workbook_replaces_what_it_speaks_of(
    later: list[tuple[str, str, ReportingPeriod]], refused: list[str], left: list[str], gone: str
) -> None:
    def file(agency: str, form: str, period: ReportingPeriod) -> Submission:
        values = REALISED if form == "01.A" else PLANNED
        name = f"{agency} {form} {period.first}" if period == AUGUST else f"{agency} {form}"
        made = submission(f"{name}.xlsx", f"Phòng {agency} huyện Minh Sơn", {form: [{**values, "name": name}]})
        return replace(made, period=None if period.whole else period, sha256=name)

    before = [file("X", "01.A", AUGUST), file("Y", "01.A", AUGUST), file("X", "02.A", YEAR)]
    judged = reviewed(
        merged(sent(*(file(*each) for each in later))),
        **{name.replace(" ", "_"): "Không đồng ý" for name in refused},
    )
    spoken = spoken_of(*read(written(judged, "UBND huyện Minh Sơn"), "sau.xlsx", "UBND huyện Minh Sơn"))
    earlier = opened(written(merged(sent(*before)), "UBND huyện Minh Sơn"), "truoc.xlsx", "UBND huyện Minh Sơn")
    stays = not_replaced(earlier, spoken, "sau.xlsx")
    assert sorted(r.text("name") for one in stays.submissions for r in one.records) == left
    assert agencies_gone(earlier, spoken) == tuple(f"Phòng {name} huyện Minh Sơn" for name in gone)
    assert {*stays.findings} == {one.path for one in stays.submissions[1:]}
    assert len(stays.submissions) == (len(left) + 1 if left else 0)


EXAMPLE = Path(__file__).parents[1] / "examples" / "ky-2020" / "inbox"


@pytest.fixture
def workspaces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A district that has merged, and a province whose inbox holds its workbook."""
    for name in ("huyen", "tinh"):
        (tmp_path / name / "inbox").mkdir(parents=True)
    shutil.copy(EXAMPLE / "so-y-te.xlsx", tmp_path / "huyen" / "inbox")
    settings = 'year = 2020\n[report]\nagency = "UBND huyện Lệ Thủy"\n'
    (tmp_path / "huyen" / "doingoai.toml").write_text(settings, encoding="utf-8")
    (tmp_path / "tinh" / "don-vi.csv").write_text("code,name\nLT,UBND huyện Lệ Thủy\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path / "huyen")
    assert run(["merge", "inbox", "--quiet", "--fail-on", "never"]) == 0
    shutil.copy("tonghop.xlsx", tmp_path / "tinh" / "inbox" / "le-thuy.xlsx")
    monkeypatch.chdir(tmp_path / "tinh")
    return tmp_path


def merge_json(capsys: pytest.CaptureFixture[str], *more: str) -> dict[str, Any]:
    capsys.readouterr()
    run(
        [
            "merge",
            "inbox",
            *more,
            "--year",
            "2020",
            "--out",
            "tonghop.xlsx",
            "--roster",
            "don-vi.csv",
            "-f",
            "json",
        ]
    )
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def test_a_workbook_in_the_inbox_is_merged_and_its_sender_has_sent(
    workspaces: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = merge_json(capsys)
    assert data["rows_read"] == data["rows_merged"] == 10
    assert [f["path"] for f in data["files"]] == ["inbox/le-thuy.xlsx", "inbox/le-thuy.xlsx › inbox/so-y-te.xlsx"]
    assert "TK02" not in {f["code"] for f in data["findings"]}
    own = json.loads(_checked(workspaces / "huyen", capsys))["findings"]
    told = [(f["code"], f["cell"], f["message"]) for f in data["findings"] if not f["code"].startswith("TK")]
    assert sorted(told) == sorted((f["code"], f["cell"], f["message"]) for f in own if f["code"][:2] != "TK")
    twice = merge_json(capsys, str(workspaces / "huyen" / "inbox"))
    assert twice["rows_merged"] == 10
    assert twice["rows_read"] == 10 + sum(s["rows"] for s in twice["superseded"]) == 20


def test_a_workbook_past_its_bounds_costs_itself_alone(
    workspaces: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def spin(*_: object) -> None:
        while True:
            pass

    monkeypatch.setattr(lower_levels, "bounds_of_book", lambda _size: FileBounds(seconds=0.2, wall_seconds=60))
    monkeypatch.setattr(lower_levels, "read_back", spin)
    shutil.copy(workspaces / "huyen" / "inbox" / "so-y-te.xlsx", "inbox")
    data = merge_json(capsys)
    assert data["rows_merged"] > 0
    (found,) = [f for f in data["findings"] if f["file"] == "inbox/le-thuy.xlsx"]
    assert (found["code"], "quá thời gian" in found["message"]) == ("CT01", True)


def _checked(folder: Path, capsys: pytest.CaptureFixture[str]) -> str:
    capsys.readouterr()
    run(["check", (folder / "inbox").as_posix(), "--year", "2020", "-f", "json"])
    return capsys.readouterr().out


def test_older_workbooks_other_cycles_and_broken_ones_are_said(
    workspaces: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copy("inbox/le-thuy.xlsx", "inbox/le-thuy 1.9.2019.xlsx")
    os.utime("inbox/le-thuy.xlsx", (1_700_000_000, 1_700_000_000))
    book = openpyxl.load_workbook("inbox/le-thuy.xlsx")
    for form in ("01.A", "01.B", "02.A", "02.B", "03"):
        del book[form]
    book.save("inbox/hong.xlsx")
    data = merge_json(capsys)
    assert data["rows_merged"] == 10
    assert [p["path"] for p in data["passed_over"]] == ["inbox/le-thuy 1.9.2019.xlsx"]
    assert "CT01" in {f["code"] for f in data["findings"] if f["file"] == "inbox/hong.xlsx"}
    run(["merge", "inbox", "--year", "2021", "--out", "khac.xlsx"])
    assert "kỳ 2020, không phải kỳ 2021" in capsys.readouterr().err


def test_workbooks_of_two_months_of_one_district_add_up(
    workspaces: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for month in ("08", "09"):
        target = workspaces / "tinh" / "inbox" / f"thang-{month}.xlsx"
        form = workspaces / "huyen" / month / "phong-y-te.xlsx"
        form.parent.mkdir()
        new = ["new-template", "--year", "2020", "--form", "01.A", "--agency", "Phòng Y tế huyện Lệ Thủy"]
        assert run([*new, "--out", str(form)]) == 0
        fill_form(form, [("01.A", (1, f"Đoàn tháng {month}"))])
        os.chdir(workspaces / "huyen")
        assert run(["merge", month, "--period", f"2019-{month}", "--out", str(target), "-q"]) in (0, 1)
    os.chdir(workspaces / "tinh")
    Path("inbox/le-thuy.xlsx").unlink()
    os.utime("inbox/thang-08.xlsx", (1_570_000_000, 1_570_000_000))
    capsys.readouterr()
    run(["merge", "inbox", "--year", "2020", "-f", "json"])
    told = capsys.readouterr()
    data = json.loads(told.out)
    assert (data["rows_read"], data["rows_merged"], data.get("passed_over", [])) == (2, 2, [])
    assert "đã có sổ mới hơn của UBND huyện Lệ Thủy (inbox/thang-09.xlsx)" in told.err


def test_a_copy_without_marks_keeps_its_agencies(workspaces: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = openpyxl.load_workbook("inbox/le-thuy.xlsx")
    for name in list(book.custom_doc_props.names):
        del book.custom_doc_props[name]
    for sheet in ("Tổng quan", "Nhật ký", ListSheet.ORIGINS, "Tình hình nộp"):
        del book[sheet]
    Path("inbox/le-thuy.xlsx").unlink()
    book.save("inbox/ban-sao.xlsx")
    data = merge_json(capsys)
    rows = openpyxl.load_workbook("tonghop.xlsx")["02.A"].iter_rows(min_row=8, values_only=True)
    assert data["rows_merged"] == 10
    assert "DR08" in {f["code"] for f in data["findings"] if "ban-sao.xlsx" in (f["file"] or "")}
    assert {row[11] for row in rows if row[1]} == {"Sở Y tế"}


def test_a_nil_return_alone_goes_up_and_withdraws(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A workbook of nobody's that holds nothing but "Không có" is no copy of the files beside it."""
    monkeypatch.chdir(tmp_path)
    for day, text in (("10", "1 | Đoàn y tế | Đoàn cấp sở | Bà A | 5 | Lào | 4"), ("12", " | Không có |")):
        sheet = grid(f"""
            | Tên cơ quan, đơn vị: Sở Y tế |
            | BẢNG TỔNG HỢP KẾ HOẠCH ĐOÀN RA NĂM 2020 |
            | TT | Tên đoàn | Danh nghĩa đoàn | Trưởng đoàn | Số thành viên | Đến nước | Số ngày |
            | {text} |
        """)
        (tmp_path / day).mkdir()
        Path(f"{day}/syt {day}.9.2019.xlsx").write_bytes(xlsx([sheet]))
        assert run(["merge", day, "--year", "2020", "--out", f"top/{day}.xlsx", "-q"]) in (0, 1)
    capsys.readouterr()
    assert run(["merge", "top", "--year", "2020", "-f", "json", "-q"]) in (0, 1)
    data = json.loads(capsys.readouterr().out)
    assert (data["rows_read"], data["rows_merged"], data.get("passed_over", [])) == (1, 0, [])
