"""A file with forms of several agencies: each table is counted to the agency that stands above it."""

import json
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest
from formsheets import CATALOGUE, HEADS, ROWS, TITLES
from hypothesis import given, settings
from hypothesis import strategies as st
from pipetable import grid, xlsx

from doingoai_cli.intake.several_agencies import is_variant
from doingoai_cli.intake.submission import read_submissions
from doingoai_cli.model.findings import Severity
from doingoai_cli.model.grid import Grid
from doingoai_cli.model.outcome import by_submission
from doingoai_cli.model.roster import Roster, RosterEntry
from doingoai_cli.model.submissions import Submission
from doingoai_cli.pipeline.feedback import mark_copies, outcome
from doingoai_cli.pipeline.inbox import Inbox, Request, open_inbox
from doingoai_cli.pipeline.merge import merge
from doingoai_cli.vietnamese.agencies import agency_key

LISTED = ("Sở Y tế", "Sở Du lịch", "Sở Công Thương", "UBND huyện Lệ Thủy", "Phòng Y tế UBND huyện Lệ Thủy")
ROSTER = Roster(
    (
        *(RosterEntry(f"M{n}", name) for n, name in enumerate(LISTED)),
        RosterEntry("BT", "UBND huyện Bố Trạch", ("Bố Trạch",)),
    )
)
Part = tuple[str, list[str]]


def table(head: str, *numbers: int, form: str = "02.A") -> list[str]:
    """The lines of a table; `head` stands above its title, its lines parted by " / "."""
    above = head.split(" / ") if head else []
    return [*above, "", TITLES[form], HEADS[form], *(ROWS[form].format(n=n) for n in numbers)]


def listed(head: str, *lines: int | str, form: str = "02.A") -> list[str]:
    """The lines of a table whose rows stand below lines that name somebody."""
    whole = [ROWS[form].format(n=n) if isinstance(n, int) else n + "|" * 9 for n in lines]
    return [*table(head, form=form), *whole]


def sheets(*of_sheets: Sequence[Sequence[str]], names: Sequence[str] = ()) -> list[Grid]:
    """Sheets of tables that stand below each other."""
    made = []
    for index, tables in enumerate(of_sheets):
        lines = [line for lines in tables for line in (*lines, "")]
        text = "\n".join(f"| {line.replace('|', ' | ')} |" if line else "" for line in lines)
        made.append(grid(text, name=names[index] if names else f"Trang {index + 1}", index=index))
    return made


def parts(grids: Sequence[Grid], roster: Roster | None = ROSTER, **known: object) -> tuple[Submission, ...]:
    return read_submissions(xlsx(grids), "a.xlsx", CATALOGUE, cycle=2020, roster=roster, **known)  # type: ignore[arg-type]


def shown(submissions: Sequence[Submission]) -> list[Part]:
    return [(one.agency_name, [record.text("ordinal") for record in one.records]) for one in submissions]


def told(submissions: Sequence[Submission]) -> list[tuple[str, str | None]]:
    """Reason and cell of each CT10."""
    return [
        (o.params["reason"], o.place.cell) for one in submissions for o in one.observations if o.code == "CT10"
    ]


YT, DL, CT = "UBND TỈNH QUẢNG BÌNH / SỞ Y TẾ", "SỞ DU LỊCH", "Tên cơ quan, đơn vị: Sở Công Thương"
LT, PYT = "UBND HUYỆN LỆ THỦY", "UBND HUYỆN LỆ THỦY / PHÒNG Y TẾ"
TAKEN_APART: list[tuple[list[Grid], list[Part], list[tuple[str, str]]]] = [
    (sheets([table(YT, 1, 2)], [table(DL, 3)], [table(CT, 4, 5)]),
     [("Sở Y tế", ["1", "2"]), ("Sở Du lịch", ["3"]), ("Sở Công Thương", ["4", "5"])],
     [("several", "A2"), ("several", "A1"), ("several", "A1")]),
    (sheets([table(YT, 1, 2), table(DL, 3), table(CT, 4)]),
     [("Sở Y tế", ["1", "2"]), ("Sở Du lịch", ["3"]), ("Sở Công Thương", ["4"])],
     [("several", "A2"), ("several", "A9"), ("several", "A15")]),
    # one agency twice; the second of its tables in another sheet
    (sheets([table(YT, 1)], [table(DL, 2), table("SỞ Y TẾ", 3, form="02.B")]),
     [("Sở Y tế", ["1", "3"]), ("Sở Du lịch", ["2"])], [("several", "A2"), ("several", "A1")]),
    # a table without a name: below another one it is that one's, in a sheet of its own it is asked about
    (sheets([table(YT, 1), table("", 2, form="02.B")], [table(DL, 3)]),
     [("Sở Y tế", ["1", "2"]), ("Sở Du lịch", ["3"])], [("several", "A2"), ("several", "A1")]),
    (sheets([table(YT, 1)], [table("", 2, form="02.B")], [table(DL, 3)]),
     [("Sở Y tế", ["1", "2"]), ("Sở Du lịch", ["3"])], [("several", "A2"), ("unnamed", "A1"), ("several", "A1")]),
    (sheets([table("", 1)], [table(YT, 2)], [table(DL, 3)]),
     [("Sở Y tế", ["1", "2"]), ("Sở Du lịch", ["3"])], [("several", "A2"), ("unnamed", "A1"), ("several", "A1")]),
    (sheets([table(YT, 1)], [table("", 2)], [table(DL, 3)], names=("a", "Sở Công Thương", "c")),
     [("Sở Y tế", ["1"]), ("Sở Công Thương", ["2"]), ("Sở Du lịch", ["3"])],
     [("several", "A2"), ("several", "A1"), ("several", "A1")]),
    # a name that no list has
    (sheets([table(YT, 1)], [table("TRUNG TÂM KIỂM NGHIỆM", 2)], [table(DL, 3)]),
     [("Sở Y tế", ["1", "2"]), ("Sở Du lịch", ["3"])], [("several", "A2"), ("unnamed", "A1"), ("several", "A1")]),
    # the signature of the table before is no letterhead
    (sheets([[*table("SỞ Y TẾ", 1), "", "SỞ Y TẾ", "GIÁM ĐỐC", ""], table(DL, 2)]),
     [("Sở Y tế", ["1"]), ("Sở Du lịch", ["2"])], [("several", "A1"), ("several", "A11")]),
    # a district with its own sheet among those of its offices
    (sheets([table(LT, 1)], [table(PYT, 2)], [table("UBND HUYỆN LỆ THỦY / Đơn vị: Sở Du lịch", 3)]),
     [("UBND huyện Lệ Thủy", ["1"]), ("Phòng Y tế UBND huyện Lệ Thủy", ["2"]), ("Sở Du lịch", ["3"])],
     [("several", "A1"), ("several", "A2"), ("several", "A2")]),
    # the tabs alone say it; a sheet whose tab does not is asked about
    (sheets([table("", 1)], [table("", 2)], [table("", 3)], names=("Sở Du lịch", "SỞ Y TẾ", "Biểu")),
     [("Sở Du lịch", ["1"]), ("Sở Y tế", ["2", "3"])], [("several", "A1"), ("several", "A1"), ("unnamed", "A1")]),
    # a name with something behind it is known as in a file of its own
    (sheets([table(YT, 1)], [table("SỞ DU LỊCH (Phòng Nghiệp vụ)", 2)]),
     [("Sở Y tế", ["1"]), ("Sở Du lịch", ["2"])], [("several", "A2"), ("several", "A1")]),
    # a bare place on the agency's line, that the list has
    (sheets([table(YT, 1)], [table("Tên cơ quan, đơn vị: Bố Trạch", 2)]),
     [("Sở Y tế", ["1"]), ("UBND huyện Bố Trạch", ["2"])], [("several", "A2"), ("several", "A1")]),
    # to whom the report goes
    (sheets([table(YT, 1)], [table(DL, 2)], [table("Kính gửi:|Sở Công Thương", 3)]),
     [("Sở Y tế", ["1"]), ("Sở Du lịch", ["2", "3"])], [("several", "A2"), ("several", "A1"), ("unnamed", "A1")]),
    # a list without a letterhead, its lines name whose rows stand below them
    (sheets([listed("", "I|Sở Y tế", 1, 2, "II|SỞ DU LỊCH", 1)]),
     [("Sở Y tế", ["1", "2"]), ("Sở Du lịch", ["1"])], [("several", "A3"), ("several", "A6")]),
    (sheets([listed("", "I|Sở Y tế", 1, "II|Sở Du lịch", 1)], [listed("", "I|Sở Du lịch", 2)]),
     [("Sở Y tế", ["1"]), ("Sở Du lịch", ["1", "2"])], [("several", "A3"), ("several", "A5")]),
    # a nil return
    (sheets([table(YT, 1)], [[*table(DL), "|Không có||||||||||"]]), [("Sở Y tế", ["1"]), ("Sở Du lịch", [])],
     [("several", "A2"), ("several", "A1")]),
]  # fmt: skip


@pytest.mark.parametrize(("grids", "expected", "said"), TAKEN_APART)
def test_each_table_is_of_the_agency_above_it(
    grids: list[Grid], expected: list[Part], said: list[tuple[str, str]]
) -> None:
    found = parts(grids)
    assert shown(found) == expected
    assert told(found) == said
    assert len({one.key for one in found}) == len(found)
    assert {one.path for one in found} == {"a.xlsx"}
    severities = {o.severity for one in found for o in one.observations if o.params.get("reason") == "several"}
    assert severities == {Severity.INFO}


WHOLE: list[tuple[list[Grid], Roster | None, list[str]]] = [
    (sheets([table(YT, 1)], [table("SỞ Y TẾ", 2, form="02.B")]), ROSTER, []),
    (sheets([table(YT, 1)], [table("", 2, form="02.B")]), ROSTER, []),
    # a body above the sender, once without him
    (sheets([table(LT, 1)], [table(PYT, 2)]), ROSTER, ["ambiguous"]),
    (sheets([table("UBND HUYỆN LỆ THỦY / Đơn vị: Sở Y tế", 1)], [table(LT, 2)]), ROSTER, ["ambiguous"]),
    (sheets([table("UBND HUYỆN LỆ THỦY / Đơn vị: Trạm Y tế xã A", 1)], [table(LT, 2)]), None, ["ambiguous"]),
    # one name in several spellings, where no list tells them apart
    (sheets([table("Tên cơ quan: Sở Y tế", 1)], [table("Tên cơ quan: SYT", 2)]), None, ["ambiguous"]),
    (sheets([table("Sở Y tế", 1)], [table("Sở Y tê", 2)]), None, ["ambiguous"]),
    (sheets([table("Sở Thông tin", 1)], [table("Sở Thông tin và Truyền thông", 2)]), None, ["ambiguous"]),
    # known by its place alone
    (sheets([table("Sở Y tế", 1)], [table("Kho lưu trữ số 12", 2)]), None, ["ambiguous"]),
    # the other is in no list: asked about, but for what is a unit of any agency
    (sheets([table(YT, 1)], [table("HỘI CHỮ THẬP ĐỎ TỈNH", 2)]), ROSTER, ["unnamed"]),
    (sheets([table("SỞ NỘI VỤ", 1)], [table("HỘI CHỮ THẬP ĐỎ TỈNH", 2)]), ROSTER, ["unnamed", "unlisted"]),
    (sheets([table(YT, 1)], [table("PHÒNG TỔ CHỨC", 2)]), ROSTER, []),
    (sheets([table(YT, 1)], [table("SỞ Y TẾ TỈNH", 2)]), ROSTER, []),
    (sheets([table("", 1)], [table("", 2)], names=("Sở Y tế", "SỞ Y TẾ (2)")), ROSTER, ["missing"]),
    # lines within a table: a sender's own units, rows of nobody, all of one
    (sheets([listed("UBND HUYỆN LỆ THỦY", "I|Sở Y tế", 1, "II|Sở Du lịch", 1)]), ROSTER, []),
    (sheets([listed("", 3, "I|Sở Y tế", 1, "II|Sở Du lịch", 1)]), ROSTER, ["missing"]),
    (sheets([listed("", "I|Sở Y tế", 1, "II|Trạm Y tế", 1)]), ROSTER, ["missing"]),
    (sheets([listed("", "I|Sở Y tế", 1, "II|SỞ Y TẾ", 2)]), ROSTER, ["missing"]),
    (sheets([listed("", "I|Sở Y tế", 1, "II|Sở Du lịch", 1)], [listed("")]), ROSTER, ["missing"]),
    (sheets([listed("", "I|Sở Y tế", 1, "II|Sở Du lịch", 1)]), None, ["missing"]),
]


@pytest.mark.parametrize(("grids", "roster", "said"), WHOLE)
def test_a_file_of_one_agency_stays_whole(grids: list[Grid], roster: Roster | None, said: list[str]) -> None:
    found = parts(grids, roster)
    assert len(found) == 1
    assert [reason for reason, _ in told(found)] == said


def test_tables_of_two_agencies_side_by_side_cannot_be_taken_apart() -> None:
    lines = [f"{left}|" + "|" * 10 + f"|{right}" for left, right in (("Sở Y tế", "Sở Du lịch"), ("", ""))]
    lines += [f"{TITLES['02.A']}|" + "|" * 10 + f"|{TITLES['02.A']}", f"{HEADS['02.A']}||{HEADS['02.A']}"]
    lines += [f"{ROWS['02.A'].format(n=1)}||{ROWS['02.A'].format(n=2)}"]
    beside = grid("\n".join(f"| {line.replace('|', ' | ')} |" for line in lines))
    found = parts([beside])
    assert [one.rows for one in found] == [2]
    assert told(found) == [("ambiguous", None)]
    (doubt,) = (o.params for one in found for o in one.observations if o.code == "CT10")
    assert doubt["beside"]
    assert doubt["cells"] == ("Sở Y tế (trang “Sheet1”, ô A1)", "Sở Du lịch (trang “Sheet1”, ô M1)")


def test_a_sentence_lists_few_of_many_names() -> None:
    many = Roster(tuple(RosterEntry(f"M{n}", f"UBND xã Số {n}") for n in range(14)))
    found = parts(sheets([table(entry.name, 1) for entry in many.entries]), many)
    names = [o.params["names"] for one in found for o in one.observations if o.code == "CT10"]
    assert len(found) == len(names) == 14
    assert {len(listed) for listed in names} == {11}
    assert names[0][-1] == "và 4 cơ quan khác"


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Sở Y tế", "Sở Y tế tỉnh Quảng Bình", True),
        ("Sở Y tế", "Sở Y tê", True),
        ("Sở Y tế", "Sở Ytế", True),
        ("Phòng Nội vụ", "Phòng Nội vụ huyện Lệ Thủy", True),
        ("UBND xã Tân Hòa", "UBND xã Tân Hóa", True),
        ("Sở Y tế", "Sở Du lịch", False),
        ("UBND huyện Quảng Ninh", "UBND huyện Quảng Trạch", False),
        ("Trường THPT số 1 Bố Trạch", "Trường THPT số 2 Bố Trạch", False),
        ("Sở Tài chính", "Sở Nội vụ", False),
        ("Công an tỉnh", "Tỉnh đoàn", False),
    ],
)
def test_names_that_may_be_one(one: str, other: str, alike: bool) -> None:
    assert is_variant(agency_key(one), agency_key(other)) is alike


MEMBERS = "| Mẫu | TT đoàn | Họ và tên | Chức vụ | Cơ quan |\n{}"


@pytest.mark.parametrize(
    ("row", "of", "where"),
    [
        ("| 02.A | 3 | Trần Văn Ba | Trưởng phòng | |", "Sở Du lịch", 2),  # it alone has that delegation
        ("| 02.A | 1 | Trần Văn Ba | Trưởng phòng | Sở Y tế |", "Sở Y tế", 2),
        ("| 02.A | 1 | Trần Văn Ba | Trưởng phòng | |", "Sở Y tế", 1),  # the list stands behind its table
        ("| 02.A | 9 | Trần Văn Ba | Trưởng phòng | |", "Sở Y tế", 1),  # nobody has it: CT09
    ],
)
def test_members_go_with_their_delegation(row: str, of: str, where: int) -> None:
    forms = sheets([table(YT, 1, 2)], [table(DL, 1, 3)])
    members = grid(MEMBERS.format(row), name="Danh sách thành viên", index=where)
    later = [Grid("Trang 2", 2, forms[1].cells)] if where == 1 else []
    found = parts([forms[0], members, *later] if where == 1 else [*forms, members])
    assert {one.agency_name: len(one.members) for one in found} == {"Sở Y tế": 0, "Sở Du lịch": 0} | {of: 1}
    assert [o.code for one in found for o in one.observations if o.code == "CT09"] == ["CT09"] * (" 9 " in row)


# --- the whole way (cả quá trình) -------------------------------------------------------------------------------

ROWS_OF = st.lists(st.integers(1, 9), min_size=1, max_size=4, unique=True)
WRITTEN = {
    "Sở Y tế": "SỞ Y TẾ",
    "Sở Du lịch": "Tên cơ quan, đơn vị: Sở Du lịch",
    "Sở Công Thương": "SỞ CÔNG THƯƠNG",
}


def roster_in(folder: Path) -> Path:
    path = folder / "don-vi.csv"
    path.write_text("ma,ten\n" + "".join(f"M{n},{name}\n" for n, name in enumerate(LISTED)), encoding="utf-8")
    return path


def opened(folder: Path, files: dict[str, list[Grid]]) -> Inbox:
    inbox = folder / "inbox"
    inbox.mkdir(parents=True)
    for name, grids in files.items():
        (inbox / name).write_bytes(xlsx(grids))
    return open_inbox(
        Request(paths=(str(inbox),), year=2020, roster=(roster_in(folder),), cache=False, across=True)
    )


def account(inbox: Inbox) -> tuple[object, ...]:
    """Rows, states and findings, without the place where they stand."""
    rows = sorted(
        (s.agency_name, t.form, *(record.text(field) for field in record.fields))
        for s, t in inbox.settled.counted
        for record in t.records
    )
    own = by_submission(inbox.settled.submissions, inbox.findings)
    found = sorted(
        (key.agency, f.code, f.form or "", f.ordinal or "", f.field or "", f.value or "")
        for key, findings in own.items()
        for f in findings
        if f.code != "CT10"
    )
    missing = sorted(f.agency or "" for f in inbox.findings if f.file is None)
    return rows, found, missing


@settings(max_examples=15, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from([*WRITTEN]),
        st.dictionaries(st.sampled_from(["02.A", "02.B"]), ROWS_OF, min_size=1),
        min_size=2,
    ),
    st.booleans(),
)
def test_one_file_for_all_is_as_a_file_of_each(
    tmp_path_factory: pytest.TempPathFactory, sent: dict[str, dict[str, list[int]]], one_sheet: bool
) -> None:
    tables = {
        name: [
            table(WRITTEN[name] if not at else "", *rows, form=form)
            for at, (form, rows) in enumerate(forms.items())
        ]
        for name, forms in sent.items()
    }
    together = sheets([t for own in tables.values() for t in own]) if one_sheet else sheets(*tables.values())
    folder = tmp_path_factory.mktemp("several")
    apart = {f"{number}-2019-09-01.xlsx": sheets(own) for number, own in enumerate(tables.values())}
    joint = account(opened(folder / "joint", {"chung-2019-09-01.xlsx": together}))
    assert joint == account(opened(folder / "apart", apart))


def test_a_correction_replaces_the_part_of_its_sender_alone(tmp_path: Path) -> None:
    files = {
        "chung-2019-09-01.xlsx": sheets([table(YT, 1, 2)], [table(DL, 3)], [table(CT, 4)]),
        "chung-2019-09-02.xlsx": sheets([table(YT, 1, 2)], [table(DL, 3)], [table(CT, 4)]),
        "du-lich-2019-09-10.xlsx": sheets([table(DL, 3, 5)]),
    }
    inbox = opened(tmp_path, files)
    rows: dict[str, list[str]] = {name: [] for name in ("Sở Y tế", "Sở Du lịch", "Sở Công Thương")}
    for submission, of_form in inbox.settled.counted:
        rows[submission.agency_name] += [record.text("ordinal") for record in of_form.records]
    assert rows == {"Sở Y tế": ["1", "2"], "Sở Du lịch": ["3", "5"], "Sở Công Thương": ["4"]}
    assert {f.agency for f in inbox.findings if f.code == "TK02"} == {*LISTED} - {*rows}
    assert [f.agency for f in inbox.findings if f.code == "TK04"] == ["Sở Du lịch"]
    again = merge(inbox, tmp_path / "tonghop.xlsx")
    assert again.consolidation is not None
    assert (again.consolidation.rows_read, again.consolidation.rows_merged) == (10, 5)
    lines = [(entry.agency, entry.rows_read, entry.rows_merged) for entry in again.consolidation.files]
    assert sorted(lines[:3]) == [("Sở Công Thương", 1, 1), ("Sở Du lịch", 1, 0), ("Sở Y tế", 2, 2)]
    assert {rows for _, _, rows in lines[3:6]} == {0}  # sent again, byte by byte


def test_a_correction_replaces_the_rows_below_its_senders_line(tmp_path: Path) -> None:
    files = {
        "chung-2019-09-01.xlsx": sheets(
            [listed("", "I|Sở Y tế", 1, 2, "II|Sở Du lịch", 3, "III|Sở Công Thương", 4)]
        ),
        "du-lich-2019-09-10.xlsx": sheets([table(DL, 3, 5)]),
    }
    inbox = opened(tmp_path, files)
    found = sorted(
        (s.agency_name, record.text("ordinal")) for s, t in inbox.settled.counted for record in t.records
    )
    expected = [
        ("Sở Công Thương", "4"),
        ("Sở Du lịch", "3"),
        ("Sở Du lịch", "5"),
        ("Sở Y tế", "1"),
        ("Sở Y tế", "2"),
    ]
    assert found == expected


@pytest.mark.parametrize(("form", "left"), [("02.A", ["1", "2", "3"]), ("02.B", ["1", "3"])])
def test_rows_under_a_name_that_no_list_has_outlive_a_correction(
    tmp_path: Path, form: str, left: list[str]
) -> None:
    """They may be another's: the sender's own file stands beside them, where they are of the same form."""
    other = table("HỘI CHỮ THẬP ĐỎ TỈNH", 2, form=form)
    files = {
        "chung-2019-09-01.xlsx": sheets([table(YT, 1)], [other]),
        "y-te-2019-09-10.xlsx": sheets([table(YT, 1, 3)]),
    }
    inbox = opened(tmp_path, files)
    counted = (
        record.text("ordinal") for _, t in inbox.settled.counted for record in t.records if t.form == "02.A"
    )
    assert sorted(counted) == left


def test_one_file_of_a_locality_is_its_common_plan(tmp_path: Path) -> None:
    common = sheets([table("UBND HUYỆN LỆ THỦY", 1)], [table("HUYỆN ỦY LỆ THỦY", 2)])
    inbox = opened(tmp_path / "one", {"chung.xlsx": common})
    assert [s.agency_name for s in inbox.run.submissions] == ["UBND huyện Lệ Thủy"]
    (tmp_path / "two").mkdir()
    ours = open_inbox(Request(paths=(str(tmp_path / "one" / "inbox"),), year=2020, cache=False, across=True))
    assert [s.agency_name for s in ours.run.submissions] == ["UBND HUYỆN LỆ THỦY", "HUYỆN ỦY LỆ THỦY"]
    assert not [f for f in (*inbox.findings, *ours.findings) if f.code == "TK05"]
    assert not [f for f in inbox.findings if f.code == "CT10"]


def test_one_file_by_itself_is_not_the_inbox(tmp_path: Path) -> None:
    opened(tmp_path, {"chung.xlsx": sheets([table(YT, 1)], [table(DL, 1)])})
    asked = Request(
        paths=(str(tmp_path / "inbox" / "chung.xlsx"),), year=2020, roster=(roster_in(tmp_path),), cache=False
    )
    assert not [f for f in open_inbox(asked).findings if f.code.startswith("TK")]


def test_a_workbook_carries_the_parts_of_a_file_up(tmp_path: Path) -> None:
    own = opened(tmp_path / "below", {"chung.xlsx": sheets([table(YT, 1, 2)], [table(DL, 3)])})
    above = tmp_path / "above" / "inbox"
    above.mkdir(parents=True)
    merge(own, above / "huyen.xlsx")
    asked = Request(paths=(str(above),), year=2020, roster=(roster_in(tmp_path),), cache=False, across=True)
    once = open_inbox(asked)
    assert account(once) == account(own)
    (above / "chung.xlsx").write_bytes((tmp_path / "below" / "inbox" / "chung.xlsx").read_bytes())
    assert account(open_inbox(asked)) == account(own)  # the file came itself as well


def test_one_marked_copy_and_one_count_of_files(tmp_path: Path) -> None:
    inbox = opened(tmp_path, {"chung.xlsx": sheets([table(YT, 1)], [table(DL, 2)])})
    checked = outcome(inbox)
    assert [(file.path == inbox.run.submissions[0].path, file.agency) for file in checked.files] == [
        (True, "Sở Y tế"),
        (True, "Sở Du lịch"),
    ]
    assert (checked.summary.files, checked.summary.rows) == (1, 2)
    assert json.dumps([agency for _, agency, _ in checked.by_sender if agency]) == json.dumps(
        ["Sở Y tế", "Sở Du lịch"]
    )
    mark_copies(inbox, tmp_path / "tra-lai")
    (copy,) = (tmp_path / "tra-lai").iterdir()
    said = [str(cell.value) for row in openpyxl.load_workbook(copy).worksheets[0]["A1:A6"] for cell in row]
    assert (copy.name, "Cơ quan, đơn vị: Sở Y tế; Sở Du lịch" in said) == ("chung.xlsx", True)


def test_a_time_that_an_officer_corrects_for_one_is_that_of_the_file(tmp_path: Path) -> None:
    inbox, out = (
        opened(tmp_path, {"chung.xlsx": sheets([table(YT, 1)], [table(DL, 2)])}),
        tmp_path / "tonghop.xlsx",
    )
    merge(inbox, out)
    book = openpyxl.load_workbook(out)
    row = next(row for row in book["Nhật ký"].iter_rows(min_row=5) if row[2].value == "Sở Du lịch")
    row[3].value = "05/09/2030 10:00"
    book.save(out)
    asked = Request(paths=(str(tmp_path / "inbox"),), year=2020, cache=False, across=True, target=out)
    came = open_inbox(asked).settled.arrivals.values()
    assert [one.received for one in came] == ["05/09/2030 10:00"]
