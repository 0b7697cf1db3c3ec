"""Worker processes watched by the one that started them (canh chừng tiến trình đọc).

A worker announces which file it works on, since when and within which bounds. What passes these by far, because
the worker's own clock was not heard (an expression that never yields, where the system has no timer; memory that
one call takes), is ended from outside: that file is lost, the others of its batch are read again.
"""

import os
import struct
import threading
import time
from mmap import mmap
from pathlib import Path
from typing import NamedTuple

from doingoai_cli.readers.limits import FileBounds
from doingoai_cli.readers.unreadable import Reason

_LOOK = 1.0
"""Seconds from one look to the next."""
_GRACE = 5.0
"""Seconds past its bounds in which a worker gives a file up by itself."""
_SPARE = 1.25
"""How many times the memory of its bounds it may have taken by then."""
_HEAD = struct.Struct("<dqddqH")
"""CPU seconds of the worker at the start (below 0: it does nothing), serial number, bounds, length of its name."""
_STARTED = struct.Struct("<d")
_SIZE = 8192
_SUFFIX = ".slot"
_NOTHING = -1.0


# --- in a worker -------------------------------------------------------------------------------------------


class _Slot:
    """The page of a file that the other process reads."""

    def __init__(self, folder: str) -> None:
        with (Path(folder) / f"{os.getpid()}{_SUFFIX}").open("w+b") as file:
            file.truncate(_SIZE)
            self.page = mmap(file.fileno(), _SIZE)
        self.serial = 0
        self.name = b""
        self.stop()

    def begin(self, bounds: FileBounds) -> None:
        """The start comes last: until then nothing is told."""
        self.serial += 1
        rest = (self.serial, bounds.seconds, bounds.wall_seconds, bounds.memory_bytes, len(self.name))
        told = _HEAD.pack(_NOTHING, *rest) + self.name
        self.page[: len(told)] = told
        _STARTED.pack_into(self.page, 0, time.process_time())

    def stop(self) -> None:
        _STARTED.pack_into(self.page, 0, _NOTHING)


_slot: _Slot | None = None
"""Where this worker announces what it works on; None outside workers."""


def announce_in(folder: str) -> None:
    """From now on this process tells in that folder what it works on."""
    global _slot
    _slot = _Slot(folder)


def announce_name(name: str) -> None:
    """What the next files belong to: the job by which the other process knows them."""
    if _slot is not None:
        _slot.name = name.encode("utf-8", "surrogateescape")[: _SIZE - _HEAD.size]


def announce(bounds: FileBounds | None) -> None:
    """A file is begun; None: it is done."""
    if _slot is None:
        return
    if bounds is None:
        _slot.stop()
    else:
        _slot.begin(bounds)


# --- in the process that started them ----------------------------------------------------------------------


class _Seen(NamedTuple):
    """A file when it was first seen, and the memory that its worker had then."""

    serial: int
    when: float
    memory: int


class Watchdog:
    """A thread that ends workers which went far past a file's bounds."""

    def __init__(self, folder: str) -> None:
        self.ended: dict[str, Reason] = {}
        """The jobs whose worker was ended, and why."""
        self.paused = threading.Lock()
        """Held while processes are forked, when the thread must not be in the middle of anything."""
        self._folder = Path(folder)
        self._seen: dict[int, _Seen] = {}
        self._over = threading.Event()
        threading.Thread(target=self._run, name="doingoai-watch", daemon=True).start()

    def close(self) -> None:
        """No more looking; a look that has begun ends before, since its folder goes next."""
        with self.paused:
            self._over.set()

    def _run(self) -> None:
        while not self._over.wait(_LOOK):
            with self.paused:
                if self._over.is_set():
                    return
                for page in self._folder.glob(f"*{_SUFFIX}"):
                    try:
                        self._look(int(page.stem), page.read_bytes())
                    except (OSError, ValueError, struct.error):  # a worker that is gone
                        continue

    def _look(self, pid: int, page: bytes) -> None:
        started, serial, seconds, wall_seconds, memory, length = _HEAD.unpack_from(page)
        seen = self._seen.get(pid)
        if started < 0:
            return
        if seen is None or seen.serial != serial:  # most files are done before they are looked at again
            self._seen[pid] = _Seen(serial, time.monotonic(), -1)
            return
        import psutil  # a run whose files take no second each never needs it

        try:
            process = psutil.Process(pid)
            times, used = process.cpu_times(), process.memory_info().rss
            if seen.memory < 0:
                seen = self._seen[pid] = seen._replace(memory=used)
            slow = times.user + times.system - started > seconds + _GRACE
            slow = slow or time.monotonic() - seen.when > wall_seconds + _GRACE
            if slow or used - seen.memory > memory * _SPARE:
                name = page[_HEAD.size : _HEAD.size + length].decode("utf-8", "surrogateescape")
                self.ended[name] = Reason.TOO_SLOW if slow else Reason.TOO_HUNGRY
                process.kill()
        except psutil.Error:
            return
