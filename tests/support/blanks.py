"""Blank forms for tests: the official specs, limits like the default rules', rows made of the forms' examples."""

from datetime import date

from doingoai_cli.blank.values import (
    Basis,
    CodeLine,
    CountryLimit,
    DayLimit,
    FormLimits,
    GeneralWords,
    MemberLimit,
    Occasion,
)
from doingoai_cli.model.findings import Severity
from doingoai_cli.model.forms import FormSpec, fill_years, load_forms
from doingoai_cli.resources import forms_dir

CYCLE = 2020
PROVINCE = "Quảng Bình"
HEADS = ("Bí thư Tỉnh ủy", "Chủ tịch HĐND tỉnh", "Chủ tịch UBND tỉnh")
_ERROR, _WARNING = Severity.ERROR, Severity.WARNING

LIMITS = FormLimits(
    members=MemberLimit(7, 10, HEADS, Basis("DR07", {"02.A": _ERROR, "01.A": _WARNING}, "mục 1, điểm thứ ba")),
    countries=CountryLimit(3, Basis("DR08", {"02.A": _ERROR, "01.A": _WARNING}, "mục 1, điểm thứ tư")),
    days=DayLimit(3, 5, 2, ("đào tạo", "bồi dưỡng"), Basis("DR11", {"02.A": _ERROR}, "mục 1, điểm thứ năm")),
    general=(
        GeneralWords(
            "leader", ("Lãnh đạo tỉnh", "Lãnh đạo UBND tỉnh"), Basis("DR13", {"02.A": _ERROR}, "cột (3)")
        ),
        GeneralWords("countries", ("ASEAN", "Châu Á"), Basis("DR10", {"02.A": _ERROR}, "mục 1, điểm thứ năm")),
    ),
)
OCCASION = Occasion(
    CYCLE, PROVINCE, date(2019, 9, 15), codes=(CodeLine("DR07", _ERROR, "Đoàn vượt mức số thành viên"),)
)
SPECS = load_forms(forms_dir()).official


def example_row(spec: FormSpec, **changes: str) -> dict[str, str]:
    """The form's own example as field → text."""
    return {c.field: fill_years(c.example, CYCLE, PROVINCE) for c in spec.columns} | changes


def example_rows(count: int) -> dict[str, list[dict[str, str]]]:
    """`count` rows for every form."""
    return {spec.id: [example_row(spec, ordinal=str(n + 1)) for n in range(count)] for spec in SPECS}
