"""Dates as people type them."""

from __future__ import annotations

import re

from PySide6.QtCore import QDate


def date_in_order(words: str, pattern: str) -> QDate:
    """Read a day, a month and a full year in a pattern's order, however separated."""
    parts = re.findall(r"\d+", words)
    order = list(dict.fromkeys(one for one in pattern if one in "dMy"))
    if len(parts) != 3 or len(order) != 3 or re.search(r"[^\d\s./,-]", words):
        return QDate()
    typed = dict(zip(order, parts, strict=True))
    if len(typed["y"]) != 4:
        return QDate()
    return QDate(int(typed["y"]), int(typed["M"]), int(typed["d"]))
