"""Who issues and signs which document: `[report]`, `[report.thang]`, `[letter]` … of the workspace's file."""

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any, TypeVar

from doingoai_cli.errors import ConfigError
from doingoai_cli.messages import did_you_mean
from doingoai_cli.pipeline.deadlines import calendar_settings
from doingoai_cli.pipeline.workspace import Workspace, places_of
from doingoai_cli.report.kinds import ReportKind
from doingoai_cli.report.settings import LetterSettings, ReportSettings
from doingoai_cli.vietnamese.agencies import agency_key
from doingoai_cli.yamlfile import Located, validated

REMINDER, NOTICE = "nhac", "thong-bao"
_LETTERS = (REMINDER, NOTICE)
_REPORTS = tuple(kind.value for kind in ReportKind)
S = TypeVar("S", bound=ReportSettings)


def report_settings(workspace: Workspace, *names: str) -> ReportSettings:
    """The settings of a report: `[report]`, then those below its kind or its outline (`names`).

    ConfigError lists every fault of the tables, each with `file:line`.
    """
    known = (*_REPORTS, *names)
    return _settings(ReportSettings, workspace, "report", workspace.report, names, known, own_names=True)


def letter_settings(workspace: Workspace, name: str = "") -> LetterSettings:
    """The settings of a letter: `[letter]`, then those of the letter itself; ConfigError as above."""
    return _settings(LetterSettings, workspace, "letter", workspace.letter, (name,), _LETTERS)


def refuse_faults(workspace: Workspace) -> None:
    """ConfigError lists the faults of all tables of the workspace's file, whatever a command needs of them."""
    problems: list[str] = []
    for said, read in (
        (workspace.report, report_settings),
        (workspace.letter, letter_settings),
        (workspace.calendar, calendar_settings),
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


def _settings(
    kind: type[S],
    workspace: Workspace,
    table: str,
    data: Mapping[str, Any],
    names: tuple[str, ...],
    known: tuple[str, ...],
    *,
    own_names: bool = False,
) -> S:
    """`own_names`: a table may also have the name of a workspace's own outline."""
    places = places_of(workspace)
    tables = {key: value for key, value in data.items() if isinstance(value, Mapping)}
    plain = {key: value for key, value in data.items() if key not in tables}
    problems = _faults(kind, plain, places, (table,))
    for name, value in tables.items():
        if name not in known and (not own_names or get_close_matches(name, known, 1)):
            hint = did_you_mean(name, known, f"; có: {', '.join(known)}")
            problems.append(f"{places.at((table, name))}: không có văn bản “{table}.{name}”{hint}")
        else:
            problems += _faults(kind, value, places, (table, name))
    if problems:
        raise ConfigError(problems)
    chosen = dict(plain)
    for name in names:
        chosen |= tables.get(name, {})
    if workspace.province:
        chosen.setdefault("province", workspace.province)
    return kind.model_validate(chosen)


def _faults(kind: type[ReportSettings], data: Any, places: Located, under: tuple[str, ...]) -> list[str]:
    try:
        validated(kind, data, places, under)
    except ConfigError as error:
        return list(error.problems)
    return []
