"""What a mail is before it leaves the house: addresses, files, when to try again.

Sending is at least once: a server that falls silent after it was handed a mail may
have taken it. The same mail keeps the same Message-ID, so that it is told apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final, Literal

Security = Literal["starttls", "tls", "none"]
PORTS: Final[dict[Security, int]] = {"starttls": 587, "tls": 465, "none": 25}
LONGEST_ADDRESS: Final = 254
MOST_RECIPIENTS: Final = 200
TRY_AGAIN: Final = tuple(
    timedelta(minutes=one) for one in (1, 5, 15, 60, 4 * 60, 12 * 60, 24 * 60)
)
"""How long after each try the next one is; after the last the mail is given up."""
CLAIM: Final = timedelta(minutes=10)
"""So long a computer that began to send may keep a mail to itself."""

# What servers take without extensions: RFC 5321's dot-string, and a domain of labels.
_LOCAL: Final = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
_LABEL: Final = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_ADDRESS: Final = re.compile(rf"{_LOCAL}@{_LABEL}(?:\.{_LABEL})*")
_BETWEEN: Final = re.compile(r"[,;\s]+")


@dataclass(frozen=True, slots=True)
class MailServer:
    """The server a house sends its mails through; ``sender`` is whom they are from.

    The password is no part of it: it stays on the computer of whoever typed it.
    """

    host: str
    port: int
    security: Security
    user: str
    sender: str
    sender_name: str = ""
    timeout_s: int = 20


@dataclass(frozen=True, slots=True)
class MailFilePart:
    """A file that goes with a mail; ``media_type`` may carry parameters."""

    name: str
    media_type: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail as it is handed to the server."""

    key: str
    sender: str
    sender_name: str
    recipients: tuple[str, ...]
    subject: str
    body: str
    at: datetime
    files: tuple[MailFilePart, ...] = ()


def is_address(text: str) -> bool:
    """Tell whether a server takes it as an address: no spaces, no display name."""
    return len(text) <= LONGEST_ADDRESS and _ADDRESS.fullmatch(text) is not None


def addresses(typed: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Split typed addresses into good ones and what is none, each once, in order."""
    words = [one for one in _BETWEEN.split(typed) if one]
    good = [one for one in words if is_address(one)]
    return tuple(each_once(good)), tuple(
        dict.fromkeys(one for one in words if not is_address(one))
    )


def each_once(given: Iterable[str]) -> list[str]:
    """Return addresses once each; capitals tell none apart."""
    known: dict[str, str] = {}
    for one in given:
        known.setdefault(one.casefold(), one)
    return list(known.values())


def next_try(tries: int, at: datetime) -> datetime | None:
    """Return when to try again after ``tries`` failed tries; None: give it up."""
    if tries > len(TRY_AGAIN):
        return None
    return at + TRY_AGAIN[tries - 1]
