"""Form specs and outlines → blank workbooks and documents; a new workspace."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from doingoai_cli import pipeline
from doingoai_cli.blank.forms import Prepared, prepare, stamp
from doingoai_cli.blank.occasion import Occasion
from doingoai_cli.checks.pack import Pack
from doingoai_cli.errors import DoingoaiError
from doingoai_cli.model.consolidated import Consolidated
from doingoai_cli.model.counting import rows_of
from doingoai_cli.model.forms import FormCatalogue, FormSpec, Stage
from doingoai_cli.model.records import RealisedTrip, Trip
from doingoai_cli.model.roster import Roster
from doingoai_cli.pipeline.catalogue import forms_of, pack_of, unknown_form
from doingoai_cli.pipeline.file_names import stems, write_list
from doingoai_cli.pipeline.files import Written, check_suffix, make_folder, write_own
from doingoai_cli.pipeline.filled_forms import filled
from doingoai_cli.pipeline.form_limits import code_lines, form_limits
from doingoai_cli.pipeline.officer_lists import read_roster
from doingoai_cli.pipeline.workspace import Workspace, find_workspace, own_agency
from doingoai_cli.report.kinds import ReportKind
from doingoai_cli.vietnamese.agencies import agency_key
from doingoai_cli.vietnamese.text import capitalised, fold
from doingoai_cli.vietnamese.time.reporting import ReportingPeriod


@dataclass(frozen=True, slots=True)
class TemplateRequest:
    """What `new-template` asks for."""

    year: int | None = None
    forms: tuple[str, ...] = ()
    every: bool = False
    """Every form, also those that the province does not use."""
    agency: str | None = None
    roster: tuple[Path, ...] = ()
    out: Path | None = None
    separate: bool = False
    outline: bool = False
    kind: str = "nam"
    """Which outline: a kind of report, or the id of one of the workspace's own."""
    month: int | None = None
    quarter: int | None = None
    prefill: Path | None = None
    source: Path | None = None
    """A consolidated workbook whose rows fill the forms, to be sent up."""
    rules: str | None = None

    @property
    def outline_alone(self) -> bool:
        """Whether `out` is a document, for the outline without any form."""
        many = bool(self.roster) or self.separate
        return self.outline and not many and self.out is not None and self.out.suffix.lower() == ".docx"


def write_templates(request: TemplateRequest) -> tuple[str, ...]:
    """Write the blank forms; one sentence per file (or one for a roster's many).

    DoingoaiError: no year, an unknown form, a kind of outline without `--outline`, an agency beside a roster,
    `--out` with another suffix than .xlsx (or .docx with `--outline`: the outline alone).
    """
    if request.agency and request.roster:
        raise DoingoaiError("Chỉ dùng một trong hai: --agency (một cơ quan) hoặc --roster (cả danh sách).")
    if request.source and request.prefill:
        raise DoingoaiError(
            "Chỉ dùng một trong hai: --from (điền các dòng của sổ) hoặc --prefill (kế hoạch đã duyệt)."
        )
    if not request.outline and (request.kind != ReportKind.YEAR.value or request.month or request.quarter):
        raise DoingoaiError("--kind, --month, --quarter chọn đề cương: ghi thêm --outline.")
    workspace = find_workspace(Path.cwd())
    source = pipeline.known_books.read_book(request.source, forms_of(workspace)) if request.source else None
    if source and request.year not in (None, source.cycle):
        raise DoingoaiError(f"Sổ {source.path} là của kỳ {source.cycle}, không phải kỳ {request.year}.")
    year = source.cycle if source else request.year or workspace.year
    if year is None:
        raise DoingoaiError("Cần --year: năm kế hoạch Y của kỳ báo cáo.")
    catalogue = forms_of(workspace)
    pack, notice = pack_of(workspace, catalogue, year, request.rules)
    specs = _specs(catalogue, request.forms, every=request.every)
    if source and not request.forms:
        held = {row.record.form for row in source.rows} | {spec.form for spec in specs}
        specs = tuple(spec for spec in catalogue.blanks if spec.form in held)
    occasion = Occasion(
        cycle=year,
        province=workspace.province or pack.province,
        deadline=pipeline.deadlines.deadlines_of(workspace, None, year - 1).of(ReportingPeriod(year - 1)),
        pack=pack.id,
        codes=code_lines(pack, {spec.form for spec in specs}),
    )
    earlier = pipeline.known_books.read_book(request.prefill, catalogue) if request.prefill else None
    if earlier and earlier.cycle != year - 1:  # its plan is of another year than the forms' results
        raise DoingoaiError(f"“{earlier.path}” là sổ kỳ {earlier.cycle}; --prefill cần sổ của kỳ {year - 1}.")
    issue = _Issuing(request, workspace, pack, occasion, specs, earlier, catalogue, source)
    written = list(issue.write())
    said = filled(source, specs, request.agency)[1] if source else ()
    return (*([notice] if notice else []), *said, *_told(written))


def _told(files: Sequence[Written]) -> list[str]:
    if len(files) <= 10:
        return [line for file in files for line in file.told]
    notices = [file.notice for file in files if file.notice]
    return [*notices, f"Đã ghi {len(files)} tệp vào {files[0].path.parent.as_posix()}"]


def _specs(catalogue: FormCatalogue, codes: tuple[str, ...], *, every: bool) -> tuple[FormSpec, ...]:
    if every:
        return catalogue.blanks
    if not codes:
        return catalogue.official
    code_of = {_plain_code(spec.form): spec.form for spec in catalogue.blanks}
    unknown = [form for form in codes if _plain_code(form) not in code_of]
    if unknown:
        raise DoingoaiError(f"{capitalised(unknown_form(unknown[0], catalogue))}.")
    chosen = {code_of[_plain_code(form)] for form in codes}
    return tuple(spec for spec in catalogue.blanks if spec.form in chosen)


def _plain_code(form: str) -> str:
    """One form is "Mẫu số 04", "04" and "4"."""
    return re.sub(r"^(?:biểu |mẫu |số )*0*", "", fold(form))


@dataclass(frozen=True, slots=True)
class _Issuing:
    request: TemplateRequest
    workspace: Workspace
    pack: Pack
    occasion: Occasion
    specs: tuple[FormSpec, ...]
    earlier: Consolidated | None
    catalogue: FormCatalogue
    source: Consolidated | None = None

    def write(self) -> Iterator[Written]:
        """Write everything; the files in order."""
        roster = read_roster(*self.request.roster) if self.request.roster else None
        groups = [(spec,) for spec in self.specs] if self.request.separate else [self.specs]
        many = roster is not None or self.request.separate
        if self.request.outline_alone and self.request.out:
            yield self._outline(self.request.out)
            return
        yield from self._agencies(roster, groups) if roster else self._one(groups, many)
        if self.request.outline:
            target = self._folder() if many else self._single().parent
            yield self._outline(target)

    def _one(self, groups: Sequence[tuple[FormSpec, ...]], many: bool) -> Iterator[Written]:
        for specs in groups:
            path = self._folder() / self._file(specs[0]) if many else self._single()
            check_suffix(path, ".xlsx")
            sender = self.request.agency or (own_agency(self.workspace) or None if self.source else None)
            yield write_own(path, stamp(self._prepare(specs, self.request.agency), sender))

    def _single(self) -> Path:
        """Where one workbook goes; `--out` may name a folder."""
        out = self.request.out or self._file(None)
        return out / self._file(None) if out.is_dir() or not out.suffix else out

    def _agencies(self, roster: Roster, groups: Sequence[tuple[FormSpec, ...]]) -> Iterator[Written]:
        folder = make_folder(self._folder())
        shared = {} if self.earlier or self.source else {specs: self._prepare(specs, None) for specs in groups}
        named = stems((entry.name, entry.code) for entry in roster.entries)
        listed: list[tuple[str, Path]] = []
        for entry in roster.entries:
            for specs in groups:
                prepared = shared.get(specs) or self._prepare(specs, entry.name)
                suffix = f"-{specs[0].form}" if len(groups) > 1 else ""
                path = folder / f"{named[entry.name]}{suffix}.xlsx"
                one = write_own(path, stamp(prepared, entry.name))
                listed.append((entry.name, one.path))
                yield one
        yield write_list(folder, listed)

    def _prepare(self, specs: Sequence[FormSpec], agency: str | None) -> Prepared:
        if self.source:
            prefill, _ = filled(self._of(agency), specs, agency)
        else:
            prefill = _last_plan(self.earlier, self.catalogue, specs, agency) if self.earlier else {}
        return prepare(specs, self.occasion, form_limits(self.pack), prefill=prefill)

    def _of(self, agency: str | None) -> Consolidated:
        """The workbook; for one agency of a roster with its rows alone, even if it has none."""
        assert self.source is not None
        if not self.request.roster or agency is None:
            return self.source
        own = tuple(row for row in self.source.rows if row.agency_key == agency_key(agency))
        return replace(self.source, rows=own, reported=frozenset())

    def _folder(self) -> Path:
        """Where many files go; DoingoaiError where `--out` is called as one file of them."""
        out = self.request.out or Path(f"bieu-mau-{self.occasion.cycle}")
        if out.suffix.lower() in (".xlsx", ".docx") and not out.is_dir():
            raise DoingoaiError(f"Có nhiều tệp phải ghi: --out là tên thư mục, không phải tên tệp (“{out}”).")
        return out

    def _file(self, spec: FormSpec | None) -> Path:
        kind = "bieu-tong-hop" if self.source else "bieu-mau"
        return Path(
            f"mau-{spec.form}-{self.occasion.cycle}.xlsx" if spec else f"{kind}-{self.occasion.cycle}.xlsx"
        )

    def _outline(self, place: Path) -> Written:
        """The outline, in a folder or as the very file; a file is of the outline alone."""
        name, data = pipeline.outlines.blank_outline(self.request, self.workspace, self.catalogue, self.occasion)
        return write_own(place if place.suffix.lower() == ".docx" and not place.is_dir() else place / name, data)


def _last_plan(
    earlier: Consolidated, catalogue: FormCatalogue, specs: Sequence[FormSpec], agency: str | None
) -> Mapping[str, tuple[Mapping[str, str], ...]]:
    """The plan rows of an earlier workbook for the forms of what took place: form → field → text."""
    rows: dict[str, tuple[Mapping[str, str], ...]] = {}
    for spec in specs:
        if spec.stage is not Stage.REALISED or not issubclass(spec.record_model, RealisedTrip):
            continue
        planned = rows_of(earlier.rows, catalogue, Trip, spec.direction, Stage.PLANNED)
        fields = [
            column.field for column in spec.columns if column.field not in ("ordinal", "in_plan", "off_plan")
        ]
        rows[spec.form] = tuple(
            {field: row.record.text(field) for field in fields if row.record.text(field)} | {"in_plan": "X"}
            for row in planned
            if row.counted and (agency is None or row.agency_key == agency_key(agency))
        )
    return rows
