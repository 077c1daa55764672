"""User text made safe for paper: the one way from a string to a reportlab markup.

A paragraph of reportlab parses markup: unescaped text can embed files, lose words or
stop the build. Everything a person typed goes through `escape`; only this package's
own tags (`strong`, `quiet`, `linked`) are added around it.
"""

import unicodedata
from functools import lru_cache
from typing import Final
from xml.sax.saxutils import escape as _xml_escape

from desktop.reports.faces import characters
from desktop.reports.missing import MARK, notice

PARAGRAPH_LIMIT: Final = 2_000
CELL_LIMIT: Final = 240
NOTE_LIMIT: Final = 12_000
MISSING: Final = MARK
_ELLIPSIS: Final = "…"


def clean(text: str) -> str:
    """Return the text without what paper cannot show.

    Line ends become one kind, tabs and odd spaces become spaces, control and
    direction-changing characters go, and a character the font lacks, or that is read
    from the right, becomes a mark, so a reader sees that something stood there.
    """
    if text.isascii() and text.isprintable():
        return text
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n"))
    shown = "".join(map(_shown, text))
    if MISSING in shown:
        for character in text:
            if character != MISSING and _shown(character) == MISSING:
                notice(character)
    return shown


@lru_cache(maxsize=8192)
def _shown(character: str) -> str:
    """Return what stands on paper for one character."""
    if character in "\n\r\x0b\x0c\x85\u2028\u2029":
        return "\n"
    if character == "\u00a0" or character == "\u202f":
        return "\u00a0"
    category = unicodedata.category(character)
    if character == "\t" or category == "Zs":
        return " "
    if category in {"Cc", "Cf"}:
        return ""
    if unicodedata.bidirectional(character) in {"R", "AL"}:
        return MISSING  # read from the right: drawn letter by letter it would lie
    if ord(character) in characters():
        return character
    is_variant = "\ufe00" <= character <= "\ufe0f"
    return "" if is_variant or category == "Me" else MISSING


def shorten(text: str, limit: int = CELL_LIMIT) -> str:
    """Return at most `limit` characters of the text, with an ellipsis when cut."""
    text = text.strip()
    return text if len(text) <= limit else text[: limit - 1].rstrip() + _ELLIPSIS


def escape(text: str, limit: int = CELL_LIMIT) -> str:
    """Return text as reportlab markup that shows exactly the text, cut at `limit`.

    Line ends become spaces: a cell is one paragraph.
    """
    # Cut before the work: a pasted file of 10 MB costs no more than a line.
    shown = clean(text[: 4 * limit + 4]).replace("\n", " ")
    if len(text) > 4 * limit + 4:
        shown = shown[:limit] + _ELLIPSIS
    return _xml_escape(shorten(shown, limit), {'"': "&quot;", "'": "&#39;"})


def plain(text: str, limit: int = CELL_LIMIT) -> str:
    """Return cleaned one-line text for drawing as it is, where no markup is parsed."""
    return shorten(clean(text[: 4 * limit + 4]).replace("\n", " "), limit)


def paragraphs(text: str, limit: int = NOTE_LIMIT) -> tuple[list[str], int]:
    """Split a long text into pieces of markup, each at most 2,000 characters.

    Returns the pieces and how many characters beyond `limit` were left out.
    """
    left_out = max(0, len(text) - limit)
    pieces: list[str] = []
    for line in clean(text[:limit]).split("\n"):
        rest = line.strip()
        while rest:
            piece, rest = _piece(rest)
            pieces.append(_xml_escape(piece))
    return pieces, left_out


def _piece(text: str) -> tuple[str, str]:
    """Cut one paragraph off, at a space where there is one."""
    if len(text) <= PARAGRAPH_LIMIT:
        return text, ""
    at = text.rfind(" ", PARAGRAPH_LIMIT // 2, PARAGRAPH_LIMIT)
    at = at if at > 0 else PARAGRAPH_LIMIT
    return text[:at].rstrip(), text[at:].lstrip()


def strong(text: str, limit: int = CELL_LIMIT) -> str:
    """Return escaped text in bold."""
    return f"<b>{escape(text, limit)}</b>"


def quiet(text: str, limit: int = CELL_LIMIT) -> str:
    """Return escaped text in the grey of evidence."""
    return f'<font color="#4D5457">{escape(text, limit)}</font>'


def linked(markup: str, key: str) -> str:
    """Return markup as a link to a place of the same document (`key` is our own)."""
    return f'<a href="#{key}">{markup}</a>'
