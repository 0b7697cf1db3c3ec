"""Form, input aids and checks say the same: what a blank form shows as one types, the check finds afterwards."""

import pytest
from blankcases import COLOURS
from blanks import CATALOGUE, CYCLE, LIMITS, OCCASION, PACK, SPECS, example_row, write_forms

from doingoai_cli.blank.input_aids import Offer, entry_aids
from doingoai_cli.blank.layout import layout_of
from doingoai_cli.checks.engine import check_submission
from doingoai_cli.intake.submission import read_submission
from doingoai_cli.model.findings import Finding
from doingoai_cli.model.forms import FormSpec

# What a colour and a code have in common: a blank cell has three codes, too many days two.
_SAME = {"DR01": "DL01", "DV01": "DL01", "DR12": "DR11"}
_SHOWN = {"DL01", "TH01", "DR07", "DR08", "DR11", "DR13"}


def _check(spec: FormSpec, rows: list[dict[str, str]]) -> list[list[Finding]]:
    """The findings of each row, entered into the blank form and sent in."""
    data = write_forms([spec], OCCASION, LIMITS, agency="Sở Y tế", prefill={spec.id: rows})
    submission = read_submission(data, "so-y-te.xlsx", CATALOGUE, cycle=CYCLE)
    assert [len(table.records) for table in submission.tables] == [len(rows)]
    findings = check_submission(submission, PACK)
    first = layout_of(spec).blocks[0].first
    return [[f for f in findings if f.row == first + number] for number in range(len(rows))]


def _spec(form: str) -> FormSpec:
    return next(spec for spec in SPECS if spec.id == form)


def test_a_blank_form_has_no_findings() -> None:
    submission = read_submission(write_forms(SPECS, OCCASION, LIMITS), "mau.xlsx", CATALOGUE, cycle=CYCLE)
    assert (check_submission(submission, PACK), submission.observations) == ((), ())


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.id)
def test_the_examples_have_no_findings(spec: FormSpec) -> None:
    assert _check(spec, [example_row(spec)]) == [[]]


def test_colours_and_codes_agree() -> None:
    disagreements = []
    for form in dict.fromkeys(form for form, _, _ in COLOURS):
        cases = [(changes, colours) for own, changes, colours in COLOURS if own == form]
        rows = [example_row(_spec(form), **changes) for changes, _ in cases]
        for (changes, colours), findings in zip(cases, _check(_spec(form), rows), strict=True):
            found = {_SAME.get(finding.code, finding.code) for finding in findings} & _SHOWN
            if found != set(colours.split()) & _SHOWN:
                disagreements.append((form, changes, colours, sorted(found)))
    assert disagreements == []


AVOIDED = [
    (spec.id, column.field, text)
    for spec in SPECS
    for column in spec.columns
    for text in map(OCCASION.filled, column.avoid)
]


def test_the_checks_object_to_what_the_guidance_says_to_avoid() -> None:
    accepted = []
    for form in dict.fromkeys(form for form, _, _ in AVOIDED):
        cases = [(field, text) for own, field, text in AVOIDED if own == form]
        rows = [example_row(_spec(form), **{field: text}) for field, text in cases]
        for (field, text), findings in zip(cases, _check(_spec(form), rows), strict=True):
            if field not in {finding.field for finding in findings}:
                accepted.append((form, field, text))
    assert accepted == []


def test_what_is_offered_has_no_findings_but_the_one_to_be_justified() -> None:
    """DR02 speaks on the form's own suggestion "nghiên cứu, khảo sát": deliberately."""
    for spec in SPECS:
        offers = [
            (aid.field, value)
            for aid in entry_aids(layout_of(spec), LIMITS, OCCASION)
            if isinstance(aid.accepts, Offer) and aid.block.section in ("", "I") and aid.field != "off_plan"
            for value in aid.accepts.values
        ]
        rows = [example_row(spec, **{field: value}) for field, value in offers]
        codes = {finding.code for findings in _check(spec, rows) for finding in findings} if rows else set()
        assert codes <= {"DR02", "DL06"}
