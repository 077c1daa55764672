#!/usr/bin/env python3
"""Set Counterpart up in .venv and run it, its tests, its checks: `python3 dev.py test`.

Standard library only. What is already set up is not set up again.
"""

import ctypes
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
STAMP = VENV / "counterpart-setup"
OFFSCREEN = {"QT_QPA_PLATFORM": "offscreen"}

# What Qt loads from the system, by the Debian package it is in.
OFFSCREEN_LIBRARIES = {
    "libegl1": "libEGL.so.1",
    "libgl1": "libGL.so.1",
    "libxkbcommon0": "libxkbcommon.so.0",
    "libfontconfig1": "libfontconfig.so.1",
    "libdbus-1-3": "libdbus-1.so.3",
    "libglib2.0-0": "libglib-2.0.so.0",
}
WINDOW_LIBRARIES = {
    "libxcb-cursor0": "libxcb-cursor.so.0",
    "libxkbcommon-x11-0": "libxkbcommon-x11.so.0",
    "libxcb-icccm4": "libxcb-icccm.so.4",
    "libxcb-keysyms1": "libxcb-keysyms.so.1",
    "libxcb-image0": "libxcb-image.so.0",
    "libxcb-render-util0": "libxcb-render-util.so.0",
    "libxcb-shape0": "libxcb-shape.so.0",
    "libxcb-xkb1": "libxcb-xkb.so.1",
    "libxcb-util1": "libxcb-util.so.1",
}

USAGE = """usage: python3 dev.py COMMAND [ARGUMENTS …]

  run     open the demo workspace; without a screen, play its day and say where
  test    run the tests                (arguments go to pytest)
  lint    check style, types and the import contracts
  bench   print the benchmarks         (arguments go to tests.benchmarks)
  shots   picture every window         (arguments go to counterpart screenshots)
"""


def main(arguments):
    """Carry out one command; return its exit status."""
    if sys.version_info < (3, 11):
        print(f"Counterpart needs Python 3.11 or newer; this is {sys.version}")
        return 1
    commands = {"run": run, "test": test, "lint": lint, "bench": bench, "shots": shots}
    if not arguments or arguments[0] not in commands:
        print(USAGE, end="")
        return 0 if arguments and arguments[0] in ("-h", "--help") else 2
    if not install_system_packages() or not set_up():
        return 1
    return commands[arguments[0]](arguments[1:])


def run(arguments):
    """Open the window on the demo workspace, or play the demo day without one."""
    start = ["--demo"] if has_screen() else ["demo", "--play"]
    return call([PYTHON, "main.py", *start, *arguments])


def test(arguments):
    """Run the tests without a screen, one file after another on each core."""
    spread = ["--numprocesses", "auto", "--dist", "loadfile"]
    return call([PYTHON, "-m", "pytest", *spread, *arguments], **OFFSCREEN)


def lint(arguments):
    """Check style, types and import contracts; go on after a failure."""
    checks = (
        [PYTHON, "-m", "ruff", "check", "."],
        [PYTHON, "-m", "ruff", "format", "--check", "."],
        [PYTHON, "-m", "mypy", "--strict", "desktop", "ui"],
        [BIN / "lint-imports"],
    )
    return max([call([*check, *arguments]) for check in checks])


def bench(arguments):
    """Print what the program's speed is here."""
    return call([PYTHON, "-m", "tests.benchmarks", *arguments], **OFFSCREEN)


def shots(arguments):
    """Picture every window into out/screenshots, or where --out says."""
    where = [] if "--out" in arguments else ["--out", "out/screenshots"]
    return call([PYTHON, "main.py", "screenshots", *where, *arguments], **OFFSCREEN)


def has_screen():
    """Tell whether a window could be seen here."""
    if os.environ.get("QT_QPA_PLATFORM") == "offscreen":
        return False
    displays = (os.environ.get("DISPLAY"), os.environ.get("WAYLAND_DISPLAY"))
    return not sys.platform.startswith("linux") or any(displays)


def set_up():
    """Make .venv and install the pinned packages, unless that is done already."""
    if PYTHON.exists() and STAMP.exists() and STAMP.read_text() == fingerprint():
        return True
    if not PYTHON.exists():
        print("Making .venv …", flush=True)
        if call([sys.executable, "-m", "venv", "--clear", VENV]):
            return False
    print("Installing the pinned packages into .venv …", flush=True)
    pip = [PYTHON, "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    if call([*pip, "--constraint", "constraints.txt", "--editable", ".[dev]"]):
        return False
    STAMP.write_text(fingerprint())
    return True


def fingerprint():
    """Return a digest of what decides the contents of .venv, its Python included."""
    sources = (ROOT / "pyproject.toml", ROOT / "constraints.txt", VENV / "pyvenv.cfg")
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in sources)).hexdigest()


def install_system_packages():
    """Install the system libraries that are missing, or print the line that does."""
    if not missing_packages(has_screen()):
        return True
    # Whoever has to ask the system for one library asks for the window's too.
    packages = missing_packages(window=True)
    line = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    if os.geteuid() == 0 and shutil.which("apt-get"):
        print("Installing " + " ".join(packages), flush=True)
        call(["apt-get", "update", "-qq"], DEBIAN_FRONTEND="noninteractive")
        call([*line, "-qq"], DEBIAN_FRONTEND="noninteractive")
        importlib.invalidate_caches()
        if not missing_packages(has_screen()):
            return True
    print("These system libraries are missing. On Debian or Ubuntu, install them with")
    print("  sudo apt-get update && sudo " + " ".join(line))
    print("and run this command again. Other systems have them by similar names.")
    return False


def missing_packages(window):
    """List the Debian packages whose library is not here; `window`: X11's as well."""
    if not sys.platform.startswith("linux"):
        return []
    libraries = {**OFFSCREEN_LIBRARIES, **(WINDOW_LIBRARIES if window else {})}
    missing = [package for package, name in libraries.items() if not loads(name)]
    if not PYTHON.exists() and not importlib.util.find_spec("ensurepip"):
        missing.append(f"python3.{sys.version_info.minor}-venv")
    return missing


def loads(library):
    """Tell whether the system finds a shared library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def call(command, **environment):
    """Run a command in the project's folder; return its exit status."""
    environment = {**os.environ, **environment}
    try:
        return subprocess.call(list(map(str, command)), cwd=ROOT, env=environment)
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
