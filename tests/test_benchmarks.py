"""The benchmark: its goals, its arithmetic, what it says of lines that it cannot measure. No time is asserted."""

import os
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[1]
REPORT = "`report` with 1,200 rows in its annexes"
AGAIN = "`merge` again into the workbook, untouched since, one file changed"
GOALS = {
    ("`--version`", "`import typer`"): (1.1, 0.3),
    ("`check` of one workbook of 5 sheets, 100 rows", "openpyxl load_workbook"): (2, None),
    ("`check` of one workbook of 5 sheets, 100 rows", "the build before this round"): (1.05, None),
    (f"{REPORT}, of a workbook that no command has read", "python-docx add_row with runs"): (1 / 4, 1 / 8),
    (f"{REPORT}, of one that a command has read before", "python-docx add_row with runs"): (1 / 4, 1 / 8),
    ("`new-template` for 1,000 agencies", "openpyxl load, edit, save"): (1 / 20, 1 / 100),
    ("`check` of 1,000 workbooks, 100,000 rows, all rules", "python-calamine to lists, one process"): (4, 3),
    ("`check` of 1,000 workbooks, 100,000 rows, all rules", "the build before this round"): (1.05, None),
    ("`check` of 1,000 workbooks, 100,000 rows, all rules", "frictionless"): (1 / 30, 1 / 80),
    ("`merge` of 1,000 workbooks, 100,000 rows", "pandas (openpyxl), concat, to_excel"): (1 / 8, 1 / 12),
    ("`merge` of 1,000 workbooks, 100,000 rows", "pandas (calamine), concat, XlsxWriter"): (1 / 4, 1 / 6),
    ("`merge` of 1,000 workbooks, 100,000 rows", "the build before this round"): (1.05, None),
    (AGAIN, "the first `merge` (--no-cache)"): (0.4, 0.25),
    ("the same `merge` again after LibreOffice saved the workbook", "the first `merge` (--no-cache)"): (0.7, 0.5),
    ("`merge` of 200 workbooks, fresh processes as on Windows", "forked processes"): (1.1, 1.05),
    ("`check` of 10,000 workbooks, 1,000,000 rows", "the same of 1,000"): (10.5, None),
    ("`merge` of 10,000 workbooks, 1,000,000 rows", "the same of 1,000"): (10.5, None),
    ("memory of `merge` of 10,000 workbooks, 1,000,000 rows", ""): (1024, 512),
}  # fmt: skip


@pytest.fixture(scope="module")
def bench() -> Iterator[dict[str, ModuleType]]:
    """The modules of the benchmark, which is a script and finds them beside it."""
    sys.path.insert(0, str(ROOT / "benchmarks"))
    names = ("measuring", "materials", "work", "run", "readers_of_text")
    yield {name: import_module(name) for name in names}
    sys.path.remove(str(ROOT / "benchmarks"))
    for name in names:
        del sys.modules[name]


@pytest.fixture
def measuring(bench: dict[str, ModuleType]) -> ModuleType:
    return bench["measuring"]


@pytest.fixture
def office(bench: dict[str, ModuleType], tmp_path: Path) -> object:
    return bench["materials"].Office(tmp_path, sys.executable)


def test_every_line_of_the_goals_is_measured_and_nothing_is_made_for_the_list(
    bench: dict[str, ModuleType], office, tmp_path: Path
) -> None:
    lines = [line for table in bench["run"].every(office, True) for line in table.lines]
    goals = {(line.work, line.peer.name if line.peer else ""): (line.at_most, line.stretch) for line in lines}
    assert goals == GOALS
    assert list(tmp_path.iterdir()) == []
    against_before = [line for line in lines if line.peer and "before this round" in line.peer.name]
    assert all(line.memory_too for line in against_before)


def test_only_the_lines_that_say_so_are_measured(bench: dict[str, ModuleType], office) -> None:
    chosen = list(bench["run"].chosen(bench["run"].every(office, False), "CALAMINE"))
    assert [line.work.split()[0] for table in chosen for line in table.lines] == ["`check`", "`merge`"]
    again = list(bench["run"].chosen(bench["run"].every(office, False), "LibreOffice"))
    assert [len(bench["measuring"].programs(table.lines)) for table in again] == [2]  # no pandas


def test_a_peer_that_does_a_part_loads_once(measuring: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    taken = {"part": measuring.Spent(3.0, 2.0, 50.0), "idle": measuring.Spent(1.0, 0.5, 20.0)}
    monkeypatch.setattr(measuring, "spend", lambda command: taken[command[0]])
    program = measuring.Program(["part"], "pandas", part=0.1, idle=["idle"])
    program.run()
    assert program.spent == [measuring.Spent(1 + 2 / 0.1, 0.5 + 1.5 / 0.1, 50.0)]
    assert str(program) == "pandas (10% measured, extrapolated)"


def test_the_ratio_is_the_median_of_the_turns(measuring: ModuleType) -> None:
    ours = measuring.Program([], spent=[measuring.Spent(wall, 4.0, 100.0) for wall in (1.0, 9.0, 3.0)])
    peer = measuring.Program([], "peer", spent=[measuring.Spent(wall, 1.0, 80.0) for wall in (1.0, 3.0, 4.0)])
    line = measuring.Line("work", ours, peer, 0.8, 0.5, memory_too=True)
    assert (line.ratio(0), line.ratio(1), line.ratio(2)) == (1.0, 4.0, 1.25)
    assert line.verdict == "missed by 1.25 ×; memory missed by 1.56 ×"
    assert str(line) == (
        "| work | 3.00 s, CPU 4.00 s, 100 MiB | peer | 3.00 s, CPU 1.00 s, 80 MiB | 1.00 × | 4.00 × | 1.25 × "
        "| 0.80 × | 0.50 × | missed by 1.25 ×; memory missed by 1.56 × | 3 |"
    )
    assert measuring.Line("memory", ours, None, 1024, 512).verdict == "met, stretch too"
    assert measuring.Line("memory", ours, None, 90, 50).verdict == "missed by 1.11 ×"


@pytest.mark.parametrize(
    ("ratio", "words"), [(1.234, "1.23 ×"), (0.4, "0.40 ×"), (1 / 4, "1/4"), (1 / 12, "1/12"), (0.0137, "1/73")]
)
def test_ratios_are_said_as_people_say_them(measuring: ModuleType, ratio: float, words: str) -> None:
    assert measuring.said(ratio) == words


def test_programs_run_in_turn_and_what_is_missing_is_said(
    measuring: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    done: list[str] = []
    monkeypatch.setattr(
        measuring, "spend", lambda command: done.append(command[0]) or measuring.Spent(1.0, 1.0, 1.0)
    )

    def missing() -> None:
        raise measuring.Missing("no such commit")

    ours = measuring.Program(
        ["ours"], prepare=lambda: done.append("prepare"), before=lambda: done.append("before")
    )
    peer, gone = measuring.Program(["peer"], "peer"), measuring.Program(["gone"], "the old build", prepare=missing)
    measuring.measure([measuring.Line("a", ours, peer, 1), measuring.Line("b", ours, gone, 1)], 2)
    assert done == ["prepare", *["before", "ours", "peer"] * 2]
    out, err = capsys.readouterr()
    assert err == "NOT MEASURED: b, the old build: no such commit\n"
    table = [line for line in out.splitlines() if line]
    assert "| b | NOT MEASURED | the old build |" in table[1]
    assert {line.count("|") for line in table} == {measuring.HEAD.splitlines()[0].count("|")}


def test_processes_that_fail_end_the_benchmark_and_findings_do_not(measuring: ModuleType) -> None:
    child = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'b\"x\" * 200 * 2**20']); sys.exit(1)"
    assert measuring.spend([sys.executable, "-c", child]).peak > 200  # the child's memory, not the parent's
    with pytest.raises(SystemExit, match="ValueError: why"):
        measuring.spend([sys.executable, "-c", "raise ValueError('why')"])
    with pytest.raises(SystemExit, match="bad option"):
        measuring.spend([sys.executable, "-c", "import sys; sys.stderr.write('bad option'); sys.exit(2)"])


def test_a_build_that_is_not_there_and_a_program_that_is_not_installed_are_missing(
    bench: dict[str, ModuleType], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = bench["materials"].Office(tmp_path, sys.executable, before="0" * 40)
    with pytest.raises(bench["measuring"].Missing, match="unshallow"):
        office.earlier("--version").prepare()
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(bench["measuring"].Missing, match="soffice"):
        bench["materials"].MergedBefore(office, "a.xlsx").save()


def test_one_line_is_measured_from_beginning_to_end() -> None:
    words = [sys.executable, "benchmarks/run.py", "--only", "import typer", "--turns", "1"]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, env=os.environ, check=True)
    assert done.stdout.splitlines()[-1].startswith("| `--version` | ")
    none = subprocess.run([*words[:3], "no such line"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert none.returncode == 1
    assert "`--version` : `import typer`" in none.stderr


def test_every_reader_of_text_can_be_measured(bench: dict[str, ModuleType]) -> None:
    readers = bench["readers_of_text"].readers()
    assert len(readers) > 30
    for read in readers.values():
        read("Lào, tháng 5, 07 người, Giám đốc Sở Y tế, ngân sách tỉnh 100 triệu")
