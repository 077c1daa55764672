"""What people do in the scripted session: an agent, who keeps sessions, and a clerk."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.queries.queue import QueueView
from tests.benchmarks.hand import ALT, CONTROL, Hand, after
from tests.benchmarks.histories import COMMON

if TYPE_CHECKING:
    from ui.counter.page import CounterPage
    from ui.main_window import MainWindow
    from ui.meetings.page import MeetingsPage
    from ui.new_request.page import NewRequestPage
    from ui.queue.queue_page import QueuePage
    from ui.request.request_page import RequestPage
    from ui.request.requests_page import RequestsPage

P = TypeVar("P", bound=QWidget)
Key = Qt.Key
CUSTOMERS = count(4711)
"""Never the same twice: words that stand in the field already are not asked again."""


class Somebody:
    """Has a window before them; `acts` are done in turn, over and over."""

    def __init__(self, hand: Hand, window: MainWindow) -> None:
        self.hand = hand
        self.window = window
        self.round = 0

    def acts(self) -> tuple[Callable[[], None], ...]:
        """Return what is done, one after the other."""
        return ()

    def go(self, page_id: str) -> QWidget:
        """Choose a page by a click on the rail."""
        rail = self.window.rail
        ids = [one.id for one in rail.entries()]
        index = rail.model().index(ids.index(page_id), 0)
        self.hand.click(rail.viewport(), rail.visualRect(index).center())
        page = self.window.pages.page(page_id)
        assert page is not None
        self.hand.rest(150)
        return page

    def search(self, name: str, page: QueuePage | RequestsPage, words: str) -> None:
        """Type words into a list's field and see what is found."""
        self.hand.press(Key.Key_Slash)
        self.hand.press(Key.Key_A, CONTROL)
        self.hand.painted(
            name,
            lambda: self.hand.type(words),
            page.table.viewport(),
            after(page.reader.laid_out),
            after(page.search.asked),
        )
        self.hand.rest(200)

    def scroll(self, name: str, page: QueuePage | RequestsPage, pages: int) -> None:
        """Go to the end of a list, again and again, and roll the wheel in between."""
        page.table.setFocus()
        for _ in range(pages):
            if page.reader.has_more:
                self.hand.painted(
                    name,
                    lambda: self.hand.press(Key.Key_End),
                    page.table.viewport(),
                    after(page.reader.laid_out),
                )
            self.hand.press(Key.Key_PageUp)
            self.hand.roll(page.table.viewport(), 5)
        self.hand.press(Key.Key_Home)
        # Looking at the first row, before walking on: keys that run read no row.
        self.hand.rest(60)

    def walk_down(self, page: QueuePage | RequestsPage, rows: int) -> None:
        """Look at one request after the other, ten a second."""
        page.table.setFocus()
        for _ in range(rows):
            self.hand.painted(
                "request in the pane",
                lambda: self.hand.press(Key.Key_Down),
                page.pane,
                after(page.pane.shown),
            )
            self.hand.rest(60)

    def step(self, key: Qt.Key, words: str) -> None:
        """Take a step that asks for words."""
        self.hand.press(key)
        self.hand.until(lambda: self.hand.dialog() is not None, 2)
        if self.hand.dialog() is None:
            return
        self.hand.type(words)
        self.hand.press(Key.Key_Return, CONTROL)
        self.hand.until(lambda: self.hand.dialog() is None, 3)
        self.hand.rest(150)


class Agent(Somebody):
    """Works in the queue of the busiest office."""

    @property
    def page(self) -> QueuePage:
        """Return the queue."""
        page = self.window.pages.page("queue")
        assert page is not None
        return page  # type: ignore[return-value]  # the one under that name

    def acts(self) -> tuple[Callable[[], None], ...]:
        """Return a round of an agent's work."""
        return (
            self.go_to_the_queue,
            self.walk_down_the_queue,
            self.choose_filters,
            self.take_and_undo,
            self.search_the_queue,
            self.take_and_ask,
            self.take_and_resolve,
            self.scroll_the_queue,
            self.take_the_next,
            self.open_the_request,
            self.use_a_view,
            self.sort_the_queue,
            self.find_by_the_palette,
        )

    def go_to_the_queue(self) -> None:
        """Choose the queue and see its first rows."""
        self.go("queue")
        self.filter(QueueView.ALL)
        self.page.table.setFocus()

    def filter(self, view: QueueView) -> None:
        """Click a chip and see its rows; a click on the chosen one changes nothing."""
        page = self.page
        if page.filters.view is view:
            return
        self.hand.painted(
            f"filter: {view.value}",
            lambda: self.hand.click(page.filters.chips[view]),
            page.table.viewport(),
            after(page.reader.laid_out),
        )
        self.hand.rest(150)

    def walk_down_the_queue(self) -> None:
        """Look at one request after the other."""
        self.walk_down(self.page, 6)

    def choose_filters(self) -> None:
        """Narrow the queue by each chip."""
        for view in QueueView:
            self.filter(view)
        self.filter(QueueView.NOBODY)

    def take_and_undo(self) -> None:
        """Take a request and give it back."""
        self._choose_row()
        self.hand.press(Key.Key_T)
        self.hand.rest(250)
        self.hand.press(Key.Key_Z, CONTROL)
        self.hand.rest(250)

    def _choose_row(self) -> None:
        """Click a row that stands in sight."""
        table = self.page.table
        table.setFocus()
        for place in range(3 + self.round % 5, 20):
            if table.rows_model.entry(place) is not None:
                index = table.rows_model.index(place, 1)
                self.hand.click(table.viewport(), table.visualRect(index).center())
                break
        self.round += 1
        self.hand.rest(200)

    def search_the_queue(self) -> None:
        """Type a common word, and take it away."""
        page = self.page
        self.search("search in the queue", page, COMMON[self.round % len(COMMON)])
        self.hand.press(Key.Key_A, CONTROL)
        self.hand.press(Key.Key_Delete)
        self.hand.rest(300)
        page.table.setFocus()

    def take_and_ask(self) -> None:
        """Take a request and ask the front office."""
        self._choose_row()
        self.hand.press(Key.Key_T)
        self.hand.rest(200)
        self.step(Key.Key_A, "Which of the two parcels is meant?")

    def take_and_resolve(self) -> None:
        """Take a request, write to the other side, resolve it."""
        self._choose_row()
        self.hand.press(Key.Key_T)
        self.hand.rest(200)
        self.hand.press(Key.Key_C)
        self.hand.type("Looked at.")
        self.hand.press(Key.Key_Return, CONTROL)
        self.hand.rest(250)
        self.page.table.setFocus()
        self.step(Key.Key_R, "Printed and stamped.")

    def scroll_the_queue(self) -> None:
        """Scroll through the whole queue for a while."""
        self.filter(QueueView.ALL)
        self.scroll("queue, next page", self.page, 8)

    def take_the_next(self) -> None:
        """Take what is next."""
        self.page.table.setFocus()
        self.hand.press(Key.Key_N)
        self.hand.rest(300)

    def open_the_request(self) -> None:
        """Open the chosen request in full, and go back."""
        self.hand.press(Key.Key_Home)
        self.hand.press(Key.Key_Down)
        self.hand.rest(200)
        page: RequestPage | None = self.window.pages.page("request")  # type: ignore[assignment]  # the one under that name
        if page is None:
            self.hand.press(Key.Key_Return)
        else:
            self.hand.painted(
                "request in full",
                lambda: self.hand.press(Key.Key_Return),
                page.pane,
                after(page.pane.shown),
            )
        self.hand.rest(200)
        self.hand.press(Key.Key_Escape)
        self.hand.rest(100)
        self.go("queue")

    def use_a_view(self) -> None:
        """Save a view once, then show it, and the list as it comes."""
        page = self.page
        page.table.setFocus()
        if not page.views.rows():
            self.filter(QueueView.OVERDUE)
            self.window.actions_known.run("queue.save_view")
            self.hand.rest(150)
            self.hand.type("What is late")
            self.hand.press(Key.Key_Return)
            self.hand.until(lambda: self.hand.dialog() is None, 3)
        for name, key in (("saved view", Key.Key_2), ("queue, first page", Key.Key_1)):
            self.hand.painted(
                name,
                lambda key=key: self.hand.press(key, ALT),
                page.table.viewport(),
                after(page.reader.laid_out),
            )
            self.hand.rest(200)

    def sort_the_queue(self) -> None:
        """Sort by what can be sorted by, from the head of the table."""
        header = self.page.table.horizontalHeader()
        for column in self.page.table.shown_columns()[1:3]:
            left = header.sectionViewportPosition(column)
            at = header.rect().center()
            at.setX(left + header.sectionSize(column) // 2)
            self.hand.click(header.viewport(), at)
            self.hand.rest(250)
        self.hand.press(Key.Key_1, ALT)
        self.hand.rest(200)

    def find_by_the_palette(self) -> None:
        """Find a request by its number, from anywhere."""
        self.hand.press(Key.Key_K, CONTROL)
        self.hand.type("N-0000777")
        self.hand.rest(300)
        self.hand.press(Key.Key_Escape)
        self.hand.press(Key.Key_Escape)


class Coordinator(Somebody):
    """Looks at the day, at everything there is, and prepares a session."""

    def acts(self) -> tuple[Callable[[], None], ...]:
        """Return a round through the other pages."""
        return (
            self.look_at_today,
            self.search_everything,
            self.scroll_everything,
            self.prepare_a_session,
            self.read_the_inbox,
        )

    def look_at_today(self) -> None:
        """Read what the day brings."""
        self.go("today")
        self.hand.rest(500)

    def search_everything(self) -> None:
        """Search among all there ever was, by words and by field words."""
        page: RequestsPage = self.go("requests")  # type: ignore[assignment]  # the one under that name
        for words in (COMMON[1], "is:overdue", "N-0004711", "customer:4711 is:open"):
            self.search("search in everything", page, words)
        self.hand.press(Key.Key_A, CONTROL)
        self.hand.press(Key.Key_Delete)
        self.hand.rest(300)

    def scroll_everything(self) -> None:
        """Scroll through the million."""
        page: RequestsPage = self.go("requests")  # type: ignore[assignment]  # the one under that name
        self.scroll("everything, next page", page, 8)
        self.walk_down(page, 4)

    def prepare_a_session(self) -> None:
        """Open the meetings and look at the candidates."""
        page: MeetingsPage = self.go("meetings")  # type: ignore[assignment]  # the one under that name
        self.hand.until(lambda: page.meeting_id is not None, 5)
        self.hand.rest(1_500)

    def read_the_inbox(self) -> None:
        """See what concerns oneself."""
        self.go("inbox")
        self.hand.press(Key.Key_Down)
        self.hand.rest(300)


class Clerk(Somebody):
    """Raises requests at the busiest counter and looks how they go on."""

    def acts(self) -> tuple[Callable[[], None], ...]:
        """Return a round of a clerk's work."""
        return (
            self.look_at_the_counter,
            self.raise_a_request,
            self.look_at_the_counter,
            self.find_a_customer,
        )

    def look_at_the_counter(self) -> None:
        """Read the counter, and roll down."""
        page: CounterPage = self.go("counter")  # type: ignore[assignment]  # the one under that name
        self.hand.rest(300)
        self.hand.roll(page._scroll.viewport(), 8)

    def raise_a_request(self) -> None:
        """Raise a request by keys alone."""
        self.hand.press(Key.Key_N, CONTROL)
        page: NewRequestPage | None = self.window.pages.page("new_request")  # type: ignore[assignment]  # the one under that name
        assert page is not None
        self.hand.until(lambda: bool(page.search.hits()), 3)
        self.hand.type(f"service {13 + self.round % 9}")
        self.round += 1
        self.hand.until(lambda: page.form.service() is not None, 3)
        for words in (f"Goran Tadic {self.round}", "064 555 310"):
            self.hand.press(Key.Key_Tab)
            self.hand.type(words)
        self.hand.press(Key.Key_Return, CONTROL)
        self.hand.until(lambda: page.form.service() is None, 2)
        self.hand.rest(300)

    def find_a_customer(self) -> None:
        """Look for what a customer asks about."""
        page: RequestsPage = self.go("requests")  # type: ignore[assignment]  # the one under that name
        self.search("search in everything", page, f"customer {next(CUSTOMERS)}")
        page.table.setFocus()
        self.hand.press(Key.Key_Down)
        self.hand.rest(300)
