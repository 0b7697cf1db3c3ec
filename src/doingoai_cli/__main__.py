"""The entry point; `--version` answers without loading anything."""

import gc
import os
import sys

_INTERRUPTED = 130
# No plugin has business in our models, and looking for one costs as much as reading a workbook.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")


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
        sys.exit(_INTERRUPTED)


def _run() -> None:
    # What start-up loads stays: looking through it for cycles took 28 ms of a check of one workbook.
    gc.set_threshold(200_000)
    from doingoai_cli.compiled import reuse_compiled, store_compiled

    reuse_compiled()
    from doingoai_cli.cli import run

    status = run(sys.argv[1:])
    store_compiled()
    gc.freeze()  # what is left goes with the process: nobody need look through it for cycles
    sys.exit(status)


if __name__ == "__main__":
    main()
