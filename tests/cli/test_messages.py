"""Whatever refuses has words of its own, on the terminal as in the window."""

import re
from importlib import import_module
from pathlib import Path

from desktop.messages import WORDS
from tests.conftest import ROOT
from ui.pages import FEATURES, all_pages

WITHOUT_WORDS = {
    "not_found": "the kind of refusal says it: gone or moved meanwhile",
    "changed_meanwhile": "the kind of refusal says it: saved by somebody first",
}


def codes_of(folder: Path) -> set[str]:
    """Return the codes refusals are raised with under a folder."""
    raised = re.compile(r'\b(?:Refusal|Conflict|NotFound|Forbidden)\(\s*"([a-z_]+)"')
    found: set[str] = set()
    for path in folder.rglob("*.py"):
        found.update(raised.findall(path.read_text(encoding="utf-8")))
    return found


def test_the_terminal_has_words_for_what_happens_to_files() -> None:
    about_files = codes_of(ROOT / "desktop" / "store") - {"not_found"}
    assert about_files - set(WORDS) - set(WITHOUT_WORDS) == set()


def test_the_window_has_words_for_every_refusal_of_the_core() -> None:
    for feature in FEATURES:
        for part in ("words", "page"):
            if (ROOT / "ui" / feature / f"{part}.py").exists():
                import_module(f"ui.{feature}.{part}")
    import_module("ui.common.request_pane.step_words")
    assert all_pages()
    codes = codes_of(ROOT / "desktop")
    assert len(codes) > 15
    assert codes - set(WORDS) - set(WITHOUT_WORDS) == set()
