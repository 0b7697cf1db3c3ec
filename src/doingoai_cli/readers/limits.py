"""How much of a file is read before it is given up (giới hạn an toàn), and the meter that counts."""

import time
from dataclasses import dataclass, field

from doingoai_cli.readers.unreadable import GiveUp, Reason, too_large, unreadable

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of one file: generous for any form an agency fills in, small enough to bound time and memory."""

    file_bytes: int = 64 * MIB
    """A thousand times an ordinary form; our own consolidated workbook of 100,000 rows takes some 20 MiB."""
    inflated_bytes: int = 512 * MIB
    """All parts of a package together, as declared and as counted; a million formatted rows: 100-300 MiB."""
    ratio: int = 300
    """Inflated : packed of one part past `ratio_from`. Deflate reaches 1,032; blank formatted rows 20-150."""
    ratio_from: int = 32 * MIB
    parts: int = 2_000
    sheets: int = 400
    cells: int = 1_000_000
    """Non-empty cells, 70,000 rows of the widest form; they take 3 seconds and 150 MiB to read."""
    merges: int = 100_000
    """Merged ranges: every cell of 5,000 rows, and some."""
    text_bytes: int = 128 * MIB
    """All text of a file: Python may need four bytes for what is one byte here."""
    seconds: float = 6.0
    """Of CPU time spent on reading: a busy machine makes no good file unreadable."""
    wall_seconds: float = 90.0
    """Of the clock on the wall, for what sleeps or waits instead of working."""
    memory_bytes: int = 1024 * MIB
    """What the process of a guarded reader may take."""


@dataclass(frozen=True, slots=True)
class FileBounds:
    """Of all that is done with one file: reading, understanding, checking, marking, reading back."""

    seconds: float = 60.0
    """Of CPU time: ten times what the largest file takes that the readers let through."""
    wall_seconds: float = 1800.0
    """Of the clock on the wall, for what sleeps or waits instead of working."""
    memory_bytes: int = 1536 * MIB
    """That the process grows by: six times what 60,000 rows take, about all that readers let through."""

    def more(self, seconds: float, memory_bytes: float) -> "FileBounds":
        """The same raised by that much, for a file that may be larger than others."""
        return FileBounds(
            self.seconds + seconds, self.wall_seconds + 10 * seconds, self.memory_bytes + int(memory_bytes)
        )


DEFAULT_BOUNDS = FileBounds()
DEFAULT_LIMITS = Limits()
OWN_LIMITS = Limits(
    file_bytes=1024 * MIB,
    inflated_bytes=16384 * MIB,
    cells=40_000_000,
    text_bytes=4096 * MIB,
    seconds=3600.0,
    wall_seconds=24 * 3600.0,
)
"""Of a consolidated workbook that the user names himself (`report --from`): a million rows and more."""


@dataclass(slots=True)
class Meter:
    """What reading one file has used up so far; raises `GiveUp` past a limit."""

    limits: Limits = DEFAULT_LIMITS
    inflated: int = 0
    cells: int = 0
    text: int = 0
    started: float = field(default_factory=time.thread_time)
    """CPU time of this thread: other threads and processes do not count."""
    started_on_the_wall: float = field(default_factory=time.monotonic)

    def add_inflated(self, count: int) -> None:
        """Count bytes that came out of a compressed part, and look at the clock."""
        self.inflated += count
        if self.inflated > self.limits.inflated_bytes:
            raise too_large(f"giải nén ra hơn {self.limits.inflated_bytes // MIB} MB")
        self.check_time()

    def add_cells(self, count: int) -> None:
        """Count non-empty cells."""
        self.cells += count
        if self.cells > self.limits.cells:
            raise too_large(f"hơn {_grouped(self.limits.cells)} ô có dữ liệu")

    def check_sheets(self, count: int) -> None:
        """Check the number of sheets."""
        if count > self.limits.sheets:
            raise too_large(f"hơn {self.limits.sheets} trang tính")

    def check_merges(self, count: int) -> None:
        """Check the number of merged ranges of one sheet."""
        if count > self.limits.merges:
            raise too_large(f"hơn {_grouped(self.limits.merges)} vùng ô gộp")

    def add_text(self, count: int) -> None:
        """Count bytes of text that will be held."""
        self.text += count
        if self.text > self.limits.text_bytes:
            raise too_large(f"hơn {self.limits.text_bytes // MIB} MB chữ")

    def check_files(self, count: int) -> None:
        """Check the number of files in an archive."""
        if count > self.limits.parts:
            raise too_large(f"hơn {self.limits.parts} tệp trong tệp nén")

    def check_ratio(self, size: int, packed: int) -> None:
        """Check how much larger something is than it was packed."""
        if size > self.limits.ratio_from and size > self.limits.ratio * max(packed, 1):
            raise GiveUp(unreadable(Reason.BOMB))

    def check_time(self) -> None:
        """Raises `GiveUp` where reading has taken too long."""
        passed = time.monotonic() - self.started_on_the_wall
        # No thread takes more CPU time than has passed, and that takes a call of the system to know.
        busy = passed > self.limits.seconds and time.thread_time() - self.started > self.limits.seconds
        if busy or passed > self.limits.wall_seconds:
            raise GiveUp(unreadable(Reason.TOO_SLOW))


def _grouped(count: int) -> str:
    return f"{count:,}".replace(",", ".")
