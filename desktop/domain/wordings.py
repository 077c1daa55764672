"""Canned texts: words kept for use again, with places filled from the request."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Place(StrEnum):
    """What a place in a canned text, ``{customer}``, is filled with."""

    CUSTOMER = "customer"
    REFERENCE = "reference"
    SUBJECT = "subject"
    SERVICE = "service"
    UNIT = "unit"
    FRONT_UNIT = "front_unit"
    REQUESTER = "requester"
    DUE = "due"
    ME = "me"
    TODAY = "today"


@dataclass(frozen=True, slots=True)
class Filled:
    """A canned text as it goes in; ``left`` are the places nothing was known for."""

    text: str
    left: tuple[str, ...]


_PLACE: Final = re.compile(r"\{([A-Za-z_]{1,40})\}")


def fill(text: str, values: Mapping[Place, str]) -> Filled:
    """Fill the places of a text; what is not known stays as it is, to be typed over.

    What is filled in is never looked through again, so a customer called
    ``{reference}`` stays one.
    """
    left: list[str] = []

    def value(match: re.Match[str]) -> str:
        try:
            known = values.get(Place(match[1].lower()), "")
        except ValueError:
            known = ""
        if not known:
            left.append(match[0])
            return match[0]
        return known

    return Filled(_PLACE.sub(value, text), tuple(dict.fromkeys(left)))


def unknown_places(text: str) -> tuple[str, ...]:
    """Return the places of a text that are no place we know, in order."""
    known = set(Place)
    found = (
        match[0] for match in _PLACE.finditer(text) if match[1].lower() not in known
    )
    return tuple(dict.fromkeys(found))
