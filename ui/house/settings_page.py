"""Settings: colours, what this workspace is, its backups, its check, an import."""

from __future__ import annotations

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.errors import Refusal
from desktop.formats import count
from desktop.i18n import gettext as _
from desktop.messages import refusal_words
from desktop.workspaces import Facts, backup_folder, facts
from ui.common.buttons import Button, SegmentedControl
from ui.common.labels import PlainLabel, SectionHeading
from ui.common.notice_settings import NoticeSettings
from ui.common.scroll_area import ScrollArea
from ui.context import Context
from ui.house.actions import IMPORT, MAY_IMPORT
from ui.house.background import Background
from ui.house.care import BackupBlock, CheckBlock
from ui.house.choices_block import ChoicesBlock
from ui.house.house_block import HouseBlock
from ui.house.import_parts import Figures
from ui.house.mail_block import MailBlock
from ui.house.unsent_block import UnsentBlock
from ui.house.words import HONESTY, HONESTY_OF_SERVER, size_words
from ui.style import theme

WIDTH = 720


class SettingsPage(ScrollArea):
    """One column of short sections; everything in it works at once."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.background = Background(self)
        inner = QWidget()
        line = QHBoxLayout(inner)
        line.setContentsMargins(32, 24, 32, 32)
        holder = QWidget()
        holder.setMaximumWidth(WIDTH)
        self._column = QVBoxLayout(holder)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(16)
        line.addWidget(holder, 1000)
        line.addStretch(1)
        self.setWidget(inner)
        self._column.addWidget(PlainLabel(_("Settings"), size="title"))
        self._add_colours()
        self._add_notices()
        self._add_workspace()
        self._add_care()
        self._add_mail()
        self._add_choices()
        self._add_house()
        self._add_import()
        self._column.addStretch(1)
        theme().changed.connect(self._show_colours)
        context.operations.changed.connect(self._hear)
        self.setFocusProxy(self.colours)

    def _section(self, title: str, words: str = "") -> None:
        self._column.addSpacing(8)
        self._column.addWidget(SectionHeading(title))
        if words:
            self._column.addWidget(PlainLabel(words, ink="text2", wraps=True))

    def _add_colours(self) -> None:
        self._section(_("Colours"))
        self.colours = SegmentedControl(
            [
                ("system", _("As the system has them")),
                ("light", _("Light")),
                ("dark", _("Dark")),
            ],
            name=_("Colours"),
        )
        self.colours.chosen.connect(self.context.actions.run)
        self._column.addWidget(self.colours)
        self._show_colours()

    def _show_colours(self) -> None:
        self.colours.set_value(theme().choice)

    def _add_notices(self) -> None:
        self._section(
            _("Notices"),
            _(
                "The bell and the inbox always have everything. Outside these hours "
                "nothing else is shown."
            ),
        )
        self.notices = NoticeSettings(self.context)
        self._column.addWidget(self.notices)

    def _add_workspace(self) -> None:
        self._section(_("This workspace"))
        self.figures = Figures()
        self._column.addWidget(self.figures)
        self.honesty = PlainLabel(_(HONESTY), size="small", ink="text2", wraps=True)
        self._column.addWidget(self.honesty)

    def _add_care(self) -> None:
        desk = self.context.operations.desk
        folder = backup_folder(desk)
        if folder is None:
            words = _(
                "This workspace lies on a server. Its own tools make its backups."
            )
            self._section(_("Backup"), words)
        else:
            self._section(
                _("Backup"),
                _(
                    "A copy of the whole file, read again and compared before it "
                    "counts. Work goes on meanwhile. In the usual folder the copies of "
                    "seven days and four weeks are kept."
                ),
            )
            self.backup = BackupBlock(desk, folder, self.background.run)
            self._column.addWidget(self.backup)
        self._section(
            _("Check"),
            _(
                "Every page of the file is read, and every state, due time and counter "
                "is worked out again from the journal. Nothing is changed."
            ),
        )
        self.check = CheckBlock(desk, self.background.run)
        self._column.addWidget(self.check)

    def _add_mail(self) -> None:
        may_set = "administrator" in self.context.me.roles
        words = _(
            "Agendas and minutes go to the members through the house’s own server."
        )
        if not may_set:
            words += " " + _("An administrator sets it up.")
        self._section(_("Mail"), words)
        self.mail = MailBlock(self.context, self.background.run, may_set=may_set)
        self._column.addWidget(self.mail)
        self.unsent = UnsentBlock(self.context)
        self._column.addWidget(self.unsent)

    def _add_choices(self) -> None:
        may_set = "administrator" in self.context.me.roles
        words = "" if may_set else _("An administrator decides these for everybody.")
        self._section(_("Files and obstacles"), words)
        self.choices = ChoicesBlock(self.context, may_set=may_set)
        self._column.addWidget(self.choices)

    def _add_house(self) -> None:
        self._section(
            _("The house as a file"),
            _(
                "Units, people, services with their forms, calendars, agreements and "
                "sessions in one file that can be read, changed and moved. Requests "
                "are not in it."
            ),
        )
        may_bring = bool(MAY_IMPORT & self.context.me.roles)
        self.house = HouseBlock(
            self.context.operations, self.background.run, may_bring=may_bring
        )
        self._column.addWidget(self.house)

    def _add_import(self) -> None:
        if not MAY_IMPORT & self.context.me.roles:
            return
        self._section(
            _("Another system’s history"),
            _("Requests and their events, out of two CSV files."),
        )
        self.import_button = Button(_("Import a history…"), icon="file-import")
        self.import_button.clicked.connect(lambda: self.context.actions.run(IMPORT))
        self._column.addWidget(self.import_button)

    # ------------------------------------------------------------ facts

    def showEvent(self, event: QShowEvent) -> None:
        """Read the facts again each time the page is shown."""
        super().showEvent(event)
        self._read_facts()

    def _hear(self, _changes: object, _initiator: object) -> None:
        if self.isVisible():
            self._read_facts()

    def _read_facts(self) -> None:
        reading = self.context.operations.read(facts)
        reading.start(self, self._show_facts, self._refuse)

    def _show_facts(self, found: Facts) -> None:
        self.honesty.setText(_(HONESTY if found.is_file else HONESTY_OF_SERVER))
        name = found.name
        if found.is_demo:
            name = _("{name} (the demo, made anew each day)").format(name=name)
        self.figures.set_figures(
            [
                (_("Name"), name),
                (_("File") if found.is_file else _("Address"), found.place),
                (_("Size"), size_words(found.size) if found.is_file else ""),
                (_("Time zone"), found.zone),
                (_("Requests"), count(found.requests)),
                (_("Journal entries"), count(found.entries)),
                (
                    _("Database"),
                    _("{database}, format {schema}").format(
                        database=found.database, schema=found.schema
                    ),
                ),
            ]
        )

    def _refuse(self, refusal: Refusal) -> None:
        self.figures.set_figures([(_("File"), refusal_words(refusal))])
