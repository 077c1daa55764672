"""The program's own files, as the architecture tests read them."""

import ast
import tokenize
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = ("desktop", "ui", "resources")


def modules(*folders: str) -> list[Path]:
    """List the Python files of top-level folders, in order."""
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def place(path: Path, line: int) -> str:
    """Return `desktop/desk.py:12`."""
    return f"{path.relative_to(ROOT).as_posix()}:{line}"


@cache
def parsed(path: Path) -> ast.Module:
    """Return a module's syntax tree."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def comments(path: Path) -> Iterator[tuple[int, str]]:
    """Yield line and text of every comment of a module."""
    with tokenize.open(path) as file:
        for token in tokenize.generate_tokens(file.readline):
            if token.type == tokenize.COMMENT:
                yield token.start[0], token.string
