"""What is known of all forms at once: their labels, their titles, and how each reads a heading."""

from functools import lru_cache

from doingoai_cli.intake.columns import Columns, fit_columns
from doingoai_cli.intake.headings import TableHeading
from doingoai_cli.intake.labels import Labels
from doingoai_cli.intake.titles import Titles
from doingoai_cli.model.forms import FormCatalogue

_MOST_HEADINGS = 2000


class KnownForms:
    """The forms of a catalogue, prepared for looking up what a sheet says."""

    def __init__(self, catalogue: FormCatalogue) -> None:
        self.catalogue = catalogue
        self.labels = Labels(catalogue)
        self.titles = Titles(catalogue)
        self._fits: dict[object, tuple[Columns, ...]] = {}

    def fits(self, heading: TableHeading) -> tuple[Columns, ...]:
        """How each layout reads a heading, in the catalogue's order.

        Worked out once for headings that look up alike: most agencies keep that of the blank form.
        """
        same = tuple((cell.col, cell.last, cell.parts, tuple(cell.hits.items())) for cell in heading.cells)
        fits = self._fits.get(same)
        if fits is None:
            if len(self._fits) >= _MOST_HEADINGS:
                self._fits.clear()
            fits = self._fits[same] = tuple(fit_columns(spec, heading) for spec in self.catalogue.specs)
        return fits


@lru_cache(maxsize=8)  # 15 ms for each file of a run, which has one catalogue
def known_forms(catalogue: FormCatalogue) -> KnownForms:
    """The forms of a catalogue, prepared once (a catalogue is equal to itself alone)."""
    return KnownForms(catalogue)
