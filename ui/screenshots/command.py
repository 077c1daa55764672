"""`counterpart screenshots`: renders every window into PNG files, without a screen."""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import (
    QMessageLogContext,
    QSize,
    QtMsgType,
    qInstallMessageHandler,
)

from desktop.i18n import gettext as _
from ui.language import language_asked

SMALLEST = QSize(960, 600)


def arguments() -> argparse.ArgumentParser:
    """Return what can be asked of the pictures."""
    parser = argparse.ArgumentParser(
        prog="counterpart screenshots",
        description=_(
            "Picture every page and dialog: with demo data, with none, and with texts "
            "as bad as they can be."
        ),
    )
    parser.add_argument("--out", type=Path, required=True, metavar=_("FOLDER"))
    parser.add_argument("--theme", choices=("light", "dark"), default="light")
    parser.add_argument("--size", type=size, default=QSize(1440, 900), metavar="WxH")
    parser.add_argument(
        "--lang",
        default="en",
        type=language_asked,
        help=_("language, such as en or sr"),
    )
    parser.add_argument(
        "--only", nargs="+", default=[], metavar=_("NAME"), help=_("these pictures")
    )
    return parser


def size(text: str) -> QSize:
    """Read `1280x800`; raises ArgumentTypeError for what is no size of the window."""
    found = re.fullmatch(r"(\d{3,4})x(\d{3,4})", text)
    if found is None:
        raise argparse.ArgumentTypeError(_("write a size like 1280x800"))
    asked = QSize(int(found[1]), int(found[2]))
    if asked.expandedTo(SMALLEST) != asked:
        raise argparse.ArgumentTypeError(
            _("the window is never smaller than {width}x{height}").format(
                width=SMALLEST.width(), height=SMALLEST.height()
            )
        )
    return asked


def _without_the_platforms_own(
    _kind: QtMsgType, _context: QMessageLogContext, words: str
) -> None:
    """Pass Qt's messages on, but for what it says of having no screen."""
    if not words.startswith("This plugin does not support "):
        sys.stderr.write(words + "\n")


def main(given: Sequence[str] | None = None) -> int:
    """Take the pictures asked for and name each file; 2 when a name is not known."""
    options = arguments().parse_args(given)
    # Pictures need no screen, and must not depend on the one that is there.
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from ui.app import choose_language, make_app, translate_qt
    from ui.screenshots.scenes_hostile import ALL_SITTINGS
    from ui.screenshots.taking import make_houses, take_pictures
    from ui.style import apply_theme

    known = {scene.name for sitting in ALL_SITTINGS for scene in sitting.scenes}
    unknown = sorted(set(options.only) - known)
    if unknown:
        words = _("There is no picture called {name}. There are: {known}")
        told = words.format(name=unknown[0], known=", ".join(sorted(known)))
        sys.stderr.write(told + "\n")
        return 2
    qInstallMessageHandler(_without_the_platforms_own)
    app = make_app([])
    choose_language(options.lang)
    translate_qt(app, options.lang)
    apply_theme(app, options.theme)
    with TemporaryDirectory(prefix="counterpart-") as folder:
        pictures = take_pictures(
            make_houses(Path(folder)),
            options.out,
            options.size,
            sittings=ALL_SITTINGS,
            wanted=lambda name: not options.only or name in options.only,
        )
        for path in pictures:
            sys.stdout.write(f"{path}\n")
            sys.stdout.flush()
    return 0
