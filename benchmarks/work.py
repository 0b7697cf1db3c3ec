"""What is measured, and the goals: every line of the table, with the programs that it compares."""

import shutil
from collections.abc import Iterator
from typing import NamedTuple

from materials import PART, MergedBefore, Office, merge, peer
from measuring import Line


class Table(NamedTuple):
    """Lines whose programs run in turn with one another."""

    lines: list[Line]
    turns: int


def small(office: Office) -> Iterator[Table]:
    """What one file, one report, one set of forms takes."""
    version = office.ours("--version")
    yield Table([Line("`--version`", version, peer("`import typer`", "typer_import"), 1.1, 0.3)], 15)

    one = office.inbox(1) / "00001.xlsx"
    work, words = "`check` of one workbook of 5 sheets, 100 rows", ("check", one, "--year", 2020, "--no-cache")
    check = office.ours(*words, prepare=office.one)
    load = peer("openpyxl load_workbook", "openpyxl_load", one)
    yield Table([Line(work, check, load, 2), Line(work, check, office.earlier(*words), 1.05, memory_too=True)], 11)

    book, letter = office.folder / "12.xlsx", office.folder / "report.docx"
    known = office.folder / "cache-of-reports"

    def unread() -> None:
        shutil.rmtree(known, ignore_errors=True)

    words = ("report", "--year", 2020, "--from", book, "--out", letter)
    environment = {"XDG_CACHE_HOME": str(known), "LOCALAPPDATA": str(known)}
    report = office.ours(
        *words, environment=environment, before=unread,
        prepare=lambda: office.ours(*merge(office.fill(12), book), "--no-cache").finish(),
    )  # fmt: skip
    again = office.ours(*words, environment=environment)
    tables = peer("python-docx add_row with runs", "docx_tables", 1200, office.folder / "peer.docx")
    work = "`report` with 1,200 rows in its annexes"
    yield Table([
        Line(f"{work}, of a workbook that no command has read", report, tables, 1 / 4, 1 / 8),
        Line(f"{work}, of one that a command has read before", again, tables, 1 / 4, 1 / 8),
    ], 5)  # fmt: skip

    form, roster = office.folder / "form.xlsx", office.folder / "roster.csv"

    def agencies() -> None:
        office.ours("new-template", "--year", 2020, "--out", form).finish()
        names = "\n".join(f"DV{n},Đơn vị sự nghiệp số {n}" for n in range(1000))
        roster.write_text(f"code,name\n{names}\n", encoding="utf-8")

    forms = ("new-template", "--year", 2020, "--roster", roster, "--out", office.folder / "forms")
    stamp = office.part("openpyxl load, edit, save", "openpyxl_stamp", 1000, 20, form, PART, office.folder)
    yield Table(
        [Line("`new-template` for 1,000 agencies", office.ours(*forms, prepare=agencies), stamp, 1 / 20, 1 / 100)],
        3,
    )


def checks(office: Office) -> Iterator[Table]:
    """An inbox checked."""
    files, work = office.files, f"`check` of {office.rows(office.files)}, all rules"
    received = office.inbox(files)
    words = ("check", received, "--year", 2020, "--no-cache", "--format", "json")
    check, once = (office.ours(*words, prepare=lambda: office.fill(files)) for _ in range(2))
    lists = peer("python-calamine to lists, one process", "calamine_lists", received)
    yield Table(
        [Line(work, check, lists, 4, 3), Line(work, check, office.earlier(*words), 1.05, memory_too=True)], 5
    )
    schema = office.part("frictionless", "frictionless_validate", files, 10, received, PART, python=office.peers)
    yield Table([Line(work, once, schema, 1 / 30, 1 / 80)], 1)


def merges(office: Office) -> Iterator[Table]:
    """An inbox merged, and merged again."""
    files, work = office.files, f"`merge` of {office.rows(office.files)}"
    received, out = office.inbox(files), office.folder / "out.xlsx"
    words = (*merge(received, out), "--no-cache")
    new = {"before": lambda: out.unlink(missing_ok=True)}
    first = office.ours(*words, name="the first `merge` (--no-cache)", prepare=lambda: office.fill(files), **new)
    slow, quick = (
        office.part(title, name, files, 100, received, PART, office.folder / "pandas.xlsx", python=office.peers)
        for title, name in (("pandas (openpyxl), concat, to_excel", "pandas_openpyxl_merge"),
                            ("pandas (calamine), concat, XlsxWriter", "pandas_calamine_merge"))
    )  # fmt: skip
    untouched, touched = MergedBefore(office, "untouched.xlsx"), MergedBefore(office, "touched.xlsx")
    second = office.ours(*merge(received, untouched.book), prepare=untouched.make, before=untouched.change)
    after = office.ours(*merge(received, touched.book), prepare=touched.save, before=touched.restore)
    yield Table([
        Line(work, first, slow, 1 / 8, 1 / 12),
        Line(work, first, quick, 1 / 4, 1 / 6),
        Line(work, first, office.earlier(*words, **new), 1.05, memory_too=True),
        Line("`merge` again into the workbook, untouched since, one file changed", second, first, 0.4, 0.25),
        Line("the same `merge` again after LibreOffice saved the workbook", after, first, 0.7, 0.5),
    ], 3)  # fmt: skip

    few = min(files, 200)
    words = (*merge(office.inbox(few), out), "--no-cache")
    forked, fresh = (
        office.ours(*words, name=f"{kind}ed processes", environment={"DOINGOAI_START_METHOD": kind},
                    prepare=lambda: office.fill(few), **new)
        for kind in ("fork", "spawn")
    )  # fmt: skip
    yield Table(
        [Line(f"`merge` of {few:,} workbooks, fresh processes as on Windows", fresh, forked, 1.1, 1.05)], 5
    )


def large(office: Office) -> Iterator[Table]:
    """Ten times the files: ten times the time, and how much memory."""
    out = office.folder / "large.xlsx"
    for name, words in (("check", ("--format", "json")), ("merge", ("--out", out))):
        few, lots = (
            office.ours(name, office.inbox(files), "--year", 2020, "--no-cache", *words, name=f"the same of {files:,}",
                        prepare=lambda files=files: office.fill(files), before=lambda: out.unlink(missing_ok=True))
            for files in (office.files, 10 * office.files)
        )  # fmt: skip
        work = f"`{name}` of {office.rows(10 * office.files)}"
        lines = [Line(work, lots, few, 10.5)]
        if name == "merge":
            lines.append(Line(f"memory of {work}", lots, None, 1024, 512))
        yield Table(lines, 1)
