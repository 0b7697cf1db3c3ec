"""The quick and the thorough pass over a sheet say the same, and formulas move as Excel moves them."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.formula.translate import Translator
from rawbooks import sheet

from doingoai_cli.readers.limits import Meter
from doingoai_cli.readers.number_formats import Shown, ShownPrecision, shown_by
from doingoai_cli.readers.sheet_xml import Unaccounted
from doingoai_cli.readers.values import from_serial, unescape_x, unescape_xml
from doingoai_cli.readers.xlsx_cells import CellContext, shifted
from doingoai_cli.readers.xlsx_fast import read_quickly
from doingoai_cli.readers.xlsx_strings import SharedStrings, read_shared_strings
from doingoai_cli.readers.xlsx_styles import CellStyle, Styles
from doingoai_cli.readers.xlsx_thorough import read_thoroughly

_CONTEXT = CellContext(
    strings=SharedStrings(["Sở Y tế", "", " Lào "], {2: ".VnTime"}),
    styles=Styles.of([CellStyle("Arial"), CellStyle("Times New Roman", Shown(ShownPrecision.FULL))]),
    recalculated=True,
)
_ATTRIBUTES = st.sampled_from(
    ["", ' t="s"', ' s="1"', ' s="1" t="s"', ' t="str"', ' t="e"', ' t="b"', ' t="inlineStr"', ' s="9"']
)
_CONTENTS = st.sampled_from(
    [
        "",
        "<v>0</v>",
        "<v>1</v>",
        "<v>2</v>",
        "<v/>",
        "<v></v>",
        "<f>A1+1</f><v>2</v>",
        "<f>A1+1</f><v>0</v>",
        "<f>A1+1</f>",
        '<f t="shared" ref="A1:B9" si="0">$A1+B$2</f><v>1</v>',
        '<f t="shared" si="0"/>',
        '<f ca="1"/><v>1</v>',
        "<is><t>a &amp; &#273; _x0041_</t></is>",
        '<is><t xml:space="preserve"> b\r\nc </t></is>',
    ]
)


@st.composite
def _sheets(draw: st.DrawFn) -> bytes:
    rows = []
    for number in draw(st.lists(st.integers(1, 300), unique=True, max_size=8).map(sorted)):
        hidden = draw(st.sampled_from(["", ' hidden="1"', ' ht="0"', ' hidden="0" ht="15"']))
        cells = "".join(
            f'<c r="{letters}{number}"{draw(_ATTRIBUTES)}>{draw(_CONTENTS)}</c>'
            if draw(st.booleans())
            else f'<c r="{letters}{number}"/>'
            for letters in ("A", "B", "Z", "AB", "XFD")
        )
        rows.append(f'<row r="{number}"{hidden}>{cells}</row>')
    head = draw(st.sampled_from(["", '<cols><col min="2" max="4" width="9" hidden="1"/></cols>']))
    tail = draw(st.sampled_from(["", '<mergeCells count="1"><mergeCell ref="A1:AB3"/></mergeCells>']))
    return sheet("".join(rows), head=head, tail=tail).encode()


@settings(max_examples=200, deadline=None)
@given(_sheets(), st.integers(1, 400))
def test_both_passes_say_the_same(xml: bytes, step: int) -> None:
    """Wherever the quick pass answers at all, and however the part is cut into pieces."""
    pieces = [xml[at : at + step] for at in range(0, len(xml), step)]
    try:
        quick = read_quickly(pieces, _CONTEXT, Meter())
    except Unaccounted:
        quick = None
    if quick is None:  # the thorough pass may refuse it, but not the other way round
        return
    assert quick == read_thoroughly(pieces, _CONTEXT, Meter())


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1"><c r="A1"><v>1</v></c></row>',
        '<row r="1"><c r="A1" s="1" t="s"><v>0</v></c><c r="B1" s="0"/></row><row r="2" hidden="1"/>',
        '<row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c><c r="B1"><f>A1</f><v>1</v></c></row>',
        "",
    ],
)
def test_ordinary_sheets_stay_on_the_quick_pass(rows: str) -> None:
    xml = sheet(rows).encode()
    assert read_quickly([xml], _CONTEXT, Meter()) == read_thoroughly([xml], _CONTEXT, Meter())


@given(_sheets(), st.booleans())
def test_without_the_texts_of_formulas_all_else_is_the_same(xml: bytes, recalculated: bool) -> None:
    context = replace(_CONTEXT, recalculated=recalculated)
    try:
        told = read_quickly([xml], context, Meter())
    except Unaccounted:
        return
    untold = read_quickly([xml], replace(context, formula_texts=False), Meter())
    assert untold._replace(cells=()) == told._replace(cells=())
    assert [c._replace(formula=c.formula and "=") for c in untold.cells] == [
        c._replace(formula=c.formula and "=") for c in told.cells
    ]


@pytest.mark.parametrize(
    "rows",
    [
        "<row><c><v>1</v></c></row>",
        '<row r="1"><c r="A1" vm="1"><v>1</v></c></row>',
        '<row r="1"><c r="A1" t="inlineStr"><is><r><t>a</t></r></is></c></row>',
        '<row r="1"><c r="A1"><!-- --><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v><extLst/></c></row>',
    ],
)
def test_what_the_quick_pass_cannot_account_for_it_leaves(rows: str) -> None:
    with pytest.raises(Unaccounted):
        read_quickly([sheet(rows).encode()], _CONTEXT, Meter())


_ITEMS = (
    "<t>a</t>",
    "<t/>",
    '<t xml:space="preserve"> b </t>',
    "<t>&lt;&#272;</t>",
    "<t>_x000A_</t>",
    "<r><t>a</t></r><r><rPr><rFont val='VNI-Times'/></rPr><t>bcd</t></r>",
    "<t>x</t><rPh sb='0' eb='1'><t>y</t></rPh>",
    "",
)


@given(st.lists(st.sampled_from(_ITEMS), max_size=8))
def test_shared_strings_are_the_same_with_and_without_patterns(items: list[str]) -> None:
    body = "".join(f"<si>{item}</si>" for item in items)
    quick = read_shared_strings([f"<sst>{body}</sst>".encode()], Meter())
    thorough = read_shared_strings([f"<sst><!-- -->{body}</sst>".encode()], Meter())
    assert quick == thorough
    assert len(quick.texts) == len(items)


_PLAIN = "A1 $B$2 C$3 $D4 AA10:AB12 A:C $A:B 2:5 $2:5 Trang!A1 LOG10(7) TRUE _A1 Ten.A1 SUM(A1,B2) 7 1.5"
_REFERENCES = st.sampled_from([*_PLAIN.split(), "'Mẫu 02.A'!B2", '"A1 ""B2"""'])


@given(st.lists(_REFERENCES, min_size=1, max_size=8).map("+".join), st.integers(0, 40), st.integers(0, 30))
def test_formulas_move_as_openpyxl_moves_them(formula: str, rows: int, cols: int) -> None:
    moved = Translator("=" + formula, origin="A1").translate_formula(row_delta=rows, col_delta=cols)
    assert "=" + shifted(formula, rows, cols) == moved


def test_a_reference_pushed_off_the_sheet() -> None:
    assert shifted("A1+$A$1+A:B", -1, -1) == "#REF!+$A$1+#REF!"


@pytest.mark.parametrize(
    ("code", "is_date"),
    [
        ("General", False),
        ("0.00E+00", False),
        ('#,##0 "đồng"', False),
        ("#,##0\\ \\d", False),
        ("[Red]#,##0", False),
        ("dd/mm/yyyy", True),
        ("[$-42A]d mmmm yyyy", True),
        ('"ngày" d', True),
        ("h:mm AM/PM", True),
        ("[h]:mm", False),
        ("@", False),
    ],
)
def test_date_formats(code: str, is_date: bool) -> None:
    shown = shown_by(code)
    assert (shown is not None and shown.precision is not None) is is_date


def test_serials_around_the_day_that_never_was() -> None:
    assert [str(from_serial(serial, False)) for serial in (1, 59, 61, 2958465)] == [
        "1900-01-01 00:00:00",
        "1900-02-28 00:00:00",
        "1900-03-01 00:00:00",
        "9999-12-31 00:00:00",
    ]
    assert from_serial(2958466, False) is None


@given(st.text(st.characters(exclude_categories=("Cs",)), max_size=20))
def test_unescaping_undoes_escaping(text: str) -> None:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace("\r", "&#13;")
    assert unescape_xml(escaped) == text
    assert unescape_x("".join(f"_x{ord(c):04X}_" if ord(c) < 0x10000 else c for c in text)) == text
