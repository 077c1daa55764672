"""The counter worked with real clicks and keys on a real workspace."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QLabel

from desktop.domain.requests import Ball, PendingReason, RequestState
from desktop.entities.requests import Request
from desktop.store.unit_of_work import ChangeSet
from desktop.use_cases.requests import (
    answer,
    ask,
    comment,
    confirm,
    decline,
    hold,
    resolve,
    take,
)
from tests.queries.test_counter import statements
from tests.small_house import SmallHouse
from tests.ui.counter.clerks_window import ClerksWindow
from ui.common.seeing import Seeing
from ui.counter.page import CounterPage
from ui.counter.reply_panel import ReplyPanel
from ui.counter.section_view import RowHolder
from ui.counter.spec import PAGES

BACK, FRONT = "Dušan Kovač", "Jelena Marić"
EVERYTHING = ChangeSet(everything=True)

SitDown = Callable[..., ClerksWindow]


@pytest.fixture
def day(small_house: SmallHouse) -> dict[str, int]:
    """Give a Thursday with something of everything; Jelena is at the desk."""
    house = small_house.at(9, 8)
    made = {
        "asked": house.raised("Residence certificate", customer="Milica Đorđević"),
        "done": house.raised("Title extract", customer="Petar Novak"),
        "declined": house.raised("Instalments", customer="Ljubica Savić"),
        "way": house.raised("Parcel 1184/2", customer="Goran Tadić"),
        "held": house.raised("Garden wall", customer="Tamar Beridze"),
        "closed": house.raised("Birth extract", customer="Sanja Lukić"),
    }
    house.me(BACK).at(12, 11, 40)
    house.run(take, made["way"])
    house.run(resolve, made["done"], "In the tray.")
    house.run(resolve, made["closed"])
    house.run(decline, made["declined"], "Not under 20,000.")
    house.run(hold, made["held"], PendingReason.APPROVAL)
    house.run(ask, made["asked"], "Which address?")
    house.me(FRONT).at(12, 13)
    house.run(confirm, made["closed"])
    house.at(12, 13, 20)
    return made


def stored(house: SmallHouse, request_id: int) -> Request:
    return house.read(lambda session: session.get_one(Request, request_id))


def come(qtbot, window: ClerksWindow, **size: int) -> CounterPage:
    """Show the counter and wait until its rows are there."""
    page: CounterPage = window.show(PAGES[0], **size)
    qtbot.waitUntil(lambda: page._view is not None, timeout=10_000)
    qtbot.waitUntil(page.isVisible)
    return page


def holder(page: CounterPage, request_id: int) -> RowHolder:
    found = page._holder(request_id)
    assert found is not None
    return found


def test_no_row_is_squeezed_while_the_others_come(
    small_house, sit_down, qtbot, monkeypatch
) -> None:
    small_house.at(9, 8)
    for number in range(40):
        small_house.raised(f"Parcel {number}")
    squeezed: list[int] = []
    resized = RowHolder.resizeEvent

    def note(one: RowHolder, event: QResizeEvent) -> None:
        if event.size().height() < one.sizeHint().height():
            squeezed.append(one.request_id)
        resized(one, event)

    monkeypatch.setattr(RowHolder, "resizeEvent", note)
    page = come(qtbot, sit_down())
    qtbot.waitUntil(lambda: len(list(page.on_the_way.holders())) == 40)
    assert squeezed == []


def panel(page: CounterPage, request_id: int) -> ReplyPanel:
    found = holder(page, request_id).panel
    assert found is not None
    return found


def ids(section) -> list[int]:
    return [one.request_id for one in section.holders()]


def others_did(qtbot, window: ClerksWindow, page: CounterPage) -> None:
    """Tell the window what others changed, and wait for it to have looked."""
    before = page._view
    window.context.operations.changed.emit(EVERYTHING, None)
    qtbot.waitUntil(lambda: page._view is not before, timeout=10_000)


def test_each_request_stands_in_its_section(qtbot, sit_down, day):
    page = come(qtbot, sit_down())
    assert ids(page.needs_you)[0] == day["asked"]
    assert set(ids(page.needs_you)) == {day["asked"], day["done"], day["declined"]}
    assert set(ids(page.on_the_way)) == {day["way"], day["held"]}
    assert ids(page.done_today) == [day["closed"]]
    assert page.badge() == 3


def test_a_question_is_answered_inline_with_the_keyboard_alone(
    qtbot, sit_down, day, small_house
):
    window = sit_down()
    page = come(qtbot, window)
    field = panel(page, day["asked"]).field
    qtbot.waitUntil(field.hasFocus)
    qtbot.keyClicks(field, "Vinogradska 14")
    qtbot.keyClick(
        field, Qt.Key.Key_Return, modifier=Qt.KeyboardModifier.ControlModifier
    )
    qtbot.waitUntil(
        lambda: (
            day["asked"] in ids(page.on_the_way)
            and not page.needs_you.holder(day["asked"])
        ),
        timeout=10_000,
    )
    row = stored(small_house, day["asked"])
    assert (row.ball, row.state) == (Ball.BACK, RequestState.NEW)
    assert any("Answer sent" in words for words in window.told)


def test_an_empty_answer_is_refused_at_its_field(qtbot, sit_down, day, small_house):
    page = come(qtbot, sit_down())
    shown = panel(page, day["asked"])
    qtbot.mouseClick(shown.button, Qt.MouseButton.LeftButton)
    assert shown.problem() == "Write something first."
    qtbot.waitUntil(shown.field.hasFocus)
    assert stored(small_house, day["asked"]).state is RequestState.PENDING
    qtbot.keyClicks(shown.field, "x")
    assert shown.problem() == ""


def test_what_is_done_is_confirmed_by_its_key(qtbot, sit_down, day, small_house):
    page = come(qtbot, sit_down())
    row = holder(page, day["done"])
    row.view.setFocus()
    assert row.view.act_button.accessibleDescription() == "C"
    qtbot.keyClick(row.view, Qt.Key.Key_C)
    qtbot.waitUntil(lambda: day["done"] in ids(page.done_today), timeout=10_000)
    assert stored(small_house, day["done"]).state is RequestState.CLOSED


def test_the_key_c_is_a_letter_while_an_answer_is_typed(
    qtbot, sit_down, day, small_house
):
    page = come(qtbot, sit_down())
    field = panel(page, day["asked"]).field
    qtbot.waitUntil(field.hasFocus)
    qtbot.keyClicks(field, "c")
    assert field.toPlainText() == "c"
    assert stored(small_house, day["done"]).state is RequestState.RESOLVED


def test_what_is_not_done_after_all_is_sent_back_with_a_reason(
    qtbot, sit_down, day, small_house
):
    page = come(qtbot, sit_down())
    row = holder(page, day["done"]).view
    row.setFocus()
    qtbot.keyClick(row, Qt.Key.Key_R, Qt.KeyboardModifier.ShiftModifier)
    assert panel(page, day["done"]).field.hasFocus()
    qtbot.keyClick(panel(page, day["done"]).field, Qt.Key.Key_Escape)
    qtbot.mouseClick(holder(page, day["done"]).view.link, Qt.MouseButton.LeftButton)
    shown = panel(page, day["done"])
    qtbot.waitUntil(shown.field.hasFocus)
    qtbot.keyClicks(shown.field, "A page is missing")
    qtbot.mouseClick(shown.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: day["done"] in ids(page.on_the_way), timeout=10_000)
    row = stored(small_house, day["done"])
    assert (row.state, row.reopens) == (RequestState.ACTIVE, 1)


def test_why_it_was_declined_is_shown_and_then_confirmed(
    qtbot, sit_down, day, small_house
):
    page = come(qtbot, sit_down())
    row = holder(page, day["declined"])
    qtbot.mouseClick(row.view.link, Qt.MouseButton.LeftButton)
    words = [
        label.text() for label in panel(page, day["declined"]).findChildren(QLabel)
    ]
    assert "Not under 20,000." in words
    qtbot.mouseClick(row.view.act_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: day["declined"] in ids(page.done_today), timeout=10_000)
    assert stored(small_house, day["declined"]).state is RequestState.CLOSED


def test_the_sentence_is_copied(qtbot, sit_down, day):
    window = sit_down()
    page = come(qtbot, window)
    row = holder(page, day["done"])
    qtbot.mouseClick(row.view.copy_button, Qt.MouseButton.LeftButton)
    assert QApplication.clipboard().text() == "It is ready. In the tray."


def test_a_row_opens_its_request(qtbot, sit_down, day):
    window = sit_down()
    page = come(qtbot, window)
    row = holder(page, day["way"]).view
    row.setFocus()
    qtbot.keyClick(row, Qt.Key.Key_Return)
    assert window.went == [("request", {"request_id": day["way"]})]


def test_the_arrows_go_from_row_to_row_across_the_sections(qtbot, sit_down, day):
    page = come(qtbot, sit_down())
    rows = [one.view for part in page.sections for one in part.holders()]
    rows[0].setFocus()
    for following in rows[1:]:
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
        assert QApplication.focusWidget() is following
    qtbot.keyClick(rows[-1], Qt.Key.Key_Up)
    assert QApplication.focusWidget() is rows[-2]


def test_what_others_do_appears_and_what_is_typed_stays(
    qtbot, sit_down, day, small_house
):
    window = sit_down()
    page = come(qtbot, window)
    field = panel(page, day["asked"]).field
    qtbot.waitUntil(field.hasFocus)
    qtbot.keyClicks(field, "Vinogr")
    small_house.me(BACK)
    small_house.run(resolve, day["way"], "There.")
    small_house.me(FRONT)
    others_did(qtbot, window, page)
    assert day["way"] in ids(page.needs_you)
    assert panel(page, day["asked"]).field is field
    assert (field.toPlainText(), field.hasFocus()) == ("Vinogr", True)


def test_news_stand_out_and_who_else_looks_is_named(qtbot, sit_down, day, small_house):
    window = sit_down()
    page = come(qtbot, window)
    row = holder(page, day["way"]).view
    assert not row.words.is_new
    small_house.me(BACK).at(12, 14).run(comment, day["way"], "The map came.")
    small_house.me(FRONT)
    others_did(qtbot, window, page)
    qtbot.waitUntil(lambda: row.words.is_new)
    assert row.accessibleName().startswith("New: Parcel 1184/2.")

    dusan, presence = small_house.people[BACK], small_house.desk.presence
    presence.look(dusan, day["way"], small_house.now, is_writing=False)
    Seeing.of(window.context)._again.timeout.emit()
    qtbot.waitUntil(lambda: f"{BACK} is looking" in row.words.about)


def test_words_are_kept_when_somebody_else_answers_first(
    qtbot, sit_down, day, small_house
):
    window = sit_down()
    page = come(qtbot, window)
    field = panel(page, day["asked"]).field
    qtbot.keyClicks(field, "Vinogradska 14")
    small_house.run(answer, day["asked"], "A colleague's answer")
    others_did(qtbot, window, page)
    shown = panel(page, day["asked"])
    assert shown.text() == "Vinogradska 14"
    assert "Somebody else went on" in shown.problem()
    assert not shown.button.isEnabled()
    shown.closed.emit()
    assert page.needs_you.holder(day["asked"]) is None
    assert day["asked"] in ids(page.on_the_way)


def test_an_answer_sent_too_late_is_refused_in_words_and_kept(
    qtbot, sit_down, day, small_house
):
    page = come(qtbot, sit_down())
    shown = panel(page, day["asked"])
    qtbot.keyClicks(shown.field, "Vinogradska 14")
    small_house.run(answer, day["asked"], "A colleague's answer")
    qtbot.mouseClick(shown.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(shown.problem()), timeout=10_000)
    assert shown.text() == "Vinogradska 14"


def test_mine_or_the_whole_unit_is_chosen_and_remembered(
    qtbot, sit_down, day, small_house
):
    small_house.people["Nina"] = small_house.people["Petar Ilić"]
    window = sit_down()
    page = come(qtbot, window)
    assert page.head.mine.isChecked()
    qtbot.mouseClick(page.head.unit, Qt.MouseButton.LeftButton)
    assert page.head.is_whole_unit()
    assert window.context.preferences.value("counter.whose") == "unit"
    before = page._view
    qtbot.waitUntil(lambda: page._view is not before, timeout=10_000)
    assert page.badge() == 3


def test_the_minute_ticks_without_asking_the_database(
    qtbot, sit_down, day, small_house
):
    window = sit_down()
    page = come(qtbot, window)
    qtbot.waitUntil(lambda: len(page.tiles.views) == 3, timeout=10_000)
    qtbot.waitUntil(lambda: day["held"] in page._marks._known, timeout=10_000)
    news = Seeing.of(window.context)
    qtbot.waitUntil(lambda: day["held"] in news._unread, timeout=10_000)
    row = holder(page, day["held"]).view
    day_words, tile = page.head.day.text(), page.tiles.views[0].when()
    assert holder(page, day["way"]).view.words.clock.state == "broken"
    before = holder(page, day["way"]).view.words.clock.words
    with statements(small_house) as seen:
        small_house.later(hours=1)
        window.beat()
        qtbot.wait(50)
    assert seen == []
    assert page.head.day.text() != day_words
    assert page.tiles.views[0].when() != tile
    assert holder(page, day["way"]).view.words.clock.words != before
    assert holder(page, day["held"]).view is row


def test_the_services_used_most_are_a_key_away(qtbot, sit_down, day):
    window = sit_down()
    page = come(qtbot, window)
    qtbot.waitUntil(lambda: len(page.tiles.views) == 3, timeout=10_000)
    first = page.tiles.views[0]
    assert first.tile.name == "Title extract"
    assert first.when() == "if sent now: Mon 14:20"
    qtbot.keyClick(page, Qt.Key.Key_1, modifier=Qt.KeyboardModifier.AltModifier)
    assert window.went == [("new_request", {"service_id": first.tile.service_id})]
    assert not window.context.actions.run("counter.tile4")


def test_a_new_counter_says_what_would_appear_and_offers_to_fill_it(qtbot, sit_down):
    window = sit_down()
    page = come(qtbot, window)
    assert page.empty.isVisible()
    assert not page.needs_you.isVisible()
    assert page.badge() == 0


def test_hostile_words_stay_words_and_stay_in_their_columns(
    qtbot, sit_down, small_house
):
    words = "<img src=x> <b>bold</b> &amp; " + "W" * 170
    made = small_house.at(9, 8).raised(words, customer="\u202e" + "x" * 190)
    small_house.me(BACK).run(ask, made, "<h1>?</h1>\n" + "z" * 50_000)
    page = come(qtbot, sit_down(), width=1184, height=744)
    view = holder(page, made).view
    assert view.words.subject.startswith("<img src=x> <b>bold</b> &amp;")
    assert view.width() <= 1184
    for label in panel(page, made).findChildren(QLabel):
        assert label.textFormat() is Qt.TextFormat.PlainText
    assert page._scroll.widget().width() <= page._scroll.viewport().width()


def test_ten_megabytes_pasted_into_an_answer_are_refused_in_words(qtbot, sit_down, day):
    page = come(qtbot, sit_down())
    field = panel(page, day["asked"]).field
    qtbot.keyClicks(field, "Mine")
    paste = QMimeData()
    paste.setText("x" * 10_000_000)
    field.insertFromMimeData(paste)
    assert field.toPlainText() == "Mine"
    assert "Too long to paste" in field.notice()


def test_rows_say_everything_to_a_screen_reader(qtbot, sit_down, day):
    page = come(qtbot, sit_down())
    spoken = holder(page, day["way"]).view.accessibleName()
    for part in ("Parcel 1184/2", "Goran Tadić", "Land registry", "broken", "promised"):
        assert part in spoken
