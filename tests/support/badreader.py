"""A reader for the guard's tests that does what it is told: well, or badly."""

import os
import time
from pathlib import Path

from doingoai_cli.model.grid import Workbook
from doingoai_cli.readers.container import read_workbook
from doingoai_cli.readers.limits import Limits
from doingoai_cli.readers.unreadable import Unreadable


def read(data: bytes, _name: str, _limits: Limits) -> object:
    """Do what `data` says."""
    match data:
        case b"hang":
            time.sleep(60)
        case b"spin":
            while True:
                pass
        case b"wait":
            time.sleep(2)
        case b"abort":
            os.abort()
        case b"exit":
            os._exit(0)
        case b"noise":
            print("noise" * 10_000)  # noqa: T201
        case b"lie":
            return "no workbook"
        case b"fatten":
            return [bytes(1 << 20) for _ in range(4000)]
    return Workbook("xls", (), {"pid": str(os.getpid())})


def outcome(path: Path) -> str:
    """The reason why a file cannot be read, else its format; at the top of a module, for pools of processes."""
    result = read_workbook(path.read_bytes(), path.name)
    return result.reason if isinstance(result, Unreadable) else result.format
