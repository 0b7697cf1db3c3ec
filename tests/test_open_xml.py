"""Every kind of file that we write, against the schemas of Office Open XML and what Office is known to repair."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from openxml_audit import FileFormat, OpenXmlValidator
from reviewing import review

from doingoai_cli.cli.app import run
from doingoai_cli.report.word.decree30 import FORMS, LegalForm, styles

INBOX = Path(__file__).parents[1] / "examples" / "ky-2020" / "inbox"
FROM_BOOK = ["--from", "tonghop.xlsx", "--date", "2019-11-20"]


def faults(folder: Path) -> dict[str, list[str]]:
    """What is wrong in each file below a folder that Excel or Word opens, by its name."""
    files = sorted(path for path in folder.rglob("*") if path.suffix in (".xlsx", ".docx"))
    assert files
    validator = OpenXmlValidator(FileFormat.MICROSOFT_365)
    found = {path.name: [error.description for error in validator.validate(str(path)).errors] for path in files}
    return {name: errors for name, errors in found.items() if errors}


COMMANDS: Sequence[tuple[str, ...]] = [
    ("new-template", "--year", "2020", "--all", "--out", "out/mau.xlsx"),
    ("new-template", "--year", "2020", "--outline", "--out", "out/mau.xlsx"),
    ("new-template", "--from", "tonghop.xlsx", "--out", "out/mau.xlsx"),
    ("merge", str(INBOX), "--year", "2020", "--out", "out/tonghop.xlsx"),
    ("figures", *FROM_BOOK, "--output", "out/so-lieu.xlsx"),
    ("share", "tonghop.xlsx", "--out", "out"),
    ("notify", "tonghop.xlsx", "--date", "2019-11-20", "--out", "out"),
    ("report", *FROM_BOOK, "--kind", "nam", "--out", "out/bao-cao.docx"),
    ("report", *FROM_BOOK, "--kind", "thang", "--year", "2019", "--month", "8", "--out", "out/bao-cao.docx"),
    ("report", *FROM_BOOK, "--kind", "ke-hoach", "--out", "out/ke-hoach.docx"),
    ("report", *FROM_BOOK, "--kind", "to-trinh", "--out", "out/to-trinh.docx"),
]  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS, ids=[" ".join(command[:5]) for command in COMMANDS])
def test_what_a_command_writes_is_valid(office: Path, command: Sequence[str]) -> None:
    review(office / "tonghop.xlsx", "02.A", ["Đồng ý", "Điều chỉnh", "Không đồng ý", "Đồng ý"])
    assert run([*command, "-q"]) in (0, 1)
    assert faults(office / "out") == {}


def test_a_reviewed_workbook_merged_again_is_valid(office: Path) -> None:
    review(office / "tonghop.xlsx", "02.A", ["Đồng ý", "Điều chỉnh", "Không đồng ý"])
    assert run(["merge", str(INBOX), "--year", "2020", "-q"]) in (0, 1)
    assert faults(office) == {}


def test_a_marked_copy_has_no_fault_that_the_senders_workbook_has_not(office: Path) -> None:
    assert run(["check", str(INBOX), "--year", "2020", "--annotate", "out", "-q"]) == 1
    theirs = faults(INBOX)
    assert {name: found for name, found in faults(office / "out").items() if found != theirs.get(name)} == {}


@pytest.mark.parametrize("form", FORMS)
def test_no_name_of_a_style_has_a_comma(form: LegalForm) -> None:
    """Word takes what follows a comma for a second name: the style is not known again in a province's document."""
    assert not [style.name for style in styles(form) if "," in style.name]
