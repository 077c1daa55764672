"""Reads and writes the lengths and times typed in the agreement editor."""

from __future__ import annotations

import re

from ui.common.inputs import LineInput

_LENGTH = re.compile(
    r"(?P<hours>\d{1,7}(?:[.,]\d{1,4})?)\s*h?"
    r"|(?:(?P<whole>\d{1,7})\s*(?:h\s*|:))?(?P<minutes>\d{1,5})\s*(?:m|min)?"
)
_TIME = re.compile(r"(\d{1,2})(?::([0-5]\d))?")


def small_line(name: str, placeholder: str = "", width: int = 88) -> LineInput:
    """Return a short line for a length or a time of day."""
    line = LineInput(limit=20, placeholder=placeholder, name=name)
    line.setFixedWidth(width)
    return line


def length_s(words: str) -> int | None:
    """Read "8", "8 h", "2.5 h", "2 h 30", "2:30" or "45 min" as seconds.

    A number alone is hours. None for what is no length.
    """
    match = _LENGTH.fullmatch(words.strip().lower())
    if match is None:
        return None
    if match["hours"]:
        return round(float(match["hours"].replace(",", ".")) * 3600)
    return int(match["whole"] or 0) * 3600 + int(match["minutes"]) * 60


def length_words(seconds: int) -> str:
    """Write seconds as they are read: "8", "2:30"."""
    hours, rest = divmod(seconds // 60, 60)
    return f"{hours}:{rest:02}" if rest else str(hours)


def time_s(words: str) -> int | None:
    """Read a time of day, "14:00" or "14", as seconds; None for anything else."""
    match = _TIME.fullmatch(words.strip())
    if match is None:
        return None
    seconds = int(match[1]) * 3600 + int(match[2] or 0) * 60
    return seconds if seconds <= 86_400 else None
