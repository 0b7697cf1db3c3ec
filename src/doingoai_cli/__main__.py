"""The entry point; `--version` answers without loading anything."""

import os
import sys

# No plugin has business in our models, and looking for one costs as much as reading a workbook.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")


def main() -> None:
    """Run the command line and exit."""
    if sys.argv[1:] == ["--version"]:
        from doingoai_cli import __version__

        sys.stdout.write(f"doingoai {__version__}\n")
        return
    from doingoai_cli.cli import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
