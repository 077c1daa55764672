"""A step begun on a request comes back after the program's end, and says so first."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QObject

from desktop.domain.requests import EntryKind
from desktop.use_cases.requests import resolve
from tests.ui.queue.rich_queue import fill
from ui.common.buttons import Button
from ui.common.kept_files import KeptAt
from ui.common.kept_words import ON_REQUESTS, KeptWords

WORDS = "A step begun on a request was not taken yet"
GO_ON = "Go on with it"


@pytest.fixture
def desk(small_house, seat, window):
    made = fill(small_house)
    context = seat("Dušan Kovač")
    window.show()
    return made, context


def left_behind(context, *keys: str) -> None:
    """Keep words as a program does that is gone since."""
    gone = QObject()
    kept = KeptWords(KeptAt.of(context), ON_REQUESTS, gone)
    for key in keys:
        kept.keep(key, "Which cellar?")
    kept.let_go()


def offered(window) -> list[str]:
    return window.banners.words()


def test_it_is_offered_where_requests_are_shown_and_opens_with_its_words(
    desk, window, qtbot
):
    made, context = desk
    left_behind(context, "commented 1", "asked 1 2", f"asked {made['case']}")
    window.navigate("requests")
    qtbot.waitUntil(lambda: bool(offered(window)))
    assert [words.split(", from")[0] for words in offered(window)] == [WORDS]
    (button,) = (
        one for one in window.banners.findChildren(Button) if one.words() == GO_ON
    )
    button.click()
    assert window.pages.current_id == "request"
    page = window.pages.page("request")
    qtbot.waitUntil(lambda: page.steps.dialog is not None, timeout=15_000)
    assert page.steps.dialog.step is EntryKind.ASKED
    assert page.steps.dialog.typed() == "Which cellar?"


def test_what_was_put_aside_here_waits_quietly(desk, window, qtbot):
    made, context = desk
    KeptWords.of(context, ON_REQUESTS).keep(f"asked {made['case']}", "Which cellar?")
    window.navigate("requests")
    page = window.pages.page("requests")
    qtbot.waitUntil(lambda: page.model.rowCount() == 8, timeout=15_000)
    assert offered(window) == []


def test_a_step_that_is_possible_no_more_gives_its_words_back_once(
    desk, small_house, window, qtbot
):
    made, context = desk
    small_house.me("Dušan Kovač").run(resolve, made["case"], "It is done.")
    left_behind(context, f"held {made['case']}")
    window.navigate("requests")
    qtbot.waitUntil(lambda: bool(offered(window)))
    (button,) = (
        one for one in window.banners.findChildren(Button) if one.words() == GO_ON
    )
    button.click()
    told = (
        "As the request stands now, the step begun is not possible any more. "
        "Its words: “Which cellar?”"
    )
    qtbot.waitUntil(lambda: told in offered(window), timeout=15_000)
    assert KeptWords.of(context, ON_REQUESTS).keys() == []
