"""What this program is, its version and licences."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

from PySide6 import __version__ as qt_version
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from desktop.i18n import gettext as _
from ui.common.dialog import Dialog
from ui.common.labels import PlainLabel


def program_version() -> str:
    """Return the version installed, else the one of the folder it is run from."""
    try:
        return version("counterpart")
    except PackageNotFoundError:
        from desktop.cli.program import VERSION

        return VERSION


class AboutDialog(Dialog):
    """Names the program, the open workspace and what it is built from."""

    def __init__(self, workspace: str, parent: QWidget | None = None) -> None:
        super().__init__(
            _("About Counterpart"),
            _("Front office and back office, two halves of one promise."),
            submit=_("Copy"),
            icon="copy",
            parent=parent,
        )
        self.cancel_button.set_words(_("Close"))
        lines = [
            _("Version {version}").format(version=program_version()),
            _("Workspace {place}").format(place=workspace),
            _("Qt {version} by PySide6, licence LGPL").format(version=qt_version),
            _("Tabler Icons, MIT licence. DejaVu fonts, their own free licence."),
        ]
        text = "\n".join(lines)
        self.body.addWidget(PlainLabel(text, ink="text2", wraps=True, selectable=True))
        self.submitted.connect(lambda: QGuiApplication.clipboard().setText(text))
