"""What was typed, made safe to store, or refused with where and why."""

from __future__ import annotations

from desktop.domain.errors import Invalid
from desktop.domain.text import BODY_CAP, clean, clean_line


def typed_line(text: str, where: str, cap: int) -> str:
    """Return one clean line; refuses with Invalid what is over ``cap`` characters."""
    cleaned = clean_line(text)
    if len(cleaned) > cap:
        raise Invalid(where, "too_long", most=cap)
    return cleaned


def typed_text(text: str, where: str) -> str:
    """Return clean text; refuses with Invalid what is over 100,000 characters."""
    cleaned = clean(text).strip()
    if len(cleaned) > BODY_CAP:
        raise Invalid(where, "too_long", most=BODY_CAP)
    return cleaned


def needed_text(text: str, where: str) -> str:
    """Return clean text; refuses with Invalid where there is none."""
    cleaned = typed_text(text, where)
    if not cleaned:
        raise Invalid(where, "missing")
    return cleaned


def needed_line(text: str, where: str, cap: int) -> str:
    """Return one clean line; refuses with Invalid where there is none."""
    cleaned = typed_line(text, where, cap)
    if not cleaned:
        raise Invalid(where, "missing")
    return cleaned
