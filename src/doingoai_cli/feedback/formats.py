"""How findings are printed (dạng kết quả): the one list of the formats of `check --format`.

A new format is one line of `Format` and the function that it names.
"""

from collections.abc import Mapping
from enum import StrEnum
from importlib import import_module
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


PLAIN = Surroundings()
"""No rules to explain, and no screen."""


class Format(StrEnum):
    """A format: its name on the command line, what writes it, whether it shows the rows of the findings.

    What writes it is a function of this room, (outcome, surroundings) → text; it is named "module:function", so
    that `--help` loads none of them.
    """

    writer: str
    with_excerpts: bool

    def __new__(cls, value: str, writer: str, with_excerpts: bool = False) -> Self:
        """A member from its line."""
        made = str.__new__(cls, value)
        made._value_ = value
        made.writer, made.with_excerpts = writer, with_excerpts
        return made

    def render(self, outcome: "Outcome", around: Surroundings = PLAIN) -> str:
        """The outcome in this format."""
        module, _, function = self.writer.partition(":")
        text: str = getattr(import_module(f"doingoai_cli.feedback.{module}"), function)(outcome, around)
        return text

    TABLE = "table", "table:to_table"
    JSON = "json", "machine:to_json"
    JSONL = "jsonl", "machine:to_jsonl"
    CSV = "csv", "csv:to_csv"
    SARIF = "sarif", "sarif:to_sarif"
    HTML = "html", "html:to_html", True
    GITHUB = "github", "machine:to_github"
