"""Who issues and signs which document: `[report]`, `[report.thang]`, `[letter]` … of the workspace's file."""

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any, Generic, NamedTuple, TypeVar

from doingoai_cli import pipeline
from doingoai_cli.errors import ConfigError
from doingoai_cli.messages import did_you_mean
from doingoai_cli.pipeline.workspace import Workspace, places_of
from doingoai_cli.report.kinds import ReportKind
from doingoai_cli.report.settings import LetterSettings, ReportSettings
from doingoai_cli.vietnamese.agencies import agency_key
from doingoai_cli.yamlfile import Located, validated

REMINDER, NOTICE = "nhac", "thong-bao"
S = TypeVar("S", bound=ReportSettings)


class _TomlTable(NamedTuple, Generic[S]):
    """A table of the workspace's file, with those below it."""

    name: str
    kind: type[S]
    known: tuple[str, ...]
    """The names of those below it."""
    own_names: bool
    """Whether one may also have the name of a workspace's own outline."""


_REPORT = _TomlTable("report", ReportSettings, tuple(kind.value for kind in ReportKind), own_names=True)
_LETTER = _TomlTable("letter", LetterSettings, (REMINDER, NOTICE), own_names=False)


def report_settings(workspace: Workspace, *names: str) -> ReportSettings:
    """The settings of a report: `[report]`, then those below its kind or its outline (`names`).

    ConfigError lists every fault of the tables, each with `file:line`.
    """
    return _settings(_REPORT._replace(known=(*_REPORT.known, *names)), workspace.report, workspace, names)


def settings_of(workspace: Workspace, kind: ReportKind, outline: str, *, addressed: bool) -> ReportSettings:
    """The settings of a kind's outline; one that is `addressed` by itself is not sent where all reports go."""
    names = (kind.value, outline)
    settings = report_settings(workspace, *names)
    own = any("addressees" in workspace.report.get(name, {}) for name in names)
    return settings.model_copy(update={"addressees": ()}) if addressed and not own else settings


def letter_settings(workspace: Workspace, name: str = "") -> LetterSettings:
    """The settings of a letter: `[letter]`, then those of the letter itself; ConfigError as above."""
    return _settings(_LETTER, workspace.letter, workspace, (name,))


def refuse_faults(workspace: Workspace) -> None:
    """ConfigError lists the faults of all tables of the workspace's file, whatever a command needs of them."""
    problems: list[str] = []
    for said, read in (
        (workspace.report, report_settings),
        (workspace.letter, letter_settings),
        (workspace.calendar, pipeline.deadlines.calendar_settings),
    ):
        try:
            if said:
                read(workspace)
        except ConfigError as error:
            problems += error.problems
    if problems:
        raise ConfigError(problems)


def is_issuer(settings: LetterSettings, agency: str) -> bool:
    """Whether a letter to `agency` would go to the body that sends it, or that it asks to send to."""
    return agency_key(agency) in (agency_key(settings.issuer), agency_key(settings.contact))


def _settings(table: _TomlTable[S], data: Mapping[str, Any], workspace: Workspace, names: tuple[str, ...]) -> S:
    """What a table's `data` say, and those below it with one of the `names`."""
    kind, known = table.kind, table.known
    places = places_of(workspace)
    tables = {key: value for key, value in data.items() if isinstance(value, Mapping)}
    plain = {key: value for key, value in data.items() if key not in tables}
    problems = _faults(kind, plain, places, (table.name,))
    for name, value in tables.items():
        if name not in known and (not table.own_names or get_close_matches(name, known, 1)):
            hint = did_you_mean(name, known, f"; có: {', '.join(known)}")
            problems.append(f"{places.at((table.name, name))}: không có văn bản “{table.name}.{name}”{hint}")
        else:
            problems += _faults(kind, value, places, (table.name, name))
    if problems:
        raise ConfigError(problems)
    chosen = dict(plain)
    for name in names:
        chosen |= tables.get(name, {})
    if workspace.province:
        chosen.setdefault("province", workspace.province)
    if kind_of_province := workspace.report.get("province_kind"):
        chosen.setdefault("province_kind", kind_of_province)
    return kind.model_validate(chosen)


def _faults(kind: type[ReportSettings], data: Any, places: Located, under: tuple[str, ...]) -> list[str]:
    try:
        validated(kind, data, places, under)
    except ConfigError as error:
        return list(error.problems)
    return []
