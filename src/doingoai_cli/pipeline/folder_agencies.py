"""The agency of files that name none, by the folder that they lie in (thư mục mang tên cơ quan)."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path, PurePath

from doingoai_cli.intake.agency import agency_of_folder
from doingoai_cli.model.roster import Roster
from doingoai_cli.model.submissions import Submission
from doingoai_cli.readers.folder import real_path


def of_folder(submission: Submission, folders: Sequence[Path], roster: Roster | None) -> Submission:
    """A submission that names no agency, as that of the roster's whose name the nearest folder bears.

    Of a file that cannot be read its own name counts too: who sent it has sent something.

    Folders above those that the command names (absolute, `folders`) are the officer's own, and say nothing.
    """
    nobody = [o for o in submission.observations if o.code == "CT10" and o.params["reason"] == "missing"]
    unread = any(o.code == "CT01" for o in submission.observations)
    if roster is None or submission.agency is not None or not (nobody or unread):
        return submission
    path = real_path(submission.path).absolute()
    agency = agency_of_folder([*([path.stem] if unread else []), *_within(path, folders)], roster)
    if agency is None:
        return submission
    others = tuple(o for o in submission.observations if o not in nobody)
    return replace(submission, agency=agency, observations=others)


def _within(path: Path, folders: Sequence[Path]) -> tuple[str, ...]:
    """The folders between one of `folders` and a file, the nearest to the file first."""
    above = next((path.relative_to(folder) for folder in folders if path.is_relative_to(folder)), PurePath())
    return above.parent.parts[::-1]
