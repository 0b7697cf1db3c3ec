"""What every record has, whatever its kind (bản ghi)."""

from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields
from functools import cache
from operator import attrgetter
from typing import Any, ClassVar, get_type_hints

from pydantic import ConfigDict
from pydantic.dataclasses import dataclass

from doingoai_cli.model.grid import CellKind
from doingoai_cli.model.instances import SentAsValues, Unchecked
from doingoai_cli.model.sources import Provenance, Source, kind_of
from doingoai_cli.model.values import Text

CLOSED = ConfigDict(extra="forbid", defer_build=True)
_UNSOUND = (None, CellKind.ERROR, CellKind.UNCALCULATED)
"""What a cell holds that nobody can judge; None: there is no such column."""


@dataclass(slots=True, frozen=True, config=CLOSED)
class Record(SentAsValues):
    """What every row of every form has."""

    form: str
    """The official form's code ("02.A"), also for a kindred layout of it."""
    section: str
    """Form 03: "I" (done) or "II" (planned); else ""."""
    year: int
    """The calendar year that the row speaks of."""
    provenance: Unchecked[Provenance]
    cells: Unchecked[Mapping[str, Source]]
    extras: Unchecked[Mapping[str, str]]
    """Columns that the form does not know ("Ghi chú"): heading → text, nothing lost."""
    ordinal: Text = ""

    OF_PERSONS: ClassVar[bool] = False
    """Whether its name is a person's."""
    BESIDES: ClassVar[tuple[str, ...]] = ()
    """The fields that tell two rows of one name apart where the model has no head and no time of its own."""
    BY_DATE: ClassVar[bool] = False
    """Whether rows belong to a year by their dates; else by their form, unless their time says otherwise."""
    CLOSING_DAY: ClassVar[int | None] = None
    """The day on which its own reporting months close, whatever the report's do."""

    def text(self, field: str) -> str:
        """The field as the sender typed it (cleaned); "" where blank or without a column."""
        value = getattr(self, field, "")
        return value if isinstance(value, str) else value.text

    @property
    def texts(self) -> tuple[str, ...]:
        """The texts of all `fields`, as `text` gives them."""
        values = field_values_of(type(self))(self)
        return tuple([value if isinstance(value, str) else value.text for value in values])

    def has(self, field: str) -> bool:
        """Whether the sheet has that column."""
        return field in self.cells

    def sound(self, field: str) -> bool:
        """Whether the field can be judged: its column exists and its cell is no Excel error or lost formula."""
        return kind_of(self.cells, field) not in _UNSOUND

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields that a column can fill, in the model's order."""
        return tuple(column_types(type(self)))


def _column_types(model: type) -> Mapping[str, Any]:
    hints = get_type_hints(model)
    return {field.name: hints[field.name] for field in fields(model) if field.default is not MISSING}


def _fields_of(model: type) -> Callable[[Record], tuple[Any, ...]]:
    return attrgetter(*column_types(model))


# Once a model; mypy would not take a decorated function's argument for hashable.
column_types: Callable[[type], Mapping[str, Any]] = cache(_column_types)
"""The fields that a form's column can fill, in order, each with the type of its values (`str`, `People`, …).

They are the ones with a default; the others say which row it is, and every record is given them.
"""
field_values_of: Callable[[type], Callable[[Record], tuple[Any, ...]]] = cache(_fields_of)
