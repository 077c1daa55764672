"""Words that broke other systems, put around plain ones as bad will or bad luck would.

The plain words stay in them, so that what is looked for by its words is found.
"""

from __future__ import annotations

from hashlib import sha256
from random import Random
from typing import Final

from desktop.domain.text import BODY_CAP, clean, clean_line

_AROUND_A_LINE: Final = (
    "<b>{}</b> &amp; <img src=x onerror=alert(1)>",
    "{} Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz",
    "\u202e{}\u202c, opened\x00 as fdp.exe",
    "{} \u2067שלום עולם\u2069 مرحبا بالعالم",
    "漢字仮名交じり文の長い名前 {} 非常に長い名前です",
    "=cmd|'/C calc'!A1 {}",
    "👩‍👩‍👧‍👦 {} 🏴‍☠️🚧🎉",
    "../../{}.pdf::$DATA",
    "e" + "\u0301" * 40 + " {} Z\u0338\u0322\u031ba\u0337l\u0336g\u0337o",
    "{}\u200b\u200b\u200b\ufeff " + "W" * 120,
    "{} %s {{0}} {{customer}} \\n 'quoted' \"twice\"; DROP TABLE request; --",
    "{}" + " and what else there is to say of it" * 8,
)
_IN_A_TEXT: Final = (
    "W" * 10_000,
    "<table><tr><td><h1>Approved by the director</h1></td></tr></table>" * 3,
    "\n".join(f"{number}. a line of its own" for number in range(1, 41)),
    "https://example.invalid/" + "path/" * 60 + "?q=<script>alert(1)</script>",
    "هذه فقرة طويلة مكتوبة من اليمين إلى اليسار وفيها 123 رقما. " * 8,
    "o" + "\u0301\u0322\u0337" * 160 + " what a heap of marks",
    "one\ttwo\tthree" + "\n" * 60 + "far below",
    "word " * 900,
    "全ての申請は窓口で受け付けられますのでご安心ください" * 20,
    "\u202e\u2066\u2067 turned, never turned back " + "I" * 60,
)


_SALT: Final = 17979
"""Chosen so that units and people who are seen much have the longest names."""


def _seed(words: str, among: str) -> int:
    said = f"{_SALT}|{words}|{among}"
    return int(sha256(said.encode()).hexdigest()[:8], 16)


def hostile_line(words: str, cap: int = 200, among: str = "") -> str:
    """Return one line around some words, within what a field takes.

    The same words give the same line; `among` tells rows apart that say the same.
    """
    seed = _seed(words, among)
    found = clean_line(_AROUND_A_LINE[seed % len(_AROUND_A_LINE)].format(words))
    return found[:cap].strip() if words in found[:cap] else words[:cap].strip()


def hostile_text(words: str, among: str = "") -> str:
    """Return lines around some words, some of them far too long."""
    drawn = Random(_seed(words, among))
    parts = [hostile_line(words, 400, among)]
    parts += drawn.sample(_IN_A_TEXT, drawn.choice((0, 0, 1, 1, 2)))
    return clean("\n".join(parts)).strip()[:BODY_CAP]
