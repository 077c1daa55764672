"""Small answers about a new request: what to call it, and where its draft is kept."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.domain.forms import FieldKind
from desktop.domain.text import TITLE_CAP, clean_line, shortened

if TYPE_CHECKING:
    from desktop.queries.services import ServiceForm
    from ui.context import Context

_TELLING = frozenset({FieldKind.TEXT, FieldKind.CHOICE, FieldKind.PERSON})


def subject_of(service: ServiceForm, answers: dict[str, Any]) -> str:
    """Return what lists call the request: the service and its first answer."""
    first = next(
        (
            clean_line(answers[spec.code])
            for spec in service.fields
            if isinstance(answers.get(spec.code), str) and spec.kind in _TELLING
        ),
        "",
    )
    if not first:
        return service.name
    return shortened(f"{service.name}, {first}", TITLE_CAP)


def drafts_folder_of(context: Context) -> Path:
    """Return the folder beside this person's preferences."""
    return Path(context.preferences._settings.fileName()).parent / "drafts"


def workspace_of(context: Context) -> str:
    """Return what tells this workspace from every other one."""
    return str(context.operations.desk.store.engine.url)
