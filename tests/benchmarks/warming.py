"""Keep a file in the system's memory until the standard input ends.

A process of its own: closing a file takes away the locks that SQLite holds on it
elsewhere in the same process.
"""

from __future__ import annotations

import sys
from mmap import ACCESS_READ, PAGESIZE, mmap
from pathlib import Path
from select import select

import numpy as np

WARM_EVERY_S = 5


def keep_warm(workspace: Path) -> None:
    """Touch each page of a file again and again, so that the system has it at hand.

    The goals are for a warm one, and some systems put away what is not asked for during
    some seconds: then a search waits for the disk. One byte of a page is enough; to
    read all of it would take the memory from the window.
    """
    with workspace.open("rb") as file:
        content = mmap(file.fileno(), 0, access=ACCESS_READ)
    pages = np.frombuffer(content, np.uint8)[::PAGESIZE]
    while not select([sys.stdin], [], [], WARM_EVERY_S)[0]:
        pages.max()


if __name__ == "__main__":
    keep_warm(Path(sys.argv[1]))
