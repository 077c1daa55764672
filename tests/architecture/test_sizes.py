"""Nothing grows past what can be read in one sitting."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.tree import ROOT, modules, parsed, place

FILE_LINES = 400
FUNCTION_LINES = 40
CONSTRUCTOR_LINES = 60  # of windows: a layout is a list
MAIN_WINDOW_LINES = 300


def test_files_stay_readable():
    sizes = {path: length(path) for path in modules("desktop", "ui", "tests")}
    long = [place(path, size) for path, size in sizes.items() if size > FILE_LINES]
    assert not long, "\n".join(long)


def test_the_main_window_only_places_and_routes():
    assert length(ROOT / "ui" / "main_window.py") <= MAIN_WINDOW_LINES


def test_functions_stay_readable():
    long = [
        f"{place(path, function.lineno)} {function.name}: {lines} lines"
        for path in modules("desktop", "ui")
        if "migrations" not in path.parts  # tables as they were made, told once
        for function, lines in functions(path)
        if lines > limit(path, function)
    ]
    assert not long, "\n".join(long)


def test_every_module_says_what_it_is_for():
    silent = [
        place(path, 1)
        for path in modules("desktop", "ui", "resources", "tests")
        if parsed(path).body and not ast.get_docstring(parsed(path))
    ]
    assert not silent, "\n".join(silent)


def test_every_public_function_of_the_core_says_what_it_does():
    silent = [
        f"{place(path, function.lineno)} {function.name}"
        for path in modules("desktop")
        if "migrations" not in path.parts
        for function in parsed(path).body
        if isinstance(function, ast.FunctionDef)
        and not function.name.startswith("_")
        and not ast.get_docstring(function)
    ]
    assert not silent, "\n".join(silent)


def length(path: Path) -> int:
    """Count a file's lines."""
    return len(path.read_text(encoding="utf-8").splitlines())


def functions(path: Path) -> Iterator[tuple[ast.FunctionDef, int]]:
    """Yield every function and method with its number of lines."""
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.FunctionDef):
            yield node, (node.end_lineno or node.lineno) - node.lineno + 1


def limit(path: Path, function: ast.FunctionDef) -> int:
    """Return how long a function may be."""
    is_window = path.is_relative_to(ROOT / "ui") and function.name == "__init__"
    return CONSTRUCTOR_LINES if is_window else FUNCTION_LINES
