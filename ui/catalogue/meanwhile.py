"""What is said when somebody else, or another window, wrote on the same service."""

from __future__ import annotations

from desktop.i18n import gettext as _
from desktop.queries.catalogue import ServiceDetails
from ui.catalogue.opened import Open
from ui.common.banner import BannerArea

SUBJECT = "catalogue"


def offer_both(banners: BannerArea, known: Open, details: ServiceDetails) -> None:
    """Say who was first, and offer to put both together."""

    def put_together() -> None:
        known.lock = details.lock
        known.steps.move_onto(details.draft)
        banners.withdraw(SUBJECT)

    words = _(
        "{name} was saved by somebody else while you changed it. What you changed "
        "is still here."
    )
    banners.tell(
        words.format(name=details.draft.name),
        kind="risk",
        subject=SUBJECT,
        action=_("Put mine onto theirs"),
        act=put_together,
    )


def say_both(banners: BannerArea, known: Open, time: str) -> None:
    """Say that drafts of two windows were put together; ``time``: of the older."""
    words = _(
        "Two windows wrote on {name}, the other one until {time}. Both are put "
        "together here; Undo shows each alone."
    )
    banners.tell(
        words.format(name=known.steps.draft.name or _("New service"), time=time),
        subject=f"{SUBJECT} {known.key}",
    )
