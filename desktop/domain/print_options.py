"""What is printed of a session, and how: the choices of the print dialog."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Final, Literal

PaperCode = Literal["agenda", "minutes", "short", "slips", "register"]
SizeCode = Literal["a4", "letter"]
PAPERS: Final[tuple[PaperCode, ...]] = (
    "agenda",
    "minutes",
    "short",
    "slips",
    "register",
)


@dataclass(frozen=True, slots=True)
class PrintOptions:
    """The choices a series remembers; which papers are printed depends on the session.

    ``short``, ``slips`` and ``register`` come beside the agenda or the minutes, the
    next four are parts of the agenda; ``calendar`` and ``mail_text`` are files that
    are written beside the PDF.
    """

    short: bool = False
    slips: bool = False
    register: bool = False
    chair_copy: bool = False
    proofs: bool = False
    full_list: bool = False
    note_lines: bool = False
    calendar: bool = False
    mail_text: bool = False
    size: SizeCode = "a4"
    is_grey: bool = False

    def content(self) -> dict[str, Any]:
        """Return what a series keeps of it: what is not as usual."""
        usual = PrintOptions()
        return {
            one.name: getattr(self, one.name)
            for one in fields(self)
            if getattr(self, one.name) != getattr(usual, one.name)
        }

    @classmethod
    def of(cls, kept: object) -> PrintOptions:
        """Read what a series kept; what cannot be read is as usual."""
        if not isinstance(kept, Mapping):
            return cls()
        chosen: dict[str, Any] = {}
        for one in fields(cls):
            value = kept.get(one.name)
            if isinstance(value, bool) and isinstance(one.default, bool):
                chosen[one.name] = value
        if kept.get("size") == "letter":
            chosen["size"] = "letter"
        return cls(**chosen)
