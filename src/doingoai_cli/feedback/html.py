"""Findings as one self-contained page (HTML): for the agency, or for the meeting; no network, prints well."""

from importlib.resources import files
from typing import Any, NamedTuple

from jinja2 import Environment

from doingoai_cli.feedback.formats import PLAIN, Surroundings
from doingoai_cli.messages import ALL_FILES, printable
from doingoai_cli.model.findings import CHANGE_WORDS, Finding, Severity
from doingoai_cli.model.outcome import Excerpt, Outcome


class _ShownFinding(NamedTuple):
    finding: Finding
    excerpt: Excerpt | None


class _FileFindings(NamedTuple):
    path: str
    agency: str
    items: tuple[_ShownFinding, ...]


def to_html(outcome: Outcome, _around: Surroundings = PLAIN) -> str:
    """The page; text from agencies is escaped."""
    return page(
        "page",
        outcome=outcome,
        names={severity: severity.word.capitalize() for severity in Severity},
        severities=[s for s in Severity if any(f.severity is s for f in outcome.findings)],
        codes=sorted({f.code for f in outcome.findings}),
        agencies=sorted({f.agency for f in outcome.findings if f.agency}),
        groups=_groups(outcome),
        verbs=CHANGE_WORDS,
        labels=outcome.labels,
    )


def page(template: str, **context: Any) -> str:
    """A template of this room ("page": `page.html.j2`) filled in; text is escaped."""
    source = files("doingoai_cli.feedback").joinpath(f"{template}.html.j2").read_text(encoding="utf-8")
    environment = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True, finalize=harmless)
    return environment.from_string(source).render(context) + "\n"


def harmless(value: object) -> object:
    """A value that a page shows, control characters of file names written out."""
    return printable(value) if type(value) is str else value


def _groups(outcome: Outcome) -> tuple[_FileFindings, ...]:
    return tuple(
        _FileFindings(
            path or ALL_FILES,
            agency,
            tuple(_ShownFinding(f, outcome.excerpt(f)) for f in findings),
        )
        for path, agency, findings in outcome.by_sender
    )
