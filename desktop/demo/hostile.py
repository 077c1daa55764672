"""Makes the demo again as somebody of bad will would have filled it: each text a trap.

Who asks for it are pictures and tests; nothing a person opens is ever made so.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Table, select, text, update

from desktop.assembly import open_desk
from desktop.config import Config
from desktop.demo.hostile_words import hostile_line, hostile_text
from desktop.domain.files import clean_file_name
from desktop.domain.forms import CHOOSING, WRITTEN, FieldKind
from desktop.domain.paper_codec import digest
from desktop.domain.text import TITLE_CAP
from desktop.entities.attachments import Attachment
from desktop.entities.base import Base, found_by
from desktop.entities.requests import Request
from desktop.entities.services import FormField, Service
from desktop.entities.sittings import MeetingPaper
from desktop.store.bulk import update_many
from desktop.store.found_checks import FOUND
from desktop.store.search_index import reindex_all
from desktop.store.unit_of_work import UnitOfWork

LONG_LINE: Final = 2_000
LINES: Final[Mapping[str, Mapping[str, int]]] = {
    "workspace": {"name": TITLE_CAP},
    "unit": {"name": TITLE_CAP},
    "person": {"name": TITLE_CAP},
    "calendar": {"name": TITLE_CAP},
    "calendar_closure": {"name": TITLE_CAP},
    "service": {"name": TITLE_CAP, "told_when": 200, "told_how": 200, "told_price": 80},
    "service_check": {"text": 400},
    "form_field": {"label": TITLE_CAP, "hint": 400},
    "agreement": {"name": TITLE_CAP},
    "canned_text": {"name": TITLE_CAP},
    "request_template": {"name": TITLE_CAP},
    "saved_view": {"name": TITLE_CAP},
    "series_template": {"name": TITLE_CAP},
    "meeting_series": {"name": TITLE_CAP, "place": 200},
    "meeting": {"place": 200},
    "series_member": {"part": 100},
    "standing_item": {"title": TITLE_CAP},
    "agenda_item": {"title": TITLE_CAP, "section": 100},
    "raised_item": {"title": TITLE_CAP},
    "attendance": {"name": TITLE_CAP, "part": 100, "deputy": TITLE_CAP},
    "action": {
        "text": LONG_LINE,
        "topic": TITLE_CAP,
        "closed_why": LONG_LINE,
        "decided_why": LONG_LINE,
    },
    "decision": {"text": LONG_LINE},
    "obstacle": {"title": TITLE_CAP},
    "improvement": {"title": TITLE_CAP},
    "request": {
        "subject": TITLE_CAP,
        "customer": TITLE_CAP,
        "contact": TITLE_CAP,
        "told_how": 200,
        "told_price": 80,
    },
}
"""What is written on one line, and how long it may be."""

TEXTS: Final[Mapping[str, tuple[str, ...]]] = {
    "service": ("description",),
    "canned_text": ("text",),
    "agreement_version": ("note",),
    "request": ("body", "told_text"),
    "journal_entry": ("text",),
    "approval": ("question", "words"),
    "rating": ("words",),
    "meeting": ("cancelled_why",),
    "agenda_item": ("notes", "chair_notes", "said"),
    "raised_item": ("notes", "why"),
    "session_notice": ("words",),
    "addendum": ("text",),
    "obstacle": ("text", "proposal", "answer"),
    "improvement": ("text", "closed_why"),
}
"""What has lines of its own."""

FILLED: Final = {
    ("service", "description"): "What is asked for",
    ("service", "told_when"): "when it is done",
    ("service", "told_how"): "by post",
    ("service", "told_price"): "12 EUR",
    ("form_field", "hint"): "as it is written there",
    ("agreement_version", "note"): "As talked over",
    ("meeting", "place"): "Room 3",
}
"""What the demo leaves empty, and what stands there then."""

NAMES_IN: Final[Mapping[str, tuple[str, ...]]] = {
    "form_field": ("choices", "settings"),
    "request_template": ("content",),
    "agenda_item": ("evidence",),
    "journal_entry": ("details",),
    "meeting_paper": ("content",),
}
"""JSON that holds what other columns say: both must say the same."""


def make_hostile(demo: Path, path: Path, now: datetime) -> Path:
    """Make a copy of a demo in which every text a person writes is a hostile one."""
    shutil.copyfile(demo, path)
    desk = open_desk(Config(str(path), lambda: now))
    try:
        desk.run(fill_with_traps)
    finally:
        desk.close()
    return path


def fill_with_traps(work: UnitOfWork) -> None:
    """Write traps into every column of words, and everything that follows from them.

    The journal is opened for it, which nothing else may do: on SQLite only.
    """
    session = work.session
    guards = session.execute(
        text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    ).all()
    for name, _sql in guards:
        session.execute(text(f'DROP TRIGGER "{name}"'))
    said = dict(_choices(work))
    for name in LINES.keys() | TEXTS.keys():
        said |= _fill(work, Base.metadata.tables[name])
    _answer(work)
    _name_files(work)
    _say_the_same(work, said)
    for entity in FOUND:
        for row in session.scalars(select(entity)).all():
            own = update(entity).where(entity.id == row.id)
            session.execute(own.values(folded=found_by(row)))
    for _name, sql in guards:
        session.execute(text(sql))
    work.rules_changed()
    work.touched_everything()
    reindex_all(session)


def _fill(work: UnitOfWork, table: Table) -> dict[str, str]:
    """Rewrite a table's columns; returns what lines were, and what they are now."""
    lines, texts = LINES.get(table.name, {}), TEXTS.get(table.name, ())
    columns = [table.c[name] for name in (*lines, *texts)]
    said: dict[str, str] = {}
    rows = []
    for row in work.session.execute(select(table.c.id, *columns)).all():
        new: dict[str, Any] = {"of_id": row.id}
        for column in columns:
            name = column.name
            old = row._mapping[name] or FILLED.get((table.name, name), "")
            if not old:
                new[name] = row._mapping[name]
            elif name in lines:
                new[name] = said[old] = hostile_line(old, lines[name])
            else:
                new[name] = hostile_text(old, str(row.id))
        rows.append(new)
    update_many(work.session.connection(), table, rows)
    return said


def _choices(work: UnitOfWork) -> Iterator[tuple[str, str]]:
    """Give what may be chosen in forms, and what it is called now."""
    for choices in work.session.scalars(select(FormField.choices)).all():
        for one in choices:
            yield one, hostile_line(one)


def _answer(work: UnitOfWork) -> None:
    """Rewrite what was written into forms; what was chosen is called what it is now."""
    session = work.session
    kinds: dict[tuple[int | None, str], FieldKind] = {
        (row.service_id, row.code): row.kind
        for row in session.execute(
            select(FormField.service_id, FormField.code, FormField.kind)
        )
    }
    rows = []
    found = select(Request.id, Request.service_id, Request.form)
    for identity, service, form in session.execute(found).all():
        answers = {
            code: _answered(kinds.get((service, code)), answer)
            for code, answer in form.items()
        }
        rows.append({"of_id": identity, "form": answers})
    update_many(session.connection(), _table(Request), rows)
    synonyms = update(Service).values(synonyms=["<b>&amp;</b>", "W" * TITLE_CAP])
    session.execute(synonyms.where(Service.synonyms == []))


def _answered(kind: FieldKind | None, answer: Any) -> Any:
    if isinstance(answer, list):
        return [_answered(kind, one) for one in answer]
    if not isinstance(answer, str):
        return answer
    if kind is FieldKind.LONG_TEXT:
        return hostile_text(answer)
    is_words = kind in CHOOSING or kind in WRITTEN or kind is FieldKind.PERSON
    return hostile_line(answer) if is_words else answer


def _name_files(work: UnitOfWork) -> None:
    """Rename what was attached, as the program takes such names."""
    found = work.session.execute(select(Attachment.id, Attachment.name)).all()
    rows = []
    for identity, name in found:
        stem, dot, ending = name.rpartition(".")
        trap = hostile_line(stem, TITLE_CAP - len(ending) - 1, str(identity))
        rows.append({"of_id": identity, "name": clean_file_name(trap + dot + ending)})
    update_many(work.session.connection(), _table(Attachment), rows)


def _say_the_same(work: UnitOfWork, said: Mapping[str, str]) -> None:
    """Have JSON name things as they are named now; papers get their new digest."""
    # A word in small letters alone may be a code.
    words = {old: new for old, new in said.items() if " " in old or old[:1].isupper()}
    connection = work.session.connection()
    for name, columns in NAMES_IN.items():
        table = Base.metadata.tables[name]
        own = [table.c[one] for one in columns]
        rows = [
            {
                "of_id": row.id,
                **{one: _reworded(row._mapping[one], words) for one in columns},
            }
            for row in work.session.execute(select(table.c.id, *own)).all()
        ]
        if table.name == MeetingPaper.__tablename__:
            for paper in rows:
                paper["sha256"] = digest(paper["content"])
        update_many(connection, table, rows)


def _reworded(value: Any, words: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        return words.get(value, value)
    if isinstance(value, list):
        return [_reworded(one, words) for one in value]
    if isinstance(value, dict):
        return {name: _reworded(one, words) for name, one in value.items()}
    return value


def _table(entity: type[Base]) -> Table:
    table = entity.__table__
    assert isinstance(table, Table)
    return table
