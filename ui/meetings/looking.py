"""Looks behind what is on the page: evidence, files, what changed since a version."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.domain.agenda import Candidate
from ui.meetings.changes_dialog import ChangesDialog

if TYPE_CHECKING:
    from ui.meetings.page import MeetingsPage


class Looking:
    """Opens what the chosen item, or a candidate, has behind it."""

    def __init__(self, page: MeetingsPage) -> None:
        self._page = page

    def behind(self) -> None:
        """Show what is behind the chosen item."""
        page = self._page
        order, words = page.edits.order, page.edits.words
        item = order.item(page.chosen()) if order else None
        if item is not None and item.candidate is not None and words is not None:
            self.look_at(item.candidate, words.item_title(item.running))

    def look_at(self, candidate: Candidate, title: str) -> None:
        """Show what is behind a candidate, and say that it was looked at."""
        self._page.asking.evidence(candidate, title)
        self._page.choosing.see_one(candidate)

    def files(self) -> None:
        """Show the files of the chosen item."""
        item = self._page.chosen()
        if item is not None:
            self._page.asking.files(item)

    def changes(self) -> None:
        """List what changed since the version handed out before."""
        words = self._page.edits.words
        if words is not None and words.paper.changed:
            ChangesDialog(words, self._page).open()
