"""The list of subjects: the one place that knows what figures count, and by what a form belongs to them."""

from doingoai_cli.model.forms import FormCatalogue, FormSpec
from doingoai_cli.model.records import Trip
from doingoai_cli.report.figures import agreements, aid, awards, delegations, permitted_conferences
from doingoai_cli.report.figures.measures import Subject

SUBJECTS: tuple[Subject, ...] = (
    *delegations.SUBJECTS,
    *permitted_conferences.SUBJECTS,
    *agreements.SUBJECTS,
    *aid.SUBJECTS,
    *awards.SUBJECTS,
)
REALISED = tuple(subject for subject in SUBJECTS if not subject.planned)
MAIN = tuple(subject for subject in REALISED if subject in delegations.SUBJECTS)
"""Delegations and the conferences of form 03: what stands in the tables beside the year before."""
PLANS = tuple((s, p) for s in MAIN for p in SUBJECTS if p.id == f"plan.{s.id}" and issubclass(s.model, Trip))
"""Each direction of delegations with its plan."""

_BY_ROLE = {subject.role: subject for subject in SUBJECTS}


def subject_by_id(subject_id: str) -> Subject:
    """The subject with that id, which must be one of `SUBJECTS`."""
    return next(subject for subject in SUBJECTS if subject.id == subject_id)


def subject_of(spec: FormSpec, section: str) -> Subject | None:
    """The subject that counts the rows of a form (or of one section of it); None where no figure does."""
    return _BY_ROLE.get(spec.role(section))


def forms_of(subject: Subject, catalogue: FormCatalogue) -> tuple[str, ...]:
    """The codes of the forms that a subject counts rows of."""
    return catalogue.forms_of(subject.role)
