"""The queue as an agent works it: real rows, real keys, real clicks."""

from __future__ import annotations

from PySide6.QtCore import Qt

from desktop.domain.requests import Audience, EntryKind, RequestState
from desktop.entities.requests import Request
from desktop.queries.queue import QueueView
from desktop.use_cases.requests import resolve, take
from ui.common.painting import text_width


def stored(desk, name: str) -> Request:
    return desk.house.read(lambda session: session.get(Request, desk.made[name]))


def sections(desk) -> dict[str, int]:
    model = desk.page.model
    found = (model.section_at(place) for place in model.section_rows())
    return {section.title: len(section.rows) for section in found}


def test_rows_stand_in_sections_with_what_is_due_first(desk):
    assert sections(desk) == {"Overdue": 3, "Today": 1, "Later": 2, "Held": 2}
    assert desk.ids()[:3] == [
        desk.made["overdue"],
        desk.made["late_mine"],
        desk.made["hostile"],
    ]
    desk.until(lambda: desk.page.about.text() == "Land registry, 8 open")
    assert desk.page.badge() == 8


def test_who_holds_it_and_what_can_be_searched_have_their_room_at_1440(desk):
    ids = [column.id for column in desk.page.model.columns]
    header = desk.page.table.horizontalHeader()
    ball, padding = 22, 16
    needed = text_width("Somebody outside") + ball + padding
    desk.until(lambda: header.sectionSize(ids.index("holder")) >= needed)
    search = desk.page.search
    assert search.width() >= search.sizeHint().width()


def test_choosing_a_row_shows_its_request_beside_the_list(desk):
    desk.choose("case")
    pane = desk.page.pane

    assert pane.head.reference.text() == "LR-0003"
    assert pane.head.holder.words() == "Land registry holds it, Dušan Kovač since 09:30"
    assert [card._title.text() for card in pane.cards.cards] == [
        "Response, promised in 2 h",
        "Resolution, promised in 16 h",
    ]
    assert pane.split.words() == [
        "Land registry 13 h 50",
        "Customer 4 h 30, not counted",
    ]
    assert pane.told.words.text() == "By Thursday at 15:30."
    assert ("Parcel number", "1184/2") in pane.answers.pairs()


def test_t_takes_what_nobody_has_and_undo_gives_it_back(desk):
    desk.choose("georgian")

    desk.press("t")
    desk.until(lambda: desk.row("georgian").assignee == "Dušan Kovač")
    assert desk.window.undo_bar.words() == "LR-0006 is yours"
    desk.window.undo_bar.undo()
    desk.until(lambda: desk.row("georgian").assignee_id is None)


def test_a_asks_the_front_office_only_with_a_question(desk):
    desk.choose("case")

    desk.press("a")
    desk.until(lambda: desk.page.steps.dialog is not None)
    dialog = desk.page.steps.dialog
    dialog.submit()
    assert "Question" in dialog.problem()
    dialog.text.setPlainText("Which of the two parcels?")
    desk.click(dialog.submit_button)

    desk.until(lambda: desk.row("case").ball == "front")
    assert stored(desk, "case").pending == "front_office"


def test_h_holds_with_a_reason_and_a_day_to_look_again(desk):
    desk.choose("case")

    desk.press("h")
    desk.until(lambda: desk.page.steps.dialog is not None)
    dialog = desk.page.steps.dialog
    dialog.submit()
    assert dialog.problem() == "Choose why it waits."
    dialog.reason.set_value(dialog.reason.itemData(0))
    dialog.follow_up.set_value("2026-11-01")
    dialog.submit()
    assert "over" in dialog.problem()
    # Today, but its morning is over: nobody would be reminded.
    dialog.follow_up.set_value(desk.house.now.date().isoformat())
    dialog.submit()
    assert dialog.problem() == "08:00 of that day is over. Choose a later one."
    dialog.follow_up.set_value("2026-11-16")
    dialog.submit()

    desk.until(lambda: stored(desk, "case").state is RequestState.PENDING)
    desk.until(lambda: desk.page.pane.details.state is RequestState.PENDING)
    assert desk.page.pane.details.entries[-1].follow_up_at is not None


def test_o_hands_over_to_another_unit_and_the_next_row_is_chosen(desk):
    desk.choose("late_mine")

    desk.press("o")
    desk.until(lambda: desk.page.steps.dialog is not None)
    dialog = desk.page.steps.dialog
    names = [dialog.unit.itemText(n) for n in range(dialog.unit.count())]
    assert "Land registry" not in names
    dialog.unit.set_value(desk.house.units["Building permits"])
    dialog.text.setPlainText("It is about a permit.")
    dialog.submit()

    desk.until(lambda: desk.made["late_mine"] not in desk.ids())
    desk.until(lambda: desk.shown() == desk.made["hostile"])


def test_r_resolves_and_the_row_leaves_for_the_done_ones(desk):
    desk.choose("case")

    desk.press("r")
    desk.until(lambda: desk.page.steps.dialog is not None)
    desk.page.steps.dialog.submit()
    desk.until(lambda: desk.made["case"] not in desk.ids())

    desk.click(desk.page.filters.chips[QueueView.DONE])
    desk.until(lambda: desk.ids() == [desk.made["case"]])


def test_d_declines_only_with_a_reason(desk):
    desk.choose("hostile")

    desk.press("d")
    desk.until(lambda: desk.page.steps.dialog is not None)
    dialog = desk.page.steps.dialog
    dialog.submit()
    assert dialog.isVisible()
    dialog.text.setPlainText("This is not a matter of the registry.")
    dialog.submit()

    desk.until(lambda: stored(desk, "hostile").state is RequestState.DECLINED)


def test_c_writes_and_the_audience_is_named_on_the_button(desk):
    desk.choose("case")
    composer = desk.page.pane.composer

    desk.press("c")
    desk.until(composer.field.hasFocus)
    assert composer.audience_button.words() == "Public"
    composer.set_audience(Audience.INTERNAL)
    assert composer.audience_button.words() == "Internal"
    desk.qtbot.keyClicks(composer.field, "Looked at the map, hold on.")
    desk.qtbot.keyClick(
        composer.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier
    )

    desk.until(lambda: desk.page.pane.details.entries[-1].text.startswith("Looked"))
    assert desk.page.pane.details.entries[-1].audience is Audience.INTERNAL
    desk.until(lambda: composer.field.toPlainText() == "")
    assert stored(desk, "case").state is RequestState.ACTIVE


def test_what_is_typed_stays_when_another_request_is_looked_at(desk):
    desk.choose("case")
    desk.page.pane.composer.field.setPlainText("half a thought")

    desk.choose("later")
    assert desk.page.pane.composer.field.toPlainText() == ""
    desk.choose("case")

    assert desk.page.pane.composer.field.toPlainText() == "half a thought"


def test_words_on_a_request_are_there_on_its_page_and_after_the_window_was_closed(
    desk, seat, window
):
    desk.choose("case")
    desk.page.pane.composer.set_audience(Audience.INTERNAL)
    desk.page.pane.composer.field.setPlainText("half a thought")
    window.navigate("request", request_id=desk.made["case"])
    full = window.pages.page("request")
    desk.until(lambda: full.pane.composer.field.toPlainText() == "half a thought")
    assert full.pane.composer.audience is Audience.INTERNAL
    full.pane.composer.field.setPlainText("half a thought more")
    window.hide()
    (kept,) = (desk.window.preferences.folder / "drafts").glob("words-*.json")
    assert "half a thought more" in kept.read_text(encoding="utf-8")

    seat("Dušan Kovač")
    window.show()
    window.navigate("request", request_id=desk.made["case"])
    again = window.pages.page("request")
    assert again is not full
    desk.until(lambda: again.pane.composer.field.toPlainText() == "half a thought more")
    assert again.pane.composer.audience is Audience.INTERNAL
    again.pane.composer.send()
    desk.until(lambda: again.pane.composer.field.toPlainText() == "")
    assert not kept.exists()


def test_words_of_a_request_sent_while_another_is_written_about_clear_only_their_own(
    desk,
):
    composer = desk.page.pane.composer
    desk.choose("later")
    composer.field.setPlainText("about the later one")
    desk.choose("case")
    composer.field.setPlainText("about the case")
    # The answer of the store comes when the next request is shown already.
    composer.set_subject(desk.made["later"], is_front=False)
    composer.finish(desk.made["case"], is_sent=True)
    assert composer.field.toPlainText() == "about the later one"
    composer.set_subject(desk.made["case"], is_front=False)
    assert composer.field.toPlainText() == ""


def test_several_rows_are_taken_at_once_with_one_summary(desk):
    table = desk.page.table
    desk.choose("georgian")
    place = desk.page.model.place_of(desk.made["later"])
    index = desk.page.model.index(place, 1)
    desk.qtbot.mouseClick(
        table.viewport(),
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.ControlModifier,
        table.visualRect(index).center(),
    )
    assert len(table.selected_rows()) == 2
    several = desk.page.pane.several
    assert several.text() == "2 requests are chosen: the steps are for all of them."
    assert not several.isHidden()

    desk.press("t")

    desk.until(lambda: desk.row("later").assignee == "Dušan Kovač")
    assert desk.row("georgian").assignee == "Dušan Kovač"
    assert desk.window.undo_bar.words() == "2 requests are yours"


def test_what_others_change_appears_without_moving_the_reader(desk):
    desk.choose("later")
    house = desk.house
    house.me("Ana Petrović").run(resolve, desk.made["overdue"], "done")
    from desktop.desk import ChangeSet

    operations = desk.window.pages._context.operations
    operations.changed.emit(ChangeSet(everything=True), None)

    desk.until(lambda: desk.made["overdue"] not in desk.ids())
    assert desk.page.table.current_row().id == desk.made["later"]
    assert desk.shown() == desk.made["later"]


def test_a_step_somebody_else_took_first_is_refused_in_words_and_typing_stays(desk):
    desk.choose("hostile")
    desk.press("d")
    desk.until(lambda: desk.page.steps.dialog is not None)
    dialog = desk.page.steps.dialog
    dialog.text.setPlainText("Not ours.")
    desk.house.me("Ana Petrović").run(take, desk.made["hostile"])
    desk.house.desk.sign_in(desk.house.actor("Dušan Kovač"))

    dialog.submit()

    desk.until(lambda: dialog.problem() != "")
    assert dialog.problem() == (
        f"Ana Petrović changed {desk.row('hostile').reference} first. "
        "Look at it again, then repeat your step."
    )
    assert dialog.typed() == "Not ours."


def test_chips_narrow_the_queue_and_nothing_left_says_so(desk):
    chips = desk.page.filters.chips
    desk.click(chips[QueueView.MINE])
    desk.until(lambda: len(desk.ids()) == 2)
    desk.click(chips[QueueView.AT_RISK])
    desk.until(lambda: desk.ids() == [desk.made["case"]])

    desk.qtbot.keyClicks(desk.page.search, "nothing like it")
    desk.until(lambda: desk.page.lists.currentWidget() is desk.page.nothing)
    desk.page._show_everyone()

    desk.until(lambda: len(desk.ids()) == len(desk.made))
    assert desk.page.search.text() == ""


def test_words_find_rows_of_the_queue(desk):
    desk.press("/")
    desk.until(desk.page.search.hasFocus)
    desk.qtbot.keyClicks(desk.page.search, "encumb")

    desk.until(lambda: desk.ids() == [desk.made["case"]])

    desk.qtbot.keyClick(desk.page.search, Qt.Key.Key_Down)
    desk.until(desk.page.table.hasFocus)
    desk.until(lambda: desk.page.pane.request_id == desk.made["case"])


def test_left_folds_a_section_and_right_opens_it(desk):
    desk.choose("overdue")
    desk.qtbot.keyClick(desk.page.table, Qt.Key.Key_Left)
    assert desk.made["overdue"] not in desk.ids()
    desk.qtbot.keyClick(desk.page.table, Qt.Key.Key_Right)
    assert desk.made["overdue"] in desk.ids()


def test_time_goes_on_without_asking_the_store(desk):
    desk.choose("case")
    asked = []
    page = desk.page
    page._context.operations.start_read, kept = (
        lambda *a: asked.append(a),
        page._context.operations.start_read,
    )
    desk.house.at(12, 15, 45)

    page._context.ticker.beat.emit()

    page._context.operations.start_read = kept
    assert asked == []
    assert sections(desk)["Overdue"] == 4
    assert "over" in page.pane.cards.cards[-1]._clock.accessibleName()


def test_only_steps_that_are_possible_are_offered(desk):
    desk.choose("case")
    assert [action.words for action in desk.page.steps.offered()[0]] == [
        "Resolve",
        "Ask",
        "Hold",
        "Hand over",
        "Decline",
    ]
    desk.choose("held")
    assert desk.page.steps.offered()[0][0].words == "Take"
    assert not desk.page.steps.actions[EntryKind.HELD].when()
    assert desk.page.steps.actions[EntryKind.RESUMED].when()


def test_buttons_that_do_not_fit_stand_in_the_menu_and_lose_nothing(desk):
    desk.choose("case")
    bar = desk.page.pane.bar
    bar.resize(300, 32)
    shown = [button.words() for button in bar.buttons if not button.isHidden()]
    rest = [action.words for action in bar.menu_actions()]

    assert shown[0] == "Resolve"
    assert len(shown) < 5
    assert {*shown, *rest} >= {"Resolve", "Ask", "Hold", "Hand over", "Decline"}


def test_hostile_text_is_shown_as_it_was_typed(desk):
    desk.choose("hostile")
    subject = desk.page.pane.head.subject

    assert subject.textFormat() is Qt.TextFormat.PlainText
    assert subject.text().startswith("<b>Bold</b> & <img")
