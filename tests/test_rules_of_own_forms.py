"""Rules that look into other forms know a province's own by its record type, direction and stage."""

from dataclasses import replace

import pytest
import yaml
from rows import findings, run, run_checks, submission, table

from doingoai_cli.checks.pack import Pack, load_pack
from doingoai_cli.model.forms import load_forms
from doingoai_cli.model.records import Record
from doingoai_cli.model.run import History
from doingoai_cli.model.submissions import Table
from doingoai_cli.resources import forms_dir, packs_dir

OWN = {"01.A": "TH-XA", "01.B": "TV-XA", "02.A": "KH-XA"}


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    """The shipped pack over copies of the forms, which its rules judge as they judge the official ones."""
    folder = tmp_path_factory.mktemp("rieng")
    for form, code in OWN.items():
        text = (forms_dir() / f"{form}.yaml").read_text(encoding="utf-8")
        own = text.replace(f'id: "{form}"\nform: "{form}"', f"id: {code}\nform: {code}")
        (folder / f"{code}.yaml").write_text(own, encoding="utf-8")
    shipped = yaml.safe_load((packs_dir() / "quang-binh-2020.yaml").read_text(encoding="utf-8"))["rules"]
    rules = {}
    for rule, said in shipped.items():
        named = {OWN[form]: weight for form, weight in said.get("forms", {}).items() if form in OWN}
        rules |= {rule: {"forms": named}} if named else {}
    rules["DL01"] = {"params": {"except": {"TH-XA": ["in_plan", "off_plan"], "TV-XA": ["in_plan", "off_plan"]}}}
    path = folder / "bo" / "rieng.yaml"
    path.parent.mkdir()
    mine = {"id": "rieng", "extends": "quang-binh-2020", "rules": rules}
    path.write_text(yaml.safe_dump(mine, allow_unicode=True), encoding="utf-8")
    return load_pack(str(path), forms=load_forms(forms_dir(), folder))


def own(of: Table, code: str) -> Table:
    """A table with its rows, as a copy of its form holds them."""
    return replace(of, form=code, spec=code, records=tuple(replace(record, form=code) for record in of.records))


def past(of: Table) -> tuple[tuple[str, Record], ...]:
    return tuple(("sở y tế", record) for record in of.records)


NAME = "Đoàn xúc tiến đầu tư tại Nhật Bản"


@pytest.mark.parametrize("plan", ["02.A", "KH-XA"])
@pytest.mark.parametrize("done", ["01.A", "TH-XA", "TV-XA"])
@pytest.mark.parametrize(
    ("row", "in_plan"), [({"name": NAME}, True), ({"name": "Đoàn dự lễ hội"}, False), ({"name": ""}, None)]
)
def test_the_plan_of_the_year_is_that_of_every_form_of_plans(
    pack: Pack, plan: str, done: str, row: dict[str, str], in_plan: bool | None
) -> None:
    """A row marked "Trong KH" is in the plan of its direction, whichever form that was sent in."""
    planned = past(own(table("02.A", [{"name": NAME}], cycle=2019), plan))
    sent = own(table("01.B" if done == "TV-XA" else "01.A", [row]), done)
    found = run_checks(run(submission(sent), history=History(plan=planned)), pack)
    outside = in_plan is not None and (not in_plan or done == "TV-XA")
    assert [f.code for f in found if f.code == "TH07"] == ["TH07"] * outside


@pytest.mark.parametrize("earlier", [True, False])
@pytest.mark.parametrize("plan", ["02.A", "KH-XA"])
@pytest.mark.parametrize(("done", "expected"), [("01.A", ["DR16"]), ("TH-XA", ["DR16"]), ("TV-XA", [])])
def test_last_years_delegations_are_those_of_every_form_of_them(
    pack: Pack, plan: str, done: str, expected: list[str], earlier: bool
) -> None:
    """In an older workbook as in the same inbox; guests from Laos are no delegation to Laos."""
    form = "01.B" if done == "TV-XA" else "01.A"
    went = own(table(form, [{"countries": "Lào", "partners": "Tỉnh Khăm Muộn"}]), done)
    plans = own(table("02.A", [{"countries": "Lào", "partners": "Chính quyền Khammouane"}]), plan)
    history = History(realised=past(went) if earlier else ())
    sent = [submission(plans)] if earlier else [submission(plans, went)]
    assert [f.code for f in run_checks(run(*sent, history=history), pack) if f.code == "DR16"] == expected


@pytest.mark.parametrize(
    ("form", "code", "fix"), [("01.A", "TH-XA", "Giải trình"), ("02.A", "KH-XA", "Giảm số thành viên")]
)
def test_what_took_place_is_explained_and_what_is_planned_is_changed(
    pack: Pack, form: str, code: str, fix: str
) -> None:
    sent = table(form, [{"members": "12"}])
    of_ours = [f.fix for f in findings(submission(sent)) if f.code == "DR07"]
    of_own = [f.fix for f in run_checks(run(submission(own(sent, code))), pack) if f.code == "DR07"]
    assert of_ours == of_own
    assert of_own[0].startswith(fix)


@pytest.mark.parametrize(
    ("agencies", "plans", "expected"),
    [
        (("Sở Y tế", "Sở Y tế"), ("02.A", "KH-XA"), [("KH-XA", "DL06")]),
        (("Sở Y tế", "Sở Tài chính"), ("02.A", "KH-XA"), [("02.A", "TK01"), ("KH-XA", "TK01")]),
        (("Sở Y tế", "Sở Y tế"), ("KH-XA", "KH-XA"), [("KH-XA", "DL06")]),
        (("Sở Y tế", "Sở Y tế"), ("02.A", "TH-XA"), []),
    ],
)
def test_a_delegation_that_stands_in_two_forms_of_one_kind_is_said(
    pack: Pack, agencies: tuple[str, str], plans: tuple[str, str], expected: list[tuple[str, str]]
) -> None:
    """It counts twice; what was planned and what took place are two rows of one delegation, as they must be."""
    row = {"name": NAME, "countries": "Nhật Bản"}
    tables = [own(table("01.A" if form == "TH-XA" else "02.A", [row]), form) for form in plans]
    if agencies[0] == agencies[1]:
        sent = [submission(*tables, agency=agencies[0])]
    else:
        sent = [submission(t, path=f"{a}.xlsx", agency=a) for t, a in zip(tables, agencies, strict=True)]
    found = run_checks(run(*sent), pack)
    assert sorted((str(f.form), f.code) for f in found if f.code in ("DL06", "TK01")) == sorted(expected)
