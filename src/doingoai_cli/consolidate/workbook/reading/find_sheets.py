"""Which sheet is which form's: by its mark, its name, the ids in it; of two that could be none is guessed at."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from doingoai_cli.consolidate.identity import id_pattern
from doingoai_cli.consolidate.workbook.structure import Structure
from doingoai_cli.model import own_files
from doingoai_cli.model.forms import FormCatalogue, FormSpec
from doingoai_cli.model.grid import Grid, Workbook
from doingoai_cli.model.own_files import ListSheet

FormGrid = tuple[FormSpec, Grid]


class Sheets(NamedTuple):
    """The form sheets, what may be copies of them, what is missing or doubled, and what is to be said."""

    forms: tuple[FormGrid, ...]
    copies: tuple[FormGrid, ...]
    """Sheets that hold rows of a form beside its own sheet."""
    spare: tuple[FormGrid, ...]
    """Sheets of forms of which nobody knows which is the one."""
    losses: tuple[str, ...]
    notices: tuple[str, ...]


def find_sheets(workbook: Workbook, catalogue: FormCatalogue, names: Mapping[str, str]) -> Sheets:
    """`names` are the forms that the workbook must have a sheet of, with the name that it had."""
    strong = _by_mark_or_name(workbook, catalogue)
    sure = {grid.index for grids in strong.values() for grid in grids}
    lists = {*ListSheet}
    weak = _by_ids((g for g in workbook.grids if g.index not in sure and g.name not in lists), catalogue)
    forms: list[FormGrid] = []
    copies: list[FormGrid] = []
    spare: list[FormGrid] = []
    losses: list[str] = []
    notices: list[str] = []
    for form in dict.fromkeys((*names, *strong, *weak)):
        mine, others = strong.get(form, []), weak.get(form, [])
        if not mine and len(others) == 1:
            notices.append(
                f"Trang “{others[0].name}” được nhận là trang của Mẫu {form} theo mã các dòng trong trang."
            )
            mine, others = others, []
        named = [grid for grid in mine if grid.name == names.get(form)]
        if len(named) == 1:  # a copy beside it bears the mark too
            mine, others = named, [*(grid for grid in mine if grid is not named[0]), *others]
        spec = catalogue.of_form(form)
        if len(mine) == 1:
            forms.append((spec, mine[0]))
            copies += [(spec, grid) for grid in others]
        else:
            spare += [(spec, grid) for grid in (*mine, *others)]
            losses.append(_doubled(form, [*mine, *others]) if mine or others else _missing(form, workbook.grids))
    order = {grid.index: number for number, grid in enumerate(workbook.grids)}
    return Sheets(
        forms=tuple(sorted(forms, key=lambda sheet: order[sheet[1].index])),
        copies=tuple(copies),
        spare=tuple(spare),
        losses=tuple(losses),
        notices=tuple(notices),
    )


def likely_forms(workbook: Workbook, catalogue: FormCatalogue) -> frozenset[int]:
    """The indices of the sheets that their mark or name calls a form's, before any cell was read."""
    found = _by_mark_or_name(workbook, catalogue)
    return frozenset(grid.index for grids in found.values() for grid in grids)


def _by_mark_or_name(workbook: Workbook, catalogue: FormCatalogue) -> dict[str, list[Grid]]:
    named = {sheet: form for form, sheet, _ in own_files.marked_forms(workbook.properties)}
    known_forms = catalogue.forms()
    found: dict[str, list[Grid]] = {}
    for grid in workbook.grids:
        marked = catalogue.by_id.get(named.get(grid.name, ""))
        form = marked.form if marked else grid.name.strip().upper()
        if form in known_forms:
            found.setdefault(form, []).append(grid)
    return found


def _by_ids(grids: Iterable[Grid], catalogue: FormCatalogue) -> dict[str, list[Grid]]:
    """The form whose rows' ids a sheet holds, by form; a sheet without any belongs to none."""
    patterns = {form: id_pattern(form) for form in catalogue.forms()}
    found: dict[str, list[Grid]] = {}
    for grid in grids:
        uses = Counter(
            form
            for cell in grid.cells
            if isinstance(cell.value, str) and len(cell.value) < 80
            for form, pattern in patterns.items()
            if pattern.fullmatch(cell.value.strip())
        )
        if uses:
            found.setdefault(uses.most_common(1)[0][0], []).append(grid)
    return found


def _doubled(form: str, grids: Sequence[Grid]) -> str:
    names = ", ".join(f"“{grid.name}”" for grid in grids)
    return (
        f"Mẫu {form} có {len(grids)} trang: {names}. Cách sửa: giữ một trang làm trang của Mẫu {form}, xóa trang "
        "kia hoặc chuyển nó sang tệp khác."
    )


def _missing(form: str, grids: Sequence[Grid]) -> str:
    names = ", ".join(f"“{grid.name}”" for grid in grids if not grid.hidden)
    return (
        f"Thiếu trang của Mẫu {form}. Các trang hiện có: {names}. Cách sửa: lấy lại trang “{form}” từ bản trước "
        f"(hoặc đặt lại tên “{form}” cho trang đó)."
    )


def expected_forms(catalogue: FormCatalogue, structure: Structure | None) -> dict[str, str]:
    """The forms that a workbook must have a sheet of, with its name: those that were stored, or the official."""
    if structure is None:
        return {spec.form: spec.form for spec in catalogue.official}
    return {form: stored.sheet for form, stored in structure.forms.items()}
