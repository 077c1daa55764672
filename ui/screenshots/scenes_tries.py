"""Pictures of trying an agreement: as it is, tighter, compared, and nothing to see."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.screenshots.scene import Scene
from ui.screenshots.studio import Studio

if TYPE_CHECKING:
    from ui.tries.try_page import TryPage

AGREEMENT = "Civil registry"


def _page(studio: Studio) -> TryPage:
    """Show the trial of the agreement the pictures are of, over the whole history."""
    from ui.tries.try_page import TryPage

    studio.show("tries")
    page = studio.page(TryPage)
    place = next(
        (
            n
            for n in range(page.terms.subject.agreement.count())
            if AGREEMENT in page.terms.subject.agreement.itemText(n)
        ),
        0,
    )
    agreement = page.terms.subject.agreement
    agreement.setCurrentIndex(place)
    agreement.chosen.emit(agreement.value())
    page.terms.period.period.set_value("ever")
    page.terms.period.period.chosen.emit("ever")
    page.results.verticalScrollBar().setValue(0)
    wait(studio, page)
    return page


def wait(studio: Studio, page: TryPage) -> None:
    """Wait until what was changed last is replayed."""
    from PySide6.QtTest import QTest

    QTest.qWait(300)
    while page.replays.is_busy or page.replay is None:
        QTest.qWait(20)
    studio.settle()


def _now(studio: Studio) -> None:
    _page(studio)


def _tighter(studio: Studio) -> TryPage:
    page = _page(studio)
    page.terms.try_target(4 * 3600)
    wait(studio, page)
    return page


def _tight(studio: Studio) -> None:
    _tighter(studio)


def _compared(studio: Studio) -> None:
    page = _tighter(studio)
    page.variants = []
    page.keep()
    for hours in (8, 12):
        page.terms.try_target(hours * 3600)
        wait(studio, page)
        page.keep()
    studio.settle()


def _lower(studio: Studio) -> None:
    page = _tighter(studio)
    bar = page.results.verticalScrollBar()
    bar.setValue(bar.maximum())
    studio.settle()


def _other_hours(studio: Studio) -> None:
    page = _page(studio)
    page.terms.hours.other.setChecked(True)
    wait(studio, page)


TRIES = (
    Scene("try", _now),
    Scene("try-tighter", _tight),
    Scene("try-lower", _lower),
    Scene("try-hours", _other_hours),
    Scene("try-compared", _compared),
)
EMPTY_TRIES = (Scene("try-empty", lambda studio: studio.show("tries")),)
