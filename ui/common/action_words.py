"""The words of an action that stand on the board, at a session and beside an agenda."""

from __future__ import annotations

from desktop import formats
from desktop.i18n import ngettext


def carried(times: int) -> str:
    """Say how many sessions carried an action on; once at the least."""
    words = ngettext("carried once", "carried {n} times", times)
    return words.format(n=formats.count(times))
