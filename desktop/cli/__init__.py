"""The command line: everything that needs no screen."""

from desktop.cli.program import main

__all__ = ["main"]
