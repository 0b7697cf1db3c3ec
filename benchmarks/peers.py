"""What others need for the same work: one small, fair program each, run as a process of its own.

python benchmarks/peers.py NAME ARGUMENT...
"""

import sys
from pathlib import Path


def typer_import() -> None:
    """The command line's framework, loaded and nothing done."""
    import typer  # noqa: F401


def openpyxl_load(file: str) -> None:
    """One workbook loaded."""
    import openpyxl

    openpyxl.load_workbook(file)


def calamine_lists(folder: str) -> None:
    """Every sheet of every workbook as lists, in one process; nothing understood, nothing checked."""
    from python_calamine import CalamineWorkbook

    for path in sorted(Path(folder).glob("*.xlsx")):
        book = CalamineWorkbook.from_path(str(path))
        for name in book.sheet_names:
            book.get_sheet_by_name(name).to_python()


def frictionless_validate(folder: str, files: str) -> None:
    """The first sheets validated against a schema inferred by the tool itself."""
    from frictionless import validate
    from frictionless.formats import ExcelControl

    for path in sorted(Path(folder).glob("*.xlsx"))[: int(files)]:
        for number in range(1, 6):
            validate(path.name, basepath=str(path.parent), control=ExcelControl(sheet=number))


def pandas_openpyxl_merge(folder: str, files: str, out: str) -> None:
    """read_excel of every sheet, concat, to_excel: what a script of ten lines does."""
    _pandas_merge(folder, int(files), out, reader="openpyxl", writer="openpyxl")


def pandas_calamine_merge(folder: str, files: str, out: str) -> None:
    """The same with the quickest reader and writer that pandas has."""
    _pandas_merge(folder, int(files), out, reader="calamine", writer="xlsxwriter")


def _pandas_merge(folder: str, files: int, out: str, reader: str, writer: str) -> None:
    import pandas as pd

    sheets: dict[str, list[pd.DataFrame]] = {}
    for path in sorted(Path(folder).glob("*.xlsx"))[:files]:
        for name, frame in pd.read_excel(path, sheet_name=None, header=None, engine=reader).items():
            sheets.setdefault(str(name), []).append(frame)
    if not sheets:  # nothing to do: only what pandas takes to load is measured
        return
    with pd.ExcelWriter(out, engine=writer) as book:
        for name, frames in sheets.items():
            pd.concat(frames).to_excel(book, sheet_name=name, index=False)


def docx_tables(rows: str, out: str) -> None:
    """Five tables of 14 columns with `rows` rows in all, by add_row and a run a cell."""
    from docx import Document

    document = Document()
    for _ in range(5):
        table = document.add_table(rows=1, cols=14)
        for number in range(int(rows) // 5):
            for cell in table.add_row().cells:
                cell.paragraphs[0].add_run(f"Đoàn công tác số {number} về y tế")
    document.save(out)


def openpyxl_stamp(form: str, agencies: str, folder: str) -> None:
    """A blank form loaded, the agency's name written into each sheet, saved: once an agency."""
    import openpyxl

    for number in range(int(agencies)):
        book = openpyxl.load_workbook(form)
        for sheet in book.worksheets:
            sheet["A1"] = f"Đơn vị sự nghiệp số {number}"
        book.save(Path(folder) / f"{number}.xlsx")


if __name__ == "__main__":
    globals()[sys.argv[1]](*sys.argv[2:])
