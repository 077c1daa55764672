"""A small house in minutes: who you are, who is there, what they promise each other."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from PySide6.QtCore import QLocale, Qt, QTimeZone
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop import formats
from desktop.domain.errors import Invalid
from desktop.domain.house import House
from desktop.domain.house_sketch import HouseSketch, house_of_sketch
from desktop.exchange.public_holidays import supported_countries
from desktop.i18n import gettext as _
from desktop.messages import refusal_words
from ui.common.buttons import Button
from ui.common.completer import Completer
from ui.common.countries import country_names
from ui.common.inputs import ChoiceInput, LineInput, TextInput, is_submit
from ui.common.kept_files import DRAFTS, KeptAt
from ui.common.kept_sheets import KeptSheet
from ui.common.kept_words import KeptWords
from ui.common.labelled import Labelled
from ui.common.labels import PlainLabel
from ui.house.fields import PathInput
from ui.house.making import Making, free_place
from ui.house.start import Part, StartScreen
from ui.house.words import house_words

ASSISTANT = "assistant"


class AssistantPart(Part):
    """Three short pages; what is typed stays while going back and forth."""

    def __init__(self, screen: StartScreen) -> None:
        super().__init__(screen, _("Describe your house"))
        self.pages = QStackedWidget()
        self.fields: dict[str, Labelled] = {}
        self._page_of: dict[str, int] = {}
        for number, make in enumerate((self._basics, self._units, self._promises)):
            self.pages.addWidget(self._page(number, make))
        self.column.addWidget(self.pages)
        self.column.addWidget(self.banners)
        self.column.addWidget(self.bar)
        self.column.addLayout(self._foot())
        self.column.addStretch(1)
        self.kept = self._keep()
        forget = self.kept.forget if self.kept is not None else None
        self.making = Making(self, self._problem, done=forget)
        self.pages.currentChanged.connect(lambda _at: self._turned())
        self.setFocusProxy(self.name)
        self._turned()

    def _keep(self) -> KeptSheet | None:
        """Keep what is typed until the house is made, over leaving and a crash."""
        folder, clock = self.acts.folder, self.acts.clock
        if folder is None:
            return None
        at = KeptAt(folder / DRAFTS, (ASSISTANT,), clock)

        def when(kept_at: datetime) -> str:
            now = clock()
            return formats.short_instant(kept_at, now, now.astimezone().tzinfo or UTC)

        words = KeptWords(at, ASSISTANT, self)
        kept = KeptSheet(self, self.banners, words, ASSISTANT, when=when)
        self.installEventFilter(kept)
        return kept

    def _page(self, number: int, make: Callable[[], dict[str, Labelled]]) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        for code, field in make().items():
            column.addWidget(field)
            self.fields[code] = field
            self._page_of[code] = number
        column.addStretch(1)
        return page

    # ------------------------------------------------------------ the pages

    def _basics(self) -> dict[str, Labelled]:
        self.name = LineInput(name=_("What the house is called"))
        self.founder = LineInput(name=_("Your name"))
        self.hours = LineInput(name=_("Open on working days"))
        self.hours.setText("08:00-16:00")
        self.zone = LineInput(name=_("Time zone"))
        self.zone.setText(QTimeZone.systemTimeZoneId().toStdString() or "UTC")
        zones = [bytes(one.data()).decode() for one in QTimeZone.availableTimeZoneIds()]
        self._zones = frozenset(zones)
        completer = Completer(sorted(zones), self.zone)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.zone.setCompleter(completer)
        countries = [(None, _("None")), *country_names(list(supported_countries()))]
        self.country = ChoiceInput(countries, name=_("Public holidays of"))
        here = QLocale.system().territory()
        self.country.set_value(QLocale.territoryToCode(here))
        if self.country.value() is None:
            self.country.setCurrentIndex(0)
        return {
            "name": Labelled(_("What the house is called"), self.name),
            "founder": Labelled(
                _("Your name"),
                self.founder,
                hint=_("You become coordinator and administrator, and can sign in."),
            ),
            "hours": Labelled(
                _("Open on working days"),
                self.hours,
                hint=_("With a break: 08:00-12:00, 12:30-16:00"),
            ),
            "zone": Labelled(_("Time zone"), self.zone),
            "country": Labelled(_("Public holidays of"), self.country),
        }

    def _units(self) -> dict[str, Labelled]:
        self.fronts = TextInput(name=_("Front offices"), lines=3)
        self.backs = TextInput(name=_("Back offices"), lines=4)
        self.people = TextInput(name=_("People"), lines=6)
        return {
            "fronts": Labelled(
                _("Front offices"),
                self.fronts,
                hint=_("Who stands before the customer; one a line: Counter"),
            ),
            "backs": Labelled(
                _("Back offices"),
                self.backs,
                hint=_("Whose work the counter needs; one a line: Land registry"),
            ),
            "people": Labelled(
                _("People"),
                self.people,
                hint=_("One a line with their unit: Ana Petrović, Land registry"),
            ),
        }

    def _promises(self) -> dict[str, Labelled]:
        self.services = TextInput(name=_("Services"), lines=5)
        self.targets = {
            "response_h": LineInput(name=_("Begin work within, hours")),
            "resolution_h": LineInput(name=_("Be done within, hours")),
            "answer_h": LineInput(name=_("Answer a question within, hours")),
        }
        for code, usual in (("response_h", 4), ("resolution_h", 16), ("answer_h", 4)):
            self.targets[code].setText(str(usual))
        self.place = PathInput(_("The file goes to"), kind="new_file")
        self.place.set_path(free_place(self.case))
        self.place.changed.connect(lambda: self._problem("place", ""))
        return {
            "services": Labelled(
                _("Services"),
                self.services,
                hint=_("What can be asked for, one a line: Title extract, Archive"),
            ),
            **{
                code: Labelled(line.accessibleName(), line)
                for code, line in self.targets.items()
            },
            "place": Labelled(_("The file goes to"), self.place),
        }

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setSpacing(8)
        self.next = Button(_("Next"), kind="primary", key="Ctrl+Return")
        self.next.clicked.connect(self.submit)
        self.before = Button(_("Back"), kind="quiet", icon="arrow-left", key="Esc")
        self.before.clicked.connect(self.turn_back)
        self.summary = PlainLabel(size="small", ink="text2", wraps=True)
        foot.addWidget(self.next)
        foot.addWidget(self.before)
        foot.addWidget(self.summary, 1)
        return foot

    # ------------------------------------------------------------ going on

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on with Ctrl+Return, back with Escape."""
        if is_submit(event):
            self.submit()
        elif event.key() == Qt.Key.Key_Escape:
            self.turn_back()
        else:
            super().keyPressEvent(event)

    def turn_back(self) -> None:
        """Show the page before, or the question before the assistant."""
        at = self.pages.currentIndex()
        if at:
            self.pages.setCurrentIndex(at - 1)
        else:
            self.stage.back()

    def submit(self) -> None:
        """Go to the next page, or make the file; say first what is wrong."""
        for code in self.fields:
            self._problem(code, "")
        at = self.pages.currentIndex()
        problem, house = self._judged()
        if problem is not None and self._page_of[problem.field] <= at:
            self._show(problem)
        elif at < self.pages.count() - 1:
            self.pages.setCurrentIndex(at + 1)
        elif house is not None:
            self.making.start(house, self.place)

    def _judged(self) -> tuple[Invalid | None, House | None]:
        """Return what is wrong first, page by page, or the house."""
        zone = self.zone.text().strip()
        try:
            if zone not in self._zones:
                raise Invalid("zone", "unknown_zone", name=zone)
            return None, house_of_sketch(self._sketch(zone))
        except Invalid as problem:
            return problem, None

    def _sketch(self, zone: str) -> HouseSketch:
        return HouseSketch(
            self.name.text(),
            zone,
            str(self.country.value() or ""),
            self.hours.text(),
            self.founder.text(),
            self.fronts.toPlainText(),
            self.backs.toPlainText(),
            self.people.toPlainText(),
            self.services.toPlainText(),
            **{code: _hours(line.text()) for code, line in self.targets.items()},
        )

    def _turned(self) -> None:
        at = self.pages.currentIndex()
        is_last = at == self.pages.count() - 1
        self.next.set_words(_("Start") if is_last else _("Next"))
        _problem_found, house = self._judged()
        shown = house_words(house) if house is not None and is_last else ""
        self.summary.setText(shown)
        first = (self.name, self.fronts, self.services)[at]
        self.setFocusProxy(first)
        first.setFocus()

    def _show(self, problem: Invalid) -> None:
        self.pages.setCurrentIndex(self._page_of[problem.field])
        self._problem(problem.field, refusal_words(problem))
        self.fields[problem.field].field.setFocus()

    def _problem(self, code: str, words: str) -> None:
        self.fields[code].show_problem(words)


def _hours(words: str) -> float:
    """Return typed hours; what is no number is no promise, and said so."""
    try:
        return float(words.strip().replace(",", "."))
    except ValueError:
        return 0.0
