"""How a command that finds things ends: what it prints where, and its exit status."""

import sys
from collections.abc import Iterable
from pathlib import Path

from doingoai_cli.cli.options import FailOn
from doingoai_cli.messages import printable
from doingoai_cli.model.findings import Finding, Severity


def say(lines: Iterable[str], *, quiet: bool = False) -> None:
    """Notices, on stderr."""
    if not quiet:
        for line in lines:
            sys.stderr.write(f"{printable(line)}\n")


def put(text: str, output: Path | None) -> None:
    """Data, on stdout or into a file; a file that is not ours stays, and stderr says where the new one went."""
    if output is None:
        sys.stdout.write(text)
        sys.stdout.flush()
    else:
        from doingoai_cli.pipeline.files import write_own

        kept = write_own(output, text.encode("utf-8")).kept
        say([kept] if kept else [])


def exit_status(findings: Iterable[Finding], fail_on: FailOn) -> int:
    """1 where a finding that counts is at or above the level."""
    if fail_on is FailOn.NEVER:
        return 0
    level = Severity(fail_on.value).rank
    return int(any(finding.counts and finding.severity.rank <= level for finding in findings))
