"""How findings are printed (dạng kết quả): the one list of the formats of `check --format`.

A new format is one line of `Format` and the function that it names, here or in a module of its own.
"""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple, Self

if TYPE_CHECKING:  # the list is there for `--help`, which needs nothing of a finding
    from doingoai_cli.model.outcome import Outcome


class RuleHelp(NamedTuple):
    """What a rule says of itself, for formats that explain it."""

    title: str
    why: str
    citation: str


class Surroundings(NamedTuple):
    """What a format may need besides the outcome: the rules by code, and the screen it is shown on."""

    rules: Mapping[str, RuleHelp] = {}
    width: int = 100
    colour: bool = False


Render = Callable[["Outcome", Surroundings], str]


def _table(outcome: "Outcome", around: Surroundings) -> str:
    from doingoai_cli.feedback.table import to_table

    return to_table(outcome, colour=around.colour, width=around.width)


def _json(outcome: "Outcome", _around: Surroundings) -> str:
    from doingoai_cli.feedback.machine import to_json

    return to_json(outcome)


def _jsonl(outcome: "Outcome", _around: Surroundings) -> str:
    from doingoai_cli.feedback.machine import to_jsonl

    return to_jsonl(outcome)


def _csv(outcome: "Outcome", _around: Surroundings) -> str:
    from doingoai_cli.feedback.csv import to_csv

    return to_csv(outcome)


def _sarif(outcome: "Outcome", around: Surroundings) -> str:
    from doingoai_cli.feedback.sarif import to_sarif

    return to_sarif(outcome, around.rules)


def _html(outcome: "Outcome", _around: Surroundings) -> str:
    from doingoai_cli.feedback.html import to_html

    return to_html(outcome)


def _github(outcome: "Outcome", _around: Surroundings) -> str:
    from doingoai_cli.feedback.machine import to_github

    return to_github(outcome)


class Format(StrEnum):
    """A format: its name on the command line, what writes it, whether it shows the rows of the findings."""

    render: Render
    with_excerpts: bool

    def __new__(cls, value: str, render: Render, with_excerpts: bool = False) -> Self:
        """A member from its line."""
        made = str.__new__(cls, value)
        made._value_ = value
        made.render, made.with_excerpts = render, with_excerpts
        return made

    TABLE = "table", _table
    JSON = "json", _json
    JSONL = "jsonl", _jsonl
    CSV = "csv", _csv
    SARIF = "sarif", _sarif
    HTML = "html", _html, True
    GITHUB = "github", _github
