"""What an agreement can promise; apart from agreements, since lists need no more."""

from __future__ import annotations

from enum import StrEnum


class TargetKind(StrEnum):
    """What is promised.

    ``response``: the back unit's first act; ``update``: a word to the other side,
    again and again until it is done; ``resolution``: its part of the work;
    ``answer``: the front unit's answer to what is asked or handed back.
    """

    RESPONSE = "response"
    UPDATE = "update"
    RESOLUTION = "resolution"
    ANSWER = "answer"
