"""Keeps templates for new series, by name, and lets go of them again."""

from __future__ import annotations

import uuid

from sqlalchemy import select

from desktop.domain.errors import Invalid
from desktop.domain.series_templates import Beginning
from desktop.entities.meetings import SeriesTemplate
from desktop.store.unit_of_work import UnitOfWork
from desktop.use_cases.at_the_desk import somebody
from desktop.use_cases.typed_words import needed_line

MOST_TEMPLATES = 50


def save_template(work: UnitOfWork, name: str, begun: Beginning, key: uuid.UUID) -> int:
    """Keep what a series begins with; returns the template's id, one for a key.

    A template of that name is replaced. Refuses with Invalid a missing or long
    ``name``, and more than 50 templates.
    """
    somebody(work)
    shown = needed_line(name, "name", 200)
    rows = work.session.scalars(select(SeriesTemplate)).all()
    row = next(
        (
            one
            for one in rows
            if one.key == key or one.name.casefold() == shown.casefold()
        ),
        None,
    )
    if row is None:
        if len(rows) >= MOST_TEMPLATES:
            raise Invalid("name", "too_many", most=MOST_TEMPLATES)
        row = SeriesTemplate(key=key)
        work.session.add(row)
    row.name, row.content = shown, begun.content()
    work.session.flush()
    work.record_house("series_template_saved", {"template": row.id, "name": shown})
    return row.id


def remove_template(work: UnitOfWork, template_id: int) -> None:
    """Let go of a template; series made from it stay. Refuses with NotFound."""
    somebody(work)
    row = work.get(SeriesTemplate, template_id)
    work.session.delete(row)
    work.session.flush()
    work.record_house("series_template_removed", {"name": row.name})
