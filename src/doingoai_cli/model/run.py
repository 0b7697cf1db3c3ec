"""One run over an inbox: what the checks see (never files)."""

from datetime import date

from pydantic import ConfigDict, InstanceOf
from pydantic.dataclasses import dataclass

from doingoai_cli.model.findings import Observation
from doingoai_cli.model.records import Record
from doingoai_cli.model.roster import Roster
from doingoai_cli.model.submissions import Submission


@dataclass(frozen=True, slots=True, config=ConfigDict(defer_build=True))
class History:
    """Earlier years (lịch sử): records of older consolidated workbooks, and the approved plan where it is known.

    `realised` holds 01.x rows of earlier years with their agency; `plan` the 02.x rows of the plan that was
    approved for the year now reported on (rows marked "Không đồng ý" left out); None: not at hand.
    """

    realised: tuple[tuple[str, InstanceOf[Record]], ...] = ()
    """(agency key, record)."""
    plan: tuple[tuple[str, InstanceOf[Record]], ...] | None = None


@dataclass(frozen=True, slots=True, config=ConfigDict(defer_build=True))
class Run:
    """All submissions of a run, superseded ones included, with what is known around them."""

    submissions: tuple[Submission, ...]
    cycle: int | None
    """The plan year Y; None for a run of nothing but unreadable or unknown files."""
    superseded: frozenset[tuple[str, str]] = frozenset()
    """(path, form) of tables that a later file replaces: shown, never counted."""
    ledger: tuple[InstanceOf[Observation], ...] = ()
    """What settling the inbox observed (TK02, TK03, TK04, TK05)."""
    history: History = History()
    roster: InstanceOf[Roster] | None = None
    deadline: date | None = None
    """The first day that is too late (K0: "trước ngày 15/9"); None: 15 September of Y-1."""
    across: bool = False
    """Whether rules across agencies speak (merge, status, check with several files)."""
