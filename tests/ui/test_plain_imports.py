"""No module's source is read at the start in search of what nothing here uses."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent

SCRIPT = """
import json, linecache, sys
import ui.main_window
import sqlalchemy.orm
print(json.dumps(sorted(linecache.cache)))
"""


def test_imports_after_the_windows_read_no_source() -> None:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    read = json.loads(done.stdout)
    files = [name for name in read if name.endswith(".py")]
    assert not [name for name in files if "sqlalchemy" in name or "/ui/" in name]
