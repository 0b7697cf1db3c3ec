"""A run → who has sent what, and what changed since an earlier workbook (tình hình nộp)."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from doingoai_cli import pipeline
from doingoai_cli.consolidate.status import StatusChange, agency_statuses, status_changes
from doingoai_cli.feedback.status import StandingPage, standing_as_html, standing_as_table
from doingoai_cli.model.consolidated import AgencyState, AgencyStatus
from doingoai_cli.pipeline.inbox import Inbox


def status(inbox: Inbox, format: str, *, since: Path | None) -> str:
    """The state of every agency of the roster, and what changed since an earlier consolidated workbook."""
    states = statuses(inbox)
    before = pipeline.known_books.read_book(since, inbox.catalogue).agencies if since else None
    changes = () if before is None else status_changes(before, states)
    page = StandingPage(
        inbox.cycle,
        inbox.settled.deadline.general,
        states,
        tuple((c.name, c.text) for c in changes),
        inbox.passed_over,
    )
    if format == "json":
        return _as_json(inbox, states, changes)
    return standing_as_html(page) if format == "html" else standing_as_table(page)


def statuses(inbox: Inbox) -> tuple[AgencyStatus, ...]:
    """Where each agency stands, the forms that it has not sent included."""
    expected = [spec.form for spec in inbox.catalogue.official]
    return agency_statuses(inbox.settled, inbox.findings, inbox.run.roster, expected)


def _as_json(inbox: Inbox, states: Sequence[AgencyStatus], changes: Sequence[StatusChange]) -> str:
    deadline = inbox.settled.deadline.general
    data: dict[str, Any] = {
        "schema_version": "1",
        "cycle": inbox.cycle,
        "deadline": deadline.isoformat() if deadline else None,
        "agencies": [s._asdict() | {"state": s.state.name.lower(), "state_text": s.state.value} for s in states],
        "summary": {state.name.lower(): sum(s.state is state for s in states) for state in AgencyState},
        "passed_over": [{"path": one.path, "reason": one.reason} for one in inbox.passed_over],
        "changes": [{"agency": change.name, "text": change.text} for change in changes],
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"
