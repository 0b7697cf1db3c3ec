"""A province's whole year as a story: plans, review, letters, months, reports that agree, up the tree."""

import csv
import json
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from docx import Document
from province import (
    AGENCIES,
    SENDERS,
    UNITS,
    Delegation,
    delegations,
    doingoai,
    fill_form,
    heads,
    monthly_file,
    plan_file,
    took_place,
)

PROVINCE = "UBND tỉnh Quảng Bình"
DISTRICTS = {"le-thuy": "UBND huyện Lệ Thủy", "minh-hoa": "UBND huyện Minh Hóa"}
SHEET_OF = {True: "02.A", False: "02.B"}
REPORTS: Mapping[str, tuple[int, int, str, tuple[str, ...]]] = {
    **{f"thang-{m}": (m, m, f"2019-{m + 1:02d}-01", ("--kind", "thang", "--month", str(m))) for m in (4, 8)},
    **{f"quy-{q}": (3 * q - 2, 3 * q, f"2019-{3 * q + 1:02d}-01", ("--kind", "quy", "--quarter", str(q)))
       for q in (1, 2, 3)},
    "6-thang": (1, 6, "2019-07-01", ("--kind", "6-thang")),
    "9-thang": (1, 9, "2019-10-01", ("--kind", "9-thang")),
    "nam": (1, 12, "2019-12-31", ()),
}  # fmt: skip
"""First and last month, the document's day, and what is typed."""
CANCELLED = next(d for d in delegations(2019) if d.outbound and d.agreed and d.quarter == 4)
ADDED = next(d for d in delegations(2019) if not d.planned)


@dataclass(frozen=True)
class Told:
    """What one report said: its figures by id, and its paragraphs."""

    figures: Mapping[str, Any]
    text: str


@dataclass(frozen=True)
class Story:
    """The folders as they stand at the end, and what was said on the way."""

    root: Path
    said: Mapping[str, str]
    reports: Mapping[str, Told]

    @property
    def province(self) -> Path:
        return self.root / "tinh"


class Player:
    """Who types the commands: in the folder of a province, of its districts, of the ministry."""

    def __init__(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.root, self._monkeypatch = root, monkeypatch
        self.said: dict[str, str] = {}
        self.files: dict[str, str] = {}

    def do(self, place: str, *arguments: str) -> str:
        self._monkeypatch.chdir(self.root / place)
        status, out, err = doingoai(*arguments)
        assert status == 0, (arguments, out[-2000:], err[-2000:])
        return out

    def settings(self, place: str, year: int, agency: str, history: Sequence[str] = ()) -> None:
        folder = self.root / place
        folder.mkdir(exist_ok=True)
        (folder / f"inbox-{year}").mkdir(exist_ok=True)
        lines = [f"year = {year}", 'province = "Quảng Bình"', f'inbox = "inbox-{year}"']
        lines += ['roster = "don-vi.csv"'] * (folder / "don-vi.csv").exists()
        lines += [f"history = {json.dumps(list(history))}", "[report]", f'agency = "{agency}"']
        (folder / "doingoai.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")

    def roster(self, place: str, agencies: Mapping[str, str]) -> None:
        """Every place numbers its own agencies from 1."""
        (self.root / place).mkdir(exist_ok=True)
        lines = ["code,name,kind", *(f"{n},{name},{kind}" for n, (name, kind) in enumerate(agencies.items(), 1))]
        (self.root / place / "don-vi.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")

    def forms(self, place: str, year: int) -> None:
        """Forms go out to all of a roster and come back filled with plans; what was carried out stays blank."""
        self.do(place, "new-template", "--year", str(year), "--roster", "don-vi.csv", "--out", "bieu-mau", "-q")
        with (self.root / place / "bieu-mau" / "danh-sach-tep.csv").open(encoding="utf-8-sig") as file:
            sent = dict(list(csv.reader(file))[1:])
        for sender in (name for name in sent if name in SENDERS):
            target = self.root / place / f"inbox-{year}" / sent[sender]
            shutil.copy(self.root / place / "bieu-mau" / sent[sender], target)
            planned = [d for d in delegations(year) if d.sender == sender and d.planned]
            fill_form(target, [(SHEET_OF[d.outbound], d.as_plan()) for d in planned])
            self.files[sender] = sent[sender]

    def months(self, place: str, year: int, first: int, last: int, senders: Sequence[str]) -> None:
        for month in range(first, last + 1):
            for sender in senders:
                mine = [d for d in delegations(year) if d.month == month and d.sender == sender]
                folder = self.root / place / f"inbox-{year + 1}" / f"{year}-{month:02d}"
                if mine:
                    monthly_file(folder / self.files[sender], sender, mine)

    def merge(self, place: str, year: int) -> str:
        book = f"tonghop-{year}.xlsx"
        return self.do(place, "merge", f"inbox-{year}", "--out", book, "--fail-on", "never", "-q")

    def send_up(self, year: int) -> str:
        """The districts merge and send their workbooks up; the province merges."""
        for place in DISTRICTS:
            self.merge(place, year)
            shutil.copy(
                self.root / place / f"tonghop-{year}.xlsx", self.root / "tinh" / f"inbox-{year}" / f"{place}.xlsx"
            )
        return self.merge("tinh", year)

    def figures(self, place: str, *arguments: str) -> dict[str, Any]:
        found = json.loads(self.do(place, "figures", *arguments, "--format", "json", "-q"))
        return {figure["id"]: figure["value"] for figure in found["figures"]}

    def report(self, name: str, *arguments: str) -> Told:
        out = f"{name}.docx"
        self.do("tinh", "report", *arguments, "--out", out, "-q")
        text = "\n".join(p.text for p in Document(str(self.root / "tinh" / out)).paragraphs)
        return Told(self.figures("tinh", *arguments), text)


def review(path: Path, year: int) -> None:
    """The officer writes an opinion on each plan, and a remark where it is not agreed."""
    book = openpyxl.load_workbook(path)
    facts = {d.name: d for d in delegations(year)}
    for sheet in SHEET_OF.values():
        row, column = heads(book[sheet], "Ý kiến thẩm định")
        for number in range(row + 1, book[sheet].max_row + 1):
            fact = facts.get(str(book[sheet].cell(number, column["Tên đoàn"]).value))
            if fact is not None:
                opinion = "Không đồng ý (trùng)" if fact.refused else "Điều chỉnh" if fact.to_adjust else "Đồng ý"
                book[sheet].cell(number, column["Ý kiến thẩm định"]).value = opinion
                remark = "" if fact.agreed else f"Xem lại {fact.name}"
                book[sheet].cell(number, column["Ghi chú thẩm định"]).value = remark
    book.save(path)


def adjust(path: Path) -> None:
    """Two letters change the plan: one cancels a trip and adds another, one changes a third."""
    book = openpyxl.load_workbook(path)
    sheet = book["Điều chỉnh kế hoạch"]
    row, column = heads(sheet, "Số văn bản")
    changed = next(d for d in took_place(2019) if d.planned)
    lines = (
        ("12/3/2019", "45/UBND-NgV", CANCELLED, "Hủy"),
        ("12/3/2019", "45/UBND-NgV", ADDED, "Bổ sung"),
        ("20/6/2019", "112/UBND-NgV", changed, "điều chỉnh"),
    )
    for number, (day, letter, fact, what) in enumerate(lines, row + 1):
        for heading, text in zip(
            ("Ngày", "Số văn bản", "Đoàn", "Bổ sung / điều chỉnh / hủy"),
            (day, letter, fact.name, what),
            strict=True,
        ):
            sheet.cell(number, column[heading]).value = text
    book.save(path)


def play(player: Player) -> Iterator[tuple[str, Told]]:
    player.roster("tinh", {**AGENCIES, **dict.fromkeys(DISTRICTS.values(), "huyện")})
    for place, district in DISTRICTS.items():
        player.roster(place, dict.fromkeys(UNITS[district], "phòng"))
    owners = {"tinh": PROVINCE, **DISTRICTS}
    # Autumn 2018: the plan of 2019
    for place, owner in owners.items():
        player.settings(place, 2019, owner)
        player.forms(place, 2019)
    player.said["check"] = player.do("tinh", "check", "inbox-2019", "--fail-on", "error", "--format", "json", "-q")
    player.said["merge"] = player.send_up(2019)
    review(player.root / "tinh" / "tonghop-2019.xlsx", 2019)
    player.said["again"] = player.merge("tinh", 2019)
    player.said["notify"] = player.do("tinh", "notify", "tonghop-2019.xlsx", "--out", "thong-bao")
    for kind in ("ke-hoach", "to-trinh"):
        yield kind, player.report(kind, "--kind", kind, "--year", "2019", "--date", "2018-10-15")
    # 2019 month by month, the plan adjusted on the way
    for place, owner in owners.items():
        player.settings(place, 2020, owner, ["tonghop-2019.xlsx"])
    player.months("tinh", 2019, 1, 12, [*AGENCIES])
    for place, district in DISTRICTS.items():
        player.months(place, 2019, 1, 12, UNITS[district])
    player.said["months"] = player.send_up(2020)
    adjust(player.root / "tinh" / "tonghop-2020.xlsx")
    player.merge("tinh", 2020)
    for name, (_, _, day, kind) in REPORTS.items():
        year = "2020" if name == "nam" else "2019"
        yield name, player.report(name, "--year", year, "--date", day, *kind)
    between = ("tonghop-2019.xlsx", "tonghop-2020.xlsx", "--date", "2019-10-01", "--format", "json")
    player.said["reconcile"] = player.do("tinh", "reconcile", *between)
    player.said["calendar"] = player.do(
        "tinh", "status", "inbox-2020", "--calendar", "--date", "2020-01-10", "--format", "json"
    )
    # Autumn 2019 and 2020: the plans of 2020 and 2021; forms whose results are blank withdraw no month
    for sender, file in player.files.items():
        place = next((p for p, name in DISTRICTS.items() if sender in UNITS[name]), "tinh")
        plan_file(player.root / place / "inbox-2020" / file, sender, 2020)
    player.said["plans"] = player.send_up(2020)
    for place, owner in owners.items():
        player.settings(place, 2021, owner, ["tonghop-2020.xlsx"])
    for sender in AGENCIES:
        plan_file(player.root / "tinh" / "inbox-2021" / player.files[sender], sender, 2021)
    player.merge("tinh", 2021)


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    with pytest.MonkeyPatch.context() as monkeypatch:
        root = tmp_path_factory.mktemp("nam")
        monkeypatch.setenv("XDG_CACHE_HOME", str(root / "cache"))
        player = Player(root, monkeypatch)
        reports = dict(play(player))
        yield Story(root, player.said, reports)


def agreed(year: int, *, outbound: bool) -> list[Delegation]:
    return [d for d in delegations(year) if d.agreed and d.outbound is outbound]


def test_forms_go_out_and_come_back_whole(story: Story) -> None:
    assert not [f for f in json.loads(story.said["check"])["findings"] if f["severity"] == "error"]
    planned = sum(d.planned for d in delegations(2019))
    assert f"đọc {planned} dòng, tổng hợp {planned} dòng" in story.said["merge"]
    assert "không có gì mới" in story.said["again"]


def test_each_agency_hears_of_its_own_plans(story: Story) -> None:
    lines = {line[:38].strip(): line[38:].split() for line in story.said["notify"].splitlines() if ".docx" in line}
    for sender in set(SENDERS) - {"Sở Ngoại vụ"}:
        mine = [d for d in delegations(2019) if d.sender == sender and d.planned]
        counts = [sum(d.agreed for d in mine), sum(d.to_adjust for d in mine), sum(d.refused for d in mine)]
        line = next(words for name, words in lines.items() if name == sender)
        assert [int(word) for word in line[:3]] == counts, sender
        letter = "\n".join(
            cell.text for t in Document(str(story.province / line[-1])).tables for r in t.rows for cell in r.cells
        )
        assert all(d.name in letter for d in mine)
        assert all(f"Xem lại {d.name}" in letter for d in mine if not d.agreed)


def test_what_is_agreed_is_the_plan(story: Story) -> None:
    outbound, inbound = agreed(2019, outbound=True), agreed(2019, outbound=False)
    for kind in ("ke-hoach", "to-trinh"):
        told = story.reports[kind]
        assert told.figures["plan.out.delegations"] == len(outbound)
        assert told.figures["plan.out.persons"] == sum(d.members for d in outbound)
        assert told.figures["plan.in.delegations"] == len(inbound)
        assert f"{len(outbound)} đoàn ra với {sum(d.members for d in outbound)} lượt người" in told.text
        if kind == "ke-hoach":
            assert f"Nguồn kinh phí đoàn ra: Ngân sách nhà nước ({len(outbound)} đoàn)" in told.text
        document = Document(str(story.province / f"{kind}.docx"))
        names = [row.cells[1].text for t in document.tables for row in t.rows if len(row.cells) > 9]
        listed = [name for name in names if name in {d.name for d in outbound}]
        assert sorted(listed) == sorted(d.name for d in outbound)
        quarters = {d.name: d.quarter for d in outbound}
        assert [quarters[name] for name in listed] == sorted(quarters.values())
        assert not {d.name for d in delegations(2019) if d.planned and not d.agreed} & set(names)


@pytest.mark.parametrize("name", REPORTS)
def test_every_report_counts_what_took_place(story: Story, name: str) -> None:
    first, last, _, _ = REPORTS[name]
    told = story.reports[name]
    outbound, inbound = took_place(2019, first, last), took_place(2019, first, last, outbound=False)
    assert told.figures["out.delegations"] == len(outbound)
    assert told.figures["out.persons"] == sum(d.members for d in outbound)
    assert told.figures["out.in_plan"] == sum(d.planned for d in outbound)
    assert told.figures["out.countries"] == len({d.country for d in outbound})
    assert told.figures["in.delegations"] == (len(inbound) or None)  # nobody said that there were none
    assert told.figures["out.undated"] == told.figures["out.not_counted"] == 0
    assert f"{len(outbound):02d} đoàn ra với {sum(d.members for d in outbound):02d} lượt người" in told.text


def test_months_and_quarters_add_up(story: Story) -> None:
    def value(name: str, figure: str = "out.delegations") -> int:
        return story.reports[name].figures[figure] or 0

    for figure in ("out.delegations", "out.persons", "in.delegations", "in.persons"):
        assert value("quy-1", figure) + value("quy-2", figure) == value("6-thang", figure)
        assert value("6-thang", figure) + value("quy-3", figure) == value("9-thang", figure)
    assert value("9-thang") + len(took_place(2019, 10, 12)) == value("nam")
    assert len(took_place(2019)) + len(took_place(2019, outbound=False)) == int(
        story.said["months"].partition("đọc ")[2].split()[0]
    )


def test_one_rate_and_the_adjusted_plan_everywhere(story: Story) -> None:
    summary = {d["direction"]: d["summary"] for d in json.loads(story.said["reconcile"])["directions"]}["out"]
    told = story.reports["9-thang"]
    planned = [d for d in delegations(2019) if d.planned and d.outbound and not d.refused]
    done = [d for d in took_place(2019, 1, 9) if d.planned]
    assert (summary["planned"], summary["in_plan"]) == (len(planned), len(done))
    assert (summary["added"], summary["plan_changes"], summary["unsure_pairs"]) == (1, 2, 0)
    rest = [d for d in planned if d.quarter == 4 and d != CANCELLED]
    assert summary["not_due"] == len(rest)
    for part in ("planned", "off_plan", "cancelled", "not_due", "adjusted", "added"):
        assert told.figures[f"execution.out.{part}"] == summary[part], part
    assert told.figures["execution.out.rate"] == summary["execution_rate"]
    rate = f"{summary['execution_rate']:g}".replace(".", ",")
    assert f"{len(done)} đoàn trong kế hoạch đã thực hiện trên tổng số {len(planned)} đoàn được duyệt" in told.text
    assert f"đạt tỷ lệ {rate}%" in told.text
    assert "được điều chỉnh 02 lần, bổ sung 01 đoàn ra" in told.text
    # part V: the rest of the year as the adjusted plan has it
    assert told.figures["remaining.plan.out.delegations"] == len(rest)


def test_the_calendar_knows_who_sent_which_month(story: Story) -> None:
    found = {r["period"]: r for r in json.loads(story.said["calendar"])["reports"]}
    senders = {**{name: (name,) for name in AGENCIES}, **UNITS}
    for month in range(1, 13):
        lines = {line["agency"]: line["state"] for line in found[f"2019-{month:02d}"]["agencies"]}
        sent = {d.sender for d in delegations(2019) if d.month == month}
        for agency, own in senders.items():
            assert (lines[agency] in ("received", "late")) is bool(sent & set(own)), (month, agency)


def rows_of(book: Path) -> list[tuple[object, ...]]:
    """Every row of a consolidated workbook as its sender wrote it, in no order."""
    found = []
    for form in ("01.A", "01.B", "02.A", "02.B"):
        sheet = openpyxl.load_workbook(book)[form]
        row, column = heads(sheet, "Tên đoàn")
        cells = sheet.iter_rows(min_row=row + 1, max_col=column["Cơ quan"], values_only=True)
        found += [(form, *line[1:]) for line in cells if line[column["Cơ quan"] - 1]]
    return sorted(found, key=repr)


def test_sums_are_equal_up_to_the_ministry(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    player = Player(story.root, monkeypatch)
    for place in ("bo", "phang"):
        player.settings(place, 2020, "")
    inbox = story.root / "bo" / "inbox-2020"
    shutil.copy(story.province / "tonghop-2020.xlsx", inbox / "quang-binh.xlsx")
    shutil.copy(story.root / "le-thuy" / "tonghop-2020.xlsx", inbox / "le-thuy.xlsx")  # comes a second way
    for place in ("tinh", *DISTRICTS):
        shutil.copytree(story.root / place / "inbox-2020", story.root / "phang" / "inbox-2020" / place)
    for place in DISTRICTS:
        (story.root / "phang" / "inbox-2020" / "tinh" / f"{place}.xlsx").unlink()
    for place in ("bo", "phang"):
        player.merge(place, 2020)
    asked = ("--from", "tonghop-2020.xlsx", "--year", "2020", "--date", "2019-12-31")
    counted = [
        {i: v for i, v in player.figures(place, *asked).items() if i.startswith(("out.", "in.", "plan."))}
        for place in ("bo", "tinh", "phang")
    ]
    assert counted[0] == counted[1] == counted[2]
    assert counted[0]["out.delegations"] == len(took_place(2019))
    assert counted[0]["plan.out.delegations"] == sum(d.planned and d.outbound for d in delegations(2020))
    books = [rows_of(story.root / place / "tonghop-2020.xlsx") for place in ("bo", "tinh", "phang")]
    assert books[0] == books[1] == books[2]
    units = sum(len(rows_of(story.root / place / "tonghop-2020.xlsx")) for place in DISTRICTS)
    assert units == sum(1 for row in books[0] if row[-1] in {u for units in UNITS.values() for u in units})


def test_forms_filled_from_a_workbook_say_the_same(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    player = Player(story.root, monkeypatch)
    player.settings("lai", 2020, "")
    out = (story.root / "lai" / "inbox-2020").as_posix()
    for n, unit in enumerate(UNITS["UBND huyện Minh Hóa"]):
        player.do(
            "minh-hoa", "new-template", "--from", "tonghop-2020.xlsx", "--agency", unit, "--out", f"{out}/{n}.xlsx"
        )
    player.merge("lai", 2020)
    assert rows_of(story.root / "lai" / "tonghop-2020.xlsx") == rows_of(
        story.root / "minh-hoa" / "tonghop-2020.xlsx"
    )


def test_what_is_planned_is_shared(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    Player(story.root, monkeypatch).do("tinh", "share", "tonghop-2019.xlsx", "--out", "chia-se", "-q")
    planned = {d.name: d for d in delegations(2019) if d.planned and not d.refused and d != CANCELLED}
    shared = story.province / "chia-se"
    events = (shared / "lich-doi-ngoai-2019.ics").read_text(encoding="utf-8")
    assert events.count("BEGIN:VEVENT") == len(planned)
    book = openpyxl.load_workbook(shared / "lich-doi-ngoai-2019.xlsx")
    assert {f"Tháng {month}" for month in range(1, 13)} <= set(book.sheetnames)
    cells = [[str(c or "") for c in row] for row in book["Trùng nhau"].iter_rows(values_only=True)]
    pairs = [[d for d in planned.values() if any(d.name in cell for cell in row)] for row in cells]
    for one, other in (pair for pair in pairs if len(pair) == 2):
        assert one.sender != other.sender
        assert one.quarter == other.quarter
        assert one.country == other.country or one.theme == other.theme
    expected = sum(
        one.sender < other.sender and one.quarter == other.quarter
        and (one.country == other.country or (one.theme == other.theme and one.outbound and other.outbound))
        for one in planned.values() for other in planned.values()
    )  # fmt: skip
    assert sum(len(pair) == 2 for pair in pairs) == expected


def test_three_years_are_searched_at_once(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    player = Player(story.root, monkeypatch)
    found = json.loads(player.do("tinh", "find", "Lào", "--field", "country", "--format", "json", "-q"))["rows"]
    planned = [d.name for year in (2019, 2020) for d in delegations(year) if d.planned and d.country == "Lào"] + [
        d.name for d in delegations(2021) if d.planned and d.country == "Lào" and d.sender in AGENCIES
    ]
    done = [d.name for out in (True, False) for d in took_place(2019, outbound=out) if d.country == "Lào"]
    assert sorted(row["name"] for row in found) == sorted(planned + done)
    assert {row["book"] for row in found} == {f"tonghop-{year}.xlsx" for year in (2019, 2020, 2021)}
