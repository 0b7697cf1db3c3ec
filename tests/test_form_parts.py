"""What a form's YAML adds to the reports: a province's own form speaks in a shipped outline."""

from pathlib import Path

import pytest

from doingoai_cli.errors import ConfigError
from doingoai_cli.model.forms import FormCatalogue, in_sentence_case, load_forms
from doingoai_cli.report.outline import Outline
from doingoai_cli.report.outlines import load_outlines
from doingoai_cli.resources import forms_dir, outlines_dir

AWARDS = (forms_dir() / "07-khen-thuong.yaml").read_text(encoding="utf-8")


def own(folder: Path, reports: str) -> FormCatalogue:
    """The shipped forms, and the awards' under the code "KT" with other parts of reports."""
    head, _, rest = AWARDS.partition("reports:")
    path = folder / "kt.yaml"
    text = head.replace('id: "7"', "id: KT").replace('form: "7"', "form: KT")
    path.write_text(f"{text}reports:\n{reports}source:{rest.rpartition('source:')[2]}", encoding="utf-8")
    return load_forms(forms_dir(), path)


def year(forms: FormCatalogue, *folders: Path) -> Outline:
    return load_outlines(outlines_dir(), *folders, forms=forms).choose("nam")


def section(outline: Outline, wanted: str) -> tuple[tuple[str, ...], list[str]]:
    found = next(section for section, _ in outline.walk() if section.id == wanted)
    return found.sentences, [table.of for table in found.tables]


PART = """  - outline: nam
    section: "I.2"
    sentences: ['{{ statement("awards.given") }}', '{{ details("KT") }}']
    tables: [awards.given.by_level]
    annex: {title: "DANH SÁCH"}
"""


def test_a_form_adds_sentences_tables_and_an_annex_in_the_order_of_the_sections(tmp_path: Path) -> None:
    outline = year(own(tmp_path, PART))
    assert section(outline, "I.2") == (
        ('{{ statement("awards.given") }}', '{{ details("KT") }}'),
        ["awards.given.by_level"],
    )
    forms = [annex.form for annex in outline.annexes]
    assert forms == ["01.A", "01.B", "02.A", "02.B", "03", "KT", "4", "5", "PCPNN", "7", "agencies"]


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('statement("awards.given")', 'statement("awards.taken")', "không có nhóm số liệu “awards.taken”"),
        ("{{ details", "{{ detail", "câu mẫu dùng tên không có: detail"),
        ("awards.given.by_level", "awards.given.by_hat", "không có bảng số liệu “awards.given.by_hat”"),
        ("DANH SÁCH", "DANH SÁCH {{ nam }}", "câu mẫu dùng tên không có: nam"),
    ],
)
def test_a_fault_has_its_file_and_line(tmp_path: Path, old: str, new: str, says: str) -> None:
    forms = own(tmp_path, PART.replace(old, new))
    with pytest.raises(ConfigError) as caught:
        year(forms)
    (problem,) = caught.value.problems
    line = (tmp_path / "kt.yaml").read_text(encoding="utf-8").split("\n").index("  - outline: nam") + 1
    assert problem.startswith(f"{tmp_path / 'kt.yaml'}:{line}: ")
    assert says in problem


def test_an_outline_that_speaks_of_the_form_itself_is_left_as_it_is(tmp_path: Path) -> None:
    folder = tmp_path / "de-cuong"
    folder.mkdir()
    text = (outlines_dir() / "nam.yaml").read_text(encoding="utf-8")
    (folder / "nam.yaml").write_text(text + '  - {form: "7", title: "KHEN THƯỞNG"}\n', encoding="utf-8")
    outline = year(load_forms(forms_dir()), folder)
    assert section(outline, "I.12") == ((), [])
    assert [annex.title for annex in outline.annexes if annex.form == "7"] == ["KHEN THƯỞNG"]


@pytest.mark.parametrize(
    ("title", "sentence"),
    [
        (
            "DANH MỤC THEO QUYẾT ĐỊNH SỐ 06/2020/QĐ-TTg NĂM {Y}",
            "Danh mục theo Quyết định số 06/2020/QĐ-TTg năm {Y}",
        ),
        ("THỐNG KÊ THEO NGHỊ ĐỊNH 09/2019/NĐ-CP", "Thống kê theo Nghị định 09/2019/NĐ-CP"),
        ("KẾ HOẠCH ĐOÀN RA NĂM {Y}", "Kế hoạch đoàn ra năm {Y}"),
        ("QUYẾT ĐỊNH KHEN THƯỞNG NĂM 2020", "Quyết định khen thưởng năm 2020"),
        ("Bảng theo mẫu riêng", "Bảng theo mẫu riêng"),
    ],
)
def test_titles_as_sentences_write_them(title: str, sentence: str) -> None:
    assert in_sentence_case(title) == sentence
