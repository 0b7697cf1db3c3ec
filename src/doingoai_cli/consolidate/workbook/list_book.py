"""A workbook of lists that tells of something (bảng kê): what `figures`, `find`, `reconcile` and `share` write."""

from collections.abc import Sequence

from doingoai_cli.consolidate.workbook.book import Book, BookSheet
from doingoai_cli.consolidate.workbook.write import render
from doingoai_cli.model import own_files


def list_book(
    sheets: Sequence[BookSheet], title: str, year: int, cycle: int | None = None, agency: str = ""
) -> bytes:
    """The workbook (.xlsx). `year` dates it, `cycle` is the plan year that it speaks of, `agency` whose it is."""
    more = {own_files.AGENCY: agency} if agency else {}
    custom = own_files.own_properties(own_files.KIND_REPORT, cycle, more)
    return render(Book(tuple(sheets), {"title": title, "category": "Công tác đối ngoại"}, custom, year))
