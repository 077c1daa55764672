"""Countries as choices, in the reader's language."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.i18n import current_locale


def country_names(codes: Sequence[str]) -> list[tuple[object, str]]:
    """Return countries in the reader's language, by name."""
    known = current_locale().territories
    named = [(code, known.get(code, code)) for code in codes]
    return [(code, name) for code, name in sorted(named, key=lambda one: one[1])]
