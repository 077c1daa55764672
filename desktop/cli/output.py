"""Where the commands write, and how they open a workspace."""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.config import WORKSPACE_VARIABLE, Config, default_workspace
from desktop.desk import Desk
from desktop.domain.errors import Refusal
from desktop.messages import upgrading_words

if TYPE_CHECKING:
    from desktop.domain.upgrading import Upgrading


def keep_writing() -> None:
    """Have a terminal that lacks a letter show its number instead of ending us."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def stop_writing() -> None:
    """Let go of an output nobody reads any more, so that nothing is said about it."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def say(text: str, end: str = "\n") -> None:
    """Write a line to standard output."""
    sys.stdout.write(text + end)
    sys.stdout.flush()


def complain(text: str) -> None:
    """Write a line to standard error."""
    sys.stderr.write(text + "\n")


def workspace_of(options: argparse.Namespace) -> str:
    """Return the workspace the options, the environment or the user's folder name."""
    named = options.workspace or os.environ.get(WORKSPACE_VARIABLE)
    return str(named or default_workspace())


def workspace_file(options: argparse.Namespace) -> Path:
    """Return the workspace's file; refuses the address of a server."""
    place = workspace_of(options)
    if "://" in place:
        raise Refusal("backup_of_a_server")
    return Path(place)


def _say_upgrading() -> Callable[[Upgrading], None]:
    """Return what says, a line for each step, that an earlier workspace is upgraded."""
    said: set[str] = set()

    def told(how: Upgrading) -> None:
        line = upgrading_words(how)
        if line not in said:
            said.add(line)
            complain(line)

    return told


@contextmanager
def opened(options: argparse.Namespace) -> Iterator[Desk]:
    """Open the workspace the options name, for the length of a block."""
    from desktop.assembly import open_desk

    desk = open_desk(Config(workspace_of(options)), _say_upgrading())
    try:
        yield desk
    finally:
        desk.close()
