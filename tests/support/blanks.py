"""Blank forms for tests: the official specs, the default pack's limits, rows made of the forms' own examples."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from doingoai_cli.blank.forms import prepare, stamp
from doingoai_cli.blank.occasion import CodeLine, FormLimits, Occasion
from doingoai_cli.checks.pack import load_pack
from doingoai_cli.model.findings import Severity
from doingoai_cli.model.forms import FormSpec, fill_years, load_forms
from doingoai_cli.pipeline.form_limits import form_limits
from doingoai_cli.resources import forms_dir, packs_dir

CYCLE = 2020
PROVINCE = "Quảng Bình"
PACK = load_pack("quang-binh-2020", packs_dir())
LIMITS = form_limits(PACK)
OCCASION = Occasion(
    CYCLE, PROVINCE, date(2019, 9, 15), codes=(CodeLine("DR07", Severity.ERROR, "Đoàn vượt mức số thành viên"),)
)
CATALOGUE = load_forms(forms_dir())
SPECS = CATALOGUE.official


def example_row(spec: FormSpec, **changes: str) -> dict[str, str]:
    """The form's own example as field → text."""
    return {c.field: fill_years(c.example, CYCLE, PROVINCE) for c in spec.columns} | changes


def example_rows(count: int) -> dict[str, list[dict[str, str]]]:
    """`count` rows for every form."""
    return {spec.id: [example_row(spec, ordinal=str(n + 1)) for n in range(count)] for spec in SPECS}


def write_forms(
    specs: Sequence[FormSpec], occasion: Occasion, limits: FormLimits, *, agency: str | None = None, **how: Any
) -> bytes:
    """A blank workbook as an agency gets it."""
    return stamp(prepare(specs, occasion, limits, **how), agency)
