"""The program: a command goes to the command line, everything else opens the window."""

import sys


def main(argv: list[str] | None = None) -> int:
    """Run Counterpart with `argv` (default: the process's) and give the exit status."""
    arguments = sys.argv[1:] if argv is None else argv
    if arguments and not arguments[0].startswith("-"):
        from desktop.cli import main as command_line

        return command_line(arguments)
    from ui.app import main as window

    return window(arguments)


if __name__ == "__main__":
    sys.exit(main())
