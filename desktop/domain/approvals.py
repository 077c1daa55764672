"""How an approval stands."""

from __future__ import annotations

from enum import StrEnum


class ApprovalState(StrEnum):
    """How one person's approval stands.

    ``waiting``: an earlier step is not agreed yet. ``withdrawn``: no longer needed.
    """

    WAITING = "waiting"
    ASKED = "asked"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
