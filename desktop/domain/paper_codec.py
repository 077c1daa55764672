"""Frozen papers as plain JSON and back, by their type hints, to the last microsecond.

Instants are written in UTC as ISO 8601, lengths of time in microseconds, rows as
lists, codes as they are. What a later version wrote beside what is known here is left
out, what it did not write yet gets its usual value: a paper can always be read again.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from enum import Enum
from functools import cache
from hashlib import sha256
from types import NoneType, UnionType
from typing import Any, Final, Literal, TypeVar, Union, get_args, get_origin
from typing import get_type_hints as hints_of
from uuid import UUID

Content = dict[str, Any]
Paper = TypeVar("Paper")

_MICROSECOND: Final = timedelta(microseconds=1)
_AS_IT_IS: Final = (bool, int, str, Any)


class UnreadablePaper(ValueError):
    """What is kept is not such a paper; the text says which part of it is not."""


@dataclass(frozen=True, slots=True)
class _Codec:
    """How one type is written and read."""

    write: Callable[[Any], Any]
    read: Callable[[Any], Any]


def encode(paper: object) -> Content:
    """Return a frozen dataclass as JSON's own types; equal papers give equal content.

    Raises ValueError for an instant without a time zone or a number that is none, and
    TypeError for a type that has no plain form.
    """
    kind: Any = type(paper)
    written: Content = _codec(kind).write(paper)
    return written


def decode(kind: type[Paper], content: Mapping[str, Any]) -> Paper:
    """Return what `encode` wrote as an object of `kind`.

    Raises UnreadablePaper where a part is missing that has no usual value, or is of
    another shape.
    """
    hint: Any = kind
    paper: Paper = _codec(hint).read(content)
    return paper


def canonical(content: Any) -> bytes:
    """Return content as the one JSON text its digest is taken of.

    A database may write 2.0 as 2 or 1e22 in full: whole numbers are one here.
    """
    return json.dumps(
        _whole(content),
        ensure_ascii=False,
        allow_nan=False,
        sort_keys=True,
        separators=(",", ":"),
    ).encode("utf-8", "surrogatepass")


def digest(content: Any) -> str:
    """Return the SHA-256 of content, in hexadecimal."""
    return sha256(canonical(content)).hexdigest()


def _whole(content: Any) -> Any:
    if isinstance(content, dict):
        return {name: _whole(value) for name, value in content.items()}
    if isinstance(content, list):
        return [_whole(value) for value in content]
    if isinstance(content, float) and content.is_integer():
        return int(content)
    return content


@cache
def _codec(hint: Any) -> _Codec:
    """Return how a type is written and read; made once for each."""
    origin = get_origin(hint)
    if hint in _PLAIN:
        return _PLAIN[hint]
    if hint in _AS_IT_IS:
        return _Codec(lambda value: value, lambda value: value)
    if origin is Literal:
        return _Codec(lambda value: value, _one_of(get_args(hint)))
    if origin in (Union, UnionType):
        return _optional(hint)
    if origin is tuple:
        return _row(get_args(hint))
    if origin in (dict, Mapping):
        return _by_name(get_args(hint))
    if isinstance(hint, type) and issubclass(hint, Enum):
        return _Codec(lambda value: value.value, _one_of(tuple(hint), hint))
    if isinstance(hint, type) and is_dataclass(hint):
        return _object(hint)
    raise TypeError(f"{hint!r} has no plain form")


def _optional(hint: Any) -> _Codec:
    inner = [one for one in get_args(hint) if one is not NoneType]
    if len(inner) != 1:
        if all(one in _AS_IT_IS for one in inner):
            return _Codec(lambda value: value, lambda value: value)
        raise TypeError(f"{hint!r} has no plain form")
    codec = _codec(inner[0])
    return _Codec(
        lambda value: None if value is None else codec.write(value),
        lambda value: None if value is None else codec.read(value),
    )


def _row(parts: tuple[Any, ...]) -> _Codec:
    """Return how a tuple is written: a list, of one type or of a type for each."""
    if len(parts) == 2 and parts[1] is Ellipsis:
        codec = _codec(parts[0])
        return _Codec(
            lambda row: [codec.write(one) for one in row],
            lambda row: tuple(codec.read(one) for one in _list(row)),
        )
    codecs = [_codec(part) for part in parts]

    def read(row: Any) -> tuple[Any, ...]:
        if len(_list(row)) != len(codecs):
            raise UnreadablePaper(f"{len(row)} parts, not {len(codecs)}")
        return tuple(codec.read(one) for codec, one in zip(codecs, row, strict=True))

    return _Codec(
        lambda row: [codec.write(one) for codec, one in zip(codecs, row, strict=True)],
        read,
    )


def _by_name(parts: tuple[Any, ...]) -> _Codec:
    if parts[0] is not str:
        raise TypeError("only texts can name what is kept")
    codec = _codec(parts[1])
    return _Codec(
        lambda values: {name: codec.write(value) for name, value in values.items()},
        lambda values: {name: codec.read(value) for name, value in values.items()},
    )


def _object(kind: type[Any]) -> _Codec:
    """Return how a dataclass is written: its fields by name."""
    hints = hints_of(kind)
    parts = [(one, _codec(hints[one.name])) for one in fields(kind)]

    def write(value: Any) -> Content:
        if type(value) is not kind:
            raise TypeError(f"{type(value).__name__} is no {kind.__name__}")
        return {one.name: codec.write(getattr(value, one.name)) for one, codec in parts}

    def read(content: Any) -> Any:
        if not isinstance(content, Mapping):
            raise UnreadablePaper(f"no {kind.__name__}")
        found: dict[str, Any] = {}
        for one, codec in parts:
            has_usual = one.default is not MISSING or one.default_factory is not MISSING
            if one.name not in content:
                if not has_usual:
                    raise UnreadablePaper(f"{kind.__name__}.{one.name} is missing")
                continue
            try:
                found[one.name] = codec.read(content[one.name])
            except UnreadablePaper as error:
                raise UnreadablePaper(f"{kind.__name__}.{one.name}: {error}") from None
            except _UnknownCode as error:
                # A code of a later version; its usual value is the nearest truth.
                if not has_usual:
                    where = f"{kind.__name__}.{one.name}"
                    raise UnreadablePaper(f"{where}: {error}") from None
            except (TypeError, ValueError, AttributeError) as error:
                where = f"{kind.__name__}.{one.name}"
                raise UnreadablePaper(f"{where}: {error}") from None
        return kind(**found)

    return _Codec(write, read)


class _UnknownCode(Exception):
    """A code that is not in the list known here."""


def _one_of(
    known: tuple[Any, ...], make: Callable[[Any], Any] = lambda value: value
) -> Callable[[Any], Any]:
    codes = {one.value if isinstance(one, Enum) else one for one in known}

    def read(value: Any) -> Any:
        if value not in codes:
            raise _UnknownCode(f"unknown code {value!r}")
        return make(value)

    return read


def _list(row: Any) -> list[Any]:
    if not isinstance(row, list | tuple):
        raise UnreadablePaper("no list")
    return list(row)


def _instant_out(at: datetime) -> str:
    if at.tzinfo is None:
        raise ValueError("an instant without a time zone cannot be kept")
    return at.astimezone(UTC).isoformat()


def _decimal_in(text: str) -> Decimal:
    try:
        return Decimal(text)
    except ArithmeticError:
        raise ValueError(f"{text!r} is no number") from None


def _number_out(value: float) -> float:
    if value - value != 0:
        raise ValueError(f"{value!r} cannot be kept")
    return float(value)


_PLAIN: Final[dict[Any, _Codec]] = {
    datetime: _Codec(_instant_out, datetime.fromisoformat),
    date: _Codec(date.isoformat, date.fromisoformat),
    timedelta: _Codec(
        lambda value: value // _MICROSECOND,
        lambda value: timedelta(microseconds=value),
    ),
    float: _Codec(_number_out, float),
    Decimal: _Codec(str, _decimal_in),
    UUID: _Codec(str, UUID),
    NoneType: _Codec(lambda value: value, lambda value: value),
}
