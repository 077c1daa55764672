"""The words' door: gettext in the language chosen, and a pseudo-language for tests."""

import gettext as catalogues
import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.domain.text import isolated

if TYPE_CHECKING:
    from babel import Locale

RESOURCES = Path(__file__).resolve().parent.parent / "resources"
DOMAIN = "counterpart"
SOURCE_LANGUAGE = "en"
PSEUDO_LANGUAGE = "qps"

_ACCENTED = str.maketrans(
    "aceghilnorsuyzACEGHILNORSUYZ", "áćéğĥíłñóŕšúýžÁĆÉĞĤÍŁÑÓŔŠÚÝŽ"
)
# What a program reads must come through whole: placeholders, tags, mnemonics.
_UNTOUCHED = re.compile(
    r"(\{[^{}]*\}|%\(\w+\)[a-z]|%[a-z%]|<[^<>]+>|&[A-Za-z#0-9]+;|&)"
)
_VOWELS = frozenset("áéíóúýÁÉÍÓÚÝ")


class _PseudoTranslations(catalogues.NullTranslations):
    """Show at a glance which words are not marked and where longer ones clip."""

    def gettext(self, message: str) -> str:
        return pseudo(message) if message else ""

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return pseudo(msgid1 if n == 1 else msgid2)


@dataclass(frozen=True)
class _Speech:
    language: str
    words: catalogues.NullTranslations


_DEFAULT = _Speech(SOURCE_LANGUAGE, catalogues.NullTranslations())
_of_the_process = [_DEFAULT]
_of_the_moment: ContextVar[_Speech | None] = ContextVar("speech", default=None)


class _Sentence(str):
    """Words with places in them; what is put there does not move what stands around."""

    __slots__ = ()

    def format(self, *args: object, **named: object) -> str:
        """Fill the places, names that are read from the right set apart."""
        made = super().format(*args, **named)
        if isolated(made) is made:
            return made
        return super().format(
            *map(_apart, args), **{name: _apart(one) for name, one in named.items()}
        )


def _apart(value: object) -> object:
    return isolated(value) if isinstance(value, str) else value


def _spoken(words: str) -> str:
    return _Sentence(words) if "{" in words else words


def gettext(message: str) -> str:
    """Return `message` in the language spoken."""
    return _spoken(_speech().words.gettext(message))


def ngettext(singular: str, plural: str, n: int) -> str:
    """Return the form of the message that goes with `n`, in the language spoken."""
    return _spoken(_speech().words.ngettext(singular, plural, n))


def gettext_noop(message: str) -> str:
    """Mark `message` for translation and return it as it is."""
    return message


def set_language(language: str, folder: Path | None = None) -> None:
    """Speak `language` in the whole process from now on.

    `language` is a code such as `sr`, `sr_Latn`, `en-US` or `qps`; an unknown one
    leaves the English source words. `folder` holds `<lang>/LC_MESSAGES/*.mo`.
    """
    _of_the_process[0] = _speech_in(language, folder)


@contextmanager
def speaking(language: str, folder: Path | None = None) -> Iterator[None]:
    """Speak `language` inside a `with`, in this thread only: a print in another one."""
    token = _of_the_moment.set(_speech_in(language, folder))
    try:
        yield
    finally:
        _of_the_moment.reset(token)


def current_language() -> str:
    """Return the code of the language spoken, as it was asked for."""
    return _speech().language


def current_locale() -> "Locale":
    """Return the locale that dates and numbers follow; British English at worst."""
    return locale_of(current_language())


def available_languages() -> list[str]:
    """List the codes that can be chosen: English and every compiled catalogue."""
    found = translations_folder().glob(f"*/LC_MESSAGES/{DOMAIN}.mo")
    return sorted({SOURCE_LANGUAGE, *(path.parent.parent.name for path in found)})


def is_language(code: str) -> bool:
    """Tell whether windows can speak a language, or dates and numbers follow it."""
    from babel import Locale, UnknownLocaleError

    normal = _normal(code)
    if normal.split("_")[0] in (PSEUDO_LANGUAGE, *available_languages()):
        return True
    try:
        return Locale.parse(normal) is not None
    except (UnknownLocaleError, ValueError):
        return False


def translations_folder() -> Path:
    """Return the folder the catalogues are bundled in."""
    return RESOURCES / "translations"


@lru_cache
def locale_of(language: str) -> "Locale":
    """Return Babel's locale nearest to a language code; British English at worst."""
    from babel import Locale, UnknownLocaleError

    code = _normal(language)
    while code and code not in (SOURCE_LANGUAGE, PSEUDO_LANGUAGE):
        try:
            return Locale.parse(code)
        except (UnknownLocaleError, ValueError):
            code = code.rpartition("_")[0]
    return Locale("en", "GB")


def pseudo(message: str) -> str:
    """Return `message` accented, about a third longer and between ⟦ and ⟧."""
    parts = _UNTOUCHED.split(message)
    wanted = round(sum(len(part) for part in parts[::2]) * 0.3)
    for index in range(0, len(parts), 2):
        parts[index], wanted = _stretched(parts[index].translate(_ACCENTED), wanted)
    return f"⟦{''.join(parts)}{'~' * wanted}⟧"


def _stretched(text: str, wanted: int) -> tuple[str, int]:
    """Double up to `wanted` vowels of `text`; return it with what is still wanted."""
    letters = []
    for letter in text:
        letters.append(letter)
        if wanted and letter in _VOWELS:
            letters.append(letter)
            wanted -= 1
    return "".join(letters), wanted


def _speech() -> _Speech:
    return _of_the_moment.get() or _of_the_process[0]


def _speech_in(language: str, folder: Path | None) -> _Speech:
    code = _normal(language)
    if code == PSEUDO_LANGUAGE:
        return _Speech(PSEUDO_LANGUAGE, _PseudoTranslations())
    parts = code.split("_")
    nearest = ["_".join(parts[:length]) for length in range(len(parts), 0, -1)]
    words = catalogues.translation(
        DOMAIN, folder or translations_folder(), nearest, fallback=True
    )
    return _Speech(code or SOURCE_LANGUAGE, words)


def _normal(language: str) -> str:
    """Return `sr_Latn_RS` for `sr-Latn-RS`, `sr_Latn_RS.UTF-8` and the like."""
    code = re.split(r"[.@]", language.strip().replace("-", "_"))[0]
    return re.sub(r"[^A-Za-z0-9_]", "", code)
