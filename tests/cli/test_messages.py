"""Whatever refuses has words of its own, on the terminal as in the window."""

import ast
from collections.abc import Iterator
from importlib import import_module
from itertools import chain
from pathlib import Path

from desktop.domain.forms import FieldKind, FieldSpec, problems_of
from desktop.messages import WORDS
from desktop.store.faults import POSTGRESQL_FAULTS, SQLITE_FAULTS, SQLITE_WORDS
from desktop.store.workspace_file import FileKind
from tests.conftest import ROOT
from ui.pages import FEATURES, all_pages

WITHOUT_WORDS = {
    "negative": "a length the program itself counts, which nobody types",
}


CODE_AT = {
    **dict.fromkeys(("Refusal", "Conflict", "NotFound", "Forbidden"), 0),
    **dict.fromkeys(("Transition", "Fault"), 0),
    **dict.fromkeys(("Invalid", "FieldProblem"), 1),
}
"""Which argument of a refusal is its code."""


def codes_of(*places: Path) -> set[str]:
    """Return the codes refusals are raised with in files, and under folders."""
    paths = [path for place in places for path in (place.rglob("*.py"), [place])]
    found: set[str] = set()
    for path in chain.from_iterable(paths):
        if path.is_file():
            found.update(codes_in(ast.parse(path.read_text(encoding="utf-8"))))
    return found


def codes_in(tree: ast.Module) -> Iterator[str]:
    for call in ast.walk(tree):
        if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name):
            continue
        for code in call.args[CODE_AT.get(call.func.id, len(call.args)) :][:1]:
            if isinstance(code, ast.Constant) and isinstance(code.value, str):
                yield code.value


def codes_of_answers() -> set[str]:
    """Return the codes wrong answers of every kind of question are refused with."""
    asked = [FieldSpec(kind, kind, kind) for kind in FieldKind]
    wrong = {
        kind.value: {} if kind is FieldKind.TEXT else object() for kind in FieldKind
    }
    return {one.code for one in problems_of(asked, wrong)}


def test_the_terminal_has_words_for_what_happens_to_files() -> None:
    core = ROOT / "desktop"
    houses = (core / "use_cases").glob("house*.py")
    about_files = codes_of(core / "store", core / "exchange", core / "cli", *houses)
    about_files |= {*SQLITE_FAULTS.values(), *SQLITE_WORDS.values()}
    about_files |= set(POSTGRESQL_FAULTS.values())
    about_files |= {f"workspace_{kind}" for kind in FileKind}
    assert about_files - set(WORDS) - set(WITHOUT_WORDS) == set()


def test_the_window_has_words_for_every_refusal_of_the_core() -> None:
    for feature in FEATURES:
        if (ROOT / "ui" / feature / "words.py").exists():
            import_module(f"ui.{feature}.words")
    import_module("ui.common.request_pane.step_words")
    import_module("ui.common.raising.raising_items")
    assert all(page.load() for page in all_pages())
    codes = codes_of(ROOT / "desktop") | codes_of_answers()
    assert len(codes) > 15
    assert codes - set(WORDS) - set(WITHOUT_WORDS) == set()
