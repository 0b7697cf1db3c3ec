"""Forms of a workspace's own: a copy of Mẫu 02.A under another code comes out wherever 02.A does."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import openpyxl
import pytest
import yaml

from doingoai_cli.cli.app import run
from doingoai_cli.errors import ConfigError
from doingoai_cli.model import own_files
from doingoai_cli.model.forms import Direction, Stage, load_forms, shipped_forms
from doingoai_cli.model.records import PlannedTrip
from doingoai_cli.report.outlines import load_outlines
from doingoai_cli.resources import forms_dir, outlines_dir

CODE = "KH-XA"
ROWS = (
    ("1", "Đoàn thăm tỉnh Aichi", "Thăm và làm việc", "Trần Thị B, Trưởng phòng", 4, "Nhật Bản", "Tỉnh Aichi",
     "Ký thỏa thuận", 5, "Quý II/2020", "Ngân sách tỉnh chi vé máy bay"),
    ("2", "Đoàn thăm tỉnh Khăm Muộn", "Thăm và làm việc", "Lê Văn C, Trưởng phòng", 3, "Lào", "Tỉnh Khăm Muộn",
     "Hội đàm", 3, "Quý III/2020", "Ngân sách tỉnh chi toàn bộ chi phí"),
)  # fmt: skip


class Done(NamedTuple):
    status: int
    out: str
    err: str


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Callable[..., Done]:
    """Runs a command; its status and what it said."""

    def called(*words: str) -> Done:
        status = run(list(words))
        said = capsys.readouterr()
        return Done(status, said.out, said.err)

    return called


Call = Callable[..., Done]


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace with a copy of Mẫu 02.A as its own form."""
    own = yaml.safe_load((forms_dir() / "02.A.yaml").read_text(encoding="utf-8"))
    own |= {"id": CODE, "form": CODE, "sheet": "Mẫu cấp xã", "label": "Mẫu KH-XA"}
    own |= {"title": "KẾ HOẠCH ĐOÀN RA CẤP XÃ NĂM {Y}", "title_synonyms": []}
    (tmp_path / "bieu-mau").mkdir()
    (tmp_path / "bieu-mau" / "xa.yaml").write_text(yaml.safe_dump(own, allow_unicode=True), encoding="utf-8")
    (tmp_path / "inbox").mkdir()
    (tmp_path / "doingoai.toml").write_text('year = 2020\nforms = "bieu-mau"\n', encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def fill(blank: Path, sheet: str, to: Path) -> None:
    book = openpyxl.load_workbook(blank)
    page = book[sheet]
    page["A1"] = "Tên cơ quan, đơn vị: Ủy ban nhân dân xã Trường Thủy"
    first = next(row for row in range(1, 20) if page.cell(row, 2).value == "(1)") + 1
    for at, values in enumerate(ROWS):
        for column, value in enumerate(values, 1):
            page.cell(first + at, column, value)
    book.save(to)


def test_a_copy_of_a_form_under_another_code_comes_out_in_figures_and_report(workspace: Path, call: Call) -> None:
    call("new-template", "--form", CODE, "--out", "mau.xlsx")
    fill(workspace / "mau.xlsx", "Mẫu cấp xã", workspace / "inbox" / "xa.xlsx")
    assert json.loads(call("merge", "inbox", "--out", "th.xlsx", "--format", "json").out)["rows_merged"] == 2
    data = json.loads(call("figures", "--from", "th.xlsx", "--format", "json", "--explain").out)
    value = {figure["id"]: figure["value"] for figure in data["figures"]}
    assert (value["plan.out.delegations"], value["plan.out.persons"]) == (2, 7)
    assert data["uncounted"] == []
    call("report", "--from", "th.xlsx", "--out", "bc.docx")
    from docx import Document

    report = Document(str(workspace / "bc.docx"))
    text = "\n".join(p.text for p in report.paragraphs)
    assert "02 đoàn ra" in text
    assert any("Đoàn thăm tỉnh Aichi" in cell.text for t in report.tables for cell in t._cells)
    call("export", "th.xlsx", "--to", "jsonl", "--out", ".")
    rows = [json.loads(line) for line in next(workspace.glob("*.jsonl")).read_text(encoding="utf-8").splitlines()]
    assert {row["form"] for row in rows} == {CODE}


def test_a_title_with_the_name_of_the_province_is_no_note_of_an_officers(workspace: Path, call: Call) -> None:
    form = workspace / "bieu-mau" / "xa.yaml"
    form.write_text(form.read_text(encoding="utf-8").replace("CẤP XÃ", "CỦA TỈNH {province}"), encoding="utf-8")
    call("new-template", "--form", CODE, "--out", "mau.xlsx")
    fill(workspace / "mau.xlsx", "Mẫu cấp xã", workspace / "inbox" / "xa.xlsx")
    call("merge", "inbox", "--out", "th.xlsx")
    book = openpyxl.load_workbook(workspace / "th.xlsx")
    assert "QUẢNG BÌNH" in book[CODE]["A1"].value.upper()
    book.save(workspace / "th.xlsx")
    call("merge", "inbox", "--out", "th.xlsx")
    assert "Ghi chép giữ lại" not in openpyxl.load_workbook(workspace / "th.xlsx").sheetnames


def test_rows_that_no_figure_counts_are_said(workspace: Path, call: Call) -> None:
    path = workspace / "bieu-mau" / "xa.yaml"
    own = yaml.safe_load(path.read_text(encoding="utf-8"))
    del own["direction"]
    path.write_text(yaml.safe_dump(own, allow_unicode=True), encoding="utf-8")
    call("new-template", "--form", CODE, "--out", "mau.xlsx")
    fill(workspace / "mau.xlsx", "Mẫu cấp xã", workspace / "inbox" / "xa.xlsx")
    call("merge", "inbox", "--out", "th.xlsx")
    assert "02 dòng của Mẫu KH-XA không thuộc số liệu nào" in call("figures", "--from", "th.xlsx").out


@pytest.mark.parametrize("cited", ['annex("01.Z")', 'details("02.A", "01.Z")'])
def test_a_form_that_a_sentence_cites_is_refused_with_its_line(workspace: Path, call: Call, cited: str) -> None:
    (workspace / "de-cuong.yaml").write_text(
        "id: rieng\nkind: nam\ntitle: Báo cáo\nsections:\n  - id: '1'\n    heading: Kết quả\n"
        f"    sentences:\n      - 'Chi tiết tại {{{{ {cited} }}}}.'\n",
        encoding="utf-8",
    )
    done = call("report", "--outline", "de-cuong.yaml", "--from", "th.xlsx")
    assert (done.status, ":8: không có mẫu “01.Z”" in done.err) == (2, True), done.err


@pytest.mark.parametrize(
    ("annex", "said"),
    [
        ("{form: 09.Z}", ":5: không có mẫu “09.Z”"),
        ('{form: "03", section: V}', ":5: mẫu 03 không có mục “V”"),
        ("{form: CBDNN}", ":5: không số liệu nào tính các dòng của mẫu CBDNN"),
    ],
)
def test_an_annex_of_an_unknown_form_is_refused_with_its_line(
    workspace: Path, call: Call, annex: str, said: str
) -> None:
    (workspace / "de-cuong.yaml").write_text(
        "id: rieng\nkind: nam\ntitle: Báo cáo\nannexes:\n"
        f"  - {annex}\nsections: [{{id: '1', heading: Kết quả}}]\n",
        encoding="utf-8",
    )
    done = call("report", "--outline", "de-cuong.yaml", "--from", "th.xlsx")
    assert (done.status, said in done.err) == (2, True), done.err


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('forms = "khong-co"', "doingoai.toml:2: “forms”: không có tệp hoặc thư mục “khong-co”"),
        ('uses = ["02.A", "99"]', "doingoai.toml:2: không có mẫu “99”"),
    ],
)
def test_what_a_workspace_names_must_be_there(workspace: Path, call: Call, line: str, said: str) -> None:
    (workspace / "doingoai.toml").write_text(f"year = 2020\n{line}\n", encoding="utf-8")
    done = call("new-template")
    assert (done.status, said in done.err) == (2, True), done.err


def test_the_forms_that_a_province_uses(workspace: Path, call: Call) -> None:
    (workspace / "doingoai.toml").write_text('year = 2020\nuses = ["02.A", "03"]\n', encoding="utf-8")
    call("new-template", "--out", "mau.xlsx")
    sheets = openpyxl.load_workbook(workspace / "mau.xlsx").sheetnames
    assert [name for name in sheets if name.startswith("Mẫu")] == ["Mẫu 02.A", "Mẫu 03"]


def test_what_a_form_says_of_itself() -> None:
    forms = shipped_forms()
    assert forms.of_form("02.A").role() == (PlannedTrip, Direction.OUT, Stage.PLANNED)
    assert forms.of_form("03").role("II").stage is Stage.PLANNED
    assert forms.of_form("03").role("?").stage is Stage.REALISED


PLAN_IN = (forms_dir() / "02.B.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("model: PlannedTrip", "model: PlanedTrip", "có phải “PlannedTrip”"),
        ("stage: planned", "stage: realised", "cần stage: planned"),
        ("direction: in", "direction: here", "cần direction: out hoặc in"),
        ("field: nature", "field: natur", "có phải “nature”"),
        ("field: nature", "field: name", "hai cột cùng trường “name”"),
        ("label: Danh nghĩa đoàn", "label: Tên đoàn", "hai cột cùng nhãn “Tên đoàn”"),
        ('form: "02.B"', 'form: "02.B, KH"', "không có dấu phẩy"),
        ("label: Danh nghĩa đoàn", 'label: ""', "nhãn cột không được trống"),
        ("width: 22", "width: -3", "độ rộng phải lớn hơn 0"),
        ("NĂM {Y}", "NĂM {Z}", "không có biến {Z}"),
        ("sheet: Mẫu 02.B", 'sheet: "Mẫu 02/B"', "1–31 ký tự"),
        ('form: "02.B"', 'form: "02/B"', "1–31 ký tự"),
        ("title: BẢNG TỔNG HỢP KẾ HOẠCH ĐOÀN VÀO NĂM {Y}", 'title: " "', "tiêu đề không được trống"),
    ],
)
def test_a_fault_of_a_form_has_its_line(tmp_path: Path, old: str, new: str, says: str) -> None:
    path = tmp_path / "rieng.yaml"
    path.write_text(PLAN_IN.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load_forms(forms_dir(), tmp_path)
    (problem,) = caught.value.problems
    line = PLAN_IN[: PLAN_IN.index(old)].count("\n") + 1
    assert problem.startswith(f"{path}:{line}: ")
    assert says in problem


def test_two_files_of_one_form_are_refused_and_yml_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(PLAN_IN, encoding="utf-8")
    (tmp_path / "b.yml").write_text(PLAN_IN, encoding="utf-8")
    with pytest.raises(ConfigError, match=r"b\.yml:2: mã “02\.B” đã có"):
        load_forms(forms_dir(), tmp_path)


def test_two_forms_of_one_sheet_name_are_written_on_two_sheets(workspace: Path, call: Call) -> None:
    own = PLAN_IN.replace('id: "02.B"\nform: "02.B"', "id: XA\nform: XA")
    (workspace / "bieu-mau" / "hai.yaml").write_text(own, encoding="utf-8")
    call("new-template", "--form", "02.B", "--form", "XA", "--out", "mau.xlsx")
    assert {"Mẫu 02.B", "Mẫu 02.B (2)"} <= set(openpyxl.load_workbook(workspace / "mau.xlsx").sheetnames)


@pytest.mark.parametrize(
    ("outline", "section", "says"),
    [("nawm", "I.2", "không có đề cương “nawm”"), ("nam", "I.99", "không có mục “I.99”")],
)
def test_what_a_form_says_in_no_report_is_refused(tmp_path: Path, outline: str, section: str, says: str) -> None:
    own = PLAN_IN.replace('id: "02.B"\nform: "02.B"', "id: XA\nform: XA")
    (tmp_path / "a.yaml").write_text(
        f"{own}reports:\n  - {{outline: {outline}, section: {section}}}\n", encoding="utf-8"
    )
    with pytest.raises(ConfigError, match=says):
        load_outlines(outlines_dir(), forms=load_forms(forms_dir(), tmp_path))


@pytest.mark.parametrize(
    ("key", "name", "said"),
    [
        ("form", "vi phạm", "đã là tên một trang khác của sổ tổng hợp"),
        ("form", "Tổng quan", "đã là tên một trang khác của sổ tổng hợp"),
        ("form", "History", "đã là tên một trang khác"),
        ("form", "02.a", "mã “02.a” chỉ khác mã “02.A” ở chữ hoa, chữ thường"),
        ("sheet", "HƯỚNG DẪN", "đã là tên một trang khác của tệp biểu mẫu"),
        ("sheet", "Danh sách thành viên", "đã là tên một trang khác của tệp biểu mẫu"),
    ],
)
def test_a_name_that_a_sheet_of_ours_has_is_refused_with_its_line(
    workspace: Path, call: Call, key: str, name: str, said: str
) -> None:
    path = workspace / "bieu-mau" / "xa.yaml"
    own = yaml.safe_load(path.read_text(encoding="utf-8")) | {key: name}
    path.write_text(yaml.safe_dump(own, allow_unicode=True, sort_keys=False), encoding="utf-8")
    line = 1 + path.read_text(encoding="utf-8").splitlines().index(f"{key}: {name}")
    done = call("new-template", "--all", "--out", "mau.xlsx")
    assert done.status == 2
    assert f"xa.yaml:{line}: " in done.err
    assert said in done.err


@pytest.mark.parametrize("code", ["KH xã (A)", "KH'xa & <x>", "Vi phạm xã", "KH-XÃ", "=1+1"])
def test_a_code_may_hold_any_sign_that_a_sheet_may(workspace: Path, call: Call, code: str) -> None:
    """The form is known by its name in the workbook, and nothing foreign is said of its signs."""
    path = workspace / "bieu-mau" / "xa.yaml"
    own = yaml.safe_load(path.read_text(encoding="utf-8")) | {"id": code, "form": code}
    path.write_text(yaml.safe_dump(own, allow_unicode=True), encoding="utf-8")
    assert own_files.form_of_name(own_files.form_name(code, 3)) == (code, 3)
    done = call("new-template", "--form", code, "--out", "mau.xlsx")
    assert "defined_name" not in done.err
    fill(workspace / "mau.xlsx", "Mẫu cấp xã", workspace / "inbox" / "xa.xlsx")
    for _ in range(2):
        done = call("merge", "inbox", "--out", "th.xlsx", "--format", "json")
        assert json.loads(done.out)["rows_by_form"] == {code: 2}
        assert "được nhận là trang" not in done.err


def test_a_form_that_no_rule_names_is_said(workspace: Path, call: Call) -> None:
    call("new-template", "--form", CODE, "--out", "mau.xlsx")
    fill(workspace / "mau.xlsx", "Mẫu cấp xã", workspace / "inbox" / "xa.xlsx")
    said = "Mẫu KH-XA: không quy tắc nào của bộ quang-binh-2020 nêu mẫu này"
    assert said in call("check", "inbox", "--no-cache").err
    (workspace / "quy-tac.yaml").write_text(
        f"id: rieng\nextends: quang-binh-2020\nrules:\n  DR07:\n    forms: {{{CODE}: error}}\n", encoding="utf-8"
    )
    assert "không quy tắc nào" not in call("check", "inbox", "--no-cache", "--rules", "quy-tac.yaml").err


def section(**said: object) -> dict[str, object]:
    return {"id": "I", "title": "Phần thứ nhất", "rows": "Y", "stage": "planned"} | said


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"sections": [section(), section(title="Phần thứ hai")]}, "hai mục cùng mã “I”"),
        ({"sections": [section(), section(id="II", title="PHẦN THỨ NHẤT")]}, "hai mục cùng tiêu đề"),
        ({"sections": [section(id="")]}, "mã của mục không được trống"),
        ({"sections": [section(stage="realised")]}, "mô hình PlannedTrip cần stage: planned"),
        ({"sections": [section(direction="here")]}, "mô hình PlannedTrip cần direction"),
        ({"sections": [section(total_fields=["member"])]}, "trường “member”; có phải “members”?"),
        ({"id": ""}, "“id”: không được trống"),
        ({"reports": [{"outline": "nam", "section": "I.2", "sentences": ['{{ details("XX") }}']}]}, "mẫu “XX”"),
        ({"reports": [{"outline": "nam", "section": "I.2", "annex": {"section": "Q"}}]}, "không có mục “Q”"),
    ],
)
def test_a_form_whose_parts_do_not_fit_is_refused_with_its_line(
    workspace: Path, call: Call, changed: dict[str, object], said: str
) -> None:
    """Two sections of one code held every row twice, and again at each merge."""
    path = workspace / "bieu-mau" / "xa.yaml"
    own = yaml.safe_load(path.read_text(encoding="utf-8")) | changed
    path.write_text(yaml.safe_dump(own, allow_unicode=True), encoding="utf-8")
    (workspace / "inbox" / "a.csv").write_text("x,y\n", encoding="utf-8")
    done = call("report", "--from", "th.xlsx")
    assert done.status == 2
    assert "xa.yaml:" in done.err
    assert said in done.err


def test_a_form_none_of_whose_columns_is_required_is_written(workspace: Path, call: Call) -> None:
    path = workspace / "bieu-mau" / "xa.yaml"
    own = yaml.safe_load(path.read_text(encoding="utf-8"))
    for column in own["columns"]:
        column["required"] = False
    path.write_text(yaml.safe_dump(own, allow_unicode=True), encoding="utf-8")
    assert call("new-template", "--form", CODE, "--out", "mau.xlsx").status == 0


@pytest.mark.parametrize("key", ["forms", "outlines"])
def test_a_folder_that_holds_nothing_of_its_kind_is_said(workspace: Path, call: Call, key: str) -> None:
    """Windows hides what a name ends with: "mau.yaml.txt" looks like the form itself."""
    (workspace / "rieng").mkdir()
    (workspace / "rieng" / "mau.yaml.txt").write_text("id: x\n", encoding="utf-8")
    (workspace / "doingoai.toml").write_text(f'year = 2020\n{key} = "rieng"\n', encoding="utf-8")
    done = call("new-template", "--outline", "--out", "de-cuong.docx")
    assert done.status == 2
    assert "doingoai.toml:2: " in done.err
    assert "không có tệp .yaml nào (mau.yaml.txt)" in done.err


def test_two_outlines_of_one_id_are_refused(workspace: Path, call: Call) -> None:
    (workspace / "de-cuong").mkdir()
    for name in ("a", "b"):
        text = "id: rieng\nkind: nam\ntitle: Báo cáo\nsections: [{id: '1', heading: Kết quả}]\n"
        (workspace / "de-cuong" / f"{name}.yaml").write_text(text, encoding="utf-8")
    (workspace / "doingoai.toml").write_text('year = 2020\noutlines = "de-cuong"\n', encoding="utf-8")
    done = call("new-template", "--outline", "--kind", "rieng", "--out", "de-cuong.docx")
    assert (done.status, "b.yaml:1: mã “rieng” đã có ở tệp khác" in done.err) == (2, True), done.err
