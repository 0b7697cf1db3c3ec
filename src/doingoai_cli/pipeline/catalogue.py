"""The forms, rules and outlines at hand: the shipped ones, and a workspace's own beside or in place of them."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from doingoai_cli import resources
from doingoai_cli.errors import ConfigError
from doingoai_cli.messages import NO_FORM, UNRULED
from doingoai_cli.model.forms import FormCatalogue, load_forms, shipped_forms
from doingoai_cli.pipeline.workspace import Workspace, named_paths, place_of_key

if TYPE_CHECKING:
    from doingoai_cli.checks.pack import Pack
    from doingoai_cli.model.submissions import Submission


def forms_of(workspace: Workspace) -> FormCatalogue:
    """All forms; ConfigError lists the faults of the workspace's own, each with `file:line`."""
    own = named_paths(workspace, "forms")
    for path in own:
        refuse_empty(workspace, "forms", path)
    catalogue = load_forms(resources.forms_dir(), *own)
    codes = [spec.form for spec in catalogue.blanks]
    unknown = [form for form in workspace.uses if form not in codes]
    if unknown:
        raise ConfigError([f"{place_of_key(workspace, 'uses')}: {unknown_form(unknown[0], catalogue)}"])
    return catalogue.using(workspace.uses) if workspace.uses else catalogue


def unruled(
    workspace: Workspace, catalogue: FormCatalogue, pack: "Pack", submissions: "Iterable[Submission]"
) -> list[str]:
    """A sentence for each own form that has rows and that no rule of the pack names."""
    if not workspace.forms:
        return []
    named = {form for rule in pack.rules.values() for form in rule.forms} | set(shipped_forms().forms())
    held = {table.form for submission in submissions for table in submission.tables if table.records}
    return [UNRULED.format(form=form, pack=pack.id) for form in catalogue.forms() if form in held - named]


def unknown_form(form: str, catalogue: FormCatalogue) -> str:
    """That there is no such form, with those that there are."""
    return NO_FORM.format(form=form, known=", ".join(spec.form for spec in catalogue.blanks))


def refuse_empty(workspace: Workspace, key: str, path: Path) -> None:
    """ConfigError where a folder that the workspace names holds nothing that would be read."""
    if path.is_dir() and not any((*path.glob("*.yaml"), *path.glob("*.yml"))):
        held = ", ".join(sorted(each.name for each in path.iterdir())[:3]) or "trống"
        fault = f"“{key}”: thư mục “{path.name}” không có tệp .yaml nào ({held}); kiểm tra lại tên và đuôi của tệp"
        raise ConfigError([f"{place_of_key(workspace, key)}: {fault}"])


def pack_of(
    workspace: Workspace, catalogue: FormCatalogue, cycle: int | None, explicit: str | None = None
) -> "tuple[Pack, str | None]":
    """The rule pack of a cycle and what is to be said of the choice (None: nothing); an option goes first."""
    from doingoai_cli.checks.pack import choose_pack  # 10 ms: reports and figures judge nothing

    own = workspace.rules or workspace.pack
    if explicit is None and own is not None:
        path = workspace.path(own)
        explicit = str(path) if path is not None and path.is_file() else own
    forms = catalogue if workspace.forms else None
    pack, notice = choose_pack(cycle, explicit, resources.packs_dir(), forms)
    return pack.citing(workspace.request.strip()), notice
