"""The entry point; `--version` answers without loading anything."""

import atexit
import gc
import os
import sys
from contextlib import suppress

_INTERRUPTED = 130


def main() -> None:
    """Run the command line and exit."""
    if sys.argv[1:] == ["--version"]:
        from doingoai_cli import __version__

        sys.stdout.write(f"doingoai {__version__}\n")
        return
    try:
        _run()
    except KeyboardInterrupt:  # before the command line is there to answer it
        sys.stderr.write("Đã dừng theo yêu cầu.\n")
        sys.stderr.flush()
        os._exit(_INTERRUPTED)  # Python's own way out may end by the signal instead


def _run() -> None:
    # What start-up loads stays: looking through it for cycles took 28 ms of a check of one workbook.
    gc.set_threshold(200_000)
    ended: list[int] = []
    atexit.register(_leave, ended)  # first of all, so that it comes last
    from doingoai_cli.compiled import no_plugins, reuse_compiled, store_compiled

    no_plugins()
    reuse_compiled()
    from doingoai_cli.cli import run

    ended.append(run(sys.argv[1:]))
    store_compiled()
    sys.exit(ended[0])


# Python keeps the frames of functions in pieces of 16 KB and gives each back as soon as it is left: loops at the
# edge of one asked the system 1,000 times, 6 of 240 ms. This one takes 256 KB, with room for those below.
_run.__code__ = _run.__code__.replace(co_stacksize=20_000)


def _leave(ended: list[int]) -> None:
    """The way out: what is left goes with the process. Taking it apart took 7 ms of a check of one workbook."""
    with suppress(OSError):  # what cannot be written is said by Python's own way out
        sys.stdout.flush()
        sys.stderr.flush()
        for status in ended:
            os._exit(status)


if __name__ == "__main__":
    main()
