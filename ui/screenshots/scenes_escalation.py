"""The rules of escalation as a coordinator sees and changes them."""

from __future__ import annotations

from typing import Final

from ui.escalation.page import PAGE
from ui.screenshots.scene import Scene, action, page

ESCALATION: Final = (
    Scene("escalation", page(PAGE)),
    Scene("escalation-editor", action(PAGE, f"{PAGE}.edit")),
)
