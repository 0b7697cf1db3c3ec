"""The pages say what the program does: every documented command runs, every command and code is documented."""

import re
import shlex
import shutil
from pathlib import Path
from types import ModuleType

import pytest
from scripts import script

from doingoai_cli.cli import run
from doingoai_cli.cli.app import COMMANDS
from doingoai_cli.cli.rules import COMMANDS as RULES_COMMANDS
from doingoai_cli.pipeline.rules import listing

ROOT = Path(__file__).parents[1]
PAGES = ("README.md", "docs/huong-dan.md")
"""docs/cum-may.md needs a cluster: its command is run by the cluster's own test."""
INSTALLING = ("demo", "--version", "--help")
"""Said where the program is installed; `make demo` and the wheel's test run them."""


def commands(page: str) -> list[str]:
    fenced = re.findall(r"```(\w*)\n(.*?)```", (ROOT / page).read_text(encoding="utf-8"), re.DOTALL)
    blocks = [block for language, block in fenced if language in ("", "sh", "bat")]
    lines = (line.split("#")[0].strip() for block in blocks for line in block.splitlines())
    ours = (line for line in lines if line.startswith(("doingoai ", "cd ")))
    return [line for line in ours if line.split()[1] not in INSTALLING]


@pytest.fixture(scope="module")
def generator() -> ModuleType:
    return script("benchmarks/inbox.py")


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, generator: ModuleType) -> Path:
    """A folder as an officer has it: an inbox, a roster, last year's workbook, texts of agencies."""
    monkeypatch.chdir(tmp_path)
    shutil.copytree(ROOT / "examples" / "ky-2020", tmp_path, dirs_exist_ok=True)
    (tmp_path / "van-ban").mkdir()
    earlier = generator.make_file(1, "Sở Y tế", 3, 2019, 1)
    (tmp_path / "cu").mkdir()
    generator.write(earlier, tmp_path / "cu", 2019)
    assert run(["merge", "cu", "--year", "2019", "--out", "tonghop-2019.xlsx", "--quiet"]) in (0, 1)
    assert run(["merge", "inbox", "--year", "2020", "--out", "luu/tonghop-2020.xlsx", "--quiet"]) in (0, 1)
    shutil.move(tmp_path / "luu" / "tonghop-2020.xlsx", tmp_path)
    (tmp_path / "quy-dinh.yaml").write_text("id: quy-dinh\nextends: quang-binh-2020\n", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("page", PAGES)
def test_every_documented_command_runs(
    page: str, office: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for line in commands(page):
        program, *arguments = shlex.split(line)
        if program == "cd":
            shutil.copytree(office, arguments[0], dirs_exist_ok=True, ignore=shutil.ignore_patterns(arguments[0]))
            monkeypatch.chdir(arguments[0])
            continue
        if arguments[0] in ("report", "figures") and "--from" not in arguments:
            Path("tonghop-2020.xlsx").unlink(missing_ok=True)  # the page supposes one workbook of the cycle
        if arguments[0] == "reconcile":
            shutil.copy("tonghop.xlsx", "tonghop-2020.xlsx")
        status = run(arguments)
        out, err = capsys.readouterr()
        assert status in (0, 1), f"{line}\n{err}"
        assert "Traceback" not in out + err


def test_the_pages_document_some_commands() -> None:
    assert {line.split()[1] for page in PAGES for line in commands(page)} >= {
        "init", "new-template", "check", "merge", "report", "status", "reconcile", "figures",
    }  # fmt: skip


def test_every_command_stands_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [name for name in COMMANDS if f"`doingoai {name}`" not in readme] == []
    assert set(RULES_COMMANDS) == {"show", "kinds", "diff", "validate"}


def test_the_table_of_codes_is_the_packs(office: Path) -> None:
    assert (ROOT / "docs" / "quy-tac.md").read_text(encoding="utf-8") == listing(None, None, "markdown")


def test_every_link_between_pages_leads_somewhere() -> None:
    for page in ROOT.glob("*.md"):
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"
