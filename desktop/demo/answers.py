"""What people in the demo house write into forms, fitting what they ask for."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

from desktop.demo.catalogue import STREETS
from desktop.domain.forms import FieldKind, FieldSpec

TOWNS = ("Lipovac", "Brezova", "Novi Most", "Kamenica")
SURNAMES = ("Kovačević", "Petrović", "Horvat", "Nikolić", "Szabó")
PROGRAMS = ("Register of births", "Tax ledger", "File plan", "Counter calendar")
PLACES = ("Window 4", "Front hall", "First floor, corridor", "Room 12", "Archive")
SUPPLIES = ("2 toners, 200 forms B1", "500 envelopes", "Stamp ink and 10 pens")
PURPOSES = ("a family house", "a garage", "a second storey", "a workshop")
WORKS = {
    "wall": ("Wall of 1.6 m along the street, 12 m long", "Wall of 1.4 m, 8 m long"),
    "shed": ("Wooden shed of 9 m², 3 m from the fence", "Shed of 12 m² for tools"),
}
WRONG = {
    "name": ("The surname lacks its last letter", "One letter of the name is missing"),
    "year": ("The year of birth: 1957, right is 1967", "The year is a century off"),
}


def form_answers(
    words: Random,
    fields: tuple[FieldSpec, ...],
    today: date,
    customer: str,
    subject: str = "",
) -> dict[str, Any]:
    """Return plausible answers to a form; a field not needed is often left empty.

    What is only asked after some answers is left to whoever tries the demo.
    """
    answers: dict[str, Any] = {}
    for field in fields:
        if field.rules.shown_if is not None:
            continue
        if field.is_needed or words.random() < 0.5:
            answers[field.code] = _answer(words, field, today, customer, subject)
    if "from" in answers and "until" in answers:
        start = date.fromisoformat(answers["from"])
        answers["until"] = (start + timedelta(days=words.randint(5, 60))).isoformat()
    return answers


def _answer(
    words: Random, field: FieldSpec, today: date, customer: str, subject: str
) -> Any:
    match field.kind:
        case FieldKind.DATE:
            is_past = field.code in ("born", "married")
            days = -words.randint(7_000, 25_000) if is_past else words.randint(3, 40)
            return (today + timedelta(days=days)).isoformat()
        case FieldKind.NUMBER:
            return _number(words, field.code)
        case FieldKind.AMOUNT:
            return _amount(words, subject)
        case FieldKind.YES_NO:
            return words.random() < 0.6
        case FieldKind.CHOICE:
            return words.choice(field.choices)
        case FieldKind.CHOICES:
            return [words.choice(field.choices)]
        case FieldKind.PERSON:
            return customer
        case _:
            return _text(words, field, subject)


def _number(words: Random, code: str) -> int:
    if code == "year":
        return words.randint(1931, 2016)
    return words.randint(3, 12) if code == "months" else words.randint(1, 3)


def _amount(words: Random, subject: str) -> str:
    """Return the amount the subject names, else some amount."""
    named = re.search(r"(\d+) 000", subject)
    return f"{named[1]}000.00" if named else f"{words.randint(10, 900) * 100}.00"


def _text(words: Random, field: FieldSpec, subject: str) -> str:
    address = f"{words.choice(STREETS)} {words.randint(1, 60)}"
    if field.code == "address":
        # "Plan of Glavna 46" names the address already.
        return subject.removeprefix("Plan of ") if "Plan of" in subject else address
    if field.code == "place":
        is_town = field.label.startswith("Place of")
        return words.choice(TOWNS) if is_town else f"In front of {address}"
    make = _TEXTS.get(field.code)
    return make(words, subject) if make is not None else address


def _fitting(words: Random, known: Mapping[str, Sequence[str]], subject: str) -> str:
    """Return one of the answers for what the subject is about."""
    about = next((key for key in known if key in subject.casefold()), None)
    return words.choice(known[about or next(iter(known))])


_TEXTS: dict[str, Callable[[Random, str], str]] = {
    "parcel": lambda words, _s: f"{words.randint(100, 1900)}/{words.randint(1, 4)}",
    "number": lambda words, _s: str(words.randint(10_000_000, 99_999_999)),
    "account": lambda words, _s: f"160-{words.randint(10_000, 99_999)}-37",
    "new_name": lambda words, _s: words.choice(SURNAMES),
    "record": lambda words, _s: (
        f"Births {words.randint(1948, 1999)}, page {words.randint(4, 380)}"
    ),
    "wrong": lambda words, subject: _fitting(words, WRONG, subject),
    "works": lambda words, subject: _fitting(words, WORKS, subject),
    "purpose": lambda words, _s: words.choice(PURPOSES),
    "program": lambda words, _s: words.choice(PROGRAMS),
    "where": lambda words, _s: words.choice(PLACES),
    "what": lambda words, _s: words.choice(SUPPLIES),
}
