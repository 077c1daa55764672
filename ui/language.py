"""The language a command asks for, refused with those there are."""

from __future__ import annotations

import argparse

from desktop.i18n import available_languages, is_language
from desktop.i18n import gettext as _


def language_asked(code: str) -> str:
    """Return the code; raises ArgumentTypeError for what is no language."""
    if code and not is_language(code):
        words = _(
            "“{code}” is no language. Words are spoken in: {spoken}. Dates and numbers "
            "follow any other, such as sr or de_AT."
        )
        spoken = ", ".join(available_languages())
        raise argparse.ArgumentTypeError(words.format(code=code[:40], spoken=spoken))
    return code
