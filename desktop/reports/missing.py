"""Characters the paper's face lacks: noticed while a paper is made, named at its end.

Each is printed as a mark, so that a reader sees something stood there; the notice
says which they were.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

from desktop import formats
from desktop.i18n import ngettext

MARK: Final = "\ufffd"
NAMED: Final = 8

_noticed: ContextVar[dict[str, int] | None] = ContextVar("noticed", default=None)


@contextmanager
def noticing() -> Iterator[dict[str, int]]:
    """Collect what cannot be printed inside the block: character and how often."""
    found: dict[str, int] = {}
    token = _noticed.set(found)
    try:
        yield found
    finally:
        _noticed.reset(token)


def notice(character: str) -> None:
    """Say that a character could not be shown, where somebody collects them."""
    found = _noticed.get()
    if found is not None:
        found[character] = found.get(character, 0) + 1


def missing_words(missing: Sequence[str], *, with_shapes: bool = False) -> str:
    """Return the sentence that names them; "" when there are none.

    ``with_shapes`` shows them too: for a screen, whose faces may have them.
    """
    if not missing:
        return ""
    named = ", ".join(_name(one, with_shapes) for one in missing[:NAMED])
    more = len(missing) - NAMED
    if more > 0:
        told = ngettext("{named} and {count} more", "{named} and {count} more", more)
        named = told.format(named=named, count=formats.count(more))
    sentence = ngettext(
        "{count} character cannot be printed and is marked {mark}: {named}.",
        "{count} characters cannot be printed and are marked {mark}: {named}.",
        len(missing),
    )
    count = formats.count(len(missing))
    return sentence.format(count=count, mark=MARK, named=named)


def _name(character: str, with_shape: bool) -> str:
    code = f"U+{ord(character):04X}"
    name = unicodedata.name(character, "").lower()
    if with_shape and unicodedata.category(character) not in ("Cs", "Cn", "Co"):
        return f"{character} ({code})"
    return f"{code} ({name})" if name else code
