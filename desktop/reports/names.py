"""Names of series and units as short as a sentence and a table can carry."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from desktop.domain.agenda import Head
from desktop.reports.writing import plain

SERIES_LIMIT: Final = 120
UNIT_LIMIT: Final = 60


def short_head(head: Head) -> Head:
    """Return the head with names that a sentence and a table can carry."""
    return replace(
        head,
        series=plain(head.series, SERIES_LIMIT),
        front=plain(head.front, UNIT_LIMIT),
        back=plain(head.back, UNIT_LIMIT),
    )
