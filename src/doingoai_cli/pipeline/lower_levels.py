"""Consolidated workbooks of lower levels in an inbox (sổ tổng hợp cấp dưới) → the submissions within them."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path

from doingoai_cli.checks.engine import check_submission
from doingoai_cli.checks.pack import Pack
from doingoai_cli.checks.whole import WholeKind
from doingoai_cli.consolidate.arrival import Arrival
from doingoai_cli.consolidate.consolidation import Previous
from doingoai_cli.consolidate.earlier_workbooks import SpokenOf, agencies_gone, not_replaced, spoken_of
from doingoai_cli.consolidate.lower_levels import FilesBelow, below
from doingoai_cli.consolidate.origins import Origins
from doingoai_cli.consolidate.source_files import LowerWorkbook
from doingoai_cli.consolidate.workbook.origins_sheet import read_origins
from doingoai_cli.consolidate.workbook.reading.read_back import Reading, read_back
from doingoai_cli.errors import DoingoaiError
from doingoai_cli.grouping import grouped
from doingoai_cli.intake.agency import AgencyEvidence, find_agency
from doingoai_cli.intake.submission import unreadable_submission
from doingoai_cli.model import own_files
from doingoai_cli.model.forms import FormCatalogue
from doingoai_cli.model.outcome import PassedOver
from doingoai_cli.model.own_files import ListSheet
from doingoai_cli.model.roster import Roster
from doingoai_cli.model.run import BySender
from doingoai_cli.model.submissions import Agency, Submission
from doingoai_cli.pipeline.books import bounds_of_book
from doingoai_cli.pipeline.file_bounds import BoundsPassed, within_bounds
from doingoai_cli.pipeline.inbox_files import InboxFiles, Levels, Request
from doingoai_cli.pipeline.level_agencies import renamed, told_apart_by_level
from doingoai_cli.pipeline.unpacking import bytes_at
from doingoai_cli.pipeline.workspace import Workspace, own_agency
from doingoai_cli.readers.container import read_workbook
from doingoai_cli.readers.folder import real_path, shown_path
from doingoai_cli.readers.unreadable import Reason, Unreadable, unreadable
from doingoai_cli.vietnamese.agencies import agency_key

_OF_THE_RUN = frozenset(("TK02", "TK03", "TK04", "TK05", "TK06"))
"""What settling and waiving find anew at every level."""
_OTHER_CYCLE = "sổ tổng hợp của kỳ {theirs}, không phải kỳ {cycle}"
_OWN = "sổ tổng hợp của chính đơn vị này"
_NOTHING_NEW = "sổ tổng hợp của chính các tệp ở đây"
_OLDER = "sổ tổng hợp cũ của {owner}, đã có bản mới hơn: {newer}{gone}"
_PARTLY = (
    "{path}: đã có sổ mới hơn của {owner} ({newer}); sổ này chỉ được lấy những mẫu, "
    "kỳ mà sổ mới hơn không có{gone}. "
    "Nếu sổ mới hơn thay toàn bộ sổ này, chuyển tệp này ra khỏi thư mục."
)
_GONE = "; sổ mới hơn không còn dòng của: {agencies}"
_WITHOUT_ORIGINS = (
    "{path}: trang ẩn “{sheet}” không còn hoặc không đọc được; nguồn của từng dòng lấy theo cột “Nguồn”, vi phạm "
    "được kiểm tra lại trên sổ, không có vi phạm chung của từng tệp. Nên đề nghị cấp dưới gửi nguyên sổ gốc."
)
_OTHER_PACK = (
    "{path}: cấp dưới kiểm tra theo bộ quy tắc {theirs}, ở đây là {ours}; "
    "vi phạm của từng dòng giữ như cấp dưới ghi."
)


@dataclass(frozen=True, slots=True)
class LowerLevel:
    """A workbook as it was opened, or why not."""

    submission: Submission
    """The file as intake saw it."""
    owner: Agency | None
    previous: Previous | None
    origins: Origins | None = None
    fault: Unreadable | None = None

    @property
    def book(self) -> LowerWorkbook:
        """The workbook that came, and whose it is."""
        file = self.submission
        return LowerWorkbook(file.path, file.sha256, self.owner, file.received)


def _open_level(
    submission: Submission, catalogue: FormCatalogue, roster: Roster | None, province: str
) -> LowerLevel:
    """The workbook of a file, within its bounds; what is wrong with it is its own fault and stops nothing."""
    data = bytes_at(real_path(submission.path))
    if isinstance(data, Unreadable):
        return LowerLevel(submission, None, None, fault=data)
    try:
        with within_bounds(bounds_of_book(len(data))):
            workbook = read_workbook(data, submission.path)
            if isinstance(workbook, Unreadable):
                return LowerLevel(submission, None, None, fault=workbook)
            mark = workbook.properties.get(own_files.AGENCY, "")
            owner = find_agency(AgencyEvidence(submission.path, prefilled=mark), roster, province).agency
            previous = read_back(workbook, catalogue, Reading(submission.path))
            grid = next((g for g in workbook.grids if g.name == ListSheet.ORIGINS), None)
            return LowerLevel(submission, owner, previous, read_origins(grid) if grid else None)
    except BoundsPassed as passed:
        why = unreadable(passed.reason)
    except DoingoaiError as error:
        why = unreadable(
            Reason.UNREADABLE, f"Sổ tổng hợp không đọc lại được ({error})", "Đề nghị cấp dưới gửi lại sổ gốc"
        )
    except Exception as error:  # a fault of ours in one file must not keep the others from being read
        why = unreadable(Reason.UNREADABLE, f"Chương trình gặp lỗi khi đọc sổ này ({type(error).__name__})")
    return LowerLevel(submission, None, None, fault=why)


def levels_within(
    files: InboxFiles, came: Mapping[str, Arrival], request: Request, workspace: Workspace
) -> Levels:
    """What the consolidated workbooks of lower levels hold that are of this cycle, and of others than this agency.

    `came`: when the workbooks came, so that of two of one sender the later stands. A workbook of nobody's that
    holds nothing but files that came themselves is our own, left in the inbox.
    """
    setting, own = files.setting, own_agency(workspace)
    pack, cycle = setting.pack, setting.cycle
    direct = {read.submission.sha256 for read in files.reads}
    named = {shown_path(Path(path)) for path in request.paths}
    levels = [_open_level(book, setting.catalogue, setting.roster, setting.province) for book in files.books]
    found = Levels()
    owners: dict[str, str] = {}
    later, recomputed = _later(levels, came), partial(_recomputed, pack)
    for level in levels:
        path = level.submission.path
        if level.previous is None:
            submission = level.submission
            if submission.own is not None:  # else no workbook of ours after all
                fault = level.fault or unreadable(Reason.UNREADABLE)
                submission = unreadable_submission(path, fault, sha256=submission.sha256)
            found.submissions.append(submission)
            found.findings[path] = list(check_submission(submission, pack))
            continue
        agency = level.owner.name if level.owner else ""
        book = level.book
        reason = _reason(level, cycle, own, named)
        inside = FilesBelow() if reason else below(book, level.previous, level.origins, recomputed)
        if path in later and not reason:
            inside, said = _left_of(inside, agency, *later[path])
            reason = "" if inside.submissions else said
            found.notices += [said] if inside.submissions else []
        if level.owner is None and not any(_is_new(one, path, direct) for one in inside.submissions):
            reason = reason or _NOTHING_NEW
        if reason:
            found.passed_over.append(PassedOver(path=path, reason=reason, sha256=book.sha256, agency=agency))
            continue
        owners[book.label] = agency
        found.submissions += inside.submissions
        for of, findings in inside.findings.items():
            found.findings.setdefault(of, []).extend(findings)
        found.arrivals += inside.arrivals
        theirs = level.previous.consolidated.pack
        if theirs and theirs != pack.id:
            found.notices.append(_OTHER_PACK.format(path=path, theirs=theirs, ours=pack.id))
        if level.origins is None:
            checked = ((one.path, check_submission(one, pack)) for one in inside.submissions)
            found.findings |= {path: list(chain.from_iterable(own)) for path, own in grouped(checked).items()}
            found.notices.append(_WITHOUT_ORIGINS.format(path=path, sheet=ListSheet.ORIGINS))
    _tell_apart(found, owners, setting.roster)
    return found


def _is_new(one: Submission, book: str, direct: Collection[str]) -> bool:
    """Whether a workbook holds rows, a nil return or a fault of a file that did not come itself."""
    return one.sha256 not in direct and (one.rows > 0 or one.path != book)


def _tell_apart(levels: Levels, owners: Mapping[str, str], roster: Roster | None) -> None:
    """Give agencies of several levels that bear one name the name of their level, in their findings too."""
    named = told_apart_by_level(levels.submissions, owners, roster)
    sent = BySender(levels.submissions)
    for before, after in zip(levels.submissions, named, strict=True):
        if before is not after and after.path in levels.findings:
            told = renamed(levels.findings[after.path], sent, before, after.agency_name)
            levels.findings[after.path] = told
    levels.submissions = list(named)


def _recomputed(pack: Pack, code: str) -> bool:
    rule = pack.rules.get(code)
    return code in _OF_THE_RUN or (rule is not None and isinstance(rule.kind, WholeKind))


def _later(
    levels: Iterable[LowerLevel], came: Mapping[str, Arrival]
) -> Mapping[str, tuple[str, frozenset[SpokenOf]]]:
    """Workbook → the last one of its owner and cycle, and all that those speak of which came after it."""
    owned = [one for one in levels if one.owner and one.previous]
    owned.sort(key=lambda one: came[one.submission.path].sort_key)
    later: dict[str, tuple[str, frozenset[SpokenOf]]] = {}
    for of_one in grouped((_owner_and_cycle(level), level) for level in owned).values():
        newer, spoken = of_one[-1].book.path, frozenset[SpokenOf]()
        for level, after in zip(of_one[-2::-1], of_one[:0:-1], strict=True):
            assert after.previous is not None
            spoken |= spoken_of(after.book, after.previous, after.origins)
            later[level.book.path] = newer, spoken
    return later


def _left_of(inside: FilesBelow, owner: str, newer: str, later: Collection[SpokenOf]) -> tuple[FilesBelow, str]:
    """What counts of a workbook although its owner sent later ones, and what is to be said of it."""
    left = not_replaced(inside, later, newer)
    gone = ", ".join(agencies_gone(inside, later))
    text = _PARTLY if left.submissions else _OLDER
    path = inside.submissions[0].path
    return left, text.format(path=path, owner=owner, newer=newer, gone=gone and _GONE.format(agencies=gone))


def _owner_and_cycle(level: LowerLevel) -> tuple[str, int]:
    return level.owner.key if level.owner else "", level.previous.consolidated.cycle if level.previous else 0


def _reason(level: LowerLevel, cycle: int | None, own_agency: str, named: Collection[str]) -> str:
    """Why a workbook is passed over whatever other ones came; "" where it is taken."""
    assert level.previous is not None
    theirs, path = level.previous.consolidated.cycle, level.submission.path
    if cycle is not None and theirs != cycle:
        return _OTHER_CYCLE.format(theirs=theirs, cycle=cycle)
    if level.owner is None:
        return ""
    if own_agency and level.owner.key == agency_key(own_agency) and path not in named:
        return _OWN
    return ""
