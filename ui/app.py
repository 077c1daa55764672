"""Starts the window: shell first, then the desk behind it, then the first page."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, QTimer, QTranslator
from PySide6.QtWidgets import QApplication

from desktop.config import APPLICATION, settings_folder, wall_clock
from desktop.i18n import current_locale, set_language
from desktop.i18n import gettext as _
from ui.collector import Collector
from ui.crash import CrashReporter, start_log
from ui.first_paint import FirstPaint
from ui.language import language_asked
from ui.main_window import MainWindow
from ui.preferences import Preferences
from ui.program import Program, Wishes
from ui.style import STYLE, STYLED, ThemeChoice, apply_theme, theme

THEMES: dict[str, ThemeChoice] = {
    "light": "light",
    "dark": "dark",
    "system": "system",
}


def arguments() -> argparse.ArgumentParser:
    """Return what the window can be started with."""
    parser = argparse.ArgumentParser(prog="counterpart")
    parser.add_argument("--workspace", default="", help=_("file or address to open"))
    parser.add_argument("--demo", action="store_true", help=_("open the demo"))
    parser.add_argument("--person", default="", help=_("who is at the desk"))
    parser.add_argument("--theme", choices=sorted(THEMES), help=_("colours"))
    parser.add_argument(
        "--lang", default="", type=language_asked, help=_("language, such as en or sr")
    )
    return parser


def choose_language(asked: str) -> None:
    """Speak the language asked for, else the system's; Qt's own words too."""
    language = asked or QLocale.system().name()
    set_language(language)
    if asked:
        # "en" alone is the Americans' for Qt, and the British for our own dates.
        QLocale.setDefault(QLocale(str(current_locale())))


def translate_qt(app: QApplication, language: str) -> None:
    """Load Qt's own words for standard buttons, where Qt has them."""
    translator = QTranslator(app)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if translator.load(QLocale(language or QLocale().name()), "qtbase", "_", folder):
        app.installTranslator(translator)


def make_app(argv: Sequence[str]) -> QApplication:
    """Return the application, named, with nothing on the screen yet."""
    app = QApplication.instance()
    if app is None:
        app = QApplication([APPLICATION, "-style", STYLE, *argv])
        app.setProperty(STYLED, True)
    assert isinstance(app, QApplication)
    app.setApplicationName(APPLICATION)
    app.setApplicationDisplayName("Counterpart")
    app.setDesktopFileName(APPLICATION)
    return app


def open_window(
    app: QApplication, options: argparse.Namespace, folder: Path
) -> Program:
    """Show the shell and have the workspace opened once it is painted."""
    preferences = Preferences(folder / "window.ini")
    choose_language(options.lang)
    kept = preferences.value("window.theme", "system")
    apply_theme(app, THEMES.get(options.theme or kept, "system"))
    app.styleHints().colorSchemeChanged.connect(lambda _s: theme().follow_system())
    translate_qt(app, options.lang)
    window = MainWindow(preferences)
    crash = CrashReporter(lambda: window, folder / "counterpart.log", window)
    wishes = Wishes(
        options.workspace or _from_environment(), options.demo, options.person
    )
    program = Program(window, preferences, crash, wall_clock, wishes)
    FirstPaint(window).seen.connect(program.start)
    window.show()
    return program


def _from_environment() -> str:
    return os.environ.get("COUNTERPART_WORKSPACE", "")


def main(argv: Sequence[str] | None = None) -> int:
    """Run the window with `argv` and return the exit status."""
    given = sys.argv[1:] if argv is None else list(argv)
    options = arguments().parse_args(given)
    folder = settings_folder()
    app = make_app([])
    Collector(app)
    program = open_window(app, options, folder)
    program.crash.install()
    QTimer.singleShot(0, partial(start_log, folder / "counterpart.log"))
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())
