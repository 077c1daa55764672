"""Asks as another program would whether somebody has a workspace file open."""

import subprocess
import sys
from pathlib import Path

_WANTS_IT_ALONE = """
import sqlite3, sys
file = sqlite3.connect(sys.argv[1], timeout=0)
try:
    print(file.execute("PRAGMA journal_mode=DELETE").fetchone()[0])
except sqlite3.OperationalError as error:
    print(error)
"""
"""Leaves the shared log, which nobody can while another one has the file open."""


def is_held(path: Path) -> bool:
    """Tell whether another program finds that the file is in use."""
    asked = [sys.executable, "-c", _WANTS_IT_ALONE, str(path)]
    told = subprocess.run(asked, capture_output=True, text=True, check=True).stdout
    assert told.strip() in ("database is locked", "delete"), told
    return told.strip() == "database is locked"
