"""What stands left of the running order: candidates, and where it is narrow a tab."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.i18n import gettext as _
from ui.common.buttons import SegmentedControl
from ui.meetings.candidates_pane import CandidatesPane
from ui.meetings.preview_pane import PreviewPane


class SidePane(QWidget):
    """Holds the candidates; the preview beside them when it has no pane of its own."""

    def __init__(self, preview: PreviewPane, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.candidates = CandidatesPane()
        self._preview = preview
        self.tabs = SegmentedControl(
            [("candidates", _("What happened")), ("preview", _("Preview"))],
            name=_("Left side"),
        )
        self.tabs.chosen.connect(self.show_tab)
        self._head = QWidget()
        head = QHBoxLayout(self._head)
        head.setContentsMargins(24, 12, 8, 0)
        head.addWidget(self.tabs)
        head.addStretch(1)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.candidates)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._head)
        layout.addWidget(self.stack, 1)
        self._head.hide()

    def show_tab(self, tab: str) -> None:
        """Show candidates or preview, where both are here."""
        wanted: QWidget = self.candidates
        if tab == "preview" and self.stack.indexOf(self._preview) >= 0:
            wanted = self._preview
        self.stack.setCurrentWidget(wanted)
        self.tabs.set_value("preview" if wanted is self._preview else "candidates")

    def take_preview(self) -> None:
        """Take the preview in, behind a tab."""
        self.stack.addWidget(self._preview)
        self._head.show()
        self.show_tab("candidates")

    def give_preview(self) -> None:
        """Let the preview go to a pane of its own."""
        self.stack.removeWidget(self._preview)
        self._head.hide()
        self.show_tab("candidates")
