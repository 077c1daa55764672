"""The program: a command goes to the command line, everything else opens the window."""

import gc
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

HELP = ("-h", "--help", "--version")


def pictures(workspace: Path, folder: Path, at: datetime) -> Sequence[Path]:
    """Picture the main windows of a workspace as they stand at `at` into a folder."""
    from ui.screenshots.taking import picture_day

    return picture_day(workspace, folder, at)


def main(argv: list[str] | None = None) -> int:
    """Run Counterpart with `argv` (default: the process's) and give the exit status."""
    arguments = sys.argv[1:] if argv is None else argv
    # Each part is imported when it is wanted: Qt is slow to load, and may be absent.
    match arguments:
        case ["screenshots", *options]:
            from ui.screenshots import main as take_pictures

            return take_pictures(options)
        case [first, *_] if first in HELP or not first.startswith("-"):
            from desktop.cli import main as command_line

            return command_line(arguments, pictures)
        case _:
            # The window collects garbage itself, and there is none in importing it.
            gc.disable()
            from ui.app import main as window

            return window(arguments)


if __name__ == "__main__":
    sys.exit(main())
