"""Pictures of lists: searched, grouped, kept as views, printed."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from desktop.domain.list_views import GroupBy
from desktop.domain.search_words import CODES
from ui.common.lists.words import FIELDS, OTHER_HELP
from ui.screenshots.scene import Scene
from ui.screenshots.studio import Studio

TYPED = (
    *("is:open -is:held extract", "is:open unti:registry wall"),
    *(example for _words, example in (*OTHER_HELP, *FIELDS.values())),
    *(code for codes in CODES.values() for code in codes),
)
"""What these scenes type, and the field words themselves: no language changes them."""


def _searched(words: str, studio: Studio) -> None:
    from ui.request.requests_page import RequestsPage

    studio.show("requests")
    page = studio.page(RequestsPage)
    page.search.setText(words)
    page.reader.change(words=words)
    studio.settle()
    studio.later(lambda: _clear(page))


def _clear(page: QWidget) -> None:
    from ui.request.requests_page import RequestsPage

    assert isinstance(page, RequestsPage)
    page.search.clear()
    page.views.show_own()


def _grouped(studio: Studio) -> None:
    from ui.queue.queue_page import QueuePage

    studio.show("queue")
    page = studio.page(QueuePage)
    page.reader.change(group=GroupBy.SERVICE)
    studio.settle()
    studio.later(lambda: page.reader.change(group=GroupBy.DUE))


def _run(action: str, studio: Studio) -> None:
    studio.show("queue")
    studio.run(action)
    studio.settle()


LISTS = (
    Scene("requests-words", partial(_searched, "is:open -is:held extract")),
    Scene("requests-misread", partial(_searched, "is:open unti:registry wall")),
    Scene("queue-grouped", _grouped),
    Scene("view-dialog", lambda studio: _run("queue.save_view", studio)),
    Scene("list-print", lambda studio: _run("queue.list_print", studio)),
    Scene("search-help", lambda studio: _run("queue.list_words", studio)),
)
