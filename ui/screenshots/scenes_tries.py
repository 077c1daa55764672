"""Pictures of trying an agreement: as it is, tighter, compared, and nothing to see."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from desktop.domain.agreements import Target, TargetKind
from desktop.queries.kept_trials import content_of, kept_trials
from desktop.queries.replays import Trial
from desktop.use_cases.tries import keep_trial
from ui.screenshots.scene import Scene
from ui.screenshots.studio import Studio
from ui.tries.hours_dialog import HoursDialog
from ui.tries.kept import KeptDialog
from ui.tries.subject_box import NEW

if TYPE_CHECKING:
    from ui.tries.try_page import TryPage

AGREEMENT = "Civil registry"
TYPED = (
    "Nights for the registry, as asked for in spring",
    "<b>&amp;</b> \u202eשלום עולם " + "W" * 60,
)
"""The names the scenes keep trials by, one of them a hostile one."""


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
    page.terms.show_kind(TargetKind.RESOLUTION)
    wait(studio, page)
    for area in (page.results, page.terms.area):
        area.verticalScrollBar().setValue(0)
    studio.settle()
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
    for hours in (8, 12, 16):
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
    """Draw a night and a morning less, and leave the first closure out."""
    page = _page(studio)
    page.terms.hours.draw()
    dialog = next(one for one in studio.dialogs() if isinstance(one, HoursDialog))
    dialog.canvas.set_day(4, [(21_600, 43_200), (79_200, 108_000)])
    for box in list(dialog.boxes.values())[:1]:
        box.setChecked(False)
    studio.settle()


def _terms(studio: Studio) -> TryPage:
    """Try a night, a priority's own target, and one nobody can keep."""
    page = _page(studio)
    hours = page.terms.hours
    spec = hours.shown()
    hours.take(replace(spec, weekly={**spec.weekly, 5: [(79_200, 108_000)]}))
    kind = page.terms.targets.kinds[TargetKind.RESOLUTION]
    kind.restore({None: Target(4 * 3600), 1: Target(3600)})
    kind.changed.emit()
    page.terms.targets.row((TargetKind.RESPONSE, None)).stepper.setValue(900_000)
    wait(studio, page)
    return page


def _other_terms(studio: Studio) -> None:
    _terms(studio)


def _lower_terms(studio: Studio) -> None:
    page = _terms(studio)
    bar = page.terms.area.verticalScrollBar()
    bar.setValue(bar.maximum())
    studio.settle()


def _new(studio: Studio) -> None:
    page = _page(studio)
    subject = page.terms.subject
    subject.agreement.set_value(NEW)
    subject.agreement.chosen.emit(NEW)
    wait(studio, page)
    page.terms.try_target(8 * 3600)
    wait(studio, page)


def _updates(studio: Studio) -> None:
    page = _page(studio)
    page.terms.targets.row((TargetKind.UPDATE, None)).stepper.setValue(8)
    page.terms.show_kind(TargetKind.UPDATE)
    wait(studio, page)


def _kept(studio: Studio) -> None:
    page = _page(studio)
    content = content_of(page.terms.kept_subject(), (Trial(), Trial()))
    known = {one.name for one in studio.desk.read(kept_trials)}
    for name in TYPED:
        if name not in known:
            studio.desk.run(keep_trial, name, content)
    page.keeping.show_list()
    studio.settle()
    wait(studio, page)
    dialog = next(one for one in studio.dialogs() if isinstance(one, KeptDialog))
    dialog.table.choose_first()
    studio.settle()


def _name(studio: Studio) -> None:
    page = _page(studio)
    page.keeping.ask_name()
    studio.settle()


TRIES = (
    Scene("try", _now),
    Scene("try-tighter", _tight),
    Scene("try-lower", _lower),
    Scene("try-hours", _other_hours),
    Scene("try-terms", _other_terms),
    Scene("try-terms-lower", _lower_terms),
    Scene("try-new", _new),
    Scene("try-updates", _updates),
    Scene("try-compared", _compared),
    Scene("try-name", _name),
    Scene("try-kept", _kept),
)
EMPTY_TRIES = (Scene("try-empty", lambda studio: studio.show("tries")),)
