"""What people type, paste or import, made safe to store, compare and find again."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

TITLE_CAP: Final = 200
BODY_CAP: Final = 100_000

_REPLACEMENT: Final = "\ufffd"
# NUL and the C0 controls except TAB and LF, DEL, lone surrogates, and the two
# noncharacters that XML and PostgreSQL tools stumble over.
_UNWANTED: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_LINE_ENDS: Final = re.compile("\r\n?|\u2028|\u2029")
_SPACES: Final = re.compile(r"\s+")

# Letters that carry their stroke or their ligature inside, so that no decomposition
# takes it off.
_PLAIN_LETTERS: Final = str.maketrans(
    {
        "đ": "d",
        "ð": "d",
        "ħ": "h",
        "ı": "i",
        "ĸ": "k",
        "ł": "l",
        "ŋ": "n",
        "ø": "o",
        "ŧ": "t",
        "ƀ": "b",
        "ɨ": "i",
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
        "ə": "e",
        "ґ": "г",
        "’": "'",
        "‘": "'",
        "ʼ": "'",
    }
)
# Folded Cyrillic and Georgian letters as people write them in plain Latin ones.
_LATIN: Final = str.maketrans(
    dict(
        zip(
            "абвгдезијклмнопрстуфхцыіїєґћђ",
            "abvgdezijklmnoprstufhcyiiegcd",
            strict=True,
        )
    )
    | {"ж": "z", "ч": "c", "ш": "s", "щ": "sc", "э": "e", "ю": "ju", "я": "ja"}
    | {"љ": "lj", "њ": "nj", "џ": "dz", "ъ": "", "ь": ""}
    | dict(
        zip(
            "აბგდევზთიკლმნოპჟრსტუფქღყშჩცწჭხჯჰ",
            "abgdevztiklmnopzrstupkgqscccchjh",
            strict=True,
        )
    )
    | {"ძ": "dz"}
)
# Accents of Latin, Greek and Cyrillic, and the vowel points of Hebrew and Arabic,
# which are left out when typing. Vowel signs of other scripts are letters: they stay.
_MARKS: Final = re.compile(
    "[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
    "\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u064b-\u0652\u0670\u00ad"
    "\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]"
)


def clean(text: str) -> str:
    """Return ``text`` in NFC with every character that cannot be kept replaced.

    Line ends become LF; what is replaced becomes U+FFFD, so nothing vanishes unseen.
    Cleaning twice changes nothing.
    """
    if text.isascii() and text.isprintable():
        return text
    unified = _LINE_ENDS.sub("\n", text)
    return unicodedata.normalize("NFC", _UNWANTED.sub(_REPLACEMENT, unified))


def clean_line(text: str) -> str:
    """Return ``text`` cleaned, on one line, without blanks at either end."""
    return _SPACES.sub(" ", clean(text)).strip()


def shortened(text: str, cap: int) -> str:
    """Return ``text`` cut to ``cap`` characters, the last one an ellipsis if cut."""
    return text if len(text) <= cap else text[: cap - 1] + "…"


_ISOLATE, _END_ISOLATE = "\u2068", "\u2069"
_TURNING: Final = (*range(0x202A, 0x202F), *range(0x2066, 0x206A))
_TURNS: Final = dict.fromkeys(_TURNING, "\ufffd")
# A run set apart whole, reading as its first letter does, turns nothing around it and
# hides nothing in it: that is how names are put into sentences.
_OTHER_TURNS: Final = dict.fromkeys(_TURNING[:-2], "\ufffd")
_ISOLATES: Final = re.compile(f"[{_ISOLATE}{_END_ISOLATE}]")
_FROM_THE_RIGHT: Final = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff"
    "\U0001e800-\U0001efff]"
)

# No script piles more on a letter; a heap would be drawn over the lines around it.
_HEAP: Final = re.compile(
    "([\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]{3})"
    "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]+"
)


def on_screen(text: str) -> str:
    """Return ``text`` for a screen, a mark standing for what would turn its direction.

    "plan\\u202efdp.exe" would read as "planexe.pdf". Of a heap of accents three stay.
    """
    if text.isascii():
        return text
    turns = _OTHER_TURNS if _closes_isolates(text) else _TURNS
    return _HEAP.sub(r"\1", text.translate(turns))


def _closes_isolates(text: str) -> bool:
    """Tell whether whatever a text sets apart ends in it, and nothing else does."""
    depth = 0
    for mark in _ISOLATES.findall(text):
        depth += 1 if mark == _ISOLATE else -1
        if depth < 0:
            return False
    return depth == 0


def isolated(text: str) -> str:
    """Return ``text`` to stand in a line with others, which it must not move.

    What follows a name in Hebrew or Arabic, a figure say, would be drawn before it: so
    such a name is set apart (Unicode Standard Annex 9, FSI and PDI). Others stay.
    """
    if text.isascii() or not _FROM_THE_RIGHT.search(text):
        return text
    inner = text if _closes_isolates(text) else text.translate(_TURNS)
    return f"{_ISOLATE}{inner}{_END_ISOLATE}"


def in_line(*parts: str, wide: bool = False) -> str:
    """Return the parts that are not empty, in one line with points between them."""
    between = "  ·  " if wide else " · "
    return between.join(isolated(part) for part in parts if part)


def unbroken(text: str) -> str:
    """Return words that stay on one line: a sentence breaks before them, or after."""
    return text.replace(" ", "\u00a0")


BREAK: Final = "\u200b"
"""A blank nobody sees, at which a line may end."""

_LONG_WORD: Final = re.compile(r"\S{25,}")
_STEP: Final = 8
# Marks and joiners belong to the letter before; beside a sign a line may end anyway.
_KEPT_TOGETHER: Final = frozenset({"Mn", "Mc", "Me", "Cf", "Sk", "So"})


def with_breaks(text: str) -> str:
    """Return ``text`` for a screen, its very long words such that a line may end in."""
    return _LONG_WORD.sub(_breakable, text) if len(text) > 24 else text


def _breakable(found: re.Match[str]) -> str:
    parts: list[str] = []
    run = 0
    for letter in found[0]:
        if run >= _STEP and unicodedata.category(letter) not in _KEPT_TOGETHER:
            parts.append(BREAK)
            run = 0
        parts.append(letter)
        run += 1
    return "".join(parts)


def fold_for_search(text: str) -> str:
    """Return ``text`` as it is searched for: without case, accents and strokes.

    "Đorđe Łukasz Ёлкин Straße" and "dorde lukasz елкин strasse" fold to the same.
    """
    if text.isascii():
        return text.casefold()
    folded = unicodedata.normalize("NFKD", clean(text).casefold())
    return _MARKS.sub("", folded).translate(_PLAIN_LETTERS).casefold()


# What people write for a letter where their keyboard lacks it, besides leaving off
# its mark.
_SPELLED_OUT: Final = str.maketrans(
    {
        "đ": "dj",
        "ä": "ae",
        "ö": "oe",
        "ü": "ue",
        "å": "aa",
        "ø": "oe",
    }
)
_WORD: Final = re.compile(r"\w+")
_SPELLED_OTHERWISE: Final = re.compile("[đäöüåø]")


def other_spellings(text: str) -> str:
    """Return, folded, how words of ``text`` are also written: "đ" as "dj", "ö" as "oe".

    Only words that have another spelling are returned, divided by blanks.
    """
    if text.isascii():
        return ""
    lowered = clean(text).casefold()
    # One pattern for both would try every letter of a long word as its beginning.
    found = [one for one in _WORD.findall(lowered) if _SPELLED_OTHERWISE.search(one)]
    return fold_for_search(" ".join(found).translate(_SPELLED_OUT))


def latinised(folded: str) -> str:
    """Return a folded text in Latin letters: "grad" for "град", as typed without marks.

    Close enough to find words by; Serbian, Russian and Georgian are spelt as their
    speakers type them, other scripts stay as they are.
    """
    return folded if folded.isascii() else folded.translate(_LATIN)


_NO_WORD: Final = re.compile(r"[\W_]+")


def searchable(*texts: str) -> str:
    """Return what texts are found by: their folded words, each also as spelt otherwise.

    A column that keeps it is asked for each word typed, folded by
    `fold_for_search`; a word written in Cyrillic or Georgian is found in Latin, too.
    """
    folded = _NO_WORD.sub(" ", fold_for_search(" ".join(texts))).strip()
    others = (latinised(folded), _NO_WORD.sub(" ", other_spellings(" ".join(texts))))
    return " ".join([folded, *(one.strip() for one in others if one != folded)]).strip()
