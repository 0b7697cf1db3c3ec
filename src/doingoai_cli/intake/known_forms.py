"""What is known of all forms at once: their labels, their titles, and how each reads a heading."""

from functools import lru_cache, partial

from doingoai_cli.intake.columns import Columns, fit_columns
from doingoai_cli.intake.heading_cells import HeadingTexts
from doingoai_cli.intake.labels import Labels, label_table
from doingoai_cli.intake.titles import Titles
from doingoai_cli.model.forms import FormCatalogue, shipped_forms
from doingoai_cli.shipped import precomputed


class KnownForms:
    """The forms of a catalogue, prepared for looking up what a sheet says."""

    def __init__(self, catalogue: FormCatalogue) -> None:
        self.catalogue = catalogue
        build = partial(label_table, catalogue.specs)
        is_shipped = catalogue.specs == shipped_forms().specs
        self.labels = Labels(precomputed("labels", build) if is_shipped else build())
        self.titles = Titles(catalogue)
        self.fits = lru_cache(maxsize=1024)(self._fits)  # saves 0.08 s
        """How each layout reads a heading, in the catalogue's order."""

    def _fits(self, heading: HeadingTexts) -> tuple[Columns, ...]:
        return tuple(fit_columns(spec, heading) for spec in self.catalogue.specs)


@lru_cache(maxsize=8)  # 15 ms for each file of a run, which has one catalogue
def known_forms(catalogue: FormCatalogue) -> KnownForms:
    """The forms of a catalogue, prepared once (a catalogue is equal to itself alone)."""
    return KnownForms(catalogue)
