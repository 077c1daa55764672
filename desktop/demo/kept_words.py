"""What the demo house keeps for use again: canned texts, templates, views of lists."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import TYPE_CHECKING

from desktop.domain.list_views import GroupBy, ListView, SortBy
from desktop.use_cases.saved_views import ViewDraft, save_view
from desktop.use_cases.templates import TemplateDraft, save_template
from desktop.use_cases.wordings import CannedDraft, Sharing, save_canned_text

if TYPE_CHECKING:
    from desktop.demo.simulation import Simulation
    from desktop.store.unit_of_work import UnitOfWork

CANNED = (
    (
        "Vesna Horvat",
        Sharing.HOUSE,
        "Ready at the counter",
        "{subject} for {customer} is ready. Please bring an identity card.",
    ),
    (
        "Vesna Horvat",
        Sharing.HOUSE,
        "Not ours",
        "This is done by another office. {customer} was told where on {today}.",
    ),
    (
        "Ana Petrović",
        Sharing.UNIT,
        "Two addresses",
        "Two addresses are on the form of {customer}. Which one should be shown?",
    ),
    (
        "Ana Petrović",
        Sharing.UNIT,
        "Printed and stamped",
        "Printed and stamped, at the counter. {me}",
    ),
    (
        "Tamara Jovanović",
        Sharing.UNIT,
        "Sketch not signed",
        "The sketch for {reference} is not signed. Please ask {customer} to sign it.",
    ),
)
TEMPLATES = (
    (
        "Jelena Marić",
        Sharing.UNIT,
        "Residence certificate, two copies",
        "Residence certificate",
        {"copies": 2},
    ),
    (
        "Vesna Horvat",
        Sharing.HOUSE,
        "Birth extract for abroad",
        "Birth extract",
        {"form": "International", "language": "English"},
    ),
)
VIEWS = (
    (
        "Ana Petrović",
        "queue",
        True,
        "Late and not held",
        ListView(words="is:overdue -is:held", sort=SortBy.DUE),
    ),
    (
        "Ana Petrović",
        "queue",
        False,
        "By service",
        ListView(sort=SortBy.DUE, group=GroupBy.SERVICE),
    ),
    (
        "Vladimir Stojanović",
        "queue",
        True,
        "Waiting, by who has it",
        ListView(words="is:held", sort=SortBy.FOLLOW_UP, group=GroupBy.ASSIGNEE),
    ),
)


def keep(
    work: UnitOfWork, simulation: Simulation, key: Callable[[], uuid.UUID]
) -> None:
    """Let people keep them, on the first day."""
    staff = {one.name: one for one in simulation.staff}
    services = {one.name: one.id for one in simulation.services}
    for who, sharing, name, text in CANNED:
        simulation.sits(staff[who])
        save_canned_text(work, CannedDraft(name, text, sharing, key()))
    for who, sharing, name, service, answers in TEMPLATES:
        simulation.sits(staff[who])
        draft = TemplateDraft(
            name, services[service], answers, sharing=sharing, key=key()
        )
        save_template(work, draft)
    for who, page, is_shared, name, view in VIEWS:
        simulation.sits(staff[who])
        save_view(work, ViewDraft(page, name, view, is_shared, key()))
